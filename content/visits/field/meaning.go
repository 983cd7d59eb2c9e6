package field

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
	{why: "cancelled", plain: true, words: phrases("*cancel*, cxl, cxld, cnx, canx, cncl, cncld, cancld, *annul*, " +
		"anula*, anulo, *abgesagt*, absage*, storno, *storniert*, stornierung, " +
		"desmarc*, afgezegd*, afzeg*, disdett*, called off, decommande*")},
	{why: "cancelled", words: phrases("canc, cx, lc, uta, void*, withdrawn, withdrew, revoked, excus*, " +
		"entschuldigt*, ausgefallen, ausfall, entfallen, entfallt, " +
		"fallt aus, gestrichen, abgemeldet, afgemeld, vervallen, scusat*, justificad*, unable to attend, could not " +
		"attend, couldn t attend, cannot attend, can t attend, " +
		"đa huy, bi huy, huy lich, huy hen, ملغي, ملغى, الغي, الغيت, تم الالغاء, בוטל, בוטלה, מבוטל")},
	{why: "no-show", plain: true, words: phrases("no show*, noshow*, non show, did not attend, did not arrive, did " +
		"not show*, did not come, did not turn up, did not keep*, did not present, did not appear, " +
		"didn t attend, didn t arrive, didn t show*, didn t come, didn t turn up, didn t keep*, failed to attend, " +
		"failed to show*, failed to arrive, failed to come, failed to keep*, " +
		"failure to attend, fail to attend, failed attendance, failed visit, failed appointment, has not attended, " +
		"not attend*, non attend*, never came, never showed*, never arrived, never attended, " +
		"left without being seen, left without treatment, no se presento, no presentad*, no presento, no asist*, no " +
		"acud*, no vino, no ha venido, no se ha presentado, kam nicht, kein erscheinen, niet op komen dagen, " +
		"inasisten*, nicht erschienen, nicht gekommen, " +
		"nicht aufgetaucht, nicht wahrgenommen, nicht angetreten, nichterschein*, ferngeblieben, non venu*, pas " +
		"venu*, pas present*, pas ete honor*, non honor*, pas honor*, " +
		"nao compar*, nao veio, nao apareceu, niet verschenen, niet gekomen, niet opgedaagd, niet komen opdagen, " +
		"niet geweest, non present*, non si e presentat*, non e venut*")},
	{why: "no-show", words: phrases("ns, dna, fta, dnc, dns, cna, dnka, dka, ncns, lwbs, lwot, missed*, absent*, " +
		"absence, unattended, left before*, left before seen, left before being seen, left without seen, left " +
		"without being*, walked out, did not wait, dnw, turned away, manque, manquee, ausente*, ausencia, assente*, " +
		"assenza, afwezig*, abwesend*, " +
		"fehlt, fehlte, gefehlt, nicht da, nicht anwesend, unentschuldigt*, unexcused*, unexcus*, versaumt*, " +
		"verpasst*, falto, faltou, falta, niet aanwezig, mancat*, " +
		"khong đen, vang mat, لم يحضر, لم تحضر, غائب, לא הגיע, לא הגיעה, נעדר")},
	{why: "rescheduled", words: phrases("reschedul*, resch, resched, rs, moved, bumped, postpone*, verschoben, " +
		"verlegt, umgebucht, reprogram*, riprogramm*, reagend*, aplaz*, pospuest*, reporte, reportee, " +
		"deplace, deplacee, decale, decalee, remarcad*, adiad*, verzet, verplaatst, uitgesteld, spostat*, rinviat*, " +
		"rimandat*")},
	{why: "archived", words: phrases("archiv*, delet*, removed, entered in error, in error, borrad*, eliminad*, " +
		"geloscht, supprime*, excluid*, apagad*, verwijderd, eliminat*, gearchiveerd")},
	{why: "not booked", words: phrases("never booked, not booked, declin*, propose*, reject*, waitlist*, wait " +
		"list*, waiting list, warteliste, lista de espera, liste d attente, " +
		"wachtlijst, lista d attesa, abgelehnt, rechazad*, refuse, refusee, recusad*, geweigerd, afgewezen, " +
		"rifiutat*")},
	{why: "no longer a patient", words: phrases("inactiv*, inaktiv*, inactif*, inactief, inattiv*, discharged, " +
		"deceased*, died, verstorben, fallecid*, decede, decedee, falecid*, overleden, decedut*")},
	{strong: true, denied: "no-show", words: phrases("attended, attending, show, shown, showed*, kept, present, " +
		"came, come, turned up, asisti*, asistido, acudio, acudido, vino, venido, erschienen, gekommen, anwesend, " +
		"wahrgenommen, aufgetaucht, kam, visited, honore*, present*, venu, venue, compareceu, veio, verschenen, " +
		"gekomen, aanwezig, presentat*, venut*")},
	{strong: true, words: phrases("arriv*, seen, been seen, check in, checked in, checkin, checkedin, check out, " +
		"checked out, checkout, checkedout, complete, completed, closed, done, finish*, finalis*, finaliz*, " +
		"fulfilled, in progress, in session, in room, in treatment, in waiting room, waiting room, roomed, ready, " +
		"started, " +
		"served, performed, treated, signed in, signed, walk in*, walkin*, here, sent in, send in, charge entered, " +
		"realizad*, atendid*, llego, completad*, en curso, en consulta, en sala, terminad*, efectuad*, cumplid*, " +
		"da, abgeschlossen, erledigt, eingecheckt, angekommen, eingetroffen, behandelt, in behandlung, im " +
		"wartezimmer, beendet, durchgefuhrt, stattgefunden, fertig, " +
		"termine, terminee, effectue, effectuee, realise, realisee, en cours, en salle, vu, vue, fini, " +
		"em atendimento, concluid*, chegou, efetuad*, " +
		"afgerond, voltooid, aangekomen, geweest, klaar, in behandeling, ingecheckt, uitgevoerd, " +
		"arrivat*, completat*, eseguit*, effettuat*, conclus*, in corso, visitat*, fatto, " +
		"đa đen, hoan thanh, đa kham, حضر, حضرت, مكتمل, הגיע, הגיעה, הושלם")},
	{words: phrases("booked, confirm*, unconfirm*, not confirmed, not yet confirmed, scheduled, reserved, accepted, " +
		"approved, upcoming, future, planned, active, open, paid, unpaid, part paid, partially paid, partly paid, " +
		"not paid, " +
		"invoiced, not invoiced, billed, charged, reminded, reminder sent, message left, left message, new, new " +
		"patient, new client, first visit, first appointment, initial visit, return visit, returning, recurring, " +
		"follow up, online, normal, ok, valid, verified, none, na, null, uncancel*, un cancel*, current, " +
		"confirmad*, no confirmad*, sin confirmar, por confirmar, reservad*, programad*, agendad*, pagad*, no " +
		"pagad*, activo, activa, facturad*, citad*, vigente, " +
		"bestatigt, unbestatigt, nicht bestatigt, gebucht, geplant, offen, aktiv, bezahlt, unbezahlt, nicht " +
		"bezahlt, vereinbart, reserviert, abgerechnet, terminiert, " +
		"non confirme, non confirmee, pas confirme, reserve, reservee, prevu, prevue, planifie, planifiee, actif, " +
		"actifs, paye, payee, non paye, facture, facturee, valide, validee, programme, programmee, " +
		"nao confirmad*, marcad*, ativo, ativa, pago, nao pago, faturad*, " +
		"bevestigd, niet bevestigd, geboekt, gepland, ingepland, actief, betaald, niet betaald, gereserveerd, " +
		"confermat*, non confermat*, prenotat*, programmat*, attivo, attiva, pagat*, non pagat*, fatturat*, " +
		"pianificat*, " +
		"not yet arrived, not yet here, not yet checked in, not yet seen, not yet attended, noch nicht erschienen, " +
		"noch nicht da, noch nicht gekommen, noch nicht eingetroffen, pas encore arrive, pas encore venu, " +
		"pas encore present*, nog niet verschenen, nog niet gekomen, nog niet aanwezig, non ancora arrivat*, non " +
		"ancora present*, xac nhan, đa đat, مؤكد, محجوز, אושר, מאושר")},
}

