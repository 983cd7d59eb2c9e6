package content

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

const letter = `---
title: A letter
stretches: [figure-4, "cat-cow:reps=5"]
---
{patient}, welcome to {clinic}. Hello {patient}, this is {therapist}. **{patient}**: read this. Call {emergency} or [us](tel:{phone}) on {phone}.

## For {patient} only

- For {patient}
  - Deeper {patient}

> [!NOTE] To {patient}
> From {clinic}

> Quoted {clinic}

| {clinic} | b |
|---|---|
| {patient} | c |

` + "```fields\n{clinic} date\n```\n\n## Stretches\n\n```stretches\n```\n\n## Diary\n\n```diary\n```\n\n## End\n\nBye.\n"

func readLetter(t testing.TB, text string) *Handout {
	t.Helper()
	h, err := ReadHandout(fstest.MapFS{"letter.md": {Data: []byte(text)}}, "letter.md")
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func page(blocks []Block) string {
	var b strings.Builder
	showBlocks(&b, blocks, "")
	return b.String()
}

func TestPersonalise(t *testing.T) {
	h := readLetter(t, letter)
	before := page(h.Blocks)
	l := Open()
	brand := &Brand{Name: "Hill Clinic", Phones: []string{"(555) 010-0199"}, Country: "IE", Therapist: "Ana"}
	for _, c := range []struct {
		name  string
		brand *Brand
		visit Visit
		want  []string
		not   []string
	}{
		{"all said", brand, Visit{Patient: "  Zoe\t Nun\u0303ez "},
			[]string{
				"Zoe Nuñez, welcome to Hill Clinic. Hello Zoe Nuñez, this is Ana. **Zoe Nuñez**: read this. Call 112 or 999 or us<tel:5550100199> on (555) 010-0199.",
				"heading 2 For Zoe Nuñez only", "paragraph For Zoe Nuñez\n", "Deeper Zoe Nuñez", "note To Zoe Nuñez", "From Hill Clinic", "Quoted Hill Clinic",
				"| Hill Clinic | b", "| Zoe Nuñez | c", "fields Hill Clinic date", "stretches figure-4 cat-cow", "diary",
			}, []string{"{"}},
		{"nothing said", nil, Visit{},
			[]string{
				"paragraph Welcome to your clinic. Hello, this is your therapist.: read this. Call your local emergency number or us on your clinic.",
				"heading 2 For only", "paragraph For\n", "Deeper\n", "note To\n",
			}, []string{"{", "tel:"}},
		{"visit over brand", brand, Visit{Therapist: "Ben", Patient: "{clinic}"}, []string{"this is Ben", "{clinic}, welcome to Hill Clinic"}, nil},
		{"other stretches", brand, Visit{Chosen: true, Stretches: []Choice{{ID: "knee-to-chest"}}}, []string{"stretches knee-to-chest\n"}, []string{"figure-4"}},
		{"no stretches", brand, Visit{Chosen: true}, []string{"stretches\n", "heading 2 End", "Bye."}, []string{"figure-4", "diary", "heading 2 Diary", "heading 2 Stretches"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := l.Personalise(h, c.brand, c.visit)
			if err != nil {
				t.Fatal(err)
			}
			got := page(p.Blocks)
			for _, s := range c.want {
				if !strings.Contains(got, s) {
					t.Errorf("no %q in\n%s", s, got)
				}
			}
			for _, s := range c.not {
				if strings.Contains(got, s) {
					t.Errorf("%q in\n%s", s, got)
				}
			}
			if after := page(h.Blocks); after != before {
				t.Errorf("the handout has changed:\n%s", after)
			}
			if p.Words == nil || p.Title != h.Title || p.ID != h.ID {
				t.Error("the page is not the handout's")
			}
		})
	}
}

// A diary in a handout that has no place for stretches is one of days.
func TestDiaryWithoutStretches(t *testing.T) {
	h := readLetter(t, "Words.\n\n## Walk\n\n```diary\n```\n")
	p, err := Open().Personalise(h, nil, Visit{})
	if err != nil {
		t.Fatal(err)
	}
	if got := page(p.Blocks); !strings.Contains(got, "heading 2 Walk") || !strings.Contains(got, "diary") {
		t.Errorf("no diary in\n%s", got)
	}
}

// A diary that goes takes its heading with it, and leaves none over the signs.
func TestDiaryGoesWithItsHeading(t *testing.T) {
	h := readLetter(t, "Words.\n\n```stretches\n```\n\n## Your diary\n\n```diary\n```\n\n> [!CAUTION]\n> Call 911 if you cannot breathe.\n")
	p, err := Open().Personalise(h, nil, Visit{})
	if err != nil {
		t.Fatal(err)
	}
	if got := page(p.Blocks); strings.Contains(got, "diary") || !strings.Contains(got, "Call 911") {
		t.Errorf("the page is\n%s", got)
	}
}

// No byte reachable from the handout or a stretch changes.
func TestPersonaliseChangesNothing(t *testing.T) {
	fsys := mapFS("mine.md", mineStretch, "x.fig", "figure 1\n")
	l := Open(fsys)
	h := readLetter(t, strings.Replace(letter, "figure-4", "mine", 1))
	s, err := l.Stretch("mine")
	if err != nil {
		t.Fatal(err)
	}
	copyH, copyS := clone(reflect.ValueOf(h)), clone(reflect.ValueOf(s))
	var pages []string
	for _, name := range []string{"Ada", "Bo", "Ada"} {
		p, err := l.Personalise(h, Neutral(), Visit{Patient: name})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range p.Blocks {
			if slot, ok := b.(*Stretches); ok {
				if got := slot.Chosen[0].Stretch.Stop.String(); got != "Stop, "+name+"." {
					t.Error(got)
				}
			}
		}
		pages = append(pages, page(p.Blocks))
	}
	if pages[0] != pages[2] || pages[0] == pages[1] {
		t.Error("the same visit gives another page")
	}
	if !reflect.DeepEqual(copyH.Interface(), h) || !reflect.DeepEqual(copyS.Interface(), s) {
		t.Error("personalising changed what it read")
	}
}

// clone copies a value with all it points to.
func clone(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			p := reflect.New(v.Type().Elem())
			p.Elem().Set(clone(v.Elem()))
			c.Set(p)
		}
	case reflect.Interface:
		if !v.IsNil() {
			c.Set(clone(v.Elem()))
		}
	case reflect.Slice:
		if !v.IsNil() {
			c.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			for i := range v.Len() {
				c.Index(i).Set(clone(v.Index(i)))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				c.Field(i).Set(clone(v.Field(i)))
			}
		}
	}
	return c
}

