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
type font struct {
	face     *fonts.Face
	resource name
	slots    []slot          // by glyph of the face
	more     map[pair]uint16 // codes of composites, and of glyphs that stand for a second text
	pairs    []pair          // by code, from 1
	widths   []fonts.Em      // by code, from 1
}

type pair struct {
	shape fonts.Shape
	text  string
}

// slot is a glyph's first text, and the code of the two.
type slot struct {
	text string
	code uint16
}

// newFontSet reads through a page's text and gives every pair of shape and text
// its code. Codes follow the shapes' order in the face, not the page's, so that
// pages of the same characters have the same fonts.
func newFontSet(items []layout.Item) (*fontSet, error) {
	s := new(fontSet)
	for i, it := range items {
		g, ok := it.(*layout.Glyphs)
		if !ok {
			continue
		}
		f := s.of(g.Face)
		if f == nil {
			f = &font{face: g.Face, resource: name("F" + strconv.Itoa(len(s.list)))}
			s.list = append(s.list, f)
		}
		for k := range g.Glyphs {
			for p := range spell(&g.Glyphs[k]) {
				if !f.use(p) {
					return nil, fmt.Errorf("page: glyph %d of item %d is missing from its face, or stands for no text", k, i)
				}
			}
		}
	}
	for _, f := range s.list {
		if err := f.encode(); err != nil {
			return nil, err
		}
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

// use notes a pair; false means it cannot be shown or read.
func (f *font) use(p pair) bool {
	if s := f.slot(p.shape); s != nil && s.text == p.text && s.code > 0 {
		return true
	}
	if p.shape == (fonts.Shape{}) || !readable(p.text) {
		return false
	}
	if _, ok := f.more[p]; ok {
		return true
	}
	if p.shape.Parts == "" {
		if n := int(p.shape.ID) + 1 - len(f.slots); n > 0 {
			f.slots = append(f.slots, make([]slot, n+len(f.slots)/2)...)
		}
	}
	if s := f.slot(p.shape); s != nil && s.code == 0 {
		*s = slot{p.text, 1}
	} else {
		if f.more == nil {
			f.more = map[pair]uint16{}
		}
		f.more[p] = 1
	}
	f.pairs = append(f.pairs, p)
	return true
}

// slot is the place of a glyph of the face; composites have none.
func (f *font) slot(s fonts.Shape) *slot {
	if s.Parts != "" || int(s.ID) >= len(f.slots) {
		return nil
	}
	return &f.slots[s.ID]
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

// encode gives the pairs their codes: in the order of their shapes, then what
// stands for a second text, so that with one text for each shape the codes are
// the glyph ids of the subset.
func (f *font) encode() error {
	slices.SortFunc(f.pairs, func(a, b pair) int {
		return cmp.Or(a.shape.Compare(b.shape), cmp.Compare(a.text, b.text))
	})
	first := f.pairs[:0:0]
	var second []pair
	for i, p := range f.pairs {
		if i > 0 && p.shape == f.pairs[i-1].shape {
			second = append(second, p)
		} else {
			first = append(first, p)
		}
	}
	f.pairs = append(first, second...)
	if len(f.pairs) > 0xfffe {
		return fmt.Errorf("page: has more glyphs of the font %s than a PDF font can", f.face.Name())
	}
	f.widths = make([]fonts.Em, len(f.pairs))
	for i, p := range f.pairs {
		f.widths[i] = f.face.Advance(p.shape)
		if s := f.slot(p.shape); s != nil && s.text == p.text {
			s.code = uint16(i + 1)
		} else {
			f.more[p] = uint16(i + 1)
		}
	}
	return nil
}

// code is the code of a pair that was used, and its width.
func (f *font) code(p pair) (code uint16, width fonts.Em) {
	if s := f.slot(p.shape); s != nil && s.text == p.text {
		code = s.code
	} else {
		code = f.more[p]
	}
	return code, f.widths[code-1]
}

// programs keeps the font programs of the faces and sets of glyphs met so far.
var programs keep[programKey, *program]

type programKey struct {
	face  *fonts.Face
	pairs string
}

// program is what a PDF holds of a face for one set of pairs. Pages share it.
type program struct {
	base    name    // with its subset tag
	file    *stream // FontFile2
	unicode *stream // ToUnicode
	glyphs  *stream // CIDToGIDMap, or nil where codes are glyph ids
	widths  array   // W
	box     [4]int  // left, bottom, right and top of its glyphs, in thousandths of an em
}

// write puts the font into the file.
func (f *font) write(out *file) (ref, error) {
	key := make([]byte, 0, 8*len(f.pairs))
	for _, p := range f.pairs {
		key = append(key, byte(p.shape.ID>>8), byte(p.shape.ID), byte(len(p.shape.Parts)>>8), byte(len(p.shape.Parts)), byte(len(p.text)))
		key = append(key, p.shape.Parts...)
		key = append(key, p.text...)
	}
	p, err := programs.get(programKey{f.face, string(key)}, f.program)
	if err != nil {
		return 0, err
	}
	m := f.face.Metrics()
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
		set("FontFile2", out.add(p.file))
	glyphs := object(name("Identity"))
	if p.glyphs != nil {
		glyphs = out.add(p.glyphs)
	}
	descendant := newDict(8).set("Type", name("Font")).set("Subtype", name("CIDFontType2")).set("BaseFont", p.base).
		set("CIDSystemInfo", newDict(3).set("Registry", str("Adobe")).set("Ordering", str("Identity")).set("Supplement", integer(0))).
		set("FontDescriptor", out.add(descriptor)).set("W", p.widths).set("CIDToGIDMap", glyphs)
	return out.add(newDict(6).set("Type", name("Font")).set("Subtype", name("Type0")).set("BaseFont", p.base).
		set("Encoding", name("Identity-H")).set("DescendantFonts", array{out.add(descendant)}).
		set("ToUnicode", out.add(p.unicode))), nil
}

// program cuts the face down to the glyphs in use.
func (f *font) program() (*program, int, error) {
	shapes := make([]fonts.Shape, 0, len(f.pairs))
	for _, p := range f.pairs {
		shapes = append(shapes, p.shape)
	}
	slices.SortFunc(shapes, fonts.Shape.Compare)
	shapes = slices.Compact(shapes)
	data, err := f.face.Subset(shapes)
	if err != nil {
		return nil, 0, err
	}
	widths := make(array, len(f.widths))
	for i, w := range f.widths {
		widths[i] = integer(w)
	}
	unicode := f.toUnicode()
	p := &program{
		file:    well.stream(newDict(3).set("Length1", integer(len(data))), data),
		unicode: well.stream(newDict(2), unicode),
		widths:  array{integer(1), widths},
		box:     extent(data),
	}
	if len(shapes) < len(f.pairs) {
		glyphs := make([]byte, 2, 2+2*len(f.pairs))
		for _, p := range f.pairs {
			id, _ := slices.BinarySearchFunc(shapes, p.shape, fonts.Shape.Compare)
			glyphs = append(glyphs, byte((id+1)>>8), byte(id+1))
		}
		p.glyphs = well.stream(newDict(2), glyphs)
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
	p.base = name(string(tag[:]) + "+" + f.face.Name())
	return p, len(p.file.data) + len(p.unicode.data) + 64*len(f.pairs), nil
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
func (f *font) toUnicode() []byte {
	const digits = "0123456789ABCDEF"
	b := make([]byte, 0, 400+24*len(f.pairs))
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
	for start := 0; start < len(f.pairs); start += 100 {
		block := f.pairs[start:min(start+100, len(f.pairs))]
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
