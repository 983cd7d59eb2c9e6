package fonts

import (
	"bytes"
	"fmt"
	"io/fs"
	"sync"
	"testing"
	"testing/fstest"
)

func TestMachine(t *testing.T) {
	thai, thaiBold := raw(t, "NotoSans-Thai-Regular"), raw(t, "NotoSans-Thai-Bold")
	usr := fstest.MapFS{
		"README":             {Data: []byte("not a font")},
		"a/broken.ttf":       {Data: thai[:3000]},
		"a/cut.ttf":          {Data: thai[:len(thai)-3000]},
		"a/empty.otf":        {},
		"a/forbidden.ttf":    {Data: forbidden(t, thai)},
		"a/thai-bold.ttf":    {Data: thaiBold},
		"b/thai.ttf":         {Data: thai},
		"c/thai-again.TTF":   {Data: thai},
		"c/both.ttc":         {Data: collection(raw(t, "Atkinson-Bold"), raw(t, "NotoSans-Hebrew-Regular"))},
		"d/thai-too-far.ttf": {Data: thai, Mode: fs.ModeNamedPipe},
	}
	home := fstest.MapFS{"symbols.ttf": {Data: raw(t, "NotoSans-Symbols2-Regular")}, "more.ttf": {Data: raw(t, "NotoSans-Thai-Bold")}}
	m := NewMachine(usr, home, fstest.MapFS{})
	seen := map[*Face]bool{}
	for _, test := range []struct {
		runes, want string
	}{
		{"ก", "[NotoSansThai-Regular]"},
		{"กข", "[NotoSansThai-Regular]"},
		{"ขกข", "[NotoSansThai-Regular]"},
		{"ก☐ข", "[NotoSansThai-Regular NotoSansSymbols2-Regular]"},
		{"א", "[NotoSansHebrew-Regular]"},
		{"न", "[]"},
		{"", "[]"},
		{"कก", "[NotoSansThai-Regular]"},
	} {
		for range 2 {
			var got []string
			for _, f := range m.Faces([]rune(test.runes)) {
				got, seen[f] = append(got, f.Name()), true
			}
			if fmt.Sprint(got) != test.want {
				t.Errorf("%s: %v, want %s", test.runes, got, test.want)
			}
		}
	}
	if len(seen) != 3 || m.parsed != 3 {
		t.Errorf("%d faces were given, %d fonts parsed", len(seen), m.parsed)
	}
}

// forbidden is a font whose licence bits forbid to embed it.
func forbidden(t *testing.T, data []byte) []byte {
	t.Helper()
	data = bytes.Clone(data)
	tables, err := readTables(data, 0)
	if err != nil {
		t.Fatal(err)
	}
	tables.get("OS/2")[9] = 2
	return data
}

// A font is parsed once, however many ask for it at once; of more than there is room
// for, those not in use are parsed anew.
func TestMachineParsesOnce(t *testing.T) {
	m := NewMachine(fstest.MapFS{"thai.ttf": {Data: raw(t, "NotoSans-Thai-Regular")}, "hebrew.ttf": {Data: raw(t, "NotoSans-Hebrew-Regular")}})
	var all [8]*Face
	var work sync.WaitGroup
	for i := range all {
		work.Go(func() {
			for k := range 20 {
				all[i] = m.Faces([]rune{'ก' + rune((i+k)%20)})[0]
			}
		})
	}
	work.Wait()
	for _, f := range all {
		if f != all[0] {
			t.Error("two faces of one font")
		}
	}
	if m.parsed != 1 {
		t.Errorf("parsed %d times", m.parsed)
	}
	m.kept = maxFaceBytes // as if they were of many large fonts
	if m.Faces([]rune("א")); m.parsed != 2 {
		t.Errorf("parsed %d times", m.parsed)
	}
	if m.Faces([]rune("ก")); m.parsed != 3 || m.kept > 200_000 {
		t.Errorf("parsed %d times, %d bytes are kept", m.parsed, m.kept)
	}
}

// TestFound: what was found mends the text that lacked it.
func TestFound(t *testing.T) {
	machine := NewMachine(fstest.MapFS{"thai.ttf": {Data: raw(t, "NotoSans-Thai-Regular")}})
	stack := &Stack{families: Default().families[:1]}
	spans := []Span{{Text: "Anong อนงค์"}}
	_, err := stack.Shaper().Pieces(spans, "en", false)
	m, ok := err.(*MissingError)
	if !ok {
		t.Fatal(err)
	}
	stack = stack.With(machine.Faces(m.Runes)...)
	p, err := stack.Shaper().Pieces(spans, "en", false)
	if err != nil || said(p) != spans[0].Text {
		t.Error(said(p), err)
	}
}
