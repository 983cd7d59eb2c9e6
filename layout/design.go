package layout

import (
	"math"
	"slices"
	"strings"

	"handout/content"
)

// What the designs article and rows share: the head, the stretches as rows, and what stands
// at the end. Each says in a file of its own what comes in which order.

// pageAt is the measures of both at a type size: loose from 0 (tight) to 2 (airy). Pictures
// have the size that so many stretches want.
func pageAt(body Length, loose int) rung {
	l := Length(loose)
	lead := body * leadingOf(loose) / 100
	return rung{
		Body:    body,
		Lead:    lead,
		Title:   min(220, mostTitle*100/body),
		Small:   9 * Point,
		Least:   lowestFloor,
		Margin:  Inch / 2,
		Gutter:  MM(7) + l*Point,
		Gap:     (4 + 4*l) * Point,
		Section: lead * (3 + l) / 6,
		Head:    0, // more than nothing is a whole line, on the grid
		Para:    (2 + l) * Point,
		Item:    l * Point,
		sizes:   headSizes{15 * Point, 11 * Point, 11 * Point, 17 * Point, 14 * Point, 16 * Point, 11 * Point, 0},
	}
}

// leadingOf is how far apart lines are, in hundredths of the type.
func leadingOf(loose int) Length { return 120 + 5*Length(loose) }

// mostTitle is the size of the largest title.
const mostTitle = 29 * Point

// largePageAt is the measures of the large edition: one column, and pictures that grow with
// the type.
func largePageAt(body Length, loose int) rung {
	l := Length(loose)
	return rung{
		Body:    body,
		Lead:    body * (124 + 4*l) / 100,
		Title:   150,
		Small:   14 * Point,
		Least:   LargePrint,
		Margin:  MM(13),
		Gutter:  MM(7),
		Gap:     (6 + 3*l) * Point,
		Section: (6 + 3*l) * Point,
		Head:    l * Point,
		Para:    (3 + 2*l) * Point,
		Item:    2 * l * Point,
		sizes:   headSizes{clinic: body, phone: body * 4 / 3, subtitle: body, name: body * 10 / 9, label: body * 8 / 9},
	}
}

// begin sets the head: the clinic at the start, its telephone at the end. It returns the
// space below.
func (d *draft) begin() Length {
	comp := d.comp
	row, _ := comp.clinicRow(d.copy.frame, d.inner())
	top := &stackBox{}
	top.put(0, comp.topBand(d.page))
	top.put(0, row)
	d.put(part(InContact), top, 0)
	d.bands[0].tied = true // to the top of the sheet, as the telephone is
	switch {
	case row.height() == 0:
		return 0
	case comp.look.large(): // the name of the clinic is as large as the title on a crowded page
		return max(comp.look.Gap, comp.look.Lead/4)
	}
	return comp.look.Gap
}

// ends sets what stands at the end of a page: the closing words and the code to book, the
// footnotes, and last the emergency band.
func (d *draft) ends() {
	comp, look, inner := d.comp, d.comp.look, d.inner()
	closing, wide := &stackBox{}, inner
	var book *bookingBox
	if !d.way.uncoded {
		book = comp.booking(d.copy.frame, inner)
	}
	if book != nil {
		wide -= book.reach
	}
	var alarm, first box
	for _, s := range d.sections {
		for _, n := range d.endings(s.section) {
			switch {
			case isAlarm(n):
				if alarm != nil {
					d.put(part(InSigns), alarm, look.Gap)
				}
				n := n.(*calloutNode)
				alarm = comp.emergency(n, inner, d.inked(n))
			case isStopRule(n) && len(s.cards) > 0: // it stands above them
			case isStopRule(n):
				d.put(part(InStopRule), comp.stopRule(n.(*calloutNode), inner), look.Gap)
			case isAskFirst(n) && first == nil:
				first = comp.askFirst(n.(*calloutNode), inner)
			case isToTick(n) && d.unticked:
			case !isPara(n):
				d.put(part(endingOf(n)), n.lay(comp, inner), look.Gap)
			case !d.unclosed:
				closing.put(look.Para, of(part(endingOf(n)), n.lay(comp, wide)))
			}
		}
	}
	last := &closing.rowBox
	if book != nil {
		closing.put(look.Para, book.words)
	}
	if wide < inner { // the closing words stand beside the code
		last = &rowBox{}
		last.put(book.reach, alignMiddle, closing)
		last.put(0, alignMiddle, book.code)
	}
	if len(last.parts) > 0 {
		d.put(part(InClosing), last, look.Gap)
	}
	if f := d.copy.frame; len(f.notes) > 0 {
		d.put(part(InFootnotes), f.common.set(comp, inner, asNotes, f.footnotes), look.Gap)
	}
	if first != nil {
		d.put(part(InSigns), first, look.Gap)
	}
	if alarm != nil {
		d.put(part(InSigns), alarm, look.Gap)
	}
}

