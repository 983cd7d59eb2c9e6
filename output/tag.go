package output

import (
	"fmt"
	"slices"

	"handout/layout"
)

// tree is the structure tree (ISO 32000-1, 14.7) while the page is painted: it
// learns what belongs to which tag, in order.
type tree struct {
	outline
	page    *layout.Page
	key     int    // the page's in the parent tree; those of its links follow
	series  int    // of the page in its file, 0 for the only one
	met     []bool // by tag
	marks   []int  // the tag of each marked-content sequence
	anchors []*layout.Anchor
}

func newTree(p *layout.Page) *tree {
	n := len(p.Tags)
	t := &tree{outline: newOutline(n), page: p, met: make([]bool, n), marks: make([]int, 0, 2*n)}
	t.met[0] = true
	return t
}

// meet puts a tag, and those it lies in, under their parents when the first of
// their content comes.
func (t *tree) meet(tag int) {
	if t.met[tag] {
		return
	}
	t.met[tag] = true
	up := t.page.Tags[tag].Parent
	t.meet(up)
	t.give(up, element, tag)
}

// part is the part of the document that a tag lies in: a tag right under it, or
// Artifact.
func (t *tree) part(tag int) int {
	for tag > 0 && t.page.Tags[tag].Parent > 0 {
		tag = t.page.Tags[tag].Parent
	}
	return tag
}

// mark begins a marked-content sequence of a tag and gives its MCID.
func (t *tree) mark(tag int) int {
	t.meet(tag)
	id := len(t.marks)
	t.marks = append(t.marks, tag)
	t.give(tag, sequence, id)
	return id
}

// anchor notes an annotation of a Link.
func (t *tree) anchor(a *layout.Anchor) {
	t.meet(a.Tag)
	t.give(a.Tag, annotation, len(t.anchors))
	t.anchors = append(t.anchors, a)
}

// branch is what leads to the elements of a page: its Document, and its part of
// the parent tree and of the tree of IDs, pairs of a key and what it is for.
type branch struct {
	document ref
	parents  array
	keys     int // of the parent tree that the page has used
	notes    array
}

// write puts the elements of the tree into the file, and what the page and its
// annotations need. The page has the links that fpdf drew, in the order of the
// anchors. height is the page's, in hundredths of a point.
func (t *tree) write(f *file, pageRef ref, height int) branch {
	tags := t.page.Tags
	page := f.dict(pageRef)
	first := ref(len(f.objects))
	f.objects = slices.Grow(f.objects, len(tags)+len(t.anchors)+24) // and room for what others add
	f.objects = f.objects[:int(first)+len(tags)]

	owners := make(array, len(t.marks))
	for i, tag := range t.marks {
		owners[i] = first + ref(tag)
	}
	parents := array{integer(t.key), owners}
	annots := make(array, len(t.anchors))
	drawn := f.array(page.get("Annots"))
	for i, a := range t.anchors {
		link := &dict{slices.Clone(f.dict(drawn[i]).entries)} // pages share those that were drawn
		t.complete(link, i, height)
		annots[i] = f.add(link.set("P", pageRef))
		parents = append(parents, integer(t.key+i+1), first+ref(a.Tag))
	}

	var notes array
	figures := t.figures()
	t.elements, t.sheet, t.links = first, pageRef, annots
	elements := make([]structElem, len(tags))
	for i, tag := range tags {
		e := &elements[i]
		e.outline, e.tag, e.role = &t.outline, i, name(tag.Role.String())
		if i > 0 {
			e.up = tag.Parent
		}
		switch {
		case tag.Lang != "":
			e.set("Lang", text(tag.Lang))
		case i == 0 && t.series > 0:
			e.set("Lang", text(t.page.Lang))
		}
		switch tag.Role {
		case layout.Figure:
			e.set("Alt", text(tag.Alt))
			e.set("A", newDict(3).set("O", name("Layout")).set("Placement", name("Block")).
				set("BBox", figures[i].array(height)))
		case layout.L:
			if tag.Labels != layout.Unlabelled {
				e.set("A", newDict(2).set("O", name("List")).set("ListNumbering", name(tag.Labels.String())))
			}
		case layout.TH:
			e.set("A", newDict(2).set("O", name("Table")).set("Scope", name(tag.Heads.String())))
		case layout.TD:
			if tag.Cols > 1 {
				e.set("A", newDict(2).set("O", name("Table")).set("ColSpan", integer(tag.Cols)))
			}
		case layout.Note:
			// 14.7.2: a Note is found by its ID; ISO 14289-1, 7.9 demands one.
			id := str(fmt.Sprintf("note%05d", i))
			if t.series > 0 {
				id = str(fmt.Sprintf("page%07dnote%05d", t.series, i))
			}
			e.set("ID", id)
			notes = append(notes, id, first+ref(i))
		}
		f.objects[int(first)+i] = e
	}
	page.set("StructParents", integer(t.key))
	if len(annots) > 0 {
		page.set("Annots", annots)
		page.set("Tabs", name("S"))
	}
	return branch{first, parents, 1 + len(t.anchors), notes}
}

