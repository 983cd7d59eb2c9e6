package layout

import (
	"cmp"
	"slices"

	"handout/fonts"
)

// The head of a page, which all designs share: a band of the clinic's colour, the clinic at
// the start and its telephone at the end; the title; and a strip with whose page it is, when
// it was given and by whom, and when to come again.

// clinicRow is the clinic's logo, name and tagline. They are decoration, for they are not
// what the page is about; contact is its telephone and address, to be read last.
func (c *compositor) clinicRow(f *frameCopy, width Length) (row, contact *rowBox) {
	both := furnish(c, slab{of: f.common, width: width, as: asHead}, *f.common,
		func(c *compositor) [2]*rowBox { return c.setClinicRow(f, width) })
	return both[0], both[1]
}

func (c *compositor) setClinicRow(f *frameCopy, width Length) [2]*rowBox {
	th, z := c.theme, c.look.sizes
	row, contact := &rowBox{}, &rowBox{as: &Tag{Part: Part{Kind: InContact}}}
	x := Length(0)
	if f.logo != nil {
		w, h := f.logo.Size()
		r := fitBox(w, h, MM(60), min(f.logoTall, cmp.Or(z.logo, f.logoTall)))
		logo := th.printed(f.logo)
		mark := &artBox{size: r, draw: func(p *press, at Rect, _ int) { p.image(Artifact, at, logo) }}
		if f.logoName != "" { // which is read out then
			mark.as = &Tag{Role: Figure, Part: Part{Kind: InContact}, Alt: f.logoName}
			mark.draw = func(p *press, at Rect, tag int) { p.image(tag, at, logo) }
		}
		row.put(0, alignMiddle, mark)
		x = r.W + MM(4)
	}
	end := &stackBox{}
	var wide Length
	most := width * 48 / 100
	if c.longClinic(f) {
		most = width * 30 / 100 // several numbers stand below each other
	}
	right := func(t *text, size, least Length, k ink) {
		if t == nil || size == 0 {
			return
		}
		if k.size = max(sizedTo(t, most, size), least); c.longClinic(f) {
			k.size = c.sized(t, most, size)
		}
		k.bare = true
		l := c.text(P, t, min(most, scale(t.width(), k.size)+Point), k, k.size*c.airOf(125)/100).to(alignEnd)
		wide = max(wide, l.measure)
		end.put(0, indented(width-l.measure, l))
	}
	right(f.phone, z.phone, z.clinic*4/5, ink{color: th.text, strong: th.text})
	if !c.longClinic(f) { // else it is in the foot
		right(f.place, z.small, z.small, ink{color: th.muted, strong: th.muted})
	}
	names, room := &stackBox{}, width-x-wide-c.look.Gutter
	if f.clinic != nil {
		size := z.clinic
		if c.longClinic(f) {
			size = z.long
		}
		names.put(0, c.display(noRole, f.clinic, room, solid(size, th.main), size*c.airOf(115)/100).silent())
	}
	if f.tagline != nil && z.small > 0 {
		names.put(0, c.text(noRole, f.tagline, room, solid(z.small, th.muted), z.small*c.airOf(125)/100).silent())
	}
	row.put(x, alignMiddle, names)
	contact.put(0, alignMiddle, end)
	h := max(row.height(), contact.height())
	row.least, contact.least = h, h
	return [2]*rowBox{row, contact}
}

// airOf is the distance of lines in the head, in hundredths of the type: less on a tight page.
func (c *compositor) airOf(usual Length) Length {
	if c.look.tight {
		return 100 + (usual-100)/8
	}
	return usual
}

// topBand is the band of the clinic's colour across the top of the sheet.
func (c *compositor) topBand(page Size) *artBox {
	th := c.theme
	return &artBox{draw: func(p *press, r Rect, _ int) {
		if !th.mono { // over the strip for holes too: cut short it looks like a misprint
			p.rect(Rect{-p.strip, 0, page.W + p.strip, bandHeight}, 0, th.band)
		}
	}}
}

