package layout

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"handout/content"
	"handout/fonts"
)

// slotted is a handout whose words, marks and all, are filled in from a visit.
// toldBy is all that an error tells.
func toldBy(err error) string {
	said := err.Error()
	if over := new(*OverflowError); errors.As(err, over) {
		said += fmt.Sprintf("%+v %+v", (*over).Tallest, (*over).Advice)
	}
	return said
}

func slotted(t *testing.T, stretches string) *content.Handout {
	t.Helper()
	return markdown(t, `---
title: For you
lang: en
---
**{patient}**, please walk a little. Yours, {therapist}

## Daily for {patient}

- **Walk**, {patient}, for ten minutes.

`+stretches+`

> [!CAUTION]
> **Call us**, {patient}, if your foot goes numb.
`)
}

// drawn are the scripts that our faces draw, or some of it.
var drawn = []string{"Latin", "Greek", "Cyrillic", "Hebrew", "Arabic", "Thai", "Devanagari",
	"Common", "Inherited", "Braille"}

// lettersOf are a script's.
func lettersOf(table *unicode.RangeTable) (all []rune) {
	add := func(lo, hi, stride rune) {
		for c := lo; c <= hi; c += stride {
			if unicode.IsLetter(c) {
				all = append(all, c)
			}
		}
	}
	for _, x := range table.R16 {
		add(rune(x.Lo), rune(x.Hi), rune(x.Stride))
	}
	for _, x := range table.R32 {
		add(rune(x.Lo), rune(x.Hi), rune(x.Stride))
	}
	return all
}

// In whatever script a visit is written, and wherever its words are printed, an error
// tells none of its letters, neither as they are nor by number.
func TestMissingIsNotTold(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 8))
	lib, brand := content.Open(), content.Neutral()
	words := []string{"👍🏽", "well done 🫨", "Ana 李", "a\u20e3", "田中 花子 がんばって", "Kim 민수 金"}
	for _, name := range slices.Sorted(maps.Keys(unicode.Scripts)) {
		if own := lettersOf(unicode.Scripts[name]); !slices.Contains(drawn, name) && len(own) > 0 {
			word := make([]rune, 2+r.IntN(3))
			for i := range word {
				word[i] = own[r.IntN(len(own))]
			}
			words = append(words, string(word))
		}
	}
	if len(words) < 100 {
		t.Fatalf("only %d names", len(words))
	}
	parts := []struct {
		where string
		put   func(v *content.Visit, s string)
	}{
		{"the patient's name", func(v *content.Visit, s string) { v.Patient = s }},
		{"the note", func(v *content.Visit, s string) { v.Note = s }},
		{"the next visit", func(v *content.Visit, s string) { v.Next = "Tuesday with " + s }},
		{"the therapist's name", func(v *content.Visit, s string) { v.Therapist = s }},
		{"a note on a stretch", func(v *content.Visit, s string) {
			v.Chosen, v.Stretches = true, []content.Choice{{ID: "cat-cow", Note: s}}
		}},
	}
	h := slotted(t, "```stretches\n```")
	setter := NewSetter(fonts.Default())
	for i, word := range words {
		for k, part := range parts {
			v := content.Visit{Patient: "Ana"}
			part.put(&v, word)
			p, err := lib.Personalise(h, brand, v)
			if err != nil {
				continue // what nobody is called
			}
			look := Looks()[(i+k)%len(Looks())].ID
			_, _, err = setter.Fit(p, suited(p, Sheet{Brand: brand, Paper: Letter, Look: look}))
			var lacking *GlyphError
			if !errors.As(err, &lacking) {
				t.Errorf("%+q in %s: %v", word, part.where, err)
				continue
			}
			said := err.Error() + lacking.Hint()
			for _, c := range word {
				if c > unicode.MaxLatin1 && strings.ContainsRune(said, c) {
					t.Errorf("%+q in %s is told: %s", word, part.where, said)
				}
			}
			if strings.Contains(said, "U+") || strings.Contains(said, "x.md") ||
				!strings.Contains(said, "in "+part.where+" ") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%+q in %s: %s", word, part.where, said)
			}
		}
	}
}

// What an author wrote is named with its place; what is the visit's is not, though both
// stand in one paragraph.
func TestMissingOfBoth(t *testing.T) {
	lib, brand := content.Open(), content.Neutral()
	h := markdown(t, "---\ntitle: T\nlang: en\n---\nDear {patient}, "+
		"this is 方.\n\n## 方\n\nWalk.\n")
	p := personal(t, lib, h, brand, content.Visit{Patient: "李 Ana"})
	_, _, err := NewSetter(fonts.Default()).Fit(p, Sheet{Brand: brand, Paper: Letter})
	const want = "1 Chinese character in the patient's name is in no font here\n" +
		"x.md:5:1: no font here has \"方\" (U+65B9)\nx.md:7:1: no font here has \"方\" (U+65B9)"
	if err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}

// What is told of a page that is too long, or was cut, names no patient, though a slot put
// the name into a heading: neither in a concession, nor in a refusal, nor in a fact.
func TestHeadingsTellNoName(t *testing.T) {
	lib, brand := content.Open(), content.Neutral()
	item := "- **Point.** " + strings.Repeat("Some more words that go on and on. ", 9) + "\n"
	for _, lang := range []string{"en", "ar"} {
		for _, name := range []string{"Xanthippe", "Zo\u0308e Nun\u0303ez", "محمد"} {
			for _, sheet := range everySheet(brand) {
				if sheet.Look != "article" {
					continue
				}
				src := "---\ntitle: T\nlang: " + lang + "\n---\nHello {patient}.\n\n## For {patient} {.brief}\n\n" +
					strings.Repeat(item, 6) +
					"\n## {patient}s more {.optional}\n\n" + strings.Repeat(item, 9) +
					"\n## Of {patient}\n\n" + strings.Repeat(item, 3)
				h := markdown(t, src)
				p := personal(t, lib, h, brand, content.Visit{Patient: name, Large: sheet.Edition == Large})
				said := ""
				setter := NewSetter(fonts.Default())
				_, fitting, err := setter.Fit(p, sheet)
				if err != nil {
					said += toldBy(err)
				} else {
					for _, c := range fitting.Concessions {
						said += c.Of.Name
					}
				}
				sheet.Strict = true
				if _, _, err = setter.Fit(p, sheet); err == nil {
					t.Fatalf("%s: nothing had to be cut", sheet.Look)
				}
				if said += toldBy(err); strings.Contains(said, p.Visit.Patient) || !strings.Contains(said, "\u2026") {
					t.Errorf("%s %s: %s", lang, sheet.Look, said)
				}
			}
		}
	}
}
