package layout

import (
	"cmp"
	"math"
	"slices"

	"handout/content"
)

// How a design with rows spends its room (design.md, "Room is spent in an order"): the ways
// to set a page, best first, and what is done with the room that is left.

// Sizes of pictures are tried in steps, in hundredths of what is wanted, down to the least.
const pictureStep, leastShare = 5, 50

// leastLargeShare is that in large print, where rows of pictures are as high as their words at least.
const leastLargeShare = 40

// mostType is the largest type of a page that is not in large print.
const mostType = 16 * Point

// ways is the whole sequence of ways to set the page, each with at least as much room as
// the one before.
func (c *pageCopy) ways(sheet Sheet) (out []try) {
	t := try{picture: 100, tips: allTips}
	add := func() { out = append(out, t) }
	ladder := c.design.ladder(c.floor(sheet))
	c.shape(sheet)
	out = make([]try, 0, 48)
	above := 0 // rungs of the base size or more come first
	for above < len(ladder) && ladder[above].body >= c.design.base {
		above++
	}
	if c.stretches() == 0 && !c.design.large && ladder[0].body == c.design.top {
		for t.step = (step{mostType, 2}); t.body > c.design.top; t.body -= Point { // a page with little on it
			add()
		}
	}
	for _, t.step = range ladder[:above] {
		add()
	}
	var g giving
	if !sheet.Strict {
		g = c.gives()
	}
	cede := func(ys []yield) {
		for _, y := range ys {
			t.ceded = append(t.ceded, y) // no other is ever put there
			add()
		}
	}
	if c.design.lax { // where the stretches are, it is one picture too many
		cede(g.own)
	}
	if !sheet.Strict {
		for t.tips > 0 {
			if t.tips--; c.tipped(t.tips) {
				add()
			}
		}
		if t.undated = c.design.large; t.undated || c.frame.code != nil && c.stretches() > 0 {
			t.uncoded = true
			add()
		}
	}
	shrink := func(least Length) {
		for t.picture > least {
			t.picture = max(t.picture-pictureStep, least)
			add()
		}
	}
	tighten := func() {
		for t.tight < c.tightest() {
			t.tight++
			add()
		}
	}
	cede(g.words)
	if c.design.large {
		cede(g.stops)
		cede(g.ends)
	}
	least := Length(leastShare)
	switch {
	case c.whole:
		least = c.enough
	case c.design.large:
		least = leastLargeShare
	}
	// What is to be read keeps its words, what is to be done its pictures.
	if !c.design.lax && !c.design.large {
		shrink(least)
		cede(g.own)
	}
	if c.design.lax && !c.design.large {
		shrink(c.enough)
	}
	if c.stretches() == 0 {
		tighten()
		if !sheet.Strict && c.frame.code != nil && !t.uncoded { // without stretches it stays longer
			t.uncoded = true
			add()
		}
	}
	t.runOn = true
	cede(g.leads)
	switch {
	case c.whole:
		return out
	case c.design.large:
		cede(g.own)
		cede(g.goes)
		tighten()
		cede(g.fewer)
		shrink(least)
	default: // what is said twice leaves room for sections
		tighten()
		cede(g.stops)
		cede(g.goes)
		cede(g.fewer)
		if c.design.lax {
			shrink(least)
		}
	}
	cede(g.steps)
	for _, t.step = range ladder[above:] {
		add()
	}
	return out
}

// rung is the rung that a try is set at, with its pictures in the size it says.
func (c *pageCopy) rung(t try) rung {
	n, wanted, look := c.stretches(), c.pictures, c.design.rung(t.body, t.loose)
	if c.design.bare || c.design.large { // side by side, each row as high as that of two, or of four
		if c.design.bare {
			n = max(2, min(n/3*4+2, 4))
		}
		wanted = look.wanted(n)
	}
	look = look.pictured(wanted, t.picture)
	look.RunOn, look.Lead = t.runOn, look.Lead+look.Body*t.leading/100
	switch {
	case t.tight > 0 && c.design.large:
		look = look.crowded(Length(t.tight))
	case t.tight > 0:
		if look = look.tightened(); t.tight > 1 {
			look.Gap, look.Section, look.Para = 2*Point, 2*Point, Point*3/2
		}
	}
	return look
}