// headline is the title with the subtitle.
func (c *compositor) headline(f *frameCopy, width Length, subtitle bool) box {
	as := asTitle
	if subtitle = subtitle && f.subtitle != nil; subtitle {
		as = asSubtitled
	}
	return f.common.set(c, width, as, func(c *compositor, width Length) box {
		size := c.titleSize(f.title, width)
		s := &stackBox{rowBox{as: &Tag{Part: Part{Kind: InTitle}}}}
		air := c.airOf(110)
		if !fonts.Plainly(f.title.spans.String()) { // other scripts reach further up and down
			air = 118
		}
		s.put(0, c.text(H1, f.title, width, solid(size, c.theme.main), size*air/100))
		if subtitle {
			size := c.look.sizes.subtitle
			s.put(0, c.display(P, f.subtitle, width, solid(size, c.theme.muted), size*128/100))
		}
		return s
	})
}

// stripPad is the space round the words of the strip.
var stripPad = insets{4 * Point, 5 * Point, MM(4), MM(4)}

// stripMeasure is what the widths of names and dates are told in parts of.
var stripMeasure = MM(200)

// stripPad is that above and below the words of a strip on a page.
func (c *compositor) stripPad() insets {
	if c.look.tight {
		return insets{top: 2 * Point, bottom: 2 * Point}
	}
	return insets{top: stripPad.top, bottom: stripPad.bottom}
}

// strip is whose page it is: as many cells side by side as there is room for, none of
// their words broken.
func (f *frameCopy) strip(c *compositor, width Length) box {
	b := &panelBox{as: &Tag{Part: Part{Kind: InName}}, width: width, pad: c.stripPad(), radius: 5 * Point}
	c.ground(b)
	inner := width - stripPad.start - stripPad.end
	rows := c.stripRows(f, inner, labelsOver, 100)
	// The words over a value may take two lines; a name or a date never does that, but may be
	// a little smaller where that puts them all on one line. On a tight page the words may stand beside it.
	ways := []labelsAt{labelsFolded}
	if c.look.tight {
		ways = append(ways, labelsBeside)
	}
	for _, share := range [...]Length{100, 94, 88} {
		for _, labels := range ways {
			if other := c.stripRows(f, inner, labels, share); other.height() < rows.height() {
				rows = other
			}
		}
		if len(rows.parts) == 1 {
			break
		}
	}
	b.inside = rows
	return b
}

// labelsAt is where the words over a value stand.
type labelsAt uint8

const (
	labelsOver   labelsAt = iota
	labelsFolded          // over it, in two lines
	labelsBeside
)

