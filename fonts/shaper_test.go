package fonts

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// said is the text of pieces as their glyphs tell it, in logical order.
func said(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		for _, r := range p.Runs {
			for i := range r.Glyphs {
				if r.Level%2 != 0 {
					i = len(r.Glyphs) - 1 - i
				}
				b.WriteString(r.Glyphs[i].Text)
			}
		}
	}
	return b.String()
}

// TestNames shapes names of many scripts with the shipped faces and reads them back.
func TestNames(t *testing.T) {
	for _, test := range []struct{ text, face string }{
		{"Zoë Nuñez-O'Brien", "AtkinsonHyperlegibleNext-Regular"},
		{"Đặng Thị Hương", "NotoSans-Regular"},
		{"Łukasz Żółć", "AtkinsonHyperlegibleNext-Regular"},
		{"Αθηνά", "NotoSans-Regular"},
		{"Наталья", "NotoSans-Regular"},
		{"שרה", "NotoSansHebrew-Regular"},
		{"محمد", "NotoSansArabic-Regular"},
		{"ณัฐ", "NotoSansThai-Regular"},
		{"नमस्ते", "NotoSansDevanagari-Regular"},
	} {
		p, err := Default().Shaper().Pieces([]Span{{Text: test.text}}, "en", false)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if got := said(p); got != test.text {
			t.Errorf("glyphs say %+q, want %+q", got, test.text)
		}
		for _, piece := range p {
			for _, r := range piece.Runs {
				if r.Face.Name() != test.face {
					t.Errorf("%s: in %s, want %s", test.text, r.Face.Name(), test.face)
				}
			}
		}
	}
}

func pieces(t testing.TB, s *Shaper, text string) []Piece {
	t.Helper()
	p, err := s.Pieces([]Span{{Text: text}}, "en", false)
	if err != nil {
		t.Fatalf("%+q: %v", text, err)
	}
	return p
}

func width(pieces []Piece) Em {
	var w Em
	for _, p := range pieces {
		w += p.Width + p.Space
	}
	return w
}

// TestBreaks gives texts with a bar where a line may end and two where it must.
func TestBreaks(t *testing.T) {
	for _, want := range []string{
		"one |two |three",
		"500\u00a0mg |a |day",
		"two  |spaces",
		" |lead",
		"well-|known",
		"555-1234",
		"(bracketed |text), |so",
		"“Quoted |words” |end",
		"an |em—|dash",
		"an |em |— |dash",
		"and/|or",
		"3–5 |times",
		"3,or |1,000.5",
		"no\u2011break",
		"zero\u200b|width",
		"soft\u00adhyphen",
		"word\u2060joiner",
		"first\n||second",
		"first\r\n||second\n||",
		"line\u2028||sep",
		"מחר |אבא",
		"30° |× |2 |½",
	} {
		text := strings.ReplaceAll(want, "|", "")
		var b strings.Builder
		rest := []rune(text)
		p := pieces(t, Default().Shaper(), text)
		for i, x := range p {
			n := 0
			for _, r := range x.Runs {
				for _, g := range r.Glyphs {
					n += len([]rune(g.Text))
				}
			}
			for n > 0 || len(rest) > 0 && (silent(rest[0]) || lineBreak(rest[0])) {
				if !silent(rest[0]) && !lineBreak(rest[0]) {
					n--
				}
				b.WriteRune(rest[0])
				rest = rest[1:]
			}
			if x.Break {
				b.WriteString("||")
			} else if i < len(p)-1 {
				b.WriteString("|")
			}
		}
		if b.String() != want {
			t.Errorf("%+q breaks as %+q", text, b.String())
		}
	}
}

