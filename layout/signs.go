package layout

import (
	"sort"

	"handout/content/picture"
)

// The emergency band: the one red thing on a page, its full width, last. What is to be done
// now stands on a tint at the start, what can wait till today beside it; each as a list
// where its author wrote one, or in sentences.

// emergency sets a caution from edge to edge. Its blocks are parted before each paragraph.
// The words over what is to be done now are in the alarm's colour or, where that would be too much of it on
// a page, in ink: then the frame and the sign are the alarm.
func (c *compositor) emergency(n *calloutNode, width Length, inked bool) box {
	b, as := alarmBand{n, width, c.theme.alarm}, inBand
	if inked {
		b.strong, as = c.theme.text, inInkedBand
	}
	return n.set(c, width, as, func(c *compositor, width Length) box {
		now, later := parted(n.blocks)
		if len(later) == 0 {
			return c.signs(b, now, nil, wholeBand)
		}
		best := c.signsBeside(b, now, later)
		if x := c.signs(b, now, later, wholeBand); x.height() < best.height() { // one below the other
			best = x
		}
		return best
	})
}

// signsBeside sets what is to be done now beside what can wait. The wider the first is the less high it is, and the
// higher the other: best is where they meet.
func (c *compositor) signsBeside(b alarmBand, now, later []node) box {
	both := func(share Length) box { return c.signs(b, now, later, share) }
	leastSign := leastSign
	if c.look.large() && !overList(now) { // a line has few words
		leastSign = leastLargeSign
	}
	for leastSign < widestSign && c.breaksWord(now, b.width*leastSign/wholeBand) {
		leastSign++
	}
	meet := widestSign - Length(sort.Search(int(widestSign-leastSign), func(n int) bool {
		share := widestSign - Length(n)
		return c.signs(b, now, nil, share).height() >= both(share).height()
	}))
	best := both(meet)
	if x := both(min(meet+1, widestSign)); x.height() <= best.height() {
		best = x
	}
	return best
}

// breaksWord tells whether the first words of a side of the band have one that is broken in its width.
func (c *compositor) breaksWord(now []node, side Length) bool {
	if len(now) == 0 {
		return false
	}
	p, words := now[0].(*paraNode)
	_, indent := c.signSize()
	size := c.look.Body
	if overList(now) {
		size = c.tierSize()
	}
	return words && !p.text.wordsGoInto(side-indent-signsPad.start-signsPad.end, size)
}

// What is to be done now has a part of the band between these, in thousandths of all of it.
const leastSign, leastLargeSign, widestSign, wholeBand Length = 280, 400, 640, 1000

const signsEdge = 2 * Point

var signsPad = insets{6 * Point, 7 * Point, 10 * Point, 10 * Point}

// An alarm that is everywhere is none: of so many letters of a page in large print, or of one without steps, one
// may be in the alarm's colour, unless the words of whom to call are short. With the bullets, which are coloured too,
// that is a twentieth.
const redIn, shortCall = 21, 32

// inked tells whether the words of whom to call would be too much red on a page.
func (d *draft) inked(n *calloutNode) bool {
	red := n.callLetters()
	return (d.row.bare || d.comp.look.large()) && red > shortCall && red*redIn > d.letterCount()
}

// callLetters is how much red the words of whom to call are: what is bold of the first that is said, and bullets.
func (n *calloutNode) callLetters() (red int) {
	if n.title != nil {
		red = n.title.letterCount()
	}
	if len(n.blocks) > 0 && isPara(n.blocks[0]) {
		for _, s := range n.blocks[0].(*paraNode).text.spans {
			if s.Bold {
				red += letterCount(s.Text)
			}
		}
	}
	now, _ := parted(n.blocks)
	for _, b := range now {
		if l, ok := b.(*listNode); ok {
			red += len(l.items) // their bullets
		}
	}
	return red
}

// letterCount is how many letters a page has between its head and its foot, but for its closing words.
func (d *draft) letterCount() (n int) {
	for _, s := range d.sections {
		if s.said != nil {
			n += lettersIn(s.said.nodes)
		}
		for _, e := range d.endings(s.section) {
			if !isPara(e) {
				n += lettersIn([]node{e})
			}
		}
		for _, k := range s.cards {
			n += k.title.letterCount() + k.dose.letterCount()
			if stop := k.stops(d.row); stop != nil {
				n += stop.letterCount()
			}
			switch {
			case d.row.bare:
			case !d.row.full:
				n += k.brief.letterCount()
			case d.row.fewer && k.fewer != nil:
				n += lettersIn([]node{k.fewer})
			default:
				n += lettersIn([]node{k.steps})
			}
		}
	}
	return n
}

// lettersIn is how many letters blocks have.
func lettersIn(ns []node) (all int) {
	for _, n := range ns {
		switch n := n.(type) {
		case *paraNode:
			all += n.text.letterCount()
		case *listNode:
			for _, it := range n.items {
				all += lettersIn(it)
			}
		case *calloutNode:
			all += lettersIn(n.blocks)
		}
	}
	return all
}

