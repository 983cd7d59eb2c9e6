package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func decoded(t testing.TB, data []byte) *Picture {
	t.Helper()
	p, err := Decode("x", data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// at is the colour of a pixel, through the JPEG if there is one.
func (b *Bitmap) pixel(x, y int) color.NRGBA {
	p := b.pixels()
	i := y*p.W + x
	c := color.NRGBA{A: 255}
	if p.Gray {
		c.R, c.G, c.B = p.Pix[i], p.Pix[i], p.Pix[i]
	} else {
		c.R, c.G, c.B = p.Pix[3*i], p.Pix[3*i+1], p.Pix[3*i+2]
	}
	if p.Alpha != nil {
		c.A = p.Alpha[i]
	}
	return c
}

func chunk(b []byte, kind string, body []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(body)))
	from := len(b)
	b = append(append(b, kind...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[from:]))
}

// pngKind is one of the kinds of PNG: ISO/IEC 15948, table 11.1.
type pngKind struct {
	depth, color int
	interlaced   bool
	palette      []byte
	tRNS         []byte
}

func (k pngKind) samples() int { return [7]int{1, 0, 3, 1, 2, 0, 4}[k.color] }

// bytes writes a PNG in which sample gives each sample at the file's depth.
func (k pngKind) bytes(w, h int, sample func(x, y, c int) int) []byte {
	type pass struct{ x0, y0, dx, dy int }
	passes := []pass{{0, 0, 1, 1}}
	if k.interlaced { // 8.2, Adam7
		passes = []pass{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}}
	}
	var raw []byte
	for _, p := range passes {
		if p.x0 >= w {
			continue
		}
		for y := p.y0; y < h; y += p.dy {
			raw = append(raw, 0)
			bits, held := 0, 0
			for x := p.x0; x < w; x += p.dx {
				for c := range k.samples() {
					v := sample(x, y, c)
					if k.depth == 16 {
						raw = append(raw, byte(v>>8), byte(v))
						continue
					}
					bits, held = bits<<k.depth|v, held+k.depth
					if held == 8 {
						raw = append(raw, byte(bits))
						bits, held = 0, 0
					}
				}
			}
			if held > 0 {
				raw = append(raw, byte(bits<<(8-held)))
			}
		}
	}
	var idat bytes.Buffer
	z := zlib.NewWriter(&idat)
	z.Write(raw)
	z.Close()
	head := binary.BigEndian.AppendUint32(nil, uint32(w))
	head = binary.BigEndian.AppendUint32(head, uint32(h))
	inter := byte(0)
	if k.interlaced {
		inter = 1
	}
	head = append(head, byte(k.depth), byte(k.color), 0, 0, inter)
	b := chunk([]byte("\x89PNG\r\n\x1a\n"), "IHDR", head)
	b = chunk(b, "tEXt", []byte("Comment\x00patient at home"))
	if k.palette != nil {
		b = chunk(b, "PLTE", k.palette)
	}
	if k.tRNS != nil {
		b = chunk(b, "tRNS", k.tRNS)
	}
	return chunk(chunk(b, "IDAT", idat.Bytes()), "IEND", nil)
}

