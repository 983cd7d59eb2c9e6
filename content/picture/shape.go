package picture

import (
	"math"
	"strings"
)

// basic tells whether a node is a shape.
func (n *node) basic() bool {
	switch n.name {
	case "path", "rect", "circle", "ellipse", "line", "polyline", "polygon":
		return true
	}
	return false
}

// ownBox maps the square of 1 by 1 to the box round a path.
func (p *Path) ownBox() matrix {
	low, high := p.Bounds()
	return matrix{high.X - low.X, 0, 0, high.Y - low.Y, low.X, low.Y}
}

// shape is the path of a basic shape or path element: SVG 1.1, 8 and 9. It is
// empty where the element is not to be drawn, as a circle of no radius.
func (n *node) shape(s state) (Path, error) {
	var failed error
	measure := func(name string, whole float64) float64 {
		v, err := s.length(n, name, whole)
		if err != nil && failed == nil {
			failed = err
		}
		return v
	}
	x := func(name string) float64 { return measure(name, s.view.X) }
	y := func(name string) float64 { return measure(name, s.view.Y) }
	var p pen
	switch n.name {
	case "path":
		d := n.get("d")
		if d == "none" {
			break
		}
		path, err := ReadPath(d)
		if err != nil {
			return Path{}, n.fail("svg-path-data", plainSVG, "has broken path data")
		}
		return path, nil
	case "rect":
		p.rect(Point{x("x"), y("y")}, Point{x("width"), y("height")}, n.radii(x("rx"), y("ry")))
	case "circle":
		r := measure("r", math.Hypot(s.view.X, s.view.Y)/math.Sqrt2)
		p.ellipse(Point{x("cx"), y("cy")}, Point{r, r})
	case "ellipse":
		p.ellipse(Point{x("cx"), y("cy")}, n.radii(x("rx"), y("ry")))
	case "line":
		p.move(Point{x("x1"), y("y1")})
		p.line(Point{x("x2"), y("y2")})
	case "polyline", "polygon":
		v, ok := numbers(n.attr["points"])
		if !ok || len(v)%2 != 0 {
			return Path{}, n.fail("svg-points", plainSVG, "has broken points")
		}
		for i := 0; i < len(v); i += 2 {
			if at := (Point{v[i], v[i+1]}); i == 0 {
				p.move(at)
			} else {
				p.line(at)
			}
		}
		if n.name == "polygon" && len(v) > 0 {
			p.close()
		}
	}
	return p.Path, failed
}

// radii are rx and ry, of which one that is not given is as the other.
func (n *node) radii(rx, ry float64) Point {
	given := func(name string) bool { v := n.get(name); return v != "" && v != "auto" }
	if !given("rx") {
		rx = ry
	} else if !given("ry") {
		ry = rx
	}
	return Point{rx, ry}
}

func (p *pen) rect(at, size, radii Point) {
	if size.X <= 0 || size.Y <= 0 {
		return
	}
	end := at.plus(size)
	rx, ry := min(radii.X, size.X/2), min(radii.Y, size.Y/2)
	if rx <= 0 || ry <= 0 {
		p.move(at)
		p.line(Point{end.X, at.Y})
		p.line(end)
		p.line(Point{at.X, end.Y})
		p.close()
		return
	}
	side := func(to Point) {
		if to != p.at {
			p.line(to)
		}
	}
	corner := func(to Point) { p.arc(ellipse{rx, ry, 0}, false, true, to) }
	p.move(Point{at.X + rx, at.Y})
	side(Point{end.X - rx, at.Y})
	corner(Point{end.X, at.Y + ry})
	side(Point{end.X, end.Y - ry})
	corner(Point{end.X - rx, end.Y})
	side(Point{at.X + rx, end.Y})
	corner(Point{at.X, end.Y - ry})
	side(Point{at.X, at.Y + ry})
	corner(Point{at.X + rx, at.Y})
	p.close()
}

func (p *pen) ellipse(centre, radii Point) {
	if radii.X <= 0 || radii.Y <= 0 {
		return
	}
	e := ellipse{radii.X, radii.Y, 0}
	p.move(centre.plus(Point{radii.X, 0}))
	p.arc(e, false, true, centre.minus(Point{radii.X, 0}))
	p.arc(e, false, true, centre.plus(Point{radii.X, 0}))
	p.close()
}

// paint fills and strokes a shape.
func (a *artist) paint(n *node, s state, p Path) error {
	if s.hidden || len(p.Ops) == 0 {
		return nil
	}
	if a.cutting {
		p = p.areas()
		p.Opacity, p.EvenOdd = 1, s.clipEvenOdd
		return a.add(n, s, p.through(s.matrix))
	}
	seen := p.through(s.matrix)
	a.extent.path(&seen)
	parts := []func(*node, state, Path) error{a.filled, a.stroked}
	if s.strokeFirst {
		parts[0], parts[1] = parts[1], parts[0]
	}
	for _, part := range parts {
		if err := part(n, s, p); err != nil {
			return err
		}
	}
	return nil
}

func (a *artist) filled(n *node, s state, p Path) error {
	ink, err := a.ink(n, s, s.fill, &p)
	if err != nil {
		return err
	}
	p = p.areas().through(s.matrix)
	ink.Opacity, ink.EvenOdd = ink.Opacity*s.fillOpacity, s.evenOdd
	ink.Ops, ink.Pts = p.Ops, p.Pts
	return a.add(n, s, ink)
}

