package content

import "testing"

func TestOtherSide(t *testing.T) {
	lib := Open()
	for _, c := range []struct{ lang, in, want string }{
		{"en", "Right ankle on left thigh, upright. The right-hand side.", "Left ankle on right thigh, upright. The left-hand side."},
		{"en", "", ""},
		{"es", "El tobillo derecho; la pierna Izquierda.", "El tobillo izquierdo; la pierna Derecha."},
		{"de", "Das rechte Bein, links.", "Das linke Bein, rechts."},
		{"he", "רגל ימין", "רגל שמאל"},
	} {
		w, err := lib.Words(c.lang)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.otherSide(c.in); got != c.want {
			t.Errorf("%s: %q becomes %q, want %q", c.lang, c.in, got, c.want)
		}
		if got := w.otherSide(w.otherSide(c.in)); got != c.in {
			t.Errorf("%s: there and back %q becomes %q", c.lang, c.in, got)
		}
	}
}

// A stretch given for the left side says left wherever it said right; the shared
// one is not touched.
func TestLeftSideWords(t *testing.T) {
	lib := Open()
	h, err := lib.Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	choices, err := ParseChoices("figure-4:side=left")
	if err != nil {
		t.Fatal(err)
	}
	before, err := lib.Stretch("figure-4")
	if err != nil {
		t.Fatal(err)
	}
	alt := before.Alt
	page, err := lib.Personalise(h, nil, Visit{Chosen: true, Stretches: choices})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range page.Blocks {
		if s, ok := b.(*Stretches); ok {
			w, _ := lib.Words("en")
			if got := s.Chosen[0].Stretch.Alt; got == alt || w.otherSide(got) != alt {
				t.Errorf("the left side is told as %q", got)
			}
		}
	}
	if before.Alt != alt {
		t.Error("the shipped stretch has changed")
	}
}
