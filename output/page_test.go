package output

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"handout/content/picture"
	"handout/fonts"
	"handout/layout"
)

// made is when the tests' pages were made.
var made = time.Date(2026, 11, 22, 9, 30, 0, 0, time.FixedZone("", 3600))

// sheet sets a page by hand.
type sheet struct {
	layout.Page
	tb     testing.TB
	shaper *fonts.Shaper
	ink    picture.Color
	y      layout.Length // of the last base line
}

func newSheet(tb testing.TB) *sheet {
	s := &sheet{tb: tb, shaper: fonts.Default().Shaper()}
	s.Size, s.Title, s.Author, s.Lang = layout.A4.Size, "Sciatica: what helps", "Riverside Clinic", "en"
	s.Tags = []layout.Tag{{Role: layout.Document, Parent: -1}}
	s.y = 60 * layout.Point
	return s
}

// tag adds a tag and gives its number.
func (s *sheet) tag(role layout.Role, parent int) int {
	s.Tags = append(s.Tags, layout.Tag{Role: role, Parent: parent})
	return len(s.Tags) - 1
}

// line sets text on a new line; run goes on where the last text ended.
func (s *sheet) line(tag int, size float64, text string) layout.XY {
	s.y += layout.Pt(size * 1.4)
	return s.run(tag, layout.XY{X: 50 * layout.Point, Y: s.y}, size, fonts.Span{Text: text})
}

func (s *sheet) run(tag int, at layout.XY, size float64, spans ...fonts.Span) layout.XY {
	s.tb.Helper()
	pieces, err := s.shaper.Pieces(spans, s.Lang, s.RTL)
	if err != nil {
		s.tb.Fatal(err)
	}
	var runs []fonts.Run
	for _, p := range pieces {
		runs = append(runs, p.Runs...)
	}
	seen := fonts.Visual(runs, s.RTL)
	for len(seen) > 0 { // what is of one face and span is one item, as layout has it
		r, n := seen[0], 1
		r.Glyphs = slices.Clone(r.Glyphs)
		for ; n < len(seen) && seen[n].Face == r.Face && seen[n].Span == r.Span; n++ {
			r.Glyphs = append(r.Glyphs, seen[n].Glyphs...)
			r.Width += seen[n].Width
		}
		seen = seen[n:]
		s.Items = append(s.Items, &layout.Glyphs{Tag: tag, At: at, Face: r.Face, Size: layout.Pt(size), Color: s.ink, Glyphs: r.Glyphs})
		at.X += em(r.Width, layout.Pt(size))
	}
	return at
}

func (s *sheet) image(tag int, box layout.Rect, p *picture.Picture) {
	s.Items = append(s.Items, &layout.Image{Tag: tag, Box: box, Picture: p})
}

func (s *sheet) anchor(tag int, box layout.Rect, url string) {
	s.Items = append(s.Items, &layout.Anchor{Tag: tag, Box: box, URL: url})
}

// pts is a box in points.
func pts(x, y, w, h float64) layout.Rect {
	return layout.Rect{X: layout.Pt(x), Y: layout.Pt(y), W: layout.Pt(w), H: layout.Pt(h)}
}

func box(r layout.Rect) []layout.Segment {
	return []layout.Segment{
		{Op: picture.Move, To: layout.XY{X: r.X, Y: r.Y}},
		{Op: picture.Line, To: layout.XY{X: r.Right(), Y: r.Y}},
		{Op: picture.Line, To: layout.XY{X: r.Right(), Y: r.Bottom()}},
		{Op: picture.Line, To: layout.XY{X: r.X, Y: r.Bottom()}},
		{Op: picture.Close},
	}
}

type named struct{ lang, name string }