// areas leaves out contours of fewer than two lines. They enclose nothing, but
// readers of PDF show them as hairlines (ISO 32000-1, 8.5.3.3.1).
func (p Path) areas() Path {
	var out Path
	from, point, at := 0, 0, 0 // where the contour begins, in Ops and Pts; and now in Pts
	keep := func(to int) {
		sides, drawn := 0, p.Ops[from:to]
		for _, op := range drawn {
			switch op {
			case Line:
				sides++
			case Cubic:
				sides += 2
			}
		}
		if sides >= 2 {
			out.Ops, out.Pts = append(out.Ops, drawn...), append(out.Pts, p.Pts[point:at]...)
		}
	}
	for i, op := range p.Ops {
		switch op {
		case Move:
			keep(i)
			from, point = i, at
			at++
		case Line:
			at++
		case Cubic:
			at += 3
		}
	}
	keep(len(p.Ops))
	return out
}

func (a *artist) stroked(n *node, s state, p Path) error {
	ink, err := a.ink(n, s, s.stroke, &p)
	if err != nil || ink.Opacity*s.strokeOpacity == 0 || s.nib.width <= 0 {
		return err
	}
	if n.get("vector-effect") == "non-scaling-stroke" {
		p, s.matrix = p.through(s.matrix), identity
	}
	scale := s.matrix.scale()
	if !(scale > 0) {
		return nil
	}
	s.nib.tolerance = a.tolerance / scale
	if v, ok := s.read(n.attr["pathLength"], 0); ok {
		s.nib.pathLength = v
	}
	out, ok := s.nib.outlined(p, maxSegments-a.segments)
	if !ok {
		return a.tooMuch()
	}
	out = out.through(s.matrix)
	ink.Opacity *= s.strokeOpacity
	ink.Ops, ink.Pts = out.Ops, out.Pts
	a.lines++
	return a.add(n, s, ink)
}

func (a *artist) tooMuch() error {
	return refuse("svg-too-complex", "simplify its paths, or export the picture as PNG",
		"is too complex: it takes more than %d path segments, or as much work", maxSegments)
}

// add puts a path, already in the drawing's own units, into the drawing as far
// as it can be seen.
func (a *artist) add(n *node, s state, p Path) error {
	if p.Opacity == 0 {
		return nil
	}
	for _, q := range p.Pts {
		if !q.finite() {
			return n.fail("svg-far-outside", plainSVG, "has coordinates far outside of any page")
		}
	}
	for _, w := range s.windows {
		if a.work += p.lines(a.tolerance) * (len(w) + 1); a.work > maxWork {
			return a.tooMuch()
		}
		p = w.clip(p, a.tolerance)
	}
	if a.segments += len(p.Ops); a.segments > maxSegments {
		return a.tooMuch()
	}
	for i, q := range p.Pts {
		p.Pts[i] = Point{a.rounded(q.X), a.rounded(q.Y)}
	}
	b := newBox()
	if b.path(&p); !(b.min.X < b.max.X && b.min.Y < b.max.Y) {
		return nil
	}
	for i := range s.within {
		area := newBox()
		if area.path(&s.within[i]); !area.meets(b) {
			return nil
		}
	}
	p.Within = s.within
	if last := len(a.Paths) - 1; last < 0 || !p.Alongside(&a.Paths[last]) {
		for _, area := range p.Within {
			a.segments += len(area.Ops)
		}
	}
	a.Paths = append(a.Paths, p)
	return nil
}

// rounded makes a coordinate short, and the same on every machine.
func (a *artist) rounded(v float64) float64 {
	return math.Round(v*a.grain)/a.grain + 0 // not -0
}

// color is what a fill or stroke is painted with; alpha 0 paints nothing.
func (a *artist) color(n *node, paint, current string) (Color, float64, error) {
	switch strings.ToLower(paint) {
	case "none":
		return Color{}, 0, nil
	case "currentcolor":
		paint = current
	}
	if id, rest, ok := cutURL(paint); ok {
		server := a.ids[id]
		switch {
		case server != nil:
			return Color{}, 0, n.fail("svg-fill", asPNG, "has a pattern or another fill that cannot be used")
		case rest == "" || rest == "none":
			return Color{}, 0, nil // SVG 1.1, 11.2, allows an error; browsers paint nothing
		}
		paint = rest
	}
	// A profiled colour stands after its plain form: SVG 1.1, 11.2.
	if plain, _, ok := strings.Cut(paint, "icc-color("); ok {
		paint = plain
	}
	c, alpha, ok := ParseColor(paint)
	if !ok {
		return Color{}, 0, n.fail("svg-colour", asHex,
			"has a colour that cannot be used (%q)", short(paint))
	}
	return c, alpha, nil
}

// cutURL takes url(#id) off a value.
func cutURL(value string) (id, rest string, ok bool) {
	if len(value) < 4 || !strings.EqualFold(value[:4], "url(") {
		return "", "", false
	}
	inside, rest, ok := strings.Cut(value[4:], ")")
	id, hash := strings.CutPrefix(strings.Trim(inside, space+`"'`), "#")
	return id, strings.Trim(rest, space), ok && hash
}
