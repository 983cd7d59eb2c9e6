package layout

import (
	"fmt"
	"slices"
	"unicode"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
	"handout/layout/figure"
)

// card is the copy of one stretch.
type card struct {
	n             int  // which it is, from 1
	role          Role // of its name: a heading one level below the section's
	number        *text
	title         *text
	dose          *text
	steps         *listNode // as written
	brief         *text     // their lead-ins, run on
	cuts          bool      // brief says less than steps
	tips          []tip
	note          *text // nil for none
	stop          *text
	alt           string
	lang          string // of its words, where it is another than the page's
	frames        []frame
	set           memo[cardSetting, *cardBox]
	rowed         memo[rowSetting, box]
	doses         [3]*text // the parts of the dose; nil for one there is none of
	heads, values [3]*text // the same with what stands over each; nil where that is not known
	days          int      // a week that it is done on; 0 for all
	weekdays      [7]*text // Sunday first, short
	id            int      // of what is kept; 0 if it is not
}

// tip is a line on where to feel it, a mistake, an easier or a harder way.
type tip struct {
	kind content.RemarkKind
	keep bool // whatever happens
	// It stands before the steps: what to have at hand.
	first bool
	text  *text
	film  *scanNode // in place of the text
}

// frame is one picture of a stretch.
type frame struct {
	traced  *figure.Figure
	picture *picture.Picture
}

// size is the frame's natural size in millimetres; a picture of the author's
// counts as 44 mm wide.
func (f frame) size() (w, h float64) {
	if f.traced != nil {
		return f.traced.W, f.traced.H
	}
	w, h = f.picture.Size()
	return 44, 44 * h / w
}

func (r *reader) card(n int, c content.Card) *card {
	s := c.Stretch
	r.at = s.Position
	k := &card{n: n, alt: s.Alt}
	k.number = r.plain(fmt.Sprint(n), fonts.Bold)
	k.dose = r.plain(counted(r.words.Dose(c.Dose)), fonts.Bold)
	for i, part := range r.words.DoseParts(c.Dose) {
		if part != "" {
			k.doses[i] = r.plain(counted(capital(part)), fonts.Bold)
		}
	}
	if heads, values, ok := r.words.DoseCells(c.Dose); ok {
		for i, value := range values {
			if value != "" {
				k.heads[i], k.values[i] = r.plain(heads[i], fonts.Regular), r.plain(counted(capital(value)), fonts.Bold)
			}
		}
	}
	k.days = c.Dose.Days
	for i, day := range r.words.Days {
		k.weekdays[i] = r.plain(brief(day), fonts.Regular)
	}
	if c.Note != "" {
		r.where, r.private = whereStretch, true
		k.note = some(r.plain(c.Note, fonts.Regular))
		r.where, r.private = "", false
	}
	if s.Words != nil {
		defer r.speak(s.Lang, s.Words)()
		k.lang = s.Lang
	}
	k.title = r.plain(s.Name, fonts.Bold)
	k.steps = &listNode{}
	var run content.Text
	for i, step := range s.Steps {
		k.steps.labels = append(k.steps.labels, r.plain(fmt.Sprintf("%d.", i+1), fonts.Bold))
		k.steps.items = append(k.steps.items, []node{&paraNode{role: P, text: r.filled(unbold(step), fonts.Regular)}})
		lead := step.LeadIn()
		if len(lead) == 0 || s.StepsMark != content.Brief {
			lead = step
		}
		k.cuts = k.cuts || len(lead) < len(step)
		if i > 0 {
			run = append(run, content.Span{Text: " "})
		}
		run = append(run, content.Span{Text: fmt.Sprintf("%d\u00a0", i+1), Bold: true})
		run = append(run, unbold(lead)...)
	}
	k.brief = r.text(run, fonts.Regular)
	for kind, t := range s.Remarks {
		if !blank(t.Text.String()) {
			label := content.Span{Text: r.words.Remarks[kind] + ": ", Bold: true}
			words := r.text(append(content.Text{label}, unbold(t.Text)...), fonts.Regular)
			k.tips = append(k.tips, tip{kind: min(content.RemarkKind(kind), content.Harder),
				keep: t.Mark&content.Optional == 0, text: words})
		}
	}
	// What is needed is told first, but the next that there is room for after where
	// to feel it; a film comes last.
	if !blank(s.Needs) {
		words := r.text(content.Text{{Text: r.words.Need + ": ", Bold: true}, {Text: s.Needs}}, fonts.Regular)
		k.tips = append(k.tips, tip{kind: content.Mistake, first: true, text: words})
	}
	if s.Video != "" {
		k.tips = append(k.tips, tip{kind: content.Harder, film: r.video(s.Video)})
	}
	k.stop = r.text(s.Stop, fonts.Regular)
	for _, f := range s.Frames {
		if f.Picture != nil {
			k.frames = append(k.frames, frame{picture: f.Picture})
			continue
		}
		fig, err := figure.Read(f.Traced)
		if err != nil {
			r.errs = append(r.errs, &content.Error{Position: f.Position, Code: "figure-broken", Message: err.Error()})
			return nil
		}
		// Poses are written for the right side.
		if c.Dose.Side == content.LeftSide {
			fig = fig.Mirror()
		}
		k.frames = append(k.frames, frame{traced: fig})
	}
	return k
}

