package picture

import (
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// text writes a drawing down: one line for each path.
func (d *Drawing) text() string {
	num := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	var b strings.Builder
	fmt.Fprintf(&b, "%s x %s\n", num(d.W), num(d.H))
	for i := range d.Paths {
		p := &d.Paths[i]
		fmt.Fprintf(&b, "#%02x%02x%02x", p.Fill.R, p.Fill.G, p.Fill.B)
		if p.Opacity != 1 {
			fmt.Fprintf(&b, " %.4g", p.Opacity)
		}
		b.WriteString(p.text())
		if g := p.Gradient; g != nil {
			fmt.Fprintf(&b, "\n  from %v to %v, %v", g.Origin, g.X, g.Y)
			if g.Radial {
				fmt.Fprintf(&b, ", radial, %.4g", g.Focus)
			}
			for _, s := range g.Stops {
				fmt.Fprintf(&b, ", %.4g %s", s.At, s.Color.Hex())
			}
		}
		for i := range p.Within {
			b.WriteString("\n  within" + p.Within[i].text())
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (p *Path) text() string {
	num := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	var b strings.Builder
	if p.EvenOdd {
		b.WriteString(" even-odd")
	}
	for s := range p.steps {
		b.WriteString(" " + string("MLCZ"[s.op]))
		if s.op != Close {
			for i, q := range s.pts {
				if i > 0 {
					b.WriteByte(' ')
				}
				b.WriteString(num(q.X) + "," + num(q.Y))
			}
		}
	}
	return b.String()
}

// drawings are the blocks of testdata/drawings.txt: a title, an SVG file (or
// what is in one of 100 by 50), and the drawing it makes, or the error.
func drawings(t testing.TB) (blocks [][3]string) {
	for block := range strings.SplitSeq(strings.TrimSuffix(string(readTestdata(t, "drawings.txt")), "\n"), "\n====\n") {
		source, want, _ := strings.Cut(block, "\n--\n")
		title, body, _ := strings.Cut(source, "\n")
		blocks = append(blocks, [3]string{title, body, strings.TrimSuffix(want, "\n")})
	}
	return blocks
}

func whole(body string) string {
	if strings.Contains(body, "<svg") {
		return body
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">` + body + `</svg>`
}

func TestDrawings(t *testing.T) {
	var out strings.Builder
	for i, b := range drawings(t) {
		title, body, want := b[0], b[1], b[2]
		p, err := Decode("x.svg", []byte(whole(body)))
		var got string
		if err != nil {
			hint := err.(*Error).Hint
			got = err.Error() + "\nhint: " + hint
			if !strings.Contains(hint, "PNG") {
				t.Errorf("%s: the hint has no way out that is always open: %q", title, hint)
			}
		} else {
			got = strings.TrimSuffix(p.Drawing.text(), "\n")
			for _, n := range p.Notes {
				got += "\nnote: " + n
			}
		}
		if got != want && !*update {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", title, got, want)
		}
		if i > 0 {
			out.WriteString("\n====\n")
		}
		out.WriteString(title + "\n" + body + "\n--\n" + got)
	}
	if *update {
		if err := os.WriteFile(filepath.Join("testdata", "drawings.txt"), []byte(out.String()+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// svg writes a drawing as a document in pixels.
func (d *Drawing) svg() string {
	head := fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%g" height="%[2]g" viewBox="0 0 %[1]g %[2]g">`,
		d.W, d.H)
	return string(d.AppendSVG(head)) + "</svg>"
}

// TestLibrsvg lets librsvg draw each file, and the drawing made of it, and
// wants the same pixels but for a few on edges. Where the two are known to
// differ, the title names librsvg and says why.
func TestLibrsvg(t *testing.T) {
	if testing.Short() {
		t.Skip("short") // a picture each for librsvg to draw
	}
	tool, err := exec.LookPath("rsvg-convert")
	if err != nil {
		t.Skip("rsvg-convert (librsvg2-bin) is not installed")
	}
	pixels := func(svg string) *Bitmap {
		c := exec.Command(tool, "-w", "400", "-b", "#fed")
		c.Stdin = strings.NewReader(svg)
		png, err := c.Output()
		if err != nil {
			t.Fatalf("rsvg-convert: %v\n%s", err, svg)
		}
		return decoded(t, png).Bitmap
	}
	compared := 0
	for _, b := range drawings(t) {
		title, file := b[0], whole(b[1])
		p, err := Decode("x.svg", []byte(file))
		if err != nil || len(p.Notes) > 0 || strings.Contains(title, "librsvg") {
			continue
		}
		compared++
		if !strings.Contains(file, "xmlns=") {
			file = strings.Replace(file, "<svg", `<svg xmlns="http://www.w3.org/2000/svg"`, 1)
		}
		want, got := pixels(file), pixels(p.Drawing.svg())
		if want.W != got.W || want.H != got.H {
			t.Errorf("%s: %d x %d, not %d x %d", title, got.W, got.H, want.W, want.H)
			continue
		}
		painted := image.NewRGBA(image.Rect(0, 0, want.W, want.H))
		draw.Draw(painted, painted.Rect, image.NewUniform(color.RGBA{0xff, 0xee, 0xdd, 255}), image.Point{}, draw.Src)
		k := float64(want.W) / p.Drawing.W
		p.Drawing.Paint(painted, Point{}, Point{k, k})
		for by, got := range map[string]*Bitmap{"AppendSVG": got, "Paint": newBitmap(painted)} {
			off := 0
			for i := range want.W * want.H {
				a, b := want.pixel(i%want.W, i/want.W), got.pixel(i%want.W, i/want.W)
				if far(a.R, b.R) > 40 || far(a.G, b.G) > 40 || far(a.B, b.B) > 40 {
					off++
				}
			}
			if off > want.W*want.H/1000 {
				t.Errorf("%s: %d of %d pixels of %s differ", title, off, want.W*want.H, by)
			}
		}
	}
	if compared < 25 {
		t.Errorf("only %d drawings were compared", compared)
	}
}

// TestSVGStarts reads what may stand before an SVG's root.
func TestSVGStarts(t *testing.T) {
	const square = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>`
	for _, file := range []string{
		"\ufeff" + square,
		"\ufeff \r\n" + square,
		`<?xml version="1.0" encoding="UTF-8"?>` + "\n<!-- " + strings.Repeat("drawn by hand ", 1000) + "-->\n" + square,
		`<?xml version="1.0" encoding="ISO-8859-1"?><!-- caf` + "\xe9 -->" + square,
		`<?xml version="1.0" encoding="us-ascii"?><!DOCTYPE svg>` + square + "\n<!-- end -->\n",
		`<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><s:rect width="9" height="9"/></s:svg>`,
	} {
		p, err := Decode("x.png", []byte(file))
		if err != nil {
			t.Errorf("%.60q: %v", file, err)
		} else if p.Drawing.text() != "9 x 9\n#000000 M0,0 L9,0 L9,9 L0,9 Z\n" {
			t.Errorf("%.60q: %s", file, p.Drawing.text())
		}
	}
	_, err := Decode("", []byte("<svg/>"+strings.Repeat(" ", MaxSVG)))
	if err == nil || err.Error() != "the picture has 1.0 MB, more than the 1 MB an SVG may have" {
		t.Error(err)
	}
}

// TestBounds holds the box round random paths to the points of their curves.
func TestBounds(t *testing.T) {
	r := rand.New(rand.NewSource(4))
	point := func() Point { return Point{r.NormFloat64() * 10, r.NormFloat64() * 10} }
	for range 500 {
		d := Drawing{W: 1, H: 1, Paths: make([]Path, 2)}
		want := newBox()
		for i := range d.Paths {
			p := &d.Paths[i]
			p.MoveTo(point())
			p.LineTo(point())
			p.CubicTo(point(), point(), point())
			p.Close()
			for _, pts := range p.contours(1e-5) {
				for _, q := range pts {
					want.add(q)
				}
			}
		}
		low, high := boundsOf(&d)
		// Flattened curves lie inside the box, and reach nearly to its sides.
		for _, off := range []float64{want.min.X - low.X, want.min.Y - low.Y, high.X - want.max.X, high.Y - want.max.Y} {
			if off < -1e-9 || off > 0.01 {
				t.Fatalf("%v to %v, but %v", low, high, want)
			}
		}
	}
	if low, high := new(Path).Bounds(); low != high {
		t.Error("a path of nothing has a size")
	}
}

func BenchmarkDecodeSVG(b *testing.B) {
	var logo string
	for _, d := range drawings(b) {
		if d[0] == "logo: as Illustrator writes it" {
			logo = d[1]
		}
	}
	for b.Loop() {
		if _, err := Decode("x", []byte(logo)); err != nil {
			b.Fatal(err)
		}
	}
}

// boundsOf is the smallest box round all paths, which may be smaller than the W by H box
// of the drawing but, from Decode, never reaches beyond it.
func boundsOf(d *Drawing) (min, max Point) {
	b := newBox()
	for i := range d.Paths {
		b.path(&d.Paths[i])
	}
	return b.corners()
}
