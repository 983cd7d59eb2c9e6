package fonts

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
)

const (
	maxText       = 1 << 20 // bytes of one paragraph
	maxCacheWords = 1 << 14
	maxGlyphText  = 32 // characters; a letter with more marks than that becomes several glyphs
)

// Shaper turns text into glyphs. It remembers the words that it shaped, within bounds,
// for most come again. It is for one goroutine.
type Shaper struct {
	stack *Stack
	lang  language.Language
	rtl   bool

	fonts     map[*Face]*harfbuzz.Font
	buffer    *harfbuzz.Buffer
	lines     segmenter.Segmenter
	graphemes segmenter.Segmenter

	words map[word][]part

	// Of the paragraph being shaped.
	once    bool // its words are not remembered
	simple  bool
	text    string
	runes   []rune
	at      []int // byte offset of each rune and of the end
	span    []int // of each rune
	joined  []bool
	level   []uint8
	script  []language.Script
	style   []Style // of each span
	cleaned []rune
}

// Shaper makes a shaper that asks this chain for its faces.
func (s *Stack) Shaper() *Shaper {
	return &Shaper{
		stack:  s,
		fonts:  map[*Face]*harfbuzz.Font{},
		buffer: harfbuzz.NewBuffer(),
		words:  map[word][]part{},
	}
}

// word is text shaped as one: of one style, direction and script, without a
// break inside. The text around it in the same piece counts where letters join.
type word struct {
	text, before, after string
	style               Style
	rtl                 bool
	script              language.Script
	lang                language.Language
}

// part is what a word becomes in one face.
type part struct {
	face   *Face
	width  Em
	glyphs []Glyph
}

// Pieces shapes a paragraph: the texts of its spans, one after the other. lang is
// its language (BCP 47), rtl its direction.
//
// A line may end after each piece (UAX #14) and must after one with Break, which
// a line break character ("\n" and its kin) makes. No-break spaces bind, and so
// does the soft hyphen, for nothing is hyphenated. White space is taken as it
// is; collapsing it is the caller's affair. Characters without a shape (direction
// marks, joiners, U+FEFF) draw nothing and are not missing.
//
// The glyphs that are returned belong to the shaper and must not be changed. The
// error is a *MissingError if there are characters that no face can draw; nothing
// is ever drawn as a box.
func (s *Shaper) Pieces(spans []Span, lang string, rtl bool) ([]Piece, error) {
	size := 0
	for _, sp := range spans {
		size += len(sp.Text)
	}
	if size > maxText {
		return nil, fmt.Errorf("a paragraph of more than %d kB", maxText>>10)
	}
	s.lang, s.rtl = language.NewLanguage(lang), rtl
	if s.lang == "" {
		s.lang = "en"
	}
	s.read(spans)
	return s.pieces()
}

// Once is Pieces for words that must not be remembered, such as a patient's name.
// It uses what was shaped before and leaves nothing behind.
func (s *Shaper) Once(spans []Span, lang string, rtl bool) ([]Piece, error) {
	s.once = true
	pieces, err := s.Pieces(spans, lang, rtl)
	s.once, s.text = false, ""
	clear(s.runes[:cap(s.runes)])
	clear(s.cleaned[:cap(s.cleaned)])
	s.lines, s.graphemes = segmenter.Segmenter{}, segmenter.Segmenter{}
	s.buffer.Clear()
	return pieces, err
}

