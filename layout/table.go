package layout

// tableSlab is a table with a first row of headings; rules between the rows, none
// between the columns.
type tableSlab struct {
	rows   [][]*textSlab
	widths []Length
	pad    Length
	rule   *theme
}

func (c *compositor) table(n *tableNode, width Length) slab {
	s := &tableSlab{pad: 6 * Point, rule: c.theme}
	s.widths = columnWidths(n.rows, width, s.pad, c.look.Body)
	for i, row := range n.rows {
		var cells []*textSlab
		for j, t := range row {
			role := TD
			if i == 0 && t.spans[0].Text != "\u00a0" { // a corner says nothing of its column
				role = TH
			}
			cells = append(cells, c.text(role, t, s.widths[j]-s.pad, c.ink(c.look.Body), c.look.Lead))
		}
		s.rows = append(s.rows, cells)
	}
	return s
}

// columnWidths gives each column what its longest cell wants, and where that is too
// much, shares the width: none gets less than its widest word while there is room, and
// long columns give way first. A column that wants no more than an equal share has it,
// and the others have what is left by what they want.
func columnWidths(rows [][]*text, width, pad, size Length) []Length {
	n := len(rows[0])
	want := make([]Length, n)
	var total Length
	for j := range n {
		for _, r := range rows {
			want[j] = max(want[j], scale(r[j].width(), size)+pad+Point)
		}
		total += want[j]
	}
	if total <= width {
		return want
	}
	least := make([]Length, n)
	var floor, open Length // open columns want more than their widest word
	for j := range n {
		for _, r := range rows {
			least[j] = max(least[j], scale(r[j].widest(), size)+pad+Point)
		}
		floor += least[j]
		if least[j] < want[j] {
			open++
		}
	}
	if floor >= width {
		for j := range n {
			want[j] = least[j] * width / floor
		}
		return want
	}
	spare, over := width-floor, total-floor
	for again := true; again; {
		again = false
		for j := range n {
			if more := want[j] - least[j]; more > 0 && more*open <= spare {
				least[j], spare, over, open, again = want[j], spare-more, over-more, open-1, true
			}
		}
	}
	for j := range n {
		want[j] = least[j] + (want[j]-least[j])*spare/max(over, 1)
	}
	return want
}

func (s *tableSlab) rowHeight(i int) Length {
	var h Length
	for _, t := range s.rows[i] {
		h = max(h, t.height())
	}
	return h + s.pad
}

func (s *tableSlab) height() Length {
	var h Length
	for i := range s.rows {
		h += s.rowHeight(i)
	}
	return h
}

func (s *tableSlab) print(p *press, at XY, tag int) {
	tag = p.tag(Table, tag)
	var w Length
	for _, x := range s.widths {
		w += x
	}
	for i, row := range s.rows {
		tr := p.tag(TR, tag)
		h := s.rowHeight(i)
		x := at.X
		for j, t := range row {
			t.print(p, XY{x, at.Y + s.pad/2}, tr)
			x += s.widths[j]
		}
		at.Y += h
		if i < len(s.rows)-1 {
			p.rule(at.X, at.Y, w, Point*3/4, s.rule.rule)
		}
	}
}
