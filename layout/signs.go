package layout

import "handout/content/picture"

// The emergency band: the one red thing on a page, its full width, last. What is to be done
// now stands on a tint at the start, what can wait till today beside it.

// emergency sets a caution from edge to edge. Its blocks are parted before each paragraph.
func (c *compositor) emergency(n *calloutNode, width Length) box {
	return n.set.in(setting{c: c, width: width, band: true}, func() box {
		var groups [][]node
		for _, b := range n.blocks {
			p, ok := b.(*paraNode)
			if len(groups) == 0 || ok && p.role == P {
				groups = append(groups, nil)
			}
			groups[len(groups)-1] = append(groups[len(groups)-1], b)
		}
		var now, later []node
		if len(groups) > 0 {
			now = groups[0]
			for _, g := range groups[1:] {
				later = append(later, g...)
			}
		}
		if len(later) == 0 {
			return c.signs(n, now, nil, width, 100)
		}
		var best box
		for _, share := range [...]Length{62, 56, 50, 44} {
			if b := c.signs(n, now, later, width, share); best == nil || b.height() < best.height() {
				best = b
			}
		}
		if b := c.signsPiled(n, now, later, width); b.height() < best.height() {
			best = b
		}
		return best
	})
}

const signsEdge = 2 * Point

var signsPad = insets{6 * Point, 7 * Point, 10 * Point, 10 * Point}

// signs sets the two sides of the band, the first so many hundredths wide.
func (c *compositor) signs(n *calloutNode, now, later []node, width, share Length) box {
	th, pad := c.theme, signsPad
	side := width * share / 100
	size := max(18*Point, c.look.Body*3/2)
	indent := pad.start + size + 6*Point
	red := c.setter.compositor(*c.look, th, th.alarm)
	left := &stackBox{}
	if n.title != nil {
		left.put(0, c.display(P, n.title, side-indent-pad.end,
			ink{size: c.look.Body, color: th.alarm, strong: th.alarm}, c.look.Lead))
	}
	left.put(c.look.Para, red.nodes(now, side-indent-pad.end))
	row := &rowBox{line: 1}
	row.put(indent, alignStart, left)
	b := &panelBox{as: Tag{Role: Sect}, width: width, least: size,
		pad: insets{top: pad.top, bottom: pad.bottom}, radius: 5 * Point,
		edge: stroke{signsEdge, th.alarm}, inside: row,
		sign: &sign{size, XY{pad.start, max((c.look.Lead-size)/2, -size/12)}, func(p *press, r Rect) {
			p.alarm(XY{r.X, r.Y}, r.W, th.alarm)
		}}}
	if !th.mono {
		b.fill = &picture.Color{R: 0xfd, G: 0xf1, B: 0xf0}
	}
	if later != nil {
		b.filled = side
		row.put(side+pad.start, alignStart, c.dark().nodes(later, width-side-pad.start-pad.end))
	}
	return b
}

// signsPiled sets one side below the other.
func (c *compositor) signsPiled(n *calloutNode, now, later []node, width Length) box {
	return c.signs(n, append(append([]node(nil), now...), later...), nil, width, 100)
}

// dark is the compositor whose strong words are ink.
func (c *compositor) dark() *compositor { return c.setter.compositor(*c.look, c.theme, c.theme.text) }