// TestSpace: white space at a piece's end is counted apart, whichever way it reads.
func TestSpace(t *testing.T) {
	s := Default().Shaper()
	space := pieces(t, s, "a ")[0].Space
	if space <= 0 {
		t.Fatal("a space has no width")
	}
	for _, test := range []struct {
		text string
		want Em
	}{{"ab", 0}, {"ab ", space}, {"ab  ", 2 * space}, {" ", space}, {"ab\t", space}, {"ab\u00a0", 0}, {"אב ", space}} {
		p := pieces(t, s, test.text)[0]
		if p.Space != test.want {
			t.Errorf("%+q: space %d, want %d", test.text, p.Space, test.want)
		}
		if sum := widthOf(p.Runs); sum != p.Width+p.Space {
			t.Errorf("%+q: runs are %d wide, the piece %d+%d", test.text, sum, p.Width, p.Space)
		}
	}
	for _, p := range pieces(t, s, "abc אבג דהו def") {
		for _, r := range p.Runs {
			var sum Em
			for _, g := range r.Glyphs {
				sum += g.Advance
			}
			if sum != r.Width {
				t.Errorf("a run of glyphs %d wide says %d", sum, r.Width)
			}
		}
	}
}

func widthOf(runs []Run) Em {
	var w Em
	for _, r := range runs {
		w += r.Width
	}
	return w
}

// TestDecomposed: an accent typed apart gives the same letter.
func TestDecomposed(t *testing.T) {
	s := Default().Shaper()
	for _, test := range [][2]string{
		{"Zoë", "Zoe\u0308"}, {"Nuñez", "Nun\u0303ez"}, {"Żółć", "Z\u0307o\u0301łc\u0301"}, {"Hương", "Hu\u031bo\u031bng"},
		{"Đặng", "Đa\u0323\u0306ng"}, {"Thị", "Thi\u0323"}, {"Αθηνά", "Αθηνα\u0301"}, {"й", "и\u0306"},
	} {
		a, b := pieces(t, s, test[0]), pieces(t, s, test[1])
		if width(a) != width(b) {
			t.Errorf("%s is %d wide, taken apart %d", test[0], width(a), width(b))
		}
		if got := said(b); got != test[1] {
			t.Errorf("%+q says %+q", test[1], got)
		}
		if len(a[0].Runs) != 1 || len(b[0].Runs) != 1 {
			t.Errorf("%s is set in more than one face", test[0])
		}
	}
}

// TestKerning: AVATAR is narrower than its letters side by side, and ligatures and marks work.
func TestKerning(t *testing.T) {
	s := Default().Shaper()
	p := pieces(t, s, "AVATAR")
	var sum Em
	for _, g := range p[0].Runs[0].Glyphs {
		sum += p[0].Runs[0].Face.Advance(g.Shape)
	}
	if width(p) >= sum {
		t.Errorf("AVATAR is %d wide, its letters %d", width(p), sum)
	}
}

// TestArabic: letters join, within a word, across a change of style, not across a space.
func TestArabic(t *testing.T) {
	s := Default().Shaper()
	glyph := func(p []Piece, run, logical int) Shape {
		g := p[0].Runs[run].Glyphs
		return g[len(g)-1-logical].Shape
	}
	alone, joined := pieces(t, s, "م"), pieces(t, s, "محمد")
	if glyph(alone, 0, 0) == glyph(joined, 0, 0) {
		t.Error("meem looks the same alone and at the start of a word")
	}
	split, err := s.Pieces([]Span{{Text: "م"}, {Text: "حمد", Style: Italic}}, "ar", true)
	if err != nil {
		t.Fatal(err)
	}
	if len(split[0].Runs) != 2 || glyph(split, 0, 0) != glyph(joined, 0, 0) || glyph(split, 1, 0) != glyph(joined, 0, 1) {
		t.Error("letters do not join over a change of span")
	}
	if n := len(pieces(t, s, "الله")[0].Runs[0].Glyphs); n == 0 || said(pieces(t, s, "الله")) != "الله" {
		t.Error("the name is lost in its ligature")
	}
}

