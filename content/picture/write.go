package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
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
// digits. Clipping paths and gradients are named by what they are, so that drawings may
// stand in one document.
func (d *Drawing) AppendSVG(b []byte) []byte {
	defined := map[string]bool{}
	// define writes a definition, unless it is there already, and gives its name.
	define := func(element string, rest []byte) string {
		sum := fnv.New64a()
		sum.Write(rest)
		id := fmt.Sprintf("%c%016x", element[0], sum.Sum64())
		if !defined[id] {
			defined[id] = true
			b = fmt.Appendf(b, "<%s id=\"%s\"%s</%[1]s>\n", element, id, rest)
		}
		return id
	}
	for i, p := range d.Paths {
		if i == 0 || !p.Alongside(&d.Paths[i-1]) {
			if i > 0 {
				b = append(b, strings.Repeat("</g>\n", len(d.Paths[i-1].Within))...)
			}
			for _, area := range p.Within {
				rest := []byte("><path")
				if area.EvenOdd {
					rest = append(rest, ` clip-rule="evenodd"`...)
				}
				id := define("clipPath", append(area.appendData(append(rest, ` d="`...)), `"/>`...))
				b = fmt.Appendf(b, "<g clip-path=\"url(#%s)\">\n", id)
			}
		}
		fill := p.Fill.Hex()
		if p.Gradient != nil {
			fill = "url(#" + define(p.Gradient.element()) + ")"
		}
		b = fmt.Appendf(b, `<path fill="%s"`, fill)
		if p.Opacity < 1 {
			b = fmt.Appendf(b, ` fill-opacity="%.3g"`, p.Opacity)
		}
		if p.EvenOdd {
			b = append(b, ` fill-rule="evenodd"`...)
		}
		b = append(p.appendData(append(b, ` d="`...)), "\"/>\n"...)
	}
	if last := len(d.Paths) - 1; last >= 0 {
		b = append(b, strings.Repeat("</g>\n", len(d.Paths[last].Within))...)
	}
	return b
}

// appendData writes the path as path data.
func (p *Path) appendData(b []byte) []byte {
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
	return b
}

// element is the gradient as an element of SVG: its name, and what comes after.
func (g *Gradient) element() (name string, rest []byte) {
	m := g.plane()
	rest = fmt.Appendf(rest, ` gradientUnits="userSpaceOnUse" gradientTransform="matrix(%.7g %.7g %.7g %.7g `+
		`%.7g %.7g)"`, m.a, m.b, m.c, m.d, m.e, m.f)
	if name = "linearGradient"; g.Radial {
		name = "radialGradient"
		rest = fmt.Appendf(rest, ` cx="0" cy="0" r="1" fx="%.6g" fy="%.6g">`, g.Focus.X, g.Focus.Y)
	} else {
		rest = append(rest, ` x1="0" y1="0" x2="1" y2="0">`...)
	}
	for _, s := range g.Stops {
		rest = fmt.Appendf(rest, `<stop offset="%.6g" stop-color="%s"/>`, s.At, s.Color.Hex())
	}
	return name, rest
}
