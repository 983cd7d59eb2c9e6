package figure

import (
	"fmt"
	"math"

	"handout/content"
)

// The mannequin is 170 cm tall; all lengths and radii are in cm. Lengths follow
// R. Drillis and R. Contini, Body Segment Parameters (1966), radii are by eye.
const (
	thighLength    = 42.0
	shankLength    = 41.0
	upperArmLength = 30.0
	forearmLength  = 25.0
	hipHalfWidth   = 8.0
	shoulderHalf   = 17.0
	headScale      = 1.06 // heads read better a little over life size
)

// spineSteps part the spine into three lumbar and four thoracic pieces, from
// the sacrum to the seventh cervical vertebra.
var spineSteps = [...]float64{5.5, 5.5, 5.5, 7.6, 7.6, 7.6, 7.6}

const (
	lumbarPieces   = 3
	thoracicPieces = len(spineSteps) - lumbarPieces
	upperChest     = len(spineSteps) - 1 // the node the shoulders hang on
	c7             = len(spineSteps)
)

// side of the body.
type side int

const (
	right side = iota
	left
)

var sides = [...]side{right, left}

func (s side) String() string { return [...]string{"R", "L"}[s] }
func (s side) word() string   { return [...]string{"right", "left"}[s] }

// sign is the direction of the side along the body's R axis.
func (s side) sign() float64 { return 1 - 2*float64(s) }

// body is a solved mannequin: joints, frames and the cones it is made of.
type body struct {
	pelvis vec3
	pf     frame
	node   [len(spineSteps) + 1]vec3
	nf     [len(spineSteps) + 1]frame
	head   vec3 // where the skull sits on the neck
	hf     frame
	jaw    float64 // how far it is open, degrees
	leg    [2]limb
	arm    [2]limb

	torso, neck   []cone
	lower, upper  []cone // loins, where the shorts win, and ribs, where the shirt wins
	skull, cranio []cone // with face; without, for the hair
	ear           [2][]cone
}

// limb is two long bones from a to b to c, and what hangs on their end.
type limb struct {
	a, b, c vec3  // hip or shoulder, knee or elbow, ankle or wrist
	fa, fb  frame // of the bones; U points back up the bone
	foot    frame
	hand    hand
	toes    float64
}

// atPelvis is a point in the pelvis's frame.
func (b *body) atPelvis(x, y, z float64) vec3 { return b.pelvis.in(b.pf, vec3{x, y, z}) }

// atSpine is a point in the frame of a node of the spine, x from mid-trunk: the
// vertebrae turn 4 cm behind it.
func (b *body) atSpine(i int, x, y, z float64) vec3 {
	return b.node[i].in(b.nf[i], vec3{x + 4, y, z})
}

func (b *body) atHead(x, y, z float64) vec3 {
	return b.head.in(b.hf, vec3{x, y, z}.mul(headScale))
}

// atJaw is a point of the lower jaw, which hangs before the ears.
func (b *body) atJaw(x, y, z float64) vec3 {
	p := rotZ(-b.jaw).apply(vec3{x - .8, y - 1, z})
	return b.atHead(p.X+.8, p.Y+1, p.Z)
}

