package output

import "slices"

// outline is what the elements of a page hold, by the numbers of their tags (ISO 32000-1,
// 14.7.4), and where they are in the file once they are written.
type outline struct {
	top   object  // the parent of the first
	first []int32 // by tag: the index of its first kid, or -1
	last  []int32 // by tag, as first
	kids  []kid

	elements ref // of tag 0; the others follow
	sheet    ref
	links    array // by anchor
}

func newOutline(tags int) outline {
	ends := slices.Repeat([]int32{-1}, 2*tags)
	return outline{first: ends[:tags], last: ends[tags:], kids: make([]kid, 0, 3*tags)}
}

// kid is one entry of a tag's K: a marked-content sequence, a link annotation
// or another tag, by its number.
type kid struct {
	kind kind
	n    int32
	next int32 // the index of the tag's next one, or -1
}

type kind uint8

const (
	sequence kind = iota
	annotation
	element
)

// give adds a kid to a tag.
func (t *outline) give(tag int, kind kind, n int) {
	k := int32(len(t.kids))
	if t.kids = append(t.kids, kid{kind, int32(n), -1}); t.first[tag] < 0 {
		t.first[tag] = k
	} else {
		t.kids[t.last[tag]].next = k
	}
	t.last[tag] = k
}

// structElem is a structure element (14.7.2): what it is, where, and what it holds is
// known to the outline, and few say more.
type structElem struct {
	outline *outline
	tag     int
	up      int // the tag it lies in; the first lies in none
	role    name
	dict    // what else it says
}

// kids gives what the element holds, in order; own tells whether any of it is content.
func (e *structElem) kids(each func(o object)) (count int, own bool) {
	t := e.outline
	for at := t.first[e.tag]; at >= 0; at = t.kids[at].next {
		kid := t.kids[at]
		switch kid.kind {
		case sequence:
			each(integer(kid.n))
		case annotation:
			each(newDict(2).set("Type", name("OBJR")).set("Obj", t.links[kid.n]))
		case element:
			each(t.elements + ref(kid.n))
		}
		count++
		own = own || kid.kind != element
	}
	return count, own
}

// parent is the element that this one lies in.
func (e *structElem) parent() object {
	if e.tag == 0 {
		return e.outline.top
	}
	return e.outline.elements + ref(e.up)
}

// visit numbers what the element leads to.
func (e *structElem) visit(w *writer, size *int) {
	*size += 64
	w.visit(e.parent(), size)
	if _, own := e.kids(func(o object) { w.visit(o, size) }); own {
		w.visit(e.outline.sheet, size)
	}
	w.visit(&e.dict, size)
}

// write writes the element.
func (e *structElem) write(w *writer) {
	w.raw("<</S")
	w.name(e.role)
	w.raw("/P ")
	w.object(e.parent())
	w.raw("/K[")
	at := len(w.data)
	count, own := e.kids(func(o object) {
		if len(w.data) > at {
			w.raw(" ")
		}
		w.object(o)
	})
	if w.raw("]"); count == 0 {
		w.data = w.data[:at-len("/K[")]
	}
	if own {
		w.raw("/Pg ")
		w.object(e.outline.sheet)
	}
	w.entries(&e.dict)
	w.raw(">>")
}

func (*structElem) pdf() {}
