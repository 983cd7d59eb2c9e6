package fonts

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// shippedFace is an embedded face by its file's name.
func shippedFace(t testing.TB, name string) *Face {
	t.Helper()
	data, err := files.ReadFile("ttf/" + name + ".ttf")
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func testFace(t testing.TB, name string) *Face {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// whole adds to a subset the tables that other parsers insist on and a PDF does not need.
func whole(t testing.TB, subset []byte) []byte {
	t.Helper()
	dir, err := readTables(subset, 0)
	if err != nil {
		t.Fatal(err)
	}
	cmap := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12,
		0, 4, 0, 24, 0, 0, 0, 2, 0, 2, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 1, 0, 0}
	post := make([]byte, 32)
	post[1] = 3
	dir = append(dir, table{"OS/2", make([]byte, 96)}, table{"cmap", cmap}, table{"name", []byte{0, 0, 0, 0, 0, 6}}, table{"post", post})
	slices.SortFunc(dir, func(a, b table) int { return bytes.Compare([]byte(a.tag), []byte(b.tag)) })
	return dir.file("\x00\x01\x00\x00")
}

// TestSubset cuts random sets of glyphs out of every kind of shipped face and
// has two other parsers compare them with the original's.
func TestSubset(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, name := range []string{"Atkinson-Regular", "Atkinson-BoldItalic", "NotoSans-Latin-Bold", "NotoSans-Arabic-Regular", "NotoSans-Devanagari-Regular", "NotoSans-Thai-Bold"} {
		f := shippedFace(t, name)
		data, _ := files.ReadFile("ttf/" + name + ".ttf")
		original, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		for range 10 {
			ids := make([]uint16, 1+rng.IntN(60))
			for i := range ids {
				ids[i] = uint16(1 + rng.IntN(f.glyphs-1))
			}
			sub, err := f.Subset(plain(ids...))
			if err != nil {
				t.Fatal(name, err)
			}
			again, _ := f.Subset(plain(append(slices.Clone(ids), ids[0], 0)...))
			if !bytes.Equal(sub, again) {
				t.Fatal(name, ": the same glyphs gave other bytes")
			}
			slices.Sort(ids)
			ids = append([]uint16{0}, slices.Compact(ids)...)
			cut, err := font.ParseTTF(bytes.NewReader(whole(t, sub)))
			if err != nil {
				t.Fatal(name, err)
			}
			second, err := sfnt.Parse(whole(t, sub))
			if err != nil {
				t.Fatal(name, err)
			}
			from := font.NewFace(f.font)
			for i, id := range ids {
				a, ok1 := outlineOf(from, font.GID(id))
				b, ok2 := outlineOf(cut, font.GID(i))
				if !ok1 || !ok2 || !slices.Equal(a.Segments, b.Segments) {
					t.Fatalf("%s: glyph %d: outlines differ", name, id)
				}
				if a, b := from.HorizontalAdvance(font.GID(id)), cut.HorizontalAdvance(font.GID(i)); a != b {
					t.Fatalf("%s: glyph %d: width %v, was %v", name, id, b, a)
				}
				if a, b := segments(t, original, id), segments(t, second, uint16(i)); !slices.Equal(a, b) {
					t.Fatalf("%s: glyph %d: x/image sees other outlines", name, id)
				}
			}
		}
	}
}

func plain(ids ...uint16) []Shape {
	shapes := make([]Shape, len(ids))
	for i, id := range ids {
		shapes[i].ID = id
	}
	return shapes
}

// segments are a glyph's outlines as x/image reads them.
func segments(t *testing.T, f *sfnt.Font, id uint16) []sfnt.Segment {
	t.Helper()
	var b sfnt.Buffer
	s, err := f.LoadGlyph(&b, sfnt.GlyphIndex(id), fixed.I(int(f.UnitsPerEm())), nil)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Clone(s)
}

// TestSubsetFile checks what a reader of the PDF relies on: the tables, their
// check sums, their order and alignment.
func TestSubsetFile(t *testing.T) {
	f := shippedFace(t, "Atkinson-Regular")
	id, _ := f.font.NominalGlyph('ë')
	sub, err := f.Subset(plain(uint16(id)))
	if err != nil {
		t.Fatal(err)
	}
	dir, err := readTables(sub, 0)
	if err != nil {
		t.Fatal(err)
	}
	var tags []string
	for i, x := range dir {
		tags = append(tags, x.tag)
		r := sub[12+16*i:]
		if string(r[:4]) != x.tag {
			t.Error("the directory is not sorted")
		}
		if be32(r[8:])%4 != 0 {
			t.Errorf("%s is not aligned", x.tag)
		}
		data := slices.Clone(x.data)
		if x.tag == "head" {
			clear(data[8:12])
		}
		if uint32(be32(r[4:])) != checksum(data) {
			t.Errorf("%s has a wrong check sum", x.tag)
		}
	}
	if want := []string{"glyf", "head", "hhea", "hmtx", "loca", "maxp"}; !slices.Equal(tags, want) {
		t.Errorf("tables %v, want %v", tags, want)
	}
	if checksum(sub) != 0xB1B0AFBA {
		t.Error("the whole file's check sum is wrong")
	}
	if n := be16(dir.get("maxp")[4:]); n != 4 { // .notdef, e with dieresis, e, dieresis
		t.Errorf("%d glyphs, want the letter and the two parts it is made of", n)
	}
	if len(sub) > 1500 {
		t.Errorf("%d bytes for one letter", len(sub))
	}
}

// TestSubsetErrors: an id the face does not have is refused.
func TestSubsetErrors(t *testing.T) {
	f := shippedFace(t, "Atkinson-Regular")
	if _, err := f.Subset(plain(uint16(f.glyphs))); err == nil {
		t.Error("a glyph beyond the last one was cut out")
	}
	if sub, err := f.Subset(nil); err != nil || len(sub) == 0 {
		t.Error("no glyphs at all:", err)
	}
}

// TestPostScriptOutlines compares the quadratic curves made of cubic ones with
// the original at many places along them.
func TestPostScriptOutlines(t *testing.T) {
	f := testFace(t, "curves.otf")
	if f.Style() != Bold || f.Name() != "CurvesTest-Bold" {
		t.Errorf("style %d, name %s", f.Style(), f.Name())
	}
	var ids []uint16
	for id := 1; id < f.glyphs; id++ {
		ids = append(ids, uint16(id))
	}
	sub, err := f.Subset(plain(ids...))
	if err != nil {
		t.Fatal(err)
	}
	cut, err := font.ParseTTF(bytes.NewReader(whole(t, sub)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sfnt.Parse(whole(t, sub)); err != nil {
		t.Error(err)
	}
	from := font.NewFace(f.font)
	curved := 0
	for id := range f.glyphs {
		a, _ := outlineOf(from, font.GID(id))
		b, ok := outlineOf(cut, font.GID(id))
		if !ok {
			t.Fatalf("glyph %d is lost", id)
		}
		if from.HorizontalAdvance(font.GID(id)) != cut.HorizontalAdvance(font.GID(id)) {
			t.Errorf("glyph %d: other width", id)
		}
		want, got := along(a.Segments, 16), along(b.Segments, 64)
		for _, p := range want {
			curved++
			if d := nearest(p, got); d > 1.5 {
				t.Errorf("glyph %d: %.2f units off at %v", id, d, p)
				break
			}
		}
		for _, p := range along(b.Segments, 16) {
			if d := nearest(p, along(a.Segments, 64)); d > 1.5 {
				t.Errorf("glyph %d: drew %.2f units off at %v", id, d, p)
				break
			}
		}
	}
	if curved < 1000 {
		t.Error("too few places were compared")
	}
}

// along lists places on an outline, n on each segment.
func along(segments []opentype.Segment, n int) []point {
	var out []point
	var at point
	for _, s := range segments {
		args := s.ArgsSlice()
		ctl := []point{at}
		for _, a := range args {
			ctl = append(ctl, pointOf(a))
		}
		at = ctl[len(ctl)-1]
		if s.Op == opentype.SegmentOpMoveTo {
			continue
		}
		for i := range n + 1 {
			t := float64(i) / float64(n)
			c := slices.Clone(ctl)
			for len(c) > 1 { // de Casteljau
				for k := range len(c) - 1 {
					c[k] = point{c[k].X + t*(c[k+1].X-c[k].X), c[k].Y + t*(c[k+1].Y-c[k].Y)}
				}
				c = c[:len(c)-1]
			}
			out = append(out, c[0])
		}
	}
	return out
}

func nearest(p point, all []point) float64 {
	best := math.Inf(1)
	for _, q := range all {
		best = min(best, math.Hypot(p.X-q.X, p.Y-q.Y))
	}
	return best
}
