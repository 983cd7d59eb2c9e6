package layout

import (
	"slices"

	"handout/content"
)

// A stretch as a row: its picture at the start edge, and beside it, always in the same
// place, its number and name, its dose on a bar, its steps one a line, when to stop, and
// boxes to tick. All rows of a page are built in one way, so that names, doses and steps
// have one left edge.

// The parts of a row.
const (
	dayGap = Point * 5 / 2
	dayAir = 2 * Point // below boxes to tick, on a tight page: 0.7 mm
)

var dosePad = insets{Point, 3 * Point / 2, 8 * Point, 8 * Point}

// rows sets the stretches below each other, with a rule above each.
func (c *compositor) rows(cards []*card, width Length, st rowStyle) box {
	if st.small = st.tight && len(cards) > 4; st.small {
		st.days = noDays
	}
	pic := c.look.Picture
	words := width - pic - c.rowGutter()
	if len(cards) <= 2 && !st.tight {
		// Asked of the page as wide as it is when it is not tight: what a tight page has more would make the
		// doses taller.
		usual := width - st.gained
		st.cells = c.cellsFit(cards, usual-c.look.wanted(len(cards)).W-MM(5))
		if st.wide = !st.cells && len(cards) == 1 && c.cellsFit(cards, usual); st.wide {
			st.cells, words = true, width
		}
	}
	if st.small {
		if st.line = c.doseBeside(cards, words, st); st.line == 0 && len(cards) > 6 { // more than we ship
			plain := st
			plain.plain = true
			if plain.line = c.doseBeside(cards, words, plain); plain.line > 0 {
				st = plain
			}
		}
	}
	st.cols = c.doseColumns(cards, words, st)
	if !c.daysBeside(cards, words, st) {
		st.days = belowSteps
	}
	return c.below(cards, width, st, c.row)
}

// daysBeside tells whether the boxes to tick have room on the lines of the names.
func (c *compositor) daysBeside(cards []*card, width Length, st rowStyle) bool {
	return st.days != beforeEnd || c.namesGoInto(cards, width-c.look.Gutter/2-c.daysWidth(7), st)
}

// namesGoInto tells whether each name goes on a line of a width, with its number.
func (c *compositor) namesGoInto(cards []*card, width Length, st rowStyle) bool {
	room := width - c.badgeIndent(st)
	return !slices.ContainsFunc(cards, func(k *card) bool { return !k.title.goesInto(room, c.nameSize(st)) })
}

// tightly is a space between the parts of a row, or what it is in a crowded one.
func (c *compositor) tightly(st rowStyle, usual, tight Length) Length {
	if st.tight {
		return tight
	}
	return usual
}

// rowGutter is between a picture and its words.
func (c *compositor) rowGutter() Length {
	if c.look.large() && !c.look.tight {
		return MM(5)
	}
	return min(MM(5), c.look.Gutter-MM(2))
}

// cellsFit tells whether the parts of each dose have room side by side with what stands
// over them, in the largest type, so that no smaller type makes the dose taller.
func (c *compositor) cellsFit(cards []*card, width Length) bool {
	size := max(c.look.Body, 13*Point)
	_, all := doseWidths(cards, rowStyle{cells: true}, size*4/3, size)
	return all <= width && !slices.ContainsFunc(cards, func(k *card) bool { return k.values[1] == nil })
}

// doseWidths is how wide each part of the doses is in type of a size, with what stands over it where something does,
// and how wide all of them are with the space round them.
func doseWidths(cards []*card, st rowStyle, size, head Length) (wide [3]Length, all Length) {
	for i := range wide {
		for _, k := range cards {
			if t := k.parts(st)[i]; t != nil {
				wide[i] = max(wide[i], scale(t.width(), size)+Point)
				if st.cells {
					wide[i] = max(wide[i], scale(k.heads[i].width(), head)+Point)
				}
			}
		}
		if wide[i] > 0 {
			all += wide[i] + dosePad.start + dosePad.end
		}
	}
	return wide, all
}

