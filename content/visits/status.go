package visits

import (
	"cmp"
	"slices"
	"strings"

	"handout/content"
)

// standing is what a status says of a visit.
type standing struct {
	why   string // no handout is given after it: "cancelled", "no-show" ...; "" for a visit
	known bool   // the word is one that is known
	all   bool   // and so is each word beside it
	plain bool   // in words that mean nothing else, in whatever column they stand
}

// meaning is a set of phrases that say the same.
type meaning struct {
	why    string
	plain  bool   // the words mean nothing else
	strong bool   // of a visit: the person was there
	denied string // what they say with a "not" before them; "" if that leaves it open
	words  []phrase
}

// The words of statuses, in English, Spanish, German, French, Portuguese, Dutch and
// Italian, without accents. The longest phrase that fits counts.
var meanings = []meaning{
	{why: "cancelled", plain: true, words: phrases("*cancel*, cxl, cxld, cnx, canx, cncl, cncld, cancld, *annul*, anula*, anulo, *abgesagt*, absage*, storno, *storniert*, stornierung, " +
		"desmarc*, afgezegd*, afzeg*, disdett*, called off, decommande*")},
	{why: "cancelled", words: phrases("canc, cx, lc, uta, void*, withdrawn, withdrew, revoked, excus*, entschuldigt*, ausgefallen, ausfall, entfallen, entfallt, " +
		"fallt aus, gestrichen, abgemeldet, afgemeld, vervallen, scusat*, justificad*, unable to attend, could not attend, couldn t attend, cannot attend, can t attend, " +
		"đa huy, bi huy, huy lich, huy hen, ملغي, ملغى, الغي, الغيت, تم الالغاء, בוטל, בוטלה, מבוטל")},
	{why: "no-show", plain: true, words: phrases("no show*, noshow*, non show, did not attend, did not arrive, did not show*, did not come, did not turn up, did not keep*, did not present, did not appear, " +
		"didn t attend, didn t arrive, didn t show*, didn t come, didn t turn up, didn t keep*, failed to attend, failed to show*, failed to arrive, failed to come, failed to keep*, " +
		"failure to attend, fail to attend, failed attendance, failed visit, failed appointment, has not attended, not attend*, non attend*, never came, never showed*, never arrived, never attended, " +
		"left without being seen, left without treatment, no se presento, no presentad*, no presento, no asist*, no acud*, no vino, no ha venido, no se ha presentado, kam nicht, kein erscheinen, niet op komen dagen, inasisten*, nicht erschienen, nicht gekommen, " +
		"nicht aufgetaucht, nicht wahrgenommen, nicht angetreten, nichterschein*, ferngeblieben, non venu*, pas venu*, pas present*, pas ete honor*, non honor*, pas honor*, " +
		"nao compar*, nao veio, nao apareceu, niet verschenen, niet gekomen, niet opgedaagd, niet komen opdagen, niet geweest, non present*, non si e presentat*, non e venut*")},
	{why: "no-show", words: phrases("ns, dna, fta, dnc, dns, cna, dnka, dka, ncns, lwbs, lwot, missed*, absent*, absence, unattended, left before*, left before seen, left before being seen, left without seen, left without being*, walked out, did not wait, dnw, turned away, manque, manquee, ausente*, ausencia, assente*, assenza, afwezig*, abwesend*, " +
		"fehlt, fehlte, gefehlt, nicht da, nicht anwesend, unentschuldigt*, unexcused*, unexcus*, versaumt*, verpasst*, falto, faltou, falta, niet aanwezig, mancat*, " +
		"khong đen, vang mat, لم يحضر, لم تحضر, غائب, לא הגיע, לא הגיעה, נעדר")},
	{why: "rescheduled", words: phrases("reschedul*, resch, resched, rs, moved, bumped, postpone*, verschoben, verlegt, umgebucht, reprogram*, riprogramm*, reagend*, aplaz*, pospuest*, reporte, reportee, " +
		"deplace, deplacee, decale, decalee, remarcad*, adiad*, verzet, verplaatst, uitgesteld, spostat*, rinviat*, rimandat*")},
	{why: "archived", words: phrases("archiv*, delet*, removed, entered in error, in error, borrad*, eliminad*, geloscht, supprime*, excluid*, apagad*, verwijderd, eliminat*, gearchiveerd")},
	{why: "not booked", words: phrases("never booked, not booked, declin*, propose*, reject*, waitlist*, wait list*, waiting list, warteliste, lista de espera, liste d attente, " +
		"wachtlijst, lista d attesa, abgelehnt, rechazad*, refuse, refusee, recusad*, geweigerd, afgewezen, rifiutat*")},
	{why: "no longer a patient", words: phrases("inactiv*, inaktiv*, inactif*, inactief, inattiv*, discharged, deceased*, died, verstorben, fallecid*, decede, decedee, falecid*, overleden, decedut*")},
	{strong: true, denied: "no-show", words: phrases("attended, attending, show, shown, showed*, kept, present, came, come, turned up, asisti*, asistido, acudio, acudido, vino, venido, erschienen, gekommen, anwesend, " +
		"wahrgenommen, aufgetaucht, kam, visited, honore*, present*, venu, venue, compareceu, veio, verschenen, gekomen, aanwezig, presentat*, venut*")},
	{strong: true, words: phrases("arriv*, seen, been seen, check in, checked in, checkin, checkedin, check out, checked out, checkout, checkedout, complete, completed, closed, done, finish*, finalis*, finaliz*, fulfilled, " +
		"in progress, in session, in room, in treatment, in waiting room, waiting room, roomed, ready, started, served, performed, treated, signed in, signed, walk in*, walkin*, here, sent in, send in, charge entered, " +
		"realizad*, atendid*, llego, completad*, en curso, en consulta, en sala, terminad*, efectuad*, cumplid*, " +
		"da, abgeschlossen, erledigt, eingecheckt, angekommen, eingetroffen, behandelt, in behandlung, im wartezimmer, beendet, durchgefuhrt, stattgefunden, fertig, " +
		"termine, terminee, effectue, effectuee, realise, realisee, en cours, en salle, vu, vue, fini, " +
		"em atendimento, concluid*, chegou, efetuad*, " +
		"afgerond, voltooid, aangekomen, geweest, klaar, in behandeling, ingecheckt, uitgevoerd, " +
		"arrivat*, completat*, eseguit*, effettuat*, conclus*, in corso, visitat*, fatto, " +
		"đa đen, hoan thanh, đa kham, حضر, حضرت, مكتمل, הגיע, הגיעה, הושלם")},
	{words: phrases("booked, confirm*, unconfirm*, not confirmed, not yet confirmed, scheduled, reserved, accepted, approved, upcoming, future, planned, active, open, paid, unpaid, part paid, partially paid, partly paid, not paid, " +
		"invoiced, not invoiced, billed, charged, reminded, reminder sent, message left, left message, new, new patient, new client, first visit, first appointment, initial visit, return visit, returning, recurring, follow up, online, normal, ok, valid, verified, none, na, null, uncancel*, un cancel*, current, " +
		"confirmad*, no confirmad*, sin confirmar, por confirmar, reservad*, programad*, agendad*, pagad*, no pagad*, activo, activa, facturad*, citad*, vigente, " +
		"bestatigt, unbestatigt, nicht bestatigt, gebucht, geplant, offen, aktiv, bezahlt, unbezahlt, nicht bezahlt, vereinbart, reserviert, abgerechnet, terminiert, " +
		"non confirme, non confirmee, pas confirme, reserve, reservee, prevu, prevue, planifie, planifiee, actif, actifs, paye, payee, non paye, facture, facturee, valide, validee, programme, programmee, " +
		"nao confirmad*, marcad*, ativo, ativa, pago, nao pago, faturad*, " +
		"bevestigd, niet bevestigd, geboekt, gepland, ingepland, actief, betaald, niet betaald, gereserveerd, " +
		"confermat*, non confermat*, prenotat*, programmat*, attivo, attiva, pagat*, non pagat*, fatturat*, pianificat*, " +
		"not yet arrived, not yet here, not yet checked in, not yet seen, not yet attended, noch nicht erschienen, noch nicht da, noch nicht gekommen, noch nicht eingetroffen, pas encore arrive, pas encore venu, " +
		"pas encore present*, nog niet verschenen, nog niet gekomen, nog niet aanwezig, non ancora arrivat*, non ancora present*, xac nhan, đa đat, مؤكد, محجوز, אושר, מאושר")},
}

