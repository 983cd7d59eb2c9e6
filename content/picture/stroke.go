package picture

import "math"

type lineCap uint8

const (
	buttCap lineCap = iota
	roundCap
	squareCap
)

type lineJoin uint8

const (
	miterJoin lineJoin = iota
	roundJoin
	bevelJoin
)

// nib is what a line is drawn with, in the units of the path.
type nib struct {
	width      float64 // above 0
	ends       lineCap
	corners    lineJoin
	miter      float64 // the longest miter, in widths, at least 1
	dash       []float64
	dashOffset float64
	pathLength float64 // what the author takes the path's length for; 0: as it is
	tolerance  float64 // how far curves may be off
}

// Stroked is the area under a line of this width along the path, as a PDF draws it
// without being told otherwise (ISO 32000-1, 8.4.3): flat ends, sharp corners. Curves are
// off by a hundredth of a unit at most.
func (p Path) Stroked(width float64) Path {
	out, _ := nib{width: width, miter: 10, tolerance: .01}.outlined(p, math.MaxInt)
	out.Fill, out.Opacity = p.Fill, p.Opacity
	return out
}

// piece is a straight line, or a curve that turns so little that the curve
// beside it is one too.
type piece struct {
	c        cubic
	straight bool
	corner   bool // the author's own corner is before it, not a cut of ours
}

// directions are the unit tangents at both ends.
func (p piece) directions() (from, to Point) {
	unit := func(qs ...Point) Point {
		for _, q := range qs {
			if l := q.length(); l > 0 {
				return q.times(1 / l)
			}
		}
		return Point{1, 0}
	}
	c := p.c
	if p.straight {
		u := unit(c[3].minus(c[0]))
		return u, u
	}
	return unit(c[1].minus(c[0]), c[2].minus(c[0]), c[3].minus(c[0])),
		unit(c[3].minus(c[2]), c[3].minus(c[1]), c[3].minus(c[0]))
}

func straight(from, to Point) piece {
	return piece{c: cubic{from, from, to, to}, straight: true, corner: true}
}

// line is one contour, or one dash of it. Without pieces it is a dot, which
// caps make visible; along is then the direction a square one lies in.
type line struct {
	pieces []piece
	closed bool
	at     Point
	along  Point
}

// outlined is the area the nib covers as it follows the path, under the
// non-zero rule: SVG 2, 13.5.7. ok is false if that takes more than most steps.
func (n nib) outlined(p Path, most int) (out Path, ok bool) {
	lines, ok := n.lines(p, most)
	if !ok {
		return out, false
	}
	if n.dash != nil {
		if lines, ok = n.dashed(lines, most); !ok {
			return out, false
		}
	}
	for _, l := range lines {
		n.outline(&out, l)
		if len(out.Ops) > most {
			return out, false
		}
	}
	return out, true
}

// lines are the contours of the path in pieces, of which there may be most.
func (n nib) lines(p Path, most int) ([]line, bool) {
	var all []line
	l := line{along: Point{1, 0}}
	drawn := false // a contour that is only a Move has no dot
	finish := func() {
		if drawn {
			all = append(all, l)
		}
		drawn = false
	}
	for s := range p.steps {
		end := s.pts[len(s.pts)-1]
		if s.op == Move {
			finish()
			l = line{at: end, along: Point{1, 0}}
			continue
		}
		drawn = true
		before := len(l.pieces)
		switch s.op {
		case Cubic:
			l.pieces = n.pieces(l.pieces, cubic{s.from, s.pts[0], s.pts[1], s.pts[2]}, 0)
			if len(l.pieces) > before {
				l.pieces[before].corner = true
			}
		case Line, Close:
			if s.from != end {
				l.pieces = append(l.pieces, straight(s.from, end))
			}
		}
		if s.op == Close {
			l.closed = true
			finish()
		}
		if most -= len(l.pieces) - before; most < 0 {
			return nil, false
		}
	}
	finish()
	return all, true
}

// maxHalvings is how often a curve is cut in two at most.
const maxHalvings = 7