// brief is the first two letters of a weekday in Latin ones, as calendars have it.
func brief(day string) string {
	if rs := []rune(day); len(rs) > 2 && unicode.Is(unicode.Latin, rs[0]) {
		return string(rs[:2])
	}
	return day
}

// unbold is text with its bold words plain: inside a card the name and the dose
// are the bold ones.
func unbold(t content.Text) content.Text {
	out := make(content.Text, len(t))
	for i, s := range t {
		s.Bold = false
		out[i] = s
	}
	return out
}

// cardBox is one stretch: its pictures, its name and dose, its steps and when
// to stop.
type cardBox struct {
	card     *card
	frames   []Rect // of each picture, from the box's corner
	drawings []*picture.Picture
	badge    badge
	head     *stackBox // name and dose
	headAt   XY
	body     *stackBox // steps and stop rule
	bodyAt   XY
	above    Length // height of the pictures, where they stand above the words
	floor    Length // where they end; 0 where one stands below the other
	below    bool   // the body stands below the pictures
	name     Length // size of the name, up to that of the text
	total    Length
}

// badge is a number in a disc.
type badge struct {
	text   *wordsBox
	radius Length
	color  picture.Color
}

// cardStyle says how a card is built.
type cardStyle struct {
	full  bool // steps as written, numbered below each other
	tips  int  // how many kinds of tips there is room for, the most useful first
	above bool // pictures above the words, not beside them
	split bool // only name and dose beside the picture, the rest below it
	pair  bool // two pictures side by side, each seven tenths as wide
}

// cardAs sets a card in one of the ways it may be built.
func (c *compositor) cardAs(k *card, width Length, st cardStyle) *cardBox {
	s := &cardBox{card: k}
	look, th := c.look, c.theme
	gutter := look.Gutter * 2 / 5
	picW := min(look.Picture, width)
	wordsW := width
	if !st.above {
		wordsW = width - picW - gutter
	}
	switch {
	case st.above:
		picW = width
	case st.pair:
		picW = picW*14/10 + pictureGap
		wordsW = width - picW - gutter
	}
	// The name hangs after its number.
	r := look.Body * 7 / 10
	nameSize := look.Body * 104 / 100
	s.badge = badge{c.text(Lbl, k.number, 2*r, ink{size: max(look.Body*88/100, footSize), color: th.onMain,
		strong: th.onMain}, 2*r), r, th.main}
	s.badge.text.align = alignMiddle
	indent := 2*r + look.Body*45/100
	name := c.display(noRole, k.title, wordsW-indent, ink{size: nameSize, color: th.text, strong: th.text}, look.Lead)
	s.name = min(name.ink.size, look.Body)
	s.head = &stackBox{}
	title := &rowBox{line: 1}
	title.put(indent, alignStart, name)
	s.head.put(0, title)
	dose := c.text(P, k.dose, wordsW, ink{size: look.Body, color: th.strongAccent, strong: th.strongAccent}, look.Lead)
	s.head.put(look.Item, dose)

	bodyW := wordsW
	if st.split {
		bodyW = width
	}
	s.body = &stackBox{}
	c.tips(s, bodyW, st.tips, true)
	if st.full {
		s.body.put(look.Item, c.list(k.steps, bodyW))
	} else {
		run := c.text(P, k.brief, bodyW, ink{size: look.Body, color: th.text, strong: th.main}, look.Lead)
		s.body.put(look.Item, run)
	}
	c.tips(s, bodyW, st.tips, false)
	if k.note != nil {
		s.body.put(look.Item, c.text(P, k.note, bodyW,
			ink{size: look.Body, color: th.text, strong: th.text}, look.Lead))
	}
	stop := c.text(P, k.stop, bodyW-9*Point, ink{size: look.Body, color: th.alarm, strong: th.alarm}, look.Lead)
	s.body.put(look.Item, &panelBox{width: bodyW, pad: insets{start: 9 * Point},
		bar: stroke{2 * Point, th.alarm}, inside: stop})

	// The pictures, side by side above the words, below each other beside them.
	picH := c.frames(s, picW, st)
	if st.pair || st.above || len(k.frames) == 1 {
		s.floor = picH
	}
	s.below = st.split
	head, body := s.head.height(), s.body.height()
	switch {
	case st.above:
		s.above = picH
		s.headAt = XY{0, picH + look.Para}
		s.bodyAt = XY{0, s.headAt.Y + head + look.Item}
	case st.split:
		s.headAt = XY{picW + gutter, 0}
		s.bodyAt = XY{0, max(picH, head) + look.Item}
	default:
		s.headAt = XY{picW + gutter, 0}
		s.bodyAt = XY{picW + gutter, head + look.Item}
	}
	s.total = max(s.bodyAt.Y+body, picH)
	return s
}

