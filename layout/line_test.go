package layout

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"handout/content"
	"handout/fonts"
)

// words makes pieces of the given widths, in tenths of an em, each with a space
// of 3 after it. A negative width ends a line after it.
func words(widths ...int) []fonts.Piece {
	var ps []fonts.Piece
	for _, w := range widths {
		p := fonts.Piece{Width: fonts.Em(w * 100), Space: 300}
		if w < 0 {
			p.Width, p.Break = -p.Width, true
		}
		ps = append(ps, p)
	}
	return ps
}

// shape prints lines as the number of pieces in each: "3>2".
func shape(lines []line) string {
	var s []string
	for _, l := range lines {
		s = append(s, fmt.Sprint(l.to-l.from))
	}
	return strings.Join(s, ">")
}

func TestBreakLines(t *testing.T) {
	for _, c := range []struct {
		name    string
		pieces  []fonts.Piece
		measure int // tenths of an em
		want    string
	}{
		{"nothing", nil, 100, ""},
		{"one line", words(20, 20, 20), 66, "3"},
		{"the last space hangs over the edge", words(20, 20), 43, "2"},
		{"one too wide by a hair", words(20, 21), 43, "1>1"},
		// Greedy would give 4>2>1: 20+3+20+3+20+3+20 = 89.
		{"even lines beat full ones", words(20, 20, 20, 20, 80, 40), 90, "4>1>1"},
		{"a full first line costs nothing", words(20, 20, 20, 20, 10), 66, "3>2"},
		{"a lone short word at the end finds company", words(30, 30, 30, 30, 8), 139, "3>2"},
		{"never more lines than needed", words(40, 40, 40, 40), 84, "2>2"},
		{"a forced break", words(10, -10, 10), 100, "2>1"},
		{"a forced break at the end", words(10, -10), 100, "2"},
		{"a word wider than the line stands alone", words(10, 200, 10), 50, "1>1>1"},
	} {
		if got := shape(breakLines(c.pieces, fonts.Em(c.measure*100))); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Whatever the words, lines keep their order, lose nothing, never overrun, and
// are as few as filling each line to the brim would make them.
func TestBreakLinesKeepsPromises(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var ps []fonts.Piece
		for range r.IntN(60) {
			ps = append(ps, fonts.Piece{Width: fonts.Em(200 + r.IntN(5000)), Space: 250, Break: r.IntN(30) == 0})
		}
		measure := fonts.Em(5200 + r.IntN(20000))
		lines := breakLines(ps, measure)
		at, greedy := 0, 0
		var full fonts.Em = -1
		for i, p := range ps {
			if full < 0 || full+p.Width > measure || i > 0 && ps[i-1].Break {
				greedy, full = greedy+1, 0
			}
			full += p.Width + p.Space
		}
		for _, l := range lines {
			if l.from != at || l.to <= l.from {
				t.Fatalf("line %v does not follow %d", l, at)
			}
			at = l.to
			if w := (&text{pieces: ps[l.from:l.to]}).width(); w > measure {
				t.Fatalf("a line is %d wide, the measure is %d", w, measure)
			}
		}
		if at != len(ps) || len(lines) != greedy {
			t.Fatalf("%d of %d pieces in %d lines; %d lines are enough", at, len(ps), len(lines), greedy)
		}
	}
}

// What is too wide for a line is cut at its no-break spaces before it is cut
// within a word, whichever way it reads; nothing of it is lost.
func TestSplitLong(t *testing.T) {
	// spell makes a run with a glyph an em wide for each letter, as seen.
	spell := func(s string, level uint8) fonts.Run {
		r := fonts.Run{Level: level}
		for _, c := range s {
			r.Glyphs = append(r.Glyphs, fonts.Glyph{Advance: 1000, Text: string(c)})
			r.Width += 1000
		}
		return r
	}
	for _, c := range []struct {
		name    string
		runs    []fonts.Run
		measure int // em
		want    string
	}{
		{"it fits", []fonts.Run{spell("ab\u00a0cd", 0)}, 5, "ab_cd"},
		{"at the space", []fonts.Run{spell("ab\u00a0cd", 0)}, 4, "ab_|cd"},
		{"a word too wide by itself", []fonts.Run{spell("abcde\u00a0f", 0)}, 3, "abc|de_|f"},
		{"over two runs", []fonts.Run{spell("ab", 0), spell("c\u00a0d", 0)}, 3, "abc_|d"},
		{"from right to left", []fonts.Run{spell("dc\u00a0ba", 1)}, 4, "_ba|dc"},
		{"a space at the end", []fonts.Run{spell("abcd\u00a0", 0)}, 4, "abcd_"},
		{"a bullet begins what follows", []fonts.Run{spell("\u2022\u00a0ab\u00a0c", 0)}, 4, "\u2022_ab_|c"},
		{"a bullet from right to left", []fonts.Run{spell("c\u00a0ba\u00a0\u2022", 1)}, 4, "_ba_\u2022|c"},
		{"a number too", []fonts.Run{spell("10\u00a0ab\u00a03\u00a0c", 0)}, 5, "10_ab_|3_c"},
		{"a number before a word as wide as the line", []fonts.Run{spell("3\u00a0abcd", 0)}, 4, "3_|abcd"},
	} {
		p := fonts.Piece{Runs: c.runs, Break: true}
		for _, r := range c.runs {
			p.Width += r.Width
		}
		var got []string
		parts := splitLong([]fonts.Piece{p}, fonts.Em(c.measure*1000))
		for i, q := range parts {
			s, w := "", fonts.Em(0)
			for _, r := range q.Runs {
				for _, g := range r.Glyphs {
					s, w = s+strings.ReplaceAll(g.Text, "\u00a0", "_"), w+g.Advance
				}
			}
			if q.Width+q.Space != w || q.Break != (i == len(parts)-1) {
				t.Errorf("%s: %q is %d and %d wide of %d, break %v", c.name, s, q.Width, q.Space, w, q.Break)
			}
			got = append(got, s)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

// What is told in a row is broken between its parts, if any of them goes on a line, and
// no line begins or ends with a middot. Nothing but middots is lost.
func TestMiddots(t *testing.T) {
	for _, lang := range []string{"en", "he"} {
		for _, code := range []string{"K7Q2-0417", "K7Q2-ABCD"} {
			r := &reader{setter: NewSetter(fonts.Default()), page: &content.Page{}, lang: lang, rtl: lang == "he"}
			said := strings.Join([]string{"Low back", "Version 12", "Reviewed March 2026"}, middot) + middot
			text := r.ending(r.parts(said), code)
			if len(r.errs) > 0 {
				t.Fatal(r.errs)
			}
			for measure := fonts.Em(1000); measure < 40000; measure += 500 {
				b := text.at(measure)
				all := ""
				for n := range b.lines {
					var line []rune
					for _, run := range b.line(n, r.rtl).runs {
						for _, g := range run.glyphs {
							line = append(line, []rune(g.Text)...)
						}
					}
					s := strings.Trim(string(line), " \u00a0")
					if strings.HasPrefix(s, "\u00b7") || strings.HasSuffix(s, "\u00b7") || s == "" {
						t.Errorf("%s: a line at %d is %q", lang, measure, s)
					}
					if measure > 10000 && (strings.Contains(s, "K7Q2") && !strings.Contains(s, code) ||
						strings.Count(s, "Version") != strings.Count(s, "12")) {
						t.Errorf("%s: a part is broken at %d: %q", lang, measure, s)
					}
					all += s
				}
				if got := strings.NewReplacer(" ", "", "\u00a0", "", "\u00b7", "").Replace(all); lang == "en" &&
					got != "LowbackVersion12ReviewedMarch2026"+code {
					t.Errorf("at %d it says %q", measure, got)
				}
			}
		}
	}
}

// A number stays with what it counts, and says what it said.
func TestCounted(t *testing.T) {
	r := &reader{setter: NewSetter(fonts.Default()), page: &content.Page{}, lang: "de"}
	for said, want := range map[string]string{"2-mal am Tag": "2-mal |am Tag", "Je 3 Tage": "Je |3\u00a0Tage"} {
		text := r.plain(counted(said), fonts.Bold)
		b := text.at(4000)
		var got strings.Builder
		for n := range b.lines {
			if n > 0 {
				got.WriteByte('|')
			}
			for _, run := range b.line(n, false).runs {
				for _, g := range run.glyphs {
					got.WriteString(g.Text)
				}
			}
		}
		if got.String() != want {
			t.Errorf("%q is %q", said, got.String())
		}
	}
}

// What prints nothing is broken for any measure, even one of none.
func TestBreakNothing(t *testing.T) {
	r := &reader{setter: NewSetter(fonts.Default()), page: &content.Page{}, lang: "en"}
	for _, s := range []string{"", "\u200b", "\u00ad\n", "\u200b \u200b", " ", "\u00a0\u00a0", "\ufeff\u2060",
		"a\u200b", "\u200b\u00a0b c"} {
		for _, measure := range []fonts.Em{-500, 0, 1, 500, 30000} {
			b := r.plain(s, fonts.Regular).at(measure)
			for n := range b.lines {
				b.line(n, false)
				b.line(n, true)
			}
		}
	}
}

// No line ends after the first word of an item that is run on, where another break has as few lines.
func TestFirstWordOfItem(t *testing.T) {
	word := func(mark string, width fonts.Em) fonts.Piece {
		p := fonts.Piece{Width: width, Space: 250, Runs: []fonts.Run{{Width: width,
			Glyphs: []fonts.Glyph{{Advance: width, Text: "a"}}}}}
		if mark != "" {
			p.Runs = append([]fonts.Run{{Glyphs: []fonts.Glyph{{Text: mark}, {Text: "\u00a0"}}}}, p.Runs...)
		}
		return p
	}
	for _, mark := range []string{"", "\u2022", "3"} {
		pieces := []fonts.Piece{word("\u2022", 4000), word("", 4000), word(mark, 1000), word("", 4000), word("", 1000)}
		want := 3
		if mark != "" {
			want = 2
		}
		if lines := breakLines(pieces, 10000); len(lines) != 2 || lines[0].to != want {
			t.Errorf("%q: %v, want the first to end before piece %d", mark, lines, want)
		}
	}
}
