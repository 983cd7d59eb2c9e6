package layout

import "handout/content/picture"

// box is copy set at a size and a width: it knows its height, and how to print itself
// below a place. Boxes are shared by the pages that have them, and never changed once they
// are made. A kind of block is one function that builds a tree of them. It is implemented by
//
//	*wordsBox      a paragraph or heading
//	*stackBox      boxes one below the other
//	*rowBox        boxes side by side, or wherever they are put
//	*panelBox      a box with a ground, an edge, a bar, a sign
//	*artBox        what is drawn
//	*columnsBox    a flow in two columns
//	*stretchesBox  all stretches of a page
//	*laterBox      what is made once it is printed
//	*proofBox      what was printed before
type box interface {
	height() Length
	// firstLine is how far below the top the first baseline is, where it begins with words.
	firstLine() (base Length, ok bool)
	print(p *press, at XY, tag int)
}

// wordsBox is a paragraph or heading.
type wordsBox struct {
	role    Role
	heads   Scope
	text    *text
	lines   int
	measure Length
	lead    Length
	base    Length // of the first line, from the top
	ink     ink
	align   align
	unread  bool // decoration
}

func (s *wordsBox) height() Length            { return s.lead * Length(s.lines) }
func (s *wordsBox) firstLine() (Length, bool) { return s.base, true }

func (s *wordsBox) print(p *press, at XY, tag int) {
	was := p.part
	if s.unread {
		tag = Artifact
	} else if !s.text.empty() {
		tag, was = p.open(&Tag{Role: s.role, Heads: s.heads, Lang: s.text.lang}, tag)
	}
	base, broken := at.Y+s.base, s.text.at(measureOf(s.measure, s.ink.size))
	for n := range broken.lines {
		p.line(tag, s.text, broken, n, lineBox{at.X, base, s.measure, s.align, s.ink})
		base += s.lead
	}
	p.part = was
}

// to sets the words at another edge, or in the middle.
func (s *wordsBox) to(at align) *wordsBox {
	s.align = at
	return s
}

// silent makes the words decoration, which is not read out.
func (s *wordsBox) silent() *wordsBox {
	s.unread = true
	return s
}

// baseline is how far below the top of a line its baseline is: the space between
// the top of the x-height's middle and the line's middle comes out even.
// 0.7 of the type size is close to the cap height of every text face.
func baseline(size, lead Length) Length { return (lead + size*7/10) / 2 }

// rowBox is boxes side by side, or wherever they are put.
type rowBox struct {
	as    *Tag
	parts []cell
	high  Length // the highest of them
	least Length // how high it is at least
	pad   Length // above and below
	line  int    // which cell has its first line, from 1; 0 for none
}

// cell is a box in a row: where it begins, and where it stands if others are taller.
type cell struct {
	x, y Length // y is below the row's top, beyond its padding
	down align
	box  box
}

func (s *rowBox) put(x Length, down align, part box) {
	if s.parts == nil {
		s.parts = make([]cell, 0, 2)
	}
	s.parts, s.high = append(s.parts, cell{x: x, down: down, box: part}), max(s.high, part.height())
}

// place puts a box where it is to be; the row is to be told how high it is.
func (s *rowBox) place(x, y Length, part box) {
	s.parts = append(s.parts, cell{x: x, y: y, box: part})
}

func (s *rowBox) height() Length { return max(s.high, s.least) + 2*s.pad }

func (s *rowBox) firstLine() (Length, bool) {
	if s.line == 0 {
		return 0, false
	}
	k := s.parts[s.line-1]
	base, ok := k.box.firstLine()
	return s.top(k) + base, ok
}

func (s *rowBox) print(p *press, at XY, tag int) {
	tag, was := p.open(s.as, tag)
	for _, k := range s.parts {
		k.box.print(p, XY{at.X + k.x, at.Y + s.top(k)}, tag)
	}
	p.part = was
}

// top is where a cell's box begins, from the row's own top.
func (s *rowBox) top(k cell) Length {
	if k.down == alignStart {
		return s.pad + k.y
	}
	return s.pad + (s.height()-2*s.pad-k.box.height())*Length(k.down)/2
}

// stackBox is boxes one below the other.
type stackBox struct{ rowBox }

