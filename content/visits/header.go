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
)

// system is software known by headings that stand together in no other's export.
type system struct {
	name string
	sign string           // plain headings, all of them there
	over map[string]Field // what a heading means here, over the usual; none: nobody reads it
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
	{"Cliniko", "startsat didnotarrive", map[string]Field{"id": ID}},
	{"Cliniko", "startsat patientname", map[string]Field{"id": ID}},
	{"Cliniko", "preferredfirstname acceptedprivacypolicy", map[string]Field{"id": Number}},
	{"Cliniko", "unappliedaccountcredit", map[string]Field{"id": Number}},
	{"Acuity", "starttime calendar type", map[string]Field{"calendar": Therapist, "type": Service}},
	{"Calendly", "inviteename eventtypename", nil},
	{"ClinicSense", "client practitioner primaryservice", map[string]Field{"primaryservice": Service}},
	{"Noterro", "noterroid", map[string]Field{"noterroid": Number}},
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
	number int     // of the row; 0 before there is one
	plan   []Field // by column
	texts  []string
	system string
	found  int  // fields it feeds, and columns asked for
	names  bool // stand below the heading for them
	errs   content.Errors
}

// readHeading reads a row as one of headings.
func readHeading(number int, row []string, asked map[Field]string) heading {
	h := heading{number: number, plan: make([]Field, len(row)), texts: make([]string, len(row)), system: anotherSystem}
	plains := make([]string, len(row))
	for i, s := range row {
		if len(s) > maxCell {
			return h // no heading, but a book
		}
		h.texts[i] = strings.Join(strings.Fields(s), " ")
		plains[i] = plain(s)
		if st := readStamp(h.texts[i]); strings.Contains(s, "@") || st.date || st.time {
			return h // no heading, but an address, a date or a time: this row is someone's
		}
	}
	over := h.recognise(plains)
	var fed [fields]bool
	feed := func(i int, f Field) {
		if h.plan[i] != none || f == none || fed[f] && !known[f].several {
			return
		}
		h.plan[i] = f
		if !fed[f] && f != Ignore {
			h.found++
		}
		fed[f] = true
	}
	for f := range fields { // in order, so that errors are
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
			h.errs = append(h.errs, content.Errorf("no-such-column", hint, "no column is called %s", content.Quoted(text)))
		}
	}
	for i, p := range plains { // "Patient" beside "Patient Name" is a number
		if _, ok := over[p]; !ok && p != "name" && strings.Contains(p, "name") && usual[folded(h.texts[i])] == Name {
			feed(i, Name)
		}
	}
	for i, p := range plains { // what is surely meant comes before what only may be
		f, ok := over[p]
		if !ok {
			f = usual[folded(h.texts[i])]
		}
		feed(i, f)
	}
	var later []int
	home := slices.ContainsFunc(plains, ofAddress)
	for i, p := range plains {
		if _, ok := over[p]; ok {
			continue
		}
		f := fieldOf(h.texts[i])
		if f == Date && booked(p) { // perhaps the day it was made on
			later = append(later, i)
			continue
		}
		feed(i, f)
	}
	if t := slices.Index(h.plan, Time); t < 0 || booked(plains[t]) {
		for _, i := range later {
			feed(i, Date)
		}
	}
	for i, p := range plains {
		switch f := h.plan[i]; {
		case f == Status && ofCountry[p] && (home || slices.ContainsFunc(plains, func(p string) bool { return usual[p] == Status && !ofCountry[p] })):
			h.plan[i] = none
		case f == First && !fed[Last] && !fed[Name] && (p == "nombre" || p == "nombres" || p == "nome"):
			h.plan[i] = Name
		}
	}
	return h
}

