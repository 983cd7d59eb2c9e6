package field

import "testing"

// headings by what they feed; none is under "".
var headings = map[string][]string{
	"visit":          {"Visit", "Appointment ID", "Appt ID", "ApptNo", "appt_id", "sched.ID", "Booking Ref", "Visit Number", "Termin-Nr.", "N° de rendez-vous", "Nº de cita"},
	"patient number": {"Patient Number", "Client ID", "Pt ID", "patientid", "Kundennummer", "Klant nr"},
	"date":           {"Date", "Appt Date", "apptdate", "Appointment Date", "Appt. Date:", "Date of Service", "Date of Visit", "sched.Date", "Visit Day", "Fecha", "Fecha de la cita", "Datum", "Termindatum", "Datum des Termins", "Date du RDV", "Date de rendez-vous", "Data da consulta", "Data appuntamento", "Datum afspraak", "StartDate", "APPT_DTTM", "Appt Date and Time", "Fecha y hora", "Datum/Uhrzeit", "Date et heure"},
	"time":           {"Time", "Appt Time", "ApptStartTime", "apptstarttime", "sched.StartTime", "Start Time", "Hora de la cita", "Uhrzeit", "Terminzeit", "Heure du rendez-vous", "Ora", "Hora da marcação", "Tijd", "Scheduled Start", "Heure de début", "Startzeit", "Hora de inicio"},
	"first name":     {"First Name", "First", "Patient First Name", "patient firstname", "Client's First Name", "Vorname", "Vorname des Patienten", "Prénom", "Prénom du patient", "Voornaam", "Given Name"},
	"last name":      {"Last Name", "LastName", "patient lastname", "Surname", "Family name", "Nachname", "Apellidos", "Apellido paterno", "Nom de famille", "Sobrenome", "Achternaam", "Cognome", "Familienname"},
	"name":           {"Name", "Patient", "Patient Name", "Client", "Pt Name", "Nombre del paciente", "Nom du patient", "Patientenname", "Nome do paciente", "Nome del paziente", "Naam", "Naam patiënt", "Kunde", "Paciente", "Cliente", "Patient(s)", "Nom et prénom", "Nombre y apellidos", "Cognome e nome"},
	"email":          {"Email", "E-mail", "E-Mail-Adresse", "Patient Email", "Client E-mail Address", "Correo electrónico", "Courriel"},
	"birth date":     {"DOB", "D.O.B.", "Date of Birth", "patientdob", "Pt DOB", "Client Birthday", "Geburtsdatum", "Fecha de nacimiento", "Date de naissance", "Data de nascimento", "Geboortedatum", "Data di nascita"},
	"therapist":      {"Therapist", "Provider", "Appt Provider", "Practitioner Name", "Staff Member"},
	"service":        {"Service", "Appt Type", "ApptType", "Appointment Type", "Visit type", "Terminart", "Tipo de cita", "Type de rendez-vous", "Tipo de consulta"},
	"language":       {"Language", "Preferred Language", "Patient Language", "Sprache", "Idioma", "Langue", "Idioma del paciente", "Language spoken", "Primary Language", "Muttersprache"},
	"status":         {"Status", "Appt Status", "apptstatus", "ApptStatus", "Appointment Status", "sched.Status", "schedule_status", "Status (Appt)", "Client Status", "Estado", "Estado de la cita", "Statut", "Statut du RDV", "Zustand", "Status des Termins", "Terminstatus", "Situação", "Situação da consulta", "Stato", "Stato appuntamento", "Stato dell'appuntamento", "Afspraakstatus", "Attendance", "Visit Outcome", "APPT_STATUS_NAME", "Visit status / reason", "Status Code", "appt_status_desc"},
	"cancelled":      {"Cancelled", "Canceled?", "Cancelled?", "Is Cancelled", "isCancelled", "sched.Canceled", "Cancelled At", "cancelled_at", "Cancellation Reason", "Reason for Cancellation", "Cancellation Date", "apptcancelleddate", "Date Cancelled", "Cancelled By", "CANCEL_REASON_NAME", "Cancelled (Y/N)", "Late Cancel", "Appt Cancelled Flag", "Void", "Voided?", "Anulada", "Anulado (S/N)", "Cita cancelada", "Abgesagt", "Abgesagt am", "Storniert?", "Storno", "Annulé", "Annulé le", "Annulation", "Desmarcado", "Geannuleerd", "Afgezegd op", "Annullato", "Disdetto", "CX", "Cancel Dt", "Grund der Absage", "Date d'annulation", "Motivo de anulación"},
	"no-show":        {"No Show", "No-Show?", "No Show Flag", "NoShow", "is_no_show", "Did not arrive", "did_not_attend", "DNA", "FTA", "Missed", "Nicht erschienen", "No se presentó", "Faltó", "Faltou", "Absent", "Non venu", "Niet verschenen", "Assente"},
	"archived":       {"Deleted?", "Deleted", "is_deleted", "Deleted At", "Archived", "sched.Deleted", "Gelöscht"},
	"deceased":       {"Deceased", "Deceased At", "Inactive", "Inactive?", "Is Inactive", "Patient Inactive", "Inaktiv", "Inactivo", "Discharged", "Date of Death"},
	"attended":       {"Attended", "Attended?", "Showed", "Asistió", "Erschienen", "Patient attended", "Appt Kept", "Did attend", "Show/No Show"},
	"active":         {"Active", "Active?", "Is Active", "Client Active", "Aktiv"},
	"": {"Notes", "Cancellation Policy Accepted", "Cancellation fee", "Cancel URL", "Reschedule Link", "Total cancellations", "Cancellations", "No Shows", "Number of no-shows", "Last no-show", "Late cancel charge", "Date Rescheduled", "Date Scheduled",
		"Payment Status", "Insurance Status", "Marital Status", "Reminder Status", "Membership cancelled", "Phone", "Appointment End", "Visit Code", "Apt", "Apt No", "Patient Notes", "Client since", "Appointment Price", "Next appointment date", "Last Visit Date",
		"Previous appointment status", "Created", "Blocked", "Paid?", "Room", "Guardian Name", "Emergency contact", "Name: Ana Ruiz", "Visit count", "Referring provider", "Reason for visit", ""},
}

func TestFieldOf(t *testing.T) {
	for want, list := range headings {
		for _, s := range list {
			if got := Of(s).String(); got != want {
				t.Errorf("%q feeds %q, want %q", s, got, want)
			}
		}
	}
}