// shape finds the size that the pictures of a page are wanted in, and the least of it in hundredths.
// What half of them must have decides: of all the boxes that give it the one whose rows are the
// least high in a tight page.
func (c *pageCopy) shape(sheet Sheet) {
	var cards []*card
	for _, s := range c.sections {
		cards = append(cards, s.cards...)
	}
	if c.wants != nil && slices.Equal(c.cards, cards) && c.width == sheet.Paper.W {
		return
	}
	of := pictureSizes[min(len(cards), len(pictureSizes)-1)]
	c.wants = &wants{cards, sheet.Paper.W, of.Size, 90}
	if c.design.large {
		c.enough = 100
	}
	if of.least == 0 || len(cards) == 0 || c.design.bare || c.design.large {
		return
	}
	comp := c.setter.compositor(c.design.rung(c.design.base, 0).tightened(), c.theme, c.theme.text)
	words := sheet.Paper.W - 2*comp.look.Margin - comp.rowGutter()
	// The narrower a box is the higher it has to be; of those alike the widest, for two pictures side by side.
	least, best := of.Size, Length(math.MaxInt)
	st := rowStyle{tight: true, days: c.days}
	box, most := Size{leastPicture + (of.W-leastPicture)/MM(2)*MM(2), leastPictureHeight}, of.H*3/2-Point
	for ; box.W >= leastPicture; box.W -= MM(2) {
		for box.H > leastPictureHeight && fills(cards, Size{box.W, box.H - Point}) {
			box.H -= Point
		}
		for box.H <= most && !fills(cards, box) {
			box.H += Point
		}
		if box.H > most {
			continue
		}
		if rows := comp.rowsHigh(cards, box, words-box.W, st); rows < best {
			best, least = rows, box
		}
	}
	c.enough = min(100, Length(math.Ceil(100*math.Sqrt(float64(least.W)*float64(least.H)/
		(float64(of.W)*float64(of.H))))))
	c.pictures = Size{least.W * 100 / c.enough, least.H * 100 / c.enough}
}

// fills tells whether half of the pictures have what they must in a box.
func fills(cards []*card, box Size) bool {
	var few [8]arrangement
	all := arranged(few[:0], cards, func(int) Size { return box })
	return median(all, smallest(all).times(mostUnlike)) >= leastArea(len(cards))
}

// rowsHigh is about how high stretches are in a tight page, each with its words beside a picture.
func (c *compositor) rowsHigh(cards []*card, pic Size, words Length, st rowStyle) (high Length) {
	size, lead := c.look.Body, c.look.Lead
	above := max(2*c.badgeRadius(st), c.dayBox()+dayAir)
	if !c.daysBeside(cards, words, st) {
		above += c.dayBox() + lead/4
	}
	for _, k := range cards {
		lines := 0
		count := func(t *text, indent Length) { lines += t.count(measureOf(words-indent, size)) }
		for _, it := range k.steps.items {
			if p, ok := it[0].(*paraNode); ok {
				count(p.text, size*13/10)
			}
		}
		count(k.stop, size*3/2)
		pad := c.dosePad(st)
		dose := k.dose.count(measureOf(words-pad.start-pad.end, c.doseSize(st)))
		high += max(k.tall(pic), above+Length(dose)*c.doseSize(st)*112/100+Length(lines)*lead)
	}
	return high
}

// tipped tells whether a stretch has a tip of a rank that may be left out.
func (c *pageCopy) tipped(rank int) bool {
	return !c.design.bare && slices.ContainsFunc(c.sections, func(s *section) bool {
		return slices.ContainsFunc(s.cards, func(k *card) bool {
			return slices.ContainsFunc(k.tips, func(t tip) bool { return !t.keep && t.about.rank() == rank })
		})
	})
}

// tightest is how tight a page can be: doses with what stands over them are not set on the
// lines of the names.
func (c *pageCopy) tightest() int {
	if c.design.lax && !c.design.large && c.stretches() <= 2 {
		return 1
	}
	return 2
}

// stretches is how many there are.
func (c *pageCopy) stretches() (n int) {
	for _, s := range c.sections {
		n += len(s.cards)
	}
	return n
}

// giving is what may be conceded, each in the order in which it gives way.
type giving struct {
	own   []yield // the handout's own picture goes
	words []yield // parts and sections in fewer words
	stops []yield // when to stop one stretch, where the stop rule says it
	ends  []yield // of large print: the words at the end
	leads []yield // sections cut to their lead-ins
	goes  []yield // what is left out
	fewer []yield // the stretches' steps in fewer words
	steps []yield // and cut to their lead-ins
}

