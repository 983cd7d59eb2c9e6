package output

import (
	"errors"
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
	p := plotter{scale: scale, height: h}
	states := newDict(2)
	// A form begins with the state of the page that shows it (8.10.1), so that it sets
	// its own. No page sets an opacity.
	var last ink
	alpha := 100
	if slices.ContainsFunc(d.Paths, func(path picture.Path) bool { return percent(path.Opacity) != alpha }) {
		alpha = 0
	}
	for i := range d.Paths {
		path := &d.Paths[i]
		if !(path.Opacity > 0 && path.Opacity <= 1) {
			return nil, 0, errDrawing
		}
		if a := percent(path.Opacity); a != alpha {
			alpha = a
			state := name("A" + strconv.Itoa(a))
			states.set(state, newDict(1).set("ca", number(appendFixed(nil, a, 2))))
			p.ops = append(p.ops, "/"+state+" gs\n"...)
		}
		if now := (ink{true, path.Fill}); now != last {
			last = now
			p.ops = appendColor(p.ops, path.Fill, " g\n", " rg\n")
		}
		if !p.path(path) {
			return nil, 0, errDrawing
		}
	}
	resources := newDict(1)
	if len(states.entries) > 0 {
		resources.set("ExtGState", states)
	}
	side := func(v float64) number { return number(strconv.FormatFloat(v, 'f', 2, 64)) }
	unit := func(v float64) number { return number(strconv.FormatFloat(1/v, 'f', 9, 64)) }
	form := newDict(7).set("Type", name("XObject")).set("Subtype", name("Form")).
		set("BBox", array{integer(0), integer(0), side(w), side(h)}).
		set("Matrix", array{unit(w), integer(0), integer(0), unit(h), integer(0), integer(0)}).
		set("Resources", resources)
	e := &encoded{stream: well.stream(form, p.ops).summed(), transparent: len(states.entries) > 0}
	return e, len(e.stream.data) + 1024, nil
}

// percent is an opacity in hundredths, of which what can be seen has one.
func percent(opacity float64) int { return max(1, int(math.Round(opacity*100))) }

// plotter writes paths in whole steps of the grid, y upwards.
type plotter struct {
	ops           []byte
	scale, height float64
	x, y          int // where the path is
	bad           bool
}

// path fills one path; false means it is damaged.
func (p *plotter) path(path *picture.Path) bool {
	pts := path.Pts
	start := len(p.ops)
	open := false // a subpath has begun
	moved, atX, atY := false, 0, 0
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
			// Written only when something follows. Filling closes subpaths by itself.
			atX, atY = p.step(pts[0])
			moved, open = true, false
			pts = pts[1:]
			continue
		}
		if moved && op != picture.Close {
			p.point(atX, atY)
			p.ops = append(p.ops, "m\n"...)
			p.x, p.y = atX, atY
			moved, open = false, true
		}
		switch op {
		case picture.Line:
			if x, y := p.step(pts[0]); x != p.x || y != p.y {
				p.point(x, y)
				p.ops = append(p.ops, "l\n"...)
				p.x, p.y = x, y
			}
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
	if len(p.ops) == start {
		return true
	}
	if path.EvenOdd {
		p.ops = append(p.ops, "f*\n"...)
	} else {
		p.ops = append(p.ops, "f\n"...)
	}
	return true
}

// cubic writes a curve in the shortest of its three forms (8.5.2.2).
func (p *plotter) cubic(pts []picture.Point) {
	ax, ay := p.step(pts[0])
	bx, by := p.step(pts[1])
	x, y := p.step(pts[2])
	here := ax == p.x && ay == p.y
	there := bx == x && by == y
	switch {
	case here && there:
		if x != p.x || y != p.y {
			p.point(x, y)
			p.ops = append(p.ops, "l\n"...)
		}
	case here:
		p.point(bx, by)
		p.point(x, y)
		p.ops = append(p.ops, "v\n"...)
	case there:
		p.point(ax, ay)
		p.point(x, y)
		p.ops = append(p.ops, "y\n"...)
	default:
		p.point(ax, ay)
		p.point(bx, by)
		p.point(x, y)
		p.ops = append(p.ops, "c\n"...)
	}
	p.x, p.y = x, y
}

