package layout

import (
	"fmt"
	"strings"
	"testing"

	"handout/content"
	"handout/fonts"
)

// Each shipped handout stands large on one page, in both languages, in every look, on either
// paper, for whoever has the longest name, with two of its stretches and whole steps. With one
// its pictures have what they are to have.
func TestLarge(t *testing.T) {
	lib, setter := content.Open(), NewSetter(fonts.Default())
	brand := clinic(t)
	plain := content.Neutral()
	next := map[string]string{"en": "Tuesday, December 1, 10:30", "es": "martes 1 de diciembre, 10:30"}
	var made []string
	i := 0
	for _, l := range lines(t, "testdata/shipped.txt") {
		id, others, _ := strings.Cut(l, " ")
		for _, lang := range []string{"en", "es"} {
			h, err := lib.HandoutIn(id, lang)
			if err != nil {
				t.Fatal(err)
			}
			stretches := h.Default
			if len(stretches) < 2 {
				if stretches, err = content.ParseChoices(others); err != nil {
					t.Fatal(err)
				}
			}
			for _, name := range []string{"", "Maria Kowalski", "Guadalupe Montserrat Fernández-Villanueva de los Santos"} {
				for n := range 3 {
					for _, brand := range []*content.Brand{brand, plain} {
						visit := content.Visit{Patient: name, Chosen: true, Stretches: stretches[:n], Next: next[lang]}
						p := personal(t, lib, h, brand, visit)
						for _, sheet := range everySheet(brand) {
							if sheet.Edition != Large || sheet != suited(p, sheet) {
								continue
							}
							if i++; testing.Short() && i%11 != 0 {
								continue
							}
							called := fmt.Sprintf("%s %s %s %s, %d stretches for %q", id, lang, sheet.Look, sheet.Paper.Name,
								n, name)
							made = append(made, called)
							wellLarge(t, setter, p, sheet, called)
						}
					}
				}
			}
		}
	}
	if len(made) < 100 {
		t.Errorf("%d pages prove nothing", len(made))
	}
}

// wellLarge sets a page in large print and looks for what is wrong with it.
func wellLarge(t *testing.T, setter *Setter, p *content.Page, sheet Sheet, called string) {
	t.Helper()
	page, fitting, err := setter.Fit(p, sheet)
	if err != nil {
		t.Errorf("%s: %v", called, err)
		return
	}
	for _, f := range faults(page, 0) {
		t.Errorf("%s: %s", called, f)
	}
	if fitting.Body < LargePrint {
		t.Errorf("%s: set in %v", called, fitting.Body)
	}
	for _, c := range fitting.Concessions {
		if c.Kind == StepsShort {
			t.Errorf("%s: the steps are cut", called)
		}
	}
	for _, it := range page.Items {
		if g, ok := it.(*Glyphs); ok && g.Size < LargePrint*88/100 && g.Size != 14*Point {
			t.Errorf("%s: %q in %v", called, g.Glyphs[0].Text, g.Size)
		}
	}
}

