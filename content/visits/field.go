package visits

import (
	"slices"
	"strings"
	"unicode"
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
	Deceased // or no patient any more
	Attended // yes or no
	Active
	Ignore // what nobody is to read, though it speaks of cancelling
	fields // how many there are
)

// field is what is known of one.
type field struct {
	name     string // as a heading of our own lists, and for --columns
	limit    int    // characters; 0: any
	ours     bool   // only a list of our own has it
	several  bool   // more than one column may feed it; what says most counts
	headings string // of most systems, each folded: see folded
	ofVisit  string // the same after a word for the visit: "appt", "Termin"
	ofPerson string // the same after a word for the patient: "client", "paciente"
}

// The headings of the lists whose columns nobody could show us (the clients of
// ClinicSense, the patients and appointments of Noterro, WebPT, Cliniko's CSV) are
// guesses.
//
// Not among them, on purpose: "notes" and the like, for what a therapist keeps about
// a patient is not for the patient's page; consent to marketing or to reminders, for
// it is no consent to get health matters by mail; a guardian's or a doctor's name; the
// day a visit was booked on.
var known = [fields]field{
	ID: {name: "visit", limit: 64,
		headings: "visit visitid visitnumber visitno appointmentid appointmentnumber appointmentreference appointmentref bookingid bookingreference bookingref",
		ofVisit:  "id no nr n num number nummer numero ref reference key uid"},
	Number: {name: "patient number", limit: 64,
		headings: "patientnumber patientid patientno clientid clientnumber customerid guestid",
		ofPerson: "id no nr n num number nummer numero key"},
	Date: {name: "date", limit: 100,
		headings: "date day visitdate appointmentdate scheduleddate dateofservice servicedate sessiondate classdate appointmentat startsat startdate startdatetime " +
			"appointmentstart appointmentstartdatetime appointmentdatetime datetime startdt startdttm datum fecha data behandlungsdatum fechahora datumuhrzeit dateheure datahora dataora datumtijd",
		ofVisit: "date day datetime dttm dt startdate startdatetime startsat datum tag fecha dia jour data giorno"},
	Time: {name: "time", limit: 100,
		headings: "time appointmenttime scheduledtime starttime start starts visittime scheduledstart scheduledstarttime starttm timein hour uhrzeit startzeit beginn hora horainicio heure heuredebut ora orainizio orario tijd beginntijd",
		ofVisit:  "time hour start starts starttime begin begins beginn uhrzeit zeit hora horainicio inicio heure debut ora orario inizio tijd aanvang"},
	First: {name: "first name", limit: 120,
		headings: "firstname first givenname forename patientfirstname clientfirstname customerfirstname guestfirstname inviteefirstname firstnm fname given givennames vorname nombre nombres prenom voornaam nome primeironome",
		ofPerson: "firstname first givenname forename fname vorname nombre prenom voornaam"},
	Preferred: {name: "preferred name", limit: 120,
		headings: "preferredname preferredfirstname preferred nickname knownas goesby patientpreferredname clientpreferredname rufname roepnaam",
		ofPerson: "preferredname preferredfirstname preferred nickname"},
	Last: {name: "last name", limit: 120,
		headings: "lastname last surname familyname patientlastname clientlastname customerlastname guestlastname inviteelastname lastnm lname surnames nachname familienname zuname " +
			"apellido apellidos primerapellido apellidopaterno nomfamille sobrenome apelido apelidos ultimonome achternaam cognome",
		ofPerson: "lastname last surname familyname lname nachname familienname apellido apellidos apelido sobrenome achternaam cognome"},
	Name: {name: "name", limit: 120,
		headings: "name fullname patient patientname patientfullname client clientname clientfullname customer customername guest guestname invitee inviteename attendee patients " +
			"kunde kundin klient klientin patientin paciente cliente naam nom nombrecompleto nomecompleto nomcomplet patiente klant paziente nominativo utente nomprenom prenomnom nombreapellidos nomecognome cognomenome",
		ofPerson: "name fullname nombre nom nome naam nombrecompleto nomecompleto nomcomplet"},
	Email: {name: "email", limit: 1000,
		headings: "email emails emailaddress patientemail patientemailaddress clientemail clientemailaddress customeremail guestemail inviteeemail primaryemail email1 mail " +
			"correo correoelectronico courriel emailadresse mailadresse",
		ofPerson: "email emailaddress emailadresse mail correo correoelectronico courriel"},
	EmailConsent: {name: "email consent", limit: 200, ours: true,
		headings: "emailconsent consenttoemail emailconsentgiven consentemail emailok oktoemail mayemail canemail emailpermission"},
	Born: {name: "birth date", limit: 100,
		headings: "birthdate dateofbirth dob birthday born patientdob patientdateofbirth patientbirthdate clientdateofbirth geburtsdatum fechanacimiento datenaissance " +
			"datanascimento geboortedatum datanascita",
		ofPerson: "dob birthdate dateofbirth birthday born geburtsdatum geboortedatum"},
	Therapist: {name: "therapist", limit: 120,
		headings: "therapist therapistname practitioner practitionername provider providername clinician clinicianname primaryclinician staff staffname " +
			"staffmember staffmembername teammember employee employeename therapeut therapeutin terapeuta terapista fisioterapeuta profesional professional praticien behandler behandlerin behandelaar operatore",
		ofVisit: "therapist practitioner provider clinician staff therapeut therapeutin terapeuta"},
	Service: {name: "service", limit: 200,
		headings: "service services servicename treatment treatmentname appointmenttype appointmenttypename eventtypename treatmenttype servicetype leistung behandlung behandlungsart servicio tratamiento prestation servizio trattamento servico behandeling",
		ofVisit:  "type typename kind service servicename art typ tipo tipologia soort"},
	Handout:   {name: "handout", limit: 200, ours: true, headings: "handout handouts"},
	Stretches: {name: "stretches", limit: 2000, ours: true, headings: "stretches exercises"},
	Side:      {name: "side", limit: 40, headings: "side"},
	Note:      {name: "note", limit: 400, headings: "handoutnote noteforpatient notetopatient"},
	Language: {name: "language",
		headings: "language lang preferredlanguage preferredlang languagespoken spokenlanguage primarylanguage languagepreference sprache muttersprache idioma idiomapreferido langue langueparlee lingua taal moedertaal",
		ofPerson: "language lang preferredlanguage sprache idioma langue lingua taal"},
	Edition:  {name: "edition", limit: 40, ours: true, headings: "edition"},
	Look:     {name: "look", limit: 40, ours: true, headings: "look"},
	Paper:    {name: "paper", limit: 40, headings: "paper papersize"},
	Next:     {name: "next visit", limit: 120, ours: true, headings: "nextvisit"},
	Password: {name: "password", limit: 127, headings: "pdfpassword handoutpassword"},
	Status: {name: "status", limit: 200, several: true,
		headings: "status appointmentstatus bookingstatus visitstatus state attendance attendancestatus attendstatus arrivalstatus checkinstatus activeinactive estado estatus statut etat zustand situacao stato asistencia anwesenheit presence presenza presenca aanwezigheid",
		ofVisit:  "status state stat attendance outcome result estado estatus statut etat zustand situacao stato asistencia presenca esito ergebnis",
		ofPerson: "status estado estatus statut situacao stato"},
	Cancelled: {name: "cancelled", several: true},
	NoShow:    {name: "no-show", several: true},
	Archived:  {name: "archived", several: true},
	Deceased:  {name: "deceased", several: true, headings: "dead died dod dateofdeath deathdate"},
	Attended: {name: "attended", several: true,
		headings: "attended attendedyn show shownoshow showed showedup kept asistio acudio erschienen wahrgenommen anwesend honore venu present presente compareceu verschenen aanwezig presentato didattend didshow",
		ofVisit:  "attended kept showed",
		ofPerson: "attended showed showedup present"},
	Active: {name: "active", several: true,
		headings: "active activeyn activo activa aktiv actif attivo ativo actief isactive",
		ofPerson: "active isactive aktiv activo actif"},
	Ignore: {name: "ignore", several: true},
}

