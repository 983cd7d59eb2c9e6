package layout

// Footnotes stand at the end of a page's text, smaller than it. In the text their
// marks are raised figures, tagged Reference; a note is tagged Note, its figure Lbl.

// noteSize is the type size of footnotes: four fifths of the text's, and as large
// as all else that is read on a page in large print.
func noteSize(body Length) Length {
	if body >= LargePrint {
		return body
	}
	return max(body*8/10, scanSize)
}

const noteRule = 4 * Point // from the rule above the notes to the first of them

func (f *frameCopy) footnotes(c *compositor, width Length) box {
	size := noteSize(c.look.Body)
	k := solid(size, c.theme.text)
	var indent Length
	for _, n := range f.notes {
		indent = max(indent, scale(n.mark.width(), size)+size*3/10)
	}
	s, gap := &stackBox{}, noteRule
	s.put(0, rule(Inch, Point/2, c.theme.rule))
	for _, n := range f.notes {
		r := &rowBox{as: tagOf(Note)}
		r.put(0, alignStart, c.text(Lbl, n.mark, indent, k, size*125/100))
		r.put(indent, alignStart, c.text(noRole, n.text, min(width, size*maxMeasure/1000)-indent, k, size*125/100))
		s.put(gap, r)
		gap = 0
	}
	return s
}
