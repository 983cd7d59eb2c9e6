package fonts

import (
	"bytes"
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// clustered are words with letters that faces draw with several glyphs, and some
// without, each in the script it is of.
var clustered = []struct {
	script language.Script
	word   string
}{
	{language.Latin, "Zoe\u0308"}, {language.Latin, "Đa\u0323\u0306ng"}, {language.Latin, "Thi\u0323"}, {language.Latin, "Hu\u031bo\u031bng"},
	{language.Latin, "q\u0323\u0302x"}, {language.Latin, "Z\u0307o\u0301łc\u0301"}, {language.Latin, "Thị"},
	{language.Greek, "Αθηνα\u0301"}, {language.Cyrillic, "Наталья"},
	{language.Hebrew, "שרה"}, {language.Hebrew, "שָׂרָה"},
	{language.Arabic, "محمد"}, {language.Arabic, "مُحَمَّد"}, {language.Arabic, "عبد"}, {language.Arabic, "الله"}, {language.Arabic, "فاطمة"},
	{language.Arabic, "الزهراء"}, {language.Arabic, "بيتي"}, {language.Arabic, "شيخ"}, {language.Arabic, "ثلاث"},
	{language.Arabic, "مُدَرِّسَةٌ"}, {language.Arabic, "كِتَابٌ"}, {language.Hebrew, "שָׁלוֹם"}, {language.Hebrew, "בְּרֵאשִׁית"},
	{language.Thai, "ณัฐ"}, {language.Thai, "น้ำตก"}, {language.Thai, "ที่"}, {language.Devanagari, "क्षत्रिय"},
}

// placed is a glyph of a face at its place in a word, in font units.
type placed struct {
	id   uint16
	x, y int
}

func inOrder(all []placed) []placed {
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y), cmp.Compare(a.id, b.id))
	})
	return all
}

// TestClusters has the shaping library set each word by itself, and wants the same
// glyphs in the same places of ours, though they come as one for each cluster.
func TestClusters(t *testing.T) {
	s := Default().Shaper()
	fused := 0
	for _, c := range clustered {
		p := pieces(t, s, c.word)
		if len(p) != 1 || len(p[0].Runs) != 1 {
			t.Fatalf("%s: %d pieces", c.word, len(p))
		}
		r := p[0].Runs[0]
		f := r.Face
		if f.upem != 1000 {
			t.Fatalf("%s: a face of %d units", c.word, f.upem)
		}
		var got, want []placed
		pen := 0
		for _, g := range r.Glyphs {
			if g.Parts == "" {
				got = append(got, placed{g.ID, pen, 0})
			} else {
				fused++
				if f.Advance(g.Shape) != g.Advance {
					t.Errorf("%s: %q is %d wide, its shape %d", c.word, g.Text, g.Advance, f.Advance(g.Shape))
				}
				for part := range g.Parts.all() {
					got = append(got, placed{part.id, pen + part.x, part.y})
				}
			}
			pen += int(g.Advance)
		}
		text := []rune(c.word)
		b := harfbuzz.NewBuffer()
		b.AddRunes(text, 0, len(text))
		b.Props = harfbuzz.SegmentProperties{Direction: harfbuzz.LeftToRight, Script: c.script, Language: "en"}
		if r.Level%2 != 0 {
			b.Props.Direction = harfbuzz.RightToLeft
		}
		b.Shape(harfbuzz.NewFont(f.shaped()), features(c.script, text))
		pen = 0
		for i, x := range b.Info {
			want = append(want, placed{uint16(x.Glyph), pen + int(b.Pos[i].XOffset), int(b.Pos[i].YOffset)})
			pen += int(b.Pos[i].XAdvance)
		}
		if !slices.Equal(inOrder(got), inOrder(want)) {
			t.Errorf("%s: glyphs %v, want %v", c.word, got, want)
		}
	}
	if fused < 20 {
		t.Errorf("only %d clusters were of several glyphs", fused)
	}
}

