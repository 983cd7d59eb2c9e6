package layout

import (
	"rsc.io/qr"

	"handout/content/picture"
)

// QR codes: one beside its words wherever an author asks for it, a film's on its
// stretch's card, the booking code beside whose page it is.

// codeModule is the size of a module: a telephone reads 0.4 mm from paper, and a
// large code has no larger ones.
var (
	codeModule  = MM(.45)
	leastModule = MM(.4)
)

// largeCode is how many modules a side make a code large: 20 mm.
const largeCode = 45

// qrBox is a QR code. What stands round it must keep clear its quiet zone of
// four modules (ISO/IEC 18004).
func qrBox(code *qr.Code, module Length, alt string) *artBox {
	side := module * Length(code.Size)
	return &artBox{as: &Tag{Role: Figure, Alt: alt}, size: Size{side, side}, draw: func(p *press, r Rect, fig int) {
		x0, y0 := p.flip(r.X, side), r.Y
		var path []Segment
		for y := range code.Size {
			for x := 0; x < code.Size; x++ {
				from := x
				for x < code.Size && code.Black(x, y) {
					x++
				}
				if x > from {
					path = roundRect(path, Rect{x0 + Length(from)*module, y0 + Length(y)*module,
						Length(x-from) * module, module}, 0)
				}
			}
		}
		p.shape(Shape{Tag: fig, Path: path, Fill: &picture.Color{}})
	}}
}

// lay sets a code and the words beside it, or below where there is no room.
func (n *scanNode) lay(c *compositor, width Length) box {
	module := codeModule
	if n.code.Size > largeCode {
		module = leastModule
	}
	code := qrBox(n.code, module, n.alt)
	quiet := 4 * module
	from := code.size.W + quiet + 4*Point
	r := &rowBox{least: code.size.H + 2*quiet}
	r.put(0, alignMiddle, code)
	if width-from < min(scale(n.words.widest(), c.look.Body), width*2/5) {
		s := &stackBox{}
		s.put(0, r)
		s.put(0, c.para(n.words, c.readable(width)))
		return s
	}
	r.put(from, alignMiddle, c.para(n.words, c.readable(width-from)))
	return r
}
