package fonts

import (
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

func raw(t testing.TB, name string) []byte {
	t.Helper()
	data, err := files.ReadFile("ttf/" + name + ".ttf")
	if err != nil {
		t.Fatal(err)
	}
	return slices.Clone(data)
}

// TestMetrics holds the measures of every shipped face in a table.
func TestMetrics(t *testing.T) {
	var b strings.Builder
	b.WriteString("name style weight ascent descent cap x angle stem bbox\n")
	for _, family := range shipped {
		for _, file := range family {
			if file.name == "" {
				continue
			}
			f := shippedFace(t, file.name)
			m := f.Metrics()
			fmt.Fprintln(&b, f.Name(), f.Style(), m.Weight, m.Ascent, m.Descent, m.CapHeight, m.XHeight, m.ItalicAngle, m.StemV, m.BBox)
		}
	}
	golden(t, "metrics.txt", b.String())
}

// TestAdvances holds a few widths in a table.
func TestAdvances(t *testing.T) {
	var b strings.Builder
	f := shippedFace(t, "Atkinson-Regular")
	for _, r := range " 0123456789AVWaeilmw.,-–—½" {
		id, ok := f.font.NominalGlyph(r)
		if !ok {
			t.Fatal(Name(r))
		}
		fmt.Fprintf(&b, "%c %d\n", r, f.Advance(Shape{ID: uint16(id)}))
	}
	golden(t, "advances.txt", b.String())
	if f.Advance(Shape{ID: 0xFFFF}) != 0 {
		t.Error("a glyph that is not there has a width")
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := "testdata/" + name
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil || got != string(want) {
		t.Errorf("%s differs (%v); got:\n%s", file, err, got)
	}
}

// TestEm: halves go away from zero on both sides, as for a PDF's widths.
func TestEm(t *testing.T) {
	f := &Face{upem: 2000}
	for units, want := range map[int]Em{0: 0, 1: 1, -1: -1, 3: 2, -3: -2, 2000: 1000, -2: -1} {
		if got := f.em(units); got != want {
			t.Errorf("%d units are %d, want %d", units, got, want)
		}
	}
}

// TestParseErrors: each bad file has one clear sentence.
func TestParseErrors(t *testing.T) {
	font := raw(t, "Atkinson-Regular")
	set := func(table string, at int, value uint16) []byte {
		b := slices.Clone(font)
		dir, err := readTables(b, 0)
		if err != nil {
			t.Fatal(err)
		}
		binary.BigEndian.PutUint16(dir.get(table)[at:], value)
		return b
	}
	without := func(tags ...string) []byte {
		dir, err := readTables(font, 0)
		if err != nil {
			t.Fatal(err)
		}
		return slices.DeleteFunc(dir, func(x table) bool { return slices.Contains(tags, x.tag) }).file("\x00\x01\x00\x00")
	}
	long := slices.Clone(font)
	binary.BigEndian.PutUint32(long[12+12:], 0xFFFFFFF0) // a table of 4 GB
	for _, test := range []struct {
		name string
		data []byte
		want string // empty: it is a font
	}{
		{"the font itself", font, ""},
		{"nothing", nil, "not a TrueType"},
		{"text", []byte("%PDF-1.7 and more text"), "not a TrueType"},
		{"web font", append([]byte("wOF2"), font...), "WOFF"},
		{"collection", append([]byte("ttcf"), font...), "collection"},
		{"too large", make([]byte, maxFontBytes+1), "larger than 32 MB"},
		{"half of it", font[:len(font)/2], "damaged"},
		{"directory only", font[:200], "damaged"},
		{"table beyond the end", long, "damaged"},
		{"no head", without("head"), "damaged"},
		{"no cmap", without("cmap"), "damaged"},
		{"no outlines", without("glyf", "loca"), "no outlines"},
		{"no names", without("name", "post", "OS/2", "GSUB", "GPOS", "GDEF", "STAT", "gasp"), ""},
		{"no units", set("head", 18, 0), "damaged"},
		{"more widths than glyphs", set("hhea", 34, 9999), "damaged"},
		{"more glyphs than places", set("maxp", 4, 60000), "damaged"},
		{"installable", set("OS/2", 8, 0), ""},
		{"restricted", set("OS/2", 8, 2), "forbid embedding it"},
		{"restricted but preview allowed", set("OS/2", 8, 6), ""},
		{"preview", set("OS/2", 8, 4), ""},
		{"no subsetting", set("OS/2", 8, 0x104), "forbid embedding a part"},
		{"bitmaps only", set("OS/2", 8, 0x200), "forbid embedding its outlines"},
	} {
		f, err := Parse(test.data)
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v", test.name, err)
		case test.want != "" && (err == nil || f != nil || !strings.Contains(err.Error(), test.want)):
			t.Errorf("%s: error %v, want one with %q", test.name, err, test.want)
		}
	}
	f, err := Parse(without("name", "OS/2"))
	if err != nil || f.Name() != "Unnamed" || f.Metrics().CapHeight != 668 || f.Metrics().XHeight != 496 {
		t.Errorf("without a name and OS/2: %v, %v: heights should come from H and x", f, err)
	}
}

// TestName: what a PDF name cannot hold is left out.
func TestName(t *testing.T) {
	for in, want := range map[string]string{"Brand Sans-Bold": "BrandSans-Bold", "a/b(c)<d>#e%": "abcde", "Ünï": "n", strings.Repeat("x", 99): strings.Repeat("x", 63)} {
		if got := printable(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

// collection is a .ttc file of several fonts.
func collection(fonts ...[]byte) []byte {
	b := append([]byte("ttcf"), 0, 1, 0, 0)
	b = put32(b, len(fonts))
	at := 12 + 4*len(fonts)
	for _, f := range fonts {
		b = put32(b, at)
		at += len(f)
	}
	base := 12 + 4*len(fonts)
	for _, f := range fonts {
		f = slices.Clone(f)
		for i := range be16(f[4:]) { // offsets are from the start of the file
			e := f[12+16*i+8:]
			binary.BigEndian.PutUint32(e, uint32(be32(e)+base))
		}
		b = append(b, f...)
		base += len(f)
	}
	return b
}

// TestCollection: every usable font of a .ttc is found, and is the font it was.
func TestCollection(t *testing.T) {
	otf, err := os.ReadFile("testdata/curves.otf")
	if err != nil {
		t.Fatal(err)
	}
	faces, err := ParseCollection(collection(raw(t, "Atkinson-Italic"), otf, raw(t, "NotoSans-Thai-Bold")))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range faces {
		names = append(names, f.Name())
		if _, err := f.Subset(plain(1, 2, 3)); err != nil {
			t.Error(err)
		}
	}
	if want := []string{"AtkinsonHyperlegibleNext-Italic", "CurvesTest-Bold", "NotoSansThai-Bold"}; !slices.Equal(names, want) {
		t.Errorf("fonts %v, want %v", names, want)
	}
	if f, err := ParseCollection(otf); err != nil || len(f) != 1 {
		t.Error("a single font:", err)
	}
	for _, bad := range [][]byte{[]byte("ttcf"), append([]byte("ttcf"), 0, 1, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF), append(append([]byte("ttcf"), 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 16), "not a font here"...)} {
		if _, err := ParseCollection(bad); err == nil {
			t.Errorf("%q was taken for a collection", bad)
		}
	}
}

func FuzzParse(f *testing.F) {
	small := []string{"NotoSans-Hebrew-Regular", "NotoSans-Thai-Regular", "NotoSans-Symbols2-Regular"}
	for _, name := range small {
		f.Add(raw(f, name))
	}
	if variable, err := os.ReadFile("testdata/weights.ttf"); err == nil {
		f.Add(variable)
	}
	if otf, err := os.ReadFile("testdata/curves.otf"); err == nil {
		f.Add(otf)
		f.Add(collection(otf, raw(f, small[0])))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		faces, err := ParseCollection(data)
		if err != nil {
			return
		}
		for _, face := range faces[:min(len(faces), 2)] {
			if face.Name() == "" {
				t.Error("a face without a name")
			}
			ids := []uint16{0, 1, uint16(face.glyphs / 2), uint16(face.glyphs - 1)}
			for _, id := range ids {
				face.Advance(Shape{ID: id})
			}
			if sub, err := face.Subset(plain(ids...)); err == nil {
				if _, err := readTables(sub, 0); err != nil {
					t.Error("a subset that cannot be read:", err)
				}
			}
			s := (&Stack{}).With(face).Shaper()
			s.Pieces([]Span{{Text: "AB e\u0301 שָׁ ก็ ☐"}}, "en", false)
		}
	})
}

// TestDamage flips bytes all over small fonts: nothing may panic or hang.
func TestDamage(t *testing.T) {
	otf, err := os.ReadFile("testdata/curves.otf")
	if err != nil {
		t.Fatal(err)
	}
	variable, err := os.ReadFile("testdata/weights.ttf")
	if err != nil {
		t.Fatal(err)
	}
	for _, font := range [][]byte{otf, variable, raw(t, "NotoSans-Hebrew-Regular")} {
		for i := 0; i < len(font); i += 1 + len(font)/1000 {
			b := slices.Clone(font)
			b[i] ^= 0xFF
			f, err := Parse(b)
			if err != nil {
				continue
			}
			f.Subset(plain(1, 2, uint16(f.glyphs-1)))
			(&Stack{}).With(f).Shaper().Pieces([]Span{{Text: "ABIe8 שָׁלום"}, {"I", Bold}}, "en", false)
		}
	}
}

// TestVariable: the variable test font is a bar 40 wide at weight 100, its
// default, and 160 wider at 900.
func TestVariable(t *testing.T) {
	f := testFace(t, "weights.ttf")
	s := (&Stack{}).With(f).Shaper()
	for _, test := range []struct {
		style        Style
		name         string
		weight       int
		advance, bar Em
	}{{Regular, "WeightsTest-Regular", 400, 200, 100}, {Bold, "WeightsTest-Bold", 700, 260, 160}} {
		p, err := s.Pieces([]Span{{"I", test.style}}, "en", false)
		if err != nil {
			t.Fatal(err)
		}
		face, g := p[0].Runs[0].Face, p[0].Runs[0].Glyphs[0]
		if face.Name() != test.name || face.Metrics().Weight != test.weight || face.Style() != test.style {
			t.Errorf("%s, weight %d, style %d; want %s", face.Name(), face.Metrics().Weight, face.Style(), test.name)
		}
		if g.Advance != test.advance || face.Advance(g.Shape) != test.advance {
			t.Errorf("%s: %d wide, /W %d, want %d", test.name, g.Advance, face.Advance(g.Shape), test.advance)
		}
		sub, err := face.Subset(plain(g.ID))
		if err != nil {
			t.Fatal(err)
		}
		dir, err := readTables(sub, 0)
		if err != nil {
			t.Fatal(err)
		}
		glyf, loca := dir.get("glyf"), dir.get("loca")
		at := 2 * be16(loca[2:])
		if w := Em(bei16(glyf[at+6:]) - bei16(glyf[at+2:])); w != test.bar {
			t.Errorf("%s: the bar is %d wide, want %d", test.name, w, test.bar)
		}
		if dir.get("gvar") != nil || dir.get("fvar") != nil {
			t.Error("the subset still varies")
		}
	}
}
