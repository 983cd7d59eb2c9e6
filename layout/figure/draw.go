package figure

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"handout/content"
	"handout/content/picture"
)

// Measures of the drawing in millimetres at natural size.
const (
	naturalW, naturalH = 44.0, 38.0 // the box a figure is made to fit
	largestScale       = .30        // mm for a cm of the body; twice that when cropped
	margin             = .5
	lineWidth          = .24
	propLine           = .16
	thinLine           = .14
	arrowWidth         = .80
	arrowRim           = .30
	hatchPitch         = .62
	hatchWidth         = .18
	cellSize           = .12
	tolerance          = .014
)

// artist draws one pose.
type artist struct {
	pose  *Pose
	body  *body
	ghost *body   // where the movement began, or nil
	cam   frame   // from the world to the picture: x right, y up, z towards the viewer
	scale float64 // mm for a cm
	lattice
	clip   *field
	floor  *field // what shadows fall on
	layers []*layer
	props  []prop
	arrows []field
	areas  []area
}

// area is a traced path in cm, y up.
type area struct {
	loops   []outline
	role    Role
	opacity float64
}

// layer is a part of the body painted in one go.
type layer struct {
	name    string
	z       float64 // in the paint order, the nearest last
	outline field
	ink     Role
	regions []region
	creases []field
	fades   []fade
	marks   []field
}

// region is a tone within a layer, with a line round it of a share of the main
// line's width.
type region struct {
	field
	fill Role
	line float64
}

// fade lets the outline die out near a joint where it runs inside another part,
// so that no arm looks stuck on.
type fade struct {
	at      vec2
	in, out float64
	other   field
}

// Draw solves the pose and traces what is seen. The findings are what an author
// should look at: a hand short of its place, a limb under the floor, a muscle
// that cannot be seen; each at its line of the pose.
func Draw(p *Pose) (*Figure, content.Errors) {
	b, found := solve(&p.stance)
	a := &artist{pose: p, body: b, cam: rotX(p.tilt).turn(rotY(p.yaw)), scale: .2}
	a.compose()
	box := a.extent()
	largest := largestScale
	if c := p.crop; c != nil {
		box = field{min: vec2{c[0], c[1]}, max: vec2{c[2], c[3]}}
		clip := polygon([]vec2{box.min, {box.max.X, box.min.Y}, box.max, {box.min.X, box.max.Y}})
		a.clip = &clip
		largest *= 2
	}
	a.scale = min(largest, (naturalW-2*margin)/(box.max.X-box.min.X), (naturalH-2*margin)/(box.max.Y-box.min.Y))
	a.lattice = lattice{max(cellSize/a.scale, .25), box.min, box.max}
	a.compose()
	found = append(found, a.mark()...)
	if p.ghost != nil {
		start, f := solve(p.ghost)
		a.ghost, found = start, append(found, f...)
	}
	a.paint()
	return a.finish(box), found
}

// see is where a point of the world is seen.
func (a *artist) see(p vec3) vec2       { return a.cam.apply(p).xy() }
func (a *artist) seePlace(p place) vec2 { return a.see(a.body.at(p)) }

func (a *artist) seen(cs []cone) []cone { return turned(a.cam, cs) }

func turned(f frame, cs []cone) []cone {
	out := make([]cone, len(cs))
	for i, c := range cs {
		out[i] = cone{f.apply(c.a), f.apply(c.b), c.ra, c.rb}
	}
	return out
}

// shape is the field of cones given in the world.
func (a *artist) shape(cs []cone, k float64) field { return a.group(a.seen(cs), k) }

func nearness(cs []cone) float64 {
	sum, weight := 0.0, 0.0
	for _, c := range cs {
		w := c.a.xy().dist(c.b.xy()) + c.ra
		sum, weight = sum+(c.a.Z+c.b.Z)/2*w, weight+w
	}
	return sum / weight
}

// depth is the place of cones in the paint order. The camera's tilt does not
// count unless it looks from high above, or looking down on a standing body
// would put its legs behind the trunk.
func (a *artist) depth(cs []cone) float64 {
	level := rotX(a.pose.tilt * smooth(20, 50, a.pose.tilt)).turn(rotY(a.pose.yaw))
	return nearness(turned(level, cs))
}

