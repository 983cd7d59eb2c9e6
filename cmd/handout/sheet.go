package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"strings"

	scale "golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
	"handout/layout"
	"handout/layout/figure"
	"handout/output"
)

// contactSheet is pictures in rows, each over the name of its stretch. Its measures
// are millimetres from the top left corner.
type contactSheet struct {
	w, h  float64
	cells []cell
}

// cell is one stretch.
type cell struct {
	stretch  *content.Stretch
	pictures []hung
	words    []label
}

// hung is a picture in its place.
type hung struct {
	*picture.Picture
	x, y, w, h float64
}

// label is a line of words in its place, and no wider than the pictures above.
type label struct {
	text  string
	x, y  float64 // where it begins on its baseline
	size  float64 // of the type
	width float64
	runs  []fonts.Run // from left to right as seen
	color picture.Color
}

// sheetTitle is what the sheet is called.
const sheetTitle = "Stretches"

// sheet draws all stretches. What cannot be read is left out, and said.
func (d *drawing) sheet(machine *fonts.Machine) (*sketch, error) {
	shelf, err := openShelf(d.library...)
	if err != nil {
		return nil, err
	}
	list, failed := shelf.Stretches()
	h := hanger{drawing: d, machine: machine, book: openSketchbook(), faces: fonts.Default()}
	h.shaper = h.faces.Shaper()
	var cells []cell
	for _, st := range list {
		c, err := h.cell(st)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		cells = append(cells, *c)
	}
	s := h.hang(cells)
	p := &sketch{what: fmt.Sprintf("%d stretches, %.0f x %.0f mm", len(s.cells), s.w, s.h)}
	switch d.format {
	case "svg":
		p.file, err = s.svg()
	case "png":
		p.file, p.notes, err = s.png(float64(d.dpi) / 25.4)
	case "pdf":
		p.file, err = output.PDF(s.page(), d.made)
	}
	if err != nil {
		return nil, errors.Join(failed, err)
	}
	return p, failed
}

// hanger hangs pictures.
type hanger struct {
	*drawing
	machine *fonts.Machine
	book    sketchbook
	faces   *fonts.Stack
	shaper  *fonts.Shaper
}

// cell is a stretch without its place: pictures as wide as they will be, words in
// the size of type they will have.
func (h *hanger) cell(st *content.Stretch) (*cell, error) {
	st, err := h.book.stretch(st)
	if err != nil {
		return nil, err
	}
	c := &cell{stretch: st}
	for _, f := range st.Frames {
		p := f.Picture
		if p == nil {
			traced, err := figure.Read(f.Traced)
			if err != nil {
				return nil, &content.Error{Position: f.Position, Message: err.Error()}
			}
			if h.mirror {
				traced = traced.Mirror()
			}
			p = &picture.Picture{Drawing: traced.Ink(h.palette)}
		}
		w, high := p.Size()
		k := min(h.width/w, h.tall()/high)
		c.pictures = append(c.pictures, hung{Picture: p, w: w * k, h: high * k})
	}
	room := float64(len(c.pictures))*h.column() - h.gap()
	for i, text := range []string{st.ID, st.Name} {
		l, err := h.label(text, st.Lang)
		if err != nil {
			wrong := &content.Error{Position: st.Position, Message: err.Error()}
			var missing *fonts.MissingError
			if errors.As(err, &missing) {
				wrong.Hint = fonts.Advice(fonts.Kinds(missing.Runes, text))
			}
			return nil, wrong
		}
		if l.width > room {
			l.size, l.width = l.size*room/l.width, room
		}
		l.color = [...]picture.Color{{R: 0x16, G: 0x23, B: 0x2b}, {R: 0x45, G: 0x54, B: 0x5c}}[i]
		c.words = append(c.words, l)
	}
	return c, nil
}

// label sets a line of words, if need be in faces of this machine.
func (h *hanger) label(text, lang string) (label, error) {
	l := label{text: text, size: h.line() / 1.3}
	pieces, err := h.shaper.Pieces([]fonts.Span{{Text: text}}, lang, false)
	var missing *fonts.MissingError
	if errors.As(err, &missing) {
		if found := h.machine.Faces(missing.Runes); len(found) > 0 {
			h.faces = h.faces.With(found...)
			h.shaper = h.faces.Shaper()
			pieces, err = h.shaper.Pieces([]fonts.Span{{Text: text}}, lang, false)
		}
	}
	for _, p := range pieces {
		l.runs = append(l.runs, p.Runs...)
	}
	l.runs = fonts.Visual(l.runs, false)
	for _, r := range l.runs {
		l.width += float64(r.Width) / 1000 * l.size
	}
	return l, err
}

