package content

import (
	"slices"
	"strings"
	"unicode/utf8"
)

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
