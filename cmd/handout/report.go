package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unique"

	"handout/content/visits"
	"handout/content/visits/field"
	"handout/output/mail"
	"handout/output/store"
)

// dayReport is what became of every row of a list. It names rows and visits by
// their numbers, and no patient.
type dayReport struct {
	Out     string         `json:"out"`
	List    string         `json:"list"`
	System  string         `json:"system"` // whose export it is
	Print   string         `json:"print,omitempty"`
	Printed int            `json:"printed,omitempty"` // pages in Print
	Made    int            `json:"made"`
	Kept    int            `json:"kept"`
	LeftOut int            `json:"left_out"`
	Failed  int            `json:"failed"`
	Undone  int            `json:"not_begun"`
	Mail    map[string]int `json:"mail,omitempty"` // how many rows have each state of mail
	Notes   []string       `json:"notes"`
	Rows    []rowReport    `json:"rows"` // in the order of the list
	Earlier []rowReport    `json:"earlier,omitempty"`

	roster *roster
	fates  []fate              // in the order of the list
	langs  map[string]int      // how many pages have that said of their language
	places map[*visits.Row]int // in fates
}

// rowReport is a line of report.csv.
type rowReport struct {
	Row      int      `json:"row,omitempty"`  // none for what was made earlier
	Part     int      `json:"part,omitempty"` // which of the rows of this number
	Visit    string   `json:"visit,omitempty"`
	State    state    `json:"state"`
	File     string   `json:"file,omitempty"`
	Code     string   `json:"code,omitempty"`
	Handout  string   `json:"handout,omitempty"`
	Version  string   `json:"version,omitempty"`
	TypeSize float64  `json:"type_size,omitempty"` // points
	Cut      []string `json:"cut,omitempty"`       // what the authors' marks let go
	Mail     string   `json:"mail,omitempty"`      // new, sending, sent, failed; or why there is none
	Notes    []string `json:"notes,omitempty"`
	What     string   `json:"what,omitempty"` // why it failed or was left out
	Hint     string   `json:"hint,omitempty"`
}

// fate is a rowReport as it is kept while a list of 100,000 rows goes on: what
// many rows have in common is there once.
type fate struct {
	state state
	mail  string
	code  store.Code
	text  unique.Handle[fateText]
}

type fateText struct {
	handout, version string
	size             float64 // of the type, in points
	cut, notes       store.Lines
	what, hint       string
}

// newReport begins the report of a list: what is left out, and all the rest as
// not begun.
func newReport(r *roster) *dayReport {
	list := r.list
	d := &dayReport{List: r.path, System: list.System, Notes: []string{}, Mail: map[string]int{},
		roster: r, fates: make([]fate, len(list.Rows)), langs: map[string]int{}, places: make(map[*visits.Row]int, len(list.Rows))}
	for _, n := range list.Notes {
		d.Notes = append(d.Notes, r.path+": "+n)
	}
	for i := range list.Rows {
		row := &list.Rows[i]
		d.places[row] = i
		if d.fates[i] = (fate{state: undone, text: unique.Make(fateText{what: row.Skip})}); row.Skip != "" {
			d.fates[i].state = leftOut
			d.LeftOut++
		} else {
			d.Undone++
		}
	}
	d.noteList()
	return d
}

// noteList says what of a list may not be as it was meant.
func (d *dayReport) noteList() {
	list, path := d.roster.list, d.roster.path
	if len(list.Rows) == 0 {
		d.Notes = append(d.Notes, path+": there are headings, and no visits; is it the right day?")
	}
	days := map[time.Time]bool{}
	for i := range list.Rows {
		if row := &list.Rows[i]; row.Skip == "" && !row.Start.IsZero() {
			days[d.roster.day(row)] = true
		}
	}
	if len(days) > 1 {
		sorted := slices.SortedFunc(maps.Keys(days), time.Time.Compare)
		d.Notes = append(d.Notes, fmt.Sprintf("%s: the visits are of %d days, from %s to %s; --date takes one", path, len(days),
			sorted[0].Format(time.DateOnly), sorted[len(days)-1].Format(time.DateOnly)))
	}
	// An export has many columns that are not for us; in a list of one's own, one that
	// is not read has a slip in its heading.
	if n := len(list.Ignored); n > 0 && (list.System == "our own" || list.System == "another system") {
		var names []string
		for _, name := range list.Ignored[:min(n, mostNamed)] {
			names = append(names, strconv.Quote(name))
		}
		if n > mostNamed {
			names = append(names, fmt.Sprintf("%d more", n-mostNamed))
		}
		d.Notes = append(d.Notes, fmt.Sprintf("%s: columns that are not read: %s", path, strings.Join(names, ", ")))
	}
}

