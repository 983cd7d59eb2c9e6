package picture

import (
	"cmp"
	"math"
	"slices"
)

// MoveTo begins a new contour.
func (p *Path) MoveTo(to Point) { p.Ops, p.Pts = append(p.Ops, Move), append(p.Pts, to) }

// LineTo draws a straight line; a contour must have begun.
func (p *Path) LineTo(to Point) { p.Ops, p.Pts = append(p.Ops, Line), append(p.Pts, to) }

// CubicTo draws a Bézier curve with two control points; a contour must have begun.
func (p *Path) CubicTo(c1, c2, to Point) {
	p.Ops, p.Pts = append(p.Ops, Cubic), append(p.Pts, c1, c2, to)
}

// Close draws a straight line to where the contour began, and ends it.
func (p *Path) Close() { p.Ops = append(p.Ops, Close) }

// step is one operator with the point it starts from; pts are its own points,
// and for a Close the point it goes back to.
type step struct {
	op   Op
	from Point
	pts  []Point
}

func (p *Path) steps(yield func(step) bool) {
	var at, start Point
	rest := p.Pts
	for _, op := range p.Ops {
		s := step{op: op, from: at}
		switch op {
		case Move, Line:
			s.pts, rest = rest[:1], rest[1:]
		case Cubic:
			s.pts, rest = rest[:3], rest[3:]
		case Close:
			s.pts = []Point{start}
		}
		at = s.pts[len(s.pts)-1]
		if op == Move {
			start = at
		}
		if !yield(s) {
			return
		}
	}
}

// Alongside tells whether two paths lie within the same areas.
func (p *Path) Alongside(o *Path) bool {
	return slices.EqualFunc(p.Within, o.Within, func(a, b Path) bool {
		return a.EvenOdd == b.EvenOdd && slices.Equal(a.Ops, b.Ops) && slices.Equal(a.Pts, b.Pts)
	})
}

// Bounds is the smallest box round the path; min equals max for an empty one.
func (p *Path) Bounds() (min, max Point) {
	b := newBox()
	b.path(p)
	return b.corners()
}

type box struct{ min, max Point }

func newBox() box {
	return box{Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}}
}

func (b *box) add(p Point) {
	b.min = Point{min(b.min.X, p.X), min(b.min.Y, p.Y)}
	b.max = Point{max(b.max.X, p.X), max(b.max.Y, p.Y)}
}

func (b *box) path(p *Path) {
	for s := range p.steps {
		b.add(s.pts[len(s.pts)-1])
		if s.op == Cubic {
			c := cubic{s.from, s.pts[0], s.pts[1], s.pts[2]}
			for _, t := range c.turns() {
				b.add(c.at(t))
			}
		}
	}
}

func (b *box) corners() (Point, Point) {
	if b.min.X > b.max.X {
		return Point{}, Point{}
	}
	return b.min, b.max
}

func (b box) and(o box) box {
	return box{
		Point{max(b.min.X, o.min.X), max(b.min.Y, o.min.Y)},
		Point{min(b.max.X, o.max.X), min(b.max.Y, o.max.Y)},
	}
}

// with is the box round both.
func (b box) with(o box) box {
	return box{
		Point{min(b.min.X, o.min.X), min(b.min.Y, o.min.Y)},
		Point{max(b.max.X, o.max.X), max(b.max.Y, o.max.Y)},
	}
}

func (b box) meets(o box) bool {
	return b.min.X < o.max.X && o.min.X < b.max.X && b.min.Y < o.max.Y && o.min.Y < b.max.Y
}

func (p Point) plus(q Point) Point           { return Point{p.X + q.X, p.Y + q.Y} }
func (p Point) minus(q Point) Point          { return Point{p.X - q.X, p.Y - q.Y} }
func (p Point) times(k float64) Point        { return Point{p.X * k, p.Y * k} }
func (p Point) dot(q Point) float64          { return p.X*q.X + p.Y*q.Y }
func (p Point) cross(q Point) float64        { return p.X*q.Y - p.Y*q.X }
func (p Point) length() float64              { return math.Hypot(p.X, p.Y) }
func (p Point) mix(q Point, t float64) Point { return Point{p.X + (q.X-p.X)*t, p.Y + (q.Y-p.Y)*t} }

// left is the direction to the left of direction p, as seen with y down.
func (p Point) left() Point { return Point{p.Y, -p.X} }

// maxCoordinate is how far out a point of a picture may lie.
const maxCoordinate = 1e7

func (p Point) finite() bool { return math.Abs(p.X) <= maxCoordinate && math.Abs(p.Y) <= maxCoordinate }

// cubic is a Bézier curve of the third degree.
type cubic [4]Point

