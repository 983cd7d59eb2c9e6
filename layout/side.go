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
	r.Gutter, r.Side, r.Narrow = 20*Point, 166*Point, 128*Point // the same on every rung: what one column gains the other loses
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
	clinic  *stackSlab       // name and tagline: decoration
	contact *stackSlab
	text    *stackSlab
	textY   Length // below the clinic, from the slab's top
	main    *stackSlab
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

	s.text = &stackSlab{role: noRole}
	tinted := comp.setter.compositor(*look, comp.theme.onTint, comp.strong)
	for _, n := range opening.full.nodes {
		s.text.put(look.Para, &ofSlab{Part{Kind: InOpening}, tinted.node(n, side)})
	}
	var below []picked
	for _, p := range append([]picked{{opening, &passage{}, 0}}, sections...) {
		if !p.slot {
			if p.head != nil {
				s.text.put(look.Section*3/2, &ofSlab{p.named().Part, tinted.heading(p.head, side)})
				s.text.put(look.Head, &ofSlab{p.named().Part, tinted.passage(p.said, side)})
			}
			continue
		}
		if p.head != nil && len(p.cards)+len(p.said.nodes) > 0 {
			s.main.put(look.Gap, &ofSlab{p.named().Part, comp.heading(p.head, width)})
		}
		if len(p.said.nodes) > 0 {
			s.main.put(look.Para, &ofSlab{p.named().Part, comp.passage(p.said, width)})
		}
		if len(p.cards) > 0 {
			s.main.put(look.Para, comp.grid(p.cards, width, d.plan))
		}
		rest := &section{at: p.at, name: p.name}
		for _, n := range p.after {
			if isStopRule(n) && !narrow {
				s.main.put(look.Gap, &ofSlab{Part{Kind: InStopRule}, comp.node(n, width)})
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
func (c *compositor) opener(f *frameCopy, width Length, narrow bool) *stackSlab {
	look, th := c.look, c.theme
	main := &stackSlab{role: noRole}
	title, w := main, width
	if f.code != nil && narrow {
		code := c.code(f, width)
		main.put(0, code)
		title, w = code.lines, width-code.reach()-look.Gutter
		plain := *f
		plain.code, f = nil, &plain
	}
	titled := &stackSlab{role: noRole}
	c.title(titled, f, w, 0)
	title.put(0, &ofSlab{Part{Kind: InTitle}, titled})
	main.put(look.Gap, &ofSlab{Part{Kind: InName}, &boxSlab{role: noRole, width: width, pad: insets{start: 13 * Point}, bar: th.accent,
		barWidth: 3 * Point, inside: c.panel(f, width-panelPad)}})
	if f.note != nil {
		main.put(look.Gap, &ofSlab{Part{Kind: InNote}, c.note(f.note, width)})
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
	s.clinic = &stackSlab{role: noRole}
	if f.clinic != nil {
		s.clinic.put(0, c.display(noRole, f.clinic, width, ink{size: 14 * Point, color: th.main, strong: th.main}, 17*Point))
	}
	if f.tagline != nil {
		s.clinic.put(0, c.text(noRole, f.tagline, width, ink{size: 10 * Point, color: th.text, strong: th.text}, 12*Point))
	}
	s.contact = &stackSlab{role: noRole}
	for _, t := range f.contact {
		s.contact.put(0, c.text(P, t, width, ink{size: 10 * Point, color: th.text, strong: th.text, bare: true}, 13*Point))
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

func (s *sideSlab) height() Length { return max(s.textY+s.text.height(), s.main.height()) }

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
		part.(*textSlab).printLines(p, XY{at.X, y}, Artifact)
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
