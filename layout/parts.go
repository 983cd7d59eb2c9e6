package layout

import (
	"handout/content"
	"handout/content/picture"
	"handout/fonts"
	"handout/layout/figure"
)

// nodes sets blocks of copy below each other.
func (c *compositor) nodes(ns []node, width Length) *stackBox {
	s := &stackBox{}
	for i, n := range ns {
		s.put(c.above(ns, i, c.look.Section), n.lay(c, width))
	}
	return s
}

// above is the gap above a block among others; that above a heading is told.
func (c *compositor) above(ns []node, i int, heading Length) Length {
	switch {
	case isHeading(ns[i]):
		return heading
	case i > 0 && leads(ns[i-1], ns[i]):
		return c.look.Item
	case i > 0 && isGrid(ns[i-1]) && isGrid(ns[i]):
		return c.look.Section
	}
	return c.look.Para
}

// leads tells whether words lead into what follows them, a list or what a colon announces: the two are never parted.
func leads(n, next node) bool {
	_, list := next.(*listNode)
	return isPara(n) && (list || n.(*paraNode).text.leads())
}

func (n *paraNode) lay(c *compositor, width Length) box {
	if n.role != P {
		return c.display(n.role, n.text, width, solid(c.look.Body, c.theme.main), c.look.Lead)
	}
	return c.para(n.text, c.measure(n.text, width))
}

func (n *listNode) lay(c *compositor, width Length) box {
	if c.look.RunOn && n.run != nil {
		return c.text(P, n.run, c.runOn(n.run, width),
			ink{size: c.look.Body, color: c.theme.text, strong: c.theme.accent}, c.look.Lead)
	}
	return c.list(n, c.readable(width))
}

func (n *calloutNode) lay(c *compositor, width Length) box {
	return n.set(c, width, boxed, n.box)
}

func (n *quoteNode) lay(c *compositor, width Length) box {
	indent := c.look.Body
	return &panelBox{as: tagOf(BlockQuote), width: width, pad: insets{start: indent},
		bar: stroke{2 * Point, c.theme.accent}, inside: c.nodes(n.blocks, width-indent)}
}

// list sets a list with hanging bullets or numbers, or boxes to tick.
func (c *compositor) list(n *listNode, width Length) *stackBox {
	s := &stackBox{rowBox{as: &Tag{Role: L, Labels: n.counts()}}}
	numbers, indent := c.indent(n), c.indent(n)
	if n.boxes != nil { // they begin after the numbers
		if indent = scale(tickSize, c.look.Body) + c.look.Body*55/100; n.labels != nil {
			indent += numbers
		}
	}
	for i, it := range n.items {
		s.put(c.look.Item, later(c.itemHigh(it, width-indent),
			func() box { return c.item(n, i, numbers, width, indent) }))
	}
	return s
}

// itemHigh is how high an item of a list is in the width of its words.
func (c *compositor) itemHigh(item []node, width Length) Length {
	if p, ok := item[0].(*paraNode); ok && len(item) == 1 && isPara(p) {
		return c.look.Lead * Length(p.text.count(measureOf(c.measure(p.text, width), c.look.Body)))
	}
	return c.nodes(item, width).height()
}

// item sets the i-th item of a list.
func (c *compositor) item(n *listNode, i int, numbers, width, indent Length) box {
	size, lead := c.look.Body, c.look.Lead
	label := &rowBox{as: tagOf(Lbl)}
	switch {
	case n.labels != nil: // numerals end where the text begins
		l := c.text(noRole, n.labels[i], numbers-size*45/100, solid(size, c.theme.main), lead).to(alignEnd)
		label.place(0, 0, l)
	case n.boxes == nil || !n.boxes[i]: // a bullet stands on the middle of the x-height
		label.place(0, -size*8/1000, c.text(noRole, n.bullet, numbers, solid(size*115/100, c.theme.accent), lead))
	}
	if n.boxes != nil && n.boxes[i] {
		x := Length(0)
		if n.labels != nil {
			x = numbers
		}
		label.place(x, 0, c.text(noRole, n.tick, size, c.ink(size), lead))
		label.place(x, 0, c.tickBox())
	}
	body := c.nodes(n.items[i], width-indent)
	body.as = tagOf(LBody)
	// The first paragraph of an item is the item: it needs no tag of its own.
	if t, ok := body.parts[0].box.(*wordsBox); ok {
		t.role = noRole
	}
	row := &rowBox{as: tagOf(LI), line: 2}
	row.put(0, alignStart, label)
	row.put(indent, alignStart, body)
	return row
}

// indent is where the items of a list begin, after their bullets or numbers.
func (c *compositor) indent(n *listNode) Length {
	if n.labels == nil {
		return c.look.Body * 95 / 100
	}
	var w fonts.Em
	for _, l := range n.labels {
		w = max(w, l.width())
	}
	return scale(w, c.look.Body) + c.look.Body*45/100
}

