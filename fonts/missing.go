package fonts

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// MissingError lists the characters of a paragraph that no face can draw, each
// once, in the order of the text.
type MissingError struct {
	Runes []rune
	Spans []int // index of the span in which each stands first
}

func (e *MissingError) Error() string {
	names := make([]string, len(e.Runes))
	for i, r := range e.Runes {
		names[i] = Name(r)
	}
	return "no font has " + strings.Join(names, ", ")
}

func (e *MissingError) add(span int, runes ...rune) {
	for _, r := range runes {
		if !slices.Contains(e.Runes, r) {
			e.Runes = append(e.Runes, r)
			e.Spans = append(e.Spans, span)
		}
	}
}

// Name is how a message names a character: the character itself, if it can be
// seen, and its number.
func Name(r rune) string {
	switch {
	case unicode.IsMark(r):
		return fmt.Sprintf("\"\u25cc%c\" (U+%04X)", r, r)
	case unicode.IsGraphic(r) && !unicode.IsSpace(r):
		return fmt.Sprintf("\"%c\" (U+%04X)", r, r)
	}
	return fmt.Sprintf("U+%04X", r)
}

// Kind is characters of one script, for messages that must not show them: those about
// a patient's name, say.
type Kind struct {
	Noun  string // of one of them: "Tamil character", "emoji"
	Count int
	Font  string // a free font that has them, as "Noto Sans Tamil"; empty where none is known
}

func (k Kind) String() string {
	noun := k.Noun
	if k.Count != 1 && noun != emoji {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", k.Count, noun)
}

const emoji = "emoji"

// Kinds sorts different characters by script, in the order in which the scripts first
// come. What Chinese, Japanese and Korean share is told apart by the text the
// characters stand in: with kana it is Japanese, with Hangul Korean, else Chinese.
func Kinds(runes []rune, in string) []Kind {
	var kinds []Kind
	for _, r := range runes {
		k := kindOf(r, in)
		i := slices.IndexFunc(kinds, func(other Kind) bool { return other.Noun == k.Noun })
		if i < 0 {
			i = len(kinds)
			kinds = append(kinds, k)
		}
		kinds[i].Count++
	}
	return kinds
}

var (
	chinese  = Kind{Noun: "Chinese character", Font: "Noto Sans CJK SC"}
	japanese = Kind{Noun: "Japanese character", Font: "Noto Sans CJK JP"}
	korean   = Kind{Noun: "Korean character", Font: "Noto Sans CJK KR"}
)

func kindOf(r rune, in string) Kind {
	has := func(scripts ...*unicode.RangeTable) bool {
		return strings.ContainsFunc(in, func(r rune) bool { return unicode.In(r, scripts...) })
	}
	switch {
	case unicode.Is(unicode.Hangul, r):
		return korean
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return japanese
	case unicode.Is(unicode.Bopomofo, r):
		return chinese
	case unicode.In(r, unicode.Han, shared):
		switch {
		case has(unicode.Hiragana, unicode.Katakana):
			return japanese
		case has(unicode.Hangul):
			return korean
		}
		return chinese
	case unicode.Is(pictures, r):
		return Kind{Noun: emoji, Font: "Noto Emoji"}
	case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic):
		return Kind{Noun: scriptOf(r) + " character", Font: "Noto Sans"}
	case unicode.IsMark(r) && scriptOf(r) == "":
		return Kind{Noun: "accent", Font: "Noto Sans"}
	case unicode.IsControl(r):
		return Kind{Noun: "control character"}
	}
	script := scriptOf(r)
	switch {
	case script == "" && unicode.Is(mathematics, r):
		return Kind{Noun: "mathematical symbol", Font: "Noto Sans Math"}
	case script == "":
		return Kind{Noun: "symbol"}
	case script == "Nko":
		return Kind{Noun: "N’Ko character", Font: "Noto Sans NKo"}
	case script == "Braille":
		return Kind{Noun: "Braille character", Font: "Noto Sans Symbols 2"}
	case slices.Contains(serif, script):
		return Kind{Noun: script + " character", Font: "Noto Serif " + script}
	}
	return Kind{Noun: script + " character", Font: "Noto Sans " + script}
}

