package output

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"handout/fonts"
	"handout/layout"
)

// fontSet is the fonts of a page, in the order they are first used.
type fontSet struct{ list []*font }

// font is a face on one page. It is a Type 0 font (ISO 32000-1, 9.7) with codes
// of two bytes, one for each pair of a shape and the text it stands for: so
// extracted text is exactly what was set, for ligatures and marks too.
//
// How a glyph is spelled in codes depends on what readers of text make of it.
// Poppler, PDFium and pdf.js turn a line of Hebrew or Arabic round character by
// character, so that a letter and its marks are one code, whose text is in the
// order seen as the codes of the line are (see painter.glyphs). In other scripts a
// code with a mark in it has no width for pdf.js: there the letter's code draws
// its marks too, and blank codes that follow say them.
//
// A page says of a font which blocks of its alphabet it uses, and which pairs
// besides. The font then has all of these blocks, needed or not: so pages of other
// words, and of other names, share its program.
type font struct {
	face     *fonts.Face
	alphabet *alphabet
	resource name
	blocks   uint32
	besides  []pair
	once     []pair // those of besides that only what belongs to one patient needs
	*coding
}

// typecase keeps the alphabets of faces and their programs, one for each set of glyphs.
type typecase struct {
	alphabets keep[uint64, *alphabet] // by face
	programs  keep[programKey, *program]
}

// set reads through a page's text and notes what it uses of each face.
func (t *typecase) set(items []layout.Item, c *canvas) (*fontSet, error) {
	s := new(fontSet)
	for i, it := range items {
		g, ok := it.(*layout.Glyphs)
		if !ok {
			continue
		}
		f := s.of(g.Face)
		if f == nil {
			a, err := t.alphabets.get(g.Face.ID(), func() (*alphabet, int, error) { return newAlphabet(g.Face) })
			if err != nil {
				return nil, err
			}
			f = &font{face: g.Face, alphabet: a, resource: name("F" + strconv.Itoa(len(s.list)))}
			s.list = append(s.list, f)
		}
		r := c.run(g, f.alphabet)
		f.blocks |= r.blocks
		for _, p := range r.besides {
			if !f.use(p, g.Once) {
				k := slices.IndexFunc(g.Glyphs, func(glyph fonts.Glyph) bool {
					for q := range spell(&glyph) {
						if q == p {
							return true
						}
					}
					return false
				})
				const missing = "page: glyph %d of item %d is missing from its face, or stands for no text"
				return nil, fmt.Errorf(missing, k, i)
			}
		}
	}
	for _, f := range s.list {
		slices.SortFunc(f.besides, comparePairs)
	}
	return s, nil
}

func (s *fontSet) of(face *fonts.Face) *font {
	for _, f := range s.list {
		if f.face == face {
			return f
		}
	}
	return nil
}

// use notes a pair that is in no block; false means it cannot be shown or read.
func (f *font) use(p pair, once bool) bool {
	if p.shape == (fonts.Shape{}) || !readable(p.text) {
		return false
	}
	known := slices.Contains(f.besides, p)
	if !known {
		f.besides = append(f.besides, p)
	}
	switch {
	case once && !known && telling(p.text):
		f.once = append(f.once, p)
	case !once && known:
		f.once = slices.DeleteFunc(f.once, func(other pair) bool { return other == p })
	}
	return true
}

// telling tells whether it says anything of a name that a font has a text: spaces and
// points say nothing.
func telling(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsPunct(r) && !unicode.Is(unicode.Cf, r)
	})
}

func comparePairs(a, b pair) int {
	return cmp.Or(a.shape.Compare(b.shape), cmp.Compare(a.text, b.text))
}

// spell gives the codes that show and say a glyph, in their order.
func spell(g *fonts.Glyph) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		_, size := utf8.DecodeRuneInString(g.Text)
		if size == len(g.Text) || !strings.ContainsFunc(g.Text, unicode.IsMark) || fonts.Seen(g.Text) != g.Text {
			yield(pair{g.Shape, g.Text})
			return
		}
		if !yield(pair{g.Shape, g.Text[:size]}) {
			return
		}
		for _, r := range g.Text[size:] {
			if !yield(pair{fonts.Shape{Parts: fonts.Blank}, string(r)}) {
				return
			}
		}
	}
}

// readable tells whether a glyph may stand for text: ISO 14289-1, 7.21.7 bars
// U+0000, U+FEFF and U+FFFE, and control characters are no text at all.
func readable(text string) bool {
	if text == "" || len(text) > 128 || !utf8.ValidString(text) {
		return false
	}
	for _, r := range text {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\ufeff' || r&0xfffe == 0xfffe {
			return false
		}
	}
	return true
}

// codings counts them.
var codings atomic.Uint64

