package layout

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
)

// handoutOf is Markdown below a title, for a visit.
func handoutOf(t *testing.T, lang, text string, brand *content.Brand, v content.Visit) *content.Page {
	t.Helper()
	h := markdown(t, "---\ntitle: X\nlang: "+lang+
		"\n---\n"+text)
	p := personal(t, content.Open(), h, brand, v)
	return p
}

// set makes a page of Markdown below a title.
func set(t *testing.T, lang, text string, v content.Visit, sheet Sheet) *Page {
	t.Helper()
	h := handoutOf(t, lang, text, sheet.Brand, v)
	p, f := fitted(t, NewSetter(fonts.Default()), h, suited(h, sheet))
	for _, fault := range faults(p, f.Body) {
		t.Error(fault)
	}
	return p
}

func a4() Sheet { return Sheet{Brand: content.Neutral(), Paper: A4} }

// words is what is printed into a tag and the tags below it.
func (p *Page) words(tag int) string {
	var b strings.Builder
	for _, it := range p.Items {
		g, ok := it.(*Glyphs)
		if !ok {
			continue
		}
		for t := g.Tag; t >= tag; t = p.Tags[t].Parent {
			if t == tag {
				for _, glyph := range g.Glyphs {
					b.WriteString(glyph.Text)
				}
			}
		}
	}
	return b.String()
}

// boxes are the shapes of a tag.
func (p *Page) boxes(tag int) (out []Rect) {
	for _, it := range p.Items {
		if s, ok := it.(*Shape); ok && s.Tag == tag {
			out = append(out, bounds(s.Path))
		}
	}
	return out
}

// A diary has a row a stretch, and in it as many boxes a day as the dose has times;
// for some days a week, so many in each week. All of 6 mm or more.
func TestDiaryIsSizedFromDoses(t *testing.T) {
	for _, c := range []struct {
		dose, days string
		boxes      int
	}{
		{"", "week", 7},
		{":per-day=2", "week", 14},
		{":per-day=12", "week", 84},
		{":days=3", "week", 3},
		{":days=3:per-day=2", "days: 14", 12},
		{":days=1", "days: 8", 2}, // a week has begun
		{":days=6", "days: 10", 9},
		{"", "month", 31},
	} {
		chosen := chosen(t, "cat-cow"+c.dose)
		p := set(t, "en", "Words.\n\n```stretches\n```\n\n```diary\n"+c.days+"\n```\n",
			content.Visit{Chosen: true, Stretches: chosen}, a4())
		n, columns := 0, map[int]int{}
		for i, tag := range p.Tags {
			switch tag.Role {
			case TH:
				columns[tag.Parent]++
			case TD:
				columns[tag.Parent] += max(tag.Cols, 1)
				for _, b := range p.boxes(i) {
					n++
					// The line is drawn inside the box.
					if side := min(b.W, b.H) + Point*3/4; side < MM(7) && (c.days != "month" || side < MM(6)) {
						t.Errorf("%s %s: a box of %v", c.dose, c.days, side)
					}
				}
			}
		}
		if n != c.boxes {
			t.Errorf("%s in a diary of %s: %d boxes, want %d", c.dose, c.days, n, c.boxes)
		}
		for tr, wide := range columns {
			for other, w := range columns {
				if p.Tags[tr].Parent == p.Tags[other].Parent && wide != w {
					t.Errorf("%s %s: rows of %d and %d columns in one table", c.dose, c.days, wide, w)
				}
			}
		}
	}
}

// With a date the days have their names, in the page's language.
func TestDiaryDays(t *testing.T) {
	for lang, want := range map[string]string{"en": "Sun1", "de": "So1", "ar": "ح1", "vi": "CN1"} {
		w, err := content.Open().Words(lang)
		if err != nil {
			t.Fatal(err)
		}
		r := &reader{setter: NewSetter(fonts.Default()), page: &content.Page{}, words: w, lang: lang,
			rtl: content.ReadsFromRight(lang)}
		n := r.diary(&content.Diary{Days: 7, Start: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}).(*diaryNode)
		if got := strings.ReplaceAll(n.days[0].spans.String(), "\n", ""); got != want || len(r.errs) > 0 {
			t.Errorf("%s: %q, want %q; %v", lang, got, want, errors.Join(r.errs...))
		}
	}
}

