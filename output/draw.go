package output

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/go-pdf/fpdf"

	"handout/content/picture"
	"handout/layout"
)

// fpdf draws whatever is seen but letters: paths, colours, pictures and links come out of
// its calls, all of them in this file. What it cannot do is done to what it wrote: shaped
// text, tags, metadata, encryption.
//
// To draw costs more than to look up what was drawn, and a rule, a band or a figure is the
// same on thousands of pages. So what it drew is kept by what it was told.

// pen draws. Lengths are in points or in steps of a grid, y runs downwards.
type pen = fpdf.Fpdf

// begin comes before the operators that were asked for; those of a page's beginning go.
const begin = "%"

// strokes are the operators of each of what is drawn on a page of some height.
func strokes(height float64, draws ...func(*pen)) (ops [][]byte, err error) {
	defer recovered(&err)
	sheet := fpdf.SizeType{Wd: 1, Ht: height}
	drawn := fpdf.CreateTpl(fpdf.PointType{}, sheet, "P", "pt", "", func(t *fpdf.Tpl) {
		for _, draw := range draws {
			t.RawWriteStr(begin)
			draw(&t.Fpdf)
		}
		err = t.Error()
	})
	if err != nil {
		return nil, fmt.Errorf("page: fpdf failed: %w", err)
	}
	for _, own := range bytes.Split(drawn.Bytes(), []byte(begin+"\n"))[1:] {
		ops = append(ops, briefly(own))
	}
	return ops, nil
}

// document is a file of one page of a size, with what draw draws on it.
func document(width, height float64, draw func(*pen)) (s *leaf, err error) {
	defer recovered(&err)
	p := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: width, Ht: height}})
	p.SetCompression(false)
	p.SetAutoPageBreak(false, 0)
	p.SetCreationDate(time.Unix(0, 0)) // else fpdf asks the clock
	p.SetModificationDate(time.Unix(0, 0))
	p.AddPage()
	p.RawWriteStr(begin)
	draw(p)
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		return nil, fmt.Errorf("page: fpdf failed: %w", err)
	}
	f, err := parse(out.Bytes())
	if err != nil {
		return nil, err
	}
	page, err := f.onlyPage()
	return &leaf{f, page}, err
}

// leaf is what fpdf made: a file of one page.
type leaf struct {
	*file
	page ref
}

// resource is what the page calls by names of a kind (7.8.3).
func (s *leaf) resource(kind name) []entry {
	return s.dict(s.dict(s.dict(s.page).get("Resources")).get(kind)).entries
}

// recovered makes an error of a panic of fpdf's.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("page: fpdf failed: %v", r)
	}
}

// afterBegin are the operators that were asked for.
func afterBegin(ops []byte) []byte {
	_, ops, _ = bytes.Cut(ops, []byte(begin+"\n"))
	return briefly(ops)
}

// briefly is operators with numbers as short as they go: fpdf writes two or five decimals, be they
// zeros or not.
func briefly(ops []byte) []byte {
	brief, from := make([]byte, 0, len(ops)), 0
	for i, c := range ops {
		if c == ' ' || c == '\n' {
			brief = append(appendBrief(brief, ops[from:i]), c)
			from = i + 1
		}
	}
	return appendBrief(brief, ops[from:])
}

// appendBrief writes a word, and if it is a number with decimals, without the zeros that say
// nothing.
func appendBrief(b, word []byte) []byte {
	digits, minus := bytes.CutPrefix(word, []byte("-"))
	whole, part, found := bytes.Cut(digits, []byte("."))
	if !found || len(whole) == 0 || whole[0] < '0' || whole[0] > '9' {
		return append(b, word...)
	}
	part = bytes.TrimRight(part, "0")
	if whole = bytes.TrimLeft(whole, "0"); len(whole)+len(part) == 0 {
		return append(b, '0')
	}
	if minus {
		b = append(b, '-')
	}
	if b = append(b, whole...); len(part) > 0 {
		b = append(append(b, '.'), part...)
	}
	return b
}

// areaColor sets the colour of areas and text, lineColor that of lines, lineWidth their
// width.
func areaColor(c picture.Color) func(*pen) {
	return func(p *pen) { p.SetFillColor(int(c.R), int(c.G), int(c.B)) }
}

func lineColor(c picture.Color) func(*pen) {
	return func(p *pen) { p.SetDrawColor(int(c.R), int(c.G), int(c.B)) }
}

func lineWidth(hundredths int) func(*pen) {
	return func(p *pen) { p.SetLineWidth(inPoints(hundredths)) }
}

