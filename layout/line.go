package layout

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"handout/content"
	"handout/fonts"
)

// Line breaking. Text is set flush at its start edge, ragged at the other, never
// hyphenated. A paragraph first gets as few lines as it can have; among the ways
// to break it into so many lines, the one with the least raggedness is taken:
// the least sum of squared white space over all lines but the last (the ragged
// case of Knuth and Plass, Breaking Paragraphs into Lines, 1981). A last line
// shorter than a third of the measure costs too, so that a lone word finds company
// where it can.

// text is one paragraph's words, ready to be broken at any size and measure.
type text struct {
	spans  content.Text
	pieces []fonts.Piece        // once it is shaped
	shape  func() []fonts.Piece // of what is shaped when it is asked for; else nil
	wide   fonts.Em             // on a single line, once it was asked for
	memo   []*broken            // the measures asked for so far
	once   bool                 // it belongs to one patient, and must not be remembered
	lang   string               // where it is another than the page's
	rtl    bool                 // it reads from right to left, whatever the page does
	asked  []answer             // what was asked of it, where it belongs to one patient
	plain  string               // its words, once they were asked for
}

// shaped is its pieces. Much that is read is never tried on a page: fewer words where all have room,
// all where few have.
func (t *text) shaped() []fonts.Piece {
	if t.shape != nil {
		t.pieces, t.shape = t.shape(), nil
	}
	return t.pieces
}

// empty tells a text that prints nothing, for which no tag may be opened.
func (t *text) empty() bool {
	printed := func(r fonts.Run) bool { return len(r.Glyphs) > 0 }
	return !slices.ContainsFunc(t.shaped(), func(p fonts.Piece) bool { return slices.ContainsFunc(p.Runs, printed) })
}

// blank tells a text that shows nothing: of white space and invisible characters, as
// pages pasted from the web have them.
func (t *text) blank() bool { return blank(t.spans.String()) }

// letterCount is how many letters the text has.
func (t *text) letterCount() int { return letterCount(t.spans.String()) }

func letterCount(s string) (n int) {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// words is the words of the text in small letters, with a space before and after each.
func (t *text) words() string {
	if t.plain == "" {
		other := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) }
		all := strings.FieldsFunc(strings.ToLower(t.spans.String()), other)
		t.plain = strings.Join(slices.Concat([]string{""}, all, []string{""}), " ")
	}
	return t.plain
}

// blank tells whether words a person typed show nothing.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool {
		return unicode.IsGraphic(c) && !unicode.IsSpace(c) &&
			!unicode.Is(unicode.Variation_Selector, c) && c != '\u034f'
	})
}

// leads tells a text that ends with a colon: what follows belongs to it.
func (t *text) leads() bool {
	said := strings.TrimRight(t.spans.String(), " \u00a0")
	return strings.HasSuffix(said, ":") || strings.HasSuffix(said, "：")
}

// loneWord is what a short word alone on the last line costs: as much as a line
// above it that is two fifths empty. The first word of an item that is run on costs as much at the end of a line.
const loneWord = .16

// span of pieces that makes up a line: from, to (not included).
type line struct{ from, to int }

// broken is a text cut into lines for a measure.
type broken struct {
	measure fonts.Em
	pieces  []fonts.Piece // differs from the text's only where a piece had to be split
	lines   []line
	set     []setLine // the lines that were printed before, by number
}

// setLine is a line as it is seen, ready for any type size and place.
type setLine struct {
	width fonts.Em // without the white space that hangs over its end
	over  fonts.Em // that white space
	runs  []setRun
}

// setRun is what stands together in one face and one span of the text.
type setRun struct {
	face   *fonts.Face
	span   int
	left   fonts.Em // from the left end of the line
	width  fonts.Em
	glyphs []fonts.Glyph // pages share them
}