// complete adds to fpdf's link (12.5.6.5) what makes it accessible: that it is
// printed, where it leads, and its place in the tree. fpdf writes its box
// upside down.
func (t *tree) complete(link *dict, i, height int) {
	a := t.anchors[i]
	says := t.page.Tags[a.Tag].Alt
	if says == "" {
		says = a.URL
	}
	link.set("Rect", boundsOf(a.Box).array(height)).set("F", integer(4)).
		set("Contents", text(says)).set("StructParent", integer(t.key+i+1))
}

// bounds are edges on the page, y down.
type bounds struct{ left, top, right, bottom layout.Length }

func boundsOf(r layout.Rect) bounds { return bounds{r.X, r.Y, r.Right(), r.Bottom()} }

func (b bounds) with(c bounds) bounds {
	return bounds{min(b.left, c.left), min(b.top, c.top), max(b.right, c.right), max(b.bottom, c.bottom)}
}

func (b bounds) array(top int) array {
	at := func(hundredths int) object { return number(appendFixed(nil, hundredths, 2)) }
	return array{at(hundredths(b.left)), at(top - hundredths(b.bottom)), at(hundredths(b.right)),
		at(top - hundredths(b.top))}
}

// figures finds the box of what each Figure shows.
func (t *tree) figures() map[int]bounds {
	tags := t.page.Tags
	inside := make([]bool, len(tags)) // by tag: it is a Figure or in one
	for i, tag := range tags {
		inside[i] = tag.Role == layout.Figure || i > 0 && inside[tag.Parent]
	}
	boxes := map[int]bounds{}
	grow := func(tag int, b bounds) {
		for ; tag > 0; tag = tags[tag].Parent {
			if tags[tag].Role != layout.Figure {
				continue
			}
			if old, ok := boxes[tag]; ok {
				b = b.with(old)
			}
			boxes[tag] = b
		}
	}
	for _, it := range t.page.Items {
		switch it := it.(type) {
		case *layout.Image:
			if it.Tag >= 0 && inside[it.Tag] {
				grow(it.Tag, boundsOf(it.Box))
			}
		case *layout.Shape:
			if it.Tag >= 0 && inside[it.Tag] {
				grow(it.Tag, shapeBounds(it))
			}
		case *layout.Glyphs:
			if it.Tag >= 0 && inside[it.Tag] {
				grow(it.Tag, textBounds(it))
			}
		}
	}
	return boxes
}

func shapeBounds(s *layout.Shape) bounds {
	at := s.Path[0].To
	b := bounds{at.X, at.Y, at.X, at.Y}
	for _, seg := range s.Path {
		for _, at := range seg.Points() {
			b = b.with(bounds{at.X, at.Y, at.X, at.Y})
		}
	}
	if s.Stroke != nil {
		half := s.Width / 2
		b = bounds{b.left - half, b.top - half, b.right + half, b.bottom + half}
	}
	return b
}

func textBounds(g *layout.Glyphs) bounds {
	m := g.Face.Metrics()
	b := bounds{g.At.X, g.At.Y - em(m.Ascent, g.Size), g.At.X, g.At.Y - em(m.Descent, g.Size)}
	for _, glyph := range g.Glyphs {
		b.right += em(glyph.Advance, g.Size)
	}
	return b
}
