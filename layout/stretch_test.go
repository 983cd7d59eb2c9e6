package layout

import (
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
)

// Each row has a week of boxes to tick, 7 mm wide and high: one a day that the stretch is
// done, so three for three days a week; none beside a diary.
func TestDayBoxes(t *testing.T) {
	setter := NewSetter(fonts.Default())
	for _, look := range []string{"article", "rows"} {
		for _, c := range []struct {
			choices string
			boxes   int
			diary   string
		}{
			{"cat-cow", 7, ""}, {"knee-to-chest:days=3", 3, ""}, {"cat-cow:days=5,knee-to-chest:days=3", 8, ""},
			{"figure-4,chin-tuck:days=1,knee-to-chest", 15, ""}, {"cat-cow", 0, "```diary\n```\n"},
			{"hamstring-strap,trunk-rotation,cat-cow,figure-4:days=2", 23, ""},
		} {
			choices, err := content.ParseChoices(c.choices)
			if err != nil {
				t.Fatal(err)
			}
			visit := content.Visit{Chosen: true, Stretches: choices, Date: time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)}
			sheet := Sheet{Brand: content.Neutral(), Paper: Letter, Look: look}
			h := handoutOf(t, "en", "Words.\n\n## A\n\n```stretches\n```\n\n"+c.diary, sheet.Brand, visit)
			page, _, err := setter.Fit(h, sheet)
			if err != nil {
				t.Fatal(look, c.choices, err)
			}
			n := 0
			for _, it := range page.Items {
				s, ok := it.(*Shape)
				if !ok || s.Stroke == nil || s.Fill != nil {
					continue
				}
				b := bounds(s.Path)
				if b.W != b.H || b.W > MM(8) || b.W < MM(6) {
					continue
				}
				n++
				if side := b.W + s.Width; side < MM(7)-Point/100 || side > MM(7)+Point/100 {
					t.Errorf("%s %s: a box of %v", look, c.choices, side)
				}
			}
			if c.diary != "" { // its own boxes are wider than high, or not
				n -= 7
			}
			if n != c.boxes {
				t.Errorf("%s %s: %d boxes, want %d", look, c.choices, n, c.boxes)
			}
		}
	}
}
