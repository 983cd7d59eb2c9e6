package figure

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"handout/content/picture"
)

// Whatever an author asks, bones keep their lengths, and a palm that can reach
// its place is there.
func TestLimbsReach(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	v := func(a float64) float64 { return (2*r.Float64() - 1) * a }
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-6 {
			t.Fatalf("%s is %.6f cm, not %.6f", what, got, want)
		}
	}
	for range 500 {
		s := &stance{at: vec3{0, 90, 0}, held: true, pitch: v(180), roll: v(180), lean: v(40), turn: v(180), lumbar: v(60), thorax: v(60), side: v(40), twist: v(80),
			legOrder: sides[:], armOrder: sides[:]}
		for sd := range sides {
			s.legs[sd] = limbSpec{flex: v(150), abd: v(60), rot: v(60), bend: 70 + v(70)}
			s.arms[sd] = limbSpec{to: &place{off: vec3{v(90), 90 + v(90), v(60)}}, pole: vec3{v(1), v(1), v(1)}}
			if r.IntN(2) == 0 {
				s.arms[sd].dir = vec3{v(1), v(1), v(1)}
			}
			if r.IntN(2) == 0 {
				s.legs[sd] = limbSpec{to: &place{off: vec3{v(60), 90 + v(60), v(30)}}, flat: r.IntN(2) == 0}
			}
		}
		b, found := solve(s)
		short := found.Error()
		for _, sd := range sides {
			l, a := b.leg[sd], b.arm[sd]
			near("thigh", l.a.sub(l.b).len(), thighLength)
			near("shank", l.b.sub(l.c).len(), shankLength)
			near("upper arm", a.a.sub(a.b).len(), upperArmLength)
			near("forearm", a.b.sub(a.c).len(), forearmLength)
			if strings.Contains(short, sd.word()+" hand") {
				continue
			}
			palm := a.hand.wrist.add(a.hand.dir.mul(wristToPalm))
			if d := palm.sub(s.arms[sd].to.off).len(); d > 6 { // folded or stretched to the full it may fall short by some cm
				t.Fatalf("the %s palm is %.1f cm from its place, and nothing was said", sd.word(), d)
			}
		}
	}
}

// A field is a distance: it never changes faster than one walks, and its
// gradient says where to.
func TestConesAreDistances(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	v := func(a float64) float64 { return (2*r.Float64() - 1) * a }
	for range 300 {
		c := cone{vec3{v(20), v(20), v(20)}, vec3{v(20), v(20), v(20)}, 1 + 4*r.Float64(), 1 + 4*r.Float64()}
		d := newDisc(c)
		f := lattice{}.group([]cone{c}, 2)
		for range 50 {
			p, q := vec2{v(40), v(40)}, vec2{v(40), v(40)}
			s := d.sample(p)
			if math.Abs(s.D-d.sample(q).D) > p.dist(q)+1e-9 {
				t.Fatalf("%v: the distance jumps between %v and %v", c, p, q)
			}
			if edge := p.sub(s.G.mul(s.D)); s.D > 0 && math.Abs(d.sample(edge).D) > 1e-6 {
				t.Fatalf("%v: from %v the edge is not where the gradient says", c, p)
			}
			if s.D < 0 && f.with(around(p, 0)) != f.box {
				t.Fatalf("%v: %v is inside, but not in the box", c, p)
			}
		}
	}
}

func TestTraceFollowsTheEdge(t *testing.T) {
	l := lattice{.5, around(vec2{}, 50)}
	ball := l.group([]cone{{vec3{1.3, 2.7, 0}, vec3{1.3, 2.7, 0}, 10, 10}}, 0)
	hole := l.group([]cone{{vec3{1, 2, 0}, vec3{1, 2, 0}, 4, 4}}, 0)
	square := polygon([]vec2{{-7.2, -7.2}, {7.3, -7.2}, {7.3, 7.3}, {-7.2, 7.3}})
	for _, c := range []struct {
		name   string
		field  field
		loops  int
		area   float64
		within float64
	}{
		{"ball", ball, 1, 100 * math.Pi, .05},
		{"ring", ball.minus(hole), 2, 84 * math.Pi, .05},
		{"square", square, 1, 14.5 * 14.5, .12}, // its corners are blunt by a lattice's cell
		{"nothing", ball.and(l.group([]cone{{vec3{40, 40, 0}, vec3{40, 40, 0}, 2, 2}}, 0)), 0, 0, 0},
	} {
		loops := l.trace(c.field, .05)
		if len(loops) != c.loops {
			t.Errorf("%s: %d outlines, not %d", c.name, len(loops), c.loops)
		}
		sum := 0.0
		for _, o := range loops {
			var flat []vec2
			for i := 0; i+3 < len(o); i += 3 {
				b := cubic{o[i], o[i+1], o[i+2], o[i+3]}
				for k := range 16 {
					p := b.at(float64(k) / 16)
					if d := c.field.at(p).D; math.Abs(d) > c.within+.1 {
						t.Fatalf("%s: %v is %.3f from the edge", c.name, p, d)
					}
					flat = append(flat, p)
				}
			}
			sum += enclosed(flat)
		}
		if math.Abs(sum-c.area) > c.area*.012 { // evening out kinks draws curves in a little
			t.Errorf("%s: area %.2f, not %.2f", c.name, sum, c.area)
		}
	}
}

// ofAHandout tells whether a pose is a handout's own picture, of where it hurts.
func ofAHandout(name string) bool { return name == "nerve-walk" || strings.HasPrefix(name, "where-") }

// Every exercise says in its frames where it is felt and what moves which way,
// and no figure leaves its box.
func TestLibraryAnswers(t *testing.T) {
	felt, moves := map[string]bool{}, map[string]bool{}
	for name, data := range shipped(t) {
		id, _, _ := strings.Cut(name, ".")
		f, err := Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		hatch := false
		if _, known := felt[id]; !known {
			felt[id], moves[id] = false, false
		}
		for _, p := range f.Paths {
			switch p.Role {
			case rolePatch:
				felt[id] = true
			case roleHatch:
				hatch = true
			case roleArrow:
				moves[id] = true
			}
			i := 0
			for _, op := range p.Ops {
				n := [...]int{picture.Move: 1, picture.Line: 1, picture.Cubic: 3, picture.Close: 0}[op]
				if i += n; n > 0 {
					if q := p.Pts[i-1]; q.X < -.1 || q.Y < -.1 || q.X > f.W+.1 || q.Y > f.H+.1 {
						t.Errorf("%s: %s at %v leaves the box of %g by %g", name, p.Role, q, f.W, f.H)
					}
				}
			}
		}
		if felt[id] && !hatch && strings.Count(string(data), "\npatch ") > 0 {
			t.Errorf("%s: no muscle in one ink", name)
		}
		if f.W > naturalW+.01 || f.H > naturalH+.01 {
			t.Errorf("%s is %g by %g mm", name, f.W, f.H)
		}
	}
	for id := range felt {
		if !felt[id] || moves[id] == ofAHandout(id) {
			t.Errorf("%s: muscle marked %v, arrow %v", id, felt[id], moves[id])
		}
	}
}
