package content

import (
	"testing"

	"handout/content/picture"
)

func TestNeutral(t *testing.T) {
	b := Neutral()
	if !picture.Legible(b.Main, picture.White, 4.5) || !picture.Legible(b.Accent, picture.White, 4.5) || b.Name != "" || b.Emergency() != "" {
		t.Error("the neutral brand cannot be read")
	}
}

func TestEmergency(t *testing.T) {
	for country, want := range map[string]string{
		"US": "911", "CA": "911", "MX": "911", "GB": "999", "IE": "112/999", "DE": "112", "ES": "112", "AU": "000",
		"NZ": "111", "IN": "112", "JP": "119", "CH": "144/112", "": "", "AQ": "",
	} {
		if got := (&Brand{Country: country}).Emergency(); got != want {
			t.Errorf("%s: %q, want %q", country, got, want)
		}
	}
	for country, want := range map[string]string{"US": "letter", "CA": "letter", "MX": "letter", "GB": "a4", "ES": "a4", "": "letter"} {
		if got := (&Brand{Country: country}).PaperName(); got != want {
			t.Errorf("%s: %s, want %s", country, got, want)
		}
	}
}
