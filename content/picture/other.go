package picture

import (
	"bytes"
	"image"
	"image/color"
	"io"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// decodeOther reads a bitmap of a kind that a page cannot hold as it is: BMP, TIFF (its first
// picture) or WebP that does not move. The size it states is looked at first.
func decodeOther(kind string, data []byte) (p *Picture, err error) {
	defer func() {
		if recover() != nil { // a decoder of others at broken data
			p, err = nil, damaged(kind, nil)
		}
	}()
	codec := map[string]struct {
		size   func(io.Reader) (image.Config, error)
		decode func(io.Reader) (image.Image, error)
	}{"BMP": {bmp.DecodeConfig, bmp.Decode}, "TIFF": {tiff.DecodeConfig, tiff.Decode},
		"WebP": {webp.DecodeConfig, webp.Decode}}[kind]
	unusual := refuse("picture-unusual", "save it as PNG or JPEG", "is a %s of an unusual kind, or damaged", kind)
	if kind == "WebP" && len(data) > 20 && string(data[12:16]) == "VP8X" && data[20]&2 != 0 {
		return nil, refuse("picture-moves", "save one of its pictures as PNG or JPEG", "is a WebP that moves")
	}
	c, err := codec.size(bytes.NewReader(data))
	if err != nil {
		return nil, unusual
	}
	if err := checkSize(c.Width, c.Height); err != nil {
		return nil, err
	}
	if deep := c.ColorModel == color.RGBA64Model || c.ColorModel == color.NRGBA64Model; deep &&
		c.Width*c.Height*8 > maxBytes {
		return nil, tooDeep()
	}
	m, err := codec.decode(bytes.NewReader(data))
	if err != nil {
		return nil, unusual
	}
	if m.Bounds().Dx() != c.Width || m.Bounds().Dy() != c.Height {
		return nil, damaged(kind, nil)
	}
	b := newBitmap(unmixed(m, kind == "WebP"))
	if kind == "TIFF" {
		b = b.oriented(exifOrientation(data))
	}
	return pictureOf(b)
}

// unmixed is a picture as newBitmap takes it: its colours not premultiplied, and not of the
// narrow range of video (ITU-R BT.601), which WebP has.
func unmixed(m image.Image, video bool) image.Image {
	switch m := m.(type) {
	case *image.RGBA:
		if !m.Opaque() {
			return other{m}
		}
	case *image.RGBA64:
		if !m.Opaque() {
			return other{m}
		}
	case *image.YCbCr:
		if video {
			return wide{m, nil}
		}
	case *image.NYCbCrA:
		if video {
			return wide{&m.YCbCr, m}
		}
	}
	return m
}

// other hides what kind of picture it is.
type other struct{ image.Image }

// wide is a picture of WebP.
type wide struct {
	*image.YCbCr
	alpha *image.NYCbCrA
}

func (w wide) ColorModel() color.Model { return color.NRGBAModel }

func (w wide) At(x, y int) color.Color {
	i, j := w.YOffset(x, y), w.COffset(x, y)
	l, b, r := 298*(int(w.Y[i])-16), int(w.Cb[j])-128, int(w.Cr[j])-128
	code := func(v int) uint8 { return uint8(min(max((v+128)>>8, 0), 255)) }
	c := color.NRGBA{code(l + 409*r), code(l - 100*b - 208*r), code(l + 516*b), 255}
	if w.alpha != nil {
		c.A = w.alpha.A[w.alpha.AOffset(x, y)]
	}
	return c
}
