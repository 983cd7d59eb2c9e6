package output

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
)

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

// onlyPage is the page of a file that has one.
func (f *file) onlyPage() (ref, error) {
	kids := f.array(f.dict(f.dict(f.root).get("Pages")).get("Kids"))
	if len(kids) != 1 || int(f.info) <= 0 || int(f.info) >= len(f.objects) {
		return 0, errSyntax
	}
	page, ok := kids[0].(ref)
	if _, is := f.resolve(page).(*dict); !ok || !is {
		return 0, errSyntax
	}
	return page, nil
}
