package output

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"image/png"
	"strconv"
	"time"

	"handout/content/picture"
	"handout/fonts"
	"handout/layout"
)

// SVG writes a page behind b as a picture for a screen (SVG 1.1): the items of
// its PDF at the same places, letters as outlines, so that no font of the reader's can
// change it and no word of it is there as text. Links can be clicked. The unit is the
// point. What a screen reader needs is in the PDF alone.
//
// It fails if the page is not as PDF wants it, and leaves b as it was.
func (w *Writer) SVG(b []byte, p *layout.Page) ([]byte, error) {
	svg, _, err := w.Sketch(b, p)
	return svg, err
}

// Sketch is SVG, and tells where each of its elements begins, the paper first, and where the last
// ends: two pages have most of them in common if they differ by a name.
func (w *Writer) Sketch(b []byte, p *layout.Page) (svg []byte, at []int, err error) {
	if err := check(p, time.Unix(0, 0)); err != nil {
		return b, nil, err
	}
	s := &sketch{b: b, kept: &w.drawn, faces: map[*fonts.Face]*outlined{}}
	s.raw(`<svg xmlns="http://www.w3.org/2000/svg" role="img" width="`).length(p.Size.W).
		raw(`pt" height="`).length(p.Size.H).
		raw(`pt" viewBox="0 0 `).length(p.Size.W).raw(" ").length(p.Size.H).raw("\">\n<title>")
	s.text(p.Title).raw("</title>\n")
	at = append(make([]int, 0, len(p.Items)+2), len(s.b))
	s.raw("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n")
	for _, it := range p.Items {
		at = append(at, len(s.b))
		switch it := it.(type) {
		case *layout.Glyphs:
			s.glyphs(it)
		case *layout.Shape:
			s.shape(it)
		case *layout.Image:
			if err := s.image(it); err != nil {
				return b, nil, err
			}
		case *layout.Anchor:
			s.anchor(it)
		}
	}
	at = append(at, len(s.b))
	return s.raw("</svg>\n").b, at, nil
}

// sketch is a page's SVG in the making.
type sketch struct {
	b     []byte
	kept  *keep[pictureKey, []byte]
	faces map[*fonts.Face]*outlined
}

// outlined is what of a face was drawn already.
type outlined struct {
	*fonts.Outlines
	known map[fonts.Shape][]byte
}

func (w *sketch) raw(s string) *sketch {
	w.b = append(w.b, s...)
	return w
}

// text writes letters, also within quotes. What XML has no place for becomes U+FFFD.
func (w *sketch) text(s string) *sketch {
	var escaped bytes.Buffer
	_ = xml.EscapeText(&escaped, []byte(s)) // a Buffer takes anything
	return w.raw(escaped.String())
}

// length writes a length in points, to the hundredth.
func (w *sketch) length(l layout.Length) *sketch {
	w.b = appendFixed(w.b, hundredths(l), 2)
	return w
}

func (w *sketch) number(v float64) *sketch {
	w.b = strconv.AppendFloat(w.b, v, 'g', 7, 64)
	return w
}

func (w *sketch) xy(at layout.XY) *sketch { return w.length(at.X).raw(" ").length(at.Y) }

func (w *sketch) color(attribute string, c *picture.Color) *sketch {
	w.raw(" " + attribute + `="`)
	if c == nil {
		return w.raw(`none"`)
	}
	const digits = "0123456789abcdef"
	w.b = append(w.b, '#', digits[c.R>>4], digits[c.R&15], digits[c.G>>4], digits[c.G&15],
		digits[c.B>>4], digits[c.B&15], '"')
	return w
}

// box writes a place and a size.
func (w *sketch) box(r layout.Rect) *sketch {
	return w.raw(` x="`).length(r.X).raw(`" y="`).length(r.Y).raw(`" width="`).length(r.W).
		raw(`" height="`).length(r.H).raw(`"`)
}

// glyphs draws a run as one path, in units of its face.
func (w *sketch) glyphs(g *layout.Glyphs) {
	face := w.faces[g.Face]
	if face == nil {
		face = &outlined{g.Face.Outlines(), map[fonts.Shape][]byte{}}
		w.faces[g.Face] = face
	}
	upem := float64(g.Face.UnitsPerEm())
	scale := g.Size.Points() / upem
	w.raw("<path").color("fill", &g.Color).raw(` transform="matrix(`).number(scale).raw(" 0 0 ").number(-scale).
		raw(" ").xy(g.At).raw(`)" d="`)
	var pen fonts.Em
	for i := range g.Glyphs {
		shape := g.Glyphs[i].Shape
		path, known := face.known[shape]
		if !known {
			path = face.Append(nil, shape)
			face.known[shape] = path
		}
		if len(path) > 0 {
			w.raw("M").number(float64(pen) * upem / 1000).raw(" 0")
			w.b = append(w.b, path...)
		}
		pen += g.Glyphs[i].Advance
	}
	w.raw("\"/>\n")
}

func (w *sketch) shape(s *layout.Shape) {
	w.raw("<path").color("fill", s.Fill)
	if s.Stroke != nil {
		w.color("stroke", s.Stroke).raw(` stroke-width="`).length(s.Width).raw(`"`)
	}
	w.raw(` d="`)
	for _, seg := range s.Path {
		w.b = append(w.b, "MLCZ"[seg.Op])
		for i, at := range seg.Points() {
			if i > 0 {
				w.raw(" ")
			}
			w.xy(at)
		}
	}
	w.raw("\"/>\n")
}

// image shows a picture, stretched into its box and cut off there.
func (w *sketch) image(it *layout.Image) error {
	key := keyOf(it)
	content, err := w.kept.get(key, func() ([]byte, int, error) {
		b, err := contentOf(key)
		return b, len(b), err
	})
	if err != nil {
		return err
	}
	tag := "image"
	if key.drawing != nil {
		tag = "svg"
	}
	w.raw("<" + tag).box(it.Box).raw(` preserveAspectRatio="none"`)
	w.b = append(w.b, content...)
	return nil
}

// contentOf is an element that shows a picture, but for its beginning and its place.
func contentOf(key pictureKey) ([]byte, error) {
	if d := key.drawing; d != nil {
		w := new(sketch).raw(` viewBox="0 0 `).number(d.W).raw(" ").number(d.H).raw("\">\n")
		return append(d.AppendSVG(w.b), "</svg>\n"...), nil
	}
	b := key.bitmap.bitmap.Fit(key.bitmap.w, key.bitmap.h)
	kind, data := "jpeg", b.JPEG
	if data == nil {
		var pixels bytes.Buffer
		if err := png.Encode(&pixels, b.Image()); err != nil {
			return nil, err
		}
		kind, data = "png", pixels.Bytes()
	}
	return append(base64.StdEncoding.AppendEncode([]byte(` href="data:image/`+kind+";base64,"), data), "\"/>\n"...), nil
}

func (w *sketch) anchor(it *layout.Anchor) {
	w.raw(`<a href="`).text(it.URL).raw(`"><rect`).box(it.Box).raw(" fill=\"none\" pointer-events=\"all\"/></a>\n")
}
