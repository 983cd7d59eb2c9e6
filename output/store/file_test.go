package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder lists what is in a folder.
func folder(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// refused insists on an error of this message that says nothing of the path.
func refused(t *testing.T, err error, message string) {
	t.Helper()
	var e *FileError
	if !errors.As(err, &e) || !strings.Contains(e.Message, message) || e.Hint == "" {
		t.Errorf("%q: the error is %v", message, err)
		return
	}
	for ; err != nil; err = errors.Unwrap(err) {
		if strings.Contains(err.Error(), "Quillfeather") {
			t.Errorf("the error names the file: %v", err)
		}
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "Quillfeather.pdf")
	for _, want := range []string{"first", "the second is longer", "", "4"} {
		if err := WriteFile(path, []byte(want)); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != want {
			t.Errorf("%q, %v", got, err)
		}
	}
	if got := folder(t, dir); got != "Quillfeather.pdf" {
		t.Errorf("in the folder: %s", got)
	}
}

func TestWriteFileHere(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := WriteFile("page.pdf", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if got := folder(t, "."); got != "page.pdf" {
		t.Errorf("in the folder: %s", got)
	}
}

func TestWriteFileRefuses(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "Quillfeather.pdf")
	if err := os.WriteFile(old, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, message string }{
		{"", "has no name"},
		{dir, "is a folder"},
		{filepath.Join(dir, "Quillfeather") + string(filepath.Separator), "is a folder"},
		{filepath.Join(dir, "Quillfeather", "page.pdf"), "does not exist"},
		{filepath.Join(old, "page.pdf"), "is a file, not a folder"},
		{filepath.Join(dir, strings.Repeat("Quillfeather", 40)), "too long"},
	} {
		refused(t, WriteFile(c.path, []byte("new")), c.message)
	}
	if got, _ := os.ReadFile(old); string(got) != "old" {
		t.Errorf("the old file is now %q", got)
	}
	if got := folder(t, dir); got != "Quillfeather.pdf" {
		t.Errorf("left behind: %s", got)
	}
}

func TestWriteFileLinks(t *testing.T) {
	dir := t.TempDir()
	link, file := filepath.Join(dir, "link.pdf"), filepath.Join(dir, "store", "page.pdf")
	if err := os.Mkdir(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	refused(t, WriteFile(link, []byte("new")), "leads nowhere")
	if err := os.WriteFile(file, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if is, err := os.Lstat(link); err != nil || is.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	if got, _ := os.ReadFile(file); !bytes.Equal(got, []byte("new")) {
		t.Errorf("behind the link: %q", got)
	}
}