// However many days stand side by side, the name of none is split.
func TestDiaryHeadsAreWhole(t *testing.T) {
	visit := content.Visit{Date: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC), Chosen: true,
		Stretches: []content.Choice{{ID: "cat-cow"}}}
	for _, look := range Looks() {
		sheet := a4()
		sheet.Look = look.ID
		p := set(t, "en", "Words.\n\n```stretches\n```\n\n```diary\nmonth\n```\n", visit, sheet)
		names := map[string]bool{"Sun": true, "Mon": true, "Tue": true, "Wed": true, "Thu": true,
			"Fri": true, "Sat": true}
		n := 0
		for _, it := range p.Items {
			if g, ok := it.(*Glyphs); ok && g.Tag > 0 && p.Tags[g.Tag].Role == TH {
				s := ""
				for _, glyph := range g.Glyphs {
					s += glyph.Text
				}
				if names[strings.TrimSpace(s)] {
					n++
				}
			}
		}
		if n != 31 {
			t.Errorf("%s: %d whole names of 31 days", look.ID, n)
		}
	}
}

// The numbers of a pain scale are words of a list, with room for a circle.
func TestPainScale(t *testing.T) {
	for _, lang := range []string{"en", "he"} {
		for _, look := range Looks() {
			sheet := a4()
			sheet.Look = look.ID
			p := set(t, lang, "12\n\n## 34\n\n```pain-scale\n```\n", content.Visit{}, sheet)
			var said []string
			for i, tag := range p.Tags {
				if tag.Role == LBody {
					said = append(said, p.words(i))
				}
			}
			w, _ := content.Open().Words(lang)
			if len(said) != 11 || said[1] != "1" || said[10][:2] != "10" {
				t.Fatalf("%s %s: %q", lang, look.ID, said)
			}
			if lang == "en" && (said[0] != "0"+w.NoPain || said[10] != "10"+w.WorstPain) {
				t.Errorf("%q %q", said[0], said[10])
			}
			cells := 0
			for _, it := range p.Items {
				if s, ok := it.(*Shape); ok && s.Stroke != nil && s.Tag == Artifact {
					if b := bounds(s.Path); min(b.W, b.H) < MM(6)-Point {
						t.Errorf("%s %s: a cell of %v by %v", lang, look.ID, b.W, b.H)
					}
					cells++
				}
			}
			if cells < 11 {
				t.Errorf("%s %s: %d cells", lang, look.ID, cells)
			}
		}
	}
}

// Without colour a traffic light says the same: three signs of different shapes,
// each with its word.
func TestTrafficLightInBlack(t *testing.T) {
	sheet := a4()
	sheet.Edition = BW
	p := set(t, "en", "Words.\n\n```traffic-light\nA mild pull\nAn ache\nA sharp pain\n```\n", content.Visit{}, sheet)
	var said []string
	for i, tag := range p.Tags {
		if tag.Role == LI {
			said = append(said, p.words(i))
		}
	}
	if got := fmt.Sprint(said); got != "[Go onA mild pull Ease offAn ache StopA sharp pain]" {
		t.Errorf("it says %s", got)
	}
	shapes := map[int]bool{} // by number of steps
	for _, it := range p.Items {
		if s, ok := it.(*Shape); ok && s.Fill != nil && s.Fill.R == 0 {
			if b := bounds(s.Path); b.H > lightSize/2 && b.H <= lightSize {
				shapes[len(s.Path)] = true
			}
		}
	}
	if len(shapes) != 3 {
		t.Errorf("%d shapes of sign", len(shapes))
	}
}

// A code's modules are 0.4 mm or more, and four modules round it nothing is printed.
func TestCodesCanBeRead(t *testing.T) {
	long := "https://example.org/" + strings.Repeat("x", 390)
	text := "Words.\n\n```code\nhttps://example.org\nA film\n```\n\n```code\n" + long +
		"\n```\n\n```reminder\ndaily at 18:00 for 14 days: Stretch\n```\n"
	for _, look := range Looks() {
		sheet := a4()
		sheet.Look = look.ID
		p := set(t, "en", text, content.Visit{Date: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)}, sheet)
		n := 0
		for i, tag := range p.Tags {
			if tag.Role != Figure {
				continue
			}
			n++
			code := p.boxes(i)[0]
			module := Length(1 << 30)
			for _, it := range p.Items {
				if s, ok := it.(*Shape); ok && s.Tag == i {
					for k := 0; k+1 < len(s.Path); k++ {
						if d := s.Path[k+1].To.X - s.Path[k].To.X; d > 0 {
							module = min(module, d)
						}
					}
				}
			}
			if module < MM(.4) {
				t.Errorf("%s: modules of %v", look.ID, module)
			}
			clear := Rect{code.X - 4*module, code.Y - 4*module, code.W + 8*module, code.H + 8*module}
			for _, it := range p.Items {
				if g, ok := it.(*Glyphs); ok && g.At.X < clear.Right() && g.At.X > clear.X && g.At.Y > clear.Y &&
					g.At.Y-g.Size*7/10 < clear.Bottom() {
					t.Errorf("%s: %q stands in the quiet zone", look.ID, g.Glyphs[0].Text)
				}
			}
		}
		if n != 3 {
			t.Errorf("%s: %d codes", look.ID, n)
		}
	}
}

