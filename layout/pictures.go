package layout

// The design pictures: for those who were shown, and those who do not read. Each stretch is
// its picture, its name, its dose and when to stop; its steps are not part of the design.

// pictureGrid sets the stretches side by side: two, or from five on three.
func (c *compositor) pictureGrid(cards []*card, width Length, st rowStyle) *stackBox {
	per := min(len(cards), 2)
	if len(cards) > 4 {
		per = 3
	}
	side := (width - Length(per-1)*c.look.Gutter) / Length(per)
	s := &stackBox{}
	for i := 0; i < len(cards); i += per {
		row := &rowBox{}
		for k, card := range cards[i:min(i+per, len(cards))] {
			row.put(Length(k)*(side+c.look.Gutter), alignStart,
				card.rowed.in(rowSetting{setting{c: c, width: side}, st},
					func() box { return c.pictureCell(card, side, st) }))
		}
		s.put(c.look.Gap*3/2, row)
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
