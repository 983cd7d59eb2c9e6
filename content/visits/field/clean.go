package field

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"handout/content"
)

// MaxCell is how many bytes of a cell are looked at.
const MaxCell = 32 << 10

// Cell is what became of a cell.
type Cell struct {
	Text   string
	Mended bool           // it was saved in two encodings
	Wrong  *content.Error // why there is no Text; nil if nothing is wrong
	Mail   bool           // what is wrong keeps back a message, and no page
}

// Clean makes a cell a line: composed (Unicode NFC), with single spaces, without the
// apostrophe that keeps a spreadsheet from counting ('+44) and without characters
// that cannot be seen but turn the text about them. Line breaks become spaces; no
// other control character is let through, least of all into a mail's headers.
func Clean(f Field, s string) Cell {
	bad := func(code, hint, format string, args ...any) Cell {
		return Cell{Wrong: content.Errorf(code, hint, format, args...)}
	}
	if len(s) > MaxCell {
		return bad("large-cell", "make it shorter", "%s is longer than %d kB", f, MaxCell>>10)
	}
	if f != Password {
		s = unentitled(s)
	}
	plain, whole := lineOfASCII(s), false
	if !plain {
		s = strings.ToValidUTF8(s, "\uFFFD")
		if m, ok := mended(s); ok && f != Password {
			s, whole = m, true
		}
		s = strings.Map(func(r rune) rune {
			// the joiners of Indic and Persian names stay
			if unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' {
				return -1
			}
			return r
		}, s)
		s = strings.Join(strings.Fields(norm.NFC.String(s)), " ")
	}
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune("+-=@0123456789", rune(s[1])) {
		s = s[1:]
	}
	var c Cell
	switch {
	case f == Language: // it keeps no page back
		c.Text = s
	case strings.ContainsFunc(s, unicode.IsControl):
		c = bad("control-character", "type it again", "%s holds a control character", f)
	case s == "#N/A": // a formula looked it up and there was none
	case failed(s):
		c = bad("failed-cell", "widen its column in the spreadsheet, or correct its formula", "%s did not come through",
			f)
		c.Mail = f == Email || f == EmailConsent
	case !plain && f != Password && torn.MatchString(s):
		c = bad("two-encodings",
			"type it again, or export the list again and do not save it from a spreadsheet program",
			"%s was saved in two encodings", f)
	case holed(f, s):
		c = bad("lost-letter", "type it again; the program that saved the list could not write it: UTF-8 can",
			"%s has lost a letter: a question mark stands in its place", f)
	case strings.ContainsRune(s, utf8.RuneError):
		c = bad("unreadable-character", "save the list as UTF-8, or type it again",
			"%s holds a character that cannot be read", f)
	case known[f].limit > 0 && utf8.RuneCountInString(s) > known[f].limit:
		c = bad("long-cell", "make it shorter", "%s has more than %d characters", f, known[f].limit)
		c.Mail = f == Email || f == EmailConsent
	default:
		c.Text = s
	}
	c.Mended = whole
	return c
}

// failed tells what a spreadsheet writes instead of a value: the mistake of a formula,
// or a row of # where a date is wider than its column.
func failed(s string) bool {
	if len(s) < 2 || s[0] != '#' {
		return false
	}
	switch s {
	case "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#ERROR!":
		return true
	}
	return strings.Trim(s, "#") == ""
}

// lineOfASCII tells most cells from those that want a closer look.
func lineOfASCII(s string) bool {
	space := true
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ' && space, c < ' ', c > '~':
			return false
		default:
			space = c == ' '
		}
	}
	return !space || s == ""
}

// SideOf reads the side of the body, in the languages of headings: left, right, both, each or sore.
func SideOf(s string) (string, bool) {
	word := Folded(s)
	if word == "" {
		return "", strings.Trim(s, "-–—._/ ") == ""
	}
	for side, words := range sides {
		if words[word] {
			return side, true
		}
	}
	return "", false
}

var sides = map[string]map[string]bool{
	"left": wordSet("l left leftside lt lefty links link linke linkeseite li izquierda izquierdo ladoizquierdo izq " +
		"izda izdo gauche cotegauche g esquerda esquerdo ladoesquerdo esq sinistra sinistro sx linkerkant " +
		"linkerzijde"),
	"right": wordSet("r right rightside rt rechts rechte rechteseite re derecha derecho ladoderecho der dcha dcho " +
		"droite droit cotedroit d direita direito ladodireito dir destra destro dx rechterkant rechterzijde"),
	"both": wordSet("both bothsides bilateral b leftright rightleft leftandright rightandleft lr rl beide " +
		"beideseiten beidseits beidseitig bds linksundrechts ambos ambas amboslados losdos deux lesdeux " +
		"lesdeuxcotes bilaterale entrambi entrambe ambososlados beidekanten beidezijden"),
	"each": wordSet("each eachside jede jedeseite cada cadalado chaque chaquecote ogni ognilato elke elkekant"),
	"sore": wordSet("sore soreside painful painfulside"),
}
