package layout

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"

	"handout/content/picture"
	"handout/fonts"
)

// Facts are the measures of a finished page, as a reader meets it. They are read
// from its display list alone, so they hold whatever was meant.
type Facts struct {
	Sizes       []TypeSize // smallest first
	Measures    []Measure  // in reading order
	Contrasts   []Contrast // worst first
	Undescribed int        // figures and links without a description
}

// Sample is the first run of text that a fact holds for. Its Text may be about a
// patient, so it is for no report of a page made for one.
type Sample struct {
	At   XY
	Role Role // of the block it stands in
	Art  bool // it is decoration, and Role says nothing
	Text string
}

// TypeSize is a size of type and how many characters stand in it.
type TypeSize struct {
	Size       Length
	Characters int
	Sample
}

// Measure is how long the lines below a heading are, in characters with the spaces
// between them. Headings, numbers and bullets are not counted.
type Measure struct {
	Heading string // in its words; empty above the first one
	Lines   int
	Mean    float64 // of the lines that are full: the last of a paragraph is not, unless it is the only one
	Longest int
	Sample  // in the longest line
}

// What lines and contrast should be: 70 characters at most (RNIB clear print), and
// 4.5 to 1, or 3 from 18 points or 14 points bold (WCAG 2.2, 1.4.3). A bullet is a
// mark rather than text, and wants 3 too (1.4.11).
const (
	LongestLine  = 70
	TextContrast = 4.5
	LargeText    = 3.0
)

// Contrast is text of one colour on one ground. Ratios are those of WCAG 2.2, from
// 1 to 21.
type Contrast struct {
	Ink, Ground picture.Color
	Ratio       float64
	Grey        float64 // of a grey copy (ITU-R BT.601)
	Needs       float64 // TextContrast or LargeText
	Mark        bool    // it is a bullet
	Characters  int
	OnPicture   bool // the ground is a picture's
	Sample
}

// Enough tells whether it can be read, in colour and on a grey copy.
func (c *Contrast) Enough() bool { return c.Ratio >= c.Needs && c.Grey >= c.Needs }

// Facts measures the page.
func (p *Page) Facts() *Facts {
	f := &Facts{}
	for _, t := range p.Tags {
		if (t.Role == Figure || t.Role == Link) && t.Alt == "" {
			f.Undescribed++
		}
	}
	sizes := map[Length]*TypeSize{}
	pairs := map[Contrast]*Contrast{} // by what tells them apart
	var paint painting
	for _, it := range p.Items {
		g, ok := it.(*Glyphs)
		if !ok {
			paint.add(it)
			continue
		}
		n := letters(g.Glyphs)
		if n == 0 {
			continue
		}
		sample := p.sample(g)
		if sizes[g.Size] == nil {
			sizes[g.Size] = &TypeSize{Size: g.Size, Sample: sample}
		}
		sizes[g.Size].Characters += n
		k := Contrast{Ink: g.Color, Needs: needs(g), Mark: isMark(g)}
		k.Ground, k.OnPicture = paint.worst(g)
		if k.Mark {
			k.Needs = LargeText
		}
		if pairs[k] == nil {
			c := k
			c.Sample, c.Ratio = sample, picture.Contrast(c.Ink, c.Ground)
			c.Grey = picture.Contrast(picture.Gray(c.Ink), picture.Gray(c.Ground))
			pairs[k] = &c
		}
		pairs[k].Characters += n
	}
	for _, s := range sizes {
		f.Sizes = append(f.Sizes, *s)
	}
	slices.SortFunc(f.Sizes, func(a, b TypeSize) int { return cmp.Compare(a.Size, b.Size) })
	for _, c := range pairs {
		f.Contrasts = append(f.Contrasts, *c)
	}
	slices.SortFunc(f.Contrasts, func(a, b Contrast) int {
		return cmp.Or(cmp.Compare(min(a.Ratio, a.Grey)/a.Needs, min(b.Ratio, b.Grey)/b.Needs),
			cmp.Compare(a.At.Y, b.At.Y), cmp.Compare(a.At.X, b.At.X),
			cmp.Compare(a.Ink.Hex()+a.Ground.Hex(), b.Ink.Hex()+b.Ground.Hex()))
	})
	f.Measures = p.measures()
	return f
}