func (c cubic) at(t float64) Point {
	s := 1 - t
	return c[0].times(s * s * s).plus(c[1].times(3 * s * s * t)).plus(c[2].times(3 * s * t * t)).
		plus(c[3].times(t * t * t))
}

// velocity is the derivative.
func (c cubic) velocity(t float64) Point {
	s := 1 - t
	return c[1].minus(c[0]).times(3 * s * s).plus(c[2].minus(c[1]).times(6 * s * t)).
		plus(c[3].minus(c[2]).times(3 * t * t))
}

// split cuts the curve in two (de Casteljau).
func (c cubic) split(t float64) (cubic, cubic) {
	a, b, d := c[0].mix(c[1], t), c[1].mix(c[2], t), c[2].mix(c[3], t)
	e, f := a.mix(b, t), b.mix(d, t)
	m := e.mix(f, t)
	return cubic{c[0], a, e, m}, cubic{m, f, d, c[3]}
}

func (c cubic) reversed() cubic { return cubic{c[3], c[2], c[1], c[0]} }

// turns are where the curve turns round in x or in y: the zeros of velocity.
func (c cubic) turns() []float64 {
	var ts []float64
	zeros := func(p0, p1, p2, p3 float64) {
		a, b, k := p3-3*p2+3*p1-p0, 2*(p2-2*p1+p0), p1-p0
		var roots [2]float64
		if math.Abs(a) < 1e-12*(math.Abs(b)+math.Abs(k)) {
			roots[0] = -k / b
		} else if d := b*b - 4*a*k; d >= 0 {
			q := -(b + math.Copysign(math.Sqrt(d), b)) / 2
			roots[0], roots[1] = q/a, k/q
		}
		for _, t := range roots {
			if t > 0 && t < 1 {
				ts = append(ts, t)
			}
		}
	}
	zeros(c[0].X, c[1].X, c[2].X, c[3].X)
	zeros(c[0].Y, c[1].Y, c[2].Y, c[3].Y)
	return ts
}

// flatten appends the ends of straight lines that stay within tolerance of the
// curve. The bound is that of the second differences of the control points.
func (c cubic) flatten(pts []Point, tolerance float64) []Point {
	n := c.lines(tolerance)
	for i := 1; i < n; i++ {
		pts = append(pts, c.at(float64(i)/float64(n)))
	}
	return append(pts, c[3])
}

// maxFlat is the most lines one curve becomes.
const maxFlat = 256

// lines is how many lines the curve becomes.
func (c cubic) lines(tolerance float64) int {
	d := max(c[0].minus(c[1].times(2)).plus(c[2]).length(), c[1].minus(c[2].times(2)).plus(c[3]).length())
	return int(max(1, min(math.Ceil(math.Sqrt(0.75*d/tolerance)), maxFlat)))
}

// lines is how many lines the path becomes.
func (p *Path) lines(tolerance float64) int {
	n := 0
	for s := range p.steps {
		if s.op == Cubic {
			n += cubic{s.from, s.pts[0], s.pts[1], s.pts[2]}.lines(tolerance)
		} else {
			n++
		}
	}
	return n
}

// contours are the path's outlines as polygons.
func (p *Path) contours(tolerance float64) [][]Point {
	var all [][]Point
	for s := range p.steps {
		switch last := len(all) - 1; s.op {
		case Move:
			all = append(all, []Point{s.pts[0]})
		case Line:
			all[last] = append(all[last], s.pts[0])
		case Cubic:
			all[last] = cubic{s.from, s.pts[0], s.pts[1], s.pts[2]}.flatten(all[last], tolerance)
		}
	}
	return all
}

// crossing is where a horizontal line meets a side that goes down (1) or up (-1).
type crossing struct {
	x    float64
	down int
}

// crossings are where a horizontal line meets polygons, from left to right.
func crossings(polygons [][]Point, y float64) []crossing {
	var met []crossing
	for _, pts := range polygons {
		for i, p := range pts {
			q := pts[(i+1)%len(pts)]
			if (p.Y <= y) == (q.Y <= y) {
				continue
			}
			c := crossing{p.X + (y-p.Y)/(q.Y-p.Y)*(q.X-p.X), 1}
			if q.Y < p.Y {
				c.down = -1
			}
			met = append(met, c)
		}
	}
	slices.SortFunc(met, func(a, b crossing) int { return cmp.Compare(a.x, b.x) })
	return met
}

// spans are where a horizontal line runs inside polygons, from left to right.
func spans(polygons [][]Point, evenOdd bool, y float64) [][2]float64 {
	met := crossings(polygons, y)
	var inside [][2]float64
	turns := 0
	for i, c := range met {
		if turns != 0 {
			inside = append(inside, [2]float64{met[i-1].x, c.x})
		}
		if turns += c.down; evenOdd {
			turns &= 1
		}
	}
	return inside
}

