package picture

import (
	"fmt"
	"math"
	"math/rand"
	"testing"
)

// winding is how often the contours go round a point.
func winding(contours [][]Point, at Point) int {
	n := 0
	for _, pts := range contours {
		for i, p := range pts {
			q := pts[(i+1)%len(pts)]
			if (p.Y <= at.Y) == (q.Y <= at.Y) {
				continue
			}
			if x := p.X + (at.Y-p.Y)/(q.Y-p.Y)*(q.X-p.X); x > at.X {
				if q.Y > p.Y {
					n++
				} else {
					n--
				}
			}
		}
	}
	return n
}

func covers(contours [][]Point, p *Path, at Point) bool {
	n := winding(contours, at)
	if p.EvenOdd {
		return n%2 != 0
	}
	return n != 0
}

// distance is from a point to the nearest of some lines.
func distance(contours [][]Point, closed bool, at Point) float64 {
	d := math.Inf(1)
	for _, pts := range contours {
		for i, p := range pts {
			if i+1 == len(pts) && !closed {
				d = min(d, at.minus(p).length())
				continue
			}
			v := pts[(i+1)%len(pts)].minus(p)
			t := 0.0
			if l := v.dot(v); l > 0 {
				t = max(0, min(1, at.minus(p).dot(v)/l))
			}
			d = min(d, at.minus(p.plus(v.times(t))).length())
		}
	}
	return d
}

// TestStrokeIsDistance holds strokes with round caps and joins to what they
// are: all points not farther from the line than half its width. The curves
// are random, with bends far tighter than the line is wide.
func TestStrokeIsDistance(t *testing.T) {
	const tolerance = 0.02
	r := rand.New(rand.NewSource(11))
	point := func() Point { return Point{r.Float64() * 100, r.Float64() * 100} }
	for round := range 200 {
		var p Path
		p.MoveTo(point())
		for range 1 + r.Intn(4) {
			if r.Intn(3) == 0 {
				p.LineTo(point())
			} else {
				p.CubicTo(point(), point(), point())
			}
		}
		closed := r.Intn(2) == 0
		if closed {
			p.Close()
		}
		n := nib{width: 1 + r.Float64()*30, ends: roundCap, corners: roundJoin, miter: 4, tolerance: tolerance}
		out, ok := n.outlined(p, 10_000)
		if !ok {
			t.Fatalf("%d: too many steps", round)
		}
		spine, outline := p.contours(0.001), out.contours(0.001)
		for range 400 {
			at := Point{r.Float64()*140 - 20, r.Float64()*140 - 20}
			d := distance(spine, closed, at) - n.width/2
			if math.Abs(d) > 3*tolerance && covers(outline, &out, at) != (d < 0) {
				t.Fatalf("round %d, %v, width %.3g: %v is %.3g from the edge, covered %v", round, p, n.width, at, d, d >= 0)
			}
		}
	}
}

// TestDashesAreTheLine cuts a line into dashes with no gaps between them.
func TestDashesAreTheLine(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for range 50 {
		var p Path
		p.MoveTo(Point{r.Float64() * 50, r.Float64() * 50})
		p.CubicTo(Point{r.Float64() * 50, 0}, Point{0, r.Float64() * 50}, Point{50, 50})
		p.LineTo(Point{0, 50})
		n := nib{width: 1, tolerance: 0.01}
		lines, _ := n.lines(p, 1000)
		whole := 0.0
		for _, q := range lines[0].pieces {
			whole += q.length(1)
		}
		on, off := 0.5+r.Float64()*5, 0.5+r.Float64()*5
		n.dash, n.dashOffset = []float64{on, off}, r.Float64()*40-20
		dashes, ok := n.dashed(lines, 10_000)
		if !ok {
			t.Fatal("too many dashes")
		}
		drawn := 0.0
		for i, l := range dashes {
			length := 0.0
			for _, q := range l.pieces {
				length += q.length(1)
			}
			if i > 0 && i+1 < len(dashes) && math.Abs(length-on) > 1e-3 {
				t.Fatalf("a dash of %g is %g long", on, length)
			}
			drawn += length
		}
		// What the pattern says is drawn between its offset and the end.
		sum := func(x float64) float64 {
			k := math.Floor(x / (on + off))
			return k*on + min(on, x-k*(on+off))
		}
		if want := sum(n.dashOffset+whole) - sum(n.dashOffset); math.Abs(drawn-want) > 1e-3 {
			t.Fatalf("%g of %g were drawn, not %g", drawn, whole, want)
		}
	}
}

