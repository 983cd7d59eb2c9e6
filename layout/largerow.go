package layout

import "unicode/utf8"

// The large edition is for those who see little: one construction for all designs, with whole
// steps, and some lines of advice below them. A stretch is a row, but what is wide stands from
// margin to margin.

// pictureWider is the steps in which pictures are wider than they are to be: the same whatever that is, so that
// rows with larger pictures are never less tall.
var pictureWider = (largePicture.W - leastPicture) / 10

// largeRows sets the stretches below each other, with a rule above each, in that of all ways which is the
// least tall, what is liked best last: the dose over the steps, and the name over the picture; or, from margin to
// margin, beside the name or below it. On a crowded page it may also stand between name and steps, or below the
// picture; the picture may be wider, and when to stop may stand below all that. Never is the dose the last of its row:
// it would be read as of the next.
func (c *compositor) largeRows(cards []*card, width Length, st rowStyle) box {
	st.small = st.tight
	var best *stretchesBox
	try := func(dose dosePlace, st rowStyle, doseIn, nameIn Length) {
		if st.dose = dose; doseIn > 0 {
			st.cols = c.doseColumns(cards, doseIn, st)
		}
		if st.days != noDays && (dose == besideName || !c.daysBeside(cards, nameIn, st)) {
			st.days = belowSteps
		}
		if s := c.below(cards, width, st, c.largeRow); best == nil || s.height() <= best.height() {
			best = s
		}
	}
	least, first := c.widestDose(cards, st), largePicture.W
	first -= (first - c.look.Picture) / pictureWider * pictureWider
	beside := c.doseBeside(cards, width, st)
	for _, st.across = range []bool{st.tight, false} {
		for picture := first; picture <= largePicture.W; picture += pictureWider {
			st.wider = picture - c.look.Picture
			words := width - picture - c.rowGutter()
			if under := st; st.tight {
				try(overSteps, st, words, words)
				under.wider = max(picture, least) - c.look.Picture
				try(underPicture, under, 0, words)
			}
			if c.namesGoInto(cards, picture, st) {
				try(overWords, st, words, picture)
			}
			if !st.tight {
				break
			}
		}
		st.wider = first - c.look.Picture
		if name := st; beside > 0 {
			name.line = beside
			try(besideName, name, 0, 0)
		} else {
			try(underName, st, width, width)
		}
		if !st.tight {
			break
		}
	}
	return best
}

// widestDose is how wide a dose has to be for how often to stand on one line; how long to hold
// may have its verb on the line before, and what has more than 18 letters takes two.
func (c *compositor) widestDose(cards []*card, st rowStyle) (wide Length) {
	for _, k := range cards {
		for _, part := range k.doses[1:] {
			if part != nil && utf8.RuneCountInString(part.spans.String()) <= 18 {
				wide = max(wide, scale(part.width(), c.doseSize(st)))
			}
		}
	}
	return wide + c.look.Body/3 + dosePad.start + dosePad.end // a comma follows
}

// largeRow sets one stretch.
func (c *compositor) largeRow(k *card, width Length, st rowStyle) *stretchBox {
	look, th := &c.look, c.theme
	picture := Size{look.Picture + st.wider, look.PictureHeight}
	x := picture.W + c.rowGutter()
	if len(k.frames) == 0 { // its words have the room
		x, picture = 0, Size{}
		if st.dose > besideName {
			st.dose = underName
		}
	}
	w := width - x
	gap := c.tightly(st, look.Lead/6, 2*Point)
	row := &rowBox{as: k.tag()}
	y, top := Length(0), Length(0) // of the words, and of the picture
	place := func(x Length, b box) {
		row.place(x, y, b)
		y += b.height()
	}
	switch st.dose {
	case besideName:
		head := &rowBox{line: 1}
		head.put(0, alignMiddle, c.rowName(k, width, st))
		head.put(st.line, alignMiddle, c.dose(k, width-st.line, st))
		place(0, head)
		y += gap
		top = y
	case underName:
		place(0, c.rowName(k, width, st))
		y += gap
		place(0, c.dose(k, width, st))
		y += gap
		top = y
	case overWords:
		name := c.rowName(k, picture.W, st)
		row.place(0, 0, name)
		top = name.height() + gap
		place(x, c.dose(k, w, st))
		y += gap
	case underPicture, overSteps:
		place(x, c.rowName(k, w, st))
		if st.dose == overSteps {
			y += gap
			place(x, c.dose(k, w, st))
		}
	}
	var dose box
	if st.dose == underPicture {
		dose = c.dose(k, picture.W, st)
	}
	words := &stackBox{}
	put := func(b box) { words.put(look.Item, b) }
	if !st.bare {
		c.rowTips(k, w, st.tips, true, put)
		put(c.steps(k, w, st))
		c.rowTips(k, w, st.tips, false, put)
	}
	across := &stackBox{}
	put, in := func(b box) { words.put(gap, b) }, w
	if st.across {
		put, in = func(b box) { across.put(gap, b) }, width
	}
	if k.note != nil {
		put(c.text(P, k.note, in, solid(look.Body, th.main), look.Lead))
	}
	if stop := k.stops(st); stop != nil {
		put(c.stopLine(stop, in))
	}
	if st.days == belowSteps {
		words.put(look.Lead/4, c.dayBoxes(k, st.first))
	}
	below := Length(0) // the picture
	if dose != nil {
		below = gap + dose.height()
	}
	picture.H = max(picture.H, y+words.height()-below-top)
	if dose != nil {
		row.place(0, top+picture.H+gap, dose)
	}
	row.place(x, y, words)
	y = top + picture.H + below
	if len(across.parts) > 0 {
		y += gap
		place(0, across)
	}
	row.least = y
	if len(k.frames) > 0 {
		row.place(0, top, c.framed(k, picture, st.lean))
	}
	s := &stackBox{}
	s.put(0, rule(width, Point*6/5, th.line))
	s.put(c.rowPad(), row)
	return &stretchBox{s, picture}
}
