package output

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"slices"
	"strconv"

	"handout/fonts"
	"handout/layout"
)

// Print is one file of many pages, for a printer: a tagged PDF 1.7 that conforms to
// PDF/UA-1, as the file of each page would. Pages are written as they come, and
// little more than their places is kept: some 200 bytes a page. Each face, each picture
// and mostly each piece of text is in the file once. There are no bookmarks, for they
// would be names.
//
// The same pages in the same order give the same bytes. A Print is for one
// goroutine at a time.
type Print struct {
	writer   *Writer
	out      meter
	about    About
	newest   int // number of the object made last
	objects  []span
	faces    []*printFace
	pictures map[pictureKey]outer
	shown    map[sum]outer // pieces of pages, by their sums

	pages, structure outer // the roots of the two trees
	branch           printBranch
	nodes            array // of the page tree
	parents, ids     array // nodes of the trees that lead to elements
	documents        []outer
	key              int // the next of the parent tree
}

// span is where an object is; or a stream of objects (7.5.7), whose objects have the
// numbers from number on, and the stream itself the next.
type span struct {
	number int
	at     int64
	packed int // objects in the stream
}

// printFace is a face of the file. Its letters get their codes as they come; the
// program is cut to them at the end.
type printFace struct {
	*fonts.Face
	alphabet *alphabet
	font     outer
	blocks   uint32 // that have codes
	coding   coding
}

// printBranch is a branch of the page tree that grows, and what leads to the
// elements of its pages.
type printBranch struct {
	node         outer
	pages        array
	parents, ids array
	first        int // key of the parent tree
	from, to     object
}

// branchPages is how many pages a branch has: with more, readers look long for one.
const branchPages = 100

// Print begins a file that says of itself what about does; pages have languages
// of their own. Nothing is written before the first page.
func (w *Writer) Print(to io.Writer, about About) (*Print, error) {
	if errs := about.check(); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	p := &Print{writer: w, out: meter{to: to, sum: sha256.New()}, about: about,
		pictures: map[pictureKey]outer{}, shown: map[sum]outer{}}
	p.pages, p.structure = p.number(), p.number()
	return p, nil
}

var errClosed = errors.New("print: is closed")

// Add writes a page behind the others. A page that PDF would refuse is refused
// with the same error, the file stays as it was, and others can follow. Once
// writing has failed, with the error of the writer, nothing more is written.
func (p *Print) Add(page *layout.Page) error {
	if p.out.err != nil {
		return p.out.err
	}
	if err := check(page, p.about.Made); err != nil {
		return err
	}
	s, err := p.writer.blank(page)
	if err != nil {
		return err
	}
	at := place{top: p.structure, key: p.key, series: len(p.documents) + 1}
	b, err := p.writer.assemble(s, at, shelf{font: p.font, picture: p.picture, piece: p.piece})
	if err != nil {
		return err
	}
	if p.branch.node == 0 {
		p.branch.node, p.branch.first = p.number(), p.key
	}
	f, sheet := s.file, s.page
	f.dict(sheet).set("Parent", p.branch.node).set("MediaBox", f.dict(f.dict(f.root).get("Pages")).get("MediaBox"))
	p.key += b.keys
	parents := f.add(newDict(2).set("Limits", array{integer(at.key), integer(p.key - 1)}).set("Nums", b.parents))
	ids := ref(0)
	if n := len(b.notes); n > 0 {
		ids = f.add(newDict(2).set("Limits", array{b.notes[0], b.notes[n-2]}).set("Names", b.notes))
		if p.branch.from == nil {
			p.branch.from = b.notes[0]
		}
		p.branch.to = b.notes[n-2]
	}
	p.pack(f, []ref{sheet, parents, ids}, func(o ref, number outer) {
		switch o {
		case sheet:
			p.branch.pages = append(p.branch.pages, number)
		case parents:
			p.branch.parents = append(p.branch.parents, number)
		case ids:
			p.branch.ids = append(p.branch.ids, number)
		case b.document:
			p.documents = append(p.documents, number)
		}
	})
	if len(p.branch.pages) == branchPages {
		p.endBranch()
	}
	return p.out.err
}

// font is the file's face of a page's font, with codes for all that the page needs.
func (p *Print) font(f *font) (object, error) {
	i := slices.IndexFunc(p.faces, func(known *printFace) bool { return known.Face == f.face })
	face := &printFace{Face: f.face, alphabet: f.alphabet, coding: coding{id: codings.Add(1)}}
	if i >= 0 {
		face = p.faces[i]
	}
	var pairs []pair
	if f.blocks&^face.blocks != 0 {
		pairs = face.alphabet.pairs(f.blocks &^ face.blocks)
	}
	for _, b := range f.besides {
		if face.coding.more[b] == 0 {
			pairs = append(pairs, b)
		}
	}
	if len(pairs) > 0 {
		// A damaged glyph is this page's mistake, not the whole file's at its end.
		if _, err := face.Subset(shapesOf(pairs)); err != nil {
			return nil, err
		}
		if err := face.coding.add(face.Face, face.alphabet, pairs...); err != nil {
			return nil, err
		}
		face.blocks |= f.blocks
	}
	if i < 0 {
		face.font = p.number()
		p.faces = append(p.faces, face)
	}
	f.coding = &face.coding
	return face.font, nil
}

// picture writes a picture, unless it is in the file already.
func (p *Print) picture(shown placed) object {
	number, known := p.pictures[shown.pictureKey]
	if !known {
		number = p.add(shown.object(func(o object) object { return p.add(o) }))
		p.pictures[shown.pictureKey] = number
	}
	return number
}

