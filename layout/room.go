package layout

import (
	"cmp"
	"math"
	"slices"

	"handout/content"
)

// How a design with rows spends its room (design.md, "Room is spent in an order"): the ways
// to set a page, best first, and what is done with the room that is left.

// Sizes of pictures are tried in steps, in hundredths of what is wanted, down to the least: that in large print is
// less, for rows of pictures are as high as their words at least.
const pictureStep, leastShare, leastLargeShare = 5, 50, 40

// mostType is the largest type of a page that is not in large print.
const mostType = 16 * Point

// stage is what a page gives way in, one after the other.
type stage uint8

const (
	ownPicture  stage = iota // the handout's own picture goes
	fewerWords               // parts and sections in fewer words
	stopsOut                 // when to stop one stretch, where the stop rule says it
	endsOut                  // of large print: the words at the end
	leadIns                  // sections cut to their lead-ins, which run on
	sectionsOut              // what is left out
	stepsFewer               // the stretches' steps in fewer words
	stepsShort               // and cut to their lead-ins
	conceding                // the stages before are of concessions
	tipsOut                  // on the stretches
	codeOut                  // to book; in large print the date too
	toEnough                 // pictures get smaller, down to what half of them must have
	toLeast                  // and down to the least
	toTight                  // the page gets tight
	toSmallType
)

// The order in which a page gives way. What is to be read keeps its words, what is to be done its pictures;
// without stretches the code to book stays longer, and what is said twice leaves room for sections.
var (
	wholeOrder   = []stage{tipsOut, codeOut, fewerWords, toEnough, ownPicture, leadIns}
	readOrder    = []stage{fewerWords, toLeast, ownPicture, toTight, codeOut, leadIns, sectionsOut, toSmallType}
	articleOrder = []stage{tipsOut, codeOut, fewerWords, toLeast, ownPicture, leadIns, toTight, stopsOut, sectionsOut,
		stepsFewer, stepsShort, toSmallType}
	rowsOrder = []stage{ownPicture, tipsOut, codeOut, fewerWords, toEnough, leadIns, toTight, stopsOut, sectionsOut,
		stepsFewer, toLeast, stepsShort, toSmallType}
	largeReadOrder = []stage{codeOut, fewerWords, endsOut, toTight, leadIns, ownPicture, sectionsOut, toLeast}
	largeOrder     = []stage{tipsOut, codeOut, fewerWords, stopsOut, endsOut, leadIns, ownPicture, sectionsOut, toTight,
		stepsFewer, toLeast, stepsShort}
)

// order is that of the page. Where the stretches are, a picture of its own is one too many.
func (c *pageCopy) order() []stage {
	switch {
	case c.whole:
		return wholeOrder
	case c.design.large && c.stretches() == 0:
		return largeReadOrder
	case c.design.large && c.design.lax:
		return slices.Insert(slices.Clone(largeOrder), 0, ownPicture)
	case c.design.large:
		return largeOrder
	case c.design.lax:
		return rowsOrder
	case c.stretches() == 0:
		return readOrder
	}
	return articleOrder
}

// ways is the whole sequence of ways to set the page, each with at least as much room as
// the one before.
func (c *pageCopy) ways(sheet Sheet) []try {
	c.shape(sheet)
	out, t := make([]try, 0, 48), try{picture: 100, tips: allTips}
	add := func() { out = append(out, t) }
	ladder := c.design.ladder(c.floor(sheet))
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
	shrink := func(least Length) {
		for t.picture > least {
			t.picture = max(t.picture-pictureStep, least)
			add()
		}
	}
	var g giving
	if !sheet.Strict {
		g = c.gives()
	}
	for _, s := range c.order() {
		switch s {
		case tipsOut:
			for t.tips > 0 && !sheet.Strict {
				if t.tips--; c.tipped(t.tips) {
					add()
				}
			}
		case codeOut:
			if !sheet.Strict && (c.design.large || c.frame.code != nil) {
				t.uncoded, t.undated = true, c.design.large
				add()
			}
		case toEnough:
			shrink(c.enough)
		case toLeast:
			shrink(c.design.share)
		case toTight:
			for t.tight < c.tightest() {
				t.tight++
				add()
			}
		case toSmallType:
			for _, t.step = range ladder[above:] {
				add()
			}
		default:
			t.runOn = t.runOn || s == leadIns
			for _, y := range g[s] {
				if !slices.Contains(t.ceded, y) {
					t.ceded = append(t.ceded, y) // no other is ever put there
					add()
				}
			}
		}
	}
	return out
}

