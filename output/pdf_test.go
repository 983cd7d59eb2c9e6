package output

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
	"handout/layout"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// said is what each marked-content sequence of the file means, in order.
func (j *judge) said() map[int]string {
	said := map[int]string{}
	for _, s := range j.shown {
		for _, c := range s.code {
			if id := s.in[0].id; id >= 0 {
				said[id] += s.font.unicode[c]
			}
		}
	}
	return said
}

// String is the structure tree as text, one element or piece of content a line.
func (j *judge) String() string {
	var b strings.Builder
	said := j.said()
	plain := func(o object) string {
		s, _ := o.(str)
		if !bytes.HasPrefix(s, str{0xfe, 0xff}) {
			return string(s)
		}
		var u []uint16
		for i := 2; i+1 < len(s); i += 2 {
			u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
		}
		return string(utf16.Decode(u))
	}
	var down func(o object, depth int)
	down = func(o object, depth int) {
		indent := strings.Repeat("  ", depth)
		switch o := o.(type) {
		case array:
			for _, k := range o {
				down(k, depth)
			}
		case integer:
			fmt.Fprintf(&b, "%s%q\n", indent, said[int(o)])
		case *dict:
			a := j.file.dict(o.get("Obj"))
			fmt.Fprintf(&b, "%slink %s %q\n", indent, plain(j.file.dict(a.get("A")).get("URI")), plain(a.get("Contents")))
		case ref:
			d := j.file.dict(o)
			b.WriteString(indent + role(d))
			for _, key := range []name{"Alt", "Lang", "ID"} {
				if s := plain(d.get(key)); s != "" {
					fmt.Fprintf(&b, " %s=%q", key, s)
				}
			}
			for _, e := range j.file.dict(d.get("A")).entries {
				w := writer{file: j.file}
				w.object(e.value)
				fmt.Fprintf(&b, " %s=%s", e.key, w.data)
			}
			b.WriteByte('\n')
			down(d.get("K"), depth+1)
		}
	}
	down(j.tree.get("K"), 0)
	return b.String()
}

func TestTree(t *testing.T) {
	for id, p := range pages(t) {
		got := newJudge(t, write(t, p, id)).String()
		path := filepath.Join("testdata", id+".tree")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: the tree is\n%s\nand should be\n%s", id, got, want)
		}
	}
}

// Every glyph must stand where the page has it, in the size it has there, and
// mean what it means there.
func TestGlyphs(t *testing.T) {
	for id, p := range pages(t) {
		j := newJudge(t, write(t, p, id))
		var got []shown
		for _, s := range j.shown {
			if s.op == "TJ" {
				got = append(got, s)
			}
		}
		for i, it := range p.Items {
			g, ok := it.(*layout.Glyphs)
			if !ok {
				continue
			}
			x, top := g.At.X.Points(), p.Size.H.Points()
			for len(got) > 0 && len(got[0].code) == 0 {
				got = got[1:]
			}
			for _, glyph := range g.Glyphs {
				if len(got) == 0 {
					t.Fatalf("%s: item %d is not shown", id, i)
				}
				s := got[0]
				said, codes := s.font.unicode[s.code[0]], 1
				for codes < len(s.code) && s.font.widths[s.code[codes]] == 0 { // blank ones say its marks
					said += s.font.unicode[s.code[codes]]
					codes++
				}
				if said != fonts.Seen(glyph.Text) || s.size != g.Size.Points() {
					t.Fatalf("%s: item %d: %q at %g points instead of %q at %v", id, i, said, s.size, glyph.Text, g.Size)
				}
				y := top - g.At.Y.Points()
				if math.Abs(s.at[0][0]-x) > 0.006 || math.Abs(s.at[0][1]-y) > 0.006 {
					t.Fatalf("%s: item %d: %q at %v instead of (%g, %g)", id, i, glyph.Text, s.at[0], x, y)
				}
				x += float64(glyph.Advance) * s.size / 1000
				got[0].code, got[0].at = s.code[codes:], s.at[codes:]
				for len(got) > 0 && len(got[0].code) == 0 {
					got = got[1:]
				}
			}
		}
		if len(got) > 0 {
			t.Errorf("%s: %d more runs are shown than the page has", id, len(got))
		}
	}
}

