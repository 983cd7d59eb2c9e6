package layout

import (
	"strings"
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
			choices := chosen(t, c.choices)
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

// A part of a dose that is long for a line is parted at its comma, and nowhere else.
func TestLongDoseIsPartedAtItsComma(t *testing.T) {
	lib, seen := content.Open(), 0
	plain := strings.NewReplacer("\u00a0", " ", "\u2060", "", "\u2068", "", "\u2069", "")
	for _, look := range []string{"rows", "pictures"} {
		sheet := Sheet{Brand: content.Neutral(), Paper: Letter, Look: look, Edition: Large}
		h, err := lib.HandoutIn("frozen-shoulder", "es")
		if err != nil {
			t.Fatal(err)
		}
		for n := 1; n <= 2; n++ {
			p := personal(t, lib, h, sheet.Brand, content.Visit{Chosen: true, Stretches: chosen(t, "pendulum,table-slide")[:n]})
			page, _ := fitted(t, NewSetter(fonts.Default()), p, sheet)
			lines := map[Length]string{}
			for _, it := range page.Items {
				if g, ok := it.(*Glyphs); ok {
					lines[g.At.Y] += plain.Replace(textOf(g.Glyphs)) + "|"
				}
			}
			for _, line := range lines {
				if strings.Contains(line, "del lado") {
					if seen++; !strings.Contains(line, "del lado que duele") {
						t.Errorf("%s, %d: a line of a dose ends with %q", look, n, line)
					}
				}
			}
		}
	}
	if seen < 4 {
		t.Errorf("only %d doses seen: this proves nothing", seen)
	}
}

// No line ends within a part of a dose, in no design, edition or language; one and two
// stretches have their doses in labelled cells of 16 points; names are a third larger than
// the text, doses an eighth, in ink.
func TestDoseIsWhole(t *testing.T) {
	setter, celled, several := NewSetter(fonts.Default()), 0, 0
	plain := strings.NewReplacer("\u00a0", " ", "\u2060", "", "\u2068", "", "\u2069", "")
	choices := chosen(t, "knee-to-chest,figure-4,cat-cow:reps=10:per-day=3,hamstring-strap:hold=45s:days=3")
	for _, look := range []string{"article", "rows", "pictures"} {
		for _, edition := range []string{Standard, Large, BW} {
			for n := 1; n <= len(choices); n++ {
				sheet := Sheet{Brand: content.Neutral(), Paper: Letter, Look: look, Edition: edition}
				h := handoutOf(t, "en", "Words.\n\n## A\n\n```stretches\n```\n", sheet.Brand,
					content.Visit{Chosen: true, Stretches: choices[:n]})
				page, f, err := setter.Fit(h, sheet)
				if err != nil && edition == Large {
					continue
				}
				if err != nil {
					t.Fatal(look, edition, n, err)
				}
				for _, c := range h.Blocks[len(h.Blocks)-1].(*content.Stretches).Chosen {
					for _, part := range h.Words.DoseParts(c.Dose) {
						if part == "" {
							continue
						}
						lines, size := map[Length]string{}, Length(0)
						for _, g := range page.runsOf(part[1:]) {
							if words := page.words(g.Tag); len(words) > 80 { // not the dose
								continue
							}
							for _, glyph := range g.Glyphs {
								lines[g.At.Y] += glyph.Text
							}
							if size = g.Size; g.Color == sheet.Brand.Main {
								t.Errorf("%s %s, %d: %s is not in ink", look, edition, n, part)
							}
						}
						whole := false
						for _, line := range lines {
							whole = whole || strings.Contains(plain.Replace(line), part[1:])
						}
						if several++; len(lines) > 0 && !whole {
							t.Errorf("%s %s, %d stretches: %q is broken: %q", look, edition, n, part, lines)
						}
						if size > 0 && size < f.Body*110/100 && edition != Large {
							t.Errorf("%s %s, %d: %s is set in %v", look, edition, n, part, size)
						}
					}
					name := Length(0)
					for _, g := range page.runsOf(c.Stretch.Name) {
						name = max(name, g.Size)
					}
					if edition != Large && name < f.Body*133/100-Point/10 {
						t.Errorf("%s %s, %d: a name of %v", look, edition, n, name)
					}
				}
				for tag := range page.Tags {
					if said := plain.Replace(page.words(tag)); len(said) < 80 && strings.Contains(said, "How often") {
						celled++
					}
				}
			}
		}
	}
	if celled < 6 || several < 100 {
		t.Errorf("%d doses in cells, %d parts: this proves nothing", celled, several)
	}
}
