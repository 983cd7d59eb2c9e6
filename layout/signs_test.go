package layout

import (
	"strings"
	"testing"

	"handout/content"
	"handout/fonts"
)

// alarmed is the boxes with an edge or a ground in the colour of the alarm.
func (p *Page) alarmed(mono bool) (edges []Rect) {
	red := themeOf(content.Neutral(), mono).alarm
	for _, it := range p.Items {
		if s, ok := it.(*Shape); ok && s.Stroke != nil && *s.Stroke == red && s.Width == signsEdge {
			edges = append(edges, bounds(s.Path))
		}
	}
	return edges
}

// saying is where each run is whose tag says so, or has it among its words.
func (p *Page) saying(words string) (at []XY) {
	for tag := range p.Tags {
		if !strings.Contains(p.words(tag), words) {
			continue
		}
		for _, it := range p.Items {
			if g, ok := it.(*Glyphs); ok && g.Tag == tag {
				at = append(at, g.At)
			}
		}
	}
	return at
}

// The emergency band is the last thing on a page of each design, in every edition and
// language, from margin to margin: what is to be done now at the start, what can wait beside
// or below it. Who must ask first stands outside it, above.
func TestEmergencyBand(t *testing.T) {
	const text = "Words.\n\n## A\n\nMore words.\n\n## Stretches\n\n```stretches\n```\n\n> [!WARNING]\n> STOP now.\n\n" +
		"```signs\nnow:\n- NOW one\n- NOW two\ntoday:\n- TODAY one\nsoon:\n- SOON one\n```\n\n" +
		"> [!IMPORTANT]\n> **ASK** first.\n\nBye.\n"
	setter, beside := NewSetter(fonts.Default()), 0
	for _, lang := range []string{"en", "es", "de", "vi", "ar", "he"} {
		for _, look := range []string{"article", "rows", "pictures"} {
			for _, edition := range []string{Standard, Large, BW} {
				for _, stretches := range [][]content.Choice{nil, {{ID: "chin-tuck"}}} {
					if look != "article" && (lang != "en" || stretches == nil) {
						continue
					}
					visit := content.Visit{Chosen: true}
					if lang == "en" {
						visit.Stretches = stretches
					}
					sheet := Sheet{Brand: content.Neutral(), Paper: A4, Look: look, Edition: edition}
					page, f, err := setter.Fit(handoutOf(t, lang, text, sheet.Brand, visit), sheet)
					if err != nil {
						t.Fatal(lang, look, edition, err)
					}
					for _, fault := range faults(page, f.Body) {
						t.Errorf("%s %s %s: %s", lang, look, edition, fault)
					}
					bands := page.alarmed(edition == BW)
					if len(bands) != 1 || bands[0].W < page.Size.W-MM(30) {
						t.Fatalf("%s %s %s: bands %v", lang, look, edition, bands)
					}
					band := bands[0]
					in := func(words string) Length {
						at := page.saying(words)
						if len(at) == 0 {
							t.Fatalf("%s %s %s: no %s", lang, look, edition, words)
						}
						for _, p := range at {
							if p.Y < band.Y || p.Y > band.Y+band.H {
								t.Errorf("%s %s %s: %s stands outside the band", lang, look, edition, words)
							}
						}
						return at[0].X
					}
					now := in("NOW two")
					today := in("TODAY one")
					in("SOON one")
					if now != today {
						if beside++; (now < today) == (lang == "ar" || lang == "he") {
							t.Errorf("%s %s %s: now is not at the start", lang, look, edition)
						}
					}
					for _, words := range []string{"ASK", "STOP", "Bye"} {
						at := page.saying(words)
						for _, p := range at {
							if p.Y > band.Y {
								t.Errorf("%s %s %s: %s stands in the band or below it", lang, look, edition, words)
							}
						}
						if len(at) == 0 && (words != "STOP" || visit.Stretches != nil) {
							t.Errorf("%s %s %s: no %s", lang, look, edition, words)
						}
					}
				}
			}
		}
	}
	if beside < 25 {
		t.Errorf("%d bands have two sides: this proves nothing", beside)
	}
}

