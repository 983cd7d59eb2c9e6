package main

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"

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
	case "png-heavy": // 30 MB
		ts.Check(png.Encode(&b, gradient(120, 40)))
		b.Write(make([]byte, 30<<20))
	default:
		ts.Fatalf("unknown kind of picture %q", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o644))
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
