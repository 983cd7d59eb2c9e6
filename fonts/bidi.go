package fonts

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// The bidirectional algorithm, UAX #9 revision 48, for one paragraph whose level
// is known. The libraries have it too, but hand out directions only: a number
// after Arabic and the English after that come back as one piece, and land on the
// wrong side of the Arabic.

const maxDepth = 125 // BD2

// paragraph is text whose levels are being resolved.
type paragraph struct {
	text    []rune
	class   []bidi.Class // as resolved so far
	initial []bidi.Class
	level   []uint8
	match   []int // of an isolate initiator its PDI, of a PDI its initiator; -1 for none
	base    uint8
}

// levels are the embedding levels of a paragraph's characters. White space and
// isolates in front of a tab have the paragraph's own level (L1); that at the end
// of a line is for Visual to see to.
func levels(text []rune, rtl bool) []uint8 {
	p := &paragraph{
		text: text, class: make([]bidi.Class, len(text)), level: make([]uint8, len(text)),
		match: make([]int, len(text)),
	}
	if rtl {
		p.base = 1
	}
	for i, r := range text {
		p.class[i] = classOf(r)
	}
	p.initial = append(p.initial, p.class...)
	p.matchIsolates()
	p.explicit()
	for _, s := range p.sequences() {
		p.weak(s)
		p.brackets(s)
		p.neutral(s)
		p.implicit(s)
	}
	p.finish()
	return p.level
}

// classOf is a character's class.
func classOf(r rune) bidi.Class {
	var buf [utf8.UTFMax]byte
	props, _ := bidi.Lookup(buf[:utf8.EncodeRune(buf[:], r)])
	return props.Class()
}

// ReadsFromRight is the direction of a paragraph: that of its letters if all have the same, else that of the page. Of a
// sentence in English on a page in Arabic the full stop would else stand at its beginning (UAX #9, HL1).
func ReadsFromRight(spans []Span, page bool) bool {
	other := false
	for _, s := range spans {
		for _, r := range s.Text {
			if c := classOf(r); c == bidi.L || c == bidi.R || c == bidi.AL {
				if (c != bidi.L) == page {
					return page
				}
				other = true
			}
		}
	}
	return page != other
}

func isolateInitiator(c bidi.Class) bool { return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI }

// removed reports whether rule X9 takes a character out.
func removed(c bidi.Class) bool {
	switch c {
	case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.BN:
		return true
	}
	return false
}

// matchIsolates pairs isolate initiators with their ends (BD9).
func (p *paragraph) matchIsolates() {
	var open []int
	for i, c := range p.class {
		p.match[i] = -1
		if isolateInitiator(c) {
			open = append(open, i)
		} else if c == bidi.PDI && len(open) > 0 {
			start := open[len(open)-1]
			open = open[:len(open)-1]
			p.match[i], p.match[start] = start, i
		}
	}
}

// strong is the direction of the first strong character (P2, P3) of text[from:to].
func (p *paragraph) rightToLeft(from, to int) bool {
	for i := from; i < to; i++ {
		switch c := p.initial[i]; {
		case c == bidi.L:
			return false
		case c == bidi.R || c == bidi.AL:
			return true
		case isolateInitiator(c):
			if p.match[i] < 0 {
				return false
			}
			i = p.match[i]
		}
	}
	return false
}

