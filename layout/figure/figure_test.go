package figure

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"handout/content/picture"
)

const library = "../../content/library/poses/"

// shipped reads the traced figures of the library.
func shipped(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(library + "*.fig")
	if err != nil || len(names) == 0 {
		t.Fatalf("no figures in %s", library)
	}
	m := map[string][]byte{}
	for _, n := range names {
		b, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		m[strings.TrimSuffix(filepath.Base(n), ".fig")] = b
	}
	return m
}

func TestRoundTrip(t *testing.T) {
	for name, data := range shipped(t) {
		f, err := Parse(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !bytes.Equal(f.Encode(), data) {
			t.Errorf("%s: Encode(Parse(text)) is not the text", name)
		}
		if len(data) > 22_000 {
			t.Errorf("%s has %d bytes", name, len(data))
		}
		m := f.Mirror()
		if m.Mirror() != f {
			t.Errorf("%s: the mirror of the mirror is another figure", name)
		}
		if m2, err := Parse(m.Encode()); err != nil || !reflect.DeepEqual(m2.Paths, m.Paths) {
			t.Errorf("%s: the mirror does not survive its text: %v", name, err)
		}
	}
}

func TestParseShapes(t *testing.T) {
	f, err := Parse([]byte("figure 1\nsize 1000 500 400\nskin 100 m10 20l30 0 0 40-30 0m5-5c1 2 3 4 5 6\npatch 45 m0 0l1 1\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if f.W != 10 || f.H != 5 || f.Floor != 4 || len(f.Paths) != 2 {
		t.Fatalf("%+v", f)
	}
	p := f.Paths[0]
	ops := []picture.Op{picture.Move, picture.Line, picture.Line, picture.Line, picture.Close, picture.Move, picture.Cubic, picture.Close}
	pts := []picture.Point{{X: .1, Y: .2}, {X: .4, Y: .2}, {X: .4, Y: .6}, {X: .1, Y: .6}, {X: .15, Y: .55}, {X: .16, Y: .57}, {X: .18, Y: .59}, {X: .2, Y: .61}}
	if !reflect.DeepEqual(p.Ops, ops) || !reflect.DeepEqual(p.Pts, pts) {
		t.Errorf("got %v %v", p.Ops, p.Pts)
	}
	if g, err := Parse([]byte("figure 1\nsize 1000 500 400 240\n")); err != nil || g.Scale != 2.4 || f.Scale != 0 {
		t.Errorf("scale: %v, %v, and %g where none is said", g, err, f.Scale)
	}
	if q := f.Paths[1]; q.Role != rolePatch || q.Opacity != .45 {
		t.Errorf("got %v %v", q.Role, q.Opacity)
	}
}

func TestParseErrors(t *testing.T) {
	head := "figure 1\nsize 100 100 90\n"
	for _, c := range []struct{ text, want string }{
		{"", `line 1: expected "figure 1"`},
		{"figure 2\n", `line 1: expected "figure 1", found "figure 2"`},
		{"figure 1\n", `line 2: expected "size`},
		{"figure 1\nsize 5 5 5 5 5\n", `line 2: expected "size`},
		{"figure 1\nsize 0 5 5\n", "line 2: no picture has such a size"},
		{"figure 1\nsize 5 5 6\n", "line 2: no picture has such a size"},
		{head + "nose 100 m1 1\n", `line 3: no such role: "nose"`},
		{head + "skin 0 m1 1\n", `line 3: an opacity is 1 to 100, not "0"`},
		{head + "skin 100\n", "line 3: a path begins with m"},
		{head + "skin 100 l1 1\n", "line 3: a path begins with m"},
		{head + "skin 100 m1 1c1 2 3\n", "line 3: a path begins with m, and each letter wants its numbers"},
		{head + "skin 100 m1 1q2 2\n", "line 3: a path is m, l and c with whole numbers"},
		{head + "skin 100 m1 1\nskin 100 m1 1l99999999999999999999 1\n", "line 4: a path begins with m, and each letter wants its numbers"},
		{head + "skin 100 m200000 1l200000 1\n", "line 3: a point lies far outside"},
		{head + strings.Repeat("skin 100 m1 1\n", maxPaths+1), "more than 1000 paths"},
		{strings.Repeat(" ", maxFile+1), "at most"},
	} {
		_, err := Parse([]byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q: got %v, want %q", c.text, err, c.want)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	data := shipped(b)["figure-4"]
	for b.Loop() {
		if _, err := Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("figure 1\nsize 1000 500 400\nskin 100 m10 20l30 0 0 40-30 0m5-5c1 2 3 4 5 6\npatch 45 m0 0l1 1\n"))
	f.Add([]byte("figure 1\nsize 5 5 5\nink 1 m-1-1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Parse(data)
		if err != nil {
			return
		}
		text := a.Encode()
		b, err := Parse(text)
		if err != nil {
			t.Fatalf("own text refused: %v\n%s", err, text)
		}
		if !reflect.DeepEqual(a.Paths, b.Paths) || !bytes.Equal(text, b.Encode()) {
			t.Fatalf("changed by its text\n%s", text)
		}
		a.Mirror()
		a.Ink(BW())
	})
}

// Whatever the brand, a grey copy of the figure must read the same.
func TestToneKeepsGrey(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	check := func(main, accent picture.Color) {
		for s := range skins {
			p := Tone(main, accent, Skin(s))
			grey := func(r Role) float64 { c, _ := p.Color(r); return c.Luma() }
			for _, c := range []struct {
				role   Role
				lo, hi float64
			}{
				{roleShirt, .75, .82}, {roleShorts, .57, .64}, {roleFarShirt, .6, .7}, {roleFarShorts, .45, .55},
				{rolePatch, .30, .34}, {rolePatchSoft, .89, .93}, {roleInk, 0, .2}, {roleArrow, .25, .38},
				{roleMat, .88, .97}, {roleStrap, .65, .75},
			} {
				if g := grey(c.role); g < c.lo || g > c.hi {
					t.Fatalf("brand %v %v: %s has the grey value %.3f, not %.2f to %.2f", main, accent, c.role, g, c.lo, c.hi)
				}
			}
			if grey(roleFarSkin) >= grey(roleSkin)-.06 {
				t.Fatalf("skin %d: the far limb is not darker", s)
			}
			if grey(roleFarSkin) < grey(roleSkin)-.09 {
				t.Fatalf("skin %d: the far limb looks like another person's", s)
			}
		}
	}
	for range 3000 {
		v := r.Uint64()
		check(picture.RGB(uint32(v&0xffffff)), picture.RGB(uint32(v>>24&0xffffff)))
	}
	for _, c := range []uint32{0, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0xff00ff, 0x00ffff, 0x808080, 0x0b5c6b} {
		check(picture.RGB(c), picture.RGB(c))
	}
}

func TestStylesShowOneMuscle(t *testing.T) {
	for name, p := range map[string]Palette{"tone": Tone(picture.RGB(0x0b5c6b), picture.RGB(0xf0b23e), 0), "bw": BW()} {
		for _, pair := range [][2]Role{{rolePatch, roleHatch}, {rolePatchSoft, roleHatchRim}} {
			_, a := p.Color(pair[0])
			_, b := p.Color(pair[1])
			if a == b {
				t.Errorf("%s: %s shown %v, %s shown %v", name, pair[0], a, pair[1], b)
			}
		}
	}
	for i := range roles {
		c, _ := BW().Color(Role(i))
		if c.R != c.G || c.G != c.B {
			t.Errorf("bw: %s is coloured", Role(i))
		}
	}
}

func TestSkins(t *testing.T) {
	if len(skins) < 4 {
		t.Fatal("fewer than four skins")
	}
	last := 2.0
	for _, skin := range skins {
		n := skin.name
		s, ok := SkinNamed(n)
		c, _ := Tone(picture.RGB(0), picture.RGB(0), s).Color(roleSkin)
		if !ok || c.Luma() >= last {
			t.Errorf("skin %s: found %v, grey %.2f", n, ok, c.Luma())
		}
		last = c.Luma()
	}
	if s, ok := SkinNamed(""); !ok || s != 0 {
		t.Error("no skin for no name")
	}
	if _, ok := SkinNamed("blue"); ok {
		t.Error("a blue skin")
	}
}

func TestMemory(t *testing.T) {
	data := shipped(t)["hip-flexor"]
	f, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			g, err := Read(bytes.Clone(data))
			if err != nil || g != f {
				t.Error("equal text, another figure")
			}
			if Inked(g, BW()) != Inked(f, BW()) || Inked(g.Mirror(), BW()) != Inked(f.Mirror(), BW()) {
				t.Error("same figure and palette, another drawing")
			}
		})
	}
	wg.Wait()
	if Inked(f, BW()) == Inked(f, Tone(picture.RGB(1), picture.RGB(2), 0)) {
		t.Error("two palettes, one drawing")
	}
	if _, err := Read([]byte("nonsense")); err == nil {
		t.Error("nonsense was read")
	}
	m := memory[int, int]{size: 3}
	made := 0
	for _, k := range []int{1, 2, 3, 1, 4, 4, 1} { // 4 drives out all
		m.get(k, func() (int, error) { made++; return k, nil })
	}
	if made != 5 || len(m.known) != 2 {
		t.Errorf("made %d, kept %d", made, len(m.known))
	}
}
