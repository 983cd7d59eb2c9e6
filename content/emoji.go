package content

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Emoji in a sentence are ornaments: no face of ours has them, and no reader needs them.
// One that stands alone, or that says no, says something: that is to be said in words.

const emojiOut = "the emoji here are left out: a page says things in words"

// emoji tells a pictograph that is drawn in colours.
func emoji(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || strings.ContainsRune("⌚⌛⏩⏪⏫⏬⏰⏳☔☕⚓⚡⚽⚾⛄⛅⛎⛪⛲⛳⛵⛺⛽✅✊✋✨❓❔❕❗➰➿⬛⬜⭐⭕", r) ||
		r >= 0x2648 && r <= 0x2653
}

// unpictured is s without emoji, and tells whether there were any. Signs that may stand in
// a text in black, like ☀ and ❤, go if they are asked to be drawn in colours.
func unpictured(s string) (plain string, lost bool) {
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
		switch {
		case negative(r):
			b.WriteRune(r)
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
	for _, s := range t {
		without, gone := unpictured(s.Text)
		if alone = gone && !words; alone {
			return t, true, true
		}
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
	if !lost {
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
	return plain, lost, false
}
