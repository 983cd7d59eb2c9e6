package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/vector"
)

// PNG paints the drawing on white, at natural size for dpi dots an inch (10 to 1200)
// where a unit is a millimetre.
func (d *Drawing) PNG(dpi int) ([]byte, error) {
	if dpi < 10 || dpi > 1200 {
		return nil, fmt.Errorf("a picture has 10 to 1200 dots an inch, not %d", dpi)
	}
	k := float64(dpi) / 25.4
	img := image.NewRGBA(image.Rect(0, 0, int(math.Ceil(d.W*k)), int(math.Ceil(d.H*k))))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	d.Paint(img, Point{}, Point{k, k})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Paint draws on img, with the drawing's top left corner at the given pixel and scale
// pixels for each of its units.
func (d *Drawing) Paint(img draw.Image, at, scale Point) {
	for _, p := range d.Paths {
		min, max := p.Bounds()
		box := image.Rect(int(math.Floor(at.X+min.X*scale.X)), int(math.Floor(at.Y+min.Y*scale.Y)),
			int(math.Floor(at.X+max.X*scale.X))+1, int(math.Floor(at.Y+max.Y*scale.Y))+1)
		if box = box.Intersect(img.Bounds()); box.Empty() {
			continue
		}
		p = p.through(matrix{scale.X, 0, 0, scale.Y, at.X - float64(box.Min.X), at.Y - float64(box.Min.Y)})
		ink := p.inked()
		if p.EvenOdd || p.Within != nil {
			mask := p.covered(box.Size())
			for _, area := range p.Within {
				for i, a := range area.covered(box.Size()).Pix {
					mask.Pix[i] = uint8((int(mask.Pix[i])*int(a) + 127) / 255)
				}
			}
			draw.DrawMask(img, box, ink, image.Point{}, mask, image.Point{}, draw.Over)
			continue
		}
		p.rasterized(box.Size()).Draw(img, box, ink, image.Point{})
	}
}

// inked is what a path is painted with.
func (p Path) inked() image.Image {
	alpha := uint8(math.Round(255 * p.Opacity))
	if g := p.Gradient; g != nil {
		if back, ok := g.plane().inverse(); ok {
			return shade{g, back, alpha}
		}
	}
	return image.NewUniform(color.NRGBA{p.Fill.R, p.Fill.G, p.Fill.B, alpha})
}

func (p Path) rasterized(size image.Point) *vector.Rasterizer {
	z := vector.NewRasterizer(size.X, size.Y)
	for s := range p.steps {
		s.trace(z)
	}
	z.ClosePath()
	return z
}

// covered is what the path covers of so many pixels. The rasterizer knows no rule but
// nonzero, so that lines are drawn across the path: eight for each row of pixels.
func (p Path) covered(size image.Point) *image.Alpha {
	const lines = 8
	mask := image.NewAlpha(image.Rectangle{Max: size})
	contours := p.contours(.05)
	row := make([]float64, size.X)
	for y := range size.Y {
		clear(row)
		for i := range lines {
			for _, s := range spans(contours, p.EvenOdd, float64(y)+(float64(i)+.5)/lines) {
				from, to := max(s[0], 0), min(s[1], float64(size.X))
				for x := int(from); float64(x) < to; x++ {
					row[x] += min(to, float64(x+1)) - max(from, float64(x))
				}
			}
		}
		for x, v := range row {
			mask.Pix[y*mask.Stride+x] = level(v / lines)
		}
	}
	return mask
}

// trace goes along a step.
func (s step) trace(z *vector.Rasterizer) {
	xy := func(i int) (x, y float32) { return float32(s.pts[i].X), float32(s.pts[i].Y) }
	switch s.op {
	case Move:
		z.ClosePath() // as filling does
		z.MoveTo(xy(0))
	case Line:
		z.LineTo(xy(0))
	case Cubic:
		bx, by := xy(0)
		cx, cy := xy(1)
		dx, dy := xy(2)
		z.CubeTo(bx, by, cx, cy, dx, dy)
	case Close:
		z.ClosePath()
	}
}
