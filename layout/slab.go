package layout

import (
	"fmt"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

// slab is copy set at a size and a width: it knows its height, and how to print
// itself below a place. It is implemented by
//
//	*textSlab
//	*listSlab
//	*stackSlab
//	*boxSlab
//	*figureSlab
//	*fieldSlab
//	*diarySlab
//	*scaleSlab
//	*lightsSlab
//	*qrSlab
//	*gridSlab
//	*columnsSlab
//	*cardSlab
//	*rowSlab
//	*ofSlab
//	*ruleSlab
type slab interface {
	height() Length
	print(p *press, at XY, tag int)
}

// compositor sets copy at one rung. It is the setter's: equal ones are the same.
type compositor struct {
	setter *Setter
	look   *rung
	theme  *theme
	strong picture.Color // bold words in running text
}

// ink is running text at a size.
func (c *compositor) ink(size Length) ink {
	return ink{size: size, color: c.theme.text, strong: c.strong}
}

// textSlab is a paragraph or heading.
type textSlab struct {
	role    Role
	text    *text
	lines   *broken
	measure Length
	lead    Length
	base    Length // of the first line, from the top
	ink     ink
	align   align
	heads   Scope // of a TH
}

func (c *compositor) text(role Role, t *text, width Length, k ink, lead Length) *textSlab {
	return &textSlab{role: role, text: t, lines: t.at(measureOf(width, k.size)), measure: width, lead: lead, base: baseline(k.size, lead), ink: k}
}

// para is running text in the look's own size.
func (c *compositor) para(t *text, width Length) *textSlab {
	return c.text(P, t, width, c.ink(c.look.Body), c.look.Lead)
}

func (s *textSlab) height() Length { return s.lead * Length(len(s.lines.lines)) }

func (s *textSlab) print(p *press, at XY, tag int) {
	if s.role != noRole && !s.text.empty() {
		tag = p.tag(s.role, tag)
		p.tags[tag].Heads, p.tags[tag].Lang = s.heads, s.text.lang
	}
	s.printLines(p, at, tag)
}

func (s *textSlab) printLines(p *press, at XY, tag int) {
	base := at.Y + s.base
	for n := range s.lines.lines {
		p.line(tag, s.text, s.lines, n, lineBox{at.X, base, s.measure, s.align, s.ink})
		base += s.lead
	}
}

// baseline is how far below the top of a line its baseline is: the space between
// the top of the x-height's middle and the line's middle comes out even.
// 0.7 of the type size is close to the cap height of every text face.
func baseline(size, lead Length) Length { return (lead + size*7/10) / 2 }

// ofSlab is a slab that is a part of the page.
type ofSlab struct {
	part Part
	slab
}

func (s *ofSlab) print(p *press, at XY, tag int) {
	defer func(was Part) { p.part = was }(p.part)
	p.part = s.part
	s.slab.print(p, at, tag)
}

// noRole marks a text that is printed into its parent's tag.
const noRole Role = 255

// stackSlab is slabs one below the other.
type stackSlab struct {
	role  Role // of the tag round them; noRole for none
	parts []slab
	gaps  []Length // before each part; the first is not used
}

func (s *stackSlab) put(gap Length, part slab) {
	s.parts, s.gaps = append(s.parts, part), append(s.gaps, gap)
}

func (s *stackSlab) height() Length {
	var h Length
	for i, p := range s.parts {
		if i > 0 {
			h += s.gaps[i]
		}
		h += p.height()
	}
	return h
}

func (s *stackSlab) print(p *press, at XY, tag int) {
	if s.role != noRole {
		tag = p.tag(s.role, tag)
	}
	for i, part := range s.parts {
		if i > 0 {
			at.Y += s.gaps[i]
		}
		part.print(p, at, tag)
		at.Y += part.height()
	}
}

// nodes sets blocks of copy below each other.
func (c *compositor) nodes(ns []node, width Length) *stackSlab {
	s := &stackSlab{role: noRole}
	for _, n := range ns {
		gap := c.look.Para
		if h, ok := n.(*paraNode); ok && h.role != P {
			gap = c.look.Section
		}
		s.put(gap, c.node(n, width))
	}
	return s
}

// node sets one block of copy.
func (c *compositor) node(n node, width Length) slab {
	switch n := n.(type) {
	case *paraNode:
		if n.role != P {
			return c.display(n.role, n.text, width, ink{size: c.look.Body, color: c.theme.main, strong: c.theme.main}, c.look.Lead)
		}
		return c.para(n.text, min(width, c.look.Body*maxMeasure/1000))
	case *listNode:
		switch measure := min(width, c.look.Body*maxMeasure/1000); {
		case c.look.Prose && n.prose != nil:
			return c.para(n.prose, measure)
		case c.look.Prose && n.run != nil, c.look.RunOn && n.run != nil:
			return c.text(P, n.run, measure, ink{size: c.look.Body, color: c.theme.text, strong: c.theme.accent}, c.look.Lead)
		default:
			return c.list(n, measure)
		}
	case *calloutNode:
		return n.set.in(setting{c: c, width: width}, func() slab { return c.callout(n, width) })
	case *figureNode:
		return c.figure(n, width)
	case *fieldsNode:
		return c.fields(n, width)
	case *diaryNode:
		return c.diary(n, width)
	case *scaleNode:
		return c.scale(n, width)
	case *lightsNode:
		return c.lights(n, width)
	case *scanNode:
		return c.scan(n, width)
	case *tableNode:
		return c.table(n, width)
	case *quoteNode:
		indent := c.look.Body
		return &boxSlab{role: BlockQuote, width: width, pad: insets{start: indent}, bar: c.theme.accent, barWidth: 2 * Point,
			inside: c.nodes(n.blocks, width-indent)}
	}
	panic(fmt.Sprintf("layout: unknown copy %T", n))
}

// maxMeasure is the longest line, in thousandths of an em: 70 characters of the
// shipped face (RNIB Clear Print: 60 to 70 characters a line).
const maxMeasure = 36500

// listSlab is a list with hanging bullets or numbers, or boxes to tick.
type listSlab struct {
	counts Numbering
	labels []*textSlab // nil for an item that has a box in place of a bullet
	boxes  []bool      // nil for none
	tick   *textSlab   // what is said of a box
	items  []*stackSlab
	indent Length
	boxX   Length // where boxes begin: after the numbers
	edge   picture.Color
	gap    Length
	raise  Length // of a bullet, down, so that it stands on the middle of the x-height
}

// list sets a list.
func (c *compositor) list(n *listNode, width Length) *listSlab {
	s := &listSlab{gap: c.look.Item, counts: n.counts()}
	size := c.look.Body
	if n.labels == nil {
		s.indent = size * 95 / 100
		s.raise = -size * 8 / 1000
	} else {
		var w fonts.Em
		for _, l := range n.labels {
			w = max(w, l.width())
		}
		s.indent = scale(w, size) + size*45/100
	}
	numbers := s.indent // the width for them
	if n.boxes != nil {
		if n.labels != nil {
			s.boxX = s.indent
		}
		s.boxes, s.edge = n.boxes, c.theme.text
		s.tick = c.text(noRole, n.tick, size, c.ink(size), c.look.Lead)
		s.indent = s.boxX + scale(tickSize, size) + size*55/100
	}
	for i, it := range n.items {
		label := n.bullet
		k := ink{size: size * 115 / 100, color: c.theme.accent, strong: c.theme.accent}
		if n.labels != nil {
			label, k = n.labels[i], ink{size: size, color: c.theme.main, strong: c.theme.main}
		}
		var l *textSlab
		if n.labels != nil || n.boxes == nil || !n.boxes[i] {
			l = c.text(noRole, label, numbers, k, c.look.Lead)
		}
		if n.labels != nil { // numerals end where the text begins
			l.align, l.measure = alignEnd, numbers-size*45/100
		}
		s.labels = append(s.labels, l)
		body := c.nodes(it, width-s.indent)
		body.role = LBody
		s.items = append(s.items, body)
	}
	return s
}

func (s *listSlab) height() Length {
	h := s.gap * Length(len(s.items)-1)
	for _, it := range s.items {
		h += it.height()
	}
	return h
}

func (s *listSlab) print(p *press, at XY, tag int) {
	tag = p.list(tag, s.counts)
	for i, it := range s.items {
		s.printItem(p, at, p.tag(LI, tag), i)
		at.Y += it.height() + s.gap
	}
}

func (s *listSlab) printItem(p *press, at XY, li, i int) {
	label := p.tag(Lbl, li)
	if l := s.labels[i]; l != nil {
		l.printLines(p, XY{at.X, at.Y + s.raise}, label)
	}
	if s.boxes != nil && s.boxes[i] {
		s.printBox(p, at, label)
	}
	it := s.items[i]
	body := p.tag(LBody, li)
	y := at.Y
	for k, part := range it.parts {
		if k > 0 {
			y += it.gaps[k]
		}
		// The first paragraph of an item is the item: it needs no tag of its own.
		if t, ok := part.(*textSlab); ok && k == 0 {
			t.printLines(p, XY{at.X + s.indent, y}, body)
		} else {
			part.print(p, XY{at.X + s.indent, y}, body)
		}
		y += part.height()
	}
}

// tickSize is the side of a box to tick, in thousandths of the type size: a little more
// than the height of capitals.
const tickSize fonts.Em = 780

// printBox draws a box to tick, on the middle of the capitals beside it.
func (s *listSlab) printBox(p *press, at XY, label int) {
	at.X += s.boxX
	size, side := s.tick.ink.size, scale(tickSize, s.tick.ink.size)
	s.tick.printLines(p, at, label)
	p.frame(label, Rect{at.X, at.Y + s.tick.base - (size*67/100+side)/2, side, side}, size/13, size/15, s.edge)
}

type insets struct{ top, bottom, start, end Length }

// boxSlab is something with a ground, an edge or a bar at its start.
type boxSlab struct {
	role     Role
	width    Length
	pad      insets
	fill     *picture.Color
	edge     *picture.Color
	edgeW    Length
	radius   Length
	bar      picture.Color
	barWidth Length
	alarm    Length // size of the alarm sign at the start; 0 for none
	lead     Length // of the line the sign stands beside
	inside   slab
}

func (s *boxSlab) height() Length {
	return max(s.inside.height(), s.alarm) + s.pad.top + s.pad.bottom
}

func (s *boxSlab) print(p *press, at XY, tag int) {
	r := Rect{at.X, at.Y, s.width, s.height()}
	if s.fill != nil {
		p.rect(Artifact, r, s.radius, *s.fill)
	}
	if s.edge != nil {
		p.frame(Artifact, r, s.radius, s.edgeW, *s.edge)
	}
	if s.barWidth > 0 {
		p.rect(Artifact, Rect{r.X, r.Y, s.barWidth, r.H}, 0, s.bar)
	}
	if s.alarm > 0 {
		// It hangs from the top of the first line, or is on its middle where that is taller.
		y := at.Y + s.words() + max(s.lead/2-s.alarm/2, -s.alarm/12)
		p.alarm(XY{at.X + (s.pad.start-s.alarm)/2, y}, s.alarm, *s.edge)
	}
	if s.role != noRole {
		tag = p.tag(s.role, tag)
	}
	s.inside.print(p, XY{at.X + s.pad.start, at.Y + s.words()}, tag)
}

// words is where what is inside begins, from the top.
func (s *boxSlab) words() Length {
	return s.pad.top + max(s.alarm-s.inside.height(), 0)/2
}

// ground gives a box its tint or, where there are no tints, an edge.
func (c *compositor) ground(b *boxSlab) {
	if c.theme.mono {
		b.edge, b.edgeW = &c.theme.rule, Point*3/4
	} else {
		b.fill = &c.theme.tint
	}
}

// callout sets a boxed warning or tip. Where there is width for it, its blocks
// stand in two columns, so that no line is longer than a line may be.
func (c *compositor) callout(n *calloutNode, width Length) slab {
	k := c.ink(c.look.Body)
	b := &boxSlab{role: Sect, width: width, radius: 4 * Point, pad: insets{6 * Point, 7 * Point, 12 * Point, 12 * Point}}
	switch n.kind {
	case content.Caution:
		b.edge, b.edgeW = &c.theme.alarm, 3*Point/2
		b.alarm = max(20*Point, c.look.Body*3/2)
		b.pad.start = b.alarm + 16*Point
		b.lead = c.look.Lead
		k.strong = c.theme.alarm
	case content.Warning:
		b.bar, b.barWidth, b.radius = c.theme.alarm, 3*Point, 0
		b.pad = insets{Point, 2 * Point, 10 * Point, 0}
		k.strong = c.theme.alarm
	default:
		c.ground(b)
	}
	inner := width - b.pad.start - b.pad.end
	in := c.setter.compositor(*c.look, c.theme, k.strong)
	stack := &stackSlab{role: noRole}
	if n.title != nil {
		stack.put(0, c.display(P, n.title, inner, ink{size: c.look.Body, color: k.strong, strong: k.strong}, c.look.Lead))
	}
	stack.put(c.look.Para, in.side(n.blocks, inner))
	b.inside = stack
	return b
}

// side sets the blocks of a callout below each other, or side by side where
// there is width for it and that needs less height.
func (c *compositor) side(ns []node, width Length) slab {
	var best slab = c.nodes(ns, width)
	if width <= c.look.Body*maxMeasure/1000 || len(ns) < 2 {
		return best
	}
	half := (width - c.look.Gutter) / 2
	if s := c.columns(c.chunks(nil, ns, half), half); s.height() < best.height() {
		best = s
	}
	if len(ns) == 3 {
		row, third := &rowSlab{role: noRole}, (width-2*c.look.Gutter)/3
		for i, n := range ns {
			row.put(Length(i)*(third+c.look.Gutter), alignStart, c.node(n, third))
		}
		if row.height() < best.height() {
			best = row
		}
	}
	return best
}

// rowSlab is slabs side by side.
type rowSlab struct {
	role  Role // of the tag round them; noRole for none
	cells []cell
	least Length // how high it is at least
	pad   Length // above and below
}

// cell is a slab in a row: where it begins, and where it stands if others are taller.
type cell struct {
	x    Length
	down align
	slab slab
}

func (s *rowSlab) put(x Length, down align, part slab) {
	s.cells = append(s.cells, cell{x, down, part})
}

func (s *rowSlab) height() Length {
	h := s.least
	for _, k := range s.cells {
		h = max(h, k.slab.height())
	}
	return h + 2*s.pad
}

func (s *rowSlab) print(p *press, at XY, tag int) {
	if s.role != noRole {
		tag = p.tag(s.role, tag)
	}
	for _, k := range s.cells {
		k.slab.print(p, XY{at.X + k.x, at.Y + s.top(k)}, tag)
	}
}

// top is where a cell's slab begins, from the row's own top.
func (s *rowSlab) top(k cell) Length {
	return s.pad + (s.height()-2*s.pad-k.slab.height())*Length(k.down)/2
}

// ruleSlab is a line without height.
type ruleSlab struct {
	width, thick Length
	color        picture.Color
}

func (s *ruleSlab) height() Length               { return 0 }
func (s *ruleSlab) print(p *press, at XY, _ int) { p.rule(at.X, at.Y, s.width, s.thick, s.color) }

// figureSlab is an author's picture with its caption.
type figureSlab struct {
	picture *picture.Picture
	alt     string
	box     Rect // within the slab
	total   Length
	caption *textSlab
}

func (c *compositor) figure(n *figureNode, width Length) slab {
	w, h := n.picture.Size()
	s := &figureSlab{picture: c.theme.printed(n.picture), alt: n.alt}
	s.box = fitBox(w, h, width, c.look.Picture*2)
	s.total = s.box.H
	if n.caption != nil {
		s.caption = c.text(Caption, n.caption, width, ink{size: c.look.Body, color: c.theme.muted, strong: c.theme.muted}, c.look.Lead)
		s.total += 3*Point + s.caption.height()
	}
	return s
}

// fitBox is the largest box of a picture's shape within w by h.
func fitBox(pw, ph float64, w, h Length) Rect {
	k := min(float64(w)/pw, float64(h)/ph)
	return Rect{0, 0, Length(pw*k + .5), Length(ph*k + .5)}
}

func (s *figureSlab) height() Length { return s.total }

func (s *figureSlab) print(p *press, at XY, tag int) {
	box := s.box
	box.X, box.Y = at.X, at.Y
	tag = p.described(Figure, tag, s.alt)
	p.image(tag, box, s.picture)
	if s.caption != nil {
		s.caption.print(p, XY{at.X, box.Bottom() + 3*Point}, tag)
	}
}

// fields sets labels with lines to write on, as many in a row as there is room for.
func (c *compositor) fields(n *fieldsNode, width Length) slab {
	per := 1
	if width > c.look.Body*maxMeasure/1000 && len(n.labels) > 1 {
		per = 2
	}
	w := (width - Length(per-1)*c.look.Gutter) / Length(per)
	s := &stackSlab{role: noRole}
	for i := 0; i < len(n.labels); i += per {
		r := &rowSlab{role: noRole}
		for k, l := range n.labels[i:min(i+per, len(n.labels))] {
			r.put(Length(k)*(w+c.look.Gutter), alignEnd, c.field(l, w))
		}
		s.put(0, r)
	}
	return s
}

// field sets a label with its line after it or, where the label takes most of the width,
// below it: there is to be room to write.
func (c *compositor) field(label *text, width Length) *fieldSlab {
	s := &fieldSlab{width: width, room: max(c.look.Lead, MM(9)), color: c.theme.rule}
	measure := scale(label.width(), c.look.Body) + Point
	if s.below = measure > width*2/3; s.below {
		measure = min(width, c.look.Body*maxMeasure/1000)
	}
	s.label = c.text(P, label, measure, c.ink(c.look.Body), c.look.Lead)
	return s
}

// fieldSlab is a label and a line to write on.
type fieldSlab struct {
	label *textSlab
	width Length
	room  Length // above the line, to write in
	below bool   // the line is below the label
	color picture.Color
}

func (s *fieldSlab) height() Length {
	if s.below {
		return s.words() + s.label.height() + s.room
	}
	return s.room
}

// words is where the label begins: one beside the line stands on it, one above the line
// stands off from that of the field before.
func (s *fieldSlab) words() Length {
	if s.below {
		return s.label.lead / 4
	}
	return s.room - s.label.height() + s.label.lead/8
}

func (s *fieldSlab) print(p *press, at XY, tag int) {
	s.label.print(p, XY{at.X, at.Y + s.words()}, tag)
	from := s.label.measure + 4*Point
	if s.below {
		from = 0
	}
	p.rule(at.X+from, at.Y+s.height()-s.label.lead/8, s.width-from, Point*3/4, s.color)
}
