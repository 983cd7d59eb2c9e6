package visits

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"handout/content/visits/field"
)

// outcome shows what became of a list in a line: who gets a page, in how much doubt, or
// the error.
func outcome(t *testing.T, list string, columns string) string {
	t.Helper()
	var o Options
	if columns != "" {
		var err error
		if o.Columns, err = field.ParseColumns(columns); err != nil {
			t.Fatal(err)
		}
	}
	l, err := Read("x", strings.NewReader(list), o)
	if err != nil {
		return strings.ReplaceAll(strings.TrimPrefix(err.Error(), "x: "), "\nx: ", "; ")
	}
	var parts []string
	for _, r := range l.Rows {
		if r.Skip == "" {
			s := r.Name
			if r.Doubtful {
				s += "?"
			}
			parts = append(parts, s)
		}
	}
	for _, s := range l.Statuses {
		parts = append(parts, fmt.Sprintf("%q=%d", s.Word, s.Rows))
	}
	return strings.Join(parts, " ")
}

const unread = " is not read, and 1 row says there that the visit was cancelled or missed"

// A column that nobody reads and that says who cancelled is an error, in any system;
// one that only speaks of it is not.
func TestUnread(t *testing.T) {
	for _, test := range []struct{ list, columns, want string }{
		{"name,date,What\nAna,2026-12-02,\nBo,2026-12-02,Cancelled", "", `the column "What"` + unread},
		{"name,date,What\nAna,2026-12-02,Abgesagt vom Patienten\nBo,2026-12-02,no show", "", `the column "What" is not read, and 2 rows say there that the visit was cancelled or missed`},
		{"name,date,What\nAna,2026-12-02,\nBo,2026-12-02,Cancelled", "status=What", "Ana"},
		{"name,date,What\nAna,2026-12-02,\nBo,2026-12-02,Cancelled", "ignore=What", "Ana Bo"},
		{"name,date,What,More\nAna,2026-12-02,,Did not attend\nBo,2026-12-02,Cancelled,", "ignore=What,ignore=More", "Ana Bo"},
		{"name,date,What,More\nAna,2026-12-02,,Did not attend\nBo,2026-12-02,Cancelled,", "status=What,status=More", ""},
		{"name,date,What,More\nAna,2026-12-02,,Did not attend\nBo,2026-12-02,Cancelled,", "", `the column "More"` + unread + `; the column "What"` + unread},
		{"name,date,\nAna,2026-12-02,\nBo,2026-12-02,Cancelled", "", "column 3" + unread},
		{"name,date,\nAna,2026-12-02,\nBo,2026-12-02,Cancelled", "status=column 3", "Ana"},
		// in a known system
		{"Client,Clinician,Date of Service,Remark\nAna,Robin,2026-12-02,\nBo,Robin,2026-12-02,No show", "", `the column "Remark"` + unread},
		// in JSON lines
		{"{\"name\": \"Ana\"}\n{\"name\": \"Bo\", \"what\": \"cancelled\"}\n", "", `the column "what"` + unread},
		{"{\"name\": \"Ana\"}\n{\"name\": \"Bo\", \"what\": \"cancelled\"}\n", "ignore=what", "Ana Bo"},
		{"{\"name\": \"Ana\"}\n{\"name\": \"Bo\", \"what\": \"cancelled\"}\n", "status=what", "Ana"},
		// a heading that speaks of it, over yes and no
		{"name,date,Cancelled by whom\nAna,2026-12-02,no\nBo,2026-12-02,Yes", "", `the column "Cancelled by whom"` + unread},
		// codes, where all the others are statuses, too
		{"name,date,Result\nAna,2026-12-02,Attended\nBo,2026-12-02,DNA\nCy,2026-12-02,", "", `the column "Result"` + unread},
		{"name,date,Province\nAna,2026-12-02,ON\nBo,2026-12-02,NS\nCy,2026-12-02,", "", "Ana Bo Cy"},
		{"name,date,Province\nAna,2026-12-02,NS\nBo,2026-12-02,NS\nCy,2026-12-02,", "", "Ana Bo Cy"},
		{"name,date,Outcome\nAna,2026-12-02,Attended\nBo,2026-12-02,Attended\nCy,2026-12-02,DNA\nDee,2026-12-02,Beamed", "", `the column "Outcome"` + unread},
		{"name,date,Outcome\nAna,2026-12-02,Attended\nBo,2026-12-02,better\nCy,2026-12-02,DNA\nDee,2026-12-02,worse", "", "Ana Bo Cy Dee"},
		// a dose in a column of its own
		{"name,handout,stretches,Hold,Reps\nAna,sciatica,figure-4,20s,\nBo,sciatica,figure-4,,", "", `the column "Hold" is not read, and may have a part of a dose`},
		{"name,handout,stretches,Hold\nAna,sciatica,figure-4,20s", "ignore=Hold", "Ana"},
		{"name,handout,Exercise left,Links\nAna,sciatica,figure-4,", "", `the column "Exercise left" is not read, and may have a part of a dose`},
		{"name,handout,Sessions left\nAna,sciatica,4", "", "Ana"},
		{"name,date,On hold\nAna,2026-12-02,yes", "", "Ana"},
		// the status that is read says that the patient came
		{"name,date,status,Notes\nAna,2026-12-02,Arrived,cancelled last week\nBo,2026-12-02,Booked,", "", "Ana Bo"},
		{"name,date,status,Notes\nAna,2026-12-02,Arrived,\nBo,2026-12-02,Booked,cancelled last week", "", `the column "Notes"` + unread},
		// what is said of it is no status
		{"name,date,Notes\nAna,2026-12-02,cancelled last week and came today\nBo,2026-12-02,asked about the cancellation policy\nCy,2026-12-02,no show twice in May", "", "Ana Bo Cy"},
		{"name,date,Cancellation policy accepted\nAna,2026-12-02,yes\nBo,2026-12-02,no", "", "Ana Bo"},
		{"name,date,Cancellation fee\nAna,2026-12-02,25.00\nBo,2026-12-02,0", "", "Ana Bo"},
		{"name,date,Total cancellations,No-shows\nAna,2026-12-02,2,1\nBo,2026-12-02,0,3", "", "Ana Bo"},
		{"name,date,Payment status,Membership\nAna,2026-12-02,Void,Cancelled\nBo,2026-12-02,Paid,Active", "", "Ana Bo"},
		{"name,date,Reminder,Insurance\nAna,2026-12-02,Declined,Denied\nBo,2026-12-02,Sent,Missed", "", "Ana Bo"},
		{"name,date,Notes\nAna,2026-12-02,not cancelled\nBo,2026-12-02,did not cancel", "", "Ana Bo"},
		{"name,date,Emergency contact\nAna,2026-12-02,João Cancelo\nBo,2026-12-02,", "", "Ana Bo"},
		// who is left out anyhow is no news
		{"name,date,status,Notes\nAna,2026-12-02,arrived,\nBo,2026-12-02,cancelled,cancelled", "", "Ana"},
	} {
		if got := outcome(t, test.list+"\n", test.columns); got != test.want {
			t.Errorf("%s with %q: got %s, want %s", test.list, test.columns, got, test.want)
		}
	}
}

