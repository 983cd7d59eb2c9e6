package content

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"time"
)

const (
	englishStretch = "---\nname: Rolling\nregion: [neck]\nposition: sitting\nprops: chair\ntarget: neck\ndose: {reps: 10, unit: slow roll|slow rolls, side: both, per-day: 2}\nfigures: [x.fig]\nalt: It\n" +
		"video: https://clinic.example/roll\nsources: [https://www.nhs.uk/]\n---\n## Steps {.brief}\n1. **A.** For 5 seconds.\n2. **B**\n3. **C**\n\n## Easier {.optional}\nLess.\n\n> [!CAUTION]\n> Stop.\n"
	spanishStretch = "---\nname: Giros\ntarget: cuello\ndose: {unit: giro lento|giros lentos}\nalt: Eso\n---\n1. **A.** Por 5 segundos.\n2. **B**\n3. **C**\n\n## Easier\nMenos.\n\n> [!CAUTION]\n> Pare.\n"
	englishText    = "---\ntitle: Text\nversion: \"2\"\nstretches: [roll]\nnot-with: [figure-4]\nsources: [https://www.nhs.uk/]\nsigned-off: {name: Ana Ruiz, credential: PT, date: 2026-11}\n---\nIn 4 to 6 weeks.\n\nSoon. {.short}\n\n## One {.brief give=2}\n\n- **A.** Ask {clinic}.\n\n## Two\n\n```stretches\n```\n\n```signs\nnow:\n- pain\n```\n"
	spanishText    = "---\ntitle: Texto\n---\nEn 4 a 6 semanas.\n\nPronto. {.short}\n\n## Uno {.brief give=2}\n\n- **A.** Pregunte a {clinic}.\n\n## Dos\n\n```stretches\n```\n\n```signs\nnow:\n- dolor\n```\n"
)

// A translation has words alone: all that is no matter of words is that of the text it is of.
func TestTranslation(t *testing.T) {
	own := mapFS("handouts/text.md", strings.Replace(englishText, "title", "look: rows\ntitle", 1), "handouts/text.es.md", spanishText,
		"stretches/roll.md", englishStretch, "stretches/roll.es.md", spanishStretch, "stretches/x.fig", "figure 1\n")
	l := Open(own)
	s, err := l.StretchIn("roll", "es-MX")
	if err != nil {
		t.Fatal(err)
	}
	first, err := l.Stretch("roll")
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "Giros" || s.ID != "roll" || s.Lang != "es" || s.Dose.Reps != 10 || s.Dose.Side != BothSides || s.Dose.PerDay != 2 || s.Dose.Unit != "giro lento|giros lentos" ||
		s.Video != first.Video || len(s.Frames) != 1 || len(s.Sources) != 1 || fmt.Sprint(s.Regions, s.Postures, s.Props) != "[neck] [sitting] [chair]" ||
		s.Needs != "silla" || s.StepsMark != Brief || s.Remarks[Easier].Mark != Optional || s.dosed != first.dosed || len(s.Warnings) > 0 {
		t.Errorf("%+v", s)
	}
	h, err := l.HandoutIn("Text", "es")
	if err != nil {
		t.Fatal(err)
	}
	if h.Title != "Texto" || h.ID != "text" || h.Version != "2" || h.Look != "rows" || h.Signed != (SignOff{}) || len(h.Default) != 1 || len(h.NotWith) != 1 || len(h.Sources) != 1 || len(h.Warnings) > 0 {
		t.Errorf("%+v", h)
	}
	p, err := l.Personalise(h, nil, Visit{})
	if err != nil || len(p.Warnings) > 0 {
		t.Fatal(err, p.Warnings)
	}
	if c := cardOf(t, p); c.Stretch.Name != "Giros" || c.Stretch.Words != nil || p.Words.Dose(c.Dose) != "10 giros lentos, dos veces al día" {
		t.Errorf("%+v %q", c, p.Words.Dose(c.Dose))
	}
	for _, name := range []string{"handouts/text.es.md", "stretches/roll.es.md"} {
		if _, warnings, err := l.Check(own, name); err != nil || len(warnings) > 0 {
			t.Errorf("%s: %v %v", name, warnings, err)
		}
	}
}