// explicit applies X1 to X8.
func (p *paragraph) explicit() {
	type entry struct {
		level    uint8
		override bidi.Class // ON for none
		isolate  bool
	}
	stack := []entry{{p.base, bidi.ON, false}}
	overIsolates, overEmbeddings, validIsolates := 0, 0, 0
	for i, c := range p.initial {
		top := stack[len(stack)-1]
		next := func(rtl bool) uint8 {
			if rtl {
				return (top.level + 1) | 1
			}
			return (top.level + 2) &^ 1
		}
		switch c {
		case bidi.RLE, bidi.LRE, bidi.RLO, bidi.LRO:
			p.level[i] = top.level
			l := next(c == bidi.RLE || c == bidi.RLO)
			if l > maxDepth || overIsolates > 0 || overEmbeddings > 0 {
				if overIsolates == 0 {
					overEmbeddings++
				}
				continue
			}
			override := bidi.ON
			if c == bidi.RLO {
				override = bidi.R
			} else if c == bidi.LRO {
				override = bidi.L
			}
			stack = append(stack, entry{l, override, false})
		case bidi.RLI, bidi.LRI, bidi.FSI:
			p.level[i] = top.level
			if top.override != bidi.ON {
				p.class[i] = top.override
			}
			rtl := c == bidi.RLI
			if c == bidi.FSI {
				end := p.match[i]
				if end < 0 {
					end = len(p.initial)
				}
				rtl = p.rightToLeft(i+1, end)
			}
			l := next(rtl)
			if l > maxDepth || overIsolates > 0 || overEmbeddings > 0 {
				overIsolates++
				continue
			}
			validIsolates++
			stack = append(stack, entry{l, bidi.ON, true})
		case bidi.PDI:
			if overIsolates > 0 {
				overIsolates--
			} else if validIsolates > 0 {
				overEmbeddings = 0
				for !stack[len(stack)-1].isolate {
					stack = stack[:len(stack)-1]
				}
				stack = stack[:len(stack)-1]
				validIsolates--
			}
			top = stack[len(stack)-1]
			p.level[i] = top.level
			if top.override != bidi.ON {
				p.class[i] = top.override
			}
		case bidi.PDF:
			p.level[i] = top.level
			switch {
			case overIsolates > 0:
			case overEmbeddings > 0:
				overEmbeddings--
			case !top.isolate && len(stack) > 1:
				stack = stack[:len(stack)-1]
			}
		case bidi.B:
			p.level[i] = p.base
		default:
			p.level[i] = top.level
			if top.override != bidi.ON && c != bidi.BN {
				p.class[i] = top.override
			}
		}
	}
}

// sequence is an isolating run sequence (BD13): characters of one level that
// read on from each other, with what stands before and after.
type sequence struct {
	at       []int // into the text
	level    uint8
	sos, eos bidi.Class
}

func direction(level uint8) bidi.Class {
	if level%2 != 0 {
		return bidi.R
	}
	return bidi.L
}

// sequences applies X10.
func (p *paragraph) sequences() []sequence {
	var runs [][]int
	runOf := make([]int, len(p.text)) // which run starts here, where one does
	for i, c := range p.initial {
		if removed(c) {
			continue
		}
		if n := len(runs); n == 0 || p.level[i] != p.level[runs[n-1][0]] {
			runOf[i] = n
			runs = append(runs, nil)
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], i)
	}
	var all []sequence
	for n, run := range runs {
		if p.initial[run[0]] == bidi.PDI && p.match[run[0]] >= 0 {
			continue // reached from its initiator
		}
		s := sequence{level: p.level[run[0]]}
		for r := n; ; {
			s.at = append(s.at, runs[r]...)
			last := s.at[len(s.at)-1]
			if !isolateInitiator(p.initial[last]) || p.match[last] < 0 {
				break
			}
			r = runOf[p.match[last]]
		}
		before, after := p.base, p.base
		for i := s.at[0] - 1; i >= 0; i-- {
			if !removed(p.initial[i]) {
				before = p.level[i]
				break
			}
		}
		last := s.at[len(s.at)-1]
		if !isolateInitiator(p.initial[last]) {
			for i := last + 1; i < len(p.text); i++ {
				if !removed(p.initial[i]) {
					after = p.level[i]
					break
				}
			}
		}
		s.sos, s.eos = direction(max(s.level, before)), direction(max(s.level, after))
		all = append(all, s)
	}
	return all
}

