package fonts

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// MissingError lists the characters of a paragraph that no face can draw, each
// once, in the order of the text.
type MissingError struct {
	Runes []rune
	Spans []int // index of the span in which each stands first
}

func (e *MissingError) Error() string {
	names := make([]string, len(e.Runes))
	for i, r := range e.Runes {
		names[i] = Name(r)
	}
	return "no font has " + strings.Join(names, ", ")
}

func (e *MissingError) add(span int, runes ...rune) {
	for _, r := range runes {
		if !slices.Contains(e.Runes, r) {
			e.Runes = append(e.Runes, r)
			e.Spans = append(e.Spans, span)
		}
	}
}

// Name is how a message names a character: the character itself, if it can be
// seen, and its number.
func Name(r rune) string {
	switch {
	case unicode.IsMark(r):
		return fmt.Sprintf("\"\u25cc%c\" (U+%04X)", r, r)
	case unicode.IsGraphic(r) && !unicode.IsSpace(r):
		return fmt.Sprintf("\"%c\" (U+%04X)", r, r)
	}
	return fmt.Sprintf("U+%04X", r)
}
