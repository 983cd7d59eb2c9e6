// Package mail takes finished handouts to the people they are for: it writes
// messages, keeps them in an outbox, and sends what is there.
//
// # The outbox
//
// An outbox is a folder in the manner of a Maildir. A message is one file, named by
// the row and the code of its handout, and its state is the folder it stands in:
//
//	tmp      being written; what a crash left there is thrown away
//	new      to be sent
//	sending  in the hands of the one sender, or left there by a crash
//	sent     accepted by the server
//	failed   refused by the server for good
//
// It goes from one to the next by renaming, so it is in one of them and whole,
// whatever happens. Beside them are the log, which has a line for every change (time,
// row, code, state, the server's reply code; nothing about a person), the key that
// message IDs are made with, the lock that keeps a second program out, and while a
// batch is at work a file called unfinished.
//
// # Once each
//
// SMTP has one moment in which nobody can know: the last line of a message is on its
// way, and the answer has not come (RFC 1047). Just before that line the log says
// "offered", safe on the disk. A message that a crash left in sending is sent again
// if the log does not say so. If it does, the message stays where it is, is reported
// as unknown, and a person decides: Again or Settle. No program does.
package mail

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// State is where a message is on its way, and the name of the folder it stands in.
type State string

const (
	New     State = "new"
	Sending State = "sending"
	Sent    State = "sent"
	Failed  State = "failed"
)

// folders are in the order a message goes through them.
var folders = [...]State{New, Sending, Sent, Failed}

// allFolders are those of an outbox.
func allFolders() []string {
	list := []string{temporary}
	for _, s := range folders {
		list = append(list, string(s))
	}
	return list
}

// Entry is one message of an outbox.
type Entry struct {
	Row   int    // of the list it was made from, from 1
	Code  string // the handout's
	State State
}

// path is the entry's file in the outbox. Its name begins with the row, so that names
// sort as rows do.
func (e Entry) path() string { return fmt.Sprintf("%s/%06d-%s.eml", e.State, e.Row, e.Code) }

var (
	nameForm = regexp.MustCompile(`^([0-9]{6,9})-([0-9A-Za-z-]{1,40})\.eml$`)
	codeForm = regexp.MustCompile(`^[0-9A-Za-z-]{1,40}$`)
)

// ErrBusy is the answer of an outbox that another program is at work on.
var ErrBusy = errors.New("another handout is using this outbox")

// ErrNoOutbox is the answer of a folder that is none.
var ErrNoOutbox = errors.New("this folder is not an outbox")

// Outbox is an open outbox. Until it is closed no other program can open it. Its
// methods may be called from several goroutines.
//
// Errors of the file system are *fs.PathError or *os.LinkError; the paths in them
// hold rows and codes, nothing about a person.
type Outbox struct {
	root *os.Root // no link in the outbox leads out of it
	dir  *os.File // the same folder
	lock *os.File
	log  *log
	key  []byte

	mu      sync.Mutex
	entries map[string]Entry    // by code
	learnt  map[string][]string // marks, by code
	serial  int                 // of what is written in tmp
}

