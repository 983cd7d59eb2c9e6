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
	largestScale       = .30        // mm for a cm of the body
	largestBust        = .60        // cropped, with the head
	largestHand        = 1.5        // cropped, without
	margin             = .5
	lineWidth          = .28 // at 25 mm, four sevenths of this, ink still holds
	propLine           = .26
	thinLine           = .26
	arrowWidth         = .92
	arrowRim           = .30
	hatchPitch         = .80
	hatchWidth         = .26
	cellSize           = .12
	tolerance          = .02
)

// artist draws one pose.
type artist struct {
	pose   *Pose
	body   *body
	ghosts []*body // where the movement began, in the pose's order
	cam    frame   // from the world to the picture: x right, y up, z towards the viewer
	scale  float64 // mm for a cm
	lattice
	clip   *field
	lone   bool   // one hand is all there is: it is not the far one
	floor  *field // what shadows fall on
	layers []*layer
	props  []prop
	arrows []field
	paper  box    // in cm, y up
	paths  []Path // traced, in millimetres, y down
}

// layer is a part of the body painted in one go.
type layer struct {
	name    string
	z       float64 // in the paint order, the nearest last
	outline field
	ink     Role
	regions []region
	creases []field
	seams   *field // of the hand, finer than the lattice
	fades   []fade
	marks   []field
	over    []region // what no mark may hide: eyes, mouth
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
func (a *artist) away(s side, f frame) bool { return !a.lone && a.cam.apply(f.R).Z*s.sign() < -.3 }

// compose builds all layers and props at the present scale.
func (a *artist) compose() {
	a.layers, a.props, a.arrows, a.floor = nil, nil, nil, nil
	trunk, neck, bare := a.trunk()
	head := a.head(neck)
	for _, s := range sides {
		a.leg(s, trunk)
	}
	for _, s := range sides {
		a.arm(s, trunk)
	}
	for _, l := range a.layers {
		l.z += a.pose.front[l.name]
		// before the trunk, a darker sleeve would be a blot on the shirt it grows from
		for i, r := range l.regions {
			switch before := l.z - a.layers[0].z; {
			case r.fill == roleFarShirt && before > 0:
				l.regions[i].fill = roleShirt
			case r.fill == roleFarShorts && before > 20:
				l.regions[i].fill = roleShorts
			}
		}
	}
	a.headOverShoulders(head, bare)
	for i := range a.pose.items {
		if it := &a.pose.items[i]; it.add != nil {
			it.add(a, it)
		}
	}
}

// headOverShoulders brings head and bare neck before arms that are nowhere near them,
// however far they reach towards the viewer: the shoulder they hang on is behind the chin.
func (a *artist) headOverShoulders(head *layer, bare field) {
	if a.cam.apply(a.body.hf.F).Z < -.3 {
		return
	}
	face, before := a.see(a.body.atHead(1, 4, 0)), head.z
	const shoulder = 4.0 // not all of the roundness of one
	for _, s := range sides {
		arm := &a.body.arm[s]
		near := math.Inf(1)
		for _, p := range [...]vec3{arm.a.to(arm.b, .6), arm.b, arm.b.to(arm.c, .5), arm.c, arm.hand.at(9, 0, 0)} {
			near = min(near, a.see(p).dist(face))
		}
		if near < 13 || bare.at(a.see(arm.a)).D > shoulder {
			continue
		}
		for _, l := range a.layers {
			if l.name == "arm."+s.String() && l.z > head.z {
				head.z = l.z + .02
			}
		}
	}
	if head.z > before {
		a.layers = append(a.layers, &layer{name: "neck", z: head.z - .01,
			outline: bare.grow(lineWidth / 2 / a.scale), regions: []region{{bare, roleSkin, 0}}})
	}
}

// extent is the box round everything.
func (a *artist) extent() box {
	all := nowhere
	for _, l := range a.layers {
		all = all.with(l.outline.box)
	}
	for _, p := range a.props {
		all = all.with(p.outline.box)
	}
	for _, f := range a.arrows {
		all = all.with(f.box)
	}
	return all
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
			if part == "neck" {
				part = "trunk"
			}
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
			found = append(found, &content.Error{Position: it.pos, Code: "pose-muscle-hidden",
				Message: "the " + it.muscle.name + " can hardly be seen",
				Hint:    "turn the view, choose the other side, or move what lies before it"})
		}
	}
	return found
}

