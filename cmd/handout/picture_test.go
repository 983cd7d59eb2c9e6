package main

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// makePicture writes a picture of some kind: picture KIND FILE
func makePicture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: picture KIND FILE")
	}
	var b bytes.Buffer
	switch args[0] {
	case "png":
		ts.Check(png.Encode(&b, gradient(120, 40)))
	case "png16":
		m := image.NewNRGBA64(image.Rect(0, 0, 120, 40))
		for i := range m.Pix {
			m.Pix[i] = uint8(i)
		}
		ts.Check(png.Encode(&b, m))
	case "jpeg":
		ts.Check(jpeg.Encode(&b, gradient(120, 40), nil))
	case "png-cut": // in the middle of its pixels
		ts.Check(png.Encode(&b, gradient(120, 40)))
		b.Truncate(b.Len() / 2)
	case "png-vast": // 20,000 by 20,000 pixels in a few bytes
		ts.Check(png.Encode(&b, gradient(1, 1)))
		head := b.Bytes()[12:29] // IHDR and its thirteen bytes
		binary.BigEndian.PutUint32(head[4:], 20000)
		binary.BigEndian.PutUint32(head[8:], 20000)
		binary.BigEndian.PutUint32(b.Bytes()[29:], crc32.ChecksumIEEE(head))
	case "png-heavy": // 40 MB
		ts.Check(png.Encode(&b, gradient(120, 40)))
		b.Write(make([]byte, 40<<20))
	default:
		ts.Fatalf("unknown kind of picture %q", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o644))
}

// isDrawn wants an SVG and a PNG of one picture, with so many pixels a millimetre
// and something to be seen on both: drawn SVG PNG PIXELS
func isDrawn(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: drawn SVG PNG PIXELS")
	}
	k, err := strconv.ParseFloat(args[2], 64)
	ts.Check(err)
	var size [2]float64
	areas := 0
	for d := xml.NewDecoder(strings.NewReader(ts.ReadFile(args[0]))); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		ts.Check(err)
		e, ok := token.(xml.StartElement)
		if ok && e.Name.Local == "path" {
			areas++
		}
		if ok && e.Name.Local == "svg" && size[0] == 0 { // the outermost
			for _, a := range e.Attr {
				if i := slices.Index([]string{"width", "height"}, a.Name.Local); i >= 0 {
					number, points := strings.CutSuffix(strings.TrimSuffix(a.Value, "mm"), "pt")
					size[i], err = strconv.ParseFloat(number, 64)
					ts.Check(err)
					if points { // which are rounded
						size[i] = size[i]*25.4/72 - .01
					}
				}
			}
		}
	}
	m, err := png.Decode(strings.NewReader(ts.ReadFile(args[1])))
	ts.Check(err)
	dark := 0
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			if r, _, _, _ := m.At(x, y).RGBA(); r < 0x8000 {
				dark++
			}
		}
	}
	if areas < 5 || dark < 50 {
		ts.Fatalf("%d areas in %s and %d dark pixels in %s", areas, args[0], dark, args[1])
	}
	if w, h := math.Ceil(size[0]*k), math.Ceil(size[1]*k); w < 10 || h < 10 || w != float64(m.Bounds().Dx()) || h != float64(m.Bounds().Dy()) {
		ts.Fatalf("%v mm in %s, %v in %s", size, args[0], m.Bounds(), args[1])
	}
}

// await waits until a text is in a file that another process writes: await FILE TEXT
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: await FILE TEXT")
	}
	for began := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		if data, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && bytes.Contains(data, []byte(args[1])) {
			return
		}
		if time.Since(began) > time.Minute {
			ts.Fatalf("%q never came into %s", args[1], args[0])
		}
	}
}

// sketches wants so many figures in the user's sketchbook, wherever the system has
// it: sketchbook N
func sketches(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sketchbook N")
	}
	n := 0
	ts.Check(filepath.WalkDir(ts.Getenv("WORK"), func(name string, d fs.DirEntry, err error) error {
		if filepath.Base(filepath.Dir(name)) == "figures" && filepath.Ext(name) == ".fig" {
			n++
		}
		return err
	}))
	if strconv.Itoa(n) != args[0] {
		ts.Fatalf("%d figures are kept, not %s", n, args[0])
	}
}

func gradient(w, h int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, color.NRGBA{uint8(x), uint8(y * 3), 120, 255})
		}
	}
	return m
}
