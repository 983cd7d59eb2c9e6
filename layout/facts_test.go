package layout

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

var (
	inBlack = picture.Color{}
	inWhite = picture.Color{R: 255, G: 255, B: 255}
)

// run is text in a face, at a place and size.
func run(t testing.TB, tag int, at XY, size Length, s string) *Glyphs {
	t.Helper()
	shaper := fonts.Default().Shaper()
	pieces, err := shaper.Pieces([]fonts.Span{{Text: s}}, "en", false)
	if err != nil {
		t.Fatal(err)
	}
	g := &Glyphs{Tag: tag, At: at, Size: size}
	for _, p := range pieces {
		for _, r := range p.Runs {
			g.Face = r.Face
			g.Glyphs = append(g.Glyphs, r.Glyphs...)
		}
	}
	return g
}

func filled(r Rect, radius Length, c picture.Color) *Shape {
	return &Shape{Tag: Artifact, Path: roundRect(nil, r, radius), Fill: &c}
}

// TestContrastOfGround sets one word over what is painted below it.
func TestContrastOfGround(t *testing.T) {
	grey := func(v uint8) picture.Color { return picture.Color{R: v, G: v, B: v} }
	red := picture.Color{R: 255}
	half := &picture.Picture{Drawing: &picture.Drawing{W: 10, H: 10, Paths: []picture.Path{{Fill: inBlack, Opacity: .5,
		Ops: []picture.Op{picture.Move, picture.Line, picture.Line, picture.Close},
		Pts: []picture.Point{{X: 0, Y: 0}, {X: 100, Y: 0}, {X: 0, Y: 100}}}}}}
	corner := &picture.Picture{Drawing: &picture.Drawing{W: 10, H: 10, Paths: []picture.Path{{Fill: inBlack, Opacity: 1,
		Ops: []picture.Op{picture.Move, picture.Line, picture.Line, picture.Close},
		Pts: []picture.Point{{X: 10, Y: 10}, {X: 9, Y: 10}, {X: 10, Y: 9}}}}}}
	pixel := func(v, alpha uint8) *picture.Picture {
		return &picture.Picture{Bitmap: &picture.Bitmap{W: 1, H: 1, Gray: true, Pix: []byte{v}, Alpha: []byte{alpha}}}
	}
	page := Rect{0, 0, 200 * Point, 200 * Point}
	word := Rect{50 * Point, 80 * Point, 100 * Point, 30 * Point}
	image := func(p *picture.Picture) Item { return &Image{Tag: 0, Box: page, Picture: p} }
	for _, test := range []struct {
		name    string
		ink     picture.Color
		below   []Item
		ground  picture.Color
		ratio   float64
		picture bool
	}{
		// WCAG 2.2's own examples: black on white is 21, #777777 on white 4.48.
		{"nothing below", inBlack, nil, inWhite, 21, false},
		{"grey on white", grey(0x77), nil, inWhite, 4.48, false},
		// Red has the luminance .2126: (1.05)/(.2626) = 4.00.
		{"red on white", red, nil, inWhite, 4, false},
		{"a box", inWhite, []Item{filled(page, 0, inBlack)}, inBlack, 21, false},
		{"the upper of two boxes", inBlack, []Item{filled(page, 0, inBlack), filled(word, 4*Point, grey(0x77))},
			grey(0x77), 21 / 4.48, false},
		{"a box beside it", inBlack, []Item{filled(Rect{0, 0, 40 * Point, page.H}, 0, inBlack)}, inWhite, 21, false},
		{"half on a box", inBlack, []Item{filled(Rect{0, 0, 75 * Point, page.H}, 0, inBlack)}, inBlack, 1, false},
		{"inside a frame", inBlack, []Item{&Shape{Tag: Artifact, Path: roundRect(nil, word, 0), Stroke: &red, Width: Point}},
			inWhite, 21, false},
		{"on a thick line", inBlack, []Item{&Shape{Tag: Artifact, Path: roundRect(nil, Rect{0, 100 * Point, page.W, 0}, 0),
			Stroke: &red, Width: 10 * Point}}, red, 5.25, false},
		{"a drawing, half opaque", inBlack, []Item{image(half)}, grey(127), 5.24, true},
		{"beside the ink of a drawing", inBlack, []Item{image(corner)}, inWhite, 21, false},
		{"a photograph", inBlack, []Item{image(pixel(0x77, 255))}, grey(0x77), 21 / 4.48, true},
		{"a clear photograph", inBlack, []Item{image(pixel(0, 0))}, inWhite, 21, false},
		{"a disc", inWhite, []Item{filled(Rect{0, 0, page.W, page.H}, 100*Point, inBlack)}, inBlack, 21, false},
	} {
		g := run(t, 0, XY{60 * Point, 100 * Point}, 12*Point, "word")
		g.Color = test.ink
		p := &Page{Size: Letter.Size, Tags: []Tag{{Role: Document, Parent: -1}}, Items: append(test.below, g)}
		c := p.Facts().Contrasts
		if len(c) != 1 || c[0].Ground != test.ground || math.Abs(c[0].Ratio-test.ratio) > .02 ||
			c[0].OnPicture != test.picture {
			t.Errorf("%s: got %+v, want ground %v, ratio %.2f, on a picture %v", test.name, c, test.ground,
				test.ratio, test.picture)
		}
	}
}

