package output

import (
	"bytes"
	"fmt"
	"image/png"
	"time"

	"handout/content/picture"
	"handout/fonts"
	"handout/layout"
)

// MaxPixels bounds a picture of pixels: half a gigabyte of memory.
const MaxPixels = 120_000_000

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
	w, h := p.Size.Pixels(dpi)
	if w*h > MaxPixels {
		return nil, fmt.Errorf("a picture of %d by %d pixels is too large", w, h)
	}
	c := &raster{layout.NewPainting(p.Size, dpi), map[*fonts.Face]*fonts.Outlines{}}
	for _, it := range p.Items {
		if g, ok := it.(*layout.Glyphs); ok {
			c.glyphs(g)
		} else {
			c.Add(it)
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, c.RGBA)
	return b.Bytes(), err
}

// raster is a page's pixels in the making.
type raster struct {
	*layout.Painting
	faces map[*fonts.Face]*fonts.Outlines
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
	c.Fill(run)
}
