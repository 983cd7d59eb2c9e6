package layout

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
)

// wardrobe is handouts in brands, each dressed once.
type wardrobe map[outfit]*content.Dressed

type outfit struct {
	handout *content.Handout
	brand   *content.Brand
	day     time.Time
}

func (w wardrobe) page(t *testing.T, lib *content.Library, o outfit, v content.Visit) *content.Page {
	t.Helper()
	if w[o] == nil {
		d, err := lib.Dress(o.handout, o.brand, o.day)
		if err != nil {
			t.Fatal(err)
		}
		w[o] = d
	}
	p, err := w[o].For(lib, v)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// row makes one visit by chance, of handouts and stretches that come again and again.
func (w wardrobe) row(t *testing.T, r *rand.Rand, lib *content.Library, o outfit, patient string) *content.Page {
	t.Helper()
	h, brand := o.handout, o.brand
	if r.IntN(4) > 0 {
		var err error
		if h, err = lib.Handout([]string{"sciatica", "after-massage", "neck-and-desk"}[r.IntN(3)]); err != nil {
			t.Fatal(err)
		}
	}
	v := content.Visit{Patient: patient,
		Code: fmt.Sprintf("K7Q2-%04d", r.IntN(9999)), Chosen: true}
	ids := []string{"knee-to-chest", "figure-4", "cat-cow", "chin-tuck", "levator"}
	r.Shuffle(len(ids), func(i, k int) { ids[i], ids[k] = ids[k], ids[i] })
	for _, id := range ids[:r.IntN(5)] {
		c := content.Choice{ID: id}
		if r.IntN(4) == 0 {
			c.Note = "for " + patient
		}
		v.Stretches = append(v.Stretches, c)
	}
	if r.IntN(3) == 0 {
		v.Next, v.Note = "Tuesday, with "+patient, patient+" may walk."
	}
	return w.page(t, lib, outfit{h, brand, time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}, v)
}

// addressed is a handout that speaks to its patient by name.
func addressed(t *testing.T) *content.Handout {
	t.Helper()
	h := markdown(t, `---
title: For you
lang: en
---
{patient}, please walk a little.

## Weekly

- **Swim** once.
- **Rest** for a day.

## Monthly

- **Come** again, {patient}.

## Daily

- **Walk**, {patient}, for ten minutes.
- **Sit** less.

{patient} rests.

`+"```stretches\n```\n"+`
> [!CAUTION]
> **Call us**, {patient}, if your foot goes numb.
`)
	return h
}

// A setter that has set hundreds of pages for others sets a page as one that has set
// none, in every look, also for someone whose name is a word of the text.
func TestWarmIsCold(t *testing.T) {
	lib, own, dressed := content.Open(), addressed(t), wardrobe{}
	names := []string{"", "Ana", "Zoë Nuñez-O'Brien", "knee", "a", "K7Q2", "Tuesday",
		"Bartholomew Featherstonehaugh-Cholmondeley of Ely"}
	brands := []*content.Brand{content.Neutral(), content.Neutral()}
	brands[1].Name, brands[1].Phones, brands[1].Booking = "Harbour Lane Massage", []string{"555 0142"},
		"https://harbourlane.example/book"
	brands[1].Main.R += 20
	warm := NewSetter(fonts.Default())
	r := rand.New(rand.NewPCG(5, 7))
	for i := range 240 {
		brand := brands[r.IntN(2)]
		h := dressed.row(t, r, lib, outfit{handout: own, brand: brand}, names[r.IntN(len(names))])
		sheet := Sheet{Brand: brand, Paper: []Paper{Letter, A4}[r.IntN(2)], Look: Looks()[r.IntN(len(Looks()))].ID,
			Edition: []string{Standard, Standard, Large, BW}[r.IntN(4)]}
		sheet = suited(h, sheet)
		page, _, err := warm.Fit(h, sheet)
		if i < 160 { // it warms up
			continue
		}
		cold, _, coldErr := NewSetter(fonts.Default()).Fit(h, sheet)
		switch {
		case fmt.Sprint(err) != fmt.Sprint(coldErr):
			t.Fatalf("page %d: the errors differ: %v; cold: %v", i, err, coldErr)
		case err == nil && page.String() != cold.String():
			t.Fatalf("page %d differs: %s", i, firstDifference(page.String(), cold.String()))
		}
	}
}

// Nothing that can be reached from a setter holds a word of those it set pages for.
func TestSetterForgetsPatients(t *testing.T) {
	const canary = "Xanthippe"
	lib, own, brand, dressed := content.Open(), addressed(t), content.Neutral(), wardrobe{}
	setter := NewSetter(fonts.Default())
	r := rand.New(rand.NewPCG(3, 7))
	for i := range 200 {
		h := dressed.row(t, r, lib, outfit{handout: own, brand: brand}, canary+fmt.Sprintf("%c", 'a'+i%26))
		page, _, err := setter.Fit(h, suited(h, Sheet{Brand: brand, Paper: Letter,
			Look: Looks()[r.IntN(len(Looks()))].ID}))
		if err != nil {
			t.Fatal(err)
		}
		own, all := 0, 0
		for _, it := range page.Items {
			if g, ok := it.(*Glyphs); ok {
				text := ""
				for _, glyph := range g.Glyphs {
					text += glyph.Text
				}
				if all++; g.Once {
					own++
				} else if strings.Contains(text, canary) {
					t.Errorf("page %d: writers would remember %q", i, text)
				}
			}
		}
		if own == 0 || own == all {
			t.Errorf("page %d: %d of %d runs of text are the patient's", i, own, all)
		}
	}
	w := walker{word: canary, seen: map[walked]bool{}}
	if w.walk(reflect.ValueOf(setter), "setter"); w.strings < 1000 {
		t.Errorf("only %d strings were found: the walk proves nothing", w.strings)
	}
	for _, at := range w.found {
		t.Errorf("a patient's name is kept in %s", at)
	}
	// What it would say, if one were kept.
	setter.known.put("x", &text{spans: content.Text{{Text: "dear " + canary}}})
	setter.shaper.Pieces([]fonts.Span{{Text: canary}}, "en", false)
	w = walker{word: canary, seen: map[walked]bool{}}
	if w.walk(reflect.ValueOf(setter), "setter"); len(w.found) < 3 {
		t.Errorf("of what was planted only %d were found: %v", len(w.found), w.found)
	}
}

// walker looks for a word in all that can be reached from a value: in strings, in
// texts as bytes or characters, scratch space behind their ends included, and in glyphs.
type walker struct {
	word    string
	seen    map[walked]bool
	strings int
	found   []string
}

type walked struct {
	at  uintptr
	end int
	typ reflect.Type
}

func (w *walker) check(s, at string) {
	w.strings++
	if strings.Contains(s, w.word) {
		w.found = append(w.found, at)
	}
}

func (w *walker) walk(v reflect.Value, at string) {
	switch v.Kind() {
	case reflect.String:
		w.check(v.String(), at)
	case reflect.Interface:
		if !v.IsNil() {
			w.walk(v.Elem(), at)
		}
	case reflect.Pointer:
		if key := (walked{v.Pointer(), 0, v.Type()}); !v.IsNil() && !w.seen[key] {
			w.seen[key] = true
			w.walk(v.Elem(), at)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			w.walk(v.Field(i), at+"."+v.Type().Field(i).Name)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			w.walk(it.Key(), at+" key")
			w.walk(it.Value(), at+"[]")
		}
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice {
			key := walked{v.Pointer(), v.Cap(), v.Type()}
			if v.Cap() == 0 || w.seen[key] {
				return
			}
			w.seen[key] = true
			v = v.Slice(0, v.Cap())
		}
		var b strings.Builder
		for i := range v.Len() {
			switch e := v.Index(i); {
			case e.Kind() == reflect.Uint8:
				b.WriteByte(byte(e.Uint()))
			case e.Kind() == reflect.Int32:
				b.WriteRune(rune(e.Int()))
			case e.Type() == reflect.TypeFor[fonts.Glyph]():
				b.WriteString(e.FieldByName("Text").String())
			default:
				w.walk(e, at+"[]")
			}
		}
		w.check(b.String(), at)
	}
}

// Words shaped apart from what ends them are shaped as they are together.
func TestEnding(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		r := &reader{setter: NewSetter(fonts.Default()), page: &content.Page{}, lang: lang,
			rtl: content.ReadsFromRight(lang)}
		const words, own = "Sciatica" + middot + "reviewed March 2026" + middot, "K7Q2-0417"
		got := r.ending(r.parts(words), own)
		if want := r.parts(words + own); !reflect.DeepEqual(got.shaped(), want.shaped()) {
			t.Errorf("%s: apart %v\ntogether %v", lang, got.shaped(), want.shaped())
		}
	}
}

// Whoever is called as an author's word finds their page as others do, and the report tells
// the author's headings; what was written to somebody by name is told without it.
func TestNamesake(t *testing.T) {
	h := markdown(t, "---\ntitle: T\nlang: en\n---\nWords.\n\n"+
		"## Rest a little\n\nWords.\n\n## For {patient}\n\nWords.\n")
	lib, dressed, brand := content.Open(), wardrobe{}, content.Neutral()
	warm := NewSetter(fonts.Default())
	for _, name := range []string{"Ana", "Rest", "Ana"} {
		p := dressed.page(t, lib, outfit{handout: h, brand: brand}, content.Visit{Patient: name})
		for _, setter := range []*Setter{warm, NewSetter(fonts.Default())} {
			_, f := fitted(t, setter, p, Sheet{Brand: brand, Paper: A4})
			if got := f.Sections[0].Of.Name + ", " + f.Sections[1].Of.Name; got != "Rest a little, For \u2026" {
				t.Errorf("%s: the sections are %s", name, got)
			}
		}
	}
	if len(warm.parts.recent) != 2 {
		t.Errorf("%d sections are kept of three, one of which is somebody's", len(warm.parts.recent))
	}
}
