package figure

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"handout/content"
)

// Pose is a position of the body with what stands round it, as an author wrote
// it: see ParsePose.
type Pose struct {
	yaw, tilt float64 // of the camera, degrees
	stance
	ghosts []ghost // where the movement began, or goes
	items  []item
	front  map[string]float64 // nudges of the paint order, by layer
	crop   []float64          // x0 y0 x1 y1 in the picture plane, or nil
	next   *Pose              // the picture after this one, or nil
}

// ghost is another position of the body, shown pale.
type ghost struct {
	*stance
	shown []string // its layers; all if empty
}

// stance is the position of the body alone.
type stance struct {
	pos                           content.Position
	at                            vec3 // of the pelvis
	held                          bool // at its own height, not let down on the floor
	pitch, roll, lean, turn       float64
	lumbar, thorax, side, twist   float64
	belly                         float64 // how far it is out, cm
	neck, nod, headSide, headTurn float64
	slide, jaw                    float64
	legs, arms                    [2]limbSpec
	legOrder, armOrder            []side // as they are solved
}

// limbSpec says how a leg or an arm is held: by its joints' angles, or by where
// its ankle or palm is.
type limbSpec struct {
	pos               content.Position
	flex, abd, rot    float64
	bend              float64 // knee or elbow
	end, toeout, toes float64
	to                *place
	pole, dir, palm   vec3
	flat              bool
	grip
	wrist        float64
	shrug, reach float64
}

// item is a thing in the picture that is not the body.
type item struct {
	*kind
	pos    content.Position
	nums   []float64
	given  int // numbers the author wrote
	places []place
	muscle *muscle
	side   side
	z      float64 // in the paint order; NaN for the kind's own
}

const (
	maxPose     = 64 << 10 // bytes
	maxItems    = 60
	maxGhosts   = 3
	maxPictures = 4
)

// ParsePose reads a pose: a line for each part of the body or thing in the
// picture, words and numbers, # for comments; angles in degrees, lengths in cm,
// for a person 170 cm tall. It is written for the right side; the left is the
// picture mirrored. An upright body faces right, so its right side is near.
//
//	view    yaw -42 tilt 21       the camera: yaw 0 sees the right side, -90 the front, 90 the back; tilt looks down
//	pelvis  x y z pitch roll lean turn
//	                              without y the body is let down on the floor (y 0); pitch 90 lies face down with
//	                              the head on the right, -90 on the back with the head on the left
//	spine   lumbar thorax side twist belly
//	                              bending forward +, back -, shared out over the vertebrae; belly comes forward by
//	                              as many cm: 3 breathes in, 12 is with child
//	neck    flex nod side turn slide jaw
//	                              jaw 20 opens the mouth two fingers wide
//	leg R   hip abd rot knee ankle toeout toes
//	                              by joint angles; toes + towards the shin
//	leg L   to PLACE pole DIRECTION flat dir DIRECTION
//	                              by the place of the ankle; pole is where the knee points,
//	                              flat sets the sole down
//	arm R   flex abd rot elbow wrist curl knuckles thumb shrug reach palm DIRECTION
//	arm L   to PLACE pole DIRECTION dir DIRECTION palm DIRECTION
//	                              by the place of the palm; dir is where the fingers point; curl 0
//	                              is a flat palm, 12 a hand at rest, 95 a fist; knuckles bends
//	                              them alone, thumb 0 lies beside the index, 60 far out
//	front   LAYER 40              moves a part nearer in the paint order; naming hand or fore parts it from its arm
//	target  hamstring.R           a muscle
//	arrow   PLACE PLACE 3         from, to, and how far it bows to its left
//	mat, ground, wall, chair, stool, table, bed, box, cushion, roll, strap, stick
//	                              what stands round it (a mat without numbers fits the body);
//	                              z=40 at the end places one in the paint order
//	crop    LEFT BOTTOM RIGHT TOP of the picture
//	ghost   head                  from here to the next ghost: where the movement began, of which these layers are
//	                              shown pale; what is not said is as the body has it
//	next                          begins another picture, to the right of this one; the third and fourth stand below
//
// A PLACE is a landmark and a way from it, knee.R, thigh.L:.8+0,5,0 (a share of
// the way down the thigh, then 5 cm up), or X,Y,Z: x to the right, y up, z to
// the viewer. A DIRECTION is up, down, left, right, near, far or X,Y,Z. Legs are
// placed before arms; those by joint angles first, then in the order written.
//
// The error is a content.Errors of every mistake in the file.
func ParsePose(file string, data []byte) (*Pose, error) {
	r := &poseReader{at: content.Position{File: file}, seen: map[string]int{}}
	first := newPose(content.Position{File: file, Line: 1})
	r.pose, r.stance, r.pictures = first, &first.stance, 1
	switch {
	case len(data) > maxPose:
		r.fail("pose-too-long", "", "a pose has at most %d bytes, this one has %d", maxPose, len(data))
		return nil, r.found
	case !utf8.Valid(data):
		r.fail("pose-not-text", "save it as UTF-8 text", "this is not a text file")
		return nil, r.found
	}
	for i, line := range strings.Split(string(data), "\n") {
		r.at.Line = i + 1
		r.split(line)
		if r.more() {
			r.line()
		}
	}
	r.finish()
	if len(r.found) > 0 {
		return nil, r.found
	}
	return first, nil
}

