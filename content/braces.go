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

// Slot is a word in braces that Personalise fills in.
type Slot uint8

const (
	NoSlot Slot = iota
	EmergencySlot
	ClinicSlot
	PhoneSlot
	TherapistSlot
	PatientSlot
)

// placeholders are the words for the slots, from EmergencySlot on.
var placeholders = [...]string{"emergency", "clinic", "phone", "therapist", "patient"}

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
			if !letter && !(first && (c == '.' || c == '#')) && !(!first && (c == '-' || c == '_' || c >= '0' && c <= '9')) {
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
				out = out.join(Span{Text: " ", Bold: s.Bold, Italic: s.Italic, Link: s.Link})
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
				} else if rest[at+mark[1]-1] == ' ' && !out.endsInSpace() && !strings.ContainsRune("([“«¿¡", out.trimEnd("")) {
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

// join adds a span to t; it becomes a part of the last one if they differ in nothing
// but their text.
func (t Text) join(s Span) Text {
	if s.Text == "" {
		return t
	}
	if n := len(t); n > 0 && s.Slot == NoSlot {
		like := t[n-1]
		like.Text = s.Text
		if like == s {
			t[n-1].Text += s.Text
			return t
		}
	}
	return append(t, s)
}

func (t Text) endsInSpace() bool {
	return len(t) == 0 || strings.HasSuffix(t[len(t)-1].Text, " ") || strings.HasSuffix(t[len(t)-1].Text, "\n")
}

// each tells whether t has words for each side alone.
func (t Text) each() bool {
	return slices.ContainsFunc(t, func(s Span) bool { return s.Each })
}

// Signs of punctuation that end a sentence, and those that part one.
const (
	stops  = ".!?…。！？؟۔।"
	pauses = ",;:、，；：،؛–—-"
)

// sided is t on a stretch that is done on each side, or on one side alone: the words
// for each side stay, or go with the space and the punctuation they leave behind.
func (t Text) sided(each bool) Text {
	if !t.each() {
		return t
	}
	var out Text
	gone := "" // what went since the last span that stays
	for _, s := range t {
		if s.Each && !each {
			gone += s.Text
			continue
		}
		s.Each = false
		if gone != "" {
			out, s.Text = seam(out, gone, s.Text)
			gone = ""
		}
		out = out.join(s)
	}
	if gone != "" {
		out, _ = seam(out, gone, "")
	}
	return out
}

// seam mends what words that went leave between before and after.
func seam(before Text, gone, after string) (Text, string) {
	space := before.endsInSpace() || strings.HasPrefix(after, " ") || strings.HasPrefix(gone, " ")
	after = strings.TrimLeft(after, " ")
	first, n := utf8.DecodeRuneInString(after)
	last := before.trimEnd(" ")
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(gone, " "))
	switch {
	case last == 0: // nothing is left before them
		return before, capital(strings.TrimLeft(after, " "+pauses+stops))
	case strings.ContainsRune("([", last) && strings.ContainsRune(")]", first) && n > 0:
		before[len(before)-1].Text = strings.TrimRight(before[len(before)-1].Text, "([ ")
		return before, strings.TrimLeft(after, ")]")
	case n == 0 || !strings.ContainsRune(stops+pauses+")]»”", first): // a word follows, or nothing
		if n == 0 || strings.ContainsRune(stops, end) {
			last = before.trimEnd(" " + pauses)
		}
		if strings.ContainsRune(stops, end) && end != utf8.RuneError && !strings.ContainsRune(stops, last) {
			before[len(before)-1].Text += string(end)
			last = end
		}
		if n > 0 && strings.ContainsRune(stops, last) {
			after = capital(after)
		}
		if n > 0 && space {
			after = " " + after
		}
		return before, after
	}
	if strings.ContainsRune(stops, first) {
		last = before.trimEnd(" " + pauses)
	}
	if strings.ContainsRune(stops+pauses, last) {
		if after = strings.TrimLeft(after, stops+pauses); after != "" && after[0] != ' ' && space {
			after = " " + after
		}
	}
	return before, after
}

// trimEnd takes signs off the end of t and returns its last rune then, or 0.
func (t Text) trimEnd(signs string) rune {
	for i := len(t) - 1; i >= 0; i-- {
		if t[i].Slot == NoSlot && t[i].Note == 0 {
			t[i].Text = strings.TrimRight(t[i].Text, signs)
		}
		if r, n := utf8.DecodeLastRuneInString(t[i].Text); n > 0 {
			return r
		}
	}
	return 0
}

// sidedText is a plain text with the words for each side, or without them.
func sidedText(s string, each bool) string {
	if !eachMark.MatchString(s) {
		return s
	}
	t, _ := Text{{Text: s}}.braced()
	return t.sided(each).String()
}