func TestPersonaliseWithoutPlace(t *testing.T) {
	h := readLetter(t, "---\ntitle: T\nstretches: [cat-cow]\n---\nText.\n")
	l := Open()
	p, err := l.Personalise(h, nil, Visit{})
	if err != nil || strings.Contains(page(p.Blocks), "stretches") {
		t.Error(err, page(p.Blocks))
	}
	p, err = l.Personalise(h, nil, Visit{Chosen: true, Stretches: []Choice{{ID: "figure-4"}}})
	if err != nil || !strings.HasSuffix(page(p.Blocks), "stretches figure-4\n") {
		t.Error(err, page(p.Blocks))
	}
}

// What is wrong with a visit is said without a word of it.
func TestVisitErrors(t *testing.T) {
	h := readLetter(t, letter)
	const secret = "Xanthippe"
	many := make([]Choice, 11)
	for i := range many {
		many[i] = Choice{ID: fmt.Sprint("s", i)}
	}
	for _, c := range []struct {
		name  string
		visit Visit
		want  string
	}{
		{"spaces", Visit{Patient: " \t\u00a0\u3000"}, "the patient's name is only spaces"},
		{"invisible", Visit{Patient: "\u202e\u200b"}, "the patient's name is only spaces"},
		{"control", Visit{Patient: secret + "\x00"}, "the patient's name holds a control character"},
		{"escape", Visit{Patient: secret + "\x1b[2J"}, "the patient's name holds a control character"},
		{"long", Visit{Patient: secret + strings.Repeat("é", 120)}, "the patient's name has 129 characters, and there is room for 120"},
		{"huge", Visit{Patient: strings.Repeat(secret, 10000)}, "the patient's name is longer than 120 characters"},
		{"bytes", Visit{Patient: secret + "\xff"}, "the patient's name is not UTF-8 text"},
		{"note", Visit{Note: strings.Repeat(secret, 45)}, "the note has 405 characters, and there is room for 400"},
		{"next", Visit{Next: secret + "\a"}, "the next visit holds a control character"},
		{"therapist", Visit{Therapist: "\n"}, "the therapist's name is only spaces"},
		{"many", Visit{Chosen: true, Stretches: many}, "a page has room for 10 stretches, and there are 11"},
		{"twice", Visit{Chosen: true, Stretches: []Choice{{ID: "cat-cow"}, {ID: "cat-cow"}}}, "the stretch cat-cow is chosen twice"},
		{"unknown", Visit{Chosen: true, Stretches: []Choice{{ID: "cat-caw"}}}, `there is no stretch called "cat-caw"`},
		{"card", Visit{Chosen: true, Stretches: []Choice{{ID: "cat-cow", Note: strings.Repeat(secret, 23)}}}, "the note on the stretch cat-cow has 207 characters, and there is room for 200"},
		{"all", Visit{Patient: secret + "\a", Note: secret + "\a"}, "the patient's name holds a control character\nthe note holds a control character"},
	} {
		_, err := Open().Personalise(h, nil, c.visit)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
		if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), secret) {
			t.Errorf("%s: the error tells a secret", c.name)
		}
	}
}

