package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strconv"
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

	// stream is a dictionary without Length, and data as the filters in the
	// dictionary left them. It is not changed once made: pages share it.
	stream struct {
		dict *dict
		data []byte
		sum  *[sha256.Size]byte // of data as it is or was before packing, if it is known
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

func (*structElem) pdf() {}

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
	objects  []object
	root     ref
	info     ref
	encrypt  ref       // 0, or where the dictionary of security is
	security *security // nil for a file that anyone may open
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

// What fpdf writes for one page stays far below these.
const (
	maxDepth   = 32
	maxEntries = 1 << 12
)

var errSyntax = errors.New("not a PDF file as fpdf writes it")

// parse reads a file with one cross-reference table (7.5.4) and no
// encryption, as fpdf and this package write it. Streams share data's memory.
func parse(data []byte) (*file, error) {
	if !bytes.HasPrefix(data, []byte("%PDF-1.")) {
		return nil, errSyntax
	}
	p := &parser{data: data, pos: bytes.LastIndex(data, []byte("startxref"))}
	if p.pos < 0 || !p.keyword("startxref") {
		return nil, errSyntax
	}
	at := p.count(len(data))
	if at < 0 {
		return nil, errSyntax
	}
	if p.pos = at; !p.keyword("xref") || p.count(0) != 0 {
		return nil, errSyntax
	}
	n := p.count(len(data) / 20)
	p.space()
	if n < 1 || len(data)-p.pos < 20*n {
		return nil, errSyntax
	}
	table := p.pos
	p.pos += 20 * n
	if !p.keyword("trailer") {
		return nil, errSyntax
	}
	t, err := p.object(0)
	if err != nil {
		return nil, err
	}
	trailer, ok := t.(*dict)
	if !ok {
		return nil, errSyntax
	}
	f := &file{objects: make([]object, 1, n)}
	f.root, _ = trailer.get("Root").(ref)
	f.info, _ = trailer.get("Info").(ref)
	for i := 1; i < n; i++ {
		at, err := strconv.ParseUint(string(data[table+20*i:table+20*i+10]), 10, 32)
		if err != nil || int(at) > len(data) {
			return nil, errSyntax
		}
		p.pos = int(at)
		if p.count(n) != i || p.count(0) != 0 || !p.keyword("obj") {
			return nil, fmt.Errorf("object %d: %w", i, errSyntax)
		}
		o, err := p.indirect()
		if err != nil {
			return nil, fmt.Errorf("object %d: %w", i, err)
		}
		f.add(o)
	}
	return f, nil
}

// parser reads objects from data, from pos on.
type parser struct {
	data []byte
	pos  int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// space skips white space and comments.
func (p *parser) space() {
	for p.pos < len(p.data) {
		switch c := p.data[p.pos]; {
		case isSpace(c):
			p.pos++
		case c == '%':
			for p.pos < len(p.data) && p.data[p.pos] != '\n' && p.data[p.pos] != '\r' {
				p.pos++
			}
		default:
			return
		}
	}
}

// word takes the regular characters that come next, perhaps none.
func (p *parser) word() []byte {
	start := p.pos
	for p.pos < len(p.data) && !isSpace(p.data[p.pos]) && !isDelimiter(p.data[p.pos]) {
		p.pos++
	}
	return p.data[start:p.pos]
}

func (p *parser) keyword(want string) bool {
	p.space()
	return string(p.word()) == want
}

// count reads a number from 0 to most; -1 means it is none.
func (p *parser) count(most int) int {
	p.space()
	n, err := strconv.ParseUint(string(p.word()), 10, 31)
	if err != nil || int(n) > most {
		return -1
	}
	return int(n)
}

func (p *parser) starts(s string) bool { return bytes.HasPrefix(p.data[p.pos:], []byte(s)) }

// indirect reads what stands between obj and endobj.
func (p *parser) indirect() (object, error) {
	o, err := p.object(0)
	if err != nil {
		return nil, err
	}
	d, ok := o.(*dict)
	p.space()
	if !ok || !p.starts("stream") {
		return o, nil
	}
	p.pos += len("stream")
	if p.starts("\r") {
		p.pos++
	}
	length, ok := d.get("Length").(integer)
	if !p.starts("\n") || !ok || length < 0 || int(length) >= len(p.data)-p.pos {
		return nil, errSyntax
	}
	p.pos++
	body := p.data[p.pos : p.pos+int(length)]
	p.pos += int(length)
	if !p.keyword("endstream") {
		return nil, errSyntax
	}
	kept := newDict(len(d.entries))
	for _, e := range d.entries {
		if e.key != "Length" {
			kept.set(e.key, e.value)
		}
	}
	return &stream{dict: kept, data: body}, nil
}

func (p *parser) object(depth int) (object, error) {
	if depth > maxDepth {
		return nil, errSyntax
	}
	p.space()
	if p.pos >= len(p.data) {
		return nil, errSyntax
	}
	switch p.data[p.pos] {
	case '/':
		return p.name()
	case '(':
		return p.literal()
	case '[':
		p.pos++
		a := array{}
		for {
			if p.space(); p.starts("]") {
				p.pos++
				return a, nil
			}
			o, err := p.object(depth + 1)
			if err != nil {
				return nil, err
			}
			a = append(a, o)
		}
	case '<':
		if p.starts("<<") {
			p.pos += 2
			return p.dict(depth)
		}
		return p.hex()
	}
	return p.token()
}

func (p *parser) dict(depth int) (object, error) {
	d := newDict(8)
	for {
		if p.space(); p.starts(">>") {
			p.pos += 2
			return d, nil
		}
		if !p.starts("/") || len(d.entries) == maxEntries {
			return nil, errSyntax
		}
		key, err := p.name()
		if err != nil {
			return nil, err
		}
		value, err := p.object(depth + 1)
		if err != nil {
			return nil, err
		}
		d.set(key.(name), value)
	}
}

func (p *parser) name() (object, error) {
	p.pos++
	w := p.word()
	if bytes.IndexByte(w, '#') < 0 {
		return name(w), nil
	}
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if w[i] != '#' {
			out = append(out, w[i])
			continue
		}
		if i+2 >= len(w) {
			return nil, errSyntax
		}
		v, err := strconv.ParseUint(string(w[i+1:i+3]), 16, 8)
		if err != nil {
			return nil, errSyntax
		}
		out = append(out, byte(v))
		i += 2
	}
	return name(out), nil
}

func (p *parser) hex() (object, error) {
	p.pos++
	out := str{}
	half, high := false, byte(0)
	for ; p.pos < len(p.data); p.pos++ {
		c := p.data[p.pos]
		var v byte
		switch {
		case c == '>':
			p.pos++
			if half {
				out = append(out, high<<4)
			}
			return out, nil
		case c >= '0' && c <= '9':
			v = c - '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			v = c | 0x20 - 'a' + 10
		case isSpace(c):
			continue
		default:
			return nil, errSyntax
		}
		if half {
			out = append(out, high<<4|v)
		}
		half, high = !half, v
	}
	return nil, errSyntax
}

// literal reads a string in parentheses (7.3.4.2).
func (p *parser) literal() (object, error) {
	p.pos++
	out := str{}
	for open := 1; p.pos < len(p.data); {
		c := p.data[p.pos]
		p.pos++
		switch c {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return out, nil
			}
		case '\r':
			c = '\n'
			if p.starts("\n") {
				p.pos++
			}
		case '\\':
			if p.pos == len(p.data) {
				return nil, errSyntax
			}
			c = p.data[p.pos]
			p.pos++
			switch c {
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'b':
				c = '\b'
			case 'f':
				c = '\f'
			case '\r':
				if p.starts("\n") {
					p.pos++
				}
				continue
			case '\n':
				continue
			case '0', '1', '2', '3', '4', '5', '6', '7':
				v := c - '0'
				for k := 0; k < 2 && p.pos < len(p.data) && p.data[p.pos]&^7 == '0'; k++ {
					v = v<<3 | p.data[p.pos]&7
					p.pos++
				}
				c = v
			}
		}
		out = append(out, c)
	}
	return nil, errSyntax
}

