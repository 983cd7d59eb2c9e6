package content

import (
	"regexp"
	"strings"
	"testing"
)

func TestEachSide(t *testing.T) {
	for _, c := range []struct{ text, each, one string }{
		{"Lower the leg{each: and change legs}.", "Lower the leg and change legs.", "Lower the leg."},
		{"Lower the leg {each: and change legs}.", "Lower the leg and change legs.", "Lower the leg."},
		{"Lower the leg {each: and change legs }.", "Lower the leg and change legs.", "Lower the leg."},
		{"Lower{each:, then change}. Move slowly.", "Lower, then change. Move slowly.", "Lower. Move slowly."},
		{"Lower {each:, then change}. Move slowly.", "Lower, then change. Move slowly.", "Lower. Move slowly."},
		{"Lower, {each: then change}. Move slowly.", "Lower, then change. Move slowly.", "Lower. Move slowly."},
		{"Lower slowly{each:, then change.} Breathe.", "Lower slowly, then change. Breathe.", "Lower slowly. Breathe."},
		{"Lower slowly{each: and change.}", "Lower slowly and change.", "Lower slowly."},
		{"Lower slowly. {each: Change legs.} Breathe.", "Lower slowly. Change legs. Breathe.", "Lower slowly. Breathe."},
		{"Lower slowly. {each:Change legs.}", "Lower slowly. Change legs.", "Lower slowly."},
		{"{each: Change legs, then} breathe.", "Change legs, then breathe.", "Breathe."},
		{"{each: On each side,} lower it.", "On each side, lower it.", "Lower it."},
		{"Rest {each: between sides }and breathe.", "Rest between sides and breathe.", "Rest and breathe."},
		{"Rest ({each: then change}) and breathe.", "Rest (then change) and breathe.", "Rest and breathe."},
		{"Rest (on a mat{each:, then change}).", "Rest (on a mat, then change).", "Rest (on a mat)."},
		{"Rest{each: , then change}; breathe", "Rest, then change; breathe", "Rest; breathe"},
		{"Rest – {each: then change} – and breathe.", "Rest – then change – and breathe.", "Rest – and breathe."},
		{"{EACH : Change legs.}", "Change legs.", ""},
		{"Call {clinic}{each: or {therapist}, for each side}.", "Call {clinic} or {therapist}, for each side.", "Call {clinic}."},
		{"Halten{each:, dann Seite wechseln}!", "Halten, dann Seite wechseln!", "Halten!"},
		{"慢慢放下{each:，然后换腿}。", "慢慢放下，然后换腿。", "慢慢放下。"},
		{"A } brace { alone.", "A } brace { alone.", "A } brace { alone."},
	} {
		text, wrong := Text{{Text: c.text}}.braced()
		if wrong != "" {
			t.Errorf("%q: %s", c.text, wrong)
		}
		if got := text.sided(true).String(); got != c.each {
			t.Errorf("%q on each side: %q, want %q", c.text, got, c.each)
		}
		if got := text.sided(false).String(); got != c.one {
			t.Errorf("%q on one side: %q, want %q", c.text, got, c.one)
		}
		if got := text.String(); got != c.each {
			t.Errorf("%q as read: %q, want %q", c.text, got, c.each)
		}
	}
	for _, text := range []string{"a{each: b", "a{each: }", "a{each:}", "a{each: b {each: c}}", "{each: {each: c}"} {
		if _, wrong := (Text{{Text: text}}).braced(); wrong == "" {
			t.Errorf("%q is read", text)
		}
	}
}

const sidedStretch = `---
kind: stretch
name: Right knee
needs: chair on the right
target: all
dose: {reps: 3, side: each}
figures: [x.fig]
alt: "Lying, the right knee up{each:, then the other}."
---
1. **Lower{each:, then *change sides*}.** Move the right leg right away.
2. **Call [{phone}](tel:{phone}).** See RIGHT [right](https://right.example.org/right), or right@right-hand.example.org; ask {therapist} at {clinic}.
3. **C** right on www.right-track.com/right{each: and change
   legs}.
4. **{each: Change sides.}** {each: Go on.}

## Feel
{each: On each side.}

> [!CAUTION]
> Right: stop, call {clinic} or {therapist}{each:, whichever side}.
`

