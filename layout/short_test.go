package layout

import (
	"strings"
	"testing"

	"handout/content"
	"handout/fonts"
)

// What a page does not say in fewer words it says in full, once: marks for how it may give
// way change nothing where there is room.
func TestShortWordings(t *testing.T) {
	const full = "Walk a little every day.\n\n## At home {give=1}\n\n- **Rest.** Lie down for an hour, twice a " +
		"day.\n\n- **Walk.** Ten minutes will do.\n\n> [!TIP]\n> Drink a whole glass of water.\n"
	short := strings.NewReplacer("every day.\n", "every day.\n\nWalk. {.short}\n", "twice a day.\n",
		"twice a day.\n\n  Lie down. {.short}\n",
		"of water.\n", "of water.\n>\n> Drink. {.short}\n").Replace(full)
	want := set(t, "en", strings.Replace(full, " {give=1}", "", 1), content.Visit{}, a4())
	if got := set(t, "en", short, content.Visit{}, a4()); got.String() != want.String() {
		t.Errorf("another page: %s", firstDifference(got.String(), want.String()))
	}
}

// A card says when to do more, and who asks first, wherever it stands.
func TestMoreOnCard(t *testing.T) {
	for _, look := range Looks() {
		if look.ID == "pictures" { // picture, name and dose are all of it
			continue
		}
		s := newSample(t, 1)
		c := s.stretch(0)
		c.Stretch.Remarks[content.More].Text = content.Text{{Text: "Afterwards."}}
		h := &content.Page{Title: "X", Lang: "en", Words: s.words,
			Blocks: []content.Block{&content.Stretches{Chosen: []content.Card{c}}}}
		sheet := a4()
		sheet.Look = look.ID
		p, _ := fitted(t, NewSetter(fonts.Default()), h, sheet)
		if said := p.String(); strings.Count(said, "Afterwards") != 1 || !strings.Contains(said, "When to do more") {
			t.Errorf("%s: it is not said once", look.ID)
		}
	}
}
