package output

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"math"
	"slices"
	"strconv"

	"handout/content/picture"
	"handout/layout"
)

// pictureSet is the pictures of a page, each once for each size it is shown at.
type pictureSet struct {
	kept        *keep[pictureKey, *encoded]
	list        []placed
	transparent bool
}

type placed struct {
	pictureKey
	resource name
	*encoded
}

// pictureKey tells pictures apart: pictures never change.
type pictureKey struct {
	drawing *picture.Drawing // or
	bitmap  bitmapKey
}

// encoded is a picture as a PDF holds it. Pages share it.
type encoded struct {
	stream      *stream
	mask        *stream // SMask, or nil
	transparent bool
}

// bitmapKey is a bitmap and the most pixels its place can show.
type bitmapKey struct {
	bitmap *picture.Bitmap
	w, h   int
}

// add gives the resource name of an image's picture.
func (s *pictureSet) add(it *layout.Image) (name, error) {
	var p placed
	if p.drawing = it.Picture.Drawing; p.drawing == nil {
		p.bitmap = bitmapKey{it.Picture.Bitmap, pixels(it.Box.W), pixels(it.Box.H)}
	}
	for _, old := range s.list {
		if old.pictureKey == p.pictureKey {
			return old.resource, nil
		}
	}
	var err error
	p.encoded, err = s.kept.get(p.pictureKey, func() (*encoded, int, error) {
		if p.drawing != nil {
			return encodeDrawing(p.drawing)
		}
		return encodeBitmap(p.bitmap)
	})
	if err != nil {
		return "", err
	}
	p.resource = name("X" + strconv.Itoa(len(s.list)))
	s.list = append(s.list, p)
	s.transparent = s.transparent || p.transparent
	return p.resource, nil
}

// pixels is how many pixels of a side can be told apart in print: 300 to the inch.
func pixels(l layout.Length) int {
	return max(1, int((int64(l)*300+int64(layout.Inch)-1)/int64(layout.Inch)))
}

// object is the picture; its mask is put into the file by add, which gives a
// reference to it.
func (e *encoded) object(add func(object) object) object {
	if e.mask == nil {
		return e.stream
	}
	d := &dict{append([]entry(nil), e.stream.dict.entries...)}
	return &stream{d.set("SMask", add(e.mask)), e.stream.data, e.stream.sum}
}

// grid is how many steps a drawing's longer side has. A figure of 50 mm is then
// exact to 6 micrometres, a seventh of a dot at 600 to the inch, and its
// coordinates are short whole numbers.
const grid = 4096

// errDrawing and errBitmap are mistakes of the program that made the picture.
var (
	errDrawing = errors.New("page: a drawing is damaged")
	errBitmap  = errors.New("page: a bitmap is damaged")
)

// encodeDrawing makes a drawing a form XObject (8.10) one unit wide and high.
func encodeDrawing(d *picture.Drawing) (*encoded, int, error) {
	scale := grid / max(d.W, d.H)
	w, h := scale*d.W, scale*d.H
	if !(d.W > 0 && d.H > 0 && w >= 1 && h >= 1) {
		return nil, 0, errDrawing
	}
	// A form begins with the state of the page that shows it (8.10.1), so that it sets
	// its own. No page sets an opacity.
	faint := slices.ContainsFunc(d.Paths, func(path picture.Path) bool { return percent(path.Opacity) != 100 })
	damaged := false
	s, err := document(w, h, func(pen *pen) {
		p := plotter{pen: pen, scale: scale, height: h}
		var last ink
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
			if now := (ink{true, path.Fill}); now != last {
				last = now
				pen.SetFillColor(int(path.Fill.R), int(path.Fill.G), int(path.Fill.B))
			}
			if damaged = !p.path(path); damaged {
				return
			}
		}
	})
	switch {
	case damaged:
		return nil, 0, errDrawing
	case err != nil:
		return nil, 0, err
	}
	resources := newDict(1)
	if faint {
		states := newDict(2)
		for _, e := range s.resource("ExtGState") {
			states.set(e.key, s.dict(e.value))
		}
		resources.set("ExtGState", states)
	}
	drawn, ok := s.resolve(s.dict(s.page).get("Contents")).(*stream)
	if !ok {
		return nil, 0, errSyntax
	}
	side := func(v float64) number { return number(strconv.FormatFloat(v, 'f', 2, 64)) }
	unit := func(v float64) number { return number(strconv.FormatFloat(1/v, 'f', 9, 64)) }
	form := newDict(7).set("Type", name("XObject")).set("Subtype", name("Form")).
		set("BBox", array{integer(0), integer(0), side(w), side(h)}).
		set("Matrix", array{unit(w), integer(0), integer(0), unit(h), integer(0), integer(0)}).
		set("Resources", resources)
	e := &encoded{stream: well.stream(form, afterBegin(drawn.data)).summed(), transparent: faint}
	return e, len(e.stream.data) + 1024, nil
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

// encodeBitmap makes a bitmap an image XObject (8.9.5): its JPEG as it is, or its pixels
// as those of a PNG, and its alpha as a soft mask.
func encodeBitmap(key bitmapKey) (*encoded, int, error) {
	b := key.bitmap
	if b.W <= 0 || b.H <= 0 || b.W > 1<<15 || b.H > 1<<15 {
		return nil, 0, errBitmap
	}
	channels := 3
	if b.Gray {
		channels = 1
	}
	if b.JPEG == nil && len(b.Pix) != b.W*b.H*channels || b.Alpha != nil && len(b.Alpha) != b.W*b.H || b.JPEG != nil && b.Alpha != nil {
		return nil, 0, errBitmap
	}
	b = b.Fit(key.w, key.h)
	if b.JPEG != nil {
		s, err := xobject("JPG", b.JPEG)
		return &encoded{stream: s}, len(b.JPEG), err
	}
	pixels := image.Image(&image.Gray{Pix: b.Pix, Stride: b.W, Rect: image.Rect(0, 0, b.W, b.H)})
	if !b.Gray {
		pixels = (&picture.Bitmap{W: b.W, H: b.H, Pix: b.Pix}).Image()
	}
	s, err := pngObject(pixels)
	if err != nil {
		return nil, 0, err
	}
	e := &encoded{stream: s}
	size := len(s.data)
	if b.Alpha != nil {
		if e.mask, err = pngObject(&image.Gray{Pix: b.Alpha, Stride: b.W, Rect: image.Rect(0, 0, b.W, b.H)}); err != nil {
			return nil, 0, err
		}
		e.transparent = true
		size += len(e.mask.data)
	}
	return e, size, nil
}

// pngObject has fpdf read pixels. It takes their rows, filtered and compressed, from the
// PNG as they are.
func pngObject(m image.Image) (*stream, error) {
	var file bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&file, m); err != nil {
		return nil, err
	}
	return xobject("PNG", file.Bytes())
}
