package content

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// shorter marks the paragraphs that end with {.short}, on their last line or below it:
// they say in fewer words what stands before them.
type shorter struct{}

var (
	shortName = []byte("short")
	shortMark = []byte("{.short}")
)

func (shorter) Transform(p *ast.Paragraph, reader text.Reader, _ parser.Context) {
	last := p.Lines().Len() - 1
	line := p.Lines().At(last)
	line = line.TrimRightSpace(reader.Source())
	before, ok := bytes.CutSuffix(line.Value(reader.Source()), shortMark)
	bare := len(bytes.TrimSpace(before)) == 0
	if !ok || !bare && before[len(before)-1] != ' ' && before[len(before)-1] != '\t' || bare && last == 0 {
		return
	}
	if _, item := p.Parent().(*ast.ListItem); item && p.PreviousSibling() == nil {
		return // there is nothing before it; a mark that is left is a mistake
	}
	p.SetAttribute(shortName, true)
	if line = line.WithStop(line.Stop - len(shortMark)); !bare {
		p.Lines().Set(last, line.TrimRightSpace(reader.Source()))
		return
	}
	p.Lines().SetSliced(0, last)
	line = p.Lines().At(last - 1)
	p.Lines().Set(last-1, line.TrimRightSpace(reader.Source()))
}

// shorter reads the shorter wording of the last of the blocks before it.
func (r *reader) shorter(n ast.Node, before []Block) {
	const hint = "it follows the paragraph or the list that it says in fewer words"
	at := r.place(n)
	t := r.text(n)
	switch {
	case len(t) == 0:
		r.errs.add(at, "short-empty", "write the words before the mark, or delete it",
			"there are no words marked {.short} here")
		return
	case t.noted():
		r.errs.add(at, "short-with-footnote", "put it into the longer wording",
			"a shorter wording cannot have a footnote")
	case len(before) == 0:
		r.errs.add(at, "short-without-longer", hint, "there is nothing here that this could be the shorter wording of")
		return
	}
	var full int
	var short *Text
	switch b := before[len(before)-1].(type) {
	case *Paragraph:
		full, short = len(b.Text.String()), &b.Short
		if lead := b.Text.LeadIn(); lead != nil && t.LeadIn() == nil {
			t = append(append(lead[:len(lead):len(lead)], Span{Text: " "}), t...)
		}
	case *List:
		for _, text := range Texts([]Block{b}) {
			full += len(text.String())
		}
		short = &b.Short
	default:
		r.errs.add(at, "short-not-possible", hint, "what stands before this cannot have a shorter wording")
		return
	}
	if *short != nil {
		r.errs.add(at, "short-twice", "delete one", "there are two shorter wordings here")
	}
	if *short = t; len(t.String()) >= full {
		r.warnings.add(at, "short-not-shorter", "", "this shorter wording is not shorter")
	}
}
