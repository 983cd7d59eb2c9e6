package layout

import (
	"strings"
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
)

// runsOf is the runs in a tag that says some words.
func (p *Page) runsOf(words string) (runs []*Glyphs) {
	for tag := range p.Tags {
		said := strings.NewReplacer("\u00a0", " ", "\u2068", "", "\u2069", "").Replace(p.words(tag))
		if words == "" || !strings.Contains(said, words) {
			continue
		}
		for _, it := range p.Items {
			if g, ok := it.(*Glyphs); ok && g.Tag == tag {
				runs = append(runs, g)
			}
		}
	}
	return runs
}

// onLines is how many lines runs stand on.
func onLines(runs []*Glyphs) int {
	seen := map[Length]bool{}
	for _, g := range runs {
		seen[g.At.Y] = true
	}
	return len(seen)
}

// artifacts is the lines that stand in no tag, and their sizes.
func (p *Page) artifacts() (lines map[Length]string, sizes map[Length]Length) {
	lines, sizes = map[Length]string{}, map[Length]Length{}
	for _, it := range p.Items {
		if g, ok := it.(*Glyphs); ok && g.Tag == Artifact {
			for _, glyph := range g.Glyphs {
				lines[g.At.Y] += glyph.Text
			}
			sizes[g.At.Y] = g.Size
		}
	}
	return lines, sizes
}

// A head with a telephone of 17 points, a title of 26 to 29, and a strip from margin to margin in
// which no date and no time is broken, whoever the page is for; the code to book is 15 mm wide.
func TestHead(t *testing.T) {
	setter := NewSetter(fonts.Default())
	brand := *content.Neutral()
	brand.Name, brand.Phones, brand.Booking = "Hill", []string{"555 0142"}, "https://hill.example/book-an-appointment"
	day := time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ name, who, next string }{
		{"Ana", "Bo", "Tue 1 Dec, 10:30"},
		{"", "", ""},
		{"Wilhelmina Featherstonehaugh-Papadopoulos van der Westhuizen",
			"Alexandra Papadopoulos-Wetherington, LMT, BCTMB, DPT", "Wednesday, December 23, 10:30"},
		{strings.Repeat("Anastasia ", 11), "Bo", "Wednesday, December 23, 10:30"},
	} {
		for _, look := range []string{"article", "rows"} {
			visit := content.Visit{Patient: c.name, Therapist: c.who, Next: c.next, Date: day, Chosen: true,
				Stretches: []content.Choice{{ID: "chin-tuck"}}}
			sheet := Sheet{Brand: &brand, Paper: Letter, Look: look}
			h := handoutOf(t, "en", "Words.\n\n## A\n\n```stretches\n```\n\nBye.\n", &brand, visit)
			h.Title = "Massage and sciatica"
			page, f := fitted(t, setter, h, sheet)
			for _, fault := range faults(page, f.Body) {
				t.Errorf("%s %s: %s", c.name, look, fault)
			}
			if runs := page.runsOf("555 0142"); len(runs) == 0 || runs[0].Size != 17*Point {
				t.Errorf("%s %s: the telephone is %v", c.name, look, runs)
			}
			if title := page.runsOf("Massage and sciatica"); title[0].Size < 26*Point || title[0].Size > 29*Point {
				t.Errorf("%s %s: the title is set in %v", c.name, look, title[0].Size)
			}
			for _, whole := range []string{"September 30, 2026", c.next} {
				if n := onLines(page.runsOf(whole)); whole != "" && n != 1 {
					t.Errorf("%s %s: %s stands on %d lines", c.name, look, whole, n)
				}
			}
			strip := false
			for _, it := range page.Items {
				if s, ok := it.(*Shape); ok && s.Fill != nil && bounds(s.Path).W > page.Size.W-MM(29) &&
					bounds(s.Path).Y > MM(15) && bounds(s.Path).H > MM(8) {
					strip = true
				}
			}
			if !strip {
				t.Errorf("%s %s: no strip from margin to margin", c.name, look)
			}
			if n := onLines(page.runsOf("hill.example/book-an-appointment")); n != 1 {
				t.Errorf("%s %s: the words beside the code stand on %d lines", c.name, look, n)
			}
			code := false
			for i, tag := range page.Tags {
				if tag.Part.Kind == InBooking && tag.Role == Figure {
					for _, it := range page.Items {
						if s, ok := it.(*Shape); ok && s.Tag == i {
							code = bounds(s.Path).W >= MM(15)-Point
						}
					}
				}
			}
			if !code {
				t.Errorf("%s %s: no code of 15 mm", c.name, look)
			}
		}
	}
}

