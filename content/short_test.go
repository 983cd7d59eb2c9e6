package content

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A list, a line to tick and the signs can be for one edition, as a paragraph can.
func TestForEdition(t *testing.T) {
	for _, c := range []struct{ text, standard, large string }{
		{"- one\n- two\n{.standard}\n\nAll.\n", "l[p one][p two]p All.", "p All."},
		{"- **One.** Long words here.\n\n  Few. {.short}\n{.large}\n", "", "l[p One. Long words here.|One. Few.]"},
		{"- [ ] I will walk.\n{.standard}\n\n- [ ] I walk.\n{.large}\n", "l[p I will walk.]", "l[p I walk.]"},
		{"1. one\n   - two\n   {.standard}\n\nEnd.\n", "l[p onel[p two]]p End.", "p End."},
		{"```signs\nnow:\n- one\n```\n{.standard}\n\n```signs\nnow:\n- two\n```\n{.large}\n",
			"c(p Call 911 now if you have:l[p one])", "c(p Call 911 now if you have:l[p two])"},
	} {
		h, err := readBlocks(t, c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		p, err := Open().Personalise(h, &Brand{Name: "Hill", Country: "US"}, Visit{})
		if err != nil {
			t.Fatal(err)
		}
		for large, want := range map[bool]string{false: c.standard, true: c.large} {
			said := strings.NewReplacer("\u2068", "", "\u2069", "", "\u00a0", " ").Replace(shortly(p.In(large)))
			if said != want {
				t.Errorf("%s\nlarge %v: %s\nwant %s", c.text, large, said, want)
			}
			if e := p.Edition(large); shortly(e.In(!large)) != shortly(p.In(large)) {
				t.Errorf("%s\nthe edition is marked", c.text)
			}
		}
	}
	for _, c := range []struct{ text, want string }{
		{"- one\n{.standard}\n- two\n", "x.md:4:1: one item alone cannot be marked for an edition"},
		{"```signs\nnow:\n- one\n```\n{.standard}\n",
			"x.md:4:4: the other edition would be without these signs, which always stay"},
		{"```fields\nName\n```\n{.large}\n",
			"x.md:4:4: of the fenced parts only signs can be marked for an edition"},
		{"- one[^1]\n{.large}\n\n[^1]: Note.\n",
			"x.md:4:1: this list is for one edition, but holds the mark of a footnote, which always stays"},
		{"> - one\n> {.large}\n", "x.md:5:3: a mark stands alone at the end of a heading"},
	} {
		if _, err := readBlocks(t, c.text); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.text, err, c.want)
		}
	}
}

func readBlocks(t testing.TB, text string) (*Handout, error) {
	t.Helper()
	return ReadHandout(fstest.MapFS{"x.md": {Data: []byte("---\ntitle: X\n---\n" + text)}}, "x.md")
}

