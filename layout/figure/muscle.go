package figure

import "math"

// muscle is a patch fixed to the body, painted on the layers it lies under.
type muscle struct {
	name   string
	layers []string // of its own side where they have one
	cones  func(b *body, s side) []cone
}

// spindle is full in the belly and drawn out to the ends.
func spindle(p, q vec3, rp, rq float64) []cone {
	const n = 6
	radius := func(t float64) float64 {
		return mix(rp, rq, t) * (.45 + .65*math.Sin(math.Pi*(.08+.84*t)))
	}
	var out []cone
	for i := range n {
		t, u := float64(i)/n, float64(i+1)/n
		out = append(out, cone{p.to(q, t), p.to(q, u), radius(t), radius(u)})
	}
	return out
}

// chain is a band through points of given widths.
func chain(balls ...cone) []cone {
	var out []cone
	for i, c := range balls[1:] {
		out = append(out, cone{balls[i].a, c.a, balls[i].ra, c.ra})
	}
	return out
}

// inThigh is a point at a share of the thigh, x forward of the bone and z
// outward from it; the others are alike.
func (b *body) inThigh(s side, t, x, z float64) vec3 {
	l := &b.leg[s]
	return l.a.to(l.b, t).in(l.fa, vec3{x, 0, z * s.sign()})
}

func (b *body) inShank(s side, t, x, z float64) vec3 {
	l := &b.leg[s]
	return l.b.to(l.c, t).in(l.fb, vec3{x, 0, z * s.sign()})
}

func (b *body) inForearm(s side, t, x, z float64) vec3 {
	l := &b.arm[s]
	return l.b.to(l.c, t).in(l.fb, vec3{x, 0, z * s.sign()})
}

func (b *body) inFoot(s side, x, y, z float64) vec3 {
	l := &b.leg[s]
	return l.c.in(l.foot, vec3{x, y, z * s.sign()})
}

// blade is a point about the inner edge of a shoulder blade, z outward: it comes
// to the spine as the shoulder is drawn back.
func (b *body) blade(s side, x, y, z float64) vec3 {
	f, g := b.nf[upperChest], s.sign()
	back := f.inverse(b.arm[s].a.sub(b.node[upperChest])).X - 3
	return b.node[upperChest].in(f, vec3{x + 4, y - 5, (7 + .35*max(-6, min(back, 0)) + z) * g})
}

