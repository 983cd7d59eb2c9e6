package output

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"

	"handout/content"
	"handout/layout"
)

// canaries are patients in scripts whose letters are in blocks, and in such whose are not.
var canaries = []string{"Xanthippe Quill", "Zo\u030be\u0331 Quill", "Ξανθίππη", "שָׂרָה קוויל", "فاطمة الزهراء", "क्षत्रिय", "ณัฐ น้ำผึ้ง", "Ana فاطمة"}

// visitOf is the page of one patient, whose name is also in a note and on a card.
func visitOf(t *testing.T, m *mixture, name, lang string) *layout.Page {
	t.Helper()
	h, chosen := m.texts[0], []content.Choice{{ID: "cat-cow", Note: "for " + name}}
	if lang == "ar" {
		const text = "---\ntitle: ألم أسفل الظهر\nlang: ar\n---\nتحرّك كثيرًا، وغيّر وضعك كل نصف ساعة.\n\n## كل يوم\n\n- **امشِ** عشر دقائق.\n\n```stretches\n```\n"
		var err error
		chosen = nil // there are none in Arabic
		if h, err = content.ReadHandout(fstest.MapFS{"x.md": {Data: []byte(text)}}, "x.md"); err != nil {
			t.Fatal(err)
		}
	}
	out, err := m.library.Personalise(h, m.brand, content.Visit{Patient: name, Note: name + " may walk.", Next: "Tuesday, " + name,
		Therapist: "Robin", Date: made, Chosen: true, Stretches: chosen})
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := m.setter.Fit(out, layout.Sheet{Brand: m.brand, Paper: layout.Letter})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// counts is how much is remembered, of each kind.
func counts(w *Writer, c *canvas) string {
	return fmt.Sprint(len(c.runs), len(c.marks.known), len(w.fonts.programs.young)+len(w.fonts.programs.old), len(w.pieces.young)+len(w.pieces.old), len(w.leaves.young)+len(w.leaves.old))
}

// Nothing that only one patient's page has is remembered, in whatever script the name is
// and however the page is written.
func TestOutputForgetsPatients(t *testing.T) {
	w := NewWriter()
	c := newCanvas()
	w.canvases.give(c) // always the same: only one page is written at a time
	remembered := []any{w}
	for _, lang := range []string{"en", "ar"} {
		m := newMixture(t)
		writeAll := func(p *layout.Page) []byte {
			t.Helper()
			data, err := w.PDF(nil, p, made)
			if err != nil {
				t.Fatal(err)
			}
			print, err := w.Print(io.Discard, about)
			if err == nil {
				err = print.Add(p)
			}
			if err == nil {
				err = print.Close()
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Locked(p, made, Lock{"tulip", seeded(7)}); err != nil {
				t.Fatal(err)
			}
			if _, err := w.SVG(nil, p); err != nil {
				t.Fatal(err)
			}
			return data
		}
		writeAll(visitOf(t, m, "Bo", lang))
		for _, name := range canaries { // what all have alike is remembered, with or without one of them
			writeAll(visitOf(t, m, name, lang))
		}
		before := counts(w, c)
		for _, name := range canaries {
			p := visitOf(t, m, name, lang)
			data := writeAll(p)
			if now := counts(w, c); now != before {
				t.Errorf("%s %s: remembered were %s, now are %s", lang, name, before, now)
			}
			found, looked := search(t, p, data, remembered)
			for _, at := range found {
				t.Errorf("%s %s: remembered in %s", lang, name, at)
			}
			if looked < 1000 {
				t.Errorf("only %d places were looked at: this proves nothing", looked)
			}
		}
	}
	// What it would say, if something were remembered.
	m, before := newMixture(t), counts(w, c)
	p := visitOf(t, m, canaries[4], "en")
	once := map[*layout.Glyphs]bool{}
	for _, it := range p.Items {
		if g, ok := it.(*layout.Glyphs); ok {
			once[g], g.Once = g.Once, false
		}
	}
	data, err := w.PDF(nil, p, made)
	if err != nil {
		t.Fatal(err)
	}
	for g, was := range once {
		g.Once = was
	}
	if found, _ := search(t, p, data, remembered); len(found) < 3 || counts(w, c) == before {
		t.Errorf("of what was planted only %v was found", found)
	}
}

// search looks for what only one page has: its glyphs, and the operators that show them,
// plain and compressed.
func search(t *testing.T, p *layout.Page, data []byte, roots []any) (found []string, looked int) {
	t.Helper()
	s := searcher{seen: map[walked]bool{}, glyphs: map[uintptr]bool{}}
	j := newJudge(t, data)
	shows := bytes.Split(operators(t, j.file, j.page.get("Contents")), []byte("]TJ\n")) // an item each
	n := 0
	for _, it := range p.Items {
		g, ok := it.(*layout.Glyphs)
		if !ok {
			continue
		}
		if _, codes, _ := bytes.Cut(shows[n], []byte("Td[")); g.Once {
			s.glyphs[reflect.ValueOf(g.Glyphs).Pointer()] = true
			if len(codes) > 8 {
				s.secret = append(s.secret, codes)
			}
		}
		n++
	}
	if len(s.glyphs) < 3 || len(s.secret) < 3 || n != len(shows)-1 {
		t.Fatalf("only %d runs are the patient's, of %d shown", len(s.glyphs), len(shows))
	}
	for _, o := range j.file.array(j.page.get("Contents")) {
		for _, codes := range s.secret[:len(s.secret):len(s.secret)] {
			if bytes.Contains(unpack(t, j.file, o), codes) {
				s.secret = append(s.secret, j.file.resolve(o).(*stream).data)
				break
			}
		}
	}
	for _, root := range roots {
		v := reflect.ValueOf(root)
		s.walk(v, v.Type().String())
	}
	return s.found, s.looked
}

// searcher looks through all that can be reached from a value, scratch space behind the
// ends of slices included.
type searcher struct {
	glyphs map[uintptr]bool
	secret [][]byte
	seen   map[walked]bool
	looked int
	found  []string
}

type walked struct {
	at  uintptr
	end int
	typ reflect.Type
}

func (s *searcher) walk(v reflect.Value, at string) {
	switch s.looked++; v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			s.walk(v.Elem(), at)
		}
	case reflect.Pointer:
		if s.glyphs[v.Pointer()] {
			s.found = append(s.found, at)
		}
		if key := (walked{v.Pointer(), 0, v.Type()}); !v.IsNil() && !s.seen[key] {
			s.seen[key] = true
			s.walk(v.Elem(), at)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			s.walk(v.Field(i), at+"."+v.Type().Field(i).Name)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			s.walk(it.Key(), at+" key")
			s.walk(it.Value(), at+"[]")
		}
	case reflect.String:
		s.look([]byte(v.String()), at)
	case reflect.Array:
		for i := range min(v.Len(), 64) { // longer ones are tables
			s.walk(v.Index(i), at+"[]")
		}
	case reflect.Slice:
		key := walked{v.Pointer(), v.Cap(), v.Type()}
		if s.glyphs[key.at] {
			s.found = append(s.found, at)
		}
		if v.Cap() == 0 || s.seen[key] {
			return
		}
		s.seen[key] = true
		if v = v.Slice(0, v.Cap()); v.Type().Elem().Kind() == reflect.Uint8 {
			s.look(v.Bytes(), at)
			return
		}
		for i := range v.Len() {
			s.walk(v.Index(i), at+"[]")
		}
	}
}

