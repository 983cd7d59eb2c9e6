package fonts

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf16"

	"github.com/go-text/typesetting/font"
)

// Face is one font, parsed once and read-only: it may be shared by all goroutines.
type Face struct {
	id      uint64
	name    string
	family  string
	style   Style
	metrics Metrics

	font   *font.Font
	coords []font.VarCoord // of a variable font's instance; nil for the font as it is
	axes   *axes           // nil if it does not vary in weight
	upem   int
	glyphs int // number of them

	head, hhea, maxp, hmtx []byte
	loca, glyf             []byte // nil for outlines that must be redrawn: PostScript's, a variable font's
	long                   bool   // loca has 32-bit offsets
	wide                   int    // number of hmtx entries that have an advance
}

// Metrics are a face's measures, in thousandths of an em, y up from the base line.
type Metrics struct {
	Ascent    Em // above 0
	Descent   Em // below 0
	CapHeight Em
	XHeight   Em

	ItalicAngle float64 // degrees counter-clockwise from upright: below 0 when leaning right
	BBox        [4]Em   // left, bottom, right, top of all glyphs together
	StemV       Em      // width of an upright stem, estimated from the weight
	Weight      int     // 100 to 900: 400 is regular, 700 bold
}

// Parse reads a TrueType or OpenType font of at most 32 MB. A variable font is
// taken at regular weight; a Stack takes its bold from it too. The face keeps
// data, which must not change.
//
// It fails on files that are no such font, are damaged, or whose licence bits
// (OS/2 fsType) forbid what a PDF does with them: embedding a subset.
func Parse(data []byte) (*Face, error) {
	if len(data) > maxFontBytes {
		return nil, errTooLarge
	}
	if len(data) < 12 {
		return nil, errNotFont
	}
	switch string(data[:4]) {
	case "ttcf":
		return nil, errors.New("this is a collection of fonts: give one .ttf or .otf file")
	case "wOFF", "wOF2":
		return nil, errors.New("this is a web font (WOFF): give the .ttf or .otf file it was made from")
	}
	t, err := readTables(data, 0)
	if err != nil {
		return nil, err
	}
	return newFace(t, data)
}

var errTooLarge = fmt.Errorf("the font file is larger than %d MB", maxFontBytes>>20)

// ParseCollection reads every font of a collection (.ttc), or the one font of
// another file. Fonts that cannot be used are left out; if none is left the
// error says why.
func ParseCollection(data []byte) ([]*Face, error) {
	if len(data) > maxFontBytes {
		return nil, errTooLarge
	}
	if len(data) < 12 || string(data[:4]) != "ttcf" {
		f, err := Parse(data)
		if err != nil {
			return nil, err
		}
		return []*Face{f}, nil
	}
	n := be32(data[8:])
	if n > maxCollection || len(data) < 12+4*n {
		return nil, errDamaged
	}
	var faces []*Face
	first := errDamaged
	for i := range n {
		f, err := parseAt(data, be32(data[12+4*i:]))
		switch {
		case err == nil:
			faces = append(faces, f)
		case i == 0:
			first = err
		}
	}
	if len(faces) == 0 {
		return nil, first
	}
	return faces, nil
}

// parseAt reads a font of a collection. The shaping library wants a file that holds this
// font alone; the face does not keep the collection.
func parseAt(data []byte, at int) (*Face, error) {
	t, err := readTables(data, at)
	if err != nil {
		return nil, err
	}
	version := "\x00\x01\x00\x00"
	if t.get("glyf") == nil {
		version = "OTTO"
	}
	if len(t.get("head")) < 54 {
		return nil, errDamaged
	}
	own := t.file(version)
	if t, err = readTables(own, 0); err != nil {
		return nil, err
	}
	return newFace(t, own)
}

// parsed counts faces.
var parsed atomic.Uint64