// TestShapes paints small drawings on a grid and holds them to the shapes
// they name. A point nearer to an edge than a grid step is not asked.
func TestShapes(t *testing.T) {
	disc := func(x, y, r float64) func(Point) float64 {
		return func(p Point) float64 { return r - p.minus(Point{x, y}).length() }
	}
	rect := func(x0, y0, x1, y1 float64) func(Point) float64 {
		return func(p Point) float64 { return min(p.X-x0, x1-p.X, p.Y-y0, y1-p.Y) }
	}
	and := func(f, g func(Point) float64) func(Point) float64 {
		return func(p Point) float64 { return min(f(p), g(p)) }
	}
	or := func(f, g func(Point) float64) func(Point) float64 {
		return func(p Point) float64 { return max(f(p), g(p)) }
	}
	not := func(f func(Point) float64) func(Point) float64 {
		return func(p Point) float64 { return -f(p) }
	}
	for body, inside := range map[string]func(Point) float64{
		`<circle cx="50" cy="50" r="30"/>`:                                           disc(50, 50, 30),
		`<circle cx="5" cy="5" r="3" transform="scale(10)"/>`:                        disc(50, 50, 30),
		`<circle cx="50" cy="50" r="30" fill="none" stroke="red" stroke-width="8"/>`: and(disc(50, 50, 34), not(disc(50, 50, 26))),
		`<circle cx="50" cy="50" r="5" fill="none" stroke="red" stroke-width="40"/>`: disc(50, 50, 25),
		`<path d="M20 50a30 30 0 1 1 60 0a30 30 0 1 1-60 0"/>`:                       disc(50, 50, 30),
		`<path d="M50 50h0" stroke="red" stroke-width="40" stroke-linecap="round"/>`: disc(50, 50, 20),
		`<path d="M20 50H80" stroke="red" stroke-width="20" stroke-linecap="round"/>`: or(rect(20, 40, 80, 60),
			or(disc(20, 50, 10), disc(80, 50, 10))),
		`<path d="M20 50H80" stroke="red" stroke-width="20" stroke-linecap="square"/>`:                                                                                    rect(10, 40, 90, 60),
		`<path d="M20 50H80" stroke="red" stroke-width="20" stroke-dasharray="20"/>`:                                                                                      or(rect(20, 40, 40, 60), rect(60, 40, 80, 60)),
		`<rect x="30" y="30" width="40" height="40" fill="none" stroke="red" stroke-width="10"/>`:                                                                         and(rect(25, 25, 75, 75), not(rect(35, 35, 65, 65))),
		`<rect x="45" y="45" width="10" height="10" fill="none" stroke="red" stroke-width="30"/>`:                                                                         rect(30, 30, 70, 70),
		`<path fill-rule="evenodd" d="M20 20h60v60h-60zM40 40h20v20h-20z"/>`:                                                                                              and(rect(20, 20, 80, 80), not(rect(40, 40, 60, 60))),
		`<path d="M20 20h60v60h-60zM40 40h20v20h-20z"/>`:                                                                                                                  rect(20, 20, 80, 80),
		`<path d="M20 20h60v60h-60zM40 40v20h20v-20z"/>`:                                                                                                                  and(rect(20, 20, 80, 80), not(rect(40, 40, 60, 60))),
		`<rect x="-50" y="20" width="100" height="500"/>`:                                                                                                                 rect(0, 20, 50, 100),
		`<circle cx="100" cy="50" r="40"/>`:                                                                                                                               and(disc(100, 50, 40), rect(0, 0, 100, 100)),
		`<clipPath id="c"><circle cx="50" cy="50" r="30"/></clipPath><rect x="50" width="50" height="100" clip-path="url(#c)"/>`:                                          and(disc(50, 50, 30), rect(50, 0, 100, 100)),
		`<clipPath id="c"><rect x="20" y="20" width="40" height="40"/></clipPath><path fill-rule="evenodd" clip-path="url(#c)" d="M0 0h100v100h-100zM40 0h10v100h-10z"/>`: and(rect(20, 20, 60, 60), not(rect(40, 0, 50, 100))),
	} {
		p, err := Decode("x", fmt.Appendf(nil, `<svg viewBox="0 0 100 100">%s</svg>`, body))
		if err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		var contours [][][]Point
		for i := range p.Drawing.Paths {
			contours = append(contours, p.Drawing.Paths[i].contours(0.01))
		}
		const step = 0.9
		for y := step / 3; y < 100; y += step {
			for x := step / 7; x < 100; x += step {
				at := Point{x, y}
				want := inside(at)
				if math.Abs(want) < 0.05 {
					continue
				}
				got := false
				for i := range contours {
					got = got || covers(contours[i], &p.Drawing.Paths[i], at)
				}
				if got != (want > 0) {
					t.Errorf("%s: at %v painted %v", body, at, got)
					y = 100
					break
				}
			}
		}
	}
}