// TestClusterText: a glyph stands for whole clusters, and no character for none.
func TestClusterText(t *testing.T) {
	s := Default().Shaper()
	for _, c := range clustered {
		var ends []int // of clusters, in bytes
		var graphemes segmenter.Segmenter
		graphemes.Init([]rune(c.word))
		end := 0
		for it := graphemes.GraphemeIterator(); it.Next(); {
			end += len(string(it.Grapheme().Text))
			ends = append(ends, end)
		}
		p := pieces(t, s, c.word)
		if got := said(p); got != c.word {
			t.Errorf("%s: glyphs say %+q", c.word, got)
		}
		r, at := p[0].Runs[0], 0
		for i := range r.Glyphs {
			if r.Level%2 != 0 {
				i = len(r.Glyphs) - 1 - i
			}
			at += len(r.Glyphs[i].Text)
			if !slices.Contains(ends, at) {
				t.Errorf("%s: a glyph ends inside a letter with %+q", c.word, r.Glyphs[i].Text)
			}
		}
	}
}

// TestTower: a letter with more marks than a glyph may say becomes several.
func TestTower(t *testing.T) {
	for _, text := range []string{"e" + strings.Repeat("\u0301", 300), "ש" + strings.Repeat("\u05b8", 300), "x" + strings.Repeat("\u0316\u0301", 70)} {
		p := pieces(t, Default().Shaper(), text)
		if said(p) != text {
			t.Errorf("%.4q and its marks: glyphs say other text", text)
		}
		r := p[0].Runs[0]
		var shapes []Shape
		for _, g := range r.Glyphs {
			if n := utf8.RuneCountInString(g.Text); n > maxGlyphText {
				t.Errorf("a glyph says %d characters", n)
			}
			shapes = append(shapes, g.Shape)
		}
		sub, err := r.Face.Subset(shapes)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := font.ParseTTF(bytes.NewReader(whole(t, sub))); err != nil {
			t.Error(err)
		}
	}
}

// moved segments are those of an outline elsewhere.
func movedSegments(segments []opentype.Segment, x, y int) []opentype.Segment {
	segments = slices.Clone(segments)
	for i := range segments {
		args := segments[i].ArgsSlice()
		for k := range args {
			args[k].Move(float32(x), float32(y))
		}
	}
	return segments
}

// TestComposites makes random composites, of every kind of face, and has two other
// parsers compare them with the glyphs they are made of.
func TestComposites(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	faces := []*Face{testFace(t, "curves.otf")}
	for _, name := range []string{"Atkinson-Regular", "NotoSans-Latin-Bold", "NotoSans-Arabic-Regular", "NotoSans-Hebrew-Regular", "NotoSans-Thai-Bold", "NotoSans-Devanagari-Regular"} {
		faces = append(faces, shippedFace(t, name))
	}
	for _, f := range faces {
		single, err := f.Subset(plain(every(f)...))
		if err != nil {
			t.Fatal(f.name, err)
		}
		id := func() uint16 { return uint16(1 + rng.IntN(f.glyphs-1)) }
		for range 10 {
			var shapes []Shape
			for range 1 + rng.IntN(12) {
				shapes = append(shapes, Shape{ID: id()})
			}
			for range 1 + rng.IntN(12) {
				parts := make([]moved, 1+rng.IntN(4))
				for i := range parts {
					parts[i] = moved{id(), rng.IntN(2001) - 1000, rng.IntN(2001) - 1000}
				}
				shapes = append(shapes, Shape{Parts: composed(rng.IntN(1500), parts...)})
			}
			sub, err := f.Subset(shapes)
			if err != nil {
				t.Fatal(f.name, err)
			}
			rng.Shuffle(len(shapes), func(i, k int) { shapes[i], shapes[k] = shapes[k], shapes[i] })
			if again, _ := f.Subset(append(slices.Clone(shapes), shapes[0])); !bytes.Equal(sub, again) {
				t.Fatal(f.name, ": the same shapes gave other bytes")
			}
			slices.SortFunc(shapes, Shape.Compare)
			shapes = slices.Compact(shapes)
			checkComposites(t, shapes, single, sub)
		}
	}
}

