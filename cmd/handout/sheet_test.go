package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"handout/cmd/handout/internal/press"
	"handout/layout"
	"handout/layout/figure"
)

const ballStretch = `---
name: %NAME
target: all
dose: {reps: 3}
figures: [../pictures/ball.svg, ../pictures/ball.svg]
alt: A ball, twice.
---
1. **A.**
2. **B.**
3. **C.**

> [!CAUTION]
> Stop if it hurts.
`

// TestContactSheet reads a sheet's page: it is as a page must be, and each stretch is a
// section of its own with its pictures, what they show, its ID and its name.
func TestContactSheet(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("XDG_CACHE_HOME", dir)
	put := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	own := map[string]string{
		"figure-4": "Roll <it> & الرقبة, with a name that is a good deal longer than any picture is wide",
		"ball":     "Кольцо",
	}
	put("shelf/pictures/ball.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0H4V2z"/></svg>`)
	for id, name := range own {
		put("shelf/stretches/"+id+".md", strings.Replace(ballStretch, "%NAME", name, 1))
	}
	d := &drawing{library: press.Libraries([]string{filepath.Join(dir, "shelf")}), palette: figure.BW(), width: 35}
	s, err := d.contact(&world{})
	if err != nil {
		t.Fatal(err)
	}
	page := s.page()
	if err := page.Check(); err != nil {
		t.Fatal(err)
	}
	type section struct {
		alt      string
		pictures int
		words    []string
	}
	sections := map[int]*section{}
	last := -1
	for _, it := range page.Items {
		switch it := it.(type) {
		case *layout.Image:
			tag := page.Tags[it.Tag]
			if sections[tag.Parent] == nil {
				sections[tag.Parent] = &section{}
			}
			sections[tag.Parent].alt = tag.Alt
			sections[tag.Parent].pictures++
		case *layout.Glyphs:
			at := sections[page.Tags[it.Tag].Parent]
			if it.Tag != last {
				at.words = append(at.words, "")
			}
			last = it.Tag
			for _, g := range it.Glyphs {
				at.words[len(at.words)-1] += g.Text
			}
			if it.At.X > page.Size.W || it.At.Y > page.Size.H {
				t.Errorf("words beyond the sheet, at %v", it.At)
			}
		}
	}
	found := 0
	for _, sec := range sections {
		if len(sec.words) != 2 || sec.alt == "" || sec.pictures == 0 {
			t.Errorf("a stretch with %q, %d pictures, shown as %q", sec.words, sec.pictures, sec.alt)
			continue
		}
		name, ok := own[sec.words[0]]
		if !ok {
			continue
		}
		found++
		if sec.pictures != 2 || sec.alt != "A ball, twice." {
			t.Errorf("%s: %d pictures, shown as %q", sec.words[0], sec.pictures, sec.alt)
		}
		if latin, _, _ := strings.Cut(name, "ا"); !strings.HasPrefix(sec.words[1], latin) {
			t.Errorf("%s is called %q", sec.words[0], sec.words[1])
		}
	}
	if found != len(own) || len(sections) != len(s.cells) || len(s.cells) < 20 {
		t.Errorf("%d of %d own stretches; %d sections for %d", found, len(own), len(sections), len(s.cells))
	}
}
