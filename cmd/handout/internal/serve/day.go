package serve

import (
	"bytes"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"handout/cmd/handout/internal/day"
	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/visits"
	"handout/content/visits/field"
)

// A day's list as the page has it: the file that was dropped, and what was mended since.
// The page keeps both and sends them with each request, so that nothing of them is kept
// here; the file is read anew each time, as handout batch would read it.

// maxDay bounds such a request: a list of 16 MB, in letters.
const maxDay = 24 << 20

// maxRows is how many rows a person looks through.
const maxRows = 3000

// dayOrder is a day as the page asks for it.
type dayOrder struct {
	days     []string // all that the list has, once it is read
	list     []byte
	called   string // the list's name, which tells it from other lists and is told to nobody
	date     time.Time
	handout  string
	columns  map[field.Field]string
	statuses map[string]string
	mended   map[string]mend // by the row's place
	print    bool
	mail     bool
	lock     day.Lock
	changed  bool // mail the new page to who was mailed another
}

// mend is what somebody put right in a row.
type mend struct {
	at        string
	out       bool // no page after this visit
	handout   string
	name      string
	time      string
	side      string
	chosen    bool
	stretches []content.Choice
}

// dayMembers are what such a request may have.
var dayMembers = map[string]func(*dayOrder, value){
	"list": func(o *dayOrder, v value) {
		if o.list = v.file(maxDay); o.list == nil {
			v.refuse("list-unreadable", "the file's bytes in base64", "this is not a file")
		}
	},
	"called": func(o *dayOrder, v value) { o.called, _ = v.text(255) },
	"date": func(o *dayOrder, v value) {
		s, _ := v.is.(string)
		at, err := time.Parse(time.DateOnly, s)
		if err != nil || at.Year() < 1900 {
			v.refuse("day-unreadable", "write it like 2026-11-29; null prints none", "this is not a date")
		}
		o.date = at
	},
	"handout": func(o *dayOrder, v value) { o.handout = v.name() },
	"columns": func(o *dayOrder, v value) {
		for name, heading := range v.pairs() {
			at := slices.IndexFunc(fields, func(f field.Field) bool { return f.String() == name })
			if at < 0 {
				v.refuse("column-unknown", "for example: name, last name, email, time", "a list has no such column")
				continue
			}
			o.columns[fields[at]] = heading
		}
	},
	"statuses": func(o *dayOrder, v value) {
		for word, means := range v.pairs() {
			if !slices.Contains(content.Meanings(), means) {
				v.refuse("status-unknown", "it is one of "+strings.Join(content.Meanings(), ", "),
					"a status cannot mean that")
				continue
			}
			o.statuses[word] = means
		}
	},
	"mended": func(o *dayOrder, v value) {
		given, _ := v.object()
		for place, is := range given.of {
			m := mend{at: v.at + "/" + place}
			each(v.member(place, is), &m, mendMembers)
			o.mended[place] = m
		}
	},
	"print": func(o *dayOrder, v value) { o.print = v.yes() },
	"mail":  func(o *dayOrder, v value) { o.mail = v.yes() },
	"lock":  func(o *dayOrder, v value) { o.lock = day.Lock(v.word("none", "birthdate", "column", "random")) },
	"again": func(o *dayOrder, v value) { o.changed = v.yes() },
}

// mendMembers are what may be put right in a row.
var mendMembers = map[string]func(*mend, value){
	"out":     func(m *mend, v value) { m.out = v.yes() },
	"handout": func(m *mend, v value) { m.handout = v.name() },
	"name":    func(m *mend, v value) { m.name, _ = v.text(120) },
	"time": func(m *mend, v value) {
		if m.time, _ = v.text(5); !clockForm.MatchString(m.time) {
			v.refuse("time-unreadable", "write it like 09:30", "this is not a time of day")
		}
	},
	"side": func(m *mend, v value) { m.side = v.word("left", "right", "both", "each", "sore") },
	"stretches": func(m *mend, v value) {
		o := &order{}
		orderMembers["stretches"](o, v)
		m.chosen, m.stretches = true, o.Visit.Stretches
	},
}

var clockForm = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)

// fields are what a column can say.
var fields = func() (list []field.Field) {
	for f := range field.Count {
		list = append(list, f)
	}
	return list
}()

// pairs are the members of an object whose values are texts.
func (v value) pairs() map[string]string {
	given, _ := v.object()
	pairs := map[string]string{}
	for name, is := range given.of {
		if s, ok := (value{v.at, is, v.wrong}).text(200); ok {
			pairs[name] = s
		}
	}
	return pairs
}

