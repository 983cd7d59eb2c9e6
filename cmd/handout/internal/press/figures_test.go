package press

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"handout/content"
	"handout/layout/figure"
)

const standing = "# Standing\nview yaw 30\npelvis y 90\nleg R hip 20 knee 30\ntarget calf.R\n"

// TestFiguresAreKept keeps a figure, gives it again, and draws it anew when what was
// kept is not whole.
func TestFiguresAreKept(t *testing.T) {
	book := Figures(filepath.Join(t.TempDir(), "a", "b"))
	pose := &content.Pose{File: "x.pose", Text: []byte(standing)}
	drawn, err := book.Draw(pose)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := figure.Parse(drawn); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(string(book), "*"))
	if len(files) != 1 {
		t.Fatalf("kept %v", files)
	}
	// What is kept is what is given: a mark in it comes out.
	other := []byte("figure 1\nsize 1 1 1\n")
	write(t, files[0], summed(other))
	if again, err := book.Draw(pose); err != nil || !bytes.Equal(again, other) {
		t.Errorf("the figure was drawn twice: %v", err)
	}
	whole := summed(drawn)
	lines := bytes.SplitAfter(whole, []byte("\n"))
	changed := bytes.Clone(whole)
	changed[len(changed)/2] ^= 1
	for name, damaged := range map[string][]byte{
		"empty": nil, "cut": bytes.Join(lines[:len(lines)-3], nil), "changed": changed, "bare": drawn, "other": []byte("nonsense\n"), "vast": make([]byte, 3<<20),
	} {
		write(t, files[0], damaged)
		if again, err := book.Draw(pose); err != nil || !bytes.Equal(again, drawn) {
			t.Errorf("%s: not drawn anew: %v", name, err)
		}
		if kept, err := os.ReadFile(files[0]); err != nil || !bytes.Equal(kept, whole) {
			t.Errorf("%s: still in the folder: %v", name, err)
		}
	}
	if again, err := Figures("").Draw(pose); err != nil || !bytes.Equal(again, drawn) {
		t.Errorf("without a folder: %v", err)
	}
	if again, err := Figures(filepath.Join(files[0], "below")).Draw(pose); err != nil || !bytes.Equal(again, drawn) {
		t.Errorf("where no folder can be: %v", err)
	}
	if _, err := book.Draw(&content.Pose{File: "x.pose", Text: []byte("sing")}); err == nil || !strings.HasPrefix(err.Error(), "x.pose:1:1: ") {
		t.Errorf("a mistake: %v", err)
	}
}

// TestFiguresAreBounded: the oldest figures go.
func TestFiguresAreBounded(t *testing.T) {
	book := Figures(t.TempDir())
	name := func(i int) string { return filepath.Join(string(book), fmt.Sprintf("%04d.fig", i)) }
	for i := range maxKept + 5 {
		write(t, name(i), nil)
		then := time.Unix(int64(1_000_000-i), 0) // the last one is the oldest
		if err := os.Chtimes(name(i), then, then); err != nil {
			t.Fatal(err)
		}
	}
	fresh := name(9999)
	book.keep(fresh, []byte("figure 1\n"))
	files, _ := filepath.Glob(filepath.Join(string(book), "*"))
	if len(files) != maxKept {
		t.Errorf("%d files are kept", len(files))
	}
	for path, want := range map[string]bool{fresh: true, name(0): true, name(maxKept - 2): true, name(maxKept - 1): false, name(maxKept + 4): false} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s is there: %v", filepath.Base(path), err == nil)
		}
	}
}

// TestSharedStretch: drawing a page leaves the library's own stretch as it was.
func TestSharedStretch(t *testing.T) {
	stretch := "---\nname: Mine\ntarget: all\ndose: {reps: 3}\nfigures: [x.pose]\nalt: It\n---\n1. **A**\n2. **B**\n3. **C**\n\n> [!CAUTION]\n> Stop.\n"
	l := content.Open(fstest.MapFS{
		"stretches/mine.md": {Data: []byte(stretch)}, "stretches/x.pose": {Data: []byte(standing)},
		"handouts/one.md": {Data: []byte("---\ntitle: One\nstretches: [mine]\n---\nText.\n\n```stretches\n```\n")},
	})
	h, err := l.Handout("one")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Personalise(h, nil, content.Visit{}); err == nil || err.Error() != "stretches/mine.md:5:11: a pose cannot be drawn here" {
		t.Errorf("without somebody who draws: %v", err)
	}
	l.Draw = Figures("").Draw
	page, err := l.Personalise(h, nil, content.Visit{})
	if err != nil {
		t.Fatal(err)
	}
	drawn := 0
	for _, b := range page.Blocks {
		if s, ok := b.(*content.Stretches); ok && s.Chosen[0].Stretch.Frames[0].Traced != nil {
			drawn++
		}
	}
	if drawn != 1 {
		t.Error("the pose is not drawn")
	}
	if own, err := l.Stretch("mine"); err != nil || own.Frames[0].Pose == nil || own.Frames[0].Traced != nil {
		t.Errorf("in the library: %+v %v", own, err)
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
