package layout

import "slices"

// The baseline grid. What stands side by side (the columns of a flow) has its
// lines on common baselines, whole lines apart or, where a page has no room for that,
// half lines. The looks are made so that their own gaps keep to half lines already;
// pictures, tables and boxes do not, and what follows them is moved down to the next step.
//
// A page is fitted without the grid, and set on it afterwards with the room the fit
// left over. So the grid never makes the type smaller, nor cuts a word.

// grid is the baselines of text that begins at height 0: base, and every step from
// there on.
type grid struct{ base, step Length }

// whole is the same grid in whole lines.
func (g grid) whole() grid { return grid{g.base, 2 * g.step} }

// up is how far something y below a baseline of a grid must come down to stand on
// the next.
func (g grid) up(y Length) Length {
	over := (y%g.step + g.step) % g.step
	if over <= gridFault {
		return 0
	}
	return g.step - over
}

// gridFault is what no eye sees: a quarter of a point off.
const gridFault = Point / 4

// settle sets both columns on the grid: in whole lines where that leaves room for
// it, else in half lines, else as far as the longer column lets the shorter.
func (s *columnsBox) settle(spare Length) *columnsBox {
	on := *s
	on.chunks = slices.Clone(s.chunks)
	for _, g := range [...]grid{s.grid.whole(), s.grid} {
		copy(on.chunks, s.chunks)
		on.head[0] = g.settle(on.chunks[:s.at])
		on.head[1] = g.settle(on.chunks[s.at:])
		if on.height()-s.height() <= spare {
			return &on
		}
	}
	return s
}

// settle widens the gaps of a column so that its lines stand on the grid, and
// returns the space above it.
func (g grid) settle(ks []chunk) (head Length) {
	y := Length(0)
	for i := range ks {
		k := &ks[i]
		if i > 0 {
			y += k.gap
		}
		if base, ok := k.box.firstLine(); ok {
			by := g.up(y + base - g.base)
			if i == 0 {
				head = by
			} else {
				k.gap += by
			}
			y += by
		}
		y += k.box.height()
	}
	return head
}