// tips puts those on a card that there is room for: the ones before the steps, or
// the ones after them.
func (c *compositor) tips(s *cardBox, width Length, kinds int, first bool) {
	for _, t := range s.card.tips {
		switch {
		case t.first != first || !t.keep && t.rank() >= kinds:
		case t.film != nil:
			s.body.put(c.look.Item, c.scan(t.film, width))
		default:
			s.body.put(c.look.Item, c.text(P, t.text, width,
				ink{size: c.look.Body, color: c.theme.text, strong: c.theme.main}, c.look.Lead))
		}
	}
}

// frames places the pictures of a card in a strip w wide, and returns its height.
func (c *compositor) frames(s *cardBox, w Length, st cardStyle) Length {
	k := s.card
	cell := w
	level := st.pair || st.above
	if level && len(k.frames) > 1 {
		cell = (w - pictureGap) / 2
	}
	var y, height Length
	for i, f := range k.frames {
		fw, fh := f.size()
		box := fitBox(fw, fh, min(cell, MM(fw*1.25)), c.look.PictureHeight)
		var pic *picture.Picture
		if f.traced != nil {
			pic = c.theme.inked(f.traced)
		} else {
			pic = c.theme.printed(f.picture)
		}
		s.drawings = append(s.drawings, pic)
		box.X = (cell - box.W) / 2
		if level {
			box.X += Length(i) * (cell + pictureGap)
			height = max(height, box.H)
		} else {
			box.Y = y
			y += box.H + pictureGap
			height = box.Y + box.H
		}
		s.frames = append(s.frames, box)
	}
	if level { // on one floor
		for i, box := range s.frames {
			s.frames[i].Y = height - box.H
		}
	}
	return height
}

// widest is the widest picture of the cards, as it is drawn beside their words.
func (c *compositor) widest(cards []*card) (w Length) {
	for _, k := range cards {
		for _, f := range k.frames {
			fw, fh := f.size()
			w = max(w, fitBox(fw, fh, min(c.look.Picture, MM(fw*1.25)), c.look.PictureHeight).W)
		}
	}
	return w
}

// pictureGap is the space between the two pictures of a card.
const pictureGap = 4 * Point

func (s *cardBox) height() Length            { return s.total }
func (s *cardBox) firstLine() (Length, bool) { return 0, false }
func (s *cardBox) settle(Length) box         { return s }