// On each shipped page in large print the telephone and the address are in 18 points, and no small
// print in less than 14, the title a little below the clinic's name; two stretches have pictures as wide as they
// are to have where there are no steps, four in five have them as large beside steps too, and none of these is
// much smaller; some have boxes to tick; the day stands there with two stretches too; signs say all there is to say where there is a
// code to book; and the words over the emergency are in the alarm's colour, those over what can wait
// in ink.
func TestLargeIsLarge(t *testing.T) {
	brand := clinic(t)
	setter, coded, dated, wide, red := NewSetter(fonts.Default()), 0, 0, 0, 0
	beside, full, ticked := 0, 0, 0
	for _, s := range shippedPages(t, brand) {
		if s.Edition != Large || s.stretches > 2 {
			continue
		}
		name := s.dressed.called(s.Sheet) + "." + s.Lang
		c, err := setter.read(s.Page, s.Sheet)
		if err != nil {
			t.Fatal(err)
		}
		d, way := c.search(s.Sheet)
		if d.spare() < 0 {
			t.Errorf("%s does not fit", name)
			continue
		}
		d.spread()
		page := d.print(s.Page, s.Sheet)
		for _, y := range way.ceded {
			if y.of == InSigns && !way.uncoded && !way.spoken {
				t.Errorf("%s: a code to book, and signs in fewer words", name)
			}
		}
		if !way.uncoded {
			coded++
		}
		said, clinic, title := "", Length(0), Length(0) // where its first line stands, less its height
		for _, it := range page.Items {
			g, ok := it.(*Glyphs)
			if !ok {
				continue
			}
			if clinic == 0 && textOf(g.Glyphs) == brand.Name {
				clinic = g.At.Y
			}
			least := 14 * Point
			if g.Tag != Artifact {
				if title == 0 && page.Tags[g.Tag].Part.Kind == InTitle {
					title = g.At.Y - g.Size
				}
				said += textOf(g.Glyphs)
				switch part := page.Tags[g.Tag].Part.Kind; {
				case part == InContact || part == InBooking:
					least = LargePrint
				case part == InSigns && g.Color == c.theme.alarm:
					red++
					if text := textOf(g.Glyphs); strings.Contains(text, "doctor") || strings.Contains(text, "médico") {
						t.Errorf("%s: %q is in red", name, text)
					}
				}
			}
			if g.Size < least {
				t.Errorf("%s: %q in %v", name, textOf(g.Glyphs), g.Size)
			}
		}
		if title < clinic+5*Point {
			t.Errorf("%s: the title stands %v below the clinic's name", name, title-clinic)
		}
		if s.stretches > 0 && strings.Contains(said, "2026") {
			dated++
		}
		for _, box := range page.grounds(c.theme) {
			switch {
			case s.Look == "pictures" && box.W >= largePicture.W && box.H >= MM(25):
				wide++
			case s.Look != "pictures" && s.stretches == 2:
				if beside++; box.W >= largePicture.W && box.H >= largePicture.H {
					full++
				}
				if box.W < MM(45) || box.H < MM(32) {
					t.Errorf("%s: a picture of %v", name, box)
				}
			}
		}
		if way.ticked {
			ticked++
		}
	}
	if testing.Short() {
		return
	}
	if coded < 10 || dated < 200 || wide < 144 || red < 336 {
		t.Errorf("%d pages have a code, %d a date, %d pictures are wide, %d words are red", coded, dated, wide, red)
	}
	// On the other pages the signs, and who must ask first, take the room.
	if full < beside*4/5 || ticked < 40 {
		t.Errorf("%d of %d pictures are as large as they are to be, %d pages have boxes to tick", full, beside, ticked)
	}
}

// Where the number to call is not known the words over the signs are long, and in the alarm's colour all the same
// unless that were more than a twentieth of a page. Half of the pictures without steps have 2.5 square
// centimetres or more, however many there are.
func TestLargeWithoutNumber(t *testing.T) {
	brand := content.Neutral()
	setter, red, black := NewSetter(fonts.Default()), 0, 0
	for _, s := range shippedPages(t, brand) {
		if s.Edition != Large || s.stretches == 0 || s.stretches > 4 {
			continue
		}
		page, _, err := setter.Fit(s.Page, s.Sheet)
		if err != nil {
			continue
		}
		name, all, inRed := s.dressed.called(s.Sheet)+"."+s.Lang, 0, 0
		for _, it := range page.Items {
			if g, ok := it.(*Glyphs); ok {
				n := letterCount(textOf(g.Glyphs))
				if all += n; g.Color == setter.theme(brand, false).alarm {
					inRed += n
				}
			}
		}
		switch {
		case inRed*20 > all:
			t.Errorf("%s: %d of %d letters are in red", name, inRed, all)
		case inRed > 0:
			red++
		default:
			black++
		}
		if s.Look == "pictures" && medianOf(page) < 2.5 {
			t.Errorf("%s: pictures of %.1f square centimetres", name, medianOf(page))
		}
	}
	if red < 4*black {
		t.Errorf("%d pages have red words, %d have black ones", red, black)
	}
}

