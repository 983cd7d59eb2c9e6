package output

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"handout/content/picture"
	"handout/fonts"
	"handout/layout"
)

func painted(t *testing.T, p *layout.Page, dpi int) image.Image {
	t.Helper()
	data, err := PNG(p, dpi)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := PNG(p, dpi); !bytes.Equal(data, again) {
		t.Error("not the same again")
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestPNG puts one item of each kind on a page and looks at its pixels: 2 of them a point.
func TestPNG(t *testing.T) {
	s := newSheet(t)
	s.Size = layout.Size{W: 300 * layout.Point, H: 200 * layout.Point}
	pt := func(x, y int) layout.XY {
		return layout.XY{X: layout.Length(x) * layout.Point, Y: layout.Length(y) * layout.Point}
	}
	red, blue := picture.Color{R: 255}, picture.Color{B: 255}
	square := func(x, y, w int) []layout.Segment {
		return []layout.Segment{{Op: picture.Move, To: pt(x, y)}, {Op: picture.Line, To: pt(x+w, y)}, {Op: picture.Line, To: pt(x+w, y+w)},
			{Op: picture.Line, To: pt(x, y+w)}, {Op: picture.Close}}
	}
	s.Items = append(s.Items, &layout.Shape{Tag: layout.Artifact, Path: square(10, 10, 40), Fill: &red, Stroke: &blue, Width: 4 * layout.Point})
	half := picture.Path{Fill: blue, Opacity: 1}
	half.MoveTo(picture.Point{})
	half.LineTo(picture.Point{X: 3})
	half.LineTo(picture.Point{X: 3, Y: 1})
	half.LineTo(picture.Point{Y: 1})
	half.Close()
	figure := func() int {
		tag := s.tag(layout.Figure, 0)
		s.Tags[tag].Alt = "a square"
		return tag
	}
	s.image(figure(), layout.Rect{X: 100 * layout.Point, Y: 10 * layout.Point, W: 40 * layout.Point, H: 40 * layout.Point},
		&picture.Picture{Drawing: &picture.Drawing{W: 2, H: 2, Paths: []picture.Path{half}}})
	s.image(figure(), layout.Rect{X: 160 * layout.Point, Y: 10 * layout.Point, W: 40 * layout.Point, H: 40 * layout.Point},
		&picture.Picture{Bitmap: &picture.Bitmap{W: 2, H: 1, Pix: []byte{255, 0, 0, 0, 0, 255}, Alpha: []byte{255, 0}}})
	s.run(s.tag(layout.P, 0), pt(20, 150), 40, fonts.Span{Text: "H"})
	m := painted(t, &s.Page, 144)
	if m.Bounds() != image.Rect(0, 0, 600, 400) {
		t.Fatalf("%v", m.Bounds())
	}
	const white, reds, blues = 0xffffff, 0xff0000, 0x0000ff
	for _, c := range []struct{ x, y, want int }{
		{10, 10, white}, {20, 60, blues}, {60, 60, reds}, {103, 103, blues}, {105, 105, white}, // a square and its frame
		{198, 40, white}, {210, 40, blues}, {210, 80, white}, {279, 40, blues}, {282, 40, white}, // a drawing, cut off at its box
		{325, 60, reds}, {395, 60, white}, // a bitmap, its right half clear
	} {
		r, g, b, _ := m.At(c.x, c.y).RGBA()
		if got := int(r>>8<<16 | g>>8<<8 | b>>8); got != c.want {
			t.Errorf("at %d, %d: %06x, not %06x", c.x, c.y, got, c.want)
		}
	}
	// The letter is two stems and a bar, above its line.
	dark := func(x, y int) bool { r, _, _, _ := m.At(x, y).RGBA(); return r < 0x4000 }
	stems := func(y int) (n int) {
		for x := 1; x < 120; x++ {
			if dark(x, y) && !dark(x-1, y) {
				n++
			}
		}
		return n
	}
	if stems(298) != 2 || stems(302) != 0 || stems(250) != 2 {
		t.Errorf("an H with %d stems at its foot, %d below, %d near its head", stems(298), stems(302), stems(250))
	}
}

func TestPNGRefuses(t *testing.T) {
	s := newSheet(t)
	s.line(s.tag(layout.P, 0), 12, "Words")
	for _, dpi := range []int{-1, 9, 1201, 1200} { // at 1200 a page is 134 million pixels
		if _, err := PNG(&s.Page, dpi); err == nil {
			t.Errorf("%d dots an inch were accepted", dpi)
		}
	}
	s.tag(layout.P, 0)
	if _, err := PNG(&s.Page, 72); err == nil {
		t.Error("a tag without content was accepted")
	}
}

// TestPNGIsThePDF compares pictures as TestSVGIsThePDF does.
func TestPNGIsThePDF(t *testing.T) {
	dir, files := onDisk(t)
	for id, p := range pages(t) {
		data, err := PNG(p, 96)
		if err != nil {
			t.Fatal(err)
		}
		name := func(kind string) string { return filepath.Join(dir, id+"."+kind) }
		if err := os.WriteFile(name("png"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		outside(t, "mutool", "draw", "-q", "-r", "96", "-o", name("mutool.png"), files[id], "1")
		outside(t, "pdftoppm", "-q", "-r", "96", "-png", "-singlefile", files[id], name("poppler"))
		ours, theirs := rmse(t, name("png"), name("mutool.png")), rmse(t, name("poppler.png"), name("mutool.png"))
		t.Logf("%s: %.2f, and poppler %.2f", id, ours, theirs)
		if ours > max(theirs, 2) {
			t.Errorf("%s: the PNG is %.2f away from the PDF, poppler only %.2f", id, ours, theirs)
		}
	}
}
