package field

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// spoken is a heading or a status as it would be said aloud: its words in small
// letters without accents. "N/S", "CancelledAt", "sched.no_show" and "No se presentó!"
// are written in as many ways as there are systems.
type spoken struct {
	words  []string
	apart  []string // what stands before each word
	joined string   // all words
	starts []int    // of each word in joined
}

// Words are those of a short text, in small letters without accents, parted also where
// a small letter meets a capital one.
func Words(s string) []string { return speak(s).words }

// maxSpoken is how many bytes of a cell are listened to: what is longer is a letter.
const maxSpoken = 300

// speak parts a text into words, also where a small letter meets a capital one.
func speak(s string) spoken {
	if len(s) > maxSpoken {
		return spoken{}
	}
	var (
		t           spoken
		word, apart strings.Builder
		last        rune
	)
	end := func() {
		if word.Len() > 0 {
			t.words, t.apart = append(t.words, word.String()), append(t.apart, apart.String())
			word.Reset()
			apart.Reset()
		}
	}
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.IsMark(r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
			apart.WriteRune(r)
		case unicode.IsUpper(r) && unicode.IsLower(last):
			end()
			fallthrough
		default:
			if r == 'ß' {
				word.WriteByte('s')
				r = 's'
			}
			word.WriteRune(unicode.ToLower(r))
		}
		last = r
	}
	end()
	for _, w := range t.words {
		t.starts = append(t.starts, len(t.joined))
		t.joined += w
	}
	return t
}

// phrase is some words in a row: "no show" is also "NoShow" and "no-show". A star at
// its end stands for any ending, one at its beginning for the first part of a word.
type phrase struct {
	text     string
	ends     bool // with a star
	anywhere bool // begins with one
}

// phrases reads a list of them with commas between.
func phrases(list string) []phrase {
	var all []phrase
	for s := range strings.SplitSeq(list, ",") {
		var p phrase
		s, p.anywhere = strings.CutPrefix(strings.TrimSpace(s), "*")
		s, p.ends = strings.CutSuffix(s, "*")
		if p.text = strings.ReplaceAll(s, " ", ""); p.text != "" {
			all = append(all, p)
		}
	}
	return all
}

// at tells how many words from the i-th on are the phrase; none is 0.
func (p phrase) at(t spoken, i int) int {
	end := t.starts[i]
	if rest := t.joined[end:]; strings.HasPrefix(rest, p.text) {
		end += len(p.text)
	} else if n := strings.Index(t.words[i], p.text); p.anywhere && n >= 0 {
		end += n + len(p.text)
	} else {
		return 0
	}
	n := i + 1
	for n < len(t.starts) && t.starts[n] < end {
		n++
	}
	if whole := n == len(t.starts) && end == len(t.joined) ||
		n < len(t.starts) && end == t.starts[n]; !whole && !p.ends {
		return 0
	}
	return n - i
}

// about tells whether one of the parts of words stands in the text.
func (t spoken) about(parts []string) bool {
	return slices.ContainsFunc(parts, func(s string) bool { return strings.Contains(t.joined, s) })
}

// Folded is a text by its words alone, in small letters without accents; "" for what is
// too long to be a heading or a status.
func Folded(s string) string { return speak(s).joined }

// Plain is a heading without case, spaces and punctuation: "E-mail" is "email",
// "first_name" is "firstname".
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
