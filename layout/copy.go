package layout

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"handout/content"
	"handout/fonts"
)

// The copy of a handout: its words shaped, its pictures read, but nothing
// measured against a page yet. It is made once for a page and then set at as
// many sizes as the fit wants to try.

// node is a block of copy, which can be set at a rung.
type node interface {
	lay(c *compositor, width Length) box
}

type (
	paraNode struct {
		role Role // P, or H3 and H4 inside a section
		text *text
	}
	listNode struct {
		labels []*text   // nil for bullets
		by     Numbering // of the labels; Decimal for none
		bullet *text
		boxes  []bool // of the items that have a box to tick; nil for none
		tick   *text  // stands for the box
		items  [][]node
		run    *text // a list cut to its lead-ins, run on with bullets between them; nil for none
	}
	calloutNode struct {
		kind    content.CalloutKind
		title   *text
		blocks  []node
		whole   *calloutNode // of one in fewer words that is for the band: all its words, read on as here
		phrases string       // of a stop rule, once they were asked for
		leaf
	}
	figureNode struct {
		shows   frame
		alt     string
		caption *text // nil for none
	}
	fieldsNode struct{ labels []*text }
	tableNode  struct{ rows [][]*text }
	quoteNode  struct{ blocks []node }
)

// counts is how the labels of a list count.
func (n *listNode) counts() Numbering {
	switch {
	case n.labels != nil:
		return max(n.by, Decimal)
	case n.boxes != nil && n.boxes[0]:
		return Square
	}
	return Disc
}

// section is a heading with what follows it up to the next of its level.
type section struct {
	at    content.Position
	name  string // for reports
	mark  content.Mark
	head  *text                 // nil before the first heading
	give  int                   // when it gives way: 1 first; 0 says nothing
	as    [LeftOut + 1]*passage // what is set of it; the last is what no page may be without, nil for nothing
	says  bool                  // it says less in its author's fewer words
	cuts  bool                  // and less again in its lead-ins
	stays bool                  // some of it no page may be without
	slot  bool                  // it is where the stretches stand, if any were chosen
	cards []*card
	after []node           // what follows the cards
	fewer []node           // each of it in fewer words; nil where there are none
	end   content.Position // of the closing words among them
	ends  bool             // there are closing words, and they may go
	id    int              // of what is kept, but for the cards; 0 if it is not
	said  []content.Block  // that it was read from, but for the stretches, if it is kept
}

// passage is blocks in a row and the heading above them.
type passage struct {
	head  *text // nil for none
	nodes []node
	whole bool // in full its section is too short to be cut in two
	leaf
}

// reader makes copy. It gathers every missing character before it gives up.
type reader struct {
	setter *Setter
	words  *content.Words
	chosen []content.Card
	lang   string
	// What is read is in another language than the page.
	foreign bool
	rtl     bool
	large   bool             // for the large edition
	at      content.Position // of the block being read
	where   string
	// What is read belongs to one patient, and must not be remembered.
	private bool
	common  bool // what is read is the same on other pages, whatever name is in it
	loose   bool // what was read hangs on more than its words
	page    *content.Page
	errs    []error
}

// text shapes a paragraph. base is the style of its plain words. What does not
// belong to one patient is remembered from page to page, with its line breaks.
func (r *reader) text(t content.Text, base fonts.Style) *text {
	s := r.setter
	style := byte(base)
	if r.foreign {
		style |= 1 << 7
	}
	if r.rtl { // the page, where the words are of no direction
		style |= 1 << 6
	}
	s.key = appendText(append(append(s.key[:0], r.lang...), 0, style), t)
	private := r.private || !r.common && r.named(s.key)
	if !private {
		if known, ok := s.known.get(string(s.key)); ok {
			return known
		}
	}
	in := make([]fonts.Span, len(t))
	for i, sp := range t {
		in[i] = fonts.Span{Text: sp.Text, Style: base | styleOf(sp)}
	}
	own := &text{spans: t, once: private, rtl: fonts.ReadsFromRight(in, r.rtl)}
	if r.foreign {
		own.lang = r.lang
	}
	if r.private {
		own.lang = spoken(t.String(), r.lang)
	}
	doubtful := func(sp fonts.Span) bool { return !fonts.Plainly(sp.Text) }
	var err error
	if lang, words, page, rtl := r.lang, r.words, r.rtl, own.rtl; private || slices.ContainsFunc(in, doubtful) {
		err = r.shape(own, numbered(in, words, page))
	} else {
		own.shape = func() []fonts.Piece {
			pieces, _ := s.shaper.Pieces(numbered(in, words, page), lang, rtl)
			return hangDots(pieces)
		}
	}
	if !private && err == nil {
		s.known.put(string(s.key), own)
	}
	return own
}

