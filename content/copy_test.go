package content

import (
	"path"
	"strings"
	"testing"
	"testing/fstest"
)

// TestCopies holds that a copy of each shipped text says what it is, is read without a mistake or
// a note, in its language, and has all that it names.
func TestCopies(t *testing.T) {
	l := Open()
	var names []string
	for _, kind := range []string{"handout", "stretch"} {
		for _, f := range l.files(kind) {
			names = append(names, strings.TrimSuffix(path.Base(f.name), ".md"))
		}
	}
	if len(names) < 50 {
		t.Fatalf("only %d", len(names))
	}
	if testing.Short() {
		names = names[:4]
		names = append(names, "figure-4", "cat-cow")
	}
	for _, name := range names {
		for _, lang := range []string{"", "es"} {
			kind, files, err := CopyOf(name, lang)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			own := fstest.MapFS{}
			for _, f := range files {
				own[f.Name] = &fstest.MapFile{Data: f.Text}
			}
			said, warnings, err := Open(own).Check(own, files[0].Name)
			if err != nil || said != kind || len(warnings) > 0 || strings.Contains(string(files[0].Text), "signed-off") {
				t.Errorf("%s in %q: %s, %v, %v", name, lang, said, warnings, err)
			}
			got := ""
			if s, err := Open(own).StretchIn(name, lang); kind == "stretch" && err == nil {
				got = s.Lang
				if s.Frames[0].Pose == nil || !Open(own).Own(s) && lang == "" {
					t.Errorf("%s: its pose is not its own", name)
				}
			} else if h, err := Open(own).HandoutIn(name, lang); err == nil {
				got = h.Lang
				if h.Shipped {
					t.Errorf("%s in %q: the shipped one is found", name, lang)
				}
			}
			if want := map[string]string{"": "en", "es": "es"}[lang]; got != want {
				t.Errorf("%s in %q is in %q", name, lang, got)
			}
		}
	}
	for name, want := range map[string]string{"sciatika": "did you mean sciatica", "@x": "there is no pack", "": "no handout or stretch"} {
		if _, _, err := CopyOf(name, ""); err == nil || !strings.Contains(err.Error()+err.(*Error).Hint, want) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, _, err := CopyOf("sciatica", "de"); err == nil {
		t.Error("sciatica in German")
	}
}

// TestTextsByName holds that a library's texts are found whatever they were written with.
func TestTextsByName(t *testing.T) {
	l := Open(mapFS("handouts/knees.txt", "Knee care\n\nWalk each day. It helps.\n", "handouts/back.markdown", "# Back\n\nWalk.\n",
		"stretches/drop.txt", "Calf drop\n1. Stand.\n2. Drop.\n\nStop if it hurts.\n"))
	for _, name := range []string{"knees", "Knee care", "KNEES", "back"} {
		if _, err := l.Handout(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s, err := l.Stretch("calf DROP"); err != nil || s.ID != "drop" {
		t.Errorf("%v %v", s, err)
	}
}
