package content

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestParseChoices(t *testing.T) {
	stretch := &Stretch{ID: "x", Dose: Dose{Sets: 1, Reps: 3, Hold: 30 * time.Second, PerDay: 1, Days: 7}}
	for _, c := range []struct{ in, want string }{
		{"x", "Hold 30 seconds, 3 times each side, every day"},
		{"x:hold=20s:reps=2:sets=1:side=left:per-day=2:days=5", "Hold 20 seconds, 2 times, left side, twice a day, 5 days a week"},
		{"x:hold=20", "Hold 20 seconds, 3 times each side, every day"},
		{"x:hold=1m", "Hold 1 minute, 3 times each side, every day"},
		{"x:hold=90s", "Hold 90 seconds, 3 times each side, every day"},
		{"x:hold=0s:reps=1", "Once each side, every day"},
		{"x:hold=1s:side=both", "Hold 1 second, 3 times, every day"},
		{"x:breaths=1:sets=2", "Hold for 1 slow breath, 2 sets of 3 each side, every day"},
		{"x:breaths=5:side=sore:per-day=3", "Hold for 5 slow breaths, 3 times, sore side, 3 times a day"},
		{"x:breaths=5:hold=10s", "Hold 10 seconds, 3 times each side, every day"},
		{"x:hold=0:reps=10:unit=slow rounds:side=both:per-day=2", "10 slow rounds, twice a day"},
		{"x:hold=0:reps=1:unit=slow round|slow rounds:side=both", "1 slow round, every day"},
		{"x:hold=0:reps=4:unit=slow round|slow rounds:side=both:sets=3", "3 sets of 4 slow rounds, every day"},
		{"x:days=1", "Hold 30 seconds, 3 times each side, 1 day a week"},
		{"x:side=right:days=3", "Hold 30 seconds, 3 times, right side, 3 days a week"},
	} {
		choices, err := ParseChoices(c.in)
		if err != nil || len(choices) != 1 {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		if got := wordsOfEnglish(t).Dose(choices[0].Changes.of(stretch.Dose)); got != c.want {
			t.Errorf("%s: %q, want %q", c.in, got, c.want)
		}
	}
}

func wordsOfEnglish(t testing.TB) *Words {
	w, err := Open().Words("en")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestParseChoicesList(t *testing.T) {
	list, err := ParseChoices(` figure-4, knee-to-chest:hold=20s:note="slowly, please: gently" ,cat-cow:note=a:b`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range list {
		got = append(got, c.ID+"|"+c.Note)
	}
	if s := strings.Join(got, " "); s != "figure-4| knee-to-chest|slowly, please: gently cat-cow|a:b" {
		t.Error(s)
	}
	for _, none := range []string{"", " ", "none"} {
		if list, err := ParseChoices(none); err != nil || len(list) != 0 {
			t.Errorf("%q: %v, %v", none, list, err)
		}
	}
}

func TestParseChoiceErrors(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{":hold=2s", "a stretch's name is missing"},
		{"a,,b", "a stretch's name is missing"},
		{"../x", "a stretch's name is missing"},
		{"a:hold", "a: this is not a dose"},
		{"a:hold=6m", "a: hold is from 0s to 5m, in whole seconds, like 20s"},
		{"a:hold=1.5s", "a: hold is from 0s to 5m, in whole seconds, like 20s"},
		{"a:hold=-1s", "a: hold is from 0s to 5m, in whole seconds, like 20s"},
		{"a:reps=0", "a: reps is a whole number from 1 to 50"},
		{"a:reps=51", "a: reps is a whole number from 1 to 50"},
		{"a:sets=11", "a: sets is a whole number from 1 to 10"},
		{"a:breaths=21", "a: breaths is a whole number from 0 to 20"},
		{"a:per-day=13", "a: per-day is a whole number from 1 to 12"},
		{"a:days=8", "a: days is a whole number from 1 to 7"},
		{"a:side=up", "a: side is one of each, both, sore, left, right"},
		{"a:unit=rounds {clinic}", "a: unit has no words in braces but those for each side, like rounds{each: a side}"},
		{"a:unit=rounds}", "a: unit has no words in braces but those for each side, like rounds{each: a side}"},
		{"a:unit=round {n}|rounds", "a: unit has no words in braces but those for each side, like rounds{each: a side}"},
		{"a:repp=2", `a: a dose has no "repp"`},
		{"a:reps=2:reps=2", "a: reps is given twice"},
		{`a:note="open`, "a quote is not closed in the list of stretches"},
		{"a:reps=0,b:sets=0", "a: reps is a whole number from 1 to 50\nb: sets is a whole number from 1 to 10"},
		{strings.Repeat("a,", 11) + "a", "a page has room for 10 stretches, and there are 12"},
	} {
		_, err := ParseChoices(c.in)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.in, err, c.want)
		}
	}
}

