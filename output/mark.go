package output

import (
	"encoding/binary"

	"handout/content/picture"
	"handout/layout"
)

// markings keeps what fpdf drew on pages by what it was told: a colour, a width, a path, the
// place of a picture. None of it is a letter.
type markings struct {
	known map[string][]byte
	size  int // of known, about, in bytes
	key   []byte
	err   error // the first
}

// maxMarks bounds what a canvas keeps of marks, in bytes: those of a day's handouts take
// some 200,000.
const maxMarks = 1 << 20

// of gives the operators for what the key says.
func (m *markings) of(top int, draw func(*pen)) []byte {
	ops, ok := m.known[string(m.key)]
	if ok {
		return ops
	}
	ops, err := strokes(1, inPoints(top), draw)
	if err != nil && m.err == nil {
		m.err = err
	}
	if m.size += len(m.key) + len(ops) + 64; m.size > maxMarks {
		clear(m.known)
		m.size = 0
	}
	m.known[string(m.key)] = ops
	return ops
}

func (m *markings) begin(kind byte) { m.key = append(m.key[:0], kind) }

func (m *markings) add(numbers ...int) {
	for _, n := range numbers {
		m.key = binary.AppendVarint(m.key, int64(n))
	}
}

// filling sets the colour of areas and text, stroking that of lines.
func (m *markings) filling(c picture.Color) []byte {
	m.key = append(m.key[:0], 'f', c.R, c.G, c.B)
	return m.of(0, func(p *pen) { p.SetFillColor(int(c.R), int(c.G), int(c.B)) })
}

func (m *markings) stroking(c picture.Color) []byte {
	m.key = append(m.key[:0], 's', c.R, c.G, c.B)
	return m.of(0, func(p *pen) { p.SetDrawColor(int(c.R), int(c.G), int(c.B)) })
}

// width sets that of lines, in hundredths of a point.
func (m *markings) width(hundredths int) []byte {
	m.begin('w')
	m.add(hundredths)
	return m.of(0, func(p *pen) { p.SetLineWidth(inPoints(hundredths)) })
}

// shape fills or strokes a path, or both, on a page top high.
func (m *markings) shape(s *layout.Shape, top int) []byte {
	how := "F"
	if s.Stroke != nil {
		how = "D"
		if s.Fill != nil {
			how = "DF"
		}
	}
	m.begin('p')
	m.add(top, len(how), int(how[0]))
	for _, seg := range s.Path {
		m.key = append(m.key, byte(seg.Op))
		for _, at := range points(seg) {
			m.add(hundredths(at.X), hundredths(at.Y))
		}
	}
	return m.of(top, func(p *pen) {
		at := func(at layout.XY) (x, y float64) { return inPoints(hundredths(at.X)), inPoints(hundredths(at.Y)) }
		if a, b, ok := rectangle(s.Path); ok {
			x, y := at(a)
			right, bottom := at(b)
			p.Rect(x, y, right-x, bottom-y, how)
			return
		}
		for _, seg := range s.Path {
			x, y := at(seg.To)
			switch seg.Op {
			case picture.Move:
				p.MoveTo(x, y)
			case picture.Line:
				p.LineTo(x, y)
			case picture.Cubic:
				ax, ay := at(seg.C1)
				bx, by := at(seg.C2)
				p.CurveBezierCubicTo(ax, ay, bx, by, x, y)
			case picture.Close:
				p.ClosePath()
			}
		}
		p.DrawPath(how)
	})
}

// picture shows a picture in a box.
func (m *markings) picture(resource name, box layout.Rect, top int) []byte {
	left, upper := hundredths(box.X), hundredths(box.Y)
	width, height := hundredths(box.Right())-left, hundredths(box.Bottom())-upper
	m.begin('x')
	m.add(top, left, upper, width, height)
	m.key = append(m.key, resource...)
	return m.of(top, func(p *pen) { show(p, resource, inPoints(left), inPoints(upper), inPoints(width), inPoints(height)) })
}

// rectangle gives the upper left and lower right corner of a path that is an
// upright rectangle.
func rectangle(path []layout.Segment) (a, b layout.XY, ok bool) {
	if len(path) != 5 || path[0].Op != picture.Move || path[4].Op != picture.Close {
		return a, b, false
	}
	a, b = path[0].To, path[2].To
	for _, seg := range path[1:4] {
		if seg.Op != picture.Line {
			return a, b, false
		}
	}
	one, two := path[1].To, path[3].To
	across := one == layout.XY{X: b.X, Y: a.Y} && two == layout.XY{X: a.X, Y: b.Y}
	down := one == layout.XY{X: a.X, Y: b.Y} && two == layout.XY{X: b.X, Y: a.Y}
	return layout.XY{X: min(a.X, b.X), Y: min(a.Y, b.Y)}, layout.XY{X: max(a.X, b.X), Y: max(a.Y, b.Y)}, across || down
}
