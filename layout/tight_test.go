package layout

import (
	"strings"
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
)

// A tight page of four rows, for one whose name is long: its boxes to tick stand 0.7 mm clear of the dose
// below, each tier of signs begins a line at one edge, the last line of the band has as much room below as the
// first has above, and who the page is for, when it was given and the next visit take a line each at most.
func TestTightPage(t *testing.T) {
	lib, setter, tiers := content.Open(), NewSetter(fonts.Default()), 0
	plain := strings.NewReplacer("\u00a0", " ")
	for _, lang := range []string{"en", "es"} {
		for _, name := range []string{"sciatica", "neck-and-desk", "tension-headache"} {
			h, err := lib.HandoutIn(name, lang)
			if err != nil {
				t.Fatal(err)
			}
			choices := choicesOf(t, "knee-to-chest,trunk-rotation,cat-cow,neck-turn")
			p, err := lib.Personalise(h, harbourLane(), content.Visit{Patient: "María-Fernanda Villanueva-Echeverría",
				Next: "Wednesday 23 December, 10:30", Date: time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC),
				Chosen: true, Stretches: choices})
			if err != nil {
				t.Fatal(err)
			}
			for _, edition := range []string{Standard, BW} {
				for _, paper := range []Paper{Letter, A4} {
					sheet := Sheet{Brand: harbourLane(), Paper: paper, Look: "rows", Edition: edition}
					page, _, err := setter.Fit(p, sheet)
					if err != nil {
						t.Fatal(name, lang, edition, paper.Name, err)
					}
					at := strings.Join([]string{name, lang, edition, paper.Name}, " ")
					if least := page.underBoxes(themeOf(harbourLane(), edition == BW)); least < MM(0.7)-Point/20 {
						t.Errorf("%s: boxes to tick stand %v above a dose", at, least)
					}
					name := page.runsOf("Villanueva")[0].At
					for _, it := range page.Items {
						if s, ok := it.(*Shape); ok {
							if r := bounds(s.Path); r.Y < name.Y && r.Y+r.H > name.Y && r.W > MM(150) && r.H > 52*Point {
								t.Errorf("%s: the strip is %v high", at, r.H)
							}
						}
					}
					band := page.alarmed(edition == BW)[0]
					first, last, edges := band.Y+band.H, band.Y, map[Length]bool{}
					for _, it := range page.Items {
						g, ok := it.(*Glyphs)
						if !ok || g.At.Y < band.Y || g.At.Y > band.Y+band.H {
							continue
						}
						first, last = min(first, g.At.Y-g.Size*7/10), max(last, g.At.Y)
					}
					if above, below := first-band.Y, band.Y+band.H-last; below < above+Point {
						t.Errorf("%s: %v above the first line of the band, %v below the last", at, above, below)
					}
					for _, tier := range map[string][]string{"en": {"See a doctor today", "See a doctor soon"},
						"es": {"Vaya al médico hoy", "Vaya al médico pronto"}}[lang] {
						runs := page.runsOf(tier)
						if len(runs) == 0 {
							continue
						}
						tiers++
						edges[runs[0].At.X] = true
						if words := page.words(runs[0].Tag); !strings.HasPrefix(plain.Replace(words), tier) {
							t.Errorf("%s: %q stands within %.40q", at, tier, words)
						}
					}
					if len(edges) > 1 {
						t.Errorf("%s: tiers begin at %v", at, edges)
					}
				}
			}
		}
	}
	if tiers < 40 {
		t.Errorf("%d tiers: this proves nothing", tiers)
	}
}

// underBoxes is the least room between boxes to tick and what is below them on a tint or in a frame.
func (p *Page) underBoxes(th *theme) Length {
	var boxes, doses []Rect
	for _, it := range p.Items {
		s, ok := it.(*Shape)
		if !ok {
			continue
		}
		r := bounds(s.Path)
		r = Rect{r.X - s.Width/2, r.Y - s.Width/2, r.W + s.Width, r.H + s.Width}
		switch {
		case s.Stroke != nil && s.Fill == nil && r.W == r.H && r.W > MM(6) && r.W < MM(8):
			boxes = append(boxes, r)
		case r.H > MM(4) && r.H < MM(8) && r.W > MM(100) && (s.Stroke != nil || s.Fill != nil && *s.Fill == th.tint):
			doses = append(doses, r)
		}
	}
	least := MM(100)
	for _, b := range boxes {
		for _, d := range doses {
			if d.Y > b.Y {
				least = min(least, d.Y-b.Y-b.H)
			}
		}
	}
	return least
}

// In a tight row steps stand in their author's fewer words only where that saves a line.
func TestFewerWordsSaveLines(t *testing.T) {
	setter, fewer, full := NewSetter(fonts.Default()), 0, 0
	for _, s := range shippedPages(t, harbourLane()) {
		if s.Look != "rows" || s.Edition != Standard || s.stretches < 4 {
			continue
		}
		c, err := setter.read(s.Page, s.Sheet)
		if err != nil {
			t.Fatal(err)
		}
		comp := setter.compositor(c.design.rung(clearPrint, 0).tightened(), c.theme, c.theme.text)
		for _, sec := range c.sections {
			for _, k := range sec.cards {
				if k.fewer == nil {
					continue
				}
				width := MM(140)
				for i, it := range k.saving(comp, width).items {
					room := width - comp.indent(k.steps)
					saves := comp.nodes(k.fewer.items[i], room).height() < comp.nodes(k.steps.items[i], room).height()
					if chosen := &it[0] == &k.fewer.items[i][0]; chosen != saves && &k.steps.items[i][0] != &it[0] {
						t.Errorf("%s: step %d of %q", s.called(s.Sheet), i+1, k.title.spans)
					} else if saves {
						fewer++
					} else {
						full++
					}
				}
			}
		}
	}
	if fewer < 5 || full < 20 {
		t.Errorf("%d steps in fewer words, %d in full: this proves nothing", fewer, full)
	}
}

// Without stretches the code to book is on a page in either language.
func TestCodeWithoutStretches(t *testing.T) {
	setter := NewSetter(fonts.Default())
	for _, s := range shippedPages(t, harbourLane()) {
		if s.Look != "article" || s.Edition != Standard || s.stretches > 0 {
			continue
		}
		page, _, err := setter.Fit(s.Page, s.Sheet)
		if err != nil {
			t.Fatal(err)
		}
		coded := false
		for _, tag := range page.Tags {
			coded = coded || tag.Part.Kind == InBooking
		}
		if !coded {
			t.Errorf("%s.%s: no code to book", s.called(s.Sheet), s.Lang)
		}
	}
}

func choicesOf(t *testing.T, list string) []content.Choice {
	t.Helper()
	choices, err := content.ParseChoices(list)
	if err != nil {
		t.Fatal(err)
	}
	return choices
}
