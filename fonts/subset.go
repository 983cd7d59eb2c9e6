package fonts

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// Subset makes a TrueType font file of these shapes, which may come in any order
// and more than once. In it .notdef is glyph 0, then come the shapes in the order
// of Compare, each once, numbered without gaps; glyphs that composites need
// follow. So of shapes sorted, unique and without the zero one, shapes[i] becomes
// glyph i+1.
//
// The file holds what ISO 32000-2, 9.9.1 asks of a CIDFontType2: glyf, head,
// hhea, hmtx, loca and maxp. Hinting is dropped; PostScript outlines become
// quadratic ones about a thousandth of an em off at most. The same shapes give
// the same bytes. It fails on shapes the face does not have and on damaged glyphs.
func (f *Face) Subset(shapes []Shape) ([]byte, error) {
	order := append(make([]Shape, 0, len(shapes)+1), Shape{})
	order = append(order, shapes...)
	slices.SortFunc(order, Shape.Compare)
	order = slices.Compact(order)
	s := subset{face: f, newID: make(map[uint16]int, len(order)+8)}
	for s.plain < len(order) && order[s.plain].Parts == "" {
		s.plain++
	}
	s.composites = order[s.plain:]
	for _, shape := range order[:s.plain] {
		s.number(shape.ID)
	}
	for _, shape := range s.composites {
		if !shape.Parts.valid() {
			return nil, fmt.Errorf("font %s has no such composite glyph", f.name)
		}
		for p := range shape.Parts.all() {
			s.number(p.id)
		}
	}
	return s.file()
}

// subset is the file under construction: the plain shapes, the composites, and
// what the one and the other are made of.
type subset struct {
	face       *Face
	ids        []uint16       // glyphs of the face itself: the plain ones, then the parts of composites
	newID      map[uint16]int // of them
	plain      int
	composites []Shape

	drawn  outliner
	copied []byte // glyphs one after the other
	limits limits
}

// limits are what maxp says of the glyphs.
type limits struct{ points, contours, compositePoints, compositeContours, parts, depth int }

// record is a glyph of the new file.
type record struct {
	glyf             []byte
	advance, bearing int
}

// number is a glyph's new one.
func (s *subset) number(id uint16) int {
	n, ok := s.newID[id]
	if !ok {
		if n = len(s.ids); n >= s.plain {
			n += len(s.composites)
		}
		s.newID[id] = n
		s.ids = append(s.ids, id)
	}
	return n
}

func (s *subset) file() ([]byte, error) {
	f := s.face
	if f.glyf != nil { // the limits of the whole hold for a part of it too
		at := func(i int) int { return be16(f.maxp[i:]) }
		s.limits = limits{at(6), at(8), at(10), at(12), at(28), at(30)}
	} else {
		s.drawn.face = f.shaped()
	}
	own := make([]record, 0, len(s.ids))
	for i := 0; i < len(s.ids); i++ { // it grows by the parts of the face's own composites
		g, err := s.glyph(s.ids[i])
		if err != nil {
			return nil, err
		}
		own = append(own, g)
	}
	glyphs := slices.Clone(own[:s.plain])
	single := s.limits // of a part
	for _, shape := range s.composites {
		glyphs = append(glyphs, s.composite(shape.Parts, own, single))
	}
	glyphs = append(glyphs, own[s.plain:]...)
	if len(glyphs) > math.MaxUint16 {
		return nil, fmt.Errorf("font %s: more glyphs than a font can have", f.name)
	}

	var glyf, hmtx []byte
	offsets := make([]int, 0, len(glyphs)+1)
	widest := 0
	for _, g := range glyphs {
		offsets = append(offsets, len(glyf))
		glyf = append(glyf, g.glyf...)
		if len(glyf)%2 != 0 {
			glyf = append(glyf, 0)
		}
		widest = max(widest, g.advance)
		hmtx = put16(put16(hmtx, g.advance), g.bearing)
	}
	offsets = append(offsets, len(glyf))
	long := len(glyf) > 2*0xFFFF
	var loca []byte
	for _, o := range offsets {
		if long {
			loca = put32(loca, o)
		} else {
			loca = put16(loca, o/2)
		}
	}
	head := slices.Clone(f.head[:54])
	clear(head[8:12])
	binary.BigEndian.PutUint16(head[16:], uint16(be16(head[16:])&^0x1C)) // nothing depends on instructions now
	clear(head[50:52])
	if long {
		head[51] = 1
	}
	hhea := slices.Clone(f.hhea[:36])
	binary.BigEndian.PutUint16(hhea[10:], uint16(widest))
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(glyphs)))
	if len(glyf) == 0 { // a table of no length is taken for a missing one
		glyf = make([]byte, 2)
	}
	return directory{
		{"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", s.maxp(len(glyphs))},
	}.file("\x00\x01\x00\x00"), nil
}

// maxp has no limits for instructions, for there are none.
func (s *subset) maxp(n int) []byte {
	l := s.limits
	b := put16([]byte{0, 1, 0, 0}, n)
	for _, v := range []int{l.points, l.contours, l.compositePoints, l.compositeContours, 1 /* maxZones */, 0, 0, 0, 0,
		0, 0, l.parts, l.depth} {
		b = put16(b, min(v, math.MaxUint16))
	}
	return b
}

