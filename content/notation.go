package content

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"sort"
)

// Programs of notes write Markdown with signs of their own: Obsidian's links, marked words and
// comments, tags. This file puts what they mean in the place of them.

// notations are such signs: what is kept of them is their last group, if they have one.
var notations = []struct {
	sign     *regexp.Regexp
	from, to string // put around what is kept
	told     func(warnings *Errors, at Position)
}{
	{regexp.MustCompile(`%%[^%\n]*%%`), "", "", func(warnings *Errors, at Position) {
		warnings.add(at, "comment-left-out", "", "what stands between %%%% and %%%% is a comment, and is left out")
	}},
	// a picture among the notes
	{regexp.MustCompile(`(?i)!\[\[([^\[\]|\n]+\.(?:png|jpe?g|svg|gif|webp))(?:\|[^\[\]\n]*)?\]\]`), "![](<", ">)", nil},
	{regexp.MustCompile(`\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]+)\]\]`), "", "", func(warnings *Errors, at Position) {
		warnings.add(at, "link-between-notes", "",
			"a link from one note to another leads nowhere from a page: its words stay")
	}},
	{regexp.MustCompile(`==([^=\s](?:[^=\n]*[^=\s])?)==`), "**", "**", func(warnings *Errors, at Position) {
		warnings.add(at, "marked-words", "", "marked words are printed bold")
	}},
	{regexp.MustCompile(`(?m)[ \t]+#\p{Ll}{3}[\pL\pN_/-]*[ \t]*$`), "", "", tagsOut},
	{regexp.MustCompile(`(?m)^(?:#[\pL][\pL\pN_/-]*[ \t]*)+$`), "", "", tagsOut},
}

func tagsOut(warnings *Errors, at Position) {
	warnings.add(at, "tags-left-out", "", "tags are left out")
}

// spelled is the draft with what other programs' signs mean in the place of them.
func (d *draft) spelled(src *source, warnings *Errors) *draft {
	if d.pieces == nil && !bytes.ContainsAny(d.text, "%[=#") {
		return d
	}
	type change struct {
		from, to int // of the sign
		kept     [2]int
		by       int
	}
	var list []change
	fences := d.fences()
	for i, x := range notations {
		for _, m := range x.sign.FindAllSubmatchIndex(d.text, -1) {
			c := change{m[0], m[1], [2]int{m[1], m[1]}, i}
			if m[0] > 0 && bytes.IndexByte([]byte("!=%[\\#/?&"), d.text[m[0]-1]) >= 0 {
				continue // a file put in, which is said where pictures are read; a part of an address
			}
			if len(m) > 2 {
				c.kept = [2]int{m[2], m[3]}
			}
			if sort.SearchInts(fences, m[0]+1)%2 == 0 { // not between two
				list = append(list, c)
			}
		}
	}
	if len(list) == 0 {
		return d
	}
	slices.SortFunc(list, func(a, b change) int { return cmp.Compare(a.from, b.from) })
	out, at := &draft{}, 0
	keep := func(from, to int) { // with the way back to the author's bytes
		for from < to {
			next := to
			if i := d.after(from); i < len(d.pieces) {
				next = min(to, d.pieces[i].out)
			}
			out.pieces = append(out.pieces, piece{len(out.text), d.origin(from), false})
			out.text = append(out.text, d.text[from:next]...)
			from = next
		}
	}
	for _, c := range list {
		if c.from < at {
			continue
		}
		x := notations[c.by]
		keep(at, c.from)
		out.put(x.from, d.origin(c.from))
		keep(c.kept[0], c.kept[1])
		out.put(x.to, d.origin(c.from))
		at = c.to
		if x.told != nil {
			x.told(warnings, src.at(d.origin(c.from)))
		}
	}
	keep(at, len(d.text))
	return out
}

// fences are the places behind the signs that begin or end a fence.
func (d *draft) fences() (list []int) {
	at := 0
	for line := range bytes.Lines(d.text) {
		if isFence(line) {
			list = append(list, at+bytes.IndexAny(line, "`~")+3)
		}
		at += len(line)
	}
	return list
}
