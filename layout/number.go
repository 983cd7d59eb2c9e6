package layout

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is kept on one line, wherever a line is wide enough: a number with what it
// counts, a name, a date, a telephone number. Their spaces become no-break spaces; one
// that is too wide for a line is cut at them.

// whole keeps a name or a date on one line, where it is short enough for one, and
// else the numbers in it with the words after them: "1 December".
func whole(s string) string { return counted(unbroken(s, 22)) }

// capital makes the first letter a capital.
func capital(s string) string {
	c, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToTitle(c)) + s[n:]
}

// counted keeps numbers on the line of the words after them: "3 times", "2-mal".
func counted(s string) string {
	return hyphened.ReplaceAllString(count.ReplaceAllString(s, "$1\u00a0$2"), "$1-\u2060$2")
}

var (
	count    = regexp.MustCompile(`(\d) (\pL)`)
	hyphened = regexp.MustCompile(`(\d)-(\pL)`)
)

// unbroken keeps text of up to so many characters on one line.
func unbroken(s string, most int) string {
	if utf8.RuneCountInString(s) > most {
		return s
	}
	return strings.ReplaceAll(s, " ", "\u00a0")
}

// The forms of what is kept together in any text: telephone numbers with their
// extensions and dates in figures, in any script's figures; a toll-free number that ends
// in a word; a time of day with what follows it.
var (
	phone = regexp.MustCompile(`[+(]{0,2}\p{Nd}+(?:(?:\)?` + gap + `?[(/\x{2010}-\x{2013}-]?` + gap +
		`?|\.)\p{Nd}+)+(?:,?` + gap + `(?:[Ee]xt\.?|[Ee]xtension|x|#)` + gap + `?\p{Nd}+)?`)
	vanity = regexp.MustCompile(
		`(?:\+?1[ \x{a0}.-])?\(?(?:8\d\d|0800|1800|1300)\)?[ \x{a0}.-][A-Z\d]+(?:[ \x{a0}.-][A-Z\d]{2,})*`)
	years = regexp.MustCompile(`^\p{Nd}{4} ?[-\x{2013}] ?\p{Nd}{4}$`)
	clock = regexp.MustCompile(`(\p{Nd}) ([ap]\.?m\.?|[AP]\.?M\.?|Uhr|h)(\PL|$)`)
)

// leastFigures is how many a telephone number of several groups has at least: 116 123.
const leastFigures = 6

const gap = `[ \x{a0}\x{2007}\x{2009}\x{202f}]`

// tied is numbers for the words of one span.
func tied(s string, rtl bool) string {
	figures := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			figures++
		}
	}
	if figures == 0 {
		return s
	}
	tie := func(s string) string {
		s = spaces.Replace(s)
		if rtl {
			return "\u2066\u202d" + s + "\u202c\u2069" // whatever its figures are
		}
		return s
	}
	if figures >= leastFigures {
		s = phone.ReplaceAllStringFunc(s, func(s string) string {
			if figures, groups := grouped(s); figures < leastFigures || figures > 20 ||
				groups < 2 || years.MatchString(s) {
				return s
			}
			return tie(s)
		})
	}
	s = vanity.ReplaceAllStringFunc(s, func(s string) string {
		if !strings.ContainsFunc(s, unicode.IsUpper) || utf8.RuneCountInString(s) < 9 {
			return s
		}
		return tie(s)
	})
	return clock.ReplaceAllString(s, "$1\u00a0$2$3")
}

// dated is words with the days and years of dates on the line of their month: "14 March
// 2026", "March 14", "14. März".
func dated(s string, months []string) string {
	if !strings.ContainsFunc(s, unicode.IsDigit) {
		return s
	}
	figure := func(s string) bool { return len(s) > 0 && s[0] >= '0' && s[0] <= '9' }
	for _, month := range months {
		for from := 0; month != ""; {
			at := strings.Index(s[from:], month)
			if at < 0 {
				break
			}
			before, after := s[:from+at], s[from+at+len(month):]
			day := strings.TrimSuffix(strings.TrimSuffix(before, " "), ".")
			if day != "" && figure(day[len(day)-1:]) && strings.HasSuffix(before, " ") {
				before = before[:len(before)-1] + "\u00a0"
			}
			if strings.HasPrefix(after, " ") && figure(after[1:]) {
				after = "\u00a0" + after[1:]
			}
			s, from = before+month+after, len(before)+len(month)
		}
	}
	return s
}

// measured is words with both ends of a range on one line, and a number on that of what it counts: "4 to 6 weeks".
func measured(s string) string {
	if !strings.ContainsFunc(s, unicode.IsDigit) {
		return s
	}
	s = ranged.ReplaceAllString(s, "$1$2\u00a0$3\u00a0$4")
	return unit.ReplaceAllString(s, "$1$2\u00a0$3")
}

var (
	ranged = regexp.MustCompile(`(^|[ (])(\p{Nd}{1,2}) (\pL{1,3}|[-\x{2013}]) (\p{Nd}{1,2}(?:\P{Nd}|$))`)
	unit   = regexp.MustCompile(`(^|[ \x{a0}(])(\p{Nd}{1,2}) (\pL{3})`)
)

// addressParts is an address with each of its parts on one line.
func addressParts(s string) string {
	parts := strings.Split(s, ", ")
	for i, part := range parts {
		parts[i] = unbroken(part, 24)
	}
	return strings.Join(parts, ", ")
}

// spaces makes what may end a line one that may not.
var spaces = strings.NewReplacer(" ", "\u00a0", "\u2009", "\u202f", "-", "-\u2060", "\u2010", "\u2010\u2060", "\u2013",
	"\u2013\u2060", "/", "/\u2060")

// grouped counts the figures of a number and the groups they stand in; none where more
// than two stand alone, as in a row of numbers to choose from.
func grouped(s string) (figures, groups int) {
	alone := 0
	for _, g := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) {
		n := utf8.RuneCountInString(g)
		if n == 1 {
			alone++
		}
		figures, groups = figures+n, groups+1
	}
	if alone > 2 {
		return 0, 0
	}
	return figures, groups
}

// bareAddress is a web address as people write it.
func bareAddress(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	return strings.TrimSuffix(s, "/")
}

// dialled is a phone number without what is only for the eye.
func dialled(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c == '+' {
			return c
		}
		return -1
	}, s)
}