// solve places the whole body. What could not be as the pose asks is returned
// as findings at the line that asks it.
func solve(s *stance) (*body, content.Errors) {
	build := func(at vec3) *body {
		b := &body{}
		b.placeTrunk(s, at)
		for _, sd := range sides {
			if spec := &s.legs[sd]; spec.to == nil {
				b.leg[sd] = b.hangLeg(sd, spec)
			}
		}
		return b
	}
	b := build(s.at)
	if !s.held { // let the body down until it touches the floor
		low := min(lowest(b.torso), lowest(b.skull), lowest(b.neck))
		for _, sd := range sides {
			if s.legs[sd].to == nil {
				low = min(low, lowest(b.leg[sd].legCones(sd)))
			}
		}
		b = build(s.at.sub(up.mul(low)))
	}
	var found content.Errors
	find := func(at content.Position, code, hint, format string, args ...any) {
		found = append(found, &content.Error{Position: at, Code: code,
			Message: fmt.Sprintf(format, args...), Hint: hint})
	}
	short := func(spec *limbSpec, part string, by float64) {
		if by > .5 {
			find(spec.pos, "pose-limb-short", "bring it nearer, or move the body",
				"the %s is %.1f cm short of where it should be", part, by)
		}
	}
	for _, sd := range s.legOrder {
		if spec := &s.legs[sd]; spec.to != nil {
			var by float64
			b.leg[sd], by = b.reachLeg(sd, spec, b.at(*spec.to))
			short(spec, sd.word()+" foot", by)
		}
	}
	for _, reaching := range [...]bool{false, true} {
		for _, sd := range s.armOrder {
			switch spec := &s.arms[sd]; {
			case (spec.to != nil) != reaching:
			case reaching:
				var by float64
				b.arm[sd], by = b.reachArm(sd, spec, b.at(*spec.to))
				short(spec, sd.word()+" hand", by)
			default:
				b.arm[sd] = b.hangArm(sd, spec)
			}
		}
	}
	b.addShoulders()
	under := func(at content.Position, part string, cones []cone) {
		if y := lowest(cones); y < -1.5 { // soft parts give way that much
			find(at, "pose-under-floor", "raise it, or let the body find the floor by leaving out the pelvis's y",
				"the %s is %.1f cm under the floor", part, -y)
		}
	}
	under(s.pos, "trunk", b.torso)
	under(s.pos, "head", b.skull)
	for _, sd := range sides {
		under(s.legs[sd].pos, sd.word()+" leg", b.leg[sd].legCones(sd))
		under(s.arms[sd].pos, sd.word()+" arm", b.arm[sd].armCones(sd))
	}
	return b, found
}

func lowest(cones []cone) float64 {
	y := math.Inf(1)
	for _, c := range cones {
		y = min(y, c.a.Y-c.ra, c.b.Y-c.rb)
	}
	return y
}

// placeTrunk builds pelvis, spine, neck and head.
func (b *body) placeTrunk(s *stance, at vec3) {
	b.pf = rotY(s.turn).turn(rotZ(-s.pitch)).turn(rotX(s.lean)).turn(rotY(s.roll))
	b.pelvis = at
	pos, f := b.atPelvis(-4, 8, 0), b.pf
	b.node[0], b.nf[0] = pos, f
	for i, step := range spineSteps {
		flex, bend, twist := s.lumbar/lumbarPieces, s.side*.5/lumbarPieces, s.twist*.35/lumbarPieces
		if i >= lumbarPieces {
			n := float64(thoracicPieces)
			flex, bend, twist = s.thorax/n, s.side*.5/n, s.twist*.65/n
		}
		f = f.turn(rotZ(-flex / 2)).turn(rotX(bend / 2)).turn(rotY(twist / 2))
		pos = pos.add(f.U.mul(step))
		f = f.turn(rotY(twist / 2)).turn(rotX(bend / 2)).turn(rotZ(-flex / 2))
		b.node[i+1], b.nf[i+1] = pos, f
	}
	const lean = 18 // the neck leans forward on the chest, the head back on the neck
	cf := b.nf[c7]
	nf := cf.turn(rotZ(-(lean + s.neck))).turn(rotX(s.headSide * .6)).turn(rotY(s.headTurn * .5))
	b.head = b.node[c7].add(nf.U.mul(10.5)).add(cf.F.mul(s.slide))
	b.hf = nf.turn(rotZ(lean - s.nod)).turn(rotX(s.headSide * .4)).turn(rotY(s.headTurn * .5))
	b.jaw = s.jaw
	b.addTrunk(s.belly)
	b.addHead()
}