// path draws a path as fpdf calls it: D its line, F its area, DF both.
func path(steps []layout.Segment, how string) func(*pen) {
	return func(p *pen) {
		at := func(at layout.XY) (x, y float64) { return inPoints(hundredths(at.X)), inPoints(hundredths(at.Y)) }
		if a, b, ok := rectangle(steps); ok {
			x, y := at(a)
			right, bottom := at(b)
			p.Rect(x, y, right-x, bottom-y, how)
			return
		}
		for _, seg := range steps {
			x, y := at(seg.To)
			switch seg.Op {
			case picture.Move:
				p.MoveTo(x, y)
			case picture.Line:
				p.LineTo(x, y)
			case picture.Cubic:
				ax, ay := at(seg.C1)
				bx, by := at(seg.C2)
				p.CurveBezierCubicTo(ax, ay, bx, by, x, y)
			case picture.Close:
				p.ClosePath()
			}
		}
		p.DrawPath(how)
	}
}

// rectangle gives the upper left and lower right corner of a path that is an
// upright rectangle.
func rectangle(path []layout.Segment) (a, b layout.XY, ok bool) {
	if len(path) != 5 || path[0].Op != picture.Move || path[4].Op != picture.Close {
		return a, b, false
	}
	a, b = path[0].To, path[2].To
	for _, seg := range path[1:4] {
		if seg.Op != picture.Line {
			return a, b, false
		}
	}
	one, two := path[1].To, path[3].To
	across := one == layout.XY{X: b.X, Y: a.Y} && two == layout.XY{X: a.X, Y: b.Y}
	down := one == layout.XY{X: a.X, Y: b.Y} && two == layout.XY{X: b.X, Y: a.Y}
	return layout.XY{X: min(a.X, b.X), Y: min(a.Y, b.Y)}, layout.XY{X: max(a.X, b.X), Y: max(a.Y, b.Y)}, across || down
}

// pictureAt shows a picture that is one unit wide and high (ISO 32000-1, 8.9.5, 8.10) at a place,
// in hundredths of a point. It is called by name: it is in a file that fpdf does not know.
func pictureAt(resource name, left, top, width, height int) func(*pen) {
	return func(p *pen) {
		_, page := p.GetPageSize()
		p.TransformBegin()
		p.Transform(fpdf.TransformMatrix{A: inPoints(width), D: inPoints(height), E: inPoints(left),
			F: page - inPoints(top+height)})
		p.RawWriteStr("/" + string(resource) + " Do")
		p.TransformEnd()
	}
}

// grid is how many steps a drawing's longer side has. A figure of 50 mm is then
// exact to 6 micrometres, a seventh of a dot at 600 to the inch, and its
// coordinates are short whole numbers.
const grid = 4096

// errDrawing is a mistake of the program that made the picture.
var errDrawing = errors.New("page: a drawing is damaged")

// plot gives the operators of a drawing so many times as large, and the resources they call by
// name. A form begins with the state of the page that shows it (8.10.1), so that it sets its
// own. No page sets an opacity.
func plot(d *picture.Drawing, scale float64) (ops []byte, resources *dict, err error) {
	faint := slices.ContainsFunc(d.Paths, func(path picture.Path) bool { return percent(path.Opacity) != 100 })
	damaged := false
	s, err := document(scale*d.W, scale*d.H, func(pen *pen) {
		p := plotter{pen: pen, scale: scale, height: scale * d.H}
		var now, outside inForce
		for i := range d.Paths {
			path := &d.Paths[i]
			if damaged = !(path.Opacity > 0 && path.Opacity <= 1); damaged {
				return
			}
			inside := i > 0 && len(path.Within) > 0 && path.Alongside(&d.Paths[i-1])
			if len(path.Within) > 0 && !inside {
				outside = now
				pen.TransformBegin()
				for k := range path.Within {
					if damaged = !p.clip(&path.Within[k]); damaged {
						return
					}
				}
			}
			if a := percent(path.Opacity); faint && a != now.alpha {
				now.alpha = a
				pen.SetAlpha(float64(a)/100, "Normal")
			}
			if path.Gradient != nil {
				damaged = !p.gradient(path)
			} else {
				if now.fill == nil || *now.fill != path.Fill {
					now.fill = &path.Fill
					areaColor(path.Fill)(pen)
				}
				damaged = !p.path(path)
			}
			if damaged {
				return
			}
			if len(path.Within) > 0 && (i == len(d.Paths)-1 || !path.Alongside(&d.Paths[i+1])) {
				pen.TransformEnd()
				now = outside
			}
		}
	})
	if damaged {
		return nil, nil, errDrawing
	}
	if err != nil {
		return nil, nil, err
	}
	drawn, ok := s.resolve(s.dict(s.page).get("Contents")).(*stream)
	if !ok {
		return nil, nil, errSyntax
	}
	resources = newDict(2)
	if list := s.resource("ExtGState"); len(list) > 0 {
		states := newDict(len(list))
		for _, e := range list {
			states.set(e.key, s.dict(e.value))
		}
		resources.set("ExtGState", states)
	}
	if list := s.resource("Shading"); len(list) > 0 {
		resources.set("Shading", s.shadings(list, d))
	}
	return afterBegin(drawn.data), resources, nil
}

