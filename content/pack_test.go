package content

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// given says choices in a line.
func given(list []Choice) string {
	var s []string
	for _, c := range list {
		one := c.ID
		if c.Note != "" {
			one += " (" + c.Note + ")"
		}
		if c.Changes.Given != 0 {
			one += fmt.Sprintf(" %v %d", c.Changes.Dose.Hold, c.Changes.Dose.Reps)
		}
		s = append(s, one)
	}
	return strings.Join(s, ", ")
}

func TestPack(t *testing.T) {
	l := Open(mapFS(
		"packs/own.yaml", "name: {en: Own, es: Propio}\nsummary: {en: ours, es: el nuestro}\nstretches:\n  - chin-tuck:hold=4s\n  - stretch: Neck turns\n    reps: 2\n    note: {en: Slowly, es: Despacio}\n  - cat-cow\n",
		"packs/plain.yml", "name: Plain\nstretches: [\"figure-4:note=mind: the knee\"]\n",
		"packs/bare.yaml", "name: Bare\nstretches: chin-tuck\n"))
	p, err := l.Pack("@own")
	if err != nil || p.Name("es") != "Propio" || p.Name("es-MX") != "Propio" || p.Name("fr") != "Own" || p.Summary("es") != "el nuestro" || p.Shipped || show(p.Languages) != "[en es]" {
		t.Fatalf("%+v %v", p, err)
	}
	for lang, want := range map[string]string{"en": "Slowly", "es-MX": "Despacio"} {
		list, err := p.In(lang)
		if err != nil || given(list) != "chin-tuck 4s 0, Neck turns ("+want+") 0s 2, cat-cow" {
			t.Errorf("%s: %s %v", lang, given(list), err)
		}
	}
	if _, err := p.In("fr"); err == nil || err.Error() != "the pack @own has no notes in the language fr" {
		t.Error(err)
	}
	if p, err := l.Pack("plain"); err != nil {
		t.Error(err)
	} else if list, err := p.In("en-GB"); err != nil || given(list) != "figure-4 (mind: the knee)" {
		t.Errorf("%s %v", given(list), err)
	} else if _, err := p.In("es"); err == nil {
		t.Error("an English note stands on a Spanish page")
	}
	if p, err := l.Pack("bare"); err != nil {
		t.Error(err)
	} else if list, err := p.In("de"); err != nil || len(list) != 1 {
		t.Errorf("%s %v", given(list), err) // nothing of it is said in words
	}
	for asked, want := range map[string]string{"owm": "did you mean own? `handout list packs` shows them all", "Desk and nek": "did you mean desk-neck? `handout list packs` shows them all", "../x": "`handout list packs` shows them all"} {
		if got := hint(l.Pack(asked)); got != want {
			t.Errorf("%s: %q", asked, got)
		}
	}
	if p, err := l.Pack("@Desk and neck"); err != nil || p.ID != "desk-neck" || !p.Shipped {
		t.Errorf("%+v %v", p, err)
	}
}

