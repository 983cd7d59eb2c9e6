//go:build unix

package mail

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// victim is a folder of somebody else's, with files that are called as ours are.
func victimFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"thesis.doc", "000001-AAAAA.eml", "1.tmp", "key", "log", "lock"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func whole(t *testing.T, dir string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 7 {
		t.Fatalf("somebody else's folder has %d files, and had 7: %v", len(files), err)
	}
	for _, f := range files {
		if text, err := os.ReadFile(filepath.Join(dir, f.Name())); f.Name() != "empty" && (err != nil || string(text) != "mine") {
			t.Errorf("somebody else's %s is %q", f.Name(), text)
		}
	}
}

// TestTraps lays links and pipes where an outbox has its folders and files: it is
// refused at once, nothing is deleted elsewhere, and no mail is written elsewhere.
func TestTraps(t *testing.T) {
	for _, name := range []string{"tmp", "new", "sending", "sent", "failed", "key", "log", "lock", "new/000001-AAAAA.eml", "sent/000002-BBBBB.eml"} {
		for _, trap := range []string{"link", "inner link", "pipe"} {
			b := outbox(t, 2)
			dir := b.root.Name()
			if name == "sent/000002-BBBBB.eml" {
				if err := b.rename(b.List(New)[1], Sent); err != nil {
					t.Fatal(err)
				}
			}
			if err := b.Close(); err != nil {
				t.Fatal(err)
			}
			path, victim := filepath.Join(dir, name), victimFolder(t)
			folder := !strings.Contains(name, ".") && name != "key" && name != "log" && name != "lock"
			err := os.Rename(path, path+"-away")
			switch {
			case trap == "pipe":
				err = errors.Join(err, syscall.Mkfifo(path, 0o600))
			case trap == "inner link": // to another place in the outbox
				err = errors.Join(err, os.Symlink(map[bool]string{true: "sent", false: filepath.Join(dir, filepath.Dir(name), "x")}[folder], path))
			case folder:
				err = errors.Join(err, os.Symlink(victim, path))
			default:
				err = errors.Join(err, os.Symlink(filepath.Join(victim, "thesis.doc"), path))
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, open := range []func(string) (*Outbox, error){Open, Create} {
				b, err := open(dir)
				if err == nil {
					b.Close()
				}
				var unsafe *FolderError
				if !errors.As(err, &unsafe) && !(folder && trap == "pipe" && errors.Is(err, ErrNoOutbox)) {
					t.Errorf("a %s called %s: %v", trap, name, err)
				}
			}
			whole(t, victim)
		}
	}
}

// TestTmp: what a crash left in tmp is thrown away, and nothing else.
func TestTmp(t *testing.T) {
	b := outbox(t, 0)
	dir := filepath.Join(b.root.Name(), "tmp")
	victim := victimFolder(t)
	for _, name := range []string{"1.tmp", "000001-AAAAA.eml", "key", "notes.txt", "1.tmp.bak"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "2.tmp"), 0o700), os.Symlink(victim, filepath.Join(dir, "3.tmp"))); err != nil {
		t.Fatal(err)
	}
	b = reopen(t, b)
	var left []string
	files, err := os.ReadDir(dir)
	for _, f := range files {
		left = append(left, f.Name())
	}
	if got := strings.Join(left, " "); err != nil || got != "1.tmp.bak 2.tmp 3.tmp notes.txt" {
		t.Errorf("tmp has %s, %v", got, err)
	}
	whole(t, victim)
	for row := 1; row <= 4; row++ { // names that are taken are passed over
		if _, err := b.Put(row, codes[row-1], letterFor(t, b, row), time.Unix(0, 0)); err != nil {
			t.Error(err)
		}
	}
}

// TestOthers: an outbox in which others can do as they like is not used; nor is one
// that a link leads to written by a batch.
func TestOthers(t *testing.T) {
	b := outbox(t, 1)
	dir := b.root.Name()
	if err := errors.Join(b.Close(), os.Chmod(dir, 0o777)); err != nil {
		t.Fatal(err)
	}
	refused := func(why string, err error) {
		t.Helper()
		var unsafe *FolderError
		if !errors.As(err, &unsafe) || !strings.Contains(unsafe.Message, why) || unsafe.Hint == "" {
			t.Errorf("%v, and not %s", err, why)
		}
	}
	_, err := Open(dir)
	refused("anyone can write", err)
	_, err = Create(dir)
	refused("anyone can write", err)
	if err := errors.Join(os.Chmod(dir, 0o755), os.Chmod(filepath.Join(dir, "new"), 0o777)); err != nil {
		t.Fatal(err)
	}
	_, err = Open(dir)
	refused("anyone can write to the folder new", err)
	if err := os.Chmod(filepath.Join(dir, "new"), 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "outbox")
	if err := errors.Join(os.Chmod(dir, 0o700), os.Symlink(dir, link)); err != nil {
		t.Fatal(err)
	}
	_, err = Create(link)
	refused("the outbox is a link", err)
	if b, err = Open(link); err != nil { // who sends has named it
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrBusy) {
		t.Errorf("by another name it is another: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "lock")); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrBusy) {
		t.Errorf("without its lock's file two may in: %v", err)
	}
	b.Close()
	if os.Geteuid() != 0 {
		return
	}
	if err := os.Chown(dir, 12345, -1); err != nil {
		t.Fatal(err)
	}
	_, err = Open(dir)
	refused("belongs to another user", err)
}

// TestOutboxGone: an outbox that was moved away while a batch wrote into it is missed.
func TestOutboxGone(t *testing.T) {
	b := outbox(t, 1)
	dir := b.root.Name()
	if err := b.Begin("one"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Rename(dir, dir+"-moved"), os.Mkdir(dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	var unsafe *FolderError
	if err := b.Finish("one", true); !errors.As(err, &unsafe) {
		t.Errorf("nobody noticed: %v", err)
	}
}
