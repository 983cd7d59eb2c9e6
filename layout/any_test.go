package layout

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

// author writes handouts by chance in one of six languages, with all parts that there are
// and in every corner of them links, footnotes, telephone numbers and what web pages leave
// behind: always the same handout for a seed.
type author struct {
	*sample
	lang  string
	vocab []string
	notes []*content.Paragraph
	kinds map[string]int // of blocks, how many were written
}

var vocabularies = map[string]string{
	"en": "a mild pull is fine but sharp or spreading pain is not so stop and rest then try again more gently " +
		"tomorrow don't (or) feel 3–4 office 20",
	"de": "Ein leichter Zug ist gut aber stechender oder ausstrahlender Schmerz nicht Oberschenkelmuskelzerrung " +
		"also aufhören und 2-mal morgen Straße",
	"es": "Camine un poco cada día y descanse cuando haga falta si el dolor baja por la pierna pare ¿cuánto? 10,5 niño",
	"vi": "Mỗi ngày hãy đi bộ một chút và nghỉ ngơi khi cần nếu đau lan xuống chân thì dừng lại",
	"he": "אפשר לקרוא עוד על הכאב ועל מה שעוזר בדף הארוך שלנו על גב תחתון ועל רגליים 20 2.5 ABC",
	"ar": "يمكن أن تقرأ المزيد عن الألم وما يساعد في صفحتنا عن الظهر والساقين 20 2.5 ABC",
}

var (
	sixLanguages = []string{"en", "he", "ar", "de", "vi", "es"}
	phoneNumbers = []string{"555 0142", "+44 20 7946 0958", "(555) 010-0142", "0800 111", "030/123 45-67", "911",
		"+1 (555) 010-0142 ext. 12"}
	leftBehind = []string{"\u200b", "\u00ad", "\ufeff", "\u2060", "\u200c", "\u200d", "\u200e", "\u00a0", " ",
		"\u202c", "\u200b\u200b \u00ad"}
)

func newAuthor(t *testing.T, seed uint64) *author {
	s := newSample(t, seed)
	a := &author{sample: s, lang: sixLanguages[seed%6], kinds: map[string]int{}}
	a.vocab = strings.Fields(vocabularies[a.lang])
	w, err := content.Open().Words(a.lang)
	if err != nil {
		t.Fatal(err)
	}
	s.words = w
	return a
}

func (a *author) say(least, most int) string {
	var w []string
	for range least + a.IntN(most-least+1) {
		w = append(w, a.vocab[a.IntN(len(a.vocab))])
	}
	return strings.Join(w, " ")
}

// rich is some words, of which some are bold, lead somewhere or have a footnote.
func (a *author) rich(least, most int) (t content.Text) {
	if a.IntN(40) == 0 {
		return content.Text{{Text: leftBehind[a.IntN(len(leftBehind))]}}
	}
	if a.IntN(3) == 0 {
		t = append(t, content.Span{Text: a.say(1, 2) + ".", Bold: true}, content.Span{Text: " "})
	}
	for i := range 1 + a.IntN(4) {
		if i > 0 {
			t = append(t, content.Span{Text: " "})
		}
		s := content.Span{Text: a.say(least, most)}
		switch a.IntN(12) {
		case 0:
			s.Bold = true
		case 1:
			s.Italic = true
		case 2, 3:
			s.Link = []string{"https://harbourlane.example/a", "tel:5550142"}[a.IntN(2)]
		case 4:
			s.Link, s.Bold = "https://harbourlane.example/a", true
		case 5:
			s.Text = phoneNumbers[a.IntN(len(phoneNumbers))]
		case 6:
			s.Text = leftBehind[a.IntN(len(leftBehind))]
			s.Link = []string{"", "https://harbourlane.example/b"}[a.IntN(2)]
		case 7:
			s.Text += leftBehind[a.IntN(len(leftBehind))] + a.say(1, 1)
		}
		t = append(t, s)
		if a.notes != nil && len(a.notes) < 9 && a.IntN(12) == 0 {
			n := len(a.notes)
			t = append(t, content.Span{Text: content.Superior(n), Note: n})
			a.notes = append(a.notes, nil)
		}
	}
	return t
}

