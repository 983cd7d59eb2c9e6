package layout

import (
	"bufio"
	"errors"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"handout/content"
	"handout/fonts"
)

// What every author's content is held to. testdata/fixtures has handouts with what
// people paste, leave out and overdo. All are set in every look, edition and size of
// paper: each is one page that keeps the promises of a page, or a refusal that says what
// to do, and refused is what testdata/refused.txt lists. That list may only shrink.
// .ci/run makes the same pages for judges from outside.

// dressed is a handout and how many stretches were chosen for it: 0 for its own.
type dressed struct {
	*content.Page
	stretches int
}

func TestAnyContent(t *testing.T) {
	refused := map[string][]string{} // by pattern
	var patterns []string
	for _, p := range lines(t, "testdata/refused.txt") {
		refused[p] = nil
		patterns = append(patterns, p)
	}
	brand := clinic(t)
	setter, given := NewSetter(fonts.Default()), map[AdviceKind]int{}
	for _, h := range everyContent(t, brand) {
		for _, sheet := range everySheet(brand) {
			if sheet != suited(h.Page, sheet) {
				continue
			}
			name := h.called(sheet)
			listed := ""
			for _, p := range patterns {
				if ok, _ := path.Match(p, name); ok {
					listed = p
				}
			}
			page, fitting, err := setter.Fit(h.Page, sheet)
			over := new(*OverflowError)
			switch {
			case errors.As(err, over):
				if listed == "" {
					t.Errorf("%s: %v", name, err)
				}
				refused[listed] = append(refused[listed], name)
				a := (*over).Advice
				if given[a.Kind]++; a.Kind != CutText {
					other, on := followed(h.Page, sheet, a)
					if _, _, err := setter.Fit(other, on); err != nil {
						t.Errorf("%s: what it advises does not help: %+v: %v", name, a, err)
					}
				}
				continue
			case err != nil:
				t.Errorf("%s: %v", name, err)
				continue
			case listed != "":
				t.Errorf("%s makes a page: take it off testdata/refused.txt (%s)", name, listed)
			}
			told := slices.ContainsFunc(fitting.Concessions, func(c Concession) bool { return c.Kind == BookingOut })
			if _, address, _ := strings.Cut(brand.Booking, "://"); strings.Contains(page.words(0), address) == told {
				t.Errorf("%s: where to book is left out, it says: %v; the page says otherwise", name, told)
			}
			for _, f := range faults(page, fitting.Body) {
				t.Errorf("%s: %s", name, f)
			}
		}
	}
	if given[FewerStretches] == 0 || given[OtherLook] == 0 || given[LeaveSections] == 0 || given[CutText] > 0 {
		t.Errorf("advice by its kind: %v: this proves little", given)
	}
	for p, names := range refused {
		if len(names) == 0 {
			t.Errorf("nothing that is refused is called %q: take it off testdata/refused.txt", p)
		}
	}
}

// followed is a handout and a sheet after the advice.
func followed(h *content.Page, sheet Sheet, a Advice) (*content.Page, Sheet) {
	own := *h
	own.Blocks = slices.Clone(h.Blocks)
	section := 0
	for i, b := range own.Blocks {
		switch b := b.(type) {
		case *content.Stretches:
			if a.Kind == FewerStretches {
				own.Blocks[i] = &content.Stretches{Position: b.Position, Chosen: b.Chosen[:a.N]}
			}
		case *content.Heading:
			if b.Level != 2 || sheet.Edition == Large && b.Mark&content.NotLarge != 0 ||
				sheet.Edition != Large && b.Mark&content.OnlyLarge != 0 {
				continue
			}
			section++
			if !slices.ContainsFunc(a.Of, func(of Named) bool { return of.Part == Part{InSection, section} }) {
				continue
			}
			head := *b
			if head.Mark |= content.NotLarge; a.Kind == MarkSections {
				head.Mark = max(a.Mark, content.Brief)
			}
			own.Blocks[i] = &head
		}
	}
	return &own, a.on(sheet)
}