// exercises sets the stretches: the heading, what is said of all of them and the stop rule,
// then a row each.
func (d *draft) exercises() {
	at := slices.IndexFunc(d.sections, func(s picked) bool { return s.slot })
	if at < 0 {
		return
	}
	comp, look, inner, s := d.comp, d.comp.look, d.inner(), d.sections[at]
	if at == 0 { // the opening's words stand below the title
		s.said = &passage{}
	}
	var stops []*calloutNode
	for _, n := range d.endings(s.section) {
		if isStopRule(n) && len(s.cards) > 0 {
			stops = append(stops, n.(*calloutNode))
		}
	}
	shared := sharedStop(s.cards)
	d.row.above = d.row.above || shared != nil
	said := phrases(stops)
	if shared != nil && rules(said, shared.words()) {
		shared = nil
	}
	for _, k := range s.cards { // one that says more than the rule says it itself
		if d.row.ruled != 0 && !k.ruledBy(said) {
			d.row.ruled &^= 1 << k.n
		}
	}
	var how, stop func(width Length) box
	if len(s.said.nodes) > 0 {
		how = func(width Length) box { return of(s.named(), comp.passage(s.said, width)) }
	}
	if len(stops) > 0 || shared != nil {
		stop = func(width Length) box {
			all := &stackBox{rowBox{as: &Tag{Part: Part{Kind: InStopRule}}}}
			for _, n := range stops {
				all.put(look.Para, comp.stopRule(n, width))
			}
			if shared != nil { // once, for all
				all.put(look.Para, comp.behindSign([]node{&paraNode{role: P, text: shared}}, width))
			}
			return all
		}
	}
	var head func(width Length) box
	// In large print ours says no more than the rows below it do.
	unsaid := look.large() && len(s.cards) > 0 && d.copy.handout.Shipped
	if s.head != nil && len(s.cards)+len(s.said.nodes) > 0 && !unsaid {
		head = func(width Length) box { return of(s.named(), comp.heading(s.head, width)) }
	}
	with, all := then{then{d.beside(), head != nil, 0}, shared, s.n}, s.said.leaf
	for _, n := range stops {
		with, all = then{with, n, 0}, all.and(n.leaf)
	}
	all.kept = all.kept && (shared == nil || !shared.once)
	d.bands = append(d.bands, furnish(comp, slab{of: &s.said.leaf, width: inner, with: with}, all,
		func(*compositor) []band { return d.before(head, how, stop) })...)
	if len(s.cards) > 0 {
		set := comp.rows
		switch {
		case d.row.bare:
			set = comp.pictureGrid
		case look.large():
			set = comp.largeRows
		}
		rows := slab{of: &s.cards[0].leaf, width: inner, as: inRow, with: then{part: d.row, n: len(s.cards)}}
		d.put(part(InStretches), furnish(comp, rows, leaf{shows: true},
			func(*compositor) box { return set(s.cards, inner, d.row) }), look.Gap)
	}
}

// before sets what stands before the stretches, below each other: their heading, what is said
// of all of them, and when to stop. The last two stand side by side where that is less tall, and
// on a crowded page the heading stands beside the first.
func (d *draft) before(head, how, stop func(width Length) box) (bands []band) {
	look, inner := d.comp.look, d.inner()
	set := func(all ...func(width Length) box) (parts []box, tall Length) {
		for _, set := range all {
			if set != nil {
				b := set(inner)
				parts, tall = append(parts, b), tall+look.Para+b.height()
			}
		}
		return parts, tall
	}
	parts, least := set(how, stop)
	if len(parts) == 2 && !look.large() {
		beside, tall := set(func(width Length) box {
			half, row := d.half(), &rowBox{}
			row.put(0, alignStart, how(half))
			row.put(half+look.Gutter, alignStart, stop(half))
			return row
		})
		if tall < least {
			parts, least = beside, tall
		}
	}
	alone := head != nil // the heading is
	if alone && look.RunOn && !look.large() && len(parts) > 0 {
		first, rest := how, stop
		if how == nil {
			first, rest = stop, nil
		}
		least += head(inner).height() + 1
		for _, x := range d.asideAt() {
			beside, tall := set(func(Length) box { return d.aside(x, head, first) }, rest)
			if tall < least {
				parts, least, alone = beside, tall, false
			}
		}
	}
	if alone {
		parts = slices.Insert(parts, 0, head(inner))
	}
	gap := look.Section
	for _, b := range parts {
		bands = append(bands, band{of: []Named{part(InStretches)}, box: b, gap: gap})
		gap = look.Para
	}
	return bands
}

