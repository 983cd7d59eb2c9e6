package content

import (
	"bytes"
	"io/fs"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"handout/content/picture"
)

// markdown is CommonMark with tables, footnotes, heading attributes, GitHub's
// alerts, boxes to tick, struck words, shorter wordings, and paragraphs for one edition. The library's
// own order is kept.
var markdown = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999))...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
		)...),
		parser.WithParagraphTransformers(
			util.Prioritized(alerts{}, 50),
			util.Prioritized(editions{}, 60),
			util.Prioritized(shorter{}, 65),
			util.Prioritized(boxes{}, 70),
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithHeadingAttribute(),
	)
})

// alerts marks the quotes that begin with [!NOTE] and the like. What follows the
// marker on its line becomes a block of its own, the title.
type alerts struct{}

var alertName = []byte("alert")

func (alerts) Transform(p *ast.Paragraph, reader text.Reader, _ parser.Context) {
	quote, ok := p.Parent().(*ast.Blockquote)
	if !ok || p.PreviousSibling() != nil || p.Lines().Len() == 0 {
		return
	}
	line := p.Lines().At(0)
	line = line.TrimLeftSpace(reader.Source())
	line = line.TrimRightSpace(reader.Source())
	s := line.Value(reader.Source())
	end := bytes.IndexByte(s, ']')
	if !bytes.HasPrefix(s, []byte("[!")) || end < 0 || bytes.ContainsAny(s[2:end], " \t[") {
		return
	}
	quote.SetAttribute(alertName, s[2:end])
	if title := line.WithStart(line.Start + end + 1); len(bytes.TrimSpace(s[end+1:])) > 0 {
		t := ast.NewTextBlock()
		t.Lines().Append(title.TrimLeftSpace(reader.Source()))
		quote.InsertBefore(quote, p, t)
	}
	p.Lines().SetSliced(1, p.Lines().Len())
	if p.Lines().Len() == 0 {
		quote.RemoveChild(quote, p)
	}
}

// editions marks the paragraphs and the lists of the text itself whose last line is
// {.standard} or {.large}, as kramdown marks blocks, and the fenced part above such a line.
type editions struct{}

var editionName = []byte("edition")

func (editions) Transform(p *ast.Paragraph, reader text.Reader, _ parser.Context) {
	last := p.Lines().Len() - 1
	line := p.Lines().At(last)
	var mark Mark
	switch string(bytes.TrimSpace(line.Value(reader.Source()))) {
	case "{.standard}":
		mark = NotLarge
	case "{.large}":
		mark = OnlyLarge
	default:
		return
	}
	marked := ast.Node(p)
	switch above := p.PreviousSibling(); {
	case last > 0 && p.Parent().Kind() == ast.KindDocument:
	case last > 0 && inList(p):
		marked = p.Parent() // what is in it may become another node
	case last == 0 && above != nil && above.Kind() == ast.KindFencedCodeBlock:
		above.SetAttribute(editionName, mark)
		p.Parent().RemoveChild(p.Parent(), p)
		return
	default:
		return
	}
	marked.SetAttribute(editionName, mark)
	p.Lines().SetSliced(0, last)
	line = p.Lines().At(last - 1)
	p.Lines().Set(last-1, line.TrimRightSpace(reader.Source()))
}

// inList tells whether a node stands in a list of the text itself.
func inList(n ast.Node) bool {
	in := n.Parent()
	for in.Kind() == ast.KindList || in.Kind() == ast.KindListItem {
		in = in.Parent()
	}
	return in.Kind() == ast.KindDocument && in != n.Parent()
}

// partEditions makes two lists of one in which an item ends with a mark, and the next stands
// below a blank line, as lists for one edition and the other do.
func partEditions(n *ast.List) {
	for c := n.FirstChild(); c != nil && c.NextSibling() != nil; c = c.NextSibling() {
		if _, ok := c.Attribute(editionName); !ok || !c.NextSibling().HasBlankPreviousLines() {
			continue
		}
		rest := ast.NewList(n.Marker)
		rest.Start = n.Start
		for c.NextSibling() != nil {
			rest.AppendChild(rest, c.NextSibling())
		}
		n.Parent().InsertAfter(n.Parent(), n, rest)
	}
}

