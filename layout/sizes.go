package layout

import (
	"math"
	"slices"
)

// How large what pictures show is drawn: bodies are of one size on a page, as far as there is
// room for that.

// of is where what a picture shows is counted; nil for a picture of the author's.
func (b *bodies) of(f frame) *float64 {
	switch {
	case f.traced == nil || f.traced.Scale == 0:
		return nil
	case f.traced.Scale < 3.3:
		return &b[0]
	case f.traced.Scale < 7:
		return &b[1]
	}
	return &b[2]
}

// leastArea is what half of the pictures of so many stretches must have, in square centimetres.
func leastArea(stretches int) float64 { return pictureSizes[min(stretches, len(pictureSizes)-1)].least }

// likened is how large bodies are drawn in pictures that have so much room each: all as large as
// in the smallest or, where half of the pictures would be too small for it, a little larger.
func likened(cards []*card, rooms []Size) bodies {
	all := arranged(nil, cards, func(i int) Size { return rooms[i] })
	least, must := smallest(all), leastArea(len(cards))
	for _, r := range rooms { // in wide ones more, or it is a hole
		must = max(must, float64(r.W)/float64(MM(10))*float64(r.H)/float64(MM(10))*leastFilled)
	}
	const step = (mostUnlike - 1) / 10
	for more := 1.; more < mostUnlike; more += step {
		if most := least.times(more); median(all, most) >= must {
			return most
		}
	}
	return least.times(mostUnlike)
}

// arranged appends the pictures of each stretch that has any to all, in its room.
func arranged(all []arrangement, cards []*card, room func(i int) Size) []arrangement {
	for i, k := range cards {
		if len(k.frames) > 0 {
			all = append(all, k.arranged(room(i)))
		}
	}
	return all
}

// smallest is how large all bodies can be drawn.
func smallest(all []arrangement) (most bodies) {
	for _, a := range all {
		if b := most.of(a.first); b != nil && (*b == 0 || a.body < *b) {
			*b = a.body
		}
	}
	return most
}

func (b bodies) times(more float64) bodies {
	for i := range b {
		b[i] *= more
	}
	return b
}

// leastFilled is how much of its room half of the pictures fill at least.
const leastFilled = 0.5

// mostUnlike is how much larger a head on a page may be than another, where room is short.
const mostUnlike = 2.0

// drawn is how much of a box the pictures of a stretch can fill; nothing if it has none.
func (k *card) drawn(box Size) Size {
	if len(k.frames) == 0 {
		return Size{}
	}
	a := k.arranged(box)
	var room [2]Rect
	r := outline(a.boxes(room[:0], a.body))
	return Size{r.W, r.H}
}

// tall is how much of a box's height they fill with what is round them.
func (k *card) tall(box Size) Length { return min(box.H, k.drawn(box).H+2*picturePad) }

// median is the area of a page's pictures, in square centimetres: half of them have as much.
func median(all []arrangement, most bodies) float64 {
	var few [8]float64
	areas := few[:0]
	for _, a := range all {
		var room [2]Rect
		box := outline(a.boxes(room[:0], a.asLarge(&most)))
		areas = append(areas, float64(box.W)/float64(MM(10))*float64(box.H)/float64(MM(10)))
	}
	n := len(areas)
	if n == 0 {
		return math.Inf(1)
	}
	slices.Sort(areas)
	return (areas[n/2] + areas[(n-1)/2]) / 2
}

// outline is the box round boxes.
func outline(boxes []Rect) Rect {
	all := boxes[0]
	for _, b := range boxes[1:] {
		all = all.with(b)
	}
	return all
}

// arrangement is the pictures of a stretch in a box: whether they stand below each other, and how
// large their bodies then can be.
type arrangement struct {
	frames []frame
	first  frame // as it is by itself
	room   Size
	below  bool
	body   float64
}

// picturePad is round the pictures on their ground.
var picturePad = MM(1) / 2

// arranged is the pictures of a stretch side by side, on one mat where they have one, or below
// each other where that makes them clearly larger.
func (k *card) arranged(size Size) arrangement {
	a := arrangement{frames: k.frames, first: k.frames[0], room: size}
	if k.joined != nil {
		a.frames = k.joined
	}
	if k.side == (bulk{}) {
		k.side, k.below = bulkOf(a.frames, false), bulkOf(k.frames, true)
	}
	a.body = k.side.body(size)
	if below := k.below.body(size); len(k.frames) > 1 && below > a.body*1.15 {
		return arrangement{k.frames, k.frames[0], size, true, below}
	}
	return a
}

// body is how large the bodies of pictures can all be drawn in a box: each has as much of the box as it takes.
func (e bulk) body(box Size) float64 {
	w, h := box.W-2*picturePad-e.between.W, box.H-2*picturePad-e.between.H
	return min(e.most, float64(w)/e.w, float64(h)/e.h)
}

// bulkOf is that of pictures beside or below each other, at most twice as large as they are by nature.
func bulkOf(frames []frame, below bool) bulk {
	most := math.Inf(1)
	var all struct{ w, h float64 }
	for _, f := range frames {
		w, h := f.size()
		most = min(most, 2*f.scale())
		if w, h = w/f.scale(), h/f.scale(); below {
			all.w, all.h = max(all.w, w), all.h+h
		} else {
			all.w, all.h = all.w+w, max(all.h, h)
		}
	}
	e := bulk{w: float64(MM(all.w)), h: float64(MM(all.h)), most: most}
	if between := Length(len(frames)-1) * pictureGap; below {
		e.between.H = between
	} else {
		e.between.W = between
	}
	return e
}

// scale is how large a body is in a picture at its natural size; 1 if that is not known.
func (f frame) scale() float64 {
	if f.traced != nil && f.traced.Scale > 0 {
		return f.traced.Scale
	}
	return 1
}

// asLarge is the body that is drawn where no other of its kind on the page is larger than most:
// not much less than there is room for, and in no picture narrower than the least.
func (a arrangement) asLarge(most *bodies) float64 {
	limit := most.of(a.frames[0])
	if limit == nil || *limit == 0 {
		return a.body
	}
	var wide float64
	for _, f := range a.frames {
		w, _ := f.size()
		wide = max(wide, w*a.body/f.scale())
	}
	return min(a.body, max(*limit, a.body*3/4, a.body*float64(leastPicture)/float64(MM(wide))))
}

// boxes places the pictures in their room, on one floor where they stand side by side. It appends
// them to boxes.
func (a arrangement) boxes(boxes []Rect, body float64) []Rect {
	size := a.room
	var tall, all Length // the tallest or widest, and all of them
	for _, f := range a.frames {
		w, h := f.size()
		r := Rect{W: MM(w * body / f.scale()), H: MM(h * body / f.scale())}
		if boxes = append(boxes, r); a.below {
			all += r.H
		} else {
			tall, all = max(tall, r.H), all+r.W
		}
	}
	n := Length(len(boxes))
	all += (n - 1) * pictureGap
	x, y := (size.W-all)/(2*n), (size.H-all)/2
	for i := range boxes {
		r := &boxes[i]
		if a.below {
			r.X, r.Y = (size.W-r.W)/2, y
			y += r.H + pictureGap
		} else {
			r.X, r.Y = x, (size.H+tall)/2-r.H
			x += r.W + pictureGap + (size.W-all)/n
		}
	}
	return boxes
}
