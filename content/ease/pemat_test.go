package ease

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"handout/content"
)

var update = flag.Bool("update", false, "rewrite the goldens of testdata/sheets")

// personalised is a handout as it stands on a page.
func personalised(t *testing.T, h *content.Handout) *content.Page {
	t.Helper()
	p, err := content.Open().Personalise(h, nil, content.Visit{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sheet is PEMAT and Care as text.
func sheet(h *content.Page) string {
	var b strings.Builder
	for _, i := range PEMAT(h) {
		fmt.Fprintf(&b, "%2d %s: %v: %s", i.Number, i.Asks, i.Verdict, i.Reason)
		for _, p := range i.Places {
			fmt.Fprintf(&b, " @%s", p)
		}
		b.WriteString("\n")
	}
	for _, c := range Care(h) {
		fmt.Fprintf(&b, "%s: %s\n", c.Rule, c.Error)
	}
	return b.String()
}

// TestPEMAT has one golden for a handout that does everything wrong, and one for a short one
// in a language we do not know. What is shipped meets every item a program can judge, but
// for the two named here.
func TestPEMAT(t *testing.T) {
	golden := func(name string, h *content.Page) {
		t.Run(name, func(t *testing.T) {
			got := sheet(h)
			file := filepath.Join("testdata", "sheets", name+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("not as in %s (-update rewrites it):\n%s", file, got)
			}
		})
	}
	for _, h := range shippedHandouts(t) {
		for _, i := range PEMAT(personalised(t, h)) {
			if summary, tool := 11, 23; i.Verdict == NotMet && i.Number != summary && i.Number != tool {
				t.Errorf("%s: %d %s: %s", h.ID, i.Number, i.Asks, i.Reason)
			}
		}
	}
	for _, name := range []string{"bad", "short"} {
		h, err := content.ReadHandout(os.DirFS(filepath.Join("testdata", "sheets")), name+".md")
		if err != nil {
			t.Fatal(err)
		}
		golden(name, personalised(t, h))
	}
}

// TestPEMATItems holds the numbers to AHRQ's: 17 items on understanding, 7 on acting.
func TestPEMATItems(t *testing.T) {
	understand, act, last := 0, 0, 0
	for _, i := range PEMAT(&content.Page{}) {
		if i.Number <= last || i.Number == 13 || i.Number == 14 {
			t.Errorf("item %d comes after %d", i.Number, last)
		}
		last = i.Number
		if i.Action() {
			act++
		} else {
			understand++
		}
	}
	if understand != 17 || act != 7 {
		t.Errorf("%d and %d items, want 17 and 7", understand, act)
	}
}

func paragraph(text string) *content.Page {
	return &content.Page{Lang: "en", Blocks: []content.Block{&content.Paragraph{Position: at(3), Text: plain(text)}}}
}

func verdict(h *content.Page, number int) Verdict {
	items := PEMAT(h)
	return items[slices.IndexFunc(items, func(i Item) bool { return i.Number == number })].Verdict
}

// TestPEMATWords turns items by one sentence.
func TestPEMATWords(t *testing.T) {
	for _, test := range []struct {
		item int
		text string
		want Verdict
	}{
		{5, "The knee is held with both hands.", NotMet},
		{5, "It was not often seen.", NotMet},
		{5, "Hold your knee. Your leg is bent and tired.", Met},
		{5, "You get used to it. It is used to sitting.", Met},
		{5, "It is a good time to rest. The speed is indeed slow.", Met},
		{6, "Rest for a while.", NotApplicable},
		{6, "Rest for 10 minutes.", NotChecked},
		{6, "It helps 30% of people.", NotMet},
		{6, "Walk 2.5 miles.", NotMet},
		{6, "Version 1, on 12 March.", NotChecked},
		{7, "Multiply your weight by two.", NotMet},
		{7, "Drink 30 ml per kg.", NotMet},
		{7, "Walk for half of your lunch break.", NotMet},
		{7, "Walk a little more each day.", Met},
		{11, "Rest. " + strings.Repeat("And then rest a bit more each day. ", 20), NotMet},
		{11, "Rest.", NotApplicable},
		{20, "The back is a strong part of the body.", NotMet},
		{20, "Please walk every day.", Met},
		{20, "Do not lift.", Met},
		{20, "Slowly breathe out.", Met},
		{21, "Patients must rest. Clients may walk.", NotMet},
		{21, "Walk every day.", Met},
		{21, "Your back may hurt.", Met},
		{21, "The back may hurt.", NotMet},
	} {
		if got := verdict(paragraph(test.text), test.item); got != test.want {
			t.Errorf("item %d of %q is %v, want %v", test.item, test.text, got, test.want)
		}
		h := paragraph(test.text)
		h.Lang = "de"
		if got := verdict(h, test.item); got != NotChecked && test.item != 6 && test.item != 11 {
			t.Errorf("item %d of German is %v", test.item, got)
		}
	}
}

// TestPEMATTools has handouts of one block.
func TestPEMATTools(t *testing.T) {
	for _, test := range []struct {
		block       content.Block
		cues, tools Verdict
	}{
		{&content.Heading{Level: 2, Text: plain("Rest")}, NotMet, NotMet},
		{&content.Fields{Labels: []content.Text{plain("Name")}}, NotMet, Met},
		{&content.PainScale{}, NotMet, Met},
		{&content.TrafficLight{Says: [3]content.Text{plain("Go"), plain("Ease"), plain("Stop")}}, Met, Met},
	} {
		h := &content.Page{Lang: "en", Blocks: []content.Block{test.block}}
		if cues, tools := verdict(h, 12), verdict(h, 23); cues != test.cues || tools != test.tools {
			t.Errorf("%T: %v and %v, want %v and %v", test.block, cues, tools, test.cues, test.tools)
		}
	}
}

func TestSummaryIsFound(t *testing.T) {
	for title, want := range map[string]Verdict{"In short": Met, "In short: walk": Met, "Remember": Met, "Rememberings": NotApplicable, "En resumen": Met} {
		h := paragraph("Walk.")
		h.Blocks = append(h.Blocks, &content.Callout{Kind: content.Tip, Title: plain(title)})
		if got := verdict(h, 11); got != want {
			t.Errorf("%q: %v, want %v", title, got, want)
		}
	}
}

func TestCare(t *testing.T) {
	caution := &content.Callout{Kind: content.Caution}
	stretch := func(given string) content.Card {
		list, err := content.ParseChoices("roll" + given)
		if err != nil {
			t.Fatal(err)
		}
		c := list[0]
		return content.Card{Position: at(9), ID: c.ID, Given: c.Changes.Given, Stretch: &content.Exercise{Stop: plain("Stop if it hurts.")}}
	}
	const whole = ":reps=3:side=left"
	endless := stretch(whole)
	endless.Stretch = &content.Exercise{}
	cards := func(c ...content.Card) *content.Page {
		return &content.Page{Blocks: []content.Block{&content.Stretches{Chosen: c}, caution}}
	}
	for name, test := range map[string]struct {
		h    *content.Page
		want string
	}{
		"nothing":             {&content.Page{}, ""},
		"a whole stretch":     {cards(stretch(whole)), ""},
		"held is a dose":      {cards(stretch(":hold=20s:side=each")), ""},
		"no dose":             {cards(stretch(":side=left")), "dose"},
		"no side":             {cards(stretch(":reps=3")), "side"},
		"no stop":             {cards(endless), "stop"},
		"five":                {cards(stretch(whole), stretch(whole), stretch(whole), stretch(whole), stretch(whole)), ""},
		"six":                 {cards(stretch(whole), stretch(whole), stretch(whole), stretch(whole), stretch(whole), stretch(whole)), "stretches"},
		"no red flags":        {&content.Page{Blocks: []content.Block{&content.Stretches{Chosen: []content.Card{stretch(whole)}}}}, "red-flags"},
		"massage alone":       {paragraph("Massage can ease your pain."), "red-flags massage-only"},
		"massage in Spanish":  {&content.Page{Lang: "es", Blocks: []content.Block{&content.Paragraph{Text: plain("El masaje alivia el dolor.")}}}, "red-flags massage-only"},
		"under its heading":   {&content.Page{Blocks: []content.Block{&content.Heading{Text: plain("Massage")}, &content.Paragraph{Text: plain("It helps.")}}}, "massage-only"},
		"massage and walking": {paragraph("Massage can ease your pain. Walk each day."), "red-flags"},
		"no claim":            {paragraph("Drink water after a massage."), ""},
	} {
		var got []string
		for _, c := range Care(test.h) {
			got = append(got, c.Rule)
			if c.Hint == "" || strings.HasSuffix(c.Message, ".") {
				t.Errorf("%s: %q, hint %q", name, c.Message, c.Hint)
			}
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s: got %q, want %q", name, s, test.want)
		}
	}
}
