package layout

import "handout/content/picture"

// Setting: what sets copy at a rung, and what a part of the copy keeps of how it was set.

// shop is the compositors there are, one a rung, and what they set.
type shop struct {
	rungs shelf[setup, *compositor]
	kept  shelf[slab, any] // what other pages have too
	own   shelf[slab, any] // what goes with the page that is being set
}

// compositor sets copy at one rung.
type compositor struct {
	*shop
	*setup
	words *compositor // of the same rung, for what shows no picture: the setter's, always the same for the same
}

// compositor is one that sets at a rung.
func (s *shop) compositor(look rung, th *theme, strong picture.Color) *compositor {
	plain := setup{look, th, strong}
	plain.look.art = art{}
	words, ok := s.rungs.get(plain)
	if !ok {
		own := plain
		words = &compositor{shop: s, setup: &own}
		words.words = words
		s.rungs.put(own, words)
	}
	if look.art == (art{}) {
		return words
	}
	return &compositor{s, &setup{look, th, strong}, words}
}

// leaf is what a part of the copy is found by as it was set.
type leaf struct {
	kept  bool // it is the same for other pages
	shows bool // a picture
}

// and is two leaves as one.
func (l leaf) and(o leaf) leaf { return leaf{l.kept && o.kept, l.shows || o.shows} }

// slab is all that decides what a leaf is set as.
type slab struct {
	of    *leaf
	words *compositor
	art   art // of what shows a picture
	width Length
	as    manner
	with  any // what else
}

// then is what a leaf is set with, one after the other.
type then struct {
	before, part any
	n            int // which section it is
}

// furnish is a leaf as it was set: cast makes it, once. It must not be changed.
func furnish[S any](c *compositor, at slab, l leaf, cast func(c *compositor) S) S {
	if at.words = c.words; l.shows {
		at.art = c.look.art
	} else {
		c = c.words
	}
	slabs := &c.own
	if l.kept {
		slabs = &c.kept
	}
	s, ok := slabs.get(at)
	if !ok {
		s = cast(c)
		slabs.put(at, s)
	}
	return s.(S)
}

// set is what a leaf alone is set as.
func (l *leaf) set(c *compositor, width Length, as manner, cast func(c *compositor, width Length) box) box {
	return furnish(c, slab{of: l, width: width, as: as}, *l, func(c *compositor) box { return cast(c, width) })
}

// ink is running text at a size.
func (c *compositor) ink(size Length) ink {
	return ink{size: size, color: c.theme.text, strong: c.strong}
}

func (c *compositor) text(role Role, t *text, width Length, k ink, lead Length) *wordsBox {
	return &wordsBox{role: role, text: t, lines: t.count(measureOf(width, k.size)),
		measure: width, lead: lead,
		base: baseline(k.size, lead), ink: k}
}

// para is running text in the look's own size.
func (c *compositor) para(t *text, width Length) *wordsBox {
	return c.text(P, t, width, c.ink(c.look.Body), c.look.Lead)
}

// readable is a width, or that of the longest line where it is wider.
func (c *compositor) readable(width Length) Length { return min(width, c.look.Body*maxMeasure/1000) }

// maxMeasure is the longest line, in thousandths of an em: 70 characters of the
// shipped face (RNIB Clear Print: 60 to 70 characters a line).
const maxMeasure = 36500

// ground gives a box its tint or, where there are no tints, an edge.
func (c *compositor) ground(b *panelBox) {
	if c.theme.mono {
		b.edge = stroke{Point * 3 / 4, c.theme.rule}
	} else {
		b.fill = &c.theme.tint
	}
}

// sized is the size at which no word of a title, a heading or a name is broken in a
// width: the one given or, where that is too large, one that will do. No text is smaller
// than the least of its edition, and a word too long for that is broken.
func (c *compositor) sized(t *text, width, size Length) Length {
	for size > c.look.Least && !t.wordsGoInto(width, size) {
		size = max(c.look.Least, size*11/12)
	}
	return size
}

// named sets running text that has a name in it, and its words whole.
func (c *compositor) named(t *text, width Length) *wordsBox {
	return c.text(P, t, width, c.ink(c.sized(t, width, c.look.Body)), c.look.Lead)
}

// display sets a title, a heading or the like, with its words whole.
func (c *compositor) display(role Role, t *text, width Length, k ink, lead Length) *wordsBox {
	k.size = c.sized(t, width, k.size)
	return c.text(role, t, width, k, lead)
}

// titleSize is the size of a title in a width: that of its look for two lines, less for
// three, and for a longer one not much more than a heading's; less again where a word
// would be broken. The lines are counted for the largest text of the look, or for the
// larger one that was asked for: so a title does not grow where the text does not.
func (c *compositor) titleSize(title *text, width Length) Length {
	top := 13 * Point
	if c.look.large() {
		top = 20 * Point
	}
	top = max(top, c.look.Body) // larger type was asked for
	full := c.look.Title
	goes := func(size, lines Length) bool {
		return scale(title.width(), top*size/100) <= lines*width*9/10 && scale(title.widest(), top*size/100) <= width
	}
	switch less := full * 82 / 100; {
	case goes(full, 2):
		return c.look.Body * full / 100
	case goes(less, 3):
		return c.look.Body * less / 100
	}
	return c.sized(title, width, c.look.Body*max(full*66/100, 125)/100)
}

// scanSize is the least of what is read beside a code or in a table.
const scanSize = 9 * Point

// cellRule parts two cells that stand on a tint; how high they are is asked when all are set.
func (c *compositor) cellRule(high func() Length) *artBox {
	edge := picture.White
	if c.theme.mono {
		edge = c.theme.rule
	}
	return &artBox{draw: func(p *press, r Rect, _ int) { p.rect(Rect{r.X, r.Y, Point, high()}, 0, edge) }}
}

// manner is what a leaf is set as.
type manner uint8

const (
	boxed manner = iota
	inColumn
	inFlow // with what follows it
	fromEdge
	inRow
	inBand
	inInkedBand
	aboveRows // when to stop
	asLine    // who must ask first

	asHead
	asTitle
	asSubtitled
	asStrip
	asDated // the strip, with when the page was given
	asBooking
	asNotes
	asFoot
)
