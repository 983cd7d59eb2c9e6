package layout

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"handout/content"
	"handout/fonts"
)

// Concessions are made in the order of the design, whatever is written: fewer words, then
// lead-ins, then sections go, those marked so first, then the closing words and the opening;
// the steps are cut last. Of sections that give way alike the one goes first whose author
// says so, else the last.
func TestOrderOfConcessions(t *testing.T) {
	setter := NewSetter(fonts.Default())
	steps, sections := 0, 0
	for seed := range seeds(120) {
		s := newSample(t, seed)
		h, sheet := s.handout(s.IntN(4)), s.sheet()
		sheet = suited(h, sheet)
		c, err := setter.read(h, sheet)
		if err != nil {
			t.Fatal(err)
		}
		rank := func(y yield) []int {
			of := []int{int(y.section.give-1) & 0xffff, -slices.Index(c.sections, y.section)}
			if y.of != NoPart || of[1] == 0 { // the opening and what stands with the stretches
				of = nil
			}
			switch {
			case y.kind == FewerWords:
				return append([]int{0}, of...)
			case c.design.large && (y.kind == StopsOut || y.of == InClosing):
				return []int{0, 0x1ffff}
			case y.kind == StopsOut:
				return []int{1, 0x1ffff}
			case y.kind == SectionLeads:
				return append([]int{1}, of...)
			case y.kind.of() == InStretch:
				return []int{4}
			case of == nil:
				return []int{2, 0x1ffff, 1}
			case y.section.mark&content.Optional != 0:
				return append([]int{2}, of...)
			}
			return append([]int{3}, of...)
		}
		ways := c.ways(sheet)
		ceded := ways[len(ways)-1].ceded
		for i, y := range ceded {
			if i > 0 && slices.Compare(rank(y), rank(ceded[i-1])) < 0 {
				t.Errorf("seed %d %s %s: concession %d is made too late", seed, sheet.Look, sheet.Edition, i)
			}
			if y.kind.of() == InStretch {
				steps++
			} else {
				sections++
			}
		}
		if n := len(c.gives().all()); n != len(ceded) && !sheet.Strict {
			t.Errorf("seed %d: %d of %d concessions are made", seed, len(ceded), n)
		}
	}
	if steps < 20 || sections < 100 {
		t.Errorf("%d concessions of steps, %d of sections: this proves nothing", steps, sections)
	}
}

// Of sections alike the last are left out, and told in the order they went, whatever
// there is too much of.
func TestLastSectionsGoFirst(t *testing.T) {
	setter, partly := NewSetter(fonts.Default()), 0
	for _, sheet := range everySheet(content.Neutral()) {
		if sheet.Edition == Large || sheet.Look == "rows" || sheet.Look == "pictures" { // there any may go
			continue
		}
		for more := 0; more < 120; more += 3 {
			text := "Words.\n\n## Kept\n" + strings.Repeat("\nWords to fill the page with.\n", more)
			for i := range 5 {
				text += fmt.Sprintf("\n## Number %d {.optional}\n\n%s\n", i,
					strings.Repeat("Words and more words for you. ", 12))
			}
			page, f, err := setter.Fit(handoutOf(t, "en", text, sheet.Brand, content.Visit{}), sheet)
			if err != nil {
				break
			}
			gone := len(f.Concessions)
			for i := range 5 {
				if there := strings.Contains(page.words(0), fmt.Sprint("Number ", i)); there == (i >= 5-gone) {
					t.Errorf("%s %s: of 5 sections %d went, and number %d is there: %v", sheet.Look,
						sheet.Edition, gone, i, there)
				}
			}
			for i, c := range f.Concessions {
				if want := fmt.Sprintf("Number %d", 4-i); c.Kind != SectionOut || c.Of.Name != want {
					t.Errorf("concession %d is %q, and not of %s", i, c.Of.Name, want)
				}
			}
			if gone > 0 && gone < 5 {
				partly++
			}
		}
	}
	if partly < 20 {
		t.Errorf("only %d pages lost some of their sections: this proves nothing", partly)
	}
}

// A short section stays whole: no part of it stands in the next column.
func TestShortSectionsAreWhole(t *testing.T) {
	setter, both := NewSetter(fonts.Default()), 0
	for seed := range seeds(60) {
		s := newSample(t, seed)
		h := &content.Page{Title: "T", Lang: "en", Words: s.words,
			Blocks: []content.Block{&content.Paragraph{Text: s.text(3, 9, false)}}}
		for i := range 3 + s.IntN(5) {
			h.Blocks = append(h.Blocks, &content.Heading{Level: 2,
				Text: content.Text{{Text: fmt.Sprint("Section ", i)}}})
			l := &content.List{}
			for range 2 + s.IntN(4) {
				l.Items = append(l.Items, []content.Block{&content.Paragraph{Text: s.text(3, 12, false)}})
			}
			h.Blocks = append(h.Blocks, l)
			if s.IntN(3) == 0 {
				h.Blocks = append(h.Blocks, &content.Paragraph{Text: s.text(3, 9, false)})
			}
		}
		page, _ := fitted(t, setter, h, Sheet{Brand: content.Neutral(), Paper: A4})
		starts := map[Length]bool{} // of headings
		for _, it := range page.Items {
			if g, ok := it.(*Glyphs); ok && g.Tag >= 0 && page.Tags[g.Tag].Role == H2 {
				starts[g.At.X] = true
			}
		}
		edge := page.Size.W // where the second column begins
		if len(starts) > 1 {
			edge = slices.Max(slices.Collect(maps.Keys(starts)))
		}
		inColumn := func(tag int) (first, second bool) {
			for _, it := range page.Items {
				if g, ok := it.(*Glyphs); ok {
					for up := g.Tag; up >= tag; up = page.Tags[up].Parent {
						if up == tag {
							first, second = first || g.At.X < edge, second || g.At.X >= edge
						}
					}
				}
			}
			return first, second
		}
		columns, column := [2]bool{}, 0 // column is where the section began
		for i, tag := range page.Tags {
			if tag.Role != H2 && tag.Role != LI && tag.Role != P ||
				i > 0 && tag.Parent == 0 && tag.Role == P && !columns[0] && !columns[1] {
				continue
			}
			first, second := inColumn(i)
			here := 0
			if second {
				here = 1
			}
			switch {
			case first && second:
				t.Errorf("seed %d: tag %d is in both columns", seed, i)
			case tag.Role == H2:
				column = here
				columns[here] = true
			case here != column:
				t.Errorf("seed %d: tag %d (%v) is not in the column of its heading", seed, i, tag.Role)
			}
		}
		if columns[0] && columns[1] {
			both++
		}
	}
	if both < 20 {
		t.Errorf("only %d pages have two columns: this proves nothing", both)
	}
}