func composed(advance int, parts ...moved) Composite {
	b := put16(nil, advance)
	for _, p := range parts {
		b = put16(put16(put16(b, int(p.id)), p.x), p.y)
	}
	return Composite(b)
}

// every lists the glyphs of a face.
func every(f *Face) []uint16 {
	ids := make([]uint16, f.glyphs)
	for id := range ids {
		ids[id] = uint16(id)
	}
	return ids
}

// checkComposites compares the shapes of a subset with the single glyphs, which
// are those of another.
func checkComposites(t *testing.T, shapes []Shape, single, sub []byte) {
	t.Helper()
	parse := func(data []byte) (*font.Face, *sfnt.Font) {
		a, err := font.ParseTTF(bytes.NewReader(whole(t, data)))
		if err != nil {
			t.Fatal(err)
		}
		b, err := sfnt.Parse(whole(t, data))
		if err != nil {
			t.Fatal(err)
		}
		return a, b
	}
	from, second := parse(single)
	cut, secondCut := parse(sub)
	dir, _ := readTables(sub, 0)
	for i, shape := range shapes {
		id := i + 1
		got, ok := outlineOf(cut, font.GID(id))
		if !ok {
			t.Fatalf("glyph %d is lost", id)
		}
		parts := []moved{{id: shape.ID}}
		if shape.Parts != "" {
			parts = slices.Collect(shape.Parts.all())
			if w := cut.HorizontalAdvance(font.GID(id)); int(w) != shape.Parts.advance() {
				t.Fatalf("a composite is %v wide, want %d", w, shape.Parts.advance())
			}
		}
		var want []opentype.Segment
		var wantX []sfnt.Segment
		for _, p := range parts {
			o, _ := outlineOf(from, font.GID(p.id))
			want = append(want, movedSegments(o.Segments, p.x, p.y)...)
			for _, s := range segments(t, second, p.id) {
				for k := range s.Args {
					s.Args[k] = s.Args[k].Add(fixed.P(p.x, -p.y))
				}
				wantX = append(wantX, s)
			}
		}
		if !slices.Equal(got.Segments, want) {
			t.Fatalf("outlines of %v differ", parts)
		}
		if gotX := segments(t, secondCut, uint16(id)); !sameSegments(gotX, wantX) {
			t.Fatalf("x/image sees other outlines of %v", parts)
		}
		if shape.Parts != "" {
			checkHeader(t, dir, id, got.Segments)
		}
	}
}