// inForce is what was told and still counts.
type inForce struct {
	fill  *picture.Color
	alpha int
}

// shadings are those that fpdf made of a drawing's gradients, in order. Of each it knows the
// first colour and the last: it gets all of them (7.10).
func (s *leaf) shadings(list []entry, d *picture.Drawing) *dict {
	shadings := newDict(len(list))
	decimal := func(v float64) object { return number(strconv.FormatFloat(v, 'f', 5, 64)) }
	level := func(c picture.Color) object {
		return array{decimal(float64(c.R) / 255), decimal(float64(c.G) / 255), decimal(float64(c.B) / 255)}
	}
	domain := array{integer(0), integer(1)}
	for i := range d.Paths {
		g := d.Paths[i].Gradient
		if g == nil || len(list) == 0 {
			continue
		}
		var parts, bounds, encode array
		for k, stop := range g.Stops[1:] {
			if before := g.Stops[k]; stop.At-before.At > 1e-4 {
				if len(parts) > 0 {
					bounds = append(bounds, decimal(before.At))
				}
				parts = append(parts, newDict(5).set("FunctionType", integer(2)).set("Domain", domain).
					set("C0", level(before.Color)).set("C1", level(stop.Color)).set("N", integer(1)))
				encode = append(encode, domain...)
			}
		}
		shading := &dict{slices.Clone(s.dict(list[0].value).entries)}
		shading.set("Function", newDict(5).set("FunctionType", integer(3)).set("Domain", domain).
			set("Functions", parts).set("Bounds", bounds).set("Encode", encode))
		shadings.set(list[0].key, shading)
		list = list[1:]
	}
	return shadings
}

// percent is an opacity in hundredths, of which what can be seen has one.
func percent(opacity float64) int { return max(1, int(math.Round(opacity*100))) }

// plotter draws paths in whole steps of the grid.
type plotter struct {
	*pen
	scale, height float64
	x, y          float64 // where the path is
	bad           bool
}

// path fills one path; false means it is damaged.
func (p *plotter) path(path *picture.Path) bool {
	if path.EvenOdd {
		return p.trace(path, "F*")
	}
	return p.trace(path, "F")
}

// clip leaves only what lies in an area to be drawn on.
func (p *plotter) clip(area *picture.Path) bool {
	if area.EvenOdd {
		return p.trace(area, "W* n")
	}
	return p.trace(area, "W n")
}

// gradient fills one path with its gradient. In the gradient's own plane a square is shaded
// that holds the path.
func (p *plotter) gradient(path *picture.Path) bool {
	g := path.Gradient
	low, high, ok := g.Around(path)
	if !ok || len(g.Stops) < 2 {
		return false
	}
	const edge = .05
	side := max(high.X-low.X, high.Y-low.Y) + 2*edge
	left, bottom := low.X-edge, low.Y-edge
	at := func(x, y float64) (float64, float64) { return (x - left) / side, (y - bottom) / side }
	p.TransformBegin()
	if !p.clip(path) {
		return false
	}
	across, along := picture.Point{X: g.X.X - g.Origin.X, Y: g.X.Y - g.Origin.Y},
		picture.Point{X: g.Y.X - g.Origin.X, Y: g.Y.Y - g.Origin.Y}
	p.Transform(fpdf.TransformMatrix{A: across.X * p.scale, B: -across.Y * p.scale,
		C: along.X * p.scale, D: -along.Y * p.scale, E: g.Origin.X * p.scale, F: p.height - g.Origin.Y*p.scale})
	a, b := g.Stops[0].Color, g.Stops[len(g.Stops)-1].Color
	top := p.height - bottom - side
	zeroX, zeroY := at(0, 0)
	if g.Radial {
		fx, fy := at(g.Focus.X, g.Focus.Y)
		p.RadialGradient(left, top, side, side, int(a.R), int(a.G), int(a.B), int(b.R), int(b.G), int(b.B),
			fx, fy, zeroX, zeroY, 1/side)
	} else {
		oneX, _ := at(1, 0)
		p.LinearGradient(left, top, side, side, int(a.R), int(a.G), int(a.B), int(b.R), int(b.G), int(b.B),
			zeroX, zeroY, oneX, zeroY)
	}
	p.TransformEnd()
	return true
}