// What several columns say of a visit, and what is told of words that nobody knows.
func TestStatusColumns(t *testing.T) {
	for _, test := range []struct{ list, want string }{
		{"name,Client Status,Appt Status\nAna,Active,Arrived\nBo,Active,Cancelled\nCy,Inactive,Arrived", "Ana"},
		{"name,Appt Status,Client Status\nAna,Arrived,Active\nBo,Cancelled,Active\nCy,Beamed,Active", `Ana Cy? "Beamed"=1`},
		{"name,status\nAna,Beamed in\nBo,beamed IN\nCy,Pulled", `Ana? Bo? Cy? "Beamed in"=2 "Pulled"=1`},
		{"name,status\nAna,by the back door with a friend and a dog\nBo,bo@mail.example\nCy,5550101\nDee Ash,Ash", `Ana? Bo? Cy? Dee Ash? ""=4`},
		{"name,status\n" + strings.Join([]string{"A,a1", "B,b2", "C,c3", "D,d4", "E,e5", "F,f6", "G,g7", "H,h8", "I,i9", "J,j10", "K,k11", "L,l12", "M,m13"}, "\n"), `A? B? C? D? E? F? G? H? I? J? K? L? M? ""=13`},
		{"name,status\nAna Ruiz,Bo Stone\nBo Stone,Beamed", `Ana Ruiz? Bo Stone? ""=1 "Beamed"=1`},
		{"name,state,status\nAna,NV,arrived\nBo,NV,cancelled", "Ana"},
		{"name,time,therapist\nAna,9:00,Robin\nBo,cancelled,Robin\nCy,10:00,NO SHOW", "Ana"},
		{"name,city,state\nAna,Reno,NV\nBo,Elko,NV", "Ana Bo"},
		{"name,state\nAna,arrived\nBo,cancelled", "Ana"},
		{"name,estado,ciudad\nAna,Jalisco,Tonalá", "Ana"},
		{"name,Attended?\nAna,Yes\nBo,No\nCy,", "Ana Cy"},
		{"name,Attended?\nAna,No\nBo,No\nCy,", "Ana Bo Cy"},
		{"name,Attended?\nAna,Yes\nBo,Cancelled\nCy,DNA", "Ana"},
		{"name,Active\nAna,Yes\nBo,No\nCy,Inactive\nDee,1\nEve,0", "Ana Dee"},
		{"name,Inactive,Deleted?\nAna,No,\nBo,Yes,\nCy,,x", "Ana"},
		{"name,Cancelled?,Cancellation reason\nAna,N,\nBo,Y,\nCy,,sick\nDee,–,n/a", "Ana Dee"},
		{"name,Cancelled Date,No Show Flag\nAna,0001-01-01T00:00:00,0\nBo,2026-12-01,0\nCy,,1", "Ana"},
		{"{\"name\": \"Ana\", \"is_cancelled\": false, \"cancelledAt\": null}\n{\"name\": \"Bo\", \"is_cancelled\": true, \"no_show\": false}\n{\"name\": \"Cy\", \"cancelled\": false, \"canceled\": true}", "Ana"},
	} {
		if got := outcome(t, test.list+"\n", ""); got != test.want {
			t.Errorf("%s: got %s, want %s", test.list, got, test.want)
		}
	}
}

