package figure

import (
	"math"
	"slices"
)

// behind is the paint order of what the body stands in front of.
const behind = -500.0

// kind is a sort of thing in the picture, and how its line is written.
type kind struct {
	name                 string
	usage                string
	minPlaces, maxPlaces int
	defaults             []float64 // of its numbers
	required             int       // numbers that must be written
	fits                 bool      // or none, and it fits the body
	proper               func(n []float64) bool
	targets              bool // marks a muscle
	add                  func(a *artist, it *item)
}

func wide(n []float64) bool { return n[0] < n[1] }

var kinds = []kind{
	{name: "target", usage: "target hamstring.R", targets: true},
	{name: "arrow", usage: "arrow FROM TO BOW", minPlaces: 2, maxPlaces: 2, defaults: []float64{0},
		add: func(a *artist, it *item) {
			a.arrows = append(a.arrows, a.arrow(a.seePlace(it.places[0]), a.seePlace(it.places[1]), it.nums[0]))
		}},
	{name: "mat", usage: "mat LEFT RIGHT HALF-WIDTH", defaults: []float64{0, 0, 34}, required: 2,
		fits: true, proper: wide,
		add: func(a *artist, it *item) {
			x0, x1, w := it.nums[0], it.nums[1], it.nums[2]
			if it.given == 0 {
				x0, x1 = a.body.ground()
				x0, x1 = x0-4, x1+4
			}
			a.block(block{x0, x1, -2, 0, -w, w}, [3]Role{roleMat, roleMatSide, roleMatSide}, behind)
			// seen from above it would be the heaviest thing in the picture
			a.props[len(a.props)-1].hollow = a.pose.tilt > 60
			f := polygon([]vec2{a.see(vec3{x0, 0, -w}), a.see(vec3{x1, 0, -w}), a.see(vec3{x1, 0, w}),
				a.see(vec3{x0, 0, w})}).grow(-.5)
			a.floor = &f
		}},
	{name: "ground", usage: "ground LEFT RIGHT HALF-WIDTH", defaults: []float64{0, 0, 24}, required: 2, proper: wide,
		add: func(a *artist, it *item) { a.island(it.nums[0], it.nums[1], it.nums[2]) }},
	{name: "wall", usage: "wall X HEIGHT THICKNESS HALF-WIDTH", defaults: []float64{0, 180, 7, 30}, required: 1,
		add: func(a *artist, it *item) {
			x, h, d, w := it.nums[0], it.nums[1], it.nums[2], it.nums[3]
			a.block(block{x, x + d, 0, h, -w, w}, wood, or(it.z, behind+1))
		}},
	{name: "box", usage: "box X0 X1 Y0 Y1 Z0 Z1", defaults: make([]float64, 6), required: 6,
		proper: func(n []float64) bool { return n[0] < n[1] && n[2] < n[3] && n[4] < n[5] },
		add: func(a *artist, it *item) {
			a.block(block(it.nums), wood, or(it.z, behind+1))
		}},
	{name: "bed", usage: "bed LEFT RIGHT HEIGHT", defaults: []float64{0, 0, 45}, required: 2, proper: wide,
		add: func(a *artist, it *item) {
			x0, x1, h := it.nums[0], it.nums[1], it.nums[2]
			a.block(block{x0 + 2, x1 - 2, 6, h - 14, -36, 36}, [3]Role{roleProp, roleProp, rolePropSide}, behind+1)
			a.block(block{x0, x1, h - 14, h, -38, 38}, [3]Role{roleMat, rolePropSide, roleProp}, behind+2)
		}},
	{name: "chair", usage: "chair X SEAT-HEIGHT FACING", defaults: []float64{0, 45, 1}, required: 1,
		add: func(a *artist, it *item) { a.chair(it.nums[0], it.nums[1], math.Copysign(1, it.nums[2])) }},
	{name: "stool", usage: "stool X SEAT-HEIGHT", defaults: []float64{0, 45}, required: 1,
		add: func(a *artist, it *item) {
			x, h := it.nums[0], it.nums[1]
			a.onLegs(block{x - 21, x + 21, h - 4, h, -20, 20}, 1.5, 1.1, 10)
		}},
	{name: "table", usage: "table X0 X1 HEIGHT HALF-DEPTH", defaults: []float64{0, 0, 72, 26},
		required: 2, proper: wide,
		add: func(a *artist, it *item) {
			x0, x1, h, w := it.nums[0], it.nums[1], it.nums[2], it.nums[3]
			a.onLegs(block{x0, x1, h - 3.5, h, -w, w}, 1.6, 1, 100)
		}},
	{name: "cushion", usage: "cushion LEFT RIGHT HEIGHT HALF-WIDTH", defaults: []float64{0, 0, 5, 14},
		required: 2, proper: wide,
		add: func(a *artist, it *item) {
			x0, x1, r, w := it.nums[0], it.nums[1], it.nums[2]/2, it.nums[3]
			var pts []vec3 // to and fro, so close that from above no hole is seen
			n := clamp(math.Ceil(2*math.Abs(w)/max(r, 1)), 1, 40)
			for i := range int(n) + 1 {
				z := -w + 2*w*float64(i)/n
				pts = append(pts, vec3{x0 + r, r, z}, vec3{x1 - r, r, z})
			}
			a.rod(roleProp, or(it.z, behind+4), r, pts...)
		}},
	{name: "roll", usage: "roll AT RADIUS HALF-WIDTH", minPlaces: 1, maxPlaces: 1, defaults: []float64{5, 17},
		add: func(a *artist, it *item) {
			p, w := a.body.at(it.places[0]), it.nums[1]
			a.rod(roleProp, or(it.z, behind+4), it.nums[0], p.add(vec3{0, 0, -w}), p.add(vec3{0, 0, w}))
		}},
	{name: "strap", usage: "strap hand.R sole.R hand.L", minPlaces: 2, maxPlaces: 8, defaults: []float64{1.1},
		add: func(a *artist, it *item) {
			var pts []vec3
			for _, p := range it.places {
				pts = append(pts, a.body.at(p))
			}
			a.rod(roleStrap, or(it.z, 300), it.nums[0], pts...)
		}},
	{name: "stick", usage: "stick FROM TO RADIUS", minPlaces: 2, maxPlaces: 2, defaults: []float64{1.2},
		add: func(a *artist, it *item) {
			a.rod(rolePropSide, or(it.z, 300), it.nums[0], a.body.at(it.places[0]), a.body.at(it.places[1]))
		}},
}

