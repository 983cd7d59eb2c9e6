package layout

import (
	"slices"
	"strings"
	"testing"

	"handout/content"
)

// A page as it is set passes; each of these faults of one is named, in words that quote
// nothing of it. (output's tests have many more, on pages made by hand.)
func TestCheck(t *testing.T) {
	const secret = "Quillfeather"
	for _, c := range []struct {
		want string
		harm func(p *Page, text []int) // text is the items that are text of a tag
	}{
		{"lie over one another", func(p *Page, text []int) {
			a, b := p.Items[text[0]].(*Glyphs), p.Items[text[2]].(*Glyphs)
			b.At = XY{a.At.X, a.At.Y + Point}
		}},
		{"is off the page", func(p *Page, text []int) { p.Items[text[1]].(*Glyphs).At.X = p.Size.W - 4*Point }},
		{"is off the page", func(p *Page, text []int) { p.Items[text[1]].(*Glyphs).At.Y = p.Size.H + 20*Point }},
		{"is off the page", func(p *Page, text []int) { p.Items[text[1]].(*Glyphs).At.Y = 2 * Point }},
		{"is out of reading order", func(p *Page, text []int) {
			n := len(text) - 1
			p.Items[text[0]], p.Items[text[n]] = p.Items[text[n]], p.Items[text[0]]
		}},
		{"has no content", func(p *Page, text []int) { p.Tags = append(p.Tags, Tag{Role: P}) }},
		{"leads nowhere", func(p *Page, _ []int) {
			p.Items = slices.DeleteFunc(p.Items, func(it Item) bool { _, ok := it.(*Anchor); return ok })
		}},
		{"does not come after its parent", func(p *Page, _ []int) { p.Tags[2].Parent = 5 }},
		{"its sides are not", func(p *Page, _ []int) { p.Size.H = 1 << 30 }},
	} {
		p := set(t, "en", "Dear "+secret+", a few words.\n\n## Heading\n\nMore [words](https://example.org/"+secret+
			") here.\n\n- one\n- two\n", content.Visit{}, a4())
		var text []int
		for i, it := range p.Items {
			if g, ok := it.(*Glyphs); ok && g.Tag != Artifact {
				text = append(text, i)
			}
		}
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		c.harm(p, text)
		err := p.Check()
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.want, err)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: it quotes the page: %v", c.want, err)
		}
	}
	if (&Page{}).Check() == nil || (*Page)(nil).Check() == nil {
		t.Error("no page passes")
	}
}
