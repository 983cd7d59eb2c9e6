package output

import (
	"bytes"
	"crypto/sha256"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// deflater compresses. It uses its writers again, for a new one takes longer to
// make than a page's text takes to compress.
type deflater struct {
	level   int
	writers sync.Pool // of *deflateWriter
}

type deflateWriter struct {
	zlib *zlib.Writer
	out  bytes.Buffer
}

// What is kept is compressed well, what belongs to one page fast.
var (
	well = deflater{level: zlib.BestCompression}
	fast = deflater{level: 1}
)

func (d *deflater) pack(data []byte) []byte {
	w, _ := d.writers.Get().(*deflateWriter)
	if w == nil {
		w = new(deflateWriter)
		var err error
		if w.zlib, err = zlib.NewWriterLevel(nil, d.level); err != nil {
			panic(err) // both levels exist
		}
	}
	w.out.Reset()
	w.zlib.Reset(&w.out)
	// Writing to memory does not fail.
	w.zlib.Write(data)
	w.zlib.Close()
	packed := bytes.Clone(w.out.Bytes())
	d.writers.Put(w)
	return packed
}

// stream is a stream of data, packed if that makes it shorter. It does not hold on
// to data.
func (d *deflater) stream(about *dict, data []byte) *stream {
	if packed := d.pack(data); len(packed) < len(data) {
		return &stream{dict: about.set("Filter", name("FlateDecode")), data: packed}
	}
	return &stream{dict: about, data: bytes.Clone(data)}
}

// summed gives a stream that is kept its sum.
func (s *stream) summed() *stream {
	sum := sum(sha256.Sum256(s.data))
	s.sum = &sum
	return s
}