// shape shapes a text, and complains of what it cannot.
func (r *reader) shape(t *text, in []fonts.Span) error {
	shape := r.setter.shaper.Pieces
	if t.once {
		shape = r.setter.shaper.Once
	}
	pieces, err := shape(in, r.lang, t.rtl)
	var missing *fonts.MissingError
	switch {
	case errors.As(err, &missing):
		r.lacks(missing.Runes, t.spans)
	case err != nil:
		r.errs = append(r.errs, fmt.Errorf("%v: %w", r.at, err))
	}
	t.pieces = hangDots(pieces)
	return err
}

// speak reads in another language than the page's, until it is told to stop.
func (r *reader) speak(lang string, words *content.Words) (stop func()) {
	page, pageWords := r.lang, r.words
	r.lang, r.words, r.foreign = lang, words, true
	return func() { r.lang, r.words, r.foreign = page, pageWords, false }
}

// spoken is the language that words in another script than the page's are to be read
// aloud in: a name in Hebrew letters on an English page is no English. It is empty for the
// page's own and where a script does not tell.
func spoken(words, page string) (lang string) {
	for _, c := range words {
		for _, s := range scripts {
			if unicode.Is(s.letters, c) {
				if lang != "" && lang != s.lang || strings.HasPrefix(page, s.lang) ||
					s.lang == "ar" && content.ReadsFromRight(page) && page != "he" {
					return ""
				}
				lang = s.lang
			}
		}
		if unicode.Is(unicode.Latin, c) {
			return ""
		}
	}
	return lang
}

// scripts are those that one language is most often written in.
var scripts = [...]struct {
	letters *unicode.RangeTable
	lang    string
}{
	{unicode.Arabic, "ar"}, {unicode.Hebrew, "he"}, {unicode.Thai, "th"}, {unicode.Greek, "el"}, {unicode.Hangul, "ko"},
	{unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Devanagari, "hi"}, {unicode.Armenian, "hy"},
	{unicode.Georgian, "ka"},
}

// filled shapes a text whose tag needs something to hold: that of a heading, on which
// others hang, and of a cell, which may be there to be written in.
func (r *reader) filled(t content.Text, base fonts.Style) *text {
	if shaped := r.text(t, base); !shaped.blank() {
		return shaped
	}
	return r.text(content.Text{{Text: "\u00a0"}}, base)
}

// some is a text, or nil for one that shows nothing.
func some(t *text) *text {
	if t.blank() {
		return nil
	}
	return t
}

// plain shapes words of our own or of a single style.
func (r *reader) plain(s string, style fonts.Style) *text {
	return r.text(content.Text{{Text: s, Bold: style&fonts.Bold != 0}}, style)
}

// parts shapes what is told in a row, with middots between its parts, each of which is
// kept whole where a line has room for it.
func (r *reader) parts(words string) *text {
	t := r.plain(words, fonts.Regular)
	return &text{spans: t.spans, pieces: bound(t.shaped()), once: t.once, rtl: t.rtl}
}

// ending is parts that many pages have and, after the last middot, one that only one
// has. On a page that reads from left to right only that is new.
func (r *reader) ending(known *text, own string) *text {
	defer func(was bool) { r.private = was }(r.private)
	r.private = true
	words := known.spans[0].Text + own
	if r.rtl {
		return r.parts(words)
	}
	return &text{spans: content.Text{{Text: words}},
		pieces: slices.Concat(known.shaped(), bound(r.plain(own, fonts.Regular).shaped())), once: true}
}

// bound is pieces with those between two middots made one.
func bound(pieces []fonts.Piece) []fonts.Piece {
	var out []fonts.Piece
	for i := range pieces {
		p := &pieces[i]
		if i == 0 || dotted(&pieces[i-1]) > 0 {
			out = append(out, *p)
			continue
		}
		last := &out[len(out)-1]
		last.Runs = slices.Concat(last.Runs, p.Runs)
		last.Width, last.Space, last.Break = last.Width+last.Space+p.Width, p.Space, p.Break
	}
	return out
}

// sections reads a handout's blocks. The first section has no heading: it is the
// opening.
func (r *reader) sections(blocks []content.Block) []*section {
	out := make([]*section, 0, 16)
	for from := 0; len(out) == 0 || from < len(blocks); {
		to := from
		for to < len(blocks) && (to == from && len(out) > 0 || !opens(blocks[to])) {
			to++
		}
		out = append(out, r.section(blocks[from:to]))
		from = to
	}
	return out
}

// opens tells a block that begins a section: a heading, or the place of the stretches where
// there are none, which has lost its own.
func opens(b content.Block) bool {
	if s, ok := b.(*content.Stretches); ok {
		return len(s.Chosen) == 0
	}
	h, ok := b.(*content.Heading)
	return ok && h.Level == 2
}

