package main

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"

	"handout/content"
	"handout/output/store"
)

// What a run was told is told again by its settings, from any folder.
func TestSettings(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"a/stretches", "b c"} {
		if err := os.MkdirAll(name, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"list.csv", "mine.md"} {
		if err := os.WriteFile(name, []byte("name,handout\nAna,sciatica\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b := &batchOrder{}
	f := newFlags("batch")
	b.flags(f)
	told := []string{"--handout", "./mine.md", "--library", "a", "--library", "b c", "--next-visit", "Tuesday,\n10:30", "--strict",
		"--stretches", `./mine.md:note="a, b:c",cat-cow:reps=5`}
	if err := f.parse(told); err != nil {
		t.Fatal(err)
	}
	settings := settingsOf(f.all())
	want := store.Settings{
		"handout": {filepath.Join(dir, "mine.md")}, "library": {filepath.Join(dir, "a"), filepath.Join(dir, "b c")}, "next-visit": {"Tuesday,\n10:30"},
		"strict": {"true"}, "stretches": {filepath.Join(dir, "mine.md") + `:note="a, b:c",cat-cow:reps=5`},
	}
	if !reflect.DeepEqual(settings, want) {
		t.Errorf("settings\n%q, want\n%q", settings, want)
	}
	again := &batchOrder{}
	f = newFlags("batch")
	again.flags(f)
	if err := f.parse(settingArgs(settings)); err != nil {
		t.Fatal(err)
	}
	if settings := settingsOf(f.all()); !reflect.DeepEqual(settings, want) {
		t.Errorf("told again they are\n%q", settings)
	}
}

// TestMarkedOut: a key that init writes after a # is at the beginning of its line once the # is
// taken away, as its first lines say.
func TestMarkedOut(t *testing.T) {
	text, err := start.ReadFile("start/clinic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	keys := regexp.MustCompile(`(?m)^#([a-z-]+:|  \S.*:)`)
	if n := len(keys.FindAll(text, -1)); n < 20 {
		t.Errorf("%d keys are marked out", n)
	}
	if bad := regexp.MustCompile(`(?m)^# (logo|web|mail|paper|look|hair|services):.*`).Find(text); bad != nil {
		t.Errorf("%q keeps a space", bad)
	}
	var all map[string]any
	if err := yaml.Unmarshal(keys.ReplaceAll(text, []byte("$1")), &all); err != nil {
		t.Error(err)
	}
}

// What init's clinic.yaml says of a clinic, and what its comments would, is told apart from a clinic's own.
func TestExamplesOfInit(t *testing.T) {
	text, err := start.ReadFile("start/clinic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text = regexp.MustCompile(`(?m)^#(web|email|booking|therapist|credential):`).ReplaceAll(text, []byte("$1:"))
	b, err := content.ReadBrand(fstest.MapFS{"clinic.yaml": {Data: text}}, "clinic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(b.Examples(), " "); got != "name phone address web email booking therapist" || len(b.Notes) != 1 {
		t.Errorf("%s: %q", got, b.Notes)
	}
}
