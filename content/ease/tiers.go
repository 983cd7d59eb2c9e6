package ease

import (
	"slices"
	"strings"

	"handout/content"
)

// Tiers looks for signs that are to be seen to at two speeds, and for those that stand under a less
// urgent one than they may, by what they mean: chest pain never waits until today's visit. It does so
// where all is said, and where each box that has shorter wordings says those.
func Tiers(h *content.Handout) []Concern {
	w := &wording{lang: spoken(h.Lang)}
	for _, short := range []bool{false, true} {
		var all []told
		for _, b := range h.Blocks {
			switch b := b.(type) {
			case *content.Signs:
				all = append(all, listed(w.lang, b, short)...)
			case *content.Callout:
				if b.Kind == content.Caution {
					all = append(all, w.urged(b, short)...)
				}
			}
		}
		w.tiers(all)
	}
	return w.found
}

// told is a sign, and how soon it is to be seen to.
type told struct {
	sign
	content.Tier
	at content.Position
}

// tiers complains of signs, each once.
func (w *wording) tiers(all []told) {
	var above, here []sign
	for tier := content.Now; tier <= content.Soon; tier++ {
		for _, is := range all {
			if is.Tier != tier {
				continue
			}
			here = append(here, is.sign)
			before := len(w.found)
			switch {
			case slices.ContainsFunc(above, is.again):
				w.say(RuleTiers, is.at, "keep it under the most urgent one",
					"this sign is under two speeds, and nobody knows which to follow")
			case len(is.means) > 0 && is.least < tier:
				w.say(RuleLate, is.at, "put it under "+is.least.String()+":",
					"%s stands under %s:, and may not wait that long", is.means[0], tier)
			}
			if last := len(w.found) - 1; last == before && slices.ContainsFunc(w.found[:last], func(c Concern) bool {
				return c.Error.Error() == w.found[last].Error.Error()
			}) {
				w.found = w.found[:last]
			}
		}
		above, here = append(above, here...), nil
	}
}

// listed are the signs of a list by speed, or of its shorter wording.
func listed(lang string, s *content.Signs, short bool) (all []told) {
	for tier := content.Now; tier <= content.Soon; tier++ {
		if short && s.Short[tier] != nil && len(s.At[tier]) > 0 {
			all = append(all, prose(lang, s.Short[tier].String(), tier, s.At[tier][0])...)
			continue
		}
		for i, text := range s.Of[tier] {
			all = append(all, told{signOf(lang, text.String()), tier, s.At[tier][i]})
		}
	}
	return all
}

// urged are the signs of a box that was written by hand: those after words that say how soon.
func (w *wording) urged(box *content.Callout, short bool) (all []told) {
	tier, known := w.speed(box.Title.String())
	said := func(at content.Position, t, shorter content.Text) {
		if short && shorter != nil {
			t = shorter
		}
		for _, s := range sentences(t.String()) {
			if is, ok := w.speed(s); ok {
				tier, known = is, true
			}
			if known {
				all = append(all, prose(w.lang, s, tier, at)...)
			}
		}
	}
	for _, b := range box.Blocks {
		switch b := b.(type) {
		case *content.Paragraph:
			said(b.Position, b.Text, b.Short)
		case *content.List:
			if short && b.Short != nil {
				said(b.Position, b.Short, nil)
				continue
			}
			for _, item := range b.Items {
				if p, ok := item[0].(*content.Paragraph); ok && known {
					all = append(all, told{signOf(w.lang, p.Text.String()), tier, p.Position})
				}
			}
		}
	}
	return all
}

// speed is how soon some words say to seek help: the first that says so.
func (w *wording) speed(s string) (tier content.Tier, ok bool) {
	words, first := lowered(s), -1
	for _, p := range known().speeds[w.lang] {
		if at := p.at(words); at >= 0 && (first < 0 || at < first) {
			tier, first = p.Tier, at
		}
	}
	return tier, first >= 0
}

// prose are the signs of a sentence, by what the lists know of its parts: its other words are no signs.
func prose(lang, s string, tier content.Tier, at content.Position) (all []told) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;:.", r) })
	for _, part := range parts {
		is := signOf(lang, part)
		if is.gist = nil; len(is.means) > 0 {
			all = append(all, told{is, tier, at})
		}
	}
	return all
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