// phrases is what stop rules say, a paragraph a line.
func phrases(stops []*calloutNode) (said string) {
	for _, n := range stops {
		if n.phrases == "" {
			n.phrases = "\n"
			for _, b := range n.blocks {
				if p, ok := b.(*paraNode); ok {
					n.phrases += p.text.words() + "\n"
				}
			}
		}
		said += n.phrases
	}
	return said
}

// rules tells whether the phrases of stop rules say all that a line on when to stop says: it is made of them, of two
// words or more each, and of what joins them. Words alone do not tell: "your back hurts, or the knee locks" is
// not "your knee hurts".
func rules(said, line string) bool {
	to := make([]bool, len(line)) // how far it can be made of them, by the space before a word
	to[0] = said != ""
	for i := range to {
		for n, end := 1, i; to[i]; n++ {
			next := strings.IndexByte(line[end+1:], ' ')
			if next < 0 {
				break
			}
			end += 1 + next
			words := line[i : end+1]
			if n > 1 && !strings.Contains(said, words) {
				break
			}
			to[end] = to[end] || n > 1 || slices.Contains(joining, words)
		}
	}
	return to[len(line)-1]
}

// joining are words between two things to stop for, in the languages of our stretches.
var joining = []string{" or ", " o "}

// ruledBy tells whether stop rules say all that a stretch says of when to stop, which it says after who asks first.
func (k *card) ruledBy(said string) bool {
	line := k.stop.words()
	if k.ask != nil {
		asks := k.ask.words()
		if !strings.HasPrefix(line, asks) {
			return false
		}
		line = line[len(asks)-1:]
	}
	return rules(said, line)
}

// stopRule is when to stop any of the stretches: read before the first of them.
func (c *compositor) stopRule(n *calloutNode, width Length) box {
	return n.set(c, width, aboveRows, func(c *compositor, width Length) box { return c.behindSign(n.blocks, width) })
}

// behindSign sets blocks behind the sign to stop.
func (c *compositor) behindSign(ns []node, width Length) box {
	size := c.look.Body
	side, th := min(size*13/10, c.look.Lead), c.theme
	indent := side + size/2
	in := &stackBox{}
	for _, n := range ns {
		if p, ok := n.(*paraNode); ok && isPara(n) {
			in.put(c.look.Para, c.para(p.text, c.runOn(p.text, width-indent)))
		} else {
			in.put(c.look.Para, n.lay(c, width-indent))
		}
	}
	return &panelBox{as: tagOf(Sect), width: width, least: side, pad: insets{start: indent}, inside: in,
		sign: &sign{side, XY{0, (min(in.height(), c.look.Lead) - side) / 2}, func(p *press, r Rect) {
			p.light(content.Stop, r, th.alarm)
		}}}
}

// flowing sets sections in two columns, or in one where they are prose or too few; what
// wants the whole width has it.
func (d *draft) flowing(sections []picked) {
	var flow []picked
	flush := func() {
		if len(flow) == 0 {
			return
		}
		both := following(d, flow, inFlow, d.beside(), func() [2][]band { return d.flow(flow) })
		if best, even := both[0], both[1]; even != nil {
			d.evener = append(d.evener, otherBands{len(d.bands), len(best), even})
		}
		d.bands, flow = append(d.bands, both[0]...), nil
	}
	for _, s := range sections {
		switch {
		case s.said.head == nil || s.slot: // all of it stands elsewhere
		case s.wide() || d.comp.broken(s.said.head, d.half()):
			flush()
			d.bands = append(d.bands, d.across(s)...)
		default:
			flow = append(flow, s)
		}
	}
	flush()
}

// half is the width of one of two columns.
func (d *draft) half() Length { return (d.inner() - d.comp.look.Gutter) / 2 }

// otherBands are bands for n of those of a page, from at on.
type otherBands struct {
	at, n int
	bands []band
}