// TestPNG writes every kind of PNG, plain and interlaced, and compares every
// pixel with what was meant.
func TestPNG(t *testing.T) {
	const w, h = 21, 13
	palette := []byte{255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30}
	kinds := map[string]pngKind{
		"gray 1": {depth: 1}, "gray 2": {depth: 2}, "gray 4": {depth: 4}, "gray 8": {depth: 8}, "gray 16": {depth: 16},
		"gray 8 with a transparent one":  {depth: 8, tRNS: []byte{0, 77}},
		"gray 16 with a transparent one": {depth: 16, tRNS: []byte{7, 77}},
		"rgb 8":                          {depth: 8, color: 2}, "rgb 16": {depth: 16, color: 2},
		"rgb 8 with a transparent one": {depth: 8, color: 2, tRNS: []byte{0, 1, 0, 2, 0, 3}},
		"rgb 16 with a transparent one": {depth: 16, color: 2,
			tRNS: []byte{1, 2, 3, 4, 5, 6}},
		"palette 2":                           {depth: 2, color: 3, palette: palette},
		"palette 4 with alpha":                {depth: 4, color: 3, palette: palette, tRNS: []byte{255, 128, 0, 1}},
		"palette 8 with alpha for some of it": {depth: 8, color: 3, palette: palette, tRNS: []byte{9}},
		"palette 1":                           {depth: 1, color: 3, palette: palette[:6]},
		"gray and alpha 8":                    {depth: 8, color: 4},
		"gray and alpha 16":                   {depth: 16, color: 4},
		"rgb and alpha 8":                     {depth: 8, color: 6},
		"rgb and alpha 16":                    {depth: 16, color: 6},
	}
	for name, k := range kinds {
		for _, k.interlaced = range []bool{false, true} {
			r := rand.New(rand.NewSource(5))
			var v [w * h * 4]int
			for i := range v {
				v[i] = r.Intn(1 << k.depth)
				if k.palette != nil {
					v[i] = r.Intn(len(k.palette) / 3)
				}
			}
			sample := func(x, y, c int) int {
				if k.tRNS != nil && k.palette == nil && (x+y)%3 == 0 { // the transparent one
					return int(k.tRNS[2*c])<<8 | int(k.tRNS[2*c+1])
				}
				return v[(y*w+x)*4+c]
			}
			b := decoded(t, k.bytes(w, h, sample)).Bitmap
			if b.W != w || b.H != h || b.JPEG != nil {
				t.Fatalf("%s: %d x %d", name, b.W, b.H)
			}
			full := 1<<k.depth - 1
			eight := func(v int) uint8 { return uint8((v*255 + full/2) / full) }
			opaque, gray := true, true
			for y := range h {
				for x := range w {
					want := color.NRGBA{A: 255}
					s := func(c int) uint8 { return eight(sample(x, y, c)) }
					switch k.color {
					case 0, 4:
						want.R, want.G, want.B = s(0), s(0), s(0)
					case 2, 6:
						want.R, want.G, want.B = s(0), s(1), s(2)
					case 3:
						i := sample(x, y, 0)
						want.R, want.G, want.B = k.palette[3*i], k.palette[3*i+1], k.palette[3*i+2]
						if i < len(k.tRNS) {
							want.A = k.tRNS[i]
						}
					}
					switch {
					case k.color >= 4:
						want.A = s(k.samples() - 1)
					case k.tRNS != nil && k.palette == nil:
						clear := true
						for c := range k.samples() {
							clear = clear && sample(x, y, c) == int(k.tRNS[2*c])<<8|int(k.tRNS[2*c+1])
						}
						if clear {
							want.A = 0
						}
					}
					opaque = opaque && want.A == 255
					gray = gray && want.R == want.G && want.G == want.B
					got := b.pixel(x, y)
					if want.A == 0 {
						got.R, got.G, got.B = want.R, want.G, want.B // not seen
					}
					if got != want {
						t.Fatalf("%s, interlaced %v: pixel %d,%d is %v, not %v", name, k.interlaced, x, y, got, want)
					}
				}
			}
			if b.Gray != gray || (b.Alpha == nil) != opaque {
				t.Errorf("%s: gray %v, alpha %v", name, b.Gray, b.Alpha != nil)
			}
			if bytes.Contains(b.Pix, []byte("patient")) {
				t.Errorf("%s: a comment came along", name)
			}
		}
	}
}

