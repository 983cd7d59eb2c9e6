package fhir

import (
	"testing"

	"handout/content/visits/field"
)

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

// An identifier is told from one of a system by more than what stands in it.
func TestIdentifierWithZero(t *testing.T) {
	f, err := Read([]string{
		`{"resourceType":"Patient","id":"1","identifier":[{"value":"7","system":"a"}],"name":[{"text":"Ana Ruiz"}]}`,
		`{"resourceType":"Patient","id":"2","identifier":[{"value":"7\u0000a"}],"name":[{"text":"Bo Stone"}]}`,
		`{"resourceType":"Appointment","id":"v","status":"booked","participant":[{"actor":{"type":"Patient","identifier":{"value":"7","system":"a"}}}]}`,
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for b := range f.Bookings {
		if b.Wrong != nil || b.Cells[field.Name] != "Ana Ruiz" {
			t.Errorf("%q, %v", b.Cells[field.Name], b.Wrong)
		}
	}
}
