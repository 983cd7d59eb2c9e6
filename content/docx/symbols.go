package docx

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fonts of signs have them in place of letters, at U+F020 to U+F0FF. What is shown there, each font knows alone: of
// one font a code is a bullet, and of another it is "at least".

// symbolLow and symbolHigh are what the font Symbol shows from 0x20 and from 0xA0 on, as ADOBE/symbol.txt of Unicode's
// has it; U+FFFD is what stands in no text, such as a piece of a bracket.
var (
	symbolLow = []rune(" !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_" +
		"\ufffdαβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼")
	symbolHigh = []rune("€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\ufffd\ufffd↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓" +
		"◊〈®©™∑\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd〉∫")
)

// pictured are the signs that stand in texts of the fonts of pictures; whatever says no in them is among them.
var pictured = map[string]map[rune]rune{
	"wingdings": {' ': ' ', '(': '☎', ')': '☎', 'C': '👍', 'D': '👎', 'J': '🙂', 'K': '😐', 'L': '🙁', 'x': '✗',
		'l': '•', 'n': '•', 's': '•', 't': '•', 'u': '•', 'v': '•', 'w': '•', 0x9e: '•', 0x9f: '•', 0xa1: '•',
		0xa4: '•', 0xa7: '•', 'o': '☐', 'q': '☐', 'r': '☐', 0xa8: '☐', 0xab: '★',
		0xfb: '✗', 0xfc: '✓', 0xfd: '✗', 0xfe: '✓',
		0xd8: '→', 0xdf: '←', 0xe0: '→', 0xe1: '↑', 0xe2: '↓', 0xe7: '←', 0xe8: '→', 0xe9: '↑', 0xea: '↓', 0xef: '←',
		0xf0: '→', 0xf1: '↑', 0xf2: '↓', 0xf3: '↔'},
	"wingdings 2": {' ': ' ', 'O': '✗', 'P': '✓', 'Q': '✗', 'R': '✓', 'S': '✗', 'T': '✗', 'U': '🚫', 'V': '🚫',
		'W': '🚫', 'X': '🚫', 0xa3: '☐'},
	"wingdings 3": {' ': ' ', '}': '•'},
	"webdings":    {' ': ' ', 'a': '✓', 'r': '✗', 'x': '🚫'},
}

// ofSigns tells a font whose letters are signs.
func ofSigns(font string) bool { return isSymbol(font) || pictured[strings.ToLower(font)] != nil }

func isSymbol(font string) bool {
	return slices.Contains([]string{"symbol", "symbolmt", "symbol mt"}, strings.ToLower(font))
}

// sign is what a font shows for r; "" if that is not known.
func sign(font string, r rune) string {
	if !ofSigns(font) || r > 0xff && !private(r) {
		if !unicode.IsGraphic(r) {
			return ""
		}
		return string(r)
	}
	at, shown := r&0xff, rune(0)
	switch {
	case !isSymbol(font):
		shown = pictured[strings.ToLower(font)][at]
	case at >= 0x20 && int(at-0x20) < len(symbolLow):
		shown = symbolLow[at-0x20]
	case at >= 0xa0 && int(at-0xa0) < len(symbolHigh):
		shown = symbolHigh[at-0xa0]
	}
	if shown == 0 || shown == unicode.ReplacementChar {
		return ""
	}
	return string(shown)
}

// private tells where fonts of signs have theirs.
func private(r rune) bool { return r >= 0xf020 && r <= 0xf0ff }

// symbol adds a sign of a font, by its code. One that is not known is left out. Within a line, it may be what the line
// turns on: at least, or to the left. So may one at its start be if nobody knows the font.
func (w *writer) symbol(font string, r rune, l look, in *inline) {
	s := sign(font, r)
	if s == "" {
		w.unknown = append(w.unknown, Loss{What: "a sign of the font " + strconv.Quote(font),
			Needed: !in.blank() || !ofSigns(font)})
	}
	in.add(s, l)
}

// spelled are the words of a run in a font. In one of signs they are spelled as letters: J for a face, a for α.
func (w *writer) spelled(f face, s string, l look, in *inline) {
	if !ofSigns(f.ascii) && !ofSigns(f.other) {
		in.add(s, l)
		return
	}
	for _, r := range s {
		if font := f.of(r); ofSigns(font) && (r > ' ' && r <= 0xff || private(r)) {
			w.symbol(font, r, l, in)
		} else {
			in.add(string(r), l)
		}
	}
}

// face is the font of letters that ASCII has, and that of others; empty where nothing says it.
type face struct{ ascii, other string }

// faceOf is what a run, a style or the sign of a list says.
func faceOf(props *node) face {
	fonts := props.child("rFonts")
	return face{cmp.Or(fonts.attr("ascii"), fonts.attr("asciiTheme")),
		cmp.Or(fonts.attr("hAnsi"), fonts.attr("hAnsiTheme"))}
}

// or is the face, with what another says where it says nothing.
func (f face) or(g face) face { return face{cmp.Or(f.ascii, g.ascii), cmp.Or(f.other, g.other)} }

// of is the font of a letter. A sign is in whichever is of signs.
func (f face) of(r rune) string {
	if r < utf8.RuneSelf || private(r) && ofSigns(f.ascii) {
		return f.ascii
	}
	return f.other
}

// bulletOf is what stands before the items of a list, with the signs that its font shows.
func bulletOf(f face, text string) string {
	var b strings.Builder
	for _, r := range text {
		if font := f.of(r); ofSigns(font) {
			b.WriteString(sign(font, r))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Crosses are the signs in texts that say no.
const Crosses = "✕✖✗✘❌❎⛔🚫🛑👎🙅"

// no is the sign of a list whose items are what not to do; "" for any other. Crosses of all kinds are one.
func (k kind) no() string {
	r, _ := utf8.DecodeRuneInString(k.around)
	switch {
	case k.format != "bullet":
	case strings.ContainsRune(Crosses, r):
		return string(r)
	case strings.ContainsRune("×☓☒⊗⊘⦸╳🗙🗴🗵🗶🗷🛇", r):
		return "✗"
	}
	return ""
}