// askedFor are the headings that --columns has for a field.
func askedFor(asked map[Field]string, f Field) iter.Seq[string] {
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
	if i := slices.Index(plains, plain(text)); i >= 0 && plain(text) != "" {
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

// ofCountry are headings of a status that may be a part of a country: beside a city, or
// another status, they are.
var ofCountry = wordSet("state estado stato")

// ofAddress tells the headings beside which a state is a part of a country.
func ofAddress(p string) bool {
	switch p {
	case "city", "zip", "zipcode", "postcode", "postalcode", "ciudad", "municipio", "códigopostal", "cidade", "cep", "città", "cap", "comune", "county", "country":
		return true
	}
	return false
}

// recognise finds the system of headings. Two of our own headings mean what they
// say only beside others that no system has: elsewhere a note is the therapist's,
// and a password is for something else.
func (h *heading) recognise(plains []string) (over map[string]Field) {
	for _, s := range systems {
		if !slices.ContainsFunc(strings.Fields(s.sign), func(word string) bool { return !slices.Contains(plains, word) }) {
			h.system = s.name
			return s.over
		}
	}
	if slices.ContainsFunc(plains, func(p string) bool { return known[usual[p]].ours }) {
		h.system = "our own"
		return map[string]Field{"note": Note, "password": Password}
	}
	return nil
}

func (h *heading) feeds(f Field) bool { return slices.Contains(h.plan, f) }

// named tells whether a row can be someone's.
func (h *heading) named() bool { return h.feeds(Name) || h.feeds(First) || h.feeds(Preferred) }

// sure tells whether the row has headings, and no patient with a word of theirs in it:
// the system is known, a heading says "name", or under that of the names stand some.
func (h *heading) sure() bool {
	return h.named() && (h.system != anotherSystem || h.names || slices.ContainsFunc(h.texts, func(s string) bool {
		return speak(s).about([]string{"name", "nombre", "nom", "naam"})
	}))
}

// over tells whether a row below has a name where the heading says so.
func (h *heading) over(row []string) bool {
	for i, s := range row {
		if i < len(h.plan) && slices.Contains([]Field{Name, First, Last}, h.plan[i]) && folded(s) != "" && fieldOf(s) == none {
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
		case h.plan[i] != none, fieldOf(text) != none, ordinary[folded(text)]:
			return text
		case strings.ContainsAny(text, ":=@") || numbered.MatchString(text) || utf8.RuneCountInString(text) > 60:
		case h.sure():
			return text
		case len(folded(text)) >= 6 && nearHeading(folded(text)):
			return text
		}
	}
	return "column " + strconv.Itoa(i+1)
}

// ordinary are headings that nobody reads and everybody has.
var ordinary = wordSet("note notes comment comments remark remarks phone phonenumber mobile mobilephone homephone cellphone telephone address city zip postcode country gender sex age title pronouns " +
	"price amount paid duration room location insurance reason description endtime end enddate middlename bemerkung bemerkungen telefon adresse notizen notas telefono notes")

// nearHeading tells a heading with one wrong letter.
func nearHeading(word string) bool {
	for right := range usual {
		a, b := word, right
		for a != "" && b != "" && a[0] == b[0] {
			a, b = a[1:], b[1:]
		}
		for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
			a, b = a[:len(a)-1], b[:len(b)-1]
		}
		if len(a) <= 1 && len(b) <= 1 {
			return true
		}
	}
	return false
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
func (h *heading) firstAlone() bool { return h.feeds(First) && !h.feeds(Last) && !h.feeds(Name) }

// tell puts into the list what became of the headings.
func (h *heading) tell(l *List) {
	l.System = h.system
	for i, f := range h.plan {
		switch {
		case f == Ignore:
		case f != none:
			l.Columns = append(l.Columns, Column{f, strings.Clone(h.texts[i])})
		case h.texts[i] != "":
			l.Ignored = append(l.Ignored, strings.Clone(h.label(i)))
			if plain(h.texts[i]) == "note" && !h.feeds(Note) {
				l.Notes = append(l.Notes, content.Quoted(h.texts[i])+" is not printed; if it is written for the patient, say --columns note="+content.Quoted(h.texts[i]))
			}
		}
	}
}

// table gives a file's rows one after the other, until yield says no.
type table func(yield func(line) bool) error

// line is a row of a file as it stands there. The cells are good until the next row.
type line struct {
	number int
	hidden bool // in a spreadsheet, by a filter or by hand
	cells  []string
}

// find looks for the headings among the first rows: the row that feeds most fields,
// for titles and dates may stand above it.
func (t table) find(asked map[Field]string) (heading, error) {
	var best heading
	rows := 0
	err := t(func(l line) bool {
		if h := readHeading(l.number, l.cells, asked); h.found > best.found || best.number == 0 && h.found > 0 {
			best = h
		} else if best.number > 0 {
			best.names = best.names || best.over(l.cells)
		}
		rows++
		return rows < maxTitles
	})
	return best, err
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
		bad("no-asked-column", "write a heading as it stands in the file: --columns name=\"Client\",email=\"E-mail\"", "none of the columns asked for is in the list")
	case h.found == 0, h.found == 1 && !h.named() && len(o.Columns) == 0:
		bad("no-headings", "the first row names the columns: name,email,handout; or say which is which: --columns name=\"Client\",email=\"E-mail\"",
			"there is no row of headings in the list")
	default:
		errs = append(errs, h.errs...)
		if !h.named() {
			hint := "say which it is: --columns name=\"...\""
			if near := h.nearest("name", "client name", "client", "patient", "full name", "customer", "first name"); near != "" {
				hint = "say which it is: --columns name=" + content.Quoted(near)
			}
			bad("no-name-column", hint, "no column has the patients' names; the headings are %s", listed(h.labels()))
		}
		if free := h.free(); h.firstAlone() && len(free) > 0 {
			hint := "say which it is: --columns 'last name=\"...\"'; or, if the first has the whole name: --columns name=" + content.Quoted(h.texts[slices.Index(h.plan, First)])
			if near := h.nearest("last name", "surname", "family name", "family", "apellidos", "nachname"); near != "" {
				hint = "say which it is: --columns 'last name=" + content.Quoted(near) + "'"
			}
			bad("no-last-name-column", hint, "the list has first names, and no column that is known has the last; the headings are %s", listed(h.labels()))
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
		if f == none && h.texts[i] != "" {
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
			if strings.Contains(plain(s), w) && words[0] == "name" {
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

// ParseColumns reads which heading feeds which field:
//
//	name="Client",email="E-mail",birth date=DOB
//
// Fields have the names that Field.String gives. Case, spaces and hyphens do not
// matter in them. Quotes keep a heading's commas. Of status, cancelled, no-show,
// archived, deceased, attended, active and ignore there may be several, and their
// headings come one a line. The error is content.Errors, with every mistake.
func ParseColumns(s string) (map[Field]string, error) {
	const like = "write it like name=\"Client\",email=\"E-mail\""
	var errs content.Errors
	bad := func(code, hint, format string, args ...any) {
		errs = append(errs, content.Errorf(code, hint, format, args...))
	}
	columns := map[Field]string{}
	for s = strings.TrimSpace(s); s != ""; {
		name, rest, ok := strings.Cut(s, "=")
		if !ok {
			bad("column-without-heading", like, "a column has no heading")
			break
		}
		var header string
		rest = strings.TrimLeft(rest, " ")
		if strings.HasPrefix(rest, `"`) {
			if header, rest, ok = strings.Cut(rest[1:], `"`); !ok {
				bad("open-quote-in-columns", like, "a quote is not closed in the list of columns")
				break
			}
			var between string
			between, s, _ = strings.Cut(rest, ",")
			if strings.TrimSpace(between) != "" {
				bad("no-comma-in-columns", like, "there is something between a heading and the comma after it")
			}
		} else {
			header, s, _ = strings.Cut(rest, ",")
		}
		header, s = strings.TrimSpace(header), strings.TrimSpace(s)
		i := slices.IndexFunc(names(), func(known string) bool { return plain(known) == plain(name) })
		switch f := Field(i + 1); {
		case i < 0:
			hint := "there are " + strings.Join(names(), ", ")
			if near := content.Closest(strings.TrimSpace(name), names()); near != "" {
				hint = "did you mean " + near
			}
			bad("no-such-field", hint, "a list has no field called %s", content.Quoted(strings.TrimSpace(name)))
		case plain(header) == "":
			bad("field-without-heading", like, "%s has no heading", f)
		case columns[f] != "" && known[f].several:
			columns[f] += "\n" + header
		case columns[f] != "":
			bad("field-twice", "keep one", "%s is given twice", f)
		default:
			columns[f] = header
		}
	}
	if len(columns) == 0 && errs == nil {
		bad("no-columns", like, "no column is named")
	}
	if errs != nil {
		return nil, errs
	}
	return columns, nil
}
