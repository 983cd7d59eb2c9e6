package docx

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// writer writes a document's blocks as Markdown.
type writer struct {
	*book
	text      *Text
	links     map[string]relation
	styles    map[string]style
	numbers   map[string]map[string]kind
	footnotes map[string]*node
	endnotes  map[string]*node
	titled    bool // there is a title in its style, and headings begin below it

	last    string         // what stands before: "", "item" or "block"
	list    string         // the list of the item before
	marks   int            // lists begun so far
	widths  []int          // of the signs of the items that are open
	counts  map[string]int // the numbers given, by list and level
	noted   []*node        // footnotes in the order of their marks
	later   []func()       // what stands in a paragraph and comes after it
	fields  []field        // that are open
	removed bool           // said that deleted words are left out
	edged   bool           // there are words in headers and footers
	joined  inline         // of a paragraph whose end is deleted
	unknown []Loss         // signs of the paragraph that is read
}

func (w *writer) lose(what string) {
	w.text.LeftOut = append(w.text.LeftOut, Loss{Offset: len(w.text.Markdown), What: what})
}

func (w *writer) put(s string) { w.text.Markdown = append(w.text.Markdown, s...) }

// begin marks where a paragraph's words begin.
func (w *writer) begin() {
	w.text.Starts = append(w.text.Starts, len(w.text.Markdown))
	w.place()
}

// place says where signs are missing that are not known: in the paragraph that begins.
func (w *writer) place() {
	for _, lost := range w.unknown {
		lost.Offset = len(w.text.Markdown)
		w.text.LeftOut = append(w.text.LeftOut, lost)
	}
	w.unknown = nil
}

// styleOf is the style of a paragraph.
func (w *writer) styleOf(p *node) style { return w.styled(p.child("pPr", "pStyle").attr("val")) }

// styled is a style by its id, with what it has from those it is based on.
func (w *writer) styled(id string) style {
	s, ok := w.styles[id]
	if !ok {
		return style{name: strings.ToLower(id)}
	}
	for range 10 {
		base, ok := w.styles[s.base]
		if !ok {
			break
		}
		if heading(s.name) == 0 && !isTitle(s.name) && (heading(base.name) > 0 || isTitle(base.name)) {
			s.name = base.name
		}
		s.base = base.base
		s.outline = cmp.Or(s.outline, base.outline)
		s.num, s.level = cmp.Or(s.num, base.num), cmp.Or(s.level, base.level)
		s.bold, s.italic = cmp.Or(s.bold, base.bold), cmp.Or(s.italic, base.italic)
		s.face = s.or(base.face)
	}
	return s
}

func (s style) look() look { return look{bold: s.bold == "1", italic: s.italic == "1", face: s.face} }

// heading is the level of a style of headings, by its name or id; 0 for another.
func heading(name string) int {
	rest, ok := strings.CutPrefix(name, "heading")
	if ok && rest == "" { // Pages'
		return 1
	}
	if n, err := strconv.Atoi(strings.TrimSpace(rest)); ok && err == nil && n >= 1 && n <= 9 {
		return n
	}
	return 0
}

func isTitle(name string) bool { return name == "title" || name == "subtitle" }

// level is a paragraph's among the headings; 0 for none.
func (w *writer) level(p *node, s style) int {
	if n := heading(s.name); n > 0 {
		return n
	}
	out := cmp.Or(p.child("pPr", "outlineLvl").attr("val"), s.outline)
	if n, err := strconv.Atoi(out); err == nil && n >= 0 && n < 9 {
		return n + 1
	}
	return 0
}

func (w *writer) hasTitle(n *node, depth int) bool {
	for _, k := range n.kids {
		switch k.name {
		case "p":
			if w.styleOf(k).name == "title" {
				return true
			}
		case "sdt", "sdtContent", "tbl", "tr", "tc", "ins":
			if depth < 20 && w.hasTitle(k, depth+1) {
				return true
			}
		}
	}
	return false
}

// blocks writes what is in a body, a cell or a box.
func (w *writer) blocks(n *node, depth int) {
	if depth > 20 || len(w.text.Markdown) > maxText {
		return
	}
	for _, k := range n.kids {
		switch k.name {
		case "p":
			w.paragraph(k)
			later := w.later
			w.later = nil
			for _, f := range later {
				f()
			}
		case "tbl":
			w.unjoin()
			w.table(k, depth)
		case "sdt":
			if c := k.child("sdtContent"); c != nil && k.child("sdtPr", "docPartObj", "docPartGallery").
				attr("val") != "Table of Contents" {
				w.blocks(c, depth+1)
			}
		case "customXml", "ins", "moveTo", "smartTag":
			w.blocks(k, depth+1)
		case "del", "moveFrom":
			w.lose("deleted")
		case "AlternateContent":
			w.blocks(chosen(k), depth+1)
		case "altChunk":
			w.lose("another document in it")
		}
	}
}

// chosen is the first of what may stand for one another.
func chosen(n *node) *node {
	if c := n.child("Choice"); c != nil {
		return c
	}
	if c := n.child("Fallback"); c != nil {
		return c
	}
	return &node{}
}

