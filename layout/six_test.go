package layout

import (
	"testing"

	"handout/content"
	"handout/fonts"
)

// With up to six stretches the longest handout we ship stands on one page in rows and
// pictures: at 12 points with five, at 11 with six.
func TestSixStretches(t *testing.T) {
	lib, setter := content.Open(), NewSetter(fonts.Default())
	h, brand := longest(t, lib)
	choices := chosen(t, "knee-to-chest,trunk-rotation,cat-cow,figure-4,hamstring-strap,sciatic-slider")
	for _, look := range Looks() {
		for _, paper := range []Paper{Letter, A4} {
			for n := range len(choices) + 1 {
				p := personal(t, lib, h, brand, content.Visit{Patient: "Zoë Nuñez-O'Brien", Therapist: "Robin Hale",
					Chosen: true, Stretches: choices[:n]})
				page, fitting, err := setter.Fit(p, suited(p, Sheet{Brand: brand, Paper: paper, Look: look.ID}))
				if look.ID == "article" && n > 1 { // so long an article holds one, rows hold six
					continue
				}
				if err != nil {
					t.Errorf("%s %s, %d stretches: %v", look.ID, paper.Name, n, err)
					continue
				}
				if n <= 5 && fitting.Body < clearPrint {
					t.Errorf("%s %s, %d stretches: set in %v", look.ID, paper.Name, n, fitting.Body)
				}
				for _, f := range faults(page, fitting.Body) {
					t.Errorf("%s %s, %d stretches: %s", look.ID, paper.Name, n, f)
				}
			}
		}
	}
}
