package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unique"

	"handout/content/visits"
	"handout/output/mail"
)

// dayReport is what became of every row of a list. It names rows and visits by
// their numbers, and no patient.
type dayReport struct {
	Out     string         `json:"out"`
	List    string         `json:"list"`
	System  string         `json:"system"` // whose export it is
	Print   string         `json:"print,omitempty"`
	Made    int            `json:"made"`
	Kept    int            `json:"kept"`
	LeftOut int            `json:"left_out"`
	Failed  int            `json:"failed"`
	Undone  int            `json:"not_begun"`
	Mail    map[string]int `json:"mail,omitempty"` // how many rows have each state of mail
	Notes   []string       `json:"notes"`
	Rows    []*rowReport   `json:"rows"` // in the order of the list
	places  map[int]int    // in Rows, by row
}

// rowReport is a line of report.csv.
type rowReport struct {
	Row      int      `json:"row"`
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

// newReport begins the report of a list: what is left out, and all the rest as
// not begun.
func newReport(path string, list *visits.List) *dayReport {
	r := &dayReport{List: path, System: list.System, Notes: []string{}, Mail: map[string]int{}, places: map[int]int{}}
	for _, n := range list.Notes {
		r.Notes = append(r.Notes, path+": "+n)
	}
	for i := range list.Rows {
		row := &list.Rows[i]
		r.places[row.Number] = len(r.Rows)
		line := &rowReport{Row: row.Number, Visit: row.ID, State: undone}
		if row.Skip != "" {
			line.State, line.What = leftOut, row.Skip
			r.LeftOut++
		} else {
			r.Undone++
		}
		r.Rows = append(r.Rows, line)
	}
	return r
}

// add puts down what became of some rows.
func (r *dayReport) add(done []outcome) {
	for _, o := range done {
		line := r.line(o.row)
		line.State, line.Mail = o.state, o.mail
		r.Undone--
		if o.mail != "" {
			r.Mail[o.mail]++
		}
		switch o.state {
		case made:
			r.Made++
		case kept:
			r.Kept++
		case failed:
			r.Failed++
		}
		for _, m := range mistakes(o.err) {
			line.What = joined(line.What, m.Error())
			line.Hint = joined(line.Hint, m.Hint)
		}
		if o.state == failed {
			continue
		}
		e := o.entry
		line.File, line.Code, line.Handout, line.Version = e.File, e.Code.String(), e.Handout, e.Version
		if f := o.fitting; f != nil {
			line.TypeSize = f.Body.Points()
			for _, c := range f.Concessions {
				line.Cut = append(line.Cut, unique.Make(c.What).Value())
			}
			for _, n := range f.Notes {
				line.Notes = append(line.Notes, unique.Make(n).Value())
			}
		}
	}
}

func (r *dayReport) line(row *visits.Row) *rowReport { return r.Rows[r.places[row.Number]] }

// joined puts sentences of one cell together.
func joined(a, b string) string {
	b = strings.ReplaceAll(b, "\n", "; ")
	if a == "" || b == "" || a == b {
		return a + strings.TrimPrefix(b, a)
	}
	return a + "; " + b
}

// csv is the report for a spreadsheet.
func (r *dayReport) csv() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"row", "visit", "state", "file", "code", "handout", "version", "type size", "cut", "mail", "notes", "what", "hint"})
	for _, l := range r.Rows {
		size := ""
		if l.TypeSize > 0 {
			size = strconv.FormatFloat(l.TypeSize, 'f', -1, 64)
		}
		w.Write([]string{strconv.Itoa(l.Row), inert(l.Visit), string(l.State), l.File, l.Code, l.Handout, l.Version, size,
			strings.Join(l.Cut, "; "), l.Mail, strings.Join(l.Notes, "; "), l.What, l.Hint})
	}
	w.Flush()
	return b.Bytes()
}

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
func (r *dayReport) say(w *world) {
	reasons := map[string]int{}
	said := 0
	for _, l := range r.Rows {
		switch {
		case l.State == leftOut:
			why := l.What
			if strings.HasPrefix(why, "the same as row ") {
				why = "twice in the list"
			}
			reasons[why]++
		case l.What != "" && said < mostSaid:
			said++
			fmt.Fprintf(w.err, "handout: %s:%d: %s\n", r.List, l.Row, l.What)
			w.hint(w.err, l.Hint)
		}
	}
	if more := r.Failed + r.Mail[noMail] - said; more > 0 {
		fmt.Fprintf(w.err, "handout: %s: %d more rows failed, or their mail\n", r.List, more)
		w.hint(w.err, "report.csv says why of each")
	}
	if r.LeftOut > 0 {
		var list []string
		for why, n := range reasons {
			list = append(list, fmt.Sprintf("%d %s", n, why))
		}
		slices.Sort(list)
		w.note("left out: %s", strings.Join(list, ", "))
	}
	for _, n := range r.Notes {
		w.note("%s", n)
	}
}

// result is the one line of a batch that a script reads.
func (r *dayReport) result() string {
	parts := []string{fmt.Sprintf("%d made", r.Made)}
	for _, p := range []struct {
		n    int
		what string
	}{{r.Kept, "there already"}, {r.LeftOut, "left out"}, {r.Failed, "failed"}, {r.Undone, "not begun"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	for _, p := range []struct{ state, what string }{
		{string(mail.New), "to mail"}, {string(mail.Sent), "mailed"}, {noConsent, noConsent}, {noAddress, noAddress}, {noMail, "mail failed"},
	} {
		if n := r.Mail[p.state]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, p.what))
		}
	}
	return filepath.Join(r.Out, "report.csv") + "  " + strings.Join(parts, ", ") + "\n"
}

// deliver writes the result.
func (r *dayReport) deliver(w *world, asJSON bool) error {
	r.say(w)
	if asJSON {
		return printJSON(w.out, r)
	}
	_, err := io.WriteString(w.out, r.result())
	return err
}