// The type sizes of a name and of a dose are larger than the text's.
func (c *compositor) nameSize(st rowStyle) Length {
	switch {
	case st.small:
		return c.look.Body * 108 / 100
	case c.look.large():
		return c.look.Body * 11 / 9
	}
	return c.look.Body * 4 / 3
}

func (c *compositor) doseSize(st rowStyle) Length {
	switch {
	case st.plain || st.tight && c.look.large(): // which is larger than on any other page
		return c.look.Body
	case st.bare:
		return c.look.Body * 7 / 6
	case st.cells:
		return c.look.Body * 4 / 3
	}
	return c.look.Body * 112 / 100
}

func (c *compositor) badgeRadius(st rowStyle) Length {
	return c.nameSize(st) * c.tightly(st, 64, 58) / 100
}
func (c *compositor) badgeIndent(st rowStyle) Length { return 2*c.badgeRadius(st) + c.look.Body*55/100 }

// doseBeside is where the doses begin on the lines of the names, after the longest of
// these; 0 where one has no room there.
func (c *compositor) doseBeside(cards []*card, width Length, st rowStyle) Length {
	var name, dose Length
	st.small = st.tight
	for _, k := range cards {
		name = max(name, scale(k.title.width(), c.nameSize(st)))
		dose = max(dose, scale(k.dose.width(), c.doseSize(st)))
	}
	x := c.badgeIndent(st) + name + c.rowGutter()*2/3
	if x+dose+dosePad.start+dosePad.end+Point > width {
		return 0
	}
	return x
}

// row sets one stretch.
func (c *compositor) row(k *card, width Length, st rowStyle) *stretchBox {
	look, th := &c.look, c.theme
	picW := look.Picture
	x := picW + c.rowGutter()
	if len(k.frames) == 0 { // its words have the room
		picW, x = 0, 0
	}
	w := width - x
	words, head := &stackBox{rowBox{parts: make([]cell, 0, 6)}}, (*stackBox)(nil)
	above, across := words, w
	if st.wide {
		head = &stackBox{}
		above, across = head, width
	}
	if name := c.rowName(k, across, st); st.line > 0 {
		row, x := &rowBox{line: 1}, st.line
		row.put(0, alignMiddle, name)
		row.put(x, alignMiddle, c.dose(k, w-x, st))
		words.put(0, row)
	} else {
		above.put(0, name)
		above.put(c.tightly(st, look.Lead/8, 0), c.dose(k, across, st))
	}
	gap := c.tightly(st, look.Lead/5, 0)
	put := func(b box) {
		words.put(gap, b)
		gap = look.Item
	}
	c.rowTips(k, w, st.tips, true, put)
	put(c.steps(k, w, st))
	c.rowTips(k, w, st.tips, false, put)
	if k.note != nil {
		put(c.text(P, k.note, w, solid(look.Body, th.main), look.Lead))
	}
	gap = c.tightly(st, look.Lead/8, 0)
	pic := Size{picW, k.tall(Size{picW, look.PictureHeight})}
	full, stop := c.stopLine(k.stop, w), k.stops(st)
	switch {
	case stop == k.stop, !st.above && words.height()+gap+full.height() <= pic.H: // it costs nothing to say it again
		put(full)
	case stop != nil:
		put(c.stopLine(stop, w))
	}
	if st.days == belowSteps {
		gap = look.Lead / 4
		put(c.dayBoxes(k, st.first))
	}
	pic.H = max(pic.H, words.height())
	high, lean := c.rowPad()+pic.H, st.lean
	if head != nil {
		high += head.height() + look.Lead/4
	}
	return &stretchBox{later(high, func() box {
		row, top := &rowBox{}, &stackBox{}
		row.put(x, alignStart, words)
		if len(k.frames) > 0 {
			row.put(0, alignStart, c.framed(k, pic, lean))
		}
		all := &stackBox{rowBox{as: k.tag()}}
		if head != nil {
			all.put(0, head)
		}
		all.put(look.Lead/4, row)
		top.put(0, rule(width, Point*6/5, th.line))
		top.put(c.rowPad(), all)
		return top
	}), pic}
}

