package layout

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
)

// With four stretches rows keep whole steps at 12 points and the lead-ins of three sections of
// the longest handout we ship, in both languages, without a clinic and with all that one prints.
func TestFourRowsHoldThreeSections(t *testing.T) {
	lib, setter := content.Open(), NewSetter(fonts.Default())
	_, brand := longest(t, lib)
	brand.SmallPrint = "This sheet supports the advice of your clinician. It does not replace it."
	visit := content.Visit{Patient: "Maria Kowalski", Therapist: "Robin Hale, LMT", Next: "Tuesday, December 1, 10:30",
		Date: time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)}
	for _, lang := range []string{"en", "es"} {
		h, err := lib.HandoutIn("sciatica", lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, stretches := range []string{"knee-to-chest,figure-4", "knee-to-chest,figure-4,trunk-rotation,cat-cow"} {
			choices := chosen(t, stretches)
			for i := range 4 {
				paper, by, v := []Paper{Letter, A4}[i%2], brand, visit
				if i > 1 {
					by, v = content.Neutral(), content.Visit{}
				}
				v.Chosen, v.Stretches = true, choices
				p := personal(t, lib, h, by, v)
				_, f := fitted(t, setter, p, Sheet{Brand: by, Paper: paper, Look: "rows"})
				name, held := fmt.Sprintf("%s in %s on %s by %q", stretches, lang, paper.Name, by.Name), 0
				for _, s := range f.Sections {
					if s.As != LeftOut {
						held++
					}
				}
				if held < 3 || f.Body < clearPrint {
					t.Errorf("%s: %d sections, in %v", name, held, f.Body)
				}
				for _, c := range f.Concessions {
					if c.Kind == StepsShort || c.Kind == StepsFewer {
						t.Errorf("%s: steps are not whole", name)
					}
				}
			}
		}
	}
}

// With two stretches half of a page's pictures have 20 square centimetres or more, with four 11:
// on all that we ship in rows, but for smallOf pages, which may only become fewer. -short takes
// one page in seven.
func TestPicturesAreLarge(t *testing.T) {
	const smallOf = 0
	setter, small, seen := NewSetter(fonts.Default()), 0, 0
	for _, s := range shippedPages(t, harbourLane()) {
		least := map[int]float64{1: 28, 2: 19.9, 3: 11, 4: 10.9}[s.stretches]
		if s.Look != "rows" || s.Edition != Standard || least == 0 {
			continue
		}
		page, _ := fitted(t, setter, s.Page, s.Sheet)
		if seen++; medianOf(page) < least {
			small++
			t.Logf("%s.%s: %.1f cm2", s.dressed.called(s.Sheet), s.Lang, medianOf(page))
		}
	}
	if small > smallOf || seen < 20 {
		t.Errorf("of %d pages %d have small pictures, before %d", seen, small, smallOf)
	}
}

// The title of every page that we ship is 26 to 29 points, however crowded it is, the name of a stretch a third
// larger than its steps unless it shares its line with the dose, and no words stand nearer to the edge at the
// sides than 10 mm. -short takes one page in seven.
func TestTitleIsLarge(t *testing.T) {
	setter, seen, tight := NewSetter(fonts.Default()), 0, 0
	for _, s := range shippedPages(t, harbourLane()) {
		if s.stretches > 4 || s.Edition == Large {
			continue
		}
		page, f := fitted(t, setter, s.Page, s.Sheet)
		name, left := s.dressed.called(s.Sheet)+"."+s.Lang, page.Size.W
		for _, it := range page.Items {
			g, ok := it.(*Glyphs)
			if !ok {
				continue
			}
			left = min(left, g.At.X)
			if g.Tag >= 0 && page.Tags[g.Tag].Part.Kind == InStretch && page.Tags[g.Tag].Role == H3 && f.Look == "rows" &&
				len(g.Glyphs) > 2 && g.Size < f.Body*4/3 && !page.doseBeside(g, f.Body) {
				t.Errorf("%s: the name of a stretch is set in %v, without a dose on its line", name, g.Size)
			}
			if g.Tag >= 0 && page.Tags[g.Tag].Role == H1 {
				if seen++; g.Size < 26*Point || g.Size > 29*Point {
					t.Errorf("%s: the title is set in %v", name, g.Size)
				}
			}
		}
		if left < 28*Point {
			t.Errorf("%s: words begin at %v", name, left)
		} else if left < Inch/2 {
			tight++
		}
	}
	if seen < 100 || tight < 20 {
		t.Errorf("%d titles, %d tight pages: this proves nothing", seen, tight)
	}
}

