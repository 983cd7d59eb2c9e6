package content

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"handout/content/docx"
)

// Signs that say something: which way, yes or no, go on or stop.

// inBlack are signs that say something, each family with the sign first that stands in a text in black. Yes is an
// ornament too, but where it is all there is.
var inBlack = [...]string{"↑⬆🔼⏫", "↓⬇🔽⏬", "→➡", "←⬅", "↔↕", "✗" + docx.Crosses, "✓✅✔👍👌"}

// lightSigns are those of a traffic light, by Light.
var lightSigns = [...]string{GoOn: "🟢🟩", EaseOff: "🟡🟠🟨🟧", Stop: "🔴🟥"}

// family is which of some families of signs has r, or -1.
func family(of []string, r rune) int {
	return slices.IndexFunc(of, func(signs string) bool { return strings.ContainsRune(signs, r) })
}

// speaks tells the sign of a pasted line that is a part of its words, and gives one for all that may stand in its list:
// ↑ and ↓, 🟢 and 🔴.
func speaks(r rune) (sign rune, ok bool) {
	switch {
	case strings.ContainsRune(inBlack[0]+inBlack[1], r):
		return '↑', true
	case family(lightSigns[:], r) >= 0:
		return '🟢', true
	}
	return r, false
}

// negative tells signs that turn what follows into its contrary: dropping one
// would tell a patient to do what they must not.
func negative(r rune) bool { return strings.ContainsRune(docx.Crosses, r) }

// What is said of signs that mean no.
const (
	signOfNo = "not everyone who reads or hears this understands a sign that means no"
	sayNo    = "say it in words: do not ..."
)

// lightNames is what people call the lights at the beginning of a line: by colour, or by what to do. A word
// stands there alone, in front of a colon, a dash or an equals sign.
var lightNames = map[string]Light{
	"green": GoOn, "go": GoOn, "go on": GoOn, "verde": GoOn, "siga": GoOn, "grün": GoOn, "weiter": GoOn,
	"xanh": GoOn, "أخضر": GoOn, "ירוק": GoOn,
	"amber": EaseOff, "yellow": EaseOff, "orange": EaseOff, "ease off": EaseOff, "slow down": EaseOff,
	"ease": EaseOff, "caution": EaseOff, "ámbar": EaseOff, "amarillo": EaseOff, "naranja": EaseOff, "afloje": EaseOff,
	"gelb": EaseOff, "vàng": EaseOff, "أصفر": EaseOff, "צהוב": EaseOff,
	"red": Stop, "stop": Stop, "rojo": Stop, "pare": Stop, "deténgase": Stop, "rot": Stop, "stopp": Stop, "đỏ": Stop,
	"dừng": Stop, "أحمر": Stop, "אדום": Stop,
}

// lightCalled is the light of a sign, or of a word.
func lightCalled(s string) (k Light, ok bool) {
	r, _ := utf8.DecodeRuneInString(s)
	switch of := family(lightSigns[:], r); {
	case of >= 0:
		return Light(of), true
	case negative(r):
		return Stop, true
	case r == '⚠':
		return EaseOff, true
	case strings.ContainsRune(inBlack[len(inBlack)-1], r):
		return GoOn, true
	}
	k, ok = lightNames[strings.ToLower(s)]
	return k, ok
}

var (
	lightSign = regexp.MustCompile(`^[*_ ]*(\p{So})\x{fe0f}?[*_ ]*(.*)$`)
	lightWord = regexp.MustCompile(`^[*_ ]*(\pL[\pL\pM ]*?)[*_ ]*(?:[:：=]|\s[-–—]\s|[–—])[*_ ]*(.*)$`)
)

// light is which light a line says it is for, and the rest of it. A line may say it twice: 🟢 Green: go on.
func light(line string) (k Light, rest string, ok bool) {
	for _, form := range [...]*regexp.Regexp{lightSign, lightWord} {
		if m := form.FindStringSubmatch(line); m != nil {
			if called, known := lightCalled(m[1]); known && (!ok || called == k) {
				k, line, ok = called, m[2], true
			}
		}
	}
	return k, strings.TrimRight(line, "*_ "), ok
}

// says tells words that begin with what people call the light: Red zone.
func (k Light) says(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	named, ok := lightNames[strings.ToLower(strings.Trim(first, ":.,*_–—-"))]
	if !ok {
		named, _, ok = light(s)
	}
	return ok && named == k
}