// TestGreyCopy has two colours that differ on screen and hardly on a grey copy:
// red is luma 76 (.299 x 255), and so is this blue-green.
func TestGreyCopy(t *testing.T) {
	g := run(t, 0, XY{10 * Point, 50 * Point}, 12*Point, "word")
	g.Color = picture.Color{R: 255}
	below := filled(Rect{0, 0, 200 * Point, 200 * Point}, 0, picture.Color{G: 130})
	c := (&Page{Size: Letter.Size, Tags: []Tag{{Role: Document, Parent: -1}}, Items: []Item{below, g}}).Facts().Contrasts[0]
	if math.Abs(c.Grey-1) > .01 || c.Enough() {
		t.Errorf("the grey copy has contrast %.2f", c.Grey)
	}
}

// TestNeeds is WCAG's limit for large text.
func TestNeeds(t *testing.T) {
	bold := fonts.Default().Shaper()
	pieces, err := bold.Pieces([]fonts.Span{{Text: "B", Style: fonts.Bold}}, "en", false)
	if err != nil {
		t.Fatal(err)
	}
	heavy := pieces[0].Runs[0].Face
	light := run(t, 0, XY{}, Point, "R").Face
	for _, test := range []struct {
		face *fonts.Face
		size Length
		want float64
	}{{light, 17999, 4.5}, {light, 18000, 3}, {heavy, 13999, 4.5}, {heavy, 14000, 3}} {
		if got := needs(&Glyphs{Face: test.face, Size: test.size}); got != test.want {
			t.Errorf("%v at %v: %v, want %v", test.face.Name(), test.size, got, test.want)
		}
	}
}

// TestBulletsAreMarks: a bullet needs 3 to 1, the number of a step what text needs.
func TestBulletsAreMarks(t *testing.T) {
	for s, mark := range map[string]bool{"•": true, "1": false, "a)": false} {
		p := &Page{Tags: []Tag{{Role: Document, Parent: -1}, {Role: Lbl}},
			Items: []Item{run(t, 1, XY{0, 50 * Point}, 12*Point, s)}}
		c := p.Facts().Contrasts[0]
		if c.Mark != mark || (c.Needs == LargeText) != mark {
			t.Errorf("%q: %+v", s, c)
		}
	}
}

