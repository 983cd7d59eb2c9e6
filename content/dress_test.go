package content

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// everyKind has a block of each kind, with a placeholder of the brand's in all that have
// a text, and after them some for one visit alone.
const everyKind = `Call {clinic}.[^1]

- Ask {clinic}
  1. Or {clinic}

> [!NOTE] Of {clinic}
> Words of {clinic}.

> Said by {clinic}

| {clinic} | b |
|---|---|
| c | d |

## From {clinic}

` + "```fields\n{clinic}\n```\n\n```pain-scale\nHow bad, says {clinic}?\n```\n\n```traffic-light\ngo {clinic}\neasy\nstop\n```\n\n" +
	"```code\nhttps://example.org/\n{clinic} online\n```\n\n```reminder\ndaily at 18:00 for 14 days: Stretch\n```\n\n```diary\n```\n\n![a wedge](p.svg)\n\n## Stretches\n\n```stretches\n```\n\n" +
	`## For you

Dear {patient}, yours {therapist}.

- For {patient}

Ask {therapist} of {clinic}, [by telephone](tel:{phone}), or [call](tel:{emergency}).

[^1]: Or {phone}.

[^2]: Or {patient}.
`

func dressedHere(t *testing.T, l *Library, b *Brand) (*Dressed, *Handout, time.Time) {
	t.Helper()
	text := strings.Replace(everyKind, "Dear {patient}", "Dear {patient}[^2]", 1)
	h, err := ReadHandout(fstest.MapFS{"x.md": {Data: []byte("---\ntitle: X\nstretches: [cat-cow, figure-4]\n---\n" + text)}, "p.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>`)}}, "x.md")
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	d, err := l.Dress(h, b, day)
	if err != nil {
		t.Fatal(err)
	}
	return d, h, day
}

// What is the same on many pages has one address; what is a visit's alone has its own.
func TestDressed(t *testing.T) {
	l := Open()
	b := &Brand{Name: "Hill Clinic", Therapist: "Robin Hale", Phones: []string{"555 0100"}}
	d, _, _ := dressedHere(t, l, b)
	page := func(v Visit) *Page {
		p, err := d.For(l, v)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	one, two := page(Visit{Patient: "Ana"}), page(Visit{Patient: "Bo", Therapist: "Robin Hale"})
	if len(one.Blocks) != len(two.Blocks) || len(one.Notes) != 2 {
		t.Fatalf("%d blocks and %d, %d notes", len(one.Blocks), len(two.Blocks), len(one.Notes))
	}
	kinds := map[string]bool{}
	for i, x := range one.Blocks {
		said := page1(x) + page1(two.Blocks[i])
		_, cards := x.(*Stretches)
		if own := strings.Contains(said, "Ana") || strings.Contains(said, "Bo") || cards; own == (x == two.Blocks[i]) {
			t.Errorf("%T is the same block for both: %v\n%s", x, !own, said)
		}
		if strings.Contains(said, "{") {
			t.Errorf("not filled in: %s", said)
		}
		kinds[reflect.TypeOf(x).String()] = true
	}
	if len(kinds) < 13 { // all but the reminder, which is a code
		t.Errorf("only %d kinds of blocks: %v", len(kinds), kinds)
	}
	if one.Notes[0] != two.Notes[0] || one.Notes[1] == two.Notes[1] {
		t.Error("the notes that are the same are not those of one address")
	}
	for i, c := range cardsOf(one) {
		if c.Stretch != cardsOf(two)[i].Stretch {
			t.Errorf("%s is another for everybody", c.ID)
		}
	}
	left := page(Visit{Patient: "Ana", Side: LeftSide})
	if i := slices.IndexFunc(cardsOf(left), func(c Card) bool { return c.ID == "figure-4" }); cardsOf(left)[i].Stretch == cardsOf(one)[i].Stretch ||
		cardsOf(left)[i].Stretch != cardsOf(page(Visit{Side: LeftSide}))[i].Stretch {
		t.Error("a stretch on the left has not an address of its own")
	}
	other := page(Visit{Therapist: "Kim Lee"})
	last := len(other.Blocks) - 1
	if s := page1(other.Blocks[last]); other.Blocks[last] == one.Blocks[last] || !strings.Contains(s, "Kim Lee") {
		t.Errorf("another therapist: %s", s)
	}
}

// A handout dressed once makes the pages of one dressed for each.
func TestDressedIsPersonalised(t *testing.T) {
	l := Open(mapFS("stretches/s.md", strings.Replace(sidedStretch, "stop, call", "stop, {patient}, call", 1), "stretches/x.fig", "figure 1\n"))
	b := &Brand{Name: "acme", Therapist: "Robin Right"}
	d, h, day := dressedHere(t, l, b)
	before := page(h.Blocks)
	for _, list := range []string{"", "s", "s:side=left,cat-cow", "figure-4:note=x"} {
		chosen, err := ParseChoices(list)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []Visit{{}, {Patient: "Ana Right"}, {Patient: "Bo", Therapist: "Kim Right"}, {Therapist: "Robin Right"}, {Side: LeftSide, Large: true}} {
			v.Date, v.Stretches, v.Chosen = day, chosen, list != ""
			got, err := d.For(l, v)
			if err != nil {
				t.Fatal(err)
			}
			want, err := l.Personalise(h, b, v)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range allTexts(got) {
				for _, x := range text {
					if x.Slot != NoSlot || x.Dial != NoSlot || x.Each {
						t.Errorf("%s: not filled in: %+v", list, x)
					}
				}
			}
			got.kept, want.kept = nil, nil
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s %+v:\n%s\nwant\n%s", list, v, page(got.Blocks), page(want.Blocks))
			}
		}
	}
	if page(h.Blocks) != before {
		t.Error("the handout was changed")
	}
}

// allTexts is every text of a page, in full and short, and on its cards.
func allTexts(p *Page) (texts []Text) {
	for _, b := range p.Blocks {
		b.with(func(_ Position, t Text, _ bool) Text { texts = append(texts, t); return t })
	}
	for _, n := range p.Notes {
		texts = append(texts, n.Text)
	}
	for _, c := range cardsOf(p) {
		for t := range c.Stretch.Texts() {
			texts = append(texts, t)
		}
	}
	return texts
}

func page1(b Block) string { return page([]Block{b}) }

func cardsOf(p *Page) (cards []Card) {
	for _, b := range p.Blocks {
		if s, ok := b.(*Stretches); ok {
			cards = append(cards, s.Chosen...)
		}
	}
	return cards
}

// Each text of each kind of block goes through with, in order, and a block that nothing
// is done to stays itself.
func TestTexts(t *testing.T) {
	l := Open()
	_, h, _ := dressedHere(t, l, Neutral())
	for _, b := range h.Blocks {
		if b.with(func(_ Position, t Text, _ bool) Text { return t }) != b {
			t.Errorf("%T is another block, though nothing was done to it", b)
		}
		n := 0
		for at, text := range Texts([]Block{b}) {
			if n++; at.Line < b.Pos().Line || len(text) == 0 {
				t.Errorf("%T: a text at %s", b, at)
			}
		}
		for k := range n { // each by itself
			i := -1
			c := b.with(func(_ Position, t Text, _ bool) Text {
				if len(t) == 0 {
					return t
				}
				if i++; i == k {
					return Text{{Text: "other"}}
				}
				return t
			})
			var now []string
			for _, text := range Texts([]Block{c}) {
				now = append(now, text.String())
			}
			if c == b || reflect.TypeOf(c) != reflect.TypeOf(b) || len(now) != n || now[k] != "other" || c.Pos() != b.Pos() {
				t.Errorf("%T: text %d became %q", b, k, now)
			}
		}
		for range Texts([]Block{b}) {
			break // and no more is asked for
		}
	}
	left := reflect.TypeFor[Text]()
	for _, b := range h.Blocks { // no text but those is in a block
		if n := textsIn(reflect.ValueOf(b), left); n != countTexts(b) {
			t.Errorf("%T has %d texts, and %d go through", b, n, countTexts(b))
		}
	}
}

func countTexts(b Block) (n int) {
	for range Texts([]Block{b}) {
		n++
	}
	if _, ok := b.(*Reminder); ok {
		n-- // its summary is plain
	}
	return n
}

func textsIn(v reflect.Value, text reflect.Type) (n int) {
	if v.Type() == text {
		if v.Len() > 0 {
			return 1
		}
		return 0
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return textsIn(v.Elem(), text)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			n += textsIn(v.Index(i), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			n += textsIn(v.Field(i), text)
		}
	}
	return n
}

// What pages share keeps its address, and is told apart from what is one visit's.
func TestKeeps(t *testing.T) {
	h, err := ReadHandout(fstest.MapFS{"x.md": {Data: []byte("---\ntitle: T\nlang: en\n---\nWords for all.\n\n" +
		"Words for {patient}.\n\nWords by {therapist}.\n")}}, "x.md")
	if err != nil {
		t.Fatal(err)
	}
	lib, brand := Open(), Neutral()
	brand.Therapist = "Robin Hale"
	d, err := lib.Dress(h, brand, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var first *Page
	for _, test := range []struct{ therapist, keeps string }{{"", "[true false true]"},
		{"Robin Hale", "[true false true]"}, {"Another", "[true false false]"}} {
		p, err := d.For(lib, Visit{Patient: "Ana", Therapist: test.therapist})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = p
		}
		var keeps []bool
		for i, b := range p.Blocks {
			keeps = append(keeps, p.Keeps(b))
			if p.Keeps(b) && b != first.Blocks[i] {
				t.Errorf("block %d has another address", i)
			}
		}
		if got := fmt.Sprint(keeps); got != test.keeps {
			t.Errorf("%q: %s, want %s", test.therapist, got, test.keeps)
		}
		if (&Page{Blocks: p.Blocks}).Keeps(p.Blocks[0]) {
			t.Error("a page that was not dressed keeps a block")
		}
	}
}
