package output

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"handout/content/picture"
	"handout/layout"
)

// pictured sets the pictures into boxes of a page and gives the XObjects of its
// file, in order.
func pictured(t *testing.T, boxes []layout.Rect, pics ...*picture.Picture) (*judge, []*stream) {
	t.Helper()
	s := newSheet(t)
	s.line(s.tag(layout.P, 0), 12, "Pictures.")
	for i, p := range pics {
		s.image(layout.Artifact, boxes[i%len(boxes)], p)
	}
	data, err := PDF(&s.Page, made)
	if err != nil {
		t.Fatal(err)
	}
	j := newJudge(t, data)
	var all []*stream
	for _, e := range j.file.dict(j.file.dict(j.page.get("Resources")).get("XObject")).entries {
		all = append(all, j.file.resolve(e.value).(*stream))
	}
	return j, all
}

// unfilter takes PNG's row filters away (ISO/IEC 15948, 9.2).
func unfilter(t *testing.T, j *judge, s *stream) []byte {
	t.Helper()
	p := j.file.dict(s.dict.get("DecodeParms"))
	n := int(p.get("Colors").(integer))
	stride := n * int(p.get("Columns").(integer))
	rows := unpack(t, j.file, s)
	var out []byte
	above := make([]byte, stride)
	for ; len(rows) >= stride+1; rows = rows[stride+1:] {
		row := bytes.Clone(rows[1 : stride+1])
		for i := range row {
			var a, b, c int
			if b = int(above[i]); i >= n {
				a, c = int(row[i-n]), int(above[i-n])
			}
			var guess int
			switch rows[0] {
			case 1:
				guess = a
			case 2:
				guess = b
			case 3:
				guess = (a + b) / 2
			case 4:
				p := a + b - c
				guess = c
				if pa, pb, pc := abs(p-a), abs(p-b), abs(p-c); pa <= pb && pa <= pc {
					guess = a
				} else if pb <= pc {
					guess = b
				}
			}
			row[i] += byte(guess)
		}
		out = append(out, row...)
		above = row
	}
	if len(rows) > 0 {
		t.Errorf("%d bytes after the last row", len(rows))
	}
	return out
}

func TestPixels(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	noise := &picture.Bitmap{W: 13, H: 7, Gray: true}
	for range 13 * 7 {
		noise.Pix = append(noise.Pix, byte(rnd.IntN(256)))
	}
	for _, b := range []*picture.Bitmap{fading(), noise} {
		j, all := pictured(t, []layout.Rect{pts(100, 100, 100, 100)}, &picture.Picture{Bitmap: b})
		s := all[0]
		if w, h := s.dict.get("Width"), s.dict.get("Height"); w != integer(b.W) || h != integer(b.H) {
			t.Fatalf("%v by %v", w, h)
		}
		if !bytes.Equal(unfilter(t, j, s), b.Pix) {
			t.Error("the pixels are not those of the bitmap")
		}
		space := map[bool]name{true: "DeviceGray", false: "DeviceRGB"}[b.Gray]
		if s.dict.get("ColorSpace") != space {
			t.Errorf("in %v", s.dict.get("ColorSpace"))
		}
		mask, _ := j.file.resolve(s.dict.get("SMask")).(*stream)
		if (mask != nil) != (b.Alpha != nil) || (j.page.get("Group") != nil) != (b.Alpha != nil) {
			t.Fatalf("mask %v, group %v", mask, j.page.get("Group"))
		}
		if mask != nil && (!bytes.Equal(unfilter(t, j, mask), b.Alpha) || mask.dict.get("ColorSpace") != name("DeviceGray")) {
			t.Error("the mask is not the bitmap's alpha")
		}
	}
}

func TestJPEGGoesThrough(t *testing.T) {
	b := photograph(t)
	_, all := pictured(t, []layout.Rect{pts(100, 100, 100, 75)}, &picture.Picture{Bitmap: b})
	if d := all[0].dict; !bytes.Equal(all[0].data, b.JPEG) || d.get("Filter") != name("DCTDecode") || d.get("ColorSpace") != name("DeviceGray") {
		t.Errorf("%d bytes of %d, %v", len(all[0].data), len(b.JPEG), d)
	}
}