// coding gives the pairs of a face their codes, from 1.
type coding struct {
	id      uint64          // no two have the same
	once    bool            // it is of a page with letters of its own
	letters []uint16        // codes by glyph, of pairs that are in blocks
	more    map[pair]uint16 // codes of the others
	pairs   []pair          // by code - 1
	widths  []fonts.Em      // by code - 1
}

// add gives the next codes to pairs that have none yet.
func (c *coding) add(face *fonts.Face, a *alphabet, pairs ...pair) error {
	if len(c.pairs)+len(pairs) > 0xfffe {
		return fmt.Errorf("page: has more glyphs of the font %s than a PDF font can", face.Name())
	}
	for _, p := range pairs {
		c.pairs = append(c.pairs, p)
		c.widths = append(c.widths, face.Advance(p.shape))
		code := uint16(len(c.pairs))
		if a.has(p) {
			if c.letters == nil {
				c.letters = make([]uint16, len(a.letters))
			}
			c.letters[p.shape.ID] = code
			continue
		}
		if c.more == nil {
			c.more = map[pair]uint16{}
		}
		c.more[p] = code
	}
	return nil
}

// newCoding gives codes in the order of the pairs' shapes, then to what stands for
// a second text, so that with one text for each shape the codes are the glyph ids
// of the subset.
func newCoding(face *fonts.Face, a *alphabet, pairs []pair) (*coding, error) {
	slices.SortFunc(pairs, comparePairs)
	first := make([]pair, 0, len(pairs))
	var second []pair
	for i, p := range pairs {
		if i > 0 && p.shape == pairs[i-1].shape {
			second = append(second, p)
		} else {
			first = append(first, p)
		}
	}
	c := &coding{id: codings.Add(1)}
	return c, c.add(face, a, append(first, second...)...)
}

type programKey struct {
	face    uint64
	blocks  uint32
	besides string
}

// program is what a PDF holds of a face for one set of pairs. Pages share it.
type program struct {
	*coding
	base    name    // with its subset tag
	file    *stream // FontFile2
	unicode *stream // ToUnicode
	glyphs  *stream // CIDToGIDMap, or nil where codes are glyph ids
	w       written // W
	box     [4]int  // left, bottom, right and top of its glyphs, in thousandths of an em
}

// program finds or makes the program that has the font's blocks and pairs. One that tells
// a patient's letters from all others is not kept.
func (t *typecase) program(f *font) (*program, error) {
	if len(f.once) > 0 {
		return f.newProgram()
	}
	var key []byte
	for _, p := range f.besides {
		key = append(key, byte(p.shape.ID>>8), byte(p.shape.ID), byte(len(p.shape.Parts)>>8),
			byte(len(p.shape.Parts)), byte(len(p.text)))
		key = append(key, p.shape.Parts...)
		key = append(key, p.text...)
	}
	return t.programs.get(programKey{f.face.ID(), f.blocks, string(key)}, func() (*program, int, error) {
		p, err := f.newProgram()
		if err != nil {
			return nil, 0, err
		}
		return p, len(p.file.data) + len(p.unicode.data) + 128*len(p.pairs), nil
	})
}

func (f *font) newProgram() (*program, error) {
	c, err := newCoding(f.face, f.alphabet, append(f.alphabet.pairs(f.blocks), f.besides...))
	if err != nil {
		return nil, err
	}
	c.once = len(f.once) > 0
	return newProgram(f.face, c)
}

// dict is the font; what it leads to is put into the file by add, which gives a
// reference to it.
func (p *program) dict(face *fonts.Face, add func(object) object) *dict {
	m := face.Metrics()
	flags := 1 << 2 // symbolic (9.8.2): it has glyphs outside the standard Latin set
	if m.ItalicAngle != 0 {
		flags |= 1 << 6
	}
	descriptor := newDict(12).set("Type", name("FontDescriptor")).set("FontName", p.base).
		set("Flags", integer(flags)).
		set("FontBBox", array{integer(p.box[0]), integer(p.box[1]), integer(p.box[2]), integer(p.box[3])}).
		set("ItalicAngle", number(strconv.FormatFloat(m.ItalicAngle, 'f', -1, 64))).
		set("Ascent", integer(p.box[3])).set("Descent", integer(p.box[1])).
		set("CapHeight", integer(m.CapHeight)).set("XHeight", integer(m.XHeight)).
		set("StemV", integer(m.StemV)).set("FontWeight", integer(m.Weight)).
		set("FontFile2", add(p.file))
	glyphs := object(name("Identity"))
	if p.glyphs != nil {
		glyphs = add(p.glyphs)
	}
	descendant := newDict(8).set("Type", name("Font")).set("Subtype", name("CIDFontType2")).set("BaseFont", p.base).
		set("CIDSystemInfo", newDict(3).set("Registry", str("Adobe")).set("Ordering", str("Identity")).
			set("Supplement", integer(0))).
		set("FontDescriptor", add(descriptor)).set("W", p.w).set("CIDToGIDMap", glyphs)
	return newDict(6).set("Type", name("Font")).set("Subtype", name("Type0")).set("BaseFont", p.base).
		set("Encoding", name("Identity-H")).set("DescendantFonts", array{add(descendant)}).
		set("ToUnicode", add(p.unicode))
}

