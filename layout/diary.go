package layout

import "handout/content/picture"

// A diary: a row a stretch, a column a day, a box to tick for each time a day. A
// stretch for some days a week has that many wide cells a week instead: which days
// they are is the patient's to choose, and there is room to write it.

// The boxes to tick: 6 mm is the smallest that a person can tick, 7 is easy. A column is not so wide
// that a week looks empty.
var (
	tickBox  = MM(7)
	monthBox = MM(6) // of more than two weeks
	maxCell  = MM(14)
)

const (
	tickGap  = 2 * Point
	diaryGap = 8 * Point // between tables
)

// lay folds a diary into tables of as many days side by side as need least height: all,
// or whole weeks. No head of a column is split.
func (n *diaryNode) lay(c *compositor, width Length) box {
	widest := n.corner.width()
	for _, r := range n.rows {
		widest = max(widest, r.name.width())
	}
	d := diarySetter{compositor: c, diaryNode: n, small: solid(max(c.look.Body*9/10, scanSize), c.theme.muted)}
	d.first = min(scale(widest, c.look.Body)+8*Point, width*2/5)
	if d.box = tickBox; len(n.days) > 14 {
		d.box = monthBox
	}
	least := d.box + tickGap
	for _, t := range n.days {
		least = max(least, scale(t.widest(), d.small.size)+2*Point)
	}
	room := max(int((width-d.first)/least), 1)
	var best *stackBox
	for _, per := range []int{len(n.days), 28, 21, 14, 7, room} {
		if per > min(room, len(n.days)) || per < 1 {
			continue
		}
		d.cell = min((width-d.first)/Length(per), maxCell)
		s := &stackBox{}
		for from := 0; from < len(n.days); from += per {
			s.put(diaryGap, d.table(from, min(from+per, len(n.days))))
		}
		if best == nil || s.height() < best.height() {
			best = s
		}
		if per == 7 {
			break
		}
	}
	return best
}

// diarySetter sets the tables of a diary.
type diarySetter struct {
	*compositor
	*diaryNode
	small ink
	box   Length // side of a box
	first Length // width of the column of names
	cell  Length // of that of a day
}

// table is the days from, to (not included).
func (d *diarySetter) table(from, to int) *stackBox {
	s, head := &stackBox{rowBox{as: tagOf(Table)}}, &rowBox{as: tagOf(TR)}
	corner := d.text(TD, d.corner, d.first-6*Point, d.small, d.look.Lead)
	corner.headsColumn()
	head.put(0, alignEnd, corner)
	for k, t := range d.days[from:to] {
		day := d.text(TH, t, d.cell, d.small, d.small.size*12/10)
		day.align, day.heads = alignMiddle, OfColumn
		head.put(d.first+Length(k)*d.cell, alignEnd, day)
	}
	s.put(0, head)
	gap := tickGap
	for _, r := range d.diaryNode.rows {
		s.put(gap, rule(d.first+Length(to-from)*d.cell, Point/2, d.theme.rule))
		s.put(0, d.row(r, to-from))
		gap = 0
	}
	return s
}

// row is that of a stretch in a table of so many days.
func (d *diarySetter) row(r diaryRow, days int) *rowBox {
	name := d.text(TH, r.name, d.first-6*Point, d.ink(d.look.Body), d.look.Lead)
	name.heads = OfRow
	row := &rowBox{as: tagOf(TR), least: name.height() + tickGap}
	row.put(0, alignMiddle, name)
	for _, c := range r.spans(days) {
		width := Length(c.days) * d.cell
		per := max(1, min(r.perDay, int(width/(d.box+tickGap)))) // side by side
		deep := (r.perDay + per - 1) / per
		row.least = max(row.least, Length(deep)*(d.box+tickGap)+tickGap)
		// Boxes for a day of one's choice are wide enough to write the day in.
		w := d.box
		if c.days > 1 {
			w = max(d.box, min(width/Length(per)-2*tickGap, 2*d.box))
		}
		x := d.first + Length(c.from)*d.cell + (width-Length(per)*w-Length(per-1)*tickGap)/2
		row.put(x, alignMiddle, ticks(r.perDay, per, Size{w, d.box}, d.theme.muted, &Tag{Role: TD, Cols: c.days}))
	}
	return row
}

// ticks is boxes to tick, so many in a row.
func ticks(boxes, per int, one Size, edge picture.Color, as *Tag) *artBox {
	deep := Length((boxes + per - 1) / per)
	return &artBox{as: as, size: Size{Length(per)*(one.W+tickGap) - tickGap, deep*(one.H+tickGap) - tickGap},
		draw: func(p *press, r Rect, tag int) {
			for k := range boxes {
				p.frame(tag, Rect{r.X + Length(k%per)*(one.W+tickGap), r.Y + Length(k/per)*(one.H+tickGap), one.W,
					one.H}, 3*Point/2, Point*3/4, edge)
			}
		}}
}

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
