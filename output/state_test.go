package output

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
	"handout/layout"
)

// paints is what a painting operator takes from the graphics state (ISO 32000-1, 8.4).
var paints = map[string][]string{
	"f": {"fill"}, "F": {"fill"}, "f*": {"fill"}, "S": {"stroke", "w"}, "s": {"stroke", "w"},
	"B": {"fill", "stroke", "w"}, "B*": {"fill", "stroke", "w"}, "b": {"fill", "stroke", "w"}, "b*": {"fill", "stroke", "w"},
	"Tj": {"fill", "Tf"}, "TJ": {"fill", "Tf"},
}

// sets is what an operator says of the graphics state.
var sets = map[string]string{
	"g": "fill", "rg": "fill", "k": "fill", "sc": "fill", "scn": "fill", "G": "stroke", "RG": "stroke", "K": "stroke", "SC": "stroke", "SCN": "stroke",
	"w": "w", "J": "J", "j": "j", "M": "M", "d": "d", "i": "i", "ri": "ri", "gs": "gs", "Tf": "Tf",
	"Tc": "Tc", "Tw": "Tw", "Tz": "Tz", "TL": "TL", "Tr": "Tr", "Ts": "Ts",
}

// operatorsOf are the operators of a stream, in order.
func operatorsOf(ops []byte) (all []string, err error) {
	p := &parser{data: ops}
	for {
		p.space()
		if p.pos >= len(p.data) {
			return all, nil
		}
		switch c := p.data[p.pos]; {
		case c == '/' || c == '(' || c == '[' || c == '<':
			if _, err := p.object(0); err != nil {
				return nil, err
			}
		case c == '-' || c == '.' || c >= '0' && c <= '9':
			p.word()
		default:
			op := string(p.word())
			if op == "" {
				return nil, fmt.Errorf("no operator at %d", p.pos)
			}
			all = append(all, op)
		}
	}
}

// inherited finds what operators paint with and have not said themselves: a form takes
// it from the page that shows it (ISO 32000-1, 8.10.1), a piece of a page from the
// piece before, which may be of another page. What is set, but too late, counts too.
func inherited(ops []string) error {
	ever := map[string]bool{}
	for _, op := range ops {
		ever[sets[op]] = true
	}
	set := map[string]bool{}
	var saved []map[string]bool
	for i, op := range ops {
		switch op {
		case "q":
			saved = append(saved, maps.Clone(set))
		case "Q":
			set, saved = saved[len(saved)-1], saved[:len(saved)-1]
		}
		set[sets[op]] = true
		needed, shows := paints[op]
		if !shows {
			continue
		}
		for _, s := range needed {
			if !set[s] {
				return fmt.Errorf("operator %d, %s, takes %s from elsewhere", i, op, s)
			}
		}
		for s := range ever {
			if !set[s] && !slices.Contains(own, s) {
				return fmt.Errorf("operator %d, %s, comes before %s, which is set later", i, op, s)
			}
		}
	}
	return nil
}

// own is what pieces of pages set, each anew.
var own = []string{"fill", "stroke", "w", "Tf"}

// inheritance looks at all that is drawn on a page. Its own operators may set no more
// of the state than the pieces set anew.
func (j *judge) inheritance(tb testing.TB) error {
	tb.Helper()
	for i, piece := range j.file.array(j.page.get("Contents")) {
		ops, err := operatorsOf(unpack(tb, j.file, piece))
		if err != nil {
			return err
		}
		if err := inherited(ops); err != nil {
			return fmt.Errorf("piece %d: %v", i, err)
		}
		for _, op := range ops {
			if s := sets[op]; s != "" && !slices.Contains(own, s) {
				return fmt.Errorf("piece %d sets %s, which nothing takes back", i, s)
			}
		}
	}
	for _, e := range j.file.dict(j.file.dict(j.page.get("Resources")).get("XObject")).entries {
		x := j.file.resolve(e.value).(*stream)
		if x.dict.get("Subtype") != name("Form") {
			if x.dict.get("ImageMask") != nil {
				return fmt.Errorf("%s is painted in a colour from elsewhere", e.key)
			}
			continue
		}
		ops, err := operatorsOf(unpack(tb, j.file, x))
		if err == nil {
			err = inherited(ops)
		}
		if err != nil {
			return fmt.Errorf("%s: %v", e.key, err)
		}
	}
	return nil
}