// What is not there in a language is taken in its own, and that is said.
func TestUntranslated(t *testing.T) {
	l := Open(mapFS("handouts/text.md", englishText, "handouts/text.es.md", spanishText,
		"stretches/roll.md", englishStretch, "stretches/x.fig", "figure 1\n"))
	h, err := l.HandoutIn("text", "de")
	if err != nil || h.Lang != "en" {
		t.Fatal(h, err)
	}
	if h, err = l.HandoutIn("text", "es"); err != nil || h.Lang != "es" {
		t.Fatal(h, err)
	}
	p, err := l.Personalise(h, nil, Visit{})
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Warnings.Error(); got != "some stretches have no text in the language es, and are printed in another: roll" {
		t.Error(got)
	}
	c := cardOf(t, p)
	if c.Stretch.Lang != "en" || c.Stretch.Words == nil || c.Stretch.Words.Remarks[Easier] != "Easier" || p.Words.Dose(c.Dose) != "10 veces, dos veces al día" {
		t.Errorf("%+v: %q", c, p.Words.Dose(c.Dose))
	}
	_, warnings, err := l.Check(mapFS("handouts/text.es.md", spanishText, "handouts/text.md", englishText), "handouts/text.es.md")
	if err != nil || !strings.Contains(warnings.Error(), "the stretch roll has no text in the language es, and is printed in en") {
		t.Error(warnings, err)
	}
}

// A text put over another is not said in the other's words.
func TestTranslationOfAnother(t *testing.T) {
	below := mapFS("handouts/text.md", englishText, "handouts/text.es.md", spanishText)
	for _, c := range []struct {
		above fs.FS
		want  string
	}{
		{mapFS("handouts/text.md", "---\ntitle: Ours\n---\nText.\n"), "Ours"},
		{mapFS("handouts/text.es.md", strings.Replace(spanishText, "Texto", "Nuestro", 1)), "Nuestro"},
		{mapFS(), "Texto"},
	} {
		h, err := Open(c.above, below).HandoutIn("text", "es")
		if err != nil || h.Title != c.want || c.want == "Nuestro" && h.Version != "2" {
			t.Errorf("%+v %v, want %s", h, err, c.want)
		}
	}
	// A file at the top of a folder has its translation beside it.
	top := Open(mapFS("a.md", strings.Replace(englishText, "title", "kind: handout\ntitle", 1), "a.es.md", spanishText))
	if h, err := top.HandoutIn("a", "es"); err != nil || h.Title != "Texto" || h.Version != "2" {
		t.Errorf("%+v %v", h, err)
	}
	if h, err := top.HandoutAt(0, "a.md", "es"); err != nil || h.Title != "Texto" {
		t.Errorf("%+v %v", h, err)
	}
}

// A translation that is no longer one says where.
func TestTranslationDiffers(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"En 4 a 6", "En 4 a 8", "text.es.md:4:1: this is a paragraph with 4 and 8, but line 9 of the other file has a paragraph with 4 and 6"},
		{"\n\nPronto. {.short}", "", "text.es.md:6:1: this is a heading of level 2 {.brief give=2}, but line 9 of the other file has a shorter wording"},
		{"give=2", "give=1", "text.es.md:8:1: this is a heading of level 2 {.brief give=1}, but line 13 of the other file has a heading of level 2 {.brief give=2}"},
		{"{clinic}", "la clínica", "text.es.md:10:3: this is a paragraph with a lead-in, but line 15 of the other file has a paragraph with a lead-in and clinic"},
		{"- dolor", "- dolor\n- fiebre", "text.es.md:17:4: this is signs, now: 2, today: 0, soon: 0, but line 22 of the other file has signs, now: 1, today: 0, soon: 0"},
		{"- **A.**", "- **A.** B\n- **C.**", "text.es.md:10:1: this is a list of 2, but line 15 of the other file has a list of 1"},
	} {
		l := Open(mapFS("handouts/text.md", englishText, "handouts/text.es.md", strings.Replace(spanishText, c.old, c.new, 1)))
		h, err := l.HandoutIn("text", "es")
		if err != nil || h.Warnings.Error() != "handouts/"+c.want {
			t.Errorf("%s: %v\n%v\nwant\n%s", c.new, err, h.Warnings, c.want)
		}
	}
	for _, c := range []struct{ old, new, want string }{
		{"{unit", "{reps: 8, unit", "this is the dose reps: 8, sets: 1, side: both, per-day: 2, days: 7, but line 1 of the other file has the dose reps: 10, "},
		{"Por 5", "Por 6", "this is a step with a lead-in and 6, but line 1 of the other file has a step with a lead-in and 5"},
		{"## Easier\nMenos.\n\n", "", "this is when to stop, but line 1 of the other file has ## easier"},
	} {
		l := Open(mapFS("stretches/roll.md", englishStretch, "stretches/roll.es.md", strings.Replace(spanishStretch, c.old, c.new, 1), "stretches/x.fig", "figure 1\n"))
		s, err := l.StretchIn("roll", "es")
		if err != nil || !strings.Contains(s.Warnings.Error(), c.want) {
			t.Errorf("%s: %v\n%v\nwant\n%s", c.new, err, s.Warnings, c.want)
		}
	}
	for _, c := range []struct{ text, of, want string }{
		{strings.Replace(spanishStretch, "dose", "#dose", 1), englishStretch, "the dose of the other file is counted in slow rolls"},
		{spanishStretch, "broken", "stretches/roll.md:1:1: the stretch has no name"},
	} {
		l := Open(mapFS("stretches/roll.md", c.of, "stretches/roll.es.md", c.text, "stretches/x.fig", "figure 1\n"))
		if _, err := l.StretchIn("roll.es", ""); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
	noted := strings.Replace(englishText, "[roll]", "['cat-cow:note=slowly']", 1)
	if _, err := Open(mapFS("handouts/text.md", noted, "handouts/text.es.md", spanishText)).HandoutIn("text", "es"); err == nil || !strings.Contains(err.Error(), "the stretch cat-cow is given there with words") {
		t.Error(err)
	}
}

