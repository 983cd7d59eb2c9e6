package content

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What stretches are found by is there for all that is shipped, and has a name of its
// own in each language.
func TestRegionsOfWhatIsShipped(t *testing.T) {
	every := slices.Concat(names(Regions()), names(Postures()), names(Props()))
	for _, lang := range []string{"en", "es", "de", "vi", "ar", "he"} {
		w, err := Open().Words(lang)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, name := range every {
			said := w.Called(name)
			if said == "" || seen[said] {
				t.Errorf("%s: %s is called %q", lang, name, said)
			}
			seen[said] = true
		}
	}
	english := wordsOfEnglish(t)
	list, err := Open().Stretches()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		if len(s.Regions) == 0 || len(s.Postures) == 0 {
			t.Errorf("%s: regions %v, positions %v", s.ID, s.Regions, s.Postures)
		}
		// What the page says is needed is what it is found by, and the other way round.
		said := strings.ToLower(s.Needs + " " + s.Place)
		for _, p := range Props() {
			word := regexp.MustCompile(`\b` + english.Called(string(p)) + `\b`)
			if slices.Contains(s.Props, p) != word.MatchString(strings.ToLower(s.Needs)) && slices.Contains(s.Props, p) != word.MatchString(said) {
				t.Errorf("%s: prop %s %v, and the page says %q at %q", s.ID, p, slices.Contains(s.Props, p), s.Needs, s.Place)
			}
		}
	}
}

func TestRegions(t *testing.T) {
	of := func(lines string) (*Stretch, error) {
		return ReadStretch(mapFS("s.md", strings.Replace(mineStretch, "target: all\n", "target: all\n"+lines+"\n", 1), "x.fig", "figure 1\n"), "s.md")
	}
	for _, c := range []struct{ lines, want string }{
		{"region: hip", "[hip] [] []"},
		{"region: [hip, low-back]\nposition: Side-Lying\nprops: [chair, wall]", "[hip low-back] [side-lying] [chair wall]"},
		{"region: Low back, neck", "[low-back neck] [] []"},
		{"position: all fours\nneeds: a firm chair", "[] [all-fours] []"},
		{"region:\nprops: []", "[] [] []"},
	} {
		s, err := of(c.lines)
		if err != nil {
			t.Errorf("%q: %v", c.lines, err)
			continue
		}
		if got := strings.Join([]string{show(s.Regions), show(s.Postures), show(s.Props)}, " "); got != c.want {
			t.Errorf("%q: %s, want %s", c.lines, got, c.want)
		}
	}
	for _, c := range []struct{ lines, want, hint string }{
		{"region: hips", `s.md:5:9: there is no region called "hips"`, "did you mean hip? there are neck, jaw, "},
		{"region: [hip, leg]", `s.md:5:15: there is no region called "leg"`, "there are neck, jaw, "},
		{"region: [hip, Hip]", "s.md:5:15: the region hip appears twice", "leave one out"},
		{"position: seated", `s.md:5:11: there is no position called "seated"`, "there are lying, side-lying, "},
		{"props: strap, towel or belt", `s.md:5:8: there is no prop called "towel or belt"`, "there are ball, band, "},
		{"props: {a: b}", "s.md:5:8: there should be plain text here", "put it in"},
	} {
		_, err := of(c.lines)
		if err == nil || err.Error() != c.want || !strings.HasPrefix(err.(Errors)[0].Hint, c.hint) {
			t.Errorf("%q: %v", c.lines, err)
		}
	}
	if _, err := of("props: belts"); err == nil || !strings.HasSuffix(err.(Errors)[0].Hint, "how the page is to say it goes after needs:") {
		t.Error(err)
	}
}

func show[T ~string](list []T) string { return "[" + strings.Join(names(list), " ") + "]" }

// A file of words may do without them, and says nothing wrong.
func TestNamesOfRegions(t *testing.T) {
	english, err := readFile(shipped, "library/words/en.yaml", maxYAML)
	if err != nil {
		t.Fatal(err)
	}
	text, _, ok := strings.Cut(string(english), "\nregions:")
	if !ok {
		t.Fatal("there are no regions in English")
	}
	w, err := Open(mapFS("words/fr.yaml", text+"\nregions: {hip: hanche}\n")).Words("fr")
	if err != nil || w.Called("hip") != "hanche" || w.Called("neck") != "" {
		t.Error(err)
	}
	_, err = Open(mapFS("words/fr.yaml", text+"\nregions: {hips: hanche}\n")).Words("fr")
	if err == nil || !strings.Contains(err.Error(), `there is no key called "hips"`) || err.(Errors)[0].Hint != "did you mean hip" {
		t.Error(err)
	}
}

// Who says what it is done with, and not how the page is to put it, has it put in the
// page's language.
func TestNeedsFromProps(t *testing.T) {
	of := func(lines string) string {
		return strings.Replace(mineStretch, "target: all\n", "target: all\n"+lines+"\n", 1)
	}
	french, err := readFile(shipped, "library/words/en.yaml", maxYAML)
	if err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(string(french), "\nregions:")
	l := Open(mapFS("stretches/a.md", of("props: [chair, wall]"), "stretches/b.md", of("lang: es\nprops: chair"), "stretches/c.md", of("props: chair\nneeds: a firm chair"),
		"stretches/d.md", of("lang: fr\nprops: chair"), "stretches/e.md", of("lang: fr\nneeds: une chaise\nprops: chair"), "stretches/x.fig", "figure 1\n", "words/fr.yaml", text))
	for id, want := range map[string]string{"a": "chair, wall", "b": "silla", "c": "a firm chair", "e": "une chaise"} {
		if s, err := l.Stretch(id); err != nil || s.Needs != want {
			t.Errorf("%s: %+v %v, want %q", id, s, err, want)
		}
	}
	if _, err := l.Stretch("d"); err == nil || err.Error() != "stretches/d.md:1:1: the words for fr do not say what a chair is called" {
		t.Error(err)
	}
}
