package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"sync"
	"testing"
)

// A picture in greys has the shape and the transparency it had, and the greys of a
// photocopy.
func TestGray(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 3, 1))
	m.Pix = []byte{255, 0, 0, 255, 0, 0, 255, 64, 10, 20, 30, 0}
	var file bytes.Buffer
	if err := png.Encode(&file, m); err != nil {
		t.Fatal(err)
	}
	p := decoded(t, file.Bytes())
	g := p.Gray()
	if b := g.Bitmap; !b.Gray || b.W != 3 || b.H != 1 || !bytes.Equal(b.Pix, []byte{76, 29, 18}) || !bytes.Equal(b.Alpha, []byte{255, 64, 0}) {
		t.Errorf("the bitmap is %+v", *b)
	}
	if p.Bitmap.Gray || p.Gray() != g || g.Gray() != g {
		t.Error("it is not made once, or of itself")
	}

	red := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for i := range 64 * 64 {
		red.Set(i%64, i/64, color.RGBA{200, 40, 40, 255})
	}
	file.Reset()
	if err := jpeg.Encode(&file, red, nil); err != nil {
		t.Fatal(err)
	}
	b := decoded(t, file.Bytes()).Gray().Bitmap.Fit(1000, 1000)
	if c := b.pixel(20, 20); !b.Gray || c.R < 86 || c.R > 90 {
		t.Errorf("a photograph is %v, gray %v", c, b.Gray)
	}

	d := decoded(t, []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#0f4c5c" fill-opacity=".5"/><path d="M0 0h4v4z"/></svg>`))
	was := d.Drawing.Paths[0].Fill
	paths := d.Gray().Drawing.Paths
	if len(paths) != 2 || paths[0].Fill != (Color{60, 60, 60}) || paths[0].Opacity != .5 || paths[1].Fill != (Color{}) || d.Drawing.Paths[0].Fill != was {
		t.Errorf("the drawing is %+v", paths)
	}
}

// TestGrayAtOnce: it is made once, whoever asks first. The race detector looks on in CI.
func TestGrayAtOnce(t *testing.T) {
	d := decoded(t, []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#0f4c5c"/></svg>`))
	var all sync.WaitGroup
	grays := make([]*Picture, 8)
	for i := range grays {
		all.Go(func() { grays[i] = d.Gray() })
	}
	all.Wait()
	for _, g := range grays {
		if g != grays[0] || g == d {
			t.Error("it is made more than once")
		}
	}
}
