package main

import (
	"errors"
	"math"

	"handout/cmd/handout/internal/press"
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
	x, y  float64 // where it begins on its baseline
	size  float64 // of the type
	width float64
	runs  []fonts.Run // from left to right as seen
	color picture.Color
}

// sheetTitle is what the sheet is called.
const sheetTitle = "Stretches"

// sheet draws all stretches. What cannot be read is left out, and said.
func (d *drawing) sheet(w *world) (*sketch, error) {
	s, failed := d.contact(w)
	if s == nil {
		return nil, failed
	}
	p := &sketch{many: len(s.cells), Width: tenth(s.w), Height: tenth(s.h)}
	page := s.page()
	var err error
	switch d.format {
	case "svg":
		p.file, err = output.NewWriter().SVG(nil, page)
	case "png":
		if err = mayPaint(page.Size, d.dpi); err == nil {
			p.file, err = output.PNG(page, d.dpi)
		}
	case "pdf":
		p.file, err = output.NewWriter().PDF(nil, page, d.made)
	}
	if err != nil {
		return nil, errors.Join(failed, err)
	}
	return p, failed
}

// contact hangs all stretches, but for those that its error tells of.
func (d *drawing) contact(w *world) (*contactSheet, error) {
	shelf, err := press.OpenLibrary(d.library...)
	if err != nil {
		return nil, err
	}
	list, failed := shelf.Stretches()
	h := hanger{drawing: d, machine: w.machine, book: w.figures, faces: fonts.Default()}
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
	return h.hang(cells), failed
}

// mayPaint refuses what has too many pixels.
func mayPaint(size layout.Size, dpi int) error {
	const million = 1_000_000
	if w, h := size.Pixels(dpi); w*h > output.MaxPixels {
		return misusef("make it coarser with --dpi or smaller with --width, or write a PDF",
			"the sheet has %d million pixels, and %d million are the most", (w*h+million/2)/million,
			output.MaxPixels/million)
	}
	return nil
}

// hanger hangs pictures.
type hanger struct {
	*drawing
	machine *fonts.Machine
	book    press.Figures
	faces   *fonts.Stack
	shaper  *fonts.Shaper
}

// cell is a stretch without its place: pictures as wide as they will be, words in
// the size of type they will have.
func (h *hanger) cell(st *content.Stretch) (*cell, error) {
	frames, err := st.Drawn(h.book.Draw)
	if err != nil {
		return nil, err
	}
	c := &cell{stretch: st}
	for _, f := range frames {
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
	l := label{size: h.line() / 1.3}
	pieces, err := h.shaper.Pieces([]fonts.Span{{Text: text}}, lang, false)
	if found := press.MachineFaces(h.machine, err); len(found) > 0 {
		h.faces = h.faces.With(found...)
		h.shaper = h.faces.Shaper()
		pieces, err = h.shaper.Pieces([]fonts.Span{{Text: text}}, lang, false)
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

// page is the sheet finished.
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
				p.Items = append(p.Items, &layout.Glyphs{Tag: para, At: at, Face: r.Face, Size: size,
					Color: l.color, Glyphs: r.Glyphs})
				at.X += layout.Length(r.Width) * size / 1000
			}
		}
	}
	return p
}
