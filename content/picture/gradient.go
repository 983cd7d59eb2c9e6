package picture

import (
	"image"
	"image/color"
	"math"
)

// Gradient is a run of colours. It has a plane of its own, which Origin, X and Y show in the
// drawing: the points 0,0 and 1,0 and 0,1. A linear one runs from the Origin to X, each of its
// colours a line that way from the Origin to Y. A radial one runs from the Focus to the circle
// of radius 1 round the Origin. Beyond its ends are the first and last colours.
type Gradient struct {
	Radial       bool
	Origin, X, Y Point
	Focus        Point  // in the gradient's own plane, within its circle
	Stops        []Stop // two or more, the first at 0 and the last at 1, in order
}

// Stop is one colour of a gradient.
type Stop struct {
	At    float64
	Color Color
}

func (g *Gradient) through(m matrix) *Gradient {
	seen := *g
	seen.Origin, seen.X, seen.Y = m.of(g.Origin), m.of(g.X), m.of(g.Y)
	return &seen
}

// plane maps the gradient's own plane to the drawing's.
func (g *Gradient) plane() matrix {
	x, y := g.X.minus(g.Origin), g.Y.minus(g.Origin)
	return matrix{x.X, x.Y, y.X, y.Y, g.Origin.X, g.Origin.Y}
}

// Around is the smallest box of the gradient's own plane that a path is in; ok is false if
// its plane is too flat, or too small for the path, to be told.
func (g *Gradient) Around(p *Path) (min, max Point, ok bool) {
	back, ok := g.plane().inverse()
	low, high := p.Bounds()
	b := newBox()
	for _, corner := range []Point{low, {low.X, high.Y}, {high.X, low.Y}, high} {
		b.add(back.of(corner))
	}
	const far = 1000
	return b.min, b.max, ok && b.min.X > -far && b.min.Y > -far && b.max.X < far && b.max.Y < far
}

// part is where in the run a point of the gradient's own plane lies.
func (g *Gradient) part(p Point) float64 {
	if !g.Radial {
		return p.X
	}
	d := p.minus(g.Focus)
	a, b := d.dot(d), g.Focus.dot(d)
	if a == 0 {
		return 0
	}
	// From the focus through p the circle is met after s times d.
	s := (math.Sqrt(b*b+a*(1-g.Focus.dot(g.Focus))) - b) / a
	return 1 / s
}

func (g *Gradient) color(at float64) Color {
	before := g.Stops[0]
	for _, s := range g.Stops {
		if s.At > at {
			if s.At == before.At {
				return before.Color
			}
			t := max(0, (at-before.At)/(s.At-before.At))
			mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*t)) }
			return Color{mix(before.Color.R, s.Color.R), mix(before.Color.G, s.Color.G), mix(before.Color.B, s.Color.B)}
		}
		before = s
	}
	return before.Color
}

// shade is a gradient as the ink of a picture without end.
type shade struct {
	*Gradient
	back  matrix // from pixels to the gradient's own plane
	alpha uint8
}

func (s shade) ColorModel() color.Model { return color.NRGBAModel }
func (s shade) Bounds() image.Rectangle { return image.Rect(-1e9, -1e9, 1e9, 1e9) }
func (s shade) At(x, y int) color.Color {
	c := s.color(s.part(s.back.of(Point{float64(x) + .5, float64(y) + .5})))
	return color.NRGBA{c.R, c.G, c.B, s.alpha}
}

// spread lets the run come again as often as p needs, each time or every other time the other
// way round; false means it cannot.
func (g *Gradient) spread(p *Path, how string) bool {
	low, high, ok := g.Around(p)
	if !ok || how != "reflect" && how != "repeat" {
		return ok
	}
	from, to := math.Floor(low.X), math.Ceil(high.X)
	if g.Radial {
		from, to = 0, 1
		for _, corner := range []Point{low, {low.X, high.Y}, {high.X, low.Y}, high} {
			to = max(to, math.Ceil(g.part(corner)))
		}
	}
	times := to - from
	if !(times*float64(len(g.Stops)) <= maxStops) {
		return false
	}
	var stops []Stop
	for k := from; k < to; k++ {
		for i := range g.Stops {
			s := g.Stops[i]
			if how == "reflect" && math.Mod(k, 2) != 0 {
				s = g.Stops[len(g.Stops)-1-i]
				s.At = 1 - s.At
			}
			stops = append(stops, Stop{(k - from + s.At) / times, s.Color})
		}
	}
	origin := Point{X: from}
	if g.Radial {
		origin = g.Focus.times(1 - times)
	}
	m := g.plane().times(matrix{times, 0, 0, times, origin.X, origin.Y})
	g.Origin, g.X, g.Y, g.Stops = m.of(Point{}), m.of(Point{X: 1}), m.of(Point{Y: 1}), stops
	return true
}

// mean is the mean of the colours from end to end.
func (g *Gradient) mean() Color {
	var r, green, b float64
	for i, s := range g.Stops[1:] {
		half := (s.At - g.Stops[i].At) / 2 / 255
		for _, c := range []Color{g.Stops[i].Color, s.Color} {
			r, green, b = r+float64(c.R)*half, green+float64(c.G)*half, b+float64(c.B)*half
		}
	}
	return Color{level(r), level(green), level(b)}
}

// maxStops is how many colours a gradient may have, counted each time they come again.
const maxStops = 256
