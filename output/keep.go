package output

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// keep holds what was made from things that never change (a picture, a face and
// a set of glyphs), so that the next page need not make it again. It forgets
// what was not asked for since it last filled up by half. What it gives is the
// same whether it was kept or made anew.
type keep[K comparable, V any] struct {
	limit      int // how many bytes it holds, about; 0 for keepLimit
	mu         sync.Mutex
	young, old map[K]kept[V]
	size       int // of young
}

type kept[V any] struct {
	value V
	size  int
}

// keepLimit is how many bytes a keep holds, about, if it does not say.
const keepLimit = 32 << 20

// get gives the value of key; build makes it, and says how many bytes it takes.
// Two pages that miss the same value at once both make it.
func (k *keep[K, V]) get(key K, build func() (V, int, error)) (V, error) {
	k.mu.Lock()
	v, ok := k.young[key]
	if !ok {
		if v, ok = k.old[key]; ok {
			k.put(key, v)
		}
	}
	k.mu.Unlock()
	if ok {
		return v.value, nil
	}
	value, size, err := build()
	if err != nil {
		return value, err
	}
	k.mu.Lock()
	k.put(key, kept[V]{value, size})
	k.mu.Unlock()
	return value, nil
}

func (k *keep[K, V]) put(key K, v kept[V]) {
	if k.young == nil || k.size+v.size > cmp.Or(k.limit, keepLimit)/2 {
		k.old, k.young, k.size = k.young, map[K]kept[V]{}, 0
	}
	k.young[key] = v
	k.size += v.size
}

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
	sum := sha256.Sum256(s.data)
	s.sum = &sum
	return s
}
