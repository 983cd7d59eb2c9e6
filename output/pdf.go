// Package output writes finished pages as files.
//
// It measures nothing and changes nothing: what a layout.Page says is what the
// file holds, in the same order, and nothing else. The same page and time give
// the same bytes.
package output

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/go-pdf/fpdf"

	"handout/layout"
)

// PDF writes a page as a tagged PDF 1.7 file that conforms to PDF/UA-1
// (ISO 14289-1) and PDF/A-2a (ISO 19005-2). made becomes its date of creation; the year must be 1 to 9999.
//
// It fails if the page would make a file that does not conform, and then says
// which tags and items are wrong, by number. It may be called from several
// goroutines at once.
func PDF(p *layout.Page, made time.Time) ([]byte, error) { return AppendPDF(nil, p, made) }

// AppendPDF writes the file behind b, whose room it uses; after an error b is as it was.
func AppendPDF(b []byte, p *layout.Page, made time.Time) ([]byte, error) {
	f, err := document(p, made, true)
	if err != nil {
		return b, err
	}
	return f.append(b), nil
}

// document is a page's file before it is written. To archive it makes it a PDF/A.
func document(p *layout.Page, made time.Time, archive bool) (*file, error) {
	if err := check(p, made); err != nil {
		return nil, err
	}
	canvas := canvases.Get().(*canvas)
	defer canvas.wipe()
	fonts, err := newFontSet(p.Items, canvas)
	if err != nil {
		return nil, err
	}
	programs := make([]*program, len(fonts.list))
	for i, font := range fonts.list {
		if programs[i], err = font.program(); err != nil {
			return nil, err
		}
		font.coding = programs[i].coding
	}
	paint := newPainter(p, fonts, canvas)
	f, page, pieces, err := paint.sheet()
	if err != nil {
		return nil, err
	}

	add := func(o object) object { return f.add(o) }
	contents := make(array, len(pieces))
	for i, piece := range pieces {
		contents[i] = f.add(piece)
	}
	fontDict, pictures := newDict(len(programs)), newDict(len(paint.pictures.list))
	for i, font := range fonts.list {
		fontDict.set(font.resource, f.add(programs[i].dict(font.face, add)))
	}
	for _, picture := range paint.pictures.list {
		pictures.set(picture.resource, f.add(picture.object(add)))
	}
	f.dict(page).set("Contents", contents).set("Resources", resources(fontDict, pictures))

	root := newDict(6).set("Type", name("StructTreeRoot"))
	rootRef := f.add(root)
	paint.tree.top = rootRef
	b := paint.tree.write(f, page, paint.top)
	root.set("K", b.document).set("ParentTree", f.add(newDict(1).set("Nums", b.parents))).
		set("ParentTreeNextKey", integer(len(paint.tree.anchors)+1))
	if len(b.notes) > 0 {
		root.set("IDTree", f.add(newDict(1).set("Names", b.notes)))
	}
	about := aboutPage(p, made)
	catalog := about.catalog(f.dict(f.root).get("Pages"), rootRef, f.add(about.xmp(archive)))
	if archive {
		catalog.set("OutputIntents", outputIntents(add))
	}
	if p.RTL {
		f.dict(catalog.get("ViewerPreferences")).set("Direction", name("R2L"))
	}
	f.objects[f.root] = catalog
	f.objects[f.info] = about.information()
	return f, nil
}

func aboutPage(p *layout.Page, made time.Time) About {
	return About{Title: p.Title, Author: p.Author, Lang: p.Lang, Made: made}
}

// resources are what a page's operators call by name (7.8.3).
func resources(fonts, pictures *dict) *dict {
	d := newDict(2)
	if len(fonts.entries) > 0 {
		d.set("Font", fonts)
	}
	if len(pictures.entries) > 0 {
		d.set("XObject", pictures)
	}
	return d
}

