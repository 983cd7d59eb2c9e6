package field

import (
	"strings"
	"testing"
)

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

// Usual exports in seven languages, each heading with what it feeds; what feeds nothing is told as unread.
var exports = []string{
	"Termin-ID=visit Datum=date Zeit=time Uhrzeit=time Beginn=time Ende= Bis= Name=name Name,_Vorname=name Vor-_und_Nachname=name Vorname=first_name Nachname=last_name Patient/in=name Kunde=name E-Mail-Adresse=email geb.=birth_date " +
		"Behandler/in=therapist Therapeut/in=therapist Mitarbeiter/in=therapist Leistung=service Terminart=service Status=status Abgesagt=cancelled Nicht_erschienen=no-show Übung=stretches Übungen=stretches Dehnübungen=stretches " +
		"Übung_1=stretches Seite=side Betroffene_Seite=side Merkblatt=handout Notiz= Telefon= Betreff= Raum= Sprache=language",
	"ID_de_la_cita=visit Fecha=date Hora_de_inicio=time Inicio=time Horario=time Hora_de_fin= Nombre_y_apellidos=name Apellidos_y_nombre=name Apellidos=last_name Paciente=name Correo_electrónico=email Dirección_de_correo=email " +
		"Fecha_de_nacimiento=birth_date F._nacimiento=birth_date Terapeuta=therapist Empleado=therapist Servicio=service Tipo_de_cita=service Estado=status Cancelada=cancelled No_asistió=no-show Ejercicios=stretches Estiramientos=stretches " +
		"Lado=side Folleto=handout Nota= Teléfono= Próxima_cita= Idioma=language",
	"Date_du_rendez-vous=date Heure_de_début=time Début=time Horaire=time Fin= Nom=name Prénom=first_name Nom_et_prénom=name Nom_du_patient=name Adresse_e-mail=email Courriel=email Né(e)_le=birth_date Kinésithérapeute=therapist Thérapeute=therapist " +
		"Prestation=service Type_de_rendez-vous=service Motif= Statut=status Annulé=cancelled Absent=no-show Exercices=stretches Étirements=stretches Côté=side Remarque= Téléphone= Langue=language N°_patient=patient_number",
	"Data_appuntamento=date Ora_di_inizio=time Inizio=time Orario=time Fine= Cognome_e_nome=name Nominativo=name Paziente=name Indirizzo_email=email Posta_elettronica=email Data_di_nascita=birth_date Fisioterapista=therapist Operatore=therapist " +
		"Prestazione=service Tipo_appuntamento=service Stato=status Annullato=cancelled Non_presentato=no-show Esercizi=stretches Allungamenti=stretches Lato=side Telefono= Lingua=language Codice_paziente=patient_number",
	"Data_da_consulta=date Hora_de_início=time Início=time Horário=time Fim= Nome_completo=name Nome_e_apelido=name Apelido=last_name Paciente=name Utente=name Correio_eletrónico=email Data_de_nascimento=birth_date Profissional=therapist " +
		"Serviço=service Tratamento=service Procedimento=service Tipo_de_consulta=service Situação=status Cancelado=cancelled Faltou=no-show Exercícios=stretches Alongamentos=stretches Lado=side Folheto=handout Telefone= Língua=language",
	"Afspraaknummer=visit Datum=date Begintijd=time Starttijd=time Aanvang=time Eindtijd= Volledige_naam=name Voornaam=first_name Tussenvoegsel=particle Achternaam=last_name Patiënt=name Klantnaam=name E-mailadres=email Geboortedatum=birth_date " +
		"Fysiotherapeut=therapist Medewerker=therapist Behandeling=service Soort_afspraak=service Status=status Geannuleerd=cancelled Niet_verschenen=no-show Oefeningen=stretches Rekoefeningen=stretches Zijde=side Notitie= Telefoon= Taal=language",
	// market.md: Jane, Cliniko, Acuity, SimplePractice, Mindbody, Square, Fresha
	"Appointment_Start_Date_&_Time=date Patient_Number=patient_number Patient_First_Name=first_name Patient_Last_Name=last_name Treatment_Name=service Staff_Member_Name=therapist Status=status Notes= Treatment_Price= Preferred_Name=preferred_name " +
		"Birth_Date=birth_date Deceased_At=deceased Discharged_At=deceased Guardian_Name= Emergency_Contact_Name= Family_Doctor_Name= Marketing_Email_Opt-In= " +
		"patient_name=name starts_at=date cancelled_at=cancelled did_not_arrive=no-show date_of_birth=birth_date preferred_first_name=preferred_name accepted_email_marketing= archived_at=archived " +
		"Start_Time=time First_Name=first_name Last_Name=last_name Canceled=cancelled Appointment_ID=visit Date_Rescheduled= Timezone= " +
		"Client=name Clinician=therapist Date_of_Service=date Primary_Clinician=therapist Client_First_Name=first_name Client_Email=email Class_Date=date Service_Name=service Staff_Name=therapist Booking_Status=status Visit_ID=visit " +
		"Customer_Name=name Customer_Email=email Appointment_At=date Team_Member=therapist Customer_Notes= Appointment_reference=visit Scheduled_date=date Scheduled_time=time Services=service " +
		"Stretch_1=stretches Stretch_2=stretches Exercise=stretches Affected_side=side Subject= End_Date=",
}

func TestExports(t *testing.T) {
	for _, export := range exports {
		for _, s := range strings.Fields(export) {
			heading, want, _ := strings.Cut(strings.ReplaceAll(s, "_", " "), "=")
			if got := Of(heading).String(); got != want {
				t.Errorf("%q feeds %q, want %q", heading, got, want)
			}
		}
	}
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
