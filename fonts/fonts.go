// Package fonts knows how text looks: which face draws a character, which glyphs
// a word becomes, how wide it is, where a line may break. It also cuts a face
// down to the glyphs a page uses.
//
// Widths are in thousandths of an em, so that a shaped word serves every size.
package fonts

// Style picks a face of a family.
type Style uint8

const (
	Regular    Style = 0
	Bold       Style = 1
	Italic     Style = 2
	BoldItalic Style = Bold | Italic
)

// Em is the unit of all widths and metrics here: one thousandth of the type size.
type Em int32

// Glyph is a shape in its place, and the characters it stands for: one, those of
// a ligature, or those of a cluster such as a letter and its marks (UAX #29).
type Glyph struct {
	Shape
	Advance Em // to the next glyph, kerning included
	Text    string
}

// Run is text of one face, style, script and direction, its glyphs from left to right as seen.
type Run struct {
	Face   *Face
	Span   int   // index of the span it came from
	Level  uint8 // bidirectional embedding level (UAX #9): odd reads from right to left
	Width  Em
	Glyphs []Glyph
}

// Piece is text that is never broken: what stands between two line breaks
// allowed by UAX #14. Its white space at the end is counted apart, for it hangs
// over the edge when a line ends there.
type Piece struct {
	Runs  []Run // in logical order, the trailing white space included
	Width Em    // without the trailing white space
	Space Em    // width of the trailing white space
	Break bool  // a line must end after it
}

// Span is a piece of input text in one style.
type Span struct {
	Text  string
	Style Style
}
