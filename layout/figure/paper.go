package figure

import (
	"math"

	"handout/content"
	"handout/content/picture"
)

// Version is the drawing's: figures kept from another one are drawn anew. Raise it
// with every change after which Draw makes other figures of the same poses.
const Version = 8

// Draw solves the pose and traces what is seen. The findings are what an author
// should look at: a hand short of its place, a limb under the floor, a muscle
// that cannot be seen; each at its line of the pose.
func Draw(p *Pose) (*Figure, content.Errors) {
	if p.next == nil {
		return drawOne(p, naturalW, naturalH)
	}
	const gap = 3.0
	var cells []*Figure
	var found content.Errors
	high := naturalH
	if p.next.next != nil {
		high = (naturalH - gap) / 2
	}
	wide := (naturalW - gap) / 2
	for ; p != nil; p = p.next {
		f, e := drawOne(p, wide, high)
		cells, found = append(cells, f), append(found, e...)
	}
	return inRows(cells, gap), found
}

// drawOne draws the first picture of a pose in a box of w by h millimetres.
func drawOne(p *Pose, w, h float64) (*Figure, content.Errors) {
	b, found := solve(&p.stance)
	a := &artist{pose: p, body: b, cam: rotX(p.tilt).turn(rotY(p.yaw)), scale: .2}
	a.compose()
	frame := a.extent()
	largest := largestScale
	if c := p.crop; c != nil {
		frame = box{vec2{c[0], c[1]}, vec2{c[2], c[3]}}
		clip := polygon([]vec2{frame.min, {frame.max.X, frame.min.Y}, frame.max, {frame.min.X, frame.max.Y}})
		a.clip = &clip
		in := func(p vec3) bool { return clip.at(a.see(p)).D < 0 }
		if largest = largestHand; in(b.head) {
			largest = largestBust
		} else {
			a.lone = in(b.arm[right].c) != in(b.arm[left].c)
		}
	}
	a.scale = min(largest, (w-2*margin)/frame.size().X, (h-2*margin)/frame.size().Y)
	a.lattice = lattice{max(cellSize/a.scale, .25), frame}
	a.compose()
	found = append(found, a.mark()...)
	found = append(found, a.cutArrows(frame)...)
	for _, g := range p.ghosts {
		start, f := solve(g.stance)
		a.ghosts, found = append(a.ghosts, start), append(found, f...)
	}
	a.paint()
	return a.finish(frame), found
}

// finish puts the traced areas on paper: millimetres, y down, in whole
// hundredths, with what is straight as lines.
func (a *artist) finish(frame box) *Figure {
	sheet := frame.grown(margin / a.scale)
	x0, y1 := sheet.min.X, sheet.max.Y
	at := func(p vec2) picture.Point {
		return picture.Point{X: round((p.X - x0) * a.scale), Y: round((y1 - p.Y) * a.scale)}
	}
	f := &Figure{W: round(sheet.size().X * a.scale), H: round(sheet.size().Y * a.scale)}
	f.Floor, f.Scale = f.H, round(a.scale*10)
	if a.pose.tilt < 40 && a.pose.crop == nil {
		f.Floor = min(f.H, round(y1*a.scale))
	}
	for _, r := range a.areas {
		p := Path{Role: r.role, Opacity: r.opacity}
		for _, l := range r.loops {
			p.Ops, p.Pts = append(p.Ops, picture.Move), append(p.Pts, at(l[0]))
			for i := 1; i+2 < len(l); i += 3 {
				if straight(l[i-1:i+3], tolerance/2/a.scale) {
					p.Ops, p.Pts = append(p.Ops, picture.Line), append(p.Pts, at(l[i+2]))
				} else {
					p.Ops, p.Pts = append(p.Ops, picture.Cubic), append(p.Pts, at(l[i]), at(l[i+1]), at(l[i+2]))
				}
			}
			p.Ops = append(p.Ops, picture.Close)
		}
		f.Paths = append(f.Paths, p)
	}
	return f
}

// straight tells whether a cubic stays within tol of its chord.
func straight(c []vec2, tol float64) bool {
	n := c[3].sub(c[0]).unit().perp()
	return math.Abs(n.dot(c[1].sub(c[0]))) < tol && math.Abs(n.dot(c[2].sub(c[0]))) < tol
}

// inRows puts pictures side by side by twos, each in the middle of its place, on
// the bottom of its row.
func inRows(cells []*Figure, gap float64) *Figure {
	w, h := 0.0, 0.0
	for _, c := range cells {
		w, h = max(w, c.W), max(h, c.H)
	}
	rows := float64((len(cells) + 1) / 2)
	f := &Figure{W: round(2*w + gap), H: round(rows*h + (rows-1)*gap), Scale: cells[0].Scale}
	f.Floor = f.H
	for i, c := range cells {
		x, y := float64(i%2)*(w+gap)+(w-c.W)/2, float64(i/2)*(h+gap)+h-c.H
		f.Paths = append(f.Paths, c.moved(1, round(x), round(y)).Paths...)
	}
	return f
}
