// Package picture holds the two kinds of picture a page can carry, flat drawings
// and photographs, made safe: whatever an author hands in becomes filled paths
// or clean 8-bit pixels within stated limits, or an error that says what to do.
package picture

import "sync"

// Picture is a drawing or a bitmap: exactly one of Drawing and Bitmap is set.
// It is immutable once made, and may be shared: the PDF writer keeps encoded
// pictures by their address.
type Picture struct {
	Drawing *Drawing
	Bitmap  *Bitmap
	// Notes say what a page cannot show as the file had it (an animation): sentences to be passed on to the author.
	Notes []string

	once sync.Once
	gray *Picture // once it was asked for
}

// Size is the natural width and height; only their ratio matters to a page.
func (p *Picture) Size() (w, h float64) {
	if p.Drawing != nil {
		return p.Drawing.W, p.Drawing.H
	}
	return float64(p.Bitmap.W), float64(p.Bitmap.H)
}

// Drawing is a flat picture: filled paths painted in order, in a W by H box
// with y down from the top left corner. Strokes have become fills.
// It is immutable and may be shared.
type Drawing struct {
	W, H  float64
	Paths []Path
}

// Path is one filled area. Overlaps inside it follow the non-zero rule unless
// EvenOdd is set.
type Path struct {
	Fill     Color
	Gradient *Gradient // instead of Fill, which is then its mean
	Opacity  float64   // above 0, at most 1
	EvenOdd  bool
	Ops      []Op
	Pts      []Point // 1 for Move and Line, 3 for Cubic, 0 for Close, in order
	Within   []Path  // areas: what is seen of the path lies in each of them
}

// Op is a path operator.
type Op uint8

const (
	Move Op = iota
	Line
	Cubic
	Close
)

// Point is a place in a drawing.
type Point struct{ X, Y float64 }

// Bitmap is a photograph or pixel logo, upright, free of metadata, either 8-bit
// RGB(A) or gray pixels or a clean JPEG that was checked by decoding it.
// It is immutable and may be shared.
type Bitmap struct {
	W, H  int
	JPEG  []byte // baseline or progressive, YCbCr or gray (see Gray), or nil
	Pix   []byte // W*H*3 RGB or W*H gray bytes when JPEG is nil
	Gray  bool
	Alpha []byte // W*H, not premultiplied, or nil when opaque; only with Pix

	lossy bool // came out of a JPEG: may go into one again
}
