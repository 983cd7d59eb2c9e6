package visits

import (
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"handout/content"
	"handout/content/visits/field"
)

// system is software known by headings that stand together in no other's export.
type system struct {
	name string
	sign string                 // plain headings, all of them there
	over map[string]field.Field // what a heading means here, over the usual; None: nobody reads it
}

// systems are asked in turn, the most particular first. The headings of Jane (its
// import pages), Cliniko (its API), Acuity and Fresha (real exports) were seen; those
// of ClinicSense's Appointments report are in a script that works on it
// (github.com/choyer/shiatsu-sh); those of SimplePractice, Mindbody, Square, Vagaro,
// Zenoti, Booker and Calendly are what other importers look for. A list with the
// number that Noterro gave a person was moved out of it, by whomever
// (github.com/DroneSurveyCR/central-health-intelligence reads one); the headings of
// the reports that Noterro itself writes are not known.
var systems = []system{
	{"Jane", "appointmentstartdatetime staffmembername", nil},
	{"Jane", "patientnumber patientfirstname treatmentname", nil},
	{"Jane", "patientnumber membersince", nil},
	{"Cliniko", "startsat didnotarrive", map[string]field.Field{"id": field.ID}},
	{"Cliniko", "startsat patientname", map[string]field.Field{"id": field.ID}},
	{"Cliniko", "preferredfirstname acceptedprivacypolicy", map[string]field.Field{"id": field.Number}},
	{"Cliniko", "unappliedaccountcredit", map[string]field.Field{"id": field.Number}},
	{"Acuity", "starttime calendar type", map[string]field.Field{"calendar": field.Therapist, "type": field.Service}},
	{"Calendly", "inviteename eventtypename", nil},
	{"ClinicSense", "client practitioner primaryservice", map[string]field.Field{"primaryservice": field.Service}},
	{"Noterro", "noterroid", map[string]field.Field{"noterroid": field.Number}},
	{"Fresha", "appointmentreference scheduleddate", nil},
	{"Fresha", "clientid blocked added", nil},
	{"Mindbody", "clientfirstname staffname", nil},
	{"Mindbody", "visitid bookingstatus", nil},
	{"Square", "teammember customername", nil},
	{"Zenoti", "guestname therapist", nil},
	{"Vagaro", "customername staff appointmentdate", nil},
	{"Booker", "customer employee service", nil},
	{"SimplePractice", "client clinician", nil},
	{"SimplePractice", "firstname primaryclinician", nil},
}

// heading is the row that names the columns.
type heading struct {
	number int           // of the row; 0 before there is one
	plan   []field.Field // by column
	texts  []string
	system string
	found  int  // fields it feeds, and columns asked for
	names  bool // stand below the heading for them
	errs   content.Errors
}

// maxHeading is how many bytes a heading has: some are whole questions.
const maxHeading = 4096

// readHeading reads a row as one of headings.
func readHeading(number int, row []string, asked map[field.Field]string) heading {
	h := heading{number: number, plan: make([]field.Field, len(row)),
		texts: make([]string, len(row)), system: anotherSystem}
	plains := make([]string, len(row))
	for i, s := range row {
		if len(s) > maxHeading {
			return h // no heading, but a book
		}
		h.texts[i] = strings.Join(strings.Fields(s), " ")
		plains[i] = field.Plain(s)
		if st := field.ReadStamp(h.texts[i]); strings.Contains(s, "@") || st.Date || st.Time {
			return h // no heading, but an address, a date or a time: this row is someone's
		}
	}
	over := h.recognise(plains)
	var fed [field.Count]bool
	feed := func(i int, f field.Field) {
		if h.plan[i] != field.None || f == field.None || fed[f] && !f.Several() {
			return
		}
		h.plan[i] = f
		if !fed[f] && f != field.Ignore {
			h.found++
		}
		fed[f] = true
	}
	for f := range field.Count { // in order, so that errors are
		for text := range askedFor(asked, f) {
			if i := h.column(text, plains); i >= 0 {
				h.plan[i], fed[f] = f, true
				h.found++
				continue
			}
			hint := "the headings are " + listed(h.labels())
			if near := content.Closest(text, h.labels()); near != "" {
				hint = "did you mean " + f.String() + "=" + content.Quoted(near)
			}
			h.errs = append(h.errs, content.Errorf("no-such-column", hint,
				"no column is called %s", content.Quoted(text)))
		}
	}
	for i, p := range plains { // "Patient" beside "Patient Name" is a number
		if _, ok := over[p]; !ok && p != "name" && strings.Contains(p, "name") &&
			field.Usual(field.Folded(h.texts[i])) == field.Name {
			feed(i, field.Name)
		}
	}
	for i, p := range plains { // what is surely meant comes before what only may be
		f, ok := over[p]
		if !ok {
			f = field.Usual(field.Folded(h.texts[i]))
		}
		feed(i, f)
	}
	var later []int
	home := slices.ContainsFunc(plains, ofAddress)
	for i, p := range plains {
		if _, ok := over[p]; ok {
			continue
		}
		f := field.Of(h.texts[i])
		if f == field.Date && booked(p) { // perhaps the day it was made on
			later = append(later, i)
			continue
		}
		feed(i, f)
	}
	if t := slices.Index(h.plan, field.Time); t < 0 || booked(plains[t]) {
		for _, i := range later {
			feed(i, field.Date)
		}
	}
	for i, p := range plains {
		switch f := h.plan[i]; {
		case f == field.Status && ofCountry(p) && (home || slices.ContainsFunc(plains, func(p string) bool {
			return field.Usual(p) == field.Status && !ofCountry(p)
		})):
			h.plan[i] = field.None
		case f == field.First && !fed[field.Last] && !fed[field.Name] && (p == "nombre" ||
			p == "nombres" || p == "nome"):
			h.plan[i] = field.Name
		}
	}
	h.pair(plains, asked)
	return h
}