// read takes the text apart into characters and finds the properties of each.
func (s *Shaper) read(spans []Span) {
	s.runes, s.at, s.span, s.style = s.runes[:0], s.at[:0], s.span[:0], s.style[:0]
	if len(spans) == 1 {
		s.text = spans[0].Text
	} else {
		var b strings.Builder
		for _, sp := range spans {
			b.WriteString(sp.Text)
		}
		s.text = b.String()
	}
	end := 0
	highest := rune(0)
	for i, sp := range spans {
		s.style = append(s.style, sp.Style&BoldItalic)
		for at, r := range sp.Text {
			s.runes = append(s.runes, r)
			s.at = append(s.at, end+at)
			s.span = append(s.span, i)
			highest = max(highest, r)
		}
		end += len(sp.Text)
	}
	s.at = append(s.at, end)
	if s.simple = simple(s.runes); !s.simple {
		s.lines.Init(s.runes)
	}

	n := len(s.runes)
	s.joined = append(s.joined[:0], make([]bool, n)...)
	s.level = append(s.level[:0], make([]uint8, n)...)
	if s.rtl || highest >= 0x590 { // before it all is left to right
		for from := 0; from < n; {
			to := from
			for to < n && !separator(s.runes[to]) {
				to++
			}
			to = min(to+1, n)
			copy(s.level[from:to], levels(s.runes[from:to], s.rtl))
			from = to
		}
	}
	// A mark stays with its base, even if it came in another span.
	for it := s.lines.GraphemeIterator(); !s.simple && it.Next(); {
		g := it.Grapheme()
		for i := g.Offset + 1; i < g.Offset+len(g.Text); i++ {
			s.joined[i] = true
			s.span[i], s.level[i] = s.span[g.Offset], s.level[g.Offset]
		}
	}
	s.scripts()
}

// scripts gives every character a script: those common to all take that of the
// text before them or, at the start, after them (UAX #24, 5.1).
func (s *Shaper) scripts() {
	s.script = s.script[:0]
	current := language.Script(0)
	for i, r := range s.runes {
		sc := language.Latin
		if r < 'A' || r > 'z' || r > 'Z' && r < 'a' {
			sc = language.LookupScript(r)
		}
		if sc.Strong() && sc != language.Unknown {
			if current == 0 {
				for k := range i {
					s.script[k] = sc
				}
			}
			current = sc
		}
		s.script = append(s.script, current)
	}
	if current == 0 {
		for i := range s.script {
			s.script[i] = language.Latin
		}
	}
}

// separator reports whether a character ends a paragraph for UAX #9.
func separator(r rune) bool {
	return r == '\n' || r == '\r' || r >= 0x1C && r <= 0x1E || r == 0x85 || r == 0x2029
}

// lineBreak reports whether a character is one that ends a line (UAX #14, LB4 and LB5).
func lineBreak(r rune) bool {
	return r >= '\n' && r <= '\r' || r == 0x85 || r == 0x2028 || r == 0x2029
}

// blank reports whether a character is white space that may hang over the edge.
func blank(r rune) bool {
	switch {
	case r == ' ' || r == '\t' || r == 0x1680 || r == 0x205F || r == 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200A && r != 0x2007
}

// blank reports whether a run is white space only.
func (r *Run) blank() bool {
	for _, g := range r.Glyphs {
		if !g.blank() {
			return false
		}
	}
	return true
}

func (g *Glyph) blank() bool {
	r, size := utf8.DecodeRuneInString(g.Text)
	return size == len(g.Text) && blank(r)
}

// silent reports whether a character has no shape and no part in shaping either:
// it is taken out before. Joiners stay, for they change what is around them.
func silent(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD || r == 0x34F || r == 0x61C || r == 0x200B || r == 0x200E || r == 0x200F || r == 0xFEFF:
		return true
	case r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	case r == 0xFE0E || r == 0xFE0F: // text or picture: we draw text
		return true
	}
	return r >= 0xE0000 && r <= 0xE0FFF && (r < 0xE0100 || r > 0xE01EF)
}

// invisible reports whether a character has no shape of its own but shapes others.
func invisible(r rune) bool {
	return r == 0x200C || r == 0x200D || r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF ||
		r >= 0x180B && r <= 0x180F
}

func (s *Shaper) pieces() ([]Piece, error) {
	pieces := make([]Piece, 0, 1+strings.Count(s.text, " "))
	var missing MissingError
	start := 0
	for end := range s.ends {
		if end < len(s.runes) && !lineBreak(s.runes[end-1]) && s.bound(end) {
			continue
		}
		p := Piece{Break: lineBreak(s.runes[end-1])}
		stop := end
		for stop > start && lineBreak(s.runes[stop-1]) {
			stop--
		}
		if err := s.piece(&p, start, stop, &missing); err != nil {
			return nil, err
		}
		pieces = append(pieces, p)
		start = end
	}
	if len(missing.Runes) > 0 {
		return nil, &missing
	}
	return pieces, nil
}

