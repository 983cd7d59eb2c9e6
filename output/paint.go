package output

import (
	"crypto/sha256"
	"strconv"

	"handout/content/picture"
	"handout/layout"
)

// painter turns items into page description operators (ISO 32000-1, 8 and 9),
// in hundredths of a point, and tells the tree what it has marked. It writes
// only what changes: colours, line widths and fonts stay in force.
//
// The operators are cut into pieces, each a stream (7.8.2): most pages of a day
// differ in the piece with the name, and share the others.
type painter struct {
	*canvas
	kept     *keep[sum, *stream] // pieces by their sums, but for those that say what belongs to one patient
	pieces   []*stream
	from     int  // where in ops the piece begins
	once     bool // it says what belongs to one patient
	top      int  // the page's height: y runs upwards in a PDF
	tree     *tree
	fonts    *fontSet
	pictures *pictureSet

	marked       bool
	tag          int // of the marked content that is open
	fill, stroke ink
	width        int

	// In a text object (BT to ET):
	typing bool
	x, y   int // of the line's start
	font   *font
	size   int
}

// ink is a colour that is in force, if it is known.
type ink struct {
	known bool
	picture.Color
}

func newPainter(page *layout.Page, fonts *fontSet, c *canvas, w *Writer) *painter {
	return &painter{
		canvas:   c,
		kept:     &w.pieces,
		top:      hundredths(page.Size.H),
		tree:     newTree(page),
		fonts:    fonts,
		pictures: &pictureSet{kept: &w.pictures},
	}
}

// page paints all items and gives the operators, in pieces.
func (p *painter) page(items []layout.Item) ([]*stream, error) {
	p.ops = p.ops[:0]
	for _, it := range items {
		switch it := it.(type) {
		case *layout.Glyphs:
			if it.Tag == layout.Artifact {
				p.cut() // what runs along the foot of a page may say which page it is
			}
			p.mark(it.Tag)
			p.glyphs(it)
		case *layout.Shape:
			p.mark(it.Tag)
			p.shape(it)
		case *layout.Image:
			p.mark(it.Tag)
			if err := p.image(it); err != nil {
				return nil, err
			}
		case *layout.Anchor:
			p.close()
			p.tree.anchor(it)
		}
	}
	p.end()
	return p.pieces, nil
}

// leastPiece is how long a piece is at least, in bytes, if another follows: short ones
// compress badly.
const leastPiece = 1 << 10

// cut ends the piece if it is long enough. The next begins as if nothing were in force,
// whatever came before.
func (p *painter) cut() {
	if len(p.ops)-p.from >= leastPiece {
		p.end()
	}
}

// end ends the piece.
func (p *painter) end() {
	p.close()
	p.pieces = append(p.pieces, p.piece(p.ops[p.from:]))
	p.from, p.once = len(p.ops), false
	p.fill, p.stroke, p.width, p.font = ink{}, ink{}, -1, nil
}

// piece is the stream of operators. What is not to be remembered has no sum.
func (p *painter) piece(ops []byte) *stream {
	if p.once {
		return fast.stream(newDict(1), ops)
	}
	sum := sum(sha256.Sum256(ops))
	piece, _ := p.kept.get(sum, func() (*stream, int, error) { // which does not fail
		s := fast.stream(newDict(1), ops)
		s.sum = &sum
		return s, len(s.data) + 256, nil
	})
	return piece
}

// mark makes what follows belong to tag (14.6): neighbours of one tag share a
// marked-content sequence.
func (p *painter) mark(tag int) {
	if p.marked && p.tag == tag {
		return
	}
	if p.tree.part(tag) != p.tree.part(p.tag) {
		p.cut()
	}
	p.close()
	p.marked, p.tag = true, tag
	if tag == layout.Artifact {
		p.raw("/Artifact BMC\n")
		return
	}
	p.raw("/")
	p.raw(p.tree.page.Tags[tag].Role.String())
	p.raw("<</MCID ")
	p.ops = strconv.AppendInt(p.ops, int64(p.tree.mark(tag)), 10)
	p.raw(">>BDC\n")
}

// close ends the marked content that is open.
func (p *painter) close() {
	p.stopTyping()
	if p.marked {
		p.raw("EMC\n")
		p.marked = false
	}
}

func (p *painter) stopTyping() {
	if p.typing {
		p.raw("ET\n")
		p.typing = false
	}
}

func (p *painter) raw(s string) { p.ops = append(p.ops, s...) }

