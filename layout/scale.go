package layout

import (
	"strconv"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

// A pain scale: eleven boxes with the numbers to circle, and words at its ends, so
// that it needs no colour. It is a list of eleven items; the words belong to the
// first and the last.

type scaleNode struct {
	question    *text // nil for none
	numbers     []*text
	none, worst *text
}

func (r *reader) scale(b *content.PainScale) node {
	n := &scaleNode{none: r.plain(r.words.NoPain, fonts.Regular), worst: r.plain(r.words.WorstPain, fonts.Regular)}
	if len(b.Question) > 0 {
		n.question = some(r.text(b.Question, fonts.Regular))
	}
	for i := range 11 {
		n.numbers = append(n.numbers, r.plain(strconv.Itoa(i), fonts.Bold))
	}
	return n
}

type scaleSlab struct {
	question *textSlab // nil for none
	numbers  []*textSlab
	ends     [2]*textSlab
	per      int // numbers in a row
	cell     Length
	para     Length
	color    picture.Color
}

// A number's box: large enough to draw a circle round the number with a thick pen.
var (
	scaleHeight = MM(8)
	scaleLeast  = MM(6.5)
	scaleMost   = MM(12)
)

func (c *compositor) scale(n *scaleNode, width Length) slab {
	s := &scaleSlab{per: 11, para: c.look.Para, color: c.theme.muted}
	if n.question != nil {
		s.question = c.para(n.question, min(width, c.look.Body*maxMeasure/1000))
	}
	for width/Length(s.per) < scaleLeast && s.per > 1 {
		s.per = (s.per + 1) / 2
	}
	s.cell = min(width/Length(s.per), scaleMost)
	k := c.ink(c.look.Body)
	for _, t := range n.numbers {
		l := c.text(noRole, t, s.cell, k, scaleHeight)
		l.align = alignMiddle
		s.numbers = append(s.numbers, l)
	}
	half := s.cell * Length(s.per) / 2
	s.ends = [2]*textSlab{c.text(noRole, n.none, half, k, c.look.Lead), c.text(noRole, n.worst, half, k, c.look.Lead)}
	s.ends[1].align = alignEnd
	return s
}

func (s *scaleSlab) rows() int { return (len(s.numbers) + s.per - 1) / s.per }

// top is where the boxes begin.
func (s *scaleSlab) top() Length {
	if s.question == nil {
		return 0
	}
	return s.question.height() + s.para
}

const scaleGap = 3 * Point

func (s *scaleSlab) height() Length {
	return s.top() + Length(s.rows())*(scaleHeight+scaleGap) + max(s.ends[0].height(), s.ends[1].height())
}

func (s *scaleSlab) print(p *press, at XY, tag int) {
	if s.question != nil {
		s.question.print(p, at, tag)
	}
	at.Y += s.top()
	under := at.Y + Length(s.rows())*(scaleHeight+scaleGap)
	list := p.list(tag, Unlabelled)
	for i, n := range s.numbers {
		body := p.tag(LBody, p.tag(LI, list))
		x := at.X + Length(i%s.per)*s.cell
		y := at.Y + Length(i/s.per)*(scaleHeight+scaleGap)
		p.frame(Artifact, Rect{x + Point, y, s.cell - 2*Point, scaleHeight}, 3*Point, Point*3/4, s.color)
		n.printLines(p, XY{x, y}, body)
		switch i {
		case 0:
			s.ends[0].printLines(p, XY{at.X, under}, body)
		case len(s.numbers) - 1:
			s.ends[1].printLines(p, XY{at.X + s.ends[0].measure, under}, body)
		}
	}
}
