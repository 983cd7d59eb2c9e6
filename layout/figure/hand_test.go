package figure

import (
	"testing"
)

// However the fingers are held, they stay as long as they are, grow from the
// palm without a gap and do not come out at its back.
func TestFingersStayOnTheHand(t *testing.T) {
	for curl := 0.0; curl <= 95; curl += 5 {
		for _, knuckles := range []*float64{nil, new(float64), &[]float64{90}[0]} {
			h := newHand(right, vec3{}, vec3{1, 0, 0}, up, &limbSpec{grip: grip{curl: curl, knuckles: knuckles}})
			for i, d := range h.digits() {
				root, length := d[0].a, 0.0
				for j, bone := range d {
					length += bone.a.sub(bone.b).len()
					if j > 0 && bone.a != d[j-1].b {
						t.Fatalf("curl %g: a gap in digit %d", curl, i)
					}
					if bone.b.Y < -1.5 {
						t.Fatalf("curl %g: digit %d comes out at the back of the hand", curl, i)
					}
				}
				if i < 4 && (length < fingers[i].length*.98 || length > fingers[i].length*1.05) {
					t.Errorf("curl %g: finger %d is %.1f cm, not %.1f", curl, i, length, fingers[i].length)
				}
				on := false
				for _, c := range h.palm() {
					on = on || root.sub(c.a).len() < c.ra || root.sub(c.b).len() < c.rb ||
						root.sub(c.a.to(c.b, .4)).len() < c.rb
				}
				if !on {
					t.Errorf("curl %g: digit %d does not grow from the palm", curl, i)
				}
			}
		}
	}
}

// Whoever walks across the fingers of a hand seen from the palm or the back
// counts four, and in a fist seen from the palm four again.
func TestFingersCanBeCounted(t *testing.T) {
	for _, c := range []struct {
		name  string
		curl  float64
		palm  vec3
		along float64
	}{{"palm", 0, vec3{0, 0, 1}, 12}, {"back", 0, vec3{0, 0, -1}, 12}, {"at rest", 12, vec3{0, 0, -1}, 12.5}, {"fist", 95, vec3{0, 0, 1}, 8.8}} {
		for _, scale := range []float64{.21, 1.3} { // of a whole body, and of a hand
			a := &artist{cam: rotX(0), scale: scale}
			h := newHand(right, vec3{}, vec3{1, 0, 0}, c.palm, &limbSpec{grip: grip{curl: c.curl}})
			cones := h.palm()
			digits := h.digits()
			for _, d := range digits[:4] {
				cones = append(cones, d...)
			}
			hand, seams := a.shape(cones, .3), a.seams(&h)
			n, run := 0, 0.0
			for y := -6.0; y < 6; y += .02 {
				run += .02
				if p := h.at(c.along, y, 0).xy(); hand.at(p).D > 0 || seams.at(p).D < 0 {
					run = 0
				} else if run > .5 && run < .52 {
					n++
				}
			}
			if n != 4 {
				t.Errorf("%s at %g mm a cm: %d fingers", c.name, scale, n)
			}
		}
	}
}

// A hand alone in a picture has the near skin, whichever side of the body it is
// seen from; with the other one beside it, the far one is darker.
func TestAHandAloneIsNear(t *testing.T) {
	for _, c := range []struct {
		pose string
		far  bool
	}{
		{"view yaw 180\npelvis y 90\narm R flex 20 elbow 70\ncrop -70 90 -30 130", false},
		{"view yaw 180\npelvis y 90\narm R flex 20 elbow 70\narm L flex 20 elbow 70\ncrop -70 90 -30 130", true},
		{"view yaw 180\npelvis y 90\narm R flex 20 elbow 70\ncrop -70 80 40 190", true},
	} {
		if _, _, _, _, n := reach(drawn(t, c.pose), roleFarSkin); (n > 0) != c.far {
			t.Errorf("%q: far skin in %d paths", c.pose, n)
		}
	}
}

// The patch on a cheek never hides the eyes or the mouth.
func TestFeaturesLieOverTheMuscle(t *testing.T) {
	f := drawn(t, "view yaw -90 tilt 4\ntarget jaw.R\ntarget jaw.L\nneck jaw 20\ncrop -22 128 22 174")
	last := -1
	for i, p := range f.Paths {
		switch p.Role {
		case rolePatch, rolePatchSoft, roleHatch, roleHatchRim:
			last = i
		}
	}
	over := 0
	for _, p := range f.Paths[last+1:] {
		if p.Role == roleInk || p.Role == roleTeeth || p.Role == roleTongue {
			over++
		}
	}
	if over < 7 { // two eyes, two brows, mouth, teeth, tongue
		t.Errorf("%d features over the muscle", over)
	}
}