func (s *searcher) look(text []byte, at string) {
	for _, secret := range s.secret {
		if bytes.Contains(text, secret) {
			s.found = append(s.found, at)
			return
		}
	}
}

// Pages whose names are of letters that come together share their fonts, whatever
// spaces and points stand between a footer's parts: they need not be made anew.
func TestFontsAreShared(t *testing.T) {
	m := newMixture(t)
	bases := func(name, code string) (list []string) {
		h, err := m.library.Personalise(m.texts[0], m.brand, content.Visit{Patient: name, Date: made, Code: code})
		if err != nil {
			t.Fatal(err)
		}
		p, _, err := m.setter.Fit(h, layout.Sheet{Brand: m.brand, Paper: layout.Letter})
		if err != nil {
			t.Fatal(err)
		}
		set, err := shared.fonts.set(p.Items, newCanvas())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range set.list {
			for _, own := range f.once {
				t.Errorf("%s: the font has %q for this page alone", name, own.text)
			}
		}
		for _, f := range newJudge(t, write(t, p, "shared")).fonts {
			list = append(list, f.base)
		}
		slices.Sort(list)
		return list
	}
	want := bases("Ana Ruiz", "K7Q2-0417")
	for i, name := range []string{"Eva Lind", "J. O’Neill, Jr.", "Otto Griffin-Pfeiffer"} {
		if got := bases(name, fmt.Sprintf("1N3S-WM%02d", i)); !slices.Equal(got, want) {
			t.Errorf("%s: the fonts are %v, not %v", name, got, want)
		}
	}
}
