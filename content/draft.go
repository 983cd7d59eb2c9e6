package content

import (
	"bytes"
	"sort"
)

// draft is a body as the Markdown library reads it, with the way back from its
// bytes to the author's.
type draft struct {
	text   []byte
	pieces []piece // nil if text is the author's own from offset base on
	base   int
}

// piece is a stretch of a draft's bytes that stood together in the file, or that
// was put in for the sake of a place in it.
type piece struct {
	out, in int
	put     bool
}

// origin is the place in the file of a byte of the draft.
func (d *draft) origin(offset int) int {
	if d.pieces == nil {
		return d.base + offset
	}
	i := max(0, d.after(offset)-1)
	if p := d.pieces[i]; !p.put {
		return p.in + offset - p.out
	}
	return d.pieces[i].in
}

// after is the first piece that begins after offset.
func (d *draft) after(offset int) int {
	return sort.Search(len(d.pieces), func(i int) bool { return d.pieces[i].out > offset })
}

func (d *draft) put(s string, at int) {
	d.pieces = append(d.pieces, piece{len(d.text), at, true})
	d.text = append(d.text, s...)
}

func (d *draft) keep(src []byte, from, to int) {
	d.pieces = append(d.pieces, piece{len(d.text), from, false})
	d.text = append(d.text, src[from:to]...)
}

// isFence tells a line that begins or ends a fence.
func isFence(line []byte) bool {
	line = bytes.TrimLeft(line, " \t")
	return bytes.HasPrefix(line, []byte("```")) || bytes.HasPrefix(line, []byte("~~~"))
}
