package picture

import (
	"math"
	"slices"
	"strings"
)

// What a node takes over from those it is in: paint, type size and the place that percentages are of; and the
// lengths that are told in these (SVG 1.1, 4.2 and 6.4).

// state is what a node has from those it is in.
type state struct {
	matrix                       matrix
	view                         Point   // the viewport's size, which percentages are of
	em, rem                      float64 // the type size, and the root's; 0 if it is not known
	windows                      []window
	within                       []Path // see Path
	fill, stroke, color          string
	fillOpacity, strokeOpacity   float64
	nib                          nib
	evenOdd, hidden, strokeFirst bool
	clipEvenOdd                  bool
	depth                        int
}

// plain is the state before anything is said.
func plain() state {
	return state{
		matrix: identity,
		fill:   "black", stroke: "none", color: "black",
		fillOpacity: 1, strokeOpacity: 1,
		nib: nib{width: 1, miter: 4},
		em:  16, rem: 16, // browsers' type size
	}
}

// apply takes over what the node says about how it and its children are drawn.
func (s *state) apply(n *node) error {
	if text := n.get("transform"); text != "" && text != "none" {
		m, ok := readTransform(text)
		if !ok {
			return n.fail("svg-transform", plainSVG, "has a transform that cannot be used")
		}
		s.matrix = s.matrix.times(m)
	}
	s.sized(n)
	own := func(property string) (string, bool) {
		v := n.get(property)
		return v, v != "" && v != "inherit" && v != "unset"
	}
	bad := ""
	word := func(property string, set func(string) bool) {
		if v, ok := own(property); ok && !set(v) {
			bad = property
		}
	}
	opacity := func(property string, to *float64) {
		word(property, func(v string) (ok bool) { *to, ok = fraction(v); return })
	}
	diagonal := math.Hypot(s.view.X, s.view.Y) / math.Sqrt2
	length := func(property string, to *float64) {
		word(property, func(v string) bool {
			f, ok := s.read(v, diagonal)
			if ok {
				*to = f
			}
			return ok
		})
	}
	paint := func(property string, to *string) {
		word(property, func(v string) bool { *to = v; return true })
	}
	paint("color", &s.color)
	paint("fill", &s.fill)
	paint("stroke", &s.stroke)
	opacity("fill-opacity", &s.fillOpacity)
	opacity("stroke-opacity", &s.strokeOpacity)
	length("stroke-width", &s.nib.width)
	length("stroke-dashoffset", &s.nib.dashOffset)
	word("stroke-miterlimit", func(v string) bool {
		f, percent, ok := ratio(v)
		s.nib.miter = f
		return ok && !percent && f >= 1
	})
	word("stroke-dasharray", func(v string) bool {
		s.nib.dash = nil
		if v == "none" {
			return true
		}
		for _, part := range strings.FieldsFunc(v, func(r rune) bool {
			return r == ',' || strings.ContainsRune(space, r)
		}) {
			f, ok := s.read(part, diagonal)
			if !ok || f < 0 {
				return false
			}
			s.nib.dash = append(s.nib.dash, f)
		}
		return true
	})
	word("stroke-linecap", func(v string) bool {
		i := slices.Index([]string{"butt", "round", "square"}, v)
		s.nib.ends = lineCap(max(i, 0))
		return i >= 0
	})
	word("stroke-linejoin", func(v string) bool {
		i := slices.Index([]string{"miter", "round", "bevel"}, v)
		s.nib.corners = lineJoin(max(i, 0))
		return i >= 0
	})
	word("fill-rule", func(v string) bool { s.evenOdd = v == "evenodd"; return s.evenOdd || v == "nonzero" })
	word("clip-rule", func(v string) bool { s.clipEvenOdd = v == "evenodd"; return s.clipEvenOdd || v == "nonzero" })
	word("visibility", func(v string) bool { s.hidden = !strings.EqualFold(v, "visible"); return true })
	word("paint-order", func(v string) bool {
		order := strings.Fields(strings.ToLower(strings.Replace(v, "markers", " ", 1)))
		s.strokeFirst = len(order) > 0 && order[0] == "stroke"
		return true
	})
	if bad != "" {
		return n.fail("svg-number", plainSVG, "has a %s that cannot be used", bad)
	}
	return nil
}

// sized takes over the type size, which em is.
func (s *state) sized(n *node) {
	if n.get("font") != "" {
		s.em = 0
	}
	names := map[string]float64{"medium": 16, "small": 13, "x-small": 10, "large": 18, "x-large": 24, "inherit": s.em}
	v := n.get("font-size")
	if v == "" {
		return
	}
	size, ok := names[v]
	if !ok {
		if size, ok = s.read(v, s.em); !ok {
			size = 0
		}
	}
	s.em = size
}

// absolute is a length that needs nothing to be a part of.
func absolute(text string) (float64, bool) {
	if strings.HasSuffix(text, "%") {
		return 0, false
	}
	page := plain()
	return page.read(text, 0)
}

// length is a node's measure; one that is not given is zero.
func (s *state) length(n *node, name string, whole float64) (float64, error) {
	text := n.get(name)
	if text == "" || text == "auto" {
		return 0, nil
	}
	v, ok := s.read(text, whole)
	if !ok {
		return 0, n.fail("svg-measure", plainSVG, "has a measure that cannot be used (%s)", name)
	}
	return v, nil
}

// read is a length as readLength has it, or in rem.
func (s *state) read(text string, whole float64) (float64, bool) {
	if before, ok := strings.CutSuffix(strings.ToLower(text), "rem"); ok {
		return readLength(before+"em", whole, s.rem)
	}
	return readLength(text, whole, s.em)
}

// readLength is a length in pixels, 96 to the inch; a percentage is of whole.
func readLength(text string, whole, em float64) (float64, bool) {
	s := scanner{s: text}
	v, ok := s.number()
	unit := 0.0
	switch strings.ToLower(s.s[s.i:]) {
	case "", "px":
		unit = 1
	case "pt":
		unit = 96.0 / 72
	case "pc":
		unit = 16
	case "mm":
		unit = 96 / 25.4
	case "cm":
		unit = 96 / 2.54
	case "q":
		unit = 96 / 101.6
	case "in":
		unit = 96
	case "em":
		unit, ok = em, ok && em > 0
	case "ex":
		unit, ok = em/2, ok && em > 0
	case "%":
		unit = whole / 100
	default:
		ok = false
	}
	return v * unit, ok
}
