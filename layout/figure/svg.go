package figure

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"

	"handout/content/picture"
)

// SVG writes the figure as a document of SVG 1.1, of its natural size in
// millimetres and with the title as its name. Characters XML has no place for
// become U+FFFD.
func SVG(f *Figure, p Palette, title string) []byte {
	b := AppendSVGOpen(nil, f.W, f.H, title)
	b = AppendSVG(b, f.Ink(p))
	return append(b, "</svg>\n"...)
}

// AppendSVGOpen opens a document w by h millimetres, whose unit is the
// millimetre. It is closed by </svg>.
func AppendSVGOpen(b []byte, w, h float64, title string) []byte {
	b = fmt.Appendf(b, `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="%gmm" height="%[2]gmm" viewBox="0 0 %[1]g %[2]g">`, w, h)
	b = append(b, "\n<title>"...)
	b = AppendXML(b, title)
	return append(b, "</title>\n"...)
}

// AppendXML writes text as XML holds it, also within quotes.
func AppendXML(b []byte, text string) []byte {
	var escaped bytes.Buffer
	_ = xml.EscapeText(&escaped, []byte(text)) // a Buffer takes anything
	return append(b, escaped.Bytes()...)
}

// AppendSVG writes the areas of a drawing as elements, in the drawing's units to
// six digits: exact for a figure.
func AppendSVG(b []byte, d *picture.Drawing) []byte {
	for _, p := range d.Paths {
		b = fmt.Appendf(b, `<path fill="#%02x%02x%02x"`, p.Fill.R, p.Fill.G, p.Fill.B)
		if p.Opacity < 1 {
			b = fmt.Appendf(b, ` fill-opacity="%.3g"`, p.Opacity)
		}
		if p.EvenOdd {
			b = append(b, ` fill-rule="evenodd"`...)
		}
		b = append(b, ` d="`...)
		pts := p.Pts
		for _, op := range p.Ops {
			b = append(b, "MLCZ"[op])
			n := 1
			switch op {
			case picture.Cubic:
				n = 3
			case picture.Close:
				n = 0
			}
			for i, q := range pts[:n] {
				if i > 0 {
					b = append(b, ' ')
				}
				b = strconv.AppendFloat(b, q.X, 'g', 6, 64)
				b = append(b, ' ')
				b = strconv.AppendFloat(b, q.Y, 'g', 6, 64)
			}
			pts = pts[n:]
		}
		b = append(b, "\"/>\n"...)
	}
	return b
}