// newPose is a person standing at ease.
func newPose(pos content.Position) *Pose {
	p := &Pose{tilt: 10, front: map[string]float64{}}
	p.pos = pos
	for _, sd := range sides {
		p.legs[sd] = limbSpec{pos: pos}
		p.arms[sd] = limbSpec{pos: pos, abd: 6, bend: 5, grip: grip{curl: 12}}
	}
	return p
}

// finish looks at a picture whose lines are all read.
func (r *poseReader) finish() {
	r.order(&r.pose.stance)
	for _, g := range r.pose.ghosts {
		r.order(g.stance)
	}
}

// poseReader walks over a pose's lines and notes every mistake.
type poseReader struct {
	at       content.Position // of the word taken last
	words    []word           // left on the line
	pose     *Pose
	stance   *stance // the body's, or the ghost's once it has begun
	seen     map[string]int
	found    content.Errors
	pictures int
}

type word struct {
	text   string
	column int
}

func (r *poseReader) fail(code, hint, format string, args ...any) {
	r.found = append(r.found, &content.Error{Position: r.at, Code: code,
		Message: fmt.Sprintf(format, args...), Hint: hint})
}

// among is which of the names a word is, or -1 after complaint, with the one that was meant as
// the hint, or all there are.
func (r *poseReader) among(code string, names []string, complaint, w string) int {
	i := slices.Index(names, w)
	if i < 0 {
		hint := "one of: " + strings.Join(names, ", ")
		if near := content.Closest(w, names); near != "" {
			hint = "did you mean " + near
		}
		r.fail(code, hint, complaint, w)
	}
	return i
}

func names[T any](table []T, name func(T) string) (all []string) {
	for _, t := range table {
		all = append(all, name(t))
	}
	return all
}

// split parts a line into words, up to a comment.
func (r *poseReader) split(line string) {
	r.words = r.words[:0]
	line, _, _ = strings.Cut(line, "#")
	column, from := 1, -1
	var at int
	for i, c := range line + " " {
		blank := c == ' ' || c == '\t' || c == '\r'
		switch {
		case !blank && from < 0:
			from, at = i, column
		case blank && from >= 0:
			r.words = append(r.words, word{line[from:i], at})
			from = -1
		}
		column++
	}
}

func (r *poseReader) more() bool { return len(r.words) > 0 }

func (r *poseReader) take(what string) (string, bool) {
	if !r.more() {
		r.fail("pose-word-missing", "", "%s is missing at the end of the line", what)
		return "", false
	}
	w := r.words[0]
	r.words, r.at.Column = r.words[1:], w.column
	return w.text, true
}

