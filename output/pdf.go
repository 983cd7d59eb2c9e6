// Package output writes finished pages as files.
//
// It measures nothing and changes nothing: what a layout.Page says is what the
// file holds, in the same order, and nothing else. The same page and time give
// the same bytes.
package output

import (
	"time"

	"handout/layout"
)

// PDF writes a page behind b, whose room it uses, as a tagged PDF 1.7 file that conforms to
// PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2). made becomes its date of creation; the
// year must be 1 to 9999. The same page and time give the same bytes.
//
// It fails if the page would make a file that does not conform, and then says which tags and
// items are wrong, by number; b is then as it was.
func (w *Writer) PDF(b []byte, p *layout.Page, made time.Time) ([]byte, error) {
	f, err := w.document(p, made, true)
	if err != nil {
		return b, err
	}
	return f.append(b), nil
}

// document is a page's file before it is written. To archive it makes it a PDF/A.
func (w *Writer) document(p *layout.Page, made time.Time, archive bool) (*file, error) {
	if err := check(p, made); err != nil {
		return nil, err
	}
	s, err := w.blank(p)
	if err != nil {
		return nil, err
	}
	f := s.file
	add := func(o object) object { return f.add(o) }
	root := newDict(6).set("Type", name("StructTreeRoot"))
	rootRef := f.add(root)
	b, err := w.assemble(s, place{top: rootRef}, shelf{
		font: func(font *font) (object, error) {
			program, err := w.fonts.program(font)
			if err != nil {
				return nil, err
			}
			font.coding = program.coding
			return f.add(program.dict(font.face, add)), nil
		},
		picture: func(p placed) object { return f.add(p.object(add)) },
		piece:   func(s *stream) object { return f.add(s) },
	})
	if err != nil {
		return nil, err
	}
	root.set("K", b.document).set("ParentTree", f.add(newDict(1).set("Nums", b.parents))).
		set("ParentTreeNextKey", integer(b.keys))
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