// put puts a box below the others, with a gap above it if it is not the first.
func (s *stackBox) put(gap Length, part box) {
	if s.parts == nil {
		s.parts = make([]cell, 0, 4) // most have a few
	}
	if len(s.parts) == 0 {
		s.line, gap = 1, 0
	}
	s.place(0, s.high+gap, part)
	s.high += gap + part.height()
}

// laterBox is a box that is made once it is asked for more than its height, for most are only tried.
type laterBox struct {
	high Length
	make func() box
	made box
}

func later(high Length, make func() box) *laterBox { return &laterBox{high: high, make: make} }

func (s *laterBox) now() box {
	if s.made == nil {
		s.made, s.make = s.make(), nil
	}
	return s.made
}

func (s *laterBox) height() Length                 { return s.high }
func (s *laterBox) firstLine() (Length, bool)      { return s.now().firstLine() }
func (s *laterBox) print(p *press, at XY, tag int) { s.now().print(p, at, tag) }

type insets struct{ top, bottom, start, end Length }

// stroke is a line round a box, or along its start.
type stroke struct {
	width Length // 0 for none
	color picture.Color
}

// sign is a mark in the space at the start of a panel.
type sign struct {
	size Length
	at   XY // from the panel's corner; Y beyond the padding
	draw func(p *press, r Rect)
}

// panelBox is something with a ground, an edge or a bar at its start.
type panelBox struct {
	as     *Tag
	width  Length
	least  Length // of what is inside, which stands in the middle of it
	pad    insets
	fill   *picture.Color
	filled Length // how much of the width is, from the start; 0 for all
	edge   stroke
	radius Length
	bar    stroke
	sign   *sign
	inside box
}

func (s *panelBox) height() Length { return max(s.inside.height(), s.least) + s.pad.top + s.pad.bottom }

func (s *panelBox) firstLine() (Length, bool) {
	base, ok := s.inside.firstLine()
	return s.words() + base, ok
}

func (s *panelBox) print(p *press, at XY, tag int) {
	r := Rect{at.X, at.Y, s.width, s.height()}
	switch {
	case s.fill == nil:
	case s.filled > 0: // its corners are round at the start only
		p.rect(Rect{r.X, r.Y, s.filled, r.H}, s.radius, *s.fill)
		p.rect(Rect{r.X + s.radius, r.Y, s.filled - s.radius, r.H}, 0, *s.fill)
	default:
		p.rect(r, s.radius, *s.fill)
	}
	if s.edge.width > 0 {
		p.frame(Artifact, r, s.radius, s.edge.width, s.edge.color)
	}
	if s.bar.width > 0 {
		p.rect(Rect{r.X, r.Y, s.bar.width, r.H}, 0, s.bar.color)
	}
	if k := s.sign; k != nil {
		k.draw(p, Rect{at.X + k.at.X, at.Y + s.words() + k.at.Y, k.size, k.size})
	}
	tag, was := p.open(s.as, tag)
	s.inside.print(p, XY{at.X + s.pad.start, at.Y + s.words()}, tag)
	p.part = was
}

// words is where what is inside begins, from the top.
func (s *panelBox) words() Length {
	return s.pad.top + max(s.least-s.inside.height(), 0)/2
}

// artBox is what is drawn: a picture, a code, boxes to tick, a rule.
type artBox struct {
	as   *Tag
	size Size
	draw func(p *press, r Rect, tag int)
}

func (s *artBox) height() Length            { return s.size.H }
func (s *artBox) firstLine() (Length, bool) { return 0, false }

func (s *artBox) print(p *press, at XY, tag int) {
	tag, was := p.open(s.as, tag)
	s.draw(p, Rect{at.X, at.Y, s.size.W, s.size.H}, tag)
	p.part = was
}

// rule is a line without height.
func rule(width, thick Length, color picture.Color) *artBox {
	return &artBox{size: Size{W: width}, draw: func(p *press, r Rect, _ int) {
		p.rect(Rect{r.X, r.Y - thick/2, r.W, thick}, 0, color)
	}}
}

// chunk is a part of a column.
type chunk struct {
	box  box
	gap  Length // above it, unless it comes first
	keep bool   // with the chunk after it
	part Part

	list *stackBox // of which it is an item, so that a list may run on in the next column; nil for none
}

// band is a part of the page from edge to edge.
type band struct {
	of   []Named
	box  box
	gap  Length // above it
	tied bool   // to the band above: the gap does not grow
}

// indented is a box moved in from the start.
func indented(by Length, b box) *panelBox { return &panelBox{pad: insets{start: by}, inside: b} }