// newFace checks the tables of a font file and reads what is needed of them.
func newFace(t directory, file []byte) (f *Face, err error) {
	// The shaping library is written for fonts, not for attacks on it.
	defer func() {
		if recover() != nil {
			f, err = nil, errDamaged
		}
	}()
	f = &Face{id: parsed.Add(1), head: t.get("head"), hhea: t.get("hhea"), maxp: t.get("maxp"), hmtx: t.get("hmtx")}
	if len(f.head) < 54 || len(f.hhea) < 36 || len(f.maxp) < 6 || t.get("cmap") == nil {
		return nil, errDamaged
	}
	f.upem, f.glyphs, f.wide = be16(f.head[18:]), be16(f.maxp[4:]), be16(f.hhea[34:])
	if f.upem < 16 || f.upem > 16384 || f.glyphs == 0 || f.wide == 0 || f.wide > f.glyphs ||
		len(f.hmtx) < 4*f.wide+2*(f.glyphs-f.wide) {
		return nil, errDamaged
	}
	switch f.glyf, f.loca = t.get("glyf"), t.get("loca"); {
	case f.glyf != nil && f.loca != nil:
		f.long = be16(f.head[50:]) != 0
		if size := f.glyphs + 1; len(f.loca) < 2*size || f.long && len(f.loca) < 4*size {
			return nil, errDamaged
		}
		if len(f.maxp) < 32 {
			return nil, errDamaged
		}
	case t.get("CFF ") != nil || t.get("CFF2") != nil:
		// These outlines are read by the shaping library: the file is not needed any more.
		f.glyf, f.loca = nil, nil
		f.head, f.hhea, f.maxp, f.hmtx = bytes.Clone(f.head), bytes.Clone(f.hhea),
			bytes.Clone(f.maxp), bytes.Clone(f.hmtx)
	default:
		return nil, errors.New("the font has no outlines: a font of pictures cannot be printed in text")
	}
	os2 := t.get("OS/2")
	if err := permitted(os2); err != nil {
		return nil, err
	}
	whole, err := font.ParseTTF(bytes.NewReader(file))
	if err != nil {
		return nil, errDamaged
	}
	f.font = whole.Font
	name := t.get("name")
	f.family = nameOf(name, 16)
	if f.family == "" {
		f.family = nameOf(name, 1)
	}
	f.name = printable(nameOf(name, 6))
	if f.name == "" {
		f.name = printable(f.family)
	}
	if f.name == "" {
		f.name = "Unnamed"
	}
	f.measure(os2, t.get("post"))
	if axes := weightAxis(t.get("fvar")); axes != nil {
		f.axes = axes
		return f.instance(400), nil
	}
	return f, nil
}

// axes are a variable font's, in the order of its fvar table.
type axes struct {
	defaults []float32
	weight   int // which of them is wght
	min, max float32
}

// weightAxis reads fvar, and returns nil if the font does not vary in weight.
func weightAxis(fvar []byte) *axes {
	if len(fvar) < 16 {
		return nil
	}
	at, n, size := be16(fvar[4:]), be16(fvar[8:]), be16(fvar[10:])
	if size < 20 || n > 64 || at+n*size > len(fvar) {
		return nil
	}
	fixed := func(b []byte) float32 { return float32(int32(be32(b))) / 65536 }
	a := &axes{weight: -1}
	for i := range n {
		r := fvar[at+i*size:]
		a.defaults = append(a.defaults, fixed(r[8:]))
		if string(r[:4]) == "wght" {
			a.weight, a.min, a.max = i, fixed(r[4:]), fixed(r[12:])
		}
	}
	if a.weight < 0 {
		return nil
	}
	return a
}

// instance is a variable face at a weight, or at the nearest it reaches.
func (f *Face) instance(weight float32) *Face {
	weight = min(max(weight, f.axes.min), f.axes.max)
	g := *f
	g.id = parsed.Add(1)
	g.metrics.Weight = min(max(int(weight), 1), 1000)
	g.metrics.StemV = stem(g.metrics.Weight)
	g.style &^= Bold
	suffix := "-Regular"
	if g.metrics.Weight >= 600 {
		g.style |= Bold
		suffix = "-Bold"
	}
	if name := printable(f.family); name != "" {
		g.name = name[:min(len(name), 50)] + suffix
		if g.style&Italic != 0 {
			g.name += "Italic"
		}
	}
	design := slices.Clone(f.axes.defaults)
	design[f.axes.weight] = weight
	g.coords = f.font.NormalizeVariations(design)
	g.loca, g.glyf = nil, nil
	face := g.shaped()
	g.wide, g.hmtx = g.glyphs, make([]byte, 0, 4*g.glyphs)
	for id := range g.glyphs {
		advance := math.Round(float64(face.HorizontalAdvance(font.GID(id))))
		g.hmtx = put16(put16(g.hmtx, int(min(max(advance, 0), math.MaxUint16))), 0)
	}
	return &g
}

// bold is the bold instance of a variable face, or nil. A table of a damaged
// font may only now turn out to be one.
func (f *Face) bold() (g *Face) {
	defer func() {
		if recover() != nil {
			g = nil
		}
	}()
	if f.axes == nil || f.axes.max < 600 {
		return nil
	}
	return f.instance(700)
}

// shaped is the face as the shaping library takes it: one for each goroutine.
func (f *Face) shaped() *font.Face {
	face := font.NewFace(f.font)
	if f.coords != nil {
		face.SetCoords(f.coords)
	}
	return face
}

// permitted checks OS/2 fsType (OpenType 1.9, "OS/2", fsType). When several of
// the first bits are set, the least restrictive one holds.
func permitted(os2 []byte) error {
	if len(os2) < 10 {
		return nil
	}
	switch bits := be16(os2[8:]); {
	case bits&0xF == 2:
		return errors.New("the font's licence bits forbid embedding it in a document")
	case bits&0x100 != 0:
		return errors.New("the font's licence bits forbid embedding a part of it, as a PDF does")
	case bits&0x200 != 0:
		return errors.New("the font's licence bits forbid embedding its outlines")
	}
	return nil
}

