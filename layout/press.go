package layout

import (
	"slices"

	"handout/content/picture"
)

// press prints boxes onto a page. It is told places as if every page read from
// left to right; on one that reads from right to left it mirrors them, so that
// no box needs to know. A setter has one, for the room its lists take.
type press struct {
	page  *Page
	strip Length // kept clear at the start edge for punched holes, beyond the margin
	tags  []Tag
	art   []Item    // decoration, printed first
	body  []Item    // content, in reading order
	cast  []Glyphs  // runs made ahead, as many as are used
	forms []Shape   // and shapes
	steps []Segment // and the steps of their paths
	part  Part      // what is being printed
	most  bodies    // how large bodies are drawn
}

// bodies is how large the bodies of a page are drawn at most, in millimetres for 10 cm: whole
// people, heads with shoulders, hands. 0 is as large as there is room.
type bodies [3]float64

// begin takes a page to print on.
func (p *press) begin(page *Page, strip Length) {
	*p = press{page: page, strip: strip, tags: append(p.tags[:0], Tag{Role: Document, Parent: -1}),
		art: p.art[:0], body: p.body[:0], forms: p.forms, steps: p.steps}
}

// finish hands out the page and keeps nothing of it.
func (p *press) finish() *Page {
	page := p.page
	page.Tags, page.Items = slices.Clone(p.tags), slices.Concat(p.art, p.body)
	clear(p.tags)
	clear(p.art)
	clear(p.body)
	p.page, p.cast = nil, nil
	return page
}

// tag opens a tag like another below parent and returns its index.
func (p *press) tag(as Tag, parent int) int {
	as.Parent, as.Part = parent, p.part
	if parent > 0 && p.tags[parent].Part != (Part{}) {
		as.Part = p.tags[parent].Part
	}
	p.tags = append(p.tags, as)
	return len(p.tags) - 1
}

// open opens the tag of a box, if it has one, and says which part of the page is printed
// from here on, if it is one; it returns what was.
func (p *press) open(as *Tag, parent int) (tag int, was Part) {
	was = p.part
	if as == nil {
		return parent, was
	}
	if as.Part.Kind != NoPart {
		p.part = as.Part
	}
	if as.Role == noRole {
		return parent, was
	}
	return p.tag(*as, parent), was
}

// flip is the left edge on the sheet of something w wide that stands x from the
// start: past the strip for holes, and mirrored on pages that read from right to left.
func (p *press) flip(x, w Length) Length {
	if p.page.RTL {
		return p.page.Size.W - p.strip - x - w
	}
	return p.strip + x
}

func (p *press) add(tag int, it Item) {
	if tag == Artifact {
		p.art = append(p.art, it)
	} else {
		p.body = append(p.body, it)
	}
}

// rect fills a box, with corners of the given radius.
func (p *press) rect(r Rect, radius Length, fill picture.Color) {
	r.X = p.flip(r.X, r.W)
	p.fill(r, radius, fill)
}

// fill fills a box that is told where it is on the sheet.
func (p *press) fill(r Rect, radius Length, fill picture.Color) {
	p.shape(Shape{Tag: Artifact, Path: p.outline(r, radius), Fill: &fill})
}

// frame strokes the edge of a box; the stroke lies inside it.
func (p *press) frame(tag int, r Rect, radius, width Length, color picture.Color) {
	r = Rect{p.flip(r.X, r.W) + width/2, r.Y + width/2, r.W - width, r.H - width}
	p.shape(Shape{Tag: tag, Path: p.outline(r, radius), Stroke: &color, Width: width})
}

// image places a picture in a box.
func (p *press) image(tag int, box Rect, pic *picture.Picture) {
	box.X = p.flip(box.X, box.W)
	p.add(tag, &Image{Tag: tag, Box: box, Picture: pic})
}

// cast is one more of what a page has many of: they are cast in batches.
func cast[T any](batch *[]T, it T) *T {
	if len(*batch) == cap(*batch) {
		*batch = make([]T, 0, 32)
	}
	*batch = append(*batch, it)
	return &(*batch)[len(*batch)-1]
}

