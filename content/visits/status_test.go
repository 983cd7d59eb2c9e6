package visits

import (
	"strconv"
	"strings"
	"testing"

	"handout/content"
	"handout/content/visits/field"
)

// The clinic's word counts before ours.
func TestStatusDecided(t *testing.T) {
	in := &intake{statuses: map[string]field.Standing{}, decided: map[string]string{"pulled": "no-show", "completed": "cancelled", "void": content.Came}}
	for s, want := range map[string]string{"Pulled": "no-show", "PULLED!": "no-show", "Completed": "cancelled", "Void": "", "Lunch": "a break", "blocked": "a break"} {
		if st := in.status(s); st.Why != want || !st.Known {
			t.Errorf("%q: %+v", s, st)
		}
	}
}

// What is written beside a name or a service, with the word of the service alone.
func TestBeside(t *testing.T) {
	for _, test := range []struct{ list, want string }{
		{"name\nAna Ruiz (cancelled)\nBo Stone [No-show]\nCANCELLED - Cy Moss\n*NO SHOW* Di Hale\nEd Moor", "Ed Moor"},
		{"name,service\nAna,Massage [Canceled]\nBo,Cancelled: Massage\nCy,Massage (cancelled lunch)\nDi,Massage - Neck\nEd,No show", "Cy Di"},
		{"name\nJoão Cancelo\nAna-Maria Absent\nBo (Annie) Void\nCy Moss (no shoes)", "João Cancelo Ana-Maria Absent Bo (Annie) Void Cy Moss (no shoes)"},
		{"first name,last name\nAna,Ruiz (abgesagt)\nBo,Stone", "Bo Stone"},
	} {
		if got := outcome(t, test.list+"\n", ""); got != test.want {
			t.Errorf("%s: got %s, want %s", test.list, got, test.want)
		}
	}
}

// A time without a name is a break, but not where a formula has looked for the name and
// did not find it.
func TestNameNotFound(t *testing.T) {
	for list, want := range map[string]string{
		"name,date\n#N/A,2026-11-29\n,2026-11-29":                       "2",
		"first name,last name,time\n#N/A,#N/A,9:00\n,,10:00\n-,-,11:00": "2",
		"name,date\n\"\",2026-11-29":                                    "",
	} {
		l, err := Read("l.csv", strings.NewReader(list+"\n"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var wrong []string
		for _, r := range l.Rows {
			if r.Skip == "" && r.Err != nil && r.Err.Error() == "the name is missing" {
				wrong = append(wrong, strconv.Itoa(r.Number))
			}
		}
		if got := strings.Join(wrong, " "); got != want {
			t.Errorf("%q: rows %s are wrong, want %s", list, got, want)
		}
	}
}