// First names without last ones are asked about, if a column may have them; a name in
// two columns is one.
func TestFirstAndLast(t *testing.T) {
	const asks = "the list has first names, but no column known to have last names; the headings are "
	for _, test := range []struct{ list, columns, want string }{
		{"First Name,Family,Date\nAna,Ruiz,2026-12-02", "", asks + `"First Name", "Family", "Date"`},
		{"First Name,Family,Date\nAna,Ruiz,2026-12-02", "last name=Family", "Ana Ruiz"},
		{"First Name,Family,Date\nAna,Ruiz,2026-12-02", "name=First Name", "Ana"},
		{"First,Family,Date\nAna,Ruiz,2026-12-02", "", asks + `"First", "Family", "Date"`},
		{"First Name,Date,Handout\nAna,2026-12-02,sciatica", "", "Ana"},
		{"Vorname;Name;Datum\nAna;Ruiz;2.12.2026", "", "Ana Ruiz"},
		{"Prénom;Nom;Date\nAna;Ruiz;2.12.2026", "", "Ana Ruiz"},
		{"Nombre,Apellidos,Fecha\nAna,Ruiz,2026-12-02", "", "Ana Ruiz"},
		{"Nombre,Fecha,Sala\nAna Ruiz,2026-12-02,3", "", "Ana Ruiz"},
		{"Nome,Cognome,Data\nAna,Ruiz,2026-12-02", "", "Ana Ruiz"},
		{"{\"firstName\": \"Ana\", \"family\": \"Ruiz\"}", "", `the list has first names, but no key known to have last names; the keys are "family", "firstName"`},
		{"{\"firstName\": \"Ana\", \"family\": \"Ruiz\"}", "last name=family", "Ana Ruiz"},
		{"Patient,Patient Name,Date\n1001,Ana Ruiz,2026-12-02", "", "Ana Ruiz"},
		{"Client,Name,Date\nAna Ruiz,Massage,2026-12-02", "", "Ana Ruiz"},
		{"First Name,Name,Date\nAna,Ana Ruiz,2026-12-02", "", "Ana Ruiz"},
	} {
		if got := outcome(t, test.list+"\n", test.columns); got != test.want {
			t.Errorf("%s with %q: got %s, want %s", test.list, test.columns, got, test.want)
		}
	}
}

