package layout

import (
	"fmt"
	"testing"

	"handout/content"
	"handout/fonts"
)

// BenchmarkFit sets the shipped handout with four stretches for a new patient
// each time, by a setter that has set it before.
func BenchmarkFit(b *testing.B) {
	lib, brand := content.Open(), content.Neutral()
	h, err := lib.Handout("sciatica")
	if err != nil {
		b.Fatal(err)
	}
	setter := NewSetter(fonts.Default())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p, err := lib.Personalise(h, brand, content.Visit{Patient: fmt.Sprintf("Zoë Nuñez-O'Brien the %dth", i)})
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := setter.Fit(p, Sheet{Brand: brand, Paper: Letter}); err != nil {
			b.Fatal(err)
		}
	}
}