func (a *author) texts(n, least, most int) (ts []content.Text) {
	for range n {
		ts = append(ts, a.rich(least, most))
	}
	return ts
}

// block writes any block that may stand so deep in others.
func (a *author) block(depth int) (b content.Block) {
	defer func() { a.kinds[reflect.TypeOf(b).Elem().Name()]++ }()
	inside := func() (bs []content.Block) {
		for range 1 + a.IntN(3) {
			bs = append(bs, a.block(depth+1))
		}
		return bs
	}
	kind := a.IntN(15)
	if depth > 0 {
		kind = a.IntN(5) // only text stands in others
	}
	switch {
	case kind < 2:
		return &content.Paragraph{Text: a.rich(2, 12)}
	case kind < 5 && depth < 3:
		l := &content.List{Ordered: a.IntN(3) == 0, Start: 1 + a.IntN(2)*8}
		for range 1 + a.IntN(6) {
			it := []content.Block{&content.Paragraph{Text: a.rich(2, 10)}}
			if a.IntN(5) == 0 {
				it = append(it, a.block(depth+1))
			}
			l.Items, l.Boxes = append(l.Items, it), append(l.Boxes, a.IntN(2) == 0)
		}
		if a.IntN(3) > 0 {
			l.Boxes = nil
		}
		return l
	case kind == 5:
		c := &content.Callout{Kind: content.CalloutKind(a.IntN(5)), Blocks: inside()}
		if a.IntN(2) == 0 {
			c.Title = a.rich(1, 3)
		}
		return c
	case kind == 6:
		return &content.Quote{Blocks: inside()}
	case kind == 7:
		f := &content.Figure{Picture: &picture.Picture{Bitmap: &picture.Bitmap{W: 2, H: 1,
			Pix: []byte{1, 2, 3, 4, 5, 6}}}, Alt: "a picture"}
		if a.IntN(2) == 0 {
			f.Caption = a.rich(1, 6)
		}
		return f
	case kind == 8:
		return &content.Fields{Labels: a.texts(1+a.IntN(5), 1, 6)}
	case kind == 9:
		return &content.PainScale{Question: a.rich(0, 8)}
	case kind == 10:
		return &content.TrafficLight{Says: [3]content.Text(a.texts(3, 1, 8))}
	case kind == 11:
		c := &content.Code{Data: "https://harbourlane.example/" + strings.Repeat("film", a.IntN(60)),
			Caption: a.rich(1, 8)}
		if a.IntN(2) == 0 {
			c.Link = "https://harbourlane.example/"
		}
		return c
	case kind == 12, kind == 13:
		t, columns := &content.Table{}, 1+a.IntN(4)
		for range 1 + a.IntN(5) {
			row := a.texts(columns, 1, 5)
			if a.IntN(4) == 0 {
				row[a.IntN(columns)] = nil
			}
			t.Rows = append(t.Rows, row)
		}
		return t
	case kind == 14:
		return &content.Heading{Level: 3, Text: a.rich(1, 4)}
	}
	return &content.Paragraph{Text: a.rich(1, 4)}
}

func (a *author) choice(i int) content.Card {
	c := a.sample.stretch(i)
	st := c.Stretch
	st.Name, st.Stop, st.Steps = a.say(1, 4), a.rich(2, 8), a.texts(1+a.IntN(5), 2, 8)
	for k := range st.Remarks[:content.More] {
		if a.IntN(3) == 0 {
			st.Remarks[k] = content.Remark{Text: a.rich(1, 6), Mark: content.Mark(a.IntN(2)) * content.Optional}
		}
	}
	if st.Needs != "" {
		st.Needs = a.say(1, 3)
	}
	if a.IntN(4) == 0 {
		c.Note = a.person(a.say(2, 9))
	}
	return c
}

