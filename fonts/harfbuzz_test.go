package fonts

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/go-text/typesetting/language"
)

// Words are shaped as HarfBuzz shapes them: another judge than the library that shapes
// them here. Of that, releases 0.3.4 and 0.3.5 do not pass.
func TestHarfBuzz(t *testing.T) {
	data, err := os.ReadFile("testdata/harfbuzz.txt")
	if err != nil {
		t.Fatal(err)
	}
	words, scripts := 0, map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Fields(line)
		face, err := Parse(raw(t, f[0]))
		if err != nil {
			t.Fatal(err)
		}
		script, err := language.ParseScript(f[1])
		if err != nil {
			t.Fatal(err)
		}
		s, text := Default().Shaper(), []rune(f[3])
		w := word{text: f[3], rtl: f[1] == "Hebr" || f[1] == "Arab", script: script, lang: language.NewLanguage(f[2])}
		if _, err := s.glyphs(face, w, text, 0, len(text)); err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, p := range s.buffer.Pos {
			g := fmt.Sprintf("%d+%d", s.buffer.Info[i].Glyph, p.XAdvance)
			if p.XOffset != 0 || p.YOffset != 0 {
				g += fmt.Sprintf("@%d,%d", p.XOffset, p.YOffset)
			}
			got = append(got, g)
		}
		if want := strings.Join(f[4:], " "); strings.Join(got, " ") != want {
			t.Errorf("%s in %s: %v, HarfBuzz has %s", f[3], f[0], got, want)
		}
		words, scripts[f[1]+f[2]] = words+1, true
	}
	if words < 30 || len(scripts) < 8 {
		t.Errorf("only %d words in %d scripts and languages", words, len(scripts))
	}
}