// newProgram cuts a face down to the glyphs that have codes.
func newProgram(face *fonts.Face, c *coding) (*program, error) {
	shapes := shapesOf(c.pairs)
	data, err := face.Subset(shapes)
	if err != nil {
		return nil, err
	}
	unicode := c.toUnicode()
	pack := &well
	if c.once {
		pack = &fast
	}
	p := &program{
		coding:  c,
		file:    pack.stream(newDict(3).set("Length1", integer(len(data))), data).summed(),
		unicode: pack.stream(newDict(2), unicode).summed(),
		box:     extent(data),
	}
	p.w = append(p.w, "[1 ["...)
	for i, w := range c.widths {
		if i > 0 {
			p.w = append(p.w, ' ')
		}
		p.w = strconv.AppendInt(p.w, int64(w), 10)
	}
	p.w = append(p.w, "]]"...)
	glyphs, same := make([]byte, 2, 2+2*len(c.pairs)), true
	for i, p := range c.pairs {
		id, _ := slices.BinarySearchFunc(shapes, p.shape, fonts.Shape.Compare)
		glyphs = append(glyphs, byte((id+1)>>8), byte(id+1))
		same = same && id == i
	}
	if !same {
		p.glyphs = pack.stream(newDict(2), glyphs).summed()
	}
	// A subset's name begins with six letters and a plus (9.6.4), here taken
	// from what is in it, so that two subsets of a face never share a name.
	h := sha256.New()
	h.Write(data)
	h.Write(unicode)
	var tag [6]byte
	for i, b := range h.Sum(nil)[:6] {
		tag[i] = 'A' + b%26
	}
	p.base = name(string(tag[:]) + "+" + face.Name())
	return p, nil
}

// shapesOf are the shapes of pairs, in order and each once.
func shapesOf(pairs []pair) []fonts.Shape {
	shapes := make([]fonts.Shape, 0, len(pairs))
	for _, p := range pairs {
		shapes = append(shapes, p.shape)
	}
	slices.SortFunc(shapes, fonts.Shape.Compare)
	return slices.Compact(shapes)
}

// extent finds the box of all glyphs of a font program. That of the whole face
// would have readers think that lines overlap: some letters of Arabic faces reach
// over two lines.
func extent(ttf []byte) (box [4]int) {
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(ttf[4:])) {
		r := ttf[12+16*i:]
		at, n := binary.BigEndian.Uint32(r[8:]), binary.BigEndian.Uint32(r[12:])
		tables[string(r[:4])] = ttf[at : at+n]
	}
	head, loca, glyf := tables["head"], tables["loca"], tables["glyf"]
	upem, long := int(binary.BigEndian.Uint16(head[18:])), head[51] != 0
	offset := func(i int) int {
		if long {
			return int(binary.BigEndian.Uint32(loca[4*i:]))
		}
		return 2 * int(binary.BigEndian.Uint16(loca[2*i:]))
	}
	// Glyph 0 is never shown.
	for i := 1; i < int(binary.BigEndian.Uint16(tables["maxp"][4:])); i++ {
		if offset(i) == offset(i+1) {
			continue
		}
		for side := range box {
			v := int(int16(binary.BigEndian.Uint16(glyf[offset(i)+2+2*side:])))
			if side < 2 {
				box[side] = min(box[side], v)
			} else {
				box[side] = max(box[side], v)
			}
		}
	}
	for side, v := range box {
		box[side] = int(math.Round(float64(v) * 1000 / float64(upem)))
	}
	return box
}

// toUnicode is the CMap that leads from codes to text (9.10.3), one by one.
func (c *coding) toUnicode() []byte {
	const digits = "0123456789ABCDEF"
	b := make([]byte, 0, 400+24*len(c.pairs))
	b = append(b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"+
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"+
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"+
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"...)
	hex := func(bytes ...byte) {
		b = append(b, '<')
		for _, c := range bytes {
			b = append(b, digits[c>>4], digits[c&15])
		}
		b = append(b, '>')
	}
	// A block holds at most 100 entries.
	for start := 0; start < len(c.pairs); start += 100 {
		block := c.pairs[start:min(start+100, len(c.pairs))]
		b = strconv.AppendInt(b, int64(len(block)), 10)
		b = append(b, " beginbfchar\n"...)
		for i, p := range block {
			code := start + i + 1
			hex(byte(code>>8), byte(code))
			b = append(b, ' ')
			hex(appendUTF16(nil, fonts.Seen(p.text))...)
			b = append(b, '\n')
		}
		b = append(b, "endbfchar\n"...)
	}
	return append(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"...)
}