func sidedPage(t *testing.T, text, choice string, b *Brand, v Visit) *Page {
	t.Helper()
	l := Open(mapFS("stretches/s.md", text, "stretches/x.fig", "figure 1\n", "handouts/h.md", simple))
	h, err := l.Handout("h")
	if err != nil {
		t.Fatal(err)
	}
	if v.Stretches, err = ParseChoices(choice); err != nil {
		t.Fatal(err)
	}
	v.Chosen = true
	page, err := l.Personalise(h, b, v)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// saysOf is every word of a card that a page prints or reads aloud.
func saysOf(s *Exercise) string {
	say := []string{s.Name, s.Needs, s.Alt}
	for _, step := range s.Steps {
		say = append(say, step.String())
	}
	for kind, x := range s.Remarks {
		if kind < int(More) || x.Text != nil {
			say = append(say, x.Text.String())
		}
	}
	return strings.Join(append(say, s.Stop.String()), "\n")
}

func cardOf(t *testing.T, page *Page) Card {
	t.Helper()
	for _, b := range page.Blocks {
		if s, ok := b.(*Stretches); ok && len(s.Chosen) == 1 {
			return s.Chosen[0]
		}
	}
	t.Fatal("no card")
	return Card{}
}

// What is filled in is nobody's left or right, and is not looked through again.
func TestSidesOfWords(t *testing.T) {
	brand := &Brand{Name: "Right Track {therapist}", Therapist: "Anna Right", Phones: []string{"555 0100 right"}}
	got := saysOf(cardOf(t, sidedPage(t, sidedStretch, "s:side=left:note=right {each: x}", brand, Visit{Therapist: "Right {clinic} {each: x}"})).Stretch)
	want := `Left knee
chair on the left
Lying, the left knee up.
Lower. Move the left leg right away.
Call 555 0100 right. See LEFT left, or right@right-hand.example.org; ask Right {clinic} {each: x} at Right Track {therapist}.
C left on www.right-track.com/right.




Left: stop, call Right Track {therapist} or Right {clinic} {each: x}.`
	if got != want {
		t.Errorf("on the left:\n%s\nwant\n%s", got, want)
	}
	card := cardOf(t, sidedPage(t, sidedStretch, "s:note=right", brand, Visit{}))
	for _, has := range []string{"Lower, then change sides. Move the right leg", "right knee up, then the other.", "right and change legs.", "Change sides. Go on.", "On each side.", ", whichever side."} {
		if says := saysOf(card.Stretch); !strings.Contains(says, has) {
			t.Errorf("on each side there is no %q in\n%s", has, says)
		}
	}
	for _, side := range []string{"left", "right", "sore"} {
		if says := strings.ToLower(saysOf(cardOf(t, sidedPage(t, sidedStretch, "s:side="+side, nil, Visit{})).Stretch)); regexp.MustCompile(`change|each|whichever|then the`).MatchString(says) {
			t.Errorf("%s: %s", side, says)
		}
	}
	if card.Note != "right" {
		t.Errorf("note %q", card.Note)
	}
}

// A mark that cannot be is a mistake with its place.
func TestEachRefused(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"side: each", "side: both", "s.md:8:6: this stretch is done on both sides at once"},
		{"{each:, then *change sides*}", "{each:, then", "s.md:10:4: the brace before these words is not closed"},
		{"{each:, then *change sides*}", "{each: }", "s.md:10:4: there are no words in these braces"},
		{"{each:, then *change sides*}", "{both: a}", "s.md:10:11: there is no mark like {both: ...}"},
		{"{each:, then *change sides*}", "{each}", "s.md:10:11: this mark has no words"},
		{"1. **Lower{each:, then *change sides*}.** Move", "1. **{each: Lower.}** Move", "s.md:10:4: for one side only, this step would have no bold lead-in"},
		{"> Right: stop, call {clinic} or {therapist}{each:, whichever side}.", "> {each: Stop.}", "s.md:20:3: for one side only, the stretch would not say when to stop"},
		{"name: Right knee", "name: \"Knee{each: s}\"", "s.md:3:7: a placeholder cannot be used here"},
		{"alt: \"Lying, the right knee up{each:, then the other}.\"", "alt: \"{each: a}\"", "s.md:8:6: for one side only, the figure would have no description"},
		{"alt: \"Lying, the right knee up{each:, then the other}.\"", "alt: \"{each: a\"", "s.md:8:6: the brace before these words is not closed"},
		{"alt: \"Lying, the right knee up{each:, then the other}.\"", "alt: in {clinic}", "s.md:8:6: a placeholder cannot be used here"},
	} {
		text := strings.Replace(sidedStretch, c.from, c.to, 1)
		_, err := ReadStretch(mapFS("s.md", text, "x.fig", "figure 1\n"), "s.md")
		if text == sidedStretch || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q: %v", c.to, c.from, err)
		}
	}
	for _, text := range []string{"Text{each: a}.", "- a{each: b}", "> [!NOTE] {each: b}\n> c", "```fields\n{each: a}\n```", "## A{each: b}\n\nc", "Text {eahc: a}."} {
		if _, err := ReadHandout(mapFS("h.md", "---\ntitle: T\n---\n"+text+"\n"), "h.md"); err == nil || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "each") && !strings.Contains(err.Error(), "no mark") {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := ReadHandout(mapFS("h.md", "---\ntitle: \"T{each: a}\"\n---\nA\n"), "h.md"); err == nil {
		t.Error("a title has words for each side")
	}
}

