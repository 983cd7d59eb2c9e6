package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"handout/cmd/handout/internal/day"
	"handout/content"
	"handout/content/visits"
	"handout/output/mail"
)

// dayReport is what became of a batch.
type dayReport struct {
	Out     string         `json:"out"`
	List    string         `json:"list"`
	Part    string         `json:"part,omitempty"` // of the list
	System  string         `json:"system"`         // whose export it is
	Read    int            `json:"read"`           // rows
	Columns []column       `json:"columns"`
	Ignored []string       `json:"ignored"` // headings that nobody reads
	Print   string         `json:"print,omitempty"`
	Printed int            `json:"printed,omitempty"` // pages in Print
	Made    int            `json:"made"`
	Kept    int            `json:"kept"`
	LeftOut int            `json:"left_out"`
	Failed  int            `json:"failed"`
	Undone  int            `json:"not_begun"`
	Mail    map[string]int `json:"mail,omitempty"` // how many rows have each state of mail
	Rows    []day.Line     `json:"rows"`           // in the order of the list
	Earlier []day.Line     `json:"earlier,omitempty"`

	check  bool   // it was only read
	result string // in one line
}

func (d *dayReport) print(to io.Writer) error {
	b := bufio.NewWriter(to)
	if d.check {
		d.printRows(b)
	}
	b.WriteString(d.result)
	return b.Flush()
}

// printRows says what is read where, and what each row would get.
func (d *dayReport) printRows(b *bufio.Writer) {
	for _, c := range d.Columns {
		fmt.Fprintf(b, "%-14s from the column %s\n", c.Field, content.Quoted(c.Heading))
	}
	for _, heading := range d.Ignored {
		fmt.Fprintf(b, "%-14s the column %s\n", "not read", content.Quoted(heading))
	}
	for _, l := range d.Rows {
		what := string(l.State) + ": " + l.What
		switch {
		case l.State == day.Undone && l.Mail != "":
			what = l.Handout + ", " + l.Mail
		case l.State == day.Undone:
			what = l.Handout
		}
		fmt.Fprintf(b, "row %-10s %s\n", l.Place(), what)
	}
}

// checkedList is the one line of a list that was only read.
func checkedList(d *day.Report) string {
	parts := []string{fmt.Sprintf("%d to make", d.Undone)}
	if d.LeftOut > 0 {
		parts = append(parts, fmt.Sprintf("%d left out", d.LeftOut))
	}
	if d.Failed > 0 {
		parts = append(parts, fmt.Sprintf("%d failed", d.Failed))
	}
	return fmt.Sprintf("%s  %s: %s\n", d.Path, many(len(d.List.Rows), "row"), strings.Join(parts, ", "))
}

// column is a heading and what is read below it.
type column struct {
	Field   string `json:"field"`
	Heading string `json:"heading"`
}

// sayDay tells what a person should know of a day, and gives what became of it.
func sayDay(w *world, d *day.Report) *dayReport {
	sayRows(w, d)
	part := ""
	if d.Part != (day.Part{}) {
		part = d.Part.String()
	}
	columns := []column{}
	for _, c := range d.List.Columns {
		columns = append(columns, column{c.Field.String(), c.Header})
	}
	return &dayReport{d.Out, d.Path, part, d.List.System, len(d.List.Rows), columns,
		append([]string{}, d.List.Ignored...), d.Print, d.Printed, d.Made, d.Kept, d.LeftOut, d.Failed, d.Undone,
		d.Messages, slices.AppendSeq([]day.Line{}, d.Rows()), d.Earlier, false, result(d)}
}