// The measures of a sheet follow from the width of its pictures.
func (d *drawing) tall() float64   { return d.width * .9 }
func (d *drawing) gap() float64    { return d.width * .12 }
func (d *drawing) line() float64   { return d.width * .085 }
func (d *drawing) column() float64 { return d.width + d.gap() }
func (d *drawing) row() float64    { return d.tall() + 3*d.line() + d.gap() }

// hang gives each stretch its place: rows of as many pictures as make the sheet
// about square, the pictures of a stretch side by side, all of a row on one floor.
func (h *hanger) hang(cells []cell) *contactSheet {
	n := 0
	for _, c := range cells {
		n += len(c.pictures)
	}
	columns := max(2, int(math.Round(math.Sqrt(float64(n)*h.row()/h.column()))))
	column, row, margin := 0, 0, h.width*.15
	for _, c := range cells {
		if column+len(c.pictures) > columns {
			column, row = 0, row+1
		}
		left, floor := margin+float64(column)*h.column(), margin+float64(row)*h.row()+h.tall()
		for i := range c.pictures {
			p := &c.pictures[i]
			p.x, p.y = left+float64(i)*h.column()+(h.width-p.w)/2, floor-p.h
		}
		for i := range c.words {
			c.words[i].x, c.words[i].y = left, floor+float64(i+1)*h.line()
		}
		column += len(c.pictures)
	}
	hundredth := func(mm float64) float64 { return math.Round(mm*100) / 100 }
	return &contactSheet{
		w:     hundredth(2*margin + float64(columns)*h.column() - h.gap()),
		h:     hundredth(2*margin + float64(row+1)*h.row() - h.gap()),
		cells: cells,
	}
}

// page is the sheet as a page to be written as a PDF.
func (s *contactSheet) page() *layout.Page {
	p := &layout.Page{
		Size:  layout.Size{W: layout.MM(s.w), H: layout.MM(s.h)},
		Title: sheetTitle, Lang: "en",
		Tags: []layout.Tag{{Role: layout.Document, Parent: -1}},
	}
	tag := func(t layout.Tag) int {
		p.Tags = append(p.Tags, t)
		return len(p.Tags) - 1
	}
	for _, c := range s.cells {
		sect := tag(layout.Tag{Role: layout.Sect, Lang: c.stretch.Lang})
		fig := tag(layout.Tag{Role: layout.Figure, Parent: sect, Alt: c.stretch.Alt})
		for _, pic := range c.pictures {
			box := layout.Rect{X: layout.MM(pic.x), Y: layout.MM(pic.y), W: layout.MM(pic.w), H: layout.MM(pic.h)}
			p.Items = append(p.Items, &layout.Image{Tag: fig, Box: box, Picture: pic.Picture})
		}
		for _, l := range c.words {
			para := tag(layout.Tag{Role: layout.P, Parent: sect})
			at, size := layout.XY{X: layout.MM(l.x), Y: layout.MM(l.y)}, layout.MM(l.size)
			for _, r := range l.runs {
				p.Items = append(p.Items, &layout.Glyphs{Tag: para, At: at, Face: r.Face, Size: size, Color: l.color, Glyphs: r.Glyphs})
				at.X += layout.Length(r.Width) * size / 1000
			}
		}
	}
	return p
}

// svg is the sheet with its words as text, in a face of whoever looks at it, each
// line as wide as it is in ours.
func (s *contactSheet) svg() ([]byte, error) {
	b := figure.AppendSVGOpen(nil, s.w, s.h, sheetTitle)
	for _, c := range s.cells {
		b = append(b, "<g>\n<title>"...)
		b = figure.AppendXML(b, c.stretch.Alt)
		b = append(b, "</title>\n"...)
		for _, p := range c.pictures {
			if p.Bitmap != nil {
				kind, file, err := bitmapFile(p.Bitmap)
				if err != nil {
					return nil, err
				}
				b = fmt.Appendf(b, `<image x="%.6g" y="%.6g" width="%.6g" height="%.6g" href="data:%s;base64,`, p.x, p.y, p.w, p.h, kind)
				b = append(base64.StdEncoding.AppendEncode(b, file), "\"/>\n"...)
				continue
			}
			b = fmt.Appendf(b, "<g transform=\"translate(%.6g %.6g) scale(%.6g)\">\n", p.x, p.y, p.w/p.Drawing.W)
			b = append(figure.AppendSVG(b, p.Drawing), "</g>\n"...)
		}
		for _, l := range c.words {
			b = fmt.Appendf(b, `<text x="%.6g" y="%.6g" font-family="sans-serif" font-size="%.6g" textLength="%.6g" lengthAdjust="spacingAndGlyphs" fill="#%02x%02x%02x">`,
				l.x, l.y, l.size, l.width, l.color.R, l.color.G, l.color.B)
			b = append(figure.AppendXML(b, l.text), "</text>\n"...)
		}
		b = append(b, "</g>\n"...)
	}
	return append(b, "</svg>\n"...), nil
}

