package layout

import (
	"slices"
	"testing"

	"handout/fonts"
)

// A column of short words keeps them on one line; long columns give way.
func TestColumnWidths(t *testing.T) {
	cell := func(words ...int) *text {
		x := &text{}
		for _, w := range words {
			x.pieces = append(x.pieces, fonts.Piece{Width: fonts.Em(w * 1000)})
		}
		return x
	}
	for _, c := range []struct {
		name  string
		row   []*text
		width Length // em
		want  []Length
	}{
		{"all as they want", []*text{cell(4, 3), cell(20)}, 40, []Length{7, 20}},
		{"a short column stays whole", []*text{cell(4, 3), cell(4, 4, 4, 4, 4), cell(4, 4, 4, 4, 4)},
			27, []Length{7, 10, 10}},
		{"long ones by what they want", []*text{cell(4, 4, 4, 4, 4), cell(4, 4, 4, 4, 4, 4, 4, 4, 4)},
			20, []Length{8, 12}},
		{"no room for the widest words", []*text{cell(10, 1), cell(30)}, 20, []Length{5, 15}},
	} {
		got := columnWidths([][]*text{c.row}, c.width*10*Point+Length(len(c.row))*Point, 0, 10*Point)
		for j := range got {
			got[j] = (got[j] - Point/2) / (10 * Point)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