// pieces cuts a curve until each part turns by less than 60 degrees and the
// curves on both sides of it come out right.
func (n nib) pieces(list []piece, c cubic, halvings int) []piece {
	p := piece{c: c}
	if c[1] == c[0] && c[2] == c[0] && c[3] == c[0] {
		return list
	}
	u, v := p.directions()
	good := u.dot(v) > 0.5 && c[1].minus(c[0]).dot(u) >= 0 && c[2].minus(c[1]).dot(u) >= 0 &&
		c[3].minus(c[2]).dot(u) >= 0
	if !good || !n.right(p, n.width/2) || !n.right(p, -n.width/2) {
		if halvings < maxHalvings {
			a, b := c.split(0.5)
			return n.pieces(n.pieces(list, a, halvings+1), b, halvings+1)
		}
	}
	return append(list, p)
}

// beside is the curve at distance d to the left. Its handles grow as its chord
// does, which is exact for a circle; ok is false where it would run backwards.
func (p piece) beside(d float64) (c cubic, ok bool) {
	u, v := p.directions()
	c[0], c[3] = p.c[0].plus(u.left().times(d)), p.c[3].plus(v.left().times(d))
	chord := p.c[3].minus(p.c[0])
	k := c[3].minus(c[0]).dot(chord) / chord.dot(chord)
	if !(k > 0) {
		return c, false
	}
	c[1] = c[0].plus(p.c[1].minus(p.c[0]).times(k))
	c[2] = c[3].plus(p.c[2].minus(p.c[3]).times(k))
	return c, true
}

// right tells whether the curve beside keeps its distance within tolerance.
func (n nib) right(p piece, d float64) bool {
	c, ok := p.beside(d)
	if !ok {
		// The inner side of a bend tighter than the nib: it is not seen.
		return true
	}
	for _, t := range [...]float64{0.25, 0.5, 0.75} {
		v := p.c.velocity(t)
		l := v.length()
		if l == 0 {
			return false
		}
		left := v.times(1 / l).left()
		if math.Abs(c.at(t).minus(p.c.at(t)).dot(left)-d) > n.tolerance {
			return false
		}
	}
	return true
}

func (p piece) reversed() piece { p.c = p.c.reversed(); return p }

// outline goes along the line's left side, round its end, and back.
func (n nib) outline(out *Path, l line) {
	if len(l.pieces) == 0 {
		n.dot(out, l)
		return
	}
	count := len(l.pieces)
	back := make([]piece, count)
	for i, p := range l.pieces {
		// What was a corner before a piece is one after it, going back.
		q := p.reversed()
		q.corner = l.pieces[(i+1)%count].corner
		back[count-1-i] = q
	}
	if l.closed {
		n.side(out, l.pieces, true)
		out.Close()
		n.side(out, back, true)
		out.Close()
		return
	}
	n.side(out, l.pieces, false)
	n.turn(out, l.pieces)
	n.side(out, back, false)
	n.turn(out, back)
	out.Close()
}

// turn caps the end of pieces, from their left side to their right.
func (n nib) turn(out *Path, pieces []piece) {
	last := pieces[len(pieces)-1]
	_, u := last.directions()
	n.cap(out, last.c[3], u)
}

func (n nib) cap(out *Path, at, u Point) {
	r := n.width / 2
	switch n.ends {
	case roundCap:
		arc(out, at, u.left().times(r), math.Pi)
	case squareCap:
		tip := at.plus(u.times(r))
		n.lineTo(out, tip.plus(u.left().times(r)))
		n.lineTo(out, tip.minus(u.left().times(r)))
	}
}

func (n nib) dot(out *Path, l line) {
	if n.ends == buttCap {
		return
	}
	r := l.along.left().times(n.width / 2)
	out.MoveTo(l.at.plus(r))
	n.cap(out, l.at, l.along)
	n.lineTo(out, l.at.minus(r))
	n.cap(out, l.at, l.along.times(-1))
	out.Close()
}

