package mail

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestUnfinished: what a batch that was stopped leaves says so, until one comes to its
// end.
func TestUnfinished(t *testing.T) {
	b := outbox(t, 0)
	if b.Unfinished() {
		t.Error("a new outbox is unfinished")
	}
	for range 2 { // a batch that was stopped is followed by another
		if err := b.Begin("one"); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Put(1, codes[0], letterFor(t, b, 1), time.Unix(0, 0)); err != nil {
			t.Fatal(err)
		}
		if b = reopen(t, b); !b.Unfinished() {
			t.Error("nothing tells that a batch was stopped")
		}
	}
	// The end of one list's batch is not that of another's, but where new has nothing else.
	if err := errors.Join(b.Begin("two"), b.Finish("two", false)); err != nil || !b.Unfinished() {
		t.Errorf("another list's end counts: %v", err)
	}
	if err := b.Finish("one", false); err != nil || b.Unfinished() {
		t.Errorf("it is unfinished still: %v", err)
	}
	if err := errors.Join(b.Begin("one"), b.Begin("two"), b.Finish("two", true)); err != nil || b.Unfinished() {
		t.Errorf("it is unfinished though all is of the list: %v", err)
	}
	if err := b.Finish("one", false); err != nil {
		t.Error(err)
	}
	if b = reopen(t, b); b.Unfinished() || where(t, b) != "new:1" {
		t.Error(where(t, b))
	}
	// A file without its words counts too.
	if err := os.WriteFile(filepath.Join(b.root.Name(), unfinished), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if !b.Unfinished() {
		t.Error("an empty file does not count")
	}
	if err := errors.Join(b.Begin("one"), b.Finish("one", false)); err != nil || !b.Unfinished() {
		t.Errorf("nobody knows of which list it was: %v", err)
	}
}

// TestLockHeader: a message says what locks its PDF.
func TestLockHeader(t *testing.T) {
	b := outbox(t, 1)
	for i, lock := range []string{"", "none", "birthdate", "random", "column"} {
		m := example()
		m.Lock = lock
		eml, err := Compose(m)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Put(i+1, "LOCK", eml, time.Unix(0, 0)); err != nil {
			t.Fatal(err)
		}
		if e, _ := b.Find("LOCK"); b.Lock(e) != lock {
			t.Errorf("the lock was %q, and is %q", lock, b.Lock(e))
		}
	}
	if e, _ := b.Find(codes[0]); b.Lock(e) != "" {
		t.Errorf("a message without has the lock %q", b.Lock(e))
	}
	if lock := b.Lock(Entry{Row: 9, Code: "NONE", State: New}); lock != "" {
		t.Errorf("no message has the lock %q", lock)
	}
}

// TestTwoPlaces: a kill can leave a message in failed that was written anew in new. The
// new one counts, and the old one is gone; what was sent is never in new again.
func TestTwoPlaces(t *testing.T) {
	for _, x := range []struct {
		places []State
		want   string
	}{
		{[]State{Failed, New}, "new:1"},
		{[]State{New, Sent}, "sent:1"},
		{[]State{Sending, Sent}, "sent:1"},
	} {
		b := outbox(t, 0)
		for _, s := range x.places {
			if err := os.WriteFile(filepath.Join(b.root.Name(), Entry{1, codes[0], s}.path()), []byte(s), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		b = reopen(t, b)
		e, _ := b.Find(codes[0])
		if text, err := b.read(e); string(text) != string(x.places[1]) || err != nil {
			t.Errorf("of %v it has %s, %v", x.places, text, err)
		}
		if x.places[0] == Failed && where(t, b) != x.want {
			t.Errorf("of %v it leaves %s", x.places, where(t, b))
		}
	}
}