// edition is what a list of the text itself is marked with: at the end of its last item.
func (r *reader) edition(n *ast.List) (m Mark) {
	last := n.LastChild()
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		mark, ok := c.Attribute(editionName)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		if m = mark.(Mark); c.NextSibling() != nil || !within(c, last) {
			r.bad(c, "edition-within-list", "put it after the last item, for the whole list",
				"one item alone cannot be marked for an edition")
		}
		return ast.WalkContinue, nil
	})
	return m
}

// within tells whether a node is another, or stands in it.
func within(n, in ast.Node) bool {
	for n != nil && n != in {
		n = n.Parent()
	}
	return n != nil
}

// reader makes blocks of the Markdown in one file.
type reader struct {
	src      *source
	fsys     fs.FS // where its pictures are
	draft    *draft
	errs     *Errors
	warnings *Errors
	title    *string         // to be found in the text, if it is empty; nil in a stretch
	titled   string          // where it was found
	outline  []outlined      // the headings that the next one may stand below
	shifted  bool            // said that levels are
	notes    []*Paragraph    // the footnotes, in the order of their marks
	labels   map[string]bool // of the footnotes there are
	noting   bool            // a footnote is being read
	lights   bool            // signs of lights tell things apart, and are words
	sideless string          // why there can be no words for each side; empty in a stretch that has sides
}

// maxDepth is how deep lists and quotes may be nested.
const maxDepth = 3

// read makes blocks of the Markdown from offset body on.
func (r *reader) read(body int) []Block {
	r.draft, r.titled = unpaste(r.src, body, r.title, r.errs, r.warnings)
	if depth := quoteDepth(r.draft.text); depth > 16 {
		r.errs.add(r.src.at(body), "nested-too-deep", "take the signs at the start of the lines out",
			"quotes or lists are nested %d deep", depth)
		return nil
	}
	if at := longRun(r.draft.text); at >= 0 {
		r.errs.add(r.at(at), "paragraph-too-long", "leave blank lines between paragraphs",
			"there are more than %d characters without a blank line here", maxRun)
		return nil
	}
	kinds := 0
	for _, signs := range lightSigns {
		if bytes.ContainsAny(r.draft.text, signs) {
			kinds++
		}
	}
	r.lights = kinds > 1 // one alone is a bullet
	doc := markdown().Parse(text.NewReader(r.draft.text))
	list := takeNotes(doc)
	r.label(list)
	blocks := r.blocks(doc, "", 0)
	r.footnotes(list)
	return blocks
}

// container is the sign of a quote or of a list's item.
var container = regexp.MustCompile(`^(?:>|(?:[-*+]|[0-9]+[.)])(?:[ \t]|$))[ \t]*`)

// quoteDepth bounds how deep the library's recursion can go: the most signs of
// quotes and lists at the start of a line, unless they draw a line across the page.
func quoteDepth(text []byte) int {
	deepest := 0
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || len(bytes.Trim(line, string(line[0])+" \t")) == 0 &&
			bytes.IndexByte([]byte("-*_"), line[0]) >= 0 {
			continue
		}
		n := 0
		for m := container.Find(line); m != nil; m = container.Find(line) {
			line = line[len(m):]
			n++
		}
		deepest = max(deepest, n)
	}
	return deepest
}

// longRun is where more than maxRun bytes without a blank line begin, or -1.
func longRun(text []byte) int {
	start, at := 0, 0
	for line := range bytes.Lines(text) {
		at += len(line)
		if len(bytes.TrimSpace(line)) == 0 {
			start = at
		} else if at-start > maxRun {
			return start
		}
	}
	return -1
}

