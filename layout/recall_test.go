package layout

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
)

// What a search found for one patient is only taken for another where a search of their
// own would find it: pages of the same handouts for names of one to four lines, in every
// look, are as a search sets them.
func TestFoundIsSearched(t *testing.T) {
	lib, brand, dressed := content.Open(), content.Neutral(), wardrobe{}
	brand.Name, brand.Phones, brand.SmallPrint = "Harbour Lane Massage", []string{"555 0142"},
		"This page does not replace the advice of your doctor, and is no help in an emergency."
	names := []string{"", "Ana", "Zoë Nuñez-O'Brien", "rest", "Bartholomew Featherstonehaugh-Cholmondeley of Ely",
		"Wolfeschlegelsteinhausenbergerdorff Welchevoralternwaren Gewissenhaftschaferswessen of Philadelphia"}
	choices := []string{"knee-to-chest,figure-4", "knee-to-chest,figure-4,trunk-rotation,cat-cow,hamstring-strap",
		"cat-cow"}
	warm, searching := NewSetter(fonts.Default()), NewSetter(fonts.Default())
	r := rand.New(rand.NewPCG(7, 11))
	const pages = 500
	taken := 0
	for i := range pages {
		h, err := lib.Handout([]string{"sciatica", "after-massage"}[r.IntN(2)])
		if err != nil {
			t.Fatal(err)
		}
		v := content.Visit{Patient: names[r.IntN(len(names))],
			Code: fmt.Sprintf("K7Q2-%04d", r.IntN(9999)), Chosen: true}
		if v.Stretches, err = content.ParseChoices(choices[r.IntN(len(choices))]); err != nil {
			t.Fatal(err)
		}
		if r.IntN(3) == 0 {
			v.Note, v.Next = strings.Repeat("Walk a little, and rest. ", 1+r.IntN(7)), "Tuesday 1 December, 10:30"
		}
		p := dressed.page(t, lib, outfit{handout: h, brand: brand}, v)
		sheet := Sheet{Brand: brand, Paper: Letter, Look: Looks()[r.IntN(len(Looks()))].ID,
			Edition: []string{Standard, Standard, Large}[r.IntN(3)]}
		before := warm.searches
		page, fitting, err := warm.Fit(p, sheet)
		if err == nil && warm.searches == before {
			taken++
		}
		clear(searching.found.recent)
		want, wantFitting, wantErr := searching.Fit(p, sheet)
		switch {
		case fmt.Sprint(err) != fmt.Sprint(wantErr):
			t.Fatalf("page %d: %v; searched: %v", i, err, wantErr)
		case err == nil && page.String() != want.String():
			t.Fatalf("page %d is not what a search finds: %s", i, firstDifference(page.String(), want.String()))
		case !reflect.DeepEqual(fitting, wantFitting):
			t.Fatalf("page %d: %v; searched: %v", i, fitting, wantFitting)
		}
	}
	if taken < pages/4 {
		t.Errorf("only %d of %d pages were set as one before: this proves nothing", taken, pages)
	}
}

// What was found is set only if it fits: one that does not, by whatever oversight, is
// searched anew.
func TestFoundFits(t *testing.T) {
	lib, brand, dressed := content.Open(), content.Neutral(), wardrobe{}
	setter := NewSetter(fonts.Default())
	page := func(name string) *Page {
		h, err := lib.Handout("sciatica")
		if err != nil {
			t.Fatal(err)
		}
		made := dressed.page(t, lib, outfit{handout: h, brand: brand}, content.Visit{Patient: name})
		p, _, err := setter.Fit(made, Sheet{Brand: brand, Paper: Letter})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	want, harmed := page("Ana Ruiz").String(), 0
	for _, bands := range setter.pages.recent {
		bands[1].gap += Inch // as if its words had become taller
	}
	if got := page("Ana Ruiz").String(); got != want {
		t.Errorf("a page that is taller than it was is set so: %s", firstDifference(got, want))
	}
	clear(setter.pages.recent)
	for _, all := range setter.found.recent {
		for _, f := range all {
			f.way = try{step: step{20 * Point, 2}, tips: allTips}
			harmed++
		}
	}
	if got := page("Ana Ruiz"); got.String() != want || got.Check() != nil || harmed == 0 {
		t.Errorf("with %d finds that do not fit: %v\n%s", harmed, got.Check(), firstDifference(got.String(), want))
	}
}

// In every design the search for one name is that for another as long.
func TestRecallInEveryLook(t *testing.T) {
	lib, brand := content.Open(), content.Neutral()
	h, err := lib.Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	d, err := lib.Dress(h, brand, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range everySheet(brand) {
		setter := NewSetter(fonts.Default())
		for _, name := range []string{"Ana Ruiz", "Eva Ruiz", "Una Ruis", "Ava Riuz"} {
			v := content.Visit{Patient: name, Next: "Monday, 10:30", Chosen: true, Stretches: h.Default[:2]}
			if sheet.Edition == Large { // which has room for fewer
				v.Large, v.Stretches = true, h.Default[:1]
			}
			p, err := d.For(lib, v)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := setter.Fit(p, sheet); err != nil {
				t.Fatalf("%s %s: %v", sheet.Look, sheet.Edition, err)
			}
		}
		if setter.searches != 1 {
			t.Errorf("%s %s on %s: %d searches for four names", sheet.Look, sheet.Edition,
				sheet.Paper.Name, setter.searches)
		}
	}
}