func (s *subset) damaged(id uint16) error {
	return fmt.Errorf("font %s is damaged: its glyph %d cannot be read", s.face.name, id)
}

// glyph copies or redraws a glyph of the face.
func (s *subset) glyph(id uint16) (record, error) {
	f := s.face
	if int(id) >= f.glyphs {
		return record{}, fmt.Errorf("font %s has no glyph %d", f.name, id)
	}
	g := record{advance: f.advance(int(id)), bearing: f.bearing(int(id))}
	if f.glyf != nil {
		var err error
		g.glyf, err = s.copyGlyph(id)
		return g, err
	}
	var err error
	if g.glyf, err = s.drawn.glyph(id); err != nil {
		return g, s.damaged(id)
	}
	g.bearing = 0
	if len(g.glyf) > 0 {
		g.bearing = bei16(g.glyf[2:])
	}
	s.limits.points, s.limits.contours = max(s.limits.points, s.drawn.points), max(s.limits.contours, s.drawn.contours)
	return g, nil
}

// Flags of the parts of a composite glyph (OpenType 1.9, "glyf").
const (
	partWords        = 0x1
	partOffsets      = 0x2
	partScale        = 0x8
	partMore         = 0x20
	partTwoScales    = 0x40
	partMatrix       = 0x80
	partInstructions = 0x100
)

// composite makes a glyph of others, which are among own. Blank ones add nothing.
func (s *subset) composite(c Composite, own []record, single limits) record {
	g := record{advance: c.advance()}
	box := [4]int{math.MaxInt, math.MaxInt, math.MinInt, math.MinInt}
	points, contours, parts, last := 0, 0, 0, 0
	for p := range c.all() {
		n := s.newID[p.id]
		at := n
		if n >= s.plain {
			at -= len(s.composites)
		}
		d := own[at].glyf
		if len(d) == 0 {
			continue
		}
		if parts++; g.glyf == nil {
			g.glyf = make([]byte, 10, 10+8*len(c)/partBytes)
		}
		last = len(g.glyf)
		g.glyf = put16(put16(g.glyf, partWords|partOffsets|partMore), n)
		g.glyf = put16(put16(g.glyf, p.x), p.y)
		box[0], box[1] = min(box[0], p.x+bei16(d[2:])), min(box[1], p.y+bei16(d[4:]))
		box[2], box[3] = max(box[2], p.x+bei16(d[6:])), max(box[3], p.y+bei16(d[8:]))
		if bei16(d) < 0 {
			points, contours = points+single.compositePoints, contours+single.compositeContours
		} else {
			points, contours = points+single.points, contours+single.contours
		}
	}
	if parts == 0 {
		return g
	}
	g.glyf[last+1] &^= partMore
	binary.BigEndian.PutUint16(g.glyf, 0xFFFF) // no contours of its own
	for side, v := range box {
		binary.BigEndian.PutUint16(g.glyf[2+2*side:], uint16(short(v)))
	}
	g.bearing = short(box[0])
	l := &s.limits
	l.compositePoints, l.compositeContours = max(l.compositePoints, points), max(l.compositeContours, contours)
	l.parts, l.depth = max(l.parts, parts), single.depth+1
	return g
}

// copyGlyph gives a glyph's data without its instructions, its parts renumbered.
func (s *subset) copyGlyph(id uint16) ([]byte, error) {
	d, ok := s.face.glyph(int(id))
	if !ok || len(d) > 0 && len(d) < 10 {
		return nil, s.damaged(id)
	}
	if len(d) == 0 {
		return nil, nil
	}
	out, start := s.copied, len(s.copied)
	if contours := bei16(d); contours >= 0 {
		p := 10 + 2*contours
		if len(d) < p+2 || len(d) < p+2+be16(d[p:]) {
			return nil, s.damaged(id)
		}
		out = append(append(out, d[:p]...), 0, 0)
		s.copied = append(out, d[p+2+be16(d[p:]):]...)
		return s.copied[start:], nil
	}
	out = append(out, d[:10]...)
	for p := 10; ; {
		if len(d) < p+4 {
			return nil, s.damaged(id)
		}
		flags, part := be16(d[p:]), uint16(be16(d[p+2:]))
		end := p + 6
		if flags&partWords != 0 {
			end += 2
		}
		switch {
		case flags&partScale != 0:
			end += 2
		case flags&partTwoScales != 0:
			end += 4
		case flags&partMatrix != 0:
			end += 8
		}
		if len(d) < end || int(part) >= s.face.glyphs {
			return nil, s.damaged(id)
		}
		out = put16(put16(out, flags&^partInstructions), s.number(part))
		out = append(out, d[p+4:end]...)
		if flags&partMore == 0 {
			s.copied = out
			return out[start:], nil
		}
		p = end
	}
}

// glyph is the glyf data of a glyph, empty for a blank one.
func (f *Face) glyph(id int) ([]byte, bool) {
	var a, b int
	if f.long {
		a, b = be32(f.loca[4*id:]), be32(f.loca[4*id+4:])
	} else {
		a, b = 2*be16(f.loca[2*id:]), 2*be16(f.loca[2*id+2:])
	}
	if a > b || b > len(f.glyf) {
		return nil, false
	}
	return f.glyf[a:b], true
}