// A page holds no more pixels than print can show, and each picture once.
func TestPicturesOnce(t *testing.T) {
	big := &picture.Bitmap{W: 600, H: 300, Gray: true, Pix: bytes.Repeat([]byte{7}, 600*300)}
	p := &picture.Picture{Bitmap: big}
	j, all := pictured(t, []layout.Rect{pts(0, 100, 48, 24), pts(0, 200, 48, 24), pts(0, 300, 96, 48)}, p, p, p)
	if len(all) != 2 || all[0].dict.get("Width") != integer(200) || all[1].dict.get("Width") != integer(400) {
		t.Errorf("%d pictures, %v, %v", len(all), all[0].dict.get("Width"), all[len(all)-1].dict.get("Width"))
	}
	drawn := 0
	for _, s := range j.shown {
		if s.op == "Do" {
			drawn++
		}
	}
	if drawn != 3 {
		t.Errorf("drawn %d times", drawn)
	}
	d := &picture.Picture{Drawing: leg()}
	if _, all := pictured(t, []layout.Rect{pts(0, 0, 50, 50), pts(0, 100, 90, 90)}, d, d); len(all) != 1 {
		t.Errorf("a drawing is in the file %d times", len(all))
	}
}

// area is a filled path of a form, back in the drawing's own measure.
type area struct {
	fill    picture.Color
	opacity float64
	evenOdd bool
	steps   []string
}

// step tells a path step to a thousandth of the drawing's unit.
func step(op string, pts ...float64) string {
	for _, v := range pts {
		op += fmt.Sprintf(" %.3f", v)
	}
	return op
}

// areas interprets a form.
func areas(t *testing.T, j *judge, form *stream, d *picture.Drawing) (all []area) {
	t.Helper()
	m := floats(form.dict.get("Matrix"))
	unset := picture.Color{R: 1, G: 2, B: 3} // a form has the page's colour until it sets its own
	now := area{fill: unset, opacity: 1}
	var args []float64
	var state name
	var x, y float64
	at := func(i int) (float64, float64) { return args[i] * m[0] * d.W, (1 - args[i+1]*m[3]) * d.H }
	for _, w := range strings.Fields(string(unpack(t, j.file, form))) {
		if c := w[0]; c == '-' || c == '.' || c >= '0' && c <= '9' {
			args = append(args, floats(array{number(w)})...)
			continue
		}
		if w[0] == '/' {
			state = name(w[1:])
			continue
		}
		switch w {
		case "m", "l":
			x, y = at(0)
			now.steps = append(now.steps, step(w, x, y))
		case "c", "v", "y":
			ax, ay := x, y
			if w != "v" {
				ax, ay = at(0)
			}
			bx, by := at(len(args) - 4)
			x, y = at(len(args) - 2)
			if w == "y" {
				bx, by = x, y
			}
			now.steps = append(now.steps, step("c", ax, ay, bx, by, x, y))
		case "g":
			now.fill = picture.Color{R: level(args[0]), G: level(args[0]), B: level(args[0])}
		case "rg":
			now.fill = picture.Color{R: level(args[0]), G: level(args[1]), B: level(args[2])}
		case "gs":
			states := j.file.dict(j.file.dict(form.dict.get("Resources")).get("ExtGState"))
			now.opacity = floats(array{j.file.dict(states.get(state)).get("ca")})[0]
		case "f", "f*":
			now.evenOdd = w == "f*"
			all = append(all, now)
			now.steps = nil
		default:
			t.Fatalf("operator %s", w)
		}
		args = args[:0]
	}
	return all
}

func level(v float64) uint8 { return uint8(math.Round(v * 255)) }