func (p *press) shape(s Shape)   { p.add(s.Tag, cast(&p.forms, s)) }
func (p *press) glyphs(g Glyphs) { p.add(g.Tag, cast(&p.cast, g)) }

// outline is the outline of a box. Its steps are cast in batches too.
func (p *press) outline(r Rect, radius Length) []Segment {
	if cap(p.steps)-len(p.steps) < mostSteps {
		p.steps = make([]Segment, 0, 16*mostSteps)
	}
	n := len(p.steps)
	p.steps = roundRect(p.steps, r, radius)
	return slices.Clip(p.steps[n:])
}

// mostSteps is how many the outline of a box has at most.
const mostSteps = 10

// roundRect is a path and the outline of a box, each of its lines some way long. A quarter circle is
// a cubic with its control points 0.5523 of the radius out.
func roundRect(path []Segment, r Rect, radius Length) []Segment {
	x0, y0, x1, y1 := r.X, r.Y, r.Right(), r.Bottom()
	if radius <= 0 {
		line := func(x, y Length) Segment { return Segment{Op: picture.Line, To: XY{x, y}} }
		return append(path, Segment{Op: picture.Move, To: XY{x0, y0}}, line(x1, y0), line(x1, y1),
			line(x0, y1), Segment{Op: picture.Close})
	}
	radius = min(radius, r.W/2, r.H/2)
	k := radius - radius*5523/10000
	path = append(path, Segment{Op: picture.Move, To: XY{x0 + radius, y0}})
	// side is a line, and the curve round the corner after it.
	side := func(to, a, b, c XY) {
		if to != path[len(path)-1].To {
			path = append(path, Segment{Op: picture.Line, To: to})
		}
		path = append(path, Segment{Op: picture.Cubic, C1: a, C2: b, To: c})
	}
	side(XY{x1 - radius, y0}, XY{x1 - k, y0}, XY{x1, y0 + k}, XY{x1, y0 + radius})
	side(XY{x1, y1 - radius}, XY{x1, y1 - k}, XY{x1 - k, y1}, XY{x1 - radius, y1})
	side(XY{x0 + radius, y1}, XY{x0 + k, y1}, XY{x0, y1 - k}, XY{x0, y1 - radius})
	side(XY{x0, y0 + radius}, XY{x0, y0 + k}, XY{x0 + k, y0}, XY{x0 + radius, y0})
	return append(path, Segment{Op: picture.Close})
}

// ink is how a piece of text is printed.
type ink struct {
	size   Length
	color  picture.Color
	strong picture.Color // of bold words; the same as color mostly
	bare   bool          // links are not underlined
}

// solid is ink of one colour.
func solid(size Length, color picture.Color) ink { return ink{size: size, color: color, strong: color} }

// line prints line n of a broken text with its start edge at x and its baseline at
// y. Words that link get a Link tag below the text's own.
func (p *press) line(tag int, t *text, b *broken, n int, at lineBox) {
	l := b.line(n, t.rtl)
	w := scale(l.width, at.ink.size)
	x := at.x
	switch at.align {
	case alignEnd:
		x += at.measure - w
	case alignMiddle:
		x += (at.measure - w) / 2
	}
	x = p.flip(x, w)
	start, end := x, x+w // of what is seen
	if t.rtl {
		// The white space that hangs over the end is at the left there.
		x -= scale(l.over, at.ink.size)
	}
	var link []Rect // of the link being printed, on this line
	var linked int  // its tag
	runs := l.reading(t)
	for i, r := range runs {
		span := &t.spans[r.span]
		own, color := tag, at.ink.color
		if span.Bold {
			color = at.ink.strong
		}
		links := span.Link != "" && tag != Artifact
		switch {
		case tag == Artifact:
		case len(link) > 0:
			own = linked
		case links:
			linked = p.link(tag, span.Link)
			own = linked
		case span.Note > 0:
			own = p.tag(Tag{Role: Reference}, tag)
		}
		left := x + scale(r.left, at.ink.size)
		p.glyphs(Glyphs{Tag: own, At: XY{left, at.y}, Face: r.face, Size: at.ink.size, Color: color,
			Glyphs: r.glyphs, Once: t.once})
		if !links {
			continue
		}
		box := Rect{left, at.y - at.ink.size*9/10, scale(r.width, at.ink.size), at.ink.size * 12 / 10}
		if from, to := max(left, start), min(box.Right(), end); from < to { // without white space that hangs over
			box.X, box.W = from, to-from
			if !at.ink.bare {
				p.fill(Rect{from, at.y + at.ink.size/9, box.W, at.ink.size / 18}, 0, color)
			}
		}
		if n := len(link) - 1; n >= 0 && box.X-link[n].Right() <= 1 { // rounded
			link[n].W = box.Right() - link[n].X
		} else {
			link = append(link, box)
		}
		if i == len(runs)-1 || t.spans[runs[i+1].span].Link != span.Link {
			for _, box := range link {
				p.add(own, &Anchor{Tag: own, Box: box, URL: span.Link})
			}
			link = nil
		}
	}
}

