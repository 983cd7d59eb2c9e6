package figure

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// lineNames are what a line can begin with: parts of the pose, and things.
var lineNames = append([]string{"view", "pelvis", "spine", "neck", "leg", "arm", "ghost", "front", "crop", "next"},
	names(kinds, func(k kind) string { return k.name })...)

// item reads the rest of a line about a thing in the picture.
func (r *poseReader) item(name string) {
	it := item{pos: r.at, z: math.NaN()}
	i := r.among("pose-unknown-line", lineNames, "a line cannot begin with %q", name)
	if i < 0 {
		return
	}
	it.kind = &kinds[len(kinds)-len(lineNames)+i]
	if len(r.pose.items) >= maxItems {
		r.fail("pose-too-many-things", "", "more than %d things in the picture", maxItems)
		return
	}
	if it.targets {
		it.muscle, it.side = r.muscle()
	}
	for n := 0; n < it.minPlaces || n < it.maxPlaces && r.placeNext(); n++ {
		p, ok := r.place()
		if !ok {
			return
		}
		it.places = append(it.places, p)
	}
	it.nums = append(it.nums, it.defaults...)
	for n := 0; r.more(); n++ {
		w, _ := r.take("")
		z, nudged := strings.CutPrefix(w, "z=")
		switch {
		case nudged:
			it.z = r.float(z, far)
		case n >= len(it.nums):
			r.fail("pose-word-too-many", "as in: "+it.usage, "%q is one word too many on this line", w)
			return
		default:
			it.nums[n] = r.float(w, far)
			it.given = n + 1
		}
	}
	if it.given < it.required && (it.given > 0 || !it.fits) {
		r.fail("pose-numbers-missing", "as in: "+it.usage, "%s needs more numbers", name)
		return
	}
	if it.proper != nil && it.given > 0 && !it.proper(it.nums) {
		r.fail("pose-thing-without-size", "as in: "+it.usage, "this %s has no size", name)
	}
	r.pose.items = append(r.pose.items, it)
}

// placeNext tells whether the next word is a place, not a number or a z.
func (r *poseReader) placeNext() bool {
	if !r.more() {
		return false
	}
	w := r.words[0].text
	_, err := strconv.ParseFloat(w, 64)
	return err != nil && !strings.HasPrefix(w, "z=")
}

var muscleNames = names(muscles, func(m muscle) string { return m.name })

func (r *poseReader) muscle() (*muscle, side) {
	w, ok := r.take("the muscle")
	if !ok {
		return nil, right
	}
	name, of, sided := strings.Cut(w, ".")
	sd := right
	if sided {
		r.sided(of, &sd)
	}
	if i := r.among("pose-unknown-muscle", muscleNames, "there is no muscle %q", name); i >= 0 {
		return &muscles[i], sd
	}
	return nil, right
}

var directions = []struct {
	name string
	dir  vec3
}{{"up", up}, {"down", vec3{0, -1, 0}}, {"right", vec3{1, 0, 0}}, {"left", vec3{-1, 0, 0}}, {"near", vec3{0, 0, 1}},
	{"far", vec3{0, 0, -1}}}

func (r *poseReader) direction() vec3 {
	w, ok := r.take("a direction")
	if !ok {
		return vec3{}
	}
	for _, d := range directions {
		if d.name == w {
			return d.dir
		}
	}
	if v, ok := r.triple(w, "up, down, left, right, near, far or X,Y,Z"); ok {
		if v.len() < 1e-6 {
			r.fail("pose-points-nowhere", "", "0,0,0 points nowhere")
		}
		return v
	}
	return vec3{}
}

func (r *poseReader) triple(w, hint string) (vec3, bool) {
	f := strings.Split(w, ",")
	if len(f) != 3 {
		r.fail("pose-not-three-numbers", hint, "%q is not three numbers with commas", w)
		return vec3{}, false
	}
	return vec3{r.float(f[0], far), r.float(f[1], far), r.float(f[2], far)}, true
}

var landmarkNames = names(landmarks, func(l landmark) string { return l.name })

// place reads LANDMARK[.SIDE][:SHARE][+X,Y,Z] or X,Y,Z.
func (r *poseReader) place() (p place, ok bool) {
	w, ok := r.take("a place")
	if !ok {
		return p, false
	}
	name, off, moved := strings.Cut(w, "+")
	const hint = "a landmark, as in knee.R or thigh.L:.8+0,5,0, or X,Y,Z"
	if moved {
		if p.off, ok = r.triple(off, "+X,Y,Z"); !ok {
			return p, false
		}
	} else if strings.Contains(w, ",") {
		p.off, ok = r.triple(w, hint)
		return p, ok
	}
	name, share, along := strings.Cut(name, ":")
	name, sd, sided := strings.Cut(name, ".")
	if along {
		p.share = r.float(share, 3)
	}
	i := r.among("pose-unknown-landmark", landmarkNames, "there is no landmark %q", name)
	if i < 0 {
		return p, false
	}
	p.landmark = &landmarks[i]
	switch {
	case sided && !p.sided():
		r.fail("pose-side-too-many", "write "+name, "the %s has no side", name)
	case !sided && p.sided():
		r.fail("pose-side-missing", "write "+name+".R or "+name+".L", "nothing says which %s", name)
	case sided && !r.sided(sd, &p.side):
	case along && !p.along:
		r.fail("pose-share-too-many", "write "+name+"."+sd, "the %s is a point, so nothing can be placed along it",
			name)
	case !along && p.along:
		r.fail("pose-share-missing", fmt.Sprintf("write %s.%s:.5 for the middle", name, sd),
			"nothing says where along the %s", name)
	default:
		return p, true
	}
	return p, false
}