// sayNote is a note as a sentence; none if there is nothing to say after all.
func sayNote(d *day.Report, n day.Note) string {
	words := strings.Join(n.Words, ", ")
	more := func(format string) string {
		if n.N > len(n.Words) {
			words += fmt.Sprintf(format, n.N-len(n.Words))
		}
		return words
	}
	counted := func(what, hint string) string {
		if hint != "" {
			hint = "; " + hint
		}
		return fmt.Sprintf("%s: %d%s", what, n.N, hint)
	}
	switch list := d.Path + ": "; n.Kind {
	case day.OfList:
		return list + words
	case day.NoVisits:
		return list + "there are headings, but no visits; is it the right day?"
	case day.ManyDays:
		return fmt.Sprintf("%sthe visits are on %d days, from %s to %s; --date chooses one", list,
			n.N, n.Words[0], n.Words[1])
	case day.NotRead:
		var names []string
		for _, name := range n.Words {
			names = append(names, strconv.Quote(name))
		}
		words = strings.Join(names, ", ")
		return list + "columns that are not read: " + more(", %d more")
	case day.Young:
		return fmt.Sprintf("%spatients under %d: %d, in row %s; handouts are written for adults: read those pages "+
			"before you give them", list, day.GrownUp, n.N, more(" and %d more"))
	case day.Nobodies:
		return fmt.Sprintf("%srows without a person's name, such as “Walk-In”: %d, in row %s; their pages have a "+
			"line to write it on", list, n.N, more(" and %d more"))
	case day.SameRows:
		return list + "rows that ask for the same page of the same visit share one: " + more(", and %d more")
	case day.DayUnsaid:
		return list + counted("pages that replace another day's, because the list does not say its day",
			"keep a folder a day with --out, or say the day with --date")
	case day.OfClinic:
		return words
	case day.Damaged:
		return strings.Join(n.Words, "; ")
	case day.NotPrinted, day.NotPrintedYet:
		note := d.Print + " is not written: there is no page to print"
		if n.Kind == day.NotPrintedYet {
			note = d.Print + " is not written yet"
		}
		if n.N > 0 {
			note += "; the file there is from an earlier run"
		}
		return note
	case day.NoConsentTold:
		return "no column of this list says who agreed to e-mail, so nobody gets any; " +
			"add one called email consent, or name it with --columns 'email consent=\"...\"'"
	case day.Withdrawn:
		return counted("messages withdrawn before they were sent, because the list says otherwise now", "")
	case day.OfOthers:
		return counted("messages in the outbox that belong to no row of this list, and will be sent",
			"`handout send` shows them with --dry-run, and takes one back with --withdraw CODE")
	case day.NotMailed:
		return counted("visits that were mailed another page before, and are not mailed this one",
			"--mail-changed sends it to them")
	case day.Passwords:
		return counted(words+" has the passwords of the mailed PDFs", "tell them at the desk or by telephone, never "+
			"by mail")
	case day.StillWaiting:
		return counted("messages wait in the outbox, and will be sent as they are", "with --mail they follow the list")
	case day.Statuses:
		return sayStatuses(d, n.N > 0)
	case day.OtherLanguage:
		return list + "pages that could not be in the language asked for, because there is no text in it: " + words
	case day.OddLanguages:
		return list + counted("rows with an unknown language",
			"their pages are in the clinic's or the handout's own")
	}
	panic(fmt.Sprintf("a note of kind %d", n.Kind))
}

// sayStatuses says which words for a status nobody knows, and what to do about them.
func sayStatuses(d *day.Report, mailed bool) string {
	var words []string
	example, odd := "Walked in", 0
	for _, s := range d.List.Statuses {
		if s.Word == "" {
			odd += s.Rows
			continue
		}
		if len(words) == 0 {
			example = s.Word
		}
		words = append(words, fmt.Sprintf("%q (%d)", s.Word, s.Rows))
	}
	if odd > 0 {
		words = append(words, fmt.Sprintf("other text (%d)", odd))
	}
	if len(words) == 0 {
		return ""
	}
	held := ""
	if mailed {
		held = ", and no mail is written for them"
	}
	return fmt.Sprintf("%s: unknown statuses, taken for visits%s: %s; say what they mean: --status %q, "+
		"or =cancelled, =no-show; for good in the brand's statuses",
		d.Path, held, strings.Join(words, ", "), example+"=came")
}

