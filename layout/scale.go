package layout

// A pain scale: eleven boxes with the numbers to circle, and words at its ends, so
// that it needs no colour. It is a list of eleven items; the words belong to the
// first and the last.

// A number's box: large enough to draw a circle round the number with a thick pen.
var (
	scaleHeight = MM(8)
	scaleLeast  = MM(6.5)
	scaleMost   = MM(12)
)

const scaleGap = 3 * Point

// lay sets a pain scale: its numbers in a row or, where that is too narrow, in rows.
func (n *scaleNode) lay(c *compositor, width Length) box {
	s, per := &stackBox{}, 11
	if n.question != nil {
		s.put(0, c.para(n.question, c.readable(width)))
	}
	for width/Length(per) < scaleLeast && per > 1 {
		per = (per + 1) / 2
	}
	side, k := min(width/Length(per), scaleMost), c.ink(c.look.Body)
	half, color := side*Length(per)/2, c.theme.muted
	under := Length((len(n.numbers)+per-1)/per) * (scaleHeight + scaleGap)
	ends := [...]*wordsBox{c.text(noRole, n.none, half, k, c.look.Lead), c.text(noRole, n.worst, half, k, c.look.Lead)}
	ends[1].align = alignEnd
	list := &rowBox{as: tagOf(L), least: under + max(ends[0].height(), ends[1].height())}
	for i, t := range n.numbers {
		number := c.text(noRole, t, side, k, scaleHeight).to(alignMiddle)
		item, body := &rowBox{as: tagOf(LI), line: 1}, &rowBox{as: tagOf(LBody)}
		item.put(0, alignStart, body)
		x, y := Length(i%per)*side, Length(i/per)*(scaleHeight+scaleGap)
		body.place(Point, 0, &artBox{size: Size{side - 2*Point, scaleHeight}, draw: func(p *press, r Rect, _ int) {
			p.frame(Artifact, r, 3*Point, Point*3/4, color)
		}})
		body.place(0, 0, number)
		switch i {
		case 0:
			body.place(-x, under-y, ends[0])
		case len(n.numbers) - 1:
			body.place(half-x, under-y, ends[1])
		}
		list.place(x, y, item)
	}
	s.put(c.look.Para, list)
	return s
}