// readSection reads the blocks of one section.
func (r *reader) readSection(blocks []content.Block) *section {
	cur := &section{name: "the opening"}
	var h *content.Heading
	if len(blocks) > 0 {
		cur.at, cur.stays = blocks[0].Pos(), content.Stays(blocks)
		h, _ = blocks[0].(*content.Heading)
	}
	if h != nil && opens(h) {
		r.at = h.Position
		cur.at, cur.name, cur.mark = h.Position, r.told(h.Text.String()), h.Mark&(content.Brief|content.Optional)
		cur.give = h.Give
		cur.head = r.filled(h.Text, fonts.Bold)
		blocks = blocks[1:]
	}
	var said lengths
	var core []node
	closes, ended := false, false
	for _, b := range blocks {
		if b, ok := b.(*content.Stretches); ok {
			cur.slot = true
			cur.cards = append(cur.cards, r.stretches(cur, b)...)
			continue
		}
		w, stays := r.block(b), content.Stays([]content.Block{b})
		switch {
		case w.full == nil:
		case cur.slot || isAlarm(w.full):
			cur.after, cur.fewer = append(cur.after, w.full), append(cur.fewer, w.short)
			if words := isPara(w.full); words || isToTick(w.full) {
				if !closes && (words || !cur.ends) {
					cur.end = b.Pos()
				}
				cur.ends = (cur.ends || !ended) && !stays
				closes, ended = closes || words, true
			}
		default:
			if said.add(w); stays {
				core = append(core, w.shortest(false))
			}
		}
	}
	cur.says, cur.cuts = said.says, said.cuts
	head := cur.head
	if !cur.slot && len(said.full) == 0 && len(cur.after) > 0 { // it is over the band
		head = nil
		for _, n := range slices.Concat(cur.after, cur.fewer) {
			b, ok := n.(*calloutNode)
			switch {
			case !ok:
				continue
			case b.title == nil:
				b.title = cur.head
			case h != nil: // it has words of its own over it
				both := slices.Concat(h.Text, content.Text{{Text: ": "}}, b.title.spans)
				b.title = r.filled(both, fonts.Bold)
			}
			if b.whole != nil {
				b.whole.title = b.title
			}
		}
	}
	whole := cur.head != nil && extent(said.full) <= shortSection
	of := func(head *text, ns []node) *passage { return &passage{head, ns, whole, leaf{r.common, shows(ns)}} }
	cur.as = [...]*passage{InFull: of(head, said.full), InFewerWords: of(head, said.short),
		AsLeadIns: of(head, said.brief), LeftOut: nil}
	if cur.stays {
		if core == nil {
			head = nil
		}
		cur.as[LeftOut] = of(head, core)
	}
	return cur
}

// stretches reads the cards that stand in a section.
func (r *reader) stretches(in *section, b *content.Stretches) (cards []*card) {
	r.at = b.Position
	role := H3
	if in.head == nil || r.large { // there the heading would say what is seen
		role = H2
	}
	for i, c := range b.Chosen {
		if k := r.stretch(i+1, role, c); k != nil {
			cards = append(cards, k)
		}
	}
	return cards
}

// block reads one block, in each of its lengths.
func (r *reader) block(b content.Block) wording {
	r.at = b.Pos()
	switch b := b.(type) {
	case *content.Heading:
		role := H3
		if b.Level > 3 {
			role = H4
		}
		return wording{full: &paraNode{role: role, text: r.filled(b.Text, fonts.Bold)}}
	case *content.Paragraph:
		return r.paragraph(b)
	case *content.List:
		return r.list(b)
	case *content.Callout:
		return r.callout(b)
	case *content.Figure:
		n := &figureNode{shows: frame{picture: b.Picture}, alt: b.Alt}
		if b.Traced != nil {
			fig := r.traced(b.Position, b.Traced)
			if fig == nil {
				return wording{}
			}
			n.shows.traced = fig.Still()
		}
		if len(b.Caption) > 0 {
			n.caption = some(r.text(b.Caption, fonts.Regular))
		}
		return wording{full: n}
	case *content.Fields:
		n := &fieldsNode{}
		for _, l := range b.Labels {
			n.labels = append(n.labels, r.text(l, fonts.Regular))
		}
		return wording{full: n}
	case *content.Diary:
		return wording{full: r.diary(b)}
	case *content.PainScale:
		return wording{full: r.scale(b)}
	case *content.TrafficLight:
		return wording{full: r.lights(b)}
	case *content.Code:
		return wording{full: r.code(b)}
	case *content.Table:
		n := &tableNode{}
		for i, row := range b.Rows {
			style := fonts.Regular
			if i == 0 {
				style = fonts.Bold
			}
			var cells []*text
			for _, c := range row {
				cells = append(cells, r.filled(c, style))
			}
			n.rows = append(n.rows, cells)
		}
		return wording{full: n}
	case *content.Quote:
		if n := (&quoteNode{blocks: r.blocks(b.Blocks)}); n.blocks != nil {
			return wording{full: n}
		}
		return wording{}
	}
	panic(fmt.Sprintf("layout: unknown block %T", b))
}

