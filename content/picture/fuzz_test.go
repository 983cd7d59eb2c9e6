package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
)

// endless are small files that ask for a great deal of work or depth.
func endless() map[string]string {
	svg := func(body string) string { return `<svg viewBox="0 0 100 100">` + body + `</svg>` }
	var laughs strings.Builder
	laughs.WriteString(`<defs><rect id="a0" width="1" height="1"/>`)
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&laughs, `<g id="a%d">%s</g>`, i, strings.Repeat(fmt.Sprintf(`<use href="#a%d"/>`, i-1), 10))
	}
	laughs.WriteString(`</defs><use href="#a29"/>`)
	var chain strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&chain, `<g id="c%d"><use href="#c%d"/></g>`, i, i+1)
	}
	curves := "M0 0" + strings.Repeat("c9e6 0-9e6 9e6 1 1", 10_000)
	return map[string]string{
		"laughs":        svg(laughs.String()),
		"chain":         svg(chain.String()),
		"deep":          svg(strings.Repeat("<g>", 100_000)),
		"deep foreign":  svg(strings.Repeat("<x:g>", 100_000)),
		"wide":          svg(strings.Repeat("<g/>", 100_000)),
		"dashes":        svg(`<path d="M0 0H1e7" stroke="red" stroke-dasharray="1e-6"/>`),
		"no dashes":     svg(`<path d="` + strings.Repeat("M0 0h1", 20_000) + `" stroke="red" stroke-dasharray="` + strings.Repeat("0 ", 20_000) + `1"/>`),
		"path again":    svg(`<path id="p" fill="none" d="` + strings.Repeat("M1 1", 20_000) + `"/>` + strings.Repeat(`<use href="#p"/>`, 10_000)),
		"far curves":    svg(strings.Repeat(`<path d="`+curves+`"/>`, 5)),
		"far strokes":   svg(`<path stroke="red" stroke-width="30" d="` + curves + `"/>`),
		"many sides":    svg(`<clipPath id="c"><path d="` + curves + `"/></clipPath><rect clip-path="url(#c)" width="9" height="9"/>`),
		"many rules":    svg(`<style>` + strings.Repeat("*{a:b;c:d}", 1900) + `</style>` + strings.Repeat("<g/>", 15_000)),
		"many classes":  svg(`<style>` + strings.Repeat(".z{fill:red}", 1900) + `</style><g class="` + strings.Repeat("a ", 100_000) + `"/>`),
		"rules":         svg(`<style>` + strings.Repeat("a,", 100_000) + `a{}</style>`),
		"stops":         svg(`<linearGradient id="g" href="#g"/><rect fill="url(#g)" width="1" height="1"/>`),
		"clips":         svg(`<clipPath id="c"><rect width="50" height="50"/></clipPath>` + strings.Repeat(`<g clip-path="url(#c)">`, 60) + `<path d="` + strings.Repeat("M60 60h1v1", 20_000) + `"/>` + strings.Repeat("</g>", 60)),
		"long number":   svg(`<rect width="` + strings.Repeat("9", 900_000) + `" height="1"/>`),
		"not a number":  svg(`<rect width="nan" height="inf"/>`),
		"tiny":          `<svg viewBox="0 0 1e-300 1e-300"><rect width="1" height="1" stroke="red"/></svg>`,
		"huge and tiny": `<svg width="1e7" height="1e-7" viewBox="0 0 1e-7 1e7"><path d="M0 0L1 1" stroke="red" stroke-width="5"/></svg>`,
		"flat":          svg(`<g transform="scale(0 1)"><path d="M0 0L50 50" stroke="red" stroke-width="9"/></g>`),
		"skewed":        svg(`<g transform="skewX(90)"><path d="M0 0L50 50V9" stroke="red" stroke-width="9"/></g>`),
		"faded":         svg(`<g opacity=".5">` + strings.Repeat(`<rect width="1" height="1"/>`, 15_000) + `</g>`),
		"entities":      `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><svg viewBox="0 0 1 1">&b;</svg>`,
		"charset":       `<?xml version="1.0" encoding="utf-7"?><svg viewBox="0 0 1 1"/>`,
	}
}