func (s *cardBox) print(p *press, at XY, tag int) {
	defer func(was Part) { p.part = was }(p.part)
	p.part = Part{InStretch, s.card.n}
	tag = p.tag(Sect, tag)
	h := p.tag(s.card.role, tag)
	b := s.badge
	x, y := at.X+s.headAt.X, at.Y+s.headAt.Y
	name := s.head.parts[0].(*rowBox).cells[0].box.(*wordsBox)
	mid := y + name.lead/2
	p.disc(XY{x + b.radius, mid}, b.radius, b.color)
	b.text.printLines(p, XY{x, mid - b.radius}, h)
	// The number's own space, so that a reader does not hear "1Lying".
	s.head.parts[0].print(p, XY{x, y}, h)
	fig := p.described(Figure, tag, s.card.alt)
	p.tags[fig].Lang = s.card.lang
	for i, box := range s.frames {
		box.X += at.X
		box.Y += at.Y
		p.image(fig, box, s.drawings[i])
	}
	y += name.height() + s.head.gaps[1]
	s.head.parts[1].print(p, XY{x, y}, tag)
	s.body.print(p, XY{at.X + s.bodyAt.X, at.Y + s.bodyAt.Y}, tag)
}

// gridBox is the cards in rows of equal height, with a rule above each row.
type gridBox struct {
	cards  []*cardBox
	per    int
	width  Length // of a card
	gutter Length
	gap    Length // between rows
	rule   picture.Color
	grid   grid
}

// card sets a card in the way that needs least height, of those that set its name in the
// size of the text or, where a word of it is too long for that, the nearest to it.
func (c *compositor) card(k *card, width Length, plan cardStyle) (least *cardBox) {
	beside, split, pair, above := plan, plan, plan, plan
	split.split, pair.split, pair.pair, above.above = true, true, true, true
	styles := []cardStyle{beside, split}
	switch {
	case width < c.look.Picture*2:
		styles = []cardStyle{above}
	case len(k.frames) > 1:
		styles = append(styles, pair, above)
	}
	for _, st := range styles {
		s := c.cardAs(k, width, st)
		if st.pair && s.head.parts[1].(*wordsBox).measure < leastDose*c.look.Body {
			continue
		}
		if least == nil || s.name > least.name || s.name == least.name && s.total < least.total {
			least = s
		}
	}
	if least.name < c.look.Body {
		if s := c.cardAs(k, width, above); s.name > least.name {
			return s
		}
	}
	return least
}

// grid sets the cards in the number of columns that needs least height.
func (c *compositor) grid(cards []*card, width Length, plan cardStyle) *gridBox {
	var best *gridBox
	if c.look.Cards == 1 {
		// The words of all cards begin at one edge, as near as the pictures let them.
		look := *c.look
		look.Picture = c.widest(cards)
		c = c.setter.compositor(look, c.theme, c.strong)
	}
	for per := 1; per <= min(c.look.Cards, len(cards)); per++ {
		g := &gridBox{per: per, gutter: c.look.Gutter, gap: c.look.Gap, rule: c.theme.rule, grid: c.baselines()}
		g.width = (width - Length(per-1)*g.gutter) / Length(per)
		g.cards = make([]*cardBox, len(cards))
		for i, k := range cards {
			g.cards[i] = k.set.in(cardSetting{setting{c: c, width: g.width}, plan}, func() *cardBox {
				return c.card(k, g.width, plan)
			})
		}
		g.level()
		if best == nil || g.height() < best.height() {
			best = g
		}
	}
	return best
}

// leastDose is the width, in ems, that the dose beside two pictures needs: with less
// it is a column of single words.
const leastDose = 7

// level stands the pictures above the words of a row on one line, and so begins
// the words on one.
func (s *gridBox) level() {
	for i := 0; i < len(s.cards); i += s.per {
		row := s.cards[i:min(i+s.per, len(s.cards))]
		var tallest Length
		for _, k := range row {
			tallest = max(tallest, k.above)
		}
		for i, k := range row {
			if by := tallest - k.above; k.above > 0 && by > 0 {
				row[i] = k.own()
				row[i].lower(by)
			}
		}
	}
}

// lower moves everything on a card down.
func (s *cardBox) lower(by Length) {
	s.drop(by)
	s.headAt.Y += by
	s.bodyAt.Y += by
	s.total += by
}

