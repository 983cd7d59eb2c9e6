package figure

import "math"

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
