package fonts

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
)

// Characters are told by script and number, and a font that has them is named.
func TestKinds(t *testing.T) {
	for _, c := range []struct{ text, want, advice string }{
		{"李小龙", "3 Chinese characters", "NotoSansCJKsc-Regular.otf"},
		{"山田はなこ", "5 Japanese characters", "NotoSansCJKjp-Regular.otf"},
		{"ハナコ・ー", "5 Japanese characters", "NotoSansCJKjp-Regular.otf"},
		{"ﾊﾅｺ", "3 Japanese characters", "NotoSansCJKjp-Regular.otf"},
		{"金민수", "3 Korean characters", "NotoSansCJKkr-Regular.otf"},
		{"李。ＡＢ", "4 Chinese characters", "NotoSansCJKsc-Regular.otf"},
		{"தமிழ்", "5 Tamil characters", "NotoSansTamil-Regular.ttf"},
		{"বাংলা", "4 Bengali characters", "NotoSansBengali-Regular.ttf"},
		{"ሰላም", "3 Ethiopic characters", "NotoSansEthiopic-Regular.ttf"},
		{"ნინო", "3 Georgian characters", "NotoSansGeorgian-Regular.ttf"},
		{"Ա", "1 Armenian character", "NotoSansArmenian-Regular.ttf"},
		{"ខ្មែរ", "5 Khmer characters", "NotoSansKhmer-Regular.ttf"},
		{"සිංහල", "5 Sinhala characters", "NotoSansSinhala-Regular.ttf"},
		{"བོད", "3 Tibetan characters", "NotoSerifTibetan-Regular.ttf"},
		{"ߒߞߏ", "3 N’Ko characters", "NotoSansNKo-Regular.ttf"},
		{"ᐃᓄᒃ", "3 Canadian Aboriginal characters", "NotoSansCanadianAboriginal-Regular.ttf"},
		{"👍", "1 emoji", "NotoEmoji-Regular.ttf"},
		{"👍🏽🫨⛄", "4 emoji", "NotoEmoji-Regular.ttf"},
		{"李👍", "1 Chinese character, 1 emoji", "NotoSansCJKsc-Regular.otf, NotoEmoji-Regular.ttf"},
		{"𝒜⊞", "2 mathematical symbols", "NotoSansMath-Regular.ttf"},
		{"⠁", "1 Braille character", "NotoSansSymbols2-Regular.ttf"},
		{"𐄂", "1 symbol", "FILE.ttf"},
		{"\u20e3", "1 emoji", "NotoEmoji-Regular.ttf"},
		{"\u1dff", "1 accent", "NotoSans-Regular.ttf"},
	} {
		var runes []rune
		for _, r := range c.text {
			if !strings.ContainsRune(string(runes), r) {
				runes = append(runes, r)
			}
		}
		kinds := Kinds(runes, c.text)
		var told []string
		for _, k := range kinds {
			told = append(told, k.String())
		}
		if got := strings.Join(told, ", "); got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
		if got := Advice(kinds); !strings.Contains(got, "["+c.advice) {
			t.Errorf("%s: %s", c.text, got)
		}
	}
}

// Every character there is can be told, and none is told by itself.
func TestKindsOfAll(t *testing.T) {
	named := map[string]bool{}
	for name, table := range unicode.Scripts {
		if name == "Latin" {
			continue
		}
		for _, r := range table.R16 {
			named[check(t, rune(r.Lo))] = true
		}
		for _, r := range table.R32 {
			named[check(t, rune(r.Hi))] = true
		}
	}
	if len(named) < 100 {
		t.Errorf("only %d kinds", len(named))
	}
}

func check(t *testing.T, r rune) string {
	t.Helper()
	k := Kinds([]rune{r}, string(r))
	if len(k) != 1 || k[0].Count != 1 || k[0].Noun == "" || strings.ContainsRune(k[0].String()+Advice(k), r) && r > unicode.MaxLatin1 {
		t.Errorf("%U: %v, %s", r, k, Advice(k))
	}
	return fmt.Sprint(k)
}