// pair has a column read beside another where both have one heading, or feed a field that no export has twice;
// unless --columns says which counts.
func (h *heading) pair(plains []string, asked map[field.Field]string) {
	for i, p := range plains {
		if p == "" || h.plan[i] != field.None {
			continue
		}
		f := field.Of(h.texts[i])
		for j, other := range h.plan {
			if _, ok := asked[other]; ok || other.Several() {
				continue
			}
			if other != field.None && (plains[j] == p || other == f && f.Alone()) {
				h.plan[i] = other
				break
			}
		}
	}
}

// disagreement is of the i-th column with the first that feeds the same field.
func (h *heading) disagreement(f field.Field, i int) disagreement {
	first := slices.Index(h.plan, f)
	d := disagreement{f: f, one: h.label(first), other: h.label(i)}
	said := func(label string, i int) string {
		if d.one == d.other {
			label = "column " + strconv.Itoa(i+1)
		}
		return fmt.Sprintf("--columns %s=%s", strings.ReplaceAll(f.String(), " ", "-"), content.Quoted(label))
	}
	d.hint = "say which counts: " + said(d.one, first) + " or " + said(d.other, i)
	return d
}

// askedFor are the headings that --columns has for a field.
func askedFor(asked map[field.Field]string, f field.Field) iter.Seq[string] {
	return func(yield func(string) bool) {
		if text, ok := asked[f]; ok {
			strings.SplitSeq(text, "\n")(yield)
		}
	}
}

// column finds a heading as somebody typed it, or by its place: "column 7".
func (h *heading) column(text string, plains []string) int {
	if i := slices.Index(h.texts, strings.Join(strings.Fields(text), " ")); i >= 0 {
		return i
	}
	if i := slices.Index(plains, field.Plain(text)); i >= 0 && field.Plain(text) != "" {
		return i
	}
	if place, ok := strings.CutPrefix(strings.ToLower(text), "column "); ok {
		if n, err := strconv.Atoi(place); err == nil && n >= 1 && n <= len(plains) {
			return n - 1
		}
	}
	return -1
}

// booked tells a heading that calls a visit a booking.
func booked(p string) bool { return strings.Contains(p, "booking") || strings.Contains(p, "reserva") }

// ofCountry tells a heading of a status that may be a part of a country: beside a city,
// or another status, it is.
func ofCountry(p string) bool { return p == "state" || p == "estado" || p == "stato" }

// ofAddress tells the headings beside which a state is a part of a country.
func ofAddress(p string) bool {
	switch p {
	case "city", "zip", "zipcode", "postcode", "postalcode", "ciudad", "municipio", "códigopostal", "cidade", "cep",
		"città", "cap", "comune", "county", "country":
		return true
	}
	return false
}

// recognise finds the system of headings. Two of our own headings mean what they
// say only beside others that no system has: elsewhere a note is the therapist's,
// and a password is for something else.
func (h *heading) recognise(plains []string) (over map[string]field.Field) {
	for _, s := range systems {
		if !slices.ContainsFunc(strings.Fields(s.sign), func(word string) bool {
			return !slices.Contains(plains, word)
		}) {
			h.system = s.name
			return s.over
		}
	}
	if !slices.ContainsFunc(h.texts, func(s string) bool { return field.Of(s).Ours() }) {
		return nil
	}
	h.system, over = "our own", map[string]field.Field{"password": field.Password}
	for i, p := range plains {
		if field.IsNote(h.texts[i]) {
			over[p] = field.Note
		}
	}
	return over
}

func (h *heading) feeds(f field.Field) bool { return slices.Contains(h.plan, f) }

// named tells whether a row can be someone's.
func (h *heading) named() bool {
	return h.feeds(field.Name) || h.feeds(field.First) || h.feeds(field.Preferred)
}

// sure tells whether the row has headings, and no patient with a word of theirs in it:
// the system is known, a heading says "name", or under that of the names stand some.
func (h *heading) sure() bool {
	return h.named() && (h.system != anotherSystem || h.names || slices.ContainsFunc(h.texts, field.SaysName))
}

// over tells whether a row below has a name where the heading says so.
func (h *heading) over(row []string) bool {
	for i, s := range row {
		if i < len(h.plan) && slices.Contains([]field.Field{field.Name, field.First, field.Last}, h.plan[i]) &&
			field.Folded(s) != "" && field.Of(s) == field.None {
			return true
		}
	}
	return false
}