// Create opens the outbox in dir, and makes it if it is not there. Only its owner
// can look into one that Create made (0700). It fails as Open does, and where dir is
// a link: what a batch writes stays below its own folder.
func Create(dir string) (*Outbox, error) {
	switch is, err := os.Lstat(dir); {
	case err == nil && is.Mode()&fs.ModeSymlink != 0:
		return nil, &FolderError{"the outbox is a link", "remove it, or make a folder in its place"}
	case err == nil:
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
	default:
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	is, err := root.Stat(".")
	if err == nil {
		err = safe(is, "the outbox")
	}
	for _, name := range allFolders() {
		if err == nil {
			err = root.Mkdir(name, 0o700)
		}
		if errors.Is(err, fs.ErrExist) {
			err = nil
		}
	}
	root.Close()
	if err != nil {
		return nil, err
	}
	b, err := Open(dir)
	if err == nil && b.key == nil {
		b.Close()
		return nil, &FolderError{"the outbox has messages, but its key is missing or damaged",
			"put its own file key back; or send what is there, then move the outbox away"}
	}
	return b, err
}

// Open opens the outbox in dir, to send what it has. It fails with ErrNoOutbox or ErrBusy, with a
// *FolderError, or with an error of the file system.
func Open(dir string) (*Outbox, error) {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, ErrNoOutbox
	}
	if err != nil {
		return nil, err
	}
	b := &Outbox{root: root, entries: map[string]Entry{}}
	if err := b.open(); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

func (b *Outbox) open() (err error) {
	for _, name := range allFolders() {
		is, err := b.root.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return ErrNoOutbox
		case err != nil:
			return err
		case is.Mode()&fs.ModeSymlink != 0:
			return &FolderError{"the folder " + name + " of the outbox is a link",
				"remove it, or make a folder in its place"}
		case !is.IsDir():
			return ErrNoOutbox
		}
		if err := safe(is, "the folder "+name+" of the outbox"); err != nil {
			return err
		}
	}
	if b.dir, err = b.root.Open("."); err != nil {
		return err
	}
	is, err := b.dir.Stat()
	if err == nil {
		err = safe(is, "the outbox")
	}
	if err != nil {
		return err
	}
	if b.lock, err = takeLock(b.root, b.dir); err != nil {
		return err
	}
	if err := b.clean(); err != nil {
		return err
	}
	if b.log, err = b.openLog(); err != nil {
		return err
	}
	if err := b.find(); err != nil {
		return err
	}
	if b.key, err = b.readKey(); err != nil {
		return err
	}
	if err := b.readLearnt(); err != nil {
		return err
	}
	return b.recover()
}

// find looks where the messages stand. A crash can have left a message that was
// written anew in new, and the one the server had refused in failed: then new has it.
func (b *Outbox) find() error {
	for _, s := range []State{Failed, New, Sending, Sent} { // the later one has it
		files, err := b.files(string(s))
		if err != nil {
			return err
		}
		for _, f := range files {
			m := nameForm.FindStringSubmatch(f.Name())
			if m == nil {
				continue
			}
			if !f.Type().IsRegular() {
				return notPlain(string(s) + "/" + f.Name())
			}
			row, err := strconv.Atoi(m[1])
			if err != nil {
				return err
			}
			e := Entry{Row: row, Code: m[2], State: s}
			if old, twice := b.entries[e.Code]; twice && old.State == Failed && s == New {
				if err := b.root.Remove(old.path()); err != nil {
					return err
				}
			}
			b.entries[e.Code] = e
		}
	}
	return nil
}