// mostSaid is how many mistakes are told of; report.csv has all.
const mostSaid = 20

// alike is how many rows with one mistake are told of together.
const alike = 3

// failing are rows with the same mistake.
type failing struct {
	line day.Line // the first
	rows []day.Line
}

// failures are the rows that failed, those that failed alike together, in the order of the list.
func failures(d *day.Report) (groups []*failing) {
	type same struct{ what, code, hint string }
	together := map[same]*failing{}
	for l := range d.Rows() {
		if l.State == day.LeftOut || l.What == "" {
			continue
		}
		key := same{l.What, l.Mistake, l.Hint}
		g := together[key]
		if g == nil {
			g = &failing{line: l}
			together[key], groups = g, append(groups, g)
		}
		g.rows = append(g.rows, l)
	}
	var apart []*failing
	for _, g := range groups {
		if len(g.rows) >= alike {
			apart = append(apart, g)
			continue
		}
		for _, l := range g.rows {
			apart = append(apart, &failing{l, []day.Line{l}})
		}
	}
	slices.SortStableFunc(apart, func(a, b *failing) int {
		return cmp.Or(a.line.Row-b.line.Row, a.line.Part-b.line.Part)
	})
	return apart
}

// mistake is what is said of the rows.
func (g *failing) mistake(d *day.Report) *content.Error {
	m := &content.Error{Position: content.Position{File: d.Path + ":" + g.line.Place()}, Code: g.line.Mistake,
		Message: g.line.What, Hint: g.line.Hint}
	if len(g.rows) == 1 {
		return m
	}
	which := many(len(g.rows), "row")
	if len(g.rows) == d.Made+d.Kept+d.Failed+d.Undone {
		which = "all " + which
	}
	m.File, m.Message = d.Path, which+" ("+ranges(g.rows)+"): "+m.Message
	return m
}

// ranges are the numbers of rows: 2 to 9, 11.
func ranges(rows []day.Line) string {
	var said []string
	for i, n := 0, 0; i < len(rows); i += n {
		for n = 1; i+n < len(rows) && rows[i].Part == 0 && rows[i+n].Part == 0 && rows[i+n].Row == rows[i].Row+n; {
			n++
		}
		if len(said) == day.MostNamed {
			return strings.Join(said, ", ") + fmt.Sprintf(" and %d more", len(rows)-i)
		}
		switch last := rows[i+n-1].Place(); n {
		case 1:
			said = append(said, last)
		case 2:
			said = append(said, rows[i].Place()+", "+last)
		default:
			said = append(said, rows[i].Place()+" to "+last)
		}
	}
	return strings.Join(said, ", ")
}

// sayRows tells what failed and why, what was left out, and what else there is to say.
func sayRows(w *world, d *day.Report) {
	reasons := map[string][]day.Line{}
	for l := range d.Rows() {
		if l.State == day.LeftOut {
			why := l.What
			if strings.HasPrefix(why, "the same as row ") {
				why = "twice in the list"
			}
			reasons[why] = append(reasons[why], l)
		}
	}
	more := 0
	for i, g := range failures(d) {
		if i >= mostSaid {
			more += len(g.rows)
			continue
		}
		w.fault(g.mistake(d))
	}
	if more > 0 {
		w.fault(&content.Error{Position: content.Position{File: d.Path},
			Message: fmt.Sprintf("%d more rows failed, or their mail did", more),
			Hint:    d.Part.Name(day.ReportName) + " gives the reason for each"})
	}
	if len(d.List.Rows) > 0 {
		w.note("%s: %s%s", d.Path, readSaid(d.List), leftOut(reasons))
	}
	for _, n := range d.Notes {
		if said := sayNote(d, n); said != "" {
			w.note("%s", said)
		}
	}
	if n := len(d.Earlier); n > 0 {
		w.noteWith(d.Part.Name(day.ReportName)+" has them all; delete what nobody needs",
			"made earlier for the same day, and no longer in this list: %s", earlierFiles(d))
	}
}

