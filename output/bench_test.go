package output

import (
	"fmt"
	"io"
	"sync/atomic"
	"testing"

	"handout/content"
	"handout/fonts"
	"handout/layout"
)

// mixture makes pages as a clinic's day has them: three handouts, forty choices of
// stretches, and a name that comes once.
type mixture struct {
	library *content.Library
	brand   *content.Brand
	setter  *layout.Setter
	texts   []*content.Handout
	choices [][]content.Choice
}

func newMixture(tb testing.TB) *mixture {
	m := &mixture{library: content.Open(), brand: content.Neutral(), setter: layout.NewSetter(fonts.Default())}
	for _, id := range []string{"sciatica", "after-massage", "neck-and-desk"} {
		h, err := m.library.Handout(id)
		if err != nil {
			tb.Fatal(err)
		}
		m.texts = append(m.texts, h)
	}
	stretches, err := m.library.Stretches()
	if err != nil {
		tb.Fatal(err)
	}
	for i := range 40 {
		var choice []content.Choice
		for k := range 1 + i%4 {
			choice = append(choice, content.Choice{ID: stretches[(i+k*(1+i/len(stretches)))%len(stretches)].ID})
		}
		m.choices = append(m.choices, choice)
	}
	return m
}

// firsts and lasts are parts of names, with letters of several blocks.
var (
	firsts = []string{"Ana", "Zoë", "José", "Łukasz", "Maria", "John", "Müge", "Søren", "Fiona", "Jiří", "Đặng", "Björn", "Affonso", "Inès", "Quinn", "Наталья"}
	lasts  = []string{"Ruiz", "O’Brien", "Nuñez", "Żółć", "Smith", "Pfeiffer", "Yılmaz", "van der Berg", "Hoàng", "Dvořák", "Åberg", "Li", "Fitzgerald", "Kowalski", "Αθηνά"}
)

// page is the page of the i-th row of a list.
func (m *mixture) page(i int) (*layout.Page, error) {
	name := fmt.Sprintf("%s %c. %s", firsts[i%len(firsts)], 'A'+i%26, lasts[i/7%len(lasts)])
	h, err := m.library.Personalise(m.texts[i%3], m.brand, content.Visit{Patient: name, Date: made, Stretches: m.choices[i%40], Chosen: true, Anyway: true})
	if err != nil {
		return nil, err
	}
	page, _, err := m.setter.Fit(h, layout.Sheet{Brand: m.brand, Paper: layout.Letter})
	return page, err
}

// Pages of a real list conform, each alone and all in one file, and the fonts they
// share do not make them large.
func TestMixture(t *testing.T) {
	m := newMixture(t)
	var day []*layout.Page
	for i := range 48 {
		p, err := m.page(i)
		if err != nil {
			t.Fatal(err)
		}
		day = append(day, p)
		data := write(t, p, fmt.Sprintf("row%d", i))
		if len(data) > 120_000 {
			t.Errorf("row %d: %d bytes", i, len(data))
		}
		j := newJudge(t, data)
		for _, c := range clauses {
			if err := c.holds(j); err != nil {
				t.Errorf("row %d: %s: not so that %s: %v", i, c.clause, c.claim, err)
			}
		}
	}
	data := printed(t, day...)
	keepForJudges(t, data, "day")
	for i, j := range judges(t, data) {
		for _, c := range clauses {
			if err := c.holds(j); err != nil {
				t.Errorf("page %d: %s: not so that %s: %v", i, c.clause, c.claim, err)
			}
		}
	}
}

// BenchmarkMixture writes pages of other people and other stretches.
func BenchmarkMixture(b *testing.B) {
	m := newMixture(b)
	var pages []*layout.Page
	for i := range 480 {
		p, err := m.page(i)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, p)
	}
	size, n := 0, 0
	for _, p := range pages { // what can be kept is kept
		data, err := PDF(p, made)
		if err != nil {
			b.Fatal(err)
		}
		size += len(data)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		if _, err := PDF(pages[n%len(pages)], made); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64(size/len(pages)), "bytes")
}

// BenchmarkRows makes the pages of a list from its texts to the bytes, on as many
// cores as -cpu says. No name comes twice.
func BenchmarkRows(b *testing.B) {
	m := newMixture(b)
	var row atomic.Int64
	b.ReportAllocs()
	b.RunParallel(func(turn *testing.PB) {
		m := *m
		m.setter = layout.NewSetter(fonts.Default()) // for one goroutine
		for turn.Next() {
			p, err := m.page(int(row.Add(1)))
			if err == nil {
				_, err = PDF(p, made)
			}
			if err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkPrint adds pages of other people and other stretches to one file.
func BenchmarkPrint(b *testing.B) {
	m := newMixture(b)
	var pages []*layout.Page
	for i := range 480 {
		p, err := m.page(i)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, p)
	}
	p, err := NewPrint(io.Discard, about)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		if err := p.Add(pages[n%len(pages)]); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if err := p.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(p.out.at)/float64(n), "bytes/page")
}