// A shorter wording belongs to what it follows, and is no block of its own.
func TestShort(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Walk a little every day, and rest.\n\nWalk, rest. {.short}\n", "p Walk a little every day, and rest.|Walk, rest."},
		{"Walk a little\nevery day.\n\nWalk.\n{.short}\n", "p Walk a little every day.|Walk."},
		{"**Sit less.** Get up every half hour.\n\nGet up. {.short}\n", "p Sit less. Get up every half hour.|Sit less. Get up."},
		{"**Sit less.** Get up every half hour.\n\n**Sit less.** Rise.\n{.short}\n", "p Sit less. Get up every half hour.|Sit less. Rise."},
		{"- **Sit less.** Get up every half hour.\n\n  Get up. {.short}\n- **Walk.** Ask {clinic} how far you may go.\n\n  Ask {clinic}. {.short}\n",
			"l[p Sit less. Get up every half hour.|Sit less. Get up.][p Walk. Ask {clinic} how far you may go.|Walk. Ask {clinic}.]"},
		{"- one thing\n- another\n\nTwo things. {.short}\n", "l[p one thing][p another]|Two things."},
		{"> [!TIP]\n> Drink a glass of water.\n>\n> Drink. {.short}\n", "c(p Drink a glass of water.|Drink.)"},
		{"- [ ] I will walk every day.\n\n  I walk. {.short}\n", "l[p I will walk every day.|I walk.]"},
		{"Only for large, and long.\n{.large}\n\nLarge. {.short}\n", "p Only for large, and long.|Large."},
	} {
		h, err := readBlocks(t, c.text)
		if err != nil || len(h.Warnings) > 0 {
			t.Errorf("%s: %v %v", c.text, err, h.Warnings)
			continue
		}
		if got := shortly(h.Blocks); got != c.want {
			t.Errorf("%s\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"Short. {.short}\n", "x.md:4:1: there is nothing here that this could be the shorter wording of"},
		{"- Short. {.short}\n", "x.md:4:10: this is not the shorter wording of anything"},
		{"Words.\n\n{.short}\n", "x.md:6:1: this is not the shorter wording of anything"},
		{"## Heading\n\nShort. {.short}\n", "x.md:6:1: what stands before this cannot have a shorter wording"},
		{"Many words here.\n\nFew. {.short}\n\nFew. {.short}\n", "x.md:8:1: there are two shorter wordings here"},
		{"Many words here.[^1]\n\nFew.[^1] {.short}\n\n[^1]: Note.\n", "x.md:6:1: a shorter wording cannot have a footnote"},
		{"## Heading {.short}\n\nText.\n", `x.md:4:12: there is no mark called "short"`},
		{"Words {.short} words.\n", "x.md:4:7: this is not the shorter wording of anything"},
	} {
		if _, err := readBlocks(t, c.text); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.text, err, c.want)
		}
	}
	h, err := readBlocks(t, "Few words.\n\nAs many words as before. {.short}\n")
	if err != nil || len(h.Warnings) != 1 {
		t.Errorf("longer: %v %v", h.Warnings, err)
	}
	lie := strings.Replace(sidedStretch, "1. ", "1. **Lie down.** On the floor.\n\n   **Lie.** {.short}\n2. ", 1)
	st, err := ReadStretch(mapFS("s.md", lie, "x.fig", "figure 1\n"), "s.md")
	if err != nil || len(st.Shorter) != len(st.Steps) || st.Shorter[0].String() != "Lie." || st.Shorter[1] != nil {
		t.Errorf("in a step: %+v %v", st, err)
	}
	for text, want := range map[string]string{
		sidedStretch + "\nGo. {.short}\n":                          "what stands before this cannot have a shorter wording",
		strings.Replace(lie, "**Lie.** {", "**{each:Lie.}** {", 1): "for one side only, this step would have no shorter wording",
		lie + "\n## Easier\n\nUse a chair.\n\nA chair. {.short}\n": "in a stretch only a step has a shorter wording",
	} {
		_, err = ReadStretch(mapFS("s.md", text, "x.fig", "figure 1\n"), "s.md")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// shortly is what blocks say, and what they say in fewer words.
func shortly(blocks []Block) string {
	var b strings.Builder
	words := func(full, short Text) {
		b.WriteString(full.String())
		if short != nil {
			b.WriteString("|" + short.String())
		}
	}
	for _, x := range blocks {
		switch x := x.(type) {
		case *Paragraph:
			b.WriteString("p ")
			words(x.Text, x.Short)
		case *List:
			b.WriteString("l")
			for _, item := range x.Items {
				b.WriteString("[" + shortly(item) + "]")
			}
			words(nil, x.Short)
		case *Callout:
			b.WriteString("c(" + shortly(x.Blocks) + ")")
		default:
			b.WriteString("?")
		}
	}
	return b.String()
}

// On a page the shorter wordings are filled in too, and are not told among the words
// that it prints.
func TestShortOnPage(t *testing.T) {
	h, err := readBlocks(t, "Dear {patient}, ask {clinic} about all that you want to know.\n\nDear {patient}, ask {clinic}. {.short}\n\n- **Walk** with {therapist} every single day.\n\n  With {therapist}. {.short}\n")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open().Personalise(h, &Brand{Name: "Hill"}, Visit{Patient: "Ana", Therapist: "Bo"})
	if err != nil {
		t.Fatal(err)
	}
	want := "p Dear Ana, ask Hill about all that you want to know.|Dear Ana, ask Hill.l[p Walk with Bo every single day.|Walk With Bo.]"
	if got := shortly(p.Blocks); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	n := 0
	for range Texts(p.Blocks) {
		n++
	}
	if n != 2 {
		t.Errorf("%d texts are told", n)
	}
}

func TestGive(t *testing.T) {
	h, err := readBlocks(t, "## One {.brief give=2}\n\n- **A.** b\n\n## Two {give=1}\n\nText.\n\n## Three\n\nText.\n")
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, b := range h.Blocks {
		if x, ok := b.(*Heading); ok {
			got = append(got, x.Give)
		}
	}
	if len(got) != 3 || got[0] != 2 || got[1] != 1 || got[2] != 0 || h.Blocks[0].(*Heading).Mark != Brief {
		t.Errorf("%v", got)
	}
	for _, give := range []string{"0", "10", "-1", "1.5", "x", `"1"`, "1e99", "true"} {
		if _, err := readBlocks(t, "## One {give="+give+"}\n\nText.\n"); err == nil || !strings.Contains(err.Error(), "give is a whole number from 1 to 9") {
			t.Errorf("give=%s: %v", give, err)
		}
	}
}
