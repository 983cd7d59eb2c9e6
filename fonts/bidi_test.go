package fonts

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"
)

// unicodeFile opens a test file of the Unicode Consortium that comes with the
// shaping library's module.
func unicodeFile(t *testing.T, name string) *bufio.Scanner {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-text/typesetting").Output()
	if err != nil {
		t.Skip("go list does not say where the shaping library is: ", err)
	}
	f, err := os.Open(filepath.Join(strings.TrimSpace(string(dir)), filepath.FromSlash(name)))
	if err != nil {
		t.Skip("the Unicode test file is not here: ", err)
	}
	t.Cleanup(func() { f.Close() })
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	return s
}

// lineLevels are the levels of a paragraph set in one line, L1 included.
func lineLevels(text []rune, rtl bool) []uint8 {
	l := levels(text, rtl)
	for i := len(l) - 1; i >= 0; i-- {
		p, _ := bidi.LookupString(string(text[i]))
		c := p.Class()
		if c != bidi.WS && !isolateInitiator(c) && c != bidi.PDI && !removed(c) {
			break
		}
		l[i] = 0
		if rtl {
			l[i] = 1
		}
	}
	return l
}

// checkLevels compares levels with a test file's, in which x stands for characters X9 removes.
func checkLevels(text []rune, rtl bool, want []string) error {
	got := lineLevels(text, rtl)
	for i, w := range want {
		if w != "x" && w != strconv.Itoa(int(got[i])) {
			return fmt.Errorf("%+q rtl=%v: levels %d, want %s", string(text), rtl, got, want)
		}
	}
	return nil
}