func TestNames(t *testing.T) {
	for in, want := range map[string]string{
		"Zoë Nuñez-O’Brien":            "Zoë Nuñez-O’Brien",
		"Zoe\u0308":                    "Zoë",
		"  a \n b  ":                   "a b",
		"\u202eevil\u202c":             "evil",
		"\u2066a\u2069":                "a",
		"שרה":                          "שרה",
		"محمد":                         "محمد",
		"نرگس\u200cها":                 "نرگس\u200cها",
		"😀":                            "😀",
		"👩\u200d⚕️":                    "👩\u200d⚕️",
		"a\u00adb\ufeffc":              "abc",
		strings.Repeat("Ж", 120):       strings.Repeat("Ж", 120),
		strings.Repeat("e\u0308", 120): strings.Repeat("ë", 120),
		"Đặng Thị Hương":               "Đặng Thị Hương",
		"a\u2028b":                     "a b",
	} {
		var errs Errors
		if got := cleanText(in, "the name", 120, &errs); got != want || len(errs) > 0 {
			t.Errorf("%q: %q, want %q, %v", in, got, want, errs)
		}
	}
}

// The side a visit was about goes to the stretches that are done one side at a
// time and do not say which.
func TestSideOfVisit(t *testing.T) {
	l := Open()
	h, err := l.Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	chosen, err := ParseChoices("figure-4,knee-to-chest:side=right,hip-flexor:side=each,cat-cow")
	if err != nil {
		t.Fatal(err)
	}
	page, err := l.Personalise(h, nil, Visit{Chosen: true, Stretches: chosen, Side: LeftSide})
	if err != nil {
		t.Fatal(err)
	}
	want := []Side{LeftSide, RightSide, EachSide, BothSides}
	for _, b := range page.Blocks {
		if s, ok := b.(*Stretches); ok {
			for i, c := range s.Chosen {
				if c.Dose.Side != want[i] {
					t.Errorf("%s: side %s, want %s", c.ID, sideNames[c.Dose.Side], sideNames[want[i]])
				}
			}
		}
	}
}

