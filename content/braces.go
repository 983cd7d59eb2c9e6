package content

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words in braces stand for others, {clinic}, or only for some pages,
// {each: and change legs}. They are taken apart here when a text is read, so that what
// is filled in later is never looked through again.

// placeholders are the words for the slots, from EmergencySlot on.
var placeholders = [...]string{"emergency", "clinic", "phone", "therapist", "patient"}

// name is what a slot is called.
func (s Slot) name() string {
	if s >= GoOnSlot {
		return "a light"
	}
	return placeholders[s-1]
}

// placeholder finds the first word in braces: {clinic}, or {.mark}.
func placeholder(s string) (from, to int) {
	for from = 0; from < len(s); from++ {
		if s[from] != '{' {
			continue
		}
		for to = from + 1; to < len(s) && to-from < 40; to++ {
			c := s[to]
			letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
			first := to == from+1
			if c == '}' && !first && s[to-1] != '.' && s[to-1] != '#' {
				return from, to + 1
			}
			if !letter && !(first && (c == '.' || c == '#')) &&
				!(!first && (c == '-' || c == '_' || c >= '0' && c <= '9')) {
				break
			}
		}
	}
	return -1, -1
}

// eachMark begins words that stand only where a stretch is done on each side.
var eachMark = regexp.MustCompile(`(?i)\{ *each *: *`)

// otherMark begins words of a mark there is not.
var otherMark = regexp.MustCompile(`\{ *(\pL+) *:`)

const eachHint = "words for each side alone are marked like this: lower the leg{each: and change legs}."

// hasPlaceholder tells whether there are words in braces in s.
func hasPlaceholder(s string) bool {
	from, _ := placeholder(s)
	return from >= 0 || eachMark.MatchString(s)
}

// braced is t taken apart at its words in braces: a placeholder is a span with its
// Slot, what stands in {each: ...} is marked Each. It tells what is wrong with the
// braces, or "".
func (t Text) braced() (out Text, wrong string) {
	if !strings.Contains(t.String(), "{") {
		return t, ""
	}
	each, empty, gap := false, true, false
	put := func(s Span, text string, slot Slot) {
		if gap && text != "" { // a space before the brace that closed
			if r, _ := utf8.DecodeRuneInString(text); unicode.IsLetter(r) || unicode.IsDigit(r) || slot != NoSlot {
				out = out.join(Span{Text: " ", Bold: s.Bold, Italic: s.Italic, Link: s.Link, Dial: s.Dial})
			}
			gap = false
		}
		s.Text, s.Slot, s.Each = text, slot, each
		out = out.join(s)
		empty = empty && strings.TrimSpace(text) == ""
	}
	for _, s := range t {
		for rest := s.Text; rest != ""; {
			at := strings.IndexAny(rest, "{}")
			if at < 0 {
				put(s, rest, NoSlot)
				break
			}
			near := rest[at:min(len(rest), at+48)]
			from, to := placeholder(near)
			mark := eachMark.FindStringIndex(near)
			switch {
			case from == 0 && slices.Contains(placeholders[:], rest[at+1:at+to-1]):
				put(s, rest[:at], NoSlot)
				put(s, rest[at:at+to], Slot(1+slices.Index(placeholders[:], rest[at+1:at+to-1])))
				rest = rest[at+to:]
			case mark != nil && mark[0] == 0:
				if each {
					wrong = "there are words for each side within words for each side"
				}
				put(s, rest[:at], NoSlot)
				inner := rest[at+mark[1]:]
				if r, n := utf8.DecodeRuneInString(inner); n > 0 && strings.ContainsRune(stops+pauses, r) {
					out.trimEnd(" ")
				} else if rest[at+mark[1]-1] == ' ' && !out.endsInSpace() &&
					!strings.ContainsRune("([“«¿¡", out.trimEnd("")) {
					inner = " " + inner
				}
				each, empty, rest = true, true, inner
			case rest[at] == '}' && each:
				put(s, rest[:at], NoSlot)
				if empty {
					wrong = "there are no words in these braces"
				}
				if n := len(out); n > 0 && out[n-1].Each {
					last := strings.TrimRight(out[n-1].Text, " ")
					gap = last != out[n-1].Text
					if out[n-1].Text = last; last == "" {
						out = out[:n-1]
					}
				}
				each, rest = false, rest[at+1:]
			default:
				put(s, rest[:at+1], NoSlot)
				rest = rest[at+1:]
			}
		}
	}
	if each {
		wrong = "the brace before these words is not closed"
	}
	return out, wrong
}

// sidedText is a plain text with the words for each side, or without them.
func sidedText(s string, each bool) string {
	if !eachMark.MatchString(s) {
		return s
	}
	t, _ := Text{{Text: s}}.braced()
	return t.sided(each).String()
}