func readTestdata(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestJPEGColors reads cards of four flat squares, made with Pillow.
func TestJPEGColors(t *testing.T) {
	cyan, magenta, yellow := color.NRGBA{0, 255, 255, 255}, color.NRGBA{255, 0, 255, 255}, color.NRGBA{255, 255, 0, 255}
	red, green, blue := color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 255}
	white, black := color.NRGBA{255, 255, 255, 255}, color.NRGBA{0, 0, 0, 255}
	for _, c := range []struct {
		name  string
		keeps bool
		notes int
		want  [4]color.NRGBA
	}{
		{"cmyk-adobe.jpg", false, 1, [4]color.NRGBA{cyan, magenta, yellow, black}},
		{"cmyk-plain.jpg", false, 1, [4]color.NRGBA{cyan, magenta, yellow, black}},
		{"ycck.jpg", false, 1, [4]color.NRGBA{cyan, magenta, yellow, black}},
		{"rgb.jpg", false, 0, [4]color.NRGBA{red, green, blue, white}},
		{"progressive.jpg", true, 0, [4]color.NRGBA{red, green, blue, white}},
	} {
		p := decoded(t, readTestdata(t, c.name))
		if (p.Bitmap.JPEG != nil) != c.keeps || len(p.Notes) != c.notes {
			t.Errorf("%s: keeps its JPEG: %v, notes %q", c.name, p.Bitmap.JPEG != nil, p.Notes)
		}
		for i, want := range c.want {
			got := p.Bitmap.pixel(4+i%2*8, 4+i/2*8)
			if far(got.R, want.R) > 3 || far(got.G, want.G) > 3 || far(got.B, want.B) > 3 {
				t.Errorf("%s: square %d is %v, not %v", c.name, i, got, want)
			}
		}
	}
}

func far(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// photograph is a smooth picture with detail, in which each corner differs.
func photograph(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewSource(1))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), uint8(100 + r.Intn(30)), 255})
		}
	}
	return m
}

func encodeJPEG(t testing.TB, m image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func segment(marker byte, body string) []byte {
	b := []byte{0xff, marker}
	b = binary.BigEndian.AppendUint16(b, uint16(len(body)+2))
	return append(b, body...)
}

// manyScans is a JPEG whose one scan stands in it n times.
func manyScans(n int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 16)), nil); err != nil {
		panic(err)
	}
	at := bytes.Index(b.Bytes(), []byte("\xff\xda"))
	scan := b.Bytes()[at : b.Len()-2]
	return slices.Concat(b.Bytes()[:at], bytes.Repeat(scan, n), []byte("\xff\xd9"))
}

// withSegments puts segments behind the start of a JPEG.
func withSegments(data []byte, segments ...[]byte) []byte {
	return slices.Concat(data[:2], slices.Concat(segments...), data[2:])
}

func exif(order binary.AppendByteOrder, orientation int) []byte {
	b := []byte("Exif\x00\x00II")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		b = []byte("Exif\x00\x00MM")
	}
	b = order.AppendUint16(b, 42)
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(b, 0x010f) // make, an ASCII of 8 bytes somewhere
	b = order.AppendUint16(b, 2)
	b = order.AppendUint32(b, 8)
	b = order.AppendUint32(b, 38)
	b = order.AppendUint16(b, 0x0112)
	b = order.AppendUint16(b, 3)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(b, uint16(orientation))
	b = append(b, 0, 0)
	b = order.AppendUint32(b, 0)
	return segment(0xe1, string(b)+"GPS-HERE")
}

// TestOrientation draws an upright picture, stores it as each orientation
// says, and wants the upright one back.
func TestOrientation(t *testing.T) {
	const w, h = 48, 32
	upright := photograph(w, h)
	// How EXIF 2.32 puts it: which side of the picture the first row stored,
	// and the first column stored, are seen at.
	sides := [9][2]string{1: {"top", "left"}, 2: {"top", "right"}, 3: {"bottom", "right"}, 4: {"bottom", "left"},
		5: {"left", "top"}, 6: {"right", "top"}, 7: {"right", "bottom"}, 8: {"left", "bottom"}}
	for o := 1; o <= 8; o++ {
		sw, sh := w, h
		if o >= 5 {
			sw, sh = h, w
		}
		stored := image.NewRGBA(image.Rect(0, 0, sw, sh))
		for row := range sh {
			for column := range sw {
				var x, y int
				place := func(side string, n int) {
					switch side {
					case "top":
						y = n
					case "bottom":
						y = h - 1 - n
					case "left":
						x = n
					case "right":
						x = w - 1 - n
					}
				}
				place(sides[o][0], row)
				place(sides[o][1], column)
				stored.SetRGBA(column, row, upright.RGBAAt(x, y))
			}
		}
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			b := decoded(t, withSegments(encodeJPEG(t, stored), exif(order, o))).Bitmap
			if b.W != w || b.H != h || (b.JPEG != nil) != (o == 1) {
				t.Fatalf("orientation %d: %d x %d, JPEG %v", o, b.W, b.H, b.JPEG != nil)
			}
			if bytes.Contains(b.JPEG, []byte("GPS")) {
				t.Errorf("orientation %d: EXIF came along", o)
			}
			p := b.pixels()
			for y := range h {
				for x := range w {
					i := 3 * (y*w + x)
					if c := upright.RGBAAt(x, y); far(p.Pix[i], c.R) > 24 || far(p.Pix[i+1], c.G) > 24 {
						t.Fatalf("orientation %d: pixel %d,%d is %v, not %v", o, x, y, p.Pix[i:i+3], c)
					}
				}
			}
		}
	}
}

