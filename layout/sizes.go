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

// likened is how large bodies are drawn in pictures that have so much room each: all as large as
// in the smallest or, where half of the pictures would be too small for it, a little larger.
func likened(cards []*card, rooms []Size) bodies {
	least := smallest(cards, rooms)
	must := pictureSizes[min(len(cards), len(pictureSizes)-1)].least
	const step = (mostUnlike - 1) / 10
	for more := 1.; more < mostUnlike; more += step {
		if most := least.times(more); median(cards, rooms, &most) >= must {
			return most
		}
	}
	return least.times(mostUnlike)
}

// smallest is how large all bodies can be drawn.
func smallest(cards []*card, rooms []Size) (most bodies) {
	for i, k := range cards {
		if len(k.frames) == 0 {
			continue
		}
		if b := most.of(k.frames[0]); b != nil {
			if own := k.arranged(rooms[i]).body; *b == 0 || own < *b {
				*b = own
			}
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

// mostUnlike is how much larger a head on a page may be than another, where room is short.
const mostUnlike = 2.0

// tall is how much of a box's height the pictures of a stretch can fill.
func (k *card) tall(box Size) Length {
	if len(k.frames) == 0 {
		return 0
	}
	a := k.arranged(box)
	var room [2]Rect
	return min(box.H, outline(a.boxes(room[:0], box, a.body)).H+2*picturePad)
}

// median is the area of a page's pictures, in square centimetres: half of them have as much.
func median(cards []*card, rooms []Size, most *bodies) float64 {
	areas := make([]float64, 0, 16)
	for i, k := range cards {
		if len(k.frames) == 0 {
			continue
		}
		a := k.arranged(rooms[i])
		var room [2]Rect
		all := outline(a.boxes(room[:0], rooms[i], a.asLarge(most)))
		areas = append(areas, float64(all.W)/float64(MM(10))*float64(all.H)/float64(MM(10)))
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
		x, y := min(all.X, b.X), min(all.Y, b.Y)
		all = Rect{x, y, max(all.X+all.W, b.X+b.W) - x, max(all.Y+all.H, b.Y+b.H) - y}
	}
	return all
}

// arrangement is the pictures of a stretch in a box: how large each may be, whether they stand
// below each other, and how large their bodies then are.
type arrangement struct {
	frames []frame
	cell   Size
	below  bool
	body   float64
}

// picturePad is round the pictures on their ground.
var picturePad = MM(1) / 2

// arranged is the pictures of a stretch side by side, on one mat where they have one, or below
// each other where that makes them clearly larger.
func (k *card) arranged(size Size) arrangement {
	n := Length(len(k.frames))
	whole := Size{size.W - 2*picturePad, size.H - 2*picturePad}
	a := arrangement{k.frames, Size{(whole.W - (n-1)*pictureGap) / n, whole.H}, false, 0}
	if k.joined != nil {
		a.frames, a.cell = k.joined, whole
	}
	a.body = body(a.frames, a.cell)
	below := arrangement{k.frames, Size{whole.W, (whole.H - (n-1)*pictureGap) / n}, true, 0}
	if below.body = body(k.frames, below.cell); n > 1 && below.body > a.body*1.15 {
		return below
	}
	return a
}

// body is how large the bodies of pictures can all be drawn in boxes of a size, at most twice
// as large as they are by nature.
func body(frames []frame, cell Size) float64 {
	least := math.Inf(1)
	for _, f := range frames {
		w, h := f.size()
		least = min(least, f.scale()*min(2, float64(cell.W)/float64(MM(w)), float64(cell.H)/float64(MM(h))))
	}
	return least
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

// boxes places the pictures in a box, on one floor where they stand side by side. It appends them
// to boxes.
func (a arrangement) boxes(boxes []Rect, size Size, body float64) []Rect {
	var tall, high Length // the tallest, and all of them below each other
	for _, f := range a.frames {
		w, h := f.size()
		most := body / f.scale()
		r := fitBox(w, h, min(a.cell.W, MM(w*most)), min(a.cell.H, MM(h*most)))
		tall, high = max(tall, r.H), high+r.H
		boxes = append(boxes, r)
	}
	y := (size.H - high - Length(len(boxes)-1)*pictureGap) / 2
	for i := range boxes {
		r := &boxes[i]
		if r.X, r.Y = picturePad+(a.cell.W-r.W)/2, (size.H+tall)/2-r.H; a.below {
			r.Y = y
			y += r.H + pictureGap
		} else {
			r.X += Length(i) * (a.cell.W + pictureGap)
		}
	}
	return boxes
}
