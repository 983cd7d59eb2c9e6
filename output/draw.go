package output

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"
	"time"

	"github.com/go-pdf/fpdf"

	"handout/layout"
)

// blank has fpdf make the page: a file of one page without contents, with links that are in
// no structure yet.
func (w *Writer) blank(p *layout.Page) (*blank, error) {
	made, err := w.sheets.get(sheetKey(p), func() (*file, int, error) { return newBlank(p) })
	if err != nil {
		return nil, err
	}
	f := made.copy()
	return &blank{f, f.array(f.dict(f.dict(f.root).get("Pages")).get("Kids"))[0].(ref), p}, nil
}

// anchors are a page's links, in order.
func anchors(p *layout.Page) iter.Seq[*layout.Anchor] {
	return func(yield func(*layout.Anchor) bool) {
		for _, it := range p.Items {
			if a, ok := it.(*layout.Anchor); ok && !yield(a) {
				return
			}
		}
	}
}

// sheetKey is all that fpdf is told of a page: its size, and where it has which links.
func sheetKey(p *layout.Page) string {
	var key []byte
	numbers := func(list ...layout.Length) {
		for _, l := range list {
			key = binary.AppendVarint(key, int64(l))
		}
	}
	numbers(p.Size.W, p.Size.H)
	for a := range anchors(p) {
		numbers(a.Box.X, a.Box.Y, a.Box.W, a.Box.H, layout.Length(len(a.URL)))
		key = append(key, a.URL...)
	}
	return string(key)
}

// newBlank has fpdf draw a page without anything but links, and reads what it wrote.
func newBlank(p *layout.Page) (*file, int, error) {
	drawn, err := draw(p)
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
	return f, 4 * len(drawn), nil
}

// draw has fpdf make a document of one page with the links of ours. The
// operators would pass through three of its buffers unread: they take the place of
// its empty ones afterwards.
func draw(p *layout.Page) (data []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("page: fpdf failed: %v", r)
		}
	}()
	size := p.Size
	sheet := fpdf.SizeType{Wd: size.W.Points(), Ht: size.H.Points()}
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: sheet})
	pdf.SetCompression(false) // there is nothing to compress
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCreationDate(time.Unix(0, 0)) // else fpdf asks the clock
	pdf.SetModificationDate(time.Unix(0, 0))
	pdf.AddPage()
	for a := range anchors(p) {
		pdf.LinkString(a.Box.X.Points(), a.Box.Y.Points(), a.Box.W.Points(), a.Box.H.Points(), a.URL)
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("page: fpdf failed: %w", err)
	}
	return out.Bytes(), nil
}
