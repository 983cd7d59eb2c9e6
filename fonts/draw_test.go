package fonts

import (
	"strconv"
	"strings"
	"testing"
)

// TestOutlines draws letters of six scripts and reads their paths back: every contour is
// closed, and each letter about as large as its em. That they look right is for output's
// TestSVGIsThePDF.
func TestOutlines(t *testing.T) {
	runs := Default().Shaper()
	pieces, err := runs.Pieces([]Span{{Text: "Aé Đặng שָׁלוֹם سلام ผู้ क्षि"}}, "en", false)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, p := range pieces {
		for _, run := range p.Runs {
			pen := run.Face.Outlines()
			for _, g := range run.Glyphs {
				path := string(pen.Append(nil, g.Shape))
				if again := string(pen.Append([]byte("x"), g.Shape)); again != "x"+path {
					t.Errorf("%v: %q, and again %q", g.Shape, path, again)
				}
				if strings.TrimSpace(g.Text) == "" || path == "" {
					continue
				}
				seen++
				if strings.Count(path, "z") != strings.Count(path, "m") || !strings.HasSuffix(path, "z") {
					t.Errorf("%v: an outline is open: %q", g.Shape, path)
				}
				x0, y0, x1, y1 := extent(t, path)
				upem := run.Face.UnitsPerEm()
				if x0 < -upem || y0 < -upem || x1 > 3*upem || y1 > 2*upem || x0 >= x1 || y0 >= y1 {
					t.Errorf("%v: drawn from %d,%d to %d,%d of %d", g.Shape, x0, y0, x1, y1, upem)
				}
			}
		}
	}
	if seen < 15 {
		t.Errorf("only %d glyphs were drawn", seen)
	}
}

// extent is the box of the points of relative path data.
func extent(t *testing.T, path string) (x0, y0, x1, y1 int) {
	t.Helper()
	points := map[byte]int{'m': 1, 'l': 1, 'q': 2, 'c': 3}
	x, y, sx, sy := 0, 0, 0, 0
	x0, y0, x1, y1 = 1<<30, 1<<30, -1<<30, -1<<30
	for len(path) > 0 {
		op := path[0]
		path = path[1:]
		if op == 'z' {
			x, y = sx, sy
			continue
		}
		end := strings.IndexAny(path, "mlqcz")
		numbers := strings.Fields(strings.ReplaceAll(path[:end], "-", " -"))
		path = path[end:]
		if len(numbers) != 2*points[op] {
			t.Fatalf("%c has %d numbers", op, len(numbers))
		}
		nx, ny := x, y
		for i := 0; i < len(numbers); i += 2 {
			dx, err := strconv.Atoi(numbers[i])
			if err != nil {
				t.Fatal(err)
			}
			dy, err := strconv.Atoi(numbers[i+1])
			if err != nil {
				t.Fatal(err)
			}
			nx, ny = x+dx, y+dy
			x0, y0, x1, y1 = min(x0, nx), min(y0, ny), max(x1, nx), max(y1, ny)
		}
		if x, y = nx, ny; op == 'm' {
			sx, sy = x, y
		}
	}
	return x0, y0, x1, y1
}
