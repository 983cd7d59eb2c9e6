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
	h := handout(t, lib, "sciatica")
	red := themeOf(content.Neutral(), false).alarm
	for main, near := range map[picture.Color]bool{
		picture.RGB(0xd0021b): true, picture.RGB(0x8b1a1a): true, picture.RGB(0xb83a10): true,
		picture.RGB(0xc2185b): true, picture.RGB(0x0f4c5c): false, picture.RGB(0x3a2a2a): false,
		picture.RGB(0x6a1b9a): false, picture.RGB(0x7a5c00): false,
		picture.RGB(0xffd400): false, picture.RGB(0xfff3a0): false, picture.RGB(0xb8e986): false, // too pale for words
	} {
		pale := !picture.Legible(main, picture.White, 4.5)
		brand := *content.Neutral()
		brand.Main = main
		tints := map[string]picture.Color{}
		for _, look := range []string{"article", "rows", "pictures"} {
			p := personal(t, lib, h, &brand, content.Visit{Patient: "Ana Ruiz", Chosen: true,
				Stretches: h.Default[:2]})
			page, _ := fitted(t, setter, p, Sheet{Brand: &brand, Paper: A4, Look: look})
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
					if b := bounds(it.Path); it.Fill != nil && b.W > page.Size.W*4/5 && b.H > 20*Point &&
						*it.Fill != picture.RGB(0xfdf1f0) {
						tints[look] = *it.Fill
					}
				}
			}
			if (near || pale) == (words > 0) || !band {
				t.Errorf("%s in %s: %d runs of words in the clinic's colour, band %v", look, main.Hex(), words, band)
			}
			c := tints[look]
			if c.R == 0 || near != (c == picture.RGB(0xe3ebed)) || pale && c != main {
				t.Errorf("%s in %s: the strip is on %s", look, main.Hex(), c.Hex())
			}
			for _, it := range page.Items {
				// A pale ground has nothing on it that cannot be read.
				if g, ok := it.(*Glyphs); ok && pale && picture.Contrast(g.Color, main) < 4.5 &&
					g.Color != red && g.Color != brand.Accent {
					t.Errorf("%s in %s: words in %s", look, main.Hex(), g.Color.Hex())
				}
			}
		}
	}
}
