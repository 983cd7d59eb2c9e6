package layout

import (
	"testing"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

// One alarm a page: a clinic whose colour is near that of the alarm has it in its band and
// rules, and its words in ink. Other tints are the clinic's own.
func TestOneAlarm(t *testing.T) {
	lib, setter := content.Open(), NewSetter(fonts.Default())
	h, err := lib.Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	for main, near := range map[picture.Color]bool{
		picture.RGB(0xd0021b): true, picture.RGB(0x8b1a1a): true, picture.RGB(0xb83a10): true,
		picture.RGB(0xc2185b): true, picture.RGB(0x0f4c5c): false, picture.RGB(0x3a2a2a): false,
		picture.RGB(0x6a1b9a): false, picture.RGB(0x7a5c00): false,
	} {
		brand := *content.Neutral()
		brand.Main = main
		tints := map[string]picture.Color{}
		for _, look := range []string{"article", "rows", "pictures"} {
			p, err := lib.Personalise(h, &brand, content.Visit{Patient: "Ana Ruiz", Chosen: true,
				Stretches: h.Default[:2]})
			if err != nil {
				t.Fatal(err)
			}
			page, _, err := setter.Fit(p, Sheet{Brand: &brand, Paper: A4, Look: look})
			if err != nil {
				t.Fatal(err)
			}
			words, band := 0, false
			for _, it := range page.Items {
				switch it := it.(type) {
				case *Glyphs:
					if it.Color == main {
						words++
					}
				case *Shape:
					if it.Fill != nil && *it.Fill == main {
						band = true
					}
					if b := bounds(it.Path); it.Fill != nil && b.W > page.Size.W*4/5 && b.H > 30*Point &&
						*it.Fill != picture.RGB(0xfdf1f0) {
						tints[look] = *it.Fill
					}
				}
			}
			if near == (words > 0) || !band {
				t.Errorf("%s in %s: %d runs of words in the clinic's colour, band %v", look, main.Hex(), words, band)
			}
			if c := tints[look]; c.R == 0 || near != (c == picture.RGB(0xe3ebed)) {
				t.Errorf("%s in %s: the strip is on %s", look, main.Hex(), c.Hex())
			}
		}
	}
}
