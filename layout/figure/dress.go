package figure

import (
	"cmp"
	"math"
	"slices"
)

// The layers of the body, dressed: trunk, head, legs and arms as they are seen.

// hemLine is the width of a hem as a share of the outline's.
const hemLine = .95

func (a *artist) trunk() (trunk, neck, bare field) {
	b := a.body
	neck = a.shape(b.neck, 0)
	trunk = a.shape(slices.Concat(b.torso, b.neck), 5)
	pelvis, rise := a.cam.apply(b.pelvis), a.cam.apply(b.pf.U)
	lower, upper := a.shape(b.lower, 0), a.shape(b.upper, 0)
	shorts := trunk.cut(func(q vec3) float64 {
		p := q.xy()
		return max(q.sub(pelvis).dot(rise)-11, lower.at(p).D-upper.at(p).D)
	})
	f := a.cam.turn(b.nf[c7])
	collar := a.cam.apply(b.node[c7]).in(f, vec3{-4.5, 2.2, 0})
	slope := f.apply(vec3{5.4, 15, 0}).unit()
	round := a.seen([]cone{{b.node[c7].in(b.nf[c7], vec3{1.2, -8, 0}), b.head, 11.5, 8.5}})[0] // the shirt's round neck
	bare = trunk.and(neck.grow(5)).cutOn(round, func(q vec3) float64 { return -q.sub(collar).dot(slope) })
	var blades []field
	if b.nf[upperChest].F.dot(a.cam.inverse(vec3{0, 0, 1})) < -.6 { // the inner edges of the shoulder blades
		for _, s := range sides {
			at := func(x, y, z, r float64) cone {
				return cone{a: b.spot(s, spot{on: scapula, x: x, y: y, z: z}), ra: r * lineWidth / a.scale}
			}
			blades = append(blades, a.drawn(at(-9, 5, 2.6, .15), at(-9.5, 0, 1.2, .3), at(-9, -6.5, 1.6, .3),
				at(-8, -7.6, 5, .15)).field)
		}
	}
	a.layers = append(a.layers, &layer{name: "trunk", outline: trunk, z: a.depth(b.torso), regions: []region{
		{trunk, roleShirt, 0}, {shorts, roleShorts, hemLine}, {bare, roleSkin, hemLine}}, creases: blades})
	return trunk, neck, bare
}

func (a *artist) head(neck field) *layer {
	b := a.body
	z := a.depth(b.torso) + .5
	skin := union(.6, a.shape(b.skull, 3.5), a.shape(b.ear[left], 0), a.shape(b.ear[right], 0))
	skull := a.shape(b.cranio, 0)
	f := a.cam.turn(b.hf)
	line := a.hairline(a.cam.apply(b.head), f)
	hair := skull.growBy(1.3, func(p vec2, _ sample) float64 { return 1.1*smooth(.5, -4, line(p)) - .2 })
	cap := a.remember(hair.edged(func(p vec2, s sample) float64 { return max(s.D, line(p)) }))
	face := f.F
	l := &layer{name: "head", z: z, outline: union(1, skin, cap),
		regions: []region{{skin, roleSkin, 0}, {cap, roleHair, 0}}}

	bun := a.shape([]cone{{b.atHead(-7.6, 11.4, 0), b.atHead(-8.4, 11.0, 0), 3.4, 3.2}}, 0)
	knot := &layer{name: "bun", z: z - .1, outline: bun, ink: roleBunInk, regions: []region{{bun, roleBun, 0}}}
	if face.Z < -.3 { // seen from behind: the chin behind the neck, the hair before it
		l.z, knot.z = a.depth(b.torso)-.5, z+.1
		a.layers = append(a.layers, &layer{name: "hair", z: z, outline: cap, ink: roleHair,
			regions: []region{{cap, roleHair, 0}}})
	}
	for _, s := range sides {
		ear, turned := a.shape(b.ear[s], 0), f.R.Z*s.sign()
		switch {
		case turned > .25:
			l.regions = append(l.regions, region{ear, roleSkin, .55})
		case turned > -.45 && face.Z > .3: // beside the face, that is before it
			l.regions = append(l.regions, region{ear.minus(skull.grow(-.1)), roleSkin, .55})
		}
	}
	for _, s := range sides { // an open eye and a brow
		g := s.sign()
		if a.cam.apply(b.hf.apply(vec3{.75, 0, .66 * g})).Z < .18 {
			continue
		}
		at := func(x, y, z, r float64) cone { return a.pen(b.atHead(x, y, z*g), r) }
		l.over = append(l.over, a.drawn(at(8.9, 3.3, 3.0, .56), at(8.9, 2.7, 3.0, .56)),
			a.drawn(at(9.6, 5.5, 1.6, .3), at(9.1, 5.9, 3.1, .36), at(8.2, 5.2, 4.7, .2)))
		if face.Z <= .35 { // in profile, the near corner of the mouth
			l.over = append(l.over, a.drawn(at(9.8, -1.7, 0, .16), at(8.0, -1.9, 2.6, .24)))
		}
	}
	if face.Z > .35 {
		l.over = append(l.over, a.mouth()...)
	}
	if face.Z > .7 { // what of the nose no outline shows
		at := func(y, z float64) cone { return cone{a: b.atHead(11.2, y, z), ra: max(.14, .04/a.scale)} }
		l.over = append(l.over, a.drawn(at(.6, -1.1), at(.1, 0), at(.6, 1.1)))
	}
	profile := smooth(.35, .8, face.xy().len()) // the jaw line dies out towards the ear
	l.fades = []fade{{a.see(b.head.in(b.hf, vec3{1, -2.5, 0})), 3 * profile, 6.5*profile + .01, neck}}
	a.layers = append(a.layers, knot, l)
	return l
}

