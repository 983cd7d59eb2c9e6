package layout

import (
	"fmt"
	"math"
)

// Length is a distance in thousandths of a point (1/72000 inch). Integers make a
// page the same on every machine.
type Length int

const (
	Point Length = 1000
	Inch         = 72 * Point
)

// MM is a length of that many millimetres.
func MM(mm float64) Length { return Pt(mm * 72 / 25.4) }

// Pt is a length of that many points, to the nearest thousandth.
func Pt(pt float64) Length { return Length(math.Round(pt * 1000)) }

// Points is the length in points.
func (l Length) Points() float64 { return float64(l) / 1000 }

func (l Length) String() string { return fmt.Sprintf("%g", l.Points()) }

// XY is a place on the page, from its top left corner, y down.
type XY struct{ X, Y Length }

// Rect is a box on the page: its top left corner, width and height.
type Rect struct{ X, Y, W, H Length }

// Right is the x of the right edge.
func (r Rect) Right() Length { return r.X + r.W }

// Bottom is the y of the lower edge.
func (r Rect) Bottom() Length { return r.Y + r.H }

// with is the box round both.
func (r Rect) with(o Rect) Rect {
	x, y := min(r.X, o.X), min(r.Y, o.Y)
	return Rect{x, y, max(r.Right(), o.Right()) - x, max(r.Bottom(), o.Bottom()) - y}
}

// bounds is the box round a path's points.
func bounds(path []Segment) (all Rect) {
	for i, s := range path {
		for _, q := range s.Points() {
			if i == 0 {
				all = Rect{X: q.X, Y: q.Y}
			}
			all = all.with(Rect{X: q.X, Y: q.Y})
		}
	}
	return all
}

// Size is a sheet's width and height.
type Size struct{ W, H Length }

// Paper is a size of sheet, portrait.
type Paper struct {
	Name string // as in --paper
	Size
}

var (
	Letter = Paper{"letter", Size{612 * Point, 792 * Point}}
	A4     = Paper{"a4", Size{Pt(595.276), Pt(841.89)}} // ISO 216: 210 x 297 mm
)
