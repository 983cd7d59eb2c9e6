package picture

import "slices"

// clipped has the state show only what a node's clipping path and mask leave open.
func (a *artist) clipped(n *node, s *state) error {
	cut := func(property, element string, by func(c, n *node, s *state) error, bad error) error {
		value := n.get(property)
		if value == "" || value == "none" {
			return nil
		}
		id, rest, ok := cutURL(value)
		if c := a.ids[id]; ok && rest == "" && c != nil && c.name == element {
			return by(c, n, s)
		}
		return bad
	}
	err := cut("clip-path", "clipPath", a.clipPath,
		n.fail("svg-clip-path", asPNG, "has a clip-path that cannot be used"))
	if err != nil {
		return err
	}
	return cut("mask", "mask", a.mask, n.fail("svg-mask", asPNG, "has a mask that cannot be used"))
}

// open has the state show only what lies in an area.
func (a *artist) open(s *state, area Path) {
	contours := area.contours(a.tolerance)
	if len(contours) == 1 && len(contours[0]) <= maxSides {
		if w, ok := newWindow(contours[0]); ok {
			s.windows = append(slices.Clip(s.windows), w)
			return
		}
	}
	s.within = append(slices.Clip(s.within), area)
}

// clipPath opens what the clipping path c of n does: SVG 1.1, 14.3.
func (a *artist) clipPath(c, n *node, s *state) error {
	refused := c.fail("svg-clip-shape", asPNG, "has a clipping path that cannot be used (%q)", short(c.attr["id"]))
	for _, k := range c.kids {
		switch k.name {
		case "g", "svg", "switch", "a", "image", "foreignObject":
			return refused
		}
	}
	inner, ok, err := a.inside(c, n, s, "clipPathUnits")
	if err != nil {
		return err
	}
	if !ok {
		return refused
	}
	paths, err := a.collect(c, inner, true)
	if err != nil {
		return err
	}
	if len(paths) == 1 {
		for _, area := range paths[0].Within {
			a.open(s, area)
		}
		paths[0].Within = nil
	}
	area, ok := a.united(paths)
	if !ok {
		return refused
	}
	a.open(s, area)
	return nil
}

// mask opens what the mask c of n does, if that is opaque areas: SVG 1.1, 14.4. White ones
// (or, of a mask by alpha, any) are open; a black one after them is not.
func (a *artist) mask(c, n *node, s *state) error {
	refused := c.fail("svg-mask-shape", asPNG, "has a mask that is not opaque shapes (%q)", short(c.attr["id"]))
	inner, ok, err := a.inside(c, n, s, "maskContentUnits")
	if err != nil {
		return err
	}
	if ok {
		ok, err = a.maskBox(c, n, s)
	}
	if err != nil {
		return err
	}
	if !ok {
		return refused
	}
	paths, err := a.collect(c, inner, false)
	if err != nil {
		return err
	}
	first := paths
	for i, p := range paths {
		black := c.get("mask-type") != "alpha" && p.Fill == Black
		if p.Gradient != nil || p.Opacity < 1 || !black && p.Fill != White && c.get("mask-type") != "alpha" ||
			black && i < len(paths)-1 {
			return refused
		}
		if black {
			first = paths[:i]
			hole, ok := a.around(p)
			if !ok {
				return refused
			}
			defer func() { s.within = append(slices.Clip(s.within), hole) }()
		}
	}
	area, ok := a.united(first)
	if !ok {
		return refused
	}
	a.open(s, area)
	return nil
}

// maskBox opens a mask's own box; false means it has one of a kind that cannot be used. That of
// a group has to have all that is filled inside: strayed looks at the rest.
func (a *artist) maskBox(c, n *node, s *state) (bool, error) {
	box, own, err := maskShares(c, s)
	if err != nil {
		return false, err
	}
	m := s.matrix
	switch {
	case own && n.basic():
		p, err := n.shape(*s)
		if err != nil {
			return false, err
		}
		m = m.times(p.ownBox())
	case own:
		return box[0] <= 0 && box[1] <= 0 && box[0]+box[2] >= 1 && box[1]+box[3] >= 1, nil
	}
	s.windows = append(slices.Clip(s.windows), rectWindow(m, box[0], box[1], box[2], box[3]))
	return true, nil
}

// maskShares are a mask's left, top, width and height; own if they are shares of the box of
// what is masked.
func maskShares(c *node, s *state) (box [4]float64, own bool, err error) {
	whole := []float64{s.view.X, s.view.Y, s.view.X, s.view.Y}
	own = c.get("maskUnits") != "userSpaceOnUse"
	for i, name := range []string{"x", "y", "width", "height"} {
		if own {
			whole[i] = 1
		}
		box[i] = []float64{-.1, -.1, 1.2, 1.2}[i] * whole[i]
		if c.get(name) == "" {
			continue
		}
		if box[i], err = s.length(c, name, whole[i]); err != nil {
			return box, own, err
		}
	}
	return box, own, nil
}

