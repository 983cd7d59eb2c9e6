package layout

import (
	"testing"

	"handout/content"
	"handout/fonts"
)

// onePage sets a handout's source in the plainest way.
func onePage(t *testing.T, source string, sheet Sheet) (*Page, *Fitting) {
	t.Helper()
	h := markdown(t, source)
	sheet.Brand = content.Neutral()
	p := personal(t, content.Open(), h, sheet.Brand, content.Visit{})
	page, fitting := fitted(t, NewSetter(fonts.Default()), p, suited(p, sheet))
	return page, fitting
}

// A paragraph across the page has lines of some 70 characters, even where it would go
// on one line. The measure is in ems, and a line of narrow letters holds a few more.
func TestMeasure(t *testing.T) {
	const source = "---\ntitle: T\nstretches: [cat-cow]\n---\nShort.\n\n## Your stretches\n\n```stretches\n```\n\n" +
		"Massage is one part of your care. Keep moving, and see a doctor if a few weeks bring no change.\n"
	for _, look := range Looks() {
		page, _ := onePage(t, source, Sheet{Paper: Letter, Look: look.ID})
		for _, m := range page.Facts().Measures {
			if m.Longest > LongestLine*11/10 {
				t.Errorf("%s: a line of %d characters: %q", look.ID, m.Longest, m.Text)
			}
		}
	}
}

// The corner of a table, and cells to be written in, may be empty.
func TestEmptyCells(t *testing.T) {
	const source = "---\ntitle: T\nstretches: [cat-cow]\n---\n|  | Morning | Evening |\n|--|--|--|\n| Monday | | |\n| Tuesday | Walked. | |\n" +
		"\n## Do\n\n```stretches\n```\n"
	for _, look := range Looks() {
		page, fitting := onePage(t, source, Sheet{Paper: Letter, Look: look.ID})
		for _, f := range faults(page, fitting.Body) {
			t.Errorf("%s: %s", look.ID, f)
		}
		cells := map[Role]int{}
		for _, tag := range page.Tags {
			cells[tag.Role]++
		}
		if cells[TR] != 3 || cells[TH] != 2 || cells[TD] != 7 {
			t.Errorf("%s: %d rows, %d headings and %d cells", look.ID, cells[TR], cells[TH], cells[TD])
		}
	}
}
