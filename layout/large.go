package layout

// The large edition: 18 points or more (American Printing House for the Blind), one
// column, the lines a quarter and more of their size apart. Each look keeps its
// face: classic its band, cards the stretches first on a tinted head, letter its greeting and sentences, plain its
// black. What height is left goes to the figures.

// largeAt is the large edition at a type size: loose from 0 (tight) to 2 (airy), and
// on to 4 with larger figures.
func largeAt(body Length, loose int) rung {
	l, wide := Length(min(loose, 2)), Length(max(loose-2, 0))
	return rung{
		Body:          body,
		Lead:          body * (125 + 5*l) / 100,
		Title:         160,
		Small:         12 * Point,
		Least:         LargePrint,
		Contact:       body,
		Margin:        30 * Point,
		Gutter:        20 * Point,
		Gap:           (5 + 4*l) * Point,
		Section:       (5 + 3*l) * Point,
		Head:          2 * l * Point,
		Para:          (4 + 2*l) * Point,
		Item:          2 * l * Point,
		Picture:       (150 + 36*wide) * Point,
		PictureHeight: (84 + 12*l + 24*wide) * Point,
		Cards:         1,
	}
}

// large arranges a page of the large edition.
func (d *draft) large(sections []picked) {
	comp, look, f, inner := d.comp, d.comp.look, d.copy.frame, d.inner()
	d.head = comp.largeHead(f, d.page)
	d.head.ground = d.copy.design.first
	d.top = d.head.bottom

	opening := d.copy.sections[0]
	greeting := &stackBox{}
	if f.note != nil {
		greeting.put(look.Para, comp.note(f.note, inner))
	}
	for _, n := range opening.full.nodes {
		greeting.put(look.Para, comp.node(n, inner))
	}
	if len(greeting.parts) > 0 {
		d.put(part(InOpening), greeting, look.Gap)
	}
	d.cards(opening, inner)
	d.after(picked{section: opening}, inner)
	var last []picked
	if d.copy.design.first {
		sections, last = cardsFirst(sections)
	}
	for _, s := range sections {
		if s.slot {
			d.slot(s, inner)
			continue
		}
		d.put(s.named(), comp.heading(s.head, inner), look.Section)
		d.put(s.named(), comp.passage(s.said, inner), look.Head)
		d.bands[len(d.bands)-1].tied = true
	}
	for _, s := range last {
		d.after(s, inner)
	}
}

// cardsFirst is sections with that of the stretches before the others, and what
// follows its stop rule, which comes last.
func cardsFirst(sections []picked) (first, last []picked) {
	var rest []picked
	for _, p := range sections {
		if !p.slot {
			rest = append(rest, p)
			continue
		}
		near, far := *p.section, section{at: p.at, name: p.name}
		near.after = nil
		for _, n := range p.after {
			if isStopRule(n) {
				near.after = append(near.after, n)
			} else {
				far.after = append(far.after, n)
			}
		}
		first = append(first, picked{&near, p.said, p.n})
		last = append(last, picked{section: &far, n: p.n})
	}
	return append(first, rest...), last
}

// largeHead is the clinic with its phone, the title, and between two rules whose
// page it is.
func (c *compositor) largeHead(f *frameCopy, page Size) *headSlab {
	look := c.look
	s := &headSlab{c: c, f: f, page: page, titleY: topEdge, title: &stackBox{}, lead: &stackBox{}}
	inner := page.W - 2*look.Margin
	if f.clinic != nil || f.logo != nil || len(f.contact) > 0 {
		s.titleY = s.brand(topEdge, inner) + look.Gap
	}
	title, w := s.title, inner
	if f.code != nil {
		code, lines, reach := c.code(f, inner)
		s.title.put(0, code)
		title, w = lines, inner-reach-look.Gutter
	}
	c.title(title, f, w, 0)
	s.title.put(look.Para, c.whose(f, inner))
	s.bottom = s.titleY + s.title.height()
	return s
}

// whose is whose page it is: the name between two rules, or a letter's greeting, and where
// there is room for it the date on the same line.
func (c *compositor) whose(f *frameCopy, width Length) *stackBox {
	name := f.name
	if c.look.Prose {
		name = f.dear
	}
	lines, visit := &stackBox{}, f.visit
	switch {
	case name == nil:
		lines.put(0, c.fields(&fieldsNode{labels: []*text{f.label}}, width))
	case len(visit) > 0:
		lines.put(0, c.facing(name, visit[0], width))
		visit = visit[1:]
	default:
		lines.put(0, c.named(name, width))
	}
	for _, t := range visit {
		lines.put(0, c.para(t, width))
	}
	lines.as.Part = Part{Kind: InName}
	if c.look.Prose {
		return lines
	}
	s, pad := &stackBox{as: lines.as}, 3*Point
	s.put(0, rule(width, 3*Point/2, c.theme.accent))
	s.put(pad, lines)
	s.put(pad, rule(width, 3*Point/2, c.theme.accent))
	return s
}

// facing is a line with the date at its end, or below it where that is too near.
func (c *compositor) facing(t, date *text, width Length) box {
	d, size := c.para(date, width), c.look.Body
	wide := date.about(width, size)
	if !date.once { // all but the next visit, where there is no date
		wide = scale(date.width(), size)
	}
	if t.goesInto(width-c.look.Gutter-wide, size) {
		d.align = alignEnd
		row := &rowBox{}
		row.put(0, alignStart, c.named(t, width))
		row.put(0, alignStart, d)
		return row
	}
	s := &stackBox{}
	s.put(0, c.named(t, width))
	s.put(0, d)
	return s
}
