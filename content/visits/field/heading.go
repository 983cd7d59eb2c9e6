package field

import (
	"slices"
	"strings"
)

// usual are the headings by what they feed; after a word for the visit or for the
// patient a heading feeds what the other two say.
var usual, ofVisit, ofPerson = byHeading(func(f traits) string { return f.headings }),
	byHeading(func(f traits) string { return f.ofVisit }), byHeading(func(f traits) string { return f.ofPerson })

func byHeading(words func(traits) string) map[string]Field {
	m := map[string]Field{}
	for f := range Count {
		for _, w := range strings.Fields(words(known[f])) {
			m[w] = f
		}
	}
	return m
}

// Words of headings for the visit and for the patient, the longest first; those that
// databases put behind; and those that only hold a heading together.
var (
	visitWords = longest("appointments appointment appts appt visits visit bookings booking sched schedule " +
		"sessions session reservation event encounter citas cita turno reserva visita rdv rendezvous seance " +
		"consultation termins termin termine sitzung buchung consulta marcacao agendamento sessao atendimento " +
		"afspraken afspraak appuntamenti appuntamento seduta prenotazione")
	personWords = longest("patients patient patienten patientin client clients customer guest member kunden kunde " +
		"klienten klient pacientes paciente clientes cliente patiente utente klanten klant paziente pazienti " +
		"invitee attendee pt")
	tails = wordSet("name nm desc descr description code cd label value text reason current")
	links = wordSet("and und y et e en the of de la las los el del du des le les l d der die das do da dos van het " +
		"di dell della il lo yn")
)

func longest(words string) []string {
	return slices.SortedFunc(slices.Values(strings.Fields(words)), func(a, b string) int { return len(b) - len(a) })
}

// Usual is the field that a word alone feeds, as Plain or Folded gives it.
func Usual(word string) Field { return usual[word] }

// Ordinary tells a heading that nobody reads and everybody has.
func Ordinary(text string) bool { return ordinary[Folded(text)] }

// SaysName tells a heading with "name" in it.
func SaysName(text string) bool { return speak(text).about([]string{"name", "nombre", "nom", "naam"}) }

// OfOtherThings tells a heading of other things than visits: of what is paid, or of
// another visit.
func OfOtherThings(text string) bool { return speak(text).about(elsewhere) }

// PerhapsService tells a heading that may be of what a visit is for, in words that no list is known to use.
func PerhapsService(text string) bool {
	t := speak(text)
	aside := []string{"phone", "mail", "contact", "address", "tel"}
	return !t.about(unrelated) && !t.about(aside) && t.about(ofServices)
}

// ofServices are parts of words that tell of what a visit is for.
var ofServices = strings.Fields("type session service treat therap massage procedure reason modality kind category " +
	"class program condition complaint diagnos appointment visit leistung behandl grund tipo servi tratam motivo " +
	"prestation soin acte sesion sessao tratt")

// OfVisit tells a heading that says "visit" and nothing else, as "Termin" does: it may be when it is, or what.
func OfVisit(text string) bool {
	w := speak(text).joined
	return slices.Contains(visitWords, w) || slices.Contains(whenWords, w)
}

// OfDose tells a heading of a list of our own that speaks of stretches, of their doses or of a side.
func OfDose(text string) bool {
	t := speak(text)
	doses := slices.ContainsFunc(t.words, func(w string) bool { return ofDoses[w] })
	others := slices.ContainsFunc(t.words, func(w string) bool { return len(w) > 3 && !ofDoses[w] }) // "sessions left"
	return t.about(ofStretches) || doses && !others
}

var (
	ofStretches = strings.Fields("stretch exercise ubung uebung dehnung ejercicio estiramiento exercice etirement " +
		"esercizi allungament exercicio alongament oefening repetition repeticion ripetizion repetic wiederholung " +
		"herhaling")
	ofDoses = wordSet("hold holds reps rep sets dose doses dosage breaths left right side sides seconds halten satze " +
		"dosierung dosis links rechts mantener izquierda derecha tenir series gauche droite tenere serie sinistra " +
		"destra manter esquerda direita vasthouden")
)

var whenWords = strings.Fields("when slot wann quand cuando quando wanneer dia jour giorno dag tag")

// IsNote tells a heading that is for the patient in a list of our own, and the therapist's elsewhere.
func IsNote(text string) bool { return notes[Folded(text)] }

var notes = wordSet("note notiz nota notitie")

