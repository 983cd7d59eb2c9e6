package mail

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestAdd(t *testing.T) {
	b := outbox(t, 2)
	eml := letterFor(t, b, 1)
	for row, code := range map[int]string{1: codes[0], 7: codes[1]} {
		if added, err := b.Add(row, code, eml); added || err != nil {
			t.Errorf("%s was added twice: %v", code, err)
		}
	}
	for _, code := range []string{"", "../x", "a b", "ä", strings.Repeat("x", 41)} {
		if _, err := b.Add(3, code, eml); err == nil {
			t.Errorf("%q was taken for a code", code)
		}
	}
	info, err := os.Stat(filepath.Join(b.root.Name(), "new", "000001-AAAAA.eml"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info, err)
	}
	// One code from many goroutines is one message.
	var wg sync.WaitGroup
	var added [8]bool
	for i := range added {
		wg.Go(func() { added[i], _ = b.Add(i+1, "TWINS", eml) })
	}
	wg.Wait()
	n := 0
	for _, ok := range added {
		if ok {
			n++
		}
	}
	if n != 1 || len(b.List(New)) != 3 {
		t.Errorf("added %d times, %d messages", n, len(b.List(New)))
	}
}

// TestKey: an outbox keeps its IDs, and another has others.
func TestKey(t *testing.T) {
	b, other := outbox(t, 0), outbox(t, 0)
	id := b.ID("AAAAA")
	if len(id) != 32 || id == other.ID("AAAAA") || id == b.ID("BBBBB") {
		t.Errorf("%s, %s, %s", id, other.ID("AAAAA"), b.ID("BBBBB"))
	}
	b = reopen(t, b)
	if b.ID("AAAAA") != id {
		t.Error("the ID is another after opening again")
	}
	// With another key nobody's message would be known again.
	for _, text := range []string{"", "0123456789"} {
		b := outbox(t, 1)
		dir, key := b.root.Name(), filepath.Join(b.root.Name(), "key")
		id, own := b.ID("AAAAA"), []byte(nil)
		own, err := os.ReadFile(key)
		if err := errors.Join(err, b.Close(), os.WriteFile(key, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
		var fault *FolderError
		if _, err := Create(dir); !errors.As(err, &fault) {
			t.Errorf("an outbox with the key %q is written to: %v", text, err)
		}
		if err := os.Remove(key); err != nil {
			t.Fatal(err)
		}
		if b, err = Open(dir); err != nil { // what is there can be sent
			t.Fatal(err)
		}
		b.Close()
		if _, err := Create(dir); !errors.As(err, &fault) {
			t.Errorf("an outbox without its key is written to: %v", err)
		}
		if err := os.WriteFile(key, own, 0o600); err != nil {
			t.Fatal(err)
		}
		if b, err = Open(dir); err != nil || b.ID("AAAAA") != id {
			t.Fatal(err)
		}
		b.Close()
	}
}

func reopen(t *testing.T, b *Outbox) *Outbox {
	t.Helper()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := Open(b.root.Name())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func TestLock(t *testing.T) {
	b := outbox(t, 1)
	if _, err := Open(b.root.Name()); !errors.Is(err, ErrBusy) {
		t.Errorf("a second one may in: %v", err)
	}
	reopen(t, b)
}

func TestNoOutbox(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir); !errors.Is(err, ErrNoOutbox) {
		t.Error(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("it left something in a folder that is not its own: %v", entries)
	}
}

// TestRecover puts a message into sending with a log, as a crash leaves it.
func TestRecover(t *testing.T) {
	for log, want := range map[string]string{
		"":                                      "sending:1",
		"sending":                               "new:1",
		"sending offered":                       "sending:1",
		"sending offered sent":                  "sent:1",
		"sending offered failed":                "failed:1",
		"sending offered deferred":              "new:1",
		"sending offered unknown":               "sending:1",
		"sending offered unknown again":         "new:1",
		"sending offered unknown settled":       "sent:1",
		"sending deferred sending offered":      "sending:1",
		"sending offered unknown again sending": "new:1",
	} {
		b := outbox(t, 1)
		if err := b.rename(b.List(New)[0], Sending); err != nil {
			t.Fatal(err)
		}
		var lines string
		for _, word := range strings.Fields(log) {
			lines += "2026-11-22T18:30:00Z 1 AAAAA " + word + "\n"
		}
		// A power cut leaves half a line, and something half written.
		lines += "2026-11-22T18:30:00Z 1 AAAAA def"
		if err := os.WriteFile(filepath.Join(b.root.Name(), "log"), []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
		half := filepath.Join(b.root.Name(), "tmp", "000002-BBBBB.eml")
		if err := os.WriteFile(half, []byte("From: "), 0o600); err != nil {
			t.Fatal(err)
		}
		b = reopen(t, b)
		if got := where(t, b); got != want {
			t.Errorf("after %q it stands at %s, want %s", log, got, want)
		}
		if _, err := os.Stat(half); err == nil {
			t.Error("half a message is still there")
		}
		if _, ok := b.Find("BBBBB"); ok {
			t.Error("half a message counts")
		}
	}
}

func TestDecide(t *testing.T) {
	b := outbox(t, 4)
	for i, to := range []State{Sending, Failed, Sent} {
		if err := b.rename(b.List(New)[0], to); err != nil {
			t.Fatal(i, err)
		}
	}
	now := time.Date(2026, 11, 22, 18, 30, 0, 0, time.UTC)
	for _, code := range []string{"CCCCC", "DDDDD", "EEEEE", ""} {
		if err := b.Again(code, now); !errors.Is(err, ErrNoDecision) {
			t.Errorf("again %q: %v", code, err)
		}
		if err := b.Settle(code, now); !errors.Is(err, ErrNoDecision) {
			t.Errorf("settle %q: %v", code, err)
		}
	}
	if err := errors.Join(b.Again("BBBBB", now), b.Settle("AAAAA", now)); err != nil {
		t.Fatal(err)
	}
	if got := where(t, b); got != "new:2,4 sent:1,3" {
		t.Error(got)
	}
	if b = reopen(t, b); where(t, b) != "new:2,4 sent:1,3" {
		t.Error(where(t, b))
	}
	log, err := os.ReadFile(filepath.Join(b.root.Name(), "log"))
	if want := "2026-11-22T18:30:00Z 2 BBBBB again\n2026-11-22T18:30:00Z 1 AAAAA settled\n"; err != nil || string(log) != want {
		t.Errorf("%v\n%s", err, log)
	}
}
