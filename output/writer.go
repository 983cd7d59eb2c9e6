package output

// Writer writes pages as files, and owns all that is kept from one page to the next:
// alphabets, font programs, pictures, pieces of pages and what was drawn. All of it is
// bounded, and none is what only one patient's page has. A page's bytes do not depend on
// what was written before.
//
// Its methods may be called from several goroutines at once.
type Writer struct {
	fonts    typecase
	pictures keep[pictureKey, *encoded]
	drawn    keep[pictureKey, []byte] // the same, of an SVG
	leaves   keep[string, *leaf]      // what fpdf made, by all that it was told
	pieces   keep[sum, *stream]
	canvases easel
}

// NewWriter is a writer that has kept nothing so far.
func NewWriter() *Writer {
	w := new(Writer)
	w.leaves.limit, w.pieces.limit = 4<<20, 8<<20
	return w
}