// A stretch of one's own that forgets the mark is told so.
func TestUnmarkedSides(t *testing.T) {
	const steps = "1. **A** %\n2. **B**\n3. **C**\n"
	of := func(side, lang, words string) string {
		return "---\nkind: stretch\nname: N\nlang: " + lang + "\ntarget: t\ndose: {reps: 3, side: " + side + "}\nfigures: [x.fig]\nalt: A\n---\n" +
			strings.Replace(steps, "%", words, 1) + "\n> [!CAUTION]\n> Stop.\n"
	}
	for _, c := range []struct {
		side, lang, words string
		noted             bool
	}{
		{"each", "en", "Lower it and change legs.", true},
		{"sore", "en", "Then switch sides.", true},
		{"each", "en", "Repeat on the other side.", true},
		{"each", "en", "Do it on each side.", true},
		{"each", "en", "Lower it, then change.", true},
		{"each", "es", "Baje y cambie de pierna.", true},
		{"each", "de", "Dann die Seite wechseln.", true},
		{"each", "vi", "Sau đó đổi bên.", true},
		{"each", "en", "Lower it{each: and change legs}.", false},
		{"each", "en", "Put your other foot flat, and bend both knees.", false},
		{"both", "en", "Bring up one knee, then the other.", false},
	} {
		s, err := ReadStretch(mapFS("s.md", of(c.side, c.lang, c.words), "x.fig", "figure 1\n"), "s.md")
		if err != nil {
			t.Error(err)
		} else if noted := len(s.Warnings) == 1; noted != c.noted || noted && s.Warnings[0].Line != 10 {
			t.Errorf("%q: %v", c.words, s.Warnings)
		}
	}
}

// No card we ship speaks of another side where it is given for one, whatever the
// side its dose says.
func TestShippedSides(t *testing.T) {
	l := Open()
	all, err := l.Stretches()
	if err != nil {
		t.Fatal(err)
	}
	h := &Handout{Title: "T", Lang: "en"}
	turned := regexp.MustCompile(`(?i)chang|switch|swap|\beach\b|both sides|both legs|other side|opposite side|then the other|repeat|alternat|\{|\}|  | [.,;]|,\.`)
	marked := 0
	for _, s := range all {
		whole := saysOf(&Exercise{Name: s.Name, Needs: s.Needs, Alt: s.Alt, Steps: s.Steps, Remarks: s.Remarks, Stop: s.warns()})
		if strings.Contains(whole, "hange") {
			marked++
		}
		for _, side := range []string{"left", "right", "sore", "each", "both", ""} {
			id := s.ID
			if side != "" {
				id += ":side=" + side
			}
			choice, err := ParseChoices(id)
			if err != nil {
				t.Fatal(err)
			}
			page, err := l.Personalise(h, nil, Visit{Chosen: true, Stretches: choice})
			if err != nil {
				t.Fatal(err)
			}
			card := cardOf(t, page)
			says := saysOf(card.Stretch)
			if s.Dose.Side == BothSides {
				if card.Dose.Side != BothSides || (len(page.Warnings) > 0) != (side != "" && side != "both") || says != whole {
					t.Errorf("%s: %v, %v", id, card.Dose.Side, page.Warnings)
				}
				continue
			}
			one := card.Dose.Side == LeftSide || card.Dose.Side == RightSide || card.Dose.Side == SoreSide
			if found := turned.FindString(says); one && found != "" {
				t.Errorf("%s says %q:\n%s", id, found, says)
			}
			if !one && says != whole {
				t.Errorf("%s: other words", id)
			}
			if found := regexp.MustCompile(`(?i)sore side|left (away|back)\b`).FindString(says); found != "" {
				t.Errorf("%s says %q", id, found)
			}
			for _, step := range card.Stretch.Steps {
				if step.LeadIn() == nil {
					t.Errorf("%s: %q has no lead-in", id, step)
				}
			}
		}
	}
	if marked < 6 {
		t.Errorf("%d stretches have words for each side: this proves nothing", marked)
	}
}

// A name the author wrote out stays, if it is one beyond doubt.
func TestNamesOfSides(t *testing.T) {
	text := strings.Replace(sidedStretch, "## Feel", "## Easier\nAsk at Right Track Gym, Anna Right, or Bo Right, right on the right. Turn left, Right.\n\n## Feel", 1)
	brand := &Brand{Name: "Right Track Gym", Therapist: "Anna Right", Tagline: "Right"}
	says := saysOf(cardOf(t, sidedPage(t, text, "s:side=left", brand, Visit{Patient: "Bo Right"})).Stretch)
	if want := "Ask at Right Track Gym, Anna Right, or Bo Right, left on the left. Turn right, Left."; !strings.Contains(says, want) {
		t.Errorf("%s\nwant %s", says, want)
	}
}
