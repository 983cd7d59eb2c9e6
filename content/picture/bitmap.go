package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"io"
)

// damaged turns a decoder's complaint about a file of this kind into ours.
func damaged(kind string, err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return refuse("picture-cut-short", "export or copy it again", "is a %s that was cut short", kind)
	}
	return refuse("picture-damaged", "open it in a picture program and export it again", "is a damaged %s", kind)
}

// decodePNG reads every kind of PNG: any depth, palettes, transparency,
// interlaced. ISO/IEC 15948, 11.2.2: the size stands first, at bytes 16 to 24.
func decodePNG(data []byte) (*Picture, error) {
	if len(data) < 24 {
		return nil, damaged("PNG", io.ErrUnexpectedEOF)
	}
	w, h := binary.BigEndian.Uint32(data[16:]), binary.BigEndian.Uint32(data[20:])
	if err := checkSize(int(w), int(h)); err != nil {
		return nil, err
	}
	if len(data) > 24 && data[24] == 16 && int(w)*int(h)*8 > maxBytes {
		return nil, tooDeep()
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, damaged("PNG", err)
	}
	return pictureOf(newBitmap(m).converted(pngProfile(data)))
}

// decodeGIF reads the first frame, in its place on the screen the file states.
func decodeGIF(data []byte) (*Picture, error) {
	if len(data) < 10 {
		return nil, damaged("GIF", io.ErrUnexpectedEOF)
	}
	w, h := int(binary.LittleEndian.Uint16(data[6:])), int(binary.LittleEndian.Uint16(data[8:]))
	if err := checkSize(w, h); err != nil {
		return nil, err
	}
	m, err := gif.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, damaged("GIF", err)
	}
	p, err := onScreen(m, image.Rect(0, 0, w, h))
	if err == nil && bytes.Contains(data, []byte("NETSCAPE2.0")) { // it says how often it comes again
		p.Notes = []string{stands}
	}
	return p, err
}

// stands is a note: SVG and GIF have it in common.
const stands = "its animation is not shown"

// onScreen is a picture that may be smaller than the screen that it is a part of.
func onScreen(m image.Image, screen image.Rectangle) (*Picture, error) {
	if m.Bounds() == screen {
		return pictureOf(newBitmap(m))
	}
	whole := image.NewNRGBA(screen)
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			whole.Set(x, y, m.At(x, y))
		}
	}
	return pictureOf(newBitmap(whole))
}

// pictureOf refuses a bitmap in which nothing can be seen.
func pictureOf(b *Bitmap) (*Picture, error) {
	if b.Alpha != nil && len(bytes.Trim(b.Alpha, "\x00")) == 0 {
		return nil, refuse("picture-transparent", "export it again", "is completely transparent")
	}
	return &Picture{Bitmap: b}, nil
}

// newBitmap brings a decoded picture into 8-bit pixels, at most MaxKept: gray if all
// of them are, with alpha if any is not opaque.
func newBitmap(m image.Image) *Bitmap {
	if k := blocks(m.Bounds().Size()); k > 1 {
		m = inBlocks(m, k)
	}
	r := m.Bounds()
	b := &Bitmap{W: r.Dx(), H: r.Dy(), Gray: true}
	b.Pix = make([]byte, 0, b.W*b.H*3)
	alpha := make([]byte, 0, b.W*b.H)
	opaque := true
	at := pixelsOf(m)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := at(x, y)
			b.Pix = append(b.Pix, c.R, c.G, c.B)
			alpha = append(alpha, c.A)
			opaque = opaque && c.A == 255
			b.Gray = b.Gray && c.R == c.G && c.G == c.B
		}
	}
	if !opaque {
		b.Alpha = alpha
	}
	if b.Gray {
		gray := make([]byte, b.W*b.H)
		for i := range gray {
			gray[i] = b.Pix[3*i]
		}
		b.Pix = gray
	}
	return b
}

// blocks is how many pixels a side the blocks have that become one pixel each.
func blocks(size image.Point) int {
	k := 1
	for size.X/k*(size.Y/k) > MaxKept {
		k++
	}
	return k
}

// inBlocks is a picture k times smaller, each pixel the mean of the light of a block.
func inBlocks(m image.Image, k int) image.Image {
	light, at, r := newLight(), pixelsOf(m), m.Bounds()
	small := image.NewNRGBA(image.Rect(0, 0, max(1, r.Dx()/k), max(1, r.Dy()/k)))
	for y := range small.Rect.Dy() {
		for x := range small.Rect.Dx() {
			var red, green, blue, alpha uint64
			for i := range k * k {
				px, py := min(r.Min.X+x*k+i%k, r.Max.X-1), min(r.Min.Y+y*k+i/k, r.Max.Y-1)
				c := at(px, py)
				a := uint64(c.A)
				red += a * uint64(light.of[c.R])
				green += a * uint64(light.of[c.G])
				blue += a * uint64(light.of[c.B])
				alpha += a
			}
			if alpha > 0 {
				code := func(v uint64) uint8 { return light.code(uint16((v + alpha/2) / alpha)) }
				small.SetNRGBA(x, y, color.NRGBA{code(red), code(green), code(blue), uint8(alpha / uint64(k*k))})
			}
		}
	}
	return small
}

