package layout

import (
	"fmt"
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
)

// BenchmarkFitMixed sets three handouts with forty choices of stretches for ever new
// names, as a day's list does.
func BenchmarkFitMixed(b *testing.B) {
	lib, brand := content.Open(), content.Neutral()
	var handouts []*content.Dressed
	for _, name := range []string{"sciatica", "neck-and-desk", "after-massage"} {
		h := handout(b, lib, name)
		d, err := lib.Dress(h, brand, time.Time{})
		if err != nil {
			b.Fatal(err)
		}
		handouts = append(handouts, d)
	}
	ids := []string{"knee-to-chest", "figure-4", "trunk-rotation", "cat-cow", "chin-tuck", "upper-trapezius",
		"levator", "doorway-chest"}
	setter := NewSetter(fonts.Default())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		v := content.Visit{Patient: fmt.Sprintf("Zoë Nuñez-O'Brien the %dth", i), Chosen: true}
		for k := range 1 + i%5%4 {
			v.Stretches = append(v.Stretches, content.Choice{ID: ids[(i/5+k)%len(ids)]})
		}
		p, err := handouts[i%3].For(lib, v)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := setter.Fit(p, Sheet{Brand: brand, Paper: Letter}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFit sets the shipped handout with four stretches for a new patient
// each time, by a setter that has set it before.
func BenchmarkFit(b *testing.B) {
	lib, brand := content.Open(), content.Neutral()
	h := handout(b, lib, "sciatica")
	d, err := lib.Dress(h, brand, time.Time{})
	if err != nil {
		b.Fatal(err)
	}
	setter := NewSetter(fonts.Default())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p, err := d.For(lib, content.Visit{Patient: fmt.Sprintf("Zoë Nuñez-O'Brien the %dth", i)})
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := setter.Fit(p, Sheet{Brand: brand, Paper: Letter}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFitCold sets the shipped handout with six stretches, a full page, by a
// setter that has never set anything: at most 5 ms.
func BenchmarkFitCold(b *testing.B) {
	lib, brand := content.Open(), content.Neutral()
	h := handout(b, lib, "sciatica")
	v := content.Visit{Patient: "Zoë Nuñez-O'Brien", Chosen: true}
	for _, id := range []string{"knee-to-chest", "figure-4", "trunk-rotation", "cat-cow",
		"hamstring-strap", "sciatic-slider"} {
		v.Stretches = append(v.Stretches, content.Choice{ID: id})
	}
	p := personal(b, lib, h, brand, v)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := NewSetter(fonts.Default()).Fit(p, Sheet{Brand: brand, Paper: Letter}); err != nil {
			b.Fatal(err)
		}
	}
}