// addTrunk skins the trunk: stations up the spine, each three balls wide,
// joined by Catmull-Rom curves.
func (b *body) addTrunk(belly float64) {
	type station [3]cone // left, middle and right: the ball at a
	at := func(o vec3, f frame, x, half, r float64) (st station) {
		for k, z := range [3]float64{-half, 0, half} {
			st[k] = cone{a: o.in(f, vec3{x, 0, z}), ra: r}
		}
		return st
	}
	hip := func(y, x, half, r float64) station { return at(b.atPelvis(0, y, 0), b.pf, x, half, r) }
	rib := func(i int, x, half, r float64) station { return at(b.node[i], b.nf[i], x+4, half, r) }
	st := []station{
		hip(-1, -.6, 7.3, 8.6), hip(5, -.5, 6.6, 9.0),
		rib(0, 0, 5.8, 8.9), rib(1, .7, 5.2, 8.5), rib(2, 1.1, 4.8, 8.2),
		rib(3, .9, 4.9, 8.7), rib(4, .4, 5.2, 9.7), rib(5, .1, 5.6, 10.0),
		at(b.node[upperChest].add(b.nf[upperChest].U.mul(-2.2)), b.nf[upperChest], 3.2, 7, 8.0),
	}
	const fine = 3
	curve := func(u float64, row int) (q vec3, r float64) {
		i := min(int(u), len(st)-2)
		t := u - float64(i)
		for k, w := range [4]float64{
			-t/2 + t*t - t*t*t/2, 1 - 2.5*t*t + 1.5*t*t*t, t/2 + 2*t*t - 1.5*t*t*t, -t*t/2 + t*t*t/2,
		} {
			c := st[min(max(i+k-1, 0), len(st)-1)][row]
			q, r = q.add(c.a.mul(w)), r+c.ra*w
		}
		return q, r
	}
	for i := range fine * (len(st) - 1) {
		u0, u1 := float64(i)/fine, float64(i+1)/fine
		for row := range 3 {
			p0, r0 := curve(u0, row)
			p1, r1 := curve(u1, row)
			c := cone{p0, p1, r0, r1}
			b.torso = append(b.torso, c)
			switch {
			case u0 < 2.9:
				b.lower = append(b.lower, c)
			case u0 > 4.9:
				b.upper = append(b.upper, c)
			}
		}
	}
	if belly != 0 { // a ball that comes out of the loins; a deep breath, or a child
		r := 8.8 + .27*belly
		c := b.node[2].in(b.nf[1], vec3{4.5 + .73*belly, -1.5, 0})
		b.torso = append(b.torso, cone{b.node[2].in(b.nf[1], vec3{4, 0, 0}), c, 8.8, r})
	}
	// chest to the root of the neck
	b.torso = append(b.torso, cone{
		b.node[upperChest].in(b.nf[upperChest], vec3{3.2, -2, 0}), b.node[c7].in(b.nf[c7], vec3{1.4, -1, 0}), 8, 5.6})
	for _, sd := range sides { // buttocks
		c := cone{b.atPelvis(-3.5, .4, 6.6*sd.sign()), b.atPelvis(-2.2, 6.5, 6.0*sd.sign()), 8.1, 7.6}
		b.torso, b.lower = append(b.torso, c), append(b.lower, c)
	}
}

func (b *body) addHead() {
	h := b.atHead
	const s = headScale
	jaw := b.atJaw
	b.neck = []cone{{b.node[c7].in(b.nf[c7], vec3{1.6, -4, 0}), b.head.in(b.hf, vec3{-.6, 1, 0}), 5.6, 5.0}}
	b.cranio = []cone{
		{h(-1.4, 5.0, 0), h(.8, 6.2, 0), 7.3 * s, 7.5 * s},
		{h(.8, 6.2, 0), h(3.5, 5.6, 0), 7.5 * s, 7.0 * s},
	}
	b.skull = []cone{
		{h(-1.4, 5.0, 0), h(.8, 6.2, 0), 7.1 * s, 7.3 * s},
		{h(.8, 6.2, 0), h(3.5, 5.6, 0), 7.3 * s, 6.9 * s},
		{h(4.0, 3.6, 0), jaw(6.5, -3.6, 0), 6.2 * s, 3.1 * s}, // face and chin
		{h(1.2, .4, 2.6), jaw(5.6, -3.2, 1.5), 4.2 * s, 2.9 * s},
		{h(1.2, .4, -2.6), jaw(5.6, -3.2, -1.5), 4.2 * s, 2.9 * s},
		{h(9.5, 4.0, 0), h(11.3, .9, 0), .7 * s, 1.0 * s},  // nose
		{h(8.9, -1.6, 0), h(8.9, -1.8, 0), .9 * s, .9 * s}, // lips
		{jaw(9.0, -2.2, 0), jaw(9.0, -2.3, 0), .9 * s, .9 * s},
	}
	for _, sd := range sides {
		z := 7 * sd.sign()
		b.ear[sd] = []cone{{h(.2, 3.9, z), h(.9, 1.2, z), 1.8, 1.1}}
	}
}

