package content

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxSentence is the longest sentence, in words, that a patient should meet.
// Longer ones are listed in Score.Long.
const MaxSentence = 15

// What a text for patients should not go beyond: the Flesch-Kincaid grade that
// the AMA asks for, and the lower end of what INFLESZ calls normal.
const (
	EasyGrade   = 6
	EasyINFLESZ = 55
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
	Position
	Number int
	Words  int
}

// Term is a medical word a reader may not know, and what to say instead.
type Term struct {
	Position
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
	base := baseLang(strings.ToLower(s.Lang))
	return base == "" || base == "en"
}
func (s Score) spanish() bool { return baseLang(strings.ToLower(s.Lang)) == "es" }

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

// Score measures what the handout says: title, subtitle and blocks, and the
// stretches chosen for it once they are known. What was written for one visit
// (the patient's name, the note on the page or on a card) is left out.
func (h *Handout) Score() Score {
	var total Score
	for _, r := range h.readings() {
		total = total.Add(r.finish())
	}
	return total
}

// readings are the handout's own text and each of its cards.
func (h *Handout) readings() []*reading {
	r := &reading{Score: Score{Lang: h.Lang}}
	r.heading(h.Position, h.Title)
	r.heading(h.Position, h.Subtitle)
	r.blocks(h.In(false))
	for _, n := range h.Notes {
		r.text(n.Position, n.Text.String())
	}
	all := []*reading{r}
	for _, b := range h.Blocks {
		if s, ok := b.(*Stretches); ok {
			for _, c := range s.Chosen {
				if c.Stretch != nil {
					all = append(all, c.Stretch.reading())
				}
			}
		}
	}
	return all
}

// Score measures what the card can say: its name, steps, notes and stop rule.
func (s *Stretch) Score() Score { return s.reading().finish() }

func (s *Stretch) reading() *reading {
	r := &reading{Score: Score{Lang: s.Lang}}
	r.heading(s.Position, s.Name)
	for _, step := range s.Steps {
		r.text(s.Position, step.String())
	}
	for _, t := range s.Remarks {
		r.text(s.Position, t.Text.String())
	}
	r.text(s.Position, s.Stop.String())
	return r
}

// reading is a Score in the making. Whether a term is explained is known only
// at the end, for the explanation may follow.
type reading struct {
	Score
	said      []said
	used      []Term
	explained map[string]bool
}

// said is a sentence as it was written. It is looked at and then forgotten: see
// Sentence.
type said struct {
	Sentence
	text    string   // in lower case
	words   []string // the same, without the marks around them
	heading bool
}

func (r *reading) finish() Score {
	for _, t := range r.used {
		if !r.explained[t.Word] {
			r.Terms = append(r.Terms, t)
		}
	}
	return r.Score
}

func (r *reading) blocks(blocks []Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *Heading:
			r.heading(b.Position, b.Text.String())
		case *Paragraph:
			r.text(b.Position, b.Text.String())
		case *List:
			for _, item := range b.Items {
				r.blocks(item)
			}
		case *Callout:
			r.text(b.Position, b.Title.String())
			r.blocks(b.Blocks)
		case *Figure:
			r.text(b.Position, b.Caption.String())
		case *Fields:
			for _, label := range b.Labels {
				r.text(b.Position, label.String())
			}
		case *Table:
			for _, row := range b.Rows {
				for _, cell := range row {
					r.text(b.Position, cell.String())
				}
			}
		case *Quote:
			r.blocks(b.Blocks)
		case *PainScale:
			r.text(b.Position, b.Question.String())
		case *TrafficLight:
			for _, says := range b.Says {
				r.text(b.Position, says.String())
			}
		case *Code:
			r.text(b.Position, b.Caption.String())
		case *Reminder:
			r.text(b.Position, b.Summary)
		case *Stretches, *Diary:
		}
	}
}

// heading counts a title. A medical word in it is a name: it need not be
// explained unless the text goes on to use it.
func (r *reading) heading(p Position, s string) {
	for i, sentence := range sentences(s) {
		if r.count(Sentence{Position: p, Number: i + 1}, sentence) {
			r.said[len(r.said)-1].heading = true
		}
	}
}

func (r *reading) text(p Position, s string) {
	for i, sentence := range sentences(s) {
		r.count(Sentence{Position: p, Number: i + 1}, sentence)
		if r.english() {
			r.terms(p, sentence)
		}
	}
}

// count adds a sentence, and tells whether there was a word in it.
func (r *reading) count(at Sentence, sentence string) bool {
	words := wordsOf(sentence)
	if len(words) == 0 {
		return false
	}
	at.Words = len(words)
	r.Sentences++
	r.Words += len(words)
	r.Longest = max(r.Longest, len(words))
	if len(words) > MaxSentence {
		r.Long = append(r.Long, at)
	}
	if r.english() || r.spanish() {
		count := syllables
		if r.spanish() {
			count = syllablesES
		}
		for _, w := range words {
			n := count(w)
			r.Syllables += n
			if n >= 3 {
				r.Polysyllables++
			}
		}
	}
	for i, w := range words {
		words[i] = strings.ToLower(w)
	}
	r.said = append(r.said, said{Sentence: at, text: strings.ToLower(sentence), words: words})
	return true
}

