package day

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unique"

	"handout/content/visits"
	"handout/content/visits/field"
	"handout/layout"
	"handout/output/mail"
	"handout/output/store"
)

// Report is what became of every row of a list. It names rows and visits by their
// numbers, and no patient.
type Report struct {
	*Order
	Printed  int // pages in Print
	Made     int
	Kept     int
	LeftOut  int
	Failed   int
	Undone   int
	Messages map[string]int // how many rows have each state of mail
	Notes    []Note
	Earlier  []Line
	Stopped  bool // before its end

	roster *roster
	fates  []fate              // in the order of the list
	langs  map[string]int      // how many pages have that said of their language
	places map[*visits.Row]int // in fates
}

// State is what became of a row.
type State string

const (
	Made    State = "made"
	Kept    State = "kept" // an earlier run made it, and it would come out the same
	LeftOut State = "left out"
	Failed  State = "failed"
	Undone  State = "not begun"
	Earlier State = "made earlier" // by a former run, for no row of this list

	elsewhere State = "" // in another part of the list, which tells of it
)

// What a line says of a row's mail, besides the state of its message.
const (
	NoConsent    = "no consent to mail"
	NoAddress    = "no address"
	NoMail       = "no mail could be written"
	HeldBack     = "held back: its status is not known"
	MailedBefore = "mailed another page before"
)

// isState tells the state of a message from why there is none.
func isState(s string) bool {
	return slices.Contains([]mail.State{mail.New, mail.Sending, mail.Sent, mail.Failed}, mail.State(s))
}

// outcome is what became of one row.
type outcome struct {
	row   *visits.Row
	state State
	entry store.Entry  // of what was made, or kept
	page  *layout.Page // where it is to be printed
	mail  string       // the state of its message, or why there is none
	err   error        // why it failed, or its mail
	lang  string       // what there is to say of its language
}

// Line is a row's line of report.csv.
type Line struct {
	Row      int      `json:"row,omitempty"`  // none for what was made earlier
	Part     int      `json:"part,omitempty"` // which of the rows of this number
	Visit    string   `json:"visit,omitempty"`
	State    State    `json:"state"`
	File     string   `json:"file,omitempty"`
	Code     string   `json:"code,omitempty"`
	Handout  string   `json:"handout,omitempty"`
	Version  string   `json:"version,omitempty"`
	TypeSize float64  `json:"type_size,omitempty"` // points
	Cut      []string `json:"cut,omitempty"`       // what the authors' marks let go
	Mail     string   `json:"mail,omitempty"`      // new, sending, sent, failed; or why there is none
	Notes    []string `json:"notes,omitempty"`
	What     string   `json:"what,omitempty"`    // why it failed or was left out
	Mistake  string   `json:"mistake,omitempty"` // the code of that, as in docs/mistakes.md
	Hint     string   `json:"hint,omitempty"`
}

// fate is a Line as it is kept while a list of 100,000 rows goes on: what
// many rows have in common is there once.
type fate struct {
	state State
	mail  string
	code  store.Code
	text  unique.Handle[fateText]
}

type fateText struct {
	handout, version string
	size             float64 // of the type, in points
	cut, notes       store.Lines
	what, code, hint string
}

// newReport begins the report of a list: what is left out, and all the rest as not
// begun, but for the rows that are in another part.
func newReport(r *roster, rows []*visits.Row) *Report {
	list := r.List
	d := &Report{Order: r.Order, Messages: map[string]int{},
		roster: r, fates: make([]fate, len(list.Rows)), langs: map[string]int{},
		places: make(map[*visits.Row]int, len(list.Rows))}
	for _, n := range list.Notes {
		d.Notes = append(d.Notes, Note{Kind: OfList, Words: []string{n}})
	}
	d.Notes = append(d.Notes, r.notes...)
	for _, n := range r.press.Clinic.Notes {
		d.Notes = append(d.Notes, Note{Kind: OfClinic, Words: []string{n}})
	}
	for i := range list.Rows {
		row := &list.Rows[i]
		d.places[row] = i
		if d.fates[i] = (fate{state: elsewhere, text: unique.Make(fateText{what: row.Skip})}); row.Skip != "" &&
			r.Part.first() {
			d.fates[i].state = LeftOut
			d.LeftOut++
		}
	}
	for _, row := range rows {
		d.fates[d.places[row]].state = Undone
		d.Undone++
	}
	d.noteList()
	return d
}

