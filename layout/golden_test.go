package layout

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The display lists of a few pages: testdata/NAME.md is what is set, and
// testdata/NAME.page the page it becomes.
func TestGoldenPages(t *testing.T) {
	brand := content.Neutral()
	brand.Name, brand.Phones, brand.Country = "Harbour Lane Massage", []string{"555 0142"}, "US"
	brand.Web, brand.Booking = "https://harbourlane.example", "https://harbourlane.example/book"
	brand.Address = []string{"12 Harbour Lane", "Springfield"}
	visit := content.Visit{Patient: "Zoë Nuñez-O'Brien", Therapist: "Robin Hale", Date: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)}

	// One to do every day, one three times a day, one on some days.
	tools, err := content.ParseChoices("cat-cow:per-day=2,knee-to-chest:days=3,hamstring-strap:per-day=3")
	if err != nil {
		t.Fatal(err)
	}
	lib := content.Open()
	testdata := os.DirFS("testdata")
	for _, c := range []struct {
		name  string
		paper Paper
		brand *content.Brand
		visit content.Visit
	}{
		{"sciatica", Letter, brand, visit},
		{"plain", A4, content.Neutral(), content.Visit{}},
		{"parts", Letter, brand, content.Visit{Note: "Go easy.", Chosen: true, Stretches: []content.Choice{{ID: "cat-cow"}, {ID: "knee-to-chest"}}}},
		{"tools", A4, brand, content.Visit{Patient: "Zoë Nuñez-O'Brien", Date: visit.Date, Chosen: true, Stretches: tools}},
		{"arabic", A4, brand, content.Visit{Patient: "محمد Smith"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var h *content.Handout
			var err error
			if c.name == "sciatica" {
				h, err = lib.Handout(c.name)
			} else {
				h, err = content.ReadHandout(testdata, c.name+".md")
			}
			if err != nil {
				t.Fatal(err)
			}
			p, err := lib.Personalise(h, c.brand, c.visit)
			if err != nil {
				t.Fatal(err)
			}
			page, fitting, err := NewSetter(fonts.Default()).Fit(p, Sheet{Brand: c.brand, Paper: c.paper})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range faults(page, fitting.Body) {
				t.Error(f)
			}
			got := page.String()
			file := filepath.Join("testdata", c.name+".page")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the page is not as in %s (-update rewrites it); the first difference:\n%s", file, firstDifference(got, string(want)))
			}
		})
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[i]
		}
	}
	return "one is longer than the other"
}
