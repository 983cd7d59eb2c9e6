package content

import (
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Words struck out are refused: on paper they would stand as if they held.
const (
	struckOut  = "crossed-out words would be printed as ordinary words"
	struckHint = "delete them, with the signs that cross them out"
	overlays   = "\u0335\u0336\u0337\u0338" // strokes through the letter before
)

// struck finds them in text that is not Markdown.
var struck = regexp.MustCompile(`~~[^~\s](?:[^~]*[^~\s])?~~|[` + overlays + `]`)

// boxes takes the box to tick off the text of a list's item and marks the item:
// GitHub's [ ] and [x], the same without a space, and the signs that text programs
// make of them.
type boxes struct{}

// boxName is the attribute of an item with a box; its value tells whether it is ticked.
var boxName = []byte("box")

// A first group that matches is an empty box.
var (
	box      = regexp.MustCompile(`^(?:(\[[ \t\x{a0}]?\]|[☐□▢◻◽🔲])|\[[xX✓✔]\]|[☑☒])\x{fe0f}?(?:[ \t\x{a0}]+|\n?$)`)
	looseBox = regexp.MustCompile(`\[[ xX]\]`)
)

func (boxes) Transform(p *ast.Paragraph, reader text.Reader, _ parser.Context) {
	item, ok := p.Parent().(*ast.ListItem)
	if !ok || p.PreviousSibling() != nil {
		return
	}
	line := p.Lines().At(0)
	m := box.FindSubmatchIndex(line.Value(reader.Source()))
	if m == nil {
		return
	}
	item.SetAttribute(boxName, m[2] < 0)
	line = line.WithStart(line.Start + m[1])
	if p.Lines().Len() > 1 && util.IsBlank(line.Value(reader.Source())) { // an empty line hangs the library
		p.Lines().SetSliced(1, p.Lines().Len())
		return
	}
	p.Lines().Set(0, line)
}