// arc turns to the right round a centre, starting at centre plus spoke.
func arc(out *Path, centre, spoke Point, angle float64) {
	parts := math.Ceil(angle/(math.Pi/2) - 1e-9)
	part := angle / parts
	h := 4.0 / 3 * math.Tan(part/4)
	sin, cos := math.Sincos(part)
	for range int(parts) {
		next := Point{spoke.X*cos - spoke.Y*sin, spoke.X*sin + spoke.Y*cos}
		out.CubicTo(
			centre.plus(spoke).plus(Point{-spoke.Y, spoke.X}.times(h)),
			centre.plus(next).minus(Point{-next.Y, next.X}.times(h)),
			centre.plus(next))
		spoke = next
	}
}

// side goes along the left of pieces, joined.
func (n nib) side(out *Path, pieces []piece, closed bool) {
	r := n.width / 2
	count := len(pieces)
	u, _ := pieces[0].directions()
	start := pieces[0].c[0].plus(u.left().times(r))
	if closed {
		if tip, ok := n.tip(pieces[count-1], pieces[0]); ok {
			start = tip
		}
	}
	if closed || len(out.Ops) == 0 || out.Ops[len(out.Ops)-1] == Close {
		out.MoveTo(start)
	} else {
		n.lineTo(out, start)
	}
	for i, p := range pieces {
		next := pieces[(i+1)%count]
		joined := closed || i+1 < count
		if p.straight {
			if joined {
				if tip, ok := n.tip(p, next); ok {
					if i+1 < count { // else it is the start
						n.lineTo(out, tip)
					}
					continue
				}
			}
			_, v := p.directions()
			n.lineTo(out, p.c[3].plus(v.left().times(r)))
		} else if c, ok := p.beside(r); ok {
			out.CubicTo(c[1], c[2], c[3])
		} else {
			out.LineTo(p.c[3])
			out.LineTo(c[3])
		}
		if joined {
			n.joinTo(out, p, next)
		}
	}
}

// lineTo leaves out lines too short to be seen.
func (n nib) lineTo(out *Path, to Point) {
	if out.Pts[len(out.Pts)-1].minus(to).length() > n.tolerance/16 {
		out.LineTo(to)
	}
}

// tip is where the left sides of two straight pieces meet: the point of the
// miter, or the inner corner if both are long enough to have it.
func (n nib) tip(p, q piece) (Point, bool) {
	if !p.straight || !q.straight {
		return Point{}, false
	}
	u, _ := p.directions()
	v, _ := q.directions()
	cos := u.dot(v)
	r := n.width / 2
	if u.cross(v) > 0 {
		if n.corners != miterJoin || !n.mitred(cos) {
			return Point{}, false
		}
	} else if reach := r * math.Sqrt(max(0, 1-cos)/(1+cos)); !(reach <=
		min(p.c[3].minus(p.c[0]).length(), q.c[3].minus(q.c[0]).length())/2) {
		return Point{}, false
	}
	return p.c[3].plus(u.left().plus(v.left()).times(r / (1 + cos))), true
}

// mitred tells whether a turn with this cosine is within the miter limit.
func (n nib) mitred(cos float64) bool {
	return n.miter*math.Sqrt((1+cos)/2) >= 1-1e-9 && cos > -1+1e-9
}

// joinTo goes from the end of p's left side to the start of q's.
func (n nib) joinTo(out *Path, p, q piece) {
	_, u := p.directions()
	v, _ := q.directions()
	r := n.width / 2
	at := p.c[3]
	to := at.plus(v.left().times(r))
	sin, cos := u.cross(v), u.dot(v)
	if cos > 0 && math.Abs(sin) < 1e-3 { // no corner
		n.lineTo(out, to)
		return
	}
	if sin < 0 && cos > -1+1e-9 { // inside: through the corner, which is covered
		out.LineTo(at)
		out.LineTo(to)
		return
	}
	join := n.corners
	if !q.corner { // a cusp of one curve
		join = roundJoin
	}
	switch {
	case join == roundJoin:
		arc(out, at, u.left().times(r), math.Atan2(math.Abs(sin), cos))
		n.lineTo(out, to)
	case join == miterJoin && n.mitred(cos):
		out.LineTo(at.plus(u.left().plus(v.left()).times(r / (1 + cos))))
		out.LineTo(to)
	default:
		out.LineTo(to)
	}
}

