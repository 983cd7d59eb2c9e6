package output

import (
	"time"

	"handout/layout"
)

// Writer writes pages as files, and owns all that is kept from one page to the next:
// alphabets, font programs, pictures, pieces of pages and what was drawn. All of it is
// bounded, and none is what only one patient's page has. A page's bytes do not depend on
// what was written before.
//
// Its methods may be called from several goroutines at once.
type Writer struct {
	fonts    typecase
	pictures keep[pictureKey, *encoded]
	leaves   keep[string, *leaf] // what fpdf made, by all that it was told
	pieces   keep[sum, *stream]
	canvases easel
}

// NewWriter is a writer that has kept nothing so far.
func NewWriter() *Writer {
	w := new(Writer)
	w.leaves.limit, w.pieces.limit = 4<<20, 8<<20
	return w
}

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