// A long clinic's name is 11 points, bold, on two lines, with the address in the foot; the small
// print and what the page is stand on one line, or on two from margin to margin.
func TestLongClinic(t *testing.T) {
	for _, c := range []struct {
		name, small string
		lines       int // of small print
	}{
		{"Hill", "Ask us.", 1},
		{"The Harbour Lane and Riverside Centre for Therapeutic Massage and Physical Rehabilitation",
			"This sheet supports the advice of your clinician. It does not replace it. " +
				"Ask us for large print, Braille or another language.", 2},
	} {
		brand := *content.Neutral()
		brand.Name, brand.Phones, brand.SmallPrint = c.name, []string{"(555) 555-0142", "(555) 555-0143"}, c.small
		brand.Address = []string{"The Old Customs House", "1200 Harbour Lane West", "Springfield, IL 62704"}
		h := handoutOf(t, "en", "Words.\n", &brand, content.Visit{})
		h.Title = "Massage and sciatica at home"
		page, _ := fitted(t, NewSetter(fonts.Default()), h, Sheet{Brand: &brand, Paper: Letter, Look: "article"})
		lines, sizes := page.artifacts()
		name, small := 0, 0
		for y, words := range lines {
			switch {
			case y < page.Size.H/4:
				name++
				if want := map[bool]Length{true: 11 * Point, false: 15 * Point}[c.lines == 2]; sizes[y] != want {
					t.Errorf("%s: %q is set in %v", c.name, words, sizes[y])
				}
			case y > page.Size.H*3/4:
				if small++; sizes[y] < 9*Point {
					t.Errorf("%s: %q is set in %v", c.name, words, sizes[y])
				}
			}
		}
		if name != c.lines || small != c.lines {
			t.Errorf("%s: the name is on %d lines, the small print on %d: %q", c.name, name, small, lines)
		}
		place := page.runsOf("Customs House")
		if len(place) == 0 || (place[0].At.Y > page.Size.H/2) != (c.lines == 2) {
			t.Errorf("%s: the address is at %v", c.name, place)
		}
	}
}

// A logo stands in a box of 60 by 13 mm, or as high as its brand says; one that says the
// clinic's name is not followed by it, and is read out as the name.
func TestLogoSaysName(t *testing.T) {
	for _, c := range []struct {
		height, want float64
		says         bool
	}{{0, 13, false}, {20, 20, true}, {8, 8, false}} {
		brand := *content.Neutral()
		brand.Name, brand.Logo, brand.LogoHeight, brand.LogoNamed = "Hill Clinic", another(9), c.height, c.says
		brand.Tagline = "Massage"
		if w, h := brand.Logo.Size(); w > 4*h {
			t.Fatal(w, h)
		}
		page := set(t, "en", "Words.\n", content.Visit{}, Sheet{Brand: &brand, Paper: Letter, Look: "rows"})
		lines, _ := page.artifacts()
		named := false
		for _, words := range lines {
			named = named || strings.Contains(words, "Hill Clinic")
		}
		alt := ""
		var logo *Image
		for _, it := range page.Items {
			if i, ok := it.(*Image); ok && (i.Picture == brand.Logo || i.Picture.Bitmap != nil) {
				if logo = i; i.Tag != Artifact {
					alt = page.Tags[i.Tag].Alt
				}
			}
		}
		if logo == nil || logo.Box.H > MM(c.want)+Point || logo.Box.H < MM(c.want)-Point {
			t.Fatalf("a logo of %g mm: %+v", c.want, logo)
		}
		if named == c.says || (alt == "Hill Clinic") != c.says || page.Author != "Hill Clinic" {
			t.Errorf("logo says its name: %v; beside it: %v, read out %q, author %q", c.says, named, alt, page.Author)
		}
	}
}
