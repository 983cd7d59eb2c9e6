package main

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-pdf/fpdf"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
	"handout/layout"
	"handout/output"
)

// today is the date of every page made here.
var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// patients take turns, so that no page is made twice in a row.
func patient(i int) string { return "Patient Number " + strconv.Itoa(i) }

// BenchmarkMake makes the sciatica page with four stretches over and over, each
// time for another patient: once our way, from content in memory to the bytes of
// a tagged PDF, and once the straightforward way, a program against fpdf alone
// that sets the same words and draws the same paths on the same four faces. The
// last line is how many times more pages a second ours makes: the median of many
// short rounds, the two ways by turns, for on a shared machine the speed of one
// second says little about the next.
func BenchmarkMake(b *testing.B) {
	ours, plain := ownPages(b), plainPages(b)
	b.Run("ours", func(b *testing.B) { pagesPerSecond(b, ours) })
	b.Run("plain-fpdf", func(b *testing.B) { pagesPerSecond(b, plain) })
	b.Run("ratio", func(b *testing.B) {
		var ratios []float64
		for n := 0; b.Loop(); n++ {
			quick, slow := timeOf(b, ours, 10*n, 10), timeOf(b, plain, 2*n, 2)
			ratios = append(ratios, slow/2/(quick/10))
		}
		slices.Sort(ratios)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(ratios[len(ratios)/2], "times")
	})
}

