package output

import (
	"crypto/sha256"
	"slices"
	"unicode/utf16"
)

// object is a PDF object (ISO 32000-1, 7.3). It is implemented by
//
//	name, ref, outer, str, integer, number, boolean, null, written, array, *dict, *stream, *structElem
type object interface{ pdf() }

type (
	name    string // without the slash
	ref     int    // an index of file.objects; generations are always 0
	outer   int    // the number an object has where it is written; not of this file
	str     []byte // the bytes a string stands for, not yet escaped
	integer int
	number  string // a real number, as it is written
	boolean bool
	null    struct{}
	written []byte // an object without strings, as it stands in every file
	array   []object

	// dict keeps its entries in the order they were set, so that a file is
	// written the same way every time.
	dict struct{ entries []entry }

	entry struct {
		key   name
		value object
	}

	// sum is a SHA-256.
	sum [sha256.Size]byte

	// stream is a dictionary without Length, and data as the filters in the
	// dictionary left them. It is not changed once made: pages share it.
	stream struct {
		dict *dict
		data []byte
		sum  *sum // of data as it is or was before packing, if it is known
	}
)

func (name) pdf()    {}
func (ref) pdf()     {}
func (outer) pdf()   {}
func (str) pdf()     {}
func (integer) pdf() {}
func (number) pdf()  {}
func (boolean) pdf() {}
func (null) pdf()    {}
func (written) pdf() {}
func (array) pdf()   {}
func (*dict) pdf()   {}
func (*stream) pdf() {}

// set gives key a value, in its old place if it had one.
func (d *dict) set(key name, value object) *dict {
	for i := range d.entries {
		if d.entries[i].key == key {
			d.entries[i].value = value
			return d
		}
	}
	d.entries = append(d.entries, entry{key, value})
	return d
}

// get is the value of key, or nil.
func (d *dict) get(key name) object {
	for i := range d.entries {
		if d.entries[i].key == key {
			return d.entries[i].value
		}
	}
	return nil
}

// newDict has room for n entries before it has to grow.
func newDict(n int) *dict { return &dict{make([]entry, 0, n)} }

// text is s as a text string (7.9.2.2): ASCII as it stands, all else UTF-16
// with a byte order mark.
func text(s string) str {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= ' ' && s[i] <= '~'
	}
	if plain {
		return str(s)
	}
	return appendUTF16(str{0xfe, 0xff}, s)
}

func appendUTF16(b []byte, s string) []byte {
	for _, r := range s {
		if r < 0x10000 {
			b = append(b, byte(r>>8), byte(r))
			continue
		}
		hi, lo := utf16.EncodeRune(r)
		b = append(b, byte(hi>>8), byte(hi), byte(lo>>8), byte(lo))
	}
	return b
}

// file is a PDF file in memory. objects[0] is never used.
type file struct {
	objects []object
	root    ref
	info    ref
}

func (f *file) add(o object) ref {
	f.objects = append(f.objects, o)
	return ref(len(f.objects) - 1)
}

// copy is a file with entries of its own in its dictionaries. What the entries hold
// is shared, and must not be changed.
func (f *file) copy() *file {
	g := *f
	g.objects = make([]object, len(f.objects))
	for i, o := range f.objects {
		if d, ok := o.(*dict); ok {
			o = &dict{slices.Clone(d.entries)}
		}
		g.objects[i] = o
	}
	return &g
}

// resolve follows a reference; what is not there is nil.
func (f *file) resolve(o object) object {
	if r, ok := o.(ref); ok {
		if r <= 0 || int(r) >= len(f.objects) {
			return nil
		}
		return f.objects[r]
	}
	return o
}

// dict is the dictionary o is or refers to, or an empty one.
func (f *file) dict(o object) *dict {
	switch o := f.resolve(o).(type) {
	case *dict:
		return o
	case *stream:
		return o.dict
	}
	return new(dict)
}

// array is the array o is or refers to, or an empty one.
func (f *file) array(o object) array {
	a, _ := f.resolve(o).(array)
	return a
}