// sound holds a picture to what every writer of pages relies on.
func sound(p *Picture) error {
	if (p.Drawing == nil) == (p.Bitmap == nil) {
		return errors.New("not one of drawing and bitmap")
	}
	if w, h := p.Size(); !(w > 0 && h > 0) || math.IsInf(w, 0) || math.IsInf(h, 0) {
		return fmt.Errorf("size %g x %g", w, h)
	}
	if b := p.Bitmap; b != nil {
		n := b.W * b.H
		switch {
		case b.W > MaxSide || b.H > MaxSide || n > MaxKept:
			return fmt.Errorf("%d x %d", b.W, b.H)
		case b.JPEG != nil && (b.Pix != nil || b.Alpha != nil), b.JPEG == nil && len(b.Pix) != n*b.channels(), b.Alpha != nil && len(b.Alpha) != n:
			return errors.New("its parts do not match")
		}
		if s := b.Fit(7, 7); s.W > 7 || s.H > 7 {
			return errors.New("does not fit")
		}
		return nil
	}
	if len(p.Drawing.Paths) == 0 {
		return errors.New("nothing drawn")
	}
	steps := 0
	for i := range p.Drawing.Paths {
		q := &p.Drawing.Paths[i]
		if !(q.Opacity > 0 && q.Opacity <= 1) {
			return fmt.Errorf("opacity %g", q.Opacity)
		}
		points := 0
		for k, op := range q.Ops {
			if (k == 0 || q.Ops[k-1] == Close) && op != Move {
				return fmt.Errorf("operator %d follows nothing", k)
			}
			points += [...]int{Move: 1, Line: 1, Cubic: 3, Close: 0}[op]
		}
		if points != len(q.Pts) {
			return fmt.Errorf("%d points, not %d", len(q.Pts), points)
		}
		steps += len(q.Ops)
	}
	if steps > 2*maxSegments {
		return fmt.Errorf("%d segments", steps)
	}
	low, high := boundsOf(p.Drawing)
	slack := max(p.Drawing.W, p.Drawing.H) / 1000
	if !(low.X >= -slack && low.Y >= -slack && high.X <= p.Drawing.W+slack && high.Y <= p.Drawing.H+slack) {
		return fmt.Errorf("reaches from %v to %v", low, high)
	}
	return nil
}

func check(t *testing.T, name string, data []byte) {
	t.Helper()
	p, err := Decode("x", data)
	if err != nil {
		var e *Error
		if !errors.As(err, &e) || e.Message == "" || e.Hint == "" || len(e.Message) > 300 || strings.HasSuffix(e.Message, ".") {
			t.Errorf("%s: %q, hint %q", name, err, e.Hint)
		}
		return
	}
	if err := sound(p); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

func TestEndless(t *testing.T) {
	for name, file := range endless() {
		check(t, name, []byte(file))
	}
}

// FuzzDecode asks of any bytes: no panic, an error with a hint or a picture
// that is sound, and the same one each time.
func FuzzDecode(f *testing.F) {
	palette := []byte{255, 0, 0, 0, 255, 0}
	zero := func(x, y, _ int) int { return (x + y) % 2 }
	for _, k := range []pngKind{
		{depth: 1}, {depth: 16}, {depth: 8, color: 2, interlaced: true}, {depth: 16, color: 6},
		{depth: 2, color: 3, palette: palette, tRNS: []byte{1}}, {depth: 8, color: 4, interlaced: true},
		{depth: 8, color: 2, tRNS: []byte{0, 1}}, {depth: 8, color: 3},
	} {
		f.Add(k.bytes(5, 3, zero))
	}
	photo := encodeJPEG(f, photograph(20, 12))
	f.Add(photo)
	f.Add(withSegments(photo, exif(binary.BigEndian, 7)))
	f.Add(withSegments(photo, segment(0xe1, "Exif\x00\x00II*\x00\xff\xff\xff\xff")))
	f.Add(withSegments(photo, segment(0xee, "Adobe\x00\x64\x00\x00\x00\x00\x02")))
	f.Add(bytes.ReplaceAll(photo, []byte("\xff\xda"), []byte("\xff\xff\xff\xff\xda")))
	for _, name := range []string{"cmyk-adobe.jpg", "cmyk-plain.jpg", "ycck.jpg", "rgb.jpg", "progressive.jpg"} {
		f.Add(readTestdata(f, name))
	}
	f.Add(encodeGIF(f))
	f.Add([]byte("RIFF\x40\x00\x00\x00WEBPVP8 \x34\x00\x00\x00\xd0\x01\x00\x9d\x01\x2a\x10\x00\x0c\x00"))
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"))
	f.Add([]byte("BM\x3a\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\x00\x18\x00"))
	f.Add(withSegments(photo, segment(0xe2, "ICC_PROFILE\x00\x01\x01"+string(icc(displayP3, parametric(1, 1, 0, 0, 0))))))
	for _, b := range drawings(f) {
		f.Add([]byte(whole(b[1])))
	}
	for _, file := range endless() {
		if len(file) < 500 {
			f.Add([]byte(file))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		check(t, "fuzz", data)
		p, err := Decode("x", data)
		q, again := Decode("x", data)
		if (err == nil) != (again == nil) || err != nil && err.Error() != again.Error() {
			t.Fatalf("%v, then %v", err, again)
		}
		if err == nil && p.Drawing != nil && p.Drawing.text() != q.Drawing.text() {
			t.Fatal("two drawings of one file")
		}
	})
}