// addShoulders joins the arms to the trunk, once it is known where they are.
func (b *body) addShoulders() {
	cf, tf := b.nf[c7], b.nf[upperChest]
	for _, sd := range sides {
		g, a := sd.sign(), b.arm[sd].a
		b.torso = append(b.torso,
			cone{b.node[c7].in(cf, vec3{1.2, -.5, 2.5 * g}), a.in(tf, vec3{-.3, .3, -.8 * g}), 4.8, 4.7},
			cone{b.node[upperChest].in(tf, vec3{3.2, -6, 6.5 * g}), a.in(tf, vec3{-.2, 0, -3 * g}), 8.2, 4.6})
	}
}

// axis is the line down the middle of a layer's part.
func (b *body) axis(part string, s side) []vec3 {
	switch part {
	case "leg", "shank":
		return []vec3{b.leg[s].a, b.leg[s].b, b.leg[s].c, b.spot(s, spot{on: tarsus, x: 12, y: -3})}
	case "arm", "fore":
		return []vec3{b.arm[s].a, b.arm[s].b, b.arm[s].c}
	}
	line := []vec3{b.pelvis}
	for i := range b.node {
		line = append(line, b.atSpine(i, 0, 0, 0))
	}
	return append(line, b.head)
}

func (b *body) hip(s side) vec3 { return b.atPelvis(0, 0, hipHalfWidth*s.sign()) }

// shoulder is the joint with the upper arm pointing along dir (null: hanging).
// It rides up and inwards as the arm is raised, forwards as it reaches.
func (b *body) shoulder(s side, dir vec3, spec *limbSpec) vec3 {
	f := b.nf[upperChest]
	rise, reach, in := 0.0, spec.reach, 0.0
	if !dir.zero() {
		high := dir.dot(f.U) // -1 hanging, 1 overhead
		rise = 5.5 * smooth(-.4, 1, high)
		in = 2 * smooth(.2, 1, high)
		reach += 2.5 * smooth(.2, 1, dir.dot(f.F))
	}
	return b.node[upperChest].in(f, vec3{3 + reach, -3 + rise + spec.shrug, (shoulderHalf - in) * s.sign()})
}

// limbFrame turns a frame by the three angles of a ball joint.
func limbFrame(f frame, s side, spec *limbSpec) frame {
	g := s.sign()
	return f.turn(rotZ(spec.flex)).turn(rotX(-g * spec.abd)).turn(rotY(-g * spec.rot))
}

// hangLeg places a leg by its joint angles.
func (b *body) hangLeg(s side, spec *limbSpec) limb {
	l := limb{a: b.hip(s), toes: spec.toes}
	l.fa = limbFrame(b.pf, s, spec)
	l.b = l.a.sub(l.fa.U.mul(thighLength))
	l.fb = l.fa.turn(rotZ(-spec.bend))
	l.c = l.b.sub(l.fb.U.mul(shankLength))
	l.foot = l.fb.turn(rotZ(spec.end)).turn(rotY(-s.sign() * spec.toeout))
	return l
}

