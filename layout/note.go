package layout

import (
	"handout/content"
	"handout/fonts"
)

// Footnotes stand at the end of a page's text, smaller than it. In the text their
// marks are raised figures, tagged Reference; a note is tagged Note, its figure Lbl.

type noteCopy struct{ mark, text *text }

// notes reads the footnotes. Their figures are those of their marks.
func (r *reader) notes(notes []*content.Paragraph) []noteCopy {
	var out []noteCopy
	for i, n := range notes {
		r.at = n.Position
		out = append(out, noteCopy{r.plain(content.Superior(i+1), fonts.Regular), r.text(n.Text, fonts.Regular)})
	}
	return out
}

type notesSlab struct {
	marks, texts []*textSlab
	indent       Length
	theme        *theme
}

// noteSize is the type size of footnotes: four fifths of the text's, and as large
// as all else that is read on a page in large print.
func noteSize(body Length) Length {
	if body >= largePrint {
		return body
	}
	return max(body*8/10, scanSize)
}

const noteRule = 4 * Point // from the rule above the notes to the first of them

func (c *compositor) notes(notes []noteCopy, width Length) slab {
	size := noteSize(c.look.Body)
	k := ink{size: size, color: c.theme.text, strong: c.theme.text}
	s := &notesSlab{theme: c.theme}
	for _, n := range notes {
		s.indent = max(s.indent, scale(n.mark.width(), size)+size*3/10)
	}
	for _, n := range notes {
		s.marks = append(s.marks, c.text(Lbl, n.mark, s.indent, k, size*125/100))
		s.texts = append(s.texts, c.text(noRole, n.text, min(width, size*maxMeasure/1000)-s.indent, k, size*125/100))
	}
	return s
}

func (s *notesSlab) height() Length {
	h := noteRule
	for _, t := range s.texts {
		h += t.height()
	}
	return h
}

func (s *notesSlab) print(p *press, at XY, tag int) {
	p.rule(at.X, at.Y, Inch, Point/2, s.theme.rule)
	at.Y += noteRule
	for i, t := range s.texts {
		note := p.tag(Note, tag)
		s.marks[i].print(p, at, note)
		t.printLines(p, XY{at.X + s.indent, at.Y}, note)
		at.Y += t.height()
	}
}