func (r *reader) at(offset int) Position { return r.src.at(r.draft.origin(offset)) }

// place is where a node stands in the file.
func (r *reader) place(n ast.Node) Position { return r.at(max(0, offsetOf(n))) }

func offsetOf(n ast.Node) int {
	if t, ok := n.(*ast.Text); ok {
		return t.Segment.Start
	}
	if n.Pos() >= 0 {
		return n.Pos()
	}
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	if c := n.FirstChild(); c != nil {
		return offsetOf(c)
	}
	return -1
}

func (r *reader) bad(n ast.Node, code, hint, format string, args ...any) {
	r.errs.add(r.place(n), code, hint, format, args...)
}

// blocks are the blocks of n's children. Inside is what they stand in, "" for the
// file itself, where alone headings, pictures, tables and fences are allowed.
func (r *reader) blocks(n ast.Node, inside string, depth int) []Block {
	var list []Block
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if inside != "" && ownLine(c) {
			r.bad(c, "cannot-stand-inside", "give it a place of its own, outside", "this cannot stand in %s", inside)
			continue
		}
		switch c := c.(type) {
		case *ast.Heading:
			list = append(list, r.heading(c))
		case *ast.Paragraph, *ast.TextBlock:
			if _, short := c.Attribute(shortName); short {
				r.shorter(c, list)
				continue
			}
			list = append(list, r.paragraph(c, inside)...)
		case *ast.List:
			if depth == maxDepth {
				r.bad(c, "too-deep-in-lists", "make it flatter", "this is nested too deep in lists and quotes")
				continue
			}
			if depth == 0 && inside == "" {
				partEditions(c)
			}
			list = append(list, r.list(c, depth+1))
		case *ast.Blockquote:
			if depth == maxDepth {
				r.bad(c, "too-deep-in-lists", "make it flatter", "this is nested too deep in lists and quotes")
				continue
			}
			list = append(list, r.quote(c, inside, depth+1)...)
		case *tables.Table:
			list = append(list, r.table(c))
		case *ast.FencedCodeBlock:
			b := r.fence(c)
			if mark, ok := c.Attribute(editionName); ok {
				b = r.forEdition(b, mark.(Mark))
			}
			if b != nil {
				list = append(list, b)
			}
		case *ast.CodeBlock:
			r.bad(c, "code-by-spaces", "take the spaces at the start of its lines out",
				"text indented by four spaces is code, which is not part of a handout")
		case *ast.HTMLBlock:
			r.html(c)
		case *ast.ThematicBreak:
			r.warnings.add(r.place(c), "rule-left-out", "", "a line drawn across the page is left out")
		case *ast.LinkReferenceDefinition:
			if !bytes.ContainsAny(c.Destination, ":/.@#") {
				r.bad(c, "link-address-unprinted", "write it without the brackets, or without the colon",
					"a line like this gives a link its address, so its words are not printed")
			}
		default:
			r.bad(c, "not-part-of-handout", "", "this is not part of a handout")
		}
	}
	return list
}

// forEdition marks a fenced part.
func (r *reader) forEdition(b Block, m Mark) Block {
	if s, ok := b.(*Signs); ok {
		s.Mark = m
	} else if b != nil {
		r.errs.add(b.Pos(), "part-in-edition", "put it under a heading of its own, and mark that",
			"of the fenced parts only signs can be marked for an edition")
	}
	return b
}

// ownLine tells the blocks that cannot stand in others.
func ownLine(n ast.Node) bool {
	switch n.(type) {
	case *ast.Heading, *tables.Table, *ast.FencedCodeBlock:
		return true
	}
	return false
}