func (w *writer) paragraph(p *node) {
	s := w.styleOf(p)
	if strings.HasPrefix(s.name, "toc ") || s.name == "toc heading" {
		return
	}
	base := s.look()
	level := w.level(p, s)
	if level > 0 || isTitle(s.name) {
		base = look{face: s.face}
	}
	in := w.joined
	w.joined = nil
	w.runs(p, base, &in, 0)
	if p.child("pPr", "rPr", "del") != nil {
		w.joined = in
		return
	}
	if !in.words() {
		return
	}
	switch {
	case s.name == "title" && w.text.Title == "":
		w.text.Title = in.plain()
		return
	case s.name == "subtitle" && w.text.Subtitle == "" && len(w.text.Markdown) == 0:
		w.text.Subtitle = in.plain()
		return
	case s.name == "title" || s.name == "subtitle":
		level = 1
	}
	if level > 0 {
		if w.titled {
			level++
		}
		w.apart("block")
		w.put(strings.Repeat("#", min(level, 6)) + " ")
		w.begin()
		w.put(in.line() + "\n")
		return
	}
	num, lvl := p.child("pPr", "numPr", "numId").attr("val"), p.child("pPr", "numPr", "ilvl").attr("val")
	if num == "" {
		num, lvl = s.num, cmp.Or(lvl, s.level)
	}
	lvl = cmp.Or(lvl, "0")
	if of, ok := w.numbers[num][lvl]; ok && of.format != "none" {
		w.item(num, lvl, of, &in)
		return
	}
	if n := named(s.name); w.numbers == nil && n != "" {
		w.item(s.name, "0", kind{format: n, start: 1}, &in)
		return
	}
	if n, ok := in.counted(); ok {
		if w.counts["typed 0"] != n {
			w.list = ""
		}
		w.counts["typed 0"] = n
		w.item("typed", "0", kind{format: "decimal"}, &in)
		return
	}
	words := in.markdown()
	if what, lines := "block", strings.Split(words, "\\\n"); !slices.ContainsFunc(lines, untabbed) {
		if what = "tabbed"; w.last == what { // lines of one table
			w.last = ""
		}
		w.apart(what)
		words = strings.Join(lines, "\n")
	} else {
		w.apart(what)
		words = indented(words, "")
	}
	w.begin()
	w.put(words + "\n")
}

// untabbed tells a line in which no tab parts two cells.
func untabbed(line string) bool { return !strings.Contains(strings.TrimSpace(line), "\t") }

// unjoin writes what no paragraph follows to be joined to.
func (w *writer) unjoin() {
	if in := w.joined; in.words() {
		w.apart("block")
		w.begin()
		w.put(indented(in.markdown(), "") + "\n")
	}
	w.joined = nil
}

// named is what a style of lists is called for.
func named(style string) string {
	switch {
	case strings.HasPrefix(style, "list bullet"), strings.HasPrefix(style, "listbullet"):
		return "bullet"
	case strings.HasPrefix(style, "list number"), strings.HasPrefix(style, "listnumber"):
		return "decimal"
	}
	return ""
}

// apart leaves a blank line before a block, unless it is an item after another.
func (w *writer) apart(what string) {
	if w.last != "" && !(w.last == "item" && what == "item") {
		w.put("\n")
	}
	if what != "item" {
		w.list, w.widths = "", nil
	}
	w.last = what
}

func (w *writer) item(num, lvl string, of kind, in *inline) {
	level, _ := strconv.Atoi(lvl)
	level = min(level, len(w.widths), 2)
	if w.list != num && level == 0 || w.list == "" {
		w.marks++ // two lists in a row are told apart by their signs
	}
	w.apart("item")
	w.list = num
	w.widths = w.widths[:level]
	indent := 0
	for _, n := range w.widths {
		indent += n
	}
	sign, letter := []string{"- ", "* "}[w.marks%2], ""
	if of.format != "bullet" && of.format != "" {
		key := num + " " + lvl
		n, begun := w.counts[key]
		if !begun {
			n = of.start
		}
		w.counts[key] = n + 1
		sign = strconv.Itoa(max(0, min(n, 999_999))) + []string{". ", ") "}[w.marks%2]
		letter = of.letter(n)
	}
	for key := range w.counts { // lists within begin anew
		if of, ok := strings.CutPrefix(key, num+" "); ok && len(of) == 1 && of > lvl {
			delete(w.counts, key)
		}
	}
	no := of.no()
	if no != "" {
		sign = no + " "
	}
	width := utf8.RuneCountInString(sign)
	w.widths = append(w.widths, width)
	if len(of.around) > 0 && strings.Contains("☐□▢◻❏❐❑❒\uf06f\uf071\uf072\uf0a3\uf0a8", of.around) {
		letter = "[ ] " // to be ticked
	}
	w.put(strings.Repeat(" ", indent))
	if no != "" { // the sign is part of what is said
		w.begin()
	}
	w.put(sign + letter)
	if no == "" {
		w.begin()
	}
	w.put(indented(in.markdown(), strings.Repeat(" ", indent+width)) + "\n")
}

