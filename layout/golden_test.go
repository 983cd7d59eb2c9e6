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

// The display lists of ten pages: a shipped handout or testdata/NAME.md is what
// is set, and testdata/NAME.page the page it becomes.
func TestGoldenPages(t *testing.T) {
	brand := content.Neutral()
	brand.Name, brand.Phones, brand.Country = "Harbour Lane Massage", []string{"555 0142"}, "US"
	brand.Web, brand.Booking = "https://harbourlane.example", "https://harbourlane.example/book"
	brand.Address = []string{"12 Harbour Lane", "Springfield"}
	visit := content.Visit{Patient: "Zoë Nuñez-O'Brien", Therapist: "Robin Hale",
		Date: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)}

	// One to do every day, one three times a day, one on some days.
	tools := chosen(t, "cat-cow:per-day=2,knee-to-chest:days=3,hamstring-strap:per-day=3")
	large := visit
	large.Large = true
	two := content.Visit{Note: "Go easy.", Chosen: true,
		Stretches: []content.Choice{{ID: "cat-cow"}, {ID: "knee-to-chest"}}}
	lib := content.Open()
	testdata := os.DirFS("testdata")
	for _, c := range []struct {
		name    string
		shipped string // the handout; empty for testdata/NAME.md
		sheet   Sheet
		visit   content.Visit
	}{
		{"sciatica", "sciatica", Sheet{Brand: brand, Paper: Letter}, visit},
		{"plain", "", Sheet{Brand: content.Neutral(), Paper: A4}, content.Visit{}},
		{"parts", "", Sheet{Brand: brand, Paper: Letter}, two},
		{"tools", "", Sheet{Brand: brand, Paper: A4, Look: "rows"}, content.Visit{Patient: "Zoë Nuñez-O'Brien", Date: visit.Date,
			Chosen: true, Stretches: tools}},
		{"arabic", "", Sheet{Brand: brand, Paper: A4}, content.Visit{Patient: "محمد Smith"}},
		{"rows", "after-massage", Sheet{Brand: brand, Paper: A4, Look: "rows"}, visit},
		{"pictures", "neck-and-desk", Sheet{Brand: brand, Paper: Letter, Look: "pictures"}, visit},
		{"copier", "sciatica", Sheet{Brand: brand, Paper: A4, Edition: BW}, two},
		{"large", "sciatica", Sheet{Brand: brand, Paper: Letter, Edition: Large}, large},
		{"large-pictures", "after-massage", Sheet{Brand: content.Neutral(), Paper: A4, Look: "pictures", Edition: Large},
			large},
	} {
		t.Run(c.name, func(t *testing.T) {
			var h *content.Handout
			var err error
			if c.shipped != "" {
				h, err = lib.Handout(c.shipped)
			} else {
				h, err = content.ReadHandout(testdata, c.name+".md")
			}
			if err != nil {
				t.Fatal(err)
			}
			p := personal(t, lib, h, c.sheet.Brand, c.visit)
			page, fitting := fitted(t, NewSetter(fonts.Default()), p, c.sheet)
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
				t.Errorf("the page is not as in %s (-update rewrites it); the first difference:\n%s", file,
					firstDifference(got, string(want)))
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
