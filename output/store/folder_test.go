package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// openFolder opens a folder that is closed when the test ends.
func openFolder(t testing.TB, path string) *Folder {
	t.Helper()
	f, err := OpenFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.release)
	return f
}

// visible lists the files of a folder that were put there.
func visible(t *testing.T, dir string) string {
	t.Helper()
	names := strings.Fields(folder(t, dir))
	return strings.Join(slices.DeleteFunc(names, func(name string) bool { return name == lockName }), " ")
}

// ways runs a test once for each way a folder has of writing files here.
func ways(t *testing.T, test func(t *testing.T, open func(path string) *Folder)) {
	t.Run("native", func(t *testing.T) {
		test(t, func(path string) *Folder { return openFolder(t, path) })
	})
	t.Run("plain", func(t *testing.T) {
		test(t, func(path string) *Folder {
			f := openFolder(t, path)
			f.system = system{}
			return f
		})
	})
}

func TestFolder(t *testing.T) {
	ways(t, func(t *testing.T, open func(path string) *Folder) {
		dir := filepath.Join(t.TempDir(), "a", "b")
		f := open(dir)
		if is, err := os.Stat(dir); err != nil || runtime.GOOS != "windows" && is.Mode().Perm() != 0o700 {
			t.Errorf("the folder: %v, %v", is.Mode(), err)
		}
		put := func(name, data string) {
			t.Helper()
			if err := f.Put(name, []byte(data)); err != nil {
				t.Fatal(err)
			}
		}
		put("one.pdf", "first")
		put("two.pdf", "")
		if _, err := os.Stat(filepath.Join(dir, "one.pdf")); err == nil {
			t.Error("a file has its name before its data is on the disk")
		}
		if err := f.Sync(); err != nil {
			t.Fatal(err)
		}
		if got := visible(t, dir); got != "one.pdf two.pdf" {
			t.Errorf("in the folder: %s", got)
		}
		put("one.pdf", "overtaken")
		put("one.pdf", "second, longer")
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, "one.pdf")); err != nil || string(got) != "second, longer" {
			t.Errorf("%q, %v", got, err)
		}
		if got := visible(t, dir); got != "one.pdf two.pdf" {
			t.Errorf("in the folder: %s", got)
		}
		is, err := os.Stat(filepath.Join(dir, "one.pdf"))
		if err != nil || runtime.GOOS != "windows" && is.Mode() != 0o600 {
			t.Errorf("mode %v, %v", is.Mode(), err)
		}
	})
}

// Several goroutines Put while another syncs; more files than two groups hold.
func TestFolderTogether(t *testing.T) {
	ways(t, func(t *testing.T, open func(path string) *Folder) {
		dir := t.TempDir()
		f := open(dir)
		f.most = 128
		const writers, each = 4, 150
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					name := fmt.Sprintf("row-%d-%d.pdf", w, i)
					if err := f.Put(name, []byte(name)); err != nil {
						t.Error(err)
					}
					if i%50 == 49 {
						if err := f.Sync(); err != nil {
							t.Error(err)
						}
						if !f.Holds(name, sha256.New(), sha256.Sum256([]byte(name))) {
							t.Errorf("%s is not there after Sync", name)
						}
					}
				}
			})
		}
		wg.Wait()
		if got := len(strings.Fields(visible(t, dir))); got != writers*each {
			t.Errorf("%d files", got)
		}
	})
}

