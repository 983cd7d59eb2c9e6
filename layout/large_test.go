package layout

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"handout/content"
	"handout/fonts"
)

// Each shipped handout stands large on one page, in both languages, in every look, on either
// paper, for whoever has the longest name, with two of its stretches and whole steps. With one
// its pictures have what they are to have.
func TestLarge(t *testing.T) {
	lib, setter := content.Open(), NewSetter(fonts.Default())
	brand, err := content.ReadBrand(os.DirFS("../docs/harbour-lane"), "clinic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	plain := content.Neutral()
	next := map[string]string{"en": "Tuesday, December 1, 10:30", "es": "martes 1 de diciembre, 10:30"}
	var made []string
	i := 0
	for _, l := range lines(t, "testdata/shipped.txt") {
		id, others, _ := strings.Cut(l, " ")
		for _, lang := range []string{"en", "es"} {
			h, err := lib.HandoutIn(id, lang)
			if err != nil {
				t.Fatal(err)
			}
			stretches := h.Default
			if len(stretches) < 2 {
				if stretches, err = content.ParseChoices(others); err != nil {
					t.Fatal(err)
				}
			}
			for _, name := range []string{"", "Maria Kowalski", "Guadalupe Montserrat Fernández-Villanueva de los Santos"} {
				for n := range 3 {
					for _, brand := range []*content.Brand{brand, plain} {
						visit := content.Visit{Patient: name, Chosen: true, Stretches: stretches[:n], Next: next[lang]}
						p, err := lib.Personalise(h, brand, visit)
						if err != nil {
							t.Fatal(err)
						}
						for _, sheet := range everySheet(brand) {
							if sheet.Edition != Large || sheet != suited(p, sheet) {
								continue
							}
							if i++; testing.Short() && i%11 != 0 {
								continue
							}
							called := fmt.Sprintf("%s %s %s %s, %d stretches for %q", id, lang, sheet.Look, sheet.Paper.Name,
								n, name)
							made = append(made, called)
							wellLarge(t, setter, p, sheet, called)
						}
					}
				}
			}
		}
	}
	if len(made) < 100 {
		t.Errorf("%d pages prove nothing", len(made))
	}
}

// wellLarge sets a page in large print and looks for what is wrong with it.
func wellLarge(t *testing.T, setter *Setter, p *content.Page, sheet Sheet, called string) {
	t.Helper()
	page, fitting, err := setter.Fit(p, sheet)
	if err != nil {
		t.Errorf("%s: %v", called, err)
		return
	}
	for _, f := range faults(page, 0) {
		t.Errorf("%s: %s", called, f)
	}
	if fitting.Body < LargePrint {
		t.Errorf("%s: set in %v", called, fitting.Body)
	}
	for _, c := range fitting.Concessions {
		if c.Kind == StepsShort {
			t.Errorf("%s: the steps are cut", called)
		}
	}
	for _, it := range page.Items {
		if g, ok := it.(*Glyphs); ok && g.Size < LargePrint*88/100 && g.Size != 14*Point {
			t.Errorf("%s: %q in %v", called, g.Glyphs[0].Text, g.Size)
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