// readDay reads such a request, and the list that is in it, with the clinic's press.
func (s *Server) readDay(w http.ResponseWriter, r *http.Request) (o *dayOrder, p *press.Press, list *visits.List,
	err error) {
	o = &dayOrder{columns: map[field.Field]string{}, statuses: map[string]string{}, mended: map[string]mend{}}
	if err := reads(w, r, maxDay, o, dayMembers, "the file's bytes in base64", "list"); err != nil {
		return nil, nil, nil, err
	}
	if p, err = s.clinics.press(""); err != nil {
		return nil, nil, nil, err
	}
	if list, o.days, err = s.dated(p, o); err != nil {
		return nil, nil, nil, s.unread(o, err)
	}
	return o, p, list, nil
}

// dated is the list of one day, and all days of it: the day that is asked for, else today,
// else the next one there is, else the last.
func (s *Server) dated(p *press.Press, o *dayOrder) (list *visits.List, days []string, err error) {
	if _, err := p.HandoutIn(o.handout, ""); err != nil && o.handout != "" {
		var wrong []mistake
		value{at: "/handout", wrong: &wrong}.blame(err)
		wrong[0].Detail = "nothing has that name" // which may be anything
		return nil, nil, wrongWith(wrong)
	}
	today := s.config.Today()
	read := func(only time.Time) (*visits.List, error) {
		options := visits.Options{Day: only, Today: today, Zone: s.config.Now().Location(), Columns: o.columns,
			Statuses: []map[string]string{o.statuses}}
		if !o.date.IsZero() {
			options.Today = o.date
		}
		list, err := day.ReadList(p, "", bytes.NewReader(o.list), options)
		if err == nil && len(list.Rows) > maxRows {
			err = content.Errorf("day-too-long", "export fewer days; `handout batch` takes longer lists",
				"the page shows %d rows, and the list has more", maxRows)
		}
		return list, err
	}
	if list, err = read(time.Time{}); err != nil {
		return nil, nil, err
	}
	for i := range list.Rows {
		if row := &list.Rows[i]; !row.Start.IsZero() && !row.Undated {
			days = append(days, row.Start.Format(time.DateOnly))
		}
	}
	slices.Sort(days)
	days = slices.Compact(days)
	if o.date.IsZero() {
		o.date = today
		if at, there := slices.BinarySearch(days, today.Format(time.DateOnly)); !there && len(days) > 0 {
			o.date, _ = time.Parse(time.DateOnly, days[min(at, len(days)-1)])
		}
	}
	if len(days) > 0 { // dates that are other days' are left out, and told
		list, err = read(o.date)
	}
	return list, days, err
}

// asks makes an order of the day's list: mended, and with the pages as the clinic has them.
func (o *dayOrder) asks(list *visits.List) *day.Order {
	d := &day.Order{Path: o.called, List: list, DaySaid: true, Chosen: map[*visits.Row][]content.Choice{}}
	d.Page.Handout, d.Page.Visit.Date, d.Page.Made = o.handout, o.date, o.date
	for i := range list.Rows {
		row := &list.Rows[i]
		m, ok := o.mended[row.Place()]
		if !ok || row.Skip != "" {
			continue
		}
		if m.out {
			row.Skip, row.Err, row.EmailErr = leftOff, nil, nil
			continue
		}
		if m.handout != "" {
			row.Handout = m.handout
		}
		if m.chosen {
			d.Chosen[row] = m.stretches
		}
		if name := field.Clean(field.Name, m.name); name.Wrong == nil && name.Text != "" {
			row.Name = name.Text
			row.Err = lessOf(row.Err, "no-name", "long-name")
		}
		if at, err := time.Parse("15:04", m.time); err == nil {
			row.Start = o.date.Add(time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute)
			row.Err = lessOf(row.Err, "no-date", "unreadable-date", "unreadable-time", "wrong-weekday")
		}
		if m.side != "" {
			row.Side, row.Err = m.side, lessOf(row.Err, "unknown-side")
		}
	}
	return d
}

// leftOff is why a row has no page that somebody took off the list.
const leftOff = "left off by hand"

// lessOf is what else is wrong.
func lessOf(err error, codes ...string) error {
	left := slices.DeleteFunc(press.Mistakes(err), func(e *content.Error) bool {
		return slices.Contains(codes, e.Code)
	})
	if len(left) == 0 {
		return nil
	}
	return left
}

// dayRows is a list as it was read.
type dayRows struct {
	Date     string      `json:"date"`
	Days     []string    `json:"days"` // all that the list has visits of
	System   string      `json:"system"`
	Columns  []dayColumn `json:"columns"`
	Ignored  []string    `json:"ignored"` // headings nobody reads
	Notes    []string    `json:"notes"`
	Statuses []dayStatus `json:"statuses"` // words for a status that nobody knows
	Consent  bool        `json:"consent"`  // the list says who agreed to mail
	Lock     string      `json:"lock"`     // what opens the PDFs in mail, as the clinic has it
	Rows     []dayRow    `json:"rows"`
}

type dayColumn struct {
	Field   string `json:"field"`
	Heading string `json:"heading"`
}

type dayStatus struct {
	Word string `json:"word"`
	Rows int    `json:"rows"`
}