// A pack is read strictly: all that is wrong is told at once, each at its place.
func TestPackMistakes(t *testing.T) {
	for _, c := range []struct{ text, want, hint string }{
		{"", "1:1: the pack has no name\n1:1: the pack has no stretches", "write a line like name: "},
		{"name: A\nstretches: []\n", "1:1: the pack has no stretches", ""},
		{"name: A\ndoses: 3\nstretches: chin-tuck\n", `2:1: there is no key called "doses"`, "there are name, summary, languages, stretches"},
		{"name: A\nstretch: chin-tuck\n", "1:1: the pack has no stretches\n" + `2:1: there is no key called "stretch"`, ""},
		{"name: A\nstretches: [chin-tuck, chin-tuk]\n", `2:24: there is no stretch called "chin-tuk"`, "did you mean chin-tuck?"},
		{"name: A\nstretches: [chin-tuck, Chin tuck]\n", "2:24: the stretch chin-tuck appears twice", "leave one out"},
		{"name: A\nstretches: [@low-back, chin-tuck]\n", "2:13: a pack holds stretches, and no other packs", "name the stretches"},
		{"name: A\nstretches: [{stretch: \"@low-back\"}]\n", "2:13: a pack holds stretches, and no other packs", ""},
		{"name: A\nstretches: [@low-back:hold=3s]\n", "2:13: a pack has no dose and no note of its own\n2:13: a pack holds stretches, and no other packs", ""},
		{"name: A\nstretches: [chin-tuck:reps=99]\n", "2:13: chin-tuck: reps is a whole number from 1 to 50", "a dose looks like"},
		{"name: A\nstretches:\n  - stretch: chin-tuck\n    reps: 99\n    side: up\n", "4:11: reps is a whole number from 1 to 50\n5:11: side is one of each, both, sore, left, right", "a dose looks like"},
		{"name: A\nstretches:\n  - stretch: chin-tuck\n    rep: 9\n", `4:5: there is no key called "rep"`, "did you mean reps"},
		{"name: A\nstretches:\n  - reps: 9\n", "3:5: a stretch's name is missing", "write it as {stretch:"},
		{"name: A\nstretches:\n  - {stretch: a/b}\n", "3:15: a stretch's name is missing", ""},
		{"name: A\nstretches:\n  - {stretch: chin-tuck, hold: 3s, breaths: 2}\n", "3:5: a dose is held for a time or for breaths, not both", ""},
		{"name: A\nstretches: [bird-dog, bridge, cat-cow, chin-tuck, figure-4, foot-roll, heel-raise, levator, neck-turn, pendulum, wrist]\n",
			"2:12: a page has room for 10 stretches, and there are 11", "leave some out"},
		{"name: {en: A, es: B}\nstretches:\n  - chin-tuck:note=Slowly\n", "3:5: this is in one language, but the pack is for en and es", "write it in each"},
		{"name: {en: A, es: B}\nstretches:\n  - {stretch: chin-tuck, note: {en: Slowly, fr: Lent}}\n",
			"3:32: this is missing in the language es\n3:32: this is in the language fr, which is not one of the pack's", "write it in each"},
		{"name: A\nlanguages: [en, es, en]\nstretches: chin-tuck\n", "1:7: this is in one language, but the pack is for en and es\n2:21: the language en appears twice", ""},
		{"name: A\nlanguages: English\nstretches: chin-tuck\n", "2:12: this is not a language's code", ""},
		{"name: {en: A, en: B, Spanish: C, es: }\nstretches: chin-tuck\n",
			`1:15: there are two keys called "en"` + "\n1:22: this is not a language's code\n1:34: nothing is said in the language es", "delete one"},
		{"name: {en: A, es: B}\nstretches:\n  - {stretch: chin-tuck, unit: rounds}\n", "3:5: a pack in several languages cannot say what a repetition is called", "leave it out"},
		{"name: For {patient}\nstretches: chin-tuck\n", "1:7: a placeholder cannot be used here", ""},
		{"name: A\nstretches:\n  - chin-tuck:note=Call {phone}\n", "3:5: a placeholder cannot be used here", ""},
		{"name: A\nstretches:\n  - chin-tuck:note=" + strings.Repeat("x", 201) + "\n", "3:5: the note has 201 characters, and there is room for 200", "make it shorter"},
		{"name: A\nstretches: {chin-tuck: 1}\n", "2:12: a stretch's name is missing\n" + `2:13: there is no key called "chin-tuck"`, ""},
		{"name: A\nname: B\nstretches: chin-tuck\n", `2:1: there are two keys called "name"`, ""},
		{"[", "1:1: the YAML is broken here", ""},
	} {
		_, err := Open(mapFS("packs/own.yaml", c.text)).Pack("own")
		got := ""
		if err != nil {
			got = strings.ReplaceAll(err.Error(), "packs/own.yaml:", "")
		}
		if !strings.HasPrefix(got, c.want) || c.want == "" || len(strings.Split(got, "\n")) != len(strings.Split(c.want, "\n")) || !strings.HasPrefix(err.(Errors)[0].Hint, c.hint) {
			t.Errorf("%q:\n%s\n%v", c.text, got, err)
		}
		kind, _, err := Open().Check(mapFS("packs/own.yaml", c.text), "packs/own.yaml")
		if kind != "pack" || err == nil || strings.ReplaceAll(err.Error(), "packs/own.yaml:", "") != got {
			t.Errorf("check: a %s, %v", kind, err)
		}
	}
}

