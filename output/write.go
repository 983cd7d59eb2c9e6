package output

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
)

// header says which PDF a file is, and that it is not text (7.5.2).
const header = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

// append writes behind b what can be reached from the catalog and the document
// information, numbered in the order it is met, with one cross-reference table
// and an ID taken from the content, so that equal files have equal bytes.
func (f *file) append(b []byte) []byte {
	w := writer{file: f, number: make([]int, len(f.objects)), order: make([]ref, 0, len(f.objects)), origin: len(b)}
	size := 1024
	w.visit(f.root, &size)
	w.visit(f.info, &size)
	w.data = slices.Grow(b, size)
	w.raw(header)
	starts := make([]int, len(w.order))
	for i, r := range w.order {
		starts[i] = len(w.data) - w.origin
		w.indirect(i+1, f.objects[r])
	}
	id := w.id()
	table := len(w.data) - w.origin
	w.raw("xref\n0 ")
	w.object(integer(len(starts) + 1))
	w.raw("\n0000000000 65535 f \n")
	for _, at := range starts {
		digits := [...]byte{'0', '0', '0', '0', '0', '0', '0', '0', '0', '0'}
		for k := len(digits) - 1; at > 0; k-- {
			digits[k] += byte(at % 10)
			at /= 10
		}
		w.data = append(w.data, digits[:]...)
		w.raw(" 00000 n \n")
	}
	w.raw("trailer\n")
	trailer := newDict(5).set("Size", integer(len(starts)+1)).set("Root", f.root).set("Info", f.info).
		set("ID", array{id, id})
	w.object(trailer)
	w.raw("\nstartxref\n")
	w.object(integer(table))
	w.raw("\n%%EOF\n")
	return w.data
}

// id is the file's, from all that was written. In the place of the data of a stream
// that has a sum there is the sum: most of a page's bytes have been summed up before.
func (w *writer) id() str {
	h, from := sha256.New(), w.origin
	for _, s := range w.summed {
		h.Write(w.data[from:s.from])
		h.Write(s.sum[:])
		from = s.to
	}
	h.Write(w.data[from:])
	return h.Sum(nil)[:16]
}

// summed is where the data of a stream with a sum are.
type summed struct {
	from, to int
	sum      *sum
}

// writer turns objects into bytes. Every string and every stream of a file goes
// out through its methods literal and stream and nowhere else: that is where
// they are encrypted.
type writer struct {
	file     *file
	number   []int // by old number; 0 means not reached
	order    []ref
	base     int // added to the numbers given
	data     []byte
	origin   int // where in data the file begins
	summed   []summed
	security *security // of the object being written, or nil
}

// visit numbers what o leads to, and adds to size about how long it will be.
func (w *writer) visit(o object, size *int) {
	switch o := o.(type) {
	case ref:
		target := w.file.resolve(o)
		if target == nil || w.number[o] > 0 {
			return
		}
		w.order = append(w.order, o)
		w.number[o] = len(w.order)
		*size += 48
		w.visit(target, size)
	case array:
		*size += 8 * len(o)
		for _, x := range o {
			w.visit(x, size)
		}
	case *dict:
		*size += 16 * len(o.entries)
		for i := range o.entries {
			w.visit(o.entries[i].value, size)
		}
	case *stream:
		*size += len(o.data) + 48
		w.visit(o.dict, size)
	case *structElem:
		o.visit(w, size)
	case str:
		*size += len(o)
	case written:
		*size += len(o)
	case name:
		*size += len(o)
	}
}

func (w *writer) raw(s string) { w.data = append(w.data, s...) }

// indirect writes an object that has a number.
func (w *writer) indirect(number int, o object) {
	w.data = strconv.AppendInt(w.data, int64(number), 10)
	w.raw(" 0 obj\n")
	w.object(o)
	w.raw("\nendobj\n")
}

func (w *writer) object(o object) {
	switch o := o.(type) {
	case name:
		w.name(o)
	case ref:
		n := 0
		if int(o) < len(w.number) && o > 0 {
			n = w.number[o]
		}
		if n == 0 {
			w.raw("null")
			return
		}
		w.data = strconv.AppendInt(w.data, int64(w.base+n), 10)
		w.raw(" 0 R")
	case outer:
		w.data = strconv.AppendInt(w.data, int64(o), 10)
		w.raw(" 0 R")
	case str:
		w.literal(o)
	case integer:
		w.data = strconv.AppendInt(w.data, int64(o), 10)
	case number:
		w.raw(string(o))
	case boolean:
		w.data = strconv.AppendBool(w.data, bool(o))
	case null:
		w.raw("null")
	case written:
		w.data = append(w.data, o...)
	case array:
		w.raw("[")
		for i, x := range o {
			if i > 0 {
				w.raw(" ")
			}
			w.object(x)
		}
		w.raw("]")
	case *dict:
		w.raw("<<")
		w.entries(o)
		w.raw(">>")
	case *stream:
		w.stream(o)
	case *structElem:
		o.write(w)
	default:
		panic(fmt.Sprintf("output: %T is no PDF object", o))
	}
}

func (w *writer) entries(d *dict) {
	for i := range d.entries {
		w.name(d.entries[i].key)
		w.raw(" ")
		w.object(d.entries[i].value)
	}
}

func (w *writer) name(n name) {
	const digits = "0123456789ABCDEF"
	w.raw("/")
	from := 0 // of what goes out as it is: mostly all of it
	for i := 0; i < len(n); i++ {
		if c := n[i]; irregular[c] {
			w.data = append(append(w.data, n[from:i]...), '#', digits[c>>4], digits[c&15])
			from = i + 1
		}
	}
	w.data = append(w.data, n[from:]...)
}

// irregular characters stand in a name by their codes (7.3.5).
var irregular = func() (list [256]bool) {
	for c := range list {
		list[c] = c <= ' ' || c > '~' || isDelimiter(byte(c)) || c == '#'
	}
	return list
}()

func (w *writer) literal(s str) {
	if w.security != nil {
		s = w.security.encrypt(s)
	}
	w.data = appendLiteral(w.data, s)
}

func (w *writer) stream(s *stream) {
	data := s.data
	if w.security != nil {
		data = w.security.encrypt(data)
	}
	w.raw("<<")
	w.entries(s.dict)
	w.raw("/Length ")
	w.object(integer(len(data)))
	w.raw(">>\nstream\n")
	if s.sum != nil && w.security == nil {
		w.summed = append(w.summed, summed{len(w.data), len(w.data) + len(data), s.sum})
	}
	w.data = append(w.data, data...)
	w.raw("\nendstream")
}

// appendLiteral writes a string in parentheses, escaped where it must be.
func appendLiteral(b, s []byte) []byte {
	b = append(b, '(')
	for _, c := range s {
		b = appendEscaped(b, c)
	}
	return append(b, ')')
}

// appendEscaped writes one byte of a string. A carriage return would be read
// as a line feed if it stood bare.
func appendEscaped(b []byte, c byte) []byte {
	switch c {
	case '(', ')', '\\':
		return append(b, '\\', c)
	case '\r':
		return append(b, '\\', 'r')
	}
	return append(b, c)
}
