package layout

import (
	"errors"
	"slices"
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
)

// bodyLine is a baseline of running text, where it begins, and how wide it is.
type bodyLine struct{ at, x, width Length }

// bodyLines gathers the lines of running text of a finished page from its display
// list: glyphs of the body's size that are no decoration.
func bodyLines(p *Page, body Length) (out []bodyLine) {
	for _, it := range p.Items {
		g, ok := it.(*Glyphs)
		if !ok || g.Tag == Artifact || g.Size != body {
			continue
		}
		var w fonts.Em
		for _, x := range g.Glyphs {
			w += x.Advance
		}
		out = append(out, bodyLine{g.At.Y, g.At.X, scale(w, g.Size)})
	}
	return out
}

// off is how far a baseline is from a grid that another stands on.
func off(a, b, step Length) Length {
	d := (a - b) % step
	if d < 0 {
		d += step
	}
	return min(d, step-d)
}

// On the pages we ship, lines that stand side by side stand on common baselines: on
// the finished pages, 85 of 100 lines of the right half are within 0.3 points of a
// grid that a line beside them, in the left half, stands on: in whole lines or half.
func TestNeighboursShareBaselines(t *testing.T) {
	lib, setter := content.Open(), NewSetter(fonts.Default())
	brand := harbourLane()
	visit := content.Visit{Patient: "Zoë Nuñez-O'Brien", Therapist: "Robin Hale",
		Date: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)}
	on, all := 0, 0
	for _, name := range []string{"sciatica", "neck-and-desk", "after-massage"} {
		h := handout(t, lib, name)
		for _, edition := range []string{Standard, BW} {
			for _, paper := range []Paper{Letter, A4} {
				for _, b := range []*content.Brand{content.Neutral(), brand} {
					for n := range len(h.Default) + 1 {
						v := visit
						v.Chosen, v.Stretches = true, h.Default[:n]
						p := personal(t, lib, h, b, v)
						page, fitting, err := setter.Fit(p, Sheet{Brand: b, Paper: paper, Edition: edition})
						if errors.As(err, new(*OverflowError)) {
							continue
						}
						if err != nil {
							t.Fatal(err)
						}
						of, lines := gridShare(page, fitting.Body)
						on, all = on+of, all+lines
					}
				}
			}
		}
	}
	if all < 2000 || on*100 < all*75 {
		t.Errorf("%d of %d lines stand on their neighbours' baselines", on, all)
	}
}

// gridShare counts the lines in the right half of a page, and those of them that
// stand on the half-line grid of the lines beside them in the left half.
func gridShare(page *Page, body Length) (on, all int) {
	var left, right []bodyLine
	leads := map[Length]int{}
	for _, l := range bodyLines(page, body) {
		switch {
		case l.x >= page.Size.W/2-10*Point:
			right = append(right, l)
		case l.x+l.width <= page.Size.W/2:
			left = append(left, l)
		}
	}
	slices.SortFunc(left, func(a, b bodyLine) int { return int(a.at - b.at) })
	for i := 1; i < len(left); i++ {
		if d := left[i].at - left[i-1].at; d > body {
			leads[d]++
		}
	}
	var lead Length // the commonest distance of two lines
	for d, n := range leads {
		if n > leads[lead] || n == leads[lead] && d < lead {
			lead = d
		}
	}
	for _, r := range right {
		beside, near := false, lead
		for _, l := range left {
			if d := l.at - r.at; d > -2*lead && d < 2*lead {
				beside, near = true, min(near, off(l.at, r.at, lead/2))
			}
		}
		if beside {
			all++
			if near <= 3*Point/10 {
				on++
			}
		}
	}
	return on, all
}

// What the grid adds is room the fit left over: a page is never taller than it was
// fitted, and no column ends in a heading.
func TestGridTakesOnlyWhatIsLeft(t *testing.T) {
	setter := NewSetter(fonts.Default())
	for seed := range uint64(120) {
		s := newSample(t, seed)
		h, sheet := s.handout(s.IntN(7)), s.sheet()
		sheet = suited(h, sheet)
		c, err := setter.read(h, sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range c.ways(sheet) {
			d := c.compose(x, sheet)
			if d.spare() < 0 {
				continue
			}
			d.spread()
			if d.spare() < 0 {
				t.Errorf("seed %d: the grid makes the page %v too tall", seed, -d.spare())
			}
			for _, b := range d.bands {
				cols, ok := b.box.(*columnsBox)
				if !ok || cols.at == len(cols.chunks) {
					continue
				}
				if k := cols.chunks[cols.at-1]; k.list == nil && k.keep {
					t.Errorf("seed %d: a column ends in what belongs to the next", seed)
				}
			}
		}
	}
}
