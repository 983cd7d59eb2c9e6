package output

import (
	"crypto/sha256"
	"strconv"

	"handout/content/picture"
	"handout/layout"
)

// painter turns items into page description operators (ISO 32000-1, 8 and 9),
// in hundredths of a point, and tells the tree what it has marked: those of letters
// and marked content are its own, all others are fpdf's. It writes only what changes:
// colours, line widths and fonts stay in force.
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
	p.ops, p.marks.err = p.ops[:0], nil
	p.marks.shapes(items, p.top)
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
	return p.pieces, p.marks.err
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

// filling sets the colour of text and areas, stroking that of lines.
func (p *painter) filling(c picture.Color) {
	if now := (ink{true, c}); p.fill != now {
		p.fill = now
		p.draw(p.marks.filling(c))
	}
}

func (p *painter) stroking(c picture.Color) {
	if now := (ink{true, c}); p.stroke != now {
		p.stroke = now
		p.draw(p.marks.stroking(c))
	}
}

func (p *painter) draw(ops []byte) { p.ops = append(p.ops, ops...) }

// glyphs shows a run of text, always from left to right as seen. Readers
// (PDFium, pdf.js, poppler) take Hebrew and Arabic to be shown so, and put them
// in order themselves; shown in reading order they come out letter by letter. A TJ
// number moves left by thousandths of the size (9.4.3), so that kerning goes out
// exactly as it came in.
func (p *painter) glyphs(g *layout.Glyphs) {
	p.filling(g.Color)
	if !p.typing {
		p.raw("BT\n")
		p.typing = true
		p.x, p.y = 0, 0
	}
	f, size := p.fonts.of(g.Face), hundredths(g.Size)
	if p.font != f || p.size != size {
		p.font, p.size = f, size
		p.raw("/")
		p.raw(string(f.resource))
		p.raw(" ")
		p.num(size)
		p.raw("Tf\n")
	}
	x, y := hundredths(g.At.X), p.top-hundredths(g.At.Y)
	p.num(x - p.x)
	p.num(y - p.y)
	p.raw("Td[")
	p.x, p.y = x, y

	if g.Once || f.coding.once {
		p.once = true
		p.ops = f.show(p.ops, g)
		return
	}
	r := p.run(g, f.alphabet)
	if r.ops == nil || r.coding != f.coding.id {
		r.ops, r.coding = f.show(r.ops[:0], g), f.coding.id
	}
	p.ops = append(p.ops, r.ops...)
}

func (p *painter) shape(s *layout.Shape) {
	p.stopTyping()
	if s.Fill != nil {
		p.filling(*s.Fill)
	}
	if s.Stroke != nil {
		p.stroking(*s.Stroke)
		if w := hundredths(s.Width); w != p.width {
			p.width = w
			p.draw(p.marks.width(w))
		}
	}
	p.draw(p.marks.shape(s, p.top))
}

func (p *painter) image(it *layout.Image) error {
	x, err := p.pictures.add(it)
	if err != nil {
		return err
	}
	p.stopTyping()
	p.draw(p.marks.picture(x, it.Box, p.top))
	return nil
}