// step is the step of the grid nearest to a point.
func (p *plotter) step(at picture.Point) (x, y int) {
	fx, fy := math.Round(at.X*p.scale), math.Round(p.height-at.Y*p.scale)
	if !(math.Abs(fx) < 1<<20 && math.Abs(fy) < 1<<20) {
		p.bad = true
		return 0, 0
	}
	return int(fx), int(fy)
}

func (p *plotter) point(x, y int) {
	p.ops = strconv.AppendInt(p.ops, int64(x), 10)
	p.ops = append(p.ops, ' ')
	p.ops = strconv.AppendInt(p.ops, int64(y), 10)
	p.ops = append(p.ops, ' ')
}

// encodeBitmap makes a bitmap an image XObject (8.9.5): its JPEG as it is, or
// its pixels with a PNG predictor, and its alpha as a soft mask.
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
		e := &encoded{stream: (&stream{dict: imageDict(b.W, b.H, b.Gray).set("Filter", name("DCTDecode")), data: b.JPEG}).summed()}
		return e, len(b.JPEG), nil
	}
	e := &encoded{stream: pixelStream(b.Pix, b.W, b.H, b.Gray)}
	size := len(e.stream.data)
	if b.Alpha != nil {
		e.mask, e.transparent = pixelStream(b.Alpha, b.W, b.H, true), true
		size += len(e.mask.data)
	}
	return e, size, nil
}

func imageDict(w, h int, gray bool) *dict {
	space := name("DeviceRGB")
	if gray {
		space = "DeviceGray"
	}
	return newDict(9).set("Type", name("XObject")).set("Subtype", name("Image")).
		set("Width", integer(w)).set("Height", integer(h)).
		set("ColorSpace", space).set("BitsPerComponent", integer(8))
}

// pixelStream compresses pixels row by row, each with the PNG filter that
// leaves the smallest differences (ISO/IEC 15948, 12.8).
func pixelStream(pix []byte, w, h int, gray bool) *stream {
	n := 3
	if gray {
		n = 1
	}
	stride := w * n
	rows := make([]byte, 0, h*(stride+1))
	above := make([]byte, stride)
	trial, best := make([]byte, stride), make([]byte, stride)
	for y := range h {
		row := pix[y*stride : (y+1)*stride]
		filter, least := byte(0), math.MaxInt
		for kind := byte(0); kind <= 4; kind++ {
			sum := 0
			for i := range row {
				d := row[i] - predict(kind, row, above, i, n)
				trial[i] = d
				sum += int(min(d, -d))
			}
			if sum < least {
				filter, least = kind, sum
				trial, best = best, trial
			}
		}
		rows = append(append(rows, filter), best...)
		above = row
	}
	parms := newDict(4).set("Predictor", integer(15)).set("Colors", integer(n)).
		set("BitsPerComponent", integer(8)).set("Columns", integer(w))
	s := &stream{dict: imageDict(w, h, gray).set("Filter", name("FlateDecode")).set("DecodeParms", parms), data: well.pack(rows)}
	return s.summed()
}

// predict guesses byte i of a row of pixels of n bytes (ISO/IEC 15948, 9.2).
func predict(kind byte, row, above []byte, i, n int) byte {
	var a, c byte // to the left, and above that
	if i >= n {
		a, c = row[i-n], above[i-n]
	}
	b := above[i]
	switch kind {
	case 1:
		return a
	case 2:
		return b
	case 3:
		return byte((int(a) + int(b)) / 2)
	case 4:
		pa, pb, pc := abs(int(b)-int(c)), abs(int(a)-int(c)), abs(int(a)+int(b)-2*int(c))
		switch {
		case pa <= pb && pa <= pc:
			return a
		case pb <= pc:
			return b
		}
		return c
	}
	return 0
}

func abs(n int) int { return max(n, -n) }
