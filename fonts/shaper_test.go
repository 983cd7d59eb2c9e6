package fonts

import (
	"strings"
	"testing"
)

// said is the text of pieces as their glyphs tell it, in logical order.
func said(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		for _, r := range p.Runs {
			for i := range r.Glyphs {
				if r.Level%2 != 0 {
					i = len(r.Glyphs) - 1 - i
				}
				b.WriteString(r.Glyphs[i].Text)
			}
		}
	}
	return b.String()
}

// TestNames shapes names of many scripts with the shipped faces and reads them back.
func TestNames(t *testing.T) {
	for _, test := range []struct{ text, face string }{
		{"Zoë Nuñez-O'Brien", "AtkinsonHyperlegibleNext-Regular"},
		{"Đặng Thị Hương", "NotoSans-Regular"},
		{"Łukasz Żółć", "AtkinsonHyperlegibleNext-Regular"},
		{"Αθηνά", "NotoSans-Regular"},
		{"Наталья", "NotoSans-Regular"},
		{"שרה", "NotoSansHebrew-Regular"},
		{"محمد", "NotoSansArabic-Regular"},
		{"ณัฐ", "NotoSansThai-Regular"},
		{"नमस्ते", "NotoSansDevanagari-Regular"},
	} {
		p, err := Default().Shaper().Pieces([]Span{{Text: test.text}}, "en", false)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if got := said(p); got != test.text {
			t.Errorf("glyphs say %+q, want %+q", got, test.text)
		}
		for _, piece := range p {
			for _, r := range piece.Runs {
				if r.Face.Name() != test.face {
					t.Errorf("%s: in %s, want %s", test.text, r.Face.Name(), test.face)
				}
			}
		}
	}
}