// names are what patients are called, in the scripts the shipped faces draw, as
// letters and as letters with marks of their own; and lines that mix them.
var names = []named{
	{"es", "Zoë Nuñez-O’Brien"}, {"es", "Zoe\u0308 Nun\u0303ez"},
	{"vi", "Đặng Thị Hương"}, {"vi", "Đa\u0323\u0306ng Thi\u0323 Hu\u031bo\u031bng"},
	{"pl", "Łukasz Żółć"}, {"pl", "Łukasz Z\u0307o\u0301łc\u0301"},
	{"el", "Αθηνά"}, {"el", "Αθηνα\u0301"}, {"ru", "Наталья"},
	{"he", "שרה"}, {"he", "שָׂרָה"},
	{"ar", "محمد"}, {"ar", "مُحَمَّد"}, {"ar", "عبد الله"}, {"ar", "فاطمة الزهراء"}, {"ar", "بيتي"}, {"ar", "شيخ ثلاث"},
	{"th", "ณัฐ"}, {"th", "น้ำตก"}, {"th", "น้ำผึ้ง"}, {"hi", "क्षत्रिय"},
	{"ar", "Anna محمد Smith"}, {"he", "For שָׂרָה and לאה today"}, {"ar", "For عبد الله today"}, {"ar", "For شيخ ثلاث, 3 times"}, {"th", "For น้ำตก or क्षत्रिय, 3 times"},
}

// namesPage has a name a line.
func namesPage(tb testing.TB) *layout.Page {
	s := newSheet(tb)
	for _, n := range names {
		t := s.tag(layout.P, 0)
		s.Tags[t].Lang = n.lang
		s.line(t, 16, n.name)
	}
	return &s.Page
}