// noteStatuses says which words for a status nobody knows, and what to do about them.
func (d *dayReport) noteStatuses(mailed bool) {
	var words []string
	example, odd := "Walked in", 0
	for _, s := range d.roster.list.Statuses {
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
		return
	}
	held := ""
	if mailed {
		held = ", and no mail is written for them"
	}
	d.Notes = append(d.Notes, fmt.Sprintf("%s: statuses that are not known, taken for visits%s: %s; say what they mean: --status %q, or =cancelled, =no-show; for good in the brand's statuses",
		d.roster.path, held, strings.Join(words, ", "), example+"=came"))
}

// noteLanguages says how many pages are in another language than the patient's.
func (d *dayReport) noteLanguages() {
	var others []string
	for _, what := range slices.Sorted(maps.Keys(d.langs)) {
		if name, ok := strings.CutPrefix(what, otherLanguage); ok {
			others = append(others, fmt.Sprintf("%d %s", d.langs[what], name))
		}
	}
	if others != nil {
		d.Notes = append(d.Notes, d.roster.path+": patients who would rather have another language than their page is in: "+strings.Join(others, ", "))
	}
	d.noteOf(d.langs[oddLanguage], d.roster.path+": rows with a language that is not understood", "their pages are in the handout's own")
}

// asks tells whether the list has a place for the patients' consent.
func (d *dayReport) asks() bool {
	list := d.roster.list
	return len(list.Columns) == 0 || slices.ContainsFunc(list.Columns, func(c visits.Column) bool { return c.Field == field.EmailConsent })
}

// noteOldPrint says that the file to print was not written.
func (d *dayReport) noteOldPrint(stopped bool) {
	note := d.Print + " is not written: there is no page to print"
	if stopped {
		note = d.Print + " is not written yet"
	}
	if _, err := os.Stat(d.Print); err == nil {
		note += "; the file that is there is of an earlier run"
	}
	d.Notes = append(d.Notes, note)
}

// add puts down what became of some rows.
func (d *dayReport) add(done []outcome) {
	for _, o := range done {
		d.Undone--
		if o.mail != "" {
			d.Mail[o.mail]++
		}
		switch o.state {
		case made:
			d.Made++
		case kept:
			d.Kept++
		case failed:
			d.Failed++
		}
		f, text := fate{state: o.state, mail: o.mail}, fateText{}
		for _, m := range mistakes(o.err) {
			text.what, text.hint = joined(text.what, m.Error()), joined(text.hint, m.Hint)
		}
		if o.state != failed {
			f.code, text.handout, text.version = o.entry.Code, o.entry.Handout, o.entry.Version
			text.size, text.cut, text.notes = o.entry.TypeSize, o.entry.Cut, o.entry.Notes
			if o.lang != "" {
				text.notes = store.LinesOf(append(o.entry.Notes.List(), o.lang))
				d.langs[o.lang]++
			}
		}
		f.text = unique.Make(text)
		d.fates[d.places[o.row]] = f
	}
}

// noteOf says how many there are of something, if any, and what to do about it.
func (d *dayReport) noteOf(n int, what, hint string) {
	if n == 0 {
		return
	}
	note := fmt.Sprintf("%s: %d", what, n)
	if hint != "" {
		note += "; " + hint
	}
	d.Notes = append(d.Notes, note)
}

// rows are the lines of the report.
func (d *dayReport) rows() iter.Seq[rowReport] {
	return func(yield func(rowReport) bool) {
		for i := range d.fates {
			if !yield(d.row(i)) {
				return
			}
		}
	}
}

// all are the lines of report.csv: the rows, and what was made earlier.
func (d *dayReport) all() iter.Seq[rowReport] {
	return func(yield func(rowReport) bool) {
		for l := range d.rows() {
			if !yield(l) {
				return
			}
		}
		slices.Values(d.Earlier)(yield)
	}
}

