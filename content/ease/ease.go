// Package ease judges what a text is like for the person who reads it: how hard it is
// to read (Of), whether it can be understood and acted on (PEMAT), and what a colleague
// would ask about the care it gives (Care). The words it goes by are lists in words/.
package ease

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"handout/content"
)

// MaxSentence is the longest sentence, in words, that a patient should meet.
// Longer ones are listed in Score.Long.
const MaxSentence = 15

// What a text for patients should not go beyond: the Flesch-Kincaid grade that
// the AMA asks for, which is a ceiling and no goal, and the lower end of what INFLESZ
// calls rather easy.
const (
	EasyGrade   = 6
	EasyINFLESZ = 65
)

// Score says how hard a text is to read. It holds counts, so that scores add up;
// the grades are worked out from them.
//
// Headings, list items, table cells, labels and paragraphs end a sentence whether
// or not they end in a full stop, as the published formulas ask for.
type Score struct {
	Lang          string // BCP 47; terms are known for English only, syllables for Spanish too
	Words         int
	Sentences     int
	Syllables     int        // 0 unless English or Spanish
	Polysyllables int        // words of three syllables or more; 0 unless English or Spanish
	Longest       int        // words in the longest sentence
	Long          []Sentence // of more than MaxSentence words, in reading order
	Terms         []Term     // medical words used and nowhere explained, each once
}

// Sentence is a sentence by its place: where its paragraph begins, and its number
// in there, from 1. Its text is not kept: a patient's name may be in it once the
// handout was personalised.
type Sentence struct {
	content.Position
	Number int
	Words  int
}

// Term is a medical word a reader may not know, and what to say instead.
type Term struct {
	content.Position
	Word  string // as listed: lower case, singular
	Plain string
}

// Grade is the Flesch-Kincaid grade, the years of US school the text asks for:
// 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid, Fishburne,
// Rogers and Chissom 1975). It is 0 for an empty text and for other languages
// than English, and may be below 0 for a very easy one.
func (s Score) Grade() float64 {
	if s.Words == 0 || !s.english() {
		return 0
	}
	return 0.39*s.Mean() + 11.8*float64(s.Syllables)/float64(s.Words) - 15.59
}

// GradeSaid is a reading grade for people: below 1 the formula says no more than that a text
// is easy.
func GradeSaid(grade float64) string {
	if grade < 1 {
		return "1 or lower"
	}
	return fmt.Sprintf("%.1f", grade)
}

// SMOG is McLaughlin's grade of 1969: 1.043 √(30 polysyllables a sentence) +
// 3.1291. It is made for 30 sentences or more and is an estimate below that. It
// is 0 for an empty text and for other languages than English.
func (s Score) SMOG() float64 {
	if s.Sentences == 0 || !s.english() {
		return 0
	}
	return 1.043*math.Sqrt(30*float64(s.Polysyllables)/float64(s.Sentences)) + 3.1291
}

// INFLESZ is how easy a Spanish text is, mostly 0 to 100, more is easier: the
// perspicuity of Szigriszt-Pazos (2001), 206.835 - 62.3 syllables a word - words a
// sentence. It is 0 for an empty text and for other languages than Spanish.
func (s Score) INFLESZ() float64 {
	if s.Words == 0 || !s.spanish() {
		return 0
	}
	return 206.835 - 62.3*float64(s.Syllables)/float64(s.Words) - s.Mean()
}

// INFLESZBand is the step of the scale of Barrio-Cantalejo and others (Anales del
// Sistema Sanitario de Navarra 31, 2008) that a text stands on. Most patients can
// read what is normal or easier.
func INFLESZBand(inflesz float64) string {
	switch {
	case inflesz < 40:
		return "very hard"
	case inflesz < 55:
		return "rather hard"
	case inflesz < 65:
		return "normal"
	case inflesz < 80:
		return "rather easy"
	}
	return "very easy"
}

func (s Score) english() bool {
	base := s.language()
	return base == "" || base == "en"
}

func (s Score) spanish() bool { return s.language() == "es" }

// language is Lang without script and region.
func (s Score) language() string {
	base, _, _ := strings.Cut(s.Lang, "-")
	return strings.ToLower(base)
}

// spoken is the language whose lists there are: a text that says none is in English.
func spoken(lang string) string { return cmp.Or(Score{Lang: lang}.language(), "en") }

// Mean is the number of words in a sentence, on average.
func (s Score) Mean() float64 {
	if s.Sentences == 0 {
		return 0
	}
	return float64(s.Words) / float64(s.Sentences)
}

// Add is the score of both texts, one after the other. They are in one language,
// that of s unless s is empty.
func (s Score) Add(t Score) Score {
	if s.Lang == "" {
		s.Lang = t.Lang
	}
	s.Words += t.Words
	s.Sentences += t.Sentences
	s.Syllables += t.Syllables
	s.Polysyllables += t.Polysyllables
	s.Longest = max(s.Longest, t.Longest)
	s.Long = append(s.Long[:len(s.Long):len(s.Long)], t.Long...)
	s.Terms = append(s.Terms[:len(s.Terms):len(s.Terms)], t.Terms...)
	return s
}
