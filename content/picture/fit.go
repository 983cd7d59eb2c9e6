package picture

import (
	"bytes"
	"compress/flate"
	"errors"
	"image"
	"image/jpeg"
	"math"
	"slices"
)

// photoQuality is the JPEG quality of a photograph made smaller: at 300 pixels
// to the inch its losses are below what a printer's raster shows.
const photoQuality = 88

// Fit is the bitmap made smaller, in proportion, so that it is at most maxW by
// maxH pixels (at least 1 each): what a box on the page can show. It never
// grows. A photograph that came as a JPEG becomes one again unless plain pixels
// compress better; it never takes more bytes than it came with. Making it is
// slow: keep the result. The same bitmap and size give the same bytes.
func (b *Bitmap) Fit(maxW, maxH int) *Bitmap {
	maxW, maxH = max(maxW, 1), max(maxH, 1)
	w, h := b.W, b.H
	if w > maxW {
		w, h = maxW, (b.H*maxW+b.W/2)/b.W
	}
	if h > maxH {
		w, h = (b.W*maxH+b.H/2)/b.H, maxH
	}
	w, h = max(w, 1), max(h, 1)
	same := w == b.W && h == b.H
	if same && (b.JPEG != nil || !b.lossy) {
		return b
	}
	s := b.pixels()
	if !same {
		s = s.shrunk(w, h)
	}
	if b.lossy {
		if s = s.packed(len(b.JPEG)); s == nil {
			return b
		}
	}
	return s
}

// packed is an opaque bitmap as a JPEG, or itself if its pixels take less room
// deflated, as drawings saved as JPEG do; they then stay sharp too. It is nil
// if neither takes less than most bytes; most 0 is no bound.
func (b *Bitmap) packed(most int) *Bitmap {
	var m image.Image
	if b.Gray {
		m = &image.Gray{Pix: b.Pix, Stride: b.W, Rect: image.Rect(0, 0, b.W, b.H)}
	} else {
		rgba := image.NewRGBA(image.Rect(0, 0, b.W, b.H))
		for i := range b.W * b.H {
			copy(rgba.Pix[4*i:], b.Pix[3*i:3*i+3])
			rgba.Pix[4*i+3] = 255
		}
		m = rgba
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: photoQuality}); err != nil {
		panic("picture: encoding a JPEG in memory: " + err.Error())
	}
	p, err := takeApart(out.Bytes())
	if err != nil {
		panic("picture: reading a JPEG of our own: " + err.Error())
	}
	stream := p.stream()
	if most == 0 {
		most = math.MaxInt
	}
	if deflatesBelow(b.Pix, min(len(stream), most)) {
		return b
	}
	if len(stream) >= most {
		return nil
	}
	return &Bitmap{W: b.W, H: b.H, JPEG: stream, Gray: b.Gray, lossy: true}
}

// deflatesBelow tells whether data compress to fewer than n bytes; it stops
// as soon as they do not.
func deflatesBelow(data []byte, n int) bool {
	left := budget(n)
	w, err := flate.NewWriter(&left, flate.DefaultCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	return err == nil
}

// budget is a writer that takes fewer bytes than its value.
type budget int

func (b *budget) Write(p []byte) (int, error) {
	if len(p) >= int(*b) {
		return 0, errors.New("too long")
	}
	*b -= budget(len(p))
	return len(p), nil
}

// shrunk averages the area under each new pixel, in linear light and weighed
// by alpha, so that edges keep their weight and transparent pixels lend no
// colour. All sums are whole numbers: the result is the same on every machine.
// w and h are at most the bitmap's own.
func (b *Bitmap) shrunk(w, h int) *Bitmap {
	light := newLight()
	n := b.channels()
	s := &Bitmap{W: w, H: h, Gray: b.Gray, lossy: b.lossy, Pix: make([]byte, 0, w*h*n)}
	if b.Alpha != nil {
		s.Alpha = make([]byte, 0, w*h)
	}
	// A sum has n colours times alpha, then alpha. Lengths along a side are
	// counted so that an old pixel is w long and a new one b.W: the largest
	// sum, 65535*255*b.W*b.H, stays below 2^50.
	row := make([]uint64, w*(n+1))
	sum := make([]uint64, w*(n+1))
	for y := range b.H {
		clear(row)
		b.addRow(row, y, w, light)
		// This row of old pixels lies in one or two rows of new ones.
		top, bottom := y*h, (y+1)*h
		cut := (top/b.H + 1) * b.H
		addTimes(sum, row, min(bottom, cut)-top)
		if bottom >= cut {
			s.emit(sum, b.W*b.H, light)
			clear(sum)
			addTimes(sum, row, bottom-cut)
		}
	}
	return s
}

// addRow adds the pixels of row y to the sums of the w new pixels below them.
func (b *Bitmap) addRow(row []uint64, y, w int, light *light) {
	n := b.channels()
	for x := range b.W {
		i := y*b.W + x
		alpha := uint64(255)
		if b.Alpha != nil {
			alpha = uint64(b.Alpha[i])
		}
		left, right := x*w, (x+1)*w
		to := left / b.W
		cut := (to + 1) * b.W
		here, there := uint64(min(right, cut)-left), uint64(max(right-cut, 0))
		for c := range n {
			v := uint64(light.of[b.Pix[i*n+c]]) * alpha
			row[to*(n+1)+c] += v * here
			if there > 0 {
				row[(to+1)*(n+1)+c] += v * there
			}
		}
		row[to*(n+1)+n] += alpha * here
		if there > 0 {
			row[(to+1)*(n+1)+n] += alpha * there
		}
	}
}

func addTimes(sum, row []uint64, times int) {
	for i, v := range row {
		sum[i] += v * uint64(times)
	}
}

// emit appends one finished row of pixels, each the sum over area.
func (b *Bitmap) emit(sum []uint64, area int, light *light) {
	n := b.channels()
	for ; len(sum) > 0; sum = sum[n+1:] {
		alpha := sum[n]
		for c := range n {
			v := uint64(0)
			if alpha > 0 {
				v = (sum[c] + alpha/2) / alpha
			}
			b.Pix = append(b.Pix, light.code(uint16(v)))
		}
		if b.Alpha != nil {
			b.Alpha = append(b.Alpha, uint8((alpha+uint64(area)/2)/uint64(area)))
		}
	}
}

// light is the transfer function of sRGB (IEC 61966-2-1) at 16 bits.
type light struct {
	of   [256]uint16 // the light of a code
	from [255]uint16 // from[i] is the least light whose code is above i
}

func newLight() *light {
	l := new(light)
	linear := func(v float64) uint16 {
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		return uint16(math.Round(v * 65535))
	}
	for i := range l.of {
		l.of[i] = linear(float64(i) / 255)
	}
	for i := range l.from {
		l.from[i] = linear((float64(i) + 0.5) / 255)
	}
	return l
}

// code is the code whose light is nearest.
func (l *light) code(v uint16) uint8 {
	i, exact := slices.BinarySearch(l.from[:], v)
	if exact {
		i++
	}
	return uint8(i)
}