// pen is a point of a line of ink, of a radius that still shows.
func (a *artist) pen(at vec3, r float64) cone { return cone{a: at, ra: max(r, .05/a.scale)} }

// drawn is a line of ink through points.
func (a *artist) drawn(through ...cone) region {
	return region{a.shape(chain(through...), 0), roleInk, 0}
}

// mouth is a line, or an open mouth with the upper teeth and the tongue's tip
// behind them.
func (a *artist) mouth() []region {
	b := a.body
	if b.jaw < 3 {
		return []region{a.drawn(a.pen(b.atHead(9.2, -2.0, -2), .16), a.pen(b.atHead(9.9, -2.3, 0), .24),
			a.pen(b.atHead(9.2, -2.0, 2), .16))}
	}
	top, low := b.atHead(9.7, -1.5, 0), b.atJaw(9.6, -2.9, 0)
	mid, half := top.to(low, .5), low.sub(top).mul(.5)
	var edge []vec2
	for i := range 24 {
		sin, cos := sincos(float64(i) * 15)
		edge = append(edge, a.see(mid.sub(half.mul(cos)).add(b.hf.R.mul(2*sin))))
	}
	hole := polygon(edge)
	teeth := a.shape([]cone{{b.atHead(9.7, -2, -1.2), b.atHead(9.7, -2, 1.2), .5, .5}}, 0)
	tongue := a.shape([]cone{{b.atJaw(9.6, -2.9, 0), b.atHead(9.6, -3.3, 0), 1.3, .8}}, 0)
	return []region{{hole, roleInk, 0}, {tongue.and(hole.grow(-.2)), roleTongue, 0},
		{teeth.and(hole.grow(-.2)), roleTeeth, 0}}
}

// hairline gives, for a point of the picture, how far below the hairline it
// lies. The line is drawn on an egg that stands for the skull.
func (a *artist) hairline(head vec3, f frame) func(vec2) float64 {
	centre, radius := vec3{1.1, 5.6, 0}, vec3{9.6, 8.2, 8.0}
	shrink := func(v vec3) vec3 { return vec3{v.X / radius.X, v.Y / radius.Y, v.Z / radius.Z} }
	d := shrink(f.inverse(vec3{0, 0, 1}))
	dd := d.dot(d)
	return func(p vec2) float64 {
		o := shrink(f.inverse(vec3{p.X, p.Y, head.Z}.sub(head)).mul(1 / headScale).sub(centre))
		od := o.dot(d)
		t := (-od + math.Sqrt(max(0, od*od-dd*(o.dot(o)-1)))) / dd
		q := o.add(d.mul(t))
		return hairHeight(q.X*radius.X+centre.X) - (q.Y*radius.Y + centre.Y)
	}
}

