package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
)

// SVG writes the drawing as a document of SVG 1.1, of its natural size where a unit is a
// millimetre, and with the title as its name. Characters XML has no place for become
// U+FFFD.
func (d *Drawing) SVG(title string) []byte {
	var name bytes.Buffer
	_ = xml.EscapeText(&name, []byte(title)) // a Buffer takes anything
	b := fmt.Appendf(nil, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%gmm\" height=\"%[2]gmm\" "+
		"viewBox=\"0 0 %[1]g %[2]g\">\n<title>%[3]s</title>\n",
		d.W, d.H, &name)
	return append(d.AppendSVG(b), "</svg>\n"...)
}

// AppendSVG writes the drawing's areas behind b as elements, in its units to six
// digits.
func (d *Drawing) AppendSVG(b []byte) []byte {
	for _, p := range d.Paths {
		b = fmt.Appendf(b, `<path fill="%s"`, p.Fill.Hex())
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
			case Cubic:
				n = 3
			case Close:
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
