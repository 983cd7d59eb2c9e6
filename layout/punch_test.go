package layout

import (
	"errors"
	"testing"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

// Nothing is printed where the holes will be, whatever the look, the edition and the
// direction; and all that holds for a page holds still.
func TestPunch(t *testing.T) {
	setter := NewSetter(fonts.Default())
	pages := map[string]int{}
	for seed := range uint64(200) {
		s := newSample(t, seed)
		h, sheet := s.handout(s.IntN(5)), s.sheet()
		sheet = suited(h, sheet)
		sheet.Punch = true
		if seed%4 == 0 {
			sheet.Edition = Large
		}
		if seed%3 == 0 {
			h.Lang = "ar"
		}
		page, fitting, err := setter.Fit(h, sheet)
		var over *OverflowError
		if errors.As(err, &over) {
			continue
		}
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		pages[sheet.Look+sheet.Edition]++
		for _, f := range faults(page, fitting.Body) {
			t.Errorf("seed %d: %s", seed, f)
		}
		for _, it := range page.Items {
			left, right := reach(it)
			if s, ok := it.(*Shape); ok && bounds(s.Path).Y == 0 { // the band across the top runs to the edge
				if left != 0 || right != page.Size.W {
					t.Errorf("seed %d: the band is from %v to %v", seed, left, right)
				}
				continue
			}
			if !page.RTL && left < MM(20) || page.RTL && right > page.Size.W-MM(20) {
				t.Errorf("seed %d, %s %s: %T stands in the strip for holes: from %v to %v", seed, sheet.Look,
					sheet.Edition, it, left, right)
			}
			if left < 0 || right > page.Size.W {
				t.Errorf("seed %d: %T stands off the sheet: from %v to %v", seed, it, left, right)
			}
		}
	}
	for _, l := range Looks() {
		if pages[l.ID+Standard] == 0 || pages[l.ID+Large] == 0 {
			t.Errorf("the sample has no page of %s in both editions: %v", l.ID, pages)
		}
	}
}

// A page that is not punched has a wider measure.
func TestPunchIsAsked(t *testing.T) {
	s := newSample(t, 3)
	h, sheet := s.handout(0), s.sheet()
	sheet = suited(h, sheet)
	sheet.Brand = content.Neutral()
	wide, _ := fitted(t, NewSetter(fonts.Default()), h, sheet)
	sheet.Punch = true
	narrow, _ := fitted(t, NewSetter(fonts.Default()), h, sheet)
	if wide.String() == narrow.String() {
		t.Error("the strip for holes makes no difference")
	}
}

// reach is how far an item reaches from left to right.
func reach(it Item) (left, right Length) {
	switch it := it.(type) {
	case *Glyphs:
		var w fonts.Em
		for _, g := range it.Glyphs {
			w += g.Advance
		}
		return it.At.X, it.At.X + scale(w, it.Size)
	case *Image:
		return it.Box.X, it.Box.Right()
	case *Anchor:
		return it.Box.X, it.Box.Right()
	case *Shape:
		left, right = it.Path[0].To.X, it.Path[0].To.X
		for _, s := range it.Path {
			if s.Op != picture.Close {
				left, right = min(left, s.To.X), max(right, s.To.X)
			}
		}
	}
	return left, right
}