// When all stretches of a page are to be stopped for the same, that is printed once, above
// the first of them; else each has its own, behind a sign. It is never in red.
func TestSharedStop(t *testing.T) {
	setter := NewSetter(fonts.Default())
	red := themeOf(content.Neutral(), false).alarm
	for _, look := range []string{"article", "rows", "pictures"} {
		for _, edition := range []string{Standard, Large} {
			for _, stops := range [][]string{{"Halt when dizzy."}, {"Halt when dizzy.", "Halt when dizzy."},
				{"Halt when dizzy.", "Halt when numb."}, {"Halt when dizzy.", "Halt when dizzy.", "Halt when dizzy."}} {
				s := newSample(t, 1)
				h := &content.Page{Title: "X", Lang: "en", Words: s.words, Blocks: []content.Block{
					&content.Heading{Level: 2, Text: content.Text{{Text: "Stretches"}}}, &content.Stretches{},
					&content.Callout{Kind: content.Warning, Blocks: []content.Block{
						&content.Paragraph{Text: content.Text{{Text: "Halt", Bold: true}, {Text: " at any pain."}}}}}}}
				var cards []content.Card
				for i, stop := range stops {
					c := s.stretch(0)
					own := *c.Stretch
					own.Name, own.Stop = []string{"Alpha", "Beta", "Gamma"}[i], content.Text{{Text: stop}}
					c.Stretch = &own
					cards = append(cards, c)
				}
				h.Blocks[1] = &content.Stretches{Chosen: cards}
				sheet := Sheet{Brand: content.Neutral(), Paper: A4, Look: look, Edition: edition}
				page, f, err := setter.Fit(h, sheet)
				if err != nil {
					if edition == Large && len(stops) > 2 {
						continue
					}
					t.Fatal(look, edition, len(stops), err)
				}
				for _, fault := range faults(page, f.Body) {
					t.Errorf("%s %s: %s", look, edition, fault)
				}
				first := page.saying("Alpha")[0].Y
				want := map[string]int{}
				for _, stop := range stops {
					want[stop]++
				}
				for stop, n := range want {
					if shared := n == len(stops) && n > 1; shared {
						n = 1
						if y := page.saying(stop)[0].Y; y > first {
							t.Errorf("%s %s: when to stop them all stands below the first", look, edition)
						}
					}
					if got := strings.Count(page.words(0), stop); got != n {
						t.Errorf("%s %s, %d stretches: %q stands %d times, want %d", look, edition, len(stops), stop, got, n)
					}
				}
				if rule := page.saying("at any pain"); len(rule) == 0 || rule[0].Y > first {
					t.Errorf("%s %s: the stop rule does not stand above the first stretch", look, edition)
				}
				for _, it := range page.Items {
					if g, ok := it.(*Glyphs); ok && g.Color == red {
						t.Errorf("%s %s: words in red", look, edition)
					}
				}
			}
		}
	}
}

// What all stretches are to be stopped for is not printed below a stop rule that says it already; one
// word more, and it is.
func TestRuledStop(t *testing.T) {
	setter := NewSetter(fonts.Default())
	for stop, want := range map[string]int{"Stop if you get dizzy or your arm tingles.": 0,
		"Stop if your arm gets dizzy.": 1, "Stop if your hand tingles.": 1} {
		s := newSample(t, 1)
		var cards []content.Card
		for _, name := range []string{"Alpha", "Beta"} {
			c := s.stretch(0)
			own := *c.Stretch
			own.Name, own.Stop = name, content.Text{{Text: stop}}
			c.Stretch = &own
			cards = append(cards, c)
		}
		h := &content.Page{Title: "X", Lang: "en", Words: s.words, Blocks: []content.Block{
			&content.Heading{Level: 2, Text: content.Text{{Text: "Stretches"}}}, &content.Stretches{Chosen: cards},
			&content.Callout{Kind: content.Warning, Blocks: []content.Block{&content.Paragraph{Text: content.Text{
				{Text: "Stop if", Bold: true}, {Text: " your arm tingles or goes numb. Stop if you get dizzy."}}}}}}}
		sheet := Sheet{Brand: content.Neutral(), Paper: A4, Look: "rows"}
		page, _ := fitted(t, setter, h, sheet)
		if got := strings.Count(page.words(0), stop); got != want {
			t.Errorf("%q stands %d times, want %d", stop, got, want)
		}
		if !strings.Contains(page.words(0), "goes numb") {
			t.Errorf("the stop rule is gone")
		}
		// A rule in fewer words that leave it out leaves it to the line.
		rule := h.Blocks[2].(*content.Callout).Blocks[0].(*content.Paragraph)
		rule.Short = content.Text{{Text: "Stop if you get dizzy."}}
		c, err := setter.read(h, sheet)
		if err != nil {
			t.Fatal(err)
		}
		way := c.ways(sheet)[0]
		way.ceded = []yield{{c.sections[1], FewerWords, InStopRule}}
		d := c.compose(way, sheet)
		d.spread()
		page = d.print(h, sheet)
		if got := strings.Count(page.words(0), stop); got != 1 || strings.Contains(page.words(0), "goes numb") {
			t.Errorf("below %q %q stands %d times", rule.Short.String(), stop, got)
		}
	}
}

// Red flags are the band wherever their author wrote them; a heading that has nothing else
// below it stands in the band.
func TestAlarmsAnywhere(t *testing.T) {
	const band = "> [!CAUTION]\n> **Call** now.\n\n"
	for _, text := range []string{
		"Words.\n\n" + band + "## B\n\nMore.\n\n## C\n\nStill more.\n",
		"Words.\n\n## Help\n\n" + band + "## B\n\nMore.\n",
		"Words.\n\n## Help\n\n- One.\n\n" + band + "## B\n\n- More.\n\n## C\n\n- More.\n\n```stretches\n```\n\nBye.\n",
		"Words.\n\n## A\n\n```stretches\n```\n\n## Help\n\n" + band,
	} {
		for _, look := range []string{"article", "rows"} {
			sheet := Sheet{Brand: content.Neutral(), Paper: A4, Look: look}
			visit := content.Visit{Chosen: true, Stretches: []content.Choice{{ID: "chin-tuck"}}}
			page := set(t, "en", text, visit, sheet)
			bands := page.alarmed(false)
			if len(bands) != 1 || bands[0].W < page.Size.W-MM(30) {
				t.Fatalf("%s: bands %v of\n%s", look, bands, text)
			}
			for _, words := range []string{"now", "Words", "More", "Help", "Bye"} {
				for _, at := range page.saying(words) {
					if in := at.Y > bands[0].Y; in != (words == "now") && words != "Help" {
						t.Errorf("%s: %q at %v, the band at %v, of\n%s", look, words, at, bands[0], text)
					}
				}
				if strings.Contains(text, words) && len(page.saying(words)) == 0 {
					t.Errorf("%s: no %q of\n%s", look, words, text)
				}
			}
		}
	}
}
