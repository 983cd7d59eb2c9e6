package layout

import (
	"slices"
	"strings"
	"testing"

	"handout/content"
)

// spoken is what is said of a page between two words, a part a tag: the tags' own words
// in the order of the items, those of right-to-left scripts as they are read.
func (p *Page) spoken() (parts []string) {
	last := Artifact
	for _, it := range p.Items {
		g, ok := it.(*Glyphs)
		if !ok || g.Tag == Artifact {
			continue
		}
		if g.Tag != last {
			parts, last = append(parts, ""), g.Tag
		}
		for _, glyph := range g.Glyphs {
			if p.RTL {
				parts[len(parts)-1] = glyph.Text + parts[len(parts)-1]
			} else {
				parts[len(parts)-1] += glyph.Text
			}
		}
	}
	for i := range parts {
		parts[i] = strings.Join(strings.Fields(parts[i]), " ")
	}
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}

// anchors are the addresses of a page's links, a Link tag each, and how many boxes of each
// can be clicked.
func (p *Page) anchors() (urls []string, boxes []int) {
	last := Artifact
	for _, it := range p.Items {
		if a, ok := it.(*Anchor); ok {
			if a.Tag != last {
				urls, boxes, last = append(urls, a.URL), append(boxes, 0), a.Tag
			}
			boxes[len(boxes)-1]++
		}
	}
	return urls, boxes
}

// Links are tagged where they stand in the text, each as one, whatever else leads to the
// same place, wherever lines break and whichever way they read.
func TestLinks(t *testing.T) {
	const url, tel = "https://example.org/a", "tel:5550142"
	label := map[string]string{} // of the line for the name, which is below the opening
	for _, lang := range []string{"en", "he", "ar"} {
		w, err := content.Open().Words(lang)
		if err != nil {
			t.Fatal(err)
		}
		label[lang] = w.PreparedFor
	}
	for _, c := range []struct {
		name, lang, text string
		spoken           string // between bars; from the first part with a word of the text on
		links            string
	}{
		{"twice in a paragraph", "en", "Book on [our page](" + url + ") or ask on [our page](" + url + ").",
			"Book on|our page|or ask on|our page|.", url + " " + url},
		{"twice in a row", "en", "See [one](" + url + ") [two](" + url + ").", "See|one|two|.", url + " " + url},
		{"with bold words", "en", "See [one **two** three](" + url + ") now.", "See|one two three|now.", url},
		{"two next to one another", "en", "[Call](" + tel + ")[write](" + url + ") now.",
			"Call|write|now.", tel + " " + url},
		{"and a footnote", "en", "See [one](" + url + ")[^1] or [two](" + tel + ").\n\n[^1]: Or [three](" + url + ").",
			"See|one|¹|or|two|.|¹|Or|three|.", url + " " + tel + " " + url},
		{"in a list", "en", "- [one](" + url + ")\n- [one](" + url + ")\n", "•|one|•|one", url + " " + url},
		{"in a table", "en", "| a | b |\n|---|---|\n| [one](" + url + ") | [one](" + url + ") |\n",
			"a|b|one|one", url + " " + url},
		{"in a box", "en", "> [!NOTE]\n> See [one](" + url + ").\n>\n> [one](" + url + ") again.\n",
			"See|one|.|one|again.", url + " " + url},
		{"right to left", "he", "אחד [שתיים](" + url + ") שלוש.", "אחד|שתיים|שלוש.", url},
		{"right to left with bold words", "he", "אחד [שתיים **שלוש**](" + url + ") ארבע.", "אחד|שתיים שלוש|ארבע.", url},
		{"right to left, two", "ar", "واحد [اثنان](" + url + ") [ثلاثة](" + tel + ") أربعة.",
			"واحد|اثنان|ثلاثة|أربعة.", url + " " + tel},
		{"right to left with a footnote", "he", "אחד[^1] [שתיים](" + url + ") שלוש.\n\n[^1]: הערה.",
			"אחד|¹|שתיים|שלוש.|¹|הערה.", url},
	} {
		p := set(t, c.lang, c.text, content.Visit{}, a4())
		spoken, first := p.spoken(), strings.Split(c.spoken, "|")[0]
		if i := slices.Index(spoken, first); i >= 0 {
			spoken = spoken[i:]
		}
		spoken = slices.DeleteFunc(spoken, func(s string) bool { return s == label[c.lang] })
		if got := strings.Join(spoken, "|"); got != c.spoken {
			t.Errorf("%s: reads %s, want %s", c.name, got, c.spoken)
		}
		urls, boxes := p.anchors()
		if got := strings.Join(urls, " "); got != c.links {
			t.Errorf("%s: leads to %s, want %s", c.name, got, c.links)
		}
		for i, n := range boxes {
			if n != 1 {
				t.Errorf("%s: link %d has %d boxes", c.name, i+1, n)
			}
		}
	}
	// Latin words within a Hebrew sentence run from left to right, and are read so.
	p := set(t, "he", "לפני Read [our page]("+url+") now אחרי.", content.Visit{}, a4())
	var order []string
	for _, s := range p.spoken() {
		for _, word := range []string{"daeR", "egap ruo", "won"} { // spoken turns them round
			if strings.Contains(s, word) {
				order = append(order, word)
			}
		}
	}
	if got := strings.Join(order, "|"); got != "daeR|egap ruo|won" {
		t.Errorf("Latin words in Hebrew read %s", got)
	}
}

// A link over several lines is one, with a box a line; so is one in a narrow column of a
// page that reads from right to left.
func TestLinkOverLines(t *testing.T) {
	for lang, words := range map[string]string{
		"en": strings.Repeat("a long page about the low back ", 8),
		"he": strings.Repeat("אפשר לקרוא עוד על הכאב ", 8),
		"ar": strings.Repeat("يمكن أن تقرأ المزيد عن الألم ", 8),
	} {
		for _, text := range []string{"%s", "- **x** %s\n", "> [!CAUTION]\n> %s\n",
			"## H\n\n| a | b |\n|---|---|\n| %s | c |\n"} {
			p := set(t, lang, strings.ReplaceAll(text, "%s",
				"x ["+strings.TrimSpace(words)+"](https://example.org/a) y."), content.Visit{}, a4())
			if urls, boxes := p.anchors(); len(urls) != 1 || boxes[0] < 2 {
				t.Errorf("%s %q: %d links with %v boxes", lang, text, len(urls), boxes)
			}
			// A box ends where the words do, not with the white space that hangs over the line.
			for _, it := range p.Items {
				a, ok := it.(*Anchor)
				if !ok {
					continue
				}
				inside := Length(0)
				for _, it := range p.Items {
					if g, ok := it.(*Glyphs); ok && g.Tag == a.Tag && g.At.Y > a.Box.Y && g.At.Y < a.Box.Bottom() {
						inside += g.words().W
					}
				}
				if a.Box.W > inside+8*Point { // and the spaces between runs
					t.Errorf("%s %q: a box of %v for words of %v", lang, text, a.Box.W, inside)
				}
			}
		}
	}
}

// Words on both sides of a link that shows nothing are one part of a line, read as seen.
func TestLinkOfNothing(t *testing.T) {
	text := &text{spans: content.Text{{Text: "a"}, {Text: "\u200b", Link: "x"}, {Text: "b"}, {Text: "c", Link: "y"}}}
	l := &setLine{runs: []setRun{{span: 3}, {span: 2}, {span: 0}}}
	var read []int
	for _, r := range l.reading(text) {
		read = append(read, r.span)
	}
	if !slices.Equal(read, []int{2, 0, 3}) {
		t.Errorf("read in the order %v", read)
	}
}
