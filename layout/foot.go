package layout

import "unicode/utf8"

// The foot of a page: the small print and the imprint, side by side.

// footSlab is the small print.
type footSlab struct {
	small, mark *wordsBox
	address     *wordsBox // above them; nil for none
	margin      Length
	total       Length
	piled       bool // the imprint is below the small print
}

func (c *compositor) foot(f *frameCopy, inner Length) *footSlab {
	return furnish(&f.alone, c.at(inner, asFoot, false), func(at setting) *footSlab { return at.c.setFoot(f, inner) })
}

func (c *compositor) setFoot(f *frameCopy, inner Length) *footSlab {
	s := &footSlab{margin: c.look.Margin}
	k := ink{size: c.look.Small, color: c.theme.muted, strong: c.theme.muted}
	s.set(c, f, inner, k)
	if c.longClinic(f) && f.place != nil { // it has no room in the head
		k.bare = true
		s.address = c.text(P, f.place, inner, k, k.size*22/17)
		s.total += s.address.height()
	}
	return s
}

// set puts the small print and the imprint on one line or, where they have no room there,
// below each other.
func (s *footSlab) set(c *compositor, f *frameCopy, inner Length, k ink) {
	lead := k.size * 22 / 17
	if f.small == nil {
		s.mark = c.text(noRole, f.mark, inner, k, lead)
		s.mark.align = alignEnd
	} else if most := scale(f.small.width(), k.size) + Point; f.mark.goesInto(inner-most-6*Point, k.size) {
		s.mark, s.small = c.text(noRole, f.mark, inner-most-5*Point, k, lead), c.text(noRole, f.small, most, k, lead)
		s.mark.align = alignEnd
	} else {
		s.mark, s.small = c.text(noRole, f.mark, inner, k, lead), c.text(noRole, f.small, inner, k, lead)
		s.piled = true
		s.total = s.small.height()
	}
	s.total += s.mark.height()
}

func (s *footSlab) print(p *press, y Length) {
	if s.address != nil {
		s.address.print(p, XY{s.margin, y}, 0)
		y += s.address.height()
	}
	if s.piled {
		s.small.printLines(p, XY{s.margin, y}, Artifact)
		s.mark.printLines(p, XY{s.margin, y + s.small.height()}, Artifact)
		return
	}
	s.mark.printLines(p, XY{p.page.Size.W - p.strip - s.margin - s.mark.measure, y}, Artifact)
	if s.small != nil {
		s.small.printLines(p, XY{s.margin, y}, Artifact)
	}
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
