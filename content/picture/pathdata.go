package picture

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

var errPathData = errors.New("broken path data")

// scanner reads the numbers of SVG attributes, which need no space between
// them where a sign or a second point tells them apart.
type scanner struct {
	s string
	i int
}

const space = " \t\r\n\f"

// skip passes over white space and, at most once, a comma.
func (s *scanner) skip() {
	comma := false
	for s.i < len(s.s) && s.s[s.i] <= ',' && (strings.IndexByte(space, s.s[s.i]) >= 0 || !comma && s.s[s.i] == ',') {
		comma = comma || s.s[s.i] == ','
		s.i++
	}
}

func (s *scanner) done() bool { return s.i >= len(s.s) }

func (s *scanner) digits() int {
	from := s.i
	for !s.done() && s.s[s.i] >= '0' && s.s[s.i] <= '9' {
		s.i++
	}
	return s.i - from
}

// number reads one number: SVG 1.1, 4.2 and 8.3.9.
func (s *scanner) number() (float64, bool) {
	from := s.i
	if !s.done() && (s.s[s.i] == '+' || s.s[s.i] == '-') {
		s.i++
	}
	n := s.digits()
	if !s.done() && s.s[s.i] == '.' {
		s.i++
		n += s.digits()
	}
	if n == 0 {
		s.i = from
		return 0, false
	}
	if mantissa := s.i; !s.done() && s.s[s.i]|0x20 == 'e' {
		s.i++
		if !s.done() && (s.s[s.i] == '+' || s.s[s.i] == '-') {
			s.i++
		}
		if s.digits() == 0 { // the e of a unit, as in 2em
			s.i = mantissa
		}
	}
	v, err := strconv.ParseFloat(s.s[from:s.i], 64)
	return v, err == nil && math.Abs(v) <= maxCoordinate
}

// numbers reads a list and nothing else.
func numbers(text string) ([]float64, bool) {
	s := scanner{s: text}
	var list []float64
	for s.skip(); !s.done(); s.skip() {
		v, ok := s.number()
		if !ok {
			return nil, false
		}
		list = append(list, v)
	}
	return list, true
}

// pen draws path data: it knows where it is.
type pen struct {
	Path
	at, start Point
	open      bool // a contour has begun and was not closed
}

func (p *pen) move(to Point) { p.MoveTo(to); p.at, p.start, p.open = to, to, true }

// begin starts a contour where a closed one ended, if none is open.
func (p *pen) begin() {
	if !p.open {
		p.move(p.at)
	}
}
func (p *pen) line(to Point)          { p.begin(); p.LineTo(to); p.at = to }
func (p *pen) cubic(c1, c2, to Point) { p.begin(); p.CubicTo(c1, c2, to); p.at = to }
func (p *pen) quadratic(c, to Point)  { p.cubic(p.at.mix(c, 2.0/3), to.mix(c, 2.0/3), to) }
func (p *pen) close()                 { p.begin(); p.Close(); p.at, p.open = p.start, false }

// ellipse is the shape of an arc: two radii and the x axis' angle in degrees.
type ellipse struct{ rx, ry, angle float64 }

