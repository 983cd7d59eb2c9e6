package figure

import "math"

// outline is a closed curve of cubic pieces: its first point, then three for
// each piece.
type outline []vec2

// trace walks along the edge of f (marching squares on the lattice) and fits
// closed cubic outlines to it, no further from it than tol.
func (l lattice) trace(f field, tol float64) []outline {
	if f.max.X <= f.min.X || f.max.Y <= f.min.Y {
		return nil
	}
	g := &grid{f: f, cell: l.cell}
	g.i0, g.j0 = int(math.Floor(f.min.X/g.cell))-1, int(math.Floor(f.min.Y/g.cell))-1
	g.nx, g.ny = int(math.Ceil(f.max.X/g.cell))+2-g.i0, int(math.Ceil(f.max.Y/g.cell))+2-g.j0
	g.v, g.next = make([]float64, g.nx*g.ny), make([]int32, 2*g.nx*g.ny)
	g.read()
	g.link()
	var out []outline
	for id := range g.next {
		if g.next[id] == 0 {
			continue
		}
		var poly []vec2
		for e := int32(id); g.next[e] != 0; {
			poly = append(poly, g.crossing(int(e)))
			e, g.next[e] = g.next[e]-1, 0
		}
		// specks are left out
		if len(poly) >= 4 && math.Abs(enclosed(poly)) >= .15 {
			out = append(out, fitClosed(poly, l.cell, tol))
		}
	}
	return out
}

// grid is a field read at the lattice's points round its inside.
type grid struct {
	f      field
	cell   float64
	i0, j0 int // the lattice point of v[0]
	nx, ny int
	v      []float64
	next   []int32 // from the edge an outline enters a square by to the one it leaves by, plus 1
}

func (g *grid) point(i, j int) vec2 {
	return vec2{float64(g.i0+i) * g.cell, float64(g.j0+j) * g.cell}
}

// read looks at the middle of each block first: far from the edge, one value
// does for the whole block. The frame of the grid is outside by definition.
func (g *grid) read() {
	const block = 5
	near := g.cell*block*.75 + 1.6
	for bj := 0; bj < g.ny; bj += block {
		for bi := 0; bi < g.nx; bi += block {
			d := g.f.at(g.point(bi+block/2, bj+block/2)).D
			for j := bj; j < g.ny && j < bj+block; j++ {
				for i := bi; i < g.nx && i < bi+block; i++ {
					v := d
					if math.Abs(d) < near {
						v = g.f.at(g.point(i, j)).D
					}
					if i == 0 || j == 0 || i == g.nx-1 || j == g.ny-1 {
						v = max(v, 1e-6)
					}
					if v == 0 {
						v = 1e-9
					}
					g.v[j*g.nx+i] = v
				}
			}
		}
	}
}

// squares lists, for each pattern of inside corners (1 lower left, 2 lower
// right, 4 upper right, 8 upper left), the edges an outline with the inside on
// its left enters and leaves by: 1 bottom, 2 right, 3 top, 4 left. The two
// saddles (5, 10) hold the cut and the joined way.
var squares = [16][]int{
	1: {1, 4}, 2: {2, 1}, 3: {2, 4}, 4: {3, 2}, 6: {3, 1}, 7: {3, 4}, 8: {4, 3}, 9: {1, 3},
	11: {2, 3}, 12: {4, 2}, 13: {1, 2}, 14: {4, 1},
	5:  {1, 4, 3, 2, 1, 2, 3, 4},
	10: {2, 1, 4, 3, 4, 1, 2, 3},
}

// link finds the way of the outlines through each square. An edge has the
// number 2k (along x) or 2k+1 (along y), k being the point it begins at.
func (g *grid) link() {
	for j := range g.ny - 1 {
		for i := range g.nx - 1 {
			k := j*g.nx + i
			n := 0
			for bit, at := range [4]int{k, k + 1, k + g.nx + 1, k + g.nx} {
				if g.v[at] < 0 {
					n |= 1 << bit
				}
			}
			way := squares[n]
			if len(way) == 8 {
				c := g.point(i, j)
				joined := g.f.at(vec2{c.X + g.cell/2, c.Y + g.cell/2}).D < 0
				if joined {
					way = way[4:]
				} else {
					way = way[:4]
				}
			}
			edge := [5]int{1: 2 * k, 2: 2*(k+1) + 1, 3: 2 * (k + g.nx), 4: 2*k + 1}
			for ; len(way) > 0; way = way[2:] {
				g.next[edge[way[0]]] = int32(edge[way[1]]) + 1
			}
		}
	}
}