// line is the line of that number as it is seen in words that are read from right to
// left, or from left to right: always the same for a text.
func (b *broken) line(n int, rtl bool) *setLine {
	if b.set == nil {
		b.set = make([]setLine, len(b.lines))
	}
	s := &b.set[n]
	if s.runs != nil {
		return s
	}
	pieces := b.pieces[b.lines[n].from:b.lines[n].to]
	var few [32]fonts.Run
	runs := few[:0]
	for i, p := range pieces {
		s.width += p.Width
		if i < len(pieces)-1 {
			s.width += p.Space
		} else if dotted(&p) > 0 {
			p = undotted(p)
		}
		s.over = p.Space
		runs = append(runs, p.Runs...)
	}
	runs = fonts.Visual(runs, rtl)
	var left fonts.Em
	for i := 0; i < len(runs); {
		j, count, width := i, 0, fonts.Em(0)
		for ; j < len(runs) && runs[j].Face == runs[i].Face && runs[j].Span == runs[i].Span; j++ {
			count += len(runs[j].Glyphs)
			width += runs[j].Width
		}
		s.runs = append(s.runs, setRun{runs[i].Face, runs[i].Span, left, width, adjoining(runs[i:j], count)})
		left += width
		i = j
	}
	return s
}

// adjoining is the glyphs of runs: where they stand, if that is one after the other.
func adjoining(runs []fonts.Run, count int) []fonts.Glyph {
	all, at := runs[0].Glyphs[:min(count, cap(runs[0].Glyphs))], 0
	for _, r := range runs {
		if at >= len(all) || &r.Glyphs[0] != &all[at] {
			all = nil
			for _, r := range runs {
				all = append(slices.Grow(all, count-len(all)), r.Glyphs...)
			}
			break
		}
		at += len(r.Glyphs)
	}
	return slices.Clip(all)
}

// typeset puts the glyphs of a text one after the other, in the order of its pieces, so that all its lines
// at all measures share them.
func (t *text) typeset() {
	count := 0
	for _, p := range t.pieces {
		for _, r := range p.Runs {
			count += len(r.Glyphs)
		}
	}
	all := make([]fonts.Glyph, 0, count)
	for _, p := range t.pieces {
		for k := range p.Runs {
			r := &p.Runs[k]
			all = append(all, r.Glyphs...)
			r.Glyphs = all[len(all)-len(r.Glyphs):]
		}
	}
}

// count is how many lines the text has at a measure: all that is asked of it but on the
// page that is printed.
func (t *text) count(measure fonts.Em) int { return int(t.ask(inLines, Length(measure), 0)) }

// counted is as few lines as it can have: each piece stands on the first that has room.
func (t *text) counted(measure fonts.Em) (lines int) {
	end, begun := fonts.Em(0), false // of the line so far, with its white space
	pieces := t.shaped()
	for i := range pieces {
		p := &pieces[i]
		switch {
		case p.Width > measure: // it is split
			return len(t.at(measure).lines)
		case !begun || end+p.Width > measure:
			lines++
			end = 0
		}
		end, begun = end+p.Width+p.Space, !p.Break
	}
	return lines
}

// at breaks the text for a measure. The result is remembered: what is printed on one page
// mostly is on the next.
func (t *text) at(measure fonts.Em) *broken {
	for _, b := range t.memo {
		if b.measure == measure {
			return b
		}
	}
	pieces := t.shaped()
	if t.memo == nil && !t.once {
		t.typeset()
	}
	b := &broken{measure: measure, pieces: splitLong(pieces, measure)}
	b.lines = breakLines(b.pieces, measure)
	if len(t.memo) == maxMemo {
		t.memo = t.memo[:0]
	}
	t.memo = append(t.memo, b)
	return b
}

// maxMemo bounds the measures a text remembers: more than the rungs of a ladder
// times the columns of a card.
const maxMemo = 40

// width is the text's on a single line.
func (t *text) width() fonts.Em { return fonts.Em(t.ask(inAll, 0, 0)) }

func (t *text) whole() fonts.Em {
	if t.wide == 0 {
		for i, p := range t.shaped() {
			t.wide += p.Width
			if i < len(t.pieces)-1 {
				t.wide += p.Space
			}
		}
	}
	return t.wide
}

