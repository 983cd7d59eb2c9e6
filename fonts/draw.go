package fonts

import (
	"math"
	"strconv"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// UnitsPerEm is how many units of the face an em has (OpenType 1.9, "head").
func (f *Face) UnitsPerEm() int { return f.upem }

// Outlines draws a face's shapes. It is for one goroutine.
type Outlines struct{ face *font.Face }

// Outlines are the face's.
func (f *Face) Outlines() *Outlines { return &Outlines{f.shaped()} }

// Append writes a shape's outline behind b as path data of SVG 1.1 (8.3), in units of
// the face with y upwards, and all of it relative: what is drawn begins where the pen
// stands. Blank shapes and those the face does not have add nothing. Coordinates are
// whole, as in the subsets of a PDF.
func (o *Outlines) Append(b []byte, s Shape) []byte {
	x, y := 0, 0 // where the pen is
	startX, startY := 0, 0
	o.Trace(s, func(op byte, to []int) {
		b = append(b, op)
		for i := 0; i < len(to); i += 2 {
			b = appendNumber(b, to[i]-x, i == 0)
			b = appendNumber(b, to[i+1]-y, false)
		}
		switch op {
		case 'm':
			startX, startY = to[0], to[1]
			x, y = startX, startY
		case 'z':
			x, y = startX, startY // where closing leaves the pen
		default:
			x, y = to[len(to)-2], to[len(to)-1]
		}
	})
	return b
}

// Trace goes along a shape's outline in units of the face, y upwards: step is told to
// move (m), of a line (l), a quadratic (q) or a cubic curve (c) and of the end of a contour
// (z), each with its points, x before y. What to holds is overwritten by the next.
func (o *Outlines) Trace(s Shape, step func(op byte, to []int)) {
	if s.Parts == "" {
		o.glyph(moved{id: s.ID}, step)
	}
	for p := range s.Parts.all() {
		o.glyph(p, step)
	}
}

func (o *Outlines) glyph(p moved, step func(op byte, to []int)) {
	out, ok := outlineOf(o.face, font.GID(p.id))
	if !ok {
		return
	}
	open := false
	to := make([]int, 0, 6)
	for _, s := range out.Segments {
		op, n := byte('l'), 1
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if op = 'm'; open {
				step('z', nil)
			}
			open = true
		case opentype.SegmentOpQuadTo:
			op, n = 'q', 2
		case opentype.SegmentOpCubeTo:
			op, n = 'c', 3
		}
		to = to[:0]
		for _, at := range s.Args[:n] {
			to = append(to, rounded(at.X)+p.x, rounded(at.Y)+p.y)
		}
		step(op, to)
	}
	if open {
		step('z', nil)
	}
}

// appendNumber writes a coordinate; a sign parts it from the one before as well as a space.
func appendNumber(b []byte, n int, first bool) []byte {
	if n >= 0 && !first {
		b = append(b, ' ')
	}
	return strconv.AppendInt(b, int64(n), 10)
}

func rounded(v float32) int { return int(math.Round(float64(v))) }