// following is sections that follow each other as they were set, their words where they begin beside their headings.
func following[S any](d *draft, sections []picked, as manner, beside Length, set func() S) S {
	with, all := then{part: beside}, leaf{kept: true}
	for _, s := range sections {
		with, all = then{with, s.said, s.n}, all.and(s.said.leaf)
	}
	return furnish(d.comp, slab{of: &sections[0].said.leaf, width: d.inner(), as: as, with: with}, all,
		func(*compositor) S { return set() })
}

// flow sets sections that follow each other: in two columns, but for the last ones where all
// are less tall with those across both, below. So no column is half empty. Where one still is,
// the second bands are taller and have none, for a page that has the room.
func (d *draft) flow(sections []picked) [2][]band {
	var best, even []band
	one := d.oneColumn(sections)
	of, across := make([]Named, len(sections)), make([][]band, len(sections))
	for i, s := range sections {
		of[i], across[i] = s.named(), d.across(s)
	}
	for n := len(sections); n >= 0; n-- { // in columns
		if n == 1 || n > 0 && one {
			continue
		}
		var bands []band
		if n > 0 {
			bands = append(bands, band{of: of[:n], box: d.abreast(sections[:n]), gap: d.comp.look.Section})
		}
		bands = append(bands, slices.Concat(across[n:]...)...)
		if best == nil || tall(bands) < tall(best) {
			best = bands
		}
		if n > 0 && (even == nil || hole(bands) < hole(even)) {
			even = bands
		}
	}
	if even != nil && !d.holed(hole(best)-hole(even)) {
		even = nil
	}
	return [2][]band{best, even}
}

// hole is how much shorter one column is than the other.
func hole(bands []band) Length {
	if len(bands) > 0 {
		if s, ok := bands[0].box.(*columnsBox); ok {
			return max(s.hole(), -s.hole())
		}
	}
	return 0
}

func tall(bands []band) (h Length) {
	for _, b := range bands {
		h += b.gap + b.box.height()
	}
	return h
}

// oneColumn tells whether sections that follow each other stand below each other: one alone,
// prose, whatever stands in large print, and where there is so little that the type is larger
// than a page wants.
func (d *draft) oneColumn(flow []picked) bool {
	look := &d.comp.look
	return len(flow) < 2 || look.large() || look.Body > d.copy.design.top || d.copy.prose && !look.RunOn
}

// across is a section from margin to margin, as it was set.
func (d *draft) across(s picked) []band {
	return following(d, []picked{s}, fromEdge, d.beside(), func() []band { return d.fromEdge(s) })
}

// fromEdge sets a section from margin to margin, prose in lines that an eye finds back from.
func (d *draft) fromEdge(s picked) []band {
	comp, look, inner := d.comp, d.comp.look, d.inner()
	wide, of := inner, []Named{s.named()}
	if d.copy.prose {
		wide = min(inner, look.Body*proseMeasure/1000)
	}
	words := comp.passage(s.said, wide)
	head := comp.heading(s.said.head, inner)
	// On a crowded page what is less tall.
	if look.RunOn && !look.large() && !s.wide() && !comp.broken(s.said.head, d.half()) {
		if b := d.abreast([]picked{s}); b.height() <= head.height()+look.Head+words.height() {
			return []band{{of: of, box: b, gap: look.Section}}
		}
	}
	return []band{{of: of, box: head, gap: look.Section}, {of: of, box: words, gap: look.Head, tied: true}}
}

// proseMeasure is the longest line of prose, in thousandths of an em: 60 to 66 characters of
// the shipped face.
const proseMeasure = 29000

// isProse tells whether what sections say in full is nothing but paragraphs.
func isProse(sections []*section) bool {
	other := func(n node) bool { return !isPara(n) }
	return !slices.ContainsFunc(sections, func(s *section) bool {
		return !s.slot && slices.ContainsFunc(s.as[InFull].nodes, other)
	})
}

// abreast sets sections in two columns; lead-ins beside their headings where that is less tall.
func (d *draft) abreast(sections []picked) box {
	columns := following(d, sections, inColumn, 0, func() *columnsBox { return d.columns(sections) })
	if asides := d.asides(sections); asides != nil && asides.height() <= columns.height() {
		return asides
	}
	return columns
}

// columns sets sections in two columns. Where one would end far above the other the longer one is wider.
func (d *draft) columns(sections []picked) *columnsBox {
	half, all := d.half(), d.chunks(sections, d.half())
	columns := d.comp.columns(all, all, half)
	for by := d.inner() / 30; by <= d.inner()/10 && d.holed(columns.hole()); by += d.inner() / 30 {
		first := half + by
		if columns.hole() < 0 {
			first = half - by
		}
		narrow := min(first, 2*half-first)
		if slices.ContainsFunc(sections, func(s picked) bool { return d.comp.broken(s.said.head, narrow) }) {
			break
		}
		uneven := d.comp.columns(d.chunks(sections, first), d.chunks(sections, 2*half-first), first)
		if uneven.height() <= columns.height() {
			columns = uneven
		}
	}
	return columns
}