// Words that may stand beside those of a status and change nothing.
var asides = wordSet("by the a an of at on in for to from per with without due via and or is was has been be are were same day week late early last minute min mins minutes short notice under over less than within before after hour hours hr hrs h am pm " +
	"client clients patient patients pt customer guest clinic clinician therapist practitioner provider staff office admin us system appointment appt visit session booking class event phone call email mail sms text online web " +
	"request requested charge fee no not non full half sick ill illness weather covid emergency status automatically auto " +
	"por el la los las del de paciente cliente clinica terapeuta cita turno tarde telefono dia sin con aviso fuera plazo a tiempo ha sido fue " +
	"durch vom von der die das den dem patienten patientin kunde kundin klient praxis therapeutin termin zu spat kurzfristig telefonisch krank wurde worden ist rechtzeitig wegen hat haben " +
	"par le les du au aux patiente cabinet praticien rdv rendez vous tardive tardivement seance ete est il elle s a n ne hors delai cabinet centre " +
	"pelo pela o os do da dos utente consulta tardio foi dentro prazo " +
	"door het een patient klant praktijk afspraak te laat is werd geworden op tijd " +
	"dal dalla il lo gli paziente studio appuntamento ritardo stato stata e per")

// Words that turn the one after them into its opposite, and those that may stand between.
var (
	negations = wordSet("not no never isn wasn didn doesn hasn nicht kein keine nie ohne sin nunca non pas jamais sans nao nem sem niet geen nooit zonder mai senza")
	between   = wordSet("t be been being yet is was has have had fue ha sido sido esta wurde worden ist war noch ete est a foi sido esta stato stata e werd is nog do did does to ancora encore aun")
)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// said is a phrase of a meaning that was heard.
type said struct {
	*meaning
	from, to int // words
}

