package output

import (
	"strings"
	"testing"

	"handout/content/picture"
	"handout/layout"
)

// fpdf's numbers lose the zeros that say nothing, and nothing else is touched.
func TestBrief(t *testing.T) {
	for wrote, want := range map[string]string{
		"12.00 -0.50 0.00 -0.00 m\n": "12 -.5 0 0 m\n",
		"100.00 0.07000 10.01 l\n":   "100 .07 10.01 l\n",
		"/GS1.0 gs\n100 w\n":         "/GS1.0 gs\n100 w\n",
		"":                           "",
		"1.50 w":                     "1.5 w",
	} {
		if got := string(afterBegin([]byte("0 J\n.57 w\n" + begin + "\n" + wrote))); got != want {
			t.Errorf("%q becomes %q", wrote, got)
		}
	}
}

// What was drawn is found again by all that was told, and by nothing less; and what is kept
// is bounded.
func TestMarks(t *testing.T) {
	m := &newCanvas().marks
	red, at := picture.Color{R: 255}, func(x, y float64) layout.XY { return layout.XY{X: layout.Pt(x), Y: layout.Pt(y)} }
	line := func(to layout.XY) *layout.Shape {
		return &layout.Shape{Stroke: &red, Path: []layout.Segment{{Op: picture.Move, To: at(1, 2)}, {Op: picture.Line, To: to}}}
	}
	area := func(to layout.XY) *layout.Shape { s := line(to); s.Fill, s.Stroke = &red, nil; return s }
	both := func(to layout.XY) *layout.Shape { s := line(to); s.Fill = &red; return s }
	box := layout.Rect{X: layout.Pt(5), Y: layout.Pt(6), W: layout.Pt(7), H: layout.Pt(8)}
	draw := func() (all []string) {
		for _, ops := range [][]byte{
			m.filling(red), m.stroking(red), m.filling(picture.Color{B: 255}), m.filling(picture.Color{R: 7, G: 7, B: 7}), m.width(150), m.width(15),
			m.shape(line(at(3, 4)), 10000), m.shape(line(at(3, 4)), 10001), m.shape(line(at(3, 4.01)), 10000),
			m.shape(area(at(3, 4)), 10000), m.shape(both(at(3, 4)), 10000),
			m.picture("X0", box, 10000), m.picture("X1", box, 10000), m.picture("X0", box, 9000),
		} {
			all = append(all, string(ops))
		}
		return all
	}
	first := draw()
	want := []string{"1 0 0 rg\n", "1 0 0 RG\n", "0 0 1 rg\n", ".027 g\n", "1.5 w\n", ".15 w\n",
		"1 98 m\n3 96 l\nS\n", "1 98.01 m\n3 96.01 l\nS\n", "1 98 m\n3 95.99 l\nS\n", "1 98 m\n3 96 l\nf\n", "1 98 m\n3 96 l\nB\n",
		"q\n7 0 0 8 5 86 cm\n/X0 Do\nQ\n", "q\n7 0 0 8 5 86 cm\n/X1 Do\nQ\n", "q\n7 0 0 8 5 76 cm\n/X0 Do\nQ\n"}
	if got, want := strings.Join(first, "|"), strings.Join(want, "|"); got != want {
		t.Errorf("drawn was\n%s\nnot\n%s", got, want)
	}
	if len(m.known) != len(want) {
		t.Errorf("%d are kept of %d", len(m.known), len(want))
	}
	if again := draw(); strings.Join(again, "|") != strings.Join(first, "|") || len(m.known) != len(want) {
		t.Error("the second time it is drawn otherwise, or anew")
	}
	fresh := &newCanvas().marks // all on one sheet
	fresh.shapes([]layout.Item{line(at(3, 4)), area(at(3, 4)), line(at(3, 4)), both(at(3, 4)), line(at(3, 4.01))}, 10000)
	for key, ops := range fresh.known {
		if string(m.known[key]) != string(ops) {
			t.Errorf("%q was drawn beside others, %q alone", ops, m.known[key])
		}
	}
	if len(fresh.known) != 4 {
		t.Errorf("%d of 4 paths were drawn", len(fresh.known))
	}
	for i := range 20000 {
		m.shape(line(at(float64(i)/100, 4)), 10000)
		if m.size > maxMarks {
			t.Fatalf("%d bytes are kept", m.size)
		}
	}
	if len(m.known) == 0 || len(m.known) > 15000 || m.err != nil {
		t.Errorf("%d are kept, %v", len(m.known), m.err)
	}
}