func needs(g *Glyphs) float64 {
	if g.Size >= 18*Point || g.Size >= 14*Point && g.Face.Style()&fonts.Bold != 0 {
		return LargeText
	}
	return TextContrast
}

// isMark tells a bullet, alone.
func isMark(g *Glyphs) bool {
	switch strings.TrimSpace(textOf(g.Glyphs)) {
	case "•", "·", "◦", "▪", "‣":
		return true
	}
	return false
}

func (p *Page) sample(g *Glyphs) Sample {
	s := Sample{At: g.At, Art: g.Tag == Artifact, Text: strings.TrimSpace(textOf(g.Glyphs))}
	if !s.Art {
		s.Role = p.Tags[p.blockOf(g.Tag)].Role
	}
	return s
}

func textOf(glyphs []fonts.Glyph) string {
	var b strings.Builder
	for _, g := range glyphs {
		b.WriteString(g.Text)
	}
	return b.String()
}

// letters counts the characters that leave ink.
func letters(glyphs []fonts.Glyph) (n int) {
	for _, g := range glyphs {
		n += len([]rune(strings.TrimSpace(g.Text)))
	}
	return n
}

// blockOf is the tag of the paragraph or the like that a tag is in.
func (p *Page) blockOf(tag int) int {
	for p.Tags[tag].Parent >= 0 && (p.Tags[tag].Role == Link || p.Tags[tag].Role == Reference) {
		tag = p.Tags[tag].Parent
	}
	return tag
}

// measures takes the text apart into lines: what stands on one height in one block.
func (p *Page) measures() []Measure {
	type line struct {
		y      Length
		text   string
		sample Sample
	}
	type block struct {
		tag   int
		lines []line
	}
	var blocks []*block
	known := map[int]*block{}
	for _, it := range p.Items {
		g, ok := it.(*Glyphs)
		if !ok || g.Tag == Artifact {
			continue
		}
		tag := p.blockOf(g.Tag)
		b := known[tag]
		if b == nil {
			b = &block{tag: tag}
			known[tag], blocks = b, append(blocks, b)
		}
		if n := len(b.lines); n == 0 || b.lines[n-1].y != g.At.Y {
			b.lines = append(b.lines, line{y: g.At.Y, sample: p.sample(g)})
		}
		b.lines[len(b.lines)-1].text += textOf(g.Glyphs)
	}
	var list []Measure
	var all, full, fullLines int // of the last of them
	heading := ""
	for _, b := range blocks {
		switch p.Tags[b.tag].Role {
		case H1, H2, H3, H4:
			heading = ""
			for _, l := range b.lines {
				heading = strings.TrimSpace(heading + " " + strings.TrimSpace(l.text))
			}
			continue
		case Lbl:
			continue
		}
		if len(list) == 0 || list[len(list)-1].Heading != heading {
			list, all, full, fullLines = append(list, Measure{Heading: heading}), 0, 0, 0
		}
		m := &list[len(list)-1]
		for i, l := range b.lines {
			n := len([]rune(strings.TrimSpace(l.text)))
			m.Lines++
			all += n
			if i < len(b.lines)-1 {
				full += n
				fullLines++
			}
			if n > m.Longest {
				m.Longest, m.Sample = n, l.sample
			}
		}
		if m.Mean = float64(all) / float64(m.Lines); fullLines > 0 {
			m.Mean = float64(full) / float64(fullLines)
		}
	}
	return list
}

// painting is what lies on the page so far, the lowest first.
type painting []area

// area is something painted, as straight lines; or a bitmap.
type area struct {
	box     Rect
	rings   [][]XY
	evenOdd bool
	stroke  Length // half the width of a line along the rings; 0 for the area within
	color   picture.Color
	opacity float64
	bitmap  image.Image
	picture bool
}