// reachLeg places a leg so that its ankle is at t, and says by how much it is
// too short for that.
func (b *body) reachLeg(s side, spec *limbSpec, t vec3) (l limb, short float64) {
	l = limb{a: b.hip(s), toes: spec.toes}
	pole := spec.pole
	if pole.zero() {
		pole = b.pf.F
	}
	var knee vec3 // the way the knee points
	l.b, l.c, knee = twoBones(l.a, t, thighLength, shankLength, pole)
	u := l.a.sub(l.b).unit()
	f := knee.square(u)
	l.fa = frame{f, u, f.cross(u)}
	u = l.b.sub(l.c).unit()
	r := l.fa.R.square(u)
	l.fb = frame{u.cross(r), u, r}
	l.foot = l.fb.turn(rotZ(spec.end))
	if spec.flat {
		f := vec3{l.fb.F.X, 0, l.fb.F.Z}
		if !spec.dir.zero() {
			f = spec.dir
		}
		f = f.unit()
		l.foot = frame{f, up, f.cross(up)}
	}
	l.foot = l.foot.turn(rotY(-s.sign() * spec.toeout))
	return l, t.sub(l.a).len() - (thighLength + shankLength)
}

// twoBones bends two bones so that they lead from a towards t, the joint
// between them pointing towards pole: the joint, the end, and the part of pole
// it points along.
func twoBones(a, t vec3, l1, l2 float64, pole vec3) (joint, end, out vec3) {
	n := t.sub(a).unit()
	d := clamp(t.sub(a).len(), math.Abs(l1-l2)+.5, (l1+l2)*.9985)
	c := (l1*l1 + d*d - l2*l2) / (2 * l1 * d)
	out = pole.square(n)
	return a.add(n.mul(l1 * c)).add(out.mul(l1 * math.Sqrt(max(0, 1-c*c)))), a.add(n.mul(d)), out
}

// hangArm places an arm by its joint angles.
func (b *body) hangArm(s side, spec *limbSpec) limb {
	var l limb
	l.fa = limbFrame(b.nf[upperChest], s, spec)
	l.a = b.shoulder(s, l.fa.U.mul(-1), spec)
	l.b = l.a.sub(l.fa.U.mul(upperArmLength))
	l.fb = l.fa.turn(rotZ(spec.bend))
	l.c = l.b.sub(l.fb.U.mul(forearmLength))
	l.hand = newHand(s, l.c, l.fb.U.mul(-1), l.fb.R.mul(-s.sign()), spec)
	return l
}

// reachArm places an arm so that the middle of its palm is at t, and says by
// how much it is too short for that.
func (b *body) reachArm(s side, spec *limbSpec, t vec3) (l limb, short float64) {
	chest := b.nf[upperChest]
	pole := spec.pole
	if pole.zero() {
		pole = chest.apply(vec3{-1, -.3, .4 * s.sign()})
	}
	wrist, second := t, forearmLength+wristToPalm
	if !spec.dir.zero() { // the hand has its own direction
		wrist, second = t.sub(spec.dir.unit().mul(wristToPalm)), forearmLength
	}
	dir := t.sub(b.shoulder(s, vec3{}, spec)).unit()
	var end, elbow vec3
	for range 3 { // the shoulder follows the arm, the arm the shoulder
		l.a = b.shoulder(s, dir, spec)
		l.b, end, elbow = twoBones(l.a, wrist, upperArmLength, second, pole)
		dir = l.b.sub(l.a).unit()
	}
	fore := end.sub(l.b).unit()
	l.c = l.b.add(fore.mul(forearmLength))
	along := func(d vec3) frame {
		u := d.mul(-1)
		f := elbow.mul(-1).square(u) // the front of the arm lies opposite the elbow
		return frame{f, u, f.cross(u)}
	}
	l.fa, l.fb = along(dir), along(fore)
	if !spec.dir.zero() {
		fore = spec.dir.unit()
	}
	l.hand = newHand(s, l.c, fore, chest.R.mul(-s.sign()), spec)
	return l, wrist.sub(l.a).len() - (upperArmLength + second)
}