// TestBidiCharacters runs the Unicode Consortium's BidiCharacterTest.txt.
func TestBidiCharacters(t *testing.T) {
	in, n, bad := unicodeFile(t, "bidi/test/BidiCharacterTest.txt"), 0, 0
	for in.Scan() {
		f := strings.Split(in.Text(), ";")
		if len(f) != 5 || strings.HasPrefix(f[0], "#") {
			continue
		}
		var text []rune
		for _, h := range strings.Fields(f[0]) {
			r, err := strconv.ParseUint(h, 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			text = append(text, rune(r))
		}
		n++
		if err := checkLevels(text, f[2] == "1", strings.Fields(f[3])); err != nil && bad < 10 {
			bad++
			t.Error(err)
		}
	}
	if n < 90000 {
		t.Errorf("only %d cases were read", n)
	}
}

// TestBidiClasses runs one in twelve lines of the Consortium's BidiTest.txt.
func TestBidiClasses(t *testing.T) {
	sample := map[string]rune{
		"L": 'a', "R": 0x5D0, "EN": '1', "ES": '+', "ET": '%', "AN": 0x661, "CS": ',', "B": 0x2029, "S": '\t', "WS": ' ', "ON": '!',
		"BN": 0xAD, "NSM": 0x300, "AL": 0x627, "LRO": 0x202D, "RLO": 0x202E, "LRE": 0x202A, "RLE": 0x202B, "PDF": 0x202C,
		"LRI": 0x2066, "RLI": 0x2067, "FSI": 0x2068, "PDI": 0x2069,
	}
	every := 12
	if os.Getenv("BIDI_ALL") != "" {
		every = 1
	}
	in, n, bad := unicodeFile(t, "bidi/test/BidiTest.txt"), 0, 0
	var want []string
	for line := 0; in.Scan(); line++ {
		s := in.Text()
		if rest, ok := strings.CutPrefix(s, "@Levels:"); ok {
			want = strings.Fields(rest)
			continue
		}
		classes, dirs, ok := strings.Cut(s, ";")
		if !ok || strings.HasPrefix(s, "#") || strings.HasPrefix(s, "@") || line%every != 0 {
			continue
		}
		var text []rune
		for _, c := range strings.Fields(classes) {
			text = append(text, sample[c])
		}
		if i := slices.Index(text, 0x2029); i >= 0 && i < len(text)-1 {
			continue // two paragraphs: Pieces divides them
		}
		bits, err := strconv.Atoi(strings.TrimSpace(dirs))
		if err != nil {
			t.Fatal(err)
		}
		for dir, rtl := range map[int]bool{2: false, 4: true} {
			if bits&dir != 0 {
				n++
				if err := checkLevels(text, rtl, want); err != nil && bad < 10 {
					bad++
					t.Error(err)
				}
			}
		}
	}
	if n < 10000 {
		t.Errorf("only %d cases were read", n)
	}
}

// seen is one line set left to right, each run's characters in the order seen,
// with a bar between runs.
func seen(t *testing.T, text string, rtl bool) string {
	t.Helper()
	pieces, err := Default().Shaper().Pieces([]Span{{Text: text}}, "en", rtl)
	if err != nil {
		t.Fatal(err)
	}
	var runs []Run
	for _, p := range pieces {
		runs = append(runs, p.Runs...)
	}
	var b strings.Builder
	for _, r := range Visual(runs, rtl) {
		for _, g := range r.Glyphs {
			b.WriteString(g.Text)
		}
	}
	return b.String()
}

// TestVisual gives lines as they are typed and as they are seen, left to right.
func TestVisual(t *testing.T) {
	for _, test := range []struct {
		typed string
		rtl   bool
		seen  string
	}{
		{"abc def", false, "abc def"},
		{"אבג", false, "גבא"},
		{"abc אבג דהו def", false, "abc והד גבא def"},
		{"abc אבג 123 def", false, "abc 123 גבא def"}, // the library's own levels fail here
		{"abc אבג 123.5 דה def", false, "abc הד 123.5 גבא def"},
		{"אבג 123 abc", true, "abc 123 גבא"},
		{"אבג abc 123 דהו", true, "והד abc 123 גבא"},
		{"אב (abc) גד", true, "דג )abc( בא"}, // drawn mirrored, but a glyph says what was typed
		{"abc (אבג) def", false, "abc (גבא) def"},
		{"abc אבג ", false, "abc גבא "}, // white space at the end: at the paragraph's end
		{"אבג abc ", true, " abc גבא"},
		{"abc אבג!", false, "abc גבא!"},
		{"abc אבג!\u200f", false, "abc !גבא"}, // a direction mark decides, and is not drawn
		{"x \u2067אבג 12\u2069 y", false, "x 12 גבא y"},
		{"- 10 מ״ל", false, "- 10 ל״מ"},
		{"ab\tאב", false, "ab\tבא"},
	} {
		if got := seen(t, test.typed, test.rtl); got != test.seen {
			t.Errorf("%+q rtl=%v is seen as %+q, want %+q", test.typed, test.rtl, got, test.seen)
		}
	}
}

// TestVisualLeavesItsInput: Visual's argument may be the shaper's cache.
func TestVisualLeavesItsInput(t *testing.T) {
	letter, space := []Glyph{{Text: "א"}}, []Glyph{{Text: " "}}
	runs := []Run{{Level: 1, Span: 1, Glyphs: letter}, {Level: 1, Span: 2, Glyphs: letter}, {Level: 1, Span: 3, Glyphs: space}}
	out := Visual(runs, false)
	if runs[0].Span != 1 || runs[2].Level != 1 {
		t.Error("the runs given were changed")
	}
	if out[0].Span != 2 || out[1].Span != 1 || out[2].Span != 3 {
		t.Errorf("order %d %d %d", out[0].Span, out[1].Span, out[2].Span)
	}
}

func TestReadsFromRight(t *testing.T) {
	for _, c := range []struct {
		text       string
		page, want bool
	}{
		{"Walk for 5 minutes.", true, false}, {"Walk", false, false}, {"امش", true, true}, {"امش.", false, true},
		{"امش Ana", true, true}, {"Ana امش", true, true}, {"Ana امش", false, false}, {"12:30", true, true},
		{"12:30", false, false}, {"", true, true}, {"\u2068Ana\u2069", true, false},
	} {
		if got := ReadsFromRight([]Span{{Text: c.text}}, c.page); got != c.want {
			t.Errorf("%q on a page that reads from right, %v: %v", c.text, c.page, got)
		}
	}
}
