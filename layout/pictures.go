package layout

// The design pictures: for those who were shown, and those who do not read. Each stretch is
// its picture, its name, its dose and when to stop; its steps are not part of the design.

// pictureGrid sets the stretches side by side: two, or from five on three. Those of the last row
// share its width, however few they are: no cell is empty.
func (c *compositor) pictureGrid(cards []*card, width Length, st rowStyle) *stackBox {
	per := min(len(cards), 2)
	if len(cards) > 4 {
		per = 3
	}
	s := &stackBox{}
	s.put(0, rule(width, Point*6/5, c.theme.line))
	for i := 0; i < len(cards); i += per {
		row := &rowBox{}
		abreast := cards[i:min(i+per, len(cards))]
		side := (width - Length(len(abreast)-1)*c.look.Gutter) / Length(len(abreast))
		st := st
		if st.cells = len(abreast) == 1 && c.cellsFit(abreast, side); st.cells {
			st.cols = c.doseColumns(abreast, side, st)
		}
		for k, card := range abreast {
			row.put(Length(k)*(side+c.look.Gutter), alignStart,
				card.rowed.in(rowSetting{setting{c: c, width: side}, st},
					func() box { return c.pictureCell(card, side, st) }))
		}
		gap := c.look.Gap * 3 / 2
		if i == 0 {
			gap = c.rowPad()
		}
		s.put(gap, row)
	}
	return s
}

// pictureCell sets one stretch. Its name is read first, as it is in all designs.
func (c *compositor) pictureCell(k *card, width Length, st rowStyle) *rowBox {
	h, words := c.look.PictureHeight*4/3, &stackBox{}
	words.put(0, c.rowName(k, width, st))
	words.put(c.look.Lead/8, c.dose(k, width, st))
	if k.note != nil {
		words.put(c.look.Lead/8, c.para(k.note, width))
	}
	if !st.above {
		words.put(c.look.Lead/8, c.stopLine(k.stop, width))
	}
	gap := c.look.Lead / 3
	s := &rowBox{as: Tag{Role: Sect, Part: Part{InStretch, k.n}}, least: h + gap + words.height()}
	s.place(0, h+gap, words)
	s.place(0, 0, c.framed(k, Size{width, h}))
	return s
}
