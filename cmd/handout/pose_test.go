package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"handout/layout/figure"
)

const standing = "# Standing\nview yaw 30\npelvis y 90\nleg R hip 20 knee 30\ntarget calf.R\n"

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
	if _, err := d.draw(w); err == nil {
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
	done := make(chan struct{})
	go func() {
		d.watch(ctx, w)
		close(done)
	}()
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
	<-done
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