// token reads a number, a reference, true, false or null.
func (p *parser) token() (object, error) {
	w := p.word()
	switch string(w) {
	case "true", "false":
		return boolean(w[0] == 't'), nil
	case "null":
		return null{}, nil
	}
	if n, err := strconv.ParseInt(string(w), 10, 32); err == nil {
		after := p.pos
		if n >= 0 && p.count(0) == 0 && p.keyword("R") {
			return ref(n), nil
		}
		p.pos = after
		return integer(n), nil
	}
	digits, points := 0, 0
	for i, c := range w {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '.':
			points++
		case i > 0 || c != '-' && c != '+':
			return nil, errSyntax
		}
	}
	if digits == 0 || points > 1 {
		return nil, errSyntax
	}
	return number(w), nil
}

// header says which PDF a file is, and that it is not text (7.5.2).
const header = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

// bytes is the file in memory of its own.
func (f *file) bytes() []byte { return f.append(nil) }

// append writes behind b what can be reached from the catalog and the document
// information, numbered in the order it is met, with one cross-reference table
// and an ID taken from the content, so that equal files have equal bytes.
func (f *file) append(b []byte) []byte {
	w := writer{file: f, number: make([]int, len(f.objects)), order: make([]ref, 0, len(f.objects)), origin: len(b)}
	size := 1024
	w.visit(f.root, &size)
	w.visit(f.info, &size)
	w.visit(f.encrypt, &size)
	w.data = slices.Grow(b, size)
	w.raw(header)
	starts := make([]int, len(w.order))
	for i, r := range w.order {
		starts[i] = len(w.data) - w.origin
		if w.security = f.security; r == f.encrypt {
			w.security = nil // what says how to decrypt
		}
		w.indirect(i+1, f.objects[r])
	}
	w.security = nil
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
	trailer := newDict(5).set("Size", integer(len(starts)+1)).set("Root", f.root).set("Info", f.info).set("ID", array{id, id})
	if f.encrypt > 0 {
		trailer.set("Encrypt", f.encrypt)
	}
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
	sum      *[sha256.Size]byte
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
