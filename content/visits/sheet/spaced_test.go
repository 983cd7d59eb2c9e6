package sheet

import (
	"strings"
	"testing"
)

// An empty cell moves no other into its column, and a cell that stands by no heading is not read as one's.
func TestSpaced(t *testing.T) {
	for _, c := range []struct{ row, want string }{
		{"09:00  Ana Ruiz     figure-4    cat-cow", "09:00|Ana Ruiz|figure-4|cat-cow"},
		{"09:00  Ana Ruiz     figure-4", "09:00|Ana Ruiz|figure-4"},
		{"09:00  Ana Ruiz                 figure-4", "09:00|Ana Ruiz||figure-4"},
		{" 9:00  Żoë Ångström             figure-4", "9:00|Żoë Ångström||figure-4"},
		{"                                figure-4", "|||figure-4"},
		{"09:00  Ana Ruiz       figure-4", "astray"},      // by eye, in letters of many widths
		{"09:00  Ana Ruiz            figure-4", "astray"}, // between two
		{"09:00  Ana Maria Ruiz figure-4", "astray"},      // one space: where does the name end?
		{"09:00  Ana  Ruiz    figure-4", "astray"},        // not in the next column
		{"09:00\t\tAna Ruiz     figure-4", "astray"},
		{"09:00  Wolfeschlegelstein", "09:00|Wolfeschlegelstein"},
	} {
		text := "Time   Name         Left        Right\n" + c.row + "\n"
		got := "nothing"
		err := Spaced(text, 1)(func(l Line) bool {
			if got = strings.Join(l.Cells, "|"); l.Astray {
				got = "astray"
			}
			return true
		})
		if err != nil || got != c.want {
			t.Errorf("%q: %s, not %s", c.row, got, c.want)
		}
	}
}
