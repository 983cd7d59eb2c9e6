package content

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func brandWith(t *testing.T, text string) (*Brand, error) {
	t.Helper()
	return ReadBrand(folderWith("x.yaml", []byte(text)), "x.yaml")
}

func TestService(t *testing.T) {
	b, err := brandWith(t, `services:
  Deep tissue 60: sciatica
  "Desk *": {handout: neck-and-desk, stretches: [chin-tuck, doorway-chest:hold=20s]}
  "* tissue *": after-massage
  "*":
    stretches:
      - figure-4
      - cat-cow:reps=5
  Cr*p*e: crepe
  No stretches: {handout: sciatica, stretches: none}
  Consultation: none
  "60": sixty
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, want string }{
		{"Deep tissue 60", "sciatica"},
		{"  DEEP  Tissue 60 ", "sciatica"},
		{"Deep tissue 90", "after-massage"},
		{"Desk check", "neck-and-desk 3 chin-tuck doorway-chest"},
		{"Desk", " 7 figure-4 cat-cow"},
		{"desk tissue day", "after-massage"}, // more letters than "Desk *"
		{"crepe", "crepe"},
		{"cr suzette", " 7 figure-4 cat-cow"},
		{"No stretches", "sciatica chosen"},
		{"consultation", "none"},
		{"60", "sixty"},
		{"", " 7 figure-4 cat-cow"},
	} {
		s, ok := b.Service(test.name)
		if !ok {
			t.Errorf("%q: there is none", test.name)
			continue
		}
		got := s.Handout
		if s.None {
			got += "none"
		}
		if s.Chosen && len(s.Stretches) == 0 {
			got += " chosen"
		}
		for i, c := range s.Stretches {
			if i == 0 {
				got += fmt.Sprintf(" %d", c.Line)
			}
			got += " " + c.ID
		}
		if got != test.want {
			t.Errorf("%q: got %q, want %q", test.name, got, test.want)
		}
	}
	if _, ok := Neutral().Service("Deep tissue 60"); ok {
		t.Error("a brand without services has one")
	}
}

func TestServiceMistakes(t *testing.T) {
	_, err := brandWith(t, `services:
  Massage: {handot: sciatica}
  MASSAGE: sciatica
  Reflexology:
  Sport: {handout: none, stretches: [figure-4]}
  Hot stone: {stretches: [figure-4:hold=20h, cat-cow:sides=left]}
  Cupping: sciatica, figure-4
`)
	var errs Errors
	if !errors.As(err, &errs) {
		t.Fatal(err)
	}
	want := []string{
		`x.yaml:2:13: there is no key called "handot"`,
		`x.yaml:2:12: a service has a handout, stretches or both`,
		`x.yaml:3:3: there are two services called "MASSAGE"`,
		`x.yaml:4:3: Reflexology: the handout is missing`,
		`x.yaml:5:10: without a handout there is no place for stretches`,
		`x.yaml:6:27: figure-4: hold is from 0s to 5m, in whole seconds, like 20s`,
		`x.yaml:6:46: cat-cow: a dose has no "sides"`,
		`x.yaml:7:12: a handout's name has no commas and no doses`,
	}
	got := strings.Split(errs.Error(), "\n")
	for _, w := range want {
		found := false
		for i, g := range got {
			if g == w {
				got, found = append(got[:i:i], got[i+1:]...), true
				break
			}
		}
		if !found {
			t.Errorf("not told: %s", w)
		}
	}
	if len(got) > 0 {
		t.Errorf("told beside: %q", got)
	}
}

func TestStatuses(t *testing.T) {
	b, err := brandWith(t, `statuses:
  Walked in: came
  "N/S": No-Show
  Pulled:  cancelled
  7: not booked
`)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(b.Statuses), "map[7:not booked N/S:no-show Pulled:cancelled Walked in:came]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	_, err = brandWith(t, `statuses:
  Pulled: cancled
  Moved:
  "": came
`)
	want := `x.yaml:2:11: there is no "cancled" here; x.yaml:3:3: Moved: what it means is missing; x.yaml:4:3: a status has 1 to 120 characters`
	if got := strings.ReplaceAll(fmt.Sprint(err), "\n", "; "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, err = brandWith(t, "statuses: came\n"); err == nil || err.Error() != "x.yaml:1:11: statuses are words with what they mean" {
		t.Error(err)
	}
}