// Words that may stand beside those of a status and change nothing.
var asides = wordSet("by the a an of at on in for to from per with without due via and or is was has been be are " +
	"were same day week late early last minute min mins minutes short notice under over less than within before " +
	"after hour hours hr hrs h am pm client clients patient patients pt customer guest clinic clinician therapist " +
	"practitioner provider staff office admin us system appointment appt visit session booking class event phone " +
	"call email mail sms text online web request requested charge fee no not non full half sick ill illness weather " +
	"covid emergency status automatically auto por el la los las del de paciente cliente clinica terapeuta cita " +
	"turno tarde telefono dia sin con aviso fuera plazo a tiempo ha sido fue durch vom von der die das den dem " +
	"patienten patientin kunde kundin klient praxis therapeutin termin zu spat kurzfristig telefonisch krank wurde " +
	"worden ist rechtzeitig wegen hat haben par le les du au aux patiente cabinet praticien rdv rendez vous tardive " +
	"tardivement seance ete est il elle s a n ne hors delai cabinet centre pelo pela o os do da dos utente consulta " +
	"tardio foi dentro prazo door het een patient klant praktijk afspraak te laat is werd geworden op tijd dal " +
	"dalla il lo gli paziente studio appuntamento ritardo stato stata e per")

// Words that turn the one after them into its opposite, and those that may stand between.
var (
	negations = wordSet("not no never isn wasn didn doesn hasn nicht kein keine nie ohne sin nunca non pas jamais " +
		"sans nao nem sem niet geen nooit zonder mai senza")
	between = wordSet("t be been being yet is was has have had fue ha sido sido esta wurde worden ist war noch ete " +
		"est a foi sido esta stato stata e werd is nog do did does to ancora encore aun")
)
