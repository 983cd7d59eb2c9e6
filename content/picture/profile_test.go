package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

// icc is a profile with the primaries, and one curve for all three.
func icc(primaries [9]float64, trc []byte) []byte {
	b := make([]byte, 128)
	copy(b[16:], "RGB XYZ ")
	number := func(b []byte, v float64) []byte {
		return binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	b = binary.BigEndian.AppendUint32(b, 6)
	at := len(b) + 6*12
	var data []byte
	for i, name := range []string{"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"} {
		tag := trc
		if i < 3 {
			tag = []byte("XYZ \x00\x00\x00\x00")
			for _, v := range primaries[3*i : 3*i+3] {
				tag = number(tag, v)
			}
		}
		b = binary.BigEndian.AppendUint32(append(b, name...), uint32(at+len(data)))
		b = binary.BigEndian.AppendUint32(b, uint32(len(tag)))
		data = append(data, tag...)
	}
	return append(b, data...)
}

var (
	displayP3 = [9]float64{.51512, .2412, -.00105, .29198, .69225, .04189, .1571, .06657, .78407}
	adobeRGB  = [9]float64{.60974, .31111, .01947, .20528, .62567, .06087, .14919, .06322, .74457}
	sRGB      = [9]float64{.43607, .22249, .01392, .38515, .71687, .09708, .14307, .06061, .7141}
)

func parametric(v ...float64) []byte {
	b := []byte("para\x00\x00\x00\x00\x00\x03\x00\x00")
	for _, v := range v {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return b
}

// Colours that a profile tells to be others are shown as they were meant, in a PNG and in a JPEG.
func TestProfile(t *testing.T) {
	curve := parametric(2.4, 1/1.055, .055/1.055, 1/12.92, .04045)
	gamma := []byte("curv\x00\x00\x00\x00\x00\x00\x00\x01\x02\x33")
	for _, c := range []struct {
		name       string
		icc        []byte
		from, want Color
	}{
		{"Display P3, green", icc(displayP3, curve), Color{117, 251, 76}, Color{0, 255, 0}},
		{"Display P3, red", icc(displayP3, curve), Color{234, 51, 35}, Color{255, 0, 0}},
		{"Display P3, more than sRGB has", icc(displayP3, curve), Color{0, 255, 0}, Color{0, 255, 0}},
		{"Adobe RGB", icc(adobeRGB, gamma), Color{144, 255, 60}, Color{0, 255, 0}},
		{"sRGB", icc(sRGB, curve), Color{117, 251, 76}, Color{117, 251, 76}},
		{"cut short", icc(displayP3, curve)[:150], Color{117, 251, 76}, Color{117, 251, 76}},
		{"no curve", icc(displayP3, []byte("none")), Color{117, 251, 76}, Color{117, 251, 76}},
	} {
		m := image.NewRGBA(image.Rect(0, 0, 16, 16))
		for i := range 256 {
			m.SetRGBA(i%16, i/16, color.RGBA{c.from.R, c.from.G, c.from.B, 255})
		}
		var file, packed bytes.Buffer
		if err := png.Encode(&file, m); err != nil {
			t.Fatal(err)
		}
		z := zlib.NewWriter(&packed)
		z.Write(c.icc)
		z.Close()
		body := append([]byte("Name\x00\x00"), packed.Bytes()...)
		const head = 8 + 25 // the signature and IHDR
		withPNG := append(chunk(bytes.Clone(file.Bytes()[:head]), "iCCP", body), file.Bytes()[head:]...)
		withJPEG := withSegments(encodeJPEG(t, m), segment(0xe2, "ICC_PROFILE\x00\x01\x01"+string(c.icc)))
		for kind, data := range map[string][]byte{"PNG": withPNG, "JPEG": withJPEG} {
			b := decoded(t, data).Bitmap
			if (b.JPEG != nil) != (kind == "JPEG" && c.want == c.from) && c.name != "Display P3, more than sRGB has" {
				t.Errorf("%s: %s: made anew: %v", c.name, kind, b.JPEG == nil)
			}
			got := b.pixels()
			i := 3 * 100
			if far(got.Pix[i], c.want.R) > 6 || far(got.Pix[i+1], c.want.G) > 6 || far(got.Pix[i+2], c.want.B) > 6 {
				t.Errorf("%s: %s: %v, not %v", c.name, kind, got.Pix[i:i+3], c.want)
			}
		}
	}
}

// BMP, TIFF and WebP are pictures too.
func TestOtherKinds(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 16, 12))
	for i := range 16 * 12 {
		m.SetNRGBA(i%16, i/16, color.NRGBA{0xc8, 0x3c, 0x14, 255})
	}
	clear := image.NewNRGBA(m.Rect)
	copy(clear.Pix, m.Pix)
	for i := 3; i < len(clear.Pix); i += 4 {
		clear.Pix[i] = 128
	}
	var asBMP, asTIFF, clearTIFF bytes.Buffer
	if bmp.Encode(&asBMP, m) != nil || tiff.Encode(&asTIFF, m, &tiff.Options{Compression: tiff.Deflate}) != nil ||
		tiff.Encode(&clearTIFF, clear, nil) != nil {
		t.Fatal("no files")
	}
	webp := func(text string) []byte {
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct {
		file  []byte
		alpha bool
	}{
		"BMP":       {asBMP.Bytes(), false},
		"TIFF":      {asTIFF.Bytes(), false},
		"TIFF half": {clearTIFF.Bytes(), true},
		"WebP": {webp("UklGRkAAAABXRUJQVlA4IDQAAADQAQCdASoQAAwAAMASJaACdLoB+AADsAD+82mX/u837nz9z5/xe//rYP62D+tg/+tAAAAA"),
			false},
		"WebP half": {webp("UklGRmQAAABXRUJQVlA4WAoAAAAQAAAADwAACwAAQUxQSAoAAAABB1DAiAhERP8DVlA4IDQAAADQAQCdASoQAAwAAMASJaAC" +
			"dLoB+AADsAD+82mX/u837nz9z5/xe//rYP62D+tg/+tAAAAA"), true},
	} {
		b := decoded(t, c.file).Bitmap
		if b.W != 16 || b.H != 12 || (b.Alpha != nil) != c.alpha || c.alpha && far(b.Alpha[50], 128) > 1 {
			t.Errorf("%s: %d x %d, alpha %v", name, b.W, b.H, b.Alpha != nil)
			continue
		}
		if got := b.Pix[150:153]; far(got[0], 0xc8) > 3 || far(got[1], 0x3c) > 3 || far(got[2], 0x14) > 3 {
			t.Errorf("%s: % x", name, got)
		}
		for n := range c.file {
			check(t, name, c.file[:n])
		}
	}
}

// What a camera makes is made smaller, not refused.
func TestOversized(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 8064, 3200))
	for i := range m.Pix {
		m.Pix[i] = uint8(i % 2 * 255)
	}
	var file bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, m); err != nil {
		t.Fatal(err)
	}
	b := decoded(t, file.Bytes()).Bitmap
	if b.W != 4032 || b.H != 1600 || !b.Gray || far(b.Pix[5000], 188) > 1 {
		t.Errorf("%d x %d, %v, %d", b.W, b.H, b.Gray, b.Pix[5000])
	}
}
