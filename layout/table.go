package layout

import (
	"regexp"
	"slices"

	"handout/fonts"
)

// lay sets a table with a first row of headings; rules between the rows, none
// between the columns.
func (n *tableNode) lay(c *compositor, width Length) box {
	const pad = 6 * Point
	widths := columnWidths(n.rows, width, pad, c.look.Body)
	// Numbers stand at the end of a column and words at the beginning of the next: they must not read as one.
	var all Length
	for _, w := range widths {
		all += w
	}
	more := min(max(width-all, 0)/Length(len(widths)), c.look.Body)
	numbers := make([]bool, len(widths))
	for j := range numbers {
		numbers[j] = numeric(n.rows, j)
	}
	s := &stackBox{rowBox{as: tagOf(Table)}}
	for i, row := range n.rows {
		r := &rowBox{as: tagOf(TR), pad: pad / 2}
		x := Length(0)
		for j, t := range row {
			cell := c.text(TD, t, widths[j]-pad, c.ink(c.look.Body), c.look.Lead)
			if i == 0 {
				cell.headsColumn()
			}
			if numbers[j] {
				cell.align = alignEnd
			}
			r.put(x, alignStart, cell)
			x += widths[j] + more
		}
		if i > 0 {
			s.put(0, rule(x-more, Point*3/4, c.theme.rule))
		}
		s.put(0, r)
	}
	return s
}

// headsColumn makes a cell the head of its column, unless it is a corner that says nothing of it.
func (b *wordsBox) headsColumn() {
	if b.text.spans[0].Text != "\u00a0" {
		b.role, b.heads = TH, OfColumn
	}
}

// number is a cell that holds nothing but one.
var number = regexp.MustCompile(`^[\s\x{a0}+\x{2212}-]*\p{Nd}[\p{Nd}.,:%\s\x{a0}]*$`)

// numeric tells a column of numbers, which stand under each other at the end, with their head.
func numeric(rows [][]*text, column int) bool {
	other := func(r []*text) bool { return !number.MatchString(r[column].spans.String()) }
	return len(rows) > 1 && !slices.ContainsFunc(rows[1:], other)
}

// columnWidths gives each column what its longest cell wants, and where that is too
// much, shares the width: none gets less than its widest word while there is room, and
// long columns give way first. A column that wants no more than an equal share has it,
// and the others have what is left by what they want.
func columnWidths(rows [][]*text, width, pad, size Length) []Length {
	widest := func(of func(*text) fonts.Em) (each []Length, all Length) {
		each = make([]Length, len(rows[0]))
		for j := range each {
			for _, r := range rows {
				each[j] = max(each[j], scale(of(r[j]), size)+pad+Point)
			}
			all += each[j]
		}
		return each, all
	}
	want, total := widest((*text).width)
	if total <= width {
		return want
	}
	least, floor := widest((*text).widest)
	if floor >= width {
		for j := range want {
			want[j] = least[j] * width / floor
		}
		return want
	}
	var open Length // columns that want more than their widest word
	for j := range want {
		if least[j] < want[j] {
			open++
		}
	}
	spare, over := width-floor, total-floor
	for again := true; again; {
		again = false
		for j := range want {
			if more := want[j] - least[j]; more > 0 && more*open <= spare {
				least[j], spare, over, open, again = want[j], spare-more, over-more, open-1, true
			}
		}
	}
	for j := range want {
		want[j] = least[j] + (want[j]-least[j])*spare/max(over, 1)
	}
	return want
}
