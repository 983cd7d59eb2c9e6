package content

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Between two cells of a row stands a tab, a bar, or a gap of spaces.
const (
	byTab = iota + 1
	byBar
	byGap
)

// gap is what parts cells that only spaces keep in line: two where no sentence ends, or three.
var gap = regexp.MustCompile(`[^.!?:;\s](  +)\S|\S(   +)\S`)

// ruled tells Markdown's own line below the heads of a table, with or without spaces around its bars.
func ruled(s string) bool {
	return strings.Contains(s, "|") && strings.Contains(s, "-") && strings.Trim(s, "|-: \t") == "" &&
		!strings.HasPrefix(s, "- ") // an item of a list
}

// partingOf is what stands between the cells of a row, or 0.
func partingOf(x row) int {
	switch {
	case ruled(x.text):
		return 0
	case x.kind == otherRow && strings.HasPrefix(x.text, "|") && strings.Count(x.text, "|") > 1:
		return byBar
	case x.kind != plainRow:
		return 0
	case strings.Contains(x.text, "\t"):
		return byTab
	case strings.Contains(x.text, " | "):
		return byBar
	case gap.MatchString(x.text):
		return byGap
	}
	return 0
}

// tables notes which rows have cells, and how many below one another have as many. It goes
// upwards, so that each row is looked at once.
func (p *paster) tables() {
	for i := range p.rows {
		x := &p.rows[i]
		if x.parting = partingOf(*x); x.parting == 0 && x.kind == plainRow && i > 0 && p.rows[i-1].parting == byTab &&
			bytes.ContainsRune(p.src.text[x.from:x.at], '\t') { // all of its cells but the last are empty
			x.parting = byTab
		}
	}
	for i := len(p.rows) - 1; i >= 0; i-- {
		x := &p.rows[i]
		x.columns = nil
		if x.parting == 0 {
			continue
		}
		x.cells, x.run = len(p.cells(i)), 1
		if i+1 < len(p.rows) && p.rows[i+1].parting == x.parting &&
			(x.parting == byTab || p.rows[i+1].cells == x.cells) {
			x.run += p.rows[i+1].run
		}
	}
	for i := 0; i < len(p.rows); i++ {
		if x := p.rows[i]; x.parting == byGap && p.rows[i].columns == nil {
			i += p.inColumns(i)
		}
	}
}

// inColumns puts the rows from i on that only spaces part, and that have not as many cells each, below the columns of
// the one with the most, and tells how many more rows it looked at: an empty cell leaves no trace but where the others
// stand. Each must stand below one column, and no two below one.
func (p *paster) inColumns(i int) (more int) {
	n, even, widest := 0, true, i
	for n < 60 && i+n < len(p.rows) && (p.rows[i+n].parting == byGap || n > 0 && p.rows[i+n].kind == plainRow &&
		p.rows[i+n].parting == 0 && i+n+1 < len(p.rows) && p.rows[i+n+1].parting == byGap) {
		even = even && p.rows[i+n].cells == p.rows[i].cells
		if n++; p.rows[i+n-1].cells > p.rows[widest].cells {
			widest = i + n - 1
		}
	}
	if even || n < 2 || p.rows[widest].cells < 3 {
		return n - 1
	}
	place := func(row, at int) int { // a column of the screen
		from := p.rows[row].from
		return utf8.RuneCount(p.src.text[from:at]) + 3*bytes.Count(p.src.text[from:at], []byte("\t"))
	}
	var columns [][2]int
	for _, c := range p.cells(widest) {
		columns = append(columns, [2]int{place(widest, c[0]), place(widest, c[1])})
	}
	aligned := make([][][2]int, n)
	for k := range aligned {
		x := p.rows[i+k]
		cells := [][2]int{{x.at, x.end}}
		if x.parting == byGap {
			cells = p.cells(i + k)
		}
		aligned[k] = make([][2]int, len(columns))
		for j := range columns {
			aligned[k][j] = [2]int{x.at, x.at} // empty
		}
		last := -1
		for _, c := range cells {
			from, to := place(i+k, c[0]), place(i+k, c[1])
			below := slices.IndexFunc(columns, func(c [2]int) bool { return from < c[1] && to > c[0] })
			if below <= last || below+1 < len(columns) && to > columns[below+1][0] {
				return n - 1
			}
			aligned[k][below], last = c, below
		}
	}
	for k, cells := range aligned {
		x := &p.rows[i+k]
		x.parting, x.cells, x.run, x.columns = byGap, len(columns), n-k, cells
	}
	return n - 1
}

