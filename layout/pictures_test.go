package layout

import (
	"testing"

	"handout/fonts"
)

// Of five pictures without steps the two that have a row for themselves are those that fill it better.
func TestTwoOfFiveAreTheWider(t *testing.T) {
	brand := clinic(t)
	setter, first := NewSetter(fonts.Default()), 0
	for _, s := range shippedPages(t, brand) {
		if s.Look != "pictures" || s.Edition != Standard || s.stretches != 5 {
			continue
		}
		c, err := setter.read(s.Page, s.Sheet)
		if err != nil {
			t.Fatal(err)
		}
		d, _ := c.search(s.Sheet)
		d.spread()
		boxes := d.print(s.Page, s.Sheet).grounds(c.theme)
		if len(boxes) != 5 {
			t.Fatalf("%d pictures have a ground", len(boxes))
		}
		var cards []*card
		for _, s := range c.sections {
			cards = append(cards, s.cards...)
		}
		short, long := cards[3:], cards[:2]
		if boxes[0].W > boxes[4].W {
			first++
			short, long = long, short
		}
		two := Size{(d.inner() - d.comp.look.Gutter) / 2, d.comp.look.PictureHeight * 4 / 3}
		if drawings(short, two) < drawings(long, two) {
			t.Errorf("%s: the narrower two have the wider boxes", s.dressed.called(s.Sheet))
		}
	}
	if first == 0 && !testing.Short() {
		t.Error("none has them first: this proves nothing")
	}
}
