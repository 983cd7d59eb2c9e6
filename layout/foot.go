package layout

import "unicode/utf8"

// The foot of a page: the small print and the imprint, side by side.

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
