package output

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

// TestArchive finds the claim to PDF/A-2a, and what colours mean, in a page's file and in
// a file to print, and neither in a locked one. That the claim is true is for veraPDF.
func TestArchive(t *testing.T) {
	p := pages(t)["full"]
	locked, err := PDFLocked(p, made, Lock{Password: "a word to open it", Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	if opened, err := unlock(t, locked, "a word to open it"); err != nil || newJudge(t, opened).catalog.get("OutputIntents") != nil {
		t.Errorf("a locked file claims to be for archives (%v)", err)
	}
	var printed bytes.Buffer
	many, err := NewPrint(&printed, aboutPage(p, made))
	if err != nil {
		t.Fatal(err)
	}
	if err := many.Add(p); err != nil {
		t.Fatal(err)
	}
	if err := many.Close(); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"a page": write(t, p, "archive"), "a file to print": printed.Bytes()} {
		// Metadata are never compressed.
		for _, want := range []string{"<pdfaid:part>2</", "<pdfaid:conformance>A</", "<pdfuaid:part>1</", "<pdfaSchema:prefix>pdfuaid</"} {
			if !bytes.Contains(data, []byte(want)) {
				t.Errorf("%s: its metadata have no %s", name, want)
			}
		}
	}
	j := newJudge(t, write(t, p, "archive"))
	intent := j.file.dict(j.file.array(j.catalog.get("OutputIntents"))[0])
	stream, ok := j.file.resolve(intent.get("DestOutputProfile")).(*stream)
	if !ok || intent.get("S") != name("GTS_PDFA1") || stream.dict.get("N") != integer(3) || !bytes.Equal(unpack(t, j.file, stream), profile()) {
		t.Errorf("the output intent is %v", intent.entries)
	}
}

// TestProfile reads the colour profile as ICC.1:2004-10 has it, and mixes its colours:
// the three primaries at full make D50's white, and the curve is that of sRGB.
func TestProfile(t *testing.T) {
	p := profile()
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(p[at:])) }
	fixed := func(at int) float64 { return float64(int32(binary.BigEndian.Uint32(p[at:]))) / 65536 }
	if u32(0) != len(p) || len(p)%4 != 0 || string(p[12:24]) != "mntrRGB XYZ " || string(p[36:40]) != "acsp" || p[8] != 4 {
		t.Fatalf("the header is %x", p[:128])
	}
	tags := map[string]int{}
	for i := range u32(128) {
		at := 132 + 12*i
		begin, size := u32(at+4), u32(at+8)
		if begin%4 != 0 || begin < 132+12*u32(128) || begin+size > len(p) {
			t.Errorf("%s lies at %d, %d bytes", p[at:at+4], begin, size)
		}
		tags[string(p[at:at+4])] = begin
	}
	// 8.3.3: what a display of three components must have.
	for _, name := range strings.Fields("desc cprt wtpt chad rXYZ gXYZ bXYZ rTRC gTRC bTRC") {
		if tags[name] == 0 {
			t.Errorf("there is no %s", name)
		}
	}
	for i, white := range []float64{0.9642, 1, 0.8249} {
		sum := 0.
		for _, name := range []string{"rXYZ", "gXYZ", "bXYZ"} {
			sum += fixed(tags[name] + 8 + 4*i)
		}
		if math.Abs(sum-white) > 2e-4 || math.Abs(fixed(tags["wtpt"]+8+4*i)-white) > 1e-4 {
			t.Errorf("all primaries make %.4f, want %.4f", sum, white)
		}
	}
	at := tags["gTRC"] + 12
	g, a, b, c, d := fixed(at), fixed(at+4), fixed(at+8), fixed(at+12), fixed(at+16)
	for _, x := range []float64{0, 0.02, 0.04, 0.05, 0.5, 1} {
		ours, srgb := c*x, x/12.92
		if x >= d {
			ours = math.Pow(a*x+b, g)
		}
		if x > 0.04045 {
			srgb = math.Pow((x+0.055)/1.055, 2.4)
		}
		if math.Abs(ours-srgb) > 1e-4 {
			t.Errorf("%.2f is %.5f, and %.5f in sRGB", x, ours, srgb)
		}
	}
}