// Footnotes: the mark is a Reference, the note a Note with its figure for a label.
func TestFootnotes(t *testing.T) {
	p := set(t, "en", "It eases.[^a] Walk![^b]\n\n[^b]: Two.\n[^a]: One.\n", content.Visit{}, a4())
	var refs, notes []string
	for i, tag := range p.Tags {
		switch tag.Role {
		case Reference:
			refs = append(refs, p.words(i))
			if p.Tags[tag.Parent].Role != P {
				t.Errorf("a reference in a %v", p.Tags[tag.Parent].Role)
			}
		case Note:
			notes = append(notes, p.words(i))
		}
	}
	if fmt.Sprint(refs, notes) != "[¹ ²] [¹One. ²Two.]" {
		t.Errorf("%q %q", refs, notes)
	}
	for _, it := range p.Items {
		if g, ok := it.(*Glyphs); ok && p.Tags[max(g.Tag, 0)].Role == Note && g.Size < 9*Point {
			t.Errorf("a note in %v", g.Size)
		}
	}
}

// A film is on its card where there is room, to scan and to follow.
func TestFilmOnCard(t *testing.T) {
	s := newSample(t, 1)
	c := s.stretch(0)
	c.Stretch.Video, c.Stretch.Needs = "https://example.org/film", "a strap"
	h := &content.Page{Title: "X", Lang: "en", Words: s.words, Blocks: []content.Block{
		&content.Paragraph{Text: s.text(3, 4, false)}, &content.Stretches{Chosen: []content.Card{c}}}}
	p, f := fitted(t, NewSetter(fonts.Default()), h, a4())
	for _, fault := range faults(p, f.Body) {
		t.Error(fault)
	}
	follow, scan := false, false
	for _, it := range p.Items {
		if a, ok := it.(*Anchor); ok && a.URL == c.Stretch.Video {
			follow = true
		}
	}
	for _, tag := range p.Tags {
		scan = scan || tag.Role == Figure && tag.Alt == "Video: https://example.org/film"
	}
	if text := p.words(0); !follow || !scan || !strings.Contains(text, "You need: a strap") {
		t.Errorf("follow %v, scan %v, in %q", follow, scan, text)
	}
}

// Of the tips on a card the film, which shows all the others, is the last that is left out. None
// of the stretches has a picture, and each page is made.
func TestFilmGoesLast(t *testing.T) {
	s := newSample(t, 1)
	c := s.stretch(0)
	c.Stretch.Frames, c.Stretch.Video, c.Stretch.Needs = nil, "https://example.org/film", "a strap"
	for kind := range c.Stretch.Remarks {
		c.Stretch.Remarks[kind] = content.Remark{Text: s.text(6, 9, false), Mark: content.Optional}
	}
	without, with := 0, 0
	for paragraphs := 4; paragraphs < 20; paragraphs++ {
		h := &content.Page{Title: "X", Lang: "en", Words: s.words, Blocks: []content.Block{
			&content.Heading{Level: 2, Text: content.Text{{Text: "Stretches"}}},
			&content.Stretches{Chosen: []content.Card{c}}, &content.Heading{Level: 2, Text: content.Text{{Text: "Words"}}}}}
		for range paragraphs {
			h.Blocks = append(h.Blocks, &content.Paragraph{Text: s.text(40, 40, false)})
		}
		_, f, err := NewSetter(fonts.Default()).Fit(h, a4())
		if err != nil {
			break
		}
		for _, k := range f.Concessions {
			switch {
			case k.Kind != TipsOut:
			case !slices.Contains(k.Tips, FilmTip):
				with++
			default:
				if without++; len(k.Tips) < 6 {
					t.Errorf("%d paragraphs: the film went before others: %v", paragraphs, k.Tips)
				}
			}
		}
	}
	if with == 0 {
		t.Errorf("no page left out tips but its film (%d left it out)", without)
	}
}

