package ease

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"handout/content"
)

// The lists are plain text, to be mended by people who know patients: one entry a
// line, in small letters and sorted by their bytes, and comments after #. A colon
// parts a word from what is known of it.
//
//go:embed words/*.txt
var files embed.FS

// lists are the words that texts are judged by.
type lists struct {
	terms         map[string]string // words of the trade, and what to say instead
	syllables     map[string]int    // of the words that the rules count wrong, without a last s
	abbreviations map[string]bool
	orders        map[string]bool // what one is told to do
	participles   map[string]bool // that do not end in -ed
	states        map[string]bool // that look like participles
	patients      map[string]bool // words that speak about the reader
	vague         map[string]bool // headings that say nothing
	summaries     []string        // what the title of a summary begins with
	claims        stems           // of doing good
	exercise      stems
	safety        map[string]phrases // warnings, by language
	complaints    map[string]phrases // what a page that names it says the signs of
	idioms        map[string][]idiom
	signs         map[string][]saying // by language, the most urgent first
	speeds        map[string][]speed  // by language
}

// idiom is a way of speaking, and what it means.
type idiom struct {
	phrase
	plain string
}

// speed is a way to say how soon to seek help.
type speed struct {
	phrase
	content.Tier
}

// stems are how words begin.
type stems struct{ with, without []string }

func (s stems) begin(word string) bool { return begins(s.with, word) && !begins(s.without, word) }

func begins(stems []string, word string) bool {
	for _, stem := range stems {
		if strings.HasPrefix(word, stem) {
			return true
		}
	}
	return false
}

// known are the lists in this package, which a test reads.
var known = sync.OnceValue(func() *lists {
	l, err := readLists(files)
	if err != nil {
		panic(err)
	}
	return l
})

// maxTerm is how many words a term may have.
const maxTerm = 3

// readLists reads words/*.txt. The error holds every mistake, by file and line.
func readLists(fsys fs.FS) (*lists, error) {
	r := &listReader{fsys: fsys}
	l := &lists{
		terms:         map[string]string{},
		syllables:     map[string]int{},
		abbreviations: r.set("abbreviations.en"),
		orders:        r.set("orders.en"),
		participles:   r.set("participles.en"),
		states:        r.set("states.en"),
		patients:      r.set("patients.en"),
		vague:         r.set("vague.en", "vague.es"),
		claims:        r.stems("claims.en", "claims.es"),
		exercise:      r.stems("exercise.en", "exercise.es"),
		safety:        r.byLanguage("safety"),
		complaints:    r.byLanguage("complaints"),
		idioms:        map[string][]idiom{},
		signs:         map[string][]saying{},
		speeds:        map[string][]speed{},
	}
	for _, lang := range []string{"en", "es"} {
		for _, e := range r.pairs("idioms." + lang) {
			l.idioms[lang] = append(l.idioms[lang], idiom{strings.Fields(e.word), e.value})
		}
		for tier := content.Now; tier <= content.Soon; tier++ {
			for _, e := range r.pairs("signs-" + tier.String() + "." + lang) {
				s := saying{means: e.value, least: tier}
				for part := range strings.SplitSeq(e.word, " + ") {
					s.parts = append(s.parts, strings.Fields(part))
				}
				l.signs[lang] = append(l.signs[lang], s)
			}
		}
	}
	for _, lang := range []string{"en", "es"} {
		for _, e := range r.pairs("speeds." + lang) {
			tier := slices.Index([]string{"now", "today", "soon"}, e.value)
			if tier < 0 {
				r.bad(e.Position, "speed-unknown", "write now, today or soon", "this is not a speed")
			}
			l.speeds[lang] = append(l.speeds[lang], speed{strings.Fields(e.word), content.Tier(max(tier, 0))})
		}
	}
	for _, e := range r.words("summaries.en", "summaries.es") {
		l.summaries = append(l.summaries, e.word)
	}
	for _, e := range r.pairs("terms.en") {
		if len(strings.Fields(e.word)) > maxTerm {
			r.bad(e.Position, "term-too-long", "keep the words that matter", "a term has at most %d words", maxTerm)
		}
		l.terms[e.word] = e.value
	}
	for _, e := range r.pairs("syllables.en") {
		n, err := strconv.Atoi(e.value)
		if err != nil || n < 1 || n > 9 {
			r.bad(e.Position, "number-of-syllables", "like: headache: 2", "a word has 1 to 9 syllables")
		}
		l.syllables[strings.TrimSuffix(e.word, "s")] = n
	}
	if r.wrong != nil {
		return nil, r.wrong
	}
	return l, nil
}

