package layout

import (
	"fmt"
	"strconv"

	"handout/content"
	"handout/fonts"
)

// A diary: a row a stretch, a column a day, a box to tick for each time a day. A
// stretch for some days a week has that many wide cells a week instead: which days
// they are is the patient's to choose, and there is room to write it.

type (
	diaryNode struct {
		corner *text   // over the names
		days   []*text // heads of the columns
		rows   []diaryRow
	}
	diaryRow struct {
		name   *text
		perDay int
		days   int // a week
	}
)

func (r *reader) diary(b *content.Diary) node {
	n := &diaryNode{corner: r.plain(r.words.Stretch, fonts.Bold)}
	for d := range b.Days {
		head := strconv.Itoa(d + 1)
		if !b.Start.IsZero() {
			day := b.Start.AddDate(0, 0, d)
			head = r.words.Days[day.Weekday()] + "\n" + strconv.Itoa(day.Day())
		}
		n.days = append(n.days, r.plain(head, fonts.Bold))
	}
	for i, c := range r.chosen {
		row := diaryRow{perDay: max(c.Dose.PerDay, 1), days: 7}
		name := fmt.Sprintf("%d\u00a0%s", i+1, c.Stretch.Name)
		if c.Dose.Days > 0 && c.Dose.Days < 7 {
			row.days = c.Dose.Days
			name = r.words.Comma(name, r.words.Often(c.Dose))
		}
		row.name = r.plain(name, fonts.Regular)
		n.rows = append(n.rows, row)
	}
	if len(n.rows) == 0 {
		n.rows = append(n.rows, diaryRow{r.plain(r.words.Day, fonts.Regular), 1, 7})
	}
	return n
}

// diarySlab is a diary folded into tables of so many days each.
type diarySlab struct {
	corner *textSlab
	days   []*textSlab
	names  []*textSlab
	rows   []diaryRow
	first  Length // width of the column of names
	cell   Length
	per    int // days a table
	theme  *theme
}

// The boxes to tick: 6 mm is the smallest a person can. A column is not so wide
// that a week looks empty.
var (
	tickBox = MM(6)
	maxCell = MM(14)
)

const (
	tickGap  = 2 * Point
	diaryGap = 8 * Point // between tables
)

func (c *compositor) diary(n *diaryNode, width Length) slab {
	s := &diarySlab{theme: c.theme, rows: n.rows}
	widest := n.corner.width()
	for _, r := range n.rows {
		widest = max(widest, r.name.width())
	}
	small := ink{size: max(c.look.Body*9/10, scanSize), color: c.theme.muted, strong: c.theme.muted}
	s.first = min(scale(widest, c.look.Body)+8*Point, width*2/5)
	s.corner = c.text(TH, n.corner, s.first-6*Point, small, c.look.Lead)
	s.corner.heads = OfColumn
	for _, r := range n.rows {
		name := c.text(TH, r.name, s.first-6*Point, c.ink(c.look.Body), c.look.Lead)
		name.heads = OfRow
		s.names = append(s.names, name)
	}
	// As many days side by side as need least height: all, or whole weeks. No head
	// of a column is split.
	least := tickBox + tickGap
	for _, t := range n.days {
		least = max(least, scale(t.widest(), small.size)+2*Point)
	}
	room := max(int((width-s.first)/least), 1)
	best := Length(-1)
	for _, per := range []int{len(n.days), 28, 21, 14, 7, room} {
		if per > min(room, len(n.days)) || per < 1 {
			continue
		}
		try := *s
		try.per, try.cell = per, min((width-s.first)/Length(per), maxCell)
		try.days = nil
		for _, t := range n.days {
			l := c.text(TH, t, try.cell, small, small.size*12/10)
			l.align, l.heads = alignMiddle, OfColumn
			try.days = append(try.days, l)
		}
		if h := try.height(); best < 0 || h < best {
			best, *s = h, try
		}
		if per == 7 {
			break
		}
	}
	return s
}

