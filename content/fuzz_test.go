package content

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"handout/content/picture"

	"github.com/rogpeppe/go-internal/txtar"
)

// seeds gives a fuzzer all sources of the archives with one of the endings.
func seeds(f *testing.F, endings ...string) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		fsys := sources(archive)
		for _, file := range archive.Files {
			for _, ending := range endings {
				if strings.HasSuffix(file.Name, ending) {
					f.Add(fsys[file.Name].Data)
				}
			}
		}
	}
}

func folderWith(name string, data []byte) fstest.MapFS {
	fsys := sources(&txtar.Archive{})
	fsys[name] = &fstest.MapFile{Data: data}
	return fsys
}

// wantPlaces checks that every mistake in a file has its place, within the file,
// and is a sentence of one line.
func wantPlaces(t *testing.T, data []byte, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var errs Errors
	if !errors.As(err, &errs) || len(errs) == 0 || len(errs) > maxErrors+1 {
		t.Fatalf("%T: %v", err, err)
	}
	lines := bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r")) - bytes.Count(data, []byte("\r\n")) + 1
	for i, e := range errs {
		if e.Line < 1 || e.Line > lines || e.Column < 1 {
			t.Errorf("%v: not in the %d lines of the file", e, lines)
		}
		if e.Code == "" || e.Message == "" || strings.ContainsAny(e.Message, "\n") || strings.HasSuffix(e.Message, ".") || !utf8.ValidString(e.Message+e.Hint) {
			t.Errorf("%q is not a sentence", e.Message)
		}
		if i > 0 && errs[i-1].Line > e.Line {
			t.Errorf("%v comes after %v", e, errs[i-1])
		}
	}
}

func FuzzHandout(f *testing.F) {
	seeds(f, ".md")
	for _, text := range []string{letter, simple, mineStretch} {
		f.Add([]byte(text))
	}
	own, err := os.ReadFile("library/handouts/sciatica.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(own)
	l := Open()
	l.Draw = func(*Pose) ([]byte, error) { return []byte("traced"), nil }
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := ReadHandout(folderWith("x.md", data), "x.md")
		wantPlaces(t, data, err)
		if err != nil {
			return
		}
		wantWhole(t, h.Blocks, true)
		for _, n := range h.Notes {
			wantText(t, n.Text)
		}
		if _, err := l.Words(h.Lang); err != nil || len(h.Default) > 0 {
			return
		}
		p, err := l.Personalise(h, nil, Visit{Chosen: true, Stretches: []Choice{{ID: "cat-cow"}}})
		if err != nil {
			t.Fatal(err)
		}
		wantWhole(t, p.Blocks, false)
		p, err = l.Personalise(h, nil, Visit{Patient: "Qwerty", Date: time.Unix(0, 0)})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range p.Blocks {
			switch b := b.(type) {
			case *Reminder:
				t.Error("a reminder is left on a page with a date")
			case *Code:
				if b.Data == "" || len(b.Data) > maxCode || strings.Contains(b.Data, "Qwerty") {
					t.Errorf("a code of %q", b.Data)
				}
			}
		}
	})
}

// wantWhole checks what the types of blocks promise.
func wantWhole(t *testing.T, blocks []Block, read bool) {
	t.Helper()
	level := 1
	for _, b := range blocks {
		if read && (b.Pos().Line < 1 || b.Pos().Column < 1) {
			t.Errorf("%T has no place", b)
		}
		switch b := b.(type) {
		case *Heading:
			if b.Level < 2 || b.Level > 4 || b.Level > level+1 {
				t.Errorf("a heading of level %d after %d", b.Level, level)
			}
			level = b.Level
			wantText(t, b.Text)
		case *Paragraph:
			wantText(t, b.Text)
		case *List:
			if len(b.Items) == 0 {
				t.Error("a list without items")
			}
			for _, item := range b.Items {
				if _, ok := item[0].(*Paragraph); !ok {
					t.Errorf("an item begins with %T", item[0])
				}
				wantWhole(t, item, read)
			}
		case *Callout:
			if len(b.Blocks) == 0 {
				t.Error("an empty callout")
			}
			wantWhole(t, b.Blocks, read)
		case *Quote:
			wantWhole(t, b.Blocks, read)
		case *Figure:
			if strings.TrimSpace(b.Alt) == "" || b.Picture == nil && b.Traced == nil && (b.Pose == nil || !read) {
				t.Error("a figure without description or picture")
			}
		case *TrafficLight:
			for _, says := range b.Says {
				wantText(t, says)
			}
		case *Reminder:
			if b.Times < 1 || b.Times > 366 || b.Hour > 23 || b.Minute > 59 || b.Summary == "" {
				t.Errorf("a reminder of %+v", b)
			}
		case *Fields:
			for _, label := range b.Labels {
				wantText(t, label)
			}
		case *Table:
			for _, row := range b.Rows {
				if len(row) != len(b.Rows[0]) {
					t.Error("a table with an uneven row")
				}
			}
		}
	}
}

func wantText(t *testing.T, text Text) {
	t.Helper()
	if blank(text.String()) {
		t.Error("an empty text")
	}
	for i, s := range text {
		if s.Text == "" || !utf8.ValidString(s.Text) || strings.ContainsAny(s.Text, "\x00\t\r") {
			t.Errorf("span %q", s.Text)
		}
		if s.linked() && blank(s.Text) {
			t.Errorf("a link to %s that cannot be seen", s.Link)
		}
		if i == 0 {
			continue
		}
		if like := text[i-1]; s.Slot == NoSlot && s == like.saying(s.Text) {
			t.Errorf("%q and %q are of one style", text[i-1].Text, s.Text)
		}
	}
}

