package fonts

// Most text is letters, digits and spaces, with stops between them. In that a line may end after a
// space and after a hyphen, and each character is a cluster: the whole of UAX #14 and #29
// says nothing else of it, and takes a third of the time in which it is shaped.

// sort is what a character of simple text is to those beside it, a bit each.
type sort uint16

const (
	aLetter sort = 1 << iota
	aDigit
	aSpace
	aTie
	aStop
	aBang
	anApostrophe
	anOpening
	aClosing
	aHyphen
)

// sortOf is what a character is; 0 for one that simple text has not.
func sortOf(r rune) sort {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= 0xC0 && r <= 0xFF && r != '×' && r != '÷':
		return aLetter
	case r >= '0' && r <= '9':
		return aDigit
	}
	switch r {
	case ' ':
		return aSpace
	case 0xA0:
		return aTie
	case '.', ',', ':', ';':
		return aStop
	case '!', '?':
		return aBang
	case '’', '\'':
		return anApostrophe
	case '(':
		return anOpening
	case ')':
		return aClosing
	case '-':
		return aHyphen
	}
	return 0
}

// before is what may stand before a character in simple text: where anything else does, a line may
// end elsewhere, or not.
func (s sort) before() sort {
	switch s {
	case aLetter:
		return aLetter | aDigit | aSpace | aTie | anOpening | anApostrophe | aHyphen | aStop
	case aDigit:
		return aLetter | aDigit | aSpace | aTie | anOpening
	case aSpace:
		return aLetter | aDigit | aSpace | aStop | aBang | aClosing
	case aTie:
		return aLetter | aDigit | aStop | aBang | aClosing
	case aStop:
		return aLetter | aDigit | aStop | aClosing
	case aBang:
		return aLetter | aDigit | aBang | aClosing
	case anApostrophe, aHyphen:
		return aLetter
	case anOpening:
		return aSpace | aTie
	case aClosing:
		return aLetter | aDigit | aStop | aBang
	}
	return 0
}

// simple tells whether text is simple.
func simple(text []rune) bool {
	last := aSpace
	for _, r := range text {
		s := sortOf(r)
		if s.before()&last == 0 {
			return false
		}
		last = s
	}
	return true
}

// ends yields where a line may end, and the end of the text.
func (s *Shaper) ends(yield func(end int) bool) {
	if !s.simple {
		for it := s.lines.LineIterator(); it.Next(); {
			if line := it.Line(); !yield(line.Offset + len(line.Text)) {
				return
			}
		}
		return
	}
	n := len(s.runes)
	for i := 1; i <= n; i++ {
		r := s.runes[i-1]
		if (i == n || r == '-' || r == ' ' && s.runes[i] != ' ') && !yield(i) {
			return
		}
	}
}

// Plainly tells whether the shipped face draws each character of a text by itself, so that no
// mistake can come of shaping it.
func Plainly(text string) bool {
	for _, r := range text {
		if sortOf(r) == 0 && (r >= 0x300 && r < 0x2000 || !coverAtkinson.has(r)) {
			return false
		}
	}
	return true
}