// away tells whether a limb hanging on the given frame is on the side of the
// body turned from the viewer.
func (a *artist) away(s side, f frame) bool { return a.cam.apply(f.R).Z*s.sign() < -.3 }

// compose builds all layers and props at the present scale.
func (a *artist) compose() {
	a.layers, a.props, a.arrows, a.floor = nil, nil, nil, nil
	trunk, neck := a.trunk()
	a.head(neck)
	for _, s := range sides {
		a.leg(s, trunk)
	}
	for _, s := range sides {
		a.arm(s, trunk)
	}
	for _, l := range a.layers {
		l.z += a.pose.front[l.name]
	}
	for i := range a.pose.items {
		if it := &a.pose.items[i]; it.add != nil {
			it.add(a, it)
		}
	}
}

// extent is the box round everything.
func (a *artist) extent() field {
	box := nothing
	add := func(f field) {
		box.min = vec2{min(box.min.X, f.min.X), min(box.min.Y, f.min.Y)}
		box.max = vec2{max(box.max.X, f.max.X), max(box.max.Y, f.max.Y)}
	}
	for _, l := range a.layers {
		add(l.outline)
	}
	for _, p := range a.props {
		add(p.outline)
	}
	for _, f := range a.arrows {
		add(f)
	}
	return box
}

func (a *artist) trunk() (trunk, neck field) {
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
	slope := f.apply(vec3{7.5, 15, 0}).unit()
	skin := neck.grow(.5).cut(func(q vec3) float64 { return -q.sub(collar).dot(slope) })
	a.layers = append(a.layers, &layer{name: "trunk", outline: trunk, z: a.depth(b.torso), regions: []region{
		{trunk, roleShirt, 0}, {shorts, roleShorts, .5}, {skin.and(trunk), roleSkin, .5}}})
	return trunk, neck
}