// rung is the rung that a try is set at, with its pictures in the size it says.
func (c *pageCopy) rung(t try) rung {
	n, wanted, look := c.stretches(), c.pictures, c.design.rung(t.body, t.loose)
	if c.design.bare || c.design.large { // side by side, each row as high as that of two, or of four; of three between
		wanted = look.wanted(max(2, min(n, 4)))
		if n == 3 && c.design.bare {
			wanted.H = (look.wanted(2).H + look.wanted(4).H) / 2
		}
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
	cards := c.slot().cards
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
		high := fills(cards, box) // enough
		for high && box.H > leastPictureHeight && fills(cards, Size{box.W, box.H - Point}) {
			box.H -= Point
		}
		for !high && box.H+Point <= most {
			box.H += Point
			high = fills(cards, box)
		}
		if !high {
			continue
		}
		if rows := comp.rowsHigh(cards, box, words-box.W, st, best); rows < best {
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

// rowsHigh is about how high stretches are in a tight page, each with its words beside a picture; it is not told
// how much more than most.
func (c *compositor) rowsHigh(cards []*card, pic Size, words Length, st rowStyle, most Length) (high Length) {
	size, lead := c.look.Body, c.look.Lead
	above := max(2*c.badgeRadius(st), c.dayBox()+dayAir)
	if !c.daysBeside(cards, words, st) {
		above += c.dayBox() + lead/4
	}
	for _, k := range cards {
		high += k.tall(pic)
	}
	for _, k := range cards {
		if high >= most {
			break
		}
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
		high += max(0, above+Length(dose)*c.doseSize(st)*112/100+Length(lines)*lead-k.tall(pic))
	}
	return high
}

// tipped tells whether a stretch has a tip of a rank that may be left out.
func (c *pageCopy) tipped(rank int) bool {
	return !c.design.bare && slices.ContainsFunc(c.slot().cards, func(k *card) bool {
		return slices.ContainsFunc(k.tips, func(t tip) bool { return !t.keep && t.about.rank() == rank })
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

// slot is the section of the stretches; an empty one where there is no place for any.
func (c *pageCopy) slot() *section {
	for _, s := range c.sections {
		if s.slot {
			return s
		}
	}
	return &section{}
}

// stretches is how many there are.
func (c *pageCopy) stretches() int { return len(c.slot().cards) }

// giving is what may be conceded in each stage, in the order in which it gives way.
type giving [conceding][]yield

func (g giving) all() []yield { return slices.Concat(g[:]...) }

// gives is what may be conceded. Of a section with what no page may be without, that stays.
func (c *pageCopy) gives() (g giving) {
	may := func(when bool, in stage, y yield) {
		if when {
			g[in] = append(g[in], y)
		}
	}
	opening, sections := c.sections[0], c.byGive()
	for _, of := range []PartKind{InSigns, InStretches, InStopRule, InClosing} {
		may(of == InClosing && opening.says, fewerWords, yield{opening, FewerWords, NoPart})
		for _, s := range c.sections {
			if (s.slot || of == InSigns) && s.saysFewer(of) {
				may(true, fewerWords, yield{s, FewerWords, of})
				break
			}
		}
	}
	own, _ := portrait(opening.as[InFull].nodes)
	may(own != nil, ownPicture, yield{opening, PictureOut, InOpening})
	for _, s := range sections {
		brief := c.design.lax || s.mark&content.Brief != 0
		may(s.says, fewerWords, yield{s, FewerWords, NoPart})
		may(s.cuts && brief && !(c.whole && s.says), leadIns, yield{s, SectionLeads, NoPart})
	}
	out := func(marked content.Mark) {
		for _, s := range sections {
			kind := SectionOut
			if s.stays {
				kind = SectionCore
			}
			may(s.mark&content.Optional == marked, sectionsOut, yield{s, kind, NoPart})
		}
	}
	// Closing words and opening say less than what is left, in large print than all advice. An
	// article of ours has room for as many stretches as rows have.
	out(content.Optional)
	lax, ends := c.design.lax || c.handout.Shipped && c.stretches() > 0, sectionsOut
	if c.design.large {
		ends = endsOut
	}
	goes := lax || c.design.large
	ticked := func(s *section) bool { return slices.ContainsFunc(s.after, isToTick) }
	for _, s := range c.sections {
		kind := SectionOut
		if ticked(s) { // what is to be ticked stays longer
			kind = SectionCore
		}
		may(goes && s.ends, ends, yield{s, kind, InClosing})
	}
	may(goes && len(opening.as[InFull].nodes) > 0 && !opening.stays, sectionsOut, yield{opening, SectionOut, NoPart})
	for _, s := range c.sections {
		may(goes && s.ends && ticked(s), ends, yield{s, SectionOut, InClosing})
	}
	if lax {
		out(0)
	}
	s := c.slot()
	any := func(is func(*card) bool) bool { return !c.design.bare && slices.ContainsFunc(s.cards, is) }
	may((c.design.large || !c.design.bare) && s.ruled(), stopsOut, yield{s, StopsOut, NoPart})
	may(any(func(k *card) bool { return k.fewer != nil }), stepsFewer, yield{s, StepsFewer, NoPart})
	may(any(func(k *card) bool { return k.cuts }), stepsShort, yield{s, StepsShort, NoPart})
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

// byGive is the sections but the opening and that of the stretches as they give way: as their author says,
// then from the last to the first.
func (c *pageCopy) byGive() []*section {
	sections := slices.DeleteFunc(slices.Clone(c.sections[1:]), func(s *section) bool { return s.slot })
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

// best is the best way so far to set a page.
type best struct {
	*draft
	try
	sheet Sheet
}

// takes tells whether there is room for a change, which is made then.
func (b *best) takes(change func(*try)) bool {
	t := b.try
	change(&t)
	if b.higher(t) > b.spare() {
		return false
	}
	d := b.copy.compose(t, b.sheet)
	if d.spare() < 0 {
		return false
	}
	b.draft, b.try = d, t
	return true
}

// most makes something as large as there is room for, up to a size.
func (b *best) most(of func(*try) *Length, size Length) {
	for *of(&b.try) < size {
		middle := (*of(&b.try) + size + 1) / 2
		if !b.takes(func(t *try) { *of(t) = middle }) {
			size = middle - 1
		}
	}
}

// larger gives the room that is left to pictures, up to a share.
func (b *best) larger(share Length) { b.most(func(t *try) *Length { return &t.picture }, share) }

// spend gives the room that is left to pictures, to signs, to boxes to tick, to the date, to the code to book, to
// tips and to air, the last of it between lines, in this order.
func (b *best) spend() {
	c := b.copy
	for b.tight > 0 && b.takes(func(t *try) { t.tight-- }) {
	}
	b.larger(100)
	if c.design.large || c.design.bare { // warning signs say all there is to say before anything else
		b.takes(func(t *try) { t.spoken = true })
	}
	if c.design.large && c.days != noDays {
		b.takes(func(t *try) { t.ticked = true })
	}
	if b.undated {
		b.takes(func(t *try) { t.undated = false })
	}
	if b.uncoded {
		b.takes(func(t *try) { t.uncoded = false })
	}
	for tips := b.tips + 1; tips <= allTips; tips++ {
		if c.tipped(tips-1) && !b.takes(func(t *try) { t.tips = tips }) {
			break
		}
	}
	for loose := 2; loose > b.loose && b.tight == 0; loose-- {
		b.takes(func(t *try) { t.loose = loose })
	}
	if !c.design.large && b.tight == 0 {
		b.most(func(t *try) *Length { return &t.leading }, goodLeading-leadingOf(b.loose))
	}
}

// goodLeading is how far apart lines are to be, in hundredths of the type.
const goodLeading = 126

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
	out = slices.DeleteFunc(out, func(s step) bool { return s.body < floor })
	if last := out[len(out)-1]; last.loose > 0 { // the least size has a tight rung, whichever it is
		out = append(out, step{last.body, 0})
	}
	return out
}
