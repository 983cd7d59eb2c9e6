package layout

// The look letter: one column, as from a person to a person. The clinic on top, the
// date, a greeting; lists read on as sentences; the therapist's name at the end.

// letterAt is the look letter at a type size: loose from 0 (tight) to 2 (airy).
func letterAt(body Length, loose int) rung {
	r := classicAt(body, loose)
	r.Title = 165
	r.Margin = 48 * Point
	r.Prose = true
	return r
}

// letter arranges a page in the look letter.
func (d *draft) letter(sections []picked) {
	comp, look, f, inner := d.comp, d.comp.look, d.copy.frame, d.inner()
	// On a crowded page the date stands at the end of the greeting's line.
	inline := look.RunOn && f.dear != nil && f.date != nil
	d.head = comp.letterhead(f, d.page, !inline)
	d.top = d.head.bottom

	opening := &stackSlab{role: noRole}
	if inline {
		opening.put(0, comp.facing(f.dear, f.date, inner))
	} else if f.dear != nil {
		opening.put(0, comp.node(&paraNode{role: P, text: f.dear}, inner))
	} else {
		opening.put(0, comp.fields(&fieldsNode{labels: []*text{f.label}}, inner/2))
	}
	if f.note != nil {
		opening.put(look.Para+Point, comp.node(&paraNode{role: P, text: f.note}, inner))
	}
	first := d.copy.sections[0]
	for _, n := range first.full {
		opening.put(look.Para+Point, comp.node(n, inner))
	}
	d.put("the opening", opening, look.Gap)
	d.cards(first, inner)
	d.after(first, inner)
	for _, s := range sections {
		if s.slot {
			d.slot(s, inner)
			continue
		}
		d.put(s.name, comp.heading(s.head, inner), look.Section+2*Point)
		d.put(s.name, comp.nodes(s.nodes, inner), 0)
		d.bands[len(d.bands)-1].tied = true
	}
	if end := comp.signature(f, inner); end != nil {
		d.put("the signature", end, look.Gap)
	}
}

// letterhead is the clinic, the date and the title.
func (c *compositor) letterhead(f *frameCopy, page Size, dated bool) *headSlab {
	look, th := c.look, c.theme
	s := &headSlab{c: c, f: f, page: page, titleY: topEdge, lead: &stackSlab{role: noRole}}
	inner := page.W - 2*look.Margin
	if f.clinic != nil || f.logo != nil || len(f.contact) > 0 {
		s.titleY = s.brand(topEdge, inner) + 8*Point
	}
	s.title = &stackSlab{role: noRole}
	title, w := s.title, inner
	if f.code != nil {
		// The booking code stands beside the date and the title.
		code := c.code(f, inner)
		s.title.put(0, code)
		title, w = code.lines, inner-code.reach()-look.Gutter
	}
	if f.date != nil && dated {
		title.put(0, c.text(P, f.date, w, ink{size: look.Body, color: th.text, strong: th.text}, look.Lead))
	}
	size := look.Body * look.Title / 100
	title.put(look.Para, c.text(H1, f.title, w, ink{size: size, color: th.main, strong: th.main}, size*112/100))
	if f.subtitle != nil {
		title.put(0, c.text(P, f.subtitle, w, ink{size: look.Body, color: th.muted, strong: th.muted}, look.Lead))
	}
	s.bottom = s.titleY + s.title.height()
	return s
}

// signature is who wrote, and when to come again.
func (c *compositor) signature(f *frameCopy, width Length) slab {
	lines := &stackSlab{role: noRole}
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
