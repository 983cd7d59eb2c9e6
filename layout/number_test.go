package layout

import (
	"fmt"
	"strings"
	"testing"

	"handout/content"
	"handout/fonts"
)

// What is one number is kept together, shown here with _ for a space that ends no line;
// what is only figures near one another is not.
func TestNumbers(t *testing.T) {
	for said, want := range map[string]string{
		"call +44 20 7946 0958 today":         "call +44_20_7946_0958 today",
		"(555) 010-0142":                      "(555)_010-0142",
		"+1 (555) 010-0142 ext. 12 or 13":     "+1_(555)_010-0142_ext._12 or 13",
		"+44 (0)20 7946 0958":                 "+44_(0)20_7946_0958",
		"0800 111 or 111":                     "0800_111 or 111",
		"116 123":                             "116_123",
		"911 or 112":                          "911 or 112",
		"030/123 45-67":                       "030/123_45-67",
		"030 / 123 45 67":                     "030_/_123_45_67",
		"020 - 123 45 67.":                    "020_-_123_45_67.",
		"01 23 45 67 89":                      "01_23_45_67_89",
		"555.010.0142":                        "555.010.0142",
		"Tel. 555\u00a00142, Room 12":         "Tel. 555_0142, Room 12",
		"1-800-GO-FEDEX now":                  "1-800-GO-FEDEX now",
		"1-800 FLOWERS now":                   "1-800_FLOWERS now",
		"٠١٢٣ ٤٥٦ ٧٨٩":                        "٠١٢٣_٤٥٦_٧٨٩",
		"at 10:30 am or 2 p.m. or 14 Uhr":     "at 10:30_am or 2_p.m. or 14_Uhr",
		"Hold 20 to 30 seconds, 3 to 5 times": "Hold 20 to 30 seconds, 3 to 5 times",
		"In 2020. 2021 was better":            "In 2020. 2021 was better",
		"from 2020 - 2024":                    "from 2020 - 2024",
		"0 1 2 3 4 5 6 7 8 9 10":              "0 1 2 3 4 5 6 7 8 9 10",
		"800 IU a day":                        "800 IU a day",
		"20 30":                               "20 30",
		"2 amps":                              "2 amps",
		"no number":                           "no number",
	} {
		for range 2 { // a text may be shaped again
			got := strings.NewReplacer("\u00a0", "_", "\u2060", "").Replace(tied(said, false))
			if got != want {
				t.Errorf("%q is %q, want %q", said, got, want)
			}
			said = tied(said, false)
		}
	}
}

// So is a range, and a number with what it counts, and each part of an address.
func TestMeasured(t *testing.T) {
	for said, want := range map[string]string{
		"eases in 4 to 6 weeks. It":       "eases in 4_to_6_weeks. It",
		"de 15 a 20 minutos, 3 veces":     "de 15_a_20_minutos, 3_veces",
		"5 - 10 times (2 or 3 on Sunday)": "5_-_10_times (2_or_3 on Sunday)",
		"over 50, and 50 y le duele":      "over 50, and 50 y le duele",
		"call 911 or 112 now":             "call 911 or 112 now",
		"555\u00a00142 for help, in 2026": "555_0142 for help, in 2026",
		"4 bis 6 Wochen":                  "4_bis_6_Wochen",
	} {
		if got := strings.ReplaceAll(measured(said), "\u00a0", "_"); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
	address := addressParts("12 Harbour Lane, Springfield, at the far end of the yard behind it")
	if want := "12_Harbour_Lane, Springfield, at the far end of the yard behind it"; strings.ReplaceAll(address,
		"\u00a0", "_") != want {
		t.Errorf("got %q", address)
	}
}

// A date in words stays together, whichever way it is written.
func TestDated(t *testing.T) {
	for lang, dates := range map[string]map[string]string{
		"en": {"from 14 March 2026 on": "from 14_March_2026 on", "March 14, 2026": "March_14, 2026",
			"you may 3 times": "you may 3 times", "3 May": "3_May", "March on 2": "March on 2"},
		"de": {"am 14. März 2026": "am 14._März_2026", "im März": "im März"},
		"es": {"14 de marzo de 2026": "14 de marzo de 2026"},
		"he": {"14 במרץ 2026": "14 במרץ_2026"},
	} {
		w, err := content.Open().Words(lang)
		if err != nil {
			t.Fatal(err)
		}
		for said, want := range dates {
			if got := strings.ReplaceAll(dated(said, w.Months[:]), "\u00a0", "_"); got != want {
				t.Errorf("%s: %q is %q, want %q", lang, said, got, want)
			}
		}
	}
}

// A telephone number stands on one line wherever it stands, whatever is before it: one
// that was filled in and one that was typed.
func TestPhonesOnOneLine(t *testing.T) {
	texts := map[string]string{
		"paragraph": "Words. %s or at {phone} today.",
		"box":       "Words.\n\n> [!CAUTION]\n> If you have any question %s or at {phone} today.\n",
		"list":      "Words.\n\n## H\n\n- **If** you have any question %s or at {phone} today.\n- Words.\n",
		"table": "Words.\n\n| When | Whom |\n|---|---|\n| any question, however small it may be, and at any " +
			"time | %s or at {phone} today |\n",
		"link":  "Words [for you %s or at {phone} today](https://harbourlane.example).",
		"quote": "Words.\n\n> Words for you %s or at {phone} today.\n",
		"field": "Words.\n\n```fields\nI was told %s or at {phone} today\n```\n",
	}
	setter, pages := NewSetter(fonts.Default()), 0
	for _, lang := range []string{"en", "de", "he", "ar"} {
		for i, number := range []string{"+44 20 7946 0958", "(555) 010-0142", "030/123 45-67", "0800 111"} {
			filled := []string{"+49 30 1234 5678", "(555) 555-0100", "030/765 43-21", "0900 222"}[i]
			brand := content.Neutral()
			brand.Phones = []string{filled}
			for part, text := range texts {
				for n := range 12 {
					before := strings.Repeat("a", n) + " desk " + number
					if lang == "he" || lang == "ar" {
						before = strings.Repeat("ש", n) + " " + number
					}
					h := handoutOf(t, lang, fmt.Sprintf(text, before), brand,
						content.Visit{Patient: "Ana", Next: number, Note: before})
					page, _ := fitted(t, setter, h, Sheet{Brand: brand, Paper: A4})
					pages++
					lines := map[Length]string{}
					for _, it := range page.Items {
						if g, ok := it.(*Glyphs); ok {
							for _, glyph := range g.Glyphs { // figures run from left to right everywhere
								lines[g.At.Y] += strings.ReplaceAll(glyph.Text, "\u00a0", " ")
							}
						}
					}
					typed, given := 0, 0
					for _, l := range lines {
						typed += strings.Count(l, number)
						given += strings.Count(l, filled)
					}
					// The note and the next visit, but for a letter without a name to sign; the top of the page.
					if typed != 3 || given != 2 {
						t.Errorf("%s %s after %d letters: %s is whole %d times of 3, %s %d of 2", lang, part, n,
							number, typed, filled, given)
					}
				}
			}
		}
	}
	if pages < 1000 {
		t.Errorf("only %d pages", pages)
	}
}
