package mail

import (
	"fmt"
	"net/mail"
	"sync"
	"testing"
	"time"
)

// TestRace calls an outbox from many goroutines at once, as batch's workers do: a
// column of the list was wrong, the server refused all, and now it is put right. Some
// rows clash in their code, and some messages are withdrawn meanwhile. It is what the
// race detector looks at in CI.
func TestRace(t *testing.T) {
	b := outbox(t, 0)
	compose := func(code, host string) []byte {
		m := Message{ID: b.ID(code), Code: code, Date: time.Unix(1e9, 0), From: mail.Address{Address: "c@example.org"},
			To: mail.Address{Address: "quill@" + host}, Subject: "s", Text: "t\n", Marks: []string{b.Mark(code)}, PDF: []byte("%PDF"), File: "handout.pdf"}
		eml, err := Compose(m)
		if err != nil {
			t.Error(err)
		}
		return eml
	}
	const n = 150
	for i := range n {
		code := fmt.Sprint("C", i)
		if _, err := b.Add(i+1, code, compose(code, "wrong.example")); err != nil {
			t.Fatal(err)
		}
		if e, _ := b.Find(code); i%3 > 0 {
			if err := b.rename(e, Failed); err != nil {
				t.Fatal(err)
			}
		}
	}
	var all sync.WaitGroup
	for i := range 2 * n {
		all.Go(func() {
			code := fmt.Sprint("C", i%n) // each is asked for twice
			if s, err := b.Put(i+1, code, compose(code, "right.example"), time.Unix(2e9, 0)); err != nil || s != New {
				t.Error(s, err)
			}
			if e, ok := b.Find(code); !ok || e.State != New {
				t.Error(code, e, ok)
			}
		})
	}
	for i := range n { // others look on, and take back what is not of this list
		all.Go(func() {
			code := fmt.Sprint("D", i)
			if added, err := b.Add(i+1, code, compose(code, "other.example")); err != nil || !added {
				t.Error(added, err)
			}
			b.List(New)
			if out, err := b.Withdraw(code, time.Unix(2e9, 0)); err != nil || !out {
				t.Error(out, err)
			}
			if err := b.Sync(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for range 2 { // as it stands in memory, and on the disk
		list := b.List(New)
		if len(list) != n || len(b.List(Failed)) != 0 {
			t.Errorf("%d messages to send, %d failed", len(list), len(b.List(Failed)))
		}
		for _, e := range list {
			if eml, err := b.read(e); err != nil || recipients(eml) != "quill@right.example" {
				t.Errorf("%s goes to %s, %v", e.Code, recipients(eml), err)
			}
		}
		b = reopen(t, b)
	}
}
