package field

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"handout/content"
)

// Headings, statuses, languages and names are read of any text, and of a name no letter
// is lost.
func FuzzWords(f *testing.F) {
	for _, lists := range []map[string][]string{statuses, headings, languages} {
		for _, list := range lists {
			for _, s := range list {
				f.Add(s)
			}
		}
	}
	for _, s := range []string{"Ruiz, Ana, LMT", "Dr. Ruiz, Ana", ",.,-, ", "van der Berg, Jan", "Smith, John Jr.", "a,(),b", "(cancelled) [", "\xff\u0300"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if st := StatusOf(s); st.Why != "" && !st.Known {
			t.Errorf("%+v", st)
		}
		Of(s)
		Says(s)
		if tag, understood := LanguageOf(s); tag != "" && (!understood || LanguageName(tag) == "") {
			t.Errorf("%q, %v", tag, understood)
		}
		if part := Beside(s); !strings.Contains(strings.ReplaceAll(s, " ", ""), strings.ReplaceAll(part, " ", "")) && !strings.Contains(part, "|") {
			t.Errorf("%q is not beside", part)
		}
		letters := func(s string) string {
			var list []rune
			for _, r := range s {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					list = append(list, r)
				}
			}
			slices.Sort(list)
			return string(list)
		}
		if s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " "); s != "" {
			if first, last := parted(s); letters(first+last) != letters(s) && filled(s) != "" {
				t.Errorf("%q and %q", first, last)
			}
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026-12-02T09:00:00Z", "December 2, 2020 9:00 am", "3/4/26 14h30", "2nd of May 2026", "9 am - 10 am",
		"miércoles, 2 de diciembre de 2026 9:30 a. m.", "mar. 3 mar. 2026", "Thứ Tư, ngày 2 tháng 12 năm 2026 2:30 CH", "٢ ديسمبر ٢٠٢٦م ٢:٣٠ م",
		"14:30 02.12.2026", "Wed Dec 02 2026 09:30:00 GMT-0500 (Eastern Standard Time)", "יום רביעי, 2 בדצמבר 2026"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		st := ReadStamp(s)
		if st.Bad == (st.Date || st.Time) && s != "" {
			t.Errorf("%+v", st)
		}
		for _, first := range []bool{false, true} {
			if at, ok := st.When(first, false); ok && st.Date && at.Year() != int(st.year) {
				t.Errorf("%v of the year %d", at, st.year)
			}
		}
	})
}

func FuzzParseColumns(f *testing.F) {
	for _, s := range []string{`name="Client",email="E-mail"`, `name`, `=`, `name="`, `note=x,,`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		columns, err := ParseColumns(s)
		if err != nil {
			var errs content.Errors
			if !errors.As(err, &errs) || len(errs) == 0 {
				t.Errorf("%T: %v", err, err)
			}
			for _, e := range errs {
				if e.Code == "" || e.Message == "" || !utf8.ValidString(e.Message+e.Hint) || strings.ContainsAny(e.Message+e.Hint, "\n") {
					t.Errorf("%+v is not a sentence", e)
				}
			}
			return
		}
		for field, header := range columns {
			if field == None || field >= Count || Plain(header) == "" {
				t.Errorf("%d is %q", field, header)
			}
		}
	})
}
