package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of a visit, in characters.
const (
	maxName       = 120
	maxNote       = 400
	maxChoiceNote = 200
)

// clean makes the visit's own words fit to be set, or says which are not.
func (v *Visit) clean(errs *Errors) {
	for _, words := range []struct {
		text     *string
		of, what string
		limit    int
	}{
		{&v.Patient, "patient", "the patient's name", maxName},
		{&v.Therapist, "therapist", "the therapist's name", maxName},
		{&v.Next, "next", "the next visit", maxName},
		{&v.Note, "note", "the note", maxNote},
	} {
		before := len(*errs)
		*words.text = cleanText(*words.text, words.what, words.limit, errs)
		for _, e := range (*errs)[before:] {
			e.Of = words.of
		}
	}
}

// cleanText trims s, makes white space single spaces and composes its characters
// (Unicode NFC). Characters that cannot be seen but turn the text about them, such
// as right-to-left overrides, are taken out (UAX #9; they let a text look like
// another). The errors say what is wrong with s and never what is in it.
func cleanText(s, what string, limit int, errs *Errors) string {
	if s == "" {
		return ""
	}
	if len(s) > 64*limit {
		errs.add(Position{}, "visit-text-far-too-long", "make it shorter",
			"%s is longer than %d characters", what, limit)
		return ""
	}
	if !utf8.ValidString(s) {
		errs.add(Position{}, "visit-text-not-utf", "write it as UTF-8", "%s is not UTF-8 text", what)
		return ""
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }) {
		errs.add(Position{}, "visit-text-control-character", "type it again", "%s holds a control character", what)
		return ""
	}
	s = strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(norm.NFC.String(s)), " ")
	switch n := utf8.RuneCountInString(s); {
	case blank(s):
		errs.add(Position{}, "visit-text-blank", "write it, or leave it out", "%s is only spaces", what)
	case n > limit:
		errs.add(Position{}, "visit-text-too-long", "make it shorter",
			"%s has %d characters, and there is room for %d", what, n, limit)
	}
	return s
}