// What codes say, put together, are the names in the order seen. A code that is
// drawn begins with a letter as it is read, and says no mark unless that is read
// from right to left.
func TestNames(t *testing.T) {
	j := newJudge(t, write(t, namesPage(t), "names"))
	said := j.said()
	seen := seenNames(t)
	for i, n := range names {
		want, turned := seen[n.name]
		if !turned {
			want = n.name
		}
		if said[i] != want {
			t.Errorf("%s: codes say %+q, want %+q", n.name, said[i], want)
		}
	}
	for _, s := range j.shown {
		for _, c := range s.code {
			text := []rune(s.font.unicode[c])
			last := text[len(text)-1]
			rtl := unicode.In(last, unicode.Hebrew, unicode.Arabic) && !unicode.IsMark(last)
			drawn := s.font.widths[c] > 0
			if slices.Contains(text, '\u200b') || drawn && !rtl && slices.ContainsFunc(text, unicode.IsMark) || !drawn && len(text) > 1 {
				t.Errorf("a code %d wide says %+q", s.font.widths[c], string(text))
			}
		}
	}
}

// The same page must give the same bytes: again, in another order, at once.
func TestSameBytes(t *testing.T) {
	p := pages(t)
	want := map[string][]byte{}
	for id := range p {
		want[id] = write(t, p[id], id)
	}
	var all sync.WaitGroup
	for range 4 {
		for id := range p {
			all.Go(func() {
				if got, err := PDF(p[id], made); err != nil || !bytes.Equal(got, want[id]) {
					t.Errorf("%s: not the same bytes (%v)", id, err)
				}
			})
		}
	}
	all.Wait()
	for id := range p {
		if got, err := NewWriter().PDF(nil, p[id], made); err != nil || !bytes.Equal(got, want[id]) {
			t.Errorf("%s: not the same bytes once nothing is kept (%v)", id, err)
		}
	}
	later, err := PDF(p["full"], made.Add(time.Second))
	if err != nil || bytes.Equal(later, want["full"]) {
		t.Errorf("a second later the bytes are the same (%v)", err)
	}
}

// What two patients' pages say alike they share, and nothing else; and a file of both
// has it once.
func TestPieces(t *testing.T) {
	m := newMixture(t)
	page := func(name string) (*layout.Page, map[string]bool) {
		h, err := m.library.Personalise(m.texts[0], m.brand, content.Visit{Patient: name, Date: made, Stretches: m.choices[7], Chosen: true, Anyway: true})
		if err != nil {
			t.Fatal(err)
		}
		p, _, err := m.setter.Fit(h, layout.Sheet{Brand: m.brand, Paper: layout.Letter})
		if err != nil {
			t.Fatal(err)
		}
		j := newJudge(t, write(t, p, "piece"))
		said := map[string]bool{}
		for _, piece := range j.file.array(j.page.get("Contents")) {
			said[string(unpack(t, j.file, piece))] = true
		}
		return p, said
	}
	one, his := page("Ana Ruiz")
	two, hers := page("Eva Lind")
	own := 0
	for piece := range his {
		if !hers[piece] {
			own++
		}
	}
	if own < 1 || own > 2 || len(his) < 4 || len(hers) != len(his) {
		t.Errorf("of %d pieces %d are only on one of the pages", len(his), own)
	}
	if more := len(printed(t, one, two)) - len(printed(t, one)); more > 5000 { // its tags, most of it
		t.Errorf("a second page adds %d bytes to a file", more)
	}
}

func TestMetadata(t *testing.T) {
	p := fullPage(t)
	p.Title, p.Author = "Ischias & \"Rücken\" <1>", "Praxis )(\\ Müller"
	j := newJudge(t, write(t, p, "metadata"))
	for _, want := range []string{
		"Ischias &amp; &#34;Rücken&#34; &lt;1&gt;</rdf:li>", "<dc:creator><rdf:Seq><rdf:li>Praxis )(\\ Müller</rdf:li>",
		"<xmp:CreateDate>2026-11-22T08:30:00Z<", "<xmp:ModifyDate>2026-11-22T08:30:00Z<", "<pdf:Producer>handout<", "<rdf:li>en</rdf:li>",
	} {
		if !strings.Contains(j.xmp(), want) {
			t.Errorf("the metadata lack %s", want)
		}
	}
	info := j.file.dict(j.file.info)
	for key, want := range map[name]str{
		"Title": text(p.Title), "Author": text(p.Author), "Producer": str("handout"),
		"CreationDate": str("D:20261122083000Z"), "ModDate": str("D:20261122083000Z"),
	} {
		if got, _ := info.get(key).(str); !bytes.Equal(got, want) {
			t.Errorf("%s is %q", key, got)
		}
	}
	if len(info.entries) != 5 {
		t.Errorf("the document information says more: %v", info.entries)
	}
}