// A group is bounded in files and in bytes.
func TestFolderGroup(t *testing.T) {
	dir := t.TempDir()
	f := openFolder(t, dir)
	if f.most > groupFiles {
		t.Errorf("a group is %d files", f.most)
	}
	for i := range f.most + 3 {
		if err := f.Put(fmt.Sprintf("%d.pdf", i), nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(strings.Fields(visible(t, dir))); got != f.most || len(f.group) != 3 {
		t.Errorf("%d files there and %d in the group, want %d and 3", got, len(f.group), f.most)
	}
	f.bytes += groupBytes - 1
	if err := f.Put("last.pdf", []byte("a")); err != nil {
		t.Fatal(err)
	}
	if got := len(strings.Fields(visible(t, dir))); got != f.most+4 || f.bytes != 0 {
		t.Errorf("%d files there and %d bytes in the group", got, f.bytes)
	}
}

func TestFolderNames(t *testing.T) {
	dir := t.TempDir()
	f := openFolder(t, dir)
	if err := os.Mkdir(filepath.Join(dir, "Quillfeather"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, message string }{
		{"", "no name"},
		{strings.Repeat("Quillfeather", 22), "longer than 255 bytes"},
		{"Quillfeather\xff", "not UTF-8"},
		{"../Quillfeather.pdf", "a slash"},
		{"a/Quillfeather.pdf", "a slash"},
		{`a\Quillfeather.pdf`, "a slash"},
		{"Quillfeather?", "not every system allows"},
		{"Quillfeather\x00", "not every system allows"},
		{"Quillfeather\u0085", "not every system allows"},
		{".Quillfeather", "starts with a dot"},
		{"..", "starts with a dot"},
		{"Quillfeather.", "ends with a dot"},
		{"Ledger.JSONL", "the ledger's"},
		{"Quillfeather", "taken by a folder"},
	} {
		refused(t, f.Put(c.name, nil), c.message)
	}
	for _, name := range []string{"Zoë Nuñez-O'Brien.pdf", strings.Repeat("n", nameBytes), "row-0012.pdf"} {
		if err := f.Put(name, []byte(name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := f.Sync(); err != nil {
		t.Fatal(err)
	}
	if got := len(strings.Fields(strings.ReplaceAll(visible(t, dir), "Zoë ", ""))); got != 4 {
		t.Errorf("%d names", got)
	}
}

func TestOpenFolderRefuses(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "Quillfeather.pdf")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	open := func(path string) error {
		f, err := OpenFolder(path)
		if err == nil {
			f.release()
		}
		return err
	}
	refused(t, open(""), "has no name")
	refused(t, open(file), "folder is a file")
	refused(t, open(filepath.Join(file, "pages")), "is a file, not a folder")

	f := openFolder(t, dir)
	refused(t, open(dir), "another handout is writing")
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := open(dir); err != nil {
		t.Errorf("after Close: %v", err)
	}
}

// What another program left half-written goes, and nothing else does.
func TestOpenFolderCleans(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{".handout-f1.tmp", ".handout-123.tmp", ".handout.tmp", "page.tmp", "handout-1.tmp"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, ".handout-x.tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	openFolder(t, dir)
	if got := visible(t, dir); got != ".handout-x.tmp .handout.tmp handout-1.tmp page.tmp" {
		t.Errorf("in the folder: %s", got)
	}
}

// The folder is taken away while a group is written: nothing is half there, and
// the folder takes no more.
func TestFolderVanishes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a folder in use can not be removed on Windows")
	}
	ways(t, func(t *testing.T, open func(path string) *Folder) {
		dir := filepath.Join(t.TempDir(), "Quillfeather")
		f := open(dir)
		if err := f.Put("a.pdf", []byte("a")); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		refused(t, f.Sync(), "moved or deleted")
		refused(t, f.Put("b.pdf", []byte("b")), "moved or deleted")
		refused(t, f.Close(), "moved or deleted")
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Error("the folder is back")
		}
	})
}

// BenchmarkPut writes new files of 10, 40 and 80 kB with one and two writers:
// through a Folder until the last file is on the disk under its name, and with
// os.WriteFile into a folder beside it, which is done once the system has the
// bytes. The two take turns. Of the medians over the turns, "of-plain" is our
// rate as a part of the plain one, "of-synced" as a part of the plain one when it
// ends with one sync for all, and "puts-of-plain" leaves out our last sync, which
// in a batch goes on while pages are made.
func BenchmarkPut(b *testing.B) {
	for _, size := range []int{10_000, 40_000, 80_000} {
		for _, writers := range []int{1, 2} {
			b.Run(fmt.Sprintf("%dkB-%d", size/1000, writers), func(b *testing.B) { putAndPlain(b, size, writers) })
		}
	}
}

func putAndPlain(b *testing.B, size, writers int) {
	data := make([]byte, size)
	rand.NewChaCha8([32]byte{}).Read(data)
	metrics := map[string][]float64{}
	add := func(name string, value float64) { metrics[name] = append(metrics[name], value) }
	// The folders stay until the end: ext4 searches long for a number for a new
	// file where many were removed in the last minutes.
	top := b.TempDir()
	for n := 0; b.Loop(); n++ {
		var put, puts, plain, synced float64
		ours := func() { puts, put = putSeconds(b, filepath.Join(top, fmt.Sprint("put", n)), data, writers) }
		theirs := func() { plain, synced = plainSeconds(b, filepath.Join(top, fmt.Sprint("plain", n)), data, writers) }
		if n%2 == 0 {
			ours()
			theirs()
		} else {
			theirs()
			ours()
		}
		add("put/s", benchFiles/put)
		add("plain/s", benchFiles/plain)
		add("of-plain", plain/put)
		add("of-synced", synced/put)
		add("puts-of-plain", plain/puts)
	}
	b.ReportMetric(0, "ns/op")
	for name, values := range metrics {
		slices.Sort(values)
		b.ReportMetric(values[len(values)/2], name)
	}
}

const benchFiles = 2048

// putSeconds is how long a Folder takes: until the last Put returns, and until all
// is on the disk. Two goroutines sync, so that one group gets its names while the
// next is synced.
func putSeconds(b *testing.B, path string, data []byte, writers int) (puts, all float64) {
	f := openFolder(b, path)
	ready := make(chan bool, benchFiles)
	var keepers sync.WaitGroup
	for range 2 {
		keepers.Go(func() {
			for range ready {
				if err := f.Sync(); err != nil {
					b.Error(err)
				}
			}
		})
	}
	began := time.Now()
	share(writers, func(i int) {
		if err := f.Put(fmt.Sprintf("row-%05d.pdf", i), data); err != nil {
			b.Error(err)
		}
		if i%128 == 0 {
			ready <- true
		}
	})
	puts = time.Since(began).Seconds()
	close(ready)
	keepers.Wait()
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return puts, time.Since(began).Seconds()
}

// plainSeconds is how long plain writing takes, without and with a sync at its end.
func plainSeconds(b *testing.B, path string, data []byte, writers int) (writes, synced float64) {
	if err := os.Mkdir(path, 0o700); err != nil {
		b.Fatal(err)
	}
	dir, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer dir.Close()
	began := time.Now()
	share(writers, func(i int) {
		if err := os.WriteFile(filepath.Join(path, fmt.Sprintf("row-%05d.pdf", i)), data, 0o600); err != nil {
			b.Error(err)
		}
	})
	writes = time.Since(began).Seconds()
	if s := systemOf(dir); s.together {
		if err := s.syncAll(dir); err != nil {
			b.Fatal(err)
		}
	}
	return writes, time.Since(began).Seconds()
}

// share divides the benchmark's files among writers.
func share(writers int, write func(i int)) {
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := w; i < benchFiles; i += writers {
				write(i)
			}
		})
	}
	wg.Wait()
}

// whole tells of which row and generation a page is, if all of it is there.
func whole(data []byte) (row, generation int, ok bool) {
	head, _, _ := bytes.Cut(data, []byte("\n"))
	if _, err := fmt.Sscanf(string(head), "row %d generation %d", &row, &generation); err != nil {
		return 0, 0, false
	}
	return row, generation, bytes.Equal(data, rowPage(row, generation))
}

// rowPage is a page of up to 60 kB that tells of its row and generation.
func rowPage(row, generation int) []byte {
	page := fmt.Appendf(nil, "row %d generation %d\n", row, generation)
	r := rand.New(rand.NewPCG(uint64(row), uint64(generation)))
	fill := make([]byte, r.IntN(60_000))
	for i := range fill {
		fill[i] = byte(i*(row+1) + generation)
	}
	return append(page, fill...)
}
