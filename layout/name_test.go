package layout

import (
	"strings"
	"testing"
	"testing/fstest"

	"handout/content"
	"handout/fonts"
)

// A word of a name is never broken where a smaller size, a wider strip or a break
// between words keeps it whole.
func TestNamesAreWhole(t *testing.T) {
	h := handout(t, content.Open(), "sciatica")
	brand := clinic(t)
	for _, name := range []string{"Wolfeschlegelsteinhausenbergerdorff",
		"Zoë Featherstonehaugh-Cholmondeley", "Hubert Blaine",
		"Hubert Blaine Wolfeschlegelsteinhausenbergerdorff", "สุทธิพงษ์ ทองประเสริฐวัฒนากุล",
		"عبدالرحمن المستعصمبالله"} {
		for _, sheet := range everySheet(brand) {
			p := personal(t, content.Open(), h, sheet.Brand, content.Visit{Patient: name, Chosen: true,
				Stretches: []content.Choice{{ID: "cat-cow"}}, Large: sheet.Edition == Large})
			page, fitting := fitted(t, NewSetter(fonts.Default()), p, sheet)
			at := sheet.Look + " " + sheet.Edition + " " + sheet.Paper.Name
			for _, f := range faults(page, fitting.Body) {
				t.Errorf("%s %s: %s", name, at, f)
			}
			lines := map[Length][2]string{} // the words of the page by baseline, as read from either end
			for _, it := range page.Items {
				if g, ok := it.(*Glyphs); ok && g.Tag != Artifact {
					l := lines[g.At.Y]
					for _, glyph := range g.Glyphs {
						l = [2]string{l[0] + glyph.Text, glyph.Text + l[1]}
					}
					lines[g.At.Y] = l
				}
			}
			for _, word := range strings.Fields(strings.ReplaceAll(name, "-", " ")) {
				whole := false
				for _, line := range lines {
					whole = whole || strings.Contains(line[0], word) || strings.Contains(line[1], word)
				}
				if !whole {
					t.Errorf("%s: %s is broken", at, word)
				}
			}
		}
	}
}

// A title of a hundred letters and more leaves the page to the text: it has five lines
// at most, and is larger than a heading.
func TestLongTitle(t *testing.T) {
	title := "Everything you wanted to know about the small muscles between your shoulder blades, and what to " +
		"do about them before bed"
	for _, look := range Looks() {
		for _, edition := range []string{Standard, Large} {
			page, fitting := onePage(t, "---\ntitle: "+title+
				"\nstretches: [cat-cow]\n---\nShort.\n\n## Do\n\n```stretches\n```\n",
				Sheet{Paper: Letter, Look: look.ID, Edition: edition})
			lines, size := map[Length]bool{}, Length(0)
			for _, it := range page.Items {
				if g, ok := it.(*Glyphs); ok && g.Tag != Artifact && page.Tags[g.Tag].Role == H1 {
					lines[g.At.Y], size = true, g.Size
				}
			}
			if len(lines) > 5 || size < fitting.Body*125/100 {
				t.Errorf("%s %s: %d lines of %v, the text is in %v", look.ID, edition, len(lines), size, fitting.Body)
			}
		}
	}
}

// No word of a title, a subtitle, a heading, a stretch's name or a patient's is broken where a smaller size
// keeps it whole, however large the type that was asked for.
func TestDisplayIsWhole(t *testing.T) {
	const word = "Oberschenkelmuskelzerrung"
	source := fstest.MapFS{"x.md": {Data: []byte("---\ntitle: Eine " + word + "\nsubtitle: Die " + word +
		"\n---\nKurz.\n\n## Was " + word + " ist\n\nKurz.\n\n### Wie " + word +
		" ist\n\nKurz.\n\n## Tun\n\n```stretches\n```\n\n> [!NOTE] " + word + "\n> Kurz.\n")}}
	raw, err := content.ReadHandout(source, "x.md")
	if err != nil {
		t.Fatal(err)
	}
	brand := content.Neutral()
	brand.Name, brand.Phones, brand.Booking = word+" Praxis", []string{"030 123 45-67"},
		"https://harbourlane.example/book"
	pages := 0
	for _, sheet := range everySheet(brand) {
		for pt := 9.0; pt <= 22; pt++ {
			h := personal(t, content.Open(), raw, brand,
				content.Visit{Patient: "Bartholomäus Wolfeschlegelsteinhausenbergerdorff", Chosen: true,
					Stretches: []content.Choice{{ID: "cat-cow"}, {ID: "figure-4"}}, Large: sheet.Edition == Large})
			for _, b := range h.Blocks {
				if b, ok := b.(*content.Stretches); ok {
					renamed := *b.Chosen[0].Stretch
					renamed.Name = "Für die " + word
					b.Chosen[0].Stretch = &renamed
				}
			}
			sheet.MinType = Pt(pt)
			page, fitting, err := NewSetter(fonts.Default()).Fit(h, sheet)
			if err != nil {
				continue
			}
			pages++
			lines := map[[2]Length]string{} // by tag and baseline
			for _, it := range page.Items {
				if g, ok := it.(*Glyphs); ok {
					for _, glyph := range g.Glyphs {
						lines[[2]Length{Length(g.Tag), g.At.Y}] += glyph.Text
					}
				}
			}
			whole, names := 0, 0
			for _, l := range lines {
				whole += strings.Count(l, word)
				names += strings.Count(l, "Wolfeschlegelsteinhausenbergerdorff")
			}
			// Title, subtitle, two headings, the stretch, the box, the clinic and the imprint;
			// in large print the clinic has not the room for a word so long.
			want := 8
			if sheet.Edition == Large {
				want = 7
			}
			if sheet.Edition != Large { // without a subtitle, but for an article with room for one
				want--
			}
			if sheet.Look == "rows" || sheet.Look == "pictures" { // which let sections go
				for _, c := range fitting.Concessions {
					if c.Kind == SectionOut && c.Of.Part == (Part{InSection, 1}) {
						want -= 2
					}
				}
			}
			if whole < want || names != 1 {
				t.Errorf("%s %s %s at %v: %d of %d words are whole, %d of 1 names", sheet.Look, sheet.Edition,
					sheet.Paper.Name, sheet.MinType, whole, want, names)
			}
		}
	}
	if pages < 150 {
		t.Errorf("only %d pages: this proves nothing", pages)
	}
}

// Type of 18 points that was asked for is no large edition: a title that was whole in two lines
// half a point below is so still.
func TestTitleOfLargerType(t *testing.T) {
	setter, th := NewSetter(fonts.Default()), themeOf(content.Neutral(), false)
	title := (&reader{setter: setter, page: &content.Page{}, lang: "en"}).plain(strings.Repeat("a word ", 9), fonts.Bold)
	at := func(body Length) Length {
		return setter.compositor(pageAt(body, 0), th, th.text).titleSize(title, MM(180))
	}
	if below, size := at(LargePrint-Point/2), at(LargePrint); size < below {
		t.Errorf("%v, and %v half a point below", size, below)
	}
}