// The dose of each stretch that we ship is set in 1.12 of the text or more, in ink, on every page of any
// design: on crowded ones too. With up to four stretches in rows there are boxes to tick, 7 mm. -short
// takes one page in seven.
func TestDoseIsLarge(t *testing.T) {
	setter, seen, crowded := NewSetter(fonts.Default()), 0, 0
	for _, s := range shippedPages(t, harbourLane()) {
		if s.stretches == 0 || s.Edition == Large {
			continue
		}
		page, f, err := setter.Fit(s.Page, s.Sheet)
		if err != nil {
			continue
		}
		name, doses := s.dressed.called(s.Sheet)+"."+s.Lang, map[Part]Length{}
		for _, it := range page.Items {
			g, ok := it.(*Glyphs)
			if !ok || g.Tag < 0 || page.Tags[g.Tag].Part.Kind != InStretch || page.Tags[g.Tag].Role != P {
				continue
			}
			doses[page.Tags[g.Tag].Part] = max(doses[page.Tags[g.Tag].Part], g.Size)
		}
		if len(doses) != s.stretches {
			t.Errorf("%s: %d doses of %d stretches", name, len(doses), s.stretches)
		}
		for of, size := range doses {
			if seen++; size < f.Body*112/100 {
				t.Errorf("%s: the dose of stretch %d is set in %v beside %v", name, of.N, size, f.Body)
			}
		}
		if f.Look != "rows" || s.stretches > 4 {
			continue
		}
		boxes := 0
		for _, it := range page.Items {
			if b, ok := it.(*Shape); ok && b.Tag == Artifact && b.Stroke != nil {
				if r := bounds(b.Path); r.W > MM(6) && r.W < MM(7) && r.H == r.W {
					boxes++
				}
			}
		}
		if crowded++; boxes < 3*s.stretches {
			t.Errorf("%s: %d boxes to tick for %d stretches", name, boxes, s.stretches)
		}
	}
	if seen < 100 || crowded < 20 {
		t.Errorf("%d doses, %d pages in rows: this proves nothing", seen, crowded)
	}
}

// doseBeside tells whether a dose stands on the line of a stretch's name.
func (p *Page) doseBeside(name *Glyphs, body Length) bool {
	return slices.ContainsFunc(p.Items, func(it Item) bool {
		g, ok := it.(*Glyphs)
		return ok && g.Tag >= 0 && p.Tags[g.Tag].Role == P && p.Tags[g.Tag].Part == p.Tags[name.Tag].Part &&
			g.Size >= body && g.At.Y > name.At.Y-3*Point && g.At.Y < name.At.Y+3*Point && g.At.X > name.At.X
	})
}

// medianOf is the median area of the drawings that a page's stretches have, in square centimetres.
func medianOf(p *Page) float64 {
	boxes := map[int][]Rect{}
	for _, it := range p.Items {
		if im, ok := it.(*Image); ok && im.Tag >= 0 && p.Tags[im.Tag].Part.Kind == InStretch {
			boxes[im.Tag] = append(boxes[im.Tag], im.Box)
		}
	}
	var areas []float64
	for _, b := range boxes {
		all := outline(b)
		areas = append(areas, float64(all.W)/float64(MM(10))*float64(all.H)/float64(MM(10)))
	}
	slices.Sort(areas)
	n := len(areas)
	return (areas[n/2] + areas[(n-1)/2]) / 2
}
