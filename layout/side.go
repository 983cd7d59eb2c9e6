package layout

import (
	"slices"

	"handout/content/picture"
)

// The look cards: the stretches first and large, the text in a narrow column at
// their side, warnings below both.

// sideAt is the look cards at a type size: loose from 0 (tight) to 2 (airy).
func sideAt(body Length, loose int) rung {
	r, l := classicAt(body, loose), Length(loose)
	// the same on every rung: what one column gains the other loses
	r.Gutter, r.Side, r.Narrow = 20*Point, 166*Point, 128*Point
	r.Section = r.Lead / 2
	r.Picture, r.PictureHeight = 124*Point, (78+14*l)*Point
	r.Cards = 2
	return r
}

// sideSlab is the two columns of the look.
type sideSlab struct {
	c       *compositor
	page    Size
	side    Length // width of the side column
	logo    Rect
	mark    *picture.Picture // the clinic's logo
	clinic  *stackBox        // name and tagline: decoration
	contact *stackBox
	text    *stackBox
	textY   Length // below the clinic, from the slab's top
	main    *stackBox
	mainX   Length
}

// beside arranges a page in the look cards. On a crowded one the side column may be
// narrow, if that takes less height: then the booking code stands beside the title,
// and the stop rule below both columns. A page without stretches has its text in two
// columns, for there is nothing it could stand beside.
func (d *draft) beside(sections []picked) {
	if !slices.ContainsFunc(d.copy.sections, func(s *section) bool { return len(s.cards) > 0 }) {
		d.columns(sections)
		return
	}
	d.sides(sections, d.comp.look.Side, false)
	if look := d.comp.look; look.RunOn {
		wide, spare := d.bands, d.spare()
		d.bands = nil
		d.sides(sections, look.Narrow, true)
		if d.spare() <= spare {
			d.bands = wide
		}
	}
}

// sides sets a page with a side column of the given width.
func (d *draft) sides(sections []picked, side Length, narrow bool) {
	comp, f := d.comp, d.copy.frame
	if narrow {
		tight := *comp.look
		tight.Gap, tight.PictureHeight = tight.Gap*3/4, tight.PictureHeight*6/7
		comp = comp.setter.compositor(tight, comp.theme, comp.strong)
	}
	look := comp.look
	s := &sideSlab{c: comp, page: d.page, side: side, mainX: look.Margin + side + look.Gutter}
	width := d.inner() - side - look.Gutter
	opening := d.copy.sections[0]
	s.main = comp.opener(f, width, narrow)

	s.text = &stackBox{}
	tinted := comp.setter.compositor(*look, comp.theme.onTint, comp.strong)
	for _, n := range opening.full.nodes {
		s.text.put(look.Para, of(part(InOpening), tinted.node(n, side)))
	}
	var below []picked
	for _, p := range append([]picked{{opening, &passage{}, 0}}, sections...) {
		if !p.slot {
			if p.head != nil {
				s.text.put(look.Section*3/2, of(p.named(), tinted.heading(p.head, side)))
				s.text.put(look.Head, of(p.named(), tinted.passage(p.said, side)))
			}
			continue
		}
		if p.head != nil && len(p.cards)+len(p.said.nodes) > 0 {
			s.main.put(look.Gap, of(p.named(), comp.heading(p.head, width)))
		}
		if len(p.said.nodes) > 0 {
			s.main.put(look.Para, of(p.named(), comp.passage(p.said, width)))
		}
		if len(p.cards) > 0 {
			s.main.put(look.Para, comp.grid(p.cards, width, d.plan))
		}
		rest := &section{at: p.at, name: p.name}
		for _, n := range p.after {
			if isStopRule(n) && !narrow {
				s.main.put(look.Gap, of(part(InStopRule), comp.node(n, width)))
			} else {
				rest.after = append(rest.after, n)
			}
		}
		below = append(below, picked{section: rest, n: p.n})
	}
	s.brand(f)
	d.top = topEdge
	d.put(part(InStretches), s, 0)
	for _, p := range below {
		d.after(p, d.inner())
	}
}

// opener is the title and whose page it is, on top of the main column; the booking
// code stands beside either.
func (c *compositor) opener(f *frameCopy, width Length, narrow bool) *stackBox {
	look, th := c.look, c.theme
	main := &stackBox{}
	title, w := main, width
	if f.code != nil && narrow {
		code, lines, reach := c.code(f, width)
		main.put(0, code)
		title, w = lines, width-reach-look.Gutter
		plain := *f
		plain.code, f = nil, &plain
	}
	titled := &stackBox{}
	c.title(titled, f, w, 0)
	title.put(0, of(part(InTitle), titled))
	main.put(look.Gap, of(part(InName), &panelBox{width: width, pad: insets{start: 13 * Point},
		bar:    stroke{3 * Point, th.accent},
		inside: c.panel(f, width-panelPad)}))
	if f.note != nil {
		main.put(look.Gap, of(part(InNote), c.note(f.note, width)))
	}
	return main
}

// brand sets the clinic at the head of the side column.
func (s *sideSlab) brand(f *frameCopy) {
	c, look := s.c, s.c.look
	th, width := c.theme, s.side
	if f.logo != nil {
		w, h := f.logo.Size()
		s.logo, s.mark = fitBox(w, h, width, 40*Point), th.printed(f.logo)
	}
	s.clinic = &stackBox{}
	if f.clinic != nil {
		s.clinic.put(0, c.display(noRole, f.clinic, width,
			ink{size: 14 * Point, color: th.main, strong: th.main}, 17*Point))
	}
	if f.tagline != nil {
		s.clinic.put(0, c.text(noRole, f.tagline, width,
			ink{size: 10 * Point, color: th.text, strong: th.text}, 12*Point))
	}
	s.contact = &stackBox{}
	for _, t := range f.contact {
		s.contact.put(0, c.text(P, t, width, ink{size: 10 * Point, color: th.text, strong: th.text, bare: true},
			13*Point))
	}
	for _, h := range []Length{s.logo.H, s.clinic.height(), s.contact.height()} {
		if h > 0 {
			s.textY += h + 4*Point
		}
	}
	if s.textY > 0 {
		s.textY += look.Gap
	}
}

func (s *sideSlab) height() Length            { return max(s.textY+s.text.height(), s.main.height()) }
func (s *sideSlab) firstLine() (Length, bool) { return 0, false }
func (s *sideSlab) settle(Length) box         { return s }

func (s *sideSlab) print(p *press, at XY, tag int) {
	look, th := s.c.look, s.c.theme
	edge := look.Margin + s.side + look.Gutter/2
	if th.mono {
		p.rect(Artifact, Rect{edge - Point/2, at.Y, Point, s.height()}, 0, th.rule)
	} else {
		p.rect(Artifact, Rect{look.Bleed, 0, edge - look.Bleed, at.Y + s.height() + 6*Point}, 0, th.tint)
	}
	y := at.Y
	if s.logo.H > 0 {
		p.image(Artifact, Rect{at.X, y, s.logo.W, s.logo.H}, s.mark)
		y += s.logo.H + 4*Point
	}
	for _, part := range s.clinic.parts {
		part.(*wordsBox).printLines(p, XY{at.X, y}, Artifact)
		y += part.height()
	}
	if len(s.clinic.parts) > 0 {
		y += 4 * Point
	}
	s.main.print(p, XY{s.mainX, at.Y}, tag)
	s.text.print(p, XY{at.X, at.Y + s.textY}, tag)
	p.part = Part{Kind: InContact}
	s.contact.print(p, XY{at.X, y}, tag)
}
