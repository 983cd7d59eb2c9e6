package figure

// place is a point an author names: a landmark of the body, or the world's
// origin, and a way from it.
type place struct {
	*landmark
	side side
	t    float64
	off  vec3
}

func (b *body) at(p place) vec3 {
	if p.landmark == nil {
		return p.off
	}
	return p.landmark.at(b, p.side, p.t).add(p.off)
}

// landmark is a named point of the body.
type landmark struct {
	name  string
	limb  byte // 'l' on a leg, 'a' on an arm, else neither
	sided bool
	along bool // wants a share of the way along it
	at    func(b *body, s side, t float64) vec3
}

var landmarks = []landmark{
	{"pelvis", 0, false, false, func(b *body, _ side, _ float64) vec3 { return b.pelvis }},
	{"belly", 0, false, false, func(b *body, _ side, _ float64) vec3 { return b.node[2].in(b.nf[2], vec3{5, 0, 0}) }},
	{"chest", 0, false, false, func(b *body, _ side, _ float64) vec3 { return b.node[5].in(b.nf[5], vec3{4, 0, 0}) }},
	{"back", 0, false, false, func(b *body, _ side, _ float64) vec3 { return b.node[4] }},
	{"neck", 0, false, false, func(b *body, _ side, _ float64) vec3 { return b.node[c7].to(b.head, .5) }},
	{"nape", 0, false, false, func(b *body, _ side, _ float64) vec3 { return b.head.in(b.hf, vec3{-7, 1, 0}) }},
	{"head", 0, false, false, func(b *body, _ side, _ float64) vec3 { return b.head.in(b.hf, vec3{2, 5, 0}) }},
	{"crown", 0, false, false, func(b *body, _ side, _ float64) vec3 { return b.head.in(b.hf, vec3{1, 13.5, 0}) }},
	{"chin", 0, false, false, func(b *body, _ side, _ float64) vec3 { return b.head.in(b.hf, vec3{8.5, -5, 0}) }},
	{"ear", 0, true, false, func(b *body, s side, _ float64) vec3 { return b.head.in(b.hf, vec3{1, 4, 8 * s.sign()}) }},
	{"hip", 0, true, false, func(b *body, s side, _ float64) vec3 { return b.hip(s) }},
	{"thigh", 'l', true, true, func(b *body, s side, t float64) vec3 { return b.leg[s].a.to(b.leg[s].b, t) }},
	{"knee", 'l', true, false, func(b *body, s side, _ float64) vec3 { return b.leg[s].b }},
	{"shin", 'l', true, true, func(b *body, s side, t float64) vec3 { return b.leg[s].b.to(b.leg[s].c, t) }},
	{"ankle", 'l', true, false, func(b *body, s side, _ float64) vec3 { return b.leg[s].c }},
	{"heel", 'l', true, false, func(b *body, s side, _ float64) vec3 {
		return b.leg[s].c.in(b.leg[s].foot, vec3{-4, -4, 0})
	}},
	{"sole", 'l', true, false, func(b *body, s side, _ float64) vec3 {
		return b.leg[s].c.in(b.leg[s].foot, vec3{11, -6.5, 0})
	}},
	{"instep", 'l', true, false, func(b *body, s side, _ float64) vec3 {
		return b.leg[s].c.in(b.leg[s].foot, vec3{5, -2, 0})
	}},
	{"toe", 'l', true, false, func(b *body, s side, _ float64) vec3 {
		return b.leg[s].c.in(b.leg[s].foot, vec3{17, -5.5, 0})
	}},
	{"shoulder", 'a', true, false, func(b *body, s side, _ float64) vec3 { return b.arm[s].a }},
	{"uarm", 'a', true, true, func(b *body, s side, t float64) vec3 { return b.arm[s].a.to(b.arm[s].b, t) }},
	{"elbow", 'a', true, false, func(b *body, s side, _ float64) vec3 { return b.arm[s].b }},
	{"farm", 'a', true, true, func(b *body, s side, t float64) vec3 { return b.arm[s].b.to(b.arm[s].c, t) }},
	{"wrist", 'a', true, false, func(b *body, s side, _ float64) vec3 { return b.arm[s].c }},
	{"hand", 'a', true, false, func(b *body, s side, _ float64) vec3 {
		h := &b.arm[s].hand
		return h.wrist.add(h.dir.mul(6.5)).add(h.norm.mul(1.5))
	}},
}
