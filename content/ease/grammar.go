package ease

import (
	"slices"
	"strings"
)

// passive finds a form of to be with a participle after it: "is held", "was not
// often seen". What says how a body is (tired, bent) is not one, nor is "used to".
func passive(words []string) bool {
	for i, w := range words {
		switch w {
		case "am", "is", "are", "was", "were", "be", "been", "being":
		default:
			continue
		}
		for j := i + 1; j < len(words) && j < i+4; j++ {
			w, next := words[j], ""
			if j+1 < len(words) {
				next = words[j+1]
			}
			if strings.HasSuffix(w, "ly") || slices.Contains([]string{"not", "never", "often", "also", "always",
				"being", "been", "then", "still"}, w) {
				continue
			}
			if participle(w) && (next == "by" || !known().states[w] && !(w == "used" && next == "to")) {
				return true
			}
			break
		}
	}
	return false
}

func participle(w string) bool {
	return len(w) > 4 && strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed") || known().participles[w]
}

// imperative tells a sentence that begins with what to do. One word alone is one
// with a full stop: the cell of a table may say "note".
func (s *said) imperative() bool {
	if s.heading || len(s.words) == 1 && !strings.ContainsAny(s.text, ".!") {
		return false
	}
	for i, w := range s.words {
		switch {
		case slices.Contains([]string{"please", "always", "never", "then", "now", "next", "first", "also", "and",
			"gently", "slowly", "just"}, w):
			continue
		case w == "don't" || w == "don’t" || w == "do" && i+1 < len(s.words) && s.words[i+1] == "not":
			return true
		}
		return known().orders[w]
	}
	return false
}
