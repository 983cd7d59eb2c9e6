package content

import (
	"slices"
	"strings"
	"testing"
)

// Signs that say something are kept, in black or in words; a sign of no that nothing explains is refused; the rest are
// ornaments.
func TestSignsThatSaySomething(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// which way
		{"↑ Protein each day.\n↓ Salt in the evening.\n", "↑ Protein each day. | ↓ Salt in the evening."},
		{"⬆️ Lift the heel.\n\nWords.\n\n⬇ Lower it.\n", "↑ Lift the heel. | Words. | ⬇ Lower it."},
		{"- 🔼 Water\n- Go ➡️ on\n", "↑ Water | Go → on"},
		{"→ Walk\n→ Rest\n", "Walk | Rest"},
		// lights, where they tell things apart
		{"🟢 Walk\n🟡 Stairs\n🔴 Squats\n", "Go on: Walk | Ease off: Stairs | Stop: Squats"},
		{"- 🟩 Walk\n- **🟥 Squats** and jumps\n", "Go on: Walk | Stop: Squats and jumps"},
		{"- 🟢 Green: walk\n- 🔴 Do not squat\n- 🔴 Red zone\n- 🔴 Go running\n", "Green: walk | Do not squat | Red zone | Stop: Go running"},
		{"| A | B |\n|---|---|\n| Walk | 🟢 |\n| Squat | 🔴 |\n", "A | B | Walk | Go on | Squat | Stop"},
		{"- 🔴 fever\n- 🔴 numbness\n", "fever | numbness"},
		{"Mon\tTue\tWed\n🟢 walk\t🟡 swim\t🔴 run\n✅\t✅\t❌\n", "Mon | Tue | Wed | Go on: walk | Ease off: swim | Stop: run | ✓ | ✓ | ✗"},
		{"✔\tWalk\n✔\tRest\n", "Walk | Rest"},
		// yes and no
		{"| A | B |\n|---|---|\n| Walk | ✅ |\n| Squat | ❌ |\n| Swim | 👍🏽 |\n", "A | B | Walk | ✓ | Squat | ✗ | Swim | ✓"},
		{"| A | B |\n|---|---|\n| Walk | 🙂 |\n", "A | B | Walk"},
		{"## Avoid\n\n- ❌ Squats\n- ✗ Jumps\n", "Avoid | ✗ Squats | ✗ Jumps"},
		{"- ❌ Do not squat\n- ✅ Walk\n- 💪\n", "Do not squat | Walk"},
		{"Well done 👍\n\n💪\n", "Well done"},
		{"- ✗ Squats\n", "sign-of-no"},
		{"- Walk\n  - 🚫 Squats\n", "sign-of-no"},
		{"Squats ❌ and jumps.\n", "sign-of-no"},
		// more than, and quotations
		{"Stop at pain\n> 5/10 at rest.\n", "Stop at pain > 5/10 at rest."},
		{"- Stop at pain of\n  > 5 points.\n- Rest.\n", "Stop at pain of > 5 points. | Rest."},
		{"> 5/10 means stop.\n", "> 5/10 means stop."},
		{"> 3 days of fever: call us\n", "> 3 days of fever: call us"},
		{"Call us for:\n\n> 5/10 pain\n> 3 days of fever\n", "Call us for: | > 5/10 pain > 3 days of fever"},
		{"She said:\n\n> 10 minutes are enough.\n> Walk on.\n", "She said: | 10 minutes are enough. Walk on."},
	} {
		for _, head := range []string{"---\ntitle: T\n---\n", "# T\n\n"} {
			h, err := Open(mapFS("handouts/h.md", head+c.text)).Handout("h")
			if err != nil {
				errs, _ := err.(Errors)
				if !slices.ContainsFunc(errs, func(e *Error) bool { return e.Code == c.want }) {
					t.Errorf("%q: %v", head+c.text, err)
				}
				continue
			}
			p, err := Open().Personalise(h, nil, Visit{})
			if err != nil {
				t.Fatal(err)
			}
			var said []string
			for _, text := range Texts(p.Blocks) {
				said = append(said, text.String())
			}
			if got := strings.Join(said, " | "); got != c.want {
				t.Errorf("%q says %q, want %q", head+c.text, got, c.want)
			}
		}
	}
}

// The words for a light are those of the page's language.
func TestLightsInWords(t *testing.T) {
	for _, w := range shippedWords(t) {
		h, err := Open(mapFS("handouts/h.md", "---\ntitle: T\nlang: "+w.Lang+"\n---\n- 🟢 A\n- 🔴 B\n")).Handout("h")
		if err != nil {
			t.Fatal(err)
		}
		p, err := Open().Personalise(h, nil, Visit{})
		if err != nil {
			t.Fatal(err)
		}
		var said string
		for _, text := range Texts(p.Blocks) {
			said += text.String() + "\n"
		}
		said = strings.NewReplacer("\u2068", "", "\u2069", "").Replace(said)
		if want := w.Lights[GoOn] + ": A\n" + w.Lights[Stop] + ": B\n"; said != want {
			t.Errorf("%s: %q, want %q", w.Lang, said, want)
		}
	}
}

// Short lines that no program broke stay lines, whatever signs they begin with.
func TestShortLinesWithSigns(t *testing.T) {
	const text = "Shoulder\n\nWall slide – 2×8\n±2 cm of swelling is fine\n(+) less pain\n≥ 4/10: stop\n‼️ Call us if numb\n"
	h, err := ReadHandout(mapFS("h.txt", text), "h.txt")
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, text := range Texts(h.Blocks) {
		said = append(said, text.String())
	}
	if got := strings.Join(said, " | "); got != "Wall slide – 2×8\n±2 cm of swelling is fine\n(+) less pain\n≥ 4/10: stop | Call us if numb" {
		t.Errorf("%q", got)
	}
}