// weak applies W1 to W7.
func (p *paragraph) weak(s sequence) {
	prev := s.sos
	for _, i := range s.at { // W1
		if p.class[i] == bidi.NSM {
			p.class[i] = prev
		}
		prev = p.class[i]
		if isolateInitiator(prev) || prev == bidi.PDI {
			prev = bidi.ON
		}
	}
	strong := s.sos
	for _, i := range s.at { // W2, W3
		switch c := p.class[i]; c {
		case bidi.L, bidi.R:
			strong = c
		case bidi.AL:
			strong = c
			p.class[i] = bidi.R
		case bidi.EN:
			if strong == bidi.AL {
				p.class[i] = bidi.AN
			}
		}
	}
	for k := 1; k+1 < len(s.at); k++ { // W4
		c, a, b := p.class[s.at[k]], p.class[s.at[k-1]], p.class[s.at[k+1]]
		if a == b && (a == bidi.EN && (c == bidi.ES || c == bidi.CS) || a == bidi.AN && c == bidi.CS) {
			p.class[s.at[k]] = a
		}
	}
	for k := 0; k < len(s.at); k++ { // W5
		if p.class[s.at[k]] != bidi.ET {
			continue
		}
		end := k
		for end < len(s.at) && p.class[s.at[end]] == bidi.ET {
			end++
		}
		if k > 0 && p.class[s.at[k-1]] == bidi.EN || end < len(s.at) && p.class[s.at[end]] == bidi.EN {
			for _, i := range s.at[k:end] {
				p.class[i] = bidi.EN
			}
		}
		k = end
	}
	strong = s.sos
	for _, i := range s.at { // W6, W7
		switch c := p.class[i]; c {
		case bidi.ET, bidi.ES, bidi.CS:
			p.class[i] = bidi.ON
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN:
			if strong == bidi.L {
				p.class[i] = bidi.L
			}
		}
	}
}