func (f Field) String() string { return known[f].name }

// names are what --columns calls the fields.
func names() []string {
	var list []string
	for _, f := range known[1:] {
		list = append(list, f.name)
	}
	return list
}

// usual are the headings by what they feed; after a word for the visit or for the
// patient a heading feeds what the other two say.
var usual, ofVisit, ofPerson = byHeading(func(f field) string { return f.headings }),
	byHeading(func(f field) string { return f.ofVisit }), byHeading(func(f field) string { return f.ofPerson })

func byHeading(words func(field) string) map[string]Field {
	m := map[string]Field{}
	for f := range fields {
		for _, w := range strings.Fields(words(known[f])) {
			m[w] = f
		}
	}
	return m
}

// Words of headings for the visit and for the patient, the longest first; those that
// databases put behind; and those that only hold a heading together.
var (
	visitWords  = longest("appointments appointment appts appt visits visit bookings booking sched schedule sessions session reservation event encounter citas cita turno reserva visita rdv rendezvous seance consultation termins termin termine sitzung buchung consulta marcacao agendamento sessao atendimento afspraken afspraak appuntamenti appuntamento seduta prenotazione")
	personWords = longest("patients patient patienten patientin client clients customer guest member kunden kunde klienten klient pacientes paciente clientes cliente patiente utente klanten klant paziente pazienti invitee attendee pt")
	tails       = wordSet("name nm desc descr description code cd label value text reason current")
	links       = wordSet("and und y et e en the of de la las los el del du des le les l d der die das do da dos van het di dell della il lo yn")
)

