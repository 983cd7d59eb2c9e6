package layout

import "slices"

// The design pictures: for those who were shown, and those who do not read. Each stretch is
// its picture, its name, its dose and when to stop; its steps are not part of the design.

// pictureGrid sets the stretches side by side: two, from five on three, from seven on four. Those
// of the last row share its width, however few they are: no cell is empty. One alone has its words
// beside its picture.
func (c *compositor) pictureGrid(cards []*card, width Length, st rowStyle) box {
	per := min(len(cards), 2)
	switch n := len(cards); {
	case n > 6:
		per = 4
	case n > 4:
		per = 3
	}
	last := len(cards) - (len(cards)-1)%per - 1 // the first of the last row
	side := func(of int) Length {
		n := per
		if of >= last {
			n = len(cards) - last
		}
		return (width - Length(n-1)*c.look.Gutter) / Length(n)
	}
	return stretches(cards, st, func(k *card, st rowStyle) *stretchBox {
		i := slices.Index(cards, k)
		side := side(i)
		if len(cards) == 1 && c.cellsFit(cards, width) {
			return k.rowed.in(rowSetting{setting{c: c, width: side}, st},
				func() *stretchBox { return c.pictureAlone(k, side, st) })
		}
		abreast := cards[i/per*per : min(i/per*per+per, len(cards))]
		if st.cells = len(abreast) == 1 && c.cellsFit(abreast, side); st.cells {
			st.cols = c.doseColumns(abreast, side, st)
		}
		return k.rowed.in(rowSetting{setting{c: c, width: side}, st},
			func() *stretchBox { return c.pictureCell(k, side, st) })
	}, func(cells []*stretchBox) *stackBox {
		s := &stackBox{}
		s.put(0, rule(width, Point*6/5, c.theme.line))
		for i := 0; i < len(cells); i += per {
			row := &rowBox{}
			for k, cell := range cells[i:min(i+per, len(cells))] {
				row.put(Length(k)*(side(i)+c.look.Gutter), alignStart, cell)
			}
			gap := c.look.Gap * 3 / 2
			if i == 0 {
				gap = c.rowPad()
			}
			s.put(gap, row)
		}
		return s
	})
}

// pictureCell sets one stretch. Its name is read first, as it is in all designs.
func (c *compositor) pictureCell(k *card, width Length, st rowStyle) *stretchBox {
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
	s.place(0, 0, c.framed(k, Size{width, h}, st.most))
	return &stretchBox{s, Size{width, h}}
}

// pictureAlone sets the only stretch: its picture, and beside it its name, the parts of its dose
// below each other, and when to stop.
func (c *compositor) pictureAlone(k *card, width Length, st rowStyle) *stretchBox {
	x := c.look.Picture*5/4 + c.rowGutter()
	room, words := width-x, &stackBox{}
	words.put(0, c.rowName(k, room, st))
	size := c.look.Body * 3 / 2
	for i, value := range k.values {
		if value == nil {
			continue
		}
		cell := &stackBox{}
		head := ink{size: c.headSize(), color: c.theme.muted, strong: c.theme.muted}
		cell.put(0, c.text(noRole, k.heads[i], room, head, head.size*12/10))
		in := ink{size: sizedTo(value, room-dosePad.start-dosePad.end, size), color: c.theme.text, strong: c.theme.text}
		cell.put(0, c.text(noRole, value, room-dosePad.start-dosePad.end, in, in.size*118/100))
		b := &panelBox{as: Tag{Role: P}, width: room, radius: 4 * Point,
			pad: insets{2 * Point, 3 * Point, dosePad.start, dosePad.end}, inside: cell}
		c.ground(b)
		words.put(c.look.Lead/3, b)
	}
	if k.note != nil {
		words.put(c.look.Lead/3, c.para(k.note, room))
	}
	if !st.above {
		words.put(c.look.Lead/3, c.stopLine(k.stop, room))
	}
	pic := Size{c.look.Picture * 5 / 4, max(c.look.PictureHeight, words.height())}
	row := &rowBox{as: Tag{Role: Sect, Part: Part{InStretch, k.n}}}
	row.put(x, alignStart, words)
	row.put(0, alignStart, c.framed(k, pic, st.most))
	return &stretchBox{row, pic}
}
