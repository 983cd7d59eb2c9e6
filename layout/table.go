package layout

import (
	"fmt"

	"handout/content"
	"handout/fonts"
)

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
			if i == 0 {
				role = TH
			}
			cells = append(cells, c.text(role, t, s.widths[j]-s.pad, c.theme.ink(c.look.Body), c.look.Lead))
		}
		s.rows = append(s.rows, cells)
	}
	return s
}

// columnWidths gives each column what its longest cell wants, and where that is
// too much, shares the width by the square roots of the wants: long columns give
// way first, and none gets less than its widest word while there is room.
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
	var floor Length
	for j := range n {
		for _, r := range rows {
			least[j] = max(least[j], scale(r[j].widest(), size)+pad+Point)
		}
		floor += least[j]
	}
	if floor >= width {
		for j := range n {
			want[j] = least[j] * width / floor
		}
		return want
	}
	spare, over := width-floor, total-floor
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

// diarySlab is a row of boxes to tick for each stretch, a column a day. It wraps
// to further weeks where a row would need boxes smaller than 6 mm.
type diarySlab struct {
	corner *textSlab
	days   []*textSlab
	names  []*textSlab
	first  Length // width of the column of names
	cell   Length
	rowH   Length
	headH  Length
	perRow int
	theme  *theme
}

// leastCell is the smallest box a person can tick: 6 mm.
var leastCell = MM(6)

func (r *reader) diary(b *content.Diary) node {
	n := &diaryNode{corner: r.plain(r.words.Stretch, fonts.Bold)}
	for d := 1; d <= b.Days; d++ {
		n.head = append(n.head, r.plain(fmt.Sprint(d), fonts.Bold))
	}
	for i, c := range r.chosen {
		n.names = append(n.names, r.plain(fmt.Sprintf("%d\u00a0%s", i+1, c.Stretch.Name), fonts.Regular))
	}
	if len(n.names) == 0 {
		n.names = append(n.names, r.plain(r.words.Day, fonts.Regular))
	}
	return n
}

func (c *compositor) diary(n *diaryNode, width Length) slab {
	s := &diarySlab{theme: c.theme}
	var widest fonts.Em
	for _, t := range n.names {
		widest = max(widest, t.width())
	}
	small := ink{size: c.look.Body * 9 / 10, color: c.theme.muted, strong: c.theme.muted}
	s.first = min(scale(max(widest, n.corner.width()), c.look.Body)+8*Point, width*2/5)
	s.corner = c.text(TH, n.corner, s.first-6*Point, small, c.look.Lead)
	s.headH = s.corner.height()
	for _, t := range n.names {
		l := c.text(TH, t, s.first-6*Point, c.theme.ink(c.look.Body), c.look.Lead)
		s.names = append(s.names, l)
		s.rowH = max(s.rowH, max(l.height(), leastCell)+4*Point)
	}
	s.perRow = int((width - s.first) / (leastCell + 2*Point))
	if s.perRow > 7 && s.perRow < len(n.head) {
		s.perRow = s.perRow / 7 * 7
	}
	s.perRow = max(1, min(s.perRow, len(n.head)))
	s.cell = min((width-s.first)/Length(s.perRow), MM(11))
	for _, t := range n.head {
		l := c.text(TH, t, s.cell, small, c.look.Lead)
		l.align = alignMiddle
		s.days = append(s.days, l)
	}
	return s
}

func (s *diarySlab) blocks() int { return (len(s.days) + s.perRow - 1) / s.perRow }

func (s *diarySlab) height() Length {
	return Length(s.blocks()) * (s.headH + s.rowH*Length(len(s.names)))
}

func (s *diarySlab) print(p *press, at XY, tag int) {
	for b := range s.blocks() {
		days := s.days[b*s.perRow : min((b+1)*s.perRow, len(s.days))]
		table := p.tag(Table, tag)
		tr := p.tag(TR, table)
		s.corner.print(p, at, tr)
		for i, d := range days {
			d.print(p, XY{at.X + s.first + Length(i)*s.cell, at.Y}, tr)
		}
		at.Y += s.headH
		for _, n := range s.names {
			tr := p.tag(TR, table)
			n.print(p, XY{at.X, at.Y + (s.rowH-n.height())/2}, tr)
			side := min(s.cell, s.rowH) - 3*Point
			for i := range days {
				x := at.X + s.first + Length(i)*s.cell + (s.cell-side)/2
				p.frame(p.tag(TD, tr), Rect{x, at.Y + (s.rowH-side)/2, side, side}, 2*Point, Point*3/4, s.theme.muted)
			}
			at.Y += s.rowH
		}
	}
}