func (g giving) all() []yield {
	return slices.Concat(g.own, g.words, g.stops, g.ends, g.leads, g.goes, g.fewer, g.steps)
}

// gives is what may be conceded. Of a section with what no page may be without, that stays.
func (c *pageCopy) gives() (g giving) {
	opening, bySlot := c.sections[0], []PartKind{InSigns, InStretches, InStopRule, InClosing}
	for _, of := range bySlot {
		if of == InClosing && opening.says {
			g.words = append(g.words, yield{section: opening, kind: FewerWords})
		}
		for _, s := range c.sections {
			if (s.slot || of == InSigns) && s.saysFewer(of) {
				g.words = append(g.words, yield{s, FewerWords, of})
				break
			}
		}
	}
	if own, _ := portrait(opening.as[InFull].nodes); own != nil {
		g.own = append(g.own, yield{opening, PictureOut, InOpening})
	}
	for _, s := range c.sections {
		if (c.design.large || !c.design.bare) && s.ruled() {
			g.stops = append(g.stops, yield{section: s, kind: StopsOut})
		}
	}
	sections := c.byGive()
	for _, s := range sections {
		if !s.slot && s.says {
			g.words = append(g.words, yield{section: s, kind: FewerWords})
		}
	}
	for _, s := range sections {
		if s.cuts && !s.slot && !(c.whole && s.says) && (c.design.lax || s.mark&content.Brief != 0) {
			g.leads = append(g.leads, yield{section: s, kind: SectionLeads})
		}
	}
	out := func(marked content.Mark) {
		for _, s := range sections {
			switch {
			case s.slot || s.mark&content.Optional != marked:
			case s.stays:
				g.goes = append(g.goes, yield{section: s, kind: SectionCore})
			default:
				g.goes = append(g.goes, yield{section: s, kind: SectionOut})
			}
		}
	}
	var closing, tick []yield
	for _, s := range c.sections {
		switch {
		case s.ends && slices.ContainsFunc(s.after, isToTick): // what is to be ticked stays longer
			closing = append(closing, yield{s, SectionCore, InClosing})
			tick = append(tick, yield{s, SectionOut, InClosing})
		case s.ends:
			closing = append(closing, yield{s, SectionOut, InClosing})
		}
	}
	// Closing words and opening say less than what is left, in large print than all advice. An
	// article of ours has room for as many stretches as rows have.
	out(content.Optional)
	lax := c.design.lax || c.handout.Shipped && c.stretches() > 0
	if c.design.large {
		g.ends = append(append(g.ends, closing...), tick...)
	} else if lax {
		g.goes = append(g.goes, closing...)
	}
	if (lax || c.design.large) && len(opening.as[InFull].nodes) > 0 && !opening.stays {
		g.goes = append(g.goes, yield{section: opening, kind: SectionOut})
	}
	if lax {
		if !c.design.large {
			g.goes = append(g.goes, tick...)
		}
		out(0)
	}
	for _, s := range c.sections {
		if !c.design.bare && slices.ContainsFunc(s.cards, func(k *card) bool { return k.fewer != nil }) {
			g.fewer = append(g.fewer, yield{section: s, kind: StepsFewer})
		}
		if !c.design.bare && slices.ContainsFunc(s.cards, func(k *card) bool { return k.cuts }) {
			g.steps = append(g.steps, yield{section: s, kind: StepsShort})
		}
	}
	return g
}

// saysFewer tells whether what stands with the stretches can be said in fewer words.
func (s *section) saysFewer(of PartKind) bool {
	if of == InStretches {
		return s.says && s.head != nil
	}
	for i, n := range s.after {
		if s.fewer[i] != nil && endingOf(n) == of {
			return true
		}
	}
	return false
}

// byGive is the sections but the opening as they give way: as their author says, then from
// the last to the first.
func (c *pageCopy) byGive() []*section {
	sections := slices.Clone(c.sections[1:])
	slices.Reverse(sections)
	slices.SortStableFunc(sections, func(a, b *section) int {
		return cmp.Compare(uint(a.give-1), uint(b.give-1)) // 0 is after all others
	})
	return sections
}

// surpassed tells whether a concession says nothing any more, for a later one goes further.
func surpassed(ceded []yield, i int) bool {
	y := ceded[i]
	return slices.ContainsFunc(ceded[i+1:], func(o yield) bool {
		return o.section == y.section && o.of == y.of && o.kind.of() == y.kind.of()
	})
}