// table is the days of one of the tables: from, to (not included).
func (s *diarySlab) table(i int) (from, to int) {
	return i * s.per, min((i+1)*s.per, len(s.days))
}

func (s *diarySlab) tables() int { return (len(s.days) + s.per - 1) / s.per }

// span is a cell of a row: so many days with so many boxes.
type span struct{ from, days int }

// spans cuts days into the cells of a row, from a week's first day on.
func (r diaryRow) spans(days int) []span {
	var out []span
	for week := 0; week < days; week += 7 {
		n := min(7, days-week)
		cells := min(n, (r.days*n+6)/7)
		for k := range cells {
			from, to := k*n/cells, (k+1)*n/cells
			out = append(out, span{week + from, to - from})
		}
	}
	return out
}

// across is how many boxes stand side by side in a cell so wide.
func across(boxes int, width Length) int {
	return max(1, min(boxes, int(width/(tickBox+tickGap))))
}

// rowHeight is that of a row in a table of so many days: of its name or of the
// boxes in its narrowest cell.
func (s *diarySlab) rowHeight(row, days int) Length {
	deep := 1
	for _, c := range s.rows[row].spans(days) {
		per := across(s.rows[row].perDay, Length(c.days)*s.cell)
		deep = max(deep, (s.rows[row].perDay+per-1)/per)
	}
	return max(s.names[row].height(), Length(deep)*(tickBox+tickGap)) + tickGap
}

func (s *diarySlab) headHeight(from, to int) Length {
	h := s.corner.height()
	for _, d := range s.days[from:to] {
		h = max(h, d.height())
	}
	return h + tickGap
}

func (s *diarySlab) height() Length {
	h := Length(s.tables()-1) * diaryGap
	for i := range s.tables() {
		from, to := s.table(i)
		h += s.headHeight(from, to)
		for row := range s.rows {
			h += s.rowHeight(row, to-from)
		}
	}
	return h
}

func (s *diarySlab) print(p *press, at XY, tag int) {
	for i := range s.tables() {
		from, to := s.table(i)
		table := p.tag(Table, tag)
		head := p.tag(TR, table)
		h := s.headHeight(from, to)
		s.corner.print(p, XY{at.X, at.Y + h - tickGap - s.corner.height()}, head)
		for k, d := range s.days[from:to] {
			d.print(p, XY{at.X + s.first + Length(k)*s.cell, at.Y + h - tickGap - d.height()}, head)
		}
		at.Y += h
		for row := range s.rows {
			h := s.rowHeight(row, to-from)
			p.rule(at.X, at.Y, s.first+Length(to-from)*s.cell, Point/2, s.theme.rule)
			s.printRow(p, Rect{at.X, at.Y, s.first, h}, p.tag(TR, table), row, to-from)
			at.Y += h
		}
		at.Y += diaryGap
	}
}

// printRow prints a row whose name stands in a box.
func (s *diarySlab) printRow(p *press, name Rect, tr, row, days int) {
	n := s.names[row]
	n.print(p, XY{name.X, name.Y + (name.H-n.height())/2}, tr)
	for _, c := range s.rows[row].spans(days) {
		td := p.tag(TD, tr)
		p.tags[td].Cols = c.days
		width := Length(c.days) * s.cell
		boxes := s.rows[row].perDay
		per := across(boxes, width)
		// Boxes for a day of one's choice are wide enough to write the day in.
		w := tickBox
		if c.days > 1 {
			w = max(tickBox, min(width/Length(per)-2*tickGap, 2*tickBox))
		}
		deep := (boxes + per - 1) / per
		x0 := name.Right() + Length(c.from)*s.cell + (width-Length(per)*w-Length(per-1)*tickGap)/2
		y0 := name.Y + (name.H-Length(deep)*tickBox-Length(deep-1)*tickGap)/2
		for k := range boxes {
			p.frame(td, Rect{x0 + Length(k%per)*(w+tickGap), y0 + Length(k/per)*(tickBox+tickGap), w, tickBox}, 3*Point/2, Point*3/4, s.theme.muted)
		}
	}
}
