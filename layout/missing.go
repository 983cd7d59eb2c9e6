package layout

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"handout/content"
	"handout/fonts"
)

// GlyphError is characters that no face can draw.
type GlyphError struct {
	content.Position        // of an author's words
	Where            string // of a visit's words, what they are: "the patient's name"; empty for an author's
	Runes            []rune // each once; a visit's must not be told
	words            string // they stand in, and perhaps others
}

// Error names what an author wrote. Of what is private it says how many characters
// there are of which script, and never which.
func (e *GlyphError) Error() string {
	if e.Where != "" {
		kinds, count := make([]string, 0, 1), 0
		for _, k := range fonts.Kinds(e.Runes, e.words) {
			kinds, count = append(kinds, k.String()), count+k.Count
		}
		are := " are"
		if count == 1 {
			are = " is"
		}
		return listed(kinds) + " in " + e.Where + are + " in no font here"
	}
	names := make([]string, len(e.Runes))
	for i, r := range e.Runes {
		names[i] = fonts.Name(r)
	}
	s := "no font here has " + strings.Join(names, ", ")
	if e.File != "" {
		s = e.Position.String() + ": " + s
	}
	return s
}

// Hint says what to do about it.
func (e *GlyphError) Hint() string {
	advice := fonts.Advice(fonts.Kinds(e.Runes, e.words))
	if e.Where == "" {
		return "take it out, or " + advice
	}
	return advice
}

// listed joins words as a sentence does: "a, b and c".
func listed(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// lacks notes what no face can draw of a text. What a visit put into an author's words is
// the visit's, and told once.
func (r *reader) lacks(runes []rune, t content.Text) {
	words := t.String()
	for _, c := range runes {
		e := &GlyphError{Where: cmp.Or(r.where, r.whose(c, words)), words: words}
		if e.Where == "" {
			e.Position = r.at
		}
		i := slices.IndexFunc(r.errs, func(other error) bool {
			o, ok := other.(*GlyphError)
			return ok && o.Where == e.Where && o.Position == e.Position
		})
		if i < 0 {
			i = len(r.errs)
			r.errs = append(r.errs, e)
		}
		if known := r.errs[i].(*GlyphError); !slices.Contains(known.Runes, c) {
			known.Runes = append(known.Runes, c)
			known.words += words
		}
	}
}

// whose tells which of the visit's words a character of an author's text is from; empty
// if from none. Letters that every text has are the visit's only with all of its words.
func (r *reader) whose(c rune, text string) string {
	from := func(words string) bool {
		return strings.ContainsRune(words, c) && (c > unicode.MaxLatin1 || strings.Contains(text, words))
	}
	v := &r.page.Visit
	for _, of := range [...]struct{ words, where string }{{v.Patient, wherePatient}, {v.Note, whereNote},
		{v.Next, whereNext}, {v.Therapist, whereTherapist}} {
		if from(of.words) {
			return of.where
		}
	}
	if slices.ContainsFunc(r.chosen, func(c content.Card) bool { return from(c.Note) }) {
		return whereStretch
	}
	return ""
}

// told is an author's words as a report may tell them: without the patient's name, which a
// slot may have put there.
func (r *reader) told(words string) string {
	if r.common || r.page.Visit.Patient == "" {
		return words
	}
	return strings.ReplaceAll(words, r.page.Visit.Patient, "\u2026")
}

// The visit's words.
const (
	wherePatient   = "the patient's name"
	whereNote      = "the note"
	whereNext      = "the next visit"
	whereTherapist = "the therapist's name"
	whereStretch   = "a note on a stretch"
)