// TestSilent: what has no shape is not drawn, not missing and takes no room.
func TestSilent(t *testing.T) {
	s := Default().Shaper()
	want := width(pieces(t, s, "word"))
	for _, text := range []string{"wo\u00adrd", "\ufeffword", "wo\u200drd", "wo\u200crd", "word\u200e", "\u202aword\u202c", "\u2066word\u2069", "word\ufe0f"} {
		p := pieces(t, s, text)
		if len(p) != 1 || width(p) != want || len(p[0].Runs) != 1 || len(p[0].Runs[0].Glyphs) != 4 {
			t.Errorf("%+q: %d pieces %d wide, want one of %d", text, len(p), width(p), want)
		}
	}
	for _, text := range []string{"", "\u00ad", "\u200d", "\n", "\u202e"} {
		for _, p := range pieces(t, s, text) {
			if p.Width != 0 || len(p.Runs) > 0 {
				t.Errorf("%+q draws something", text)
			}
		}
	}
	if said(pieces(t, s, "⚠\ufe0f")) != "⚠" {
		t.Error("a warning sign asked for as a picture is not drawn as text")
	}
	if got := said(pieces(t, s, "می\u200cخواهم")); got != "می\u200cخواهم" {
		t.Errorf("a non-joiner is lost: %+q", got)
	}
}

// TestMissing: all characters without a face are named, each once, with its span.
func TestMissing(t *testing.T) {
	spans := []Span{{Text: "a😀b王"}, {Text: "😀👩\u200d⚕\ufe0f\u0007", Style: Bold}, {Text: "fine"}}
	p, err := Default().Shaper().Pieces(spans, "en", false)
	var m *MissingError
	if !errors.As(err, &m) || p != nil {
		t.Fatalf("pieces %v, error %v", p, err)
	}
	if string(m.Runes) != "😀王👩\u0007" || !slices.Equal(m.Spans, []int{0, 0, 1, 1}) {
		t.Errorf("missing %+q in %v", string(m.Runes), m.Spans)
	}
	if want := `no font has "😀" (U+1F600), "王" (U+738B), "👩" (U+1F469), U+0007`; m.Error() != want {
		t.Errorf("%s, want %s", m, want)
	}
	for r, want := range map[rune]string{'é': `"é" (U+00E9)`, 0x301: "\"\u25cc\u0301\" (U+0301)", 0xA0: "U+00A0", '\n': "U+000A"} {
		if Name(r) != want {
			t.Errorf("%s, want %s", Name(r), want)
		}
	}
}

// TestSymbols: what a therapist types beside letters is drawn, in every style.
func TestSymbols(t *testing.T) {
	const symbols = "→←↑↓↔⇒•◦‣▪■□☐☑☒✓✔✗✘★☆♥☎✉⚠♀♂①②≤≥≠≈±×÷−½¼¾⅓⅔°µμ·′″‘’“”„«»‹›‐‑‒–—…†‡§¶©®™№℃€£¥¢₹₽₪₫₩₱฿₺₴₿²³₂⁴\u2009\u202f\u2007\u3000"
	for style := range BoldItalic + 1 {
		p, err := Default().Shaper().Pieces([]Span{{Text: symbols, Style: style}}, "en", false)
		if err != nil {
			t.Errorf("style %d: %v", style, err)
		} else if said(p) != symbols {
			t.Errorf("style %d: says %s", style, said(p))
		}
	}
}

// TestStyle: each style has its face; a fallback without it lends the nearest.
func TestStyle(t *testing.T) {
	for _, test := range []struct {
		text  string
		style Style
		want  string
	}{
		{"a", Regular, "AtkinsonHyperlegibleNext-Regular"}, {"a", Bold, "AtkinsonHyperlegibleNext-Bold"},
		{"a", Italic, "AtkinsonHyperlegibleNext-Italic"}, {"a", BoldItalic, "AtkinsonHyperlegibleNext-BoldItalic"},
		{"я", Italic, "NotoSans-Regular"}, {"я", BoldItalic, "NotoSans-Bold"}, {"✓", Bold, "NotoSansSymbols2-Regular"},
	} {
		p, err := Default().Shaper().Pieces([]Span{{test.text, test.style}}, "en", false)
		if err != nil {
			t.Fatal(err)
		}
		if got := p[0].Runs[0].Face.Name(); got != test.want {
			t.Errorf("%s in style %d: %s, want %s", test.text, test.style, got, test.want)
		}
	}
}