func (d *dayReport) row(i int) rowReport {
	row, f := &d.roster.list.Rows[i], d.fates[i]
	text := f.text.Value()
	l := rowReport{Row: row.Number, Part: row.Part, Visit: row.ID, State: f.state, Mail: f.mail, TypeSize: text.size,
		Cut: text.cut.List(), Notes: text.notes.List(),
		Handout: text.handout, Version: text.version, What: text.what, Hint: text.hint}
	if f.state == made || f.state == kept {
		l.File, l.Code = d.roster.file(row), f.code.String()
	}
	return l
}

// addEarlier finds what former runs made for the days of this list, is still in the
// folder, and belongs to no row of the list any more: its visit was cancelled, or its
// row makes a file of another name now. It may be of another list of the same day, or
// have been asked for, so that it is said and left.
func (d *dayReport) addEarlier(ledger *store.Ledger, post *post) {
	if ledger.Len() <= d.Made+d.Kept {
		return // what these rows have is all there is
	}
	live, days := map[string]bool{}, map[string]bool{}
	for i := range d.fates {
		row := &d.roster.list.Rows[i]
		if row.Skip != visits.AnotherDay {
			days[d.roster.day(row).Format(time.DateOnly)] = true
		}
		if s := d.fates[i].state; s == made || s == kept {
			live[d.roster.file(row)] = true
		}
	}
	if len(days) == 0 {
		days[d.roster.request.Visit.Date.Format(time.DateOnly)] = true
	}
	for e := range ledger.All() {
		if !days[e.Day] || live[e.File] || !ledger.Holds(e) {
			continue
		}
		l := rowReport{Visit: e.Visit, State: earlier, File: e.File, Code: e.Code.String(), Handout: e.Handout, Version: e.Version,
			TypeSize: e.TypeSize, Cut: e.Cut.List(), Notes: e.Notes.List(),
			What: "an earlier run made it, and this list has no row for it", Hint: "delete it, if nobody wants it"}
		if !d.roster.named && !numbered(e) {
			// A run with --names made it, and this one is not to tell people's names.
			l.File, l.Hint = "", "it is called by its patient: ledger.jsonl has its name, by the code; "+l.Hint
		}
		if e.List != (store.Code{}) && e.List != d.roster.listMark() {
			l.What, l.Hint = "another list made it, or this one under another name", "delete it, if no other list is of this day"
		}
		if post != nil {
			if m, ok := post.box.Find(l.Code); ok {
				l.Mail = string(m.State)
			}
		}
		d.Earlier = append(d.Earlier, l)
	}
}

// numbered tells whether a file is called by its visit or its row, and not by its
// patient.
func numbered(e store.Entry) bool {
	row := &visits.Row{ID: e.Visit, Number: e.Row}
	name := new(roster).wish(row)
	file := strings.TrimSuffix(e.File, ".pdf")
	if at := strings.LastIndexByte(file, '.'); at > 0 && strings.Trim(file[at+1:], "0123456789") == "" {
		file = file[:at] // see keepPages
	}
	for _, day := range []string{"", "." + e.Day} {
		if file == name+day || file == name+"."+rowName(row)+day {
			return true
		}
	}
	return false
}

// joined puts sentences of one cell together.
func joined(a, b string) string {
	b = strings.ReplaceAll(b, "\n", "; ")
	if a == "" || b == "" || a == b {
		return a + strings.TrimPrefix(b, a)
	}
	return a + "; " + b
}

// place is the row's number as people are told it.
func (l *rowReport) place() string { return (&visits.Row{Number: l.Row, Part: l.Part}).Place() }

// csv writes the report for a spreadsheet.
func (d *dayReport) csv(to io.Writer) error {
	w := csv.NewWriter(to)
	w.Write([]string{"row", "visit", "state", "file", "code", "handout", "version", "type size", "cut", "mail", "notes", "what", "hint"})
	for l := range d.all() {
		row, size := "", ""
		if l.Row > 0 {
			row = l.place()
		}
		if l.TypeSize > 0 {
			size = strconv.FormatFloat(l.TypeSize, 'f', -1, 64)
		}
		w.Write([]string{row, inert(l.Visit), string(l.State), l.File, l.Code, l.Handout, l.Version, size,
			strings.Join(l.Cut, "; "), l.Mail, strings.Join(l.Notes, "; "), l.What, l.Hint})
	}
	w.Flush()
	return w.Error()
}

