package ease

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
	case "no", "p", "pp", "vol":
		return !unicode.IsDigit(first)
	}
	return !known().abbreviations[w]
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