// goesInto tells whether the text goes on a single line of a width.
func (t *text) goesInto(width, size Length) bool { return t.ask(inRoom, width, size) == 1 }

// about is the text's width on a single line, to the next twenty-fifth of a width, which is
// the most: what is a patient's is not measured to the point, or no search would be alike.
func (t *text) about(most, size Length) Length {
	for share := most / 25; share < most; share += most / 25 {
		if t.goesInto(share, size) {
			return share
		}
	}
	return most
}

// wordsGoInto tells whether each of its words goes on a line of a width.
func (t *text) wordsGoInto(width, size Length) bool { return t.ask(inWords, width, size) == 1 }

// widest is the widest of its pieces: the narrowest measure that splits none.
func (t *text) widest() fonts.Em { return fonts.Em(t.ask(inPiece, 0, 0)) }

func (t *text) longest() (w fonts.Em) {
	for _, p := range t.shaped() {
		w = max(w, p.Width)
	}
	return w
}

// breakLines cuts pieces into lines no wider than measure. Every piece is at
// most as wide as the measure, or stands alone.
func breakLines(pieces []fonts.Piece, measure fonts.Em) []line {
	var lines []line
	from := 0
	for i := range pieces {
		if pieces[i].Break || i == len(pieces)-1 {
			lines = breakRun(lines, pieces, line{from, i + 1}, measure)
			from = i + 1
		}
	}
	return lines
}

// breakRun breaks one run of pieces without a forced break inside.
func breakRun(lines []line, pieces []fonts.Piece, run line, measure fonts.Em) []line {
	n := run.to - run.from
	// sum[i] is the width of the first i pieces with their spaces.
	sum := make([]fonts.Em, n+1)
	for i := range n {
		p := &pieces[run.from+i]
		sum[i+1] = sum[i] + p.Width + p.Space
	}
	width := func(i, j int) fonts.Em { return sum[j] - sum[i] - pieces[run.from+j-1].Space }
	if width(0, n) <= measure {
		return append(lines, run)
	}
	type best struct {
		count int     // lines up to here
		cost  float64 // their raggedness
		back  int
	}
	bests := make([]best, n+1)
	for j := 1; j <= n; j++ {
		bests[j] = best{count: math.MaxInt}
		for i := j - 1; i >= 0; i-- {
			w := width(i, j)
			if w > measure && i < j-1 {
				break
			}
			b := best{bests[i].count + 1, bests[i].cost, i}
			slack := float64(max(measure-w, 0)) / float64(measure)
			switch {
			case j < n:
				b.cost += slack * slack
				if marked(&pieces[run.from+j-1]) {
					b.cost += loneWord
				}
			case slack > 2./3:
				b.cost += 1.5 * (slack - 2./3) * (slack - 2./3)
				if i == n-1 { // a word alone, and a short one
					b.cost += loneWord
				}
			}
			if b.count < bests[j].count || b.count == bests[j].count && b.cost < bests[j].cost {
				bests[j] = b
			}
		}
	}
	at := len(lines)
	for j := n; j > 0; j = bests[j].back {
		lines = append(lines, line{run.from + bests[j].back, run.from + j})
	}
	slices.Reverse(lines[at:])
	return lines
}

// marked tells a piece that is the first word of what is run on, with its bullet or its number: others of it are to
// stand on its line.
func marked(p *fonts.Piece) bool {
	if len(p.Runs) < 2 {
		return false
	}
	mark := p.Runs[0]
	n := len(mark.Glyphs)
	return n > 0 && n <= 3 && glyphAt(mark, n-1).Text == "\u00a0"
}

