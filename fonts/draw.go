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
type Outlines struct {
	face *font.Face
	b    []byte
	x, y int // where the pen is
}

// Outlines are the face's.
func (f *Face) Outlines() *Outlines { return &Outlines{face: f.shaped()} }

// Append writes a shape's outline behind b as path data of SVG 1.1 (8.3), in units of
// the face with y upwards, and all of it relative: what is drawn begins where the pen
// stands. Blank shapes and those the face does not have add nothing. Coordinates are
// whole, as in the subsets of a PDF.
func (o *Outlines) Append(b []byte, s Shape) []byte {
	o.b, o.x, o.y = b, 0, 0
	if s.Parts == "" {
		o.glyph(moved{id: s.ID})
	}
	for p := range s.Parts.all() {
		o.glyph(p)
	}
	b, o.b = o.b, nil
	return b
}

func (o *Outlines) glyph(p moved) {
	out, ok := outlineOf(o.face, font.GID(p.id))
	if !ok {
		return
	}
	open, startX, startY := false, 0, 0
	end := func() {
		if open {
			o.b = append(o.b, 'z')
			o.x, o.y = startX, startY // where closing leaves the pen
		}
	}
	for _, s := range out.Segments {
		n := 1
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			end()
			o.b = append(o.b, 'm')
		case opentype.SegmentOpLineTo:
			o.b = append(o.b, 'l')
		case opentype.SegmentOpQuadTo:
			o.b, n = append(o.b, 'q'), 2
		case opentype.SegmentOpCubeTo:
			o.b, n = append(o.b, 'c'), 3
		}
		x, y := 0, 0
		for i, at := range s.Args[:n] {
			x, y = rounded(at.X)+p.x, rounded(at.Y)+p.y
			o.number(x-o.x, i == 0)
			o.number(y-o.y, false)
		}
		o.x, o.y = x, y
		if s.Op == opentype.SegmentOpMoveTo {
			open, startX, startY = true, x, y
		}
	}
	end()
}

// number writes a coordinate; a sign parts it from the one before as well as a space.
func (o *Outlines) number(n int, first bool) {
	if n >= 0 && !first {
		o.b = append(o.b, ' ')
	}
	o.b = strconv.AppendInt(o.b, int64(n), 10)
}

func rounded(v float32) int { return int(math.Round(float64(v))) }