// ruled tells whether a section's stop rule says when to stop of one of its stretches or more.
func (s *section) ruled() bool {
	var full, fewer []*calloutNode
	for i, n := range s.after {
		if isStopRule(n) {
			full = append(full, n.(*calloutNode))
			if short, is := s.fewer[i].(*calloutNode); is {
				fewer = append(fewer, short)
			}
		}
	}
	all, short := phrases(full), phrases(fewer)
	return slices.ContainsFunc(s.cards, func(k *card) bool { return k.ruledBy(all) || k.ruledBy(short) })
}

// spend gives the room that is left to pictures, to signs, to boxes to tick, to the date, to the code to book, to
// tips and to air, the last of it between lines, in this order.
func (c *pageCopy) spend(d *draft, t try, sheet Sheet) (*draft, try) {
	set := func(more try) bool {
		e := c.compose(more, sheet)
		if e.spare() < 0 {
			return false
		}
		d, t = e, more
		return true
	}
	for more := t; t.tight > 0; {
		if more.tight--; !set(more) {
			break
		}
	}
	d, t = c.larger(d, t, 100, sheet)
	if more := t; c.design.large || c.design.bare { // warning signs say all there is to say before anything else
		more.spoken = true
		set(more)
	}
	if more := t; c.design.large && c.days != noDays {
		more.ticked = true
		set(more)
	}
	if more := t; t.undated {
		more.undated = false
		set(more)
	}
	if more := t; t.uncoded {
		more.uncoded = false
		set(more)
	}
	for more := t; more.tips < allTips; {
		if more.tips++; c.tipped(more.tips-1) && !set(more) {
			break
		}
	}
	for loose := 2; loose > t.loose && t.tight == 0; loose-- {
		more := t
		if more.loose = loose; set(more) {
			break
		}
	}
	most := goodLeading - leadingOf(t.loose)
	for more := t; !c.design.large && t.tight == 0 && t.leading < most; {
		if more.leading = (t.leading + most + 1) / 2; !set(more) {
			most = more.leading - 1
		}
	}
	return d, t
}

// goodLeading is how far apart lines are to be, in hundredths of the type.
const goodLeading = 126

// larger gives the room that is left to pictures, up to a share.
func (c *pageCopy) larger(d *draft, t try, most Length, sheet Sheet) (*draft, try) {
	for more := t; t.picture < most; {
		more.picture = (t.picture + most + 1) / 2
		if d.higher(more) <= d.spare() {
			if e := c.compose(more, sheet); e.spare() >= 0 {
				d, t = e, more
				continue
			}
		}
		most = more.picture - 1
	}
	return d, t
}

// higher is how much higher the rows of a page are at least with larger pictures: their words are no fewer lines.
func (d *draft) higher(with try) (more Length) {
	look := d.copy.rung(with)
	if d.copy.design.bare || d.copy.design.large || look.RunOn && look.aside() != d.comp.look.aside() {
		return 0 // it is not told
	}
	for _, b := range d.bands {
		if rows, ok := b.box.(*stretchesBox); ok {
			for i, k := range rows.cards {
				more += max(0, k.tall(Size{look.Picture, look.PictureHeight})-rows.each[i].picture.H)
			}
		}
	}
	return more
}

func (c *pageCopy) floor(sheet Sheet) Length {
	asked := sheet.MinType
	if asked == 0 {
		asked = Pt(sheet.Brand.MinType)
	}
	switch {
	case asked > 0:
		return max(asked, c.design.least)
	case c.handout.Shipped: // all of it is written to stand in clear print
		return max(clearPrint, c.design.floor)
	}
	return c.design.floor
}

// ladder is the rungs down to a floor. Each is tighter than the one before in type
// size or in space, never looser in either: from the largest size airy to the
// base size tight, and on down by half points.
func (d design) ladder(floor Length) []step {
	if floor > d.top { // larger type was asked for: that size, and no other
		return []step{{floor, 2}, {floor, 1}, {floor, 0}}
	}
	mid := (d.top + d.base) / 2
	out := []step{{d.top, 2}, {d.top, 1}, {mid, 1}, {mid, 0}}
	for body := d.base; body >= floor; body -= Point / 2 {
		out = append(out, step{body, 0})
	}
	for out[len(out)-1].body < floor {
		out = out[:len(out)-1]
	}
	if last := out[len(out)-1]; last.loose > 0 { // the least size has a tight rung, whichever it is
		out = append(out, step{last.body, 0})
	}
	return out
}
