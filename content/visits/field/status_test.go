package field

import (
	"fmt"
	"strings"
	"testing"
)

// What statuses say, by what is skipped for them: "" is a visit, "?" a word that nobody
// knows.
var statuses = map[string][]string{
	"cancelled": {"Cancelled", "canceled", "CANCELED", "Cancelled by client 2h before", "Late cancel - CX", "Cancelled: sick", "client_cancelled", "LateCancelled", "latecancelled",
		"Late Cancellation (charged)", "CX", "Cxl", "CXLD", "LC", "Void", "voided", "UTA", "Unable to attend", "Excused", "No - cancelled", "No charge, cancelled", "Cancelled - paid", "Confirmed, then cancelled",
		"anulada", "Anulado por el paciente", "Cancelada", "CANCELADO", "cita cancelada", "Ausgefallen", "abgesagt", "Abgesagt vom Patienten", "storniert", "Stornierung", "entfällt", "annulé", "Annulée par le patient", "excusé",
		"décommandé", "Desmarcado", "cancelou", "Geannuleerd", "afgezegd", "Annullato", "disdetto", "Disdetta", "cancellato", "❌ Cancelled", "Cancelled\u00a0", "Cancele\u0301e"},
	"no-show": {"No Show", "no-show", "NOSHOW", "NoShow", "No_Show", "no\u2011show", "NS", "N/S", "n.s.", "DNA", "D.N.A.", "FTA", "DNC", "Failed to attend", "Did not attend", "Did Not Arrive", "DidNotArrive", "didn't show", "Didn’t show up",
		"Left without being seen", "LWBS", "Missed", "missed appointment", "Absent", "Has not attended", "Never showed", "No call / no show", "No show - charged", "no show, no call",
		"No se presentó", "NO SE PRESENTO", "Faltó", "no asistió", "No acudió", "ausente", "nicht erschienen", "Nicht Erschienen!", "Patient ist nicht erschienen", "unentschuldigt", "nicht wahrgenommen", "absent(e)", "non venu", "n'est pas venu",
		"ne s'est pas présenté", "pas présenté", "RDV non honoré", "faltou", "Não compareceu", "niet verschenen", "Afwezig", "assente", "Non presentato", "non si è presentata"},
	"rescheduled":         {"Rescheduled", "Re-scheduled", "Moved", "bumped", "verschoben", "Reprogramada", "reporté", "remarcada", "verplaatst", "spostato", "Postponed"},
	"archived":            {"Deleted", "entered-in-error", "Entered in error", "gelöscht", "supprimé", "eliminada"},
	"not booked":          {"Declined", "Proposed", "waitlist", "Wait-listed", "Waiting list", "Warteliste", "lista de espera", "Liste d'attente", "Rejected"},
	"no longer a patient": {"Inactive", "inaktiv", "Inactivo", "Deceased", "Discharged", "verstorben"},
	"": {"", "-", "–", "✓", "☑️", "Arrived", "arrived late", "Checked in", "CheckedIn", "5 - Check-Out", "Checked-out", "Completed", "Complete", "Confirmed", "Unconfirmed", "Not confirmed", "Booked", "scheduled", "Show", "Showed", "Seen", "In progress", "Ready", "Paid",
		"Not paid", "Invoiced", "Walk-in", "Walk in", "Signed In", "Fulfilled", "Attended", "Accepted", "Active", "None", "N/A", "New patient", "Left message",
		"Not cancelled", "not canceled", "Not been cancelled", "was not cancelled", "Did not cancel", "no cancelada", "No fue cancelada", "nicht abgesagt", "nicht storniert", "Wurde nicht abgesagt", "pas annulé", "n'a pas été annulé", "non annulé",
		"não cancelado", "niet geannuleerd", "non annullato", "Cancelled: no", "Cancelled = false", "uncancelled", "un-cancelled", "Confirmed (not cancelled)",
		"realizada", "Atendida", "asistió", "Se presentó", "confirmada", "erschienen", "wahrgenommen", "Wahrgenommen.", "bestätigt", "gebucht", "honoré", "présent", "Venu", "confirmé", "compareceu", "agendado", "Marcado", "afgerond", "verschenen", "bevestigd",
		"presente", "confermato", "prenotato", "Eseguita"},
	"?": {"Beamed in", "Pulled", "Pending", "Requested", "x", "❌", "???", "✗", strings.Repeat("came ", 100), "Yes", "7", "Not arrived", "Not seen", "vielleicht", "Cancelled, but arrived", "No show - attended late", "Ana Ruiz", "12/13/2026", "CA"},
}

func TestStatus(t *testing.T) {
	for want, words := range statuses {
		for _, s := range words {
			for _, s := range []string{s, strings.ToUpper(s), "  " + s + " ."} {
				st := StatusOf(s)
				got := st.Why
				if !st.Known {
					got = "?"
				}
				if got != want {
					t.Errorf("%q: %q, want %q", s, got, want)
				}
			}
		}
	}
}

func TestMarks(t *testing.T) {
	for _, s := range []string{"yes", "Y", "TRUE", "1", "x", "X", "✓", "☑", "☒", "12/01/2026", "2026-12-01T09:00:00Z", "Cancelled", "sick", "Client called", "by Robin", "Patient arrived too late", "sí", "oui", "Ja", "verdadero"} {
		if !Says(s) {
			t.Errorf("%q does not say that it is so", s)
		}
	}
	for _, s := range []string{"", " ", "-", "–", "—", "no", "N", "false", "FALSE", "0", "0.0", "☐", "n/a", "None", "null", "Nein", "non", "Não", "nee", "falso", "Faux", "Not cancelled", "no cancelada", "Active", "confirmed", "0000-00-00", "0001-01-01T00:00:00", "1/1/0001 12:00:00 AM", "1900-01-00", "01/01/1900"} {
		if Says(s) {
			t.Errorf("%q says that it is so", s)
		}
	}
}

func TestParseStatuses(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`Walked in=came,Pulled=cancelled`, "map[Pulled:cancelled Walked in:came]"},
		{` "Walked in" = Came , N.S.=No Show,late=not-booked`, "map[N.S.:no-show Walked in:came late:not booked]"},
		{`a=b=cancelled`, "map[a=b:cancelled]"},
		{``, "a status has no word or no meaning"},
		{`Pulled`, "a status has no word or no meaning"},
		{`=came,Pulled=`, "a status has no word or no meaning; a status has no word or no meaning"},
		{`Pulled=here`, `no status means "here"`},
		{`Pulled=came,Pulled=came`, `the status "Pulled" is given twice`},
	} {
		list, err := ParseStatuses(test.text)
		got := ""
		if err != nil {
			got = strings.ReplaceAll(err.Error(), "\n", "; ")
		} else {
			got = fmt.Sprint(list)
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.text, got, test.want)
		}
	}
}