func TestDirection(t *testing.T) {
	j := newJudge(t, write(t, rtlPage(t), "rtl"))
	if d := j.file.dict(j.catalog.get("ViewerPreferences")).get("Direction"); d != name("R2L") {
		t.Errorf("direction %v", d)
	}
}

// A glyph that stands for two texts needs two codes.
func TestGlyphOfTwoTexts(t *testing.T) {
	s := newSheet(t)
	s.line(s.tag(layout.P, 0), 12, "AAB")
	g := s.Items[0].(*layout.Glyphs)
	g.Glyphs = slices.Clone(g.Glyphs)
	g.Glyphs[1].Text = "Á"
	j := newJudge(t, write(t, &s.Page, "twotexts"))
	if got := j.said()[0]; got != "AÁB" {
		t.Errorf("reads %q", got)
	}
	for _, c := range clauses {
		if err := c.holds(j); err != nil {
			t.Errorf("%s: %v", c.clause, err)
		}
	}
	f := j.fonts["F0"]
	if f.glyphs == nil || f.glyph(j.shown[0].code[0]) != f.glyph(j.shown[0].code[1]) || j.shown[0].code[0] == j.shown[0].code[1] {
		t.Errorf("codes %v", j.shown[0].code)
	}
}

// Two drawings that stand for one text need two codes, and two fonts on two pages.
func TestTextOfTwoComposites(t *testing.T) {
	s := newSheet(t)
	s.line(s.tag(layout.P, 0), 12, "q\u0323")
	g := s.Items[0].(*layout.Glyphs)
	one := g.Glyphs[0]
	if one.Parts == "" {
		t.Fatal("a letter and its mark are not one drawing")
	}
	other := one
	other.Parts = one.Parts[:len(one.Parts)-1] + "\x7f"
	var programs [][]byte
	for _, glyphs := range [][]fonts.Glyph{{one}, {other}, {one, other, one}} {
		g.Glyphs = glyphs
		j := newJudge(t, write(t, &s.Page, "composites"))
		if got := j.said()[0]; got != strings.Repeat("q\u0323", len(glyphs)) {
			t.Errorf("reads %+q", got)
		}
		for _, c := range clauses {
			if err := c.holds(j); err != nil {
				t.Errorf("%s: %v", c.clause, err)
			}
		}
		programs = append(programs, j.fonts["F0"].program)
		if len(glyphs) == 3 {
			c := j.shown[0].code
			if len(c) != 6 || c[0] == c[2] || c[0] != c[4] { // letter, mark, letter, mark, ...
				t.Errorf("codes %v", c)
			}
		}
	}
	if bytes.Equal(programs[0], programs[1]) {
		t.Error("two drawings have one font")
	}
}