// person is what was typed for one patient, or at times what shows nothing.
func (a *author) person(s string) string {
	if a.IntN(12) == 0 {
		return leftBehind[a.IntN(len(leftBehind))]
	}
	return s
}

func (a *author) handout() *content.Page {
	h := &content.Page{Title: a.say(1, 6), Lang: a.lang, Words: a.words}
	if a.IntN(2) == 0 {
		h.Subtitle = a.person(a.say(2, 9))
	}
	if a.IntN(2) == 0 {
		h.Version, h.Signed = "3", content.SignOff{Name: "Jane Doe", Credential: "PT", Date: "2026-03"}
	}
	if a.IntN(2) == 0 {
		a.notes = []*content.Paragraph{nil}
	}
	if a.IntN(3) > 0 {
		h.Visit = content.Visit{Date: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC), Therapist: a.person("Robin Hale"),
			Next: a.person("28 March, 10:00"), Code: "K7Q2-0417"}
		h.Visit.Patient = a.person([]string{"Ana", "Zoë Nuñez-O'Brien", "محمد Smith",
			"Hubert Blaine Wolfeschlegelsteinhausenbergerdorff", strings.Repeat("Bartholomew ", 9)}[a.IntN(5)])
		if a.IntN(3) == 0 {
			h.Visit.Note = a.person(a.say(3, 20) + " " + phoneNumbers[a.IntN(len(phoneNumbers))])
		}
	}
	h.Blocks = append(h.Blocks, &content.Paragraph{Text: a.rich(3, 12)})
	for range a.IntN(4) {
		h.Blocks = append(h.Blocks, &content.Heading{Level: 2, Text: a.rich(1, 5), Mark: content.Mark(a.IntN(4))})
		for range 1 + a.IntN(3) {
			h.Blocks = append(h.Blocks, a.block(0))
		}
	}
	if a.IntN(2) == 0 {
		slot := &content.Stretches{}
		for i := range 1 + a.IntN(4) {
			slot.Chosen = append(slot.Chosen, a.choice(i))
		}
		h.Blocks = append(h.Blocks, &content.Heading{Level: 2, Text: a.rich(1, 3)}, slot,
			&content.Callout{Kind: content.Warning, Blocks: []content.Block{&content.Paragraph{Text: a.rich(2, 6)}}})
		if a.IntN(2) == 0 {
			h.Blocks = append(h.Blocks, a.diary())
			a.kinds["Diary"]++
		}
	}
	h.Blocks = append(h.Blocks, &content.Callout{Kind: content.Caution,
		Blocks: []content.Block{&content.Paragraph{Text: a.rich(2, 9)}}})
	for i := range a.notes {
		if i > 0 {
			marks := a.notes
			a.notes = nil // a footnote has no footnotes
			h.Notes = append(h.Notes, &content.Paragraph{Text: a.rich(2, 9)})
			a.notes = marks
			a.kinds["footnote"]++
		}
	}
	return h
}

func (a *author) sheet() Sheet {
	s := a.sample.sheet()
	b := *s.Brand
	for range a.IntN(5) {
		b.Phones = append(b.Phones, a.person(phoneNumbers[a.IntN(len(phoneNumbers))]))
	}
	if a.IntN(4) == 0 {
		b.Therapist, b.Credential, b.Email = a.person("Robin Hale"), a.person("LMT, MA60123456"),
			"hello@harbourlane.example"
		b.Tagline, b.SmallPrint = a.person(a.say(2, 9)), a.person(a.say(9, 40))
	}
	s.Brand, s.Punch, s.Strict = &b, a.IntN(4) == 0, a.IntN(8) == 0
	if a.IntN(4) == 0 {
		s.MinType = Length(9+a.IntN(9)) * Point
	}
	return s
}