// readSaid is how many rows were read, and as whose.
func readSaid(l *visits.List) string {
	rows := many(len(l.Rows), "row") + " read, "
	switch l.System {
	case "FHIR R4":
		return rows + "from FHIR R4"
	case "our own":
		return rows + "by the headings of handout's own lists"
	case "another system":
		var columns []string
		for _, c := range l.Columns {
			columns = append(columns, fmt.Sprintf("%s %s", c.Field, content.Quoted(c.Header)))
		}
		return rows + "an export from an unknown program: " + strings.Join(columns, ", ")
	}
	return rows + "an export from " + l.System
}

// leftOut counts the rows that get nothing by why that is, and says which they are.
func leftOut(reasons map[string][]day.Line) string {
	if len(reasons) == 0 {
		return ""
	}
	var list []string
	for why, rows := range reasons {
		list = append(list, fmt.Sprintf("%d %s (row %s)", len(rows), why, ranges(rows)))
	}
	slices.Sort(list)
	return "; left out: " + strings.Join(list, ", ")
}

// earlierFiles names what was made earlier, or counts it, where there are many or
// the names are people's.
func earlierFiles(d *day.Report) string {
	var names []string
	for _, l := range d.Earlier {
		if l.File != "" && !d.Named {
			names = append(names, l.File)
		}
	}
	if n := len(d.Earlier); n > day.MostNamed || n > len(names) {
		return fmt.Sprintf("%d files in %s", n, quoted(d.Out))
	}
	return strings.Join(names, ", ")
}

// result is the one line of a batch that a script reads.
func result(d *day.Report) string {
	parts := []string{fmt.Sprintf("%d made", d.Made)}
	for _, p := range []struct {
		n    int
		what string
	}{{d.Kept, "there already"}, {d.LeftOut, "left out"}, {d.Failed, "failed"}, {d.Undone, "not begun"},
		{len(d.Earlier), "made earlier"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	for _, p := range []struct{ state, what string }{
		{string(mail.New), "to mail"}, {string(mail.Sent), "mailed"},
		{string(mail.Failed), "refused by the mail server"},
		{string(mail.Sending), "perhaps mailed"}, {day.NoConsent, day.NoConsent}, {day.NoAddress, day.NoAddress},
		{day.HeldBack, "held back"},
		{day.MailedBefore, day.MailedBefore}, {day.NoMail, "mail failed"},
	} {
		if n := d.Messages[p.state]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, p.what))
		}
	}
	if d.Printed > 0 {
		parts = append(parts, fmt.Sprintf("%d to print in %s", d.Printed, d.Print))
	}
	return filepath.Join(d.Out, d.Part.Name(day.ReportName)) + "  " + strings.Join(parts, ", ") + "\n"
}

// rehearsed is how fast pages are made.
type rehearsed struct{ *day.Rehearsed }

func (m *rehearsed) print(to io.Writer) error {
	_, err := fmt.Fprintf(to,
		`%d pages, each %d times a round, %d alternating rounds, %d bytes a page; medians per second
  made in memory, one core      %6.0f pages
  made in memory, %d cores       %6.0f pages  (%.2f times; checksums, which share nothing: %.2f)
  made and saved to the disk    %6.0f pages  (%.0f %% of that)
files of them, %d at a time              a batch's    plain
  until the last write returns         %7.0f  %7.0f  (%.0f %%)
  until all is saved to the disk       %7.0f  %7.0f  (%.0f %%)
  a batch's saved files compared with plain writes that do not wait: %.0f %%
`, m.Pages, m.Copies, m.Rounds, m.Bytes, m.One, m.Cores, m.All, m.Times, m.Hash, m.Whole, 100*m.Whole/m.All,
		m.Cores, m.Taken, m.Plain, 100*m.Taken/m.Plain, m.Written, m.PlainlySafe,
		100*m.Written/m.PlainlySafe, 100*m.Written/m.Plain)
	return err
}