// bound reports whether a line may not end before runes[i] though UAX #14 lets
// it, which its section 8 leaves to the application: at a soft hyphen, inside a
// range of numbers (a dose of "5–10 times") and before an em dash after a word.
func (s *Shaper) bound(i int) bool {
	switch before, after := s.runes[i-1], s.runes[i]; {
	case before == 0xAD:
		return true
	case before == '–':
		return i > 1 && unicode.IsDigit(s.runes[i-2]) && unicode.IsDigit(after)
	case after == '—':
		return !blank(before)
	}
	return false
}

// piece shapes runes[start:end] into p.
func (s *Shaper) piece(p *Piece, start, end int, missing *MissingError) error {
	base := uint8(0)
	if s.rtl {
		base = 1
	}
	hang := end
	for hang > start && blank(s.runes[hang-1]) {
		hang--
	}
	for from := start; from < end; {
		to := from + 1
		for to < end && (s.joined[to] || s.span[to] == s.span[from] && s.level[to] == s.level[from] &&
			s.script[to] == s.script[from] &&
			(to != hang || s.level[to] == base)) {
			to++
		}
		w := word{
			text: s.text[s.at[from]:s.at[to]], style: s.style[s.span[from]], rtl: s.level[from]%2 != 0,
			script: s.script[from], lang: s.lang,
		}
		switch w.script {
		case language.Latin, language.Greek, language.Cyrillic, language.Hebrew: // letters that do not join
		default:
			w.before, w.after = s.text[s.at[start]:s.at[from]], s.text[s.at[to]:s.at[end]]
		}
		parts, err := s.shape(w, s.span[from], missing)
		if err != nil {
			return err
		}
		if p.Runs == nil {
			p.Runs = make([]Run, 0, len(parts))
		}
		for _, x := range parts {
			p.Runs = append(p.Runs, Run{Face: x.face, Span: s.span[from], Level: s.level[from],
				Width: x.width, Glyphs: x.glyphs})
			p.Width += x.width
		}
		from = to
	}
	for i := len(p.Runs) - 1; i >= 0; i-- {
		glyphs := p.Runs[i].Glyphs
		for k := range glyphs {
			g := &glyphs[k]
			if p.Runs[i].Level%2 == 0 {
				g = &glyphs[len(glyphs)-1-k]
			}
			if !g.blank() {
				return nil
			}
			p.Width -= g.Advance
			p.Space += g.Advance
		}
	}
	return nil
}

// shape returns the parts of a word in logical order.
func (s *Shaper) shape(w word, span int, missing *MissingError) ([]part, error) {
	if parts, ok := s.words[w]; ok {
		return parts, nil
	}
	before, text, after := clean(w.before), clean(w.text), clean(w.after)
	clusters := s.clusters(text)
	faces, complete := s.choose(w, text, clusters, span, missing)
	if !complete {
		return nil, nil
	}
	context := slices.Concat(before, text, after)
	parts := []part{}
	for from := 0; from < len(faces); {
		to := from + 1
		for to < len(faces) && faces[to] == faces[from] {
			to++
		}
		first, last := clusters[from], clusters[to]
		glyphs, err := s.glyphs(faces[from], w, context, len(before)+first, len(before)+last)
		if err != nil {
			return nil, err
		}
		from = to
		if len(glyphs) == 0 {
			continue
		}
		x := part{face: faces[from-1], glyphs: glyphs}
		for _, g := range glyphs {
			if g.Shape == (Shape{}) {
				missing.add(span, []rune(g.Text)...)
				complete = false
			}
			x.width += g.Advance
		}
		parts = append(parts, x)
	}
	if complete && !s.once {
		if len(s.words) >= maxCacheWords {
			clear(s.words)
		}
		w.text, w.before, w.after = strings.Clone(w.text), strings.Clone(w.before), strings.Clone(w.after)
		s.words[w] = parts
	}
	return parts, nil
}

