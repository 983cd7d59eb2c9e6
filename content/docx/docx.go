// Package docx reads the documents of word processors in the format of ISO/IEC 29500-1
// (WordprocessingML, .docx) as the Markdown they stand for: headings, lists, tables, bold
// and slanted words, links, footnotes, and pictures with their descriptions. How a
// document looks (fonts, colours, columns, headers and footers) is not read.
//
// It knows nothing of handouts. What it reads may be anybody's, so that everything is
// within limits: of bytes unpacked, of depth, of elements.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Limits of a document.
const (
	MaxFile  = 32 << 20 // bytes, packed
	maxPart  = 8 << 20  // bytes of a part that is text, unpacked
	maxNodes = 300_000  // elements of one
	maxDepth = 200      // of elements in elements
	maxText  = 512 << 10
)

// What is wrong with a file.
var (
	ErrBroken = errors.New("the document is broken")
	ErrLarge  = errors.New("the document is too large")
	ErrOther  = errors.New("this is not a document")
)

// Text is a document as Markdown.
type Text struct {
	Title    string // in the style of that name; may be empty
	Subtitle string
	Markdown []byte
	Starts   []int // where the words of each paragraph begin in it
	LeftOut  []Loss
	pictures map[string]*zip.File
}

// Loss is something that was not read.
type Loss struct {
	Offset int // in the Markdown
	What   string
	Needed bool // what is left may not mean what it meant with it
}

// Picture opens a picture that the Markdown names.
func (t *Text) Picture(name string) (io.ReadCloser, int64, bool) {
	f := t.pictures[name]
	if f == nil {
		return nil, 0, false
	}
	r, err := f.Open()
	return r, int64(f.UncompressedSize64), err == nil
}

// Read reads a document.
func Read(data []byte) (*Text, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrBroken
	}
	b := &book{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		b.parts[partName(f.Name)] = f
	}
	main := "word/document.xml"
	for _, r := range b.relations("") {
		if strings.HasSuffix(r.kind, "/officeDocument") {
			main = r.target
		}
	}
	if b.parts[main] == nil {
		return nil, ErrOther
	}
	root, err := b.tree(main)
	if err != nil {
		return nil, err
	}
	body := root.child("body")
	if body == nil {
		return nil, ErrOther
	}
	w := &writer{book: b, links: b.relations(main), text: &Text{pictures: map[string]*zip.File{}},
		counts: map[string]int{}}
	for _, r := range w.links {
		switch {
		case strings.HasSuffix(r.kind, "/styles"):
			w.styles = b.styles(r.target)
		case strings.HasSuffix(r.kind, "/numbering"):
			w.numbers = b.numbering(r.target)
		case strings.HasSuffix(r.kind, "/footnotes"):
			w.footnotes = b.notes(r.target, "footnote")
		case strings.HasSuffix(r.kind, "/endnotes"):
			w.endnotes = b.notes(r.target, "endnote")
		case strings.HasSuffix(r.kind, "/header"), strings.HasSuffix(r.kind, "/footer"):
			w.edged = w.edged || b.says(r.target)
		}
	}
	if w.edged {
		w.lose("what stands at the top and at the foot of each page")
	}
	w.titled = w.hasTitle(body, 0)
	w.blocks(body, 0)
	w.unjoin()
	w.writeNotes()
	w.place()
	if len(w.text.Markdown) > maxText {
		return nil, ErrLarge
	}
	return w.text, nil
}

// book is the parts of a file.
type book struct{ parts map[string]*zip.File }

