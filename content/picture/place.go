package picture

import (
	"math"
	"strconv"
	"strings"
)

// Where a node stands: transforms, and viewports with what their views show (SVG 1.1, 7).

// placed moves the state to where a use shows what it shows.
func (s *state) placed(n *node) error {
	x, err := s.length(n, "x", s.view.X)
	if err != nil {
		return err
	}
	y, err := s.length(n, "y", s.view.Y)
	if err != nil {
		return err
	}
	s.matrix = s.matrix.times(matrix{1, 0, 0, 1, x, y})
	return nil
}

// viewBox is x, y, width and height, or nil.
func (n *node) viewBox() ([]float64, error) {
	text := n.attr["viewBox"]
	if text == "" {
		return nil, nil
	}
	v, ok := numbers(text)
	if !ok || len(v) != 4 || v[2] <= 0 || v[3] <= 0 {
		return nil, n.fail("svg-view-box", "it takes four numbers: left, top, width and height; or "+asPNG,
			"has a viewBox that cannot be used")
	}
	return v, nil
}

// fitView maps a viewBox into a viewport: SVG 1.1, 7.8.
func fitView(view []float64, size Point, aspect string) (matrix, bool) {
	sx, sy := size.X/view[2], size.Y/view[3]
	words := strings.Fields(aspect)
	if len(words) > 0 && words[0] == "defer" {
		words = words[1:]
	}
	align, slice := "xMidYMid", false
	if len(words) > 0 {
		align = words[0]
	}
	if len(words) > 1 {
		if slice = words[1] == "slice"; !slice && words[1] != "meet" {
			return identity, false
		}
	}
	part := map[string]float64{"Min": 0, "Mid": 0.5, "Max": 1}
	var ax, ay float64
	if align != "none" {
		if len(align) != 8 || align[0] != 'x' || align[4] != 'Y' {
			return identity, false
		}
		var ok1, ok2 bool
		ax, ok1 = part[align[1:4]]
		ay, ok2 = part[align[5:8]]
		if !ok1 || !ok2 {
			return identity, false
		}
		if slice {
			sx = max(sx, sy)
		} else {
			sx = min(sx, sy)
		}
		sy = sx
	}
	return matrix{sx, 0, 0, sy,
		(size.X-view[2]*sx)*ax - view[0]*sx,
		(size.Y-view[3]*sy)*ay - view[1]*sy}, true
}

// readTransform reads a list of transforms, with CSS's units or without.
func readTransform(text string) (matrix, bool) {
	m := identity
	s := scanner{s: text}
	for s.skip(); !s.done(); s.skip() {
		name, rest, ok := strings.Cut(s.s[s.i:], "(")
		args, _, ok2 := strings.Cut(rest, ")")
		if !ok || !ok2 {
			return m, false
		}
		s.i += len(name) + len(args) + 2
		var v []float64
		list := scanner{s: args}
		for list.skip(); !list.done(); list.skip() {
			f, ok := list.number()
			if !ok {
				return m, false
			}
			for _, unit := range []string{"px", "deg"} {
				if strings.HasPrefix(list.s[list.i:], unit) {
					list.i += len(unit)
				}
			}
			v = append(v, f)
		}
		t, ok := transform(strings.Trim(name, space), v)
		if !ok {
			return m, false
		}
		m = m.times(t)
	}
	return m, true
}

// transform is one of SVG 1.1, 7.6, or CSS's of one axis.
func transform(name string, v []float64) (matrix, bool) {
	tan := func(degrees float64) float64 { return math.Tan(degrees * math.Pi / 180) }
	switch name + strconv.Itoa(len(v)) {
	case "matrix6":
		return matrix{v[0], v[1], v[2], v[3], v[4], v[5]}, true
	case "translate1", "translateX1":
		return matrix{1, 0, 0, 1, v[0], 0}, true
	case "translateY1":
		return matrix{1, 0, 0, 1, 0, v[0]}, true
	case "translate2":
		return matrix{1, 0, 0, 1, v[0], v[1]}, true
	case "scale1":
		return matrix{v[0], 0, 0, v[0], 0, 0}, true
	case "scaleX1":
		return matrix{v[0], 0, 0, 1, 0, 0}, true
	case "scaleY1":
		return matrix{1, 0, 0, v[0], 0, 0}, true
	case "scale2":
		return matrix{v[0], 0, 0, v[1], 0, 0}, true
	case "rotate1":
		sin, cos := math.Sincos(v[0] * math.Pi / 180)
		return matrix{cos, sin, -sin, cos, 0, 0}, true
	case "rotate3":
		turn, _ := transform("rotate", v[:1])
		return matrix{1, 0, 0, 1, v[1], v[2]}.times(turn).times(matrix{1, 0, 0, 1, -v[1], -v[2]}), true
	case "skewX1":
		return matrix{1, 0, tan(v[0]), 1, 0, 0}, true
	case "skewY1":
		return matrix{1, tan(v[0]), 0, 1, 0, 0}, true
	}
	return identity, false
}