// What is chosen by itself wins over what a pack gives.
func TestUnpack(t *testing.T) {
	l := Open(mapFS("packs/a.yaml", "name: A\nstretches: [chin-tuck:reps=2, neck-turn, cat-cow:hold=3s]\n", "packs/b.yaml", "name: B\nstretches: [neck-turn, levator]\n",
		"packs/c.yaml", "name: C\nstretches: [chin-tuck]\n"))
	for _, c := range []struct{ in, want string }{
		{"levator", "levator"},
		{"@a", "chin-tuck 0s 2, neck-turn, cat-cow 3s 0"},
		{"@a,levator:hold=9s", "chin-tuck 0s 2, neck-turn, cat-cow 3s 0, levator 9s 0"},
		{"levator,@a", "levator, chin-tuck 0s 2, neck-turn, cat-cow 3s 0"},
		{"@a,chin-tuck:hold=9s", "chin-tuck 9s 0, neck-turn, cat-cow 3s 0"},
		{"levator,@a,Cat and cow,chin-tuck:hold=9s", "levator, chin-tuck 9s 0, neck-turn, Cat and cow"},
		{"chin-tuck:hold=9s,@a", "chin-tuck 9s 0, neck-turn, cat-cow 3s 0"},
		{"@a,@b", "chin-tuck 0s 2, neck-turn, cat-cow 3s 0, levator"},
		{"@a,@c", "two packs have the stretch chin-tuck, each with another dose or note"},
		{"@a,@c,chin-tuck", "chin-tuck, neck-turn, cat-cow 3s 0"},
		{"@a,@a", "chin-tuck 0s 2, neck-turn, cat-cow 3s 0"},
		{"@a,chin-tuck,chin-tuck:reps=3", "chin-tuck, neck-turn, cat-cow 3s 0, chin-tuck 0s 3"}, // chosen twice, which is told when it is resolved
		{"@z,@nope", "there is no pack called \"z\"\nthere is no pack called \"nope\""},
		{"@", "a pack's name is missing"},
		{"@a/b", "a pack's name is missing"},
		{"@a:hold=3s", "a pack has no dose and no note of its own"},
		{"@a:note=x", "a pack has no dose and no note of its own"},
	} {
		list, err := ParseChoices(c.in)
		if err == nil {
			list, err = l.Unpack(list, "en")
		}
		got := given(list)
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.in, got, c.want)
		}
	}
	h := &Handout{Title: "T", Lang: "en"}
	many, _ := ParseChoices("@a,@b,bird-dog,bridge,figure-4,foot-roll,heel-raise,hip-flexor,pendulum")
	if _, err := l.Personalise(h, nil, Visit{Chosen: true, Stretches: many}); err == nil || err.Error() != "a page has room for 10 stretches, and there are 11" {
		t.Error(err)
	}
	twice, _ := ParseChoices("@a,chin-tuck,chin-tuck")
	if _, err := l.Personalise(h, nil, Visit{Chosen: true, Stretches: twice}); err == nil || err.Error() != "the stretch chin-tuck is chosen twice" {
		t.Error(err)
	}
}

