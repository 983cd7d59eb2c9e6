package output

import (
	"bytes"
	"errors"
	"image"
	"image/png"
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

func keyOf(it *layout.Image) (k pictureKey) {
	if k.drawing = it.Picture.Drawing; k.drawing == nil {
		k.bitmap = bitmapKey{it.Picture.Bitmap, pixels(it.Box.W), pixels(it.Box.H)}
	}
	return k
}

// add gives the resource name of an image's picture.
func (s *pictureSet) add(it *layout.Image) (name, error) {
	p := placed{pictureKey: keyOf(it)}
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

// errBitmap is a mistake of the program that made the picture, as is errDrawing.
var errBitmap = errors.New("page: a bitmap is damaged")

// encodeDrawing makes a drawing a form XObject (8.10) one unit wide and high.
func encodeDrawing(d *picture.Drawing) (*encoded, int, error) {
	scale := grid / max(d.W, d.H)
	w, h := scale*d.W, scale*d.H
	if !(d.W > 0 && d.H > 0 && w >= 1 && h >= 1) {
		return nil, 0, errDrawing
	}
	ops, resources, err := plot(d, scale)
	if err != nil {
		return nil, 0, err
	}
	side := func(v float64) number { return number(strconv.FormatFloat(v, 'f', 2, 64)) }
	unit := func(v float64) number { return number(strconv.FormatFloat(1/v, 'f', 9, 64)) }
	form := newDict(7).set("Type", name("XObject")).set("Subtype", name("Form")).
		set("BBox", array{integer(0), integer(0), side(w), side(h)}).
		set("Matrix", array{unit(w), integer(0), integer(0), unit(h), integer(0), integer(0)}).
		set("Resources", resources)
	e := &encoded{stream: well.stream(form, ops).summed(), transparent: resources.get("ExtGState") != nil}
	return e, len(e.stream.data) + 1024, nil
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
	if b.JPEG == nil && len(b.Pix) != b.W*b.H*channels || b.Alpha != nil && len(b.Alpha) != b.W*b.H ||
		b.JPEG != nil && b.Alpha != nil {
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
		if e.mask, err = pngObject(&image.Gray{Pix: b.Alpha, Stride: b.W,
			Rect: image.Rect(0, 0, b.W, b.H)}); err != nil {
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
