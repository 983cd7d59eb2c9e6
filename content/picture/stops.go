package picture

import (
	"math"
	"strings"
)

// ink is a path of nothing with the colours that a fill or stroke of p has. Opacity 0 paints nothing.
func (a *artist) ink(n *node, s state, paint string, p *Path) (Path, error) {
	if id, _, ok := cutURL(paint); ok && a.ids[id] != nil {
		if g := a.ids[id]; g.name == "linearGradient" || g.name == "radialGradient" {
			return a.gradient(g, s, p)
		}
	}
	c, alpha, err := a.color(n, paint, s.color)
	return Path{Fill: c, Opacity: alpha}, err
}

// stop is one colour of a gradient as the file has it.
type stop struct {
	offset float64
	color  Color
	alpha  float64
}

// gradient reads a gradient as p has it: SVG 1.1, 13.2.
func (a *artist) gradient(n *node, s state, p *Path) (Path, error) {
	stops, err := a.stops(n)
	if err != nil || len(stops) == 0 {
		return Path{}, err
	}
	first, last := stops[0], stops[len(stops)-1]
	flat := Path{Fill: last.color, Opacity: last.alpha}
	same := true
	for _, s := range stops {
		same = same && s == stop{s.offset, first.color, first.alpha}
	}
	if same {
		return flat, nil
	}
	g, ok, err := a.run(n, s, p)
	if err != nil {
		return Path{}, err
	}
	if g.X == g.Origin {
		return flat, nil
	}
	if !ok {
		return Path{}, nil // of no width or height: SVG 1.1, 7.11
	}
	for _, s := range stops {
		if s.alpha != first.alpha {
			return Path{}, n.fail("svg-gradient-transparent", "make its colours opaque, or "+asPNG,
				"has a gradient that becomes transparent")
		}
		g.Stops = append(g.Stops, Stop{s.offset, s.color})
	}
	if first.offset > 0 {
		g.Stops = append([]Stop{{0, first.color}}, g.Stops...)
	}
	if last.offset < 1 {
		g.Stops = append(g.Stops, Stop{1, last.color})
	}
	around := p.through(s.matrix)
	if !g.spread(&around, a.said(n, "spreadMethod")) {
		return Path{}, n.fail("svg-gradient", asPNG, "has a gradient that cannot be used")
	}
	return Path{Fill: g.mean(), Gradient: g, Opacity: first.alpha}, nil
}

// run is where a gradient without colours yet runs; ok is false if it is nowhere. Of a length
// of nothing it has the Origin where X is.
func (a *artist) run(n *node, s state, p *Path) (*Gradient, bool, error) {
	bad := n.fail("svg-gradient", asPNG, "has a gradient that cannot be used")
	whole, plane, sized := s.view, s.matrix, true
	if a.said(n, "gradientUnits") != "userSpaceOnUse" {
		low, high := p.Bounds()
		size := high.minus(low)
		whole, sized = Point{1, 1}, size.X > 0 && size.Y > 0
		plane = plane.times(matrix{size.X, 0, 0, size.Y, low.X, low.Y})
	}
	if n.css["transform"] != "" {
		return nil, false, bad
	}
	if text := a.said(n, "gradientTransform"); text != "" && text != "none" {
		m, ok := readTransform(text)
		if !ok {
			return nil, false, bad
		}
		plane = plane.times(m)
	}
	failed := false
	measure := func(name, normal string, whole float64) float64 {
		text := a.said(n, name)
		if text == "" {
			text = normal
		}
		v, ok := s.read(text, whole)
		failed = failed || !ok
		return v
	}
	g := &Gradient{Radial: n.name == "radialGradient"}
	if g.Radial {
		centre := Point{measure("cx", "50%", whole.X), measure("cy", "50%", whole.Y)}
		r := measure("r", "50%", math.Hypot(whole.X, whole.Y)/math.Sqrt2)
		focus := centre
		if a.said(n, "fx") != "" {
			focus.X = measure("fx", "", whole.X)
		}
		if a.said(n, "fy") != "" {
			focus.Y = measure("fy", "", whole.Y)
		}
		if fr := measure("fr", "0", 1); failed || r < 0 || fr != 0 {
			return nil, false, bad
		}
		plane = plane.times(matrix{r, 0, 0, r, centre.X, centre.Y})
		if r > 0 {
			const most = .99 // on the circle itself PDF draws half a cone
			g.Focus = focus.minus(centre).times(1 / r)
			if g.Focus.length() > 1.001 { // a cone, or as if on the circle: programs differ
				return nil, false, bad
			}
			g.Focus = g.Focus.times(min(1, most/max(g.Focus.length(), most)))
		}
	} else {
		from := Point{measure("x1", "0", whole.X), measure("y1", "0", whole.Y)}
		to := Point{measure("x2", "100%", whole.X), measure("y2", "0", whole.Y)}
		if failed {
			return nil, false, bad
		}
		v := to.minus(from)
		plane = plane.times(matrix{v.X, v.Y, -v.Y, v.X, from.X, from.Y})
	}
	at := func(p Point) Point { p = plane.of(p); return Point{a.rounded(p.X), a.rounded(p.Y)} }
	g.Origin, g.X, g.Y = at(Point{}), at(Point{X: 1}), at(Point{Y: 1})
	if !g.Origin.finite() || !g.X.finite() || !g.Y.finite() {
		return nil, false, bad
	}
	_, turned := g.plane().inverse()
	return g, sized && turned, nil
}