// holed tells whether a column is so much shorter than the other that an eye sees a hole.
func (d *draft) holed(by Length) bool { return max(by, -by) >= 3*d.comp.look.Lead }

// chunks are sections cut for a column.
func (d *draft) chunks(sections []picked, width Length) (chunks []chunk) {
	for _, s := range sections {
		from := len(chunks)
		chunks = append(chunks, d.comp.flow(s.said, width)...)
		for i := range chunks[from:] {
			chunks[from+i].part = s.named().Part
		}
	}
	return chunks
}

// asideHead is the most room for a heading that stands beside its section.
var asideHead = MM(45)

// aside is how much a heading has at the edge of what stands beside the pictures.
func (r rung) aside() Length { return max(min(r.Picture, asideHead), leastPicture) }

// asideAt is where what has its heading beside it may begin: at the edge of what stands beside
// the pictures, if that is as good as any.
func (d *draft) asideAt() [5]Length {
	of := func(head Length) Length { return head + d.comp.rowGutter() }
	return [...]Length{of(d.comp.look.aside()), of(leastPicture), of(asideHead),
		of(asideHead * 9 / 10), of(asideHead * 7 / 10)}
}

// beside is where, as far as anything but the type decides it.
func (d *draft) beside() Length {
	if !d.comp.look.RunOn {
		return 0
	}
	return d.asideAt()[0]
}

// aside sets a heading, and words beside it that begin at x.
func (d *draft) aside(x Length, head, words func(width Length) box) *rowBox {
	row := &rowBox{line: 1}
	row.put(0, alignStart, head(x-d.comp.rowGutter()))
	row.put(x, alignStart, words(d.inner()-x))
	return row
}

// asides sets sections that are cut to their lead-ins below each other from margin to margin,
// their headings beside them. It is nil where one of them is not.
func (d *draft) asides(sections []picked) *stackBox {
	comp := d.comp
	if slices.ContainsFunc(sections, func(p picked) bool { return !p.runsOn(&comp.look) }) {
		return nil
	}
	// each puts them where their words begin at x, and tells how high they are.
	each := func(x Length, put func(p picked, gap Length)) (high Length) {
		gap := Length(0)
		for _, p := range sections {
			put(p, gap)
			head := comp.headLine(p.said.head, x-comp.rowGutter()).height()
			words := comp.passage(p.said, d.inner()-x).height()
			high += gap + max(head, words)
			if gap = comp.look.Para; head >= words {
				gap = comp.look.Lead / 4 // no heading stands close below another
			}
		}
		return high
	}
	at, least := Length(0), Length(math.MaxInt)
	for _, x := range d.asideAt() {
		if high := each(x, func(picked, Length) {}); high < least {
			at, least = x, high
		}
	}
	s := &stackBox{}
	each(at, func(p picked, gap Length) {
		s.put(gap, of(p.named(), d.aside(at, func(width Length) box { return comp.heading(p.said.head, width) },
			func(width Length) box { return comp.passage(p.said, width) })))
	})
	return s
}

// runsOn tells whether a section is cut to lead-ins that run on.
func (s picked) runsOn(look *rung) bool {
	lists := 0
	for _, n := range s.said.nodes {
		switch n := n.(type) {
		case *paraNode:
		case *listNode:
			if n.run == nil {
				return false
			}
			lists++
		default:
			return false
		}
	}
	return look.RunOn && lists > 0
}

// wide tells whether a section has something that wants the whole width of a page.
func (s picked) wide() bool {
	return slices.ContainsFunc(s.said.nodes, isGrid)
}

// endings is what follows the stretches of a section, in fewer words where that is ceded; signs that
// read on in all their words where there is room for those.
func (d *draft) endings(s *section) []node {
	all := make([]node, 0, len(s.after))
	for i, n := range s.after {
		if fewer := s.fewer[i]; fewer != nil && d.fewer[endingOf(n)] {
			if n = fewer; d.way.spoken && isAlarm(n) && fewer.(*calloutNode).whole != nil {
				n = fewer.(*calloutNode).whole
			}
		}
		all = append(all, n)
	}
	return all
}
