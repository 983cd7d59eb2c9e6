package layout

import (
	"image"
	"math"

	"golang.org/x/image/draw"

	"handout/content/picture"
)

// Painting is the shapes and the pictures of a page in pixels, on white: what its words stand on.
type Painting struct {
	*image.RGBA
	dots float64 // a point
}

// Pixels is the size of a page with dpi dots an inch.
func (s Size) Pixels(dpi int) (w, h int) {
	side := func(l Length) int { return int(math.Ceil(l.Points()*float64(dpi)/72 - .01)) }
	return side(s.W), side(s.H)
}

// NewPainting is a sheet of that size with dpi dots an inch.
func NewPainting(s Size, dpi int) *Painting {
	w, h := s.Pixels(dpi)
	p := &Painting{image.NewRGBA(image.Rect(0, 0, w, h)), float64(dpi) / 72}
	draw.Draw(p, p.Rect, image.White, image.Point{}, draw.Src)
	return p
}

// Fill paints an area, in points.
func (p *Painting) Fill(area picture.Path) {
	d := picture.Drawing{Paths: []picture.Path{area}}
	d.Paint(p.RGBA, picture.Point{}, picture.Point{X: p.dots, Y: p.dots})
}

// Add paints a shape, or a picture stretched into its box and cut off there.
func (p *Painting) Add(it Item) {
	switch it := it.(type) {
	case *Shape:
		path := picture.Path{Opacity: 1}
		for _, s := range it.Path {
			path.Ops = append(path.Ops, s.Op)
			for _, at := range s.Points() {
				path.Pts = append(path.Pts, picture.Point{X: at.X.Points(), Y: at.Y.Points()})
			}
		}
		if it.Fill != nil {
			path.Fill = *it.Fill
			p.Fill(path)
		}
		if it.Stroke != nil {
			path.Fill = *it.Stroke
			p.Fill(path.Stroked(it.Width.Points()))
		}
	case *Image:
		dots := func(l Length) float64 { return l.Points() * p.dots }
		pixel := func(l Length) int { return int(math.Round(dots(l))) }
		r := it.Box
		box := image.Rect(pixel(r.X), pixel(r.Y), pixel(r.Right()), pixel(r.Bottom()))
		if d := it.Picture.Drawing; d != nil {
			d.Paint(p.SubImage(box).(draw.Image), picture.Point{X: dots(r.X), Y: dots(r.Y)},
				picture.Point{X: dots(r.W) / d.W, Y: dots(r.H) / d.H})
			return
		}
		m := it.Picture.Bitmap.Image()
		draw.CatmullRom.Scale(p, box, m, m.Bounds(), draw.Over, nil)
	}
}

// at is what is seen at a place; white beyond the sheet.
func (p *Painting) at(at XY) picture.Color {
	x, y := int(math.Floor(at.X.Points()*p.dots)), int(math.Floor(at.Y.Points()*p.dots))
	if !(image.Point{X: x, Y: y}).In(p.Rect) {
		return picture.White
	}
	c := p.RGBAAt(x, y)
	return picture.Color{R: c.R, G: c.G, B: c.B}
}
