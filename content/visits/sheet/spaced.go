package sheet

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// piece is a cell of a line, and where it stands there: in characters, for columns made with spaces are
// made by eye.
type piece struct {
	text      string
	from, end int
}

// Spaced reads a list whose columns are made with spaces: two or more stand between two cells. The line of that number
// has the headings, and below it a cell belongs to the one that it begins or ends with, give or take a character: an
// empty cell moves no other. A row with a cell that stands elsewhere, or that may be two, is astray. With no number
// cells are only counted.
func Spaced(text string, headings int) Table {
	return func(yield func(Line) bool) error {
		var columns []piece
		number := 0
		for line := range strings.Lines(text) {
			number++
			cells := pieces(strings.TrimRight(line, "\r\n"))
			row := Line{Number: number}
			for _, c := range cells {
				at := len(row.Cells)
				if columns != nil {
					at = slices.IndexFunc(columns, c.under)
					row.Astray = row.Astray || slices.ContainsFunc(columns, c.crosses)
				}
				if row.Astray = row.Astray || at < len(row.Cells); row.Astray {
					break
				}
				for len(row.Cells) < at {
					row.Cells = append(row.Cells, "")
				}
				row.Cells = append(row.Cells, c.text)
			}
			if number == headings {
				columns = cells
			}
			if len(row.Cells) > MaxWide {
				return tooWide(number)
			}
			if (len(row.Cells) > 0 || row.Astray) && !yield(row) {
				return nil
			}
		}
		return nil
	}
}

// under tells that a cell begins or ends with a heading.
func (c piece) under(h piece) bool {
	near := func(a, b int) bool { return a-b < 2 && b-a < 2 }
	return near(c.from, h.from) || near(c.end, h.end)
}

// crosses tells a cell of several words that runs on below the next heading: one of them may be that one's.
func (c piece) crosses(h piece) bool {
	return h.from > c.from && h.from < c.end && strings.ContainsRune(c.text, ' ')
}

// tabStop is how far apart tabs stand in a plain text.
const tabStop = 8

// pieces are the cells of a line.
func pieces(line string) (list []piece) {
	at, blank, begins := 0, 2, 0
	for i, r := range line {
		switch {
		case r == '\t':
			at, blank = at+tabStop-at%tabStop, 2
			continue
		case r == ' ' || r == '\u00a0':
			blank++
		default:
			if blank > 1 || list == nil {
				list, begins = append(list, piece{from: at}), i
			}
			_, bytes := utf8.DecodeRuneInString(line[i:])
			last := &list[len(list)-1]
			last.text, last.end, blank = line[begins:i+bytes], at+1, 0
		}
		if at++; at > maxPadded {
			return list
		}
	}
	return list
}