func (a *artist) head(neck field) {
	b := a.body
	z := a.depth(b.torso) + .5
	skin := union(.6, a.shape(b.skull, 3.5), a.shape(b.ear[left], 0), a.shape(b.ear[right], 0))
	skull := a.shape(b.cranio, 0)
	f := a.cam.turn(b.hf)
	line := a.hairline(a.cam.apply(b.head), f)
	hair := skull.growBy(1.3, func(p vec2, _ sample) float64 { return 1.1*smooth(.5, -4, line(p)) - .2 })
	cap := a.remember(field{hair.min, hair.max, func(p vec2) sample {
		s := hair.at(p)
		s.D = max(s.D, line(p))
		return s
	}})
	face := f.F
	l := &layer{name: "head", z: z, outline: union(0, skin, cap), regions: []region{{skin, roleSkin, 0}, {cap, roleHair, 0}}}

	bun := a.shape([]cone{{b.atHead(-7.6, 11.4, 0), b.atHead(-8.4, 11.0, 0), 3.4, 3.2}}, 0)
	knot := &layer{name: "bun", z: z - .1, outline: bun, ink: roleBunInk, regions: []region{{bun, roleBun, 0}}}
	if face.Z < -.3 { // seen from behind it is in front
		knot.z = z + .1
	}
	for _, s := range sides {
		if f.R.Z*s.sign() > .25 {
			l.regions = append(l.regions, region{a.shape(b.ear[s], 0), roleSkin, .55})
		}
	}
	for _, s := range sides { // a lowered eyelid and a brow
		g := s.sign()
		if a.cam.apply(b.hf.apply(vec3{.75, 0, .66 * g})).Z < .18 {
			continue
		}
		at := func(x, y, z float64) vec3 { return b.atHead(x, y, z*g) }
		r := func(r float64) float64 { return max(r, .05/a.scale) }
		eye := a.shape([]cone{{at(9.3, 3.1, 2.0), at(8.9, 2.6, 3.2), r(.22), r(.34)}, {at(8.9, 2.6, 3.2), at(8.2, 2.9, 4.4), r(.34), r(.22)}}, 0)
		brow := a.shape([]cone{{at(9.6, 5.0, 1.8), at(9.1, 5.6, 3.2), r(.36), r(.36)}, {at(9.1, 5.6, 3.2), at(8.2, 5.2, 4.8), r(.36), r(.2)}}, 0)
		l.regions = append(l.regions, region{eye, roleInk, 0}, region{brow, roleInk, 0})
	}
	profile := smooth(.35, .8, face.xy().len()) // the jaw line dies out towards the ear
	l.fades = []fade{{a.see(b.head.in(b.hf, vec3{1, -2.5, 0})), 3 * profile, 6.5*profile + .01, neck}}
	a.layers = append(a.layers, knot, l)
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
		regions: []region{{skin, fillSkin, 0}, {shorts, fillShorts, .5}},
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
		ly.creases = append(ly.creases, field{thigh.min, thigh.max, func(p vec2) sample {
			s := thigh.at(p)
			far := smooth(4.5, 12, p.dist(knee))
			s.D = math.Abs(s.D-.6) - w*.42*far
			if far == 0 {
				s.D = max(s.D, .5)
			}
			return s
		}}.and(shank.grow(-w*.3)))
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
	upper, fore, hand := a.shape(u, 0), a.shape(f, 1), a.shape(h, .8)
	sleeve := a.garment(upper, cone{l.a, l.b, 4.8, 3.7}, .56*upperArmLength, 0, 1)
	fillSkin, fillShirt := roleSkin, roleShirt
	if a.away(s, b.nf[upperChest]) {
		fillSkin, fillShirt = roleFarSkin, roleFarShirt
	}
	add := func(part string, cones []cone, outline field, regions []region, fades ...fade) {
		a.layers = append(a.layers, &layer{name: part + "." + s.String(), z: a.depth(cones) + 8, outline: outline, regions: regions, fades: fades})
	}
	shoulder, elbow, wrist := fade{a.see(l.a), 5, 11, trunk}, a.see(l.b), a.see(l.c)
	// Where limbs interlock, naming the forearm or hand parts it from the arm.
	lower, lowerCones := a.remember(union(1.5, fore, hand)), slices.Concat(f, h)
	if _, parted := a.pose.front["hand."+s.String()]; parted {
		add("hand", h, hand, []region{{hand, fillSkin, 0}}, fade{wrist, 3, 6, fore})
		lower, lowerCones = fore, f
	}
	if _, parted := a.pose.front["fore."+s.String()]; parted {
		add("arm", u, union(0, upper, sleeve), []region{{upper, fillSkin, 0}, {sleeve, fillShirt, .5}}, shoulder, fade{elbow, 4, 7, lower})
		add("fore", lowerCones, lower, []region{{lower, fillSkin, 0}}, fade{elbow, 4, 7, upper})
		return
	}
	skin := a.remember(union(3, upper, lower))
	add("arm", l.armCones(s), union(0, skin, sleeve), []region{{skin, fillSkin, 0}, {sleeve, fillShirt, .5}}, shoulder)
}

// mark lays the muscles' patches on their layers, and finds those that cannot
// be seen.
func (a *artist) mark() (found content.Errors) {
	a.sort()
	for i := range a.pose.items {
		it := &a.pose.items[i]
		if it.muscle == nil {
			continue
		}
		cones := a.seen(it.muscle.cones(a.body, it.side))
		patch := a.group(cones, 1)
		mid := cones[len(cones)/2].a
		var on []*layer
		for _, l := range a.layers {
			part, sd, sided := strings.Cut(l.name, ".")
			if !slices.Contains(it.muscle.layers, part) || sided && sd != it.side.String() {
				continue
			}
			if a.behind(mid, a.body.axis(part, it.side)) {
				continue
			}
			l.marks = append(l.marks, patch)
			on = append(on, l)
		}
		if mm2 := a.visible(patch, on) * a.scale * a.scale; mm2 < 4 {
			found = append(found, &content.Error{Position: it.pos, Message: "the " + it.muscle.name + " can hardly be seen",
				Hint: "turn the view, choose the other side, or move what lies before it"})
		}
	}
	return found
}

