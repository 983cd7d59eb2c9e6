package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/layout"
)

// shelf is what the pages of the shipped handouts are made of.
type shelf struct {
	*press.Press
	handouts []*content.Handout
	lists    map[string][]content.Choice // four stretches of each
}

func openShelf(t *testing.T) *shelf {
	t.Helper()
	p, err := press.Open(press.Config{})
	if err != nil {
		t.Fatal(err)
	}
	s := &shelf{p, nil, map[string][]content.Choice{}}
	if s.handouts, err = p.Handouts(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("../../layout/testdata/shipped.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		id, list, _ := strings.Cut(strings.TrimSpace(line), " ")
		if s.lists[id], err = content.ParseChoices(list); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// page sets a handout with so many of its stretches; nil if it is too long.
func (s *shelf) page(t *testing.T, id, lang string, n int, sheet layout.Sheet) *press.Page {
	t.Helper()
	found, err := s.Find(press.Request{Handout: id, Lang: lang, Sheet: sheet,
		Visit: content.Visit{Chosen: true, Stretches: s.lists[id][:n]}})
	if err != nil {
		t.Fatal(err)
	}
	job, err := found.MakeOut("")
	if err != nil {
		t.Fatal(err)
	}
	page, err := job.Set(context.Background())
	var over *layout.OverflowError
	if err != nil && !errors.As(err, &over) {
		t.Fatal(err)
	}
	return page
}

// stands says how the sections of a page stand, a letter each in their order, and the type.
func stands(p *press.Page) string {
	if p == nil {
		return "none"
	}
	var b strings.Builder
	for _, s := range p.Fitting.Sections {
		b.WriteString(map[layout.Stand]string{layout.InFull: "f", layout.InFewerWords: "s", layout.AsLeadIns: "l",
			layout.LeftOut: "-"}[s.As])
	}
	for _, c := range p.Fitting.Concessions {
		if c.Kind == layout.StepsShort {
			b.WriteString(" steps")
			break
		}
	}
	return fmt.Sprintf("%s %g", &b, p.Fitting.Body.Points())
}

// TestHowSectionsStand keeps docs/words.md: how each section of each handout stands on each of
// its pages. -update writes it anew.
func TestHowSectionsStand(t *testing.T) {
	if testing.Short() {
		t.Skip("it sets some 600 pages")
	}
	const file = "../../docs/words.md"
	var b strings.Builder
	b.WriteString(`# How the words of each handout stand

Of every page of the shipped handouts, without a clinic, a name or a note: a letter for each section in its order, **f** in full, **s** in its
shorter wording, **l** as the bold words it begins with, **-** left out; then *steps*, if those of the stretches are cut to their bold words too; then the
size of the type in points. *None* is a page that is refused, with what would help. A black and white page is as its coloured one. The stretches are the first of those
in layout/testdata/shipped.txt. Rows and pictures are of stretches, and have no page without.

` + "`go test ./cmd/handout -run TestHowSectionsStand -update`" + ` writes this page; without -update it fails if a page is no longer so.
`)
	s := openShelf(t)
	for _, lang := range []string{"en", "es"} {
		fmt.Fprintf(&b, "\n## %s\n", map[string]string{"en": "In English", "es": "In Spanish"}[lang])
		for _, h := range s.handouts {
			said, err := s.HandoutIn(h.ID, lang)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "\n**%s**: %s\n\n", h.ID, sectionsOf(said))
			b.WriteString("| | Letter: none | one | two | four | A4: none | one | two | four |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
			for _, edition := range []string{layout.Standard, layout.Large} {
				for _, look := range layout.Looks() {
					fmt.Fprintf(&b, "| %s, %s |", look.ID, edition)
					for _, paper := range []string{"letter", "a4"} {
						sheet := layout.Sheet{Look: look.ID, Edition: edition}
						sheet.Paper, _ = press.PaperNamed(paper)
						for _, n := range []int{0, 1, 2, 4} {
							cell := ""
							if n > 0 || look.ID == "article" {
								cell = stands(s.page(t, h.ID, lang, n, sheet))
							}
							fmt.Fprintf(&b, " %s |", cell)
						}
					}
					b.WriteString("\n")
				}
			}
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, old := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(got), len(old)) {
		if got[i] != old[i] {
			t.Fatalf("docs/words.md:%d (-update rewrites it): got\n%s\nwant\n%s", i+1, got[i], old[i])
		}
	}
	if len(got) != len(old) {
		t.Fatalf("docs/words.md has %d lines, want %d", len(old), len(got))
	}
}

// sectionsOf are the titles of a handout's sections, but that of its stretches.
func sectionsOf(h *content.Handout) string {
	var standard, large []string
	list := &standard
	for i, b := range h.Blocks {
		head, ok := b.(*content.Heading)
		if !ok || head.Level != 2 || slotFollows(h.Blocks[i+1:]) {
			continue
		}
		if list = &standard; head.Mark&content.OnlyLarge != 0 {
			list = &large
		}
		*list = append(*list, head.Text.String())
	}
	return strings.Join(standard, "; ") + ". Large: " + strings.Join(large, "; ")
}

// slotFollows tells whether the stretches stand in the section that begins here.
func slotFollows(blocks []content.Block) bool {
	for _, b := range blocks {
		switch b.(type) {
		case *content.Heading:
			return false
		case *content.Stretches:
			return true
		}
	}
	return false
}

var (
	worded = regexp.MustCompile(`\S*[\pL\pN]\S*`)
	ends   = regexp.MustCompile(`[.?!]["')]*(\s|$)`)
)

// A page without stretches is worth reading as it is printed, in both languages and on both papers:
// four hundred words, and sentences of eight on average.
func TestPrintedPageWithoutStretches(t *testing.T) {
	s := openShelf(t)
	for _, h := range s.handouts {
		for _, lang := range []string{"en", "es"} {
			for _, paper := range []string{"letter", "a4"} {
				name := h.ID + ", " + lang + ", " + paper
				sheet := layout.Sheet{Look: "article"}
				sheet.Paper, _ = press.PaperNamed(paper)
				p := s.page(t, h.ID, lang, 0, sheet)
				if p == nil {
					t.Errorf("%s: no page", name)
					continue
				}
				words, sentences, spoken := 0, 0, 0
				for _, text := range spokenOf(p) {
					n := len(worded.FindAllString(text, -1))
					words += n
					if m := len(ends.FindAllString(text, -1)); m > 0 {
						sentences, spoken = sentences+m, spoken+n
					}
				}
				if mean := float64(spoken) / float64(sentences); words < 400 || mean < 8 {
					t.Errorf("%s: %d words, %.2f a sentence", name, words, mean)
				} else {
					t.Logf("%s: %d words, %.2f a sentence", name, words, mean)
				}
			}
		}
	}
}

// What docs/article.md says of the article's facts is printed: of each that is kept or softened, on
// the page without stretches of both papers.
func TestArticleOnThePrintedPage(t *testing.T) {
	data, err := os.ReadFile("../../docs/article.md")
	if err != nil {
		t.Fatal(err)
	}
	s, facts := openShelf(t), 0
	for _, paper := range []string{"letter", "a4"} {
		sheet := layout.Sheet{Look: "article"}
		sheet.Paper, _ = press.PaperNamed(paper)
		page := s.page(t, "sciatica", "en", 0, sheet)
		if page == nil {
			t.Fatalf("%s: no page", paper)
		}
		printed := strings.Join(strings.Fields(strings.Join(spokenOf(page), " ")), " ")
		for line := range strings.Lines(string(data)) {
			cells := strings.Split(line, " | ")
			if len(cells) != 4 || cells[2] != "kept" && cells[2] != "softened" {
				continue
			}
			facts++
			if !slices.ContainsFunc(quotation.FindAllStringSubmatch(cells[3], -1), func(quote []string) bool {
				return strings.Contains(printed, quote[1])
			}) {
				t.Errorf("%s: nothing of %s is printed: %s", paper, strings.Trim(cells[0], "| "), cells[3])
			}
		}
	}
	if facts != 2*49 {
		t.Errorf("%d facts on two papers", facts)
	}
}

var quotation = regexp.MustCompile(`“([^”]*)”`)

// spokenOf are the paragraphs, items and headings of a page's own words.
func spokenOf(p *press.Page) []string {
	by := map[int]*strings.Builder{}
	var order []int
	for _, it := range p.Page.Items {
		g, ok := it.(*layout.Glyphs)
		if !ok || g.Tag == layout.Artifact {
			continue
		}
		tag := g.Tag
		for role := p.Page.Tags[tag].Role; role != layout.P && role != layout.LBody && role != layout.H1 && role != layout.H2 &&
			p.Page.Tags[tag].Parent > 0; role = p.Page.Tags[tag].Role {
			tag = p.Page.Tags[tag].Parent
		}
		if by[tag] == nil {
			by[tag] = &strings.Builder{}
			order = append(order, tag)
		}
		for _, glyph := range g.Glyphs {
			by[tag].WriteString(glyph.Text)
		}
		by[tag].WriteString(" ")
	}
	var texts []string
	for _, tag := range order {
		texts = append(texts, by[tag].String())
	}
	return texts
}

// What we ship passes our own check, in both languages, with nothing to look at.
func TestShippedPassCheck(t *testing.T) {
	if testing.Short() {
		t.Skip("it sets 96 pages")
	}
	list, err := content.Open().Handouts()
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range list {
		for _, lang := range []string{"en", "es"} {
			o := order{}
			o.request.Lang = lang
			c, err := o.check(h.ID, nil)
			if err != nil || !c.OK || len(c.Notes) > 0 || c.Page == nil || !c.Page.Fits || len(c.Page.Holds) != 3 {
				t.Errorf("%s in %s: %v %+v", h.ID, lang, err, c)
				continue
			}
			if c.Unsigned == nil || c.Signed != nil {
				t.Errorf("%s in %s: signed off by %v, unsigned %v", h.ID, lang, c.Signed, c.Unsigned)
			}
			for _, holds := range c.Page.Holds {
				if !holds.Fits || holds.TypeSize < 12 {
					t.Errorf("%s in %s with %d stretches: %+v", h.ID, lang, holds.Stretches, holds)
				}
			}
		}
	}
}