func or(z, other float64) float64 {
	if math.IsNaN(z) {
		return other
	}
	return z
}

// wood is how plain props are painted: top, front and ends.
var wood = [3]Role{roleProp, rolePropSide, roleProp}

// block is an upright box: x from and to, y and z.
type block [6]float64

// prop is a thing the body stands on, before or behind.
type prop struct {
	outline field
	fill    Role
	faces   []region // over the fill
	bare    bool     // no line round it
	hollow  bool     // nothing but the line
	z       float64
}

func (a *artist) block(k block, paint [3]Role, z float64) {
	corner := func(i int) vec2 { return a.see(vec3{k[i&1], k[2+i>>1&1], k[4+i>>2&1]}) }
	quad := func(i ...int) []vec2 {
		var q []vec2
		for _, i := range i {
			q = append(q, corner(i))
		}
		return q
	}
	p := prop{outline: polygon(hull(quad(0, 1, 2, 3, 4, 5, 6, 7))), fill: paint[2], z: z}
	for _, f := range []struct {
		out   vec3
		quad  []vec2
		paint Role
	}{
		{up, quad(2, 3, 7, 6), paint[0]},
		{vec3{0, 0, 1}, quad(4, 5, 7, 6), paint[1]},
		{vec3{0, 0, -1}, quad(0, 1, 3, 2), paint[1]},
		{vec3{1, 0, 0}, quad(1, 3, 7, 5), paint[2]},
		{vec3{-1, 0, 0}, quad(0, 2, 6, 4), paint[2]},
	} {
		if a.cam.apply(f.out).Z > .02 {
			p.faces = append(p.faces, region{polygon(f.quad), f.paint, 0})
		}
	}
	a.props = append(a.props, p)
}

// island is a plain piece of floor, an oval with a long flat front.
func (a *artist) island(x0, x1, half float64) {
	oval := func(v float64) float64 { return math.Copysign(math.Pow(math.Abs(v), .75), v) }
	var pts []vec2
	for i := range 72 {
		sin, cos := sincos(float64(i) * 5)
		pts = append(pts, a.see(vec3{(x0+x1)/2 + (x1-x0)/2*oval(cos), 0, half * oval(sin)}))
	}
	f := polygon(hull(pts))
	a.floor = &f
	a.props = append(a.props, prop{outline: f, fill: roleMat, bare: true, z: behind})
}

// rod is a rounded bar through points.
func (a *artist) rod(fill Role, z, r float64, pts ...vec3) {
	var cs []cone
	for i := range len(pts) - 1 {
		cs = append(cs, cone{a.cam.apply(pts[i]), a.cam.apply(pts[i+1]), r, r})
	}
	a.props = append(a.props, prop{outline: a.group(cs, 0), fill: fill, z: z})
}