// Whoever mends the first text has its translation read anew.
func TestTranslationReopened(t *testing.T) {
	own := mapFS("handouts/text.md", englishText, "handouts/text.es.md", spanishText)
	l := Open(own)
	version := func() string {
		h, err := l.HandoutIn("text", "es")
		if err != nil {
			t.Fatal(err)
		}
		return h.Version
	}
	if v := version(); v != "2" {
		t.Error(v)
	}
	own["handouts/text.md"].Data = []byte(strings.Replace(englishText, `"2"`, `"3"`, 1))
	own["handouts/text.md"].ModTime = time.Unix(1, 0)
	if l = l.Reopen(); version() != "3" {
		t.Error(version())
	}
}

// Every shipped translation says what its English text says.
func TestShippedTranslations(t *testing.T) {
	l := Open()
	names, err := fs.Glob(shipped, "library/*/*.es.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		id := strings.TrimSuffix(path.Base(name), ".es.md")
		var warnings Errors
		if path.Base(path.Dir(name)) == "handouts" {
			h, err := l.HandoutIn(id, "es")
			if err != nil {
				t.Error(err)
				continue
			}
			warnings = append(h.Warnings, l.foreign(h)...)
		} else if s, err := l.StretchIn(id, "es"); err != nil {
			t.Error(err)
		} else {
			warnings = s.Warnings
		}
		for _, w := range warnings {
			t.Error(w)
		}
	}
}

// The example in docs/translating.md is a translation of the one in docs/authoring.md.
func TestTranslatingExample(t *testing.T) {
	example := func(page string) string {
		text, err := os.ReadFile("../docs/" + page)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, ok := strings.Cut(string(text), "\n\n    ---\n")
		if !ok {
			t.Fatal(page, "has no example")
		}
		var b strings.Builder
		b.WriteString("---\n")
		for line := range strings.Lines(rest) {
			inner, in := strings.CutPrefix(line, "    ")
			if !in && strings.TrimSpace(line) != "" {
				break
			}
			b.WriteString(inner)
		}
		return b.String()
	}
	own := mapFS("handouts/sore-back.md", example("authoring.md"), "handouts/sore-back.es.md", example("translating.md"))
	h, err := Open(own).HandoutIn("sore-back", "es")
	if err != nil || h.Title != "Su espalda baja" || len(h.Warnings) > 0 || h.Version != "1" || len(h.Default) != 2 {
		t.Errorf("%q %q %v %v %v", h.Title, h.Version, h.Default, err, h.Warnings)
	}
	own["handouts/sore-back.es.md"].Data = []byte(strings.Replace(example("translating.md"), "unas", "4", 1))
	h, err = Open(own).HandoutIn("sore-back", "es")
	if err != nil || !strings.Contains(h.Warnings.Error(), "this is a paragraph with 4, but line 9 of the other file has a paragraph") {
		t.Errorf("%v %v", h, err)
	}
}

// The page in a mail is called something that the patient can read.
func TestAttachment(t *testing.T) {
	for _, w := range shippedWords(t) {
		want := "handout.pdf"
		if w.Lang == "es" {
			want = "hoja.pdf"
		}
		if w.Attachment != want {
			t.Errorf("%s: %q", w.Lang, w.Attachment)
		}
	}
	for _, bad := range []string{"hoja", ".pdf", "../hoja.pdf", "año.pdf", "a b.pdf", strings.Repeat("a", 40) + ".pdf"} {
		if _, err := Open(mapFS("words/es.yaml", "attachment: "+bad+"\n")).Words("es"); err == nil || !strings.Contains(err.Error(), "this is not a name for the page's file") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