// The day a booking was made on is not the day of the visit, if that is there.
func TestBookingDate(t *testing.T) {
	for list, want := range map[string]string{
		"Name,Booking Date,Booking Time\nAna,2026-12-02,9:00":                           "2026-12-02 09:00",
		"Name,Booking Date,Appointment Date\nAna,2026-11-02,2026-12-02":                 "2026-12-02 00:00",
		"Name,Booking Date,Start\nAna,2026-11-02,2026-12-02 9:00":                       "2026-12-02 09:00",
		"Name,Date Scheduled,Appt Date,Appt Time\nAna,2026-11-02,2026-12-02,9:00":       "2026-12-02 09:00",
		"Paciente,Fecha de la cita,Hora de la cita\nAna,2026-12-02,9:00":                "2026-12-02 09:00",
		"Patient;Termindatum;Terminzeit;Terminstatus\nAna;2026-12-02;9:00;wahrgenommen": "2026-12-02 09:00",
	} {
		l, err := Read("x", strings.NewReader(list+"\n"), Options{})
		if err != nil || l.Rows[0].Start.Format("2006-01-02 15:04") != want {
			t.Errorf("%s: %v, want %s", list, l, want)
		}
	}
}

// What may be somebody's name is not told as a heading.
func TestHeadingsTold(t *testing.T) {
	for list, want := range map[string]string{
		"May Day,Status,Language\n":                                            `no column has the patients' names; the headings are "column 1", "Status", "Language"`,
		"Quillfeather,Service,Start\nInkwell,x,y\n":                            `no column has the patients' names; the headings are "column 1", "Service", "Start"`,
		"Date,Patient: Ana Quillfeather,Status\n2026-12-02,x,y\n":              `no column has the patients' names; the headings are "Date", "column 2", "Status"`,
		"May Quillfeather,Patient,Status,Service\nBo Inkwell,Client,Active,\n": `[column 1]`,
		"Date,Cliennt,Notes,Email\n2026-12-02,Ana,y,\n":                        `no column has the patients' names; the headings are "Date", "Cliennt", "Notes", "Email"`,
	} {
		got := outcome(t, list, "")
		if l, err := Read("x", strings.NewReader(list), Options{}); err == nil {
			got = fmt.Sprint(l.Ignored)
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", list, got, want)
		}
	}
	l, err := Read("x", strings.NewReader("Name,Date,Name: Ana Quillfeather,Farbe,ana 1984\nAna,2026-12-02,,,\n"), Options{})
	if err != nil || fmt.Sprint(l.Ignored) != "[column 3 Farbe column 5]" {
		t.Errorf("%v, %v", l, err)
	}
}

// What is typed beside the last column of a sheet is heard, too.
func TestBeyondTheHeadings(t *testing.T) {
	_, err := Read("x", bytes.NewReader(workbook(t, nil, [][]any{{"name", "date"}, {"Ana", 46358}, {"Bo", 46358, "", "cancelled"}})), Options{})
	const want = "x: column 4 is not read, and 1 row says there that the visit was cancelled or missed\n    hint: give it a heading in the list, status, or take it out\n"
	if got := shownError(err); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
