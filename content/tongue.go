package content

import (
	"strings"
	"unicode"
)

// common are the words that come most often in a language.
var common = map[string]string{
	"en": " the and to of is you your with for it this that are or not do can have ",
	"es": " el la los las de que y en un una por con para su no se del al es usted o como más si sin sus ",
	"de": " der die das und ist nicht sie mit ein eine zu den dem von auf für im sich bei oder wenn ihr ihre ",
	"fr": " le la les des et est pas vous dans une un du pour que qui sur avec ou votre vos au ",
	"pt": " não você vocês o os do da dos das em um uma com mais ou ao à seu sua seus suas é ",
	"it": " il gli di che non per è del della più sono nel alla lo suo ",
	"nl": " het een van niet met dat zijn op te uw aan voor ",
	"pl": " i w na nie się jest z do że to od po jak lub albo przez oraz proszę ",
	"ht": " ou se pa yo nan ak pou li sa gen ki yon fè si ",
	"tl": " ang ng mga sa na ay hindi ito kung para at o ",
	"vi": " và của là không có cho được các một những khi bạn với để trong này đau ",
}

// scripts are those that one language is written in, or one before all others where people
// ask a clinic for a page.
var scripts = []struct {
	lang    string
	letters *unicode.RangeTable
}{
	{"ja", unicode.Hiragana}, {"ar", unicode.Arabic}, {"he", unicode.Hebrew}, {"ru", unicode.Cyrillic},
	{"el", unicode.Greek}, {"zh", unicode.Han}, {"ko", unicode.Hangul}, {"th", unicode.Thai},
	{"hi", unicode.Devanagari}, {"pa", unicode.Gurmukhi}, {"am", unicode.Ethiopic}, {"km", unicode.Khmer},
	{"hy", unicode.Armenian},
}

// languageOf is the language that a text shows beyond doubt, if it is another than
// English; "" for none.
func languageOf(text string) string {
	counts, only, words := map[string]int{}, map[string]int{}, 0
	letters := 0
	in := make([]int, len(scripts))
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			for i, s := range scripts {
				if r > 0xff && unicode.Is(s.letters, r) {
					in[i]++
				}
			}
		}
	}
	for i, s := range scripts {
		switch {
		case s.lang == "ja" && letters >= 20 && in[i]*5 > letters:
			return "ja"
		case letters >= 40 && in[i]*10 > letters*7, s.lang == "zh" && letters >= 20 && in[i]*10 > letters*7:
			return s.lang
		}
	}
	if letters < 40 {
		return ""
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		hits, of := 0, ""
		for lang, list := range common {
			if strings.Contains(list, " "+word+" ") {
				counts[lang]++
				hits, of = hits+1, lang
			}
		}
		if hits == 1 {
			only[of]++
		}
	}
	best := "en"
	for lang, n := range counts {
		if n > counts[best] || n == counts[best] && lang < best {
			best = lang
		}
	}
	second, alone := 0, 0
	for lang, n := range counts {
		if lang != best {
			second, alone = max(second, n), max(alone, only[lang])
		}
	}
	near := counts[best] < 3*second && (only[best] < 5 || only[best] < 3*alone) // languages share words
	if best == "en" || words < 12 || counts[best] < 6 || counts[best]*8 < words || near {
		return ""
	}
	return best
}
