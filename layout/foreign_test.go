package layout

import (
	"strings"
	"testing"

	"handout/content"
	"handout/fonts"
)

// A stretch in another language than the page's says so, words and picture, and has the
// labels of its own; its dose is in the page's. On a page of its own language the same
// setter says nothing of it.
func TestStretchInAnotherLanguage(t *testing.T) {
	lib, setter := content.Open(), NewSetter(fonts.Default())
	words := func(lang string) *content.Words {
		w, err := lib.Words(lang)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	s, err := lib.Stretch("cat-cow")
	if err != nil {
		t.Fatal(err)
	}
	frames, err := s.Drawn(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, design := range []string{"", "rows", "article"} {
		for _, lang := range []string{"de", "en", "ar", "de"} {
			e := &content.Exercise{ID: s.ID, Name: s.Name, Lang: s.Lang, Steps: s.Steps, StepsMark: s.StepsMark, Remarks: s.Remarks, Stop: s.Stop, Alt: s.Alt, Frames: frames}
			if lang != "en" {
				e.Words = words("en")
			}
			dose := s.Dose
			dose.Unit = ""
			h := &content.Page{Title: "T", Lang: lang, Words: words(lang), Blocks: []content.Block{
				&content.Heading{Level: 2, Text: content.Text{{Text: "H"}}}, &content.Stretches{Chosen: []content.Card{{ID: s.ID, Stretch: e, Dose: dose}}}}}
			sheet := Sheet{Brand: content.Neutral(), Paper: Letter, Look: design}
			page, _ := fitted(t, setter, h, sheet)
			if cold, _ := fitted(t, NewSetter(fonts.Default()), h, sheet); page.String() != cold.String() {
				t.Errorf("%s in %q: a warm setter's page differs: %s", design, lang, firstDifference(page.String(), cold.String()))
			}
			tagged, pictures := 0, 0
			for _, tag := range page.Tags {
				switch {
				case tag.Lang == "":
				case tag.Lang != "en":
					t.Errorf("%s: a tag is in %q", lang, tag.Lang)
				case tag.Role == Figure:
					pictures++
				default:
					tagged++
				}
			}
			if foreign := lang != "en"; foreign != (tagged > 4) || foreign != (pictures == 1) {
				t.Errorf("%s in %q: %d tags and %d pictures are English", design, lang, tagged, pictures)
			}
			if text := page.words(0); lang == "de" && !strings.Contains(text, "Wiederholungen") {
				t.Errorf("%s in %q: %s", design, lang, text)
			}
		}
	}
}

// A sentence whose letters all read the other way than the page does ends where it would on a page of its own.
func TestSentencesKeepTheirDirection(t *testing.T) {
	for _, c := range []struct {
		lang, words string
		right       bool // the full stop is the rightmost of the line
	}{
		{"ar", "Walk for 5 minutes.", true}, {"ar", "امش قليلا كل يوم.", false}, {"ar", "امش قليلا مع Ana.", false},
		{"en", "לכו חמש דקות.", false}, {"en", "Walk every day.", true}, {"en", "Walk with ענת.", true},
	} {
		page := set(t, c.lang, c.words+"\n", content.Visit{}, Sheet{Brand: content.Neutral(), Paper: A4, Look: "article"})
		var stop, most Length
		for _, it := range page.Items {
			g, ok := it.(*Glyphs)
			if !ok || g.Tag < 0 || page.Tags[g.Tag].Role != P {
				continue
			}
			x := g.At.X
			for _, glyph := range g.Glyphs {
				if most = max(most, x); glyph.Text == "." {
					stop = x
				}
				x += scale(glyph.Advance, g.Size)
			}
		}
		if stop == 0 || (stop == most) != c.right {
			t.Errorf("%s: the full stop of %q is at %v, the last letter at %v", c.lang, c.words, stop, most)
		}
	}
}