// cutArrows finds the arrows that the crop cuts: half an arrow may point the
// other way.
func (a *artist) cutArrows(crop box) (found content.Errors) {
	n := 0
	for i := range a.pose.items {
		if it := &a.pose.items[i]; it.name == "arrow" {
			f := a.arrows[n].grown(-arrowWidth / 4 / a.scale)
			n++
			if f.with(crop) != crop {
				found = append(found, &content.Error{Position: it.pos, Code: "pose-arrow-cut",
					Message: "the arrow is cut off by the crop",
					Hint:    "move it inwards, or make the crop larger"})
			}
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
	for i := range a.ghosts {
		steps = append(steps, step{behind + 20, func() { a.paintGhost(i) }})
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
	tol := tolerance
	switch role {
	case roleShadow, rolePatchSoft, rolePatch, roleHatch, roleHatchRim, roleArrowRim: // no line shows their edge
		tol *= 2
	}
	p := Path{Role: role, Opacity: opacity}
	for _, l := range a.trace(f, tol/a.scale) {
		p.Ops, p.Pts = append(p.Ops, picture.Move), append(p.Pts, a.onPaper(l[0]))
		for i := 1; i+2 < len(l); i += 3 {
			if straight(l[i-1:i+3], tolerance/2/a.scale) {
				p.Ops, p.Pts = append(p.Ops, picture.Line), append(p.Pts, a.onPaper(l[i+2]))
			} else {
				p.Ops = append(p.Ops, picture.Cubic)
				p.Pts = append(p.Pts, a.onPaper(l[i]), a.onPaper(l[i+1]), a.onPaper(l[i+2]))
			}
		}
		p.Ops = append(p.Ops, picture.Close)
	}
	if len(p.Ops) > 0 {
		a.paths = append(a.paths, p)
	}
}

// onPaper is a point in whole hundredths of a millimetre.
func (a *artist) onPaper(p vec2) picture.Point {
	return picture.Point{X: round((p.X - a.paper.min.X) * a.scale), Y: round((a.paper.max.Y - p.Y) * a.scale)}
}

// putFine traces lines too thin for the lattice.
func (a *artist) putFine(f field, role Role) {
	fine := *a
	fine.cell /= 3
	fine.put(f, role, 1)
	a.paths = fine.paths
}

// straight tells whether a cubic stays within tol of its chord.
func straight(c []vec2, tol float64) bool {
	n := c[3].sub(c[0]).unit().perp()
	return math.Abs(n.dot(c[1].sub(c[0]))) < tol && math.Abs(n.dot(c[2].sub(c[0]))) < tol
}

func (a *artist) paintProp(p prop) {
	w := propLine / a.scale
	if p.hollow {
		a.put(p.outline.grow(w/2).minus(p.outline.grow(-w/2)), rolePropInk, 1)
		return
	}
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

func (a *artist) paintGhost(i int) {
	shown := a.pose.ghosts[i].shown
	g := &artist{pose: a.pose, body: a.ghosts[i], cam: a.cam, scale: a.scale, lattice: a.lattice}
	g.compose()
	g.sort()
	w := thinLine / a.scale
	for _, l := range g.layers {
		if l.name == "bun" || len(shown) > 0 && !slices.Contains(shown, l.name) {
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
				f = f.minus(later.growBy(0, func(p vec2, _ sample) float64 {
					return -.35 * smooth(0, -.8, in.at(p).D)
				}))
			}
		}
		a.put(f, r.fill, 1)
	}
	for _, c := range l.creases {
		a.put(c, l.ink, 1)
	}
	if l.seams != nil {
		a.putFine(l.seams.and(in), l.ink)
	}
	for _, m := range l.marks {
		a.paintMark(m, in)
	}
	for _, r := range l.over {
		a.put(r.and(in), r.fill, 1)
	}
}

// paintMark paints a patch twice: soft in colour, hatched for one ink. A
// palette shows one of them.
func (a *artist) paintMark(m, in field) {
	for _, s := range [...]struct {
		grow    float64
		role    Role
		opacity float64
	}{{2.6, rolePatchSoft, .45}, {1.7, rolePatchSoft, .85}, {.3, rolePatch, .6}, {-.5, rolePatch, .9}} {
		a.put(m.grow(s.grow).and(in), s.role, s.opacity)
	}
	pitch, half := hatchPitch/a.scale, hatchWidth/2/a.scale
	hatch := m.edged(func(p vec2, s sample) float64 {
		u := math.Mod((p.X-p.Y)*math.Sqrt2/2+1e4*pitch, pitch)
		return min(max(s.D, math.Abs(u-pitch/2)-half), math.Abs(s.D)-half*.7)
	})
	hatch.box = m.grown(1)
	a.put(m.grow(1.6).and(in), roleHatchRim, 1)
	a.put(hatch.and(in), roleHatch, 1)
}
