package content

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Signs are red flags on a page, in every language that we ship, with the number to call.
func TestSigns(t *testing.T) {
	const part = "```signs\nnow:\n- one {clinic}\n- two\n{clinic} {.short}\nsoon:\n- three\n```\n"
	for _, w := range shippedWords(t) {
		h, err := ReadHandout(fstest.MapFS{"x.md": {Data: []byte("---\ntitle: X\nlang: " + w.Lang + "\n---\nText.\n\n" + part)}}, "x.md")
		if err != nil {
			t.Fatal(err)
		}
		p, err := Open().Personalise(h, &Brand{Name: "Hill", Country: "IE"}, Visit{})
		if err != nil {
			t.Fatal(err)
		}
		c, ok := p.Blocks[1].(*Callout)
		if !ok || c.Kind != Caution || len(c.Blocks) != 4 {
			t.Fatalf("%s: %s", w.Lang, page(p.Blocks))
		}
		var said []string
		for _, text := range Texts(p.Blocks[1:]) {
			said = append(said, strings.NewReplacer("\u2068", "", "\u2069", "").Replace(text.String()))
		}
		if len(said) != 5 || !strings.Contains(said[0], "112") || !strings.HasSuffix(said[0], ":") || said[1] != "one Hill" || said[2] != "two" ||
			!strings.HasSuffix(said[3], ":") || said[4] != "three" || c.Blocks[0].(*Paragraph).Text.LeadIn() == nil ||
			!strings.Contains(c.Blocks[1].(*List).Short.String(), "Hill") || c.Blocks[3].(*List).Short != nil {
			t.Errorf("%s: %q", w.Lang, said)
		}
	}
	// Words of one's own need none until a handout has signs.
	own := strings.Split(string(readShipped(t, "words/en.yaml")), "\n")
	for i, line := range own {
		if strings.HasPrefix(line, "signs:") {
			own[i] = ""
		}
	}
	l := Open(mapFS("words/pl.yaml", strings.Join(own, "\n"), "handouts/a.md", "---\ntitle: A\nlang: pl\n---\nText.\n", "handouts/b.md", "---\ntitle: B\nlang: pl\n---\n"+part))
	for id, want := range map[string]string{"a": "", "b": "handouts/b.md:5:4: there are no words for signs in the language pl"} {
		h, err := l.Handout(id)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Personalise(h, nil, Visit{}); (err == nil) != (want == "") || err != nil && err.Error() != want {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func readShipped(t *testing.T, name string) []byte {
	t.Helper()
	data, err := shipped.ReadFile("library/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// An author says over the signs whom else to call.
func TestWordsOverSigns(t *testing.T) {
	const part = "```signs\nnow: Call your midwife or {emergency} now if you have:\n- one\nsoon:\n- two\n```\n"
	h, err := readBlocks(t, part)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open().Personalise(h, &Brand{Name: "Hill", Country: "IE"}, Visit{})
	if err != nil {
		t.Fatal(err)
	}
	c := p.Blocks[0].(*Callout)
	over := c.Blocks[0].(*Paragraph).Text
	if s := over.String(); !strings.Contains(s, "midwife or 112") || len(over.LeadIn()) != len(over) {
		t.Errorf("over now: %q, bold %q", s, over.LeadIn().String())
	}
	if s := c.Blocks[2].(*Paragraph).Text.String(); s != "See a doctor soon if:" {
		t.Errorf("over soon: %q", s)
	}
	for part, want := range map[string]string{
		"now: chest pain\n- one":           "x.md:5:1: the words after now: are printed above its signs, and end with a colon",
		"now: Call us if:\n- one":          "x.md:5:1: these words do not say whom to call",
		"now:\n- one\ntoday: fever\n- two": "x.md:7:1: the words after today: are printed above its signs, and end with a colon",
	} {
		if _, err := readBlocks(t, "```signs\n"+part+"\n```\n"); err == nil || err.Error() != want {
			t.Errorf("%s: %v", part, err)
		}
	}
}
