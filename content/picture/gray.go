package picture

// Gray is the picture as a photocopier gives it back: each colour its luma (ITU-R
// BT.601), transparency as it was. It is made once, and a picture without colour is
// its own. It may be called from many goroutines.
func (p *Picture) Gray() *Picture {
	p.once.Do(func() {
		p.gray = &Picture{Notes: p.Notes}
		if p.Drawing != nil {
			p.gray.Drawing = p.Drawing.gray()
		} else {
			p.gray.Bitmap = p.Bitmap.gray()
		}
		if p.gray.Drawing == p.Drawing && p.gray.Bitmap == p.Bitmap {
			p.gray = p
		}
	})
	return p.gray
}

func (d *Drawing) gray() *Drawing {
	g := &Drawing{W: d.W, H: d.H, Paths: make([]Path, len(d.Paths))}
	same := true
	for i, path := range d.Paths {
		y := luma(path.Fill.R, path.Fill.G, path.Fill.B)
		if path.Fill != (Color{y, y, y}) {
			path.Fill, same = Color{y, y, y}, false
		}
		if path.Gradient != nil {
			gray := path.Gradient.gray()
			path.Gradient, same = gray, same && gray == path.Gradient
		}
		g.Paths[i] = path
	}
	if same {
		return d
	}
	return g
}

func (g *Gradient) gray() *Gradient {
	gray, same := *g, true
	gray.Stops = make([]Stop, len(g.Stops))
	for i, s := range g.Stops {
		y := luma(s.Color.R, s.Color.G, s.Color.B)
		gray.Stops[i] = Stop{s.At, Color{y, y, y}}
		same = same && gray.Stops[i] == s
	}
	if same {
		return g
	}
	return &gray
}

func (b *Bitmap) gray() *Bitmap {
	if b.Gray {
		return b
	}
	s := b.pixels()
	g := &Bitmap{W: b.W, H: b.H, Gray: true, Alpha: b.Alpha, lossy: b.lossy}
	if s.Gray { // a JPEG of colour components that hold none
		g.Pix = s.Pix
		return g
	}
	g.Pix = make([]byte, b.W*b.H)
	for i := range g.Pix {
		g.Pix[i] = luma(s.Pix[3*i], s.Pix[3*i+1], s.Pix[3*i+2])
	}
	return g
}

func luma(r, g, b uint8) uint8 {
	return uint8((299*int(r) + 587*int(g) + 114*int(b) + 500) / 1000)
}
