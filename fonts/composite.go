package fonts

import (
	"cmp"
	"iter"
	"math"

	"github.com/go-text/typesetting/harfbuzz"
)

// Shape is what a face draws at once: a glyph of its own or a Composite of several.
type Shape struct {
	ID    uint16 // 0 for a composite, and for what the face does not have
	Parts Composite
}

// Compare orders shapes: the glyphs of a face by their ids, then composites.
func (s Shape) Compare(t Shape) int {
	if s.Parts == t.Parts {
		return cmp.Compare(s.ID, t.ID)
	}
	return cmp.Compare(s.Parts, t.Parts)
}

// Composite is several glyphs of a face drawn as one, or a glyph drawn off its
// place. Letters and their marks become one, so that one code of a PDF stands for
// what a reader takes as one character.
//
// It is text so that it can be compared, be a key and never changes: its advance,
// then for each part the glyph and how far it is moved right and up, all in font
// units and as two bytes, the higher first.
type Composite string

// Blank is the composite of nothing, without width: a shape for a character that
// another's shape draws too.
const Blank Composite = "\x00\x00"

const (
	advanceBytes = 2
	partBytes    = 6
)

// moved is a part of a composite.
type moved struct {
	id   uint16
	x, y int
}

func (c Composite) at(i int) int { return int(c[i])<<8 | int(c[i+1]) }

func (c Composite) valid() bool {
	return len(c) >= advanceBytes && (len(c)-advanceBytes)%partBytes == 0
}

// advance is the width in font units.
func (c Composite) advance() int {
	if !c.valid() {
		return 0
	}
	return c.at(0)
}

// all goes through the parts in the order they are drawn.
func (c Composite) all() iter.Seq[moved] {
	return func(yield func(moved) bool) {
		for i := advanceBytes; i < len(c); i += partBytes {
			if !yield(moved{uint16(c.at(i)), int(int16(c.at(i + 2))), int(int16(c.at(i + 4)))}) {
				return
			}
		}
	}
}

// fuse makes one glyph of those of a cluster, from left to right. It is glyph 0
// if one of them is; ok is false if the face has no room for it.
func (f *Face) fuse(info []harfbuzz.GlyphInfo, pos []harfbuzz.GlyphPosition) (g Glyph, ok bool) {
	pen, missing := 0, false
	for i := range info {
		if int(info[i].Glyph) >= f.glyphs {
			return g, false
		}
		missing = missing || info[i].Glyph == 0
		pen += int(pos[i].XAdvance)
	}
	g.Advance = f.em(pen)
	if missing {
		return g, true
	}
	if len(info) == 1 && pos[0].XOffset == 0 && pos[0].YOffset == 0 {
		g.ID = uint16(info[0].Glyph)
		return g, true
	}
	b := make([]byte, 0, advanceBytes+partBytes*len(info))
	b = put16(b, min(max(pen, 0), math.MaxUint16))
	pen = 0
	for i := range info {
		b = put16(b, int(info[i].Glyph))
		b = put16(put16(b, short(pen+int(pos[i].XOffset))), short(int(pos[i].YOffset)))
		pen += int(pos[i].XAdvance)
	}
	g.Parts = Composite(b)
	return g, true
}

// short bounds a measure to what a font file can say. Only a tower of marks that
// has left the page is as high.
func short(v int) int { return min(max(v, math.MinInt16), math.MaxInt16) }