// checkHeader wants the box of a composite round its outlines, its bearing at the
// box, and the limits of maxp kept.
func checkHeader(t *testing.T, dir directory, id int, outline []opentype.Segment) {
	t.Helper()
	glyf, loca, maxp := dir.get("glyf"), dir.get("loca"), dir.get("maxp")
	data := func(id int) []byte {
		if be16(dir.get("head")[50:]) != 0 {
			return glyf[be32(loca[4*id:]):be32(loca[4*id+4:])]
		}
		return glyf[2*be16(loca[2*id:]) : 2*be16(loca[2*id+2:])]
	}
	d := data(id)
	if len(d) == 0 {
		if len(outline) > 0 {
			t.Error("a glyph of no length has an outline")
		}
		return
	}
	for _, s := range outline {
		args := s.ArgsSlice()
		at := args[len(args)-1] // on the curve
		const off = 2           // the boxes of Noto Sans are that much too small
		if int(at.X) < bei16(d[2:])-off || int(at.Y) < bei16(d[4:])-off || int(at.X) > bei16(d[6:])+off || int(at.Y) > bei16(d[8:])+off {
			t.Fatalf("glyph %d: %v is outside its box %v", id, at, []int{bei16(d[2:]), bei16(d[4:]), bei16(d[6:]), bei16(d[8:])})
		}
	}
	if be16(dir.get("hhea")[34:]) <= id || bei16(dir.get("hmtx")[4*id+2:]) != bei16(d[2:]) {
		t.Errorf("glyph %d: its bearing is not where its box begins", id)
	}
	var count func(id int) (points, contours, depth int)
	count = func(id int) (points, contours, depth int) {
		d := data(id)
		if len(d) == 0 {
			return 0, 0, 0
		}
		if n := bei16(d); n >= 0 {
			if n > 0 {
				points = be16(d[10+2*(n-1):]) + 1
			}
			return points, n, 0
		}
		parts := 0
		for p := 10; ; {
			parts++
			flags := be16(d[p:])
			a, b, c := count(be16(d[p+2:]))
			points, contours, depth = points+a, contours+b, max(depth, c+1)
			p += 6
			for flag, size := range map[int]int{partWords: 2, partScale: 2, partTwoScales: 4, partMatrix: 8} {
				if flags&flag != 0 {
					p += size
				}
			}
			if flags&partMore == 0 {
				break
			}
		}
		if parts > be16(maxp[28:]) {
			t.Errorf("glyph %d has %d parts, maxp says %d", id, parts, be16(maxp[28:]))
		}
		return points, contours, depth
	}
	points, contours, depth := count(id)
	if points > be16(maxp[10:]) || contours > be16(maxp[12:]) || depth > be16(maxp[30:]) {
		t.Errorf("glyph %d has %d points, %d contours and depth %d, more than maxp says", id, points, contours, depth)
	}
}

// TestWrongComposites: what is no composite, or not of this face, is refused.
func TestWrongComposites(t *testing.T) {
	f := shippedFace(t, "Atkinson-Regular")
	for _, c := range []Composite{"x", composed(500, moved{1, 0, 0})[:7], composed(500, moved{uint16(f.glyphs), 0, 0})} {
		if _, err := f.Subset([]Shape{{Parts: c}}); err == nil {
			t.Errorf("%q was cut out", c)
		}
	}
	if w := f.Advance(Shape{Parts: "x"}); w != 0 {
		t.Errorf("%d wide", w)
	}
	// Blank parts draw nothing, and a composite of them alone is blank.
	space, _ := f.font.NominalGlyph(' ')
	for c, want := range map[Composite]int{composed(321, moved{uint16(space), 5, 5}, moved{uint16(space), 9, 9}): 321, Blank: 0} {
		sub, err := f.Subset([]Shape{{Parts: c}})
		if err != nil {
			t.Fatal(err)
		}
		dir, _ := readTables(sub, 0)
		if n := be16(dir.get("hmtx")[4:]); n != want || be16(dir.get("loca")[2:]) != be16(dir.get("loca")[4:]) {
			t.Errorf("a blank composite is %d wide, want %d", n, want)
		}
	}
}

// TestSeen: the text of one glyph, in the order of those of a line.
func TestSeen(t *testing.T) {
	for text, want := range map[string]string{
		"a": "a", "ffi": "ffi", "e\u0308": "e\u0308", "ש": "ש", "\u05e9\u05c2\u05b8": "\u05b8\u05c2\u05e9", "\u0644\u0627": "\u0627\u0644", "น้ำ": "น้ำ", "त्रि": "त्रि", "": "",
	} {
		if got := Seen(text); got != want {
			t.Errorf("%+q is seen as %+q, want %+q", text, got, want)
		}
	}
}

// sameSegments leaves out the coordinates a segment does not have.
func sameSegments(a, b []sfnt.Segment) bool {
	return slices.EqualFunc(a, b, func(a, b sfnt.Segment) bool {
		n := map[sfnt.SegmentOp]int{sfnt.SegmentOpMoveTo: 1, sfnt.SegmentOpLineTo: 1, sfnt.SegmentOpQuadTo: 2, sfnt.SegmentOpCubeTo: 3}[a.Op]
		return a.Op == b.Op && slices.Equal(a.Args[:n], b.Args[:n])
	})
}
