package layout

import (
	"slices"
	"testing"

	"handout/content"
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

// Numbers stand at the end of their column, under each other and under its head; words do not.
func TestNumbersInColumns(t *testing.T) {
	page := set(t, "en", "Words.\n\n## A\n\n| Week | Minutes in all |\n| --- | --- |\n| One | 5 |\n| Two | 120 |\n",
		content.Visit{}, Sheet{Brand: content.Neutral(), Paper: A4, Look: "article"})
	end := func(words string) Length {
		runs := page.runsOf(words)
		last := runs[len(runs)-1]
		_, right := reach(last)
		return right
	}
	head, five, many := end("Minutes in all"), end("5"), end("120")
	if max(five, many, head)-min(five, many, head) > Point {
		t.Errorf("the head ends at %v, 5 at %v, 120 at %v", head, five, many)
	}
	if one, two := page.runsOf("One")[0].At.X, page.runsOf("Week")[0].At.X; one != two {
		t.Errorf("words begin at %v, their head at %v", one, two)
	}
}

// Between a column of numbers and the words beside it there is room enough that the two do not read as one.
func TestNumbersStandApart(t *testing.T) {
	page := set(t, "en", "Words.\n\n## A\n\n| Week | Days | Brisk |\n| --- | --- | --- |\n| One | 12 | 15 minutes |\n",
		content.Visit{}, Sheet{Brand: content.Neutral(), Paper: A4, Look: "article"})
	number, words := page.runsOf("12")[0], page.runsOf("15")[0]
	if _, end := reach(number); words.At.X-end < number.Size {
		t.Errorf("%v between 12 and 15 minutes, in type of %v", words.At.X-end, number.Size)
	}
}