// stripRows is the cells of the strip; name and dates in hundredths of their size.
func (c *compositor) stripRows(f *frameCopy, inner Length, labels labelsAt, share Length) *stackBox {
	look, th, air := &c.look, c.theme, c.airOf(120)
	var cells []stripCell
	most, down := look.sizes.name*share/100, alignStart // with words over all of them their first lines are level
	if labels != labelsOver || f.name == nil {
		down = alignEnd
	}
	add := func(label, value *text, size Length) {
		if value == nil {
			return
		}
		small, room, x := solid(look.sizes.label, th.muted), inner, Length(0)
		if label != nil && labels == labelsBeside {
			x = scale(label.width(), small.size) + 2*Point
			room -= x + small.size/2
		}
		size = c.sized(value, room, size)
		w := min(value.about(stripMeasure, size), room) // asked alike of pages of every width
		k := solid(size, th.text)
		if x > 0 {
			row := &rowBox{line: 1}
			row.place(0, baseline(size, size*air/100)-baseline(small.size, small.size*air/100),
				c.text(P, label, x, small, small.size*air/100))
			x += small.size / 2
			row.put(x, alignStart, c.text(P, value, w, k, size*air/100))
			cells = append(cells, stripCell{row, x + w})
			return
		}
		s := &stackBox{}
		if label != nil {
			over := scale(label.width(), small.size) + Point
			if labels == labelsFolded {
				over = max(over*11/20, scale(label.widest(), small.size)+Point)
			}
			w = min(max(w, over), inner)
			s.put(0, c.text(P, label, w, small, small.size*air/100))
		} else {
			down = alignEnd
		}
		level := Length(0)
		if down == alignStart {
			level = max(0, baseline(most, most*air/100)-baseline(size, size*air/100))
		}
		s.put(level, c.text(P, value, w, k, size*air/100))
		cells = append(cells, stripCell{s, w})
	}
	if f.name != nil {
		add(f.label, f.name, most)
	}
	big := most * 7 / 8
	add(f.by, f.when, big)
	add(f.nextLabel, f.nextWhen, big)
	if f.name == nil { // a line to write it on
		rest := inner
		for _, k := range cells {
			rest -= k.wide + 2*stripPad.start
		}
		if rest < inner*2/5 {
			rest = inner
		}
		cells = slices.Insert(cells, 0, stripCell{c.field(f.label, rest), rest})
	}
	rows, pad := &stackBox{}, c.stripPad()
	for len(cells) > 0 {
		spare, n := inner-cells[0].wide, 1
		for n < len(cells) && spare >= cells[n].wide+2*stripPad.start {
			spare -= cells[n].wide + 2*stripPad.start
			n++
		}
		row, x := &rowBox{line: 1}, stripPad.start
		for k, it := range cells[:n] {
			row.put(x, down, it.box)
			if k > 0 {
				row.place(x-stripPad.start, -pad.top,
					c.cellRule(func() Length { return row.height() + pad.top + pad.bottom }))
			}
			x += it.wide + 2*stripPad.start
			if k == 0 && n > 1 { // the name takes half of what is left, the others share the rest
				x += spare / 2
			} else if k > 0 && n > 2 {
				x += spare / 2 / Length(n-1)
			}
		}
		rows.put(2*Point, row)
		cells = cells[n:]
	}
	return rows
}

// stripCell is one of the strip, and how wide its words are.
type stripCell struct {
	box
	wide Length
}

// largeStrip is whose page it is in large print: the name, and the next visit on the same line where it
// has room; when the page was given and by whom beside one of them, or at least when, or below if there
// is room.
func (c *compositor) largeStrip(f *frameCopy, width Length, dated bool) box {
	as := asStrip
	if dated {
		as = asDated
	}
	return f.alone.set(c, width, as, func(c *compositor, width Length) box { return c.setLargeStrip(f, width, dated) })
}

func (c *compositor) setLargeStrip(f *frameCopy, width Length, dated bool) box {
	pad := insets{3 * Point, 4 * Point, stripPad.start, stripPad.end}
	if c.look.tight {
		pad.top, pad.bottom = 2*Point, 2*Point
	}
	b := &panelBox{as: &Tag{Part: Part{Kind: InName}}, width: width, pad: pad, radius: 5 * Point}
	c.ground(b)
	inner, lines := width-b.pad.start-b.pad.end, &stackBox{}
	dates := []*text{f.given}
	if !dated {
		dates = append(dates, f.when)
	}
	// line puts a text on a line and, at the end of that, the first of others that has room there.
	line := func(start box, used Length, others ...*text) bool {
		row := &rowBox{}
		row.put(0, alignStart, start)
		lines.put(0, row)
		for _, t := range others {
			if t != nil && used+c.look.Gutter+t.about(inner, c.look.Body) <= inner {
				row.put(0, alignEnd, c.para(t, inner).to(alignEnd))
				return true
			}
		}
		return false
	}
	first, used := box(nil), inner
	if f.name != nil {
		first, used = c.named(f.name, inner), f.name.about(inner, c.look.Body)
	} else {
		first = c.field(f.label, inner)
	}
	told := false // when it was given is
	switch {
	case f.next == nil:
		told = line(first, used, dates...)
	case !line(first, used, f.next):
		told = line(c.para(f.next, inner), f.next.about(inner, c.look.Body), dates...)
	}
	if dated && f.given != nil && !told {
		lines.put(0, c.para(f.given, inner))
	}
	b.inside = lines
	return b
}

