package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"testing"
)

func TestDrawingPNG(t *testing.T) {
	b, err := drawn.PNG(100)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil || img.Bounds().Dx() != 100 || img.Bounds().Dy() != 50 {
		t.Fatalf("%v %v", err, img)
	}
	if r, _, _, _ := img.At(5, 5).RGBA(); r != 0 {
		t.Error("the triangle is not black")
	}
	if r, _, _, _ := img.At(95, 45).RGBA(); r != 0xffff {
		t.Error("the ground is not white")
	}
	if _, err := drawn.PNG(5); err == nil {
		t.Error("5 dots an inch were accepted")
	}
}

// A ring is a hole by the even-odd rule, whichever way round its contours go, and full by
// the other if they go the same way.
func TestPaintEvenOdd(t *testing.T) {
	square := func(p *Path, from, to float64) {
		p.MoveTo(Point{from, from})
		p.LineTo(Point{to, from})
		p.LineTo(Point{to, to})
		p.LineTo(Point{from, to})
		p.Close()
	}
	for _, evenOdd := range []bool{false, true} {
		p := Path{Opacity: 1, EvenOdd: evenOdd}
		for i := range 3 {
			square(&p, float64(2*i), float64(20-2*i))
		}
		img := image.NewRGBA(image.Rect(0, 0, 60, 30))
		draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
		(&Drawing{W: 20, H: 20, Paths: []Path{p}}).Paint(img, Point{10, 5}, Point{2, 1})
		black, white := color.RGBA{0, 0, 0, 255}, color.RGBA{255, 255, 255, 255}
		ring := black
		if evenOdd {
			ring = white
		}
		for _, c := range []struct {
			x, y int
			want color.RGBA
		}{{5, 15, white}, {11, 15, black}, {15, 15, ring}, {30, 15, black}, {45, 15, ring}, {49, 15, black}, {51, 15, white}, {30, 3, white}} {
			if got := img.RGBAAt(c.x, c.y); got != c.want {
				t.Errorf("even-odd %v: %v at %d, %d", evenOdd, got, c.x, c.y)
			}
		}
	}
}
