package field

import (
	"regexp"
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

// IsTotal tells a cell with a sum, or what stands before one: see totals.
func IsTotal(s string) bool { return totals.MatchString(s) }

// totals is what stands before a sum, or with it: "Total", "Grand total (12)", "Total
// appointments: 12".
var totals = regexp.MustCompile(
	`^(?i:grand |sub-?)?(?i:totals?)(?i: (?:appointments|bookings|visits|clients|customers|` +
		`patients|services|amount|count|number|paid|price|sales))?\W*\d*\W*$`)

// SideOf reads the side of the body: left, right, both, each or sore.
func SideOf(s string) (string, bool) {
	switch Plain(s) {
	case "":
		return "", true
	case "l", "left", "leftside", "lt":
		return "left", true
	case "r", "right", "rightside", "rt":
		return "right", true
	case "both", "bothsides", "bilateral", "b":
		return "both", true
	case "each", "eachside":
		return "each", true
	case "sore", "soreside":
		return "sore", true
	}
	return "", false
}
