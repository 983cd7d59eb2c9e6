package content

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Whatever changes in a library's folder is seen when it is opened again, down to the
// picture of a stretch; what has not changed keeps its address. Files of the same length
// and time are told apart by what is in them.
func TestReopen(t *testing.T) {
	dir := t.TempDir()
	then := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, then, then); err != nil {
			t.Fatal(err)
		}
	}
	remove := func(name string) {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	title := func(l *Library, id string) string {
		h, err := l.Handout(id)
		if err != nil {
			return err.Error()
		}
		return h.Title
	}
	write("handouts/a.md", simple)
	write("handouts/b.md", simple)
	write("stretches/own.md", mineStretch)
	write("stretches/x.fig", "figure 1\n")
	write("packs/p.yaml", "name: P\nstretches: own\n")
	first := Open(os.DirFS(dir))
	a, _ := first.Handout("a")
	b, _ := first.Handout("b")
	own, err := first.Stretch("own")
	if err != nil || a == nil || b == nil {
		t.Fatal(err)
	}

	// A text of the same length, at the same time.
	write("handouts/a.md", strings.Replace(simple, "Mine", "Ours", 1))
	if title(first, "a") != "Mine" {
		t.Error("a list's library changed under it")
	}
	l := first.Reopen()
	if title(l, "a") != "Ours" {
		t.Error("what was mended is not seen")
	}
	if again, _ := l.Handout("b"); again != b {
		t.Error("what has not changed was read again")
	}
	if again, _ := l.Stretch("own"); again != own {
		t.Error("what has not changed was read again")
	}

	// A mistake, which spoils nothing else, is told of its file, and mended.
	write("handouts/a.md", "---\ntitle: A\ntitel: B\n---\nText.\n")
	l = l.Reopen()
	if got := title(l, "a"); !strings.HasPrefix(got, "handouts/a.md:3:1: ") || title(l, "b") != "Mine" {
		t.Error(got)
	}
	write("handouts/a.md", simple)
	if l = l.Reopen(); title(l, "a") != "Mine" {
		t.Error(title(l, "a"))
	}

	// What is new, also over what is shipped, and what is gone.
	write("handouts/sciatica.md", simple)
	write("later.md", "---\nkind: handout\ntitle: Later\n---\nText.\n")
	remove("handouts/b.md")
	l = l.Reopen()
	if title(l, "sciatica") != "Mine" || title(l, "later") != "Later" || !strings.HasPrefix(title(l, "b"), "there is no handout called") {
		t.Error(title(l, "sciatica"), title(l, "later"), title(l, "b"))
	}
	remove("handouts/sciatica.md")
	if l = l.Reopen(); title(l, "sciatica") != "Massage and sciatica" {
		t.Error(title(l, "sciatica"))
	}

	// A stretch is read again for its picture: gone, there again, another.
	remove("stretches/x.fig")
	l = l.Reopen()
	if _, err := l.Stretch("own"); err == nil || !strings.HasSuffix(err.Error(), "x.fig: there is no such file") {
		t.Error(err)
	}
	if p, err := l.Pack("p"); err != nil {
		t.Error(p, err) // it names a stretch that is there; what is wrong with it is said when it is given
	}
	write("stretches/x.fig", "figure 2\n")
	l = l.Reopen()
	if s, err := l.Stretch("own"); err != nil || string(s.Frames[0].Traced) != "figure 2\n" {
		t.Errorf("%+v %v", s, err)
	}

	// Packs and words too.
	write("packs/p.yaml", "name: Q\nstretches: own\n")
	remove("stretches/own.md")
	l = l.Reopen()
	if _, err := l.Pack("p"); err == nil || err.Error() != `packs/p.yaml:2:12: there is no stretch called "own"` {
		t.Error(err)
	}
	write("stretches/own.md", strings.Replace(mineStretch, "target: all\n", "target: all\nprops: chair\n", 1))
	english, err := readFile(shipped, "library/words/en.yaml", maxYAML)
	if err != nil {
		t.Fatal(err)
	}
	l = l.Reopen()
	if p, err := l.Pack("p"); err != nil || p.Name("en") != "Q" {
		t.Error(err)
	}
	if s, err := l.Stretch("own"); err != nil || s.Needs != "chair" {
		t.Errorf("%+v %v", s, err)
	}
	write("words/en.yaml", strings.Replace(string(english), "chair: chair", "chair: stool", 1))
	l = l.Reopen()
	if s, err := l.Stretch("own"); err != nil || s.Needs != "stool" {
		t.Errorf("%+v %v", s, err)
	}
	if w, err := l.Words("en"); err != nil || w.Called("chair") != "stool" {
		t.Error(err)
	}
}

// Many may ask while files change and the library is opened again: each sees one text or
// the other, whole.
func TestReopenRace(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.md")
	write := func(i int) {
		text := fmt.Sprintf("---\nkind: handout\ntitle: T%d\nsummary: T%d\n---\nText.\n", i%10, i%10)
		if err := os.WriteFile(name+".new", []byte(text), 0o600); err != nil {
			t.Error(err)
		}
		if err := os.Rename(name+".new", name); err != nil {
			t.Error(err)
		}
	}
	write(0)
	l := Open(os.DirFS(dir))
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 100 {
				l := l.Reopen()
				h, err := l.Handout("a")
				if err != nil || h.Title != h.Summary {
					t.Errorf("%+v %v", h, err)
					return
				}
				if again, _ := l.Handout("a"); again != h {
					t.Error("it changed while the library was open")
				}
			}
		})
	}
	for i := range 100 {
		write(i)
	}
	wait.Wait()
	write(7)
	if h, err := l.Reopen().Handout("a"); err != nil || h.Title != "T7" {
		t.Errorf("%+v %v", h, err)
	}
}