func longest(words string) []string {
	return slices.SortedFunc(slices.Values(strings.Fields(words)), func(a, b string) int { return len(b) - len(a) })
}

// fieldOf is the field a heading feeds, by its words: "Date of service", "ApptStatus",
// "sched.Canceled", "Estado de la cita", "Cancelled? (Y/N)".
func fieldOf(text string) Field {
	t := speak(text)
	if f := usual[t.joined]; f != none {
		return f
	}
	if f := markOf(t); f != none {
		return f
	}
	var rest string
	for _, w := range t.words {
		if !links[w] {
			rest += w
		}
	}
	if f := worded(rest); f != none {
		return f
	}
	var bare string
	for _, w := range t.words {
		if !links[w] && !tails[w] {
			bare += w
		}
	}
	if f := worded(bare); f == Status || f == Language {
		return f
	}
	return none
}

// worded is the field of a heading's words, with one for the visit or the patient
// before or behind them.
func worded(rest string) Field {
	if f := usual[rest]; f != none {
		return f
	}
	for _, kind := range []struct {
		words []string
		feeds map[string]Field
	}{{visitWords, ofVisit}, {personWords, ofPerson}} {
		for _, w := range kind.words {
			if after, ok := strings.CutPrefix(rest, w); ok && kind.feeds[after] != none {
				return kind.feeds[after]
			}
			if before, ok := strings.CutSuffix(rest, w); ok && kind.feeds[before] != none {
				return kind.feeds[before]
			}
		}
	}
	return none
}

// marks are the fields that a heading feeds by a status in it: "Abgesagt am", "Deleted?".
var marks = map[string]Field{"cancelled": Cancelled, "no-show": NoShow, "archived": Archived, "no longer a patient": Deceased}

// Words that may stand beside a status in the heading of its column; those, anywhere in
// it, that tell of other things than visits; and those that make another thing of
// cancelling: what it costs, how often somebody did.
var (
	markAsides = wordSet("for is was dt tm has been flag y n yn yes no s j o date time datetime day at on by when who reason name desc description label text code note notes comment comments type status state late early within 24 24h 48 48h " +
		"the a of de la el por le par am um von durch grund datum em il per op reden fecha motivo raison heure motif data hora motivazione si non oui ja nein")
	elsewhere = []string{"pay", "invoice", "insur", "claim", "membership", "package", "subscri", "remind", "sms", "marketing", "newsletter", "order", "refund", "deposit", "consent", "policy",
		"policies", "previous", "prior", "histor", "last", "renew", "tags", "labels", "alert", "waiver", "zahlung", "rechnung", "pago", "factura", "paiement"}
	unrelated = append([]string{"fee", "url", "link", "terms", "notice", "window", "deadline", "until", "token", "allow", "rate", "count", "total", "number", "cancelcharge", "lationcharge", "showcharge", "amount", "percent", "price", "paid", "accept", "agree",
		"cancellations", "noshows", "absences", "faltas", "cancelaciones", "cancelamentos", "annulations", "absagen", "annuleringen", "ausencias", "gebuhr"}, elsewhere...)
)

// markOf is the field of a heading that says a status and no more.
func markOf(t spoken) Field {
	if t.about(unrelated) {
		return none
	}
	heard := make([]bool, len(t.words))
	f := none
	for _, s := range t.hear() {
		if marks[s.why] == none || t.denied(s) {
			return none
		}
		if f == none {
			f = marks[s.why]
		}
		for i := s.from; i < s.to; i++ {
			heard[i] = true
		}
	}
	for i, w := range t.words {
		if !heard[i] && !markAsides[w] && !links[w] && !slices.Contains(visitWords, w) && !slices.Contains(personWords, w) {
			return none
		}
	}
	return f
}

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