// Each of these pages would make a bad file; the error must say why, and must
// not quote the page.
func TestRefused(t *testing.T) {
	secret := "Quillfeather"
	figure := func(s *sheet) int { return s.tag(layout.Figure, 0) }
	for _, c := range []struct {
		want string
		make func(s *sheet)
	}{
		{"no tags", func(s *sheet) { s.Tags = nil }},
		{"tag 0 (Document) has no content", func(s *sheet) { s.Tags, s.Items = s.Tags[:1], nil }},
		{"tag 0 (P) is not the document", func(s *sheet) { s.Tags[0].Role = layout.P }},
		{"tag 1 (P) does not come after its parent", func(s *sheet) { s.Tags[1].Parent = 1 }},
		{"tag 1 (P) does not come after its parent", func(s *sheet) { s.Tags[1].Parent = -1 }},
		{"tag 1 has no known role", func(s *sheet) { s.Tags[1].Role = 200 }},
		{"tag 2 (LI) may not stand in a Document", func(s *sheet) { s.line(s.tag(layout.LBody, s.tag(layout.LI, 0)), 12, "a") }},
		{"tag 3 (P) may not stand in a L", func(s *sheet) { s.line(s.tag(layout.P, s.tag(layout.L, 0)), 12, "a") }},
		{"tag 3 (H2) skips a level", func(s *sheet) {
			s.Tags[1].Role = layout.Sect
			s.tag(layout.P, 1)
			s.Items[0].(*layout.Glyphs).Tag = 2
			s.line(s.tag(layout.H2, 0), 12, "a")
		}},
		{"tag 2 (P) has the scope of another", func(s *sheet) { s.Tags[s.tag(layout.P, 0)].Heads = layout.OfRow }},
		{"tag 4 (TH) has the scope of another", func(s *sheet) { s.line(s.tag(layout.TH, s.tag(layout.TR, s.tag(layout.Table, 0))), 12, "a") }},
		{"tag 2 (P) has the numbering of another", func(s *sheet) { s.Tags[s.tag(layout.P, 0)].Labels = layout.Disc }},
		{"tag 4 (Lbl) is a label in a list of none", func(s *sheet) { s.line(s.tag(layout.Lbl, s.tag(layout.LI, s.tag(layout.L, 0))), 12, "a") }},
		{"tag 1 (P) is of no known part", func(s *sheet) { s.Tags[1].Part.Kind = 99 }},
		{"tag 1 (P) is of no known part", func(s *sheet) { s.Tags[1].Part = layout.Part{Kind: layout.InSection} }},
		{"tag 1 (P) is of no known part", func(s *sheet) { s.Tags[1].Part = layout.Part{Kind: layout.InTitle, N: 1} }},
		{"tag 2 (Link) is of another part", func(s *sheet) {
			s.Tags[1].Part.Kind = layout.InTitle
			s.tag(layout.Link, 1)
		}},
		{"tag 2 (Figure) has no description", func(s *sheet) { s.image(figure(s), pts(0, 0, 9, 9), &picture.Picture{Drawing: leg()}) }},
		{"tag 2 (P) has no content", func(s *sheet) { s.tag(layout.P, 0) }},
		{"tag 2 (Link) leads nowhere", func(s *sheet) { s.line(s.tag(layout.Link, 0), 12, "a") }},
		{"tag 1 (P) is clickable", func(s *sheet) { s.anchor(1, pts(0, 0, 9, 9), "https://a.example") }},
		{"tag 2 (Sect) holds item 1", func(s *sheet) { s.line(s.tag(layout.Sect, 0), 12, "a") }},
		{"tag 1 (P) is out of reading order", func(s *sheet) { s.line(s.tag(layout.P, 0), 12, "a"); s.line(1, 12, "b") }},
		{"tag 2 (P) is out of reading order", func(s *sheet) { s.tag(layout.P, 0); s.line(s.tag(layout.P, 0), 12, "a"); s.line(2, 12, "b") }},
		{"item 1 has no tag", func(s *sheet) { s.line(7, 12, "a") }},
		{"item 1 has no tag", func(s *sheet) { s.line(-2, 12, "a") }},
		{"item 1 has no tag", func(s *sheet) { s.anchor(layout.Artifact, pts(0, 0, 9, 9), "https://a.example") }},
		{"item 0 has no face", func(s *sheet) { s.Items[0].(*layout.Glyphs).Face = nil }},
		{"item 0 is not set between", func(s *sheet) { s.Items[0].(*layout.Glyphs).Size = 0 }},
		{"item 0 is off the page", func(s *sheet) { s.Items[0].(*layout.Glyphs).At.X = math.MaxInt }},
		{"item 1 has an empty box", func(s *sheet) { s.image(layout.Artifact, pts(0, 0, 9, 0), &picture.Picture{Drawing: leg()}) }},
		{"item 1 has no picture", func(s *sheet) { s.image(layout.Artifact, pts(0, 0, 9, 9), nil) }},
		{"item 1 has no picture", func(s *sheet) { s.image(layout.Artifact, pts(0, 0, 9, 9), &picture.Picture{}) }},
		{"a drawing is damaged", func(s *sheet) {
			s.image(layout.Artifact, pts(0, 0, 9, 9), &picture.Picture{Drawing: &picture.Drawing{}})
		}},
		{"a drawing is damaged", func(s *sheet) {
			d := leg()
			d.Paths[0].Pts = d.Paths[0].Pts[1:]
			s.image(layout.Artifact, pts(0, 0, 9, 9), &picture.Picture{Drawing: d})
		}},
		{"a drawing is damaged", func(s *sheet) {
			d := leg()
			d.Paths[0].Pts[0].X = math.NaN()
			s.image(layout.Artifact, pts(0, 0, 9, 9), &picture.Picture{Drawing: d})
		}},
		{"a drawing is damaged", func(s *sheet) {
			d := leg()
			d.Paths[0].Opacity = 0
			s.image(layout.Artifact, pts(0, 0, 9, 9), &picture.Picture{Drawing: d})
		}},
		{"a drawing is damaged", func(s *sheet) {
			d := leg()
			d.Paths[0].Ops[0] = picture.Line
			s.image(layout.Artifact, pts(0, 0, 9, 9), &picture.Picture{Drawing: d})
		}},
		{"a bitmap is damaged", func(s *sheet) {
			s.image(layout.Artifact, pts(0, 0, 9, 9), &picture.Picture{Bitmap: &picture.Bitmap{W: 9, H: 9}})
		}},
		{"a bitmap is damaged", func(s *sheet) {
			b := fading()
			b.Alpha = b.Alpha[1:]
			s.image(layout.Artifact, pts(0, 0, 9, 9), &picture.Picture{Bitmap: b})
		}},
		{"item 1 is neither filled nor stroked", func(s *sheet) {
			s.Items = append(s.Items, &layout.Shape{Tag: layout.Artifact, Path: box(pts(0, 0, 9, 9))})
		}},
		{"item 1 is a path without a start", func(s *sheet) {
			s.Items = append(s.Items, &layout.Shape{Tag: layout.Artifact, Fill: &s.ink, Path: box(pts(0, 0, 9, 9))[1:]})
		}},
		{"item 1 has a stroke of no width", func(s *sheet) {
			s.Items = append(s.Items, &layout.Shape{Tag: layout.Artifact, Stroke: &s.ink, Width: -1, Path: box(pts(0, 0, 9, 9))})
		}},
		{"item 1 is of no known kind", func(s *sheet) { s.Items = append(s.Items, nil) }},
		{"item 2 leads to no http", func(s *sheet) {
			l := s.tag(layout.Link, 0)
			s.line(l, 12, "a")
			s.anchor(l, pts(0, 0, 9, 9), "javascript:"+secret)
		}},
		{"item 2 leads to no http", func(s *sheet) {
			l := s.tag(layout.Link, 0)
			s.line(l, 12, "a")
			s.anchor(l, pts(0, 0, 9, 9), "https://a.example/"+secret+"é")
		}},
		{"tag 5 (TR) does not have as many cells", func(s *sheet) {
			table := s.tag(layout.Table, 0)
			one := s.tag(layout.TR, table)
			s.line(s.tag(layout.TD, one), 12, "a")
			two := s.tag(layout.TR, table)
			s.line(s.tag(layout.TD, two), 12, "a")
			s.line(s.tag(layout.TD, two), 12, "a")
		}},
		{"has no title", func(s *sheet) { s.Title = " " }},
		{"its title or author is not UTF-8", func(s *sheet) { s.Author = "\xff" + secret }},
		{"its language", func(s *sheet) { s.Lang = "en) /OpenAction (" }},
		{"its language", func(s *sheet) { s.Lang = "" }},
		{"tag 1 (P) has a language", func(s *sheet) { s.Tags[1].Lang = "en_GB" }},
		{"its sides are not", func(s *sheet) { s.Size.W = 0 }},
		{"glyph 0 of item 0", func(s *sheet) { s.Items[0].(*layout.Glyphs).Glyphs = []fonts.Glyph{{Text: secret}} }},
		{"glyph 1 of item 0", func(s *sheet) {
			s.Items[0].(*layout.Glyphs).Glyphs = []fonts.Glyph{{Shape: fonts.Shape{ID: 5}, Text: secret}, {Shape: fonts.Shape{ID: 6}}}
		}},
		{"glyph 0 of item 0", func(s *sheet) {
			s.Items[0].(*layout.Glyphs).Glyphs = []fonts.Glyph{{Shape: fonts.Shape{ID: 5}, Text: secret + "\x00"}}
		}},
		{"has no glyph 65535", func(s *sheet) {
			s.Items[0].(*layout.Glyphs).Glyphs = []fonts.Glyph{{Shape: fonts.Shape{ID: 65535}, Text: secret}}
		}},
	} {
		s := newSheet(t)
		s.line(s.tag(layout.P, 0), 12, secret)
		c.make(s)
		data, err := PDF(&s.Page, made)
		if err == nil || data != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %d bytes and the error %v", c.want, len(data), err)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("the error quotes the page: %v", err)
		}
	}
	if _, err := PDF(nil, made); err == nil {
		t.Error("a file of no page")
	}
	if _, err := PDF(fullPage(t), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)); err == nil {
		t.Error("a file from the year 10000")
	}
}

