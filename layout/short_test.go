package layout

import (
	"strings"
	"testing"

	"handout/content"
)

// What a page does not say in fewer words it says in full, once: marks for how it may give
// way change nothing where there is room.
func TestShortWordings(t *testing.T) {
	const full = "Walk a little every day.\n\n## At home {give=1}\n\n- **Rest.** Lie down for an hour, twice a day.\n\n- **Walk.** Ten minutes will do.\n\n> [!TIP]\n> Drink a whole glass of water.\n"
	short := strings.NewReplacer("every day.\n", "every day.\n\nWalk. {.short}\n", "twice a day.\n", "twice a day.\n\n  Lie down. {.short}\n",
		"of water.\n", "of water.\n>\n> Drink. {.short}\n").Replace(full)
	want := set(t, "en", strings.Replace(full, " {give=1}", "", 1), content.Visit{}, a4())
	if got := set(t, "en", short, content.Visit{}, a4()); got.String() != want.String() {
		t.Errorf("another page: %s", firstDifference(got.String(), want.String()))
	}
}