// towards is the direction a resolved class counts as for its neighbours, or ON.
func towards(c bidi.Class) bidi.Class {
	switch c {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

// brackets applies N0.
func (p *paragraph) brackets(s sequence) {
	type pair struct{ open, close int }
	var pairs []pair // places in s.at
	var open []struct {
		close rune
		at    int
	}
scan:
	for k, i := range s.at {
		if p.class[i] != bidi.ON {
			continue
		}
		props, _ := bidi.LookupRune(p.text[i])
		switch {
		case !props.IsBracket():
		case props.IsOpeningBracket():
			if len(open) == 63 { // BD16
				break scan
			}
			open = append(open, struct {
				close rune
				at    int
			}{canonicalBracket(counterpart(p.text[i])), k})
		default:
			want := canonicalBracket(p.text[i])
			for n := len(open) - 1; n >= 0; n-- {
				if open[n].close == want {
					pairs = append(pairs, pair{open[n].at, k})
					open = open[:n]
					break
				}
			}
		}
	}
	// In the order of the opening ones: there are few.
	for n := 1; n < len(pairs); n++ {
		for m := n; m > 0 && pairs[m].open < pairs[m-1].open; m-- {
			pairs[m], pairs[m-1] = pairs[m-1], pairs[m]
		}
	}
	along := direction(s.level)
	for _, b := range pairs {
		inside := bidi.ON
		for _, i := range s.at[b.open+1 : b.close] {
			if d := towards(p.class[i]); d == along {
				inside = along
				break
			} else if d != bidi.ON {
				inside = d
			}
		}
		if inside == bidi.ON {
			continue
		}
		if inside != along { // N0 c
			before := s.sos
			for k := b.open - 1; k >= 0; k-- {
				if d := towards(p.class[s.at[k]]); d != bidi.ON {
					before = d
					break
				}
			}
			if before != inside {
				inside = along
			}
		}
		for _, k := range [2]int{b.open, b.close} {
			p.class[s.at[k]] = inside
			for _, i := range s.at[k+1:] { // marks on a bracket go with it
				if p.initial[i] != bidi.NSM {
					break
				}
				p.class[i] = inside
			}
		}
	}
}

// counterpart is the bracket that closes an opening one.
func counterpart(r rune) rune {
	c, _ := utf8.DecodeRuneInString(bidi.ReverseString(string(r)))
	return c
}

// canonicalBracket joins the two angle brackets that Unicode holds to be equal.
func canonicalBracket(r rune) rune {
	if r == 0x232A {
		return 0x3009
	}
	return r
}

// neutral applies N1 and N2.
func (p *paragraph) neutral(s sequence) {
	isNeutral := func(c bidi.Class) bool {
		return c == bidi.ON || c == bidi.WS || c == bidi.S || c == bidi.B || isolateInitiator(c) || c == bidi.PDI
	}
	before := s.sos
	for k := 0; k < len(s.at); k++ {
		if c := p.class[s.at[k]]; !isNeutral(c) {
			before = towards(c)
			continue
		}
		end := k
		for end < len(s.at) && isNeutral(p.class[s.at[end]]) {
			end++
		}
		after := s.eos
		if end < len(s.at) {
			after = towards(p.class[s.at[end]])
		}
		d := direction(s.level)
		if before == after {
			d = before
		}
		for _, i := range s.at[k:end] {
			p.class[i] = d
		}
		k = end - 1
	}
}

// implicit applies I1 and I2.
func (p *paragraph) implicit(s sequence) {
	for _, i := range s.at {
		switch c := p.class[i]; {
		case s.level%2 == 0 && c == bidi.R, s.level%2 != 0 && c != bidi.R:
			p.level[i]++
		case s.level%2 == 0 && (c == bidi.AN || c == bidi.EN):
			p.level[i] += 2
		}
	}
}

// finish gives the characters X9 removed the level of what they follow, and
// applies L1 to separators.
func (p *paragraph) finish() {
	prev := p.base
	for i, c := range p.initial {
		if removed(c) {
			p.level[i] = prev
		}
		prev = p.level[i]
	}
	reset := false
	for i := len(p.initial) - 1; i >= 0; i-- {
		switch c := p.initial[i]; {
		case c == bidi.S || c == bidi.B:
			reset = true
		case c == bidi.WS || isolateInitiator(c) || c == bidi.PDI || removed(c):
		default:
			reset = false
		}
		if reset {
			p.level[i] = p.base
		}
	}
}

// Seen is the text of a glyph as Visual is the order of runs: that of a letter
// which is read from right to left is turned round, its marks before it.
func Seen(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	props, _ := bidi.LookupRune(first)
	if size == len(text) || props.Class() != bidi.R && props.Class() != bidi.AL {
		return text
	}
	runes := []rune(text)
	slices.Reverse(runes)
	return string(runes)
}

// Visual puts the runs of one line, given in logical order, in the order they
// are seen from left to right (UAX #9, L2). White space at the line's end takes
// the direction of the paragraph, rtl (L1). The runs given are left as they are.
func Visual(runs []Run, rtl bool) []Run {
	if !rtl && !slices.ContainsFunc(runs, func(r Run) bool { return r.Level > 0 }) {
		return runs
	}
	out := append(make([]Run, 0, len(runs)), runs...)
	base := uint8(0)
	if rtl {
		base = 1
	}
	for i := len(out) - 1; i >= 0 && out[i].blank(); i-- {
		out[i].Level = base
	}
	highest, lowest := uint8(0), uint8(maxDepth+2)
	for _, r := range out {
		highest = max(highest, r.Level)
		if r.Level%2 != 0 {
			lowest = min(lowest, r.Level)
		}
	}
	for l := highest; l >= lowest; l-- {
		for i := 0; i < len(out); i++ {
			start := i
			for i < len(out) && out[i].Level >= l {
				i++
			}
			for a, b := start, i-1; a < b; a, b = a+1, b-1 {
				out[a], out[b] = out[b], out[a]
			}
		}
	}
	return out
}
