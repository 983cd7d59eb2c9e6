package figure

import (
	"cmp"
	"math"
	"slices"
)

// A part of the picture is the set of points where a signed distance field is
// negative. Union, intersection, a rounded hollow, a hem, a line of even width
// along an outline: each is a short formula on distances.

// sample is a field's value at a point: the distance to its edge in cm,
// negative inside; the direction in which it grows; and how far towards the
// viewer the surface seen there lies.
type sample struct {
	D float64
	G vec2
	Z float64
}

// field is a signed distance field over the picture plane (cm, y up), negative
// only between min and max.
type field struct {
	box
	at func(vec2) sample
}

// cone is a round cone, two balls and what lies between them. Seen from
// anywhere its outline is a flat one, so every view is the same code.
type cone struct {
	a, b   vec3
	ra, rb float64
}

// seen is the box that the cone is seen in.
func (c cone) seen() box { return around(c.a.xy(), c.ra).with(around(c.b.xy(), c.rb)) }

// disc is a cone made ready for sampling along the line of sight.
type disc struct {
	cone
	a2, b2 vec2
	e      vec2    // from a to b
	h      float64 // how far; 0 where one ball hides the other
	bb, aa float64 // slope of the sides
	mid    vec2    // of a circle that holds all of it
	reach  float64
}

func newDisc(c cone) disc {
	d := disc{cone: c, a2: c.a.xy(), b2: c.b.xy()}
	v := d.b2.sub(d.a2)
	h := v.len()
	d.mid, d.reach = d.a2.add(d.b2).mul(.5), h/2+max(c.ra, c.rb)
	if h > math.Abs(c.ra-c.rb)+1e-9 {
		d.h, d.e = h, v.mul(1/h)
		d.bb = (c.ra - c.rb) / h
		d.aa = math.Sqrt(1 - d.bb*d.bb)
	}
	return d
}

// sample follows the exact distance to an uneven capsule.
func (d *disc) sample(p vec2) sample {
	if d.h == 0 {
		if d.ra >= d.rb {
			return ball(p, d.a, d.ra)
		}
		return ball(p, d.b, d.rb)
	}
	q := p.sub(d.a2)
	py := q.dot(d.e)
	n := d.e.perp()
	px := q.dot(n)
	if px < 0 {
		px, n = -px, vec2{-n.X, -n.Y}
	}
	k := -d.bb*px + d.aa*py
	switch {
	case k < 0:
		return ball(p, d.a, d.ra)
	case k > d.aa*d.h:
		return ball(p, d.b, d.rb)
	}
	dist := d.aa*px + d.bb*py - d.ra
	t := k / (d.aa * d.h)
	return sample{dist, n.mul(d.aa).add(d.e.mul(d.bb)), mix(d.a.Z, d.b.Z, t) + bulge(dist, mix(d.ra, d.rb, t))}
}

// bulge is the height of a round surface of radius r at the depth d.
func bulge(d, r float64) float64 {
	if d >= 0 {
		return 0
	}
	d = max(d, -r)
	return math.Sqrt(max(0, -d*(2*r+d)))
}

func ball(p vec2, c vec3, r float64) sample {
	q := p.sub(c.xy())
	l := q.len()
	g := vec2{0, 1}
	if l > 1e-9 {
		g = q.mul(1 / l)
	}
	return sample{l - r, g, c.Z + bulge(l-r, r)}
}

// join is a union that rounds hollow corners by k. Where the two surfaces run
// the same way there is nothing to round, so a straight limb gets no bulge.
func join(a, b sample, k float64) sample {
	lo, hi := a, b
	if b.D < a.D {
		lo, hi = b, a
	}
	z := lo.Z
	if lo.D < 0 && hi.D < 0 {
		z = max(lo.Z, hi.Z)
	}
	k *= clamp(1-a.G.dot(b.G), 0, 1)
	d := hi.D - lo.D
	if k < 1e-6 || d >= k {
		return sample{lo.D, lo.G, z}
	}
	h := (k - d) / k
	g := lo.G.mul(1 - h/2).add(hi.G.mul(h / 2))
	if l := g.len(); l > 1e-6 {
		g = g.mul(1 / max(l, .3))
	}
	return sample{lo.D - h*h*k/4, g, z}
}

// group joins cones into one field, hollow corners rounded by k.
func (l lattice) group(cones []cone, k float64) field {
	f := field{box: nowhere}
	discs := make([]disc, len(cones))
	for i, c := range cones {
		discs[i] = newDisc(c)
		f.box = f.with(c.seen())
	}
	f.at = func(p vec2) sample {
		s := discs[0].sample(p)
		for i := 1; i < len(discs); i++ {
			d := &discs[i]
			// too far away to matter
			if lim := max(s.D, 0) + k + d.reach; p.sub(d.mid).norm2() > lim*lim {
				continue
			}
			s = join(s, d.sample(p), k)
		}
		return s
	}
	return l.remember(f)
}

// lattice is the grid of points on which all fields of a picture are read, so
// that what many layers are made of is computed once.
type lattice struct {
	cell float64
	box  // of the picture
}

