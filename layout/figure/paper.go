package figure

import "handout/content"

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
	a.paper = frame.grown(margin / a.scale)
	a.compose()
	found = append(found, a.mark()...)
	found = append(found, a.cutArrows(frame)...)
	for _, g := range p.ghosts {
		start, f := solve(g.stance)
		a.ghosts, found = append(a.ghosts, start), append(found, f...)
	}
	a.paint()
	size := a.paper.size().mul(a.scale)
	f := &Figure{W: round(size.X), H: round(size.Y), Scale: round(a.scale * 10), Paths: a.paths}
	f.Floor = f.H
	if p.tilt < 40 && p.crop == nil {
		f.Floor = min(f.H, round(a.paper.max.Y*a.scale))
	}
	return f, found
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