// A page with a pack is the page with its stretches written out; so is a handout that
// names one, and a service.
func TestPackIsItsStretches(t *testing.T) {
	l := Open()
	plain := "---\ntitle: T\nstretches: [%s]\n---\nText.\n\n```stretches\n```\n"
	packs, err := l.Packs()
	if err != nil {
		t.Fatal(err)
	}
	page := func(list string, v Visit) string {
		h, err := ReadHandout(mapFS("x.md", fmt.Sprintf(plain, list)), "x.md")
		if err != nil {
			t.Fatal(err)
		}
		p, err := l.Personalise(h, nil, v)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, block := range p.Blocks {
			if s, ok := block.(*Stretches); ok {
				for _, c := range s.Chosen {
					fmt.Fprintf(&b, "%s %+v %v %q %+v\n", c.ID, c.Dose, c.Given, c.Note, *c.Stretch)
				}
			}
		}
		return b.String()
	}
	for _, p := range packs {
		choices, err := p.In("en")
		if err != nil {
			t.Fatal(err)
		}
		var written []string
		for _, c := range choices {
			one := c.ID
			if c.Note != "" {
				one += ":note=" + c.Note
			}
			written = append(written, "\""+one+"\"")
		}
		out := page(strings.Join(written, ", "), Visit{Side: LeftSide})
		chosen, err := ParseChoices("@" + p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := page("@"+p.ID, Visit{Side: LeftSide}); got != out || out == "" {
			t.Errorf("%s in a handout:\n%s\nwritten out:\n%s", p.ID, got, out)
		}
		if got := page("", Visit{Side: LeftSide, Chosen: true, Stretches: chosen}); got != out {
			t.Errorf("%s chosen:\n%s\nwritten out:\n%s", p.ID, got, out)
		}
	}
}

// What is shipped makes sense for whom it is: few stretches, in the stretches' own doses,
// and none of those that are not to be given.
func TestShippedPacks(t *testing.T) {
	l := Open()
	packs, err := l.Packs()
	if err != nil || len(packs) < 8 {
		t.Fatal(len(packs), err)
	}
	never := map[string]string{ // clinical.md, and the handouts' "not to give"
		"sciatica":      "straight-leg-raise hamstring-strap doorway-hamstring seated-hamstring plantar-towel sciatic-slider",
		"carpal-tunnel": "wrist",
		"desk-neck":     "upper-trapezius levator", "tension-headache": "upper-trapezius levator",
		"frozen-shoulder": "doorway-chest",
		"knee-arthritis":  "standing-quad childs-pose hip-flexor",
	}
	for _, p := range packs {
		if n := len(p.items); n < 2 || n > 4 || !p.Shipped || !slices.Equal(p.Languages, []string{"en", "es"}) || p.Name("es") == p.Name("en") ||
			p.Summary("en") == "" || p.Summary("es") == p.Summary("en") {
			t.Errorf("%s: %+v", p.ID, p)
		}
		for _, x := range p.items {
			s, err := l.Stretch(x.ID)
			if err != nil {
				t.Fatal(err)
			}
			if x.Changes.Given != 0 {
				t.Errorf("%s: %s has another dose than the stretch", p.ID, x.ID)
			}
			if slices.Contains(strings.Fields(never[p.ID]), x.ID) {
				t.Errorf("%s: %s is not for them", p.ID, x.ID)
			}
			if p.ID == "pregnancy" && (slices.Contains(s.Postures, "lying") || x.ID == "cat-cow" && x.note.by["en"] == "") {
				t.Errorf("%s: %s", p.ID, x.ID)
			}
		}
	}
	for id := range never {
		if _, err := l.Pack(id); err != nil {
			t.Error(err)
		}
	}
}

// A pack whose stretch is broken is there, and what is wrong is told of the stretch; one
// that is broken does not spoil the others.
func TestPackBesideMistakes(t *testing.T) {
	l := Open(mapFS("stretches/bad.md", "broken", "packs/a.yaml", "name: A\nstretches: [bad, chin-tuck]\n", "packs/b.yaml", "name: B\nstretches: [nothing-such]\n"))
	list, err := l.Packs()
	if err == nil || err.Error() != `packs/b.yaml:2:13: there is no stretch called "nothing-such"` || !slices.ContainsFunc(list, func(p *Pack) bool { return p.ID == "a" }) {
		t.Errorf("%v", err)
	}
	_, err = l.Personalise(&Handout{Title: "T", Lang: "en"}, nil, Visit{Chosen: true, Stretches: []Choice{{ID: "@a"}}})
	if err == nil || !strings.HasPrefix(err.Error(), "stretches/bad.md:1:1: ") {
		t.Error(err)
	}
	// One's own goes before the shipped one of its name.
	l = Open(mapFS("packs/low-back.yaml", "name: Ours\nstretches: bridge\n"))
	if p, err := l.Pack("low-back"); err != nil || p.Name("en") != "Ours" {
		t.Errorf("%+v %v", p, err)
	}
}
