package content

import (
	"strings"
	"unicode"
)

// common are the words that come most often in a language, and in no other of these.
var common = map[string]string{
	"en": " the and to of is you your with for it this that are or not do can have ",
	"es": " el la los las de que y en un una por con para su no se del al es usted o como más si sin sus ",
	"de": " der die das und ist nicht sie mit ein eine zu den dem von auf für im sich bei oder wenn ihr ihre ",
	"fr": " le la les des et est pas vous dans une un du pour que qui sur avec ou votre vos au ",
	"vi": " và của là không có cho được các một những khi bạn với để trong này đau ",
}

// languageOf is the language that a text shows beyond doubt, if it is another than
// English; "" for none.
func languageOf(text string) string {
	counts, words := map[string]int{}, 0
	letters, arabic, hebrew := 0, 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(unicode.Arabic, r) {
				arabic++
			} else if unicode.Is(unicode.Hebrew, r) {
				hebrew++
			}
		}
	}
	switch {
	case letters < 40:
		return ""
	case arabic*10 > letters*7:
		return "ar"
	case hebrew*10 > letters*7:
		return "he"
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		for lang, list := range common {
			if strings.Contains(list, " "+word+" ") {
				counts[lang]++
			}
		}
	}
	best := "en"
	for lang, n := range counts {
		if n > counts[best] || n == counts[best] && lang < best {
			best = lang
		}
	}
	second := 0
	for lang, n := range counts {
		if lang != best {
			second = max(second, n)
		}
	}
	if best == "en" || words < 12 || counts[best] < 6 || counts[best]*8 < words || counts[best] < 3*second {
		return ""
	}
	return best
}