func (r *reader) heading(n *ast.Heading) *Heading {
	before := len(*r.errs)
	h := &Heading{Position: r.place(n), Level: r.levelOf(n), Text: r.text(n)}
	if len(h.Text) == 0 && len(*r.errs) == before {
		r.bad(n, "heading-empty", "write it, or delete the line", "this heading is empty")
	}
	if h.Text.noted() {
		r.bad(n, "footnote-in-heading", "put its mark into the text below", "a heading cannot have a footnote")
	}
	const hint = "marks are {.brief} and {.optional}, and {.standard} or {.large} for what only one edition has; " +
		"{give=1} gives way first"
	for _, a := range n.Attributes() {
		if string(a.Name) == "give" {
			give, ok := a.Value.(float64)
			if h.Give = int(give); !ok || give != float64(h.Give) || h.Give < 1 || h.Give > 9 {
				r.errs.add(r.mark(n), "give-not-a-number", "write {give=1} for what gives way first",
					"give is a whole number from 1 to 9")
			}
			continue
		}
		if string(a.Name) == "id" { // a name for links, as Google Docs writes it
			continue
		}
		class, ok := a.Value.([]byte)
		if string(a.Name) != "class" || !ok {
			r.errs.add(r.mark(n), "unknown-attribute", hint, "there is no mark of this kind")
			continue
		}
		for _, word := range strings.Fields(string(class)) {
			switch word {
			case "brief":
				h.Mark |= Brief
			case "optional":
				h.Mark |= Optional
			case "standard":
				h.Mark |= NotLarge
			case "large":
				h.Mark |= OnlyLarge
			default:
				r.errs.add(r.mark(n), "unknown-mark", hint, "there is no mark called %q", clip(word))
			}
		}
	}
	if h.Mark&NotLarge != 0 && h.Mark&OnlyLarge != 0 {
		r.errs.add(r.mark(n), "section-in-no-edition", "take one of them off",
			"marked {.standard} and {.large}, this section stands in no edition")
	}
	return h
}

// outlined is a heading by its author's level and by ours.
type outlined struct{ own, level int }

// levelOf is a heading's level: 1 is the title's, none is skipped, and 4 is the last.
func (r *reader) levelOf(n *ast.Heading) int {
	for k := len(r.outline) - 1; k >= 0 && r.outline[k].own >= n.Level; k-- {
		r.outline = r.outline[:k]
	}
	level := 2
	if k := len(r.outline) - 1; k >= 0 {
		level = min(r.outline[k].level+1, 4)
	}
	r.outline = append(r.outline, outlined{n.Level, level})
	if level != n.Level && !r.shifted && !r.src.doc {
		r.shifted = true
		r.warnings.add(r.place(n), "levels-shifted", "", "from here on the levels of headings are shifted: # is the "+
			"title, ## is below it, and none is skipped")
	}
	return level
}

// mark is the place of the mark that was taken off a heading's line.
func (r *reader) mark(n *ast.Heading) Position {
	start := max(0, offsetOf(n))
	if n.Lines().Len() > 0 {
		start = n.Lines().At(n.Lines().Len() - 1).Stop
	}
	if i := bytes.IndexByte(r.draft.text[start:], '{'); i >= 0 {
		start += i
	}
	return r.at(start)
}

// paragraph is a paragraph, or the pictures it is made of.
func (r *reader) paragraph(n ast.Node, inside string) []Block {
	var pictures []*ast.Image
	only := true
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Image:
			pictures = append(pictures, c)
		case *ast.Text:
			only = only && len(bytes.TrimSpace(c.Value(r.draft.text))) == 0
		default:
			only = false
		}
	}
	if only && len(pictures) > 0 && inside == "" {
		var list []Block
		for _, p := range pictures {
			list = append(list, r.figure(p))
		}
		return list
	}
	t := r.text(n)
	if len(t) == 0 {
		return nil
	}
	p := &Paragraph{Position: r.place(n), Text: t}
	if mark, ok := n.Attribute(editionName); ok && inside == "" {
		p.Mark = mark.(Mark)
	}
	return []Block{p}
}

