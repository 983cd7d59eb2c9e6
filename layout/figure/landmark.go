package figure

// bone is a part of the skeleton that points of the body are told from.
type bone uint8

const (
	ilium bone = iota // the pelvis
	vertebra
	cervical // the neck
	atlas    // where the head sits on it
	cranium  // the head as it is drawn, a little over life size
	mandible
	scapula // its inner edge, which comes to the spine as the shoulder is drawn back
	glenoid // the shoulder's joint, as the chest is turned
	femur
	tibia
	tarsus // the ankle, as the foot is turned
	humerus
	ulna
	carpus // the wrist, as the hand is turned
)

// spot is a point on a bone: so far along it, a share of a long bone or the number of a
// vertebra; from there x forward, y up and z outward, in the palm along it, across it and out.
type spot struct {
	on      bone
	t       float64
	x, y, z float64
	r       float64 // of a muscle: how far it reaches round it
}

func (b *body) spot(s side, p spot) vec3 {
	x, y, z := p.x, p.y, p.z*s.sign()
	leg, arm, chest := &b.leg[s], &b.arm[s], b.nf[upperChest]
	switch p.on {
	case ilium:
		return b.atPelvis(x, y, z)
	case vertebra:
		return b.atSpine(int(p.t), x, y, z)
	case cervical:
		return b.node[c7].to(b.head, p.t)
	case atlas:
		return b.head.in(b.hf, vec3{x, y, z})
	case cranium:
		return b.atHead(x, y, z)
	case mandible:
		return b.atJaw(x, y, z)
	case scapula:
		back := chest.inverse(arm.a.sub(b.node[upperChest])).X - 3
		return b.atSpine(upperChest, x, y-5, (7+.35*max(-6, min(back, 0))+p.z)*s.sign())
	case glenoid:
		return arm.a.in(chest, vec3{x, y, z})
	case femur:
		return leg.a.to(leg.b, p.t).in(leg.fa, vec3{x, y, z})
	case tibia:
		return leg.b.to(leg.c, p.t).in(leg.fb, vec3{x, y, z})
	case tarsus:
		return leg.c.in(leg.foot, vec3{x, y, z})
	case humerus:
		return arm.a.to(arm.b, p.t).in(arm.fa, vec3{x, y, z})
	case ulna:
		return arm.b.to(arm.c, p.t).in(arm.fb, vec3{x, y, z})
	}
	return arm.hand.at(p.x, p.y, p.z)
}

// landmark is a named point of the body.
type landmark struct {
	name  string
	along bool // wants a share of the way along it
	spot
}

// limb is the limb that it is on; 0 for none.
func (l *landmark) limb() string {
	switch {
	case l.on >= humerus:
		return "arm"
	case l.on >= femur:
		return "leg"
	}
	return ""
}

// sided tells whether there are two of it.
func (l *landmark) sided() bool { return l.z != 0 || l.limb() != "" }

var landmarks = []landmark{
	{"pelvis", false, spot{on: ilium}},
	{"belly", false, spot{on: vertebra, t: 2, x: 1}},
	{"chest", false, spot{on: vertebra, t: 5}},
	{"back", false, spot{on: vertebra, t: 4, x: -4}},
	{"neck", false, spot{on: cervical, t: .5}},
	{"nape", false, spot{on: atlas, x: -7, y: 1}},
	{"head", false, spot{on: atlas, x: 2, y: 5}},
	{"crown", false, spot{on: atlas, x: 1, y: 13.5}},
	{"chin", false, spot{on: atlas, x: 8.5, y: -5}},
	{"ear", false, spot{on: atlas, x: 1, y: 4, z: 8}},
	{"hip", false, spot{on: ilium, z: hipHalfWidth}},
	{"thigh", true, spot{on: femur}},
	{"knee", false, spot{on: tibia}},
	{"shin", true, spot{on: tibia}},
	{"ankle", false, spot{on: tarsus}},
	{"heel", false, spot{on: tarsus, x: -4, y: -4}},
	{"sole", false, spot{on: tarsus, x: 11, y: -6.5}},
	{"instep", false, spot{on: tarsus, x: 5, y: -2}},
	{"toe", false, spot{on: tarsus, x: 17, y: -5.5}},
	{"shoulder", false, spot{on: humerus}},
	{"uarm", true, spot{on: humerus}},
	{"elbow", false, spot{on: ulna}},
	{"farm", true, spot{on: ulna}},
	{"wrist", false, spot{on: carpus}},
	{"hand", false, spot{on: carpus, x: 6.5, z: 1.5}},
}

// place is a point an author names: a landmark of the body, or the world's
// origin, and a way from it.
type place struct {
	*landmark
	side  side
	share float64 // of the way along the landmark
	off   vec3
}

func (b *body) at(p place) vec3 {
	if p.landmark == nil {
		return p.off
	}
	at := p.spot
	if p.along {
		at.t = p.share
	}
	return b.spot(p.side, at).add(p.off)
}