// TestCleanJPEG wants what was not the picture gone and the picture the same.
func TestCleanJPEG(t *testing.T) {
	for _, m := range []image.Image{photograph(50, 30), image.NewGray(image.Rect(0, 0, 9, 9))} {
		plain := encodeJPEG(t, m)
		data := withSegments(plain, segment(0xe0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"), segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00SECRET"),
			segment(0xe2, "ICC_PROFILE\x00SECRET"), segment(0xfe, "SECRET"), segment(0xed, "Photoshop 3.0\x00SECRET"))
		data = append(data, "SECRET trailer \xff\xd8\xff\xe1 second picture"...)
		b := decoded(t, data).Bitmap
		if b.JPEG == nil || bytes.Contains(b.JPEG, []byte("SECRET")) {
			t.Fatal("not clean")
		}
		if n := len(b.JPEG) - len(plain); n != 18 { // JFIF
			t.Errorf("%d bytes more", n)
		}
		a, err := jpeg.Decode(bytes.NewReader(plain))
		if err != nil {
			t.Fatal(err)
		}
		c, err := jpeg.Decode(bytes.NewReader(b.JPEG))
		if err != nil {
			t.Fatal(err)
		}
		before, after := newBitmap(a), newBitmap(c)
		if !bytes.Equal(before.Pix, after.Pix) || before.Gray != after.Gray || b.Gray != after.Gray {
			t.Error("another picture")
		}
		again := decoded(t, b.JPEG).Bitmap
		if !bytes.Equal(again.JPEG, b.JPEG) {
			t.Error("cleaning twice is not cleaning once")
		}
	}
}

