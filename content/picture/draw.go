package picture

import (
	"bytes"
	"math"
	"slices"
	"strings"
)

// artist draws a document's nodes as filled paths.
type artist struct {
	*document
	Drawing
	notes     []string
	drawn     int
	read      int // bytes of attributes
	segments  int
	work      int     // see maxWork
	cutting   bool    // what is drawn is a clipping path: areas alone count
	extent    box     // round the shapes of the node that is drawn, without their strokes
	lines     int     // strokes of it
	tolerance float64 // how far a flattened curve may be off, in the drawing
	grain     float64 // coordinates are rounded to 1/grain
}

// get is a property's value: what style says, or else the attribute.
func (n *node) get(property string) string {
	if v, ok := n.css[property]; ok {
		return v
	}
	return n.attr[property]
}

// draw makes the picture. Its size is width and height where both are told in
// units, else that of the viewBox.
func (doc *document) draw() (*Picture, error) {
	root := doc.root
	a := &artist{document: doc}
	view, err := root.viewBox()
	if err != nil {
		return nil, err
	}
	width, okW := absolute(root.get("width"))
	height, okH := absolute(root.get("height"))
	switch {
	case okW && okH:
	case view == nil:
		return nil, refuse("svg-without-size", withBox,
			"does not tell its size")
	case okW:
		height = width * view[3] / view[2]
	case okH:
		width = height * view[2] / view[3]
	default:
		width, height = view[2], view[3]
	}
	if !(width > 0 && height > 0 && width <= maxCoordinate && height <= maxCoordinate) {
		return nil, refuse("svg-size-unusable", withBox,
			"has no size that can be used")
	}
	a.W, a.H = width, height
	size := max(width, height)
	a.tolerance = size / 20_000
	a.grain = math.Pow(10, math.Ceil(6-math.Log10(size)))
	s := plain()
	s.sized(root)
	s.rem = s.em
	if err := a.ground(s); err != nil {
		return nil, err
	}
	if err := a.element(root, s); err != nil {
		return nil, err
	}
	if len(a.Paths) == 0 {
		return nil, refuse("svg-shows-nothing", "export it again, or export the picture as PNG", "shows nothing")
	}
	if doc.animated {
		a.note(stands)
	}
	return &Picture{Drawing: &a.Drawing, Notes: a.notes}, nil
}

// ground paints what the root has behind it.
func (a *artist) ground(s state) error {
	for _, property := range []string{"background-color", "background"} {
		value := a.root.css[property]
		if value == "" || value == "none" {
			continue
		}
		c, alpha, ok := ParseColor(value)
		if !ok {
			return a.root.fail("svg-colour", asHex,
				"has a colour that cannot be used (%q)", short(value))
		}
		p := pen{}
		p.rect(Point{}, Point{a.W, a.H}, Point{})
		p.Fill, p.Opacity = c, alpha
		return a.add(a.root, s, p.Path)
	}
	return nil
}

func (a *artist) note(text string) {
	if !slices.Contains(a.notes, text) {
		a.notes = append(a.notes, text)
	}
}

// element draws a node and what is in it.
func (a *artist) element(n *node, s state) error {
	switch n.name {
	case "defs", "symbol", "style", "clipPath", "mask", "filter", "marker", "pattern",
		"linearGradient", "radialGradient":
		return nil // drawn, if at all, where they are referred to
	}
	if strings.EqualFold(n.get("display"), "none") || !n.asked() {
		return nil
	}
	return a.entered(n, s, func(s state) error { return a.content(n, s) })
}

// asked tells whether a node is for readers that know no extensions, and English: SVG 1.1, 5.8.
func (n *node) asked() bool {
	_, extended := n.attr["requiredExtensions"]
	languages, ok := n.attr["systemLanguage"]
	return !extended && (!ok || slices.ContainsFunc(strings.Split(languages, ","), func(l string) bool {
		main, _, _ := strings.Cut(strings.Trim(l, space), "-")
		return strings.EqualFold(main, "en")
	}))
}

