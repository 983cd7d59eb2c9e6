package layout

import (
	"slices"
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
)

// A setter takes no page, and no part of one, for another that differs in one thing alone: after
// each it sets each as one that has set none.
func TestOneThingDiffers(t *testing.T) {
	lib, brand := content.Open(), content.Neutral()
	brand.Name, brand.Phones, brand.SmallPrint = "Harbour Lane", []string{"555 0142"}, "Ask your doctor first."
	other := *brand
	other.Name, other.Phones, other.SmallPrint = "Harbour Lake", []string{"555 0143"}, "Ask your doctor, too."
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	dressed := wardrobe{}
	h := handout(t, lib, "sciatica")
	type variant struct {
		of    string
		page  *content.Page
		sheet Sheet
	}
	var all []variant
	add := func(of string, b *content.Brand, day time.Time, v content.Visit, change func(*content.Page, *Sheet)) {
		v.Patient, v.Chosen = "Ana Ruiz", true
		page, sheet := *dressed.page(t, lib, outfit{h, b, day}, v), Sheet{Brand: b, Paper: Letter, Look: "rows"}
		change(&page, &sheet)
		all = append(all, variant{of, &page, sheet})
	}
	choose := func(list string) content.Visit {
		choices := chosen(t, list)
		return content.Visit{Stretches: choices, Therapist: "Jo Lee"}
	}
	same, usual := func(*content.Page, *Sheet) {}, choose("knee-to-chest,figure-4")
	words := func(change func(*content.Words)) func(*content.Page, *Sheet) {
		return func(p *content.Page, _ *Sheet) {
			own := *p.Words
			change(&own)
			p.Words = &own
		}
	}
	add("nothing", brand, day, usual, same)
	add("the brand", &other, day, usual, same)
	add("the day", brand, day.AddDate(0, 0, 1), usual, same)
	therapist := usual
	therapist.Therapist = "Jo Lea"
	add("the therapist", brand, day, therapist, same)
	add("the order", brand, day, choose("figure-4,knee-to-chest"), same)
	add("a stretch", brand, day, choose("knee-to-chest,trunk-rotation"), same)
	add("a dose", brand, day, choose("knee-to-chest:hold=21,figure-4"), same)
	add("the paper", brand, day, usual, func(_ *content.Page, s *Sheet) { s.Paper = A4 })
	add("the look", brand, day, usual, func(_ *content.Page, s *Sheet) { s.Look = "article" })
	add("the edition", brand, day, usual, func(_ *content.Page, s *Sheet) { s.Edition = BW })
	add("the holes", brand, day, usual, func(_ *content.Page, s *Sheet) { s.Punch = true })
	add("the words of a month", brand, day, usual, words(func(w *content.Words) { w.Months[10] = "Novembre" }))
	for _, name := range []string{"Jo Doe", "Jo Dee"} {
		add("the reviewer", brand, day, usual, func(p *content.Page, _ *Sheet) {
			p.Signed = content.SignOff{Name: name, Credential: "PT", Date: "2026-03"}
		})
	}
	add("the subtitle", brand, day, usual, func(p *content.Page, s *Sheet) { p.Subtitle, s.Look = "So", "article" })
	add("being alone", brand, day, choose("cat-cow"), same)
	add("the words of a remark", brand, day, choose("cat-cow"),
		words(func(w *content.Words) { w.Remarks = [5]string{"Felt", "Wrong", "Less", "More", "When"} }))
	stops := func(say string) func(*content.Page, *Sheet) {
		return func(p *content.Page, _ *Sheet) {
			p.Blocks = slices.Clone(p.Blocks)
			for i, b := range p.Blocks {
				if s, ok := b.(*content.Stretches); ok {
					own := *s
					own.Chosen = slices.Clone(s.Chosen)
					for k := range own.Chosen {
						e := *own.Chosen[k].Stretch
						e.Stop = content.Text{{Text: say}}
						own.Chosen[k].Stretch = &e
					}
					p.Blocks[i] = &own
				}
			}
		}
	}
	add("when to stop", brand, day, usual, stops("Stop if it hurts."))
	add("when to stop, said otherwise", brand, day, usual, stops("Stop if it burns."))
	add("the number of a section", brand, day, usual, func(p *content.Page, _ *Sheet) {
		var heads []int
		for i, b := range p.Blocks {
			if opens(b) {
				heads = append(heads, i)
			}
		}
		p.Blocks = slices.Delete(slices.Clone(p.Blocks), heads[0], heads[1])
	})
	h = handoutNamed(t, "---\ntitle: A day\nlang: en\n---\nRead.\n\n## Pain\n\n```pain-scale\nHow much?\n```\n")
	add("the handout", brand, day, content.Visit{}, func(_ *content.Page, s *Sheet) { s.Look = "article" })
	add("the words of a scale", brand, day, content.Visit{}, func(p *content.Page, s *Sheet) {
		s.Look = "article"
		words(func(w *content.Words) { w.NoPain = "none" })(p, s)
	})
	cold := make([]string, len(all))
	for i, v := range all {
		page, _, err := NewSetter(fonts.Default()).Fit(v.page, v.sheet)
		if err != nil {
			t.Fatalf("%s: %v", v.of, err)
		}
		if cold[i] = page.String(); i > 0 && cold[i] == cold[i-1] {
			t.Errorf("with another in %s the page is the same: this proves nothing", v.of)
		}
	}
	for i, first := range all {
		for k, then := range all {
			setter := NewSetter(fonts.Default())
			if i > 0 && k > 0 && i != k-1 && k != i-1 {
				continue
			}
			if _, _, err := setter.Fit(first.page, first.sheet); err != nil {
				t.Fatal(err)
			}
			page, _ := fitted(t, setter, then.page, then.sheet)
			if page.String() != cold[k] {
				t.Errorf("after one that differs in %s or %s: %s", first.of, then.of,
					firstDifference(page.String(), cold[k]))
			}
		}
	}
}

func handoutNamed(t *testing.T, text string) *content.Handout {
	t.Helper()
	h := markdown(t, text)
	return h
}
