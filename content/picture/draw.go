package picture

import (
	"bytes"
	"math"
	"slices"
	"strconv"
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

// absolute is a length that needs nothing to be a part of.
func absolute(text string) (float64, bool) {
	if strings.HasSuffix(text, "%") {
		return 0, false
	}
	page := plain()
	return page.read(text, 0)
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

// read is a length as readLength has it, or in rem.
func (s *state) read(text string, whole float64) (float64, bool) {
	if before, ok := strings.CutSuffix(strings.ToLower(text), "rem"); ok {
		return readLength(before+"em", whole, s.rem)
	}
	return readLength(text, whole, s.em)
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