// num writes hundredths and a space.
func (p *painter) num(hundredths int) {
	p.ops = append(appendFixed(p.ops, hundredths, 2), ' ')
}

func (p *painter) at(at layout.XY) {
	p.num(hundredths(at.X))
	p.num(p.top - hundredths(at.Y))
}

// filling sets the colour of text and areas, stroking that of lines.
func (p *painter) filling(c picture.Color) {
	if !p.fill.known || p.fill.Color != c {
		p.fill = ink{true, c}
		p.ops = appendColor(p.ops, c, " g\n", " rg\n")
	}
}

func (p *painter) stroking(c picture.Color) {
	if !p.stroke.known || p.stroke.Color != c {
		p.stroke = ink{true, c}
		p.ops = appendColor(p.ops, c, " G\n", " RG\n")
	}
}

func (p *painter) shape(s *layout.Shape) {
	p.stopTyping()
	op := "f\n"
	if s.Fill != nil {
		p.filling(*s.Fill)
	}
	if s.Stroke != nil {
		op = "S\n"
		if s.Fill != nil {
			op = "B\n"
		}
		p.stroking(*s.Stroke)
		p.line(s)
	}
	if a, b, ok := rectangle(s.Path); ok {
		left, bottom := hundredths(a.X), p.top-hundredths(b.Y)
		p.num(left)
		p.num(bottom)
		p.num(hundredths(b.X) - left)
		p.num(p.top - hundredths(a.Y) - bottom)
		p.raw("re\n")
		p.raw(op)
		return
	}
	for _, seg := range s.Path {
		switch seg.Op {
		case picture.Move:
			p.at(seg.To)
			p.raw("m\n")
		case picture.Line:
			p.at(seg.To)
			p.raw("l\n")
		case picture.Cubic:
			p.at(seg.C1)
			p.at(seg.C2)
			p.at(seg.To)
			p.raw("c\n")
		case picture.Close:
			p.raw("h\n")
		}
	}
	p.raw(op)
}

// points are the places a path step names.
func points(seg layout.Segment) []layout.XY {
	switch seg.Op {
	case picture.Cubic:
		return []layout.XY{seg.C1, seg.C2, seg.To}
	case picture.Close:
		return nil
	}
	return []layout.XY{seg.To}
}

// line sets the width of a stroke.
func (p *painter) line(s *layout.Shape) {
	if w := hundredths(s.Width); w != p.width {
		p.width = w
		p.num(w)
		p.raw("w\n")
	}
}

// rectangle gives the upper left and lower right corner of a path that is an
// upright rectangle.
func rectangle(path []layout.Segment) (a, b layout.XY, ok bool) {
	if len(path) != 5 || path[0].Op != picture.Move || path[4].Op != picture.Close {
		return a, b, false
	}
	a, b = path[0].To, path[2].To
	for _, seg := range path[1:4] {
		if seg.Op != picture.Line {
			return a, b, false
		}
	}
	one, two := path[1].To, path[3].To
	across := one == layout.XY{X: b.X, Y: a.Y} && two == layout.XY{X: a.X, Y: b.Y}
	down := one == layout.XY{X: a.X, Y: b.Y} && two == layout.XY{X: b.X, Y: a.Y}
	return layout.XY{X: min(a.X, b.X), Y: min(a.Y, b.Y)}, layout.XY{X: max(a.X, b.X), Y: max(a.Y, b.Y)}, across || down
}

func (p *painter) image(it *layout.Image) error {
	x, err := p.pictures.add(it)
	if err != nil {
		return err
	}
	p.stopTyping()
	// Both kinds of XObject are one unit wide and high (8.9.5, 8.10).
	left, bottom := hundredths(it.Box.X), p.top-hundredths(it.Box.Bottom())
	p.raw("q ")
	p.num(hundredths(it.Box.Right()) - left)
	p.raw("0 0 ")
	p.num(p.top - hundredths(it.Box.Y) - bottom)
	p.num(left)
	p.num(bottom)
	p.raw("cm/")
	p.raw(string(x))
	p.raw(" Do Q\n")
	return nil
}

// appendColor writes a colour (8.6.4) with the operator for grays or that for
// colours.
func appendColor(b []byte, c picture.Color, gray, rgb string) []byte {
	part := func(v uint8) { b = appendFixed(b, (int(v)*1000+127)/255, 3) }
	part(c.R)
	if c.R == c.G && c.G == c.B {
		return append(b, gray...)
	}
	b = append(b, ' ')
	part(c.G)
	b = append(b, ' ')
	part(c.B)
	return append(b, rgb...)
}
