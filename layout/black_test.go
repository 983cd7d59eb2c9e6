package layout

import (
	"os"
	"testing"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

// A page for a copier has no colour: the clinic's logo and an author's pictures are in
// greys.
func TestBlackHasNoColour(t *testing.T) {
	brand := clinic(t)
	coloured := func(c *picture.Color) bool { return c != nil && (c.R != c.G || c.G != c.B) }
	for _, name := range []string{"pictures", "ten"} {
		lib := content.Open(os.DirFS("testdata/fixtures"))
		h := handout(t, lib, name)
		p := personal(t, lib, h, brand, content.Visit{Patient: "Zoë"})
		setter := NewSetter(fonts.Default())
		for _, sheet := range everySheet(brand) {
			if sheet.Edition == Large {
				continue
			}
			page, _, err := setter.Fit(p, sheet)
			if err != nil {
				continue // too long for this look
			}
			colours, pictures := 0, 0
			for _, it := range page.Items {
				switch it := it.(type) {
				case *Glyphs:
					if coloured(&it.Color) {
						colours++
					}
				case *Shape:
					if coloured(it.Fill) || coloured(it.Stroke) {
						colours++
					}
				case *Image:
					pictures++
					if b := it.Picture.Bitmap; b != nil && !b.Gray {
						colours++
					}
					if d := it.Picture.Drawing; d != nil {
						for i := range d.Paths {
							if coloured(&d.Paths[i].Fill) {
								colours++
							}
						}
					}
				}
			}
			if black := sheet.Edition == BW; black != (colours == 0) || pictures == 0 {
				t.Errorf("%s in %s %s: %d colours in %d pictures", name, sheet.Look, sheet.Edition, colours, pictures)
			}
		}
	}
}
