package mail

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"io"
	"io/fs"
	"net/mail"
	"os"
	"slices"
	"strings"
	"time"
)

// Put puts a message into new as Add does, and takes the place of one for the same
// code that has not been sent, for its address may have changed since; or that the
// server refused, if its address has. Other messages stay as they are, and Put tells
// where.
func (b *Outbox) Put(row int, code string, eml []byte, now time.Time) (State, error) {
	for {
		var over *Entry
		if old, there := b.Find(code); there {
			if gives, err := b.givesWay(old, eml, now); err != nil || !gives {
				if after, _ := b.Find(code); after != old {
					continue // another Put for the code was faster
				}
				return old.State, err
			}
			over = &old
		}
		placed, err := b.place(Entry{Row: row, Code: code, State: New}, eml, over)
		if placed || err != nil {
			return New, err
		}
	}
}

// givesWay tells whether a message may take the place of an older one.
func (b *Outbox) givesWay(old Entry, eml []byte, now time.Time) (bool, error) {
	if old.State != Failed {
		return old.State == New, nil
	}
	refused, err := b.read(old)
	if err != nil {
		return false, err
	}
	if to := recipients(eml); to == "" || to == recipients(refused) {
		return false, nil
	}
	return true, b.log.write(now, old, "again", "")
}

// recipients are the addresses a message is to, or "" if it cannot be read.
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
// changed, or a person says so; or out of failed, from where Again would send it. What
// is in another state stays, and Withdraw reports false.
func (b *Outbox) Withdraw(code string, now time.Time) (bool, error) {
	e, there := b.Find(code)
	if !there || e.State != New && e.State != Failed {
		return false, nil
	}
	if err := b.log.write(now, e, "withdrawn", ""); err != nil {
		return false, err
	}
	b.mu.Lock()
	err := b.root.Remove(e.path())
	if err == nil {
		delete(b.entries, code)
	}
	b.mu.Unlock()
	if err != nil {
		return false, err
	}
	return true, b.sync(string(e.State))
}

// Lock is the Message.Lock that a message was written with; empty if it was written
// without, or cannot be read.
func (b *Outbox) Lock(e Entry) string { return b.header(e).Get(lockHeader) }

// unfinished is there while a batch writes into the outbox. It has a line for each list
// whose last batch did not come to its end.
const unfinished = "unfinished"

// Begin says that a batch of a list is at work: some of its messages may be in new, and
// what they take the place of may be there too. It says so on the disk, for a batch that
// is stopped or killed leaves both; until Finish, nobody should send. The list is a Mark
// of what tells it from others.
func (b *Outbox) Begin(list string) error {
	lists, err := b.unfinishedLists()
	if err != nil || slices.Contains(lists, list) {
		return err
	}
	return b.keep(unfinished, []byte(strings.Join(append(lists, list), "\n")+"\n"))
}

// Finish says that what new has of a list is what it should be, which is on the disk
// before. If new has nothing else (alone), other lists are finished too, whatever became
// of their batches.
//
// It fails if the outbox does not stand where it was opened: somebody may have moved it
// away meanwhile, or deleted it.
func (b *Outbox) Finish(list string, alone bool) error {
	if err := b.Sync(); err != nil {
		return err
	}
	mine, err := b.dir.Stat()
	if err != nil {
		return err
	}
	if now, err := os.Stat(b.root.Name()); err != nil || !os.SameFile(mine, now) {
		return &FolderError{"the outbox was moved or deleted in the meantime", "run the same command again"}
	}
	lists, err := b.unfinishedLists()
	if err != nil {
		return err
	}
	lists = slices.DeleteFunc(lists, func(l string) bool { return l == list })
	if len(lists) > 0 && !alone {
		return b.keep(unfinished, []byte(strings.Join(lists, "\n")+"\n"))
	}
	if err := b.root.Remove(unfinished); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return b.sync(".")
}

// unfinishedLists are those of which a batch began and did not finish. A file without
// any, as a person may make it, is one of a list that nobody knows.
func (b *Outbox) unfinishedLists() ([]string, error) {
	file, err := b.plain(unfinished, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 1<<20))
	if lists := strings.Fields(string(text)); len(lists) > 0 {
		return lists, err
	}
	return []string{"?"}, err
}

// Unfinished tells whether a batch began, of whatever list, and did not finish.
func (b *Outbox) Unfinished() bool {
	_, err := b.root.Lstat(unfinished)
	return !errors.Is(err, fs.ErrNotExist) // where it cannot be known, it may be
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