// chain are a gradient and those it refers to, one after the other: SVG 1.1, 13.2.2.
func (a *artist) chain(n *node) ([]*node, error) {
	list := []*node{n}
	for {
		id, ok := strings.CutPrefix(list[len(list)-1].attr["href"], "#")
		next := a.ids[id]
		if !ok || next == nil {
			return list, nil
		}
		if list = append(list, next); len(list) > maxDepth {
			return nil, n.fail("svg-gradient-itself", plainSVG, "has a gradient that refers to itself")
		}
	}
}

// said is what a gradient, or the first of those it refers to that does, says of a property.
func (a *artist) said(n *node, property string) string {
	list, _ := a.chain(n) // which a.stops has asked for
	for _, n := range list {
		if v := n.get(property); v != "" {
			return v
		}
	}
	return ""
}

// stops are a gradient's own, or those of the one it refers to.
func (a *artist) stops(n *node) ([]stop, error) {
	nodes, err := a.chain(n)
	if err != nil {
		return nil, err
	}
	var list []stop
	for _, n := range nodes {
		for _, k := range n.kids {
			if k.name != "stop" {
				continue
			}
			s, err := a.stop(k)
			if err != nil {
				return nil, err
			}
			if len(list) > 0 {
				s.offset = max(s.offset, list[len(list)-1].offset)
			}
			if list = append(list, s); len(list) > maxStops {
				return nil, n.fail("svg-gradient", asPNG, "has a gradient that cannot be used")
			}
		}
		if len(list) > 0 {
			break
		}
	}
	return list, nil
}

func (a *artist) stop(n *node) (stop, error) {
	bad := n.fail("svg-gradient", plainSVG, "has a gradient that cannot be used")
	if err := a.charge(n); err != nil {
		return stop{}, err
	}
	offset, ok := fraction(n.get("offset"))
	if !ok && n.get("offset") != "" {
		return stop{}, bad
	}
	value, current := n.get("stop-color"), "black"
	if value == "" {
		value = "black"
	}
	for in := n; in != nil; in = in.parent { // a gradient's colour is its own, not that of what it fills
		if v := in.get("color"); v != "" && v != "inherit" && !strings.EqualFold(v, "currentcolor") {
			current = v
			break
		}
	}
	if _, _, ok := cutURL(value); ok {
		return stop{}, bad
	}
	c, alpha, err := a.color(n, value, current)
	if err != nil {
		return stop{}, err
	}
	if v := n.get("stop-opacity"); v != "" {
		o, ok := fraction(v)
		if !ok {
			return stop{}, bad
		}
		alpha *= o
	}
	return stop{offset, c, alpha}, nil
}