func FuzzStretch(f *testing.F) {
	seeds(f, ".md")
	f.Add([]byte(mineStretch))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ReadStretch(folderWith("x.md", data), "x.md")
		wantPlaces(t, data, err)
		if err != nil {
			return
		}
		if s.Name == "" || s.Alt == "" || len(s.Frames) == 0 || len(s.Steps) < 3 || len(s.Steps) > 5 {
			t.Errorf("%+v", s)
		}
		wantText(t, s.Stop)
		wantDose(t, s.Dose)
		for _, step := range s.Steps {
			if step.LeadIn() == nil {
				t.Error("a step without lead-in")
			}
		}
	})
}

func wantDose(t *testing.T, d Dose) {
	t.Helper()
	if d.Sets < 1 || d.Sets > 10 || d.Reps < 1 || d.Reps > 50 || d.Hold < 0 || d.Hold > 5*60e9 || d.Hold%1e9 != 0 || d.Breath < 0 || d.Breath > 20 ||
		d.PerDay < 1 || d.PerDay > 12 || d.Days < 1 || d.Days > 7 || d.Side > RightSide || d.Hold > 0 && d.Breath > 0 {
		t.Errorf("%+v", d)
	}
}

func FuzzBrand(f *testing.F) {
	seeds(f, ".yaml")
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := ReadBrand(folderWith("x.yaml", data), "x.yaml")
		wantPlaces(t, data, err)
		if err != nil {
			return
		}
		// The main colour carries white text or ink.
		if !picture.Legible(b.Main, picture.White, 4.5) && !picture.Legible(b.Main, Ink, 4.5) || !picture.Legible(b.Accent, picture.White, 3) || !picture.Legible(b.AccentText(), picture.White, 4.5) {
			t.Errorf("%s and %s cannot be read", b.Main.Hex(), b.Accent.Hex())
		}
		if b.Country != "" && !isCountry(b.Country) || b.MinType != 0 && (b.MinType < 9 || b.MinType > 18) {
			t.Errorf("%+v", b)
		}
	})
}

func FuzzWords(f *testing.F) {
	own, err := fs.Glob(shipped, "library/words/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range own {
		data, err := fs.ReadFile(shipped, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := readWords(folderWith("words/x.yaml", data), "words/x.yaml")
		wantPlaces(t, data, err)
		if err == nil && w.Dose(Dose{Sets: 1, Reps: 1, PerDay: 1, Days: 7, Hold: 1e9}) == "" {
			t.Error("a dose without words")
		}
	})
}

func FuzzChoices(f *testing.F) {
	for _, s := range []string{"figure-4,knee-to-chest:hold=20s", `a:hold=20s:reps=2:sets=1:side=left:per-day=2:days=5:note="a, b"`, "a:breaths=3:unit=x|y", "none", ",", ":", "a:note=\xff"} {
		f.Add(s)
	}
	stretch := &Stretch{ID: "x", Dose: Dose{Sets: 1, Reps: 3, PerDay: 1, Days: 7}}
	words := wordsOfEnglish(f)
	f.Fuzz(func(t *testing.T, s string) {
		list, err := ParseChoices(s)
		if err != nil {
			if list != nil || !utf8.ValidString(err.Error()) {
				t.Errorf("%v, %v", list, err)
			}
			return
		}
		for _, c := range list {
			d := c.Changes.of(stretch.Dose)
			wantDose(t, d)
			if words.Dose(d) == "" {
				t.Errorf("%+v has no words", d)
			}
		}
	})
}

// saying is the span with another text.
func (s Span) saying(text string) Span {
	s.Text = text
	return s
}

// Mistakes are told of the lines that an editor counts, whatever else ends a line: in a text, in its front matter, in
// the lines of a letter.
func TestPlacesBetweenOtherEnds(t *testing.T) {
	for _, end := range []string{"\v", "\f", "\u0085", "\u2028", "\u2029"} {
		for text, want := range map[string]string{
			"title:|- #":                                 "1:10",
			"---\ntitle: A|look: b\n---\n\nText\n":       "2:16",
			"---\nlang: en|title: A\n---\n\nT|- #|\n- #": "5:5 6:3",
		} {
			data := []byte(strings.ReplaceAll(text, "|", end))
			_, err := ReadHandout(folderWith("x.md", data), "x.md")
			wantPlaces(t, data, err)
			var errs Errors
			errors.As(err, &errs)
			var places []string
			for _, e := range errs {
				places = append(places, fmt.Sprintf("%d:%d", e.Line, e.Column))
			}
			if got := strings.Join(places, " "); got != want {
				t.Errorf("%q: %s, not %s: %v", data, got, want, err)
			}
		}
		data := []byte("name: Hill|mail:|  en:|    text: ^\n      Hello|      {nothing}\n")
		data = bytes.ReplaceAll(bytes.ReplaceAll(data, []byte("|"), []byte(end)), []byte("^"), []byte("|"))
		_, err := ReadBrand(mapFS("x.yaml", string(data)), "x.yaml")
		wantPlaces(t, data, err)
		if err == nil || !strings.HasPrefix(err.Error(), "x.yaml:2:13: ") {
			t.Errorf("%q: %v", data, err)
		}
	}
}
