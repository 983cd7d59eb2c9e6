package layout

import (
	"errors"
	"strings"
	"testing"

	"handout/content"
	"handout/fonts"
)

// What no page may be without is on the page of every design, however little room there
// is; where any section may go, the one that it stands in does not. Nor is it advised to
// mark that section, which is refused. What does go is told with its place.
func TestWhatStays(t *testing.T) {
	long := strings.Repeat("Walk a little each day, and rest when you are tired. ", 18)
	words := "STAYHERE if it hurts."
	setter := NewSetter(fonts.Default())
	gone, advised := 0, 0
	for kind, block := range map[string]string{
		"the red flags":     "> [!CAUTION]\n> " + words,
		"the stop rule":     "> [!WARNING]\n> " + words,
		"who asks first":    "> [!IMPORTANT]\n> " + words,
		"when to stop":      "```traffic-light\nA pull\nAn ache\n" + words + "\n```",
		"a footnote's mark": "STAYHERE it is.[^1]\n\n[^1]: Said so.",
	} {
		for _, text := range []string{
			long + "\n\n" + block + "\n\n## A\n\n" + long + "\n\n```stretches\n```\n\n" + long,
			long + "\n\n## A\n\n" + long + "\n\n" + block + "\n\n## B\n\n" + long +
				"\n\n## C\n\n```stretches\n```\n\n" + long,
			long + "\n\n## A\n\n```stretches\n```\n\n" + long + "\n\n## B\n\n" + long + "\n\n" +
				block + "\n\n## C\n\n" + long,
			long + "\n\n## A\n\n```stretches\n```\n\n" + block + "\n\n" + long + "\n\n## B\n\n" + long,
		} {
			for _, look := range Looks() {
				for _, edition := range []string{Standard, Large} {
					sheet := Sheet{Brand: content.Neutral(), Paper: A4, Look: look.ID, Edition: edition}
					visit := content.Visit{Chosen: true, Stretches: []content.Choice{{ID: "chin-tuck"}}}
					h := handoutOf(t, "en", text, sheet.Brand, visit)
					page, f, err := setter.Fit(h, sheet)
					var over *OverflowError
					if errors.As(err, &over) {
						if advised++; over.Advice.Kind == LeaveSections || over.Advice.Kind == MarkSections {
							for _, s := range over.Advice.Of {
								if holding := strings.Split(text, "\n## "+s.Name+"\n"); len(holding) == 2 &&
									strings.Contains(strings.Split(holding[1], "\n## ")[0], "STAYHERE") {
									t.Errorf("%s, %s %s: it is advised to mark the section %s", kind,
										look.ID, edition, s.Name)
								}
							}
						}
						continue
					}
					if err != nil {
						t.Fatal(err)
					}
					for _, c := range f.Concessions {
						if gone++; c.Line == 0 {
							t.Errorf("%s, %s %s: a concession has no place: %+v", kind, look.ID, edition, c)
						}
					}
					said := ""
					for tag := range page.Tags {
						said += page.words(tag)
					}
					if !strings.Contains(said, "STAYHERE") {
						t.Errorf("%s, %s %s: not on the page of\n%s", kind, look.ID, edition, text)
					}
				}
			}
		}
	}
	if gone < 50 || advised < 20 {
		t.Errorf("%d concessions, %d refusals: this proves little", gone, advised)
	}
}

// A page of ours without stretches still says when to get help, in each edition, and
// says nothing of when to stop.
func TestWithoutStretches(t *testing.T) {
	lib := content.Open()
	list, err := lib.Handouts()
	if err != nil {
		t.Fatal(err)
	}
	setter := NewSetter(fonts.Default())
	brand := &content.Brand{Name: "Hill", Country: "US"}
	for _, h := range list {
		p := personal(t, lib, h, brand, content.Visit{Chosen: true})
		for _, edition := range []string{Standard, Large} {
			page, _, err := setter.Fit(p, Sheet{Brand: brand, Paper: Letter, Look: "article", Edition: edition})
			if err != nil {
				t.Errorf("%s %s: %v", h.ID, edition, err)
				continue
			}
			if said := page.read(); !strings.Contains(said, "911") || strings.Contains(said, "Stopif") {
				t.Errorf("%s %s: no word on when to call, or one on when to stop:\n%s", h.ID, edition, said)
			}
		}
	}
}