// No two drawings side by side have so much between them that it looks like a hole: 8 hundredths of a sheet,
// and some of it is in the boxes of the drawings.
func TestDrawingsStandNear(t *testing.T) {
	setter, seen := NewSetter(fonts.Default()), 0
	for _, s := range shippedPages(t, harbourLane()) {
		if s.Look != "pictures" || s.stretches != 2 {
			continue
		}
		page, _ := fitted(t, setter, s.Page, s.Sheet)
		boxes := map[int]Rect{}
		for _, it := range page.Items {
			if m, ok := it.(*Image); ok && page.Tags[m.Tag].Part.Kind == InStretch {
				if b, ok := boxes[m.Tag]; ok {
					m.Box = b.with(m.Box)
				}
				boxes[m.Tag] = m.Box
			}
		}
		var hole Length
		for _, a := range boxes {
			for _, b := range boxes {
				hole = max(hole, b.X-a.Right())
			}
			if seen++; float64(hole)*float64(a.H) > .065*float64(page.Size.W-Inch)*float64(page.Size.H-Inch) {
				t.Errorf("%s.%s: %v between two drawings %v high", s.dressed.called(s.Sheet), s.Lang, hole, a.H)
			}
		}
	}
	if seen < 20 {
		t.Errorf("%d drawings prove nothing", seen)
	}
}

// grounds is where the grounds of pictures are.
func (p *Page) grounds(th *theme) (all []Rect) {
	for _, it := range p.Items {
		if s, ok := it.(*Shape); ok && th.soft != nil && s.Fill != nil && *s.Fill == *th.soft {
			all = append(all, bounds(s.Path))
		}
	}
	return all
}

// In large print pictures give way after all shorter wordings, those of the steps among them, and after the air;
// only the lead-ins of the steps come later.
func TestLargePicturesGiveWayLate(t *testing.T) {
	setter := NewSetter(fonts.Default())
	for seed := range seeds(40) {
		s := newSample(t, seed)
		h, sheet := s.handout(1+s.IntN(4)), s.sheet()
		sheet.Look, sheet.Edition, sheet.Strict = []string{"article", "rows", "pictures"}[s.IntN(3)], Large, false
		c, err := setter.read(h, sheet)
		if err != nil {
			t.Fatal(err)
		}
		g := c.gives()
		words := len(g.all()) - len(g[stepsShort])
		for i, w := range c.ways(sheet) {
			if c.rung(w).Picture > largePicture.W || w.picture > 100 {
				t.Errorf("seed %d: way %d has pictures of %v", seed, i, c.rung(w).Picture)
			}
			if w.picture < 100 && (len(w.ceded) < words || w.tight < 2 || !w.uncoded || !w.undated || w.tips > 0) {
				t.Errorf("seed %d: way %d has small pictures and %d of %d concessions", seed, i, len(w.ceded), words)
			}
			if last := len(w.ceded) - 1; last >= words && w.picture > leastLargeShare {
				t.Errorf("seed %d: way %d has its steps cut to lead-ins beside large pictures", seed, i)
			}
		}
	}
}

// What belongs to one edition stands in no other.
func TestEditionsHaveTheirOwnWords(t *testing.T) {
	lib := content.Open()
	h := markdown(t, "---\ntitle: T\n---\nBoth.\n\nLong.\n{.standard}\n\nShort.\n{.large}\n\n## Much "+
		"{.standard}\n\nMore.\n\n## Little {.large}\n\nLess.\n")
	for edition, want := range map[string]string{Standard: "Both. Long. Prepared for Much More.",
		BW:    "Both. Long. Prepared for Much More.",
		Large: "Both. Short. Little Less."} {
		p := personal(t, lib, h, content.Neutral(), content.Visit{})
		page, _ := fitted(t, NewSetter(fonts.Default()), p, Sheet{Brand: content.Neutral(), Paper: A4, Edition: edition})
		var words []string
		for _, it := range page.Items {
			if g, ok := it.(*Glyphs); ok && g.Tag != Artifact && (page.Tags[g.Tag].Role == P ||
				page.Tags[g.Tag].Role == H2) {
				s := ""
				for _, x := range g.Glyphs {
					s += x.Text
				}
				words = append(words, strings.TrimSpace(s))
			}
		}
		if s := strings.Join(words, " "); !strings.Contains(s, want) {
			t.Errorf("edition %q: %s, want %s", edition, s, want)
		}
	}
}
