package layout

// Place is where a part of a page is.
type Place struct {
	Part
	Box Rect
}

// Places are where the page's parts are, in the order in which they are read: so that
// who points at a part of a picture of the page can be told which it is.
func (p *Page) Places() (places []Place) {
	at := map[Part]int{}
	for _, it := range p.Items {
		tag, box := Artifact, Rect{}
		switch it := it.(type) {
		case *Glyphs:
			tag, box = it.Tag, it.words()
		case *Shape:
			tag, box = it.Tag, bounds(it.Path)
		case *Image:
			tag, box = it.Tag, it.Box
		case *Anchor:
			tag, box = it.Tag, it.Box
		}
		if tag == Artifact || p.Tags[tag].Part.Kind == NoPart {
			continue
		}
		part := p.Tags[tag].Part
		if i, known := at[part]; known {
			places[i].Box = places[i].Box.with(box)
		} else {
			at[part] = len(places)
			places = append(places, Place{part, box})
		}
	}
	return places
}
