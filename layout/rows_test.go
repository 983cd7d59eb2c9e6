package layout

import (
	"testing"

	"handout/content"
	"handout/fonts"
)

// With four stretches rows keep whole steps at 12 points and the lead-ins of three sections of
// the longest handout we ship, with all that a clinic prints; pictures stand on 35 mm or more.
func TestFourRowsHoldThreeSections(t *testing.T) {
	lib, setter := content.Open(), NewSetter(fonts.Default())
	h, brand := longest(t, lib)
	brand.SmallPrint = "This sheet supports the advice of your clinician. It does not replace it."
	for _, stretches := range []string{"knee-to-chest,figure-4", "knee-to-chest,figure-4,trunk-rotation,cat-cow"} {
		choices, err := content.ParseChoices(stretches)
		if err != nil {
			t.Fatal(err)
		}
		for _, paper := range []Paper{Letter, A4} {
			p, err := lib.Personalise(h, brand, content.Visit{Patient: "Maria Kowalski", Therapist: "Robin Hale, LMT",
				Next: "Tuesday, December 1, 10:30", Chosen: true, Stretches: choices})
			if err != nil {
				t.Fatal(err)
			}
			sheet := Sheet{Brand: brand, Paper: paper, Look: "rows"}
			_, f, err := setter.Fit(p, sheet)
			if err != nil {
				t.Fatal(err)
			}
			held := 0
			for _, s := range f.Sections {
				if s.As != LeftOut {
					held++
				}
			}
			if held < 3 || f.Body < clearPrint {
				t.Errorf("%s on %s: %d sections, in %v", stretches, paper.Name, held, f.Body)
			}
			for _, c := range f.Concessions {
				if c.Kind == StepsShort {
					t.Errorf("%s on %s: steps are cut", stretches, paper.Name)
				}
			}
		}
	}
}
