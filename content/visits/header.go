package visits

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"handout/content"
)

// Field is what a column of a list can say.
type Field uint8

const (
	none   Field = iota // nobody reads it
	ID                  // of the visit
	Number              // of the patient, only to tell people of one name apart
	Date                // may have the time with it
	Time                // may have the date with it
	First
	Preferred
	Last
	Name
	Email
	EmailConsent
	Born
	Therapist
	Service
	Handout
	Stretches
	Side
	Note
	Language
	Edition
	Look
	Paper
	Next
	Password
	Status
	Cancelled // a mark, a date or a reason
	NoShow
	Archived
	Deceased
	fields // how many there are
)

// fieldNames are the headings of our own lists, and the names --columns takes.
var fieldNames = [fields]string{"", "visit", "patient number", "date", "time", "first name", "preferred name", "last name", "name",
	"email", "email consent", "birth date", "therapist", "service", "handout", "stretches", "side", "note", "language", "edition",
	"look", "paper", "next visit", "password", "status", "cancelled", "no-show", "archived", "deceased"}

func (f Field) String() string { return fieldNames[f] }

// ours tells the fields only a list of our own has.
func (f Field) ours() bool {
	switch f {
	case Handout, Stretches, Edition, Look, EmailConsent, Next:
		return true
	}
	return false
}

// several tells the fields more than one column may speak for: any of them says so.
func (f Field) several() bool { return f >= Cancelled }

// plain is a heading without case, spaces and punctuation: "E-mail" is "email",
// "first_name" is "firstname".
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// usual are the headings most systems use, each plain, by the field they feed. Of
// the lists whose columns nobody could show us (the clients of ClinicSense, the
// patients and appointments of Noterro, WebPT, Cliniko's CSV) they are guesses.
//
// Not among them, on purpose: "notes" and the like, for what a therapist keeps about
// a patient is not for the patient's page; consent to marketing or to reminders, for
// it is no consent to get health matters by mail; a guardian's or a doctor's name.
var usual = byHeading(map[Field]string{
	ID:           "visit visitid visitnumber visitno appointmentid appointmentnumber appointmentreference appointmentref bookingid bookingreference bookingref",
	Number:       "patientnumber patientid patientno clientid clientnumber customerid guestid",
	Date:         "date day visitdate appointmentdate scheduleddate dateofservice servicedate sessiondate classdate appointmentat startsat startdate startdatetime appointmentstart appointmentstartdatetime appointmentdatetime datetime datum fecha",
	Time:         "time appointmenttime scheduledtime starttime start starts visittime uhrzeit hora heure",
	First:        "firstname first givenname forename patientfirstname clientfirstname customerfirstname guestfirstname inviteefirstname vorname nombre prénom",
	Preferred:    "preferredname preferredfirstname preferred nickname knownas goesby patientpreferredname clientpreferredname",
	Last:         "lastname last surname familyname patientlastname clientlastname customerlastname guestlastname inviteelastname nachname apellido apellidos",
	Name:         "name fullname patient patientname patientfullname client clientname clientfullname customer customername guest guestname invitee inviteename kunde kundin paciente naam",
	Email:        "email emails emailaddress patientemail patientemailaddress clientemail clientemailaddress customeremail guestemail inviteeemail primaryemail mail correo correoelectrónico courriel",
	EmailConsent: "emailconsent consenttoemail emailconsentgiven consentemail emailok oktoemail mayemail canemail emailpermission",
	Born:         "birthdate dateofbirth dob birthday born patientdob patientdateofbirth patientbirthdate clientdateofbirth geburtsdatum fechadenacimiento datedenaissance",
	Therapist: "therapist therapistname practitioner practitionername provider providername clinician clinicianname primaryclinician staff staffname " +
		"staffmember staffmembername teammember employee employeename therapeut therapeutin terapeuta",
	Service:   "service services servicename treatment treatmentname appointmenttype appointmenttypename eventtypename leistung servicio",
	Handout:   "handout handouts",
	Stretches: "stretches exercises",
	Side:      "side",
	Note:      "handoutnote noteforpatient notetopatient",
	Language:  "language lang preferredlanguage sprache idioma langue",
	Edition:   "edition",
	Look:      "look",
	Paper:     "paper papersize",
	Next:      "nextvisit",
	Password:  "pdfpassword handoutpassword",
	Status:    "status appointmentstatus bookingstatus visitstatus state attendance activeinactive",
	Cancelled: "cancelled canceled cancelledat canceledat cancellationdate datecancelled datecanceled",
	NoShow:    "noshow didnotarrive didnotattend",
	Archived:  "archived archivedat deletedat",
	Deceased:  "deceased deceasedat",
})

