package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"handout/content"
	"handout/layout/figure"
)

const standing = "# Standing\nview yaw 30\npelvis y 90\nleg R hip 20 knee 30\ntarget calf.R\n"

// TestSketchbook keeps a figure, gives it again, and draws it anew when what was
// kept is not whole.
func TestSketchbook(t *testing.T) {
	book := sketchbook(filepath.Join(t.TempDir(), "a", "b"))
	pose := &content.Pose{File: "x.pose", Text: []byte(standing)}
	drawn, err := book.figure(pose)
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
	if again, err := book.figure(pose); err != nil || !bytes.Equal(again, other) {
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
		if again, err := book.figure(pose); err != nil || !bytes.Equal(again, drawn) {
			t.Errorf("%s: not drawn anew: %v", name, err)
		}
		if kept, err := os.ReadFile(files[0]); err != nil || !bytes.Equal(kept, whole) {
			t.Errorf("%s: still in the sketchbook: %v", name, err)
		}
	}
	if again, err := sketchbook("").figure(pose); err != nil || !bytes.Equal(again, drawn) {
		t.Errorf("without a sketchbook: %v", err)
	}
	if again, err := sketchbook(filepath.Join(files[0], "below")).figure(pose); err != nil || !bytes.Equal(again, drawn) {
		t.Errorf("where no folder can be: %v", err)
	}
	if _, err := book.figure(&content.Pose{File: "x.pose", Text: []byte("sing")}); err == nil || !strings.HasPrefix(err.Error(), "x.pose:1:1: ") {
		t.Errorf("a mistake: %v", err)
	}
}

// TestSketchbookIsBounded: the oldest figures go.
func TestSketchbookIsBounded(t *testing.T) {
	book := sketchbook(t.TempDir())
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
	page, err := l.Personalise(h, nil, content.Visit{})
	if err != nil {
		t.Fatal(err)
	}
	if err := sketchbook("").page(page); err != nil {
		t.Fatal(err)
	}
	var on *content.Stretch
	for _, b := range page.Blocks {
		if s, ok := b.(*content.Stretches); ok {
			on = s.Chosen[0].Stretch
		}
	}
	if on == nil || on.Frames[0].Traced == nil || on.Frames[0].Pose != nil {
		t.Errorf("on the page: %+v", on)
	}
	if own, err := l.Stretch("mine"); err != nil || own.Frames[0].Pose == nil || own.Frames[0].Traced != nil {
		t.Errorf("in the library: %+v %v", own, err)
	}
}

func TestPoseTitle(t *testing.T) {
	for text, want := range map[string]string{
		"# Cat and \t cow\r\nview yaw 1": "Cat and cow", "view yaw 1 # no\n": "my", "": "my", "#\n": "my",
		"# \xffCat": "Cat", "#" + strings.Repeat("x", 121): "my", "  #x": "x",
	} {
		if got := poseTitle(filepath.Join("a", "my.pose"), []byte(text)); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
	for _, file := range []string{".pose", "\xff.pose", strings.Repeat("x", 121) + ".pose"} {
		if got := poseTitle(file, []byte("pelvis y 90\n")); got != "Pose" {
			t.Errorf("%q: %q", file, got)
		}
	}
}

// TestNoEmptyPicture: what cannot be written is an error, not a file.
func TestNoEmptyPicture(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "my.pose"), []byte(standing))
	d := &drawing{pose: filepath.Join(dir, "my.pose"), palette: figure.BW(), out: filepath.Join(dir, "my.pdf"), format: "pdf",
		made: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}
	w := &world{out: io.Discard, err: io.Discard}
	if err := d.draw(w); err == nil {
		t.Error("a page of the year 10000")
	}
	if _, err := os.Stat(d.out); err == nil {
		t.Error("a file without a picture was written")
	}
}

// saying is an output that can be watched from elsewhere.
type saying struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *saying) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *saying) count(what string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Count(s.text.String(), what)
}

// TestWatch saves a pose again and again: with a mistake in it the last good
// picture stays.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "my.pose")
	var out, said saying
	w := &world{out: &out, err: &said}
	d := &drawing{pose: file, palette: figure.BW(), out: filepath.Join(dir, "my.svg"), format: "svg"}
	save := func(text string) {
		write(t, file+"~", []byte(text))
		if err := os.Rename(file+"~", file); err != nil {
			t.Fatal(err)
		}
	}
	await := func(s *saying, what string, n int) {
		for began := time.Now(); s.count(what) < n; time.Sleep(time.Millisecond) {
			if time.Since(began) > time.Minute {
				t.Fatalf("%q was not said %d times: %q", what, n, s.text.String())
			}
		}
	}
	save(standing)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- d.watch(ctx, w) }()
	await(&out, "my.svg  ", 1)
	first, _ := os.ReadFile(d.out)
	save(standing + "leg L hip 40\nmatt -60 60\n")
	await(&said, "my.pose:7:1: a line cannot begin with \"matt\"\nhint: did you mean mat\n", 1)
	if now, _ := os.ReadFile(d.out); !bytes.Equal(now, first) || len(first) == 0 {
		t.Error("the last good picture is gone")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	save("# Second\n" + standing + "leg L hip 40\n")
	await(&out, "my.svg  ", 2)
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if now, _ := os.ReadFile(d.out); !bytes.Contains(now, []byte("<title>Second</title>")) {
		t.Error("the second picture is not there")
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