// add paints an item over the others.
func (p *painting) add(it Item) {
	switch it := it.(type) {
	case *Shape:
		a := area{box: bounds(it.Path), rings: flatten(it.Path), opacity: 1}
		if it.Fill != nil {
			a.color = *it.Fill
			*p = append(*p, a)
		}
		if w := it.Width / 2; it.Stroke != nil && it.Width > 0 {
			r := a.box
			a.box, a.stroke, a.color = Rect{r.X - w, r.Y - w, r.W + 2*w, r.H + 2*w}, w, *it.Stroke
			*p = append(*p, a)
		}
	case *Image:
		if d := it.Picture.Drawing; d != nil {
			p.drawing(d, it.Box)
		} else {
			*p = append(*p, area{box: it.Box, bitmap: pixels(it.Picture.Bitmap), opacity: 1, picture: true})
		}
	}
}

// drawing paints the paths of a drawing as they lie in its box on the page.
func (p *painting) drawing(d *picture.Drawing, box Rect) {
	if d.W <= 0 || d.H <= 0 {
		return
	}
	place := func(q picture.Point) XY {
		return XY{box.X + Length(q.X/d.W*float64(box.W)), box.Y + Length(q.Y/d.H*float64(box.H))}
	}
	for _, path := range d.Paths {
		var segments []Segment
		at := 0
		for _, op := range path.Ops {
			s := Segment{Op: op}
			switch op {
			case picture.Cubic:
				s.C1, s.C2, s.To = place(path.Pts[at]), place(path.Pts[at+1]), place(path.Pts[at+2])
				at += 3
			case picture.Move, picture.Line:
				s.To = place(path.Pts[at])
				at++
			}
			segments = append(segments, s)
		}
		*p = append(*p, area{box: bounds(segments), rings: flatten(segments), evenOdd: path.EvenOdd,
			color: path.Fill, opacity: path.Opacity, picture: true})
	}
}

// worst is the ground of a run that its colour stands out from least, looked at
// on three heights of each of its glyphs: the baseline and the middle and the top
// of a letter without ascender.
func (p painting) worst(g *Glyphs) (ground picture.Color, onPicture bool) {
	var wide Length
	for _, glyph := range g.Glyphs {
		wide += scale(glyph.Advance, g.Size)
	}
	var below []*area
	for i := range p {
		if b := p[i].box; b.X <= g.At.X+wide && b.Right() >= g.At.X && b.Y <= g.At.Y && b.Bottom() >= g.At.Y-g.Size {
			below = append(below, &p[i])
		}
	}
	ground = picture.White
	first := true
	x := g.At.X
	for _, glyph := range g.Glyphs {
		w := scale(glyph.Advance, g.Size)
		if strings.TrimSpace(glyph.Text) != "" {
			for _, up := range [...]Length{0, g.Size / 4, g.Size / 2} {
				c, pictured := colorAt(below, XY{x + w/2, g.At.Y - up})
				if first || picture.Contrast(g.Color, c) < picture.Contrast(g.Color, ground) {
					ground, first = c, false
				}
				onPicture = onPicture || pictured
			}
		}
		x += w
	}
	return ground, onPicture
}

// colorAt is what is seen at a place of a white sheet.
func colorAt(below []*area, at XY) (c picture.Color, pictured bool) {
	c = picture.White
	for _, a := range below {
		if !a.covers(at) {
			continue
		}
		over, opacity := a.color, a.opacity
		if a.bitmap != nil {
			over, opacity = a.pixel(at)
		}
		mix := func(under, over uint8) uint8 { return uint8(float64(under)*(1-opacity) + float64(over)*opacity + .5) }
		c = picture.Color{R: mix(c.R, over.R), G: mix(c.G, over.G), B: mix(c.B, over.B)}
		pictured = a.picture && opacity > 0
	}
	return c, pictured
}

