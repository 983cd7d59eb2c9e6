package fonts

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// Subset makes a TrueType font file of the glyphs with these ids, which may come
// in any order and more than once. In it .notdef is glyph 0, then come the ids
// in ascending order, each once, numbered without gaps; parts that composite
// glyphs need follow. So of ids sorted, unique and without 0, the glyph ids[i]
// becomes i+1.
//
// The file holds what ISO 32000-2, 9.9.1 asks of a CIDFontType2: glyf, head,
// hhea, hmtx, loca and maxp. Hinting is dropped; PostScript outlines become
// quadratic ones about a thousandth of an em off at most. The same ids give the
// same bytes. It fails on ids the face does not have and on damaged glyphs.
func (f *Face) Subset(ids []uint16) ([]byte, error) {
	order := append(make([]uint16, 0, len(ids)+8), 0)
	order = append(order, ids...)
	slices.Sort(order)
	order = slices.Compact(order)
	if last := order[len(order)-1]; int(last) >= f.glyphs {
		return nil, fmt.Errorf("font %s has no glyph %d", f.name, last)
	}
	s := subset{face: f, ids: order}
	return s.file()
}

// subset is the file under construction.
type subset struct {
	face *Face
	ids  []uint16 // old ids in their new order; grows by the parts of composites

	glyf     []byte
	offsets  []int // into glyf, one more than glyphs
	hmtx     []byte
	drawn    outliner
	points   int
	contours int
	widest   int
}

func (s *subset) file() ([]byte, error) {
	f := s.face
	newID := make(map[uint16]int, len(s.ids))
	for i, id := range s.ids {
		newID[id] = i
	}
	if f.glyf == nil {
		s.drawn.face = f.shaped()
	}
	for i := 0; i < len(s.ids); i++ {
		id := s.ids[i]
		s.offsets = append(s.offsets, len(s.glyf))
		bearing := f.bearing(int(id))
		if f.glyf == nil {
			g, err := s.drawn.glyph(id)
			if err != nil {
				return nil, s.damaged(id)
			}
			bearing = 0
			if len(g) > 0 {
				bearing = bei16(g[2:])
			}
			s.glyf = append(s.glyf, g...)
			s.points, s.contours = max(s.points, s.drawn.points), max(s.contours, s.drawn.contours)
		} else if err := s.copyGlyph(id, newID); err != nil {
			return nil, err
		}
		if len(s.glyf)%2 != 0 {
			s.glyf = append(s.glyf, 0)
		}
		s.widest = max(s.widest, f.advance(int(id)))
		s.hmtx = put16(put16(s.hmtx, f.advance(int(id))), bearing)
	}
	s.offsets = append(s.offsets, len(s.glyf))
	n := len(s.ids)
	long := len(s.glyf) > 2*0xFFFF
	var loca []byte
	for _, o := range s.offsets {
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
	binary.BigEndian.PutUint16(hhea[10:], uint16(s.widest))
	binary.BigEndian.PutUint16(hhea[34:], uint16(n))
	if len(s.glyf) == 0 { // a table of no length is taken for a missing one
		s.glyf = make([]byte, 2)
	}
	return directory{
		{"glyf", s.glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", s.hmtx}, {"loca", loca}, {"maxp", s.maxp(n)},
	}.file("\x00\x01\x00\x00"), nil
}

// maxp keeps the limits of the original, which hold for a part of it too, and
// clears those that concern instructions.
func (s *subset) maxp(n int) []byte {
	b := make([]byte, 32)
	b[1] = 1
	binary.BigEndian.PutUint16(b[4:], uint16(n))
	b[15] = 1 // maxZones
	if s.face.glyf == nil {
		binary.BigEndian.PutUint16(b[6:], uint16(s.points))
		binary.BigEndian.PutUint16(b[8:], uint16(s.contours))
		return b
	}
	copy(b[6:14], s.face.maxp[6:14])   // points and contours, simple and composite
	copy(b[28:32], s.face.maxp[28:32]) // parts and depth of composites
	return b
}

func (s *subset) damaged(id uint16) error {
	return fmt.Errorf("font %s is damaged: its glyph %d cannot be read", s.face.name, id)
}

// Flags of the parts of a composite glyph (OpenType 1.9, "glyf").
const (
	partWords        = 0x1
	partScale        = 0x8
	partMore         = 0x20
	partTwoScales    = 0x40
	partMatrix       = 0x80
	partInstructions = 0x100
)

// copyGlyph appends a glyph without its instructions, its parts renumbered.
func (s *subset) copyGlyph(id uint16, newID map[uint16]int) error {
	d, ok := s.face.glyph(int(id))
	if !ok || len(d) > 0 && len(d) < 10 {
		return s.damaged(id)
	}
	if len(d) == 0 {
		return nil
	}
	if contours := bei16(d); contours >= 0 {
		p := 10 + 2*contours
		if len(d) < p+2 || len(d) < p+2+be16(d[p:]) {
			return s.damaged(id)
		}
		s.glyf = append(s.glyf, d[:p]...)
		s.glyf = append(s.glyf, 0, 0)
		s.glyf = append(s.glyf, d[p+2+be16(d[p:]):]...)
		return nil
	}
	s.glyf = append(s.glyf, d[:10]...)
	for p := 10; ; {
		if len(d) < p+4 {
			return s.damaged(id)
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
			return s.damaged(id)
		}
		to, ok := newID[part]
		if !ok {
			to = len(s.ids)
			newID[part] = to
			s.ids = append(s.ids, part)
		}
		s.glyf = put16(put16(s.glyf, flags&^partInstructions), to)
		s.glyf = append(s.glyf, d[p+4:end]...)
		if flags&partMore == 0 {
			return nil
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