// dashed cuts lines into dashes: SVG 2, 13.5.6. Every contour begins anew.
func (n nib) dashed(lines []line, most int) ([]line, bool) {
	dash := n.dash
	if len(dash)%2 == 1 {
		dash = append(append([]float64{}, dash...), dash...)
	}
	period, total := 0.0, 0.0
	for _, d := range dash {
		period += d
	}
	if period <= 0 {
		return lines, true
	}
	for _, l := range lines {
		for _, p := range l.pieces {
			total += p.length(1)
		}
	}
	unit := 1.0
	if n.pathLength > 0 && total > 0 {
		unit = total / n.pathLength
	}
	if (total/(period*unit)+float64(len(lines)))*float64(len(dash)) > float64(most) {
		return nil, false
	}
	start := cutter{dash: dash, unit: unit, left: dash[0], on: true}
	offset := math.Mod(math.Mod(n.dashOffset, period)+period, period)
	for offset > 0 && start.left <= offset {
		offset -= start.left
		start.next()
	}
	start.left = (start.left - offset) * unit
	var all []line
	for _, l := range lines {
		c := start
		all = append(all, c.cut(l)...)
	}
	return all, true
}

// cutter goes along a line through the pattern of its dashes.
type cutter struct {
	dash []float64
	unit float64
	i    int     // in dash
	left float64 // of dash i
	on   bool
}

func (c *cutter) next() {
	c.i = (c.i + 1) % len(c.dash)
	c.left = c.dash[c.i]
	c.on = !c.on
}

func (c *cutter) cut(l line) []line {
	if len(l.pieces) == 0 {
		return []line{l}
	}
	var all []line
	var dash line
	startsOn := c.on
	begun := false
	for _, p := range l.pieces {
		u, _ := p.directions()
		for {
			if c.on && !begun {
				dash, begun = line{at: p.c[0], along: u}, true
			}
			length := p.length(1)
			if length <= c.left {
				c.left -= length
				if c.on {
					dash.pieces = append(dash.pieces, p)
				}
				break
			}
			if c.left > 0 {
				head, tail := p.split(p.where(c.left))
				if c.on {
					dash.pieces = append(dash.pieces, head)
				}
				p = tail
			}
			if c.on {
				all = append(all, dash)
				begun = false
			}
			c.next()
			c.left *= c.unit
			u, _ = p.directions()
		}
	}
	if begun {
		// A closed line that ends and starts in a dash has no gap there.
		if l.closed && startsOn && len(all) > 0 {
			all[0].pieces = append(dash.pieces, all[0].pieces...)
		} else if l.closed && len(all) == 0 {
			return []line{l}
		} else {
			all = append(all, dash)
		}
	}
	return all
}

// length is the arc length from the start to t (Gauss and Legendre, 5 points).
func (p piece) length(t float64) float64 {
	if p.straight {
		return p.c[3].minus(p.c[0]).length() * t
	}
	sum := 0.0
	for _, g := range [...][2]float64{
		{0, 0.5688888888888889},
		{-0.5384693101056831, 0.4786286704993665}, {0.5384693101056831, 0.4786286704993665},
		{-0.9061798459386640, 0.2369268850561891}, {0.9061798459386640, 0.2369268850561891},
	} {
		sum += g[1] * p.c.velocity((g[0]+1)/2*t).length()
	}
	return sum * t / 2
}

// where is the t that a length from the start leads to.
func (p piece) where(length float64) float64 {
	if p.straight {
		return length / p.length(1)
	}
	low, high := 0.0, 1.0
	for range 40 {
		if t := (low + high) / 2; p.length(t) < length {
			low = t
		} else {
			high = t
		}
	}
	return (low + high) / 2
}

func (p piece) split(t float64) (piece, piece) {
	if p.straight {
		m := p.c[0].mix(p.c[3], t)
		a, b := straight(p.c[0], m), straight(m, p.c[3])
		a.corner = p.corner
		return a, b
	}
	a, b := p.c.split(t)
	return piece{c: a, corner: p.corner}, piece{c: b}
}
