package fonts

import (
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"
)

func TestFind(t *testing.T) {
	thai, thaiBold := raw(t, "NotoSans-Thai-Regular"), raw(t, "NotoSans-Thai-Bold")
	machine := fstest.MapFS{
		"usr/fonts/README":             {Data: []byte("not a font")},
		"usr/fonts/a/broken.ttf":       {Data: thai[:3000]},
		"usr/fonts/a/empty.otf":        {},
		"usr/fonts/a/thai-bold.ttf":    {Data: thaiBold},
		"usr/fonts/b/thai.ttf":         {Data: thai},
		"usr/fonts/c/thai-again.TTF":   {Data: thai},
		"usr/fonts/c/both.ttc":         {Data: collection(raw(t, "Atkinson-Bold"), raw(t, "NotoSans-Hebrew-Regular"))},
		"home/fonts/symbols.ttf":       {Data: raw(t, "NotoSans-Symbols2-Regular")},
		"elsewhere/devanagari.ttf":     {Data: raw(t, "NotoSans-Devanagari-Regular")},
		"usr/fonts/d/thai-too-far.ttf": {Data: thai, Mode: fs.ModeNamedPipe},
	}
	roots := []string{"usr/fonts", "home/fonts", "no/such/folder"}
	for _, test := range []struct {
		runes, want string
	}{
		{"ก", "[usr/fonts/b/thai.ttf NotoSansThai-Regular ก]"},
		{"กข", "[usr/fonts/b/thai.ttf NotoSansThai-Regular กข]"},
		{"ก☐ข", "[usr/fonts/b/thai.ttf NotoSansThai-Regular กข home/fonts/symbols.ttf NotoSansSymbols2-Regular ☐]"},
		{"א", "[usr/fonts/c/both.ttc NotoSansHebrew-Regular א]"},
		{"न", "[]"},
		{"", "[]"},
		{"कก", "[usr/fonts/b/thai.ttf NotoSansThai-Regular ก]"},
	} {
		for range 2 {
			var got []string
			for _, f := range Find(machine, roots, []rune(test.runes)) {
				got = append(got, f.Path, f.Face.Name(), string(f.Draws))
			}
			if fmt.Sprint(got) != test.want {
				t.Errorf("%s: %v, want %s", test.runes, got, test.want)
			}
		}
	}
}

// TestFound: what was found mends the text that lacked it.
func TestFound(t *testing.T) {
	machine := fstest.MapFS{"f/thai.ttf": {Data: raw(t, "NotoSans-Thai-Regular")}}
	stack := &Stack{families: Default().families[:1]}
	spans := []Span{{Text: "Anong อนงค์"}}
	_, err := stack.Shaper().Pieces(spans, "en", false)
	m, ok := err.(*MissingError)
	if !ok {
		t.Fatal(err)
	}
	for _, f := range Find(machine, []string{"f"}, m.Runes) {
		stack = stack.With(f.Face)
	}
	p, err := stack.Shaper().Pieces(spans, "en", false)
	if err != nil || said(p) != spans[0].Text {
		t.Error(said(p), err)
	}
}
