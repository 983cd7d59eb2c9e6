package ease

import "strings"

// syllables counts the syllables of one English word as it is said: 10 is "ten",
// 3.5 "three point five". What is copied rather than read (an address, a
// telephone number) is 1. It is never below 1.
func syllables(word string) int {
	if isAddress(word) || telephone([]string{word}) > 0 {
		return 1
	}
	n := 0
	for i := 0; i < len(word); {
		from := i
		switch {
		case isDigit(word[i]):
			for i < len(word) && (isDigit(word[i]) ||
				(word[i] == '.' || word[i] == ',') && i+1 < len(word) && isDigit(word[i+1])) {
				i++
			}
			n += numberSyllables(word[from:i])
		case word[i] == '-':
			i++
		default:
			for i < len(word) && !isDigit(word[i]) && word[i] != '-' {
				i++
			}
			n += letterSyllables(word[from:i])
		}
	}
	return max(n, 1)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// numberSyllables is for digits with thousands separators and a decimal part.
// More than six digits are a code or a telephone number.
func numberSyllables(s string) int {
	whole, part, decimal := strings.Cut(strings.ReplaceAll(s, ",", ""), ".")
	if len(whole) > 6 {
		return 1
	}
	v := 0
	for i := 0; i < len(whole); i++ {
		v = v*10 + int(whole[i]-'0')
	}
	n := cardinalSyllables(v)
	if decimal {
		n++ // point
		for i := 0; i < len(part); i++ {
			if isDigit(part[i]) {
				n += cardinalSyllables(int(part[i] - '0'))
			}
		}
	}
	return n
}

// cardinalSyllables is for a number from 0 to 999,999 said in words.
func cardinalSyllables(v int) int {
	below20 := [...]int{2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2}
	n, rest := 0, 0
	switch {
	case v < 20:
		return below20[v]
	case v < 100:
		n, rest = 2, v%10 // twenty, thirty ...
		if v/10 == 7 {
			n = 3
		}
	case v < 1000:
		n, rest = below20[v/100]+2, v%100 // hundred
	default:
		n, rest = cardinalSyllables(v/1000)+2, v%1000 // thousand
	}
	if rest > 0 {
		n += cardinalSyllables(rest)
	}
	return n
}

// letterSyllables counts the vowels that sound: each run of vowel letters is
// one, but for the pairs that part and the e's that are silent.
func letterSyllables(word string) int {
	w := plainLetters(word)
	if rest, ok := strings.CutPrefix(w, "every"); ok && rest != "" {
		return 2 + letterSyllables(rest)
	}
	n := known().syllables[strings.TrimSuffix(w, "s")]
	if n > 0 {
		return n
	}
	for i := range len(w) {
		if vowelSounds(w, i) && (i == 0 || !vowelSounds(w, i-1) || vowelsPart(w, i)) {
			n++
		}
	}
	bare := strings.TrimSuffix(w, "s")
	if strings.HasSuffix(bare, "sm") || strings.HasSuffix(bare, "thm") {
		n++ // spasm, rhythm
	}
	if strings.HasSuffix(w, "ically") {
		n-- // basically
	}
	return max(n, 1)
}

// plainLetters folds a word to a-z. A possessive or contraction that is heard
// as a syllable gets an e: nurse's, didn't, it'll.
func plainLetters(word string) string {
	w := strings.ReplaceAll(strings.ToLower(word), "’", "'")
	if stem, ok := strings.CutSuffix(w, "'s"); ok {
		w = stem
		if short := strings.TrimSuffix(stem, "e"); sibilant(short) && (short != stem ||
			!strings.HasSuffix(stem, "c") && !strings.HasSuffix(stem, "g")) {
			w = short + "es"
		}
	}
	if stem, ok := strings.CutSuffix(w, "n't"); ok && stem != "" && strings.IndexByte("dst", stem[len(stem)-1]) >= 0 {
		w = stem + "ent"
	}
	if stem, ok := strings.CutSuffix(w, "t'll"); ok {
		w = stem + "tell"
	}
	var b strings.Builder
	for _, r := range w {
		switch {
		case 'a' <= r && r <= 'z':
			b.WriteRune(r)
		case strings.ContainsRune("áàâäãå", r):
			b.WriteByte('a')
		case strings.ContainsRune("éèêë", r):
			b.WriteString("ee") // sounds even at the end: café
		case strings.ContainsRune("íìîï", r):
			b.WriteByte('i')
		case strings.ContainsRune("óòôöõø", r):
			b.WriteByte('o')
		case strings.ContainsRune("úùûü", r):
			b.WriteByte('u')
		case r == 'ñ':
			b.WriteByte('n')
		case r == 'ç':
			b.WriteByte('s')
		}
	}
	return b.String()
}

// vowelLetter reports whether w[i] is written for a vowel. A y between vowels
// and the u of qu and gua are not.
func vowelLetter(w string, i int) bool {
	if i < 0 || i >= len(w) {
		return false
	}
	next := func() bool { return i+1 < len(w) && strings.IndexByte("aeiou", w[i+1]) >= 0 }
	ambiguous := func() bool { return w[i+1] == 'o' || i > 1 && w[i-2] == 'r' } // argue
	switch w[i] {
	case 'a', 'e', 'i', 'o':
		return true
	case 'u':
		return i == 0 || w[i-1] != 'q' && (w[i-1] != 'g' || !next() || ambiguous())
	case 'y':
		return !next() || i > 0 && strings.IndexByte("aeiou", w[i-1]) < 0
	}
	return false
}

// vowelSounds reports whether w[i] is a vowel that is heard.
func vowelSounds(w string, i int) bool {
	if !vowelLetter(w, i) {
		return false
	}
	if w[i] != 'e' || i == 0 || vowelLetter(w, i-1) {
		return true
	}
	if !vowelBefore(w[:i]) {
		return true // it carries the word: the, bed
	}
	switch rest := w[i+1:]; rest {
	case "", "s", "d":
		return endSounds(w[:i], rest)
	default:
		return !silentInside(w[:i], rest)
	}
}

// endSounds reports whether the e between stem and a last "", "s" or "d" is
// heard: little, massages, needed, hundred; not walked.
func endSounds(stem, ending string) bool {
	last := stem[len(stem)-1]
	second := byte('a')
	if len(stem) > 1 {
		second = stem[len(stem)-2]
	}
	switch {
	case last == 'l' && strings.IndexByte("bcdfgkpstz", second) >= 0,
		last == 'r' && strings.IndexByte("bcdt", second) >= 0:
		return true
	case ending == "s":
		return sibilant(stem)
	case ending == "d":
		return last == 't' || last == 'd'
	}
	return false
}

func sibilant(stem string) bool {
	for _, end := range [...]string{"s", "x", "z", "c", "g", "ch", "sh"} {
		if strings.HasSuffix(stem, end) {
			return true
		}
	}
	return false
}

// silentInside reports whether the e between stem and rest is the silent one of
// a word that has grown: move-ment, safe-ly, some-thing.
func silentInside(stem, rest string) bool {
	k := len(stem) - 1
	if k < 1 || vowelLetter(stem, k) {
		return false
	}
	if !vowelLetter(stem, k-1) && (stem[k] == 'l' || stem[k] == 'r') {
		return false // supple-ment
	}
	switch strings.TrimSuffix(rest, "s") {
	case "ment", "ful", "fully", "les", "lessly", "lessnes", "ly", "fulnes", "nes", "some", "teen", "thing", "time",
		"where", "fore", "ty", "line", "style", "work", "way", "place", "guard", "one",
		"body", "day", "foot", "head", "let", "worthy", "wise":
		return true
	}
	return false
}

// vowelsPart reports whether the vowels w[i-1] and w[i] belong to two syllables:
// sci-atica, di-et, flu-id, ly-ing.
func vowelsPart(w string, i int) bool {
	before, after := w[:i-1], w[i+1:]
	c := byte(0) // the letter before the pair
	if before != "" {
		c = before[len(before)-1]
	}
	starts := func(ends ...string) bool {
		for _, e := range ends {
			if strings.HasPrefix(after, e) {
				return true
			}
		}
		return false
	}
	soft := c == 't' || c == 'c' || c == 's' || c == 'g' || c == 'x' || c == 'h'
	switch w[i-1 : i+1] {
	case "ia":
		return !(soft && c != 'g' && starts("l", "n", "bl") || starts("ge", "ment"))
	case "ie":
		return starts("t") && !starts("ty", "ties") || starts("ty", "ties") ||
			starts("nt", "nc") && !soft ||
			(after == "r" || after == "rs" || after == "st") && len(before) > 1 && vowelBefore(before)
	case "io":
		if starts("n") {
			return !soft && c != 'n' && c != 'l' || len(before) < 2
		}
		return !(soft && starts("us")) || len(before) < 2
	case "iu", "ii", "uu", "ao":
		return true
	case "ea":
		return (after == "" || after == "s") && vowelBefore(before) || // idea
			strings.HasSuffix(before, "cr") && starts("t") && !starts("ture")
	case "ai":
		return after == "c" // archaic
	case "eo":
		return c != 'g' && !starts("ple", "pard")
	case "eu":
		return after == "s" || after == "m"
	case "ua":
		return c != 'q'
	case "ui":
		return after == "ty" // acuity
	case "ue":
		return starts("n", "l", "t") && c != 'q'
	case "uo":
		return true
	case "yo", "ya", "yu":
		return true
	}
	return after == "ng" && w[i] == 'i' || starts("ng") && w[i] == 'i' && len(after) <= 3
}

func vowelBefore(s string) bool {
	for i := range len(s) {
		if vowelLetter(s, i) {
			return true
		}
	}
	return false
}