// arc draws an elliptical arc as curves of a quarter turn or less:
// SVG 1.1, F.6.
func (p *pen) arc(e ellipse, large, sweep bool, to Point) {
	rx, ry := math.Abs(e.rx), math.Abs(e.ry)
	if to == p.at {
		return
	}
	if rx == 0 || ry == 0 {
		p.line(to)
		return
	}
	sin, cos := math.Sincos(e.angle * math.Pi / 180)
	half := p.at.minus(to).times(0.5)
	x, y := (cos*half.X+sin*half.Y)/rx, (cos*half.Y-sin*half.X)/ry
	// On the unit circle: the chord from (x, y) to (-x, -y).
	d := x*x + y*y
	if d > 1 {
		grow := math.Sqrt(d)
		rx, ry, x, y, d = rx*grow, ry*grow, x/grow, y/grow, 1
	}
	k := math.Sqrt(max(0, 1/d-1))
	if large == sweep {
		k = -k
	}
	cx, cy := k*y, -k*x
	back := matrix{cos * rx, sin * rx, -sin * ry, cos * ry, 0, 0}
	mid := p.at.mix(to, 0.5)
	back.e, back.f = mid.X, mid.Y
	from := math.Atan2(y-cy, x-cx)
	turn := math.Atan2(-y-cy, -x-cx) - from
	if sweep && turn < 0 {
		turn += 2 * math.Pi
	} else if !sweep && turn > 0 {
		turn -= 2 * math.Pi
	}
	n := math.Ceil(math.Abs(turn)/(math.Pi/2) - 1e-9)
	part := turn / n
	h := 4.0 / 3 * math.Tan(part/4)
	for i := 1.0; i <= n; i++ {
		s0, c0 := math.Sincos(from + (i-1)*part)
		s1, c1 := math.Sincos(from + i*part)
		end := back.of(Point{cx + c1, cy + s1})
		if i == n {
			end = to
		}
		p.cubic(back.of(Point{cx + c0 - h*s0, cy + s0 + h*c0}), back.of(Point{cx + c1 + h*s1, cy + s1 - h*c1}), end)
	}
}

// arguments is how many numbers a path command takes; -1 for no command.
func arguments(command byte) int {
	switch command | 0x20 {
	case 'm', 'l', 't':
		return 2
	case 'h', 'v':
		return 1
	case 'c':
		return 6
	case 's', 'q':
		return 4
	case 'a':
		return 7
	case 'z':
		return 0
	}
	return -1
}

// ReadPath reads the data of a path element: SVG 1.1, 8.3.
func ReadPath(d string) (Path, error) {
	// A point takes six characters or more.
	p := pen{Path: Path{Ops: make([]Op, 0, len(d)/12), Pts: make([]Point, 0, len(d)/6)}}
	s := scanner{s: d}
	var command, before byte
	var handle Point // the last control point, to be mirrored by S and T
	for {
		s.skip()
		if s.done() {
			return p.Path, nil
		}
		if n := arguments(s.s[s.i]); n >= 0 {
			command = s.s[s.i]
			s.i++
		} else if command|0x20 == 'z' {
			return p.Path, errPathData
		}
		if len(p.Ops) == 0 && command|0x20 != 'm' {
			return p.Path, errPathData
		}
		var v [7]float64
		for k := range arguments(command) {
			ok := false
			if s.skip(); command|0x20 == 'a' && (k == 3 || k == 4) { // a flag is one digit
				if ok = !s.done() && (s.s[s.i] == '0' || s.s[s.i] == '1'); ok {
					v[k] = float64(s.s[s.i] - '0')
					s.i++
				}
			} else {
				v[k], ok = s.number()
			}
			if !ok {
				return p.Path, errPathData
			}
		}
		var origin Point
		if command >= 'a' {
			origin = p.at
		}
		pt := func(k int) Point { return origin.plus(Point{v[k], v[k+1]}) }
		mirrored := p.at
		if command|0x20 == 's' && (before == 'c' || before == 's') ||
			command|0x20 == 't' && (before == 'q' || before == 't') {
			mirrored = p.at.times(2).minus(handle)
		}
		before = command | 0x20
		switch before {
		case 'm':
			p.move(pt(0))
			command = 'L' | command&0x20 // more pairs are lines
		case 'l':
			p.line(pt(0))
		case 'h':
			p.line(Point{origin.X + v[0], p.at.Y})
		case 'v':
			p.line(Point{p.at.X, origin.Y + v[0]})
		case 'c':
			handle = pt(2)
			p.cubic(pt(0), handle, pt(4))
		case 's':
			handle = pt(0)
			p.cubic(mirrored, handle, pt(2))
		case 'q':
			handle = pt(0)
			p.quadratic(handle, pt(2))
		case 't':
			handle = mirrored
			p.quadratic(handle, pt(0))
		case 'a':
			p.arc(ellipse{v[0], v[1], v[2]}, v[3] == 1, v[4] == 1, pt(5))
		case 'z':
			p.close()
		}
	}
}