// alarmBand is a caution, the width of its band, and the colour of the words over its signs.
type alarmBand struct {
	*calloutNode
	width  Length
	strong picture.Color
}

// signs sets the two sides of the band, the first so many thousandths wide; if that is all of them the
// other is below it.
func (c *compositor) signs(n alarmBand, now, later []node, share Length) box {
	th, pad, width := c.theme, signsPad, n.width
	switch {
	case c.look.tight && c.look.large():
		pad = insets{2 * Point, 2 * Point, 8 * Point, 8 * Point}
	case c.look.tight: // as much room below the last line's long letters as above the first's capitals
		pad = insets{2 * Point, 4 * Point, 8 * Point, 8 * Point}
	}
	side := width * share / wholeBand
	size, indent := c.signSize()
	room := side - pad.start - pad.end
	left := &stackBox{}
	if n.title != nil {
		left.put(0, indented(indent, c.display(P, n.title, room-indent, solid(c.look.Body, n.strong), c.look.Lead)))
	}
	red, first := c.compositor(c.look, th.signal, n.strong), c.look.Lead
	below := func(c *compositor, ns []node) { c.tiers(left, ns, room) }
	switch {
	case len(now) == 0: // it has no words but those over it
	case overList(now):
		head := red.tierHead(now[0].(*paraNode), room-indent)
		if n.title == nil {
			first = head.lead
		}
		left.put(c.look.Para, indented(indent, head))
	default: // the words stand beside the sign, and where that is higher what comes after them does too
		beside := indented(indent, red.nodes(now[:1], room-indent))
		if left.put(c.look.Para, beside); beside.height() < size {
			below = func(c *compositor, ns []node) {
				if len(ns) > 0 {
					left.put(c.look.Para, indented(indent, c.nodes(ns, room-indent)))
				}
			}
		}
	}
	below(red, now[min(1, len(now)):])
	if share == wholeBand {
		below(c, later)
	}
	row := &rowBox{line: 1}
	row.put(pad.start, alignStart, left)
	b := &panelBox{as: tagOf(Sect), width: width, least: size,
		pad: insets{top: pad.top, bottom: pad.bottom}, radius: 5 * Point,
		edge: stroke{signsEdge, th.alarm}, inside: row,
		sign: &sign{size, XY{pad.start, max((first-size)/2, -size/12)}, func(p *press, r Rect) {
			p.alarm(XY{r.X, r.Y}, r.W, th.alarm)
		}}}
	if !th.mono {
		b.fill = &picture.Color{R: 0xfd, G: 0xf1, B: 0xf0}
	}
	if later != nil && share < wholeBand {
		b.filled = side
		right := &stackBox{}
		c.compositor(c.look, th.calm, th.text).tiers(right, later, width-side-pad.start-pad.end)
		row.put(side+pad.start, alignStart, right)
	}
	return b
}

// overList tells a tier of signs that is a list below its own words.
func overList(ns []node) bool {
	return len(ns) > 1 && leads(ns[0], ns[1])
}

// signSize is the side of the sign of the band, and where the words beside it begin.
func (c *compositor) signSize() (side, indent Length) {
	side = max(18*Point, c.look.Body*3/2)
	return side, side + 5*Point
}

// tierSize is the size of the words over a list of signs.
func (c *compositor) tierSize() Length { return c.look.Body * 112 / 100 }

// tierHead is the words over a list of signs.
func (c *compositor) tierHead(n *paraNode, width Length) *wordsBox {
	k := ink{size: c.tierSize(), color: c.theme.text, strong: c.strong}
	return c.display(P, n.text, width, k, c.look.Lead*112/100)
}

// tiers puts signs below each other, the words over a list larger.
func (c *compositor) tiers(s *stackBox, ns []node, width Length) {
	gap := c.look.Lead / 8
	for i, n := range ns {
		if overList(ns[i:]) {
			s.put(c.look.Para, c.tierHead(n.(*paraNode), width))
			continue
		}
		if _, ok := n.(*listNode); !ok {
			gap = c.look.Para
		}
		s.put(gap, n.lay(c, width))
		gap = c.look.Para
	}
}

// askFirst is who must ask a doctor before anything on the page: said in a line of its own,
// for it is no emergency.
func (c *compositor) askFirst(n *calloutNode, width Length) box {
	return n.set(c, width, asLine, func(c *compositor, width Length) box { return c.askLine(n, width) })
}

func (c *compositor) askLine(n *calloutNode, width Length) box {
	pad := insets{start: 10 * Point}
	in := &stackBox{}
	if n.title != nil {
		k := solid(c.look.Body, c.theme.text)
		in.put(0, c.display(P, n.title, width-pad.start, k, c.look.Lead))
	}
	for _, b := range n.blocks {
		if isPara(b) { // a line or two: as long as the page is wide
			in.put(c.look.Para, c.para(b.(*paraNode).text, width-pad.start))
		} else {
			in.put(c.look.Para, b.lay(c, width-pad.start))
		}
	}
	return &panelBox{as: tagOf(Sect), width: width, pad: pad, bar: stroke{3 * Point, c.theme.line}, inside: in}
}
