package ease

import (
	"slices"
	"strings"

	"handout/content"
)

// phrase is some words in a row; one that ends in * is the beginning of a word.
type phrase []string

// at is where in words it begins, or -1.
func (p phrase) at(words []string) int {
	for i := range len(words) - len(p) + 1 {
		if p.matches(words[i:]) {
			return i
		}
	}
	return -1
}

func (p phrase) matches(words []string) bool {
	for i, w := range p {
		stem, cut := strings.CutSuffix(w, "*")
		if cut && !strings.HasPrefix(words[i], stem) || !cut && words[i] != w {
			return false
		}
	}
	return true
}

type phrases []phrase

// in is the first of the phrases that words have, or "".
func (list phrases) in(words []string) string {
	for _, p := range list {
		if i := p.at(words); i >= 0 {
			return strings.Join(words[i:i+len(p)], " ")
		}
	}
	return ""
}

// saying is a way to say a sign: phrases that all stand in it, in any order.
type saying struct {
	parts phrases
	means string
	least content.Tier // the least urgent that it may stand in
}

// in gives where in words each of the phrases begins; nil if one is not there, or denied: no fever.
func (s saying) in(words []string) []int {
	var found []int
	for _, p := range s.parts {
		i := p.at(words)
		if i < 0 || i > 0 && slices.Contains([]string{"no", "without", "sin"}, words[i-1]) {
			return nil
		}
		found = append(found, i)
	}
	return found
}