// letter is what stands behind the number of an item that is counted by letters: a), I., (i).
func (k kind) letter(n int) string {
	var sign string
	switch {
	case n < 1:
		return ""
	case strings.HasSuffix(k.format, "Letter") && n <= 26:
		sign = string(rune('a' + n - 1))
	case strings.HasSuffix(k.format, "Roman") && n <= 12:
		sign = strings.Fields("i ii iii iv v vi vii viii ix x xi xii")[n-1]
	default:
		return ""
	}
	if strings.HasPrefix(k.format, "upper") {
		sign = strings.ToUpper(sign)
	}
	if before, after, ok := strings.Cut(k.around, "%"); ok && strings.Trim(after, "123456789.)") == "" &&
		(before == "" || before == "(") && strings.TrimLeft(after, "123456789") != "" {
		return before + sign + strings.TrimLeft(after, "123456789")[:1] + " "
	}
	return sign + ") "
}

// indented sets the lines after the first in. Where one begins as an item does, the line
// before it is not broken by a sign.
func indented(s, by string) string {
	lines := strings.Split(s, "\n")
	for i := 1; i < len(lines); i++ {
		if t := strings.TrimLeft(lines[i], " "); t != "" && (t[0] == '-' || t[0] == '+' || t[0] >= '0' && t[0] <= '9' ||
			strings.HasPrefix(t, "•")) {
			lines[i-1] = strings.TrimSuffix(lines[i-1], "\\")
		}
		lines[i] = by + lines[i]
	}
	return strings.Join(lines, "\n")
}

// table writes one. One that holds more than a table of Markdown can is a way to set a
// page: its cells come one after the other.
func (w *writer) table(t *node, depth int) {
	var rows [][]*node
	wide, complex := 0, false
	var gather func(n *node)
	gather = func(n *node) {
		for _, k := range n.kids {
			switch k.name {
			case "tr":
				var cells []*node
				for _, c := range cellsOf(k) {
					cells = append(cells, c)
					span, _ := strconv.Atoi(c.child("tcPr", "gridSpan").attr("val"))
					for ; span > 1 && len(cells) < 20; span-- {
						cells = append(cells, nil)
					}
					complex = complex || w.isComplex(c)
				}
				rows, wide = append(rows, cells), max(wide, len(cells))
			case "sdt", "sdtContent", "ins", "customXml":
				gather(k)
			}
		}
	}
	gather(t)
	if wide < 2 || len(rows) < 2 || complex {
		if wide > 1 {
			w.lose("table read cell by cell")
		}
		for _, r := range rows {
			for _, c := range r {
				if c != nil {
					w.blocks(c, depth+1)
				}
			}
		}
		return
	}
	w.apart("block")
	for i, r := range rows {
		w.put("|")
		for j := range wide {
			w.put(" ")
			if j < len(r) && r[j] != nil && !merged(r[j]) {
				w.cell(r[j])
			}
			w.put(" |")
		}
		w.put("\n")
		if i == 0 {
			w.put("|" + strings.Repeat("---|", wide) + "\n")
		}
	}
}

func cellsOf(row *node) (cells []*node) {
	for _, k := range row.kids {
		switch k.name {
		case "tc":
			cells = append(cells, k)
		case "sdt", "sdtContent", "ins", "customXml":
			cells = append(cells, cellsOf(k)...)
		}
	}
	return cells
}

func merged(cell *node) bool {
	m := cell.child("tcPr", "vMerge")
	return m != nil && m.attr("val") != "restart"
}

// isComplex tells a cell with a list, a heading, a picture or a table in it.
func (w *writer) isComplex(cell *node) bool {
	if cell.find("tbl") != nil || cell.find("drawing") != nil || cell.find("pict") != nil {
		return true
	}
	for _, p := range cell.kids {
		s := w.styleOf(p)
		num := cmp.Or(p.child("pPr", "numPr", "numId").attr("val"), s.num)
		if p.name == "p" && (w.level(p, s) > 0 || num != "" && num != "0") {
			return true
		}
	}
	return false
}

func (w *writer) cell(c *node) {
	first := true
	for _, p := range c.kids {
		if p.name != "p" {
			continue
		}
		s := w.styleOf(p)
		var in inline
		w.runs(p, s.look(), &in, 0)
		if !in.words() {
			continue
		}
		if !first {
			w.put(" ")
		}
		first = false
		w.begin()
		w.put(in.line())
	}
}

func (w *writer) writeNotes() {
	for i := 0; i < len(w.noted) && i < 100; i++ {
		var in inline
		for _, p := range w.noted[i].kids {
			if p.name == "p" {
				w.runs(p, look{}, &in, 0)
				in.add(" ", look{})
			}
		}
		in.trim()
		w.apart("block")
		w.put(fmt.Sprintf("[^%d]: ", i+1))
		w.begin()
		w.put(in.line() + "\n")
	}
}
