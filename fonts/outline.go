package fonts

import (
	"errors"
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// outliner redraws outlines as plain TrueType glyphs, whose curves are quadratic:
// those of PostScript, which are cubic, and those of a variable font's instance. Overlaps and direction may
// stay as they are: both fill by the non-zero rule.
type outliner struct {
	face     *font.Face
	points   int // of the last glyph
	contours int
	xs, ys   []int
	on       []bool
	ends     []int
}

// outlineOf is a glyph's outline in a face without bitmaps.
func outlineOf(face *font.Face, id font.GID) (font.GlyphOutline, bool) {
	out, ok := face.GlyphData(id).(font.GlyphOutline)
	return out, ok
}

var errOutline = errors.New("outline out of range")

// glyph returns a glyph's glyf data, empty for a blank one.
func (o *outliner) glyph(id uint16) (data []byte, err error) {
	defer func() { // as in newFace: the charstring is not ours
		if recover() != nil {
			err = errOutline
		}
	}()
	o.xs, o.ys, o.on, o.ends = o.xs[:0], o.ys[:0], o.on[:0], o.ends[:0]
	o.points, o.contours = 0, 0
	out, ok := outlineOf(o.face, font.GID(id))
	if !ok {
		return nil, errOutline
	}
	var at point
	for _, s := range out.Segments {
		a, b, c := pointOf(s.Args[0]), pointOf(s.Args[1]), pointOf(s.Args[2])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			o.closeContour()
			o.add(a, true)
			at = a
		case opentype.SegmentOpLineTo:
			o.add(a, true)
			at = a
		case opentype.SegmentOpQuadTo:
			o.add(a, false)
			o.add(b, true)
			at = b
		case opentype.SegmentOpCubeTo:
			o.cubic([4]point{at, a, b, c}, 3)
			at = c
		}
	}
	o.closeContour()
	o.points, o.contours = len(o.xs), len(o.ends)
	if len(o.xs) == 0 {
		return nil, nil
	}
	return o.encode()
}

type point struct{ X, Y float64 }

func pointOf(p opentype.SegmentPoint) point { return point{float64(p.X), float64(p.Y)} }

// cubic adds a cubic curve as one quadratic, or as those of its two halves. A
// cubic with the third difference d is at most |d|*sqrt(3)/36 away from the
// quadratic that shares its ends and its mean control point; halving divides
// that by eight. Half a unit is the rounding that follows anyway. All steps are
// halvings, so that float64 is exact and every machine gets the same points.
func (o *outliner) cubic(p [4]point, depth int) {
	dx := p[3].X - 3*p[2].X + 3*p[1].X - p[0].X
	dy := p[3].Y - 3*p[2].Y + 3*p[1].Y - p[0].Y
	if depth == 0 || math.Abs(dx)+math.Abs(dy) < 10 {
		o.add(point{
			X: (3*(p[1].X+p[2].X) - p[0].X - p[3].X) / 4,
			Y: (3*(p[1].Y+p[2].Y) - p[0].Y - p[3].Y) / 4,
		}, false)
		o.add(p[3], true)
		return
	}
	a, b, c := mid(p[0], p[1]), mid(p[1], p[2]), mid(p[2], p[3])
	d, e := mid(a, b), mid(b, c)
	m := mid(d, e)
	o.cubic([4]point{p[0], a, d, m}, depth-1)
	o.cubic([4]point{m, e, c, p[3]}, depth-1)
}

func mid(a, b point) point { return point{(a.X + b.X) / 2, (a.Y + b.Y) / 2} }

func (o *outliner) add(p point, on bool) {
	x, y := int(math.Round(p.X)), int(math.Round(p.Y))
	o.xs, o.ys, o.on = append(o.xs, x), append(o.ys, y), append(o.on, on)
}

// closeContour ends a contour. Contours close by themselves: an end on the start is dropped.
func (o *outliner) closeContour() {
	start := 0
	if len(o.ends) > 0 {
		start = o.ends[len(o.ends)-1] + 1
	}
	last := len(o.xs) - 1
	if last > start && o.on[last] && o.xs[last] == o.xs[start] && o.ys[last] == o.ys[start] {
		o.xs, o.ys, o.on = o.xs[:last], o.ys[:last], o.on[:last]
		last--
	}
	if last > start {
		o.ends = append(o.ends, last)
		return
	}
	o.xs, o.ys, o.on = o.xs[:start], o.ys[:start], o.on[:start] // a lone point draws nothing
}

// Flags of a point (OpenType 1.9, "glyf", simple glyphs).
const (
	pointOn     = 0x01
	pointShortX = 0x02
	pointShortY = 0x04
	pointSameX  = 0x10 // or, with pointShortX, positive
	pointSameY  = 0x20
)

func (o *outliner) encode() ([]byte, error) {
	box := [4]int{math.MaxInt, math.MaxInt, math.MinInt, math.MinInt}
	for i := range o.xs {
		box[0], box[1] = min(box[0], o.xs[i]), min(box[1], o.ys[i])
		box[2], box[3] = max(box[2], o.xs[i]), max(box[3], o.ys[i])
	}
	if min(box[0], box[1]) < -16384 || max(box[2], box[3]) > 16383 || len(o.xs) > math.MaxUint16 {
		return nil, errOutline
	}
	b := put16(make([]byte, 0, 16+5*len(o.xs)), len(o.ends))
	for _, v := range box {
		b = put16(b, v)
	}
	for _, e := range o.ends {
		b = put16(b, e)
	}
	b = put16(b, 0) // no instructions
	var dx, dy []byte
	x, y := 0, 0
	for i := range o.xs {
		flag := byte(0)
		if o.on[i] {
			flag = pointOn
		}
		var f byte
		dx, f = delta(dx, o.xs[i]-x, pointShortX, pointSameX)
		flag |= f
		dy, f = delta(dy, o.ys[i]-y, pointShortY, pointSameY)
		b = append(b, flag|f)
		x, y = o.xs[i], o.ys[i]
	}
	return append(append(b, dx...), dy...), nil
}

// delta appends a coordinate's change in the shortest form and returns its flags.
func delta(b []byte, d int, short, same byte) ([]byte, byte) {
	switch {
	case d == 0:
		return b, same
	case d > 0 && d < 256:
		return append(b, byte(d)), short | same
	case d < 0 && d > -256:
		return append(b, byte(-d)), short
	}
	return put16(b, d), 0
}