// TestMeasures counts by hand: the heading and the bullet are not counted, the last
// line is not full, and white space at the end is none of a line.
func TestMeasures(t *testing.T) {
	p := &Page{Tags: []Tag{{Role: Document, Parent: -1}, {Role: P}, {Role: H2}, {Role: P},
		{Role: Link, Parent: 3, Alt: "x"}, {Role: Lbl}, {Role: LBody}, {Role: Figure}}}
	line := func(tag int, y Length, size Length, s string) {
		p.Items = append(p.Items, run(t, tag, XY{10 * Point, y * Point}, size, s))
	}
	line(Artifact, 5, 9*Point, "Clinic")
	line(1, 20, 12*Point, "Before any heading")
	line(2, 40, 16*Point, "Rest")
	line(3, 60, 12*Point, "0123456789 ")
	line(3, 80, 12*Point, "01234567")
	line(4, 80, 12*Point, "89012345") // the same line goes on as a link
	line(3, 100, 12*Point, "end")
	line(5, 120, 12*Point, "•")
	line(6, 120, 12*Point, "item")
	f := p.Facts()
	if len(f.Measures) != 2 || f.Undescribed != 1 {
		t.Fatalf("got %+v, %d without a description", f.Measures, f.Undescribed)
	}
	if m := f.Measures[0]; m.Heading != "" || m.Lines != 1 || m.Longest != 18 || m.Mean != 18 || m.Role != P {
		t.Errorf("above the heading: %+v", m)
	}
	if m := f.Measures[1]; m.Heading != "Rest" || m.Lines != 4 || m.Longest != 16 || m.Mean != (10+16)/2. || m.Role != P {
		t.Errorf("below it: %+v", m)
	}
	if s := f.Sizes; len(s) != 3 || s[0].Size != 9*Point || s[0].Characters != 6 || !s[0].Art ||
		s[0].Text != "Clinic" || s[2].Role != H2 {
		t.Errorf("sizes: %+v", s)
	}
}

// TestShippedPagesAreLegible holds every text of every page we ship to its contrast
// in every look, edition, paper and in a brand's colours, and lines to their length.
func TestShippedPagesAreLegible(t *testing.T) {
	clinic := clinic(t)
	lib := content.Open()
	list, err := lib.Handouts()
	if err != nil {
		t.Fatal(err)
	}
	setter, pages := NewSetter(fonts.Default()), 0
	for _, h := range list {
		for _, brand := range []*content.Brand{content.Neutral(), clinic} {
			p := personal(t, lib, h, brand, content.Visit{Patient: "Ana Ruiz", Note: "Go easy."})
			for _, look := range Looks() {
				for _, edition := range []string{Standard, Large, BW} {
					for _, paper := range []Paper{Letter, A4} {
						name := strings.Join([]string{h.ID, brand.Name, look.ID, edition, paper.Name}, " ")
						page, _, err := setter.Fit(p, suited(p, Sheet{Brand: brand, Paper: paper, Look: look.ID, Edition: edition}))
						var over *OverflowError
						if errors.As(err, &over) {
							continue // the fit's tests hold what must stand on a page
						}
						if err != nil {
							t.Fatal(name, err)
						}
						pages++
						f := page.Facts()
						for _, c := range f.Contrasts {
							if least := min(c.Ratio, c.Grey); least < TextContrast && !c.Mark ||
								!c.Enough() || c.OnPicture {
								t.Errorf("%s: %q is %v on %v: %.2f, grey %.2f", name, c.Text, hex(&c.Ink),
									hex(&c.Ground), c.Ratio, c.Grey)
							}
						}
						if f.Undescribed > 0 || len(f.Contrasts) == 0 || len(f.Sizes) == 0 {
							t.Errorf("%s: %d without a description, %d contrasts, %d sizes", name, f.Undescribed,
								len(f.Contrasts), len(f.Sizes))
						}
					}
				}
			}
		}
	}
	if pages < 60 {
		t.Errorf("only %d pages were looked at", pages)
	}
}

// TestFactsOfAnyPage makes pages of chance, sensible and not: nothing panics, every
// character is counted once, and ratios are ratios.
func TestFactsOfAnyPage(t *testing.T) {
	setter := NewSetter(fonts.Default())
	look := func(seed uint64, p *Page) {
		f := p.Facts()
		total, sized, inked := 0, 0, 0
		for _, it := range p.Items {
			if g, ok := it.(*Glyphs); ok {
				total += letters(g.Glyphs)
			}
		}
		for i, s := range f.Sizes {
			if sized += s.Characters; i > 0 && s.Size <= f.Sizes[i-1].Size {
				t.Errorf("seed %d: sizes are not sorted", seed)
			}
		}
		for _, c := range f.Contrasts {
			if inked += c.Characters; !(c.Ratio >= 1 && c.Ratio <= 21.01 && c.Grey >= 1 && c.Grey <= 21.01) {
				t.Errorf("seed %d: ratio %v, grey %v", seed, c.Ratio, c.Grey)
			}
		}
		if sized != total || inked != total {
			t.Errorf("seed %d: %d characters, %d by size, %d by colour", seed, total, sized, inked)
		}
		for _, m := range f.Measures {
			if m.Mean > float64(m.Longest) || m.Lines < 1 {
				t.Errorf("seed %d: %+v", seed, m)
			}
		}
	}
	for seed := range uint64(60) {
		s := newSample(t, seed)
		h, sheet := s.handout(s.IntN(7)), s.sheet()
		if page, _, err := setter.Fit(h, suited(h, sheet)); err == nil {
			look(seed, page)
		}
	}
	for seed := range uint64(300) {
		look(seed, anyPage(t, rand.New(rand.NewPCG(seed, 11))))
	}
}

