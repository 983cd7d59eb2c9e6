package layout

import "unicode/utf8"

// The foot of a page: the footnotes, smaller than the text, and below them the small print and the imprint,
// side by side. In the text the marks of notes are raised figures, tagged Reference; a note is tagged Note,
// its figure Lbl.

// foot sets the small print and the imprint on one line or, where they have no room there,
// below each other.
func (f *frameCopy) foot(c *compositor, inner Length) box {
	s, k := &stackBox{}, solid(c.look.Small, c.theme.muted)
	lead := k.size * 22 / 17
	if c.longClinic(f) && f.place != nil { // it has no room in the head
		address := c.text(P, f.place, inner, k, lead)
		address.ink.bare = true
		s.put(0, address)
	}
	words := func(t *text, width Length, at align) box { return c.text(noRole, t, width, k, lead).to(at).silent() }
	if f.small == nil {
		s.put(0, words(f.mark, inner, alignEnd))
	} else if most := scale(f.small.width(), k.size) + Point; f.mark.goesInto(inner-most-6*Point, k.size) {
		row, rest := &rowBox{}, inner-most-5*Point
		row.put(inner-rest, alignStart, words(f.mark, rest, alignEnd))
		row.put(0, alignStart, words(f.small, most, alignStart))
		s.put(0, row)
	} else {
		s.put(0, words(f.small, inner, alignStart))
		s.put(0, words(f.mark, inner, alignStart))
	}
	return s
}

// footSize is the smallest type on a page.
const footSize = 8*Point + Point/2

// longClinic tells a name that leaves no room for the address beside it.
func (c *compositor) longClinic(f *frameCopy) bool {
	return f.clinic != nil && !c.look.large() &&
		utf8.RuneCountInString(f.clinic.spans.String()) > longName
}

// longName is the length from which on a clinic's name is long: two lines of it.
const longName = 60

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
