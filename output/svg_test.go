package output

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"handout/content/picture"
	"handout/layout"
)

// TestSVG reads the pages' SVG back: it is XML, has an element an item at least, no
// text but the title, and nothing in it is fetched from elsewhere.
func TestSVG(t *testing.T) {
	for id, p := range pages(t) {
		svg, err := AppendSVG(nil, p)
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		if again, _ := AppendSVG(nil, p); !bytes.Equal(svg, again) {
			t.Errorf("%s: not the same again", id)
		}
		paths, anchors := 0, 0
		text := ""
		for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", id, err)
			}
			switch tok := tok.(type) {
			case xml.CharData:
				text += strings.TrimSpace(string(tok))
			case xml.StartElement:
				switch tok.Name.Local {
				case "path":
					paths++
				case "a":
					anchors++
				case "image":
					for _, a := range tok.Attr {
						if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "data:image/") {
							t.Errorf("%s: an image comes from elsewhere", id)
						}
					}
				}
			}
		}
		if text != p.Title {
			t.Errorf("%s: the text is %q, and only the title %q should be", id, text, p.Title)
		}
		for _, it := range p.Items {
			switch it.(type) {
			case *layout.Glyphs, *layout.Shape:
				paths--
			case *layout.Anchor:
				anchors--
			}
		}
		if paths < 0 || anchors != 0 {
			t.Errorf("%s: %d paths and %d links are missing", id, -paths, -anchors)
		}
	}
}

// TestSVGRefuses has what PDF refuses.
func TestSVGRefuses(t *testing.T) {
	s := newSheet(t)
	s.tag(layout.P, 0)
	if b, err := AppendSVG([]byte("before"), &s.Page); err == nil || string(b) != "before" {
		t.Errorf("a tag without content: %v, %q", err, b)
	}
	s = newSheet(t)
	s.line(s.tag(layout.P, 0), 12, "Words")
	s.image(s.tag(layout.P, 0), layout.Rect{X: 99, Y: 99, W: layout.Inch, H: layout.Inch}, &picture.Picture{Drawing: &picture.Drawing{W: 1, H: 1}})
	if _, err := AppendSVG(nil, &s.Page); err != nil {
		t.Error(err)
	}
}

// TestSVGIsThePDF compares pictures: librsvg's of the SVG is no further from mupdf's of
// the PDF than poppler's of the same PDF is, or nearer than an eye can tell.
func TestSVGIsThePDF(t *testing.T) {
	dir, files := onDisk(t)
	for id, p := range pages(t) {
		svg, err := AppendSVG(nil, p)
		if err != nil {
			t.Fatal(err)
		}
		name := func(kind string) string { return filepath.Join(dir, id+"."+kind) }
		if err := os.WriteFile(name("svg"), svg, 0o600); err != nil {
			t.Fatal(err)
		}
		outside(t, "rsvg-convert", "-d", "96", "-p", "96", "-b", "white", "-o", name("rsvg.png"), name("svg"))
		outside(t, "mutool", "draw", "-q", "-r", "96", "-o", name("mutool.png"), files[id], "1")
		outside(t, "pdftoppm", "-q", "-r", "96", "-png", "-singlefile", files[id], name("poppler"))
		ours, theirs := rmse(t, name("rsvg.png"), name("mutool.png")), rmse(t, name("poppler.png"), name("mutool.png"))
		t.Logf("%s: %.2f, and poppler %.2f", id, ours, theirs)
		if ours > max(theirs, 2) {
			t.Errorf("%s: the SVG is %.2f away from the PDF, poppler only %.2f", id, ours, theirs)
		}
	}
}

// rmse is how far two pictures are from one another, of 255 a channel.
func rmse(t *testing.T, a, b string) float64 {
	t.Helper()
	open := func(name string) (at func(x, y int) [3]float64, w, h int) {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		img, err := png.Decode(f)
		if err != nil {
			t.Fatal(err)
		}
		return func(x, y int) [3]float64 {
			r, g, b, _ := img.At(x, y).RGBA()
			return [3]float64{float64(r >> 8), float64(g >> 8), float64(b >> 8)}
		}, img.Bounds().Dx(), img.Bounds().Dy()
	}
	one, w, h := open(a)
	two, w2, h2 := open(b)
	if abs(w-w2) > 1 || abs(h-h2) > 1 {
		t.Fatalf("%d x %d and %d x %d pixels", w, h, w2, h2)
	}
	w, h = min(w, w2), min(h, h2)
	sum := 0.
	for y := range h {
		for x := range w {
			p, q := one(x, y), two(x, y)
			for i := range p {
				sum += (p[i] - q[i]) * (p[i] - q[i])
			}
		}
	}
	return math.Sqrt(sum / float64(3*w*h))
}