// byStart are all phrases by the two letters that they begin with; those of the middle of
// a word are under "".
var byStart = func() map[string][]heard {
	m := map[string][]heard{}
	for i := range meanings {
		for _, p := range meanings[i].words {
			m[p.text[:2]] = append(m[p.text[:2]], heard{&meanings[i], p})
			if p.anywhere {
				m[""] = append(m[""], heard{&meanings[i], p})
			}
		}
	}
	return m
}()

type heard struct {
	*meaning
	phrase
}

// hear finds the phrases of statuses, one after the other, the longest at each place.
func (t spoken) hear() []said {
	var list []said
	for i := 0; i < len(t.words); {
		best, longest := said{}, 0
		at := t.joined[t.starts[i]:]
		for _, set := range [][]heard{byStart[at[:min(2, len(at))]], byStart[""]} {
			for _, h := range set {
				if len(h.text) > longest {
					if n := h.at(t, i); n > 0 {
						best, longest = said{h.meaning, i, i + n}, len(h.text)
					}
				}
			}
		}
		if longest == 0 {
			i++
			continue
		}
		list = append(list, best)
		i = best.to
	}
	return list
}

// denied tells whether a phrase is denied: "did not cancel", "no fue cancelada",
// "cancelled: no".
func (t spoken) denied(s said) bool {
	if s.to < len(t.words) && strings.ContainsAny(t.apart[s.to], ":=?") && isNo(t.words[s.to]) {
		return true
	}
	for i := s.from; i > 0 && i > s.from-4; i-- {
		if gap := t.apart[i]; strings.ContainsAny(gap, ",;:/()[]|–—") || gap != "-" && strings.TrimSpace(gap) == "-" {
			return false
		}
		if w := t.words[i-1]; negations[w] {
			return true
		} else if !between[w] {
			return false
		}
	}
	return false
}

// standingOf reads a status. One that says that somebody was there and that they were
// not is not known.
func standingOf(s string) standing {
	t := speak(s)
	if t.joined == "" { // a dash, a tick; any other sign may mean anything
		nothing := len(s) <= maxSpoken && (strings.Trim(s, "-–—._/ \t\n\u00a0") == "" || ticked(s))
		return standing{known: nothing, all: nothing}
	}
	var (
		st           = standing{all: true}
		there, doubt bool // somebody was; somebody was not
		heard        = make([]bool, len(t.words))
	)
	for _, s := range t.hear() {
		for i := s.from; i < s.to; i++ {
			heard[i] = true
		}
		denied := t.denied(s)
		switch {
		case s.why != "" && !denied && st.why == "":
			st.why, st.plain, st.known = s.why, s.meaning.plain, true
		case s.why != "":
			st.known = true
		case s.strong && denied && s.meaning.denied != "":
			st.why, st.known = cmp.Or(st.why, s.meaning.denied), true
		case s.strong && denied:
			doubt = true
		default:
			st.known, there = true, there || s.strong
		}
	}
	if st.why == "" && doubt || st.why != "" && there {
		return standing{}
	}
	for i, w := range t.words {
		number := strings.ContainsAny(w[:1], "0123456789")
		if !heard[i] && !number && !asides[w] && !negations[w] && !between[w] {
			st.all = false
		}
	}
	return st
}

// breaks are statuses of a time that nobody is booked for.
var breaks = wordSet("break breaks lunch lunchbreak blocked block unavailable outofoffice timeoff admintime staffmeeting holiday pause mittagspause gesperrt blockiert pausa bloqueado bloqueada pauze geblokkeerd geblockt")

