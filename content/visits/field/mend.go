package field

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// entity is a character as web pages write it. Without its semicolon it is none: AT&T
// and R&D are names.
var entity = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`)

// unentitled writes the characters that entities stand for: O&#39;Brien is O'Brien.
func unentitled(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return entity.ReplaceAllStringFunc(s, html.UnescapeString)
}

// mistaken are the encodings that UTF-8 is taken for before it is saved again.
var mistaken = []*charmap.Charmap{
	charmap.Windows1252, charmap.Macintosh, charmap.Windows1250, charmap.Windows1251,
	charmap.CodePage437, charmap.CodePage850,
}

// bytesIn is a text in an encoding; places that it leaves free are C1's controls.
func bytesIn(e *charmap.Charmap, s string) (string, bool) {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		c, ok := e.EncodeRune(r)
		if !ok && (r < 0x80 || r > 0x9f) {
			return "", false
		} else if !ok {
			c = byte(r)
		}
		b = append(b, c)
	}
	return string(b), true
}

// mended undoes what became of a text in UTF-8 that was taken for another encoding and
// saved again, once or several times: ZoÃ« is Zoë. The sign is certain: all characters
// beyond ASCII that stand together are in the other encoding, their bytes there are
// UTF-8, and what these say can stand in a list. So "ÃO" and "Äußerst" stay.
func mended(s string) (string, bool) {
	some := false
	for range 3 {
		again := false
		s = beyond.ReplaceAllStringFunc(s, func(run string) string {
			for _, e := range mistaken {
				b, ok := bytesIn(e, run)
				if ok && len(b) < len(run) && utf8.ValidString(b) && !strings.ContainsFunc(b, unlikely) {
					again = true
					return b
				}
			}
			return run
		})
		if !again {
			break
		}
		some = true
	}
	return s, some
}

var beyond = regexp.MustCompile(`[^\x00-\x7f]+`)

// torn is what is left of such a text where a byte of it was lost, or where it stands
// in the midst of what is right.
var torn = regexp.MustCompile(
	`[ÂÃÐÑØÙâ][¡-¿€‚ƒ„†‡ˆ‰‹•˜™\x{80}-\x{9f}]|\p{Ll}[ÃÂ](?:\s|$)|â€|[×ÐØÙ][^\x00-\x7f]?[×ÐØÙ]|\pL[√├]|[√├][^\s\d]`)

// unlikely tells the characters that no list of patients has: that a text would have
// them speaks against its having been taken for something else.
func unlikely(r rune) bool {
	switch {
	case r >= 0xa0 && r <= 0x24f, r >= 0x1e00 && r <= 0x1eff, // Latin
		r >= 0x386 && r <= 0x3ce, r >= 0x401 && r <= 0x45f, r == 0x490, r == 0x491, // Greek, Cyrillic
		r >= 0x5d0 && r <= 0x5ea, r >= 0x621 && r <= 0x652, r >= 0xe01 && r <= 0xe4e, // Hebrew, Arabic, Thai
		r >= 0x300 && r <= 0x323, // marks
		r >= 0x2010 && r <= 0x2044, r == 0x20ac, r == 0x2122, r == 0xfeff,
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Devanagari):
		return false
	}
	return true
}

// holed tells a name that has lost letters: the program that saved it wrote ? for what
// its encoding lacks.
func holed(f Field, s string) bool {
	switch f {
	case First, Preferred, Particle, Last, Name:
		return strings.Contains(s, "?") && (lost.MatchString(s) || !strings.ContainsFunc(s, unicode.IsLetter))
	}
	return false
}

var lost = regexp.MustCompile(`\pL\?+\pL|(?:^|[\s-])\?+\pL|\pL\?{2,}|\?{2,}`)
