package mail

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Put puts a message into new as Add does, and takes the place of one for the same
// code that has not been sent, for its address may have changed since; or that the
// server refused, if its address has. Other messages stay as they are, and Put tells
// where.
func (b *Outbox) Put(row int, code string, eml []byte, now time.Time) (State, error) {
	old, there := b.Find(code)
	if !there {
		_, err := b.Add(row, code, eml)
		return New, err
	}
	switch old.State {
	case New:
	case Failed:
		refused, err := b.read(old)
		if err != nil {
			return Failed, err
		}
		if to := recipients(eml); to == "" || to == recipients(refused) {
			return Failed, nil
		}
		if err := b.log.write(now, old, "again", ""); err != nil {
			return Failed, err
		}
	default:
		return old.State, nil
	}
	e := Entry{Row: row, Code: code, State: New}
	tmp := filepath.Join(b.dir, "tmp", e.name())
	err := writeSynced(tmp, eml)
	if err == nil && b.path(old) != b.path(e) {
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

// recipients are the addresses a message is to, or "" if it can not be read.
func recipients(eml []byte) string {
	m, err := mail.ReadMessage(bytes.NewReader(eml))
	if err != nil {
		return ""
	}
	list, err := m.Header.AddressList("To")
	if err != nil {
		return ""
	}
	var to []string
	for _, a := range list {
		to = append(to, a.Address)
	}
	return strings.Join(to, " ")
}

// Withdraw takes a message out of new that must not be sent any more: its handout was
// changed, or a person says so. What is in another state stays, and Withdraw reports
// false.
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

// marksHeader is where a message keeps its marks.
const marksHeader = "X-Handout-Visit"

// Mark is a word of 16 digits for some words: the same for the same words in this
// outbox, and for who does not have its key it says nothing about them. By the marks
// of its visit a message is known for an older one of the same visit, though its
// handout, and so its code, is another.
func (b *Outbox) Mark(words ...string) string {
	h := hmac.New(sha256.New, b.key)
	for _, w := range append([]string{"mark"}, words...) {
		fmt.Fprintf(h, "%d %s ", len(w), w)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Marks are those a message was written with; none if it can not be read.
func (b *Outbox) Marks(e Entry) []string {
	file, err := os.Open(b.path(e))
	if err != nil {
		return nil
	}
	defer file.Close()
	m, err := mail.ReadMessage(io.LimitReader(file, 64<<10)) // of which it reads the header
	if err != nil {
		return nil
	}
	return strings.Fields(m.Header.Get(marksHeader))
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