// write writes report.csv into the day's folder.
func (d *dayReport) write(folder *store.Folder) error {
	if err := folder.PutFrom(reportName, d.csv); err != nil {
		return err
	}
	return folder.Sync()
}

// What a day's folder has besides pages.
const (
	reportName    = "report.csv"
	passwordsName = "passwords.csv"
	outboxName    = "outbox"
)

// inert keeps a spreadsheet program from taking a cell that is not ours for a
// formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// mostSaid is how many failed rows are told of one by one; report.csv has all.
const mostSaid = 20

// say tells what a person should know: what failed and why, what was left out,
// and where everything is.
func (d *dayReport) say(w *world) {
	reasons := map[string]int{}
	said := 0
	for l := range d.rows() {
		switch {
		case l.State == leftOut:
			why := l.What
			if strings.HasPrefix(why, "the same as row ") {
				why = "twice in the list"
			}
			reasons[why]++
		case l.What != "" && said < mostSaid:
			said++
			fmt.Fprintf(w.err, "handout: %s:%s: %s\n", d.List, l.place(), l.What)
			w.hint(w.err, l.Hint)
		}
	}
	if more := d.Failed + d.Mail[noMail] - said; more > 0 {
		fmt.Fprintf(w.err, "handout: %s: %d more rows failed, or their mail\n", d.List, more)
		w.hint(w.err, "report.csv says why of each")
	}
	if d.LeftOut > 0 {
		var list []string
		for why, n := range reasons {
			list = append(list, fmt.Sprintf("%d %s", n, why))
		}
		slices.Sort(list)
		w.note("left out: %s", strings.Join(list, ", "))
	}
	for _, n := range d.Notes {
		w.note("%s", n)
	}
	if n := len(d.Earlier); n > 0 {
		w.note("made earlier for the same day, and not in this list any more: %s", d.earlierFiles())
		w.hint(w.err, "report.csv has them all; delete what nobody wants")
	}
}

// mostNamed is how many files made earlier, or columns, are named one by one.
const mostNamed = 5

// earlierFiles names what was made earlier, or counts it, where there are many or
// the names are people's.
func (d *dayReport) earlierFiles() string {
	var names []string
	for _, l := range d.Earlier {
		if l.File != "" && !d.roster.named {
			names = append(names, l.File)
		}
	}
	if n := len(d.Earlier); n > mostNamed || n > len(names) {
		return fmt.Sprintf("%d files in %s", n, quoted(d.Out))
	}
	return strings.Join(names, ", ")
}

// result is the one line of a batch that a script reads.
func (d *dayReport) result() string {
	parts := []string{fmt.Sprintf("%d made", d.Made)}
	for _, p := range []struct {
		n    int
		what string
	}{{d.Kept, "there already"}, {d.LeftOut, "left out"}, {d.Failed, "failed"}, {d.Undone, "not begun"}, {len(d.Earlier), "made earlier"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	for _, p := range []struct{ state, what string }{
		{string(mail.New), "to mail"}, {string(mail.Sent), "mailed"}, {string(mail.Failed), "refused by the mail server"},
		{string(mail.Sending), "perhaps mailed"}, {noConsent, noConsent}, {noAddress, noAddress}, {heldBack, "held back"}, {mailedBefore, mailedBefore}, {noMail, "mail failed"},
	} {
		if n := d.Mail[p.state]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, p.what))
		}
	}
	if d.Printed > 0 {
		parts = append(parts, fmt.Sprintf("%d to print in %s", d.Printed, d.Print))
	}
	return filepath.Join(d.Out, reportName) + "  " + strings.Join(parts, ", ") + "\n"
}

// deliver writes the result.
func (d *dayReport) deliver(w *world, asJSON bool) error {
	d.say(w)
	if asJSON {
		d.Rows = slices.AppendSeq([]rowReport{}, d.rows())
		return printJSON(w.out, d)
	}
	_, err := io.WriteString(w.out, d.result())
	return err
}