// tickBox draws a box to tick, on the middle of the capitals beside it.
func (c *compositor) tickBox() *artBox {
	size, side := c.look.Body, scale(tickSize, c.look.Body)
	base, edge := baseline(size, c.look.Lead), c.theme.text
	return &artBox{draw: func(p *press, r Rect, tag int) {
		p.frame(tag, Rect{r.X, r.Y + base - (size*67/100+side)/2, side, side}, size/13, size/15, edge)
	}}
}

// box sets a boxed warning or tip: red flags have the band at the end of a page (signs.go).
func (n *calloutNode) box(c *compositor, width Length) box {
	strong := c.strong
	b := &panelBox{as: tagOf(Sect), width: width, radius: 4 * Point,
		pad: insets{6 * Point, 7 * Point, 12 * Point, 12 * Point}}
	if n.kind == content.Warning {
		b.bar, b.radius = stroke{3 * Point, c.theme.alarm}, 0
		b.pad = insets{Point, 2 * Point, 10 * Point, 0}
		strong = c.theme.alarm
	} else {
		c.ground(b)
	}
	inner := width - b.pad.start - b.pad.end
	in := c.compositor(c.look, c.theme, strong)
	stack := &stackBox{}
	if n.title != nil {
		stack.put(0, c.display(P, n.title, inner, solid(c.look.Body, strong), c.look.Lead))
	}
	stack.put(c.look.Para, in.nodes(n.blocks, inner))
	b.inside = stack
	return b
}

// lay sets an author's picture with its caption.
func (n *figureNode) lay(c *compositor, width Length) box {
	w, h := n.size()
	r := fitBox(w, h, width, c.look.Figure)
	if n.shows.traced != nil { // not larger than twice its natural size
		r = fitBox(w, h, min(r.W, MM(2*w)), r.H)
	}
	s := &stackBox{rowBox{as: &Tag{Role: Figure, Alt: n.alt}}}
	s.put(0, pictured(c.drawn(n.shows), r))
	if n.caption != nil {
		s.put(3*Point, c.text(Caption, n.caption, width, solid(c.look.Body, c.theme.muted), c.look.Lead))
	}
	return s
}

// size is a picture's, of a pose in millimetres.
func (n *figureNode) size() (w, h float64) {
	if n.shows.traced != nil {
		return n.shows.size()
	}
	return n.shows.picture.Size()
}

// drawn is a picture in the page's colours.
func (c *compositor) drawn(f frame) *picture.Picture {
	if f.traced != nil { // the same drawing each time it is asked for
		return &picture.Picture{Drawing: figure.Inked(f.traced, c.theme.palette)}
	}
	return c.theme.printed(f.picture)
}

// pictured is a picture in a box of its shape.
func pictured(pic *picture.Picture, size Size) *artBox {
	return &artBox{size: size, draw: func(p *press, r Rect, tag int) { p.image(tag, r, pic) }}
}

// fitBox is the largest box of a picture's shape within w by h.
func fitBox(pw, ph float64, w, h Length) Size {
	k := min(float64(w)/pw, float64(h)/ph)
	return Size{Length(pw*k + .5), Length(ph*k + .5)}
}

// lay sets labels with lines to write on, as many in a row as there is room for.
func (n *fieldsNode) lay(c *compositor, width Length) box {
	per := 1
	if width > c.look.Body*maxMeasure/1000 && len(n.labels) > 1 {
		per = 2
	}
	w := (width - Length(per-1)*c.look.Gutter) / Length(per)
	s := &stackBox{}
	for i := 0; i < len(n.labels); i += per {
		r := &rowBox{line: 1}
		side := n.labels[i:min(i+per, len(n.labels))]
		if len(side) == 1 { // what is over has the room of two
			w = width
		}
		for k, l := range side {
			r.put(Length(k)*(w+c.look.Gutter), alignEnd, c.field(l, w))
		}
		s.put(0, r)
	}
	return s
}

// field sets a label with its line after it or, where the label takes most of the width,
// below it: there is to be room to write.
func (c *compositor) field(label *text, width Length) *rowBox {
	lead := c.look.Lead
	room := max(lead, MM(9)) // above the line, to write in
	measure := scale(label.width(), c.look.Body) + Point
	below := measure > width*2/3
	if below {
		measure = c.readable(width)
	}
	words := c.text(P, label, measure, c.ink(c.look.Body), lead)
	s := &rowBox{line: 1}
	// A label beside the line stands on it, one above the line stands off from the line
	// of the field before.
	y, from := room-words.height()+lead/8, measure+4*Point
	if s.least = room; below {
		y, from = lead/4, 0
		s.least += y + words.height()
	}
	s.place(0, y, words)
	s.place(from, s.least-lead/8, rule(width-from, Point*3/4, c.theme.rule))
	return s
}

// measure is how long the lines of a text may be: where one line holds all of it, no eye has to
// find the beginning of the next, and it may be as long as there is room.
func (c *compositor) measure(t *text, width Length) Length {
	if t.goesInto(width, c.look.Body) {
		return width
	}
	return c.readable(width)
}

// runOn is the same of what is run on to save lines, and of a line or two that stand alone: on a tight page they
// are as long as there is room.
func (c *compositor) runOn(t *text, width Length) Length {
	if c.look.tight {
		return width
	}
	return c.measure(t, width)
}
