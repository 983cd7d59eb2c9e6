package layout

import (
	"testing"

	"handout/content"
	"handout/fonts"
)

// Of the ways to set a page in a design with rows each leaves at least as much room as the
// one before, which is what the search for the first that fits hangs on; and no picture is
// below its floor.
func TestWaysLeaveMoreRoom(t *testing.T) {
	setter, ways := NewSetter(fonts.Default()), 0
	for seed := range seeds(40) {
		s := newSample(t, seed)
		h, sheet := s.handout(s.IntN(7)), s.sheet()
		sheet.Look, sheet.Edition = []string{"article", "rows"}[s.IntN(2)], []string{Standard, BW}[s.IntN(2)]
		c, err := setter.read(h, sheet)
		if err != nil {
			t.Fatal(err)
		}
		var before Length
		for i, w := range c.tries(sheet) {
			spare := c.compose(w, sheet).spare()
			if i > 0 && spare < before-Point {
				t.Errorf("seed %d %s: way %d leaves %v, and the one before %v", seed, sheet.Look, i, spare, before)
			}
			before = spare
			if w.look.Picture < MM(35) {
				t.Errorf("seed %d: way %d has pictures on %v", seed, i, w.look.Picture)
			}
			ways++
		}
	}
	if ways < 500 {
		t.Errorf("only %d ways: this proves nothing", ways)
	}
}

// In rows the stretches keep their whole steps and their pictures longer than the article
// keeps its sections; what goes is told. What is to be obeyed is in ink, larger than the
// text, and the emergency band comes last of all that is read but the clinic.
func TestRows(t *testing.T) {
	lib, setter := content.Open(), NewSetter(fonts.Default())
	for _, name := range []string{"sciatica", "neck-and-desk", "after-massage"} {
		h, err := lib.Handout(name)
		if err != nil {
			t.Fatal(err)
		}
		for n := 1; n <= min(4, len(h.Default)); n++ {
			for _, paper := range []Paper{Letter, A4} {
				sheet := Sheet{Brand: content.Neutral(), Paper: paper, Look: "rows"}
				p, err := lib.Personalise(h, sheet.Brand,
					content.Visit{Patient: "Ana Ruiz", Chosen: true, Stretches: h.Default[:n]})
				if err != nil {
					t.Fatal(err)
				}
				page, f, err := setter.Fit(p, sheet)
				if err != nil {
					t.Errorf("%s, %d stretches: %v", name, n, err)
					continue
				}
				for _, c := range f.Concessions {
					if c.Kind == StepsShort {
						t.Errorf("%s on %s, %d stretches: steps are cut", name, paper.Name, n)
					}
				}
				pictures, doses, last := 0, 0, Part{}
				for _, it := range page.Items {
					switch it := it.(type) {
					case *Image:
						if it.Tag >= 0 && page.Tags[it.Tag].Part.Kind == InStretch {
							pictures++
						}
					case *Glyphs:
						if it.Tag < 0 {
							continue
						}
						if tag := page.Tags[it.Tag]; tag.Part.Kind == InStretch && tag.Role == P &&
							it.Size >= f.Body*112/100 && it.Size < f.Body*3/2 {
							doses++
						}
						if k := page.Tags[it.Tag].Part; k.Kind != InContact {
							last = k
						}
					}
				}
				if pictures < n || doses < n {
					t.Errorf("%s on %s, %d stretches: %d pictures, %d doses", name, paper.Name, n, pictures, doses)
				}
				if last.Kind != InSigns {
					t.Errorf("%s on %s, %d stretches: the last that is read is %v", name, paper.Name, n, last.Kind)
				}
			}
		}
	}
}
