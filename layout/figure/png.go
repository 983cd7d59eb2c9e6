package figure

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/vector"

	"handout/content/picture"
)

// PNG paints the figure on white, at natural size for dpi dots an inch (10 to
// 1200).
func PNG(f *Figure, p Palette, dpi int) ([]byte, error) {
	if dpi < 10 || dpi > 1200 {
		return nil, fmt.Errorf("a picture has 10 to 1200 dots an inch, not %d", dpi)
	}
	k := float64(dpi) / 25.4
	img := image.NewRGBA(image.Rect(0, 0, int(math.Ceil(f.W*k)), int(math.Ceil(f.H*k))))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	Paint(img, f.Ink(p), picture.Point{}, k)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Paint draws d on img with its top left corner at the given pixel and k pixels
// for each unit of the drawing.
func Paint(img draw.Image, d *picture.Drawing, at picture.Point, k float64) {
	for _, p := range d.Paths {
		box := image.Rectangle{Min: image.Pt(1<<30, 1<<30), Max: image.Pt(-1<<30, -1<<30)}
		for _, q := range p.Pts {
			x, y := int(math.Floor(at.X+q.X*k)), int(math.Floor(at.Y+q.Y*k))
			box.Min.X, box.Min.Y = min(box.Min.X, x), min(box.Min.Y, y)
			box.Max.X, box.Max.Y = max(box.Max.X, x+1), max(box.Max.Y, y+1)
		}
		if box = box.Intersect(img.Bounds()); box.Empty() {
			continue
		}
		z := vector.NewRasterizer(box.Dx(), box.Dy())
		pts := p.Pts
		xy := func(i int) (x, y float32) {
			return float32(at.X + pts[i].X*k - float64(box.Min.X)), float32(at.Y + pts[i].Y*k - float64(box.Min.Y))
		}
		for _, op := range p.Ops {
			n := 1
			switch op {
			case picture.Move:
				z.MoveTo(xy(0))
			case picture.Line:
				z.LineTo(xy(0))
			case picture.Cubic:
				bx, by := xy(0)
				cx, cy := xy(1)
				dx, dy := xy(2)
				z.CubeTo(bx, by, cx, cy, dx, dy)
				n = 3
			case picture.Close:
				z.ClosePath()
				n = 0
			}
			pts = pts[n:]
		}
		c := color.NRGBA{p.Fill.R, p.Fill.G, p.Fill.B, uint8(math.Round(255 * p.Opacity))}
		z.Draw(img, box, image.NewUniform(c), image.Point{})
	}
}