func partName(s string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(s, `\`, "/")), "/")
}

// node is an element: its name without a prefix, what is in it, and the letters of one
// that has no others in it.
type node struct {
	name  string
	attrs []xml.Attr
	kids  []*node
	text  string
}

func (n *node) attr(name string) string {
	if n != nil {
		for _, a := range n.attrs {
			if a.Name.Local == name {
				return a.Value
			}
		}
	}
	return ""
}

// child is the first element of that name, found along a path; nil for none.
func (n *node) child(names ...string) *node {
	for _, name := range names {
		if n == nil {
			return nil
		}
		var found *node
		for _, k := range n.kids {
			if k.name == name {
				found = k
				break
			}
		}
		n = found
	}
	return n
}

// find is the first element of that name at any depth.
func (n *node) find(name string) *node {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
		if f := k.find(name); f != nil {
			return f
		}
	}
	return nil
}

// tree reads a part.
func (b *book) tree(part string) (*node, error) {
	f := b.parts[part]
	if f == nil {
		return nil, ErrBroken
	}
	if f.UncompressedSize64 > maxPart {
		return nil, ErrLarge
	}
	r, err := f.Open()
	if err != nil {
		return nil, ErrBroken
	}
	defer r.Close()
	d := xml.NewDecoder(io.LimitReader(r, maxPart))
	root := &node{}
	open := []*node{root}
	for nodes := 0; ; {
		token, err := d.Token()
		if err == io.EOF && len(open) == 1 && len(root.kids) == 1 {
			return root.kids[0], nil
		}
		if err != nil {
			return nil, ErrBroken
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if nodes++; nodes > maxNodes || len(open) > maxDepth {
				return nil, ErrLarge
			}
			n := &node{name: t.Name.Local, attrs: t.Copy().Attr}
			top.kids = append(top.kids, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if top.name == "t" || top.name == "instrText" {
				top.text += string(t)
			}
		}
	}
}

type relation struct{ kind, target string }

// relations are what a part refers to, by their ids; the part "" is the file itself. A
// target outside stays as it is.
func (b *book) relations(part string) map[string]relation {
	dir, base := path.Split(part)
	m := map[string]relation{}
	n, err := b.tree(dir + "_rels/" + base + ".rels")
	if err != nil {
		return m
	}
	for _, k := range n.kids {
		r := relation{k.attr("Type"), k.attr("Target")}
		switch {
		case k.attr("TargetMode") == "External":
		case strings.HasPrefix(r.target, "/"):
			r.target = partName(r.target)
		default:
			r.target = partName(dir + r.target)
		}
		m[k.attr("Id")] = r
	}
	return m
}

// style is what a style says that we read.
type style struct {
	name         string // in small letters
	base         string
	outline      string
	num, level   string
	bold, italic string // "", "1", "0"
	face
}

func (b *book) styles(part string) map[string]style {
	m := map[string]style{}
	n, err := b.tree(part)
	if err != nil {
		return m
	}
	for _, k := range n.kids {
		if k.name != "style" {
			continue
		}
		p, r := k.child("pPr"), k.child("rPr")
		m[k.attr("styleId")] = style{
			name: styleName(k.child("name").attr("val")), base: k.child("basedOn").attr("val"),
			outline: p.child("outlineLvl").attr("val"), num: p.child("numPr", "numId").attr("val"),
			level: p.child("numPr", "ilvl").attr("val"), bold: on(r, "b"), italic: on(r, "i"), face: faceOf(r),
		}
	}
	return m
}

// styleName is a style's in small letters; a heading's in English, whatever language the program speaks that wrote it.
func styleName(s string) string {
	s = strings.ToLower(s)
	word, n, numbered := strings.Cut(s, " ")
	switch {
	case numbered && strings.Contains(" überschrift titre título titulo encabezado titolo kop cabeçalho заголовок ",
		" "+word+" "):
		return "heading " + n
	case slices.Contains([]string{"titel", "titre", "título", "titolo"}, s):
		return "title"
	}
	return s
}

// says tells whether a part has words.
func (b *book) says(part string) bool {
	n, err := b.tree(part)
	return err == nil && saysText(n)
}

func saysText(n *node) bool {
	return n.name == "t" && strings.TrimFunc(n.text, func(r rune) bool { return !unicode.IsLetter(r) }) != "" ||
		slices.ContainsFunc(n.kids, saysText)
}

// on is a switch of a run: "" for not said, "1" or "0".
func on(r *node, name string) string {
	n := r.child(name)
	if n == nil {
		return ""
	}
	switch n.attr("val") {
	case "0", "false", "off", "none":
		return "0"
	}
	return "1"
}

// kind is a level of a list: how it is numbered, from where, and what stands around the number.
type kind struct {
	format string
	start  int
	around string // %1)
}

// numbering are the lists, by their ids and levels.
func (b *book) numbering(part string) map[string]map[string]kind {
	lists, abstract := map[string]map[string]kind{}, map[string]map[string]kind{}
	n, err := b.tree(part)
	if err != nil {
		return lists
	}
	level := func(k *node) kind {
		start, err := strconv.Atoi(k.child("start").attr("val"))
		if err != nil {
			start = 1
		}
		around := bulletOf(faceOf(k.child("rPr")), k.child("lvlText").attr("val"))
		return kind{k.child("numFmt").attr("val"), start, around}
	}
	for _, k := range n.kids {
		if k.name != "abstractNum" {
			continue
		}
		levels := map[string]kind{}
		for _, l := range k.kids {
			if l.name == "lvl" {
				levels[l.attr("ilvl")] = level(l)
			}
		}
		abstract[k.attr("abstractNumId")] = levels
	}
	for _, k := range n.kids {
		if k.name != "num" {
			continue
		}
		levels := map[string]kind{}
		maps.Copy(levels, abstract[k.child("abstractNumId").attr("val")])
		for _, over := range k.kids {
			id := over.attr("ilvl")
			if l := over.child("lvl"); l != nil {
				levels[id] = level(l)
			}
			if start, err := strconv.Atoi(over.child("startOverride").attr("val")); err == nil {
				over := levels[id]
				over.start = start
				levels[id] = over
			}
		}
		lists[k.attr("numId")] = levels
	}
	return lists
}

// notes are the footnotes of a part by their ids, those that separate left out.
func (b *book) notes(part, name string) map[string]*node {
	m := map[string]*node{}
	n, err := b.tree(part)
	if err != nil {
		return m
	}
	for _, k := range n.kids {
		if k.name == name && k.attr("type") == "" {
			m[k.attr("id")] = k
		}
	}
	return m
}