// fullPage has every kind of item and every role.
func fullPage(tb testing.TB) *layout.Page {
	s := newSheet(tb)
	green, white := picture.Color{R: 20, G: 90, B: 80}, picture.Color{R: 255, G: 255, B: 255}

	s.Items = append(s.Items, &layout.Shape{Tag: layout.Artifact, Path: box(pts(0, 0, 595.276, 48)), Fill: &green})
	s.ink = white
	s.run(layout.Artifact, layout.XY{X: layout.Pt(50), Y: layout.Pt(30)}, 14, fonts.Span{Text: "Riverside Clinic (est. 1999)", Style: fonts.Bold})
	s.ink = picture.Color{}
	rule := layout.XY{X: layout.Pt(50), Y: layout.Pt(800)}
	s.Items = append(s.Items, &layout.Shape{Tag: layout.Artifact, Stroke: &green, Width: layout.Pt(0.75),
		Path: []layout.Segment{{Op: picture.Move, To: rule}, {Op: picture.Line, To: layout.XY{X: layout.Pt(545), Y: rule.Y}}}})
	s.Items = append(s.Items, &layout.Shape{Tag: layout.Artifact, Fill: &white, Stroke: &green, Width: layout.Pt(1), Path: box(pts(300, 300, 20, 10))})

	s.line(s.tag(layout.H1, 0), 24, "Sciatica: what helps")
	p := s.tag(layout.P, 0)
	at := s.line(p, 12, "Keep moving. ")
	at = s.run(p, at, 12, fonts.Span{Text: "Stop", Style: fonts.Bold}, fonts.Span{Text: " if it hurts (sharply) and read "}, fonts.Span{Text: "more", Style: fonts.Italic}, fonts.Span{Text: " at "})
	link := s.tag(layout.Link, p)
	s.Tags[link].Alt = "Riverside Clinic’s page on sciatica"
	end := s.run(link, at, 12, fonts.Span{Text: "riverside.example"})
	s.anchor(link, layout.Rect{X: at.X, Y: at.Y - layout.Pt(10), W: end.X - at.X, H: layout.Pt(13)}, "https://riverside.example/sciatica?a=(1)")
	s.run(p, end, 12, fonts.Span{Text: " or "})
	s.line(p, 12, "by telephone: AVATAR, office, file (\\) 3).")

	sect := s.tag(layout.Sect, 0)
	s.line(s.tag(layout.H2, sect), 16, "Who it is for")
	for _, n := range []named{{"vi", "Đặng Thị Hương"}, {"el", "Αθηνά"}, {"he", "שָׂרָה"}, {"ar", "محمد"}, {"th", "น้ำผึ้ง"}} {
		t := s.tag(layout.P, sect)
		s.Tags[t].Lang = n.lang
		s.line(t, 12, n.name)
	}
	for _, label := range []string{"•", "1."} {
		list := s.tag(layout.L, sect)
		if s.Tags[list].Labels = layout.Disc; label == "1." {
			s.Tags[list].Labels = layout.Decimal
		}
		for _, words := range []string{"Walk for ten minutes.", "Sit on a firm chair."} {
			item := s.tag(layout.LI, list)
			at := s.line(s.tag(layout.Lbl, item), 12, label+" ")
			s.run(s.tag(layout.LBody, item), at, 12, fonts.Span{Text: words})
		}
	}

	table := s.tag(layout.Table, 0)
	for i, row := range [][]string{{"Stretch", "Hold"}, {"Figure 4", "30 s"}, {"Knee to chest", "20 s"}} {
		tr := s.tag(layout.TR, table)
		s.y += layout.Pt(18)
		for j, cell := range row {
			role := layout.TD
			if i == 0 || j == 0 {
				role = layout.TH
			}
			tag := s.tag(role, tr)
			switch {
			case i == 0:
				s.Tags[tag].Heads = layout.OfColumn
			case j == 0:
				s.Tags[tag].Heads = layout.OfRow
			}
			s.run(tag, layout.XY{X: layout.Pt(50 + 120*float64(j)), Y: s.y}, 12, fonts.Span{Text: cell})
		}
	}

	figures := s.tag(layout.Sect, 0)
	s.line(s.tag(layout.H3, figures), 14, "Pictures")
	for i, f := range []struct {
		alt string
		pic *picture.Picture
	}{
		{"A person lies on the back, one ankle on the other knee", &picture.Picture{Drawing: leg()}},
		{"A round mark that fades out", &picture.Picture{Bitmap: fading()}},
		{"A photograph of a grey wall", &picture.Picture{Bitmap: photograph(tb)}},
	} {
		t := s.tag(layout.Figure, figures)
		s.Tags[t].Alt = f.alt
		s.image(t, pts(50+120*float64(i), 600, 100, 75), f.pic)
		if i == 0 {
			y := s.y
			s.y = layout.Pt(680)
			s.line(s.tag(layout.Caption, t), 10, "Figure 4")
			s.y = y
		}
	}
	qr := s.tag(layout.Link, figures)
	code := s.tag(layout.Figure, qr)
	s.Tags[code].Alt = "QR code of the booking page"
	black := picture.Color{}
	s.Items = append(s.Items, &layout.Shape{Tag: code, Fill: &black, Path: append(box(pts(450, 600, 30, 30)), layout.Segment{Op: picture.Move, To: layout.XY{X: layout.Pt(490), Y: layout.Pt(640)}},
		layout.Segment{Op: picture.Cubic, C1: layout.XY{X: layout.Pt(500), Y: layout.Pt(640)}, C2: layout.XY{X: layout.Pt(500), Y: layout.Pt(650)}, To: layout.XY{X: layout.Pt(490), Y: layout.Pt(650)}})})
	s.anchor(qr, pts(450, 600, 50, 50), "https://riverside.example/book")

	s.y = layout.Pt(700)
	quote := s.tag(layout.BlockQuote, 0)
	s.line(s.tag(layout.P, quote), 12, "Most people are better in six weeks.")
	note := s.tag(layout.Note, 0)
	s.line(s.tag(layout.Lbl, note), 9, "1 ")
	s.line(s.tag(layout.Reference, note), 9, "Said of people, not of you.")
	s.line(s.tag(layout.H4, 0), 12, "The end")
	return &s.Page
}

// rtlPage reads from right to left, with a Latin word in the middle.
func rtlPage(tb testing.TB) *layout.Page {
	s := newSheet(tb)
	s.Title, s.Lang, s.RTL = "כאב גב", "he", true
	s.line(s.tag(layout.H1, 0), 24, "כאב גב")
	s.line(s.tag(layout.P, 0), 12, "שרה, call 112 עכשיו")
	return &s.Page
}

