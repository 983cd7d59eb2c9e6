package output

import "handout/layout"

// blank is a page as fpdf made it, without contents and with links that are in no structure
// yet: objects of its own file, or on their way into a larger one.
type blank struct {
	*file
	page  ref
	shown *layout.Page
}

func (w *Writer) blank(p *layout.Page) (*blank, error) {
	made, err := w.leaves.get(leafKey(p), func() (*leaf, int, error) { return emptyLeaf(p) })
	if err != nil {
		return nil, err
	}
	return &blank{made.file.copy(), made.page, p}, nil
}

// place is where in its file a page belongs.
type place struct {
	top    object // the root of the structure
	key    int    // the page's in the parent tree; those of its links follow
	series int    // its number, 0 for the only one
}

// shelf is where a file has what several of its pages may show.
type shelf struct {
	font    func(*font) (object, error) // which gives it codes for all that the page needs
	picture func(placed) object
	piece   func(*stream) object
}

// assemble puts all that is on the page into its place.
func (w *Writer) assemble(s *blank, at place, from shelf) (branch, error) {
	canvas := w.canvases.take()
	defer w.canvases.give(canvas)
	fonts, err := w.fonts.set(s.shown.Items, canvas)
	if err != nil {
		return branch{}, err
	}
	fontDict := newDict(len(fonts.list))
	for _, f := range fonts.list {
		o, err := from.font(f)
		if err != nil {
			return branch{}, err
		}
		fontDict.set(f.resource, o)
	}
	paint := newPainter(s.shown, fonts, canvas, w)
	pieces, err := paint.page(s.shown.Items)
	if err != nil {
		return branch{}, err
	}

	page := s.dict(s.page)
	if paint.pictures.transparent {
		page.set("Group", newDict(3).set("Type", name("Group")).set("S", name("Transparency")).
			set("CS", name("DeviceRGB")))
	}
	pictures := newDict(len(paint.pictures.list))
	for _, picture := range paint.pictures.list {
		pictures.set(picture.resource, from.picture(picture))
	}
	contents := make(array, len(pieces))
	for i, piece := range pieces {
		contents[i] = from.piece(piece)
	}
	resources := newDict(2) // what operators call by name (7.8.3)
	if len(fontDict.entries) > 0 {
		resources.set("Font", fontDict)
	}
	if len(pictures.entries) > 0 {
		resources.set("XObject", pictures)
	}
	page.set("Contents", contents).set("Resources", resources)
	t := paint.tree
	t.top, t.key, t.series = at.top, at.key, at.series
	return t.write(s.file, s.page, paint.top), nil
}