// dayRow is a visit, and what it asks for.
type dayRow struct {
	Row       string      `json:"row"` // its place in the list
	Time      string      `json:"time,omitempty"`
	Patient   string      `json:"patient"`
	Therapist string      `json:"therapist,omitempty"`
	Service   string      `json:"service,omitempty"`
	State     string      `json:"state"` // ready, wrong or out
	Why       string      `json:"why,omitempty"`
	Handout   string      `json:"handout,omitempty"`
	Title     string      `json:"title,omitempty"`
	Stretches []dayChoice `json:"stretches"`
	Mail      bool        `json:"mail"` // a message can be written
	MailWhy   string      `json:"mail_why,omitempty"`
	Note      string      `json:"note,omitempty"`
	Errors    []mistake   `json:"errors,omitempty"`
}

type dayChoice struct {
	pageChoice
	Name string `json:"name,omitempty"` // none if the library has no such stretch
	Near string `json:"near,omitempty"` // then the name of one that is nearly called so
}

// readList answers with the rows of a list. It keeps nothing.
func (s *Server) readList(w http.ResponseWriter, r *http.Request) error {
	o, p, list, err := s.readDay(w, r)
	if err != nil {
		return err
	}
	answer := dayRows{Date: o.date.Format(time.DateOnly), Days: append([]string{}, o.days...), System: list.System,
		Columns: []dayColumn{}, Ignored: append([]string{}, list.Ignored...), Notes: append([]string{}, list.Notes...),
		Statuses: []dayStatus{}, Consent: len(list.Columns) == 0, Lock: p.Clinic.Mail.Lock, Rows: []dayRow{}}
	for _, c := range list.Columns {
		answer.Columns = append(answer.Columns, dayColumn{c.Field.String(), c.Header})
		answer.Consent = answer.Consent || c.Field == field.EmailConsent
	}
	for _, u := range list.Statuses {
		answer.Statuses = append(answer.Statuses, dayStatus{u.Word, u.Rows})
	}
	stretches := nearest(p)
	for _, a := range day.Ask(p, o.asks(list)) {
		answer.Rows = append(answer.Rows, s.dayRow(p, a, stretches))
	}
	return writeJSON(w, answer)
}

// unread is what is wrong with a list, and its headings, where it has to be said what they
// are.
func (s *Server) unread(o *dayOrder, err error) error {
	var refused *problem
	if errors.As(err, &refused) {
		return refused
	}
	list := press.Mistakes(err)
	p := &problem{kind: invalid}
	headings := false
	for _, e := range list {
		if e.Code == "other" {
			return err
		}
		headings = headings || e.Code == "no-headings" ||
			strings.HasPrefix(e.Code, "no-") && strings.HasSuffix(e.Code, "-column")
		p.errors = append(p.errors, mistake{Pointer: "/list", Code: e.Code, Detail: detail(e), Hint: e.Hint})
	}
	if headings {
		for _, h := range visits.Headings(bytes.NewReader(o.list), visits.Options{}) {
			if h != "" {
				p.errors = append(p.errors, mistake{Pointer: "/columns", Code: "heading", Detail: h})
			}
		}
	}
	return p
}

// nearest finds the stretch that somebody means who calls it otherwise.
func nearest(p *press.Press) func(string) string {
	var names []string
	all, _ := p.Stretches()
	for _, s := range all {
		names = append(names, s.ID)
	}
	return func(name string) string { return content.Closest(strings.ToLower(name), names) }
}

// dayRow is a row as the page shows it.
func (s *Server) dayRow(p *press.Press, a day.Asked, near func(string) string) dayRow {
	row := a.Row
	d := dayRow{Row: row.Place(), Patient: row.Name, Therapist: row.Therapist, Service: row.Service, State: "ready",
		Why: row.Skip, Handout: a.Handout, Stretches: []dayChoice{}, Note: a.Lang}
	if h, m, _ := row.Start.Clock(); h+m > 0 {
		d.Time = row.Start.Format("15:04")
	}
	if row.Skip != "" {
		d.State = "out"
		return d
	}
	if article, err := p.HandoutIn(a.Handout, row.Lang); err == nil && a.Handout != "" {
		d.Title = article.Title
	}
	d.MailWhy, d.Mail = a.MailWhy, a.MailWhy == "" && row.EmailErr == nil
	if a.MailWhy == "" && row.EmailErr != nil {
		d.MailWhy = day.NoMail
	}
	for _, c := range a.Choices {
		one := dayChoice{pageChoice: asChosen(c)}
		if c.IsPack() {
			if pack, err := p.Pack(c.ID); err == nil {
				one.Name = pack.Name("en")
			}
		} else if stretch, err := p.Stretch(c.ID); err == nil {
			one.Name = stretch.Name
		} else {
			one.Near = near(c.ID)
		}
		d.Stretches = append(d.Stretches, one)
	}
	if a.Err != nil {
		d.State = "wrong"
		d.Errors, _ = s.mistakesOf(a.Err, "/mended/"+d.Row)
	}
	return d
}
