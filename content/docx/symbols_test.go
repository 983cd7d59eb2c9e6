package docx

import (
	"strings"
	"testing"
)

func sym(font, code string) string {
	return `<r><sym font="` + font + `" char="` + code + `"/></r>`
}

// Signs of fonts of signs are what the font shows, and no bullets.
func TestSymbols(t *testing.T) {
	for _, c := range []struct{ font, codes, want string }{
		{"Symbol", "F0B3 F0A3 F0B0 F0B1 F0B4 F0B8 F0B9 F0BB", "≥≤°±×÷≠≈"},
		{"Symbol", "F0AE F0AC F0AD F0AF F0AB F0DE", "→←↑↓↔⇒"},
		{"Symbol", "F061 F062 F06D F044 F057 F07A", "αβµΔΩζ"},
		{"Symbol", "F0B7 F0D7 F0BC F02D F0A0 F0F2", "•⋅…−€∫"},
		{"Symbol", "F031 F020 F025 F02B F03C F03E F07E", "1 %+\\<\\>∼"},
		{"Symbol", "B3 00A3", "≥≤"},
		{"SymbolMT", "F0B3", "≥"},
		{"Wingdings", "F0FC F0FB F0A8 F0E0 F0DF F0E8 F0A7 F04A F044", "✓✗☐→←→•🙂👎"},
		{"Wingdings 2", "F050 F04F F0A3", "✓✗☐"},
		{"Webdings", "F061 F072", "✓✗"},
		{"Segoe UI Symbol", "2265 2717", "≥✗"},
		{"Calibri", "00B1", "±"},
		{"Segoe UI Emoji", "1F6AB", "🚫"},
	} {
		in := ""
		for code := range strings.FieldsSeq(c.codes) {
			in += sym(c.font, code)
		}
		got, err := Read(body(p("", r("a")+in+r("b"))))
		if err != nil || string(got.Markdown) != "a"+c.want+"b\n" || len(got.LeftOut) > 0 {
			t.Errorf("%s %s: %q %+v %v, want %q", c.font, c.codes, got.Markdown, got.LeftOut, err, c.want)
		}
	}
	font := func(at, name string) string { return `<rFonts ` + at + `="` + name + `"/>` }
	for name, c := range map[string]struct{ in, want, lost string }{
		"typed in Symbol":     {r("Stop at ") + as(font("ascii", "Symbol"), "\uf0b3") + r(" 5"), "Stop at ≥ 5\n", ""},
		"typed, of hAnsi":     {r("Stop at ") + as(font("hAnsi", "Symbol"), "\uf0a3 5"), "Stop at ≤ 5\n", ""},
		"typed in Wingdings":  {r("Up ") + as(font("ascii", "Wingdings"), "\uf0e0") + r(" down"), "Up → down\n", ""},
		"plain in Symbol":     {r("Angle ") + as(font("ascii", "Symbol"), "a 5"), "Angle α 5\n", ""},
		"plain in Wingdings":  {as(font("hAnsi", "Wingdings"), "û") + r(" Bend, up ") + as(font("hAnsi", "Wingdings"), "à") + as(font("ascii", "Wingdings"), "J"), "✗ Bend, up →🙂\n", ""},
		"of other letters":    {as(`<rFonts ascii="Calibri" hAnsi="Symbol"/>`, "Rest"), "Rest\n", ""},
		"of a style":          {`<pPr><pStyle val="Math"/></pPr>` + r("a") + as(font("ascii", "Calibri"), " a ") + as(`<rFonts asciiTheme="minorHAnsi"/>`, "a"), "α a a\n", ""},
		"an emoji of Word's":  {`<r><AlternateContent><Choice><symEx font="Segoe UI Emoji" char="1F6AB"/></Choice></AlternateContent></r>` + r(" Bend"), "🚫 Bend\n", ""},
		"an ornament":         {sym("Wingdings", "F053") + r("Rest"), "Rest\n", `2 a sign of the font "Wingdings"`},
		"unknown in a line":   {r("Stop at ") + sym("Wingdings", "F053") + r(" 5"), "Stop at  5\n", `2 a sign of the font "Wingdings"!`},
		"a piece of Symbol's": {r("Stop at ") + sym("Symbol", "F0E6") + r(" 5"), "Stop at  5\n", `2 a sign of the font "Symbol"!`},
		"a font of nobody's":  {sym("Icons", "F053") + r("Bend"), "Bend\n", `2 a sign of the font "Icons"!`},
		"no code":             {r("Stop at ") + sym("Symbol", "x") + r(" 5"), "Stop at  5\n", `2 a sign of the font "Symbol"!`},
	} {
		got, err := Read(packed("word/document.xml", "<document><body>"+p("", r("a"))+p("", c.in)+"</body></document>",
			"word/styles.xml", `<styles><style styleId="Base"><rPr>`+font("ascii", "Symbol")+`</rPr></style><style styleId="Math"><basedOn val="Base"/></style></styles>`))
		lost := ""
		for _, x := range got.LeftOut {
			if lost += "elsewhere "; x.Offset == got.Starts[1] {
				lost = "2 " + x.What
			}
			if x.Needed {
				lost += "!"
			}
		}
		if err != nil || string(got.Markdown) != "a\n\n"+c.want || lost != c.lost {
			t.Errorf("%s: %q %q %v, want %q %q", name, got.Markdown, lost, err, c.want, c.lost)
		}
	}
}

// The sign of a list that says no stays; any other list has Markdown's.
func TestBullets(t *testing.T) {
	for _, c := range []struct{ font, sign, want string }{
		{"", "✗", "✗ "}, {"", "✘", "✘ "}, {"", "🚫", "🚫 "}, {"", "❌\ufe0f", "❌ "}, {"", "×", "✗ "}, {"", "✕", "✕ "},
		{"Wingdings", "\uf0fb", "✗ "}, {"Wingdings", "\uf0fd", "✗ "}, {"Wingdings 2", "\uf04f", "✗ "},
		{"Webdings", "\uf072", "✗ "}, {"Symbol", "\uf0b4", "✗ "},
		{"Wingdings", "û", "✗ "}, {"Wingdings", "ü", "* "}, {"Wingdings", "§", "* "}, {"Symbol", "·", "* "},
		{"Symbol", "\uf0b7", "* "}, {"Wingdings", "\uf0a7", "* "}, {"Courier New", "o", "* "}, {"Wingdings", "\uf0fc", "* "},
		{"Wingdings", "\uf0a8", "* [ ] "}, {"Wingdings 2", "\uf0a3", "* [ ] "}, {"Symbol", "\uf0a8", "* "}, {"", "\uf0a8", "* [ ] "},
		{"Wingdings", "\uf053", "* "},
	} {
		got, err := Read(packed("word/document.xml", "<document><body>"+p(num("1", "0"), r("Bend"))+p(num("1", "1"), r("In"))+"</body></document>",
			"word/numbering.xml", `<numbering><abstractNum abstractNumId="0"><lvl ilvl="0"><numFmt val="bullet"/><lvlText val="`+
				c.sign+`"/><rPr><rFonts ascii="`+c.font+`" hAnsi="`+c.font+`"/></rPr></lvl><lvl ilvl="1"><numFmt val="bullet"/><lvlText val="•"/></lvl></abstractNum>`+
				`<num numId="1"><abstractNumId val="0"/></num></numbering>`))
		if want := c.want + "Bend\n  * In\n"; err != nil || string(got.Markdown) != want {
			t.Errorf("%s %q: %q %v, want %q", c.font, c.sign, got.Markdown, err, want)
		}
	}
}