// readKey reads the outbox's key, or makes one where there is no message yet. It is nil
// where there are some and the key is gone: with another none would be known again, and
// people would get theirs twice.
func (b *Outbox) readKey() ([]byte, error) {
	file, err := b.plain("key", os.O_RDONLY)
	if err == nil {
		defer file.Close()
		text, err := io.ReadAll(io.LimitReader(file, 4<<10))
		if err != nil || len(text) >= 32 {
			return text, err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if len(b.entries) > 0 {
		return nil, nil
	}
	random := make([]byte, 32)
	if _, err := rand.Read(random); err != nil {
		return nil, err
	}
	key := []byte(hex.EncodeToString(random) + "\n")
	return key, b.keep("key", key)
}

// recover puts the messages that a crash left in sending where the log says they
// belong. What it cannot say stays: see Unknown.
func (b *Outbox) recover() error {
	for _, e := range b.List(Sending) {
		to := Sending
		switch b.log.happened(e.Code) {
		case "sending", "deferred", "held", "again":
			to = New
		case "sent", "settled":
			to = Sent
		case "failed":
			to = Failed
		}
		if to == Sending {
			continue
		}
		if err := b.rename(e, to); err != nil {
			return err
		}
	}
	return nil
}

// Close lets others at the outbox.
func (b *Outbox) Close() error {
	var err error
	if b.log != nil {
		err = b.log.file.Close()
	}
	if b.lock != nil {
		letGo(b.dir)
		letGo(b.lock)
		err = errors.Join(err, b.lock.Close())
	}
	if b.dir != nil {
		err = errors.Join(err, b.dir.Close())
	}
	return errors.Join(err, b.root.Close())
}

// ID is the identity of the message for a code, in this outbox: 32 digits that say
// nothing about the code to who does not have the outbox's key.
func (b *Outbox) ID(code string) string {
	h := hmac.New(sha256.New, b.key)
	h.Write([]byte(code))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Find is the message for a code, if there is one in any state.
func (b *Outbox) Find(code string) (Entry, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e, ok := b.entries[code]
	return e, ok
}

// Add puts a message into new, whole and safe on the disk; call Sync when a group
// is in. If the outbox has one for the code already, in whatever state, it stays as
// it is and Add reports false: so nobody gets a page twice because a batch ran twice.
//
// A code is 1 to 40 letters, digits and hyphens; a row is from 1 to 999,999,999.
func (b *Outbox) Add(row int, code string, eml []byte) (added bool, err error) {
	if _, there := b.Find(code); there {
		return false, nil
	}
	return b.place(Entry{Row: row, Code: code, State: New}, eml, nil)
}

// Sync makes sure that what Add put into new stays there in a power cut.
func (b *Outbox) Sync() error { return b.sync(string(New)) }

// List is the messages in a state, by row.
func (b *Outbox) List(s State) []Entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []Entry
	for _, e := range b.entries {
		if e.State == s {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b Entry) int { return cmp.Or(a.Row-b.Row, strings.Compare(a.Code, b.Code)) })
	return list
}

// Waiting is how many messages wait in new of the outbox in dir, which need not be
// there, as another program may have it at the moment.
func Waiting(dir string) int {
	files, _ := os.ReadDir(filepath.Join(dir, string(New)))
	n := 0
	for _, f := range files {
		if nameForm.MatchString(f.Name()) {
			n++
		}
	}
	return n
}

// Unknown is the messages that may have been sent and may not, by row. When no
// sender runs, all of sending is.
func (b *Outbox) Unknown() []Entry { return b.List(Sending) }

// Draft hands out a message for a mail program to send, as a file that it opens to be sent, and puts it into sending: a
// person has to say that it was. Where keep fails it stays in new.
func (b *Outbox) Draft(e Entry, now time.Time, keep func(eml []byte) error) error {
	eml, err := b.read(e)
	if err != nil {
		return err
	}
	if _, ok := readEnvelope(eml); !ok {
		return ErrNotMail
	}
	if err := keep(Unsent(eml)); err != nil {
		return err
	}
	if err := b.log.write(now, e, "drafted", ""); err != nil {
		return err
	}
	return b.rename(e, Sending)
}

// Unsent marks a message as one that a mail program is to open for sending, and not for reading, as Outlook does.
func Unsent(eml []byte) []byte { return append([]byte("X-Unsent: 1\r\n"), eml...) }

// Again puts a message that failed, or of which nothing is known, back into new:
// a person has decided that it is to be sent (again).
func (b *Outbox) Again(code string, now time.Time) error {
	return b.decide(code, now, "again", New)
}

// Settle puts a message of which nothing is known, or that failed, into sent: a
// person has found out that it arrived, or brought it by other means.
func (b *Outbox) Settle(code string, now time.Time) error {
	return b.decide(code, now, "settled", Sent)
}

// ErrNoDecision is the answer where there is nothing for a person to decide.
var ErrNoDecision = errors.New("no message with this code has failed or is unknown")

func (b *Outbox) decide(code string, now time.Time, word string, to State) error {
	e, ok := b.Find(code)
	if !ok || e.State != Sending && e.State != Failed {
		return ErrNoDecision
	}
	if err := b.log.write(now, e, word, ""); err != nil {
		return err
	}
	return b.rename(e, to)
}

// Check reads a message without sending it: its size in bytes, or ErrNotMail.
func (b *Outbox) Check(e Entry) (size int, err error) {
	eml, err := b.read(e)
	if err != nil {
		return 0, err
	}
	if _, ok := readEnvelope(eml); !ok {
		return 0, ErrNotMail
	}
	return len(eml), nil
}