func (r *reader) blocks(bs []content.Block) []node {
	var out []node
	for _, b := range bs {
		if n := r.block(b).full; n != nil {
			out = append(out, n)
		}
	}
	return out
}

// numberings are how lists count, by what counts their first items.
var numberings = map[string]Numbering{"a": LowerAlpha, "A": UpperAlpha, "i": LowerRoman, "I": UpperRoman}

// list reads a list as written, in fewer words and cut to its lead-ins.
func (r *reader) list(b *content.List) wording {
	bullet := r.plain("\u2022", fonts.Regular)
	by := numberings[strings.Trim(b.Counter, "().")]
	f := &listNode{bullet: bullet, by: by}
	var fewer, few [][]node
	says, cuts := false, false
	for i, it := range b.Items {
		var said lengths
		for _, in := range it {
			said.add(r.block(in))
		}
		if said.full == nil {
			continue
		}
		if b.Ordered {
			f.labels = append(f.labels, r.plain(b.Label(len(f.items)), fonts.Bold))
		}
		if b.Boxes != nil {
			f.boxes, f.tick = append(f.boxes, b.Boxes[i]), r.tick()
		}
		says, cuts = says || said.says, cuts || said.cuts
		f.items, fewer, few = append(f.items, said.full), append(fewer, said.short), append(few, said.brief)
	}
	if f.items == nil {
		return wording{}
	}
	w := wording{full: f, short: r.fewer(b.Short, itemWords(b))}
	if w.short != nil {
		return w // the whole list in a sentence: fewer lines than its lead-ins
	}
	if says {
		h := *f
		h.items, w.short = fewer, &h
	}
	if !cuts {
		return w
	}
	s := *f
	s.items, w.brief = few, &s
	for _, it := range few {
		if p, ok := it[0].(*paraNode); ok {
			if plain := allPlain(p.text.spans); !slices.Equal(plain, p.text.spans) {
				it[0] = &paraNode{role: p.role, text: r.text(plain, fonts.Regular)}
			}
		}
	}
	if !b.Ordered && b.Boxes == nil {
		s.run = r.runOn(few)
	}
	return w
}

// runOn is items of a paragraph each with bullets between them; nil where one is more than that.
func (r *reader) runOn(items [][]node) *text {
	var run content.Text
	for i, it := range items {
		p, ok := it[0].(*paraNode)
		if !ok || len(it) > 1 {
			return nil
		}
		if i > 0 {
			run = append(run, content.Span{Text: " "})
		}
		run = append(run, content.Span{Text: "\u2022\u00a0", Bold: true})
		for _, s := range p.text.spans {
			s.Text = unbroken(s.Text, 20)
			run = append(run, s)
		}
	}
	return r.text(run, fonts.Regular)
}

// allPlain is the words of an item without what makes all of it bold: such an item is its
// own lead-in, and the only bold in a list that is run on is its bullets.
func allPlain(item content.Text) content.Text {
	if len(item.LeadIn()) < len(item) {
		return item
	}
	return unbold(item)
}

// tick is what a box to tick says to who cannot see it: a character as wide as the box
// that shows nothing, for the box is drawn.
func (r *reader) tick() *text {
	known, key := &r.setter.known, "\u2610"+r.lang // of no other text: pages share it, so that writers know it again
	if is, ok := known.get(key); ok {
		return is
	}
	space := r.plain("\u00a0", fonts.Regular)
	t := text{spans: space.spans, pieces: slices.Clone(space.shaped()), lang: space.lang, rtl: space.rtl}
	p := &t.pieces[0]
	p.Runs = slices.Clone(p.Runs)
	run := &p.Runs[0]
	run.Glyphs = slices.Clone(run.Glyphs)
	run.Glyphs[0].Text, run.Glyphs[0].Advance = "\u2610", tickSize
	run.Width, p.Width, p.Space, t.wide = tickSize, tickSize, 0, 0
	known.put(key, &t)
	return &t
}

// tickSize is the side of a box to tick, in thousandths of the type size: a little more
// than the height of capitals.
const tickSize fonts.Em = 780

// numbered is spans in which each telephone number, date and time of day is kept
// together and, on pages that read from right to left, what is all figures in the order it
// was typed: there "+44 20 7946" would else be shown, and read, as "7946 20 44+".
func numbered(in []fonts.Span, words *content.Words, rtl bool) []fonts.Span {
	for i := range in {
		s := &in[i].Text
		if *s = measured(tied(*s, rtl)); words != nil {
			*s = dated(*s, words.Months[:])
		}
	}
	return in
}
