package day

import (
	"slices"
	"testing"

	"handout/layout"
)

// A row in large print is shown with the stretches that its page will have.
func TestAskedInLargePrint(t *testing.T) {
	r := rosterOf(t, "1,2026-11-23,09:00,Ana,,,,after-massage")
	for edition, want := range map[string][]string{
		layout.Standard: {"cat-cow", "neck-turn", "doorway-chest"},
		layout.Large:    {"cat-cow"},
	} {
		r.Page.Sheet.Edition = edition
		var got []string
		for _, c := range Ask(r.press, r.Order)[0].Choices {
			got = append(got, c.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", edition, got, want)
		}
	}
}
