package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// A logo is drawn for a web page as often as for paper: in white, for a dark ground, or with
// an empty margin that would make it small in its box.

// proof is how many pixels the longer side of a drawing has when it is looked at.
const proof = 480

// On paper, what is lighter than this cannot be told from it (margin), or is hardly seen.
const (
	marginLuma = .97
	faintLuma  = .82
)

// Logo is the picture without its empty margins, and whether what there is of it is too
// pale, or too little, to be seen on paper.
func (p *Picture) Logo() (_ *Picture, unseen bool) {
	img, k := p.onPaper()
	ink, seen := image.Rectangle{}, 0
	size := img.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			c := img.RGBAAt(x, y)
			switch luma := (Color{c.R, c.G, c.B}).Luma(); {
			case luma < faintLuma:
				seen++
				fallthrough
			case luma < marginLuma:
				ink = ink.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if seen*400 < ink.Dx()*ink.Dy() || seen < 4 {
		return p, true
	}
	if ink.Dx()*100 >= size.X*96 && ink.Dy()*100 >= size.Y*96 {
		return p, false
	}
	ink = ink.Inset(-1).Intersect(img.Bounds())
	at := func(x int) float64 { return float64(x) / k }
	return p.cropped(Point{at(ink.Min.X), at(ink.Min.Y)}, Point{at(ink.Max.X), at(ink.Max.Y)}), false
}

// onPaper is the picture printed on white, with k pixels for each of its units.
func (p *Picture) onPaper() (img *image.RGBA, k float64) {
	w, h := p.Size()
	k = proof / max(w, h)
	if p.Bitmap != nil {
		k = min(k, 1)
	}
	img = image.NewRGBA(image.Rect(0, 0, max(int(math.Ceil(w*k)), 1), max(int(math.Ceil(h*k)), 1)))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	if p.Drawing != nil {
		p.Drawing.Paint(img, Point{}, Point{k, k})
		return img, k
	}
	b := p.Bitmap.pixels().shrunk(img.Bounds().Dx(), img.Bounds().Dy())
	n := b.channels()
	for i := range b.W * b.H {
		px, alpha := b.Pix[i*n:(i+1)*n], uint32(255)
		if b.Alpha != nil {
			alpha = uint32(b.Alpha[i])
		}
		on := func(v uint8) uint8 { return uint8((uint32(v)*alpha + 255*(255-alpha)) / 255) }
		img.SetRGBA(i%b.W, i/b.W, color.RGBA{on(px[0]), on(px[n/2]), on(px[n-1]), 255})
	}
	return img, k
}

// cropped is the part of the picture between two corners.
func (p *Picture) cropped(from, to Point) *Picture {
	out := &Picture{Notes: p.Notes}
	if p.Drawing != nil {
		d := &Drawing{W: to.X - from.X, H: to.Y - from.Y}
		edge := rectWindow(matrix{1, 0, 0, 1, 0, 0}, 0, 0, d.W, d.H)
		for _, path := range p.Drawing.Paths {
			path = edge.clip(path.through(matrix{1, 0, 0, 1, -from.X, -from.Y}), max(d.W, d.H)/2000)
			if len(path.Ops) > 0 {
				d.Paths = append(d.Paths, path)
			}
		}
		out.Drawing = d
		return out
	}
	b := p.Bitmap.pixels()
	x, y := int(from.X), int(from.Y)
	w, h := min(int(math.Ceil(to.X)), b.W)-x, min(int(math.Ceil(to.Y)), b.H)-y
	c, n := &Bitmap{W: w, H: h, Gray: b.Gray, lossy: b.lossy}, b.channels()
	for row := y; row < y+h; row++ {
		c.Pix = append(c.Pix, b.Pix[(row*b.W+x)*n:(row*b.W+x+w)*n]...)
		if b.Alpha != nil {
			c.Alpha = append(c.Alpha, b.Alpha[row*b.W+x:row*b.W+x+w]...)
		}
	}
	out.Bitmap = c
	return out
}