// hairHeight is the height of the hairline on the head, from nape (-9) to
// forehead (12): a cubic through these points.
func hairHeight(x float64) float64 {
	pts := [...]vec2{{-9, -4}, {-4, -3}, {-1.2, -.5}, {1.5, 4.2}, {4, 6.6}, {7, 9.4}, {9, 11}, {12, 12.5}}
	last := len(pts) - 1
	switch {
	case x <= pts[0].X:
		return pts[0].Y
	case x >= pts[last].X:
		return pts[last].Y
	}
	slope := func(i int) float64 {
		a, b := pts[max(0, i-1)], pts[min(last, i+1)]
		return (b.Y - a.Y) / (b.X - a.X)
	}
	i := 1
	for x > pts[i].X {
		i++
	}
	h := pts[i].X - pts[i-1].X
	t := (x - pts[i-1].X) / h
	t2, t3 := t*t, t*t*t
	return (2*t3-3*t2+1)*pts[i-1].Y + (t3-2*t2+t)*h*slope(i-1) + (3*t2-2*t3)*pts[i].Y + (t3-t2)*h*slope(i)
}

func (a *artist) leg(s side, trunk field) {
	b, l := a.body, &a.body.leg[s]
	t, k, f := l.thighCones(), l.shankCones(s), l.footCones(s)
	thigh, shank, foot := a.shape(t, 2), a.shape(k, 2), a.shape(f, 2.5)
	z := a.depth(l.legCones(s)) + 6
	skin := a.remember(union(2.5, union(4, thigh, shank), foot))
	hem := .62 * thighLength
	shorts := a.garment(thigh, cone{l.a, l.b, 8.4, 5.6}, hem, .2, 1.1)
	fillSkin, fillShorts := roleSkin, roleShorts
	if a.away(s, b.pf) && a.cam.apply(b.nf[upperChest].R).Z*s.sign() < .3 {
		fillSkin, fillShorts = roleFarSkin, roleFarShorts
	}
	name := "." + s.String()
	ly := &layer{name: "leg" + name, z: z, outline: union(0, skin, shorts),
		regions: []region{{skin, fillSkin, 0}, {shorts, fillShorts, hemLine}},
		fades:   []fade{{a.see(l.a), 7, 13, trunk}}}
	bend := l.fa.U.dot(l.fb.U) // 1 straight, 0 at a right angle, -1 folded
	switch {
	case bend < .5 && nearness(a.seen(k)) > nearness(a.seen(t))+5:
		// the shin comes towards the viewer: over the thigh
		lower := a.remember(union(2.5, shank, foot))
		a.layers = append(a.layers, &layer{name: "shank" + name, z: z + .01 + a.pose.front["leg"+name], outline: lower,
			regions: []region{{lower, fillSkin, 0}}, fades: []fade{{a.see(l.b), 4.5, 8, thigh}}})
	case bend < -.3: // folded: a crease where the thigh lies on the calf
		knee, w := a.see(l.b), lineWidth/a.scale
		ly.creases = append(ly.creases, thigh.edged(func(p vec2, s sample) float64 {
			strength := smooth(4.5, 12, p.dist(knee))
			d := math.Abs(s.D-.6) - w*.42*strength
			if strength == 0 {
				d = max(d, .5)
			}
			return d
		}).and(shank.grow(-w*.3)))
	}
	a.layers = append(a.layers, ly)
}

// garment is a sleeve or a leg of the shorts round the bone, down to a hem that
// far from its upper end, looser by wide towards the hem.
func (a *artist) garment(limb field, bone cone, hem, close, wide float64) field {
	bone = a.seen([]cone{bone})[0]
	dir := bone.b.sub(bone.a).unit()
	d := newDisc(bone)
	return a.remember(limb.growBy(2.2, func(p vec2, _ sample) float64 {
		along := vec3{p.X, p.Y, d.sample(p).Z}.sub(bone.a).dot(dir) / hem
		return close + wide*clamp(along, 0, 1)
	}).cutOn(bone, func(q vec3) float64 { return q.sub(bone.a).dot(dir) - hem }))
}