// crossing is where the edge of the field crosses an edge of the grid, by
// false position.
func (g *grid) crossing(id int) vec2 {
	k := id / 2
	i, j := k%g.nx, k/g.nx
	a, va := g.point(i, j), g.v[k]
	b, vb := g.point(i+1, j), 0.0
	if id%2 == 0 {
		vb = g.v[k+1]
	} else {
		b, vb = g.point(i, j+1), g.v[k+g.nx]
	}
	for range 3 {
		m := a.add(b.sub(a).mul(clamp(va/(va-vb), .05, .95)))
		vm := g.f.at(m).D
		if math.Abs(vm) < 1e-3 {
			return m
		}
		if (vm < 0) == (va < 0) {
			a, va = m, vm
		} else {
			b, vb = m, vm
		}
	}
	return a.add(b.sub(a).mul(clamp(va/(va-vb), 0, 1)))
}

// enclosed is the area inside a polygon, positive anticlockwise.
func enclosed(p []vec2) float64 {
	s := 0.0
	for i := range p {
		s += p[i].perp().dot(p[(i+1)%len(p)])
	}
	return s / 2
}

// resample gives points at even steps of about ds along a closed polygon.
func resample(p []vec2, ds float64) []vec2 {
	total := 0.0
	for i := range p {
		total += p[i].dist(p[(i+1)%len(p)])
	}
	m := int(max(8, math.Round(total/ds)))
	step := total / float64(m)
	out := make([]vec2, 0, m)
	done, want := 0.0, 0.0
	for i := 0; i < len(p) && len(out) < m; i++ {
		a, b := p[i], p[(i+1)%len(p)]
		l := a.dist(b)
		for want <= done+l && len(out) < m {
			t := 0.0
			if l > 0 {
				t = (want - done) / l
			}
			out = append(out, a.add(b.sub(a).mul(t)))
			want += step
		}
		done += l
	}
	return out
}

// fitClosed fits cubics to a closed polygon. Corners stay; between them small
// kinks, where primitives meet, are evened out first.
func fitClosed(poly []vec2, cell, tol float64) outline {
	const sharp = 50 * math.Pi / 180
	p := resample(poly, cell*.8)
	n := len(p)
	arm := int(max(2, math.Round(.9/(cell*.8)))) // the turn is taken over 0.9 cm on either side
	if n < 6*arm {
		arm = 1
	}
	wrap := func(i int) int { return (i%n + n) % n }
	at := func(i int) vec2 { return p[wrap(i)] }
	turn := make([]float64, n)
	for i := range p {
		a, b := at(i).sub(at(i-arm)), at(i+arm).sub(at(i))
		turn[i] = math.Abs(math.Atan2(a.perp().dot(b), a.dot(b)))
	}
	var corners []int
	fixed := make([]bool, n)
	for i := range p {
		top := turn[i] >= sharp
		for k := -arm; k <= arm && top; k++ {
			j := wrap(i + k)
			top = turn[j] < turn[i] || turn[j] == turn[i] && j >= i
		}
		if top {
			corners = append(corners, i)
			for k := -1; k <= 1; k++ {
				fixed[wrap(i+k)] = true
			}
		}
	}
	for range 6 {
		q := make([]vec2, n)
		for i := range p {
			q[i] = p[i]
			if !fixed[i] {
				q[i] = at(i - 1).add(at(i + 1)).mul(.25).add(p[i].mul(.5))
			}
		}
		p = q
	}
	var out outline
	span := func(from, to int, t0, t1 vec2) {
		pts := make([]vec2, 0, to-from+1)
		for i := from; i <= to; i++ {
			pts = append(pts, at(i))
		}
		if len(out) == 0 {
			out = append(out, pts[0])
		}
		out = fitCubic(out, pts, t0, t1, tol)
	}
	if len(corners) == 0 {
		h := n / 2
		t0, th := at(1).sub(at(-1)).unit(), at(h+1).sub(at(h-1)).unit()
		span(0, h, t0, th.mul(-1))
		span(h, n, th, t0.mul(-1))
		return out
	}
	for c, from := range corners {
		to := corners[0] + n
		if c+1 < len(corners) {
			to = corners[c+1]
		}
		k := 2
		if to-from < 5 {
			k = 1
		}
		span(from, to, at(from+k).sub(at(from)).unit(), at(to-k).sub(at(to)).unit())
	}
	return out
}

