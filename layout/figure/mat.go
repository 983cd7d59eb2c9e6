package figure

import (
	"math"
	"slices"

	"handout/content/picture"
)

// matGap is from the end of the first picture on a mat to the second, in centimetres of
// the body.
const matGap = 6.0

// OnOneMat is two pictures of a movement as one, side by side on one long mat, their bodies
// of one size; nil where they do not both lie on a mat seen straight from the side. From a
// bounded memory, as Read and Inked are.
func OnOneMat(first, second *Figure) *Figure {
	f, _ := matted.get([2]*Figure{first, second}, func() (*Figure, error) { return onOneMat(first, second), nil })
	return f
}

var matted = memory[[2]*Figure, *Figure]{size: 64}

func onOneMat(first, second *Figure) *Figure {
	if first.Scale == 0 || second.Scale == 0 || !first.onMat() || !second.onMat() {
		return nil
	}
	larger := first.Scale / second.Scale
	second = second.moved(larger, 0, 0)
	floor := max(first.Floor, second.Floor)
	first = first.moved(1, 0, floor-first.Floor)
	second = second.moved(1, first.W+matGap*first.Scale/10, floor-second.Floor)
	out := &Figure{W: second.W, H: max(first.H, second.H), Floor: floor, Scale: first.Scale,
		Paths: slices.Clone(first.Paths)}
	for i := range matParts {
		from, to := first.Paths[i].box(), second.Paths[i].box()
		a, b := from.min, vec2{to.max.X, from.max.Y}
		out.Paths[i].Ops = []picture.Op{picture.Move, picture.Line, picture.Line, picture.Line, picture.Close}
		out.Paths[i].Pts = []picture.Point{{X: a.X, Y: a.Y}, {X: b.X, Y: a.Y}, {X: b.X, Y: b.Y}, {X: a.X, Y: b.Y}}
	}
	out.Paths = append(out.Paths, second.Paths[len(matParts):]...)
	return out
}

// matParts is how a mat is painted, before all else: its line, its edge, its top.
var matParts = [...]Role{rolePropInk, roleMatSide, roleMat}

// onMat tells whether the picture stands on a mat whose ends are upright.
func (f *Figure) onMat() bool {
	if len(f.Paths) < len(matParts) {
		return false
	}
	for i, r := range matParts {
		p := f.Paths[i]
		if p.Role != r {
			return false
		}
		if b := p.box().size(); p.area() < .9*b.X*b.Y {
			return false
		}
	}
	return true
}

// moved is the figure larger by a factor, in a box that is extended by x and y before it.
func (f *Figure) moved(larger, x, y float64) *Figure {
	at := func(p picture.Point) picture.Point {
		return picture.Point{X: round(p.X*larger + x), Y: round(p.Y*larger + y)}
	}
	far := at(picture.Point{X: f.W, Y: f.H})
	return &Figure{W: far.X, H: far.Y, Floor: round(f.Floor*larger + y), Scale: round(f.Scale * larger),
		Paths: f.drawn(at)}
}

func (p Path) box() box {
	all := nowhere
	for _, q := range p.Pts {
		all = all.with(around(vec2(q), 0))
	}
	return all
}

// area is of the outline through the path's points, as if it were of lines.
func (p Path) area() (sum float64) {
	for i, q := range p.Pts {
		r := p.Pts[(i+1)%len(p.Pts)]
		sum += q.X*r.Y - r.X*q.Y
	}
	return math.Abs(sum) / 2
}
