// Command svg judges the SVG of pages beside their PDF.
//
//	go run ./.ci/svg PAGE.svg...
//
// Of each page librsvg draws the SVG, mupdf and poppler the PDF of the same name. Two
// programs never draw the edge of a letter alike; so what is asked is that librsvg's
// picture is nearer to mupdf's than poppler's is (RMSE over all channels, of 255), and
// that no tile has more ink or less. Exit 1: a page fails, and is named; 2: it could not
// be drawn.
package main

import (
	"errors"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

const (
	dpi  = 96
	tile = 16 // pixels

	// A tile differs by 10 at most where nothing is missing, and by 25 at least where a
	// line of words has moved by 3 points.
	inkMost = 16
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./.ci/svg PAGE.svg...")
		os.Exit(2)
	}
	dir, err := os.MkdirTemp("", "")
	if err == nil {
		defer os.RemoveAll(dir)
		err = judge(dir, os.Args[1:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "svg:", err)
		os.RemoveAll(dir)
		if errors.Is(err, errFar) {
			os.Exit(1)
		}
		os.Exit(2)
	}
}

var errFar = errors.New("a picture is not the page")

// judge compares all pages, as many at a time as there are processors, and says of how far
// the furthest is.
func judge(dir string, files []string) error {
	pages, turn := make([]verdict, len(files)), make(chan struct{}, runtime.NumCPU())
	var wg sync.WaitGroup
	for i, file := range files {
		wg.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			pages[i] = compare(filepath.Join(dir, strconv.Itoa(i)), file)
		})
	}
	wg.Wait()
	var far []error
	worst := 0
	for i, p := range pages {
		if p.err != nil && !errors.Is(p.err, errFar) {
			return fmt.Errorf("%s: %w", files[i], p.err)
		}
		far = append(far, p.err)
		if p.share > pages[worst].share {
			worst = i
		}
	}
	fmt.Printf("%d pages; the furthest, %s, is %.2f of poppler's distance away\n", len(files),
		filepath.Base(files[worst]), pages[worst].share)
	return errors.Join(far...)
}

// verdict is how far a page is away, as a share of poppler's distance, and what is wrong with it.
type verdict struct {
	share float64
	err   error
}

func compare(at, file string) verdict {
	mupdf, rsvg, poppler, err := drawn(at, file)
	if err != nil {
		return verdict{err: err}
	}
	var far []error
	ours, theirs := rmse(rsvg, mupdf), rmse(poppler, mupdf)
	if ours >= theirs {
		far = append(far, fmt.Errorf("%w: %s is %.2f away, poppler's of the PDF %.2f", errFar, file, ours, theirs))
	}
	if most, x, y := ink(rsvg, mupdf); most > inkMost {
		far = append(far, fmt.Errorf("%w: %s has %.0f more or less ink at pixel %d, %d", errFar, file, most, x, y))
	}
	return verdict{ours / theirs, errors.Join(far...)}
}

// drawn are the three pictures of a page.
func drawn(at, file string) (mupdf, rsvg, poppler *image.NRGBA, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, nil, err
	}
	if text, err = wholePixels(text); err != nil {
		return nil, nil, nil, err
	}
	if err := os.WriteFile(at+".svg", text, 0o600); err != nil {
		return nil, nil, nil, err
	}
	pdf := strings.TrimSuffix(file, ".svg") + ".pdf"
	commands := [][]string{
		{"mutool", "draw", "-q", "-r", strconv.Itoa(dpi), "-o", at + "-mupdf.png", pdf, "1"},
		{"rsvg-convert", "-b", "white", "-o", at + "-rsvg.png", at + ".svg"},
		{"pdftoppm", "-q", "-r", strconv.Itoa(dpi), "-png", "-singlefile", pdf, at + "-poppler"},
	}
	pictures := make([]*image.NRGBA, len(commands))
	errs := make([]error, len(commands))
	var wg sync.WaitGroup
	for i, c := range commands {
		wg.Go(func() {
			if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
				errs[i] = fmt.Errorf("%s: %w: %s", c[0], err, out)
				return
			}
			pictures[i], errs[i] = open(at + []string{"-mupdf", "-rsvg", "-poppler"}[i] + ".png")
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, nil, nil, err
	}
	w, h := pictures[0].Rect.Dx(), pictures[0].Rect.Dy()
	for _, p := range pictures {
		if p.Rect.Dx() != w || p.Rect.Dy() != h {
			return nil, nil, nil, fmt.Errorf("pictures of %v and of %v", pictures[0].Rect.Max, p.Rect.Max)
		}
	}
	return pictures[0], pictures[1], pictures[2], nil
}

var size = regexp.MustCompile(`width="([0-9.]+)pt" height="([0-9.]+)pt" viewBox="[^"]*"`)

// wholePixels widens a picture to whole pixels, as the others do: librsvg stretches it.
func wholePixels(svg []byte) ([]byte, error) {
	at := size.FindSubmatchIndex(svg)
	if at == nil {
		return nil, errors.New("the page has no size in points")
	}
	var side [2]float64
	for i := range side {
		points, err := strconv.ParseFloat(string(svg[at[2+2*i]:at[3+2*i]]), 64)
		if err != nil {
			return nil, err
		}
		side[i] = math.Ceil(points*dpi/72 - .01)
	}
	head := fmt.Sprintf(`width="%gpx" height="%gpx" viewBox="0 0 %g %g"`, side[0], side[1],
		side[0]*72/dpi, side[1]*72/dpi)
	return append(append(append([]byte{}, svg[:at[0]]...), head...), svg[at[1]:]...), nil
}

func open(name string) (*image.NRGBA, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	m, err := png.Decode(file)
	if err != nil {
		return nil, err
	}
	flat := image.NewNRGBA(m.Bounds())
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			flat.Set(x, y, m.At(x, y))
		}
	}
	return flat, nil
}

// ink is how much of a colour a tile of two pictures differs by at most, of 255, and
// where that tile is.
func ink(a, b *image.NRGBA) (most float64, atX, atY int) {
	for top := 0; top+tile <= a.Rect.Dy(); top += tile {
		for left := 0; left+tile <= a.Rect.Dx(); left += tile {
			var sum [3]int
			for y := top; y < top+tile; y++ {
				for x := left; x < left+tile; x++ {
					for i := range sum {
						sum[i] += int(a.Pix[a.PixOffset(x, y)+i]) - int(b.Pix[b.PixOffset(x, y)+i])
					}
				}
			}
			for _, d := range sum {
				if share := math.Abs(float64(d)) / (tile * tile); share > most {
					most, atX, atY = share, left, top
				}
			}
		}
	}
	return most, atX, atY
}

// rmse is how far two pictures of one size are from one another.
func rmse(a, b *image.NRGBA) float64 {
	sum, n := 0, 0
	for i := range a.Pix {
		if i%4 < 3 {
			d := int(a.Pix[i]) - int(b.Pix[i])
			sum, n = sum+d*d, n+1
		}
	}
	return math.Sqrt(float64(sum) / float64(n))
}
