//go:build unix

package store

import (
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// said is the sentence of an error of a file.
func said(t *testing.T, err error) string {
	t.Helper()
	var e *FileError
	if !errors.As(err, &e) {
		t.Errorf("it said %v", err)
		return ""
	}
	return e.Message
}

// TestFolderOfOthers: a folder in which others can do as they like is not written to.
func TestFolderOfOthers(t *testing.T) {
	dir := t.TempDir()
	for mode, want := range map[os.FileMode]string{0o777: "anyone can write to the output's folder", 0o703: "anyone can write to the output's folder", 0o775: "", 0o755: "", 0o700: ""} {
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		f, err := OpenFolder(dir)
		if want == "" {
			if err != nil {
				t.Fatalf("mode %o: %v", mode, err)
			}
			f.Close()
		} else if got := said(t, err); got != want {
			t.Errorf("mode %o: it said %q", mode, got)
		}
	}
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder away")
	}
	if err := os.Chown(dir, 12345, -1); err != nil {
		t.Fatal(err)
	}
	_, err := OpenFolder(dir)
	if got := said(t, err); got != "the output's folder belongs to another user" {
		t.Errorf("it said %q", got)
	}
}

// TestFolderTraps lays pipes, links and folders where files of the folder should be:
// nothing hangs, and nothing is written elsewhere.
func TestFolderTraps(t *testing.T) {
	traps := map[string]func(path, victim string) error{
		"pipe":   func(path, _ string) error { return syscall.Mkfifo(path, 0o600) },
		"link":   func(path, victim string) error { return os.Symlink(victim, path) },
		"folder": func(path, _ string) error { return os.Mkdir(path, 0o700) },
	}
	for trap, lay := range traps {
		for _, name := range []string{".handout-lock", "ledger.jsonl", "report.csv", "visit-1.pdf"} {
			dir := t.TempDir()
			victim := filepath.Join(t.TempDir(), "victim")
			if err := os.WriteFile(victim, []byte("mine"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := lay(filepath.Join(dir, name), victim); err != nil {
				t.Skip("no traps can be laid here: ", err)
			}
			err := func() error {
				f, err := OpenFolder(dir)
				if err != nil {
					return err
				}
				defer f.Close()
				l, err := OpenLedger(f)
				if err != nil {
					return err
				}
				defer l.Close()
				if err := f.Free("report.csv"); err != nil {
					return err
				}
				if f.Holds("visit-1.pdf", sha256.New(), Sum{}) {
					t.Errorf("a %s is a page", trap)
				}
				return f.Put("visit-1.pdf", []byte("page"))
			}()
			if got := said(t, err); !strings.Contains(got, "a folder, a link or a pipe") {
				t.Errorf("a %s called %s: it said %q", trap, name, got)
			}
			if text, err := os.ReadFile(victim); err != nil || string(text) != "mine" {
				t.Errorf("a %s called %s: somebody else's file is %q", trap, name, text)
			}
			if name == "ledger.jsonl" && trap != "link" {
				if _, err := ReadLedger(dir); err == nil {
					t.Errorf("a %s is read for a ledger", trap)
				}
			}
		}
	}
}

// TestLockTidied: though its file is tidied away, a folder is for one program.
func TestLockTidied(t *testing.T) {
	dir := t.TempDir()
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, lockName)); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenFolder(dir); err == nil || !strings.HasPrefix(err.Error(), "another handout is writing") {
		t.Errorf("a second one may in: %v", err)
	}
	f.Close()
	if f, err = OpenFolder(dir); err != nil {
		t.Fatal(err)
	}
	f.Close()
}

// TestFolderGone: a folder that is moved away or deleted while it is written to is
// missed.
func TestFolderGone(t *testing.T) {
	for name, harm := range map[string]func(dir string) error{
		"deleted": os.RemoveAll,
		"moved":   func(dir string) error { return os.Rename(dir, dir+"-moved") },
		"replaced": func(dir string) error {
			return errors.Join(os.Rename(dir, dir+"-moved"), os.Mkdir(dir, 0o700))
		},
	} {
		dir := filepath.Join(t.TempDir(), "out")
		f, err := OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(f.Put("a.pdf", []byte("a")), f.Sync(), f.Stands()); err != nil {
			t.Fatal(err)
		}
		if err := harm(dir); err != nil {
			t.Fatal(err)
		}
		if got := said(t, f.Stands()); !strings.HasPrefix(got, "the output's folder was moved or deleted") {
			t.Errorf("%s: it said %q", name, got)
		}
		f.Close()
	}
}

// TestLedgerTouched: where another program writes to the ledger, against the lock, or
// takes it away, no line is torn and none is written over.
func TestLedgerTouched(t *testing.T) {
	for name, harm := range map[string]func(path string) error{
		"written to": func(path string) error {
			f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteString("{\"run\":{\"number\":7,\"time\":\"2026-11-22T18:00:00Z\",\"settings\":{}}}\n")
			return errors.Join(err, f.Close())
		},
		"deleted": os.Remove,
		"replaced": func(path string) error {
			return errors.Join(os.Remove(path), os.WriteFile(path, nil, 0o600))
		},
	} {
		dir := t.TempDir()
		f, err := OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		l, err := OpenLedger(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Begin(time.Now(), nil); err != nil {
			t.Fatal(err)
		}
		if err := harm(filepath.Join(dir, ledgerName)); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Begin(time.Now(), nil); err == nil || !strings.HasPrefix(said(t, err), "another program has changed") {
			t.Errorf("%s: it said %v", name, err)
		}
		l.Close()
		f.Close()
		if again, err := ReadLedger(dir); err == nil && len(again.Damage) > 0 {
			t.Errorf("%s: %v", name, again.Damage)
		}
	}
}
