package mail

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A message that has not been sent can be written anew and withdrawn; one that
// has, or may have, stays as it is.
func TestAmend(t *testing.T) {
	dir := t.TempDir()
	b, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	put := func(row int, code, text string) State {
		t.Helper()
		s, err := b.Put(row, code, []byte(text), time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := put(7, "K7Q2-9MXD", "old"); s != New {
		t.Errorf("a new message is in %s", s)
	}
	if s := put(8, "K7Q2-9MXD", "changed"); s != New {
		t.Errorf("a changed message is in %s", s)
	}
	files, err := filepath.Glob(filepath.Join(dir, "new", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("new has %v, %v", files, err)
	}
	if text, _ := os.ReadFile(files[0]); string(text) != "changed" || filepath.Base(files[0]) != "000008-K7Q2-9MXD.eml" {
		t.Errorf("%s has %q", files[0], text)
	}

	e, _ := b.Find("K7Q2-9MXD")
	if err := b.rename(e, Sent); err != nil {
		t.Fatal(err)
	}
	if s := put(8, "K7Q2-9MXD", "again"); s != Sent {
		t.Errorf("a message that was sent is in %s", s)
	}
	if out, err := b.Withdraw("K7Q2-9MXD", time.Unix(0, 0)); out || err != nil {
		t.Errorf("a message that was sent is withdrawn: %v", err)
	}

	// One that the server refused goes to another address, and not to the same.
	to := func(address string) string { return "To: " + address + "\r\n\r\n" }
	put(5, "CCCC-CCCC", to("ana@example.org"))
	e, _ = b.Find("CCCC-CCCC")
	if err := b.rename(e, Failed); err != nil {
		t.Fatal(err)
	}
	if s := put(5, "CCCC-CCCC", to("ana@example.org")+"other words"); s != Failed {
		t.Errorf("a message to the address that was refused is in %s", s)
	}
	if s := put(6, "CCCC-CCCC", to("ana@example.net")); s != New {
		t.Errorf("a message to another address is in %s", s)
	}
	if list := b.List(Failed); len(list) != 0 {
		t.Errorf("failed has %v", list)
	}
	if out, err := b.Withdraw("CCCC-CCCC", time.Unix(0, 0)); !out || err != nil {
		t.Errorf("it is not withdrawn: %v", err)
	}

	put(9, "AAAA-AAAA", "to go")
	if out, err := b.Withdraw("AAAA-AAAA", time.Unix(0, 0)); !out || err != nil {
		t.Errorf("a message is not withdrawn: %v", err)
	}
	if list := b.List(New); len(list) != 0 {
		t.Errorf("new has %v", list)
	}
	if s := put(9, "AAAA-AAAA", "back"); s != New {
		t.Errorf("a message written again is in %s", s)
	}

	// Passwords are the same every time, and in another outbox others.
	first := b.Password("AAAA-AAAA")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if b, err = Open(dir); err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if again := b.Password("AAAA-AAAA"); again != first || len(first) != 14 || first == b.Password("BBBB-BBBB") {
		t.Errorf("passwords %q and %q", first, again)
	}
	other, err := Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if other.Password("AAAA-AAAA") == first {
		t.Error("two outboxes give the same password")
	}
}

// A message keeps its marks, which say nothing without the outbox's key.
func TestMarks(t *testing.T) {
	b, other := outbox(t, 1), outbox(t, 0)
	mark := b.Mark("name", "2026-11-22 09:00:00", "ana quillfeather")
	if len(mark) != 16 || mark == other.Mark("name", "2026-11-22 09:00:00", "ana quillfeather") || mark == b.Mark("name", "2026-11-22 09:00:00", "ana", "quillfeather") {
		t.Errorf("the mark is %s", mark)
	}
	m := example()
	m.Marks = []string{mark, b.Mark("address", "x"), b.Mark("therapist", "x"), b.Mark("visit", "x"), b.Mark("y", "x")}
	eml, err := Compose(m)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Put(2, "MARKS", eml, time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	e, _ := b.Find("MARKS")
	if got := b.Marks(e); !slices.Equal(got, m.Marks) {
		t.Errorf("%v were read, and written %v", got, m.Marks)
	}
	plain, _ := b.Find(codes[0])
	if got := b.Marks(plain); len(got) != 0 {
		t.Errorf("a message without marks has %v", got)
	}
	if got := b.Marks(Entry{Row: 9, Code: "NONE", State: New}); len(got) != 0 {
		t.Errorf("no message has %v", got)
	}
}

// TestStepByStep stops before each step that writes a message anew, as a kill does: the
// outbox opened after it has one message for the code, whole; one that was refused is
// never in new; and what was to be done can be done.
func TestStepByStep(t *testing.T) {
	older, newer := []byte("To: quill@wrong.example\r\n\r\nolder"), []byte("To: quill@right.example\r\n\r\nnewer")
	for _, over := range []*Entry{nil, {1, codes[0], New}, {2, codes[0], New}, {1, codes[0], Failed}, {2, codes[0], Failed}} {
		steps := 1
		for stop := 0; stop <= steps; stop++ {
			b := outbox(t, 0)
			e := Entry{1, codes[0], New}
			if over != nil {
				if _, err := b.place(Entry{over.Row, codes[0], New}, older, nil); err != nil {
					t.Fatal(err)
				}
				if old, _ := b.Find(codes[0]); over.State == Failed {
					if err := b.rename(old, Failed); err != nil {
						t.Fatal(err)
					}
				}
			}
			tmp, err := b.write(newer)
			if err != nil {
				t.Fatal(err)
			}
			list := b.steps(tmp, e, over)
			steps = len(list)
			for _, step := range list[:stop] {
				if err := step(); err != nil {
					t.Fatal(err)
				}
			}
			b = reopen(t, b)
			found, there := b.Find(codes[0])
			if !there && (over != nil || stop > 0) {
				t.Fatalf("over %v, stopped before step %d, there is no message", over, stop)
			}
			if there {
				text, err := b.read(found)
				if err != nil || string(text) != string(older) && string(text) != string(newer) || over != nil && over.State == Failed && found.State == New && string(text) == string(older) {
					t.Errorf("over %v, stopped before step %d, %s has %q, %v", over, stop, found.State, text, err)
				}
				if got := strings.Fields(where(t, b)); len(got) != 1 || strings.Contains(got[0], ",") {
					t.Errorf("over %v, stopped before step %d, it stands at %s", over, stop, got)
				}
			}
			if s, err := b.Put(1, codes[0], newer, time.Unix(0, 0)); s != New || err != nil || where(t, b) != "new:1" {
				t.Errorf("over %v, stopped before step %d, it cannot be put: %s, %v", over, stop, where(t, b), err)
			}
			b.Close()
		}
		if over != nil && over.State == Failed && steps != 3 {
			t.Errorf("%d steps", steps)
		}
	}
}