func byHeading(lists map[Field]string) map[string]Field {
	m := map[string]Field{}
	for f, words := range lists {
		for _, w := range strings.Fields(words) {
			m[w] = f
		}
	}
	return m
}

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
	found  int // fields it feeds, and columns asked for
	errs   content.Errors
}

// readHeading reads a row as one of headings.
func readHeading(number int, row []string, asked map[Field]string) heading {
	h := heading{number: number, plan: make([]Field, len(row)), texts: make([]string, len(row)), system: "another system"}
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
	for f := range fields { // in order, so that errors are
		text, ok := asked[f]
		if !ok {
			continue
		}
		i := slices.Index(h.texts, strings.Join(strings.Fields(text), " "))
		if i < 0 {
			i = slices.Index(plains, plain(text))
		}
		if i < 0 || plain(text) == "" {
			hint := "the headings are " + listed(h.texts)
			if near := content.Closest(text, h.texts); near != "" {
				hint = "did you mean " + f.String() + "=" + quoted(near)
			}
			h.errs = append(h.errs, &content.Error{Message: fmt.Sprintf("no column is called %s", quoted(text)), Hint: hint})
			continue
		}
		h.plan[i], fed[f] = f, true
		h.found++
	}
	for i, p := range plains {
		f, ok := over[p]
		if !ok {
			f = usual[p]
		}
		if h.plan[i] != none || f == none || fed[f] && !f.several() {
			continue
		}
		h.plan[i] = f
		if !fed[f] {
			fed[f] = true
			h.found++
		}
	}
	return h
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
	if slices.ContainsFunc(plains, func(p string) bool { return usual[p].ours() }) {
		h.system = "our own"
		return map[string]Field{"note": Note, "password": Password}
	}
	return nil
}

func (h *heading) feeds(f Field) bool { return slices.Contains(h.plan, f) }

// named tells whether a row can be someone's.
func (h *heading) named() bool { return h.feeds(Name) || h.feeds(First) || h.feeds(Preferred) }