// trace goes along a path and does with it what how says; false means it is damaged.
func (p *plotter) trace(path *picture.Path, how string) bool {
	pts := path.Pts
	open, drawn := false, false // a subpath has begun; there is any
	moved, at := false, picture.Point{}
	for _, op := range path.Ops {
		n := 1
		switch op {
		case picture.Cubic:
			n = 3
		case picture.Close:
			n = 0
		}
		if len(pts) < n || op != picture.Move && !open && !moved {
			return false
		}
		if op == picture.Move {
			// Drawn only when something follows. Filling closes subpaths by itself.
			at = pts[0]
			moved, open = true, false
			pts = pts[1:]
			p.step(at)
			continue
		}
		if moved && op != picture.Close {
			p.x, p.y = p.step(at)
			p.MoveTo(p.x, p.y)
			moved, open, drawn = false, true, true
		}
		switch op {
		case picture.Line:
			p.lineTo(p.step(pts[0]))
		case picture.Cubic:
			p.cubic(pts)
		case picture.Close:
			// What follows without a Move starts where this subpath did.
			moved, open = true, false
		}
		pts = pts[n:]
	}
	if p.bad || len(pts) > 0 {
		return false
	}
	if drawn {
		p.DrawPath(how)
	}
	return true
}

// lineTo draws a line, unless it leads nowhere.
func (p *plotter) lineTo(x, y float64) {
	if x != p.x || y != p.y {
		p.LineTo(x, y)
		p.x, p.y = x, y
	}
}

// cubic draws a curve, in the shorter of fpdf's two forms (8.5.2.2), or a line.
func (p *plotter) cubic(pts []picture.Point) {
	ax, ay := p.step(pts[0])
	bx, by := p.step(pts[1])
	x, y := p.step(pts[2])
	here := ax == p.x && ay == p.y
	switch {
	case here && bx == x && by == y:
		p.lineTo(x, y)
	case here:
		p.CurveTo(bx, by, x, y)
	default:
		p.CurveBezierCubicTo(ax, ay, bx, by, x, y)
	}
	p.x, p.y = x, y
}

// step is the step of the grid nearest to a point. The grid begins below.
func (p *plotter) step(at picture.Point) (x, y float64) {
	x, y = math.Round(at.X*p.scale), math.Round(p.height-at.Y*p.scale)
	if !(math.Abs(x) < 1<<20 && math.Abs(y) < 1<<20) {
		p.bad = true
		return 0, 0
	}
	return x, p.height - y
}

// xobject has fpdf read the file of a picture, PNG or JPG, and gives what it made of it.
func xobject(kind string, data []byte) (*stream, error) {
	s, err := document(1, 1, func(p *pen) {
		p.RegisterImageOptionsReader("image", fpdf.ImageOptions{ImageType: kind}, bytes.NewReader(data))
	})
	if err != nil {
		return nil, err
	}
	for _, e := range s.resource("XObject") {
		if x, ok := s.resolve(e.value).(*stream); ok {
			return (&stream{dict: x.dict, data: bytes.Clone(x.data)}).summed(), nil
		}
	}
	return nil, errSyntax
}

// emptyLeaf has fpdf make a page without anything but its links, and says about how many
// bytes it takes. They are in no structure yet.
func emptyLeaf(shown *layout.Page) (*leaf, int, error) {
	links := 0
	s, err := document(shown.Size.W.Points(), shown.Size.H.Points(), func(p *pen) {
		for a := range anchors(shown) {
			p.LinkString(a.Box.X.Points(), a.Box.Y.Points(), a.Box.W.Points(), a.Box.H.Points(), a.URL)
			links++
		}
	})
	if err == nil && len(s.array(s.dict(s.page).get("Annots"))) != links {
		err = errSyntax
	}
	return s, 4<<10 + links<<10, err
}

// anchors are a page's links, in order.
func anchors(p *layout.Page) iter.Seq[*layout.Anchor] {
	return func(yield func(*layout.Anchor) bool) {
		for _, it := range p.Items {
			if a, ok := it.(*layout.Anchor); ok && !yield(a) {
				return
			}
		}
	}
}

// leafKey is all that fpdf is told of a page: its size, and where it has which links.
func leafKey(p *layout.Page) string {
	var key []byte
	numbers := func(list ...layout.Length) {
		for _, l := range list {
			key = binary.AppendVarint(key, int64(l))
		}
	}
	numbers(p.Size.W, p.Size.H)
	for a := range anchors(p) {
		numbers(a.Box.X, a.Box.Y, a.Box.W, a.Box.H, layout.Length(len(a.URL)))
		key = append(key, a.URL...)
	}
	return string(key)
}