func TestDrawings(t *testing.T) {
	for name, d := range map[string]*picture.Drawing{"leg": leg(), "person": person(1), "wide": {W: 4096, H: 1, Paths: []picture.Path{{Opacity: 1,
		Ops: []picture.Op{picture.Move, picture.Line, picture.Line, picture.Close, picture.Line, picture.Line},
		Pts: []picture.Point{{X: 10, Y: 0}, {X: 20, Y: 0}, {X: 20, Y: 1}, {X: 30, Y: 1}, {X: 10, Y: 1}}}}}} {
		j, all := pictured(t, []layout.Rect{pts(100, 100, 100, 75)}, &picture.Picture{Drawing: d})
		got := areas(t, j, all[0], d)
		if len(got) != len(d.Paths) {
			t.Fatalf("%s: %d areas instead of %d", name, len(got), len(d.Paths))
		}
		tolerance := 0.5*max(d.W, d.H)/grid + 0.002
		for i, p := range d.Paths {
			var want []string
			var start picture.Point
			pts, afresh := p.Pts, false
			begin := func() {
				if afresh {
					want = append(want, step("m", start.X, start.Y))
					afresh = false
				}
			}
			for _, op := range p.Ops {
				switch op {
				case picture.Move:
					start, afresh = pts[0], true
					pts = pts[1:]
				case picture.Line:
					begin()
					want = append(want, step("l", pts[0].X, pts[0].Y))
					pts = pts[1:]
				case picture.Cubic:
					begin()
					want = append(want, step("c", pts[0].X, pts[0].Y, pts[1].X, pts[1].Y, pts[2].X, pts[2].Y))
					pts = pts[3:]
				case picture.Close:
					afresh = true
				}
			}
			g := got[i]
			if g.fill != p.Fill || g.evenOdd != p.EvenOdd || math.Abs(g.opacity-p.Opacity) > 0.005 || len(g.steps) != len(want) {
				t.Errorf("%s: area %d is %v instead of %v", name, i, g, p)
				continue
			}
			for k := range want {
				if !near(g.steps[k], want[k], tolerance) {
					t.Errorf("%s: area %d: %s instead of %s", name, i, g.steps[k], want[k])
				}
			}
		}
	}
}

// Curves that begin with a control point have a short form, and what moves less
// than a step of the grid is left out.
func TestShortForms(t *testing.T) {
	at := func(x, y float64) picture.Point { return picture.Point{X: x, Y: y} }
	d := &picture.Drawing{W: grid, H: grid, Paths: []picture.Path{
		{Opacity: 1, Ops: []picture.Op{picture.Move, picture.Cubic, picture.Cubic, picture.Cubic, picture.Cubic, picture.Cubic, picture.Line, picture.Close}, Pts: []picture.Point{
			at(1, 1),
			at(1, 1), at(5, 2), at(9, 9),
			at(8, 8), at(4, 9), at(4, 9),
			at(4, 9), at(2, 2), at(2, 2),
			at(2, 2.1), at(2, 2.2), at(2.3, 2.1),
			at(3, 3), at(4, 4), at(5, 6),
			at(5.2, 6.1)}},
		{Opacity: 1, Ops: []picture.Op{picture.Move, picture.Move, picture.Close}, Pts: []picture.Point{at(1, 1), at(2, 2)}},
		{Opacity: 0.5, Fill: picture.Color{R: 255}, EvenOdd: true, Ops: []picture.Op{picture.Move, picture.Line}, Pts: []picture.Point{at(0, 0), at(0, grid)}},
	}}
	j, all := pictured(t, []layout.Rect{pts(0, 0, 9, 9)}, &picture.Picture{Drawing: d})
	const want = "/GS1 gs\n0 g\n1 4095 m\n5 4094 9 4087 v\n8 4088 4 4087 4 4087 c\n2 4094 l\n3 4093 4 4092 5 4090 c\nf\n" +
		"/GS2 gs\n1 0 0 rg\n0 4096 m\n0 0 l\nf*\n"
	if got := string(unpack(t, j.file, all[0])); got != want {
		t.Errorf("the form is %q", got)
	}
}

// near tells whether two steps are the same but for rounding.
func near(a, b string, tolerance float64) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) || x[0] != y[0] {
		return false
	}
	for i := 1; i < len(x); i++ {
		if math.Abs(floats(array{number(x[i])})[0]-floats(array{number(y[i])})[0]) > tolerance {
			return false
		}
	}
	return true
}