// clusters are where the grapheme clusters of a text begin (UAX #29), and its end.
// Letters before the first mark that combines are one each.
func (s *Shaper) clusters(text []rune) []int {
	at := make([]int, 0, len(text)+1)
	if !slices.ContainsFunc(text, func(r rune) bool { return r >= 0x300 }) {
		for i := range text {
			at = append(at, i)
		}
		return append(at, len(text))
	}
	s.graphemes.Init(text)
	for it := s.graphemes.GraphemeIterator(); it.Next(); {
		at = append(at, it.Grapheme().Offset)
	}
	return append(at, len(text))
}

// clean drops the characters that are silent.
func clean(text string) []rune {
	out := make([]rune, 0, len(text))
	for _, r := range text {
		if !silent(r) && !lineBreak(r) {
			out = append(out, r)
		}
	}
	return out
}

// choose finds a face for every cluster. Letters that follow each other get the
// first face that draws all of them, for a word in two designs is hard to read;
// only if there is none does each cluster go its own way. White space follows
// what is before it.
func (s *Shaper) choose(w word, text []rune, clusters []int, span int, missing *MissingError) ([]*Face, bool) {
	faces := make([]*Face, len(clusters)-1)
	complete := true
	for i := 0; i < len(faces); {
		n := i + 1
		if letter(text[clusters[i]]) {
			for n < len(faces) && letter(text[clusters[n]]) {
				n++
			}
		} else if i > 0 && faces[i-1] != nil && blank(text[clusters[i]]) && faces[i-1].has(' ') {
			faces[i] = faces[i-1]
			i = n
			continue
		}
		if f := s.faceFor(w, text, clusters[i:n+1]); f != nil {
			for ; i < n; i++ {
				faces[i] = f
			}
			continue
		}
		for ; i < n; i++ {
			if faces[i] = s.faceFor(w, text, clusters[i:i+2]); faces[i] == nil {
				complete = false
				s.report(w.style, text[clusters[i]:clusters[i+1]], span, missing)
			}
		}
	}
	return faces, complete
}

// letter reports whether a cluster that begins with r is part of a word.
func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || invisible(r) }

// faceFor is the first face that draws all the clusters, or nil.
func (s *Shaper) faceFor(w word, text []rune, clusters []int) *Face {
	var found *Face
	s.stack.members(w.style, func(m *member) bool {
		for i := range len(clusters) - 1 {
			if !s.draws(m, w, text[clusters[i]:clusters[i+1]]) {
				return true
			}
		}
		found = m.face()
		return false
	})
	return found
}

// draws reports whether a face draws a cluster. One of several characters is
// tried, for a face may draw letter and mark as one, or not have the mark.
func (s *Shaper) draws(m *member, w word, cluster []rune) bool {
	r := cluster[0]
	if invisible(r) && len(cluster) == 1 {
		return true
	}
	if !m.has(r) {
		in := standIn(r)
		if in == r || !m.has(in) {
			return false
		}
	}
	if len(cluster) == 1 {
		return true
	}
	w.before, w.after = "", ""
	glyphs, err := s.glyphs(m.face(), w, cluster, 0, len(cluster))
	return err == nil && !slices.ContainsFunc(glyphs, func(g Glyph) bool { return g.Shape == (Shape{}) })
}

// standIn is the character that may be drawn for another: the same shape, or, for
// spaces, one whose width the shaping library then sets.
func standIn(r rune) rune {
	switch {
	case r == '\t' || r == 0xA0 || r == 0x202F || blank(r) || r == 0x2007:
		return ' '
	case r == 0x2010 || r == 0x2011:
		return '-'
	case r == 0xB5: // micro sign
		return 0x3BC
	}
	return r
}

// report notes what is missing of a cluster: the characters no face has or, if
// it is only their union that none can draw, all of them.
func (s *Shaper) report(style Style, cluster []rune, span int, missing *MissingError) {
	var lacking []rune
	for _, r := range cluster {
		has := invisible(r)
		s.stack.members(style, func(m *member) bool {
			has = has || m.has(r)
			return !has
		})
		if !has {
			lacking = append(lacking, r)
		}
	}
	if lacking == nil {
		lacking = cluster
	}
	missing.add(span, lacking...)
}