// tell puts into the list what became of the headings.
func (h *heading) tell(l *List) {
	l.System = h.system
	for i, f := range h.plan {
		switch {
		case f != none:
			l.Columns = append(l.Columns, Column{f, strings.Clone(h.texts[i])})
		case h.texts[i] != "":
			l.Ignored = append(l.Ignored, strings.Clone(h.texts[i]))
			if plain(h.texts[i]) == "note" && !h.feeds(Note) {
				l.Notes = append(l.Notes, quoted(h.texts[i])+" is not printed; if it is written for the patient, say --columns note="+quoted(h.texts[i]))
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
	bad := func(hint, message string) { errs = append(errs, &content.Error{Message: message, Hint: hint}) }
	switch {
	case h.found == 0 && len(o.Columns) > 0:
		bad("write a heading as it stands in the file: --columns name=\"Client\",email=\"E-mail\"", "none of the columns asked for is in the list")
	case h.found == 0, h.found == 1 && !h.named() && len(o.Columns) == 0:
		bad("the first row names the columns: name,email,handout; or say which is which: --columns name=\"Client\",email=\"E-mail\"",
			"there is no row of headings in the list")
	default:
		errs = append(errs, h.errs...)
		if !h.named() {
			hint := "say which it is: --columns name=\"...\""
			if near := h.nearest("name", "client name", "client", "patient", "full name", "customer", "first name"); near != "" {
				hint = "say which it is: --columns name=" + quoted(near)
			}
			bad(hint, "no column has the patients' names; the headings are "+listed(h.texts))
		}
		if !o.Day.IsZero() && !h.feeds(Date) && !h.feeds(Time) {
			bad("leave the day out, or say which column has it: --columns date=\"...\"", "no column has the day of the visit; the headings are "+listed(h.texts))
		}
	}
	if errs != nil {
		return errs
	}
	return nil
}

// nearest is the heading nobody reads that is most like one of the words.
func (h *heading) nearest(words ...string) string {
	var free []string
	for i, f := range h.plan {
		if f == none && h.texts[i] != "" {
			free = append(free, h.texts[i])
		}
	}
	for _, w := range words {
		if near := content.Closest(w, free); near != "" {
			return near
		}
	}
	for _, s := range free {
		for _, w := range []string{"name", "client", "patient", "customer", "guest"} {
			if strings.Contains(plain(s), w) {
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
			list = append(list, quoted(s))
		}
	}
	if more := len(list) - 30; more > 0 {
		list = append(list[:30], fmt.Sprintf("and %d more", more))
	}
	return strings.Join(list, ", ")
}

func quoted(s string) string {
	if utf8.RuneCountInString(s) > 40 {
		s = string([]rune(s)[:39]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

// ParseColumns reads which heading feeds which field:
//
//	name="Client",email="E-mail",birth date=DOB
//
// Fields have the names of our own headings: visit, date, time, first name,
// preferred name, last name, name, email, email consent, birth date, therapist,
// service, handout, stretches, side, note, language, edition, look, paper, next
// visit, password, status; besides patient number, cancelled, no-show, archived and
// deceased. Case, spaces and hyphens do not matter in them. Quotes keep a heading's commas. The
// error is content.Errors, with every mistake.
func ParseColumns(s string) (map[Field]string, error) {
	const like = "write it like name=\"Client\",email=\"E-mail\""
	var errs content.Errors
	bad := func(hint, format string, args ...any) {
		errs = append(errs, &content.Error{Message: fmt.Sprintf(format, args...), Hint: hint})
	}
	columns := map[Field]string{}
	for s = strings.TrimSpace(s); s != ""; {
		name, rest, ok := strings.Cut(s, "=")
		if !ok {
			bad(like, "a column has no heading")
			break
		}
		var header string
		rest = strings.TrimLeft(rest, " ")
		if strings.HasPrefix(rest, `"`) {
			if header, rest, ok = strings.Cut(rest[1:], `"`); !ok {
				bad(like, "a quote is not closed in the list of columns")
				break
			}
			var between string
			between, s, _ = strings.Cut(rest, ",")
			if strings.TrimSpace(between) != "" {
				bad(like, "there is something between a heading and the comma after it")
			}
		} else {
			header, s, _ = strings.Cut(rest, ",")
		}
		header, s = strings.TrimSpace(header), strings.TrimSpace(s)
		i := slices.IndexFunc(fieldNames[1:], func(known string) bool { return plain(known) == plain(name) })
		switch f := Field(i + 1); {
		case i < 0:
			hint := "there are " + strings.Join(fieldNames[1:], ", ")
			if near := content.Closest(strings.TrimSpace(name), fieldNames[1:]); near != "" {
				hint = "did you mean " + near
			}
			bad(hint, "a list has no field called %s", quoted(strings.TrimSpace(name)))
		case plain(header) == "":
			bad(like, "%s has no heading", f)
		case columns[f] != "":
			bad("keep one", "%s is given twice", f)
		default:
			columns[f] = header
		}
	}
	if len(columns) == 0 && errs == nil {
		bad(like, "no column is named")
	}
	if errs != nil {
		return nil, errs
	}
	return columns, nil
}
