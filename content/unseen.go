package content

import (
	"strings"
	"unicode"
)

// Pasted text brings characters that cannot be seen: zero width spaces, soft hyphens,
// marks of direction. Among words they do no harm; alone they are no text.

// blank tells whether nothing can be seen of s.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsControl(r) && r != '\u2800' &&
			!unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
	})
}

// visible is t without what cannot be seen: nothing if that is all of it, else without
// the links that have no words. Lost tells that there was something.
func (t Text) visible() (v Text, lost bool) {
	if blank(t.String()) {
		return nil, strings.TrimSpace(t.String()) != ""
	}
	for i, s := range t {
		if s.linked() && s.Slot == NoSlot && blank(s.Text) {
			v = append(Text{}, t[:i]...)
			for _, s := range t[i:] {
				if !s.linked() || s.Slot != NoSlot || !blank(s.Text) {
					v = v.join(s)
				}
			}
			return v, true
		}
	}
	return t, false
}

// invisible tells the characters cleanText takes out: bidirectional marks,
// embeddings, overrides and isolates, zero width spaces, soft hyphens, language
// tags and characters for private use or none. The joiners of Indic and Persian
// names and of emoji stay.
func invisible(r rune) bool {
	switch {
	case r == '\u200c' || r == '\u200d':
		return false
	case unicode.Is(unicode.Cf, r):
		return true
	case r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return true
	}
	return false
}
