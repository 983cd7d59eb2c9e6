package content

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// shape is a list's items, each with [ ] where it has a box.
func shape(b *strings.Builder, blocks []Block) {
	for _, x := range blocks {
		switch x := x.(type) {
		case *Paragraph:
			b.WriteString(x.Text.String())
		case *List:
			for i, item := range x.Items {
				sign := "*"
				if x.Ordered {
					sign = "1"
				}
				if x.Boxes != nil && x.Boxes[i] {
					sign += "[ ]"
				}
				b.WriteString("(" + sign + " ")
				shape(b, item)
				b.WriteString(")")
			}
		}
	}
}

func TestBoxes(t *testing.T) {
	for _, c := range []struct {
		text, want string
		notes      int
	}{
		{"- [ ] Drink water\n- [x] Walk", "(*[ ] Drink water)(*[ ] Walk)", 1},
		{"* [ ] a\n* b", "(*[ ] a)(* b)", 0},
		{"+ [] a", "(*[ ] a)", 0},
		{"1. [ ] a\n2. [X] b", "(1[ ] a)(1[ ] b)", 1},
		{"1) [ ]   a", "(1[ ] a)", 0},
		{"- [ ] a\n  - [ ] b\n  - c", "(*[ ] a(*[ ] b)(* c))", 0},
		{"- [ ] **Walk.** Ten minutes\n\n- [ ] b", "(*[ ] Walk. Ten minutes)(*[ ] b)", 0},
		{"- [ ] [us](https://example.org)", "(*[ ] us)", 0},
		{"- ☐ a\n- ☑ b", "(*[ ] a)(*[ ] b)", 1},
		{"- [\u00a0] a", "(*[ ] a)", 0},
		{"[ ] Drink water\n[ ] Walk", "(*[ ] Drink water)(*[ ] Walk)", 1},
		{"☐ Drink water\n☐ Walk", "(*[ ] Drink water)(*[ ] Walk)", 1},
		{"☐ Drink water", "(*[ ] Drink water)", 1},
		{"[x] Walk", "(*[ ] Walk)", 2},
		{"- [x](https://example.org) a", "(* x a)", 0},
		{"- [a] b", "(* [a] b)", 0},
		{"- [ ]\n  Drink water", "(*[ ] Drink water)", 0},
		{"- [ ]\nDrink\nwater", "(*[ ] Drink water)", 0},
		{"- [x]\t\n  Walk\n- ☐ \n  Rest", "(*[ ] Walk)(*[ ] Rest)", 1},
		{"- [ ] \n+- [ ] a", "(*[ ] +- [ ] a)", 1},
		{"1. []\n   [us](https://example.org)", "(1[ ] us)", 0},
		{"- [ ]\n  [us]: https://example.org\n  Walk", "(*[ ] Walk)", 0},
		{"- Drink [ ] water", "(* Drink [ ] water)", 1},
		{"Tick [ ] or [x].", "Tick [ ] or [x].", 1},
		{"- [ ]a", "(* [ ]a)", 1},
		{"- \\[ ] a", "(* [ ] a)", 1},
	} {
		h, err := ReadHandout(mapFS("h.md", "---\ntitle: T\n---\n"+c.text+"\n"), "h.md")
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		var b strings.Builder
		shape(&b, h.Blocks)
		if b.String() != c.want || len(h.Warnings) != c.notes {
			t.Errorf("%q: %s, want %s; %d notes, want %d: %v", c.text, b.String(), c.want, len(h.Warnings), c.notes, h.Warnings)
		}
		page, err := Open().Personalise(h, nil, Visit{})
		if err != nil {
			t.Fatal(err)
		}
		var after strings.Builder
		if shape(&after, page.Blocks); after.String() != c.want {
			t.Errorf("%q, personalised: %s", c.text, after.String())
		}
	}
	for text, want := range map[string]string{
		"- [ ]":         "h.md:4:1: this list item is empty",
		"- [ ]\n  - a":  "h.md:5:3: this list item does not begin with text",
		"- [ ] \n- [x]": "h.md:4:1: this list item is empty\nh.md:5:1: this list item is empty",
	} {
		if _, err := ReadHandout(mapFS("h.md", "---\ntitle: T\n---\n"+text+"\n"), "h.md"); err == nil || err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Words struck out are not printed as if they held.
func TestStruckWords(t *testing.T) {
	for _, text := range []string{"Walk ~~two~~ ten minutes.", "- ~~Run~~", "> ~~Lift~~", "| a |\n|---|\n| ~~b~~ |", "## ~~A~~\n\nb", "**a ~~b~~**", "a ~~**b**~~", "a ~b~ c", "Walk t̶w̶o̶ ten", "```fields\n~~a~~ b\n```", "```pain-scale\na̶\n```"} {
		_, err := ReadHandout(mapFS("h.md", "---\ntitle: T\n---\n"+text+"\n"), "h.md")
		if err == nil || !strings.Contains(err.Error(), "crossed-out") || strings.Count(err.Error(), "\n") > 0 {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"Walk ~20 to ~30 minutes.", "~", "a ≠ b", "a ~~ b", "\\~~a\\~~"} {
		if _, err := ReadHandout(mapFS("h.md", "---\ntitle: T\n---\n"+text+"\n"), "h.md"); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, title := range []string{"A ~~B~~", "A\u0336"} {
		if _, err := ReadHandout(mapFS("h.md", "---\ntitle: "+title+"\n---\nText.\n"), "h.md"); err == nil || !strings.Contains(err.Error(), "h.md:2:8: crossed-out words") {
			t.Errorf("%q: %v", title, err)
		}
	}
	boxed := strings.Replace(mineStretch, "**A**", "[ ] **A**", 1)
	if _, err := ReadStretch(fstest.MapFS{"s.md": {Data: []byte(boxed)}, "x.fig": {Data: []byte("figure 1\n")}}, "s.md"); err == nil || !strings.Contains(fmt.Sprint(err), "a step has no box") {
		t.Error(err)
	}
}

// A dose does not become another one because Markdown takes a sign in it for its own.
func TestSignsInNumbers(t *testing.T) {
	for text, wrong := range map[string]int{
		"Do 3*10 today and 2*15 tomorrow.": 1, "2*3*4": 1, "**3**10 times": 1, "Walk 5*x*6": 0, "3**10** of each": 1,
		"- 3*10\n- 2*15": 0, "3 * 10 and 2 * 15": 0, "3×10, 2×15": 0, "Do *3* or **10**.": 0, "**3** 10": 0,
		"3\\*10 and 2\\*15": 0, "Week 1: **3** sets, *10* times": 0, "٣*١٠ و ٢*١٥": 1, "***3***10": 1, "| a |\n|---|\n| 3*10, 2*15 |": 1,
	} {
		_, err := ReadHandout(mapFS("h.md", "---\ntitle: T\n---\n"+text+"\n"), "h.md")
		n := 0
		if err != nil {
			n = strings.Count(err.Error(), "a * between two figures")
		}
		if n != wrong || n == 0 && err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A line that Markdown takes for a link's address is not lost in silence.
func TestLinkAddresses(t *testing.T) {
	for text, lost := range map[string]bool{
		"[Tip]: Walk\n\nMore.": true, "[Stop]: now\n\nMore.": true, "- a\n\n  [Tip]: Walk": true, "[Tip]: Walk slowly.": false,
		"See [us].\n\n[us]: https://example.org": false, "See [us].\n\n[us]: mailto:a@example.org": false,
	} {
		_, err := ReadHandout(mapFS("h.md", "---\ntitle: T\n---\n"+text+"\n"), "h.md")
		if got := err != nil && strings.Contains(err.Error(), "gives a link its address"); got != lost || !lost && err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