// splitLong splits pieces wider than the measure: behind their commas, at their other spaces, which ask for more
// than there is here, and what is still too wide between glyphs, for a
// web address in a narrow column must break somewhere rather than stick out.
func splitLong(pieces []fonts.Piece, measure fonts.Em) []fonts.Piece {
	long := func(p fonts.Piece) bool { return p.Width > measure }
	for _, split := range [...]func(fonts.Piece) []fonts.Piece{
		func(p fonts.Piece) []fonts.Piece { return splitSpaces(p, atCommas) },
		func(p fonts.Piece) []fonts.Piece { return splitSpaces(p, butMarks) },
		func(p fonts.Piece) []fonts.Piece { return splitSpaces(p, atAll) },
		func(p fonts.Piece) []fonts.Piece { return splitGlyphs(p, measure) },
	} {
		if !slices.ContainsFunc(pieces, long) {
			break
		}
		var out []fonts.Piece
		for _, p := range pieces {
			if long(p) {
				out = append(out, split(p)...)
			} else {
				out = append(out, p)
			}
		}
		pieces = out
	}
	return pieces
}

// cuts are the spaces that a piece is cut at: behind a comma, or all but those that keep a bullet or a short number
// with what follows it, or all.
type cuts uint8

const (
	atCommas cuts = iota
	butMarks
	atAll
)

// splitSpaces cuts a piece after its spaces, which then hang over the end of a line as others do.
func splitSpaces(p fonts.Piece, where cuts) []fonts.Piece {
	end, over := p.Width, false // what is left of its words, with those before a middot; it is cut here
	marks, letters, comma := 0, 0, false
	out := cut(p, func(g *fonts.Glyph) bool {
		begins := over
		end -= g.Advance
		switch over = g.Text == "\u00a0" || g.Text == " "; {
		case over:
			leads := letters == 0 && (marks == 1 || marks == 2)
			over = end >= 0 && (where == atAll || comma || where == butMarks && !leads)
		case g.Text == "\u2022" || g.Text >= "0" && g.Text <= "9":
			marks++
		default:
			letters++
		}
		if comma = g.Text == "," || g.Text == "\u060c"; over {
			marks, letters = 0, 0
		}
		return begins
	})
	for i := range out {
		if q := &out[i]; over || i < len(out)-1 {
			r := q.Runs[len(q.Runs)-1]
			q.Space = glyphAt(r, len(r.Glyphs)-1).Advance
			q.Width -= q.Space
		}
	}
	return out
}

// splitGlyphs cuts a piece into pieces no wider than the measure, at least one glyph each. The
// white space after its words is not cut.
func splitGlyphs(p fonts.Piece, measure fonts.Em) []fonts.Piece {
	width, rest, begun := fonts.Em(0), p.Width, false
	return cut(p, func(g *fonts.Glyph) bool {
		begins := begun && width+g.Advance > measure && rest > 0
		if begins {
			width = 0
		}
		width, rest, begun = width+g.Advance, rest-g.Advance, true
		return begins
	})
}

// cut cuts a piece before the glyphs that begin another: it asks of each, in reading order.
func cut(p fonts.Piece, begins func(*fonts.Glyph) bool) []fonts.Piece {
	var out []fonts.Piece
	cur := fonts.Piece{}
	for _, r := range p.Runs {
		from := 0
		for k := range r.Glyphs {
			if begins(glyphAt(r, k)) {
				out, cur, from = append(out, joined(cur, r, from, k)), fonts.Piece{}, k
			}
		}
		cur = joined(cur, r, from, len(r.Glyphs))
	}
	cur.Width, cur.Space, cur.Break = cur.Width-p.Space, p.Space, p.Break
	return append(out, cur)
}

// glyphAt is the k-th glyph of a run in reading order.
func glyphAt(r fonts.Run, k int) *fonts.Glyph {
	if r.Level%2 == 1 {
		k = len(r.Glyphs) - 1 - k
	}
	return &r.Glyphs[k]
}