func (a *artist) arm(s side, trunk field) {
	b, l := a.body, &a.body.arm[s]
	u, f, h := l.upperArmCones(s), l.forearmCones(), l.hand.cones()
	upper, fore, hand := a.shape(u, 0), a.shape(f, 1), a.shape(h, .3)
	seams := a.seams(&l.hand)
	sleeve := a.garment(upper, cone{l.a, l.b, 4.8, 3.7}, .56*upperArmLength, 0, 1)
	fillSkin, fillShirt := roleSkin, roleShirt
	if a.away(s, b.nf[upperChest]) {
		fillSkin, fillShirt = roleFarSkin, roleFarShirt
	}
	add := func(part string, cones []cone, outline field, regions []region, fades ...fade) *layer {
		l := &layer{name: part + "." + s.String(), z: a.depth(cones) + 8, outline: outline,
			regions: regions, fades: fades}
		a.layers = append(a.layers, l)
		return l
	}
	shoulder, elbow, wrist := fade{a.see(l.a), 5, 11, trunk}, a.see(l.b), a.see(l.c)
	// Where limbs interlock, naming the forearm or hand parts it from the arm.
	lower, lowerCones := a.remember(union(1.5, fore, hand)), slices.Concat(f, h)
	_, handParted := a.pose.front["hand."+s.String()]
	if handParted {
		add("hand", h, hand, []region{{hand, fillSkin, 0}}, fade{wrist, 3, 6, fore}).seams = &seams
		lower, lowerCones = fore, f
	}
	if _, parted := a.pose.front["fore."+s.String()]; parted {
		add("arm", u, union(0, upper, sleeve), []region{{upper, fillSkin, 0}, {sleeve, fillShirt, hemLine}}, shoulder,
			fade{elbow, 4, 7, lower})
		ly := add("fore", lowerCones, lower, []region{{lower, fillSkin, 0}}, fade{elbow, 4, 7, upper})
		if !handParted {
			ly.seams = &seams
		}
		return
	}
	skin := a.remember(union(3, upper, lower))
	ly := add("arm", l.armCones(s), union(0, skin, sleeve),
		[]region{{skin, fillSkin, 0}, {sleeve, fillShirt, hemLine}}, shoulder)
	if !handParted {
		ly.seams = &seams
	}
}

// seams are the lines that part the fingers from one another and from the palm,
// dying out where a finger grows from it; where they are large enough to tell
// the back of a hand from its palm, the nails and the palm's lines too.
func (a *artist) seams(h *hand) field {
	type part struct {
		field
		z    float64
		line func(vec2) float64 // how much of the edge is drawn; nil for none of it
	}
	full := func(vec2) float64 { return 1 }
	palm := a.seen(h.palm())
	parts := []part{{a.group(palm, 0), nearness(palm), nil}}
	large := a.scale > .7
	if norm := a.cam.apply(h.norm); large && norm.Z > .3 {
		across := a.seen(chain(cone{a: h.at(8.3, 1.6, 1.2), ra: .02}, cone{a: h.at(7.2, .6, 1.3), ra: .02},
			cone{a: h.at(6.5, -3.6, 1.2), ra: .02}))
		parts = append(parts, part{a.group(across, 0), parts[0].z, full})
	}
	for _, d := range h.digits() {
		d = a.seen(d)
		root, tip := d[0].a, d[2]
		rise := 0.0
		for _, c := range d {
			rise = max(rise, c.b.Z-root.Z)
		}
		// coming towards the viewer, all of its edge is seen
		near := smooth(.8, 1.4, rise/(.5+tip.b.xy().dist(root.xy())))
		z := nearness(d)
		parts = append(parts, part{a.group(d, .2), z, func(p vec2) float64 {
			return max(near, smooth(1.4, 3.6, p.dist(root.xy())))
		}})
		along := tip.b.sub(tip.a).unit()
		back := a.cam.apply(h.norm.mul(-1)).square(along) // of the bone, whichever way it is bent
		if d[1].b.sub(d[0].a).dot(a.cam.apply(h.dir)) < 0 || along.dot(a.cam.apply(h.dir)) < -.2 {
			back = back.mul(-1)
		}
		if large && back.Z > .35 {
			nail := cone{tip.b.sub(along.mul(.9)).add(back.mul(tip.rb * .55)),
				tip.b.sub(along.mul(.1)).add(back.mul(tip.rb * .5)), .42, .48}
			parts = append(parts, part{a.group([]cone{nail}, 0), z + .01, full})
		}
	}
	slices.SortStableFunc(parts, func(p, q part) int { return cmp.Compare(p.z, q.z) })
	half := min(.2, .08+.1*a.scale) / 2 / a.scale // a thin line, but one that still shows
	f := a.group(a.seen(h.cones()), .3)
	f.at = func(p vec2) sample {
		s := sample{D: math.Inf(1)}
		for _, t := range parts {
			d := t.at(p).D
			s.D = max(s.D, -d)
			if t.line == nil {
				continue
			}
			if w := half * t.line(p); w > 0 {
				s.D = min(s.D, math.Abs(d)-w)
			}
		}
		return s
	}
	return f
}