// printable makes a PostScript name that needs no escapes in a PDF, of at most
// 63 characters (PostScript's own limit is 127; some printers stop at 63).
func printable(s string) string {
	var b strings.Builder
	for _, r := range s {
		if b.Len() < 63 && (r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' ||
			r >= 'a' && r <= 'z' || r == '-' || r == '_') {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func utf16Text(b []byte) string {
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = uint16(be16(b[2*i:]))
	}
	return string(utf16.Decode(u))
}

func (f *Face) measure(os2, post []byte) {
	m := &f.metrics
	m.Ascent, m.Descent = f.em(bei16(f.hhea[4:])), f.em(bei16(f.hhea[6:]))
	for i := range m.BBox {
		m.BBox[i] = f.em(bei16(f.head[36+2*i:]))
	}
	m.Weight = 400
	if f.style = styleOf(f.head, os2); f.style&Bold != 0 {
		m.Weight = 700
	}
	if len(os2) >= 78 {
		m.Weight = min(max(be16(os2[4:]), 100), 900)
		selection := be16(os2[62:])
		if selection&0x80 != 0 || m.Ascent == 0 && m.Descent == 0 { // use typographic metrics
			m.Ascent, m.Descent = f.em(bei16(os2[68:])), f.em(bei16(os2[70:]))
		}
	}
	if len(os2) >= 90 && be16(os2) >= 2 {
		m.XHeight, m.CapHeight = f.em(bei16(os2[86:])), f.em(bei16(os2[88:]))
	}
	if m.CapHeight <= 0 {
		m.CapHeight = f.height('H', m.Ascent*7/10)
	}
	if m.XHeight <= 0 {
		m.XHeight = f.height('x', m.CapHeight*7/10)
	}
	if len(post) >= 12 {
		m.ItalicAngle = float64(int32(be32(post[4:]))) / 65536
	}
	m.StemV = stem(m.Weight)
}

// styleOf is what a font says of its style: in OS/2, or without one in head.
func styleOf(head, os2 []byte) (s Style) {
	if len(os2) < 78 {
		switch mac := be16(head[44:]); {
		case mac&1 != 0:
			s = Bold
		case mac&2 != 0:
			s = Italic
		}
		return s
	}
	selection := be16(os2[62:])
	if selection&0x201 != 0 { // italic, oblique
		s |= Italic
	}
	if selection&0x20 != 0 || be16(os2[4:]) >= 600 {
		s |= Bold
	}
	return s
}

// stem guesses a stem's width from the weight: a straight line through those of
// common text faces, 88 at 400 and 150 at 700.
func stem(weight int) Em { return Em(5 + weight*207/1000) }

// height is how far a character reaches above the base line, or the guess given.
func (f *Face) height(r rune, guess Em) Em {
	if id, ok := f.font.NominalGlyph(r); ok {
		if x, ok := font.NewFace(f.font).GlyphExtents(id); ok && x.YBearing > 0 {
			return f.em(int(math.Round(float64(x.YBearing))))
		}
	}
	return guess
}

// em turns font units into thousandths of an em, to the nearest, halves away from zero.
func (f *Face) em(units int) Em {
	if units < 0 {
		return -f.em(-units)
	}
	return Em((2000*units + f.upem) / (2 * f.upem))
}

// ID tells faces apart: no two faces of a process have the same. What is remembered of
// a face by it does not keep the face.
func (f *Face) ID() uint64 { return f.id }

// Name is the face's PostScript name, made of letters, digits, - and _ only.
func (f *Face) Name() string { return f.name }

// Style is what the face says of itself.
func (f *Face) Style() Style { return f.style }

// Metrics are the face's measures.
func (f *Face) Metrics() Metrics { return f.metrics }

// Advance is the width of a shape, of a glyph without kerning: what a PDF's /W
// array holds. It is 0 for a shape the face does not have.
func (f *Face) Advance(s Shape) Em {
	switch {
	case s.Parts != "":
		return f.em(s.Parts.advance())
	case int(s.ID) < f.glyphs:
		return f.em(f.advance(int(s.ID)))
	}
	return 0
}

// advance is a glyph's width in font units.
func (f *Face) advance(id int) int { return be16(f.hmtx[4*min(id, f.wide-1):]) }

// bearing is the left side bearing of a glyph in font units.
func (f *Face) bearing(id int) int {
	if id < f.wide {
		return bei16(f.hmtx[4*id+2:])
	}
	return bei16(f.hmtx[4*f.wide+2*(id-f.wide):])
}

// Glyph is the face's own glyph for a character by itself, as shaping begins
// with; false where it has none.
func (f *Face) Glyph(r rune) (Shape, bool) {
	id, ok := f.font.NominalGlyph(r)
	if !ok || id == 0 || int(id) >= f.glyphs {
		return Shape{}, false
	}
	return Shape{ID: uint16(id)}, true
}

// has reports whether the face has a glyph of its own for a character.
func (f *Face) has(r rune) bool {
	_, ok := f.Glyph(r)
	return ok
}