// blackLogo is what Potrace and Illustrator write: black is not said, for it is SVG's default.
const blackLogo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40">` +
	`<path d="M0 0h40v40h-40z"/><path d="M50 0h40v40h-40z" fill-opacity="%s"/></svg>`

// Black is black in every look and edition, alone, among others and locked: whatever
// the page drew with last.
func TestBlackIsBlack(t *testing.T) {
	lib := content.Open()
	h, err := lib.Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	setter := layout.NewSetter(fonts.Default())
	for _, opacity := range []string{"1", "0.5"} {
		brand := content.Neutral()
		brand.Name, brand.Main = "Harbour Lane", picture.Color{R: 0x8a, G: 0x1c, B: 0x7c}
		if brand.Logo, err = picture.Decode("logo.svg", []byte(fmt.Sprintf(blackLogo, opacity))); err != nil {
			t.Fatal(err)
		}
		forPrint, seen := []*layout.Page{}, 0
		look := func(j *judge, at string) {
			t.Helper()
			if j.state != nil {
				t.Errorf("%s: %v", at, j.state)
			}
			for _, e := range j.file.dict(j.file.dict(j.page.get("Resources")).get("XObject")).entries {
				x, ok := j.file.resolve(e.value).(*stream)
				if !ok || x.dict.get("Subtype") != name("Form") {
					continue
				}
				areas := areas(t, j, x, brand.Logo.Drawing)
				if len(areas) != 2 {
					continue // a stretch
				}
				for _, a := range areas {
					if seen++; a.fill != (picture.Color{}) {
						t.Errorf("%s: the logo is %v", at, a.fill)
					}
				}
			}
		}
		for _, info := range layout.Looks() {
			for _, edition := range []string{layout.Standard, layout.Large, layout.BW} {
				p, err := lib.Personalise(h, brand, content.Visit{Patient: "Zoë", Large: edition == layout.Large, Chosen: true,
					Stretches: []content.Choice{{ID: "cat-cow"}}})
				if err != nil {
					t.Fatal(err)
				}
				page, _, err := setter.Fit(p, layout.Sheet{Brand: brand, Paper: layout.Letter, Look: info.ID, Edition: edition})
				if err != nil {
					t.Fatalf("%s %s: %v", info.ID, edition, err)
				}
				forPrint = append(forPrint, page)
				data, err := PDF(page, made)
				if err != nil {
					t.Fatal(err)
				}
				look(newJudge(t, data), info.ID+" "+edition)
			}
		}
		if seen != 2*len(forPrint) {
			t.Fatalf("%d parts of %d logos were seen", seen, len(forPrint))
		}
		for i, j := range judges(t, printed(t, forPrint...)) {
			look(j, fmt.Sprintf("page %d of the print file", i))
		}
		if seen != 4*len(forPrint) {
			t.Fatalf("%d parts of %d logos were seen", seen, len(forPrint))
		}
		locked, err := PDFLocked(forPrint[0], made, Lock{"tulip", seeded(7)})
		if err != nil {
			t.Fatal(err)
		}
		open, err := unlock(t, locked, "tulip")
		if err != nil {
			t.Fatal(err)
		}
		look(newJudge(t, open), "locked")
	}
}

// What is taken from elsewhere is noticed.
func TestInherited(t *testing.T) {
	for ops, want := range map[string]bool{
		"1 g 0 0 m 1 1 l f":                          true,
		"0 0 m 1 1 l f":                              false,
		"q 1 g Q 0 0 1 1 re f":                       false,
		"q 1 g 0 0 1 1 re f Q":                       true,
		"1 g 0 0 1 1 re B":                           false,
		"1 g 1 G 0 0 1 1 re B":                       false,
		"1 g 1 G 2 w 0 0 1 1 re B":                   true,
		"1 g 0 0 1 1 re f /A50 gs 0 0 1 1 re f":      false,
		"1 g /A100 gs 0 0 1 1 re f /A50 gs 0 0 m f":  true,
		"1 G 1 w 0 0 m 1 1 l S 1 J 0 0 m 1 1 l S":    false,
		"1 G 1 w 1 J [] 0 d 0 0 m 1 1 l S":           true,
		"/F0 9 Tf BT (f) Tj ET":                      false,
		"0 g /F0 9 Tf BT 1 2 Td [(\\)f) 3 (S)]TJ ET": true,
	} {
		list, err := operatorsOf([]byte(ops))
		if err != nil {
			t.Fatal(err)
		}
		if err := inherited(list); (err == nil) != want {
			t.Errorf("%q: %v", ops, err)
		}
	}
}
