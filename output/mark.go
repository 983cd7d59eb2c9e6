package output

import (
	"encoding/binary"

	"handout/content/picture"
	"handout/layout"
)

// markings keeps what fpdf drew on pages by what it was told: a colour, a width, a path, the
// place of a picture. None of it is a letter.
type markings struct {
	known map[string][]byte
	size  int // of known, about, in bytes
	key   []byte
	err   error // the first
}

// maxMarks bounds what a canvas keeps of marks, in bytes: those of a day's handouts take
// some 200,000.
const maxMarks = 1 << 20

// of gives the operators for what the key says, on a page top high, in hundredths of a point.
func (m *markings) of(top int, draw func(*pen)) []byte {
	ops, ok := m.known[string(m.key)]
	if ok {
		return ops
	}
	all := m.draw(top, []string{string(m.key)}, draw)
	if all == nil {
		return nil
	}
	return all[0]
}

// draw draws what is not known, each by its key.
func (m *markings) draw(top int, keys []string, draws ...func(*pen)) [][]byte {
	all, err := strokes(inPoints(top), draws...)
	if err != nil {
		if m.err == nil {
			m.err = err
		}
		return nil
	}
	for i, key := range keys {
		if m.size += len(key) + len(all[i]) + 64; m.size > maxMarks {
			clear(m.known)
			m.size = 0
		}
		m.known[key] = all[i]
	}
	return all
}

func (m *markings) begin(kind byte) { m.key = append(m.key[:0], kind) }

func (m *markings) add(numbers ...int) {
	for _, n := range numbers {
		m.key = binary.AppendVarint(m.key, int64(n))
	}
}

// filling sets the colour of areas and text, stroking that of lines.
func (m *markings) filling(c picture.Color) []byte {
	m.key = append(m.key[:0], 'f', c.R, c.G, c.B)
	return m.of(0, areaColor(c))
}

func (m *markings) stroking(c picture.Color) []byte {
	m.key = append(m.key[:0], 's', c.R, c.G, c.B)
	return m.of(0, lineColor(c))
}

// width sets that of lines, in hundredths of a point.
func (m *markings) width(hundredths int) []byte {
	m.begin('w')
	m.add(hundredths)
	return m.of(0, lineWidth(hundredths))
}

// shape fills or strokes a path, or both, on a page top high.
func (m *markings) shape(s *layout.Shape, top int) []byte {
	return m.of(top, path(s.Path, m.shapeKey(s, top)))
}

// shapes draws the paths of a page that are not known yet, all on one sheet: to make a sheet takes
// fpdf longer than to draw on it.
func (m *markings) shapes(items []layout.Item, top int) {
	var keys []string
	var draws []func(*pen)
	for _, it := range items {
		if s, ok := it.(*layout.Shape); ok {
			how := m.shapeKey(s, top)
			if _, ok := m.known[string(m.key)]; !ok {
				keys, draws = append(keys, string(m.key)), append(draws, path(s.Path, how))
			}
		}
	}
	if keys != nil {
		m.draw(top, keys, draws...)
	}
}

// shapeKey makes the key of a shape, and says how it is drawn.
func (m *markings) shapeKey(s *layout.Shape, top int) (how string) {
	how = "F"
	if s.Stroke != nil {
		how = "D"
		if s.Fill != nil {
			how = "DF"
		}
	}
	m.begin('p')
	m.add(top, len(how), int(how[0]))
	for _, seg := range s.Path {
		m.key = append(m.key, byte(seg.Op))
		for _, at := range seg.Points() {
			m.add(hundredths(at.X), hundredths(at.Y))
		}
	}
	return how
}

// picture shows a picture in a box.
func (m *markings) picture(resource name, box layout.Rect, top int) []byte {
	left, upper := hundredths(box.X), hundredths(box.Y)
	width, height := hundredths(box.Right())-left, hundredths(box.Bottom())-upper
	m.begin('x')
	m.add(top, left, upper, width, height)
	m.key = append(m.key, resource...)
	return m.of(top, pictureAt(resource, left, upper, width, height))
}