// status reads the status of a row, first by what the clinic says that it means.
func (in *intake) status(s string) standing {
	if s == "" {
		return standing{known: true}
	}
	if st, ok := in.statuses[s]; ok {
		return st
	}
	key := folded(s)
	st := standingOf(s)
	if means, ok := in.decided[key]; ok {
		st = standing{known: true, why: strings.TrimPrefix(means, content.Came)}
	} else if breaks[key] {
		st = standing{known: true, why: "a break"}
	}
	if len(in.statuses) < 10_000 {
		in.statuses[strings.Clone(s)] = st
	}
	return st
}

// beside is the status that somebody wrote beside a name or a service: "Ana Ruiz
// (cancelled)", "NO SHOW - Massage", "Massage [Canceled]"; only in words that mean
// nothing else.
func beside(s string) string {
	if len(s) > maxSpoken || !strings.ContainsAny(s, "([{*:|–—-") {
		return ""
	}
	parts := strings.FieldsFunc(strings.NewReplacer(" - ", "|", " -", "|", "- ", "|").Replace(s), func(r rune) bool { return strings.ContainsRune("()[]{}*:|–—", r) })
	for _, part := range parts {
		if len(parts) == 1 && !strings.ContainsAny(s, "([{*") {
			break // no more is written
		}
		if st := standingOf(part); st.known && st.all && st.plain && (st.why == "cancelled" || st.why == "no-show") {
			return part
		}
	}
	return ""
}

// isNo tells a word that says no.
func isNo(word string) bool {
	switch word {
	case "no", "n", "false", "f", "none", "null", "nil", "nan", "off", "never", "nein", "non", "nao", "nee", "nie", "na", "nd", "falso", "faux", "falsch", "onwaar", "notapplicable", "undefined":
		return true
	}
	return strings.Trim(word, "0") == ""
}

// isYes tells a word that says yes.
func isYes(word string) bool {
	switch word {
	case "yes", "y", "true", "t", "1", "x", "on", "si", "s", "ja", "j", "oui", "o", "sim", "vero", "vrai", "wahr", "verdadero", "verdadeiro", "waar":
		return true
	}
	return false
}

// ticked tells a box or a mark of somebody's pen.
func ticked(s string) bool {
	switch strings.TrimSuffix(strings.Trim(s, " ."), "\ufe0f") {
	case "✓", "✔", "☑", "✅", "☒":
		return true
	}
	return false
}

// says tells whether a mark is set: by yes, a date or a reason. A date that a program
// writes for none (0001-01-01, 1900-01-00) is none, and so is a status of a visit.
func says(s string) bool {
	if s == "" {
		return false
	}
	if ticked(s) {
		return true
	}
	word := folded(s)
	if word == "" && len(s) <= maxSpoken || len(s) <= maxSpoken && isNo(word) {
		return false
	}
	for _, none := range []string{"0001-01-01", "1753-01-01", "1899-12-3", "1900-01-0", "01/01/0001", "1/1/0001", "01/01/1900", "1/1/1900", "01/00/1900", "1/0/1900", "01.01.0001", "01.01.1900"} {
		if strings.HasPrefix(s, none) {
			return false
		}
	}
	st := standingOf(s)
	return !(st.known && st.all && st.why == "")
}

// ParseStatuses reads what words for a status mean, by content.Meanings:
//
//	Walked in=came,Pulled=cancelled
//
// The error is content.Errors, with every mistake.
func ParseStatuses(s string) (map[string]string, error) {
	var errs content.Errors
	bad := func(code, hint, format string, args ...any) {
		errs = append(errs, content.Errorf(code, hint, format, args...))
	}
	list := map[string]string{}
	for part := range strings.SplitSeq(s, ",") {
		word, means, ok := part, "", false
		if i := strings.LastIndexByte(part, '='); i >= 0 {
			word, means, ok = part[:i], part[i+1:], true
		}
		word, means = strings.Trim(strings.TrimSpace(word), `"`), strings.ToLower(strings.TrimSpace(means))
		i := slices.IndexFunc(content.Meanings(), func(m string) bool { return plain(m) == plain(means) })
		switch {
		case !ok || folded(word) == "" || means == "":
			bad("status-without-meaning", "write it like \"Walked in=came,Pulled=cancelled\"", "a status has no word or no meaning")
		case i < 0:
			hint := "a status means " + strings.Join(content.Meanings(), ", ")
			if near := content.Closest(means, content.Meanings()); near != "" {
				hint = "did you mean " + near
			}
			bad("no-such-meaning", hint, "no status means %s", content.Quoted(means))
		case list[word] != "":
			bad("status-twice", "keep one", "the status %s is given twice", content.Quoted(word))
		default:
			list[word] = content.Meanings()[i]
		}
	}
	if errs != nil {
		return nil, errs
	}
	return list, nil
}