// Whatever is written, in whatever language, on whatever sheet: one page that keeps the
// promises of a page, or a refusal; and where nothing was cut, every text that was written
// is read on it whole, links and footnotes in their places.
func TestAnyPage(t *testing.T) {
	setter := NewSetter(fonts.Default())
	pages, refused, texts := map[string]int{}, 0, 0
	kinds, sheets := map[string]int{}, map[string]int{}
	for seed := range seeds(120) {
		a := newAuthor(t, seed)
		h, sheet := a.handout(), a.sheet()
		sheet = suited(h, sheet)
		page, fitting, err := setter.Fit(h, sheet)
		var over *OverflowError
		switch {
		case errors.As(err, &over):
			refused++
			continue
		case err != nil:
			t.Fatalf("seed %d: %v", seed, err)
		}
		at := fmt.Sprintf("seed %d (%s %s %s)", seed, a.lang, sheet.Look, sheet.Edition)
		pages[a.lang]++
		sheets[sheet.Look+sheet.Edition]++
		for k, n := range a.kinds {
			kinds[k] += n
		}
		for _, fault := range faults(page, fitting.Body) {
			t.Errorf("%s: %s", at, fault)
		}
		if len(fitting.Concessions) > 0 {
			continue
		}
		read := page.read()
		shown := map[string]bool{} // in pictures, which has no steps
		for _, b := range h.Blocks {
			if cards, ok := b.(*content.Stretches); ok && sheet.Look == "pictures" {
				for _, c := range cards.Chosen {
					written(reflect.ValueOf(c.Stretch.Steps), func(s string) { shown[s] = true })
					written(reflect.ValueOf(c.Stretch.Remarks), func(s string) { shown[s] = true })
				}
			}
		}
		written(reflect.ValueOf(h.In(sheet.Edition == Large)), func(s string) {
			texts++
			if !strings.Contains(read, s) && !shown[s] && !(page.RTL && strings.ContainsAny(s, "0123456789ABCext")) {
				t.Errorf("%s: %q is not read:\n%s", at, s, read)
			}
		})
	}
	for _, lang := range sixLanguages {
		if pages[lang] < 5 {
			t.Errorf("only %d pages in %s: this proves nothing", pages[lang], lang)
		}
	}
	for _, k := range []string{"Paragraph", "List", "Callout", "Figure", "Fields", "Diary", "PainScale", "TrafficLight",
		"Code", "Table", "Quote", "Heading", "footnote"} {
		if kinds[k] < 3 {
			t.Errorf("only %d of the kind %s: this proves nothing", kinds[k], k)
		}
	}
	if refused < 5 || texts < 300 || len(sheets) < 8 {
		t.Errorf("%d refused, %d texts, on %d sheets: this proves nothing", refused, texts, len(sheets))
	}
}

// written calls f with the letters and figures of each text in a value.
func written(v reflect.Value, f func(string)) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() && v.Type() != reflect.TypeFor[*picture.Picture]() {
			written(v.Elem(), f)
		}
	case reflect.Slice, reflect.Array:
		if t, ok := v.Interface().(content.Text); ok {
			f(spelt(t.String()))
			return
		}
		for i := range v.Len() {
			written(v.Index(i), f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				written(v.Field(i), f)
			}
		}
	}
}

// spelt is the letters and figures of a text.
func spelt(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// read is the letters and figures of a page in the order they are read: what is of one
// tag on one line as its letters run, else in the order of the items.
func (p *Page) read() string {
	var all, line strings.Builder
	tag, y := Artifact, Length(-1)
	for _, it := range p.Items {
		g, ok := it.(*Glyphs)
		if !ok || g.Tag == Artifact {
			continue
		}
		if g.Tag != tag || g.At.Y != y {
			all.WriteString(line.String())
			line.Reset()
			tag, y = g.Tag, g.At.Y
		}
		before := line.String()
		line.Reset()
		for i := range g.Glyphs {
			if p.RTL {
				i = len(g.Glyphs) - 1 - i
			}
			line.WriteString(spelt(g.Glyphs[i].Text))
		}
		if p.RTL {
			line.WriteString(before)
		} else {
			after := line.String()
			line.Reset()
			line.WriteString(before + after)
		}
	}
	return all.String() + line.String()
}