// A page of the large edition has the fewer stretches its author names for it,
// unless others are chosen.
func TestLargeHasItsOwnStretches(t *testing.T) {
	l := Open()
	h, err := l.Handout("after-massage")
	if err != nil {
		t.Fatal(err)
	}
	chosen, err := ParseChoices("cat-cow")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		visit Visit
		want  int
	}{{Visit{}, 3}, {Visit{Large: true}, 1}, {Visit{Large: true, Chosen: true, Stretches: chosen}, 1}} {
		page, err := l.Personalise(h, nil, c.visit)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range page.Blocks {
			if s, ok := b.(*Stretches); ok && len(s.Chosen) != c.want {
				t.Errorf("large %v: %d stretches, want %d", c.visit.Large, len(s.Chosen), c.want)
			}
		}
	}
}

// What we ship is ours while nobody adds anything: then it keeps the stricter floor of type.
func TestPageIsShipped(t *testing.T) {
	l := Open()
	h, err := l.HandoutIn("sciatica", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name      string
		stretches string
		note      string
		want      bool
	}{
		{"as it is", "", "", true},
		{"none", "none", "", true},
		{"others", "cat-cow,figure-4:side=left,bridge,wrist", "", true},
		{"one more", "cat-cow,figure-4,bridge,wrist,levator", "", false},
		{"a note", "", "Go easy.", false},
		{"a note on a card", "cat-cow:note=slowly", "", false},
	} {
		v := Visit{Note: test.note, Chosen: test.stretches != ""}
		if v.Stretches, err = ParseChoices(test.stretches); err != nil {
			t.Fatal(err)
		}
		p, err := l.Personalise(h, nil, v)
		if err != nil {
			t.Fatal(err)
		}
		if p.Shipped != test.want {
			t.Errorf("%s: %v", test.name, p.Shipped)
		}
	}
}

// A page without stretches says nothing of how to do them or when to stop, and keeps what no
// page may be without, also behind a section that only the large edition has.
func TestNoStretchesNoStopRule(t *testing.T) {
	const tail = "```stretches\n```\n\n> [!WARNING]\n> Stop if it hurts.\n\n> [!CAUTION]\n> Call {emergency}.\n\nBye.\n"
	for _, c := range []struct{ text, want string }{
		{"Hello.\n\n## Large {.large}\n\nWalk.\n\n## Stretches\n\nMove slowly.[^1]\n\nNot far.\n\n> [!IMPORTANT]\n> Ask first.\n\n" +
			tail + "\n[^1]: A note.\n", "Hello.|Move slowly.¹|Ask first.|Call 112.|Bye."},
		{"Hello.\n\n## Each day\n\nWalk.\n\n### Stretches\n\nMove slowly.\n\n" + tail, "Hello.|Each day|Walk.|Call 112.|Bye."},
		{"Hello.\n\n" + tail + "\n## More\n\n> [!WARNING]\n> Stop smoking.\n", "Hello.|Call 112.|Bye.|More|Stop smoking."},
		{"Hello.\n\n" + tail, "Hello.|Call 112.|Bye."},
		{"Hello.\n\n> [!WARNING]\n> Stop smoking.\n", "Hello.|Stop smoking."},
	} {
		h, err := readBlocks(t, c.text)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Open().Personalise(h, &Brand{Name: "Hill", Country: "IE"}, Visit{Chosen: true})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, text := range Texts(p.In(false)) {
			said = append(said, strings.ReplaceAll(text.String(), " or 999", ""))
		}
		if got := strings.Join(said, "|"); got != c.want {
			t.Errorf("%s\n%q, want %q", c.text, got, c.want)
		}
	}
}
