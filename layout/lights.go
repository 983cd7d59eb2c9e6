package layout

import (
	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

// A traffic light: when to go on, to ease off and to stop. Words and shapes come
// first (a disc with a tick, a triangle with an exclamation mark, an octagon with a
// bar); colour only helps, and a copy in black says all of it.

type lightsNode struct {
	words, says [3]*text // by content.Light
}

func (r *reader) lights(b *content.TrafficLight) node {
	n := &lightsNode{}
	for i, t := range b.Says {
		n.words[i] = r.plain(r.words.Lights[i], fonts.Bold)
		n.says[i] = r.filled(t, fonts.Regular)
	}
	return n
}

// lightsSlab is three signs with their words, side by side or below each other.
type lightsSlab struct {
	words, says [3]*textSlab
	colors      [3]picture.Color
	side        bool
	width, gap  Length // of one; between two
	pad         insets
}

// lightSize is the size of a sign: 7 mm.
var lightSize = MM(7)

// lightMeasure is the shortest line, in ems, that signs side by side are worth.
const lightMeasure = 8

func (c *compositor) lights(n *lightsNode, width Length) slab {
	pile := c.lightsAs(n, width, false)
	if pile.inner()-2*width/3 >= lightMeasure*c.look.Body { // or about so
		if row := c.lightsAs(n, width, true); row.inner() >= lightMeasure*c.look.Body && row.height() < pile.height() {
			return row
		}
	}
	return pile
}

func (c *compositor) lightsAs(n *lightsNode, width Length, side bool) *lightsSlab {
	s := &lightsSlab{side: side, width: width, gap: 4 * Point, pad: insets{3 * Point, 4 * Point, lightSize + 12*Point, 6 * Point}}
	if side {
		s.gap = min(c.look.Gutter/2, 10*Point)
		s.width = (width - 2*s.gap) / 3
	}
	s.colors = [3]picture.Color{c.theme.alarm, c.theme.alarm, c.theme.alarm}
	if !c.theme.mono {
		s.colors[content.GoOn] = picture.Color{R: 0x1d, G: 0x6b, B: 0x3a}
		s.colors[content.EaseOff] = picture.Color{R: 0x8a, G: 0x5a, B: 0x00}
	}
	for i := range n.words {
		k := ink{size: c.look.Body, color: s.colors[i], strong: s.colors[i]}
		s.words[i] = c.text(Lbl, n.words[i], s.inner(), k, c.look.Lead)
		s.says[i] = c.text(noRole, n.says[i], min(s.inner(), c.look.Body*maxMeasure/1000), c.ink(c.look.Body), c.look.Lead)
	}
	return s
}

// inner is the width for words.
func (s *lightsSlab) inner() Length { return s.width - s.pad.start - s.pad.end }

func (s *lightsSlab) box(i int) Length {
	return s.pad.top + max(s.words[i].height()+s.says[i].height(), lightSize) + s.pad.bottom
}

func (s *lightsSlab) height() Length {
	a, b, c := s.box(0), s.box(1), s.box(2)
	if s.side {
		return max(a, b, c)
	}
	return a + b + c + 2*s.gap
}

func (s *lightsSlab) print(p *press, at XY, tag int) {
	list := p.list(tag, Disc) // a sign is a bullet
	for i := range s.words {
		h := s.box(i)
		if s.side {
			h = s.height()
		}
		p.frame(Artifact, Rect{at.X, at.Y, s.width, h}, 4*Point, Point, s.colors[i])
		p.light(content.Light(i), Rect{at.X + 6*Point, at.Y + (h-lightSize)/2, lightSize, lightSize}, s.colors[i])
		y := at.Y + (h-s.words[i].height()-s.says[i].height())/2
		li := p.tag(LI, list)
		s.words[i].print(p, XY{at.X + s.pad.start, y}, li)
		s.says[i].printLines(p, XY{at.X + s.pad.start, y + s.words[i].height()}, p.tag(LBody, li))
		if s.side {
			at.X += s.width + s.gap
		} else {
			at.Y += h + s.gap
		}
	}
}

// light draws a sign in a square box. Its marks are white, and it is decoration: the
// word beside it says the same.
func (p *press) light(l content.Light, r Rect, color picture.Color) {
	if l == content.EaseOff {
		p.alarm(XY{r.X, r.Y}, r.W, color)
		return
	}
	white := picture.Color{R: 255, G: 255, B: 255}
	r.X = p.flip(r.X, r.W)
	pt := func(x, y Length) XY { return XY{r.X + r.W*x/24, r.Y + r.W*y/24} }
	path := func(pts ...XY) []Segment {
		out := []Segment{{Op: picture.Move, To: pts[0]}}
		for _, to := range pts[1:] {
			out = append(out, Segment{Op: picture.Line, To: to})
		}
		return out
	}
	if l == content.GoOn {
		p.add(Artifact, &Shape{Tag: Artifact, Path: roundRect(r, r.W/2), Fill: &color})
		p.add(Artifact, &Shape{Tag: Artifact, Path: path(pt(6, 13), pt(10, 17), pt(18, 8)), Stroke: &white, Width: r.W / 9})
		return
	}
	sides := path(pt(7, 0), pt(17, 0), pt(24, 7), pt(24, 17), pt(17, 24), pt(7, 24), pt(0, 17), pt(0, 7))
	p.add(Artifact, &Shape{Tag: Artifact, Path: append(sides, Segment{Op: picture.Close}), Fill: &color})
	p.add(Artifact, &Shape{Tag: Artifact, Path: path(pt(5, 12), pt(19, 12)), Stroke: &white, Width: r.W / 7})
}
