package figure

import (
	"flag"
	"image"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"handout/content/picture"
)

var (
	sheet      = flag.String("sheet", "", "write the library as a contact sheet to this PNG file")
	sheetStyle = flag.String("sheet-style", "tone", "tone, long, grey, copy or bw")
	sheetOnly  = flag.String("sheet-only", "", "figures to show, with commas")
	sheetDPI   = flag.Int("sheet-dpi", 110, "dots an inch")
	sheetCols  = flag.Int("sheet-cols", 4, "figures in a row")
	sheetSkin  = flag.Int("sheet-skin", 0, "skin tone")
	sheetBrand = flag.Uint("sheet-brand", 0x17677a, "the clinic's colour, as 0xRRGGBB")
	sheetDir   = flag.String("sheet-dir", library, "where the poses are")
)

// TestSheet draws what an author wants to judge by eye: each figure as wide as
// on a card, 35 mm, row by row in the order of the names.
func TestSheet(t *testing.T) {
	if *sheet == "" {
		t.Skip("no -sheet FILE given")
	}
	all := posesIn(t, *sheetDir)
	names := slices.Sorted(maps.Keys(all))
	if *sheetOnly != "" {
		names = strings.Split(*sheetOnly, ",")
	}
	k := float64(*sheetDPI) / 25.4
	const cell, width, height = 38.0, 35.0, 32.0
	rows := (len(names) + *sheetCols - 1) / *sheetCols
	img := image.NewRGBA(image.Rect(0, 0, int(float64(*sheetCols)*cell*k), int(float64(rows)*(height+2)*k)))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	pal := Tone(picture.RGB(uint32(*sheetBrand)), picture.RGB(0xe0a030), Skin(*sheetSkin))
	switch *sheetStyle {
	case "bw":
		pal = BW()
	case "long":
		pal = pal.LongHair()
	}
	for i, n := range names {
		if all[n] == nil {
			t.Fatalf("no pose %q", n)
		}
		f, found := Draw(all[n])
		for _, e := range found {
			t.Logf("%v", e)
		}
		s := min(width/f.W, height/f.H)
		x, y := float64(i%*sheetCols)*cell+(cell-f.W*s)/2, float64(i / *sheetCols)*(height+2)+1+height-f.H*s
		f.Ink(pal).Paint(img, picture.Point{X: x * k, Y: y * k}, picture.Point{X: s * k, Y: s * k})
		t.Logf("%d: %s %.0f x %.0f mm, floor %.1f, %d bytes", i, n, f.W, f.H, f.Floor, len(f.Encode()))
	}
	if *sheetStyle == "grey" || *sheetStyle == "copy" {
		copied(img, *sheetStyle == "copy")
	}
	out, err := os.Create(*sheet)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := png.Encode(out, img); err != nil {
		t.Fatal(err)
	}
}

// copied makes the picture grey; harsh is what a worn photocopier does to it: a
// light blur, then a threshold through a coarse screen.
func copied(img *image.RGBA, harsh bool) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	grey := make([]float64, w*h)
	for i := range grey {
		p := img.Pix[4*i:]
		grey[i] = .299*float64(p[0]) + .587*float64(p[1]) + .114*float64(p[2])
	}
	screen := [16]float64{0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5}
	for y := range h {
		for x := range w {
			g := grey[y*w+x]
			if harsh {
				sum, n := 0.0, 0.0
				for j := max(0, y-1); j <= min(h-1, y+1); j++ {
					for i := max(0, x-1); i <= min(w-1, x+1); i++ {
						sum, n = sum+grey[j*w+i], n+1
					}
				}
				g = (g + sum/n) / 2
				if g = (g-40)*1.25 + 10; g > 12+15*screen[y%4*4+x%4] {
					g = 255
				} else {
					g = 0
				}
			}
			p := img.Pix[4*(y*w+x):]
			p[0], p[1], p[2] = uint8(g), uint8(g), uint8(g)
		}
	}
}
