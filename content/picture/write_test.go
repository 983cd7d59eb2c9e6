package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
)

// drawn is a drawing of two areas, with figures' measures: whole hundredths.
var drawn = &Drawing{W: 25.4, H: 12.7, Paths: []Path{
	{Fill: Color{0x1e, 0x90, 0xff}, Opacity: .5, Ops: []Op{Move, Line, Cubic, Close},
		Pts: []Point{{1.25, 2.5}, {20, 2.5}, {21.07, 4}, {18.33, 11.99}, {10, 12}}},
	{Opacity: 1, Ops: []Op{Move, Line, Line, Close}, Pts: []Point{{0, 0}, {25.4, 0}, {0, 12.7}}},
}}

// A drawing's SVG is well formed and has the drawing's own points.
func TestSVG(t *testing.T) {
	text := drawn.SVG(`<Knee> & "chest"` + "\x00")
	if !bytes.Equal(text, drawn.SVG(`<Knee> & "chest"`+"\x00")) {
		t.Error("two runs, two texts")
	}
	d := xml.NewDecoder(bytes.NewReader(text))
	n, title, within := 0, "", ""
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v\n%.300s", err, text)
		}
		switch e := tok.(type) {
		case xml.CharData:
			if within == "title" {
				title = string(e)
			}
		case xml.EndElement:
			within = ""
		case xml.StartElement:
			within = e.Name.Local
			if e.Name.Space != "http://www.w3.org/2000/svg" {
				t.Fatalf("%s is not of SVG", within)
			}
			a := map[string]string{}
			for _, x := range e.Attr {
				a[x.Name.Local] = x.Value
			}
			switch within {
			case "svg":
				if want := fmt.Sprintf("%gmm", drawn.W); a["width"] != want || a["viewBox"] != fmt.Sprintf("0 0 %g %g", drawn.W, drawn.H) {
					t.Errorf("%v", a)
				}
			case "path":
				p := drawn.Paths[n]
				if want := fmt.Sprintf("#%02x%02x%02x", p.Fill.R, p.Fill.G, p.Fill.B); a["fill"] != want {
					t.Errorf("path %d is %s, not %s", n, a["fill"], want)
				}
				samePoints(t, a["d"], p)
				n++
			}
		}
	}
	if n != len(drawn.Paths) || title != "<Knee> & \"chest\"\ufffd" {
		t.Errorf("%d paths of %d, title %q", n, len(drawn.Paths), title)
	}
}

func samePoints(t *testing.T, d string, p Path) {
	t.Helper()
	numbers := strings.Fields(strings.NewReplacer("M", " ", "L", " ", "C", " ", "Z", " ").Replace(d))
	if len(numbers) != 2*len(p.Pts) {
		t.Fatalf("%d numbers for %d points", len(numbers), len(p.Pts))
	}
	for i, q := range p.Pts {
		var x, y float64
		if _, err := fmt.Sscan(numbers[2*i]+" "+numbers[2*i+1], &x, &y); err != nil || math.Abs(x-q.X) > 1e-9 || math.Abs(y-q.Y) > 1e-9 {
			t.Fatalf("point %d is %s %s, not %v", i, numbers[2*i], numbers[2*i+1], q)
		}
	}
	if !strings.HasPrefix(d, "M") || !strings.HasSuffix(d, "Z") {
		t.Errorf("a path from %.10s", d)
	}
}

func TestSVGOfADrawing(t *testing.T) {
	d := &Drawing{W: 10, H: 10, Paths: []Path{{Fill: Color{0x1e, 0x90, 0xff}, Opacity: .5, EvenOdd: true,
		Ops: []Op{Move, Line, Cubic, Close},
		Pts: []Point{{X: 0, Y: 1. / 3}, {X: -2, Y: 5}, {X: 1, Y: 2}, {X: 3, Y: 4}, {X: 5, Y: 6}}}}}
	want := `<path fill="#1e90ff" fill-opacity="0.5" fill-rule="evenodd" d="M0 0.333333L-2 5C1 2 3 4 5 6Z"/>` + "\n"
	if got := string(d.AppendSVG(nil)); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