// Whatever tree and items a page has, its file is refused or conforms.
func TestAnyPage(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	roles := []layout.Role{layout.Sect, layout.P, layout.H1, layout.H2, layout.L, layout.Link, layout.Figure, layout.Note, layout.Reference, layout.Table, layout.BlockQuote, layout.Caption}
	kinds := map[layout.Role][]layout.Role{layout.L: {layout.LI}, layout.LI: {layout.Lbl, layout.LBody}, layout.Table: {layout.TR}, layout.TR: {layout.TH, layout.TD}}
	holds := func(r layout.Role) bool { return kinds[r] == nil && r != layout.Document && r != layout.Sect }
	good := 0
	for range 400 {
		s := newSheet(t)
		var grow func(tag, depth int)
		grow = func(tag, depth int) {
			role := s.Tags[tag].Role
			n := rnd.IntN(3)
			if !holds(role) {
				n++
			}
			if depth < 5 {
				for range n {
					from := kinds[role]
					if from == nil {
						from = roles
					}
					k := s.tag(from[rnd.IntN(len(from))], tag)
					s.Tags[k].Alt = []string{"", "what it shows", "was es zeigt: Äpfel"}[rnd.IntN(3)]
					grow(k, depth+1)
					if holds(role) && rnd.IntN(2) == 0 {
						s.line(tag, 12, "and on")
					}
				}
			}
			if rnd.IntN(30) == 0 {
				return
			}
			if holds(role) {
				s.line(tag, 10, []string{"• ", "Walk (on).", "2. "}[rnd.IntN(3)])
			}
			if role == layout.Link {
				s.anchor(tag, pts(50, 50, 10+rnd.Float64()*10, 10), "tel:112")
			}
			if role == layout.Figure {
				s.image(tag, pts(rnd.Float64()*400, 100, 50, 50), &picture.Picture{Drawing: leg()})
			}
		}
		grow(0, 0)
		data, err := PDF(&s.Page, made)
		if err != nil {
			continue
		}
		good++
		j := newJudge(t, data)
		for _, c := range clauses {
			if err := c.holds(j); err != nil {
				t.Fatalf("%s: not so that %s: %v\n%s", c.clause, c.claim, err, j)
			}
		}
	}
	if good < 40 {
		t.Errorf("only %d pages were good", good)
	}
}

