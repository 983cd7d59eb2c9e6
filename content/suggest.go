package content

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Closest is the word most like the one given, or "" if none is like it. The
// case of letters is ignored, and whether a space or a hyphen parts words; of
// equally near words the first wins. A word that
// was only shortened ("knee" for knee-to-chest, "fig-4" for figure-4) is as near
// as one with a single wrong letter.
func Closest(word string, words []string) string {
	plain := func(s string) []rune { return []rune(strings.ReplaceAll(strings.ToLower(s), " ", "-")) }
	a := plain(word)
	if len(a) > 64 {
		return ""
	}
	best, near := "", max(1, min(3, len(a)/3))+1
	for _, w := range words {
		if utf8.RuneCountInString(w) > 64 {
			continue
		}
		b := plain(w)
		d := distance(a, b)
		if d > 1 && shortens(a, b) {
			d = 1
		}
		if d < near {
			best, near = w, d
		}
	}
	return best
}

// shortens tells whether a is b with letters left out, but not the first two.
func shortens(a, b []rune) bool {
	if len(a) < 3 || len(b) < 2 || a[0] != b[0] || a[1] != b[1] {
		return false
	}
	for _, r := range b {
		if len(a) > 0 && a[0] == r {
			a = a[1:]
		}
	}
	return len(a) == 0
}

// distance is the least number of letters to insert, delete, change or swap with
// their neighbour to make b of a (F. J. Damerau, Communications of the ACM 7:3,
// 1964, in the restricted form that edits no place twice).
func distance(a, b []rune) int {
	older, old, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range now {
		now[j] = j
	}
	for i := range a {
		older, old, now = old, now, older
		now[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			now[j+1] = min(old[j+1]+1, now[j]+1, old[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				now[j+1] = min(now[j+1], older[j-1]+1)
			}
		}
	}
	return now[len(b)]
}

// hintFor answers an unknown word: with the one that was meant, or all there are.
func hintFor(word string, words []string) string {
	if c := Closest(word, words); c != "" {
		return "did you mean " + c
	}
	if len(words) == 1 {
		return "there is only " + words[0]
	}
	return "there are " + strings.Join(words, ", ")
}

// Quoted is a word as a mistake quotes it: of forty characters at most.
func Quoted(s string) string { return strconv.Quote(clip(s)) }

// clip shortens an author's word to be quoted in a line.
func clip(s string) string {
	s = strings.ReplaceAll(s, "\n", " ")
	if utf8.RuneCountInString(s) <= 40 {
		return s
	}
	return string([]rune(s)[:39]) + "…"
}

// keyName is a key as we write it, however it was typed: Title, Signed off.
func keyName(s string) string {
	return strings.NewReplacer(" ", "-", "_", "-").Replace(strings.ToLower(strings.TrimSpace(s)))
}

// keyPlace is where something is said that people look for a key for.
type keyPlace struct{ keys, where string }

// Of a handout, and of a stretch.
var (
	inHandouts = []keyPlace{
		{"stop stop-if stop-rule stop-when",
			"say it in the text, in a box: > [!WARNING] and below it > Stop if it hurts"},
		{"red-flags red-flag warning warnings signs emergency danger",
			"say it in the text, in a box: > [!CAUTION] and below it > Call us if your leg goes numb"},
		{"stretch exercise exercises", "write stretches: [cat-cow, figure-4]"},
		{"language locale", "write lang: es"},
		{"clinic phone telephone tel address website logo brand colors color therapist",
			"it belongs in clinic.yaml, for all pages: `handout init` writes one"},
		{"patient for", "it is given with the page: --patient"},
		{"text body content sections", "write it below the front matter"},
	}
	inStretches = []keyPlace{
		{"stop stop-if stop-rule stop-when", "end the file with a line like Stop if it hurts"},
		{"side sides hold reps sets breaths per-day days unit",
			"write it in the dose: dose: {hold: 30s, reps: 3, side: each}"},
		{"picture pictures image images photo photos figure", "write figures: [photo.jpg], and alt: what it shows"},
		{"steps step how instructions", "write the steps below the front matter, as a list: 1. Sit."},
		{"title", "write name: Figure 4"},
		{"language locale", "write lang: es"},
	}
)

// keyHint is where what an unknown key says belongs.
func keyHint(name string, keys []string) string {
	var places []keyPlace
	switch {
	case slices.Contains(keys, "not-with"):
		places = inHandouts
	case slices.Contains(keys, "figures"):
		places = inStretches
	}
	for _, p := range places {
		if slices.Contains(strings.Fields(p.keys), name) {
			return p.where
		}
	}
	return hintFor(name, keys)
}
