package layout

import (
	"testing"

	"handout/layout/figure"
)

// The two pictures of a stretch show bodies of one size, and the pictures of a page bodies of
// nearly one, but no picture is made small for one that has to share its box.
func TestBodiesOfOneSize(t *testing.T) {
	fig := func(w, h, scale float64) frame { return frame{traced: &figure.Figure{W: w, H: h, Scale: scale}} }
	size := Size{MM(60), MM(35)}
	sit, stand := fig(44, 38, 2.1), fig(20, 38, 2.4)
	pair := &card{frames: []frame{sit, stand}}
	boxes := pair.pictureBoxes(size, 0)
	a, b := float64(boxes[0].W)/44*2.1, float64(boxes[1].W)/20*2.4
	if a < b*.999 || a > b*1.001 {
		t.Errorf("the bodies of one stretch are %.2f and %.2f large", a, b)
	}
	lying, upright := &card{frames: []frame{fig(44, 12, 2.9)}}, &card{frames: []frame{fig(20, 38, 2)}}
	cards := []*card{lying, upright, pair}
	most := heads(cards, size)
	if most == 0 || most != heads(cards[:2], size) {
		t.Errorf("the pair counts: %g, without it %g", most, heads(cards[:2], size))
	}
	l, u := lying.pictureBoxes(size, most)[0], upright.pictureBoxes(size, most)[0]
	x, y := float64(l.W)/44*2.9, float64(u.W)/20*2
	if x > y*headsApart*1.001 {
		t.Errorf("one body is %.2f times as large as the other", x/y)
	}
	if free := lying.pictureBoxes(size, 0)[0]; free.W <= l.W {
		t.Errorf("alone it is no larger: %v, %v", free.W, l.W)
	}
	bust := &card{frames: []frame{fig(38, 38, 6)}}
	if got := bust.pictureBoxes(size, most)[0]; got != bust.pictureBoxes(size, 0)[0] {
		t.Errorf("a bust is held to the size of bodies: %v", got)
	}
	if heads([]*card{lying, bust}, size) != 0 {
		t.Error("one body alone has nothing to compare with")
	}
}
