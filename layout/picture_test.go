package layout

import (
	"slices"
	"testing"

	"handout/layout/figure"
)

// The two pictures of a stretch show bodies of one size, on one floor; they stand below each
// other where that makes them larger, and always in their box.
func TestBodiesOfOneSize(t *testing.T) {
	fig := func(w, h, scale float64) frame { return frame{traced: &figure.Figure{W: w, H: h, Scale: scale}} }
	for _, c := range []struct {
		name   string
		frames []frame
		size   Size
		below  bool
	}{
		{"sitting and standing", []frame{fig(44, 38, 2.1), fig(20, 38, 2.4)}, Size{MM(60), MM(35)}, false},
		{"cat and cow, beside", []frame{fig(41, 32, 3), fig(40, 27, 3)}, Size{MM(60), MM(35)}, false},
		{"cat and cow, below", []frame{fig(41, 32, 3), fig(40, 27, 3)}, Size{MM(60), MM(80)}, true},
		{"two rows of hands", []frame{fig(44, 20, 9), fig(44, 20, 9)}, Size{MM(76), MM(60)}, true},
		{"unknown", []frame{fig(44, 20, 0), fig(44, 20, 0)}, Size{MM(60), MM(35)}, true},
		{"one", []frame{fig(44, 20, 3)}, Size{MM(60), MM(35)}, false},
	} {
		a := (&card{frames: c.frames}).arranged(c.size)
		boxes := a.boxes(nil, a.body)
		for i, r := range boxes {
			if r.X < 0 || r.Y < 0 || r.X+r.W > c.size.W || r.Y+r.H > c.size.H {
				t.Errorf("%s: %v leaves the box %v", c.name, r, c.size)
			}
			if i == 0 {
				continue
			}
			a, b := c.frames[0], c.frames[i]
			x, y := float64(boxes[0].W)/a.traced.W*a.scale(), float64(r.W)/b.traced.W*b.scale()
			if x < y*.999 || x > y*1.001 {
				t.Errorf("%s: the bodies are %.2f and %.2f large", c.name, x, y)
			}
			switch below := r.Y >= boxes[0].Y+boxes[0].H; {
			case below != c.below:
				t.Errorf("%s: below each other is %v", c.name, below)
			case !below && (r.X < boxes[0].X+boxes[0].W || r.Y+r.H != boxes[0].Y+boxes[0].H):
				t.Errorf("%s: %v and %v are not side by side on one floor", c.name, boxes[0], r)
			}
		}
	}
}

// Two pictures have as much of their box each as they take: a box cut to them draws them as large.
func TestPairsTakeTheirRoom(t *testing.T) {
	fig := func(w, h float64) frame { return frame{traced: &figure.Figure{W: w, H: h, Scale: 3}} }
	for _, pair := range [][]frame{{fig(30, 20), fig(30, 32)}, {fig(20, 38), fig(44, 38)}, {fig(44, 20), fig(44, 20)}} {
		for _, box := range []Size{{MM(60), MM(35)}, {MM(40), MM(44)}, {MM(36), MM(70)}} {
			k := &card{frames: pair}
			whole := k.arranged(box)
			cut := k.arranged(Size{box.W, k.tall(box)})
			if cut.body < whole.body*.999 || cut.below != whole.below {
				t.Errorf("%v in %v: bodies are %.3f large, and %.3f in a box cut to them", pair[1].traced, box, whole.body,
					cut.body)
			}
			all := outline(whole.boxes(nil, whole.body))
			if w, h := box.W-2*picturePad, box.H-2*picturePad; whole.body < 6 && all.H < h-Point && all.W+pictureGap < w-Point &&
				!whole.below {
				t.Errorf("%v in %v fill no more than %v", pair[1].traced, box, all)
			}
		}
	}
}

// On a page heads are of one size, as far as that leaves each picture three quarters of its
// own, and 35 mm, and half of them what they must have: none is more than twice another for
// that. Hands and busts are larger than whole people, and alike among themselves.
func TestHeadsOfOneSize(t *testing.T) {
	fig := func(w, h, scale float64) *card {
		return &card{frames: []frame{{traced: &figure.Figure{W: w, H: h, Scale: scale}}}}
	}
	room := Size{MM(90), MM(60)}
	drawn := func(cards ...*card) (bodies []float64) {
		rooms := slices.Repeat([]Size{room}, len(cards))
		most := likened(cards, rooms)
		for _, k := range cards {
			bodies = append(bodies, k.arranged(room).asLarge(&most))
		}
		return bodies
	}
	if b := drawn(fig(44, 23, 2.9), fig(38, 26, 3)); b[0] != b[1] {
		t.Errorf("the heads of a page are %.2f and %.2f large", b[0], b[1])
	}
	if b := drawn(fig(20, 38, 2), fig(38, 26, 3)); b[1] <= b[0] || b[1] > mostUnlike*b[0] {
		t.Errorf("beside a tall picture's %.2f a head is %.2f large", b[0], b[1])
	}
	room = Size{MM(60), MM(40)}
	if b := drawn(fig(44, 23, 2.9), fig(38, 26, 3)); b[0] >= b[1] || b[1] > mostUnlike*b[0] {
		t.Errorf("where room is short the heads are %.2f and %.2f large", b[0], b[1])
	}
	if b := drawn(fig(44, 22, 2), fig(36, 32, 8), fig(44, 32, 4)); b[1] < 8 || b[2] < 4 {
		t.Errorf("a hand and a bust are %.2f and %.2f large beside a body's %.2f", b[1], b[2], b[0])
	}
}