// GrownUp is how old those are, at least, for whom handouts are written.
const GrownUp = 16

// MostNamed is how many columns, files or rows a note names one by one.
const MostNamed = 5

// noteList says what of a list may not be as it was meant.
func (d *Report) noteList() {
	list := d.List
	if len(list.Rows) == 0 {
		d.Notes = append(d.Notes, Note{Kind: NoVisits})
	}
	days := map[string]bool{}
	var young, nobodies []string
	for i := range list.Rows {
		row := &list.Rows[i]
		if row.Skip != "" {
			continue
		}
		if !row.Start.IsZero() {
			days[d.roster.day(row).Format(time.DateOnly)] = true
		}
		if years, known := row.Age(d.roster.day(row)); known && years < GrownUp {
			young = append(young, row.Place())
		}
		if row.Nobody {
			nobodies = append(nobodies, row.Place())
		}
	}
	if len(days) > 1 {
		sorted := slices.Sorted(maps.Keys(days))
		d.Notes = append(d.Notes, Note{Kind: ManyDays, N: len(days), Words: []string{sorted[0], sorted[len(days)-1]}})
	}
	d.noteOf(Young, len(young), young[:min(len(young), MostNamed)]...)
	d.noteOf(Nobodies, len(nobodies), nobodies[:min(len(nobodies), MostNamed)]...)
	// An export has many columns that are not for us; in a list of one's own, one that
	// is not read has a slip in its heading.
	if n := len(list.Ignored); n > 0 && (list.System == "our own" || list.System == "another system") {
		d.Notes = append(d.Notes, Note{Kind: NotRead, N: n, Words: list.Ignored[:min(n, MostNamed)]})
	}
}

// noteLanguages says how many pages are in another language than the patient's.
func (d *Report) noteLanguages() {
	var others []string
	for _, what := range slices.Sorted(maps.Keys(d.langs)) {
		if name, ok := strings.CutPrefix(what, otherLanguage); ok {
			others = append(others, fmt.Sprintf("%d %s", d.langs[what], name))
		} else if name, ok := strings.CutPrefix(what, otherStretches); ok {
			others = append(others, fmt.Sprintf("%d %s for some of the stretches", d.langs[what], name))
		}
	}
	if others != nil {
		d.Notes = append(d.Notes, Note{Kind: OtherLanguage, Words: others})
	}
	d.noteOf(OddLanguages, d.langs[oddLanguage])
}

// asks tells whether the list has a place for the patients' consent.
func (d *Report) asks() bool {
	list := d.List
	return len(list.Columns) == 0 || slices.ContainsFunc(list.Columns, func(c visits.Column) bool {
		return c.Field == field.EmailConsent
	})
}

// noteOldPrint says that the file to print was not written.
func (d *Report) noteOldPrint() {
	n := Note{Kind: NotPrinted}
	if d.Stopped {
		n.Kind = NotPrintedYet
	}
	if _, err := os.Stat(d.Print); err == nil {
		n.N = 1
	}
	d.Notes = append(d.Notes, n)
}

// add puts down what became of some rows.
func (d *Report) add(done []outcome) {
	for _, o := range done {
		if o.state != Undone {
			d.Undone--
		}
		if o.mail != "" {
			d.Messages[o.mail]++
		}
		switch o.state {
		case Made:
			d.Made++
		case Kept:
			d.Kept++
		case Failed:
			d.Failed++
		}
		f, text := fate{state: o.state, mail: o.mail}, fateText{}
		for _, m := range d.Say.Mistakes(o.err) {
			text.what, text.code, text.hint = joined(text.what, m.Error()), joined(text.code, m.Code),
				joined(text.hint, m.Hint)
		}
		if o.state != Failed {
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

// noteOf says how many there are of something, if any.
func (d *Report) noteOf(kind Kind, n int, words ...string) {
	if n > 0 {
		d.Notes = append(d.Notes, Note{Kind: kind, N: n, Words: words})
	}
}

// Rows are the lines of the report, in the order of the list.
func (d *Report) Rows() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for i := range d.fates {
			if d.fates[i].state != elsewhere && !yield(d.row(i)) {
				return
			}
		}
	}
}

// all are the lines of report.csv: the rows, and what was made earlier.
func (d *Report) all() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for l := range d.Rows() {
			if !yield(l) {
				return
			}
		}
		slices.Values(d.Earlier)(yield)
	}
}

