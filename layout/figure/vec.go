package figure

import "math"

// The body is built in centimetres: x to the right, y up from the floor, z
// towards the viewer.

type vec2 struct{ X, Y float64 }

func (a vec2) add(b vec2) vec2     { return vec2{a.X + b.X, a.Y + b.Y} }
func (a vec2) sub(b vec2) vec2     { return vec2{a.X - b.X, a.Y - b.Y} }
func (a vec2) mul(s float64) vec2  { return vec2{a.X * s, a.Y * s} }
func (a vec2) dot(b vec2) float64  { return a.X*b.X + a.Y*b.Y }
func (a vec2) norm2() float64      { return a.X*a.X + a.Y*a.Y }
func (a vec2) len() float64        { return math.Sqrt(a.norm2()) }
func (a vec2) perp() vec2          { return vec2{-a.Y, a.X} }
func (a vec2) dist(b vec2) float64 { return a.sub(b).len() }

// unit is a at length 1; the null vector gives the x axis.
func (a vec2) unit() vec2 {
	l := a.len()
	if l < 1e-12 {
		return vec2{1, 0}
	}
	return a.mul(1 / l)
}

// box is upright in the picture plane.
type box struct{ min, max vec2 }

// nowhere is the neutral element of with.
var nowhere = box{vec2{1e9, 1e9}, vec2{-1e9, -1e9}}

func around(p vec2, r float64) box { return box{p, p}.grown(r) }

func boxOf(pts ...vec2) box {
	all := nowhere
	for _, p := range pts {
		all = all.with(box{p, p})
	}
	return all
}

// with is the box round both.
func (b box) with(o box) box {
	return box{vec2{min(b.min.X, o.min.X), min(b.min.Y, o.min.Y)}, vec2{max(b.max.X, o.max.X), max(b.max.Y, o.max.Y)}}
}

// within is the part of the box in another.
func (b box) within(o box) box {
	return box{vec2{max(b.min.X, o.min.X), max(b.min.Y, o.min.Y)}, vec2{min(b.max.X, o.max.X), min(b.max.Y, o.max.Y)}}
}

func (b box) grown(by float64) box {
	return box{vec2{b.min.X - by, b.min.Y - by}, vec2{b.max.X + by, b.max.Y + by}}
}

func (b box) size() vec2 { return b.max.sub(b.min) }

type vec3 struct{ X, Y, Z float64 }

var up = vec3{0, 1, 0}

func (a vec3) add(b vec3) vec3           { return vec3{a.X + b.X, a.Y + b.Y, a.Z + b.Z} }
func (a vec3) sub(b vec3) vec3           { return vec3{a.X - b.X, a.Y - b.Y, a.Z - b.Z} }
func (a vec3) mul(s float64) vec3        { return vec3{a.X * s, a.Y * s, a.Z * s} }
func (a vec3) dot(b vec3) float64        { return a.X*b.X + a.Y*b.Y + a.Z*b.Z }
func (a vec3) len() float64              { return math.Sqrt(a.dot(a)) }
func (a vec3) to(b vec3, t float64) vec3 { return a.add(b.sub(a).mul(t)) }
func (a vec3) xy() vec2                  { return vec2{a.X, a.Y} }
func (a vec3) zero() bool                { return a == vec3{} }
func (a vec3) in(f frame, v vec3) vec3   { return a.add(f.apply(v)) }
func (a vec3) cross(b vec3) vec3 {
	return vec3{a.Y*b.Z - a.Z*b.Y, a.Z*b.X - a.X*b.Z, a.X*b.Y - a.Y*b.X}
}

// unit is a at length 1; the null vector gives the x axis.
func (a vec3) unit() vec3 {
	l := a.len()
	if l < 1e-12 {
		return vec3{1, 0, 0}
	}
	return a.mul(1 / l)
}

// square is the part of a at right angles to the unit vector d, at length 1.
func (a vec3) square(d vec3) vec3 {
	p := a.sub(d.mul(a.dot(d)))
	if p.len() < 1e-6 {
		p = vec3{0, 0, 1}
		if math.Abs(d.Z) > .9 {
			p = up
		}
		p = p.sub(d.mul(p.dot(d)))
	}
	return p.unit()
}

// frame is how a part of the body is turned: F forward, U towards the head, R
// to the body's right, each of length 1.
type frame struct{ F, U, R vec3 }

func (m frame) apply(v vec3) vec3 {
	return vec3{
		m.F.X*v.X + m.U.X*v.Y + m.R.X*v.Z,
		m.F.Y*v.X + m.U.Y*v.Y + m.R.Y*v.Z,
		m.F.Z*v.X + m.U.Z*v.Y + m.R.Z*v.Z,
	}
}
func (m frame) turn(n frame) frame { return frame{m.apply(n.F), m.apply(n.U), m.apply(n.R)} }
func (m frame) inverse(v vec3) vec3 {
	return vec3{m.F.dot(v), m.U.dot(v), m.R.dot(v)}
}

// A turn by degrees about the x, y or z axis.

func rotX(deg float64) frame {
	s, c := sincos(deg)
	return frame{vec3{1, 0, 0}, vec3{0, c, s}, vec3{0, -s, c}}
}
func rotY(deg float64) frame {
	s, c := sincos(deg)
	return frame{vec3{c, 0, -s}, up, vec3{s, 0, c}}
}
func rotZ(deg float64) frame {
	s, c := sincos(deg)
	return frame{vec3{c, s, 0}, vec3{-s, c, 0}, vec3{0, 0, 1}}
}

func sincos(deg float64) (sin, cos float64) { return math.Sincos(deg * math.Pi / 180) }

func clamp(x, lo, hi float64) float64 { return max(lo, min(hi, x)) }
func mix(a, b, t float64) float64     { return a + (b-a)*t }

// smooth goes from 0 at a to 1 at b without a kink.
func smooth(a, b, x float64) float64 {
	t := clamp((x-a)/(b-a), 0, 1)
	return t * t * (3 - 2*t)
}