// tag is that of the stretch, a part of the page.
func (k *card) tag() *Tag { return &Tag{Role: Sect, Part: Part{InStretch, k.n}} }

// steps sets what is to be done: as written, in fewer words where that saves a line, or cut to lead-ins that run on.
func (c *compositor) steps(k *card, width Length, st rowStyle) box {
	list, room := k.steps, width-c.indent(k.steps)
	if st.fewer && k.fewer != nil {
		list = k.saving(c, room)
	}
	high := c.look.Item * Length(len(list.items)-1)
	for _, it := range list.items {
		high += c.itemHigh(it, room)
	}
	if !st.full {
		b := c.text(P, k.brief, width, ink{size: c.look.Body, color: c.theme.text, strong: c.theme.main}, c.look.Lead)
		if !st.fewer || high > b.height() { // else nothing is won by cutting them
			return b
		}
	}
	return later(high, func() box { return c.list(list, width) })
}

// saving is the steps of a stretch, each in fewer words if those have fewer lines in a room.
func (k *card) saving(c *compositor, room Length) *listNode {
	steps := *k.steps
	steps.items = slices.Clone(steps.items)
	for i, fewer := range k.fewer.items {
		if c.itemHigh(fewer, room) < c.itemHigh(steps.items[i], room) {
			steps.items[i] = fewer
		}
	}
	return &steps
}

// rowPad is from the rule above a row to the row.
func (c *compositor) rowPad() Length { return c.look.Gap * 3 / 4 }

// rowTips puts the tips that there is room for: the ones before the steps, or after them.
func (c *compositor) rowTips(k *card, width Length, kinds int, first bool, put func(box)) {
	for _, t := range k.tips {
		switch {
		case (t.about == NeedTip) != first || !t.keep && t.about.rank() >= kinds:
		case t.film != nil:
			put(t.film.lay(c, width))
		default:
			put(c.text(P, t.text, width, solid(c.look.Body, c.theme.text), c.look.Lead))
		}
	}
}

// rowName is the number in a disc, the name, and boxes to tick at the end of the line.
func (c *compositor) rowName(k *card, width Length, st rowStyle) box {
	th, size, r := c.theme, c.nameSize(st), c.badgeRadius(st)
	lead := max(size*115/100, 2*r)
	indent, ticked, first := c.badgeIndent(st), st.days == beforeEnd, st.first
	room, high, side, down := width-indent, 2*r, Length(0), Length(0)
	if ticked { // as clear of the dose below as of the rule above
		room -= c.daysWidth(7) + c.look.Gutter/2
		side = c.dayBox()
		high, down = side+c.tightly(st, 0, dayAir), max(side-lead, 0)/2
	}
	name := c.display(noRole, k.title, room, solid(size, th.text), lead)
	return later(max(high, down+name.height()), func() box {
		number := c.text(noRole, k.number, 2*r, solid(max(size*82/100, footSize), th.onMain), 2*r)
		number.align = alignMiddle
		head := &rowBox{as: tagOf(k.role), line: 3}
		disc := &artBox{size: Size{2 * r, 2 * r}, draw: func(p *press, at Rect, _ int) {
			p.rect(at, r, th.badge)
		}}
		head.place(0, (lead-2*r)/2, disc)
		head.place(0, (lead-2*r)/2, number)
		head.put(indent, alignStart, name)
		row := &rowBox{}
		if ticked {
			row.place(width-c.daysWidth(k.week()), down+(lead-side)/2, c.dayBoxes(k, first))
		}
		row.place(0, down, head)
		row.line = len(row.parts)
		return row
	})
}