// Shapes are written as they are, and state that is in force is not set again.
func TestShapes(t *testing.T) {
	s := newSheet(t)
	s.Size = layout.Size{W: layout.Pt(200), H: layout.Pt(100)}
	red, black := picture.Color{R: 255}, picture.Color{}
	line := []layout.Segment{{Op: picture.Move, To: layout.XY{X: layout.Pt(1), Y: layout.Pt(2)}}, {Op: picture.Cubic,
		C1: layout.XY{X: layout.Pt(3.125)}, C2: layout.XY{X: layout.Pt(4), Y: layout.Pt(5)}, To: layout.XY{X: layout.Pt(6), Y: layout.Pt(7.006)}}}
	for _, sh := range []layout.Shape{
		{Fill: &red, Path: box(pts(10, 20, 30.5, 40))},
		{Fill: &red, Stroke: &black, Width: layout.Pt(1), Path: box(pts(1, 2, 3, 4))},
		{Stroke: &black, Width: layout.Pt(1), Path: line},
		{Stroke: &red, Width: layout.Pt(1), Path: append(line[:2:2], layout.Segment{Op: picture.Line}, layout.Segment{Op: picture.Close})},
	} {
		sh.Tag = layout.Artifact
		s.Items = append(s.Items, &sh)
	}
	s.line(s.tag(layout.P, 0), 12, "Shapes.")
	data, err := PDF(&s.Page, made)
	if err != nil {
		t.Fatal(err)
	}
	j := newJudge(t, data)
	ops := string(operators(t, j.file, j.page.get("Contents")))
	_, got, _ := strings.Cut(ops, "/Artifact BMC\n")
	got, _, _ = strings.Cut(got, "EMC\n")
	const want = `1 0 0 rg
10 80 30.5 -40 re f
0 G
1 w
1 98 3 -4 re B
1 98 m
3.13 100 4 95 6 92.99 c
S
1 0 0 RG
1 98 m
3.13 100 4 95 6 92.99 c
0 100 l
h
S
`
	if got != want {
		t.Errorf("the operators are\n%s", got)
	}
}

// A keep forgets, but only what is old; and it never holds much more than its limit.
func TestKeep(t *testing.T) {
	var k keep[int, string]
	built := 0
	get := func(key, size int) {
		v, err := k.get(key, func() (string, int, error) { built++; return fmt.Sprint(key), size, nil })
		if err != nil || v != fmt.Sprint(key) {
			t.Errorf("%d is %q, %v", key, v, err)
		}
	}
	for range 3 {
		get(1, keepLimit/8)
	}
	if built != 1 {
		t.Errorf("built %d times", built)
	}
	for key := range 100 {
		get(1, keepLimit/8)
		get(key+2, keepLimit/8)
		size := 0
		for _, m := range []map[int]kept[string]{k.young, k.old} {
			for _, v := range m {
				size += v.size
			}
		}
		if size > keepLimit {
			t.Fatalf("%d bytes are kept", size)
		}
	}
	if built != 101 {
		t.Errorf("built %d times: what was in use was forgotten", built)
	}
	if _, err := k.get(-1, func() (string, int, error) { return "", 0, errBitmap }); err != errBitmap {
		t.Errorf("error %v", err)
	}
	if _, ok := k.young[-1]; ok {
		t.Error("a failure was kept")
	}
}

func abs(n int) int { return max(n, -n) }

// A gradient has all of its colours, in the place that its path leaves open.
func TestGradient(t *testing.T) {
	p, err := picture.Decode("x.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">
		<clipPath id="c"><path clip-rule="evenodd" d="M0 0h100v50H0zM40 10h20v30H40z"/></clipPath>
		<linearGradient id="l"><stop stop-color="#f00"/><stop offset=".25" stop-color="#0f0"/>
			<stop offset=".25" stop-color="#fff"/><stop offset="1" stop-color="#00f"/></linearGradient>
		<radialGradient id="r" href="#l" fx=".6"/>
		<g clip-path="url(#c)"><rect width="50" height="50" fill="url(#l)"/><circle cx="75" cy="25" r="20" fill="url(#r)"/></g>
		<rect width="5" height="5"/></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	ops, resources, err := plot(p.Drawing, 40)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(ops); strings.Count(text, "W* n") != 1 || strings.Count(text, "W n") < 4 ||
		!strings.Contains(text, "/Sh1 sh") || !strings.Contains(text, "/Sh2 sh") ||
		strings.Count(text, "q") != strings.Count(text, "Q") {
		t.Error(text)
	}
	shadings := resources.get("Shading").(*dict)
	for i, kind := range []object{integer(2), integer(3)} {
		e := shadings.entries[i]
		function := e.value.(*dict).get("Function").(*dict)
		if e.value.(*dict).get("ShadingType") != kind || len(function.get("Functions").(array)) != 2 ||
			fmt.Sprint(function.get("Bounds")) != "[0.25000]" {
			t.Errorf("%s: %v %v", e.key, e.value.(*dict).get("ShadingType"), function)
		}
	}
}
