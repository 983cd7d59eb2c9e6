package output

import (
	"bytes"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// keep holds what was made from things that never change (a picture, a face and
// a set of glyphs), so that the next page need not make it again. It forgets
// what was not asked for since it last filled up by half. What it gives is the
// same whether it was kept or made anew.
type keep[K comparable, V any] struct {
	mu         sync.Mutex
	young, old map[K]kept[V]
	size       int // of young
}

type kept[V any] struct {
	value V
	size  int
}

// keepLimit is how many bytes a keep holds, about.
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
	if k.young == nil || k.size+v.size > keepLimit/2 {
		k.old, k.young, k.size = k.young, map[K]kept[V]{}, 0
	}
	k.young[key] = v
	k.size += v.size
}

// deflater is a writer with its buffer; both are used again, for a new one
// takes longer than a page's text takes to compress.
type deflater struct {
	zlib *zlib.Writer
	out  bytes.Buffer
}

// Streams that are kept are compressed well, those of one page fast.
var wellPool, fastPool sync.Pool

func deflateWell(data []byte) []byte { return deflate(&wellPool, 9, data) }
func deflateFast(data []byte) []byte { return deflate(&fastPool, 5, data) }

func deflate(pool *sync.Pool, level int, data []byte) []byte {
	d, _ := pool.Get().(*deflater)
	if d == nil {
		d = new(deflater)
		var err error
		if d.zlib, err = zlib.NewWriterLevel(nil, level); err != nil {
			panic(err) // the level is a constant
		}
	}
	d.out.Reset()
	d.zlib.Reset(&d.out)
	// Writing to memory does not fail.
	d.zlib.Write(data)
	d.zlib.Close()
	packed := bytes.Clone(d.out.Bytes())
	pool.Put(d)
	return packed
}

// deflated is a stream of data in the shorter of its two forms.
func deflated(d *dict, data, packed []byte) *stream {
	if len(packed) >= len(data) {
		return &stream{d, data}
	}
	return &stream{d.set("Filter", name("FlateDecode")), packed}
}