// week is how many boxes to tick a stretch has: one a day that it is done.
func (k *card) week() int {
	if k.days > 0 && k.days < 7 {
		return k.days
	}
	return 7
}

// dayBox is the side of a box to tick, and dayLabel the type size of its day.
func (c *compositor) dayBox() Length {
	if c.look.large() {
		return MM(8)
	}
	return MM(7)
}

func (c *compositor) dayLabel() Length { return max(c.look.Small, 9*Point) }

func (c *compositor) daysWidth(n int) Length { return Length(n)*(c.dayBox()+dayGap) - dayGap }

// dayBoxes is a week of boxes to tick, each with its day; without days where those are the
// patient's to choose, or too long a word in some language. They are for the pen alone.
func (c *compositor) dayBoxes(k *card, first int) *artBox {
	n, th, side, size := k.week(), c.theme, c.dayBox(), c.dayLabel()
	named := n == 7 && first >= 0 && !slices.ContainsFunc(k.weekdays[:], func(day *text) bool {
		return !day.goesInto(side-Point, size)
	})
	return &artBox{size: Size{c.daysWidth(n), side}, draw: func(p *press, r Rect, _ int) {
		for i := range n {
			at := Rect{r.X + Length(i)*(side+dayGap), r.Y, side, side}
			p.frame(Artifact, at, 5*Point/2, Point*4/5, th.rule)
			if named {
				label := c.text(noRole, k.weekdays[(first+i)%7], side, solid(size, th.muted), side)
				label.to(alignMiddle).silent().print(p, XY{at.X, at.Y}, Artifact)
			}
		}
	}}
}

// sizedTo is the size at which a text goes into a width, from the one given down.
func sizedTo(t *text, width, size Length) Length {
	if w := scale(t.width(), size); w > width {
		return size * width / w
	}
	return size
}

// doseColumns is where the parts of the dose begin on a bar of a width, for all stretches:
// as wide as the widest of each part. They are zero where the bar is too narrow.
func (c *compositor) doseColumns(cards []*card, width Length, st rowStyle) (cols [3]Length) {
	wide, used := doseWidths(cards, st, c.doseSize(st), c.headSize())
	if used > width {
		return cols
	}
	n := Length(0)
	for _, w := range wide {
		n += min(w, 1)
	}
	x, more := dosePad.start, (width-used)/max(n, 1)
	for i, w := range wide {
		cols[i] = x
		if w > 0 {
			x += w + dosePad.start + dosePad.end + more
		}
	}
	return cols
}

// dose sets a dose on a tint: its parts in columns, or where they are too long for that in
// a paragraph.
func (c *compositor) dose(k *card, width Length, st rowStyle) box {
	th, size := c.theme, c.doseSize(st)
	lead := size * c.tightly(st, 118, 106) / 100
	if st.line > 0 { // one line, as high in either size: wider words must not make a row taller
		lead = c.look.Body * 118 / 100
	}
	pad, parts, cols, cells := c.dosePad(st), k.parts(st), st.cols, st.cells
	in := solid(size, th.text)
	bar := func(pad insets, inside box) box {
		b := &panelBox{as: tagOf(P), width: width, radius: 4 * Point, pad: pad, inside: inside}
		c.ground(b)
		return b
	}
	if cols[0] == 0 || st.line > 0 {
		words := c.text(noRole, k.dose, width-pad.start-pad.end, in, lead)
		return later(words.height()+pad.top+pad.bottom, func() box { return bar(pad, words) })
	}
	pad.start, pad.end = 0, 0
	high := lead + pad.top + pad.bottom
	if cells {
		high += c.headSize() * 12 / 10
	}
	return later(high, func() box {
		row, shown := &rowBox{line: 1}, 0
		for i, t := range parts {
			if t == nil {
				continue
			}
			if shown > 0 {
				row.place(cols[i]-dosePad.start, -pad.top, c.cellRule(func() Length { return high }))
			}
			var cell box = c.text(noRole, t, width, in, lead)
			if cells {
				both := &stackBox{}
				both.put(0, c.doseHead(k.heads[i], width))
				both.put(0, cell)
				cell = both
			}
			row.put(cols[i], alignStart, cell)
			if shown++; shown == 1 && i > 0 {
				row.parts[0].x = cols[0]
			}
		}
		return bar(pad, row)
	})
}

