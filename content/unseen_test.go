package content

import (
	"strings"
	"testing"
)

var unseenSigns = []string{"\u200b", "\u00ad", "\ufeff", "\u2060", "\u200e", "\u200f", "\u202e", "\u2066\u2069", "\u200c", "\u200d", "\u034f", "\u115f", "\u180e", "\ufe0f", "\u2800", "\u3164", "\u200b\u00a0\u00ad", "\U000e0020"}

// Text that nobody can see is left out, and that is said, or it is a mistake with its
// place; it is never handed on.
func TestUnseenText(t *testing.T) {
	for _, sign := range unseenSigns {
		for _, c := range []struct {
			text    string
			mistake bool // or else a note
		}{
			{"%\n\nMore.", false},
			{"**%**\n\nMore.", false},
			{"## %\n\nMore.", true},
			{"- %\n- b", true},
			{"1. [ ] %\n", true},
			{"| a | b |\n|--|--|\n| % | c |", false},
			{"| % | b |\n|--|--|\n| a | c |", false},
			{"> %\n\nMore.", false},
			{"> [!NOTE] %\n> More.", false},
			{"> [!NOTE]\n> %", true},
			{"Opening [%](https://x.example/a) words.", false},
			{"[%](https://x.example/a)\n\nMore.", false},
			{"A mark.[^1]\n\n[^1]: %", true},
			{"```fields\n%\nDate\n```", false},
			{"```fields\n%\n```", true},
			{"```pain-scale\n%\n```", false},
			{"```traffic-light\na\n%\nb\n```", true},
			{"```code\nhttps://x.example\n%\n```", false},
			{"![%](dot.svg)", true},
			{"{patient}%", true},
			{"%{patient}!", true},
			{"**{patient}** %", true},
		} {
			fsys := mapFS("dot.svg", dot, "h.md", "---\ntitle: T\n---\n"+strings.ReplaceAll(c.text, "%", sign)+"\n")
			h, err := ReadHandout(fsys, "h.md")
			switch {
			case c.mistake && err == nil, !c.mistake && err != nil:
				t.Errorf("%q in %q: %v", sign, c.text, err)
			case err != nil:
				for _, e := range err.(Errors) {
					if e.Line < 4 && len(err.(Errors)) == 1 {
						t.Errorf("%q in %q: no place: %v", sign, c.text, e)
					}
				}
			case len(h.Warnings) == 0 || h.Warnings[0].Line < 4:
				t.Errorf("%q in %q: nothing is said", sign, c.text)
			default:
				seenBlocks(t, h.Blocks)
			}
		}
		for _, c := range []struct{ text, want string }{
			{"---\ntitle: \"%\"\n---\nText.\n", "x.md:2:8: there are only characters here|the handout has no title"},
			{"---\ntitle: %\n---\nText.\n", "the handout has no title"},
			{"---\ntitle: T\nsubtitle: \"%\"\n---\nText.\n", "x.md:3:11: there are only characters here"},
			{"---\ntitle: T\nsources: [\"%\"]\n---\nText.\n", "x.md:3:11: there are only characters here"},
			{strings.Replace(mineStretch, "name: Mine", "name: \"%\"", 1), "the stretch has no name"},
			{strings.Replace(mineStretch, "alt: It", "alt: \"%\"", 1), "there are only characters here that cannot be seen"},
			{strings.Replace(mineStretch, "> Stop, {patient}.", "> %", 1), "this callout is empty"},
			{strings.Replace(mineStretch, "**B**", "**%**", 1), "this list item is empty"},
		} {
			fsys := mapFS("x.fig", "figure 1\n", "x.md", strings.ReplaceAll(c.text, "%", sign))
			_, err := ReadHandout(fsys, "x.md")
			if strings.Contains(c.text, "kind: stretch") {
				_, err = ReadStretch(fsys, "x.md")
			}
			for want := range strings.SplitSeq(c.want, "|") {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%q in %q: %v, want %s", sign, c.text, err, want)
				}
			}
		}
		for _, line := range []string{"name: \"%\"", "tagline: \"%\"", "phone: [\"%\"]", "address: [A, \"%\"]", "address: \"%\"", "small-print: \"%\"", "therapist: \"%\""} {
			if _, err := ReadBrand(mapFS("x.yaml", strings.ReplaceAll(line, "%", sign)), "x.yaml"); err == nil || !strings.Contains(err.Error(), "cannot be seen") {
				t.Errorf("%q in %q: %v", sign, line, err)
			}
		}
		h, err := Open().Handout("sciatica")
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []Visit{{Patient: sign}, {Note: sign}, {Therapist: sign}, {Next: sign}, {Chosen: true, Stretches: []Choice{{ID: "figure-4", Note: sign}}}} {
			if _, err := Open().Personalise(h, nil, v); err == nil || !strings.HasSuffix(err.Error(), "is only spaces") {
				t.Errorf("%q: %v", sign, err)
			}
		}
	}
	// Among words they do no harm.
	h, err := ReadHandout(mapFS("h.md", "---\ntitle: Mas\u00adsage\n---\nA\u200b word, \u2067שלום\u2069 **\u200e**.\n"), "h.md")
	if err != nil || len(h.Warnings) > 0 || h.Title != "Mas\u00adsage" {
		t.Errorf("%v %+v", err, h)
	}
	if h, err := ReadHandout(mapFS("h.md", "---\ntitle: \"\"\n---\nA\n"), "h.md"); err == nil {
		t.Errorf("a handout without a title: %+v", h)
	}
}

// seenBlocks wants something to see in each text.
func seenBlocks(t *testing.T, blocks []Block) {
	t.Helper()
	wantWhole(t, blocks, true)
	for _, b := range blocks {
		switch b := b.(type) {
		case *Callout:
			if len(b.Title) > 0 {
				wantText(t, b.Title)
			}
		case *PainScale:
			if len(b.Question) > 0 {
				wantText(t, b.Question)
			}
		case *Table:
			for _, row := range b.Rows {
				for _, cell := range row {
					if len(cell) > 0 {
						wantText(t, cell)
					}
				}
			}
		case *Code:
			if len(b.Caption) > 0 {
				wantText(t, b.Caption)
			}
		}
	}
}