// fitCubic appends cubics that follow the points d from end to end, leaving in
// the direction t1 and arriving against t2 (P. J. Schneider, An Algorithm for
// Automatically Fitting Digitized Curves, Graphics Gems, 1990).
func fitCubic(out outline, d []vec2, t1, t2 vec2, tol float64) outline {
	n := len(d)
	if n == 2 {
		l := d[0].dist(d[1]) / 3
		return append(out, d[0].add(t1.mul(l)), d[1].add(t2.mul(l)), d[1])
	}
	u := make([]float64, n)
	for i := 1; i < n; i++ {
		u[i] = u[i-1] + d[i].dist(d[i-1])
	}
	for i := range u {
		u[i] /= u[n-1]
	}
	split := n / 2
	for range 5 {
		b := leastSquares(d, u, t1, t2)
		worst := 0.0
		for i := 1; i < n-1; i++ {
			if q := b.at(u[i]).sub(d[i]).norm2(); q > worst {
				worst, split = q, i
			}
		}
		if worst < tol*tol {
			return append(out, b[1], b[2], b[3])
		}
		if worst > 25*tol*tol {
			break
		}
		for i := range u {
			u[i] = b.nearest(d[i], u[i])
		}
	}
	split = min(max(split, 1), n-2)
	t := d[split-1].sub(d[split+1]).unit()
	out = fitCubic(out, d[:split+1], t1, t, tol)
	return fitCubic(out, d[split:], t.mul(-1), t2, tol)
}

type cubic [4]vec2

func (b *cubic) at(t float64) vec2 {
	s := 1 - t
	return b[0].mul(s * s * s).add(b[1].mul(3 * s * s * t)).add(b[2].mul(3 * s * t * t)).add(b[3].mul(t * t * t))
}

// nearest improves t as the parameter of the point nearest to p by one step of
// Newton's method.
func (b *cubic) nearest(p vec2, t float64) float64 {
	s := 1 - t
	q := b.at(t).sub(p)
	q1 := b[1].sub(b[0]).mul(3 * s * s).add(b[2].sub(b[1]).mul(6 * s * t)).add(b[3].sub(b[2]).mul(3 * t * t))
	q2 := b[2].sub(b[1].mul(2)).add(b[0]).mul(6 * s).add(b[3].sub(b[2].mul(2)).add(b[1]).mul(6 * t))
	den := q1.norm2() + q.dot(q2)
	if math.Abs(den) < 1e-12 {
		return t
	}
	return clamp(t-q.dot(q1)/den, 0, 1)
}

// leastSquares is the cubic with the given end directions nearest to the
// points d at the parameters u.
func leastSquares(d []vec2, u []float64, t1, t2 vec2) cubic {
	p0, p3 := d[0], d[len(d)-1]
	var c00, c01, c11, x0, x1 float64
	for i, t := range u {
		s := 1 - t
		b0, b1, b2, b3 := s*s*s, 3*s*s*t, 3*s*t*t, t*t*t
		a1, a2 := t1.mul(b1), t2.mul(b2)
		c00 += a1.dot(a1)
		c01 += a1.dot(a2)
		c11 += a2.dot(a2)
		r := d[i].sub(p0.mul(b0 + b1)).sub(p3.mul(b2 + b3))
		x0 += a1.dot(r)
		x1 += a2.dot(r)
	}
	seg := p0.dist(p3)
	l, r := seg/3, seg/3
	if det := c00*c11 - c01*c01; math.Abs(det) > 1e-12 {
		a, b := (x0*c11-x1*c01)/det, (c00*x1-c01*x0)/det
		if a > seg*.01 && b > seg*.01 && a < seg*3 && b < seg*3 {
			l, r = a, b
		}
	}
	return cubic{p0, p0.add(t1.mul(l)), p3.add(t2.mul(r)), p3}
}
