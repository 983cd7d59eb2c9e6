package content

import "testing"

func TestOtherSide(t *testing.T) {
	lib := Open()
	for _, c := range []struct{ lang, in, want string }{
		{"en", "Right ankle on left thigh, upright. The right-hand side.", "Left ankle on right thigh, upright. The left-hand side."},
		{"en", "", ""},
		{"es", "El tobillo derecho; la pierna Izquierda.", "El tobillo izquierdo; la pierna Derecha."},
		{"de", "Das rechte Bein, links.", "Das linke Bein, rechts."},
		{"he", "רגל ימין", "רגל שמאל"}, {"he", "סובבו ימינה", "סובבו שמאלה"}, {"ar", "استدر إلى اليمين", "استدر إلى اليسار"},
		{"es", "Póngase de pie, bien derecho. El pie derecho a un lado.", "Póngase de pie, bien derecho. El pie izquierdo a un lado."},
		{"en", "Sit right up. Do it right: bring your right up.", "Sit right up. Do it right: bring your left up."},
		{"de", "Das re. Bein", "Das li. Bein"},
		{"en", "R leg over L, {R leg} up. (R) side, Rt. knee, R/L.", "L leg over R, {L leg} up. (L) side, Lt. knee, L/R."},
		{"en", "Drink 2 L of water. L5 and L4/L5. An L-shaped pillow, size L. R.I.C.E. after R. Smith.", "Drink 2 L of water. L5 and L4/L5. An L-shaped pillow, size L. R.I.C.E. after R. Smith."},
		{"en", "Stand right by the wall. It goes right over the knee, sit right at the edge. R-leg back.", "Stand right by the wall. It goes right over the knee, sit right at the edge. L-leg back."},
		{"en", "If it is not right, stop: you have the right to. Size: L, an L brace.", "If it is not right, stop: you have the right to. Size: L, an L brace."},
		{"es", "Tiene derecho a parar. El brazo derecho a la pared.", "Tiene derecho a parar. El brazo izquierdo a la pared."},
		{"de", "Das rechte Maß zur rechten Zeit, das rechte Bein.", "Das rechte Maß zur rechten Zeit, das linke Bein."},
		{"es", "La pierna der., el pie dcho.", "La pierna izq., el pie izdo."},
		{"vi", "Chân trái lên, nghiêng sang bên phải. Quý vị phải ngồi thẳng.", "Chân phải lên, nghiêng sang bên trái. Quý vị phải ngồi thẳng."},
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

// What a stretch counts is on its side too; what a therapist wrote stays.
func TestLeftSideUnit(t *testing.T) {
	lib := Open(mapFS("stretches/lift.md", "---\nname: Lift\ntarget: hip\nplace: floor\ndose: {reps: 5, unit: lifts of the R leg}\nfigures: [dot.svg]\nalt: A leg\n---\n"+
		"1. **Lift** the right leg.\n2. **Hold** it.\n3. **Lower** it.\n\nStop if it hurts.\n", "stretches/dot.svg", dot))
	h, err := lib.Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	for choice, want := range map[string]string{"lift:side=left": "lifts of the L leg", "lift:side=right": "lifts of the R leg", `lift:side=left:unit="R leg lifts"`: "R leg lifts"} {
		choices, err := ParseChoices(choice)
		if err != nil {
			t.Fatal(err)
		}
		chosen, err := lib.Choose(h, Visit{Chosen: true, Stretches: choices})
		if err != nil || chosen[0].Dose.Unit != want {
			t.Errorf("%s: %+v %v", choice, chosen, err)
		}
	}
}

// What is filled into a sentence that reads from right to left is kept apart from
// it, or its numbers would change places.
func TestFilledInFromRight(t *testing.T) {
	lib := Open()
	b := Neutral()
	b.Phones = []string{"555 0142"}
	for lang, want := range map[string]string{"ar": "a \u2068555 0142\u2069 b", "en": "a 555 0142 b"} {
		h := &Handout{Title: "T", Lang: lang, Blocks: []Block{&Paragraph{Text: bracedText("a {phone} b")}}}
		page, err := lib.Personalise(h, b, Visit{})
		if err != nil {
			t.Fatal(err)
		}
		if got := page.Blocks[0].(*Paragraph).Text.String(); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

// bracedText is a plain text as a reader takes it apart.
func bracedText(s string) Text {
	t, _ := Text{{Text: s}}.braced()
	return t
}