// line reads one line, whose words are split.
func (r *poseReader) line() {
	name, _ := r.take("")
	at := r.at
	key := name
	if name == "leg" || name == "arm" {
		if r.more() {
			key += r.words[0].text
		}
	}
	switch name {
	case "view", "pelvis", "spine", "neck", "leg", "arm", "crop":
		if first, twice := r.seen[key]; twice {
			r.fail("pose-line-twice", "put it all on one line", "%s was said in line %d already", key, first)
		}
		r.seen[key] = at.Line
	}
	const turn = 360
	s := r.stance
	switch name {
	case "view":
		r.settings(setting{"yaw", turn, &r.pose.yaw}, setting{"tilt", 90, &r.pose.tilt})
	case "pelvis":
		y := math.NaN()
		r.settings(setting{"x", far, &s.at.X}, setting{"y", far, &y}, setting{"z", far, &s.at.Z},
			setting{"pitch", turn, &s.pitch}, setting{"roll", turn, &s.roll}, setting{"lean", turn, &s.lean},
			setting{"turn", turn, &s.turn})
		if !math.IsNaN(y) {
			s.at.Y, s.held = y, true
		}
		s.pos = at
	case "spine":
		r.settings(setting{"lumbar", 120, &s.lumbar}, setting{"thorax", 120, &s.thorax},
			setting{"side", 120, &s.side}, setting{"twist", 160, &s.twist}, setting{"belly", 16, &s.belly})
	case "neck":
		r.settings(setting{"flex", 120, &s.neck}, setting{"nod", 120, &s.nod}, setting{"side", 90, &s.headSide},
			setting{"turn", 120, &s.headTurn}, setting{"slide", 20, &s.slide}, setting{"jaw", 35, &s.jaw})
	case "leg":
		if sd, ok := r.side(); ok {
			l := limbSpec{pos: at}
			r.settings(setting{"hip", turn, &l.flex}, setting{"abd", turn, &l.abd}, setting{"rot", turn, &l.rot},
				setting{"knee", turn, &l.bend}, setting{"ankle", turn, &l.end}, setting{"toeout", turn, &l.toeout},
				setting{"toes", 120, &l.toes}, setting{"to", 0, &l.to}, setting{"pole", 0, &l.pole},
				setting{"dir", 0, &l.dir}, setting{"flat", 0, &l.flat})
			s.legs[sd], s.legOrder = l, append(s.legOrder, sd)
		}
	case "arm":
		if sd, ok := r.side(); ok {
			l := limbSpec{pos: at, grip: grip{curl: 12}}
			r.settings(setting{"flex", turn, &l.flex}, setting{"abd", turn, &l.abd}, setting{"rot", turn, &l.rot},
				setting{"elbow", turn, &l.bend}, setting{"wrist", turn, &l.wrist}, setting{"curl", turn, &l.curl},
				setting{"knuckles", turn, &l.knuckles}, setting{"thumb", turn, &l.apart},
				setting{"shrug", 20, &l.shrug}, setting{"reach", 20, &l.reach}, setting{"to", 0, &l.to},
				setting{"pole", 0, &l.pole}, setting{"dir", 0, &l.dir}, setting{"palm", 0, &l.palm})
			s.arms[sd], s.armOrder = l, append(s.armOrder, sd)
		}
	case "ghost":
		if len(r.pose.ghosts) == maxGhosts {
			r.fail("pose-too-many-ghosts", "", "more than %d ghosts", maxGhosts)
		}
		g := ghost{stance: &stance{}}
		*g.stance = r.pose.stance
		g.legOrder, g.armOrder = nil, nil
		for r.more() {
			if w, _ := r.take(""); r.layer(w) {
				g.shown = append(g.shown, w)
			}
		}
		r.pose.ghosts, r.stance = append(r.pose.ghosts, g), g.stance
		for _, k := range []string{"pelvis", "spine", "neck", "legR", "legL", "armR", "armL"} {
			delete(r.seen, k)
		}
	case "next":
		if r.pictures++; r.pictures > maxPictures {
			r.fail("pose-too-many-pictures", "", "more than %d pictures", maxPictures)
			break
		}
		r.finish()
		clear(r.seen)
		r.at = at
		r.pose.next = newPose(at)
		r.pose, r.stance = r.pose.next, &r.pose.next.stance
	case "front":
		if w, ok := r.take("the layer"); ok && r.layer(w) {
			r.pose.front[w] = r.number(far)
		}
	case "crop":
		c := []float64{r.number(far), r.number(far), r.number(far), r.number(far)}
		if c[0] >= c[2] || c[1] >= c[3] {
			r.fail("pose-crop-empty", "crop LEFT BOTTOM RIGHT TOP", "nothing is left of the picture")
		}
		r.pose.crop = c
	default:
		r.item(name)
		return
	}
	if r.more() {
		w, _ := r.take("")
		r.fail("pose-word-too-many", "", "%q is one word too many on this line", w)
	}
}