// entered draws content with what the node itself says about how.
func (a *artist) entered(n *node, s state, content func(state) error) error {
	if a.drawn++; a.drawn > maxElements {
		return refuse("svg-draws-too-many", "simplify it, or export the picture as PNG",
			"draws more than %d elements", maxElements)
	}
	if n.inside {
		return n.fail("svg-uses-itself", asPNG, "has an element that uses itself")
	}
	if s.depth++; s.depth > 4*maxDepth {
		return n.fail("svg-uses-too-deep", asPNG, "has elements that use each other more than %d deep", 4*maxDepth)
	}
	if err := a.charge(n); err != nil {
		return err
	}
	n.inside = true
	defer func() { n.inside = false }()
	if err := n.unsupported(); err != nil {
		return err
	}
	if err := s.apply(n); err != nil {
		return err
	}
	if n.name == "use" { // its place moves what it is cut by too: SVG 1.1, 5.6
		if err := s.placed(n); err != nil {
			return err
		}
	}
	if err := a.clipped(n, &s); err != nil {
		return err
	}
	opacity := 1.0
	if value := n.get("opacity"); value != "" && !a.cutting {
		var ok bool
		if opacity, ok = fraction(value); !ok {
			return n.fail("svg-opacity", plainSVG, "has an opacity that is not a number")
		}
	}
	first, outer, lines := len(a.Paths), a.extent, a.lines
	a.extent, a.lines = newBox(), 0
	if err := content(s); err != nil {
		return err
	}
	if err := a.strayed(n, s, first); err != nil {
		return err
	}
	a.extent = a.extent.with(outer)
	a.lines += lines
	return a.fade(n, first, opacity)
}

// charge counts what there is to read of a node, which use may draw many times.
func (a *artist) charge(n *node) error {
	for _, v := range n.attr {
		a.read += len(v)
	}
	for _, v := range n.css {
		a.read += len(v)
	}
	if a.read > maxRead {
		return a.tooMuch()
	}
	return nil
}

// unsupported refuses what filled paths cannot show.
func (n *node) unsupported() error {
	for _, p := range []struct{ property, none, what string }{
		{"filter", "none", "a filter effect"},
		{"marker", "none", "markers"},
		{"marker-start", "none", "markers"},
		{"marker-mid", "none", "markers"},
		{"marker-end", "none", "markers"},
		{"mix-blend-mode", "normal", "blended colours"},
		{"transform-origin", "0 0", "a transform-origin"},
	} {
		if v := n.get(p.property); v != "" && v != p.none && v != "inherit" {
			return n.fail("svg-effect", asPNG, "has %s", p.what)
		}
	}
	for _, property := range []string{"translate", "rotate", "scale"} {
		if v := n.css[property]; v != "" && v != "none" {
			return n.fail("svg-transform", plainSVG, "has a transform that cannot be used")
		}
	}
	return nil
}

// fade makes the paths from first on transparent together. That equals making
// each so only where they do not overlap.
func (a *artist) fade(n *node, first int, opacity float64) error {
	group := a.Paths[first:]
	switch {
	case opacity == 1:
		return nil
	case opacity == 0:
		a.Paths = a.Paths[:first]
		return nil
	case len(group) > 1 && a.overlap(group):
		return n.fail("svg-transparent-together", "make the parts opaque, or merge them into one path; or "+asPNG,
			"has parts that overlap and are transparent together")
	}
	for i := range group {
		group[i].Opacity *= opacity
	}
	return nil
}

// maxFaded is how many paths one opacity may be on: each is held against each.
const maxFaded = 1000

func (a *artist) overlap(paths []Path) bool {
	if len(paths) > maxFaded {
		return true
	}
	boxes := make([]box, len(paths))
	for i := range paths {
		boxes[i] = newBox()
		boxes[i].path(&paths[i])
	}
	for i := range paths {
		for j := range i {
			if boxes[i].meets(boxes[j]) && a.share(&paths[i], &paths[j], boxes[i].and(boxes[j])) {
				return true
			}
		}
	}
	return false
}

// share tells whether two paths paint the same place, by lines drawn across
// the box that both reach into. Touching is not sharing; a place too small for
// any of the lines to meet is not seen either.
func (a *artist) share(p, q *Path, both box) bool {
	const lines = 200
	if a.work += lines * (p.lines(a.tolerance) + q.lines(a.tolerance)); a.work > maxWork {
		return true
	}
	ps, qs := p.contours(a.tolerance), q.contours(a.tolerance)
	least := 10 * a.tolerance // wider than what rounding lets edges overlap by
	for i := range lines {
		y := both.min.Y + (both.max.Y-both.min.Y)*(float64(i)+0.5)/lines
		for _, u := range spans(ps, p.EvenOdd, y) {
			for _, v := range spans(qs, q.EvenOdd, y) {
				if min(u[1], v[1])-max(u[0], v[0]) > least {
					return true
				}
			}
		}
	}
	return false
}

