package content

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Emoji in a sentence are ornaments: no face of ours has them, and no reader needs them.
// Some say something, though: that is kept, in black or in words.

const emojiOut = "the emoji here are left out: a page says things in words"

// emoji tells a pictograph that is drawn in colours.
func emoji(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || strings.ContainsRune("⌚⌛⏩⏪⏫⏬⏰⏳☔☕⚓⚡⚽⚾⛄⛅⛎⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎⛔❓❔❕❗➰➿⬛⬜⭐⭕", r) ||
		r >= 0x2648 && r <= 0x2653
}

// unpictured is s without emoji, and tells whether there were any. Signs that may stand in
// a text in black, like ☀ and ❤, go if they are asked to be drawn in colours. Of a text that is
// all signs a yes stays.
func unpictured(s string, alone bool) (plain string, lost bool) {
	if !strings.ContainsFunc(s, func(r rune) bool { return emoji(r) || r == '\u20e3' || pictograph(r) }) {
		return s, false
	}
	var b strings.Builder
	letters := []rune(s)
	for i := 0; i < len(letters); i++ {
		r := letters[i]
		next := rune(0)
		if i+1 < len(letters) {
			next = letters[i+1]
		}
		of := family(inBlack[:], r)
		switch coloured := emoji(r) || next == '\ufe0f'; {
		case of >= 0 && coloured && (alone || of < len(inBlack)-1):
			black, _ := utf8.DecodeRuneInString(inBlack[of])
			b.WriteRune(black)
			for i+1 < len(letters) && (letters[i+1] == '\ufe0f' || letters[i+1] >= 0x1f3fb && letters[i+1] <= 0x1f3ff) {
				i++
			}
		case r == '\u20e3', r == '\ufe0f' && next == '\u20e3': // 1️⃣
			lost = true
		case emoji(r) || next == '\ufe0f' && pictograph(r):
			lost = true
			for i+1 < len(letters) && (letters[i+1] == '\u200d' || letters[i+1] == '\ufe0f' ||
				letters[i+1] >= 0x1f3fb && letters[i+1] <= 0x1f3ff ||
				letters[i] == '\u200d' && pictograph(letters[i+1])) {
				i++
			}
			// the space before it goes with it where none is wanted
			if i+1 == len(letters) || strings.ContainsRune(".,;:!?)", letters[i+1]) {
				left := strings.TrimRightFunc(b.String(), unicode.IsSpace)
				b.Reset()
				b.WriteString(left)
			}
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), lost
}

// unpictured is the text without emoji, and tells whether there were any; and whether one
// stands where no words are.
func (t Text) unpictured() (plain Text, lost, alone bool) {
	words := false
	for _, s := range t {
		words = words || s.Slot != NoSlot || strings.ContainsFunc(s.Text, func(c rune) bool {
			return unicode.IsLetter(c) || unicode.IsDigit(c)
		})
	}
	other := false // what stands in black, or not at all
	for _, s := range t {
		without, gone := s.Text, false
		if s.Slot == NoSlot {
			without, gone = unpictured(s.Text, !words)
		}
		other = other || without != s.Text
		alone = alone || gone && !words
		if lost = lost || gone; gone { // no two spaces where one stood
			for strings.Contains(without, "  ") {
				without = strings.ReplaceAll(without, "  ", " ")
			}
		}
		if s.Text = without; len(plain) > 0 && strings.HasSuffix(plain[len(plain)-1].Text, " ") {
			s.Text = strings.TrimLeft(s.Text, " ")
		}
		if s.Text != "" || s.Slot != NoSlot || s.Note != 0 {
			plain = append(plain, s)
		}
	}
	if k := len(plain) - 1; lost && k >= 0 {
		plain[0].Text = strings.TrimLeftFunc(plain[0].Text, unicode.IsSpace)
		plain[k].Text = strings.TrimRightFunc(plain[k].Text, unicode.IsSpace)
	}
	if !other {
		plain = t
	}
	// a sign of no before words that say it
	if len(plain) > 0 {
		head := plain[0].Text
		if r, n := utf8.DecodeRuneInString(head); negative(r) && saysNo(plain.String(), false) {
			plain = slices.Clone(plain)
			plain[0].Text = strings.TrimLeftFunc(head[n:], func(r rune) bool {
				return r == '\ufe0f' || unicode.IsSpace(r)
			})
			lost = true
		}
	}
	return plain, lost, alone
}

// lit is the text with the light that it begins with in the words of the page's language, unless its own say it: Red:
// over 5.
func (t Text) lit() Text {
	if len(t) == 0 {
		return t
	}
	r, n := utf8.DecodeRuneInString(t[0].Text)
	of := family(lightSigns[:], r)
	if of < 0 {
		return t
	}
	out := slices.Clone(t)
	sign := t[0]
	sign.Text, sign.Slot = string(r), GoOnSlot+Slot(of)
	out[0].Text = strings.TrimLeftFunc(t[0].Text[n:], func(r rune) bool { return r == '\ufe0f' || unicode.IsSpace(r) })
	switch said := out.String(); {
	case blank(said):
		return Text{sign}
	case Light(of).says(said), Light(of) == Stop && saysNo(said, false):
		return out
	}
	out[0].Text = ": " + out[0].Text
	return slices.Insert(out, 0, sign)
}