func encodeGIF(t testing.TB) []byte {
	frame := func(r image.Rectangle, i uint8) *image.Paletted {
		m := image.NewPaletted(r, color.Palette{color.NRGBA{}, color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 0, 255, 255}})
		for k := range m.Pix {
			m.Pix[k] = i
		}
		return m
	}
	var b bytes.Buffer
	err := gif.EncodeAll(&b, &gif.GIF{
		Image:  []*image.Paletted{frame(image.Rect(2, 1, 6, 5), 1), frame(image.Rect(0, 0, 8, 6), 2)},
		Delay:  []int{1, 1},
		Config: image.Config{Width: 8, Height: 6},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestGIF wants the first frame, in its place on the screen.
func TestGIF(t *testing.T) {
	loops := bytes.Replace(encodeGIF(t), []byte(",\x02\x00\x01"), []byte("!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00,\x02\x00\x01"), 1)
	if p := decoded(t, loops); len(p.Notes) != 1 {
		t.Errorf("of a GIF that moves is said: %q", p.Notes)
	}
	b := decoded(t, encodeGIF(t)).Bitmap
	if b.W != 8 || b.H != 6 || b.Alpha == nil {
		t.Fatalf("%d x %d", b.W, b.H)
	}
	for y := range 6 {
		for x := range 8 {
			want := color.NRGBA{}
			if x >= 2 && x < 6 && y >= 1 && y < 5 {
				want = color.NRGBA{255, 0, 0, 255}
			}
			if got := b.pixel(x, y); got != want {
				t.Fatalf("pixel %d,%d is %v", x, y, got)
			}
		}
	}
}

func smallPNG() []byte {
	return pngKind{depth: 8, color: 6}.bytes(9, 7, func(x, y, c int) int { return (x*37 + y*11 + c*5) % 256 })
}

// TestCutShort cuts files anywhere: each must be refused, none half shown.
func TestCutShort(t *testing.T) {
	whole := map[string][]byte{
		"png":         smallPNG(),
		"jpeg":        encodeJPEG(t, photograph(40, 40)),
		"progressive": readTestdata(t, "progressive.jpg"),
		"cmyk":        readTestdata(t, "cmyk-adobe.jpg"),
	}
	for name, data := range whole {
		decoded(t, data)
		for n := range data {
			if p, err := Decode("x", data[:n]); err == nil {
				t.Errorf("%s: %d of %d bytes became %v", name, n, len(data), p)
			}
		}
	}
	// A GIF's first frame is whole before the file is.
	data := encodeGIF(t)
	first := bytes.LastIndexByte(data, ',')
	for n := range first - 1 - len("!\xf9\x04....\x00") {
		if _, err := Decode("x", data[:n]); err == nil {
			t.Errorf("gif: %d of %d bytes were taken", n, len(data))
		}
	}
	// Scan data taken out of the middle, with the end in place.
	photo := whole["jpeg"]
	if _, err := Decode("x", append(slices.Clone(photo[:len(photo)/2]), 0xff, 0xd9)); err == nil {
		t.Error("half a JPEG was taken")
	}
}

func TestRefused(t *testing.T) {
	jpegWith := func(old, new string) []byte {
		data := encodeJPEG(t, photograph(16, 16))
		i := bytes.Index(data, []byte(old))
		return slices.Concat(data[:i], []byte(new), data[i+len(old):])
	}
	noPixels := func(w, h uint32) []byte {
		b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
		b = binary.BigEndian.AppendUint32(b, w)
		return append(binary.BigEndian.AppendUint32(b, h), 8, 6, 0, 0, 0, 0, 0, 0, 0)
	}
	// A gray JPEG whose frame states two colours more, which no scan brings.
	gray := encodeJPEG(t, image.NewGray(image.Rect(0, 0, 16, 16)))
	frame := "\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00"
	scanless := bytes.Replace(gray, []byte(frame), []byte("\xff\xc0\x00\x11\x08\x00\x10\x00\x10\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00"), 1)
	clear := pngKind{depth: 8, color: 6}.bytes(4, 4, func(_, _, _ int) int { return 0 })
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "x is empty"},
		{"large", make([]byte, 40<<20), "x has 40 MB, more than the 32 MB a picture may have"},
		{"a little too large", make([]byte, MaxFile+1), "x has 33 MB, more than"},
		{"bomb", noPixels(20_000, 20_000), "x is 20000 x 20000 pixels, more than 64 million"},
		{"many pixels", noPixels(9000, 9000), "x is 9000 x 9000 pixels, more than 64 million"},
		{"endless", noPixels(1<<32-1, 1<<32-1), "x is 4294967295 x 4294967295 pixels"},
		{"no width", noPixels(0, 5), "x has no width or no height"},
		{"jpeg bomb", jpegWith("\x00\x10\x00\x10\x03", "\xff\xff\xff\xff\x03"), "x is 65535 x 65535 pixels"},
		{"gif bomb", []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"), "x is 65535 x 65535 pixels"},
		{"crc", bytes.Replace(smallPNG(), []byte("IHDR\x00\x00\x00\x09"), []byte("IHDR\x00\x00\x00\x0a"), 1), "x is a damaged PNG"},
		{"clear", clear, "x is completely transparent"},
		{"lossless jpeg", jpegWith("\xff\xc0\x00\x11", "\xff\xc3\x00\x11"), "x is a JPEG of an unusual kind"},
		{"12 bit jpeg", jpegWith("\xff\xc0\x00\x11\x08", "\xff\xc0\x00\x11\x0c"), "x is a JPEG of an unusual kind"},
		{"many scans", manyScans(101), "x is a JPEG drawn over more than 100 times"},
		{"no scan", []byte("\xff\xd8\xff\xd9"), "x is a JPEG that was cut short"},
		{"scans missing", scanless, "x is a JPEG that was cut short"},
		{"ribbon", noPixels(40_000, 2), "x is 40000 x 2 pixels, more than 32000 on a side"},
		{"moving webp", []byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00"), "x is a WebP that moves"},
		{"webp", []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), "x is a WebP of an unusual kind, or damaged"},
		{"heic", []byte("\x00\x00\x00\x18ftypheic"), "x is a HEIC photograph"},
		{"svgz", []byte("\x1f\x8b\x08\x00"), "x is a compressed file, such as .svgz"},
		{"tiff", []byte("II*\x00"), "x is a TIFF of an unusual kind, or damaged"},
		{"pdf", []byte("%PDF-1.7"), "x is a PDF or Illustrator file"},
		{"utf-16", []byte("\xff\xfe<\x00s\x00v\x00g\x00"), "x is a UTF-16 text"},
		{"text", []byte("hello"), "x is not a picture that can be used"},
	} {
		p, err := Decode("x", c.data)
		if err == nil {
			t.Errorf("%s was taken: %v", c.name, p)
			continue
		}
		e := err.(*Error)
		if !strings.HasPrefix(e.Message, c.want) || e.Hint == "" || strings.HasSuffix(e.Message, ".") {
			t.Errorf("%s: %q, hint %q", c.name, e.Message, e.Hint)
		}
		if c.name == "heic" && !strings.Contains(e.Hint, "iPhone") {
			t.Errorf("nobody is told how a telephone takes JPEGs: %q", e.Hint)
		}
	}
}

// TestBombIsCheap wants a huge size refused before anything of it is made.
func TestBombIsCheap(t *testing.T) {
	bomb := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x4e\x20\x00\x00\x4e\x20\x08\x06\x00\x00\x00")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 10 {
		if _, err := Decode("x", bomb); err == nil {
			t.Fatal("taken")
		}
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 100_000 {
		t.Errorf("%d bytes were allocated", n)
	}
}

// TestFitLight averages black and white to half the light, which is 188 of
// sRGB, and lends no colour from transparent pixels.
func TestFitLight(t *testing.T) {
	checks := decoded(t, pngKind{depth: 8}.bytes(64, 64, func(x, y, _ int) int { return (x + y) % 2 * 255 })).Bitmap
	small := checks.Fit(32, 100)
	if small.W != 32 || small.H != 32 || !small.Gray || small.JPEG != nil {
		t.Fatalf("%d x %d", small.W, small.H)
	}
	for _, v := range small.Pix {
		if v != 188 {
			t.Fatalf("half the light is %d", v)
		}
	}
	// Red, and green that cannot be seen.
	edge := decoded(t, pngKind{depth: 8, color: 6}.bytes(8, 8, func(x, y, c int) int {
		return [2][4]int{{255, 0, 0, 255}, {0, 255, 0, 0}}[x%2][c]
	})).Bitmap.Fit(4, 4)
	for i := range 16 {
		if got := edge.pixel(i%4, i/4); got != (color.NRGBA{255, 0, 0, 128}) {
			t.Fatalf("half of red is %v", got)
		}
	}
	if got := checks.Fit(64, 64); got != checks {
		t.Error("a bitmap that fits was made anew")
	}
}

// TestFitSizes holds any size to the box and the ratio, and a flat colour to
// itself.
func TestFitSizes(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	for range 300 {
		b := &Bitmap{W: 1 + r.Intn(40), H: 1 + r.Intn(40)}
		for range b.W * b.H {
			b.Pix = append(b.Pix, 12, 130, 250)
			b.Alpha = append(b.Alpha, 77)
		}
		w, h := r.Intn(45), r.Intn(45)
		s := b.Fit(w, h)
		w, h = max(w, 1), max(h, 1)
		if s.W > w || s.H > h || len(s.Pix) != s.W*s.H*3 || len(s.Alpha) != s.W*s.H {
			t.Fatalf("%d x %d in %d x %d became %d x %d", b.W, b.H, w, h, s.W, s.H)
		}
		if s.W < min(w, b.W) && s.H < min(h, b.H) {
			t.Fatalf("%d x %d in %d x %d became %d x %d: smaller than need be", b.W, b.H, w, h, s.W, s.H)
		}
		for i := range s.W * s.H {
			if s.Pix[3*i] != 12 || s.Pix[3*i+1] != 130 || s.Pix[3*i+2] != 250 || s.Alpha[i] != 77 {
				t.Fatalf("a flat colour became %v, %d", s.Pix[3*i:3*i+3], s.Alpha[i])
			}
		}
	}
}

// TestFitPhotograph wants a smaller JPEG of the same picture, and pixels where
// they take less.
func TestFitPhotograph(t *testing.T) {
	b := decoded(t, encodeJPEG(t, photograph(300, 200))).Bitmap
	s := b.Fit(150, 150)
	if s.W != 150 || s.H != 100 || s.JPEG == nil || len(s.JPEG) >= len(b.JPEG) {
		t.Fatalf("%d x %d, %d bytes", s.W, s.H, len(s.JPEG))
	}
	if !bytes.Equal(s.JPEG, b.Fit(150, 150).JPEG) {
		t.Error("the same bitmap gave other bytes")
	}
	p := s.pixels()
	for y := range s.H {
		for x := range s.W {
			i := 3 * (y*s.W + x)
			if far(p.Pix[i], uint8(x*255/150)) > 10 || far(p.Pix[i+1], uint8(y*255/100)) > 10 {
				t.Fatalf("pixel %d,%d is %v", x, y, p.Pix[i:i+3])
			}
		}
	}
	turned := decoded(t, withSegments(encodeJPEG(t, photograph(300, 200)), exif(binary.BigEndian, 6))).Bitmap
	if turned.Pix == nil || turned.Fit(1000, 1000).JPEG == nil {
		t.Error("a turned photograph does not become a JPEG again")
	}
	flat := image.NewRGBA(image.Rect(0, 0, 400, 400))
	for i := range flat.Pix {
		flat.Pix[i] = 255
	}
	if d := decoded(t, encodeJPEG(t, flat)).Bitmap.Fit(200, 200); d.Pix == nil {
		t.Error("a flat drawing stays a JPEG")
	}
}

// TestFitNeverGrows gives back a strongly compressed photograph that would take
// more room made a little smaller.
func TestFitNeverGrows(t *testing.T) {
	var coarse bytes.Buffer
	if err := jpeg.Encode(&coarse, photograph(300, 200), &jpeg.Options{Quality: 5}); err != nil {
		t.Fatal(err)
	}
	b := decoded(t, coarse.Bytes()).Bitmap
	if s := b.Fit(290, 290); s != b {
		t.Errorf("%d bytes became %d", len(b.JPEG), len(s.JPEG))
	}
}

// TestExifBroken takes a picture whose EXIF makes no sense as upright.
func TestExifBroken(t *testing.T) {
	for _, tiff := range []string{
		"", "II*\x00", "XX*\x00\x08\x00\x00\x00", "II*\x00\xff\xff\xff\xff", "MM\x00*\x00\x00\x00\x08",
		"II*\x00\x08\x00\x00\x00\xff\xff",
		"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x09\x00\x00\x00",
		"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x04\x00\x01\x00\x00\x00\x06\x00\x00\x00",
	} {
		data := withSegments(encodeJPEG(t, photograph(20, 10)), segment(0xe1, "Exif\x00\x00"+tiff))
		if b := decoded(t, data).Bitmap; b.W != 20 || b.JPEG == nil {
			t.Errorf("%q was turned", tiff)
		}
	}
}

func BenchmarkFit(b *testing.B) {
	photo := decoded(b, encodeJPEG(b, photograph(2000, 1500))).Bitmap
	for b.Loop() {
		photo.Fit(800, 600)
	}
}
