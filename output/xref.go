package output

import (
	"bytes"
	"encoding/binary"

	"github.com/klauspost/compress/zlib"
)

// xref is a cross-reference stream in the making (7.5.8): for each object, from number 0
// on, a kind, a place and a number of two bytes, compressed as the difference from the row
// above.
type xref struct {
	rows  bytes.Buffer
	pack  *zlib.Writer
	above [xrefColumns]byte
}

const xrefColumns = 9

// add adds a row. Writing to memory does not fail.
func (x *xref) add(kind byte, place int64, index int) {
	if x.pack == nil {
		x.pack, _ = zlib.NewWriterLevel(&x.rows, zlib.BestSpeed)
	}
	var here [xrefColumns]byte
	here[0] = kind
	binary.BigEndian.PutUint64(here[1:], uint64(place)<<16|uint64(index))
	up := [1 + xrefColumns]byte{2}
	for i := range here {
		up[1+i] = here[i] - x.above[i]
	}
	x.pack.Write(up[:])
	x.above = here
}

// stream is the table, without what a trailer says.
func (x *xref) stream() *stream {
	x.pack.Close()
	return &stream{dict: newDict(10).set("Type", name("XRef")).set("W", array{integer(1), integer(6), integer(2)}).
		set("Filter", name("FlateDecode")).
		set("DecodeParms", newDict(2).set("Predictor", integer(12)).set("Columns", integer(xrefColumns))),
		data: x.rows.Bytes()}
}
