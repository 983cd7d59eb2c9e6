package output

import "handout/fonts"

// alphabet is the characters a face has glyphs for, in blocks of those that come
// together: a page that needs a letter of a block has them all in its font. It
// depends on the face alone, and does not keep it.
type alphabet struct {
	letters []letter // by glyph
}

// letter is the character that a glyph stands for when nothing shapes it.
type letter struct {
	text  string // empty for a glyph that is in no block
	block uint8
}

// pair is a shape and the text it stands for.
type pair struct {
	shape fonts.Shape
	text  string
}

// blocks are ranges of characters, first and last. Scripts whose letters are shaped
// to glyphs of other characters or of none (Arabic, Devanagari) would gain nothing
// from one.
var blocks = [...][][2]rune{
	{{' ', ' '}, {'a', 'z'}, {',', ','}, {'.', '.'}},
	{{'A', 'Z'}},
	{{'0', '9'}, {'!', '"'}, {'%', ')'}, {'+', '+'}, {'-', '-'}, {'/', '/'}, {':', ';'}, {'?', '?'}, {'–', '—'},
		{'‘', '’'}, {'“', '”'}, {'…', '…'}},
	{{'#', '$'}, {'*', '*'}, {'<', '>'}, {'@', '@'}, {'[', '`'}, {'{', '~'}},
	{{'ß', 'ÿ'}},
	{{'À', 'Þ'}},
	{{'\u00a1', '¿'}},
	{{'Ā', 'ſ'}, {'Ș', 'ț'}},
	{{'Ơ', 'ơ'}, {'Ư', 'ư'}, {'\u1ea0', '\u1ef9'}}, // Vietnamese
	{{'Ά', 'ώ'}}, // Greek
	{{'Ѐ', 'џ'}}, // Cyrillic
	{{'א', 'ת'}}, // Hebrew
	{{'ก', '๛'}}, // Thai
}

// newAlphabet reads the characters of a face.
func newAlphabet(face *fonts.Face) (*alphabet, int, error) {
	a := new(alphabet)
	for block, ranges := range blocks {
		for _, r := range ranges {
			for c := r[0]; c <= r[1]; c++ {
				g, ok := face.Glyph(c)
				if !ok {
					continue
				}
				for int(g.ID) >= len(a.letters) {
					a.letters = append(a.letters, letter{})
				}
				if l := &a.letters[g.ID]; l.text == "" {
					*l = letter{string(c), uint8(block)}
				}
			}
		}
	}
	return a, 32 * len(a.letters), nil
}

// letter is what a glyph is in a block, or nil.
func (a *alphabet) letter(g *fonts.Glyph) *letter {
	if g.Parts != "" || int(g.ID) >= len(a.letters) {
		return nil
	}
	// Most are of one byte: those need no call to be compared.
	l := &a.letters[g.ID]
	if n := len(l.text); n == 0 || n != len(g.Text) || l.text[0] != g.Text[0] || n > 1 && l.text != g.Text {
		return nil
	}
	return l
}

// has tells whether a pair is in a block.
func (a *alphabet) has(p pair) bool {
	return p.shape.Parts == "" && int(p.shape.ID) < len(a.letters) && a.letters[p.shape.ID].text == p.text
}

// pairs are those of the blocks in a set.
func (a *alphabet) pairs(set uint32) []pair {
	var pairs []pair
	for id, l := range a.letters {
		if l.text != "" && set>>l.block&1 != 0 {
			pairs = append(pairs, pair{fonts.Shape{ID: uint16(id)}, l.text})
		}
	}
	return pairs
}
