package ease

import (
	"iter"
	"strings"

	"handout/content"
)

// Of measures what the handout says: title, subtitle and blocks, and the
// stretches chosen for it once they are known. What was written for one visit
// (the patient's name, the note on the page or on a card) is left out.
func Of(h *content.Page) Score {
	var total Score
	for _, r := range readings(h) {
		total = total.Add(r.finish())
	}
	return total
}

// readings are the handout's own text and each of its cards.
func readings(h *content.Page) []*reading {
	r := &reading{Score: Score{Lang: h.Lang}}
	r.heading(h.Position, h.Title)
	r.heading(h.Position, h.Subtitle)
	r.blocks(h.In(false))
	for _, n := range h.Notes {
		r.text(n.Position, n.Text.String())
	}
	all := []*reading{r}
	for _, b := range h.Blocks {
		if s, ok := b.(*content.Stretches); ok {
			for _, c := range s.Chosen {
				if c.Stretch != nil {
					all = append(all, readingOf(c.Stretch.Position, c.Stretch.Lang, c.Stretch.Name, c.Stretch.Texts()))
				}
			}
		}
	}
	return all
}

// OfStretch measures what the card can say: its name, steps, notes and stop rule.
func OfStretch(s *content.Stretch) Score {
	return readingOf(s.Position, s.Lang, s.Name, s.Texts()).finish()
}

func readingOf(at content.Position, lang, name string, texts iter.Seq[content.Text]) *reading {
	r := &reading{Score: Score{Lang: lang}}
	r.heading(at, name)
	for t := range texts {
		r.text(at, t.String())
	}
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

func (r *reading) blocks(blocks []content.Block) {
	for _, b := range blocks {
		if h, ok := b.(*content.Heading); ok {
			r.heading(h.Position, h.Text.String())
			continue
		}
		for at, t := range content.Texts([]content.Block{b}) {
			r.text(at, t.String())
		}
	}
}

// heading counts a title. A medical word in it is a name: it need not be
// explained unless the text goes on to use it.
func (r *reading) heading(p content.Position, s string) {
	for i, sentence := range sentences(s) {
		if r.count(Sentence{Position: p, Number: i + 1}, sentence) {
			r.said[len(r.said)-1].heading = true
		}
	}
}

func (r *reading) text(p content.Position, s string) {
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
func (r *reading) terms(p content.Position, sentence string) {
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

// termAt finds the longest medical term that words begin with, and of how many
// words it is. The words are lower case and bare of marks; a plural s is allowed.
func termAt(words []string) (Term, int) {
	terms := known().terms
	for n := min(maxTerm, len(words)); n > 0; n-- {
		s := strings.Join(words[:n], " ")
		for _, form := range [...]string{s, strings.TrimSuffix(s, "s")} {
			if plain, ok := terms[form]; ok {
				return Term{Word: form, Plain: plain}, n
			}
		}
	}
	return Term{}, 0
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
