package fonts

import (
	"strings"
	"testing"
)

// page is about five hundred words as a handout has them: paragraphs, some words bold.
func page() [][]Span {
	const prose = "Massage can ease the ache of sciatica for a while, and that makes it easier to keep moving. " +
		"It does not put a disc back or free a nerve; most people get better within six to twelve weeks. " +
		"Stay as active as the pain lets you, change position often, and stop a stretch when the leg hurts more. "
	var p [][]Span
	for i := range 9 {
		words := strings.Fields(prose)
		p = append(p, []Span{
			{Text: "Step " + string(rune('1'+i)) + ": " + words[i] + ". ", Style: Bold},
			{Text: prose},
		})
	}
	return p
}

func BenchmarkPieces(b *testing.B) {
	text := page()
	shape := func(s *Shaper) {
		for _, p := range text {
			if _, err := s.Pieces(p, "en", false); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("new", func(b *testing.B) { // a new shaper, faces parsed
		b.ReportAllocs()
		for b.Loop() {
			shape(Default().Shaper())
		}
	})
	b.Run("words", func(b *testing.B) {
		s := Default().Shaper() // which knows the words
		shape(s)
		b.ReportAllocs()
		for b.Loop() {
			shape(s)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"Atkinson-Regular", "NotoSans-Latin-Regular", "NotoSans-Arabic-Regular", "NotoSans-Devanagari-Regular"} {
		data, err := files.ReadFile("ttf/" + name + ".ttf")
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSubset(b *testing.B) {
	s := Default().Shaper()
	used := map[Shape]bool{}
	var face *Face
	for _, p := range page() {
		pieces, err := s.Pieces(p[1:], "en", false)
		if err != nil {
			b.Fatal(err)
		}
		for _, x := range pieces {
			for _, r := range x.Runs {
				face = r.Face
				for _, g := range r.Glyphs {
					used[g.Shape] = true
				}
			}
		}
	}
	var shapes []Shape
	for s := range used {
		shapes = append(shapes, s)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := face.Subset(shapes); err != nil {
			b.Fatal(err)
		}
	}
}
