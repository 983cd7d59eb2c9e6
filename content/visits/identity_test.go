package visits

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"handout/content/visits/field"
)

// readDay reads a list of rows: see its headings.
func readDay(t *testing.T, rows ...string) *List {
	t.Helper()
	l, err := Read("day.csv", strings.NewReader("visit,patient number,name,birth date,email,email consent,date,time,therapist,handout\n"+strings.Join(rows, "\n")+"\n"),
		Options{Columns: map[field.Field]string{field.ID: "visit", field.Number: "patient number", field.Born: "birth date"}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Rows of two visits, or of two people, each have a page; rows that are one have one.
func TestSame(t *testing.T) {
	for _, c := range []struct{ name, first, second, want string }{
		{"twice", "7,,Ana Ruiz,,,,2026-12-02,09:00,Robin,sciatica", "7,,ana ruiz,,,,2026-12-02,09:00,Robin,sciatica", "the same as row 2"},
		{"two numbers", "7,,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", "8,,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", ""},
		{"one number", "7,,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", ",,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", "the same as row 2"},
		{"two therapists", ",,Ana Ruiz,,,,2026-12-02,09:00,Robin,sciatica", ",,Ana Ruiz,,,,2026-12-02,09:00,Sam,sciatica", ""},
		{"one therapist", ",,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", ",,Ana Ruiz,,,,2026-12-02,09:00,Sam,sciatica", "the same as row 3"},
		{"a number moved on its day", "7,,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", "7,,Ana Ruiz,,,,2026-12-02,10:00,,sciatica", "the same as row 2"},
		{"two at one visit", "7,,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", "7,,Bo Ruiz,,,,2026-12-02,09:00,,sciatica", ""},
		{"two patients' numbers", "7,1,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", "7,2,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", ""},
		{"two birth dates", ",,Ana Ruiz,1950-01-02,,,2026-12-02,09:00,,sciatica", ",,Ana Ruiz,1990-01-02,,,2026-12-02,09:00,,sciatica", ""},
		{"two addresses", ",,Ana Ruiz,,a@b.example,,2026-12-02,09:00,,sciatica", ",,Ana Ruiz,,c@b.example,,2026-12-02,09:00,,sciatica", ""},
		{"two pages", "7,,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", "7,,Ana Ruiz,,,,2026-12-02,09:00,,neck-and-desk", ""},
		{"two walk-ins", ",,Walk-In,,,,2026-12-02,09:00,,sciatica", ",,Walk-In,,,,2026-12-02,09:00,,sciatica", ""},
		{"two walk-ins without a time", ",,Guest,,,,,,,sciatica", ",,Walk-In,,,,,,,sciatica", ""},
		{"one walk-in by its number", "7,,Walk-In,,,,2026-12-02,09:00,,sciatica", "7,,Walk-In,,,,2026-12-02,09:00,,sciatica", "the same as row 2"},
		{"two times", ",,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", ",,Ana Ruiz,,,,2026-12-02,10:00,,sciatica", ""},
	} {
		l := readDay(t, c.first, c.second)
		if got := l.Rows[0].Skip + l.Rows[1].Skip; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	// Who refused in one of two rows has refused.
	l := readDay(t, "7,,Ana Ruiz,,a@b.example,yes,2026-12-02,09:00,,sciatica", "7,,Ana Ruiz,,a@b.example,no,2026-12-02,09:00,,sciatica")
	if l.Rows[0].Consent != Refused || l.Rows[1].Skip == "" {
		t.Errorf("consent %s", l.Rows[0].Consent)
	}
	l = readDay(t, "1,,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", "2,,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", "2,,Ana Ruiz,,,,2026-12-02,09:00,,sciatica", ",,Bo Ruiz,,,,2026-12-02,09:00,,sciatica")
	want := "[rows that are there twice have one page: 4 as 3 rows of one person at one time, with two visit numbers or therapists, have a page each: 2 and 3]"
	if got := fmt.Sprint(l.Notes); got != want {
		t.Errorf("it notes %s, want %s", got, want)
	}
}

// In any order of the rows the same people have pages, each is told apart from the
// others by the same words, and nobody's only row is left out.
func TestPermuted(t *testing.T) {
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 0))
		of := func(list ...string) string { return list[random.IntN(len(list))] }
		var rows []string
		for range 2 + random.IntN(6) {
			rows = append(rows, strings.Join([]string{of("", "1", "2"), of("", "", "p1", "p2"), of("Ana Ruiz", "ana ruiz", "Bo Stone"), of("", "1950-01-02", "1990-05-06"),
				of("", "a@b.example", "c@b.example"), "", "2026-12-02", of("", "09:00", "10:00"), of("", "", "Robin", "Sam"), of("sciatica", "sciatica", "neck-and-desk")}, ","))
		}
		// who is all that can be said of a row's person, with what tells them apart here.
		who := func(rows []string) []string {
			l := readDay(t, rows...)
			var list []string
			for i := range l.Rows {
				r := &l.Rows[i]
				if r.Skip == "" {
					list = append(list, strings.ToLower(strings.Join([]string{r.Name, r.Person(), r.addresses()}, " ")))
				}
			}
			slices.Sort(list)
			return slices.Compact(list)
		}
		want := who(rows)
		for range 5 {
			mixed := slices.Clone(rows)
			random.Shuffle(len(mixed), func(a, b int) { mixed[a], mixed[b] = mixed[b], mixed[a] })
			if got := who(mixed); !slices.Equal(got, want) {
				t.Fatalf("seed %d: of %q\n%q, and in another order\n%q", seed, rows, want, got)
			}
		}
		// Every row that is left out has one that stands for it.
		l := readDay(t, rows...)
		for i := range l.Rows {
			r := &l.Rows[i]
			if r.Skip == "" {
				continue
			}
			if !slices.ContainsFunc(l.Rows, func(s Row) bool {
				differ := func(a, b string) bool { return a != "" && b != "" && a != b }
				return s.Skip == "" && r.Skip == "the same as row "+s.Place() && strings.EqualFold(r.Name, s.Name) && r.PatientID == s.PatientID &&
					r.Born.Equal(s.Born) && r.addresses() == s.addresses() && r.Handout == s.Handout && !differ(r.ID, s.ID) && !differ(r.Therapist, s.Therapist) &&
					(r.Start.Equal(s.Start) || r.ID != "" && r.ID == s.ID)
			}) {
				t.Fatalf("seed %d: of %q row %s is %s", seed, rows, r.Place(), r.Skip)
			}
		}
	}
}

// Two rows are one only if they are alike in every field but those that are named: they
// are found by reflection, so that a new one counts.
func TestEveryFieldIsAskedFor(t *testing.T) {
	row := reflect.TypeFor[Row]()
	for _, name := range apart {
		if _, ok := row.FieldByName(name); !ok {
			t.Errorf("a row has no %s", name)
		}
	}
	for i := range row.NumField() {
		name := row.Field(i).Name
		var r Row
		switch f := reflect.ValueOf(&r).Elem().Field(i); f.Interface().(type) {
		case string:
			f.SetString("x")
		case bool:
			f.SetBool(true)
		case int, Consent:
			f.Set(reflect.ValueOf(1).Convert(f.Type()))
		case time.Time:
			f.Set(reflect.ValueOf(time.Unix(100_000, 0)))
		case []string:
			f.Set(reflect.ValueOf([]string{"a@mail.example"}))
		default:
			if !slices.Contains(apart, name) {
				t.Errorf("%s: a %s is not known to this test", name, f.Type())
			}
			continue
		}
		if differ := r.asks() != new(Row).asks(); differ == slices.Contains(apart, name) {
			t.Errorf("another %s makes another row: %v", name, differ)
		}
	}
}