// listReader reads lists and notes what is wrong with them.
type listReader struct {
	fsys  fs.FS
	wrong content.Errors
}

// entry is one line of a list.
type entry struct {
	content.Position
	word, value string
	paired      bool
}

func (r *listReader) bad(at content.Position, code, hint, format string, args ...any) {
	r.wrong = append(r.wrong, &content.Error{Position: at, Code: code, Message: fmt.Sprintf(format, args...),
		Hint: hint})
}

// read reads one list.
func (r *listReader) read(name string) []entry {
	at := content.Position{File: "words/" + name + ".txt"}
	data, err := fs.ReadFile(r.fsys, at.File)
	switch {
	case err != nil:
		r.bad(at, "unknown-word-list", "", "there is no such list")
		return nil
	case !utf8.Valid(data):
		r.bad(at, "word-list-not-utf", "save it as UTF-8", "this is not UTF-8")
		return nil
	}
	var list []entry
	for i, line := range strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n") {
		at.Line = i + 1
		if line, _, _ = strings.Cut(line, "#"); strings.TrimSpace(line) == "" {
			continue
		}
		e := entry{Position: at}
		e.word, e.value, e.paired = strings.Cut(line, ":")
		e.word, e.value = strings.TrimSpace(e.word), strings.TrimSpace(e.value)
		switch {
		case e.word == "":
			r.bad(at, "word-missing-before-colon", "", "the word before the colon is missing")
			continue
		case strings.ToLower(e.word) != e.word:
			r.bad(at, "word-not-small", "write "+strings.ToLower(e.word), "words are in lower case")
		case strings.Join(strings.Fields(e.word), " ") != e.word:
			r.bad(at, "word-spacing", "", "there is more than one space between two words")
		}
		if n := len(list); n > 0 {
			switch last := list[n-1].word; {
			case e.word == last:
				r.bad(at, "word-twice", "leave one out", "%q appears twice", e.word)
			case e.word < last:
				r.bad(at, "word-out-of-order", "the list is in alphabetical order", "%q comes after %q", e.word, last)
			}
		}
		list = append(list, e)
	}
	if list == nil {
		r.bad(content.Position{File: at.File}, "word-list-empty", "", "the list is empty")
	}
	return list
}

// words reads lists of words alone.
func (r *listReader) words(names ...string) []entry {
	var all []entry
	for _, name := range names {
		for _, e := range r.read(name) {
			if e.paired {
				r.bad(e.Position, "word-list-words-alone", "leave out the colon and what follows it",
					"this list has no colons")
			}
			all = append(all, e)
		}
	}
	return all
}

// pairs reads a list that says something of each word.
func (r *listReader) pairs(name string) []entry {
	list := r.read(name)
	for _, e := range list {
		if e.value == "" {
			r.bad(e.Position, "word-list-meaning-missing", "write it after a colon", "%q has nothing after it", e.word)
		}
	}
	return list
}

// byLanguage reads a list that is there in English and in Spanish.
func (r *listReader) byLanguage(name string) map[string]phrases {
	all := map[string]phrases{}
	for _, lang := range []string{"en", "es"} {
		for _, e := range r.words(name + "." + lang) {
			all[lang] = append(all[lang], strings.Fields(e.word))
		}
	}
	return all
}

func (r *listReader) set(names ...string) map[string]bool {
	set := map[string]bool{}
	for _, e := range r.words(names...) {
		set[e.word] = true
	}
	return set
}

func (r *listReader) stems(names ...string) stems {
	var s stems
	for _, e := range r.words(names...) {
		if stem, not := strings.CutPrefix(e.word, "!"); not {
			s.without = append(s.without, stem)
		} else {
			s.with = append(s.with, e.word)
		}
	}
	return s
}
