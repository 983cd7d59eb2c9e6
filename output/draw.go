package output

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
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

// strokes are the operators of what draw draws on a page of some height.
func strokes(height float64, draw func(*pen)) (ops []byte, err error) {
	defer recovered(&err)
	sheet := fpdf.SizeType{Wd: 1, Ht: height}
	drawn := fpdf.CreateTpl(fpdf.PointType{}, sheet, "P", "pt", "", func(t *fpdf.Tpl) {
		t.RawWriteStr(begin)
		draw(&t.Fpdf)
		err = t.Error()
	})
	if err != nil {
		return nil, fmt.Errorf("page: fpdf failed: %w", err)
	}
	return afterBegin(drawn.Bytes()), nil
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

// afterBegin are the operators that were asked for, with numbers as short as they go: fpdf
// writes two or five decimals, be they zeros or not.
func afterBegin(ops []byte) []byte {
	_, ops, _ = bytes.Cut(ops, []byte(begin+"\n"))
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

// plot gives the operators of a drawing so many times as large, and the states they call by
// name. A form begins with the state of the page that shows it (8.10.1), so that it sets its
// own. No page sets an opacity.
func plot(d *picture.Drawing, scale float64) (ops []byte, states []entry, err error) {
	faint := slices.ContainsFunc(d.Paths, func(path picture.Path) bool { return percent(path.Opacity) != 100 })
	damaged := false
	s, err := document(scale*d.W, scale*d.H, func(pen *pen) {
		p := plotter{pen: pen, scale: scale, height: scale * d.H}
		var last *picture.Color
		alpha := 0
		for i := range d.Paths {
			path := &d.Paths[i]
			if damaged = !(path.Opacity > 0 && path.Opacity <= 1); damaged {
				return
			}
			if a := percent(path.Opacity); faint && a != alpha {
				alpha = a
				pen.SetAlpha(float64(a)/100, "Normal")
			}
			if last == nil || *last != path.Fill {
				last = &path.Fill
				areaColor(path.Fill)(pen)
			}
			if damaged = !p.path(path); damaged {
				return
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
	for _, e := range s.resource("ExtGState") {
		states = append(states, entry{e.key, s.dict(e.value)})
	}
	return afterBegin(drawn.data), states, nil
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
	if drawn && path.EvenOdd {
		p.DrawPath("F*")
	} else if drawn {
		p.DrawPath("F")
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