// anyPage is a page that nobody would set.
func anyPage(t *testing.T, r *rand.Rand) *Page {
	length := func() Length { return Length(r.IntN(900_000) - 100_000) }
	spot := func() XY { return XY{length(), length()} }
	color := func() picture.Color {
		return picture.Color{R: uint8(r.Uint32()), G: uint8(r.Uint32()), B: uint8(r.Uint32())}
	}
	p := &Page{Size: Letter.Size, Tags: []Tag{{Role: Document, Parent: -1}}}
	for i := 1; i < 8; i++ {
		p.Tags = append(p.Tags, Tag{Role: Role(r.IntN(int(Reference) + 1)), Parent: r.IntN(i)})
	}
	var shot bytes.Buffer // content reads none that cannot be decoded
	if err := jpeg.Encode(&shot, image.NewGray(image.Rect(0, 0, 2, 1)), nil); err != nil {
		t.Fatal(err)
	}
	for range r.IntN(12) {
		tag := r.IntN(len(p.Tags)+1) - 1
		switch r.IntN(5) {
		case 0, 1:
			g := run(t, tag, spot(), Length(r.IntN(40_000)), []string{"word", " ", "a b", "٣ Ana", ""}[r.IntN(5)])
			g.Color = color()
			if g.Face != nil {
				p.Items = append(p.Items, g)
			}
		case 2:
			s := &Shape{Tag: tag, Width: length()}
			for range r.IntN(6) {
				s.Path = append(s.Path, Segment{Op: picture.Op(r.IntN(4)), C1: spot(), C2: spot(), To: spot()})
			}
			if fill := color(); r.IntN(2) == 0 {
				s.Fill = &fill
			}
			if stroke := color(); r.IntN(2) == 0 {
				s.Stroke = &stroke
			}
			p.Items = append(p.Items, s)
		case 3:
			pic := &picture.Picture{Bitmap: &picture.Bitmap{W: 2, H: 1, Pix: []byte{1, 2, 3, 4, 5, 6}}}
			if r.IntN(2) == 0 {
				pic.Bitmap = &picture.Bitmap{W: 2, H: 1, JPEG: shot.Bytes()}
			}
			if r.IntN(2) == 0 {
				pic = &picture.Picture{Drawing: &picture.Drawing{W: r.Float64(), H: 3,
					Paths: []picture.Path{{Fill: color(), Opacity: r.Float64(), EvenOdd: r.IntN(2) == 0,
						Ops: []picture.Op{picture.Move, picture.Cubic, picture.Close},
						Pts: []picture.Point{{X: 1}, {Y: 2}, {X: 3}, {X: 1, Y: 3}}}}}}
			}
			p.Items = append(p.Items, &Image{Tag: tag, Box: Rect{length(), length(), length(), length()}, Picture: pic})
		case 4:
			p.Items = append(p.Items, &Anchor{Tag: max(0, tag)})
		}
	}
	return p
}

func BenchmarkFacts(b *testing.B) {
	lib, brand := content.Open(), content.Neutral()
	h := handout(b, lib, "sciatica")
	p := personal(b, lib, h, brand, content.Visit{})
	page, _ := fitted(b, NewSetter(fonts.Default()), p, Sheet{Brand: brand, Paper: Letter})
	for b.Loop() {
		page.Facts()
	}
}