func (d *Report) row(i int) Line {
	row, f := &d.List.Rows[i], d.fates[i]
	text := f.text.Value()
	l := Line{Row: row.Number, Part: row.Part, Visit: row.ID, State: f.state, Mail: f.mail, TypeSize: text.size,
		Cut: text.cut.List(), Notes: text.notes.List(),
		Handout: text.handout, Version: text.version, What: text.what, Mistake: text.code, Hint: text.hint}
	if f.state == Made || f.state == Kept {
		l.File, l.Code = d.roster.file(row), f.code.String()
	}
	return l
}

// addEarlier finds what former runs made for the days of this list, is still in the
// folder, and belongs to no row of the list any more: its visit was cancelled, or its
// row makes a file of another name now. It may be of another list of the same day, or
// have been asked for, so that it is said and left.
func (d *Report) addEarlier(ledger *store.Ledger, mailOf func(code string) string) {
	if ledger.Len() <= d.Made+d.Kept {
		return // what these rows have is all there is
	}
	live, days := map[string]bool{}, map[string]bool{}
	for i := range d.fates {
		row := &d.List.Rows[i]
		if row.Skip != visits.AnotherDay {
			days[d.roster.day(row).Format(time.DateOnly)] = true
		}
		_, known := d.roster.known[row]
		if s := d.fates[i].state; s == Made || s == Kept || s == elsewhere && known {
			live[d.roster.file(row)] = true
		}
	}
	if len(days) == 0 {
		days[d.Page.Visit.Date.Format(time.DateOnly)] = true
	}
	for e := range ledger.All() {
		if !days[e.Day] || live[e.File] || !ledger.Holds(e) {
			continue
		}
		l := Line{Visit: e.Visit, State: Earlier, File: e.File, Code: e.Code.String(),
			Handout: e.Handout, Version: e.Version,
			TypeSize: e.TypeSize, Cut: e.Cut.List(), Notes: e.Notes.List(),
			What: "an earlier run made it, and this list has no row for it", Hint: "delete it if nobody needs it"}
		if !d.Named && !numbered(e) {
			// A run with --names made it, and this one is not to tell people's names.
			l.File, l.Hint = "", "it is called by its patient: ledger.jsonl has its name, by the code; "+l.Hint
		}
		if e.List != (store.Code{}) && e.List != d.roster.listMark() {
			l.What, l.Hint = "another list made it, or this one under another name",
				"delete it if no other list is for this day"
		}
		l.Mail = mailOf(l.Code)
		d.Earlier = append(d.Earlier, l)
	}
}

// numbered tells whether a file is called by its visit or its row, and not by its
// patient.
func numbered(e store.Entry) bool {
	row := &visits.Row{ID: e.Visit, Number: e.Row}
	name := (&roster{Order: new(Order)}).wish(row)
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

// Place is the row's number as people are told it.
func (l *Line) Place() string { return (&visits.Row{Number: l.Row, Part: l.Part}).Place() }

// csv writes the report for a spreadsheet.
func (d *Report) csv(to io.Writer) error {
	w := csv.NewWriter(to)
	w.Write([]string{"row", "visit", "state", "file", "code", "handout", "version", "type size", "cut", "mail",
		"notes", "what", "hint"})
	for l := range d.all() {
		row, size := "", ""
		if l.Row > 0 {
			row = l.Place()
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
func (d *Report) write(folder *store.Folder) error {
	if err := folder.PutFrom(d.Part.Name(ReportName), d.csv); err != nil {
		return err
	}
	return folder.Sync()
}

// What a day's folder has besides pages.
const (
	ReportName    = "report.csv"
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
