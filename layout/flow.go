package layout

import "slices"

// Columns. Copy is cut into chunks that are never split: a paragraph, an item of
// a list. A heading stays with what follows it, as do words that lead to a list, and a short section stays whole.
// Two columns are balanced: the break that makes the taller column least tall wins.

// chunks cuts a passage for a column of the given width.
func (c *compositor) chunks(p *passage, width Length) []chunk {
	out, ns := make([]chunk, 0, 8), p.nodes
	out = append(out, chunk{box: c.heading(p.head, width), gap: c.look.Section, keep: true})
	for i, n := range ns {
		gap := c.above(ns, i, c.look.Section/2)
		if i == 0 {
			gap = c.look.Head
		}
		list, ok := n.(*listNode)
		if !ok || c.look.RunOn && list.run != nil {
			keep := isHeading(n) || i+1 < len(ns) && leads(n, ns[i+1])
			out = append(out, chunk{box: n.lay(c, width), gap: gap, keep: keep})
			continue
		}
		all := c.list(list, width)
		for i, it := range all.parts {
			left := len(all.parts) - 1 - i
			keep := left > 0 && (i+1 < apart || left < apart || list.labels != nil)
			out = append(out, chunk{box: it.box, list: all, gap: gap, keep: keep})
			gap = c.look.Item
		}
	}
	for i := range len(out) - 1 {
		out[i].keep = out[i].keep || p.whole && !c.look.RunOn
	}
	return out
}

// flow is a passage cut for a column. It must not be changed.
func (c *compositor) flow(p *passage, width Length) []chunk {
	return furnish(c, slab{of: &p.leaf, width: width, as: inColumn}, p.leaf,
		func(c *compositor) []chunk { return c.chunks(p, width) })
}

// headingSize is the size of a section's heading: a quarter larger than the text below it, less where it may stand
// beside text that is run on.
func (c *compositor) headingSize() Length {
	if c.look.RunOn {
		return c.look.Body * 115 / 100
	}
	return c.look.Body * 5 / 4
}

// broken tells whether a heading has a word that is longer than a column is wide.
func (c *compositor) broken(t *text, width Length) bool {
	return !t.wordsGoInto(width, c.headingSize())
}

// heading sets a section's heading.
func (c *compositor) heading(t *text, width Length) box {
	s := c.headLine(t, width)
	return later(s.height(), func() box {
		s.base = baseline(c.look.Body, c.look.Lead) // that of the text beside it
		s.measure = evenly(t, s.measure, s.ink.size)
		return s
	})
}

// headLine is it as wide as it may be.
func (c *compositor) headLine(t *text, width Length) *wordsBox {
	return c.display(H2, t, width, solid(c.headingSize(), c.theme.main), c.look.Lead)
}

// evenly is about the narrowest width in which a heading has no more lines than in the one given: so no word stands
// alone on its last line.
func evenly(t *text, width, size Length) Length {
	lines := t.count(measureOf(width, size))
	if lines < 2 {
		return width
	}
	for w := scale(t.width(), size) / Length(lines); w < width; w += width / 16 {
		if t.wordsGoInto(w, size) && len(t.at(measureOf(w, size)).lines) == lines {
			return w
		}
	}
	return width
}

// columnsBox is chunks in two columns.
type columnsBox struct {
	chunks []chunk
	at     int // the first chunk of the second column
	width  Length
	gutter Length
	grid   grid
	head   [2]Length // space above the first chunk of each column
}

// columns balances chunks over two columns: the same set for the first, so wide, and for the second. Between columns
// of two widths no list is broken.
func (c *compositor) columns(first, second []chunk, width Length) *columnsBox {
	n := len(first)
	s := &columnsBox{chunks: first, width: width, gutter: c.look.Gutter, at: n,
		grid: grid{baseline(c.look.Body, c.look.Lead), c.look.Lead / 2}} // in half lines
	uneven := &first[0] != &second[0]
	best := columnHeight(first)
	var high, left Length // of the chunks of the first column, and of those of the second
	for _, k := range second {
		left += k.gap + k.box.height()
	}
	for k := 1; k < n; k++ {
		if high += first[k-1].box.height(); k > 1 {
			high += first[k-1].gap
		}
		left -= second[k-1].gap + second[k-1].box.height()
		if first[k-1].keep || uneven && first[k].list != nil && first[k-1].list == first[k].list {
			continue
		}
		if cost := max(high, left-second[k].gap); cost < best {
			best, s.at = cost, k
		}
	}
	if uneven {
		s.chunks = slices.Concat(first[:s.at], second[s.at:])
	}
	return s
}

// hole is how much longer the first column is than the second.
func (s *columnsBox) hole() Length {
	return columnHeight(s.chunks[:s.at]) - columnHeight(s.chunks[s.at:])
}

func columnHeight(ks []chunk) Length {
	var h Length
	for i := range ks {
		if i > 0 {
			h += ks[i].gap
		}
		h += ks[i].box.height()
	}
	return h
}

func (s *columnsBox) height() Length {
	return max(s.head[0]+columnHeight(s.chunks[:s.at]), s.head[1]+columnHeight(s.chunks[s.at:]))
}

func (s *columnsBox) print(p *press, at XY, tag int) {
	var list *stackBox
	listTag := 0
	was, y := p.part, at.Y+s.head[0]
	for i := range s.chunks {
		k := &s.chunks[i]
		switch i {
		case s.at:
			at.X += s.width + s.gutter
			y = at.Y + s.head[1]
		case 0:
		default:
			y += k.gap
		}
		if k.part.Kind != NoPart {
			p.part = k.part
		}
		to := tag
		if k.list != nil {
			if k.list != list {
				listTag, _ = p.open(k.list.as, tag)
			}
			to = listTag
		}
		list = k.list
		k.box.print(p, XY{at.X, y}, to)
		y += k.box.height()
	}
	p.part = was
}

func (s *columnsBox) firstLine() (Length, bool) {
	base, ok := s.chunks[0].box.firstLine()
	return s.head[0] + base, ok
}

// passage is the blocks of a passage below each other. It must not be changed.
func (c *compositor) passage(p *passage, width Length) box {
	return p.set(c, width, boxed, func(c *compositor, width Length) box { return c.nodes(p.nodes, width) })
}

// apart is how many items of a list stand on each side of a break at least; one with numbers
// is not broken.
const apart = 3