// strayed refuses a group of which a mask's own box cuts something off: what is drawn from the
// path first on. The box is a share of what is filled, and a stroke may lie beyond it.
func (a *artist) strayed(n *node, s state, first int) error {
	id, _, ok := cutURL(n.get("mask"))
	if !ok || n.basic() {
		return nil
	}
	shares, own, err := maskShares(a.ids[id], &s)
	if !own || err != nil {
		return err
	}
	from, to := a.extent.corners()
	size := to.minus(from)
	least := from.plus(Point{size.X*shares[0] - a.tolerance, size.Y*shares[1] - a.tolerance})
	most := least.plus(Point{size.X*shares[2] + 2*a.tolerance, size.Y*shares[3] + 2*a.tolerance})
	drawn := newBox()
	for i := range a.Paths[first:] {
		drawn.path(&a.Paths[first+i])
	}
	turned := s.matrix.b != 0 || s.matrix.c != 0 // then its box is not upright either
	if len(a.Paths) > first && (turned && a.lines > 0 || drawn.min.X < least.X || drawn.min.Y < least.Y ||
		drawn.max.X > most.X || drawn.max.Y > most.Y) {
		return a.ids[id].fail("svg-mask-box", asPNG, "has a mask whose own box cuts a stroke (%q)", short(id))
	}
	return nil
}

// inside is the state in which a clipping path or mask c of n is drawn; false means its units
// cannot be used.
func (a *artist) inside(c, n *node, s *state, units string) (state, bool, error) {
	inner := plain()
	inner.matrix, inner.view, inner.depth = s.matrix, s.view, s.depth
	inner.em, inner.rem = s.em, s.rem
	inner.windows = []window{rectWindow(identity, 0, 0, a.W, a.H)}
	if c.get(units) == "objectBoundingBox" {
		if !n.basic() {
			return inner, false, nil
		}
		p, err := n.shape(*s)
		if err != nil {
			return inner, false, err
		}
		inner.matrix = inner.matrix.times(p.ownBox())
		inner.view = Point{1, 1}
	}
	return inner, true, nil
}

// collect gives what is drawn of a clipping path or mask.
func (a *artist) collect(c *node, s state, cutting bool) ([]Path, error) {
	paths, was := a.Paths, a.cutting
	a.Paths, a.cutting = nil, cutting
	defer func() { a.Paths, a.cutting = paths, was }()
	err := a.entered(c, s, func(s state) error { return a.children(c, s) })
	return a.Paths, err
}

// united is the area that any of the paths covers; false means it cannot be told.
func (a *artist) united(paths []Path) (Path, bool) {
	if len(paths) == 1 && paths[0].Within == nil {
		return paths[0], true
	}
	var all Path
	boxes := newBox()
	apart, odd := true, false
	for _, p := range paths {
		if p.Within != nil {
			return all, false
		}
		b := newBox()
		b.path(&p)
		apart = apart && !b.meets(boxes)
		boxes = boxes.with(b)
		odd = odd || p.EvenOdd
	}
	for _, p := range paths {
		low, high := a.turns(&p)
		switch {
		case high-low <= 1 && high <= 1: // the same by either rule
		case odd && !(p.EvenOdd && apart), low < 0 && high > 0 && !apart:
			return all, false
		}
		if low < 0 && high <= 0 {
			p = p.reversed()
		}
		all.Ops, all.Pts = append(all.Ops, p.Ops...), append(all.Pts, p.Pts...)
	}
	all.Opacity, all.EvenOdd = 1, odd && apart
	return all, true
}

// around is all the page but an area.
func (a *artist) around(p Path) (Path, bool) {
	low, high := a.turns(&p)
	if p.Within != nil || !p.EvenOdd && high-low > 1 {
		return p, false
	}
	var page pen
	page.rect(Point{}, Point{a.W, a.H}, Point{})
	p.Ops, p.Pts = append(page.Ops, p.Ops...), append(page.Pts, p.Pts...)
	p.EvenOdd = true
	return p, true
}

// turns are the fewest and the most times that the path goes round a place that it encloses.
func (a *artist) turns(p *Path) (low, high int) {
	const lines = 200
	if a.work += lines * p.lines(a.tolerance); a.work > maxWork {
		return -2, 2 // not to be told
	}
	contours, from, to := p.contours(a.tolerance), Point{}, Point{}
	from, to = p.Bounds()
	for i := range lines {
		turns := 0
		for _, c := range crossings(contours, from.Y+(to.Y-from.Y)*(float64(i)+.5)/lines) {
			turns += c.down
			low, high = min(low, turns), max(high, turns)
		}
	}
	return low, high
}

// reversed is the path drawn the other way round, as polygons keep it.
func (p Path) reversed() Path {
	out := p
	out.Ops, out.Pts = nil, nil
	var contour []step
	end := func() {
		if len(contour) == 0 {
			return
		}
		last := contour[len(contour)-1]
		out.MoveTo(last.pts[len(last.pts)-1])
		for _, s := range slices.Backward(contour) {
			switch s.op {
			case Line, Close:
				out.LineTo(s.from)
			case Cubic:
				out.CubicTo(s.pts[1], s.pts[0], s.from)
			}
		}
		out.Close()
		contour = nil
	}
	for s := range p.steps {
		if s.op == Move {
			end()
			continue
		}
		contour = append(contour, s)
	}
	end()
	return out
}