func TestFixed(t *testing.T) {
	for _, c := range []struct {
		n, places int
		want      string
	}{
		{0, 2, "0"}, {1, 2, ".01"}, {-1, 2, "-.01"}, {10, 2, ".1"}, {100, 2, "1"}, {12345, 2, "123.45"}, {-12340, 2, "-123.4"}, {502, 3, ".502"}, {1000, 3, "1"}, {7, 0, "7"},
	} {
		if got := string(appendFixed(nil, c.n, c.places)); got != c.want {
			t.Errorf("%d with %d places is %q, not %q", c.n, c.places, got, c.want)
		}
	}
	for _, c := range []struct {
		l    layout.Length
		want int
	}{{0, 0}, {4, 0}, {5, 1}, {14, 1}, {15, 2}, {-4, 0}, {-5, -1}, {-14, -1}, {-15, -2}} {
		if got := hundredths(c.l); got != c.want {
			t.Errorf("%d thousandths are %d hundredths, not %d", c.l, got, c.want)
		}
	}
}

// typicalPage sets a page like those of the sciatica handout: some 3000 glyphs in
// three styles, 150 tags and five figures.
func typicalPage(tb testing.TB) *layout.Page {
	s := newSheet(tb)
	s.Size = layout.Size{W: layout.A4.W, H: layout.Pt(1600)}
	words := []string{
		"Massage can ease tight muscles around the hip and lower back, and that may calm the pain. ",
		"Stop at once when numbness spreads or the leg grows weak, and call the clinic today. ",
		"Lie on your back, bend both knees, and draw one of them slowly towards your chest. ",
		"Hold for thirty seconds; breathe quietly; do it three times on each side, twice a day. ",
	}
	s.line(s.tag(layout.H1, 0), 24, "Sciatica: what helps")
	for i := range 5 {
		sect := s.tag(layout.Sect, 0)
		s.line(s.tag(layout.H2, sect), 16, "What massage can do")
		f := s.tag(layout.Figure, sect)
		s.Tags[f].Alt = "A person lies on the back and draws one knee to the chest"
		s.image(f, pts(430, 100+150*float64(i), 100, 75), &picture.Picture{Drawing: person(i)})
		list := s.tag(layout.L, sect)
		s.Tags[list].Labels = layout.Disc
		for k := range 5 {
			item := s.tag(layout.LI, list)
			at := s.line(s.tag(layout.Lbl, item), 12, "• ")
			at = s.run(s.tag(layout.LBody, item), at, 12, fonts.Span{Text: words[k%4][:8], Style: fonts.Bold})
			s.run(s.tag(layout.Reference, len(s.Tags)-1), at, 12, fonts.Span{Text: words[k%4][8:]})
			s.line(len(s.Tags)-2, 12, words[(k+i)%4][:30])
		}
	}
	return &s.Page
}