// catalog leads to all of a file (7.7.2). It asks the printer for one side of the paper,
// so that nobody takes home another's page on the back of their own, and for the size
// as it is (12.2).
func (a *About) catalog(pages, structure, metadata object) *dict {
	return newDict(8).set("Type", name("Catalog")).set("Pages", pages).
		set("Lang", text(a.Lang)).
		set("MarkInfo", newDict(1).set("Marked", boolean(true))).
		set("ViewerPreferences", newDict(4).set("DisplayDocTitle", boolean(true)).
			set("Duplex", name("Simplex")).set("PrintScaling", name("None"))).
		set("StructTreeRoot", structure).
		set("Metadata", metadata)
}

// sheet paints the page and has fpdf make it: a file of one page without resources,
// with links that are in no structure yet, and the operators apart from it.
func (p *painter) sheet() (f *file, page ref, pieces []*stream, err error) {
	if pieces, err = p.page(p.tree.page.Items); err != nil {
		return nil, 0, nil, err
	}
	blank, err := blanks.get(p.tree.blank(), func() (*file, int, error) { return newBlank(p.tree) })
	if err != nil {
		return nil, 0, nil, err
	}
	f = blank.copy()
	page = f.array(f.dict(f.dict(f.root).get("Pages")).get("Kids"))[0].(ref)
	if p.pictures.transparent {
		f.dict(page).set("Group", newDict(3).set("Type", name("Group")).set("S", name("Transparency")).set("CS", name("DeviceRGB")))
	}
	return f, page, pieces, nil
}

// blanks keeps what fpdf made, by all that it was told.
var blanks = keep[string, *file]{limit: 4 << 20}

// blank is all that fpdf is told of a page: its size, and where it has which links.
func (t *tree) blank() string {
	var key []byte
	numbers := func(list ...layout.Length) {
		for _, l := range list {
			key = binary.AppendVarint(key, int64(l))
		}
	}
	numbers(t.page.Size.W, t.page.Size.H)
	for _, a := range t.anchors {
		numbers(a.Box.X, a.Box.Y, a.Box.W, a.Box.H, layout.Length(len(a.URL)))
		key = append(key, a.URL...)
	}
	return string(key)
}

// newBlank has fpdf draw a page without anything but links, and reads what it wrote.
func newBlank(t *tree) (*file, int, error) {
	drawn, err := draw(t)
	if err != nil {
		return nil, 0, err
	}
	f, err := parse(drawn)
	if err != nil {
		return nil, 0, err
	}
	kids := f.array(f.dict(f.dict(f.root).get("Pages")).get("Kids"))
	if len(kids) != 1 {
		return nil, 0, errSyntax
	}
	page, ok := kids[0].(ref)
	if _, is := f.resolve(page).(*dict); !ok || !is || int(f.info) <= 0 || int(f.info) >= len(f.objects) {
		return nil, 0, errSyntax
	}
	if len(f.array(f.dict(page).get("Annots"))) != len(t.anchors) {
		return nil, 0, errSyntax
	}
	return f, 4 * len(drawn), nil
}

// draw has fpdf make a document of one page with the links of a tree. The
// operators would pass through three of its buffers unread: they take the place of
// its empty ones afterwards.
func draw(t *tree) (data []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("page: fpdf failed: %v", r)
		}
	}()
	size := t.page.Size
	sheet := fpdf.SizeType{Wd: size.W.Points(), Ht: size.H.Points()}
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: sheet})
	pdf.SetCompression(false) // there is nothing to compress
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCreationDate(time.Unix(0, 0)) // else fpdf asks the clock
	pdf.SetModificationDate(time.Unix(0, 0))
	pdf.AddPage()
	for _, a := range t.anchors {
		pdf.LinkString(a.Box.X.Points(), a.Box.Y.Points(), a.Box.W.Points(), a.Box.H.Points(), a.URL)
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("page: fpdf failed: %w", err)
	}
	return out.Bytes(), nil
}