// behind tells whether a point of a part, both as seen, is on the far side of
// the part's axis.
func (a *artist) behind(p vec3, axis []vec3) bool {
	var out vec3
	best := math.Inf(1)
	for i := range len(axis) - 1 {
		q, r := a.cam.apply(axis[i]), a.cam.apply(axis[i+1])
		v := r.sub(q)
		d := p.sub(q.to(r, clamp(p.sub(q).dot(v)/v.dot(v), 0, 1)))
		if d.len() < best {
			best, out = d.len(), d
		}
	}
	return out.Z < -.75*best
}

// visible is how much of a patch on the given layers nothing later covers, in
// square centimetres of the picture.
func (a *artist) visible(patch field, on []*layer) float64 {
	n := 0
	const step = .5
	for y := patch.min.Y; y < patch.max.Y; y += step {
		for x := patch.min.X; x < patch.max.X; x += step {
			p, shown := vec2{x, y}, false
			if patch.at(p).D > 0 || a.clip != nil && a.clip.at(p).D > 0 {
				continue
			}
			for _, l := range a.layers {
				if in := l.outline.at(p).D < 0; in {
					shown = slices.Contains(on, l)
				}
			}
			if shown {
				n++
			}
		}
	}
	return float64(n) * step * step
}

func (a *artist) sort() {
	slices.SortStableFunc(a.layers, func(l, m *layer) int { return cmp.Compare(l.z, m.z) })
}

// paint traces everything, the farthest first.
func (a *artist) paint() {
	type step struct {
		z     float64
		paint func()
	}
	var steps []step
	for _, p := range a.props {
		steps = append(steps, step{p.z, func() { a.paintProp(p) }})
	}
	if f, ok := a.shadow(); ok {
		steps = append(steps, step{behind + .5, func() { a.put(f, roleShadow, 1) }})
	}
	if a.ghost != nil {
		steps = append(steps, step{behind + 20, a.paintGhost})
	}
	a.sort()
	for _, l := range a.layers {
		steps = append(steps, step{l.z, func() { a.paintLayer(l) }})
	}
	slices.SortStableFunc(steps, func(s, t step) int { return cmp.Compare(s.z, t.z) })
	for _, s := range steps {
		s.paint()
	}
	for _, f := range a.arrows {
		a.put(f.grow(arrowRim/a.scale), roleArrowRim, .9)
		a.put(f, roleArrow, 1)
	}
}

// put traces a field.
func (a *artist) put(f field, role Role, opacity float64) {
	if a.clip != nil {
		f = f.and(*a.clip)
	}
	if loops := a.trace(f, tolerance/a.scale); len(loops) > 0 {
		a.areas = append(a.areas, area{loops, role, opacity})
	}
}

func (a *artist) paintProp(p prop) {
	w := propLine / a.scale
	if !p.bare {
		a.put(p.outline.grow(w/2), rolePropInk, 1)
	}
	in := p.outline.grow(-w / 2)
	a.put(in, p.fill, 1)
	for _, f := range p.faces {
		if f.fill != p.fill {
			a.put(f.grow(-w*.25).and(in), f.fill, 1)
		}
	}
}

func (a *artist) paintGhost() {
	g := &artist{pose: a.pose, body: a.ghost, cam: a.cam, scale: a.scale, lattice: a.lattice}
	g.compose()
	g.sort()
	w := thinLine / a.scale
	for _, l := range g.layers {
		if l.name == "bun" || len(a.pose.shown) > 0 && !slices.Contains(a.pose.shown, l.name) {
			continue
		}
		a.put(l.outline.grow(w/2), roleGhostInk, 1)
		a.put(l.outline.grow(-w/2), roleGhost, 1)
	}
}

