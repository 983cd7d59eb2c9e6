package layout

import "slices"

// The design pictures: for those who were shown, and those who do not read. Each stretch is
// its picture, its name, its dose and when to stop; its steps are not part of the design.

// pictureGrid sets the stretches side by side: two, three or from five on three, from seven on four; in large
// print two. Those of the last row share its width, however few they are: no cell is empty. One alone
// there has its words beside its picture.
func (c *compositor) pictureGrid(cards []*card, width Length, st rowStyle) box {
	per := 2
	switch n := len(cards); {
	case c.look.large():
		room := (width-c.look.Gutter)/2 - c.look.Body*3 // beside the numbers
		if slices.ContainsFunc(cards, func(k *card) bool { return !k.title.wordsGoInto(room, c.look.Least) }) {
			return c.largeRows(cards, width, st)
		}
		st.small = st.tight
	case n > 6:
		per = 4
	case n == 3 || n > 4:
		per = 3
	}
	two := Size{(width - c.look.Gutter) / 2, c.sideBySide()}
	nearer := len(cards) == 2 && c.hole(cards, two) > mostHole
	rows := slices.Collect(slices.Chunk(cards, per))
	if len(cards) == 5 && per == 3 && drawings(cards[:2], two) > drawings(cards[3:], two) {
		rows = [][]*card{cards[:2], cards[2:]} // those with the wider drawings have a row for themselves
	}
	grid := &stretchesBox{stackBox: &stackBox{}, cards: cards}
	grid.put(0, rule(width, Point*6/5, c.theme.line))
	gap := c.rowPad()
	for _, in := range rows {
		side, row := (width-Length(len(in)-1)*c.look.Gutter)/Length(len(in)), &rowBox{}
		for i, k := range in {
			st, cells := st, c.cellsFit(in, width)
			beside := len(in) == 1 && (cells || c.look.large())
			if beside {
				room := side - c.aloneBeside()
				if st.alone = cells && len(cards) == 1 && !st.tight; !st.alone && !c.look.large() {
					st.cells = c.cellsFit(in, room)
					st.cols = c.doseColumns(in, room, st)
				}
			}
			if nearer {
				st.lean = 1 - 2*i
			}
			cell := c.pictureCell(k, side, st, beside)
			grid.each = append(grid.each, cell)
			row.put(Length(i)*(side+c.look.Gutter), alignStart, cell)
		}
		grid.put(gap, row)
		gap = c.look.Gap * 3 / 2
	}
	var other box = grid
	switch n := len(cards); {
	case !c.look.large() || !st.tight || n == 2:
	case n == 1:
		other = c.largeRows(cards, width, st)
	default: // each beside its words, with no smaller picture
		st.dose, st.wider = overSteps, narrowest(cards, two)-c.look.Picture
		other = c.below(cards, width, st, c.largeRow)
	}
	if other.height() < grid.height() {
		return other
	}
	return grid
}

// narrowest is how wide pictures have to be that show all that they show in a larger room.
func narrowest(cards []*card, room Size) (wide Length) {
	wide = MM(45)
	for _, k := range cards {
		wide = max(wide, k.drawn(room).W+2*picturePad)
	}
	return wide
}

// mostHole is the largest empty place between two drawings in the middle of their boxes, in square millimetres: 6
// hundredths of a sheet, for there is air in the drawings too. Where it is larger they stand a little nearer.
const mostHole = 2900

// hole is the empty place between two drawings side by side in boxes, in square millimetres.
func (c *compositor) hole(cards []*card, box Size) float64 {
	if len(cards[0].frames) == 0 || len(cards[1].frames) == 0 {
		return 0
	}
	most, wide := likened(cards, []Size{box, box}), box.W+c.look.Gutter
	for _, k := range cards {
		a := k.arranged(box)
		wide -= outline(a.boxes(nil, a.asLarge(&most))).W / 2
	}
	return float64(wide) / float64(MM(1)) * float64(box.H+MM(2)) / float64(MM(1))
}

// drawings is how wide the drawings of some stretches are together, each in a box.
func drawings(cards []*card, box Size) (wide Length) {
	for _, k := range cards {
		wide += k.drawn(box).W
	}
	return wide
}

// sideBySide is the height of pictures side by side, which are more than those below each other.
func (c *compositor) sideBySide() Length {
	if c.look.large() {
		return c.look.PictureHeight
	}
	return c.look.PictureHeight * 4 / 3
}

// pictureCell sets one stretch: its picture, and below it or, where it has a row for itself, beside it its name,
// its dose and when to stop. Its name is read first, as it is in all designs.
func (c *compositor) pictureCell(k *card, width Length, st rowStyle, beside bool) *stretchBox {
	pic, at, gap, words := Size{width, c.sideBySide()}, XY{}, c.look.Lead/8, &stackBox{}
	if beside = beside && len(k.frames) > 0; beside {
		at.X, gap = c.aloneBeside(), c.tightly(st, c.look.Lead/3, 2*Point)
	}
	room := width - at.X
	words.put(0, c.rowName(k, room, st))
	if beside && st.alone {
		c.stackedDose(words, k, room, width-c.look.wanted(2).W*5/4-c.rowGutter())
	} else {
		words.put(gap, c.dose(k, room, st))
	}
	if k.note != nil {
		words.put(gap, c.para(k.note, room))
	}
	if stop := k.stops(st); stop != nil {
		words.put(gap, c.stopLine(stop, room))
	}
	switch {
	case len(k.frames) == 0: // what it would show is said
		words.put(c.look.Lead/3, c.steps(k, width, st))
		words.as = k.tag()
		return &stretchBox{box: words}
	case beside:
		pic = Size{c.look.Picture * 5 / 4, max(c.look.PictureHeight, words.height())}
	default:
		at.Y = pic.H + c.look.Lead/3
	}
	row := &rowBox{as: k.tag(), least: max(pic.H, at.Y+words.height())}
	row.place(at.X, at.Y, words)
	row.place(0, 0, c.framed(k, pic, st.lean))
	return &stretchBox{row, pic}
}

// aloneBeside is where the words of a stretch that stands alone begin, beside its picture.
func (c *compositor) aloneBeside() Length { return c.look.Picture*5/4 + c.rowGutter() }

// stackedDose sets the parts of the dose of the only stretch below each other, in type that fits beside the largest
// picture too: beside a smaller one they are not higher.
func (c *compositor) stackedDose(words *stackBox, k *card, room, least Length) {
	size := c.look.Body * 3 / 2
	for i, value := range k.values {
		if value == nil {
			continue
		}
		cell := &stackBox{}
		cell.put(0, c.doseHead(k.heads[i], room))
		in := solid(sizedTo(value, min(room, least)-dosePad.start-dosePad.end, size), c.theme.text)
		cell.put(0, c.text(noRole, value, room-dosePad.start-dosePad.end, in, in.size*118/100))
		b := &panelBox{as: tagOf(P), width: room, radius: 4 * Point,
			pad: insets{2 * Point, 3 * Point, dosePad.start, dosePad.end}, inside: cell}
		c.ground(b)
		words.put(c.look.Lead/3, b)
	}
}