func TestWordsDate(t *testing.T) {
	day := time.Date(2027, 1, 5, 12, 0, 0, 0, time.UTC)
	for lang, want := range map[string]string{"en": "January 5, 2027", "es": "5 de enero de 2027", "en-GB": "January 5, 2027"} {
		w, err := Open().Words(lang)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Date(day); got != want || w.Date(time.Time{}) != "" {
			t.Errorf("%s: %q", lang, got)
		}
	}
	if _, err := Open().Words("tlh"); err == nil {
		t.Error("there are words for Klingon")
	}
}

func TestClosest(t *testing.T) {
	words := []string{"figure-4", "seated-figure-4", "knee-to-chest", "cat-cow"}
	for in, want := range map[string]string{
		"figure4": "figure-4", "figrue-4": "figure-4", "knee-to-chset": "knee-to-chest", "Cat-Cow": "cat-cow", "catcow": "cat-cow",
		"neck": "", "": "", "xy": "", "figure-": "figure-4", "knee": "knee-to-chest", "fig-4": "figure-4", "chest": "",
		"knee to": "knee-to-chest", "Seated Figure 4": "seated-figure-4",
	} {
		if got := Closest(in, words); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
	// A swap is one step, not two.
	if d := distance([]rune("ab"), []rune("ba")); d != 1 {
		t.Error(d)
	}
}

// What is set one by one is what a list says.
func TestSetChoice(t *testing.T) {
	c, err := NewChoice("figure-4")
	if err != nil {
		t.Fatal(err)
	}
	for _, kv := range [][2]string{{"hold", "20s"}, {"reps", "2"}, {"side", "left"}, {"per-day", "3"}} {
		if err := c.Set(kv[0], kv[1]); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := ParseChoices("figure-4:hold=20s:reps=2:side=left:per-day=3"); err != nil || c != want[0] {
		t.Errorf("%+v, not %+v, %v", c, want, err)
	}
	c.Line = 7
	for _, kv := range [][2]string{{"hold", "often"}, {"reps", "99"}, {"twist", "2"}, {"note", "x"}} {
		var errs Errors
		if err := c.Set(kv[0], kv[1]); !errors.As(err, &errs) || errs[0].Line != 7 || errs[0].Code == "" {
			t.Errorf("%s=%s: %v", kv[0], kv[1], err)
		}
	}
	for _, id := range []string{"", "@", "a/b", "a:reps=2", ".x", "a\nb", strings.Repeat("x", 65)} {
		if _, err := NewChoice(id); err == nil {
			t.Errorf("%q is a stretch's name", id)
		}
	}
	pack, err := NewChoice("@sciatica")
	if err != nil || pack.Set("reps", "2") == nil {
		t.Errorf("a pack with a dose, or none: %v", err)
	}
}

// A mistake in a visit's own words says which they are, and one in a choice has its place.
func TestWhoseWords(t *testing.T) {
	l := Open()
	h, err := l.Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", 500)
	v := Visit{Patient: long, Therapist: "\x07", Next: "\u200b", Note: long, Chosen: true, Stretches: []Choice{
		{Position: Position{Line: 1}, ID: "figure-4", Note: long}, {Position: Position{Line: 2}, ID: "nothing"},
		{Position: Position{Line: 3}, ID: "figure-4"}}}
	_, err = l.Personalise(h, nil, v)
	var errs Errors
	if !errors.As(err, &errs) {
		t.Fatal(err)
	}
	var got []string
	for _, e := range errs {
		got = append(got, fmt.Sprint(e.Line, e.Of))
	}
	slices.Sort(got)
	if want := "0next 0note 0patient 0therapist 1note 2 3"; strings.Join(got, " ") != want {
		t.Errorf("%q, not %s", got, want)
	}
}

// TestDosesPeopleWrite holds that numbers and sides are read with the words around them.
func TestDosesPeopleWrite(t *testing.T) {
	for text, want := range map[string]Dose{
		"a:reps=10x":               {Reps: 10},
		"a:per-day=twice":          {PerDay: 2},
		"a:times=8":                {Reps: 8},
		"a:side=left leg":          {Side: LeftSide},
		"a:sets=2 times":           {Sets: 2},
		"a:side=Right:sets=3x":     {Side: RightSide, Sets: 3},
		"a:hold=1:30":              {Hold: 90 * time.Second},
		"a:hold=0:45:reps=2":       {Hold: 45 * time.Second, Reps: 2},
		"a:sets=3x10":              {Sets: 3, Reps: 10},
		"a:reps=3 x 10":            {Sets: 3, Reps: 10},
		"a:3x10:hold=5":            {Sets: 3, Reps: 10, Hold: 5 * time.Second},
		"a:3 sets of 8":            {Sets: 3, Reps: 8},
		"a:3x/week":                {Days: 3},
		"a:twice a day":            {PerDay: 2},
		"a:per-day=2x/day":         {PerDay: 2},
		"a:per-week=3 times/week":  {Days: 3},
		"a:days=daily":             {Days: 7},
		"a:per-day=daily":          {PerDay: 1},
		"a:daily":                  {Days: 7},
		"a:hold=5 breaths":         {Breath: 5},
		`a:hold="5 breaths"`:       {Breath: 5},
		`a:side="left leg":reps=3`: {Side: LeftSide, Reps: 3},
		"a:hold=3 slow breaths":    {Breath: 3},
		"a:20 sec:left":            {Hold: 20 * time.Second, Side: LeftSide},
		"a:10 reps:both":           {Reps: 10, Side: BothSides},
	} {
		list, err := ParseChoices(text)
		if err != nil || list[0].Changes.Dose != want {
			t.Errorf("%s: %+v, %v", text, list, err)
		}
	}
	if list, err := ParseChoices("a:weight=2 lb"); err != nil || list[0].Note != "2 lb" {
		t.Errorf("%+v, %v", list, err)
	}
}

// TestDosesRefused holds that what a dose has no number for is refused with what to write
// in its place, by a choice, a pack and a stretch's own file alike.
func TestDosesRefused(t *testing.T) {
	for text, want := range map[string]string{
		"per-day=1-2":    `write per-day=2, and the rest in a note: note="once or twice a day"`,
		"per-day=1 or 2": `write per-day=2, and the rest in a note: note="once or twice a day"`,
		"days=3-4":       `write days=3, and the rest in a note: note="3 or 4 days a week"`,
		"days=Mon/Wed":   `write days=3, and the rest in a note: note="Monday, Wednesday, Friday"`,
		"hold=20-30s":    `write hold=20s, and the rest in a note: note="up to 30 seconds"`,
		"side=alternate": `write side=each, which counts each side by itself, and the rest in a note: note="change sides each time"`,
		"tempo=3-1-3":    `say it in a note: note="3 seconds up, 3 seconds down"`,
		"Rest=30s":       `say it in a note: note="rest 30 seconds between sets"`,
	} {
		var errs Errors
		if _, err := ParseChoices("a:" + text); !errors.As(err, &errs) || len(errs) != 1 || errs[0].Hint != want {
			t.Errorf("%s: %v, not %s", text, hintsOf(errs), want)
		}
		if strings.HasPrefix(text, "Rest") && errs[0].Code != "dose-without-rest" {
			t.Errorf("%s: %v", text, errs)
		}
		key, value, _ := strings.Cut(text, "=")
		dose := fmt.Sprintf("%s: %q", key, value)
		l := Open(mapFS("packs/own.yaml", "name: Own\nstretches:\n  - {stretch: cat-cow, "+dose+"}\n",
			"stretches/own.md", "---\nname: Own\ntarget: all\ndose: {"+dose+"}\n---\n1. **A**\n\n> [!CAUTION]\n> Stop.\n"))
		_, inPack := l.Pack("own")
		_, inFile := l.Stretch("own")
		for where, err := range map[string]error{"in a note: ": inPack, "in the steps: ": inFile} {
			if !errors.As(err, &errs) || len(errs) != 1 || !strings.Contains(errs[0].Hint, where) {
				t.Errorf("%s: %v, hints %q", dose, err, hintsOf(errs))
			}
		}
	}
}

func hintsOf(errs Errors) (hints []string) {
	for _, e := range errs {
		hints = append(hints, e.Hint)
	}
	return hints
}

// Doses as people write them, and what is told of those that are none: which part, by its place.
func TestDosesSpoken(t *testing.T) {
	for text, want := range map[string]string{
		"twice daily": "per-day=2", "once daily": "per-day=1", "2x daily": "per-day=2", "3x20s": "reps=3 hold=20s",
		"3 x 1 min": "reps=3 hold=1m0s", "hold 20s": "hold=20s", "hold for 1,5 min": "hold=1m30s", "1,5 min": "hold=1m30s",
		"hold=1,5min": "hold=1m30s", "3 times": "reps=3", "dos veces al día": "per-day=2", "3x10:20s": "reps=10 hold=20s",
		"20-30s":          `hold is from 0s to 5m, in whole seconds, like 20s (write hold=20s, and the rest in a note: note="up to 30 seconds")`,
		"3x10:gently":     "part 2 of what follows the name is not a dose (" + doseHint + ")",
		"gently:3x10":     "part 1 of what follows the name is not a dose (" + doseHint + ")",
		"gently":          "this is not a dose (" + doseHint + ")",
		"3x10,5 min walk": `two choices`,
	} {
		list, err := ParseChoices("a:" + text)
		var got string
		var errs Errors
		switch d := list; {
		case errors.As(err, &errs):
			got = strings.TrimPrefix(errs[0].Message, "a: ") + " (" + errs[0].Hint + ")"
		case len(d) == 2:
			got = "two choices"
		default:
			c := d[0].Changes
			for _, x := range []struct {
				by DoseKeys
				as string
			}{{GivesReps, fmt.Sprintf("reps=%d", c.Dose.Reps)}, {GivesPerDay, fmt.Sprintf("per-day=%d", c.Dose.PerDay)},
				{GivesHold, fmt.Sprintf("hold=%v", c.Dose.Hold)}} {
				if c.Given&x.by != 0 {
					got = strings.TrimSpace(got + " " + x.as)
				}
			}
		}
		if got != want {
			t.Errorf("%s: %s, not %s", text, got, want)
		}
	}
	l := Open()
	h := readLetter(t, "---\ntitle: T\n---\nText.\n")
	p, err := l.Personalise(h, nil, Visit{Chosen: true, Stretches: []Choice{{ID: "figure-4", Changes: Changes{Dose{Side: BothSides}, GivesSide}}}})
	if err != nil || !strings.Contains(fmt.Sprint(p.Warnings), "both sides are each side") {
		t.Errorf("%v", err)
	}
}

// What people look for a key for has its place elsewhere, and the hint says where.
func TestKeysElsewhere(t *testing.T) {
	for text, want := range map[string]string{
		"title: A\nstop: x\n": "[!WARNING]", "title: A\nred-flags: x\n": "[!CAUTION]", "title: A\nexercises: x\n": "stretches:",
		"title: A\nphone: x\n": "clinic.yaml", "title: A\nlanguage: es\n": "lang: es", "title: A\ntitel: es\n": "did you mean title",
		"name: A\nhold: 20s\n": "dose: {", "name: A\nstop-if: x\n": "end the file", "name: A\nphoto: x\n": "figures:",
	} {
		var err error
		if file := "---\n" + text + "---\nText.\n"; strings.HasPrefix(text, "name") {
			_, err = ReadStretch(mapFS("x.md", file), "x.md")
		} else {
			_, err = ReadHandout(mapFS("x.md", file), "x.md")
		}
		var errs Errors
		errors.As(err, &errs)
		if !slices.ContainsFunc(errs, func(e *Error) bool { return e.Code == "unknown-key" && strings.Contains(e.Hint, want) }) {
			t.Errorf("%s: %v", text, errs)
		}
	}
}

// When to do more goes on from a stretch's own dose; beside another it would contradict it.
func TestMoreIsOfTheUsualDose(t *testing.T) {
	l := Open()
	h := readLetter(t, "Words.\n\n```stretches\n```\n")
	d, err := l.Dress(h, Neutral(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		choice string
		more   bool
	}{
		{"knee-to-chest", true}, {"knee-to-chest:hold=60s", false}, {"knee-to-chest:side=left", true},
		{"knee-to-chest:hold=20s", true}, {"knee-to-chest:per-day=4", false}, {"knee-to-chest", true},
	} {
		choices, err := ParseChoices(c.choice)
		if err != nil {
			t.Fatal(err)
		}
		p, err := d.For(l, Visit{Chosen: true, Stretches: choices})
		if err != nil {
			t.Fatal(err)
		}
		e := p.Blocks[len(p.Blocks)-1].(*Stretches).Chosen[0].Stretch
		if got := e.Remarks[More].Text != nil; got != c.more {
			t.Errorf("%s: when to do more is said: %v", c.choice, got)
		}
	}
}