// paintLayer puts the outline's ink first and the tones inside it.
func (a *artist) paintLayer(l *layer) {
	w := lineWidth / a.scale
	strength := func(p vec2) float64 {
		m := 1.0
		for _, f := range l.fades {
			if near := 1 - smooth(f.in, f.out, p.dist(f.at)); near > 0 {
				m = min(m, 1-near*smooth(.3, -1.6, f.other.at(p).D))
			}
		}
		return m
	}
	a.put(l.outline.growBy(w/2, func(p vec2, _ sample) float64 { return w * (1.7*strength(p) - 1.2) }), l.ink, 1)
	in := l.outline.grow(-w / 2)
	for i, r := range l.regions {
		if r.line > 0 { // a hem
			a.put(r.grow(w*r.line).minus(r.grow(-.12)).and(in), l.ink, 1)
		}
		f := r.and(in)
		for _, later := range l.regions[i+1:] {
			if later.line > 0 { // a lower tone reaches a little under the next, but not where it could peep out
				f = f.minus(later.growBy(0, func(p vec2, _ sample) float64 { return -.35 * smooth(0, -.8, in.at(p).D) }))
			}
		}
		a.put(f, r.fill, 1)
	}
	for _, c := range l.creases {
		a.put(c, l.ink, 1)
	}
	for _, m := range l.marks {
		a.paintMark(m, in)
	}
}

// paintMark paints a patch twice: soft in colour, hatched for one ink. A
// palette shows one of them.
func (a *artist) paintMark(m, in field) {
	for _, s := range [...]struct {
		grow    float64
		role    Role
		opacity float64
	}{{2.3, rolePatchSoft, .45}, {1.4, rolePatchSoft, .75}, {.3, rolePatch, .55}, {-.7, rolePatch, .8}} {
		a.put(m.grow(s.grow).and(in), s.role, s.opacity)
	}
	pitch, half := hatchPitch/a.scale, hatchWidth/2/a.scale
	hatch := m.grow(1)
	edge := m.at
	hatch.at = func(p vec2) sample {
		s := edge(p)
		u := math.Mod((p.X-p.Y)*math.Sqrt2/2+1e4*pitch, pitch)
		s.D = min(max(s.D, math.Abs(u-pitch/2)-half), math.Abs(s.D)-half*.7)
		return s
	}
	a.put(m.grow(1.6).and(in), roleHatchRim, 1)
	a.put(hatch.and(in), roleHatch, 1)
}

// finish puts the traced areas on paper: millimetres, y down, in whole
// hundredths, with what is straight as lines.
func (a *artist) finish(box field) *Figure {
	m := margin / a.scale
	x0, y1 := box.min.X-m, box.max.Y+m
	at := func(p vec2) picture.Point {
		return picture.Point{X: round((p.X - x0) * a.scale), Y: round((y1 - p.Y) * a.scale)}
	}
	f := &Figure{W: round((box.max.X + m - x0) * a.scale), H: round((y1 - box.min.Y + m) * a.scale)}
	f.Floor = f.H
	if a.pose.tilt < 40 && a.pose.crop == nil {
		f.Floor = min(f.H, round(y1*a.scale))
	}
	for _, r := range a.areas {
		p := Path{Role: r.role, Opacity: r.opacity}
		for _, l := range r.loops {
			p.Ops, p.Pts = append(p.Ops, picture.Move), append(p.Pts, at(l[0]))
			for i := 1; i+2 < len(l); i += 3 {
				if straight(l[i-1:i+3], tolerance/2/a.scale) {
					p.Ops, p.Pts = append(p.Ops, picture.Line), append(p.Pts, at(l[i+2]))
				} else {
					p.Ops, p.Pts = append(p.Ops, picture.Cubic), append(p.Pts, at(l[i]), at(l[i+1]), at(l[i+2]))
				}
			}
			p.Ops = append(p.Ops, picture.Close)
		}
		f.Paths = append(f.Paths, p)
	}
	return f
}

// straight tells whether a cubic stays within tol of its chord.
func straight(c []vec2, tol float64) bool {
	n := c[3].sub(c[0]).unit().perp()
	return math.Abs(n.dot(c[1].sub(c[0]))) < tol && math.Abs(n.dot(c[2].sub(c[0]))) < tol
}