// far bounds every length of a pose, in cm.
const far = 600

// setting is a word of a line and what it sets: a *float64 or **float64 within
// limit, a *vec3, a **place or a *bool.
type setting struct {
	name  string
	limit float64
	to    any
}

func (r *poseReader) settings(list ...setting) {
	known := names(list, func(s setting) string { return s.name })
	for r.more() {
		w, _ := r.take("")
		i := r.among("pose-word-unknown", known, "%q means nothing here", w)
		if i < 0 {
			r.words = nil
			return
		}
		switch to := list[i].to.(type) {
		case *float64:
			*to = r.number(list[i].limit)
		case **float64:
			v := r.number(list[i].limit)
			*to = &v
		case *vec3:
			*to = r.direction()
		case **place:
			if p, ok := r.place(); ok {
				*to = &p
			}
		case *bool:
			*to = true
		}
	}
}

func (r *poseReader) number(limit float64) float64 {
	w, ok := r.take("a number")
	if !ok {
		return 0
	}
	return r.float(w, limit)
}

func (r *poseReader) float(w string, limit float64) float64 {
	v, err := strconv.ParseFloat(w, 64)
	switch {
	case err != nil || math.IsNaN(v):
		r.fail("pose-not-a-number", "", "%q is not a number", w)
	case math.Abs(v) > limit:
		r.fail("pose-number-too-large", fmt.Sprintf("from %g to %g", -limit, limit), "%s is out of range", w)
	default:
		return v
	}
	return 0
}

func (r *poseReader) side() (sd side, ok bool) {
	w, ok := r.take("the side, R or L,")
	if ok = ok && r.sided(w, &sd); !ok {
		r.words = nil
	}
	return sd, ok
}

// sided reads a side.
func (r *poseReader) sided(w string, to *side) bool {
	for _, sd := range sides {
		if w == sd.String() {
			*to = sd
			return true
		}
	}
	r.fail("pose-not-a-side", "R for the right, L for the left", "%q is not a side", w)
	return false
}

var layerNames = []string{"trunk", "head", "leg.R", "leg.L", "shank.R", "shank.L",
	"arm.R", "arm.L", "fore.R", "fore.L", "hand.R", "hand.L"}

func (r *poseReader) layer(w string) bool {
	return r.among("pose-unknown-layer", layerNames, "there is no layer %q", w) >= 0
}

// order settles in which order limbs are solved, and refuses a limb that is
// placed on one not solved before it.
func (r *poseReader) order(s *stance) {
	complete := func(order []side) []side {
		for _, sd := range sides {
			if !slices.Contains(order, sd) {
				order = append(order, sd)
			}
		}
		return order
	}
	s.legOrder, s.armOrder = complete(s.legOrder), complete(s.armOrder)
	check := func(limb string, order []side, specs *[2]limbSpec) {
		done := [2]bool{specs[right].to == nil, specs[left].to == nil}
		for _, sd := range order {
			if to := specs[sd].to; to != nil && to.landmark != nil {
				r.at = specs[sd].pos
				switch {
				case to.limb() == limb && to.side == sd:
					r.fail("pose-placed-on-itself", "", "the %s %s cannot be placed on itself", sd.word(), limb)
				case to.limb() == limb && !done[to.side]:
					r.fail("pose-placed-too-early", "write the line of the other one first",
						"the %s %s is placed on one that is not placed yet", sd.word(), limb)
				case to.limb() == "arm" && limb == "leg":
					r.fail("pose-leg-on-arm", "place the hand on the leg instead", "a leg cannot be placed on an arm")
				}
			}
			done[sd] = true
		}
	}
	check("leg", s.legOrder, &s.legs)
	check("arm", s.armOrder, &s.arms)
}
