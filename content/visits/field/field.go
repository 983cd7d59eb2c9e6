// Package field makes values of what stands in the cells of a list: a person's name, a
// moment, a status, a language, addresses. It reads one cell (or one heading) at a time
// and knows nothing of rows, lists or formats. What cannot be read is said without a
// word of the cell.
package field

// Field is what a column of a list can say.
type Field uint8

const (
	None   Field = iota // nobody reads it
	ID                  // of the visit
	Number              // of the patient, only to tell people of one name apart
	Date                // may have the time with it
	Time                // may have the date with it
	First
	Preferred
	Particle // of a last name that stands by itself: "van der"
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
	Deceased // or no longer a patient
	Attended // yes or no
	Active
	Ignore // what nobody is to read, though it speaks of cancelling
	Count  // how many there are
)

// field is what is known of one.
type traits struct {
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
var known = [Count]traits{
	ID: {name: "visit", limit: 64,
		headings: "visit visitid visitnumber visitno appointmentid appointmentnumber appointmentreference " +
			"appointmentref bookingid bookingreference bookingref",
		ofVisit: "id no nr n num number nummer numero ref reference key uid"},
	Number: {name: "patient number", limit: 64,
		headings: "patientnumber patientid patientno clientid clientnumber customerid guestid",
		ofPerson: "id no nr n num number nummer numero key code codigo codice"},
	Date: {name: "date", limit: 100,
		headings: "date day visitdate appointmentdate scheduleddate dateofservice servicedate sessiondate classdate " +
			"appointmentat startsat startdate startdatetime appointmentstart appointmentstartdatetime " +
			"appointmentdatetime datetime startdt startdttm datum fecha data behandlungsdatum fechahora " +
			"datumuhrzeit dateheure datahora dataora datumtijd",
		ofVisit: "date day datetime dttm dt startdate startdatetime startsat datum tag fecha dia jour data giorno"},
	Time: {name: "time", limit: 100,
		headings: "time appointmenttime scheduledtime starttime start starts visittime scheduledstart " +
			"scheduledstarttime starttm timein hour uhrzeit startzeit beginn hora horainicio heure heuredebut " +
			"ora orainizio orario tijd beginntijd zeit inicio debut inizio aanvang begintijd starttijd " +
			"aanvangstijd horario horaire",
		ofVisit: "time hour start starts starttime begin begins beginn uhrzeit zeit hora horainicio inicio heure " +
			"debut ora orario inizio tijd aanvang"},
	First: {name: "first name", limit: 120,
		headings: "firstname first givenname forename patientfirstname clientfirstname customerfirstname " +
			"guestfirstname inviteefirstname firstnm fname given givennames vorname nombre nombres prenom voornaam " +
			"nome primeironome",
		ofPerson: "firstname first givenname forename fname vorname nombre prenom voornaam"},
	Preferred: {name: "preferred name", limit: 120,
		headings: "preferredname preferredfirstname preferred nickname knownas goesby patientpreferredname " +
			"clientpreferredname rufname roepnaam",
		ofPerson: "preferredname preferredfirstname preferred nickname"},
	Particle: {name: "particle", limit: 40, headings: "tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels"},
	Last: {name: "last name", limit: 120,
		headings: "lastname last surname familyname patientlastname clientlastname customerlastname guestlastname " +
			"inviteelastname lastnm lname surnames nachname familienname zuname apellido apellidos primerapellido " +
			"apellidopaterno nomfamille sobrenome apelido apelidos ultimonome achternaam cognome",
		ofPerson: "lastname last surname familyname lname nachname familienname apellido apellidos apelido " +
			"sobrenome achternaam cognome"},
	Name: {name: "name", limit: 120,
		headings: "name fullname patient patientname patientfullname client clientname clientfullname customer " +
			"customername guest guestname invitee inviteename attendee patients kunde kundin klient klientin " +
			"patientin paciente cliente naam nom nombrecompleto nomecompleto nomcomplet patiente klant " +
			"paziente nominativo utente nomprenom prenomnom nombreapellidos nomecognome cognomenome " +
			"namevorname vornamename nachnamevorname vornamenachname vornachname volledigenaam " +
			"apellidosnombre nomeapelido nomesobrenome achternaamvoornaam voornaamachternaam",
		ofPerson: "name fullname nombre nom nome naam nombrecompleto nomecompleto nomcomplet"},
	Email: {name: "email", limit: 1000,
		headings: "email emails emailaddress patientemail patientemailaddress clientemail clientemailaddress " +
			"customeremail guestemail inviteeemail primaryemail email1 mail correo correoelectronico courriel " +
			"emailadresse mailadresse emailadres mailadres adresseemail adressemail indirizzoemail " +
			"postaelettronica correioeletronico correioelectronico direccionemail direccioncorreo " +
			"enderecoemail",
		ofPerson: "email emailaddress emailadresse mail correo correoelectronico courriel"},
	EmailConsent: {name: "email consent", limit: 200, ours: true,
		headings: "emailconsent consenttoemail emailconsentgiven consentemail emailok oktoemail mayemail canemail " +
			"emailpermission"},
	Born: {name: "birth date", limit: 100,
		headings: "birthdate dateofbirth dob birthday born patientdob patientdateofbirth patientbirthdate " +
			"clientdateofbirth geburtsdatum fechanacimiento datenaissance datanascimento geboortedatum " +
			"datanascita geb gebdatum geborenam geboren fechanac fnacimiento neele nele nascimento nascita",
		ofPerson: "dob birthdate dateofbirth birthday born geburtsdatum geboortedatum"},
	Therapist: {name: "therapist", limit: 120,
		headings: "therapist therapistname practitioner practitionername provider providername clinician " +
			"clinicianname primaryclinician staff staffname staffmember staffmembername teammember employee " +
			"employeename therapeut therapeutin terapeuta terapista fisioterapeuta profesional professional " +
			"praticien behandler behandlerin behandelaar operatore therapeute kinesitherapeute kine " +
			"fisioterapista profissional fysiotherapeut physiotherapeut physiotherapeutin mitarbeiter " +
			"mitarbeiterin medewerker masseur masseurin masseuse empleado colaborador",
		ofVisit: "therapist practitioner provider clinician staff therapeut therapeutin terapeuta"},
	Service: {name: "service", limit: 200,
		headings: "service services servicename treatment treatmentname appointmenttype appointmenttypename " +
			"eventtypename treatmenttype servicetype leistung behandlung behandlungsart servicio tratamiento " +
			"prestation servizio trattamento servico behandeling prestazione tratamento procedimento",
		ofVisit: "type typename kind service servicename art typ tipo tipologia soort"},
	Handout: {name: "handout", limit: 200, ours: true,
		headings: "handout handouts merkblatt handzettel folleto folheto"},
	Stretches: {name: "stretches", limit: 2000, ours: true,
		headings: "stretches exercises stretch exercise ubungen ubung uebungen uebung dehnubungen dehnubung " +
			"dehnungen ejercicios ejercicio estiramientos exercices exercice etirements esercizi esercizio " +
			"allungamenti exercicios exercicio alongamentos oefeningen oefening rekoefeningen"},
	Side: {name: "side", limit: 40,
		headings: "side bodyside affectedside seite korperseite betroffeneseite lado ladoafectado cote lato zijde " +
			"kant"},
	Note: {name: "note", limit: 400, headings: "handoutnote noteforpatient notetopatient"},
	Language: {name: "language",
		headings: "language lang preferredlanguage preferredlang languagespoken spokenlanguage primarylanguage " +
			"languagepreference sprache muttersprache idioma idiomapreferido langue langueparlee lingua taal " +
			"moedertaal",
		ofPerson: "language lang preferredlanguage sprache idioma langue lingua taal"},
	Edition:  {name: "edition", limit: 40, ours: true, headings: "edition"},
	Look:     {name: "look", limit: 40, ours: true, headings: "look"},
	Paper:    {name: "paper", limit: 40, headings: "paper papersize"},
	Next:     {name: "next visit", limit: 120, ours: true, headings: "nextvisit"},
	Password: {name: "password", limit: 127, headings: "pdfpassword handoutpassword"},
	Status: {name: "status", limit: 200, several: true,
		headings: "status appointmentstatus bookingstatus visitstatus state attendance attendancestatus " +
			"attendstatus arrivalstatus checkinstatus activeinactive estado estatus statut etat zustand situacao " +
			"stato asistencia anwesenheit presence presenza presenca aanwezigheid",
		ofVisit: "status state stat attendance outcome result estado estatus statut etat zustand situacao stato " +
			"asistencia presenca esito ergebnis",
		ofPerson: "status estado estatus statut situacao stato"},
	Cancelled: {name: "cancelled", several: true},
	NoShow:    {name: "no-show", several: true},
	Archived:  {name: "archived", several: true},
	Deceased:  {name: "deceased", several: true, headings: "dead died dod dateofdeath deathdate"},
	Attended: {name: "attended", several: true,
		headings: "attended attendedyn show shownoshow showed showedup kept asistio acudio erschienen wahrgenommen " +
			"anwesend honore venu present presente compareceu verschenen aanwezig presentato didattend didshow",
		ofVisit:  "attended kept showed",
		ofPerson: "attended showed showedup present"},
	Active: {name: "active", several: true,
		headings: "active activeyn activo activa aktiv actif attivo ativo actief isactive",
		ofPerson: "active isactive aktiv activo actif"},
	Ignore: {name: "ignore", several: true},
}

func (f Field) String() string { return known[f].name }

// Limit is how many characters a cell of the field may have; 0 for any.
func (f Field) Limit() int { return known[f].limit }

// Ours tells the fields that only a list of our own has.
func (f Field) Ours() bool { return known[f].ours }

// Several tells whether more than one column may feed the field: what says most counts.
func (f Field) Several() bool { return known[f].several }

// OfPerson tells the fields that say who somebody is, and where mail to them goes.
func (f Field) OfPerson() bool { return f >= First && f <= Email }

// Alone tells the fields of our own lists: two columns for one of them are both meant for us.
func (f Field) Alone() bool { return f.Ours() || f == Note || f == Side }

// Joined is what stands between the cells of several columns that feed the field together; "" where they have to
// say the same.
func (f Field) Joined() string {
	switch f {
	case Stretches:
		return ";"
	case Note:
		return " "
	}
	return ""
}

// Names are what --columns calls the fields.
func Names() []string {
	var list []string
	for _, f := range known[1:] {
		list = append(list, f.name)
	}
	return list
}

// Cells is what a row says for each field.
type Cells [Count]string