// maxPixels bounds a sheet of pixels: half a gigabyte of memory.
const maxPixels = 120_000_000

// png is the sheet on white with k pixels a millimetre. Its words are in the face
// of the Go project, which comes with what draws it: for Latin, Greek and Cyrillic
// letters. Where it draws boxes there is a note.
func (s *contactSheet) png(k float64) (file []byte, notes content.Errors, err error) {
	w, h := math.Ceil(s.w*k), math.Ceil(s.h*k)
	if w*h > maxPixels {
		return nil, nil, misusef("make it coarser with --dpi or smaller with --width, or write a PDF",
			"the sheet has %.0f million pixels, and %d million are the most", w*h/1e6, maxPixels/1_000_000)
	}
	img := image.NewRGBA(image.Rect(0, 0, int(w), int(h)))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range s.cells {
		for _, p := range c.pictures {
			if p.Bitmap != nil {
				m, err := bitmapImage(p.Bitmap)
				if err != nil {
					return nil, nil, err
				}
				box := image.Rect(int(p.x*k), int(p.y*k), int((p.x+p.w)*k), int((p.y+p.h)*k))
				scale.CatmullRom.Scale(img, box, m, m.Bounds(), draw.Over, nil)
				continue
			}
			figure.Paint(img, p.Drawing, picture.Point{X: p.x * k, Y: p.y * k}, p.w/p.Drawing.W*k)
		}
		for _, l := range c.words {
			if err := l.paint(img, regular, k); err != nil {
				return nil, nil, err
			}
			if strings.ContainsFunc(l.text, func(r rune) bool { i, err := regular.GlyphIndex(nil, r); return i == 0 || err != nil }) {
				notes = append(notes, &content.Error{Position: c.stretch.Position, Message: "the PNG has boxes for letters of its name",
					Hint: "the PDF has the letters"})
			}
		}
	}
	var b bytes.Buffer
	err = png.Encode(&b, img)
	return b.Bytes(), notes, err
}

// paint writes the words on img in a font, no wider than they are in our faces.
func (l *label) paint(img draw.Image, f *opentype.Font, k float64) error {
	at := func(size float64) (*font.Drawer, error) {
		face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
		return &font.Drawer{Dst: img, Face: face, Src: image.NewUniform(color.NRGBA{l.color.R, l.color.G, l.color.B, 0xff}),
			Dot: fixed.Point26_6{X: fixed.Int26_6(l.x * k * 64), Y: fixed.Int26_6(l.y * k * 64)}}, err
	}
	d, err := at(l.size * k)
	if err != nil {
		return err
	}
	if wide := float64(d.MeasureString(l.text)) / 64; wide > l.width*k {
		if d, err = at(l.size * k * l.width * k / wide); err != nil {
			return err
		}
	}
	d.DrawString(l.text)
	return nil
}

// bitmapImage is a bitmap's pixels.
func bitmapImage(b *picture.Bitmap) (image.Image, error) {
	if b.JPEG != nil {
		return jpeg.Decode(bytes.NewReader(b.JPEG))
	}
	img := image.NewNRGBA(image.Rect(0, 0, b.W, b.H))
	for i := range b.W * b.H {
		p := color.NRGBA{A: 0xff}
		if b.Gray {
			p.R, p.G, p.B = b.Pix[i], b.Pix[i], b.Pix[i]
		} else {
			p.R, p.G, p.B = b.Pix[3*i], b.Pix[3*i+1], b.Pix[3*i+2]
		}
		if b.Alpha != nil {
			p.A = b.Alpha[i]
		}
		img.SetNRGBA(i%b.W, i/b.W, p)
	}
	return img, nil
}

// bitmapFile is a bitmap as a file, and its media type.
func bitmapFile(b *picture.Bitmap) (kind string, file []byte, err error) {
	if b.JPEG != nil {
		return "image/jpeg", b.JPEG, nil
	}
	img, err := bitmapImage(b)
	if err != nil {
		return "", nil, err
	}
	var buf bytes.Buffer
	err = png.Encode(&buf, img)
	return "image/png", buf.Bytes(), err
}