// terms notes the medical words of a sentence and which of them it explains.
func (r *reading) terms(p Position, sentence string) {
	if r.explained == nil {
		r.explained = make(map[string]bool)
	}
	words := strings.Fields(sentence)
	bare := make([]string, len(words))
	for i, w := range words {
		bare[i] = strings.ToLower(trimWord(w))
	}
	for i := 0; i < len(words); {
		term, n := termAt(bare[i:])
		if n == 0 {
			i++
			continue
		}
		if explains(words, i, i+n) {
			r.explained[term.Word] = true
		}
		seen := false
		for _, u := range r.used {
			seen = seen || u.Word == term.Word
		}
		if !seen {
			term.Position = p
			r.used = append(r.used, term)
		}
		i += n
	}
}

// explains reports whether the words around words[from:to] say what they mean:
// "sciatica is ...", "myofascial: ...", "stenosis, or ...", "fascia (...)",
// "leg pain (sciatica)", "a muscle called the piriformis".
func explains(words []string, from, to int) bool {
	last := words[to-1]
	if strings.HasSuffix(last, ":") && to < len(words) {
		return true
	}
	if from > 0 && strings.HasPrefix(words[from], "(") {
		return true
	}
	for i := from - 1; i >= 0 && i >= from-2; i-- {
		if w := strings.ToLower(words[i]); w == "called" || w == "named" {
			return true
		}
	}
	if to == len(words) {
		return false
	}
	switch next := strings.ToLower(words[to]); {
	case strings.HasPrefix(next, "("):
		return true
	case strings.HasSuffix(last, ","):
		return next == "or" || next == "a" || next == "an" || next == "the"
	default:
		return next == "is" || next == "are" || next == "means"
	}
}

// sentences splits the text of one block. A full stop, question or exclamation
// mark ends a sentence before white space, unless it ends an abbreviation or an
// initial, or the next word begins in lower case.
func sentences(s string) []string {
	var out []string
	words := strings.Fields(s)
	start := 0
	for i, w := range words {
		if i+1 == len(words) || endsSentence(w, words[i+1]) {
			out = append(out, strings.Join(words[start:i+1], " "))
			start = i + 1
		}
	}
	return out
}

// closers may stand between the mark that ends a sentence and its end: a footnote's
// mark does.
const closers = `"'”’»)]}⁰¹²³⁴⁵⁶⁷⁸⁹`

func endsSentence(word, next string) bool {
	w := strings.TrimRight(word, closers)
	mark, size := utf8.DecodeLastRuneInString(w)
	if !strings.ContainsRune(".!?…。！？", mark) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, `"'“‘«([¿¡`))
	if unicode.IsLower(first) {
		return false
	}
	if mark != '.' {
		return true
	}
	w = strings.TrimLeft(strings.ToLower(w[:len(w)-size]), `"'“‘«([{`)
	if utf8.RuneCountInString(w) == 1 && w != "i" {
		letter, _ := utf8.DecodeRuneInString(w)
		return !unicode.IsLetter(letter) // an initial: "J. Hale"
	}
	switch w {
	case "dr", "mr", "mrs", "ms", "prof", "st", "e.g", "i.e", "vs", "approx", "fig", "tel", "ext":
		return false
	case "no", "p", "pp", "vol":
		return !unicode.IsDigit(first)
	}
	return true
}

// wordsOf gives the words of one sentence without the marks around them. A
// hyphenated word is one, "and/or" two, a telephone number, a web address or an
// e-mail address one, and a placeholder such as {clinic} one.
func wordsOf(sentence string) []string {
	var out []string
	fields := strings.Fields(sentence)
	for i := 0; i < len(fields); i++ {
		if n := telephone(fields[i:]); n > 0 {
			out = append(out, strings.Join(fields[i:i+n], ""))
			i += n - 1
			continue
		}
		if isAddress(fields[i]) {
			out = append(out, fields[i])
			continue
		}
		for _, w := range strings.FieldsFunc(fields[i], func(r rune) bool {
			return r == '/' || r == '—' || r == '–' || r == '…'
		}) {
			if w = trimWord(w); w != "" {
				out = append(out, w)
			}
		}
	}
	return out
}

func trimWord(w string) string {
	return strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func isAddress(w string) bool {
	return strings.Contains(w, "://") || strings.Contains(w, "www.") || strings.Contains(w, "@")
}

// telephone counts the leading fields that make up one telephone number: seven
// digits or more, and nothing else but what is written between them.
func telephone(fields []string) (n int) {
	digits := 0
	for i, f := range fields {
		f = strings.TrimRight(f, ".,;:!?")
		d := 0
		for _, r := range f {
			switch {
			case r >= '0' && r <= '9':
				d++
			case !strings.ContainsRune("+()-.", r):
				d = -len(f)
			}
		}
		if d <= 0 {
			break
		}
		if digits += d; digits >= 7 {
			n = i + 1
		}
		if len(f) < len(fields[i]) {
			break
		}
	}
	return n
}
