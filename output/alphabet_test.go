package output

import (
	"testing"

	"handout/fonts"
	"handout/layout"
)

// Names of letters that come together have one font program; others do not burden
// the page with letters it does not need.
func TestNamesShareFonts(t *testing.T) {
	program := func(name string) *typeface {
		s := newSheet(t)
		s.line(s.tag(layout.P, 0), 12, "For "+name+": 3 times, twice a day.")
		return newJudge(t, write(t, &s.Page, "shared")).fonts["F0"]
	}
	for _, c := range []struct {
		one, other string
		same       bool
	}{
		{"Ana Ruiz", "Bob Fox-Smith", true}, {"José Núñez", "Inès Müller", true}, {"Łukasz", "Dvořák Yılmaz", false}, // á is of another block
		{"Łukasz", "Şirin", true}, {"Ana", "José", false}, {"Ana", "Αθηνά", true}, // Greek is of another face
	} {
		one, other := program(c.one), program(c.other)
		if (one.base == other.base) != c.same {
			t.Errorf("%s and %s have the fonts %s and %s", c.one, c.other, one.base, other.base)
		}
		if n := one.count(); n > 300 {
			t.Errorf("the font of %s has %d glyphs", c.one, n)
		}
	}
}

// Each letter of a block is the glyph of one character alone, and of one block.
func TestAlphabet(t *testing.T) {
	s := newSheet(t)
	s.line(s.tag(layout.P, 0), 12, "a")
	face := s.Items[0].(*layout.Glyphs).Face
	a, _, err := newAlphabet(face)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range "aZ9é’Łß" {
		shape, ok := face.Glyph(c)
		if !ok {
			t.Fatalf("no %c", c)
		}
		g := &fonts.Glyph{Shape: shape, Text: string(c)}
		l := a.letter(g)
		if l == nil || !a.has(pair{shape, string(c)}) {
			t.Fatalf("%c is in no block", c)
		}
		g.Text += "\u0301"
		if a.letter(g) != nil || a.has(pair{shape, g.Text}) {
			t.Errorf("%q is taken for %c", g.Text, c)
		}
		n := 0
		for set := range uint32(len(blocks)) {
			for _, p := range a.pairs(1 << set) {
				if p.text == string(c) {
					n++
				}
			}
		}
		if n != 1 {
			t.Errorf("%c is in %d blocks", c, n)
		}
	}
	if a.letter(&fonts.Glyph{}) != nil || a.letter(&fonts.Glyph{Shape: fonts.Shape{ID: 65535}, Text: "a"}) != nil {
		t.Error("what the face does not have is a letter")
	}
}