// bookingBox is the code to book, and the words that stand beside it.
type bookingBox struct {
	code, words box
	reach       Length // where the words begin
}

// booking is the code to book, 15 mm or more; nil for none.
func (c *compositor) booking(f *frameCopy, width Length) *bookingBox {
	if f.book == nil {
		return nil
	}
	return furnish(c, slab{of: f.common, width: width, as: asBooking}, *f.common, func(c *compositor) *bookingBox {
		if f.code == nil {
			return &bookingBox{words: of(part(InContact), c.oneLine(f.book, width))}
		}
		module := max(codeModule, MM(15)/Length(f.code.Size))
		code := qrBox(f.code, module, f.alt)
		code.as.Part = Part{Kind: InBooking}
		reach := code.size.W + 4*module + 2*Point
		return &bookingBox{code, of(part(InBooking), c.oneLine(f.book, width-reach)), reach}
	})
}

// oneLine is running text on one line, smaller where it has no room there; but not so small
// as to be missed.
func (c *compositor) oneLine(t *text, width Length) *wordsBox {
	size := c.look.Body
	if !c.look.large() {
		size = max(sizedTo(t, width-Point, size), min(size, 10*Point))
	}
	return c.text(P, t, width, c.ink(size), c.look.Lead)
}

// The handout's own picture: a pose before the first heading, beside the words it stands
// with. It shrinks with the pictures of the stretches, and goes where there is no room for it.

// own is the handout's own picture, if it has one and the page has room for it.
func (d *draft) own() *figureNode {
	if d.unpictured {
		return nil
	}
	own, _ := portrait(d.copy.sections[0].as[InFull].nodes)
	return own
}

// Of the picture beside the opening: its width at most, and that of words beside it.
var (
	portraitWidth = MM(60)
	captionWidth  = MM(24)
)

// beside sets words with the handout's own picture at their end: as high as they are, within
// what pictures may have. Without a picture they have the whole width.
func (c *compositor) beside(own *figureNode, width Length, words func(width Length) box) box {
	if own == nil {
		return words(width)
	}
	pic, reach := c.portrait(own, c.look.Portrait)
	in := words(width - reach - c.look.Gutter)
	if h := max(in.height(), leastPortrait); h < c.look.Portrait {
		pic, reach = c.portrait(own, h)
		in = words(width - reach - c.look.Gutter)
	}
	row := &rowBox{}
	row.put(0, alignStart, in)
	row.put(width-reach, alignMiddle, of(part(InOpening), pic))
	return row
}

// leastPortrait is the least height of the handout's own picture.
var leastPortrait = MM(26)

// portrait is the handout's own picture at a height, with its caption beside it or, where it
// is wider than high, below; and how wide that is.
func (c *compositor) portrait(n *figureNode, height Length) (box, Length) {
	w, h := n.size()
	k := solid(min(c.look.Body, max(c.look.Body*11/12, clearPrint)), c.theme.muted)
	caption := func(width Length) box { return c.text(Caption, n.caption, width, k, k.size*12/10) }
	as := &Tag{Role: Figure, Alt: n.alt}
	if n.caption != nil && h <= w {
		r := fitBox(w, h, portraitWidth, height*4/5)
		reach := max(r.W, captionWidth)
		s := &stackBox{rowBox{as: as}}
		s.put(0, pictured(c.drawn(n.shows), r))
		s.put(2*Point, caption(reach))
		return s, reach
	}
	r := fitBox(w, h, portraitWidth, height)
	row, reach := &rowBox{as: as}, r.W
	row.put(0, alignStart, pictured(c.drawn(n.shows), r))
	if n.caption != nil {
		words := max(captionWidth, scale(n.caption.widest(), k.size)+Point)
		row.put(reach+3*Point, alignEnd, caption(words))
		reach += 3*Point + words
	}
	return row, reach
}