// pixelsOf gives a picture's pixels at 8 bits, not premultiplied, without the
// detour through premultiplied colours that image.Image.At would take: under a
// low alpha that loses most of a colour.
func pixelsOf(m image.Image) func(x, y int) color.NRGBA {
	// PNG, 13.12: 16 bits become 8 by rounding.
	eight := func(v uint16) uint8 { return uint8((uint32(v)*255 + 32767) / 65535) }
	switch m := m.(type) {
	case *image.NRGBA:
		return m.NRGBAAt
	case *image.RGBA:
		return func(x, y int) color.NRGBA { // only ever opaque: PNG and JPEG are not premultiplied
			p := m.Pix[m.PixOffset(x, y):]
			return color.NRGBA{p[0], p[1], p[2], 255}
		}
	case *image.Gray:
		return func(x, y int) color.NRGBA {
			v := m.Pix[m.PixOffset(x, y)]
			return color.NRGBA{v, v, v, 255}
		}
	case *image.Gray16:
		return func(x, y int) color.NRGBA {
			v := eight(m.Gray16At(x, y).Y)
			return color.NRGBA{v, v, v, 255}
		}
	case *image.NRGBA64:
		return func(x, y int) color.NRGBA {
			c := m.NRGBA64At(x, y)
			return color.NRGBA{eight(c.R), eight(c.G), eight(c.B), eight(c.A)}
		}
	case *image.RGBA64:
		return func(x, y int) color.NRGBA { // opaque, as above
			c := m.RGBA64At(x, y)
			return color.NRGBA{eight(c.R), eight(c.G), eight(c.B), 255}
		}
	case *image.Paletted:
		var pal [256]color.NRGBA
		for i, c := range m.Palette {
			pal[i] = color.NRGBAModel.Convert(c).(color.NRGBA)
		}
		return func(x, y int) color.NRGBA { return pal[m.Pix[m.PixOffset(x, y)]] }
	case *image.YCbCr:
		return func(x, y int) color.NRGBA {
			i, j := m.YOffset(x, y), m.COffset(x, y)
			r, g, b := color.YCbCrToRGB(m.Y[i], m.Cb[j], m.Cr[j])
			return color.NRGBA{r, g, b, 255}
		}
	case *image.CMYK:
		return func(x, y int) color.NRGBA {
			c := m.CMYKAt(x, y)
			r, g, b := color.CMYKToRGB(c.C, c.M, c.Y, c.K)
			return color.NRGBA{r, g, b, 255}
		}
	}
	return func(x, y int) color.NRGBA { return color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA) }
}

// pixels is the bitmap with Pix set: itself, or what its JPEG shows.
func (b *Bitmap) pixels() *Bitmap {
	if b.JPEG == nil {
		return b
	}
	m, err := decodeStream(b.JPEG)
	if err != nil {
		panic("picture: a JPEG that was decoded before: " + err.Error())
	}
	p := newBitmap(m)
	p.lossy = true
	return p
}

// Image is the bitmap as an image of the standard library.
func (b *Bitmap) Image() image.Image {
	b = b.pixels()
	m, n := image.NewNRGBA(image.Rect(0, 0, b.W, b.H)), b.channels()
	for i := range b.W * b.H {
		px := b.Pix[i*n : (i+1)*n]
		c := color.NRGBA{px[0], px[n/2], px[n-1], 255}
		if b.Alpha != nil {
			c.A = b.Alpha[i]
		}
		m.SetNRGBA(i%b.W, i/b.W, c)
	}
	return m
}

// channels is how many bytes of Pix make a pixel.
func (b *Bitmap) channels() int {
	if b.Gray {
		return 1
	}
	return 3
}

// oriented is a bitmap turned and mirrored as EXIF 2.32 (tag 0x0112)
// says: 1 is upright, 2 to 8 name where the first row and column are seen.
func (b *Bitmap) oriented(orientation int) *Bitmap {
	if orientation < 2 || orientation > 8 {
		return b
	}
	o := &Bitmap{W: b.W, H: b.H, Gray: b.Gray, lossy: b.lossy}
	if orientation >= 5 {
		o.W, o.H = b.H, b.W
	}
	n := b.channels()
	o.Pix = make([]byte, 0, len(b.Pix))
	for y := range o.H {
		for x := range o.W {
			sx, sy := x, y
			if orientation >= 5 {
				sx, sy = y, x
			}
			switch orientation {
			case 2, 7, 3, 8:
				sx = b.W - 1 - sx
			}
			switch orientation {
			case 3, 4, 6, 7:
				sy = b.H - 1 - sy
			}
			i := (sy*b.W + sx) * n
			o.Pix = append(o.Pix, b.Pix[i:i+n]...)
			if b.Alpha != nil {
				o.Alpha = append(o.Alpha, b.Alpha[sy*b.W+sx])
			}
		}
	}
	return o
}
