package ease

import (
	"slices"
	"strings"

	"handout/content"
)

// Tiers looks for signs that are to be seen to at two speeds, and for those that stand under a less
// urgent one than they may, by what they mean: chest pain never waits until today's visit.
func Tiers(h *content.Handout) []Concern {
	w := &wording{lang: spoken(h.Lang)}
	var above []sign
	for tier := content.Now; tier <= content.Soon; tier++ {
		var here []sign
		for _, b := range h.Blocks {
			s, ok := b.(*content.Signs)
			if !ok {
				continue
			}
			for i, text := range s.Of[tier] {
				is := signOf(w.lang, text.String())
				switch {
				case slices.ContainsFunc(above, is.again):
					w.say(RuleTiers, s.At[tier][i], "keep it under the most urgent one",
						"this sign is under two speeds, and nobody knows which to follow")
				case len(is.means) > 0 && is.least < tier:
					w.say(RuleLate, s.At[tier][i], "put it under "+is.least.String()+":",
						"%s stands under %s:, and may not wait that long", is.means[0], tier)
				}
				here = append(here, is)
			}
		}
		above = append(above, here...)
	}
	return w.found
}

// sign is one sign, and what the lists know of it.
type sign struct {
	gist  map[string]bool
	means []string     // the most urgent of what it says: chest pain with a swollen calf is chest pain
	least content.Tier // of those
	joint bool         // it says one thing with another, which together may be worse than each
	more  bool         // and one of them is in no list
}

func signOf(lang, text string) sign {
	words := lowered(strings.ReplaceAll(text, "’", "'"))
	is := sign{gist: gist(text)}
	listed := make([]bool, len(words))
	for _, s := range known().signs[lang] { // the most urgent first
		found := s.in(words)
		for _, i := range found {
			listed[i] = true
		}
		if found != nil && (is.means == nil || s.least == is.least) && !slices.Contains(is.means, s.means) {
			is.means, is.least = append(is.means, s.means), s.least
		}
	}
	from := 0
	for i, word := range words {
		if slices.Contains([]string{"with", "and", "con", "y", "e"}, word) {
			is.joint, is.more = true, is.more || !slices.Contains(listed[from:i], true)
			from = i + 1
		}
	}
	is.more = is.more || !slices.Contains(listed[from:], true)
	return is
}

// again tells whether a sign is, or has in it, one that stands above it. Where that says two things
// together, both have to be here too: a hot knee with fever cannot wait, and fever alone may.
func (s sign) again(above sign) bool {
	here := func(means string) bool { return slices.Contains(s.means, means) }
	again := slices.ContainsFunc(above.means, here)
	if above.joint {
		again = again && !above.more && !slices.ContainsFunc(above.means, func(m string) bool { return !here(m) })
	}
	return again || alike(above.gist, s.gist)
}

// gist is what a sign is about: the beginnings of its words.
func gist(s string) map[string]bool {
	set := map[string]bool{}
	for _, word := range lowered(s) {
		r := []rune(strings.TrimSuffix(strings.Replace(word, "swoll", "swell", 1), "s"))
		if len(r) > 2 && !slices.Contains([]string{"the", "you", "your", "and", "with", "that", "are", "has", "have",
			"los", "las", "una", "con", "que", "tiene"}, word) {
			set[string(r[:min(4, len(r))])] = true
		}
	}
	return set
}

// alike tells two signs of which three quarters are the same, or of which the more urgent is all
// said again in the other: calf swelling, and a calf that is swollen and warm. The other way about
// it is no fault: one weak leg may wait, and both may not.
func alike(urgent, other map[string]bool) bool {
	both := 0
	for w := range urgent {
		if other[w] {
			both++
		}
	}
	return both > 0 && 4*both >= 3*(len(urgent)+len(other)-both) || both > 1 && both == len(urgent)
}