// remember keeps f's answers at the lattice's points near its inside, and the
// last answer anywhere.
func (l lattice) remember(f field) field {
	if l.cell == 0 {
		return f
	}
	near := f.grown(4).within(l.box)
	x0, x1 := math.Floor(near.min.X/l.cell), math.Ceil(near.max.X/l.cell)
	y0, y1 := math.Floor(near.min.Y/l.cell), math.Ceil(near.max.Y/l.cell)
	nx, ny := int(x1-x0)+1, int(y1-y0)+1
	var known []sample
	var filled []bool
	at := f.at
	last, was := vec2{math.NaN(), 0}, sample{}
	f.at = func(p vec2) sample {
		if p == last {
			return was
		}
		i, j := math.Round(p.X/l.cell), math.Round(p.Y/l.cell)
		n := -1
		if i*l.cell == p.X && j*l.cell == p.Y {
			if i, j := int(i-x0), int(j-y0); i >= 0 && j >= 0 && i < nx && j < ny {
				n = j*nx + i
				if known == nil {
					known, filled = make([]sample, nx*ny), make([]bool, nx*ny)
				}
				if filled[n] {
					return known[n]
				}
			}
		}
		last, was = p, at(p)
		if n >= 0 {
			known[n], filled[n] = was, true
		}
		return was
	}
	return f
}

func union(k float64, fs ...field) field {
	f := fs[0]
	for _, g := range fs[1:] {
		a := f.at
		f = field{f.with(g.box), func(p vec2) sample { return join(a(p), g.at(p), k) }}
	}
	return f
}

// and keeps what lies in both.
func (a field) and(b field) field {
	return field{a.within(b.box), func(p vec2) sample {
		s, t := a.at(p), b.at(p)
		if t.D > s.D {
			t.Z = s.Z
			return t
		}
		return s
	}}
}

// edged is a with its edge at another distance from each point.
func (a field) edged(d func(vec2, sample) float64) field {
	return field{a.box, func(p vec2) sample {
		s := a.at(p)
		s.D = d(p, s)
		return s
	}}
}

// minus takes b out of a.
func (a field) minus(b field) field {
	return a.edged(func(p vec2, s sample) float64 { return max(s.D, -b.at(p).D) })
}

// grow moves the edge outwards.
func (a field) grow(w float64) field {
	return a.growBy(w, func(vec2, sample) float64 { return w })
}

// growBy moves the edge outwards by a width of the place, most at the most.
func (a field) growBy(most float64, w func(vec2, sample) float64) field {
	a.box = a.grown(most)
	return a.edged(func(p vec2, s sample) float64 { return s.D - w(p, s) })
}

// cut keeps the part of a where g, read on the surface seen, is negative.
func (a field) cut(g func(vec3) float64) field {
	return a.edged(func(p vec2, s sample) float64 { return max(s.D, g(vec3{p.X, p.Y, s.Z})) })
}

// cutOn is cut with g read on one plain cone that stands for the whole part,
// so that the cut edge (a hem) is a clean curve.
func (a field) cutOn(c cone, g func(vec3) float64) field {
	d := newDisc(c)
	return a.edged(func(p vec2, s sample) float64 {
		v := func(x, y float64) float64 {
			q := vec2{p.X + x, p.Y + y}
			return g(vec3{q.X, q.Y, d.sample(q).Z})
		}
		here := v(0, 0)
		if here < -12 || s.D > 4 { // far from both edges the exact value is not asked for
			return max(s.D, here)
		}
		// foreshortening squeezes g: make it a distance on paper again
		const e = .15
		gx, gy := (v(e, 0)-v(-e, 0))/(2*e), (v(0, e)-v(0, -e))/(2*e)
		return max(s.D, here/clamp(math.Hypot(gx, gy), .25, 4))
	})
}

// polygon is the field of a simple polygon.
func polygon(v []vec2) field {
	return field{boxOf(v...), func(p vec2) sample {
		d, in := math.Inf(1), false
		var g vec2
		for i, j := 0, len(v)-1; i < len(v); j, i = i, i+1 {
			e, w := v[j].sub(v[i]), p.sub(v[i])
			b := w.sub(e.mul(clamp(w.dot(e)/max(e.dot(e), 1e-12), 0, 1)))
			if q := b.norm2(); q < d {
				d, g = q, b
			}
			if (v[i].Y > p.Y) != (v[j].Y > p.Y) && p.X < e.X*(p.Y-v[i].Y)/e.Y+v[i].X {
				in = !in
			}
		}
		d, g = math.Sqrt(d), g.unit()
		if in {
			return sample{-d, g.mul(-1), 0}
		}
		return sample{d, g, 0}
	}}
}

// hull is the convex hull of points, anticlockwise.
func hull(p []vec2) []vec2 {
	slices.SortFunc(p, func(a, b vec2) int {
		return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y))
	})
	var h []vec2
	for range 2 {
		from := len(h)
		for _, q := range p {
			for len(h) >= from+2 && h[len(h)-1].sub(h[len(h)-2]).perp().dot(q.sub(h[len(h)-2])) <= 1e-9 {
				h = h[:len(h)-1]
			}
			h = append(h, q)
		}
		h = h[:len(h)-1]
		slices.Reverse(p)
	}
	return h
}
