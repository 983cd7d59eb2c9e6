package day

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/visits"
	"handout/output/store"
)

// today is the date of every page made here.
var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// rosterOf is a list of lines below the headings visit, date, time, name, birth date,
// email, email consent and handout.
func rosterOf(t *testing.T, lines ...string) *roster {
	t.Helper()
	text := "visit,date,time,name,birth date,email,email consent,handout\n" + strings.Join(lines, "\n") + "\n"
	p, err := press.Open(press.Config{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadList(p, "day.csv", strings.NewReader(text), visits.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &roster{Order: &Order{List: list, Page: press.Request{Made: today, Visit: content.Visit{Date: today}}}, press: p, key: store.Key{1}}
}

// free is a folder that has no page yet.
func free(store.Code, store.Sum) bool { return false }

// codesOf are the codes of the rows, by what stands in their lines.
func codesOf(r *roster, draw func(store.Sum, int) store.Code, taken func(store.Code, store.Sum) bool) map[string]store.Code {
	codes := map[string]store.Code{}
	for _, row := range r.identify(r.schedule(), draw, taken) {
		codes[fmt.Sprint(row.ID, row.Name, row.Born, row.Emails)] = r.known[row].code
	}
	return codes
}

// Whoever has no key learns nothing from a code; whoever has it gets the same again.
func TestCodeNeedsKey(t *testing.T) {
	lines := []string{"1,2026-11-23,09:00,Ana Quillfeather,,,,sciatica", "2,2026-11-23,09:30,Bo Quillfeather,,,,sciatica"}
	one, again, other := rosterOf(t, lines...), rosterOf(t, lines...), rosterOf(t, lines...)
	other.key[31]++
	a, b, c := codesOf(one, store.Sum.Code, free), codesOf(again, store.Sum.Code, free), codesOf(other, store.Sum.Code, free)
	for who, code := range a {
		if b[who] != code || c[who] == code {
			t.Errorf("the codes are %s, again %s, and with another key %s", code, b[who], c[who])
		}
	}
	if len(a) != 2 {
		t.Errorf("%d codes", len(a))
	}
}

// Two of one name have codes of their own, in whatever order they come; and a code
// hangs on nobody's address, but where nothing else tells two apart.
func TestCodeOfTwins(t *testing.T) {
	for _, lines := range [][]string{
		{",2026-11-23,09:00,John Smith,1950-01-02,old@b.example,yes,sciatica", ",2026-11-23,09:00,John Smith,1990-05-06,young@b.example,yes,sciatica"},
		{",2026-11-23,09:00,John Smith,,old@b.example,yes,sciatica", ",2026-11-23,09:00,John Smith,,young@b.example,yes,sciatica"},
		{"7,2026-11-23,,John Smith,,old@b.example,yes,sciatica", "7,2026-11-23,,John Smith,,young@b.example,yes,sciatica", "7,2026-11-23,,John Smith,,,,sciatica"},
	} {
		turned := slices.Clone(lines)
		slices.Reverse(turned)
		a, b := codesOf(rosterOf(t, lines...), store.Sum.Code, free), codesOf(rosterOf(t, turned...), store.Sum.Code, free)
		if len(a) != len(lines) || fmt.Sprint(a) != fmt.Sprint(b) {
			t.Errorf("of %q\n%v, and turned\n%v", lines, a, b)
		}
	}
	code := func(line string) (code store.Code) {
		for _, c := range codesOf(rosterOf(t, line), store.Sum.Code, free) {
			code = c
		}
		return code
	}
	if code(",2026-11-23,09:00,John Smith,,old@b.example,yes,sciatica") != code(",2026-11-23,09:00,John Smith,,right@b.example,yes,sciatica") {
		t.Error("an address that is put right makes another page")
	}
}

// Where there are fewer codes than one would like, every page still has its own, and the
// same one again in a folder that knows it.
func TestCodeClash(t *testing.T) {
	few := func(s store.Sum, try int) store.Code { return store.Code{s.Code(try)[0] & 31} }
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 0))
		var lines []string
		for i := range 20 {
			lines = append(lines, fmt.Sprintf("%d,2026-11-23,09:%02d,Ana Quillfeather the %dth,,,,sciatica", i, i, i))
		}
		r := rosterOf(t, lines...)
		first := codesOf(r, few, free)
		seen := map[store.Code]store.Sum{}
		for _, id := range r.known {
			if _, ok := seen[id.code]; ok {
				t.Fatalf("seed %d: two pages have the code %s", seed, id.code)
			}
			seen[id.code] = id.sum
		}
		random.Shuffle(len(lines), func(a, b int) { lines[a], lines[b] = lines[b], lines[a] })
		taken := func(c store.Code, s store.Sum) bool { was, ok := seen[c]; return ok && was != s }
		if again := codesOf(rosterOf(t, lines[:10+random.IntN(10)]...), few, taken); len(again) < 10 {
			t.Errorf("%d codes", len(again))
		} else {
			for who, code := range again {
				if first[who] != code {
					t.Fatalf("seed %d: a page had the code %s, and has %s", seed, first[who], code)
				}
			}
		}
	}
}

// Rows that come to one page by other words are one: a service that gives what another
// row's cell names.
func TestOnePageOfOneVisit(t *testing.T) {
	r := rosterOf(t, "7,2026-11-23,09:00,Ana Quillfeather,,a@b.example,yes,sciatica", "7,2026-11-23,09:00,Ana Quillfeather,,a@b.example,no,")
	r.Page.Handout = "sciatica"
	rows := r.identify(r.schedule(), store.Sum.Code, free)
	if len(rows) != 1 || r.List.Rows[1].Skip != "the same as row 2" || rows[0].Consent != visits.Refused {
		t.Errorf("%d rows, %+v", len(rows), r.List.Rows[1])
	}
	if len(r.notes) != 1 || r.notes[0].Kind != SameRows || r.notes[0].N != 1 || !slices.Equal(r.notes[0].Words, []string{"3 as 2"}) {
		t.Errorf("it notes %+v", r.notes)
	}
}