// piece writes operators, unless they are in the file already.
func (p *Print) piece(s *stream) object {
	if s.sum == nil {
		return p.add(s)
	}
	number, known := p.shown[*s.sum]
	if !known {
		number = p.add(s)
		if len(p.shown) == maxShown {
			clear(p.shown)
		}
		p.shown[*s.sum] = number
	}
	return number
}

// maxShown bounds the pieces that are remembered, some 80 bytes each.
const maxShown = 1 << 14

// pack writes the objects that a page's roots lead to, in one stream of objects.
// tell is given the number of each.
func (p *Print) pack(f *file, roots []ref, tell func(o ref, number outer)) {
	w := writer{file: f, number: make([]int, len(f.objects)), base: p.newest}
	size := 0
	for _, r := range roots {
		w.visit(r, &size)
	}
	p.newest += len(w.order)
	w.data = make([]byte, 0, size)
	var index []byte
	for i, r := range w.order {
		number := w.base + i + 1
		tell(r, outer(number))
		index = strconv.AppendInt(index, int64(number), 10)
		index = append(index, ' ')
		index = strconv.AppendInt(index, int64(len(w.data)), 10)
		index = append(index, ' ')
		w.object(f.objects[r])
		w.raw("\n")
	}
	packed := fast.stream(newDict(4).set("Type", name("ObjStm")).set("N", integer(len(w.order))).
		set("First", integer(len(index))), append(index, w.data...))
	p.objects = append(p.objects, span{number: w.base + 1, at: p.here(), packed: len(w.order)})
	p.put(p.number(), packed)
}

// endBranch writes the nodes of a branch that has grown enough.
func (p *Print) endBranch() {
	b := p.branch
	p.branch = printBranch{}
	p.place(b.node, newDict(4).set("Type", name("Pages")).set("Parent", p.pages).set("Kids", b.pages).
		set("Count", integer(len(b.pages))))
	p.nodes = append(p.nodes, b.node)
	p.parents = append(p.parents, p.add(newDict(2).set("Limits", array{integer(b.first), integer(p.key - 1)}).
		set("Kids", b.parents)))
	if len(b.ids) > 0 {
		p.ids = append(p.ids, p.add(newDict(2).set("Limits", array{b.from, b.to}).set("Kids", b.ids)))
	}
}

// Close writes the faces and what leads to the pages, and so ends the file. The
// writer is not closed. Without a page it fails, and the file is empty.
func (p *Print) Close() error {
	if p.out.err != nil {
		return p.out.err
	}
	if len(p.documents) == 0 {
		return errors.New("print: has no pages")
	}
	if len(p.branch.pages) > 0 {
		p.endBranch()
	}
	for _, f := range p.faces {
		program, err := newProgram(f.Face, &f.coding)
		if err != nil {
			return err
		}
		p.place(f.font, program.dict(f.Face, func(o object) object { return p.add(o) }))
	}
	p.place(p.pages, newDict(3).set("Type", name("Pages")).set("Kids", p.nodes).set("Count", integer(len(p.documents))))
	documents := make(array, len(p.documents))
	for i, d := range p.documents {
		documents[i] = d
	}
	root := newDict(5).set("Type", name("StructTreeRoot")).set("K", documents).
		set("ParentTree", p.add(newDict(1).set("Kids", p.parents))).set("ParentTreeNextKey", integer(p.key))
	if len(p.ids) > 0 {
		root.set("IDTree", p.add(newDict(1).set("Kids", p.ids)))
	}
	p.place(p.structure, root)
	catalog := p.about.catalog(p.pages, p.structure, p.add(p.about.xmp(true))).
		set("OutputIntents", outputIntents(func(o object) object { return p.add(o) }))
	p.end(p.add(catalog), p.add(p.about.information()))
	if p.out.err == nil {
		p.out.err = errClosed
		return nil
	}
	return p.out.err
}

// end writes the cross-reference stream.
func (p *Print) end(catalog, info outer) {
	sum := str(p.out.sum.Sum(nil)[:16])
	at := p.out.at
	number := p.number()
	p.objects = append(p.objects, span{number: int(number), at: at})
	slices.SortFunc(p.objects, func(a, b span) int { return cmp.Compare(a.number, b.number) })

	var rows xref
	rows.add(0, 0, math.MaxUint16)
	for _, s := range p.objects {
		for i := range s.packed {
			rows.add(2, int64(s.number+s.packed), i)
		}
		rows.add(1, s.at, 0)
	}
	table := rows.stream()
	table.dict.set("Size", integer(p.newest+1)).set("Root", catalog).set("Info", info).set("ID", array{sum, sum})
	p.put(number, table)
	p.out.write(fmt.Appendf(nil, "startxref\n%d\n%%%%EOF\n", at))
}

// number is one for an object to come.
func (p *Print) number() outer {
	p.newest++
	return outer(p.newest)
}

// add writes an object and gives its number.
func (p *Print) add(o object) outer {
	number := p.number()
	p.place(number, o)
	return number
}

// place writes an object that has a number and remembers where it is.
func (p *Print) place(number outer, o object) {
	p.objects = append(p.objects, span{number: int(number), at: p.here()})
	p.put(number, o)
}

// here is where the next object will be.
func (p *Print) here() int64 {
	if p.out.at == 0 {
		p.out.write([]byte(header))
	}
	return p.out.at
}

func (p *Print) put(number outer, o object) {
	var w writer
	w.indirect(int(number), o)
	p.out.write(w.data)
}

// meter counts and sums up what is written, and remembers what went wrong.
type meter struct {
	to  io.Writer
	at  int64
	sum hash.Hash
	err error
}

func (m *meter) write(data []byte) {
	if m.err != nil {
		return
	}
	n, err := m.to.Write(data)
	m.at += int64(n)
	m.sum.Write(data)
	if err != nil {
		m.err = err
	}
}
