package layout

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
)

// testdata/shipped.txt has every handout that we ship with six stretches, which go with it.

// refusedOf is how many of the 48 pages (twelve handouts, two languages, two papers) are too
// long with none to six stretches. With four and fewer none is to be, in large print with two
// and fewer: what is more than nothing there may only fall.
var refusedOf = map[string][7]int{
	"article standard":  {0, 0, 0, 0, 0, 1, 23},
	"article large":     {0, 0, 0, 29, 48, 48, 48},
	"article bw":        {0, 0, 0, 0, 0, 1, 23},
	"rows standard":     {0, 0, 0, 0, 0, 0, 13},
	"rows large":        {0, 0, 0, 29, 48, 48, 48},
	"rows bw":           {0, 0, 0, 0, 0, 0, 13},
	"pictures standard": {0, 0, 0, 0, 0, 0, 1},
	"pictures large":    {0, 0, 0, 0, 20, 47, 48},
	"pictures bw":       {0, 0, 0, 0, 0, 0, 1},
}

// noWayOut is how many of them, all in large print, are refused with nothing to advise but
// fewer words. It is to be none.
const noWayOut = 0

// Every handout that we ship, in both languages, in every look, edition and size of paper,
// makes a page with none to four stretches at 12 points or more, or is refused with a way out
// that was tried (all but noWayOut). The longest, with a row or a picture a stretch, does so with five,
// and makes a page with six. -short takes one page in seven.
func TestShipped(t *testing.T) {
	brand := clinic(t)
	shipped := shippedPages(t, brand)
	var (
		mu    sync.Mutex
		stuck atomic.Int32
	)
	refused, made := map[string]*[7]int{}, 0
	t.Run("pages", func(t *testing.T) {
		for first := range min(4, len(shipped)) {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				setter := NewSetter(fonts.Default())
				for i := first; i < len(shipped); i += 4 {
					s := shipped[i]
					name, clear := s.dressed.called(s.Sheet)+"."+s.Lang, 4
					longest := s.ID == "sciatica" && s.Look != "article" && s.Edition != Large
					if longest {
						clear = 5
					}
					page, fitting, err := setter.Fit(s.Page, s.Sheet)
					over := new(*OverflowError)
					mu.Lock()
					switch {
					case errors.As(err, over):
						dress := s.Look + " " + s.Edition
						if refused[dress] == nil {
							refused[dress] = new([7]int)
						}
						refused[dress][s.stretches]++
					case err == nil:
						made++
					}
					mu.Unlock()
					switch {
					case *over != nil:
						if longest {
							t.Errorf("%s: %v", name, err)
						}
						if (*over).Advice.Kind == CutText {
							if s.Edition != Large {
								t.Errorf("%s: refused without a way out: %v", name, err)
							}
							stuck.Add(1)
							continue
						}
						other, on := followed(s.Page, s.Sheet, (*over).Advice)
						if _, _, err := setter.Fit(other, on); err != nil {
							t.Errorf("%s: what it advises does not help: %+v: %v", name, (*over).Advice, err)
						}
						continue
					case err != nil:
						t.Errorf("%s: %v", name, err)
						continue
					}
					if s.stretches <= clear && fitting.Body < clearPrint {
						t.Errorf("%s: set in %v", name, fitting.Body)
					}
					for _, x := range fitting.Sections {
						if s.stretches == 0 && s.Edition != Large && x.As > InFewerWords {
							t.Errorf("%s: nothing is to be done, and of %v only the lead-ins are there to be read", name, x.Of)
						}
					}
					for _, f := range faults(page, fitting.Body) {
						t.Errorf("%s: %s", name, f)
					}
				}
			})
		}
	})
	for _, dress := range slices.Sorted(maps.Keys(refused)) {
		for n, now := range refused[dress] {
			if now > refusedOf[dress][n] {
				t.Errorf("%s with %d stretches: %d are too long, before %d", dress, n, now, refusedOf[dress][n])
			} else if now < refusedOf[dress][n] && !testing.Short() {
				t.Logf("%s with %d stretches: only %d are too long, before %d: lower it", dress, n, now, refusedOf[dress][n])
			}
		}
	}
	if n := stuck.Load(); n > noWayOut {
		t.Errorf("%d are refused without a way out, before %d", n, noWayOut)
	}
	if made < len(shipped)/2 {
		t.Errorf("%d pages of %d: this proves nothing", made, len(shipped))
	}
}

// What is said of why a page is an article is true: no section is left out, and steps are whole.
func TestWhyIsTrue(t *testing.T) {
	setter, seen := NewSetter(fonts.Default()), map[Why]int{}
	for _, s := range shippedPages(t, content.Neutral()) {
		if s.Look != "article" || s.stretches > 4 {
			continue
		}
		sheet := s.Sheet
		sheet.Look = ""
		_, f, err := setter.Fit(s.Page, sheet)
		if err != nil {
			continue
		}
		seen[f.Why]++
		if f.Why != HoldsAll {
			continue
		}
		name := s.dressed.called(sheet) + "." + s.Lang
		for _, c := range f.Concessions {
			if c.Kind == StepsShort {
				t.Errorf("%s: an article with its steps cut", name)
			}
		}
		for _, x := range f.Sections {
			if x.As == LeftOut {
				t.Errorf("%s: an article without %v", name, x.Of)
			}
		}
	}
	if seen[NoRoomForAll] == 0 {
		t.Errorf("%v: this proves nothing", seen)
	}
}

// shippedPage is a page to be of the matrix.
type shippedPage struct {
	dressed
	Sheet
}

// shippedPages are those of every handout, in both languages, with none to six stretches.
func shippedPages(t *testing.T, brand *content.Brand) (all []shippedPage) {
	lib := content.Open()
	visit := content.Visit{Patient: "Zoë Nuñez-O'Brien", Date: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Chosen: true}
	named := map[string]bool{}
	i := 0
	for _, l := range lines(t, "testdata/shipped.txt") {
		name, list, _ := strings.Cut(l, " ")
		named[name] = true
		choices := chosen(t, list)
		for _, lang := range []string{"en", "es"} {
			h, err := lib.HandoutIn(name, lang)
			if err != nil {
				t.Fatal(err)
			}
			for n := range len(choices) + 1 {
				visit.Stretches = choices[:n]
				p, err := lib.Personalise(h, brand, visit)
				if err != nil {
					t.Fatal(fmt.Errorf("%s-%d: %w", name, n, err))
				}
				for _, sheet := range everySheet(brand) {
					if sheet != suited(p, sheet) {
						continue
					}
					if i++; i%7 == 0 || !testing.Short() {
						all = append(all, shippedPage{dressed{p, n}, sheet})
					}
				}
			}
		}
	}
	handouts, err := lib.Handouts()
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range handouts {
		if !named[h.ID] {
			t.Errorf("testdata/shipped.txt does not have %s", h.ID)
		}
	}
	return all
}