// parted is how many rows from i on are a table; 0 for none.
func (p *paster) parted(i int) int {
	x := p.rows[i]
	switch {
	case x.parting == 0, x.parting == byBar && i+x.run < len(p.rows) && ruled(p.rows[i+x.run].text):
		return 0
	case x.run > 2, x.run == 2 && (x.parting != byGap || x.cells > 2):
		return x.run
	}
	return 0
}

// cells are where the cells of a row begin and end.
func (p *paster) cells(i int) (cells [][2]int) {
	x := p.rows[i]
	if x.columns != nil {
		return x.columns
	}
	from, to := x.from, x.end
	var ends [][2]int // of what parts them
	switch x.parting {
	case byTab:
		for to < len(p.src.text) && (p.src.text[to] == '\t' || p.src.text[to] == ' ') { // empty cells at its end
			to++
		}
		for at := from; at < to; at++ {
			if p.src.text[at] == '\t' {
				ends = append(ends, [2]int{at, at + 1})
			}
		}
	case byBar:
		if from = x.at; p.src.text[from] == '|' {
			from++
			if p.src.text[to-1] == '|' {
				to--
			}
		}
		for at := from; at < to; at++ {
			if p.src.text[at] == '|' && p.src.text[at-1] != '\\' {
				ends = append(ends, [2]int{at, at + 1})
			}
		}
	case byGap:
		from = x.at
		for at := from; ; {
			m := gap.FindSubmatchIndex(p.src.text[at:to])
			if m == nil {
				break
			}
			k := 2
			if m[k] < 0 {
				k = 4
			}
			ends = append(ends, [2]int{at + m[k], at + m[k+1]})
			at += m[k+1]
		}
	}
	for _, e := range append(ends, [2]int{to, to}) {
		a, b := from, e[0]
		for a < b && p.src.text[a] == ' ' {
			a++
		}
		for b > a && p.src.text[b-1] == ' ' {
			b--
		}
		cells = append(cells, [2]int{a, b})
		from = e[1]
	}
	return cells
}

// aligned are the cells of n rows from i on. Each tab ends a cell, or what is right would stand below left. Several
// tabs part two cells only where the first row shows that they keep columns in line: it has fewer cells than another,
// or an empty one between two, and without the empty ones it has the most.
func (p *paster) aligned(i, n int) [][][2]int {
	rows, filled := make([][][2]int, n), make([][][2]int, n)
	even, inLine, most := true, false, true
	for k := range rows {
		rows[k] = p.cells(i + k)
		last := 0
		for c, cell := range rows[k] {
			if c == 0 || cell[0] < cell[1] {
				filled[k], last = append(filled[k], cell), c+1
			}
		}
		even = even && len(rows[k]) == len(rows[0])
		inLine = inLine || last > len(rows[0]) || k == 0 && last > len(filled[0])
		most = most && len(filled[k]) <= len(filled[0])
	}
	if !even && inLine && most {
		return filled
	}
	return rows
}

// table writes rows as a table.
func (p *paster) table(i int) int {
	n := p.parted(i)
	rows := p.aligned(i, n)
	wide := 0 // without columns in which there is nothing
	for _, cells := range rows {
		for c, cell := range cells {
			if cell[0] < cell[1] {
				wide = max(wide, c+1)
			}
		}
	}
	p.warn(p.rows[i].at, "read-as-table", "%d lines with %s in them, from here on, were read as a table", n,
		[...]string{byTab: "tabs", byBar: "bars", byGap: "gaps"}[p.rows[i].parting])
	p.out.put("\n", p.rows[i].at)
	for k, cells := range rows {
		end := p.rows[i+k].end
		for c := range wide {
			p.out.put("| ", end)
			if c < len(cells) {
				for at := cells[c][0]; at < cells[c][1]; { // a bar in a cell is no border
					to := at + 1
					for to < cells[c][1] && p.src.text[to] != '|' {
						to++
					}
					if p.src.text[at] == '|' && (at == cells[c][0] || p.src.text[at-1] != '\\') {
						p.out.put("\\", at)
					}
					p.out.keep(p.src.text, at, to)
					at = to
				}
			}
			p.out.put(" ", end)
		}
		p.out.put("|\n", end)
		if k == 0 {
			p.out.put("|"+strings.Repeat("---|", wide)+"\n", end)
		}
	}
	p.out.put("\n", p.rows[i+n-1].end)
	return i + n
}
