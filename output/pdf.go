// Package output writes finished pages as files.
//
// It measures nothing and changes nothing: what a layout.Page says is what the
// file holds, in the same order, and nothing else. The same page and time give
// the same bytes.
package output

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/go-pdf/fpdf"

	"handout/layout"
)

// PDF writes a page as a tagged PDF 1.7 file that conforms to PDF/UA-1
// (ISO 14289-1). made becomes its date of creation; the year must be 1 to 9999.
//
// It fails if the page would make a file that does not conform, and then says
// which tags and items are wrong, by number. It may be called from several
// goroutines at once.
func PDF(p *layout.Page, made time.Time) ([]byte, error) {
	f, err := document(p, made)
	if err != nil {
		return nil, err
	}
	return f.bytes(), nil
}

// document is a page's file before it is written.
func document(p *layout.Page, made time.Time) (*file, error) {
	if err := check(p); err != nil {
		return nil, err
	}
	if year := made.UTC().Year(); year < 1 || year > 9999 {
		return nil, errors.New("page: its date is not in the years 1 to 9999")
	}
	fontSet, err := newFontSet(p.Items)
	if err != nil {
		return nil, err
	}
	paint := painter{
		ops:      make([]byte, 0, 32<<10),
		top:      hundredths(p.Size.H),
		tree:     newTree(p),
		fonts:    fontSet,
		pictures: new(pictureSet),
	}
	if err := paint.page(p.Items); err != nil {
		return nil, err
	}
	drawn, err := draw(&paint)
	if err != nil {
		return nil, err
	}
	f, err := parse(drawn)
	if err != nil {
		return nil, err
	}
	if err := finish(f, &paint, made); err != nil {
		return nil, err
	}
	return f, nil
}

// draw has fpdf make a document of one page from the painter's operators and
// links. fpdf sees no text and no picture.
func draw(paint *painter) (data []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("page: fpdf failed: %v", r)
		}
	}()
	size := paint.tree.page.Size
	sheet := fpdf.SizeType{Wd: size.W.Points(), Ht: size.H.Points()}
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: sheet})
	pdf.SetCompression(false) // done once, at the end
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCreationDate(time.Unix(0, 0)) // else fpdf asks the clock
	pdf.SetModificationDate(time.Unix(0, 0))
	pdf.AddPage()
	pdf.RawWriteBuf(bytes.NewReader(paint.ops))
	for _, a := range paint.tree.anchors {
		pdf.LinkString(a.Box.X.Points(), a.Box.Y.Points(), a.Box.W.Points(), a.Box.H.Points(), a.URL)
	}
	var out bytes.Buffer
	out.Grow(len(paint.ops) + 4096)
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("page: fpdf failed: %w", err)
	}
	return out.Bytes(), nil
}

// finish is the one pass over fpdf's file: it adds the structure, the fonts, the
// pictures and the metadata, and compresses the operators.
func finish(f *file, paint *painter, made time.Time) error {
	p := paint.tree.page
	catalog := f.dict(f.root)
	kids := f.array(f.dict(catalog.get("Pages")).get("Kids"))
	if len(kids) != 1 {
		return errSyntax
	}
	pageRef, ok := kids[0].(ref)
	if !ok {
		return errSyntax
	}
	page := f.dict(pageRef)
	contents, ok := page.get("Contents").(ref)
	if !ok {
		return errSyntax
	}
	ops, ok := f.resolve(contents).(*stream)
	if !ok || int(f.info) <= 0 || int(f.info) >= len(f.objects) || len(f.array(page.get("Annots"))) != len(paint.tree.anchors) {
		return errSyntax
	}
	f.objects[contents] = fast.stream(newDict(2), ops.data)

	fontDict := newDict(len(paint.fonts.list))
	for _, font := range paint.fonts.list {
		r, err := font.write(f)
		if err != nil {
			return err
		}
		fontDict.set(font.resource, r)
	}
	pictures := newDict(len(paint.pictures.list))
	for _, picture := range paint.pictures.list {
		pictures.set(picture.resource, picture.write(f))
	}
	resources := newDict(2)
	if len(fontDict.entries) > 0 {
		resources.set("Font", fontDict)
	}
	if len(pictures.entries) > 0 {
		resources.set("XObject", pictures)
	}
	page.set("Resources", resources)
	if paint.pictures.transparent {
		page.set("Group", newDict(3).set("Type", name("Group")).set("S", name("Transparency")).set("CS", name("DeviceRGB")))
	}

	viewer := newDict(2).set("DisplayDocTitle", boolean(true))
	if p.RTL {
		viewer.set("Direction", name("R2L"))
	}
	f.objects[f.info] = information(p, made)
	f.objects[f.root] = newDict(8).set("Type", name("Catalog")).set("Pages", catalog.get("Pages")).
		set("Lang", text(p.Lang)).
		set("MarkInfo", newDict(1).set("Marked", boolean(true))).
		set("ViewerPreferences", viewer).
		set("StructTreeRoot", paint.tree.write(f, pageRef, paint.top)).
		set("Metadata", f.add(xmp(p, made)))
	return nil
}
