package ease

import (
	"strings"
	"unicode"
)

// syllablesES counts the syllables of one Spanish word as it is written: RAE,
// Ortografía de la lengua española (2010), 2.2, where two vowels together are one
// syllable unless both are open (a, e, o), or a closed one (i, u) beside an open
// one has an accent, or one closed vowel is written twice. An h between vowels
// parts nothing. Numbers are counted as they are said. It is never below 1.
func syllablesES(word string) int {
	if isAddress(word) || telephone([]string{word}) > 0 {
		return 1
	}
	n := 0
	for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r == '-' || r == '\'' || r == '’' }) {
		digits := strings.TrimRightFunc(part, func(r rune) bool { return !unicode.IsDigit(r) })
		n += numberSyllablesES(digits)
		n += letterSyllablesES([]rune(strings.ToLower(part[len(digits):])))
	}
	return max(n, 1)
}

// letterSyllablesES looks at one run of vowels after another.
func letterSyllablesES(w []rune) int {
	n := 0
	var run []rune
	end := func() {
		if len(run) > 0 {
			n += nuclei(run)
		}
		run = run[:0]
	}
	for i, r := range w {
		switch {
		case strings.ContainsRune("aeoáéóíúüàèò", r):
			run = append(run, r)
		case r == 'i', r == 'u' && !silentU(w, i):
			run = append(run, r)
		case r == 'u': // guerra, queso: no vowel, and what follows begins anew
			end()
		case r == 'y' && !vowelES(w, i+1): // rey, muy, y; not mayo
			run = append(run, 'i')
		case r == 'h' && len(run) > 0 && vowelES(w, i+1): // prohíbe, búho
		default:
			end()
		}
	}
	end()
	return n
}

// silentU tells the u of que, qui, gue and gui.
func silentU(w []rune, i int) bool {
	return i > 0 && i+1 < len(w) && strings.ContainsRune("eiéí", w[i+1]) && (w[i-1] == 'q' || w[i-1] == 'g')
}

func vowelES(w []rune, i int) bool {
	return i < len(w) && strings.ContainsRune("aeiouáéíóúü", w[i])
}

// nuclei counts the syllables in a run of vowels: one for each open vowel, and for
// each accented closed one that has an open one beside it; a run of closed ones is
// one, but for the same one twice.
func nuclei(run []rune) int {
	open := func(i int) bool { return i >= 0 && i < len(run) && strings.ContainsRune("aeoáéóàèò", run[i]) }
	n, twice := 0, 0
	for i, r := range run {
		switch {
		case open(i):
			n++
		case (r == 'í' || r == 'ú') && (open(i-1) || open(i+1)):
			n++
		case i > 0 && closed(r) == closed(run[i-1]) && closed(r) != 0:
			twice++
		}
	}
	if n == 0 {
		return 1 + twice
	}
	return n
}

// closed is i or u without its accent, or 0.
func closed(r rune) rune {
	switch r {
	case 'i', 'í':
		return 'i'
	case 'u', 'ú', 'ü':
		return 'u'
	}
	return 0
}

// numberSyllablesES is for digits with points for thousands and a decimal comma,
// or the other way round, as America writes them: what has three digits after it
// parts thousands.
func numberSyllablesES(s string) int {
	if s == "" {
		return 0
	}
	whole, part, decimal := s, "", false
	if i := strings.LastIndexAny(s, ".,"); i >= 0 && len(s)-i-1 != 3 {
		whole, part, decimal = s[:i], s[i+1:], true
	}
	v, n := 0, 0
	for _, r := range whole {
		if r >= '0' && r <= '9' {
			if n++; n > 6 {
				return 1 // a code
			}
			v = v*10 + int(r-'0')
		}
	}
	n = cardinalSyllablesES(v)
	if decimal {
		n += 2 // coma
		for _, r := range part {
			if r >= '0' && r <= '9' {
				n += cardinalSyllablesES(int(r - '0'))
			}
		}
	}
	return n
}

// cardinalSyllablesES is for a number from 0 to 999,999 said in words.
func cardinalSyllablesES(v int) int {
	below30 := [...]int{2, 2, 1, 1, 2, 2, 1, 2, 2, 2, 1, 2, 2, 2, 3, 2, 3, 4, 3, 4, 2, 3, 3, 3, 4, 4, 3, 4, 3, 4}
	tens := [...]int{3: 2, 4: 3, 5: 3, 6: 3, 7: 3, 8: 3, 9: 3}                 // treinta, cuarenta ... noventa
	hundreds := [...]int{1: 2, 2: 3, 3: 3, 4: 4, 5: 3, 6: 3, 7: 4, 8: 4, 9: 4} // ciento, doscientos ... novecientos
	switch {
	case v < 30:
		return below30[v]
	case v < 100 && v%10 == 0:
		return tens[v/10]
	case v < 100:
		return tens[v/10] + 1 + below30[v%10] // treinta y uno
	case v == 100:
		return 1 // cien
	case v < 1000 && v%100 == 0:
		return hundreds[v/100]
	case v < 1000:
		return hundreds[v/100] + cardinalSyllablesES(v%100)
	}
	n := 1 // mil
	if v/1000 > 1 {
		n += cardinalSyllablesES(v / 1000)
	}
	if v%1000 > 0 {
		n += cardinalSyllablesES(v % 1000)
	}
	return n
}
