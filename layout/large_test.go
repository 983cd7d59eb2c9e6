package layout

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"handout/content"
	"handout/fonts"
)

// Each shipped handout stands large on one page, in every look, on either paper, with one of its
// stretches; with more there is a page, or what to do is said.
func TestLarge(t *testing.T) {
	lib := content.Open()
	setter := NewSetter(fonts.Default())
	brand := content.Neutral()
	brand.Name, brand.Phones, brand.Booking = "Harbour Lane Massage", []string{"555 0142"},
		"https://harbourlane.example/book"
	brand.Address, brand.Therapist = []string{"12 Harbour Lane", "Springfield"}, "Robin Hale"
	for _, name := range []string{"sciatica", "neck-and-desk", "after-massage"} {
		h, err := lib.Handout(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, look := range Looks() {
			for _, paper := range []Paper{Letter, A4} {
				for n := range len(h.Default) + 1 {
					sheet := Sheet{Brand: brand, Paper: paper, Look: look.ID, Edition: Large, MinType: 12 * Point}
					p, err := lib.Personalise(h, brand,
						content.Visit{Patient: "Zoë Nuñez-O'Brien", Chosen: true, Stretches: h.Default[:n]})
					if err != nil {
						t.Fatal(err)
					}
					if sheet != suited(p, sheet) {
						continue
					}
					page, fitting, err := setter.Fit(p, sheet)
					var over *OverflowError
					if errors.As(err, &over) && n > 1 {
						if over.Advice.Kind == CutText && n == 2 {
							t.Errorf("%s %s %s, %d stretches: %v", name, look.ID, paper.Name, n, over.Advice)
						}
						continue
					}
					if err != nil {
						t.Errorf("%s %s %s, %d stretches: %v", name, look.ID, paper.Name, n, err)
						continue
					}
					for _, f := range faults(page, 0) {
						t.Errorf("%s %s %s, %d stretches: %s", name, look.ID, paper.Name, n, f)
					}
					if fitting.Body < LargePrint {
						t.Errorf("%s %s %s, %d stretches: set in %v", name, look.ID, paper.Name, n, fitting.Body)
					}
					for _, it := range page.Items {
						g, ok := it.(*Glyphs)
						if ok && (g.Size < 12*Point ||
							g.Size < fitting.Body*88/100 && g.Size != 12*Point && g.Size != 14*Point) {
							t.Errorf("%s %s %s, %d stretches: %q in %v", name, look.ID, paper.Name, n,
								g.Glyphs[0].Text, g.Size)
						}
					}
				}
			}
		}
	}
}

// What belongs to one edition stands in no other.
func TestEditionsHaveTheirOwnWords(t *testing.T) {
	lib := content.Open()
	h, err := content.ReadHandout(fstest.MapFS{"x.md": {
		Data: []byte("---\ntitle: T\n---\nBoth.\n\nLong.\n{.standard}\n\nShort.\n{.large}\n\n## Much " +
			"{.standard}\n\nMore.\n\n## Little {.large}\n\nLess.\n")}}, "x.md")
	if err != nil {
		t.Fatal(err)
	}
	for edition, want := range map[string]string{Standard: "Both. Long. Prepared for Much More.",
		BW:    "Both. Long. Prepared for Much More.",
		Large: "Both. Short. Little Less."} {
		p, err := lib.Personalise(h, content.Neutral(), content.Visit{})
		if err != nil {
			t.Fatal(err)
		}
		page, _, err := NewSetter(fonts.Default()).Fit(p, Sheet{Brand: content.Neutral(), Paper: A4, Edition: edition})
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, it := range page.Items {
			if g, ok := it.(*Glyphs); ok && g.Tag != Artifact && (page.Tags[g.Tag].Role == P ||
				page.Tags[g.Tag].Role == H2) {
				s := ""
				for _, x := range g.Glyphs {
					s += x.Text
				}
				words = append(words, strings.TrimSpace(s))
			}
		}
		if s := strings.Join(words, " "); !strings.Contains(s, want) {
			t.Errorf("edition %q: %s, want %s", edition, s, want)
		}
	}
}