// covers tells whether a place is in the area.
func (a *area) covers(at XY) bool {
	if at.X < a.box.X || at.X > a.box.Right() || at.Y < a.box.Y || at.Y > a.box.Bottom() {
		return false
	}
	if a.rings == nil {
		return a.bitmap != nil
	}
	winding := 0 // and by even and odd as good as the number of crossings
	for _, ring := range a.rings {
		for i, to := range ring {
			from := ring[(i+len(ring)-1)%len(ring)]
			if a.stroke > 0 {
				if near(at, from, to, a.stroke) {
					return true
				}
				continue
			}
			if (from.Y <= at.Y) == (to.Y <= at.Y) {
				continue
			}
			// Which side of the edge the place is on.
			side := (to.X-from.X)*(at.Y-from.Y) - (at.X-from.X)*(to.Y-from.Y)
			switch up := to.Y > from.Y; {
			case side > 0 && up:
				winding++
			case side < 0 && !up:
				winding--
			}
		}
	}
	if a.evenOdd {
		return winding%2 != 0
	}
	return winding != 0
}

// near tells whether a place is within reach of an edge.
func near(at, from, to XY, reach Length) bool {
	dx, dy := float64(to.X-from.X), float64(to.Y-from.Y)
	px, py := float64(at.X-from.X), float64(at.Y-from.Y)
	t := 0.
	if l := dx*dx + dy*dy; l > 0 {
		t = max(0, min(1, (px*dx+py*dy)/l))
	}
	px, py = px-t*dx, py-t*dy
	return px*px+py*py <= float64(reach)*float64(reach)
}

// pixel is the colour of a bitmap at a place of the page, and how opaque it is.
func (a *area) pixel(at XY) (picture.Color, float64) {
	b := a.bitmap.Bounds()
	x := min(b.Max.X-1, b.Min.X+int(at.X-a.box.X)*b.Dx()/max(1, int(a.box.W)))
	y := min(b.Max.Y-1, b.Min.Y+int(at.Y-a.box.Y)*b.Dy()/max(1, int(a.box.H)))
	c := color.NRGBAModel.Convert(a.bitmap.At(x, y)).(color.NRGBA)
	return picture.Color{R: c.R, G: c.G, B: c.B}, float64(c.A) / 255
}

// pixels is a bitmap to be looked at; one that cannot be decoded is mid-grey, on
// which no text is sure to be read.
func pixels(b *picture.Bitmap) image.Image {
	if b.JPEG != nil {
		m, err := jpeg.Decode(bytes.NewReader(b.JPEG))
		if err != nil {
			return image.NewUniform(color.Gray{Y: 0x77})
		}
		return m
	}
	m := image.NewNRGBA(image.Rect(0, 0, b.W, b.H))
	for i := range b.W * b.H {
		if b.Gray {
			m.Pix[4*i], m.Pix[4*i+1], m.Pix[4*i+2] = b.Pix[i], b.Pix[i], b.Pix[i]
		} else {
			copy(m.Pix[4*i:4*i+3], b.Pix[3*i:])
		}
		if m.Pix[4*i+3] = 255; b.Alpha != nil {
			m.Pix[4*i+3] = b.Alpha[i]
		}
	}
	return m
}

// flatten makes a path straight: a curve becomes sixteen lines. Every ring is closed.
func flatten(path []Segment) (rings [][]XY) {
	var ring []XY
	end := func() {
		if len(ring) > 1 {
			rings = append(rings, ring)
		}
		ring = nil
	}
	for _, s := range path {
		switch s.Op {
		case picture.Move:
			end()
			ring = append(ring, s.To)
		case picture.Line:
			ring = append(ring, s.To)
		case picture.Cubic:
			if len(ring) == 0 {
				ring = append(ring, s.C1)
			}
			from := ring[len(ring)-1]
			for i := 1; i <= 16; i++ {
				t := float64(i) / 16
				u := 1 - t
				mix := func(a, b, c, d Length) Length {
					return Length(u*u*u*float64(a) + 3*u*u*t*float64(b) + 3*u*t*t*float64(c) + t*t*t*float64(d))
				}
				ring = append(ring, XY{mix(from.X, s.C1.X, s.C2.X, s.To.X), mix(from.Y, s.C1.Y, s.C2.Y, s.To.Y)})
			}
		case picture.Close:
			end()
		}
	}
	end()
	return rings
}
