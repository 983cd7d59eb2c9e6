package layout

import (
	"handout/content"
	"handout/content/picture"
)

// A traffic light: when to go on, to ease off and to stop. Words and shapes come
// first (a disc with a tick, a triangle with an exclamation mark, an octagon with a
// bar); colour only helps, and a copy in black says all of it.

// lightSize is the size of a sign: 7 mm.
var lightSize = MM(7)

// lightMeasure is the shortest line, in ems, that signs side by side are worth.
const lightMeasure = 8

// lay sets three signs with their words, side by side or below each other.
func (n *lightsNode) lay(c *compositor, width Length) box {
	pad := insets{3 * Point, 4 * Point, lightSize + 12*Point, 6 * Point}
	pile := &stackBox{rowBox{as: &Tag{Role: L, Labels: Disc}}} // a sign is a bullet
	for i := range n.words {
		pile.put(4*Point, c.light(n, i, width, pad))
	}
	least := lightMeasure * c.look.Body
	if width-pad.start-pad.end-2*width/3 < least { // or about so
		return pile
	}
	gap := min(c.look.Gutter/2, 10*Point)
	side := (width - 2*gap) / 3
	row := &rowBox{as: pile.as}
	for i := range n.words {
		row.put(Length(i)*(side+gap), alignStart, c.light(n, i, side, pad))
	}
	h := row.height()
	if side-pad.start-pad.end < least || h >= pile.height() {
		return pile
	}
	for _, k := range row.parts {
		b := k.box.(*panelBox)
		b.least = h - pad.top - pad.bottom
		b.sign.at.Y = (b.inside.height() - lightSize) / 2
	}
	return row
}

// light sets one of the signs.
func (c *compositor) light(n *lightsNode, i int, width Length, pad insets) *panelBox {
	color := c.theme.alarm
	if !c.theme.mono {
		color = [...]picture.Color{content.GoOn: {R: 0x1d, G: 0x6b, B: 0x3a},
			content.EaseOff: {R: 0x8a, G: 0x5a, B: 0x00}, content.Stop: color}[i]
	}
	inner := width - pad.start - pad.end
	words := &stackBox{}
	words.put(0, c.text(Lbl, n.words[i], inner, solid(c.look.Body, color), c.look.Lead))
	body := &stackBox{rowBox{as: tagOf(LBody)}}
	body.put(0, c.text(noRole, n.says[i], c.readable(inner), c.ink(c.look.Body), c.look.Lead))
	words.put(0, body)
	return &panelBox{as: tagOf(LI), width: width, least: lightSize, pad: pad, edge: stroke{Point, color},
		radius: 4 * Point, inside: words,
		sign: &sign{lightSize, XY{6 * Point, (words.height() - lightSize) / 2}, func(p *press, r Rect) {
			p.light(content.Light(i), r, color)
		}}}
}

// light draws a sign in a square box. Its marks are white, and it is decoration: the
// word beside it says the same.
func (p *press) light(l content.Light, r Rect, color picture.Color) {
	if l == content.EaseOff {
		p.alarm(XY{r.X, r.Y}, r.W, color)
		return
	}
	white := picture.White
	r.X = p.flip(r.X, r.W)
	pt := func(x, y Length) XY { return XY{r.X + r.W*x/24, r.Y + r.W*y/24} }
	if l == content.GoOn {
		p.fill(r, r.W/2, color)
		p.shape(Shape{Tag: Artifact, Path: through(pt(6, 13), pt(10, 17), pt(18, 8)),
			Stroke: &white, Width: r.W / 9})
		return
	}
	sides := through(pt(7, 0), pt(17, 0), pt(24, 7), pt(24, 17), pt(17, 24), pt(7, 24), pt(0, 17), pt(0, 7))
	p.shape(Shape{Tag: Artifact, Path: append(sides, Segment{Op: picture.Close}), Fill: &color})
	p.shape(Shape{Tag: Artifact, Path: through(pt(5, 12), pt(19, 12)), Stroke: &white, Width: r.W / 7})
}