func (r *reader) figure(n *ast.Image) *Figure {
	f := &Figure{Position: r.place(n), Alt: r.spans(n).String()}
	if f.Alt == "" {
		hint := "write it in the brackets: ![a person tucking the chin](chin.svg)"
		if r.src.doc {
			hint = "in Word, right-click the picture and choose Edit Alt Text; there an ornament is marked as one"
		}
		r.bad(n, "picture-undescribed", hint,
			"this picture has no description")
	}
	r.noWord(n, f.Alt, "the description of a picture")
	if title := plainText(n.Title); !blank(title) {
		f.Caption = Text{{Text: title}}
		r.noWord(n, title, "the title of a picture")
	}
	target := plainText(n.Destination)
	if u, err := url.PathUnescape(target); err == nil {
		target = u
	}
	switch name, err := beside(r.src.name, target); {
	case strings.HasPrefix(target, "data:"):
		r.bad(n, "picture-in-the-text", "save it as a file beside the text and name that; or save the text as Word "+
			"(.docx), which brings its pictures", "the picture itself stands in the text here")
	case strings.Contains(target, "://"):
		r.bad(n, "picture-from-web", "save it beside the text and name the file",
			"a picture is a file, not a web address")
	case err != nil:
		r.bad(n, "picture-unreadable", "keep it beside the text", "the picture %s: %s", clip(target), err)
	default:
		data, err := readFile(r.fsys, name, picture.MaxFile)
		if err != nil {
			r.bad(n, "picture-unreadable", "the path is from the folder of this file",
				"the picture %s: %s", clip(target), err)
			break
		}
		p, wrong := decode(f.Position, target, data)
		if wrong != nil {
			*r.errs = append(*r.errs, wrong)
			break
		}
		f.Picture = p
		for _, note := range p.Notes {
			r.warnings.add(f.Position, "picture-changed", "", "%s", note)
		}
	}
	return f
}

// noWord refuses placeholders where none is filled in.
func (r *reader) noWord(n ast.Node, s, where string) {
	if hasPlaceholder(s) {
		r.bad(n, "placeholder-in", "", "a placeholder cannot be used in %s", where)
	}
}

func (r *reader) list(n *ast.List, depth int) *List {
	l := &List{Position: r.place(n), Ordered: n.IsOrdered(), Start: n.Start, Counter: counterOf(n, r.draft.text)}
	var boxes []bool
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		full, box := c.Attribute(boxName)
		before := len(*r.errs)
		blocks := r.blocks(c, "a list item", depth)
		if len(blocks) == 0 {
			ornament := c.FirstChild() != nil && slices.ContainsFunc(*r.warnings, func(e *Error) bool {
				return e.Code == "emoji-alone" && e.Position == r.place(c.FirstChild())
			})
			if len(*r.errs) == before && (!ornament || c.NextSibling() == nil && l.Items == nil) {
				r.bad(c, "item-empty", "write it, or delete the line", "this list item is empty")
			}
			continue
		}
		if _, ok := blocks[0].(*Paragraph); !ok {
			r.errs.add(blocks[0].Pos(), "item-begins-without-text", "begin it with some text",
				"this list item does not begin with text")
			continue
		}
		if box && full == true {
			r.warnings.add(blocks[0].Pos(), "box-ticked", "",
				"the box ticked here is printed empty, to be ticked by hand")
		}
		l.Items, boxes = append(l.Items, blocks), append(boxes, box)
	}
	if slices.Contains(boxes, true) {
		l.Boxes = boxes
	}
	if depth == 1 {
		l.Mark = r.edition(n)
	}
	return l
}

