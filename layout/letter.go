package layout

// The look letter: one column, as from a person to a person. The clinic on top, the
// date, a greeting; lists read on as sentences; the therapist's name at the end.

// letterAt is the look letter at a type size: loose from 0 (tight) to 2 (airy).
func letterAt(body Length, loose int) rung {
	r := classicAt(body, loose)
	l := Length(loose)
	r.Lead = body * (122 + 6*l) / 100
	r.Section, r.Head, r.Item = (5+2*l)*Point, l*Point, l*Point // one column needs no grid
	r.Title = 165
	r.Margin = 48 * Point
	return r
}

// letter arranges a page in the look letter.
func (d *draft) letter(sections []picked) {
	comp, look, f, inner := d.comp, d.comp.look, d.copy.frame, d.inner()
	// On a crowded page the date stands at the end of the greeting's line, and the
	// booking code reaches down beside the opening, whose lines end before it anyway.
	inline := look.RunOn && f.dear != nil && f.date != nil
	d.head = comp.letterhead(f, d.page, !inline)
	air, wide, reach := Point, inner, Length(0)
	if look.RunOn && look.Body <= clearPrint {
		air = 0
		wide, reach = d.head.hang(inner)
	}
	d.top = d.head.bottom

	opening := &stackBox{}
	if inline {
		opening.put(0, comp.facing(f.dear, f.date, wide))
	} else if f.dear != nil {
		opening.put(0, comp.named(f.dear, comp.readable(wide)))
	} else {
		opening.put(0, comp.fields(&fieldsNode{labels: []*text{f.label}}, inner/2))
	}
	opening.parts[0] = of(part(InName), opening.parts[0])
	if f.note != nil {
		opening.put(look.Para+air, of(part(InNote), comp.node(&paraNode{role: P, text: f.note}, wide)))
	}
	first := d.copy.sections[0]
	for _, n := range first.full.nodes {
		opening.put(look.Para+air, comp.node(n, wide))
	}
	d.put(part(InOpening), opening, look.Gap+max(0, reach-opening.height()))
	d.cards(first, inner)
	d.after(picked{section: first}, inner)
	for _, s := range sections {
		if s.slot {
			d.slot(s, inner)
			continue
		}
		d.put(s.named(), comp.heading(s.head, inner), look.Section+2*air)
		d.put(s.named(), comp.passage(s.said, inner), 0)
		d.bands[len(d.bands)-1].tied = true
	}
	if end := comp.signature(f, inner); end != nil {
		d.put(part(InName), end, look.Gap)
	}
}

// hang lets the booking code reach below the title. It returns the width beside it
// and how far it reaches; width and nothing where there is no code.
func (s *headSlab) hang(width Length) (beside, reach Length) {
	row, ok := s.title.parts[0].(*rowBox)
	if !ok {
		return width, 0
	}
	down := max(0, row.height()-row.cells[0].box.height())
	s.bottom -= down
	return width - s.reach - s.c.look.Gutter, down
}

// letterhead is the clinic, the date and the title.
func (c *compositor) letterhead(f *frameCopy, page Size, dated bool) *headSlab {
	look, th := c.look, c.theme
	s := &headSlab{c: c, f: f, page: page, titleY: topEdge, lead: &stackBox{}}
	inner := page.W - 2*look.Margin
	if f.clinic != nil || f.logo != nil || len(f.contact) > 0 {
		s.titleY = s.brand(topEdge, inner) + 8*Point
	}
	s.title = &stackBox{}
	title, w := s.title, inner
	if f.code != nil {
		// The booking code stands beside the date and the title.
		code, lines, reach := c.code(f, inner)
		s.title.put(0, code)
		title, w, s.reach = lines, inner-reach-look.Gutter, reach
	}
	if f.date != nil && dated {
		title.put(0, c.text(P, f.date, w, ink{size: look.Body, color: th.text, strong: th.text}, look.Lead))
	}
	c.title(title, f, w, look.Para)
	s.bottom = s.titleY + s.title.height()
	return s
}

// signature is who wrote, and when to come again.
func (c *compositor) signature(f *frameCopy, width Length) box {
	lines := &stackBox{}
	for _, t := range []*text{f.who, f.next} {
		if t != nil {
			lines.put(0, c.para(t, width))
		}
	}
	if len(lines.parts) == 0 {
		return nil
	}
	return lines
}