// leg is a drawing with curves, a transparent part and a hole.
func leg() *picture.Drawing {
	circle := func(x, y, r float64) (ops []picture.Op, pts []picture.Point) {
		k := r * 0.5522847498
		at := func(dx, dy float64) picture.Point { return picture.Point{X: x + dx, Y: y + dy} }
		return []picture.Op{picture.Move, picture.Cubic, picture.Cubic, picture.Cubic, picture.Cubic, picture.Close},
			[]picture.Point{at(r, 0), at(r, k), at(k, r), at(0, r), at(-k, r), at(-r, k), at(-r, 0), at(-r, -k), at(-k, -r), at(0, -r), at(k, -r), at(r, -k), at(r, 0)}
	}
	d := &picture.Drawing{W: 400, H: 300}
	add := func(c picture.Color, opacity float64, evenOdd bool, rings ...[3]float64) {
		p := picture.Path{Fill: c, Opacity: opacity, EvenOdd: evenOdd}
		for _, r := range rings {
			ops, pts := circle(r[0], r[1], r[2])
			p.Ops, p.Pts = append(p.Ops, ops...), append(p.Pts, pts...)
		}
		d.Paths = append(d.Paths, p)
	}
	skin := picture.Color{R: 214, G: 170, B: 140}
	add(skin, 1, false, [3]float64{100, 100, 60})
	add(skin, 1, false, [3]float64{250, 150, 80})
	add(picture.Color{R: 200, B: 30}, 0.4, false, [3]float64{180, 150, 70})
	add(picture.Color{}, 1, true, [3]float64{330, 240, 50}, [3]float64{330, 240, 40})
	d.Paths = append(d.Paths, picture.Path{Fill: picture.Color{R: 9, G: 9, B: 9}, Opacity: 1,
		Ops: []picture.Op{picture.Move, picture.Line, picture.Line, picture.Close},
		Pts: []picture.Point{{X: 0, Y: 299}, {X: 400, Y: 299}, {X: 400, Y: 300}}})
	return d
}

// fading is a round mark whose edge is transparent.
func fading() *picture.Bitmap {
	const side = 64
	b := &picture.Bitmap{W: side, H: side}
	for y := range side {
		for x := range side {
			d := math.Hypot(float64(x)-31.5, float64(y)-31.5) / 32
			b.Pix = append(b.Pix, byte(4*x), byte(4*y), 120)
			b.Alpha = append(b.Alpha, byte(255*max(0, 1-d)))
		}
	}
	return b
}

func photograph(tb testing.TB) *picture.Bitmap {
	m := image.NewGray(image.Rect(0, 0, 40, 30))
	for i := range m.Pix {
		m.Set(i%40, i/40, color.Gray{Y: byte(100 + i%40)})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		tb.Fatal(err)
	}
	return &picture.Bitmap{W: 40, H: 30, Gray: true, JPEG: b.Bytes()}
}

// write makes the page's file.
func write(tb testing.TB, p *layout.Page, name string) []byte {
	tb.Helper()
	data, err := PDF(p, made)
	if err != nil {
		tb.Fatal(err)
	}
	keepForJudges(tb, data, name)
	return data
}

// keepForJudges leaves a copy where HANDOUT_PAGES names a folder, for the judges
// from outside.
func keepForJudges(tb testing.TB, data []byte, name string) {
	tb.Helper()
	if dir := os.Getenv("HANDOUT_PAGES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "output-"+name+".pdf"), data, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
}

// pages are what most tests look at.
func pages(tb testing.TB) map[string]*layout.Page {
	plain := newSheet(tb)
	plain.Author = ""
	plain.line(plain.tag(layout.P, 0), 12, "One line.")
	return map[string]*layout.Page{"full": fullPage(tb), "names": namesPage(tb), "rtl": rtlPage(tb), "plain": &plain.Page}
}