// chair has its seat round x at the height h; d is 1 if it faces right.
func (a *artist) chair(x, h, d float64) {
	for _, z := range []float64{-18, 18} {
		order := behind + 1
		if z > 0 {
			order = behind + 5
		}
		a.rod(rolePropSide, order, 1.5, vec3{x + 19*d, h - 2, z}, vec3{x + 20*d, 1.5, z})
		a.rod(rolePropSide, order, 1.5, vec3{x - 24*d, h + 42, z}, vec3{x - 19*d, h, z}, vec3{x - 22*d, 1.5, z})
	}
	a.block(block{min(x-20*d, x+22*d), max(x-20*d, x+22*d), h - 3.5, h, -20, 20},
		[3]Role{roleProp, rolePropSide, rolePropSide}, behind+6)
	a.block(block{x - 25*d - 1.2, x - 25*d + 1.2, h + 20, h + 43, -19, 19}, wood, behind+3)
}

// onLegs is a plain top on four legs, the near ones over the far; they are that much further
// apart on the floor.
func (a *artist) onLegs(top block, r, splay, deep float64) {
	mid := (top[0] + top[1]) / 2
	for _, z := range []float64{top[4] + 4, top[5] - 4} {
		for _, x := range []float64{top[0] + 4, top[1] - 4} {
			a.rod(rolePropSide, behind+3+z/deep, r, vec3{x, top[3] - 2, z}, vec3{mid + (x-mid)*splay, r, z})
		}
	}
	a.block(top, [3]Role{roleProp, rolePropSide, rolePropSide}, behind+6)
}

// ground is from where to where the body lies or stands near the floor.
func (b *body) ground() (x0, x1 float64) {
	on := nowhere
	for _, c := range b.below(12) {
		on = on.with(c.seen())
	}
	if on == nowhere { // it floats
		return b.pelvis.X - 30, b.pelvis.X + 30
	}
	return on.min.X, on.max.X
}

// below is what of the body begins lower than a height.
func (b *body) below(high float64) (low []cone) {
	parts := [][]cone{b.torso, b.cranio}
	for _, s := range sides {
		parts = append(parts, b.leg[s].legCones(s), b.arm[s].armCones(s))
	}
	for _, c := range slices.Concat(parts...) {
		if lowest([]cone{c}) <= high {
			low = append(low, c)
		}
	}
	return low
}

// shadow is what is near the floor dropped straight down on it.
func (a *artist) shadow() (field, bool) {
	cs := a.body.below(22)
	if a.floor == nil || a.pose.tilt < 4 || len(cs) == 0 {
		return field{}, false
	}
	for i, c := range cs {
		cs[i].a, cs[i].b = vec3{c.a.X, -c.a.Z, 0}, vec3{c.b.X, -c.b.Z, 0}
	}
	plan := lattice{}.group(cs, 6)
	sin, _ := sincos(a.pose.tilt)
	ysin, ycos := sincos(a.pose.yaw)
	near, far := plan.grown(3).min, plan.grown(3).max
	corner := func(x, z float64) vec2 { return a.see(vec3{x, 0, -z}) }
	f := field{boxOf(corner(near.X, near.Y), corner(near.X, far.Y), corner(far.X, near.Y), corner(far.X, far.Y)),
		func(p vec2) sample { // the point of the floor seen at p
			x, z := p.X, -p.Y/sin
			return plan.at(vec2{ycos*x - ysin*z, -(ysin*x + ycos*z)})
		}}
	return f.edged(func(_ vec2, s sample) float64 { return s.D - 1.5 }).and(*a.floor), true
}

// arrow goes from p to q, bowed to its left by bow cm. Its shaft swells from
// the tail.
func (a *artist) arrow(p, q vec2, bow float64) field {
	w := arrowWidth / a.scale
	head := 3 * w
	d := q.sub(p)
	mid := p.add(q).mul(.5).add(d.unit().perp().mul(bow * 2))
	const n = 24
	var pts [n + 1]vec2
	for i := range pts {
		t := float64(i) / n
		s := 1 - t
		pts[i] = p.mul(s * s).add(mid.mul(2 * s * t)).add(q.mul(t * t))
	}
	end := n
	for end > 0 && q.dist(pts[end]) < head*.85 {
		end--
	}
	d = q.sub(pts[end]).unit()
	back, out := q.sub(d.mul(head)), d.perp().mul(w*1.55)
	f := polygon([]vec2{q, back.add(out), back.add(d.mul(w * .55)), back.sub(out)}).grow(w * .12)
	var shaft []cone
	r := func(i int) float64 { return w / 2 * (.45 + .55*min(1, 1.6*float64(i)/float64(end))) }
	for i := range end {
		shaft = append(shaft, cone{vec3{pts[i].X, pts[i].Y, 0}, vec3{pts[i+1].X, pts[i+1].Y, 0}, r(i), r(i + 1)})
	}
	if len(shaft) == 0 {
		return f
	}
	return union(0, a.group(shaft, 0), f)
}
