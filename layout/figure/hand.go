package figure

import (
	"cmp"
	"math"
	"slices"
)

const (
	palmLength  = 8.5
	wristToPalm = 6.0 // its middle
)

// hand is a palm with four fingers and a thumb: dir points from the wrist to
// the knuckles, norm out of the palm, thumb to the thumb's side.
type hand struct {
	wrist, dir, norm, thumb vec3
	grip
}

// grip is how the fingers are held, in degrees. Unset, knuckles and spread
// follow the curl: 0 is a flat palm, 12 a hand at rest, 95 a fist.
type grip struct {
	curl     float64  // of the two outer joints
	knuckles *float64 // of the joints at the palm
	apart    *float64 // of the thumb, away from the index finger: 0 beside it, 60 far out
}

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

// fingers from the little one to the index: where they leave the palm, across
// and along it, how long they are, and how much more than the index they curl
// in a hand at rest.
var fingers = [4]struct{ across, along, length, droop float64 }{
	{-3.0, 7.7, 6.0, 1.5}, {-1.05, 8.4, 7.4, 1.3}, {.95, 8.7, 8.0, 1.1}, {2.95, 8.4, 7.2, .9},
}

func (h *hand) cones() []cone {
	out := h.palm()
	for _, d := range h.digits() {
		out = append(out, d...)
	}
	return out
}

// at is a point of the hand: along it, across towards the thumb, out of the palm.
func (h *hand) at(along, across, out float64) vec3 {
	return h.wrist.in(frame{h.dir, h.thumb, h.norm}, vec3{along, across, out})
}

func (h *hand) palm() []cone {
	out := []cone{{h.at(.6, .6, .2), h.at(3.4, 2.4, .7), 1.9, 1.7}} // the ball of the thumb
	for _, f := range fingers {
		out = append(out, cone{h.at(.3, f.across*.45, 0), h.at(f.along, f.across, 0), 2, 1.25})
	}
	return out
}

// digits are the four fingers and the thumb, each of three bones.
func (h *hand) digits() [5][]cone {
	var out [5][]cone
	fist := smooth(40, 85, h.curl)
	for i, f := range fingers {
		curl := h.curl * mix(f.droop, 1, fist)
		first := curl * .85
		if h.knuckles != nil {
			first = *h.knuckles
		}
		p, r := h.at(f.along, f.across, 0), 1.16
		spread := math.Sin(f.across * mix(1.5, 0, fist) * math.Pi / 180)
		for j, bend := range [3]float64{first, first + curl*1.05, first + curl*1.65} {
			sin, cos := sincos(bend)
			d := h.dir.mul(cos).add(h.norm.mul(sin)).add(h.thumb.mul(spread))
			q := p.add(d.mul(f.length * [3]float64{.48, .3, .22}[j]))
			out[i] = append(out[i], cone{p, q, r, r - .1})
			p, r = q, r-.1
		}
	}
	away := 32.0
	if h.apart != nil {
		away = *h.apart
	}
	p := h.at(1.4, 1.9, .6)
	joints := [3]vec3{h.at(4.6, 4.3, 2.2), h.at(6.8, 3.2, 4.7), h.at(7.4, .6, 5.5)} // of a fist
	open := p
	for j, bone := range [3]struct{ length, angle, out float64 }{{4.1, 14 + .75*away, .25}, {3.3, .8*away - 2, .12},
		{2.7, .8*away - 10, .1}} {
		sin, cos := sincos(bone.angle)
		open = open.add(h.dir.mul(cos).add(h.thumb.mul(sin)).add(h.norm.mul(bone.out)).unit().mul(bone.length))
		joints[j] = open.to(joints[j], fist)
	}
	for j, r := range [3]float64{1.7, 1.3, 1.2} {
		out[4] = append(out[4], cone{p, joints[j], r, [3]float64{1.3, 1.2, .95}[j]})
		p = joints[j]
	}
	return out
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
