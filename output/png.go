package output

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math"
	"time"

	pix "golang.org/x/image/draw"

	"handout/content/picture"
	"handout/fonts"
	"handout/layout"
)

// MaxPixels bounds a picture of pixels: half a gigabyte of memory.
const MaxPixels = 120_000_000

// Pixels is the size of a page's PNG.
func Pixels(s layout.Size, dpi int) (w, h int) {
	side := func(l layout.Length) int { return int(math.Ceil(l.Points()*float64(dpi)/72 - .01)) }
	return side(s.W), side(s.H)
}

// PNG paints a page on white with dpi dots an inch (10 to 1200): the items of its PDF at
// the same places, letters as outlines. Nothing in it can be read aloud or clicked.
//
// It fails if the page is not as PDF wants it, and above MaxPixels.
func PNG(p *layout.Page, dpi int) ([]byte, error) {
	if err := check(p, time.Unix(0, 0)); err != nil {
		return nil, err
	}
	if dpi < 10 || dpi > 1200 {
		return nil, fmt.Errorf("a picture has 10 to 1200 dots an inch, not %d", dpi)
	}
	w, h := Pixels(p.Size, dpi)
	if w*h > MaxPixels {
		return nil, fmt.Errorf("a picture of %d by %d pixels is too large", w, h)
	}
	c := &raster{image.NewRGBA(image.Rect(0, 0, w, h)), float64(dpi) / 72, map[*fonts.Face]*fonts.Outlines{}}
	pix.Draw(c.img, c.img.Rect, image.White, image.Point{}, pix.Src)
	for _, it := range p.Items {
		switch it := it.(type) {
		case *layout.Glyphs:
			c.glyphs(it)
		case *layout.Shape:
			c.shape(it)
		case *layout.Image:
			c.image(it)
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, c.img)
	return b.Bytes(), err
}

// raster is a page's pixels in the making.
type raster struct {
	img   *image.RGBA
	k     float64 // pixels a point
	faces map[*fonts.Face]*fonts.Outlines
}

// fill paints an area, in points.
func (c *raster) fill(p picture.Path) {
	d := picture.Drawing{Paths: []picture.Path{p}}
	d.Paint(c.img, picture.Point{}, picture.Point{X: c.k, Y: c.k})
}

// glyphs paints a run as one area.
func (c *raster) glyphs(g *layout.Glyphs) {
	face := c.faces[g.Face]
	if face == nil {
		face = g.Face.Outlines()
		c.faces[g.Face] = face
	}
	run := picture.Path{Fill: g.Color, Opacity: 1}
	size := g.Size.Points()
	unit := size / float64(g.Face.UnitsPerEm())
	x, y := g.At.X.Points(), g.At.Y.Points()
	for i := range g.Glyphs {
		at := func(to []int) picture.Point {
			return picture.Point{X: x + float64(to[0])*unit, Y: y - float64(to[1])*unit}
		}
		face.Trace(g.Glyphs[i].Shape, func(op byte, to []int) {
			switch op {
			case 'm':
				run.MoveTo(at(to))
			case 'l':
				run.LineTo(at(to))
			case 'q': // as a cubic: two thirds of the way to its control point
				a, b, end := run.Pts[len(run.Pts)-1], at(to), at(to[2:])
				third := func(p picture.Point) picture.Point {
					return picture.Point{X: (p.X + 2*b.X) / 3, Y: (p.Y + 2*b.Y) / 3}
				}
				run.CubicTo(third(a), third(end), end)
			case 'c':
				run.CubicTo(at(to), at(to[2:]), at(to[4:]))
			case 'z':
				run.Close()
			}
		})
		x += float64(g.Glyphs[i].Advance) / 1000 * size
	}
	c.fill(run)
}

func (c *raster) shape(s *layout.Shape) {
	path := picture.Path{Opacity: 1}
	for _, seg := range s.Path {
		path.Ops = append(path.Ops, seg.Op)
		for _, at := range points(seg) {
			path.Pts = append(path.Pts, picture.Point{X: at.X.Points(), Y: at.Y.Points()})
		}
	}
	if s.Fill != nil {
		path.Fill = *s.Fill
		c.fill(path)
	}
	if s.Stroke != nil {
		path.Fill = *s.Stroke
		c.fill(path.Stroked(s.Width.Points()))
	}
}

// image paints a picture, stretched into its box and cut off there.
func (c *raster) image(it *layout.Image) {
	pixel := func(l layout.Length) int { return int(math.Round(l.Points() * c.k)) }
	box := image.Rect(pixel(it.Box.X), pixel(it.Box.Y), pixel(it.Box.Right()), pixel(it.Box.Bottom()))
	if d := it.Picture.Drawing; d != nil {
		d.Paint(c.img.SubImage(box).(pix.Image), picture.Point{X: it.Box.X.Points() * c.k, Y: it.Box.Y.Points() * c.k},
			picture.Point{X: it.Box.W.Points() * c.k / d.W, Y: it.Box.H.Points() * c.k / d.H})
		return
	}
	m := it.Picture.Bitmap.Image()
	pix.CatmullRom.Scale(c.img, box, m, m.Bounds(), pix.Over, nil)
}