// timeOf is the seconds that so many pages take.
func timeOf(b *testing.B, make func(i int) ([]byte, error), from, count int) float64 {
	began := time.Now()
	for i := range count {
		if _, err := make(from + i); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(began).Seconds()
}

// pagesPerSecond times one way of making pages.
func pagesPerSecond(b *testing.B, make func(i int) ([]byte, error)) {
	b.ReportAllocs()
	size, n := 0, 0
	for b.Loop() {
		pdf, err := make(n)
		if err != nil {
			b.Fatal(err)
		}
		size, n = len(pdf), n+1
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "pages/s")
	b.ReportMetric(float64(size), "bytes/page")
}

// ownPages is our way: everything after the files are read, for each page anew.
func ownPages(b *testing.B) func(i int) ([]byte, error) {
	setter, writer := layout.NewSetter(fonts.Default()), output.NewWriter()
	return func(i int) ([]byte, error) {
		page, err := benchPage(setter, patient(i))
		if err != nil {
			return nil, err
		}
		return writer.PDF(nil, page, today)
	}
}

// plainPages is how a program against fpdf sets the same page: it registers the
// four faces, fills the same paths and puts each paragraph into its box with
// MultiCell. The boxes are measured once, from our page: that the straightforward
// program is told where everything goes, and how large, is to its advantage.
func plainPages(b *testing.B) func(i int) ([]byte, error) {
	page, err := benchPage(layout.NewSetter(fonts.Default()), patient(0))
	if err != nil {
		b.Fatal(err)
	}
	faces := map[string][]byte{}
	for style, name := range map[string]string{"": "Regular", "B": "Bold", "I": "Italic", "BI": "BoldItalic"} {
		if faces[style], err = os.ReadFile(filepath.Join("..", "..", "fonts", "ttf", "Atkinson-"+name+".ttf")); err != nil {
			b.Fatal(err)
		}
	}
	p := newPlain(page)
	return func(i int) ([]byte, error) { return p.pdf(faces, patient(0), patient(i)) }
}

// plain is a page in the terms of a program against fpdf: points and words.
type plain struct {
	size   fpdf.SizeType
	shapes []plainShape
	texts  []plainText
	images []plainImage
}

type plainShape struct {
	how          string // fpdf's style: F, D or DF
	fill, stroke picture.Color
	width        float64
	segments     []layout.Segment
}

type plainText struct {
	x, y, w, h float64 // of the first line's box; h is a line's height
	style      string
	size       float64
	color      picture.Color
	text       string
}

type plainImage struct {
	box layout.Rect
	png []byte
}

// newPlain reads paragraphs, paths and pictures off a finished page.
func newPlain(page *layout.Page) *plain {
	p := &plain{size: fpdf.SizeType{Wd: page.Size.W.Points(), Ht: page.Size.H.Points()}}
	var paragraph []*layout.Glyphs
	for _, item := range page.Items {
		g, isText := item.(*layout.Glyphs)
		if len(paragraph) > 0 && (!isText || g.Tag != paragraph[0].Tag) {
			p.paragraph(paragraph)
			paragraph = nil
		}
		switch it := item.(type) {
		case *layout.Glyphs:
			paragraph = append(paragraph, it)
		case *layout.Shape:
			s := plainShape{segments: it.Path, width: it.Width.Points()}
			if it.Fill != nil {
				s.how, s.fill = "F", *it.Fill
			}
			if it.Stroke != nil {
				s.how, s.stroke = "D"+s.how, *it.Stroke
			}
			p.shapes = append(p.shapes, s)
		case *layout.Image:
			if it.Picture.Drawing != nil {
				p.shapes = append(p.shapes, drawn(it.Picture.Drawing, it.Box)...)
			} else {
				p.images = append(p.images, plainImage{it.Box, pngOf(it.Picture)})
			}
		}
	}
	p.paragraph(paragraph)
	return p
}

// paragraph is one MultiCell if it is in one face and starts its lines at one
// place, and else one for each run: MultiCell knows no change of face.
func (p *plain) paragraph(runs []*layout.Glyphs) {
	one := true
	for _, g := range runs {
		one = one && g.Face == runs[0].Face && g.Size == runs[0].Size && g.At.X == runs[0].At.X
	}
	for i, g := range runs {
		var words strings.Builder
		var width fonts.Em
		for _, glyph := range g.Glyphs {
			words.WriteString(strings.Trim(glyph.Text, "\u200b"))
			width += glyph.Advance
		}
		x, y, size := g.At.X.Points(), g.At.Y.Points(), g.Size.Points()
		// fpdf does not kern, so its lines are a little longer.
		t := plainText{x: x, y: y - size, w: float64(width)*size/1000*1.02 + 2, h: size * 1.3,
			style: fpdfStyle(g.Face.Style()), size: size, color: g.Color, text: words.String()}
		if !one || i == 0 {
			p.texts = append(p.texts, t)
			continue
		}
		last := &p.texts[len(p.texts)-1]
		last.w = max(last.w, t.w)
		last.text = strings.TrimRight(last.text, " ") + " " + t.text
		if i == 1 {
			last.h = y - runs[0].At.Y.Points()
		}
	}
}

// drawn is a drawing as paths on the page.
func drawn(d *picture.Drawing, box layout.Rect) []plainShape {
	at := func(p picture.Point) layout.XY {
		return layout.XY{X: box.X + layout.Length(p.X/d.W*float64(box.W)), Y: box.Y + layout.Length(p.Y/d.H*float64(box.H))}
	}
	var shapes []plainShape
	for _, path := range d.Paths {
		s := plainShape{how: "F", fill: path.Fill}
		pts := path.Pts
		for _, op := range path.Ops {
			g := layout.Segment{Op: op}
			switch op {
			case picture.Move, picture.Line:
				g.To, pts = at(pts[0]), pts[1:]
			case picture.Cubic:
				g.C1, g.C2, g.To, pts = at(pts[0]), at(pts[1]), at(pts[2]), pts[3:]
			}
			s.segments = append(s.segments, g)
		}
		shapes = append(shapes, s)
	}
	return shapes
}

func fpdfStyle(s fonts.Style) string {
	return [...]string{fonts.Regular: "", fonts.Bold: "B", fonts.Italic: "I", fonts.BoldItalic: "BI"}[s]
}

// pdf draws the page, with one patient's name in the place of another's.
func (p *plain) pdf(faces map[string][]byte, printed, name string) ([]byte, error) {
	f := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: p.size})
	f.SetMargins(0, 0, 0)
	f.SetCellMargin(0)
	f.SetAutoPageBreak(false, 0)
	for _, style := range []string{"", "B", "I", "BI"} {
		f.AddUTF8FontFromBytes("atkinson", style, faces[style])
	}
	f.AddPage()
	for _, s := range p.shapes {
		f.SetFillColor(int(s.fill.R), int(s.fill.G), int(s.fill.B))
		f.SetDrawColor(int(s.stroke.R), int(s.stroke.G), int(s.stroke.B))
		f.SetLineWidth(s.width)
		for _, g := range s.segments {
			switch g.Op {
			case picture.Move:
				f.MoveTo(g.To.X.Points(), g.To.Y.Points())
			case picture.Line:
				f.LineTo(g.To.X.Points(), g.To.Y.Points())
			case picture.Cubic:
				f.CurveBezierCubicTo(g.C1.X.Points(), g.C1.Y.Points(), g.C2.X.Points(), g.C2.Y.Points(),
					g.To.X.Points(), g.To.Y.Points())
			case picture.Close:
				f.ClosePath()
			}
		}
		f.DrawPath(s.how)
	}
	for i, m := range p.images {
		id := fmt.Sprint("picture", i)
		f.RegisterImageOptionsReader(id, fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(m.png))
		f.Image(id, m.box.X.Points(), m.box.Y.Points(), m.box.W.Points(), m.box.H.Points(), false, "PNG", 0, "")
	}
	for _, t := range p.texts {
		f.SetFont("atkinson", t.style, t.size)
		f.SetTextColor(int(t.color.R), int(t.color.G), int(t.color.B))
		f.SetXY(t.x, t.y)
		f.MultiCell(t.w, t.h, strings.ReplaceAll(t.text, printed, name), "", "L", false)
	}
	var b bytes.Buffer
	err := f.Output(&b)
	return b.Bytes(), err
}

// pngOf is a bitmap as a file fpdf reads.
func pngOf(p *picture.Picture) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, p.Bitmap.W, p.Bitmap.H))
	for i := range p.Bitmap.W * p.Bitmap.H {
		a := uint8(255)
		if p.Bitmap.Alpha != nil {
			a = p.Bitmap.Alpha[i]
		}
		c := []byte{p.Bitmap.Pix[i], p.Bitmap.Pix[i], p.Bitmap.Pix[i]}
		if !p.Bitmap.Gray {
			c = p.Bitmap.Pix[3*i : 3*i+3]
		}
		copy(m.Pix[4*i:], []byte{c[0], c[1], c[2], a})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// benchPage sets the sciatica page with four stretches for one patient.
func benchPage(setter *layout.Setter, name string) (*layout.Page, error) {
	library := content.Open()
	brand := content.Neutral()
	h, err := library.Handout("sciatica")
	if err != nil {
		return nil, err
	}
	out, err := library.Personalise(h, brand, content.Visit{Patient: name, Date: today})
	if err != nil {
		return nil, err
	}
	page, _, err := setter.Fit(out, layout.Sheet{Brand: brand, Paper: layout.Letter})
	return page, err
}
