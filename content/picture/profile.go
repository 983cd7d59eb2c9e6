package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"math"
)

// profile is what the numbers of a picture mean: three curves and three primaries, as ICC.1
// writes them for cameras and screens (Display P3, Adobe RGB).
type profile struct {
	light [3][256]float64
	srgb  [3][3]float64 // from that light to the light of sRGB
}

// maxProfile is how long a profile of primaries may be; most have 3 kB.
const maxProfile = 1 << 20

// readProfile reads an ICC profile. It is nil if there is none, if it is of another kind, or if it
// is hardly other than sRGB.
func readProfile(data []byte) *profile {
	if len(data) < 132 || string(data[16:24]) != "RGB XYZ " {
		return nil
	}
	tags := map[string][]byte{}
	for i := range min(int(binary.BigEndian.Uint32(data[128:])), 100) {
		if 132+12*i+12 > len(data) {
			return nil
		}
		entry := data[132+12*i:]
		at, n := uint64(binary.BigEndian.Uint32(entry[4:])), uint64(binary.BigEndian.Uint32(entry[8:]))
		if at+n > uint64(len(data)) {
			return nil
		}
		tags[string(entry[:4])] = data[at : at+n]
	}
	p := &profile{}
	// From the light of the profile's white, D50, to that of sRGB: IEC 61966-2-1, adapted by Bradford.
	back := [3][3]float64{
		{3.1338561, -1.6168667, -.4906146}, {-.9787684, 1.9161415, .0334540}, {.0719453, -.2289914, 1.4052427}}
	for i, name := range []string{"r", "g", "b"} {
		xyz := tags[name+"XYZ"]
		if len(xyz) < 20 {
			return nil
		}
		for k := range 3 {
			for row := range 3 {
				p.srgb[row][i] += back[row][k] * fixed(xyz[8+4*k:])
			}
		}
		f := curve(tags[name+"TRC"])
		if f == nil {
			return nil
		}
		for v := range 256 {
			if p.light[i][v] = f(float64(v) / 255); math.IsNaN(p.light[i][v]) {
				return nil
			}
		}
	}
	for _, c := range []Color{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {128, 128, 128}, {200, 60, 20}, {20, 60, 200}} {
		d := p.of(c)
		if max(apart(c.R, d.R), apart(c.G, d.G), apart(c.B, d.B)) > 2 {
			return p
		}
	}
	return nil
}

func apart(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// fixed is a number of 16 bits and 16 of its fraction.
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// curve is a tone curve: ICC.1, 10.6 and 10.18.
func curve(tag []byte) func(float64) float64 {
	if len(tag) < 12 {
		return nil
	}
	switch n := int(binary.BigEndian.Uint32(tag[8:])); string(tag[:4]) {
	case "curv":
		table := tag[12:]
		if n < 0 || n > len(table)/2 {
			return nil
		}
		at := func(i int) float64 { return float64(binary.BigEndian.Uint16(table[2*i:])) }
		switch n {
		case 0:
			return func(v float64) float64 { return v }
		case 1:
			return func(v float64) float64 { return math.Pow(v, at(0)/256) }
		}
		return func(v float64) float64 {
			x := v * float64(n-1)
			i := min(int(x), n-2)
			return (at(i) + (at(i+1)-at(i))*(x-float64(i))) / 65535
		}
	case "para":
		kind := int(binary.BigEndian.Uint16(tag[8:]))
		counts := []int{1, 3, 4, 5, 7}
		if kind >= len(counts) || len(tag) < 12+4*counts[kind] {
			return nil
		}
		var v [7]float64 // g a b c d e f
		for i := range counts[kind] {
			v[i] = fixed(tag[12+4*i:])
		}
		return func(x float64) float64 {
			switch kind {
			case 0:
				return math.Pow(x, v[0])
			case 1, 2:
				if x < -v[2]/v[1] {
					return v[3]
				}
				return math.Pow(v[1]*x+v[2], v[0]) + v[3]
			}
			if x < v[4] {
				return v[3]*x + v[6]
			}
			return math.Pow(v[1]*x+v[2], v[0]) + v[5]
		}
	}
	return nil
}

// of is a colour as sRGB has it, the nearest there is.
func (p *profile) of(c Color) Color {
	r, g, b := p.light[0][c.R], p.light[1][c.G], p.light[2][c.B]
	code := func(m [3]float64) uint8 { return byteOf(m[0]*r + m[1]*g + m[2]*b) }
	return Color{code(p.srgb[0]), code(p.srgb[1]), code(p.srgb[2])}
}

// converted is a bitmap of pixels whose numbers mean what the profile says, as sRGB.
func (b *Bitmap) converted(p *profile) *Bitmap {
	if p == nil || b.Pix == nil {
		return b
	}
	n := b.channels()
	known := map[Color]Color{}
	for i := 0; i < len(b.Pix); i += n {
		px := b.Pix[i : i+n]
		c := Color{px[0], px[n/2], px[n-1]}
		d, ok := known[c]
		if !ok {
			d = p.of(c)
			if len(known) < 1<<18 {
				known[c] = d
			}
		}
		px[0], px[n-1] = d.R, d.B
		px[n/2] = d.G
	}
	return b
}

// pngProfile is the profile a PNG carries: ISO/IEC 15948, 11.3.3.3.
func pngProfile(data []byte) *profile {
	for rest := data[8:]; len(rest) >= 12; {
		n, kind := uint64(binary.BigEndian.Uint32(rest)), string(rest[4:8])
		if n+12 > uint64(len(rest)) || kind == "IDAT" {
			return nil
		}
		body := rest[8 : 8+n]
		rest = rest[12+n:]
		if kind != "iCCP" {
			continue
		}
		_, packed, _ := bytes.Cut(body, []byte{0})
		if len(packed) < 2 || packed[0] != 0 {
			return nil
		}
		z, err := zlib.NewReader(bytes.NewReader(packed[1:]))
		if err != nil {
			return nil
		}
		icc, err := io.ReadAll(io.LimitReader(z, maxProfile))
		if err != nil {
			return nil
		}
		return readProfile(icc)
	}
	return nil
}
