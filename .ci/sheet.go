// Command sheet puts pages side by side on one sheet, and tells which of them have
// changed since the sheet that is kept.
//
//	go run .ci/sheet.go KEPT.png NEW.png COLUMNS PAGE.png...
//
// It writes NEW.png from the pages, as many in a row as COLUMNS says, and compares it
// with KEPT.png. Exit 1: a page has changed, or there is no such sheet.
//
// Programs differ in how they draw the edge of a letter, and agree in how much ink
// there is: so what is compared is the mean ink of tiles of 16 pixels, a line and
// a half of text. A line that moved changes many of them.
package main

import (
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	gap  = 12 // pixels between pages
	tile = 16

	// A tile is another if its ink differs by more than this share of black, and a page
	// if more than so many of a thousand of its tiles are. The same pages drawn by mupdf
	// and by cairo differ from poppler's in 7 at most, and those with one line more in 46
	// at least.
	inkDiffers   = 0.05
	tilesAllowed = 20
)

func main() {
	if len(os.Args) < 5 {
		fmt.Fprintln(os.Stderr, "usage: go run .ci/sheet.go KEPT.png NEW.png COLUMNS PAGE.png...")
		os.Exit(2)
	}
	changed, err := run(os.Args[1], os.Args[2], os.Args[3], os.Args[4:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "sheet:", err)
	}
	if err != nil || changed {
		os.Exit(1)
	}
}

func run(kept, made, columns string, files []string) (changed bool, err error) {
	per, err := strconv.Atoi(columns)
	if err != nil || per < 1 {
		return false, fmt.Errorf("%q is no number of columns", columns)
	}
	var pages []image.Image
	for _, f := range files {
		page, err := read(f)
		if err != nil {
			return false, err
		}
		pages = append(pages, page)
	}
	cells := grid(pages, per)
	sheet := image.NewRGBA(image.Rectangle{Max: cells[len(cells)-1].Max.Add(image.Pt(gap, gap))})
	for _, c := range cells {
		sheet.Rect.Max.X = max(sheet.Rect.Max.X, c.Max.X+gap)
	}
	sheet = image.NewRGBA(sheet.Rect)
	draw.Draw(sheet, sheet.Rect, image.NewUniform(color.Gray{0xb8}), image.Point{}, draw.Src)
	for i, c := range cells {
		draw.Draw(sheet, c, pages[i], pages[i].Bounds().Min, draw.Src)
	}
	if err := write(made, coloured(sheet)); err != nil {
		return false, err
	}
	old, err := read(kept)
	if err != nil {
		return false, err
	}
	if old.Bounds() != sheet.Bounds() {
		return false, fmt.Errorf("%s is of another size", kept)
	}
	for i, c := range cells {
		all, other := 0, 0
		for y := c.Min.Y; y+tile <= c.Max.Y; y += tile {
			for x := c.Min.X; x+tile <= c.Max.X; x += tile {
				box := image.Rect(x, y, x+tile, y+tile)
				all++
				if d := ink(old, box) - ink(sheet, box); d > inkDiffers || d < -inkDiffers {
					other++
				}
			}
		}
		name := strings.TrimSuffix(filepath.Base(files[i]), ".png")
		fmt.Printf("%-24s %d of 1000 tiles differ\n", name, other*1000/all)
		if other*1000/all > tilesAllowed {
			fmt.Printf("%s has changed\n", name)
			changed = true
		}
	}
	return changed, nil
}

// grid is where the pages stand.
func grid(pages []image.Image, per int) (cells []image.Rectangle) {
	at, tallest := image.Pt(gap, gap), 0
	for i, p := range pages {
		if i > 0 && i%per == 0 {
			at, tallest = image.Pt(gap, at.Y+tallest+gap), 0
		}
		cells = append(cells, image.Rectangle{Min: at, Max: at.Add(p.Bounds().Size())})
		at.X += p.Bounds().Dx() + gap
		tallest = max(tallest, p.Bounds().Dy())
	}
	return cells
}

// ink is how dark a box is, from 0 for white to 1 for black.
func ink(img image.Image, box image.Rectangle) float64 {
	var sum float64
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			sum += float64(0xff-color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y) / 0xff
		}
	}
	return sum / float64(box.Dx()*box.Dy())
}

// coloured is a picture in the 256 colours it has most of, to keep its file small.
func coloured(img *image.RGBA) *image.Paletted {
	count := map[color.RGBA]int{}
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			count[rough(img.RGBAAt(x, y))]++
		}
	}
	var colours []color.RGBA
	for c := range count {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		return cmp.Or(count[b]-count[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	palette := color.Palette{}
	for _, c := range colours[:min(256, len(colours))] {
		palette = append(palette, c)
	}
	out := image.NewPaletted(img.Rect, palette)
	index := map[color.RGBA]uint8{}
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			c := rough(img.RGBAAt(x, y))
			i, ok := index[c]
			if !ok {
				i = uint8(palette.Index(c))
				index[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	return out
}

// rough is a colour of sixteen steps, with white and black among them.
func rough(c color.RGBA) color.RGBA {
	r := func(v uint8) uint8 { return uint8((int(v)*15+127)/255) * 17 }
	return color.RGBA{r(c.R), r(c.G), r(c.B), 0xff}
}

func read(file string) (image.Image, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return png.Decode(f)
}

func write(file string, img image.Image) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(f, img); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