// reading is the runs of a line as they are read. Readers take what one tag holds from
// left to right as seen, and put it in order by its letters; but what is tagged apart,
// links and the marks of footnotes, they read in the order of the tags, which is that of
// the text whichever way it runs.
func (l *setLine) reading(t *text) []setRun {
	apart := func(i, k int) bool { a, b := &t.spans[i], &t.spans[k]; return a.Link != b.Link || a.Note != b.Note }
	if !slices.ContainsFunc(l.runs, func(r setRun) bool { return apart(r.span, l.runs[0].span) }) {
		return l.runs
	}
	part := make([]int, len(t.spans)) // by span: neighbours on the line that are tagged alike are one part
	for i := range l.runs {
		part[l.runs[i].span] = 1
	}
	last := -1
	for i, printed := range part {
		if printed == 0 {
			continue
		}
		if last >= 0 {
			if part[i] = part[last]; apart(i, last) {
				part[i]++
			}
		}
		last = i
	}
	runs := slices.Clone(l.runs)
	slices.SortStableFunc(runs, func(a, b setRun) int { return part[a.span] - part[b.span] })
	return runs
}

// link returns a Link tag: that of the line above, if nothing was printed since.
func (p *press) link(parent int, url string) int {
	if len(p.body) > 0 {
		if a, ok := p.body[len(p.body)-1].(*Anchor); ok && p.tags[a.Tag].Parent == parent && a.URL == url {
			return a.Tag
		}
	}
	return p.tag(Tag{Role: Link, Alt: url}, parent)
}

// lineBox says where a line of text goes.
type lineBox struct {
	x, y, measure Length // y is the baseline
	align         align
	ink           ink
}

type align uint8

const (
	alignStart align = iota
	alignMiddle
	alignEnd
)

// alarm draws a warning triangle with its exclamation mark in a square box.
func (p *press) alarm(at XY, size Length, color picture.Color) {
	at.X = p.flip(at.X, size)
	pt := func(x, y Length) XY { return XY{at.X + size*x/24, at.Y + size*y/24} }
	path := append(through(pt(12, 2), pt(23, 21), pt(1, 21)), Segment{Op: picture.Close})
	p.shape(Shape{Tag: Artifact, Path: path, Fill: &color, Stroke: &color, Width: size / 16})
	bar := func(y0, y1 Length) {
		a, b := pt(11, y0), pt(13, y1)
		p.fill(Rect{a.X, a.Y, b.X - a.X, b.Y - a.Y}, size/24, picture.White)
	}
	bar(8, 15)
	bar(17, 19)
}

// through is a path from point to point.
func through(pts ...XY) []Segment {
	out := append(make([]Segment, 0, len(pts)+1), Segment{Op: picture.Move, To: pts[0]})
	for _, to := range pts[1:] {
		out = append(out, Segment{Op: picture.Line, To: to})
	}
	return out
}

// noRole is the role of a box that is printed into the tag round it, for no box is the
// Document. It may be a part of the page all the same.
const noRole = Document