// A field is as tall as its label, and has a line of 30 mm or more to write on, 9 mm below
// whatever is above it.
func TestFieldsHaveRoom(t *testing.T) {
	for n := 1; n <= 24; n += 2 {
		label := strings.TrimSpace(strings.Repeat("Oberschenkel und was ", n)[:10*n])
		for _, text := range []string{"Words.\n\n```fields\n" + label + "\nName\n" + label + "\n```\n",
			"Words.\n\n## One\n\n```fields\n" + label + "\n" + label + "\n```\n\n## Two\n\n" +
				strings.Repeat("Words. ", 60)} {
			sheet := a4()
			sheet.Edition = []string{Standard, Large}[n/2%2]
			p := set(t, "en", text, content.Visit{}, sheet)
			var rules []Rect
			for _, it := range p.Items {
				if s, ok := it.(*Shape); ok && s.Tag == Artifact {
					if r := bounds(s.Path); r.H == Point*3/4 {
						rules = append(rules, r)
					}
				}
			}
			if len(rules) < 2 {
				t.Errorf("%q: %d lines to write on", label, len(rules))
			}
			for _, r := range rules {
				if r.W < MM(30) {
					t.Errorf("%q: %v to write on", label, r.W)
				}
				for _, it := range p.Items { // no words in the room to write in
					if g, ok := it.(*Glyphs); ok {
						if w := g.words(); w.X < r.Right() && w.Right() > r.X && w.Bottom() > r.Y-MM(6) && w.Y < r.Y {
							t.Errorf("%q: words at %v above the line at %v", label, w, r)
						}
					}
				}
			}
		}
	}
}

// A box to tick is drawn in place of its bullet, or after its number: square, a little
// taller than capitals, on the middle of those beside it and one below the other. It says what it is, and is there
// in every look and edition, also where the list was cut or is set as sentences elsewhere.
func TestBoxes(t *testing.T) {
	text := map[string]string{
		"en": "Words.\n\n## Today {.brief}\n\n- [ ] **Drink water.** A glass an hour, and one more after every walk " +
			"that you take in the warm part of the day, or whenever you feel that your mouth is dry.\n- **Rest.** " +
			"No box.\n- [ ] **Walk.** Ten minutes.\n\n1. [ ] **Sit.** Well.\n",
		"he": "מילים.\n\n## היום {.brief}\n\n- [ ] **לשתות.** מים.\n- **לנוח.** בלי.\n- [ ] **ללכת.** מעט.\n\n1. [ " +
			"] **לשבת.** היטב.\n",
	}
	setter, cut := NewSetter(fonts.Default()), 0
	for lang, text := range text {
		for _, sheet := range everySheet(content.Neutral()) {
			for more := 0; ; more += 4 { // with so many lines of text the list is cut
				h := handoutOf(t, lang, text+"\n## More\n"+strings.Repeat("\nWords to fill the page with.\n", more),
					sheet.Brand, content.Visit{})
				if sheet != suited(h, sheet) {
					break
				}
				p, f, err := setter.Fit(h, sheet)
				if err != nil {
					break
				}
				for _, fault := range faults(p, f.Body) {
					t.Error(fault)
				}
				at := fmt.Sprint(lang, sheet.Look, sheet.Edition, more)
				boxes := 0
				if lang == "en" && !strings.Contains(p.words(0), "glass") {
					cut++
				}
				edges := map[Length]int{}
				for i, tag := range p.Tags {
					said := strings.Contains(p.words(i), "\u2610")
					if tag.Role != Lbl {
						continue
					}
					drawn := p.boxes(i)
					if said != (len(drawn) == 1) {
						t.Errorf("%s: label %d says a box: %v, and has %d", at, i, said, len(drawn))
					}
					for _, b := range drawn {
						boxes++
						edges[b.X]++
						for _, it := range p.Items {
							g, ok := it.(*Glyphs)
							if !ok || g.Tag != i || g.Glyphs[0].Text != "\u2610" {
								continue
							}
							middle, capitals := b.Y+b.H/2, g.At.Y-g.Size*67/200
							if b.W != b.H || b.H < g.Size*67/100 || b.H > g.Size*9/10 ||
								max(middle-capitals, capitals-middle) > g.Size/20 {
								t.Errorf("%s: a box of %v by %v, its middle at %v, beside text of %v with its "+
									"middle at %v", at, b.W, b.H, middle, g.Size, capitals)
							}
						}
					}
				}
				if boxes != 3 || len(edges) > 3 {
					t.Errorf("%s: %d boxes of 3 at %d edges", at, boxes, len(edges))
				}
			}
		}
	}
	if cut == 0 {
		t.Error("no list was cut: this proves less than it could")
	}
}
