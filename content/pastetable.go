package content

import (
	"slices"
	"strings"
)

// tabbed is how many rows from i on are a table whose cells tabs part; 0 for none.
func (p *paster) tabbed(i int) int {
	n := i
	for n < len(p.rows) && p.rows[n].kind == plainRow && len(p.cells(n)) > 1 {
		n++
	}
	if n -= i; n > 1 {
		return n
	}
	return 0
}

// cells are where the cells of a row with tabs begin and end.
func (p *paster) cells(i int) (cells [][2]int) {
	x := p.rows[i]
	for at := x.from; at <= x.end; {
		end := at
		for end < x.end && p.src.text[end] != '\t' {
			end++
		}
		from, to := at, end
		for from < to && p.src.text[from] == ' ' {
			from++
		}
		for to > from && p.src.text[to-1] == ' ' {
			to--
		}
		cells = append(cells, [2]int{from, to})
		at = end + 1
	}
	return cells
}

// table writes rows with tabs as a table. Several tabs in a row part two cells if they
// only keep the columns in line.
func (p *paster) table(i int) int {
	n := p.tabbed(i)
	rows := make([][][2]int, n)
	even := true
	for k := range rows {
		rows[k] = p.cells(i + k)
		even = even && len(rows[k]) == len(rows[0])
	}
	if !even { // tabs that keep the columns in line
		for k, cells := range rows {
			rows[k] = slices.DeleteFunc(cells, func(c [2]int) bool { return c[0] == c[1] && c[0] > p.rows[i+k].from })
		}
	}
	wide := 0
	for _, cells := range rows {
		wide = max(wide, len(cells))
	}
	p.warn(p.rows[i].at, "read-as-table", "%d lines with tabs in them, from here on, were read as a table", n)
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
