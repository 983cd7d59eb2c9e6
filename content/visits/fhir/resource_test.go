package fhir

import "testing"

// A concept of FHIR names a language by any of what it has.
func TestConceptLanguage(t *testing.T) {
	for _, test := range []struct {
		concept concept
		want    string
	}{
		{concept{Coding: []coding{{Code: "es", Display: "Spanish"}}}, "es"},
		{concept{Coding: []coding{{Code: "12", Display: "Spanish"}}, Text: "x"}, "Spanish"},
		{concept{Coding: []coding{{Code: "12"}, {Code: "fr-CA"}}}, "fr-CA"},
		{concept{Text: "Deutsch"}, "Deutsch"},
		{concept{Coding: []coding{{Code: "12"}}, Text: "Klingon"}, "12"},
		{concept{}, ""},
	} {
		if got := test.concept.language(); got != test.want {
			t.Errorf("%+v: %q, want %q", test.concept, got, test.want)
		}
	}
}
