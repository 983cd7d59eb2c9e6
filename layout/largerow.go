package layout

import "unicode/utf8"

// The large edition is for those who see little: one construction for all designs, with whole
// steps, and some lines of advice below them. A stretch is a row, but what is wide stands from
// margin to margin.

// largeRows sets the stretches below each other, with a rule above each: name and dose from
// margin to margin, the picture below them and the steps beside it. On a crowded page the dose
// may stand below the picture and when to stop below both, where that is less tall.
func (c *compositor) largeRows(cards []*card, width Length, st rowStyle) box {
	st.days, st.small = noDays, st.tight
	var best *stretchesBox
	try := func(st rowStyle) {
		s := c.below(cards, width, st, c.largeRow)
		if best == nil || s.height() < best.height() {
			best = s
		}
	}
	if st.line = c.doseBeside(cards, width, st); st.line > 0 {
		st.dose = besideName
		try(st)
	} else {
		st.dose, st.cols = underName, c.doseColumns(cards, width, st)
		try(st)
	}
	if !st.tight {
		return best
	}
	wide := st
	wide.across = true
	try(wide)
	for _, across := range []bool{false, true} {
		under := st
		under.dose, under.across, under.line, under.cols = underPicture, across, 0, [3]Length{}
		least := c.widestDose(cards, under)
		for pic := max(least, c.look.Picture); pic <= largePicture.W; pic += MM(6) {
			under.wider = pic - c.look.Picture
			try(under)
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
		if st.dose == underPicture {
			st.dose = underName
		}
	}
	w := width - x
	gap := look.Lead / 6
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
	case underPicture:
		place(x, c.rowName(k, w, st))
		if st.bare { // no steps stand there
			y += gap
			place(x, c.dose(k, w, st))
		}
	}
	var dose box
	if st.dose == underPicture && !st.bare {
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
	below := Length(0) // the picture
	if dose != nil {
		below = gap + dose.height()
	}
	picture.H = max(picture.H, y+words.height()-top-below)
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
		row.place(0, top, c.framed(k, picture))
	}
	s := &stackBox{}
	s.put(0, rule(width, Point*6/5, th.line))
	s.put(c.rowPad(), row)
	return &stretchBox{s, picture}
}