var muscles = []muscle{
	{"hamstring", []string{"leg"}, func(b *body, s side) []cone {
		return spindle(b.inThigh(s, .2, -5, 0), b.inThigh(s, .86, -3.6, 0), 3.4, 2.6)
	}},
	{"quad", []string{"leg"}, func(b *body, s side) []cone {
		return spindle(b.inThigh(s, .2, 5, 0), b.inThigh(s, .84, 3.4, 0), 3.4, 2.6)
	}},
	{"adductor", []string{"leg", "shank"}, func(b *body, s side) []cone {
		return spindle(b.inThigh(s, .14, .5, -4.5), b.inThigh(s, .78, 0, -3.4), 3.2, 2.6)
	}},
	{"calf", []string{"leg", "shank"}, func(b *body, s side) []cone {
		return spindle(b.inShank(s, .06, -2.6, 0), b.inShank(s, .56, -2.4, 0), 3.8, 2.6)
	}},
	{"sole", []string{"leg", "shank"}, func(b *body, s side) []cone {
		return spindle(b.inFoot(s, -3, -5.4, 0), b.inFoot(s, 13, -5.4, 0), 2.6, 2.6)
	}},
	{"hip-flexor", []string{"leg", "trunk"}, func(b *body, s side) []cone {
		return spindle(b.atPelvis(5, 8, 5*s.sign()), b.inThigh(s, .28, 4.5, 0), 2.8, 2.8)
	}},
	{"outer-hip", []string{"leg", "trunk"}, func(b *body, s side) []cone {
		g := s.sign()
		return chain(cone{a: b.atPelvis(0, 9, 13*g), ra: 2.4}, cone{a: b.inThigh(s, .05, 0, 7.5), ra: 2.8},
			cone{a: b.inThigh(s, .45, 0, 7), ra: 2.2}, cone{a: b.inThigh(s, .85, 0, 5), ra: 1.5})
	}},
	{"buttock", []string{"trunk", "leg"}, func(b *body, s side) []cone {
		g := s.sign()
		return spindle(b.atPelvis(-5, 6, 9.5*g), b.atPelvis(-6, -4.5, 8.5*g), 4.2, 4.4)
	}},
	{"low-back", []string{"trunk"}, func(b *body, _ side) []cone {
		return spindle(b.atSpine(0, -6.2, -2, 0), b.atSpine(3, -6.2, 2, 0), 4, 3.8)
	}},
	{"upper-back", []string{"trunk"}, func(b *body, _ side) []cone {
		return spindle(b.atSpine(3, -7.4, 2, 0), b.atSpine(6, -6, 0, 0), 4, 3.6)
	}},
	{"back", []string{"trunk"}, func(b *body, _ side) []cone {
		return chain(cone{a: b.atSpine(0, -6.5, 0, 0), ra: 2.6}, cone{a: b.atSpine(2, -5.5, 0, 0), ra: 2.6},
			cone{a: b.atSpine(4, -7.5, 0, 0), ra: 2.6}, cone{a: b.atSpine(5, -8, 0, 0), ra: 2.6})
	}},
	{"belly", []string{"trunk"}, func(b *body, _ side) []cone {
		return spindle(b.atSpine(0, 7, -1, 0), b.atSpine(3, 7, 0, 0), 4, 4)
	}},
	{"waist", []string{"trunk"}, func(b *body, s side) []cone {
		g := s.sign()
		return spindle(b.atSpine(0, 0, 0, 9*g), b.atSpine(5, 0, 0, 11*g), 3.4, 3.4)
	}},
	{"flank", []string{"trunk"}, func(b *body, s side) []cone {
		g := s.sign()
		return spindle(b.atSpine(2, -2, 0, 9*g), b.atSpine(5, -3, 0, 12*g), 3.2, 3.2)
	}},
	{"chest", []string{"trunk", "arm"}, func(b *body, s side) []cone {
		l := &b.arm[s]
		return spindle(b.atSpine(5, 7, 0, 5.5*s.sign()), l.a.to(l.b, .12), 4.2, 2.6)
	}},
	{"upper-trapezius", []string{"trunk", "arm"}, func(b *body, s side) []cone {
		g := s.sign()
		return chain(cone{a: b.head.in(b.hf, vec3{-3, -3, 3.6 * g}), ra: 1.7},
			cone{a: b.node[c7].in(b.nf[c7], vec3{1, 1, 5.5 * g}), ra: 2.4},
			cone{a: b.arm[s].a.in(b.nf[upperChest], vec3{-.5, 4, -4 * g}), ra: 1.8})
	}},
	{"levator", []string{"trunk", "arm"}, func(b *body, s side) []cone {
		g := s.sign()
		return chain(cone{a: b.head.in(b.hf, vec3{-4, -1, 4 * g}), ra: 1.7},
			cone{a: b.node[c7].in(b.nf[c7], vec3{-2, 0, 5 * g}), ra: 2.2},
			cone{a: b.node[upperChest].in(b.nf[upperChest], vec3{-4, -3, 8 * g}), ra: 2.2})
	}},
	{"nape", []string{"trunk"}, func(b *body, _ side) []cone {
		return spindle(b.head.in(b.hf, vec3{-4.2, 0, 0}), b.node[c7].in(b.nf[c7], vec3{-3.4, -2.5, 0}), 2.8, 2.8)
	}},
	{"forearm", []string{"arm", "fore"}, func(b *body, s side) []cone { // of the side that faces the biceps
		return spindle(b.inForearm(s, .04, 2.4, 0), b.inForearm(s, .9, 1.4, 0), 2.6, 1.8)
	}},
	{"shoulder", []string{"arm", "trunk"}, func(b *body, s side) []cone {
		l := &b.arm[s]
		return spindle(l.a.in(b.nf[upperChest], vec3{0, 3, -1 * s.sign()}),
			l.a.to(l.b, .4).in(l.fa, vec3{0, 0, 1.5 * s.sign()}), 3.6, 2.4)
	}},
	{"shoulder-front", []string{"arm", "trunk"}, func(b *body, s side) []cone {
		l := &b.arm[s]
		return spindle(l.a.in(b.nf[upperChest], vec3{4, 2, -4 * s.sign()}),
			l.a.to(l.b, .36).in(l.fa, vec3{4, 0, 0}), 3, 2.2)
	}},
	{"blades", []string{"trunk"}, func(b *body, s side) []cone { // draws the shoulder blade to the spine
		return spindle(b.blade(s, -9, 4, -2.6), b.blade(s, -9, -5, -1.2), 1.9, 1.9)
	}},
	{"neck-side", []string{"trunk", "head"}, func(b *body, s side) []cone {
		g := s.sign()
		return spindle(b.head.in(b.hf, vec3{0, -2, 5.2 * g}),
			b.node[c7].in(b.nf[c7], vec3{6.5, -3.5, 2.2 * g}), 2.2, 1.8)
	}},
	{"jaw", []string{"head"}, func(b *body, s side) []cone { // the chewing muscle of the cheek
		g := s.sign()
		return spindle(b.atHead(4.8, .8, 5.6*g), b.atJaw(3.4, -3.6, 4.8*g), 1.6, 1.5)
	}},
	{"palm", []string{"arm", "fore", "hand"}, func(b *body, s side) []cone {
		h := &b.arm[s].hand
		return spindle(h.at(1.6, -.4, 1.5), h.at(6, -.4, 1.5), 2.1, 2.1)
	}},
	{"median", []string{"arm", "fore", "hand"}, func(b *body, s side) []cone { // the nerve through the wrist
		h := &b.arm[s].hand
		return chain(cone{a: b.inForearm(s, .3, 2.6, 0), ra: .7}, cone{a: b.inForearm(s, .9, 2, 0), ra: .7},
			cone{a: h.at(.6, 0, 1.6), ra: .7}, cone{a: h.at(5, .4, 1.6), ra: .6})
	}},
	{"knee", []string{"leg", "shank"}, func(b *body, s side) []cone {
		l := &b.leg[s]
		return []cone{{l.b.in(l.fa, vec3{2.5, 2.5, 0}), l.b.in(l.fb, vec3{2.5, -2.5, 0}), 4, 3.6}}
	}},
	{"heel", []string{"leg", "shank"}, func(b *body, s side) []cone { // where its band begins, under it
		return []cone{{b.inFoot(s, -3.4, -4.6, 0), b.inFoot(s, 1.5, -6, 0), 2.6, 1.4}}
	}},
	{"brow", []string{"head"}, func(b *body, _ side) []cone { // the band of a tension headache
		at := func(x, y, z float64) cone { return cone{a: b.atHead(x, y, z), ra: .9} }
		return chain(at(4.6, 7.2, -7), at(8, 7.6, -4.4), at(9.4, 7.8, 0), at(8, 7.6, 4.4), at(4.6, 7.2, 7))
	}},
	{"nerve", []string{"leg", "trunk", "shank"}, func(b *body, s side) []cone {
		g := s.sign()
		return chain(cone{a: b.atSpine(1, -5.5, 0, 2.5*g), ra: 1.2}, cone{a: b.atPelvis(-7, 5, 4.5*g), ra: 1.5},
			cone{a: b.atPelvis(-6.5, -2, 7*g), ra: 1.5}, cone{a: b.inThigh(s, .22, -5.2, 0), ra: 1.5},
			cone{a: b.inThigh(s, .93, -3.6, 0), ra: 1.4}, cone{a: b.inShank(s, .12, -3.4, 0), ra: 1.3},
			cone{a: b.inShank(s, .86, -1.8, 0), ra: .9})
	}},
}
