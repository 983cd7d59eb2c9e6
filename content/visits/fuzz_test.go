package visits

import (
	"bytes"
	"errors"
	"path"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"handout/content"
	"handout/content/visits/field"
)

// wantSound checks what Read promises of any bytes at all.
func wantSound(t *testing.T, data []byte) {
	t.Helper()
	l, err := Read("x", bytes.NewReader(data), Options{Zone: time.FixedZone("", 3600)})
	if err != nil {
		if l != nil {
			t.Error("there is a list beside the error")
		}
		wantSentences(t, err)
		return
	}
	last := 0
	for _, r := range l.Rows {
		if r.Number < last || r.Number < 1 {
			t.Errorf("row %d comes after row %d", r.Number, last)
		}
		last = r.Number
		if r.Skip != "" && (r.Err != nil || r.EmailErr != nil) {
			t.Errorf("row %d is skipped and has a mistake", r.Number)
		}
		if r.Skip == "" && r.Err == nil && r.Name == "" {
			t.Errorf("row %d is made for nobody", r.Number)
		}
		if utf8.RuneCountInString(r.Name) > field.Name.Limit() && r.Err == nil {
			t.Errorf("row %d has a name of %d characters", r.Number, utf8.RuneCountInString(r.Name))
		}
		for _, s := range append([]string{r.ID, r.Name, r.Therapist, r.Service, r.Handout, r.Stretches, r.Side, r.Note, r.Lang, r.Edition, r.Look, r.Paper, r.Next, r.Password}, r.Emails...) {
			if !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) || s != strings.TrimSpace(s) {
				t.Errorf("row %d has %q", r.Number, s)
			}
		}
		for _, a := range r.Emails {
			if strings.Count(a, "@") != 1 || strings.ContainsAny(a, " ,;<>\"()") {
				t.Errorf("row %d has the address %q", r.Number, a)
			}
		}
		for _, err := range []error{r.Err, r.EmailErr} {
			if err != nil {
				wantSentences(t, err)
			}
		}
	}
}

func wantSentences(t *testing.T, err error) {
	t.Helper()
	var errs content.Errors
	if !errors.As(err, &errs) || len(errs) == 0 {
		t.Fatalf("%T: %v", err, err)
	}
	for _, e := range errs {
		if !kebab.MatchString(e.Code) || e.Message == "" || strings.ContainsAny(e.Message+e.Hint, "\n\x00") || strings.HasSuffix(e.Message, ".") || !utf8.ValidString(e.Message+e.Hint) {
			t.Errorf("%q, %q is not a sentence", e.Message, e.Hint)
		}
	}
}

// seed gives a fuzzer the fixtures with one of the endings.
func seed(f *testing.F, endings ...string) {
	for name, data := range fixtures(f) {
		for _, ending := range endings {
			if path.Ext(name) == ending {
				f.Add(data)
			}
		}
	}
}

func FuzzCSV(f *testing.F) {
	seed(f, ".csv", ".xls")
	f.Add([]byte("\xff\xfen\x00a\x00m\x00e\x00\n\x00A\x00"))
	f.Add([]byte("name,email\r\rA\xe9,\"a@b.example\r\n"))
	f.Add([]byte("name\n\xe3\xf0\xe4 \xeb\xe4\xef\n"))            // Hebrew in Windows-1255
	f.Add([]byte("name\n\xcd\xf5\xce\xb0,\x93c\x92\x86\n"))       // Chinese, Japanese
	f.Add([]byte("name\nZoÃ« Nu√±ez &euml;&#0; Nu?ez,=\"01\"\n")) // saved twice
	f.Fuzz(wantSound)
}

func FuzzJSON(f *testing.F) {
	seed(f, ".jsonl")
	f.Add([]byte(`{"name":"\ud800\u0000","email":["a@b.example","c"],"date":1e400}`))
	f.Fuzz(func(t *testing.T, data []byte) { wantSound(t, append([]byte("{\"name\":\"A\"}\n"), data...)) })
}

func FuzzFHIR(f *testing.F) {
	seed(f, ".json")
	f.Fuzz(wantSound)
}

func FuzzXLSX(f *testing.F) {
	f.Add(workbook(f, nil, [][]any{{"name", "date"}, {"Ana Ruiz", 46358.5}}))
	f.Add(workbook(f, nil, [][]any{{"x"}}, [][]any{{"name", "email", "time"}, {"Ana Ruiz", "a@mail.example", 0.5}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
			wantSound(t, data)
		}
	})
}

// FuzzSheet takes the XML of a sheet apart, which random bytes of an archive, being
// compressed, hardly reach.
func FuzzSheet(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row><row r="3" hidden="1"><c t="str"><v>Ana Ruiz</v></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>`))
	f.Add([]byte(sheetOf(3)))
	f.Add([]byte(`<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:r><x:t>name_x000D_</x:t></x:r></x:is></x:c><x:c t="e"><x:f/></x:c></x:row></x:sheetData></x:worksheet>`))
	whole := workbook(f, nil, [][]any{{"name"}})
	f.Fuzz(func(t *testing.T, sheet []byte) { wantSound(t, withSheet(t, whole, sheet)) })
}