func (r *reader) quote(n *ast.Blockquote, inside string, depth int) []Block {
	at := r.place(n)
	marker, ok := n.Attribute(alertName)
	if !ok {
		blocks := r.blocks(n, "a quote", depth)
		if len(blocks) == 0 {
			return nil
		}
		return []Block{&Quote{at, blocks}}
	}
	name := strings.ToLower(string(marker.([]byte)))
	kind := slices.Index(calloutNames[:], name)
	if kind < 0 {
		r.errs.add(at, "unknown-callout", hintFor(name, calloutNames[:]), "there is no callout called %q", clip(name))
		return nil
	}
	if inside != "" {
		r.errs.add(at, "callout-inside", "give it a place of its own, outside", "a callout cannot stand in %s", inside)
		return nil
	}
	c := &Callout{Position: at, Kind: CalloutKind(kind)}
	if t, ok := n.FirstChild().(*ast.TextBlock); ok {
		c.Title = r.text(t)
		n.RemoveChild(n, t)
	}
	if c.Blocks = r.blocks(n, "a callout", depth); len(c.Blocks) == 0 {
		r.errs.add(at, "callout-empty", "begin its lines with > too", "this callout is empty")
	}
	return []Block{c}
}

func (r *reader) table(n *tables.Table) *Table {
	t := &Table{Position: r.place(n)}
	width := 0
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []Text
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, r.cell(c))
		}
		if width == 0 {
			width = len(cells)
		}
		for len(cells) < width {
			cells = append(cells, nil)
		}
		t.Rows = append(t.Rows, cells[:width])
		r.beyond(row)
	}
	if width > 8 {
		r.bad(n, "table-too-wide", "leave some columns out", "a table has at most 8 columns")
	}
	return t
}

// barInCode is a bar that the library parts cells at, between two signs of code.
var barInCode = regexp.MustCompile("`(?:[^`]*[^`\\\\])?\\|[^`]*`")

// beyond refuses what stands in a row behind the cells that its table has columns for: the library drops it, and a
// limit to a dose may stand there.
func (r *reader) beyond(row ast.Node) {
	last := row.LastChild()
	if last.Lines() == nil || last.Lines().Len() == 0 { // put in where the row is short
		return
	}
	from := last.Lines().At(0).Stop
	rest, _, _ := bytes.Cut(r.draft.text[from:], []byte("\n"))
	lost := bytes.TrimLeft(rest, "| \t")
	if blank(strings.ReplaceAll(string(lost), "|", "")) {
		return
	}
	from += len(rest) - len(lost)
	line := r.draft.text[bytes.LastIndexByte(r.draft.text[:from], '\n')+1 : from+len(lost)]
	if code := barInCode.FindIndex(line); code != nil {
		r.errs.add(r.at(from+len(lost)-len(line)+code[0]), "code-in-text", "delete the ` signs",
			"code is not part of a handout")
		return
	}
	r.errs.add(r.at(from), "cell-beyond-heads", `give it a column of its own in the first row and in the line `+
		`of dashes too; or write \| where a bar is meant`,
		"this row has more cells than its table has columns, and from here on it would not be printed")
}

// html lets an author's comments and ends of lines pass and refuses all else.
func (r *reader) html(n *ast.HTMLBlock) {
	raw := n.Lines().Value(r.draft.text)
	if n.HasClosure() {
		raw = append(raw, n.ClosureLine.Value(r.draft.text)...)
	}
	if !isComment(raw) && !isLineEnd(raw) {
		r.tags(r.place(n))
	}
}

// tags refuses HTML, once for a file: what is pasted from a page's source is full of them.
func (r *reader) tags(at Position) {
	if !slices.ContainsFunc(*r.errs, func(e *Error) bool { return e.Code == "html" }) {
		r.errs.add(at, "html", "write it in Markdown; or copy the words as the browser shows them, without the tags",
			"HTML is not read, here and wherever else it stands")
	}
}

// isComment tells whether raw is one HTML comment and nothing else.
func isComment(raw []byte) bool {
	inner, ok := bytes.CutPrefix(bytes.TrimSpace(raw), []byte("<!--"))
	inner, end := bytes.CutSuffix(inner, []byte("-->"))
	return ok && end && !bytes.Contains(inner, []byte("-->"))
}