// joined is a piece with glyphs of a run, from and to in reading order, after it.
func joined(p fonts.Piece, r fonts.Run, from, to int) fonts.Piece {
	if from == to {
		return p
	}
	part := r
	part.Width = 0
	for k := from; k < to; k++ {
		part.Width += glyphAt(r, k).Advance
	}
	if n := len(r.Glyphs); r.Level%2 == 1 {
		from, to = n-to, n-from
	}
	part.Glyphs = r.Glyphs[from:to]
	p.Runs = append(p.Runs, part)
	p.Width += part.Width
	return p
}

// What is told in a row has middots between its parts. A middot that ends a line, or
// begins one, tells nothing: it counts as white space of the part before it, hangs over
// the end of a line with it, and is not printed there.

// dotted is how wide the middot at the end of a piece is, with the white space round
// it; 0 where there is none.
func dotted(p *fonts.Piece) (width fonts.Em) {
	rest := middot
	for i := len(p.Runs) - 1; i >= 0 && rest != ""; i-- {
		for k := len(p.Runs[i].Glyphs) - 1; k >= 0 && rest != ""; k-- {
			g := glyphAt(p.Runs[i], k)
			if g.Text == "" || !strings.HasSuffix(rest, g.Text) {
				return 0
			}
			rest = rest[:len(rest)-len(g.Text)]
			width += g.Advance
		}
	}
	if rest != "" {
		return 0
	}
	return width
}

// hangDots makes the middots of pieces white space.
func hangDots(pieces []fonts.Piece) []fonts.Piece {
	for i := range pieces {
		p := &pieces[i]
		if dot := dotted(p); dot > 0 {
			p.Width, p.Space = p.Width+p.Space-dot, dot
		}
	}
	return pieces
}

// undotted is a piece at the end of a line: of its middot only white space is left.
func undotted(p fonts.Piece) fonts.Piece {
	out := fonts.Piece{}
	rest := p.Width
	for _, r := range p.Runs {
		n := len(r.Glyphs)
		words, space := 0, n // where the words of the run end, and the space after the middot begins
		for words < n && rest > 0 {
			rest -= glyphAt(r, words).Advance
			words++
		}
		for space > words && glyphAt(r, space-1).Text == " " {
			space--
		}
		out = joined(joined(out, r, 0, words), r, space, n)
	}
	out.Space, out.Width = out.Width-p.Width, p.Width
	return out
}

// scale turns a width in thousandths of an em into a length at a type size.
func scale(e fonts.Em, size Length) Length {
	return (Length(e)*size + 500) / 1000
}

// measureOf is a length in thousandths of an em at a type size.
func measureOf(w, size Length) fonts.Em { return fonts.Em(w * 1000 / size) }

// middot stands between what is told in a row, and neither begins nor ends a line.
const middot = "\u00a0\u00a0\u00b7  "

// answer is what a text said of its words.
type answer struct {
	about    subject
	at, size Length // the measure, in thousandths of an em for lines; the type size for room
	is       Length
}

type subject uint8

const (
	inLines subject = iota // how many lines it has at a measure
	inRoom                 // whether it goes into a width on one line: 1 or 0
	inWords                // whether each of its words goes into a width: 1 or 0
	inAll                  // how wide it is
	inPiece                // how wide the widest of its pieces is
)

// ask asks for a measure of the words, and keeps the answer of what belongs to one patient.
func (t *text) ask(about subject, at, size Length) Length {
	a := answer{about: about, at: at, size: size}
	a.is = t.answer(a)
	if t.once && !slices.Contains(t.asked, a) {
		t.asked = append(t.asked, a)
	}
	return a.is
}

// answer answers what another text was asked.
func (t *text) answer(a answer) Length {
	wide := t.whole
	switch a.about {
	case inLines:
		return Length(t.counted(fonts.Em(a.at)))
	case inWords, inPiece:
		wide = t.longest
	}
	switch {
	case a.about == inAll || a.about == inPiece:
		return Length(wide())
	case scale(wide(), a.size) <= a.at:
		return 1
	}
	return 0
}

// answers tells whether it answers all of it alike.
func (t *text) answers(all []answer) bool {
	return !slices.ContainsFunc(all, func(a answer) bool { return t.answer(a) != a.is })
}