// everyContent is the fixtures, for a patient.
func everyContent(t *testing.T, brand *content.Brand) (all []dressed) {
	t.Helper()
	lib := content.Open(os.DirFS("testdata/fixtures"))
	visit := content.Visit{Patient: "Zoë Nuñez-O'Brien", Date: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
	files, err := os.ReadDir("testdata/fixtures/handouts")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		h, err := lib.Handout(strings.TrimSuffix(f.Name(), ".md"))
		if err != nil {
			t.Errorf("%s: %v", f.Name(), err)
			continue
		}
		p, err := lib.Personalise(h, brand, visit)
		if err != nil {
			t.Errorf("%s: %v", f.Name(), err)
			continue
		}
		all = append(all, dressed{p, 0})
	}
	return all
}

// everySheet is every look, edition and size of paper.
func everySheet(brand *content.Brand) (sheets []Sheet) {
	for _, look := range Looks() {
		for _, edition := range []string{Standard, Large, BW} {
			for _, paper := range []Paper{Letter, A4} {
				sheets = append(sheets, Sheet{Brand: brand, Paper: paper, Look: look.ID, Edition: edition})
			}
		}
	}
	return sheets
}

// longest is the longest handout we ship, and a clinic to give it.
func longest(t *testing.T, lib *content.Library) (*content.Handout, *content.Brand) {
	t.Helper()
	h := handout(t, lib, "sciatica")
	return h, harbourLane()
}

// harbourLane is a brand with all that a clinic prints.
func harbourLane() *content.Brand {
	brand := content.Neutral()
	brand.Name, brand.Tagline, brand.Country = "Harbour Lane Massage", "Therapeutic and orthopedic bodywork", "US"
	brand.Phones, brand.Address, brand.Booking = []string{"555 0142"}, []string{"12 Harbour Lane", "Springfield"},
		"https://harbourlane.example/book"
	return brand
}

// suited is a sheet in a design that the page may have: one of stretches it may only with some.
func suited(h *content.Page, s Sheet) Sheet {
	if h.Stretches(s.Edition == Large) == 0 {
		s.Look = "article"
	}
	return s
}

// called is how testdata/refused.txt and .ci/run name a page: sciatica-3.rows.large.a4
func (h dressed) called(s Sheet) string {
	name := h.ID
	if h.stretches > 0 {
		name += "-" + strconv.Itoa(h.stretches)
	}
	return strings.Join([]string{name, s.Look, s.Edition, s.Paper.Name}, ".")
}

// lines are those of a file.
func lines(t *testing.T, file string) (all []string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		all = append(all, s.Text())
	}
	return all
}

// clinic is the one of the documentation.
func clinic(t testing.TB) *content.Brand {
	t.Helper()
	brand, err := content.ReadBrand(os.DirFS("../docs/harbour-lane"), "clinic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return brand
}

// handout is one of a library.
func handout(t testing.TB, lib *content.Library, id string) *content.Handout {
	t.Helper()
	h, err := lib.Handout(id)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// personal is a handout for a visit.
func personal(t testing.TB, lib *content.Library, h *content.Handout, by *content.Brand, v content.Visit) *content.Page {
	t.Helper()
	p, err := lib.Personalise(h, by, v)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// fitted is a page that is to fit.
func fitted(t testing.TB, s *Setter, h *content.Page, sheet Sheet) (*Page, *Fitting) {
	t.Helper()
	page, fitting, err := s.Fit(h, sheet)
	if err != nil {
		t.Fatal(err)
	}
	return page, fitting
}

// markdown is a handout in it.
func markdown(t testing.TB, text string) *content.Handout {
	t.Helper()
	h, err := content.ReadHandout(fstest.MapFS{"x.md": {Data: []byte(text)}}, "x.md")
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// chosen is stretches as they are chosen at the command.
func chosen(t testing.TB, list string) []content.Choice {
	t.Helper()
	all, err := content.ParseChoices(list)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