// Cancels tells a heading that speaks of cancelling, and not of what it costs.
func Cancels(text string) bool {
	t := speak(text)
	return !t.about(unrelated) && slices.ContainsFunc(t.hear(), func(s said) bool { return s.meaning.plain })
}

// Of is the field a heading feeds, by its words: "Date of service", "ApptStatus",
// "sched.Canceled", "Estado de la cita", "Cancelled? (Y/N)".
func Of(text string) Field {
	t := speak(text)
	if f := usual[t.joined]; f != None {
		return f
	}
	if usual[strings.TrimRight(t.joined, "0123456789")] == Stretches { // "Stretch 1" and "Stretch 2"
		return Stretches
	}
	if f := markOf(t); f != None {
		return f
	}
	var rest string
	for _, w := range t.words {
		if !links[w] {
			rest += w
		}
	}
	if f := worded(rest); f != None {
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
	return None
}

// worded is the field of a heading's words, with one for the visit or the patient
// before or behind them.
func worded(rest string) Field {
	if f := usual[rest]; f != None {
		return f
	}
	for _, kind := range []struct {
		words []string
		feeds map[string]Field
	}{{visitWords, ofVisit}, {personWords, ofPerson}} {
		for _, w := range kind.words {
			if after, ok := strings.CutPrefix(rest, w); ok && kind.feeds[after] != None {
				return kind.feeds[after]
			}
			if before, ok := strings.CutSuffix(rest, w); ok && kind.feeds[before] != None {
				return kind.feeds[before]
			}
		}
	}
	return None
}

// marks are the fields that a heading feeds by a status in it: "Abgesagt am", "Deleted?".
var marks = map[string]Field{"cancelled": Cancelled, "no-show": NoShow, "archived": Archived,
	"no longer a patient": Deceased}

// Words that may stand beside a status in the heading of its column; those, anywhere in
// it, that tell of other things than visits; and those that make another thing of
// cancelling: what it costs, how often somebody did.
var (
	markAsides = wordSet("for is was dt tm has been flag y n yn yes no s j o date time datetime day at on by when " +
		"who reason name desc description label text code note notes comment comments type status state late early " +
		"within 24 24h 48 48h the a of de la el por le par am um von durch grund datum em il per op reden fecha " +
		"motivo raison heure motif data hora motivazione si non oui ja nein")
	elsewhere = []string{"pay", "invoice", "insur", "claim", "membership", "package", "subscri", "remind", "sms",
		"marketing", "newsletter", "order", "refund", "deposit", "consent", "policy",
		"policies", "previous", "prior", "histor", "last", "renew", "tags", "labels", "alert", "waiver", "zahlung",
		"rechnung", "pago", "factura", "paiement"}
	unrelated = append([]string{"fee", "url", "link", "terms", "notice", "window", "deadline", "until", "token",
		"allow", "rate", "count", "total", "number", "cancelcharge", "lationcharge", "showcharge", "amount", "percent",
		"price", "paid", "accept", "agree",
		"cancellations", "noshows", "absences", "faltas", "cancelaciones", "cancelamentos", "annulations", "absagen",
		"annuleringen", "ausencias", "gebuhr"}, elsewhere...)
)

// markOf is the field of a heading that says a status and no more.
func markOf(t spoken) Field {
	if t.about(unrelated) {
		return None
	}
	heard := make([]bool, len(t.words))
	f := None
	for _, s := range t.hear() {
		if marks[s.why] == None || t.denied(s) {
			return None
		}
		if f == None {
			f = marks[s.why]
		}
		for i := s.from; i < s.to; i++ {
			heard[i] = true
		}
	}
	for i, w := range t.words {
		if !heard[i] && !markAsides[w] && !links[w] && !slices.Contains(visitWords, w) &&
			!slices.Contains(personWords, w) {
			return None
		}
	}
	return f
}

// ordinary are headings that nobody reads and everybody has.
var ordinary = wordSet("note notes comment comments remark remarks phone phonenumber mobile mobilephone homephone " +
	"cellphone telephone address city zip postcode country gender sex age title pronouns price amount paid duration " +
	"room location insurance reason description endtime end enddate middlename bemerkung bemerkungen telefon " +
	"adresse notizen notas telefono notes subject summary alldayevent categories requiredattendees optionalattendees " +
	"betreff asunto objet oggetto assunto onderwerp titel titulo what where with")

// Near tells a heading with one wrong letter.
func Near(text string) bool {
	word := Folded(text)
	if len(word) < 6 {
		return false
	}
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