// serif are scripts of which Noto has no sans.
var serif = []string{"Ahom", "Dives Akuru", "Dogra", "Khitan Small Script", "Makasar", "Nyiakeng Puachue Hmong",
	"Old Uyghur", "Tangut", "Tibetan", "Toto", "Yezidi"}

// scriptOf is a character's script as Unicode calls it (UAX #24); empty for those that
// many have.
func scriptOf(r rune) string {
	for name, table := range unicode.Scripts { // of which a character is in one
		if unicode.Is(table, r) && name != "Common" && name != "Inherited" {
			return strings.ReplaceAll(name, "_", " ")
		}
	}
	return ""
}

// shared is what Chinese, Japanese and Korean have besides letters: punctuation,
// strokes, what is enclosed, and forms of full width.
var shared = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x2e80, Hi: 0x303f, Stride: 1}, {Lo: 0x30a0, Hi: 0x30ff, Stride: 1}, {Lo: 0x3190, Hi: 0x33ff, Stride: 1},
	{Lo: 0xfe30, Hi: 0xfe4f, Stride: 1}, {Lo: 0xff00, Hi: 0xffef, Stride: 1},
}}

// pictures is where the emoji are (Unicode's emoji-data.txt, in whole blocks).
var pictures = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x20e3, Hi: 0x20e3, Stride: 1}, {Lo: 0x231a, Hi: 0x231b, Stride: 1},
		{Lo: 0x23e9, Hi: 0x23fa, Stride: 1}, {Lo: 0x2600, Hi: 0x27bf, Stride: 1}, {Lo: 0x2b50, Hi: 0x2b55, Stride: 5}},
	R32: []unicode.Range32{{Lo: 0x1f1e6, Hi: 0x1f1ff, Stride: 1}, {Lo: 0x1f300, Hi: 0x1f64f, Stride: 1},
		{Lo: 0x1f680, Hi: 0x1f6ff, Stride: 1},
		{Lo: 0x1f7e0, Hi: 0x1f7eb, Stride: 1}, {Lo: 0x1f900, Hi: 0x1f9ff, Stride: 1},
		{Lo: 0x1fa70, Hi: 0x1faff, Stride: 1}},
}

var mathematics = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x2190, Hi: 0x22ff, Stride: 1}, {Lo: 0x27c0, Hi: 0x27ff, Stride: 1},
		{Lo: 0x2900, Hi: 0x2aff, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x1d400, Hi: 0x1d7ff, Stride: 1}},
}

// Advice says how to come by fonts for characters of these kinds.
func Advice(kinds []Kind) string {
	var fonts, files []string
	for _, k := range kinds {
		if k.Font != "" && !slices.Contains(fonts, k.Font) {
			fonts = append(fonts, k.Font)
			// Of Noto Sans CJK SC: NotoSansCJKsc-Regular.otf.
			name := strings.NewReplacer(" ", "", "CJK SC", "CJKsc", "CJK JP", "CJKjp", "CJK KR", "CJKkr").
				Replace(k.Font)
			ending := ".ttf"
			if strings.Contains(name, "CJK") {
				ending = ".otf"
			}
			files = append(files, name+"-Regular"+ending)
		}
	}
	if len(fonts) == 0 {
		return "put a font that has it beside your brand file and name it there: `fonts: [FILE.ttf]`"
	}
	what, file := "the font ", "its file"
	if len(fonts) > 1 {
		what, file = "the fonts ", "their files"
	}
	return fmt.Sprintf(
		"install %s%s on this machine, or put %s beside your brand file and name it there: `fonts: [%s]`",
		what, strings.Join(fonts, " and "), file, strings.Join(files, ", "))
}