// newHand is the hand on the end of a forearm, its palm and wrist as the pose asks.
func newHand(s side, wrist, dir, norm vec3, spec *limbSpec) hand {
	if !spec.palm.zero() {
		norm = spec.palm
	}
	if spec.wrist != 0 { // bent towards the palm
		sin, cos := sincos(spec.wrist)
		dir = dir.mul(cos).add(norm.square(dir).mul(sin))
	}
	n := norm.square(dir)
	return hand{wrist, dir, n, dir.cross(n).mul(s.sign()), spec.grip}
}

func (l *limb) legCones(s side) []cone {
	return append(append(l.thighCones(), l.shankCones(s)...), l.footCones(s)...)
}

func (l *limb) thighCones() []cone {
	mid := l.a.to(l.b, .45).in(l.fa, vec3{.9, 0, 0})
	return []cone{
		{l.a, mid, 8.4, 7.6},
		{mid, l.b, 7.6, 5.3},
		{l.a.to(l.b, .25).in(l.fa, vec3{-1.2, 0, 0}), l.a.to(l.b, .8).in(l.fa, vec3{-.6, 0, 0}), 7.2, 5.4},
		{l.b.in(l.fa, vec3{.9, 0, 0}), l.b.in(l.fb, vec3{.9, -.5, 0}), 4.5, 4.3}, // kneecap
	}
}

func (l *limb) shankCones(s side) []cone {
	belly := l.b.to(l.c, .27).in(l.fb, vec3{-1.7, 0, .3 * s.sign()})
	end := l.b.to(l.c, .58).in(l.fb, vec3{-.8, 0, 0})
	return []cone{
		{l.b, l.c, 5.1, 3.3},
		{l.b.to(l.c, .06).in(l.fb, vec3{-.6, 0, 0}), belly, 4.7, 5.1},
		{belly, end, 5.1, 3.9},
		{end, l.c, 3.9, 3.2},
	}
}

func (l *limb) footCones(s side) []cone {
	g := s.sign()
	f := func(x, y, z float64) vec3 { return l.c.in(l.foot, vec3{x, y, z * g}) }
	sin, cos := sincos(l.toes) // the toes bend about the ball
	tip := func(x, y, z float64) vec3 { return f(12.2+x*cos-y*sin, -5.1+x*sin+y*cos, z) }
	return []cone{
		{l.c, f(-3.6, -3.9, 0), 3.3, 3.1},
		{f(-3.6, -3.9, 0), f(3, -4.6, -1), 3.1, 2.4},
		{f(.6, -.6, 0), f(6.5, -2.6, -.6), 3.3, 2.9},
		{f(6.5, -2.6, -.6), f(12.2, -4.8, -1.6), 2.9, 2.1},
		{f(3, -4.6, 1), f(12, -5.1, 2.6), 2.4, 1.9},
		{f(3, -4.6, 0), f(12.2, -5, 0), 2.3, 2.0},
		{f(12.2, -4.9, -1.6), tip(5.2, -.3, -1.8), 2.1, 1.5},
		{f(12, -5.1, 2.6), tip(3.4, -.4, 2.4), 1.9, 1.4},
		{f(12.1, -5, .6), tip(4.6, -.4, .4), 1.9, 1.45},
	}
}

func (l *limb) armCones(s side) []cone {
	return append(append(l.upperArmCones(s), l.forearmCones()...), l.hand.cones()...)
}

func (l *limb) upperArmCones(s side) []cone {
	deltoid := l.a.to(l.b, .16).in(l.fa, vec3{0, 0, .3 * s.sign()})
	mid := l.a.to(l.b, .45).in(l.fa, vec3{.5, 0, 0})
	return []cone{{l.a, deltoid, 4.5, 4.75}, {deltoid, mid, 4.75, 4.3}, {mid, l.b, 4.3, 3.5}}
}

func (l *limb) forearmCones() []cone {
	belly := l.b.to(l.c, .25).in(l.fb, vec3{.3, 0, 0})
	return []cone{{l.b, belly, 3.6, 3.9}, {belly, l.c, 3.9, 2.45}}
}
