package content

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Stretches are written and drawn for the right side of the body. Given for the
// left, their pictures are mirrored, and the words follow.

// otherSide puts left for right and right for left, word by word.
func (w *Words) otherSide(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
		if n < 0 {
			n = len(s)
		}
		word := s[:n]
		if other, ok := w.mirror[strings.ToLower(word)]; ok {
			if r, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(r) {
				other = capital(other)
			}
			word = other
		}
		b.WriteString(word)
		s = s[n:]
		_, gap := utf8.DecodeRuneInString(s)
		b.WriteString(s[:gap])
		s = s[gap:]
	}
	return b.String()
}

// mirrored is a stretch in the words of the other side.
func (w *Words) mirrored(s *Stretch) *Stretch {
	text := func(t Text) Text {
		if t == nil {
			return nil
		}
		out := make(Text, len(t))
		for i, span := range t {
			span.Text = w.otherSide(span.Text)
			out[i] = span
		}
		return out
	}
	m := *s
	m.Alt = w.otherSide(s.Alt)
	m.Steps = make([]Text, len(s.Steps))
	for i, step := range s.Steps {
		m.Steps[i] = text(step)
	}
	for i := range m.Remarks {
		m.Remarks[i].Text = text(s.Remarks[i].Text)
	}
	m.Stop = text(s.Stop)
	return &m
}