// dosePad is the space round a dose. At its start and end it is that where the dose is not in columns.
func (c *compositor) dosePad(st rowStyle) insets {
	if st.tight && st.line == 0 && !c.look.large() {
		return insets{0, Point / 4, 5 * Point, 5 * Point}
	}
	return dosePad
}

// headSize is the type size of what stands over a part of the dose.
func (c *compositor) headSize() Length { return c.look.Body * 11 / 12 }

// doseHead is what stands over a part of the dose.
func (c *compositor) doseHead(t *text, width Length) box {
	head := solid(c.headSize(), c.theme.muted)
	return c.text(noRole, t, width, head, head.size*12/10)
}

// parts is the parts of the dose as a row has them.
func (k *card) parts(st rowStyle) [3]*text {
	if st.cells {
		return k.values
	}
	return k.doses
}

// sharedStop is when to stop, where that is the same for several stretches; else nil.
func sharedStop(cards []*card) *text {
	for i, k := range cards {
		if i > 0 && !slices.Equal(k.stop.spans, cards[0].stop.spans) {
			return nil
		}
	}
	if len(cards) < 2 {
		return nil
	}
	return cards[0].stop
}

// stopLine is when to stop, behind a sign, in ink: red is for the emergency alone.
func (c *compositor) stopLine(t *text, width Length) box {
	size := c.look.Body
	side, th := size*105/100, c.theme
	indent := side + size*45/100
	words := c.text(P, t, width-indent, solid(size, th.text), c.look.Lead)
	return later(words.height(), func() box {
		return &panelBox{width: width, pad: insets{start: indent}, inside: words,
			sign: &sign{side, XY{0, (c.look.Lead - side) / 2}, func(p *press, r Rect) {
				p.light(content.Stop, r, th.alarm)
			}}}
	})
}

// stretchesBox is the stretches of a page. Their bodies are drawn of one size, as far as there is room for
// that in each picture.
type stretchesBox struct {
	*stackBox
	cards []*card
	each  []*stretchBox
	most  *bodies // once it was printed
}

func (s *stretchesBox) print(p *press, at XY, tag int) {
	if s.most == nil {
		rooms := make([]Size, len(s.cards))
		for i, row := range s.each {
			rooms[i] = row.picture
		}
		most := likened(s.cards, rooms)
		s.most = &most
	}
	p.most = *s.most
	s.stackBox.print(p, at, tag)
}

// below sets the stretches below each other.
func (c *compositor) below(cards []*card, width Length, st rowStyle,
	set func(*card, Length, rowStyle) *stretchBox) *stretchesBox {
	s := &stretchesBox{stackBox: &stackBox{}, cards: cards}
	for _, k := range cards {
		row := set(k, width, st)
		s.each = append(s.each, row)
		s.put(c.tightly(st, c.look.Gap, Point*3/2), row)
	}
	return s
}

// framed is the pictures of a stretch on a ground.
func (c *compositor) framed(k *card, size Size, lean int) *artBox {
	return &artBox{as: &Tag{Role: Figure, Alt: k.alt, Lang: k.lang}, size: size, draw: func(p *press, r Rect, tag int) {
		if ground := c.theme.soft; ground != nil {
			p.rect(r, 5*Point, *ground)
		}
		a := k.arranged(size)
		boxes := a.boxes(nil, a.asLarge(&p.most))
		r.X += Length(lean) * (size.W - outline(boxes).W) / 6
		for i, b := range boxes {
			p.image(tag, Rect{r.X + b.X, r.Y + b.Y, b.W, b.H}, c.drawn(a.frames[i]))
		}
	}}
}
