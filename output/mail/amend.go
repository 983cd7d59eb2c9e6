package mail

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Put puts a message into new as Add does, and takes the place of one for the same
// code that has not been sent: its address may have changed since. Messages in any
// other state stay as they are, and Put tells which that is.
func (b *Outbox) Put(row int, code string, eml []byte) (State, error) {
	old, there := b.Find(code)
	if !there {
		_, err := b.Add(row, code, eml)
		return New, err
	}
	if old.State != New {
		return old.State, nil
	}
	e := Entry{Row: row, Code: code, State: New}
	tmp := filepath.Join(b.dir, "tmp", e.name())
	err := writeSynced(tmp, eml)
	if err == nil && old.name() != e.name() {
		err = os.Rename(b.path(old), b.path(e)) // so that there is one, whenever we are killed
	}
	if err == nil {
		err = os.Rename(tmp, b.path(e))
	}
	if err != nil {
		return New, err
	}
	b.mu.Lock()
	b.entries[code] = e
	b.mu.Unlock()
	return New, nil
}

// Withdraw takes a message out of new that must not be sent any more, because its
// handout was changed. What is in another state stays, and Withdraw reports false.
func (b *Outbox) Withdraw(code string, now time.Time) (bool, error) {
	e, there := b.Find(code)
	if !there || e.State != New {
		return false, nil
	}
	if err := b.log.write(now, e, "withdrawn", ""); err != nil {
		return false, err
	}
	if err := os.Remove(b.path(e)); err != nil {
		return false, err
	}
	b.mu.Lock()
	delete(b.entries, code)
	b.mu.Unlock()
	return true, b.Sync()
}

// Password is one for the handout of a code: 12 letters and digits, none of which
// looks like another, 60 bits that nobody can guess. It is made with the outbox's
// key, so that it is the same every time and is nowhere kept.
func (b *Outbox) Password(code string) string {
	h := hmac.New(sha256.New, b.key)
	h.Write([]byte("password for " + code))
	text := base32.NewEncoding("abcdefghjkmnpqrstuvwxyz123456789").EncodeToString(h.Sum(nil))
	return strings.Join([]string{text[:4], text[4:8], text[8:12]}, "-")
}