// matrix maps x, y to a*x + c*y + e, b*x + d*y + f, as SVG's matrix(a b c d e f).
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// times is the map that does n first and then m.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b,
		m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

func (m matrix) of(p Point) Point { return Point{m.a*p.X + m.c*p.Y + m.e, m.b*p.X + m.d*p.Y + m.f} }

// inverse undoes m; ok is false if m leaves a line or a point of the plane.
func (m matrix) inverse() (back matrix, ok bool) {
	det := m.a*m.d - m.b*m.c
	if !(math.Abs(det) > 1e-12) {
		return identity, false
	}
	back = matrix{a: m.d / det, b: -m.b / det, c: -m.c / det, d: m.a / det}
	at := back.of(Point{m.e, m.f})
	back.e, back.f = -at.X, -at.Y
	return back, true
}

// scale is the factor by which lengths grow on average.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c)) }

// through is the path seen through m, with its colours and what it lies within.
func (p Path) through(m matrix) Path {
	if p.Gradient != nil {
		p.Gradient = p.Gradient.through(m)
	}
	if p.Within != nil {
		within := make([]Path, len(p.Within))
		for i, area := range p.Within {
			within[i] = area.through(m)
		}
		p.Within = within
	}
	pts := make([]Point, len(p.Pts))
	for i, q := range p.Pts {
		pts[i] = m.of(q)
	}
	p.Pts = pts
	return p
}

// window is a convex polygon that turns right, with y down.
type window []Point

// maxSides is how many sides a window may have.
const maxSides = 1024

// newWindow makes a window of one contour; ok is false if it is not convex.
func newWindow(pts []Point) (w window, ok bool) {
	area := 0.0
	for i, p := range pts {
		next := pts[(i+1)%len(pts)]
		area += p.cross(next)
		if p.minus(next).length() > 0 {
			w = append(w, p)
		}
	}
	if area < 0 {
		for i, j := 0, len(w)-1; i < j; i, j = i+1, j-1 {
			w[i], w[j] = w[j], w[i]
		}
	}
	turned := 0.0
	for i, p := range w {
		q, r := w[(i+1)%len(w)], w[(i+2)%len(w)]
		u, v := q.minus(p), r.minus(q)
		angle := math.Atan2(u.cross(v), u.dot(v))
		if angle < -1e-6 {
			return nil, false
		}
		turned += angle
	}
	return w, len(w) >= 3 && turned < 2*math.Pi+1e-3
}

func rectWindow(m matrix, x, y, w, h float64) window {
	win, _ := newWindow([]Point{m.of(Point{x, y}), m.of(Point{x + w, y}),
		m.of(Point{x + w, y + h}), m.of(Point{x, y + h})})
	return win
}

// clip is what of the path can be seen through the window. A path that lies
// inside keeps its curves; one that is cut becomes polygons, each cut side by
// side (Sutherland and Hodgman 1974): what that leaves lying on the window's
// edge encloses nothing, under either rule.
func (w window) clip(p Path, tolerance float64) Path {
	if p.Within != nil {
		within := make([]Path, len(p.Within))
		for i, area := range p.Within {
			if within[i] = w.clip(area, tolerance); len(within[i].Ops) == 0 {
				return Path{}
			}
		}
		p.Within = within
	}
	inside := true
	for i, a := range w {
		side := w[(i+1)%len(w)].minus(a)
		slack := -tolerance * side.length()
		for _, q := range p.Pts {
			inside = inside && side.cross(q.minus(a)) >= slack
		}
	}
	if inside && len(w) > 0 {
		return p
	}
	out := p
	out.Ops, out.Pts = nil, nil
	for _, pts := range p.contours(tolerance) {
		for i, a := range w {
			pts = cut(pts, a, w[(i+1)%len(w)].minus(a))
		}
		if len(pts) < 3 || len(w) == 0 {
			continue
		}
		out.MoveTo(pts[0])
		for _, q := range pts[1:] {
			out.LineTo(q)
		}
		out.Close()
	}
	return out
}

// cut keeps what of a polygon lies to the right of the line through a.
func cut(pts []Point, a, direction Point) []Point {
	var kept []Point
	for i, p := range pts {
		q := pts[(i+1)%len(pts)]
		dp, dq := direction.cross(p.minus(a)), direction.cross(q.minus(a))
		if dp >= 0 {
			kept = append(kept, p)
		}
		if dp >= 0 != (dq >= 0) {
			kept = append(kept, p.mix(q, dp/(dp-dq)))
		}
	}
	return kept
}