// person is a drawing as busy as our figures are.
func person(seed int) *picture.Drawing {
	rnd := rand.New(rand.NewPCG(uint64(seed), 7))
	d := &picture.Drawing{W: 400, H: 300}
	for i := range 30 {
		p := picture.Path{Fill: picture.Color{R: uint8(40 * (i % 5)), G: 90, B: 80}, Opacity: 1}
		x, y := rnd.Float64()*300, rnd.Float64()*200
		at := func() picture.Point {
			x += rnd.Float64()*12 - 6
			y += rnd.Float64()*12 - 6
			return picture.Point{X: x, Y: y}
		}
		p.Ops, p.Pts = append(p.Ops, picture.Move), append(p.Pts, at())
		for range 24 {
			p.Ops, p.Pts = append(p.Ops, picture.Cubic), append(p.Pts, at(), at(), at())
		}
		p.Ops = append(p.Ops, picture.Close)
		d.Paths = append(d.Paths, p)
	}
	return d
}

// BenchmarkPDF writes a typical page again and again: faces, figures and glyph
// sets are those of the page before.
func BenchmarkPDF(b *testing.B) {
	p := typicalPage(b)
	glyphs := 0
	for _, it := range p.Items {
		if g, ok := it.(*layout.Glyphs); ok {
			glyphs += len(g.Glyphs)
		}
	}
	data, err := PDF(p, made)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		if _, err := PDF(p, made); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(glyphs), "glyphs")
	b.ReportMetric(float64(len(data)), "bytes")
}

// A cell over several columns says so, or its table would not be regular to a
// reader (ISO 14289-1, 7.2).
func TestCellOverColumns(t *testing.T) {
	s := newSheet(t)
	table := s.tag(layout.Table, 0)
	head := s.tag(layout.TR, table)
	for _, day := range []string{"Stretch", "Mon", "Tue", "Wed"} {
		cell := s.tag(layout.TH, head)
		s.Tags[cell].Heads = layout.OfColumn
		s.line(cell, 12, day)
	}
	row := s.tag(layout.TR, table)
	cell := s.tag(layout.TH, row)
	s.Tags[cell].Heads = layout.OfRow
	s.line(cell, 12, "Bridge")
	for _, cols := range []int{1, 2} {
		cell := s.tag(layout.TD, row)
		s.Tags[cell].Cols = cols
		s.line(cell, 12, "x")
	}
	data, err := PDF(&s.Page, made)
	if err != nil {
		t.Fatal(err)
	}
	j := newJudge(t, data)
	var spans []object
	j.elements(func(d *dict, _, _ ref) {
		if d.get("S") == name("TD") {
			var span object
			if a := j.file.dict(d.get("A")); a != nil {
				span = a.get("ColSpan")
			}
			spans = append(spans, span)
		}
	})
	if len(spans) != 2 || spans[0] != nil || spans[1] != integer(2) {
		t.Errorf("spans %v", spans)
	}
}