// settle stands the pictures of a row on one floor, and begins the words below them
// on one line where there is room for that, or where smaller pictures make it. Else
// it brings the words of each card to the grid of those beside its picture.
func (s *gridBox) settle(spare Length) box {
	if s.per == 1 {
		return s
	}
	was, on := s.height(), *s
	s = &on
	s.cards = slices.Clone(s.cards)
	for i := 0; i < len(s.cards); i += s.per {
		row := s.cards[i:min(i+s.per, len(s.cards))]
		if len(row) == 1 || above(row) {
			continue
		}
		for i, k := range row {
			row[i] = k.own()
		}
		var tallest, start, end Length
		mixed := false // with a card whose words begin elsewhere
		for _, k := range row {
			tallest = max(tallest, k.total)
			mixed = mixed || !k.below
			if k.below {
				start, end = max(start, k.bodyAt.Y), max(end, k.total-k.bodyAt.Y)
			}
		}
		room := tallest + spare - (s.height() - was)
		if mixed {
			start += s.grid.up(start)
		}
		over := max(0, start+end-room)
		level := over == 0 || !mixed
		for _, k := range row {
			level = level && (!k.below || k.gives(k.bodyAt.Y-start+over, s.grid.step))
		}
		var floor Length
		for _, k := range row {
			switch up := s.grid.up(k.words()); {
			case !k.below && k.above == 0:
			case k.below && level:
				k.sink(start - over - k.bodyAt.Y)
			case k.total+up <= room:
				k.sink(up)
			case k.above > 0 || k.gives(s.grid.step-up, s.grid.step):
				k.sink(up - s.grid.step)
			}
			floor = max(floor, k.floor)
		}
		for _, k := range row {
			if k.floor > 0 {
				k.drop(min(floor, k.words()) - k.floor)
			}
		}
	}
	return s
}

// above tells whether the pictures of all cards of a row stand above the words.
func above(row []*cardBox) bool {
	return !slices.ContainsFunc(row, func(k *cardBox) bool { return k.above == 0 })
}

// words is where the words below the pictures of a card begin: where it ends, if
// they all stand beside them.
func (s *cardBox) words() Length {
	switch {
	case s.above > 0:
		return s.headAt.Y
	case s.below:
		return s.bodyAt.Y
	}
	return s.total
}

// gives tells whether the words below the pictures of a card may move up so far: not
// over the name and the dose, and no farther than pictures are made smaller for.
func (s *cardBox) gives(up, most Length) bool {
	return up <= 0 || up <= most && s.floor > 2*most && s.bodyAt.Y-up >= s.head.height()
}

// sink moves the words below the pictures of a card down; or up, and then the
// pictures are as much less tall as they have to be.
func (s *cardBox) sink(by Length) {
	s.bodyAt.Y += by
	if s.above > 0 {
		s.headAt.Y += by
	}
	s.total += by
	less := s.floor - s.words()
	if less <= 0 {
		return
	}
	for i := range s.frames {
		r := &s.frames[i]
		end, w, h := r.Bottom(), r.W, r.H
		r.H -= less * h / s.floor
		r.W = w * r.H / h
		r.X += (w - r.W) / 2
		r.Y = end - less - r.H
	}
	s.floor -= less
}

// drop moves the pictures of a card down.
func (s *cardBox) drop(by Length) {
	if s.floor > 0 {
		s.floor += by
	}
	for i := range s.frames {
		s.frames[i].Y += by
	}
}

// pad is the space between the rule above a row and the row.
func (s *gridBox) pad() Length { return min(6*Point, s.gap) }

func (s *gridBox) rows() (heights []Length) {
	for i := 0; i < len(s.cards); i += s.per {
		var h Length
		for _, k := range s.cards[i:min(i+s.per, len(s.cards))] {
			h = max(h, k.total)
		}
		heights = append(heights, h)
	}
	return heights
}

func (s *gridBox) firstLine() (Length, bool) { return 0, false }

func (s *gridBox) height() Length {
	var h Length
	for i, r := range s.rows() {
		if i > 0 {
			h += s.gap
		}
		h += s.pad() + r
	}
	return h
}

func (s *gridBox) print(p *press, at XY, tag int) {
	for r, h := range s.rows() {
		row := s.cards[r*s.per : min((r+1)*s.per, len(s.cards))]
		for i, k := range row {
			x := at.X + Length(i)*(s.width+s.gutter)
			p.rule(x, at.Y, s.width, Point*3/5, s.rule)
			k.print(p, XY{x, at.Y + s.pad()}, tag)
		}
		at.Y += s.pad() + h + s.gap
	}
}
