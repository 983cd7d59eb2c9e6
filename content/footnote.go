package content

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	footnotes "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Footnotes: [^1] in a text is a mark, and a line [^1]: begins the note's words.
// They are numbered in the order of their marks, whatever they are called.

// maxNotes is how many footnotes a handout has at most: a page has no room for more.
const maxNotes = 12

// takeNotes takes the list of footnotes out of a document, wherever the first of
// them stands; nil if there are none.
func takeNotes(doc ast.Node) *footnotes.FootnoteList {
	var list *footnotes.FootnoteList
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if l, ok := n.(*footnotes.FootnoteList); ok {
			list = l
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	if list != nil {
		list.Parent().RemoveChild(list.Parent(), list)
	}
	return list
}

// label notes what the footnotes are called.
func (r *reader) label(list *footnotes.FootnoteList) {
	r.labels = map[string]bool{}
	if list == nil {
		return
	}
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		name := string(n.(*footnotes.Footnote).Ref)
		if r.labels[name] {
			r.bad(n, "footnote-name-twice", "give it a name of its own",
				"there are two footnotes called [^%s]", clip(name))
		}
		r.labels[name] = true
	}
}

// footnotes reads the notes that have a mark.
func (r *reader) footnotes(list *footnotes.FootnoteList) {
	if list == nil {
		return
	}
	r.noting = true
	r.notes = make([]*Paragraph, list.Count)
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		note := n.(*footnotes.Footnote)
		blocks := r.blocks(note, "a footnote", 0)
		if note.Index < 1 {
			r.warnings.add(r.place(n), "footnote-unused", "", "nothing refers to this footnote, so it is left out")
			continue
		}
		if p, ok := only(blocks); ok {
			r.notes[note.Index-1] = p
			continue
		}
		r.bad(n, "footnote-not-one-paragraph", "write it after the colon, in one paragraph",
			"a footnote is one paragraph")
		r.notes[note.Index-1] = &Paragraph{Position: r.place(n)}
	}
	if len(r.notes) > maxNotes {
		r.bad(list, "too-many-footnotes", "say some of it in the text",
			"there are at most %d footnotes, not %d", maxNotes, len(r.notes))
	}
}

// only is the paragraph that blocks are.
func only(blocks []Block) (*Paragraph, bool) {
	if len(blocks) != 1 {
		return nil, false
	}
	p, ok := blocks[0].(*Paragraph)
	return p, ok
}

// noteMark adds a footnote's mark to a text.
func (r *reader) noteMark(n *footnotes.FootnoteLink, t *Text) {
	if r.noting {
		r.bad(n.Parent(), "footnote-in-footnote", "say it in the footnote", "a footnote cannot have a footnote")
		return
	}
	if k := len(*t); k > 0 && (*t)[k-1].Note > 0 {
		push(t, Span{}, "\u00a0") // two marks are not one number
	}
	push(t, Span{Note: n.Index}, Superior(n.Index))
}

// Superior is a number in raised figures: the mark of a footnote.
func Superior(n int) string {
	var b strings.Builder
	for _, digit := range []byte(strconv.Itoa(n)) {
		b.WriteRune([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[digit-'0'])
	}
	return b.String()
}

// marks refuses the marks in a line of the file that no footnote belongs to.
func (r *reader) marks(line text.Segment) {
	s := line.Value(r.draft.text)
	for i := 0; i+2 < len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if s[i] != '[' || s[i+1] != '^' {
			continue
		}
		name, _, ok := strings.Cut(string(s[i+2:]), "]")
		if ok && strings.TrimSpace(name) != "" && !r.labels[name] {
			r.errs.add(r.at(line.Start+i), "unknown-footnote", "write it on a line of its own: [^"+clip(name)+
				"]: and its words", "there is no footnote called [^%s]", clip(name))
		}
	}
}

// noted tells whether a footnote's mark is in t.
func (t Text) noted() bool {
	for _, s := range t {
		if s.Note > 0 {
			return true
		}
	}
	return false
}

// noted tells whether a footnote's mark is anywhere in blocks.
func noted(blocks []Block) bool {
	for _, t := range Texts(blocks) {
		if t.noted() {
			return true
		}
	}
	return false
}