// content draws what a node is.
func (a *artist) content(n *node, s state) error {
	if n.basic() {
		p, err := n.shape(s)
		if err != nil {
			return err
		}
		return a.paint(n, s, p)
	}
	switch n.name {
	case "g", "a":
		return a.children(n, s)
	case "svg":
		return a.svg(n, s, n)
	case "switch":
		for _, k := range n.kids {
			if k.asked() {
				return a.element(k, s)
			}
		}
		return nil
	case "use":
		return a.use(n, s)
	case "text":
		if !n.says() {
			return nil
		}
		return n.fail("svg-text", "convert the text to outlines (paths), or "+asPNG, "has text")
	case "image":
		return n.fail("svg-bitmap", itself, "has a bitmap inside")
	case "foreignObject":
		return n.fail("svg-foreign", plainSVG, "has foreign content (foreignObject)")
	}
	return n.fail("svg-unknown-element", plainSVG, "has an element that cannot be used (%q)", short(n.name))
}

// says tells whether there is text in a node or its children.
func (n *node) says() bool {
	return len(bytes.Trim(n.text, space)) > 0 || slices.ContainsFunc(n.kids, (*node).says)
}

func (a *artist) children(n *node, s state) error {
	for _, k := range n.kids {
		if err := a.element(k, s); err != nil {
			return err
		}
	}
	return nil
}

// use draws another element in this one's place: SVG 1.1, 5.6.
func (a *artist) use(n *node, s state) error {
	id, _ := strings.CutPrefix(n.attr["href"], "#")
	target := a.ids[id]
	if target == nil {
		return n.fail("svg-uses-missing", plainSVG, "uses an element that it does not have")
	}
	if target.name != "symbol" && target.name != "svg" {
		return a.element(target, s)
	}
	if target.name == "svg" && strings.EqualFold(target.get("display"), "none") {
		return nil // a symbol that is used is shown: SVG 2, 5.5
	}
	for _, name := range []string{"x", "y", "width", "height"} {
		own := target.name == "symbol" && target.get(name) != "" && target.get(name) != "auto"
		if said := n.get(name); own && (len(name) == 1 || said == "" || said == "auto") {
			return target.fail("svg-symbol-size", plainSVG, "has a symbol with a place or size of its own (%s)", name)
		}
	}
	return a.entered(target, s, func(s state) error { return a.svg(target, s, n) })
}

// svg draws an svg element or a symbol, which have a viewport: SVG 1.1, 7.9.
// Its size is told by the element itself, or by the use that shows it.
func (a *artist) svg(n *node, s state, by *node) error {
	size := Point{a.W, a.H}
	if n != a.root {
		var place [4]float64
		for i, name := range []string{"x", "y", "width", "height"} {
			from := n
			if i >= 2 && by.get(name) != "" && by.get(name) != "auto" {
				from = by
			}
			ref := s.view.X
			if i%2 == 1 {
				ref = s.view.Y
			}
			place[i] = ref
			if v := from.get(name); v != "" && v != "auto" || i < 2 {
				var err error
				if place[i], err = s.length(from, name, ref); err != nil {
					return err
				}
			}
		}
		s.matrix = s.matrix.times(matrix{1, 0, 0, 1, place[0], place[1]})
		size = Point{place[2], place[3]}
	}
	if !(size.X > 0 && size.Y > 0) {
		return nil
	}
	if v := n.get("overflow"); n == a.root || v != "visible" && v != "auto" {
		s.windows = append(slices.Clip(s.windows), rectWindow(s.matrix, 0, 0, size.X, size.Y))
	}
	s.view = size
	view, err := n.viewBox()
	if err != nil {
		return err
	}
	if view != nil {
		m, ok := fitView(view, size, n.attr["preserveAspectRatio"])
		if !ok {
			return n.fail("svg-aspect-ratio", plainSVG, "has a preserveAspectRatio that cannot be used")
		}
		s.matrix = s.matrix.times(m)
		s.view = Point{view[2], view[3]}
	}
	return a.children(n, s)
}
