package layout

import (
	"strings"

	"rsc.io/qr"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

// QR codes: one beside its words wherever an author asks for it, a film's on its
// stretch's card, the booking code beside whose page it is.

// qrSlab is a QR code. What stands round it must keep clear its quiet zone of
// four modules (ISO/IEC 18004).
type qrSlab struct {
	code   *qr.Code
	module Length
	alt    string
}

// codeModule is the size of a module: a telephone reads 0.4 mm from paper, and a
// large code has no larger ones.
var (
	codeModule  = MM(.45)
	leastModule = MM(.4)
)

// largeCode is how many modules a side make a code large: 20 mm.
const largeCode = 45

// inner is the side of the code without its quiet zone.
func (s *qrSlab) inner() Length  { return s.module * Length(s.code.Size) }
func (s *qrSlab) height() Length { return s.inner() }

// quiet is how far others stand off.
func (s *qrSlab) quiet() Length { return 4 * s.module }

func (s *qrSlab) print(p *press, at XY, tag int) {
	fig := p.described(Figure, tag, s.alt)
	x0, y0 := p.flip(at.X, s.inner()), at.Y
	var path []Segment
	for y := range s.code.Size {
		for x := 0; x < s.code.Size; x++ {
			from := x
			for x < s.code.Size && s.code.Black(x, y) {
				x++
			}
			if x > from {
				path = append(path, roundRect(Rect{x0 + Length(from)*s.module, y0 + Length(y)*s.module, Length(x-from) * s.module, s.module}, 0)...)
			}
		}
	}
	black := picture.Color{}
	p.add(fig, &Shape{Tag: fig, Path: path, Fill: &black})
}

// scanNode is a QR code and the words beside it.
type scanNode struct {
	code  *qr.Code
	alt   string
	words *text
}

// scan reads a code. At level M it is read with 15 of 100 of it soiled.
func (r *reader) scan(data, alt string, words content.Text) *scanNode {
	code, err := qr.Encode(data, qr.M)
	if err != nil {
		r.errs = append(r.errs, &content.Error{Position: r.at, Message: "this does not go into a QR code: " + err.Error()})
		return nil
	}
	return &scanNode{code, alt, r.text(words, fonts.Regular)}
}

// code reads an author's code: its caption, and its address to read or to follow.
func (r *reader) code(b *content.Code) *scanNode {
	words := append(content.Text(nil), b.Caption...)
	alt := b.Caption.String()
	if b.Link != "" {
		if len(words) > 0 {
			words = append(words, content.Span{Text: "\n"})
			alt += ": "
		}
		words = append(words, content.Span{Text: shown(b.Link), Link: b.Link})
		alt += b.Link
	}
	if blank(alt) {
		alt = b.Data
	}
	return r.scan(b.Data, alt, words)
}

// video reads the film of a stretch.
func (r *reader) video(address string) *scanNode {
	return r.scan(address, r.words.Video+": "+address, content.Text{
		{Text: r.words.Video + ": ", Bold: true}, {Text: shown(address), Link: address}})
}

// scan sets a code and the words beside it, or below where there is no room.
func (c *compositor) scan(n *scanNode, width Length) slab {
	code := &qrSlab{code: n.code, module: codeModule, alt: n.alt}
	if n.code.Size > largeCode {
		code.module = leastModule
	}
	inner, quiet := code.inner(), code.quiet()
	from := inner + quiet + 4*Point
	words := func(width Length) slab { return c.para(n.words, min(width, c.look.Body*maxMeasure/1000)) }
	r := &rowSlab{role: noRole, least: inner + 2*quiet}
	r.put(0, alignMiddle, code)
	if width-from < min(scale(n.words.widest(), c.look.Body), width*2/5) {
		s := &stackSlab{role: noRole}
		s.put(0, r)
		s.put(0, words(width))
		return s
	}
	r.put(from, alignMiddle, words(width-from))
	return r
}

// shown is an address as people write it.
func shown(link string) string {
	for _, scheme := range []string{"mailto:", "tel:"} {
		if rest, ok := strings.CutPrefix(link, scheme); ok {
			return rest
		}
	}
	return bareAddress(link)
}