const anotherSystem = "another system"

// numbered is what has a year or a number of somebody's in it.
var numbered = regexp.MustCompile(`\d{3}`)

// label is a heading as it may be told. What may be a person's name, or say one
// ("Name: Ana Ruiz"), is called by its place.
func (h *heading) label(i int) string {
	if i < len(h.plan) && h.texts[i] != "" {
		text := h.texts[i]
		switch {
		case h.plan[i] != field.None, field.Of(text) != field.None, field.Ordinary(text):
			return text
		case strings.ContainsAny(text, ":=@") || numbered.MatchString(text) || utf8.RuneCountInString(text) > 60:
		case h.sure():
			return text
		case field.Near(text):
			return text
		}
	}
	return "column " + strconv.Itoa(i+1)
}

// labels are the headings as they may be told.
func (h *heading) labels() []string {
	list := make([]string, len(h.texts))
	for i, s := range h.texts {
		if s != "" {
			list[i] = h.label(i)
		}
	}
	return list
}

// firstAlone tells whether there are first names and nothing that has the last.
func (h *heading) firstAlone() bool {
	return h.feeds(field.First) && !h.feeds(field.Last) && !h.feeds(field.Name)
}

// tell puts into the list what became of the headings.
func (h *heading) tell(l *List) {
	l.System = h.system
	for i, f := range h.plan {
		switch {
		case f == field.Ignore:
		case f != field.None:
			l.Columns = append(l.Columns, Column{f, strings.Clone(h.texts[i])})
		case h.texts[i] != "":
			l.Ignored = append(l.Ignored, strings.Clone(h.label(i)))
			if field.IsNote(h.texts[i]) && !h.feeds(field.Note) {
				l.Notes = append(l.Notes, content.Quoted(h.texts[i])+
					" is not printed; if it is written for the patient, say --columns note="+content.Quoted(h.texts[i]))
			}
		}
	}
}

// check refuses headings that no list can be read by. A row that has not two known
// words is not quoted: it may be the first patient, called May Day.
func (h *heading) check(o Options) error {
	var errs content.Errors
	bad := func(code, hint, format string, args ...any) {
		errs = append(errs, content.Errorf(code, hint, format, args...))
	}
	switch {
	case h.found == 0 && len(o.Columns) > 0:
		bad("no-asked-column", "write a heading as it stands in the file: --columns name=\"Client\",email=\"E-mail\"",
			"none of the columns asked for is in the list")
	case h.found == 0, h.found == 1 && !h.named() && len(o.Columns) == 0:
		bad("no-headings", "the first row names the columns: name,email,handout; or say which is which: --columns "+
			"name=\"Client\",email=\"E-mail\"",
			"there is no row of headings in the list")
	default:
		errs = append(errs, h.errs...)
		if !h.named() {
			hint := "say which it is: --columns name=\"...\""
			if near := h.nearest("name", "client name", "client", "patient", "full name", "customer",
				"first name", "subject", "title", "summary", "betreff", "titel", "asunto", "objet", "oggetto",
				"assunto", "onderwerp"); near != "" {
				hint = "say which it is: --columns name=" + content.Quoted(near)
			}
			bad("no-name-column", hint, "no column has the patients' names; the headings are %s", listed(h.labels()))
		}
		if free := h.free(); h.firstAlone() && len(free) > 0 {
			hint := "say which it is: --columns 'last name=\"...\"'; or, if the first has the whole name: --columns " +
				"name=" + content.Quoted(h.texts[slices.Index(h.plan, field.First)])
			if near := h.nearest("last name", "surname", "family name", "family", "apellidos", "nachname"); near != "" {
				hint = "say which it is: --columns 'last name=" + content.Quoted(near) + "'"
			}
			bad("no-last-name-column", hint, "the list has first names, but no column known to have last names; the "+
				"headings are %s", listed(h.labels()))
		}
	}
	if errs != nil {
		return errs
	}
	return nil
}

// free are the headings nobody reads, as far as they may be told.
func (h *heading) free() []string {
	var free []string
	for i, f := range h.plan {
		if f == field.None && h.texts[i] != "" {
			free = append(free, h.label(i))
		}
	}
	return free
}

// nearest is the heading nobody reads that is most like one of the words.
func (h *heading) nearest(words ...string) string {
	free := h.free()
	for _, w := range words {
		if near := content.Closest(w, free); near != "" {
			return near
		}
	}
	for _, s := range free {
		for _, w := range []string{"name", "client", "patient", "customer", "guest"} {
			if strings.Contains(field.Plain(s), w) && words[0] == "name" {
				return s
			}
		}
	}
	return ""
}

// listed names headings, the first thirty, each shortened.
func listed(texts []string) string {
	var list []string
	for _, s := range texts {
		if s != "" {
			list = append(list, content.Quoted(s))
		}
	}
	if more := len(list) - 30; more > 0 {
		list = append(list[:30], fmt.Sprintf("and %d more", more))
	}
	return strings.Join(list, ", ")
}
