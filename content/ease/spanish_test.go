package ease

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"handout/content"
)

// Spanish for patients: usted, short sentences, INFLESZ 65 or more, each thing called by one
// name (the glossary is in docs/translating.md).
const (
	minINFLESZ    = 65.
	minOfOne      = 40. // of one text: a step that begins with Acuéstese has five syllables in its first word
	maxLeadInWord = 10
)

// notSaid are words that are of one country, of one sex, of tú, or too hard, and what is
// said instead.
var notSaid = map[string]*regexp.Regexp{
	"usted":          regexp.MustCompile(`(?i)(^|[^\pL])(tú|tu|tus|ti|contigo|vos|puedes|debes|tienes|haz)([^\pL]|$)`),
	"dormido":        regexp.MustCompile(`(?i)\bentumecid|\bparestesia`),
	"vaya al médico": regexp.MustCompile(`(?i)\bconsulte\b`),
	"pare":           regexp.MustCompile(`(?i)\bdetén`),
	"piso":           regexp.MustCompile(`(?i)\bsuelo\b`),
	"jale":           regexp.MustCompile(`(?i)\btire\b|\btirar\b`),
	"prótesis":       regexp.MustCompile(`(?i)cadera nueva|rodilla nueva`),
	"recta":          regexp.MustCompile(`(?i)(pierna|rodilla|espalda|línea) derecha\.`),
	"alivia":         regexp.MustCompile(`(?i)\b(cura|elimina|garantiza|seguro que)\w* (el|la|su) (dolor|ciática|nervio)`),
}

func TestShippedSpanish(t *testing.T) {
	lib := content.Open()
	judge := func(t *testing.T, score Score, texts []string) {
		if n := score.INFLESZ(); n < minINFLESZ {
			t.Errorf("INFLESZ %.0f", n)
		}
		for _, long := range score.Long {
			t.Errorf("%s: a sentence of %d words", long.Position, long.Words)
		}
		for _, text := range texts {
			one := Of(&content.Page{Lang: "es", Blocks: []content.Block{&content.Paragraph{Text: content.Text{{Text: text}}}}})
			if n := one.INFLESZ(); one.Words >= 8 && n < minOfOne {
				t.Errorf("INFLESZ %.0f: %s", n, text)
			}
			for say, re := range notSaid {
				if found := re.FindString(text); found != "" {
					t.Errorf("say %s, not %q: %s", say, found, text)
				}
			}
		}
	}
	for _, first := range shippedStretches(t) {
		s, err := lib.StretchIn(first.ID, "es")
		if err != nil {
			t.Error(err)
			continue
		}
		t.Run(s.ID, func(t *testing.T) {
			if s.Lang != "es" {
				t.Fatal("it is not there in Spanish")
			}
			texts := []string{s.Name, s.Target, s.Place, s.Needs, s.Summary, s.Alt}
			for text := range s.Texts() {
				texts = append(texts, text.String())
			}
			judge(t, OfStretch(s), texts)
			for _, c := range WordingOf(s) {
				t.Error(c.Error)
			}
			for _, step := range s.Steps {
				if n := len(strings.Fields(step.LeadIn().String())); n > maxLeadInWord {
					t.Errorf("a lead-in of %d words: %s", n, step.LeadIn())
				}
			}
			if s.Summary == "" || s.Place == "" || s.Name == first.Name {
				t.Errorf("%q has no summary, no place or no name of its own", s.Name)
			}
		})
	}
	for _, first := range shippedHandouts(t) {
		h, err := lib.HandoutIn(first.ID, "es")
		if err != nil {
			t.Error(err)
			continue
		}
		t.Run(h.ID, func(t *testing.T) {
			if h.Lang != "es" {
				t.Fatal("it is not there in Spanish")
			}
			texts := []string{h.Title, h.Subtitle, h.Summary}
			for _, text := range content.Texts(h.Blocks) {
				texts = append(texts, text.String())
			}
			judge(t, Of(written(h)), texts)
			for _, c := range Wording(personalised(t, h)) {
				t.Error(c.Error)
			}
		})
	}
}

// "Tirón" is a jerk, or a strained muscle: no patient is told that a pull is one.
func TestNoJerks(t *testing.T) {
	jerk := regexp.MustCompile(`(?i)\btir(ón|on)(es)?\b`)
	names, err := filepath.Glob("../library/*/*.es.md")
	if err != nil || len(names) < 50 {
		t.Fatal(names, err)
	}
	for _, name := range append(names, "../library/words/es.yaml") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(data), "\n") {
			if word := jerk.FindString(line); word != "" {
				t.Errorf("%s:%d: %q; say \"se estira un poco\"", name, i+1, word)
			}
		}
	}
}