var uncomposed = []harfbuzz.Feature{{Tag: opentype.MustNewTag("ccmp"), Value: 0, Start: harfbuzz.FeatureGlobalStart,
	End: harfbuzz.FeatureGlobalEnd}}

// features are those of running text, which are on by themselves (kern, liga,
// mark and the like), less one. Noto Sans takes letters like the Vietnamese ị
// apart in case that marks follow. Where none do, that would only leave a reader
// of the PDF's text with two glyphs for one character.
func features(script language.Script, text []rune) []harfbuzz.Feature {
	switch script {
	case language.Latin, language.Greek, language.Cyrillic:
		if !slices.ContainsFunc(text, func(r rune) bool { return unicode.IsMark(r) }) {
			return uncomposed
		}
	}
	return nil
}

// ascii is what most glyphs stand for, a byte each.
var ascii = func() string {
	var b [utf8.RuneSelf]byte
	for i := range b {
		b[i] = byte(i)
	}
	return string(b[:])
}()

// literal is characters as a string: most are a letter that need not be made anew.
func literal(chars []rune) string {
	if len(chars) == 1 && chars[0] < utf8.RuneSelf {
		return ascii[chars[0] : chars[0]+1]
	}
	return string(chars)
}

// glyphs shapes text[from:to], within its context, in one face.
func (s *Shaper) glyphs(f *Face, w word, text []rune, from, to int) (glyphs []Glyph, err error) {
	defer func() { // as in newFace: the layout tables may be anything
		if recover() != nil {
			glyphs, err = nil, errors.New("font "+f.name+" is damaged: it cannot be used to set text")
			s.buffer = harfbuzz.NewBuffer()
			delete(s.fonts, f)
		}
	}()
	hb := s.fonts[f]
	if hb == nil {
		hb = harfbuzz.NewFont(f.shaped())
		s.fonts[f] = hb
	}
	s.cleaned = append(s.cleaned[:0], text...)
	for i := from; i < to; i++ {
		if r := text[i]; r == '\t' || !f.has(r) && r != 0x202F && (r < 0x2000 || r > 0x200A) {
			s.cleaned[i] = standIn(r)
		}
	}
	b := s.buffer
	b.Clear()
	b.Flags = harfbuzz.RemoveDefaultIgnorables
	b.ClusterLevel = harfbuzz.MonotoneGraphemes
	b.AddRunes(s.cleaned, from, to-from)
	b.Props = harfbuzz.SegmentProperties{Direction: harfbuzz.LeftToRight, Script: w.script, Language: w.lang}
	if w.rtl {
		b.Props.Direction = harfbuzz.RightToLeft
	}
	b.Shape(hb, features(w.script, text[from:to]))
	n := len(b.Info)
	logical := func(i int) int {
		if w.rtl {
			return n - 1 - i
		}
		return i
	}
	glyphs = make([]Glyph, 0, n)
	for i := 0; i < n; {
		cluster := b.Info[logical(i)].Cluster
		first, last := cluster, to
		if i == 0 {
			first = from // what was removed at the front goes with the first glyph
		}
		next := i + 1
		for next < n && b.Info[logical(next)].Cluster == cluster {
			next++
		}
		if next < n {
			last = b.Info[logical(next)].Cluster
		}
		chars, count := text[first:last], next-i
		shares := min(count, (len(chars)+maxGlyphText-1)/maxGlyphText)
		for k := range shares {
			start, end := i+count*k/shares, i+count*(k+1)/shares
			if w.rtl {
				start, end = n-end, n-start
			}
			g, ok := f.fuse(b.Info[start:end], b.Pos[start:end])
			if !ok {
				return nil, errors.New("font " + f.name + " is damaged: it cannot be used to set text")
			}
			g.Text = literal(chars[len(chars)*k/shares : len(chars)*(k+1)/shares])
			glyphs = append(glyphs, g)
		}
		i = next
	}
	if w.rtl {
		slices.Reverse(glyphs)
	}
	return glyphs, nil
}
