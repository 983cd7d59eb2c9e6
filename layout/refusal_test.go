package layout

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"handout/content"
	"handout/fonts"
)

// Whatever a page is too long for, what is advised was tried and makes a page; and what
// costs the reader nothing is advised before what does.
func TestAdviceHelps(t *testing.T) {
	long := func(n int, marks string) string {
		text := "Words.\n"
		for i := range n {
			text += fmt.Sprintf("\n## Number %d%s\n\n%s\n", i, marks,
				strings.Repeat("**Words** and more words for you to read and see. ", 9))
		}
		return text
	}
	setter := NewSetter(fonts.Default())
	for _, c := range []struct {
		name  string
		text  string
		sheet Sheet
		want  AdviceKind
	}{
		{"a pasted article", long(11, ""), Sheet{Paper: A4}, SmallerType},
		{"more than the stretches leave room for", long(9, "") + "\n## Stretches\n\n```stretches\n```\n",
			Sheet{Paper: Letter, Look: "article"}, OtherLook},
		{"a strict one", long(12, " {.optional}"), Sheet{Paper: A4, Strict: true}, NotStrict},
		{"a far too long one", long(30, ""), Sheet{Paper: A4}, MarkSections},
		{"one paragraph", long(0, "") + strings.Repeat("\nWords without an end.\n", 200), Sheet{Paper: A4}, CutText},
		{"large print", long(6, ""), Sheet{Paper: A4, Edition: Large}, LeaveSections},
	} {
		visit := content.Visit{}
		if c.want == OtherLook {
			visit = content.Visit{Chosen: true, Stretches: []content.Choice{{ID: "cat-cow"}, {ID: "figure-4"}}}
		}
		c.sheet.Brand = content.Neutral()
		h := handoutOf(t, "en", c.text, c.sheet.Brand, visit)
		_, _, err := setter.Fit(h, c.sheet)
		var over *OverflowError
		if !errors.As(err, &over) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if over.Advice.Kind != c.want {
			t.Errorf("%s: advises %+v, want %d", c.name, over.Advice, c.want)
		}
		if over.Advice.Kind == CutText {
			continue
		}
		if _, _, err := setter.Fit(followed(h, c.sheet, over.Advice)); err != nil {
			t.Errorf("%s: what it advises does not help: %+v: %v", c.name, over.Advice, err)
		}
	}
}

// Each tag of each page says which part of the page it belongs to, and a name in letters
// of another language that it is one.
func TestTagsSayTheirPart(t *testing.T) {
	setter, met := NewSetter(fonts.Default()), map[PartKind]bool{}
	for seed := range seeds(120) {
		s := newSample(t, seed)
		h, sheet := s.handout(s.IntN(4)), s.sheet()
		page, _, err := setter.Fit(h, suited(h, sheet))
		if err != nil {
			continue
		}
		for i, tag := range page.Tags[1:] {
			if met[tag.Part.Kind] = true; tag.Part.Kind == NoPart {
				t.Errorf("seed %d: tag %d (%v) belongs to no part of the page", seed, i+1, tag.Role)
			}
		}
	}
	for k := InTitle; k <= InContact; k++ {
		if !met[k] && k != InStretches { // which are told apart
			t.Errorf("no page has a %v: this proves little", k)
		}
	}
	for name, want := range map[string]string{"Anna Smith": "", "שרה לוי": "he", "محمد": "ar", "Anna محمد": "",
		"Αθηνά": "el", "김민준": "ko", "555 0142": ""} {
		page, _, err := setter.Fit(handoutOf(t, "en", "Words.", content.Neutral(), content.Visit{Patient: name}),
			Sheet{Brand: content.Neutral(), Paper: A4})
		if err != nil {
			if missing := new(GlyphError); errors.As(err, &missing) {
				continue
			}
			t.Fatal(err)
		}
		got := ""
		for _, tag := range page.Tags {
			got += tag.Lang
		}
		if got != want {
			t.Errorf("a name is spoken in %q, want %q", got, want)
		}
	}
}