// TestStack: a brand's face after the shipped ones.
func TestStack(t *testing.T) {
	brand := testFace(t, "curves.otf") // bold only
	for _, test := range []struct {
		name  string
		stack *Stack
		text  string
		want  string
	}{
		{"after", Default().With(brand), "A", "AtkinsonHyperlegibleNext-Bold"},
		{"the shipped one is left as it is", Default(), "A", "AtkinsonHyperlegibleNext-Bold"},
	} {
		p, err := test.stack.Shaper().Pieces([]Span{{test.text, Bold}}, "en", false)
		if err != nil {
			t.Fatal(err)
		}
		if got := p[0].Runs[0].Face.Name(); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// TestSpans: a run never crosses spans, except that a mark stays with its base.
func TestSpans(t *testing.T) {
	p, err := Default().Shaper().Pieces([]Span{{Text: "bo"}, {Text: "ld", Style: Bold}, {Text: "\u0308 on"}}, "en", false)
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, r := range p[0].Runs {
		got = append(got, r.Span)
	}
	if len(p) != 2 || !slices.Equal(got, []int{0, 1, 2}) || said(p) != "bold\u0308 on" {
		t.Errorf("%d pieces, spans %v, text %+q", len(p), got, said(p))
	}
	if last := p[0].Runs[1].Glyphs; last[len(last)-1].Text != "d\u0308" {
		t.Error("the mark has left its letter")
	}
}

// words are what random texts are made of.
var words = []string{"one ", "Two", " ", "  ", "שרה ", "محمد", "12 ", "3.5", "(", ") ", "Hương ", "Zoe\u0308", "ณัฐ", "नमस्ते ", "→", "-", "\u00a0", "\n",
	"شَيخ ", "שָׂרָה", "น้ำ", "क्षत्रि", "q\u0323\u0302", "\u200f", "\u2067", "\u2069", "\t", "я", "☐ ", ", ", "\u00ad", "%"}

func randomSpans(rng *rand.Rand) []Span {
	spans := make([]Span, 1+rng.IntN(3))
	for i := range spans {
		spans[i].Style = Style(rng.IntN(4))
		for range rng.IntN(8) {
			spans[i].Text += words[rng.IntN(len(words))]
		}
	}
	return spans
}

// TestCache: a shaper that has seen everything gives what a new one gives, also
// when several share their faces.
func TestCache(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var texts [][]Span
	var want [][]Piece
	for range 300 {
		spans := randomSpans(rng)
		p, err := Default().Shaper().Pieces(spans, "en", len(texts)%3 == 0)
		if err != nil {
			t.Fatal(err)
		}
		texts, want = append(texts, spans), append(want, p)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s := Default().Shaper()
			for round := range 3 {
				for i, spans := range texts {
					if round == 1 {
					}
					p, err := s.Pieces(spans, "en", i%3 == 0)
					if err != nil || !reflect.DeepEqual(p, want[i]) {
						t.Errorf("%+q: round %d differs from a new shaper: %v", spans, round, err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
}

// TestText: over random texts the glyphs say every character that is not silent,
// each in its place, and the widths add up.
func TestText(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	s := Default().Shaper()
	for i := range 500 {
		spans := randomSpans(rng)
		p, err := s.Pieces(spans, "en", i%2 == 0)
		if err != nil {
			t.Fatal(err)
		}
		checkPieces(t, spans, p)
	}
}

// checkPieces holds what is true of the pieces of any text.
func checkPieces(t *testing.T, spans []Span, pieces []Piece) {
	t.Helper()
	var text strings.Builder
	for _, sp := range spans {
		text.WriteString(sp.Text)
	}
	seen := func(s string) string { // a joiner with nothing beside it is lost
		return strings.Map(func(r rune) rune {
			if invisible(r) {
				return -1
			}
			return r
		}, s)
	}
	want := seen(string(clean(text.String())))
	if got := seen(said(pieces)); got != want {
		t.Errorf("%+q: glyphs say %+q", want, got)
	}
	for _, p := range pieces {
		if p.Space < 0 || widthOf(p.Runs) != p.Width+p.Space {
			t.Errorf("%+q: runs %d wide, piece %d+%d", want, widthOf(p.Runs), p.Width, p.Space)
		}
		for _, r := range p.Runs {
			if len(r.Glyphs) == 0 || r.Span < 0 || r.Span >= len(spans) {
				t.Errorf("%+q: run of %d glyphs in span %d", want, len(r.Glyphs), r.Span)
			}
			for _, g := range r.Glyphs {
				if g.Shape == (Shape{}) || int(g.ID) >= r.Face.glyphs || g.ID > 0 && g.Parts != "" || g.Text == "" {
					t.Errorf("%+q: glyph %v says %q", want, g.Shape, g.Text)
				}
			}
		}
	}
}

func FuzzPieces(f *testing.F) {
	for _, w := range words {
		f.Add("a "+w, w+"b", uint8(Bold), true)
	}
	f.Add("\xff\xfe", "\xc3", uint8(9), false)
	f.Add("👩\u200d⚕\ufe0f", "e\u0301\u0301\u0301", uint8(3), false)
	s := Default().Shaper()
	f.Fuzz(func(t *testing.T, a, b string, style uint8, rtl bool) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) {
			s.Pieces([]Span{{Text: a}, {b, Style(style)}}, "", rtl) // no panic is all we ask
			return
		}
		spans := []Span{{Text: a}, {b, Style(style)}}
		p, err := s.Pieces(spans, "en", rtl)
		if err != nil {
			var m *MissingError
			if !errors.As(err, &m) || len(m.Runes) == 0 || len(m.Runes) != len(m.Spans) {
				t.Fatal(err)
			}
			return
		}
		checkPieces(t, spans, p)
		for _, r := range Visual(slices.Concat(p2runs(p)...), rtl) {
			var shapes []Shape
			for _, g := range r.Glyphs {
				shapes = append(shapes, g.Shape)
			}
			if _, err := r.Face.Subset(shapes); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func p2runs(pieces []Piece) [][]Run {
	out := make([][]Run, len(pieces))
	for i, p := range pieces {
		out[i] = p.Runs
	}
	return out
}

// Arabic letters join: each takes the form its neighbours ask for, one glyph for
// one letter. A letter in the middle of a word is not as wide as one at its end.
func TestArabicJoins(t *testing.T) {
	s := Default().Shaper()
	for word, glyphs := range map[string]int{"عبد": 3, "بيتي": 4, "شيخ": 3, "يتحسن": 5, "ثلاث": 3} {
		pieces, err := s.Pieces([]Span{{Text: word}}, "ar", true)
		if err != nil {
			t.Fatal(err)
		}
		if got := pieces[0].Runs[0].Glyphs; len(got) != glyphs {
			t.Errorf("%s has %d glyphs, not %d", word, len(got), glyphs)
		}
	}
	pieces, err := s.Pieces([]Span{{Text: "بيتي"}}, "ar", true)
	if err != nil {
		t.Fatal(err)
	}
	g := pieces[0].Runs[0].Glyphs // as seen: the last letter first
	if g[0].Text != "ي" || g[2].Text != "ي" || g[0].ID == g[2].ID || g[2].Advance >= g[0].Advance {
		t.Errorf("yeh at the end (%d, %d wide) and in the middle (%d, %d wide) look alike", g[0].ID, g[0].Advance, g[2].ID, g[2].Advance)
	}
}

// Once shapes as Pieces does, and leaves no word behind that was not there before.
func TestOnce(t *testing.T) {
	s := Default().Shaper()
	if _, err := s.Pieces([]Span{{Text: "Dear patient"}}, "en", false); err != nil {
		t.Fatal(err)
	}
	words := len(s.words)
	spans := []Span{{Text: "Dear Đặng "}, {Text: "محمد", Style: Bold}}
	for range 2 {
		got, err := s.Once(spans, "en", false)
		if err != nil {
			t.Fatal(err)
		}
		if want, _ := Default().Shaper().Pieces(spans, "en", false); !reflect.DeepEqual(got, want) {
			t.Errorf("shaped once: %v\nshaped and kept: %v", got, want)
		}
	}
	if len(s.words) != words {
		t.Errorf("kept %d words", len(s.words)-words)
	}
}
