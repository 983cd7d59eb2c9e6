package mail

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/mail"
	"os"
	"regexp"
	"runtime"
	"syscall"
)

// What an outbox does on the disk. All of it goes through the outbox's root: others
// who may write near by can lay links, and none of them leads anywhere.

// FolderError is why a folder is not safe to be used as an outbox.
type FolderError struct {
	Message string
	Hint    string
}

func (e *FolderError) Error() string { return e.Message }

// temporary is the folder of what is being written.
const temporary = "tmp"

// temporaryForm is what an outbox calls its files there, and has called them.
var temporaryForm = regexp.MustCompile(`^([0-9]+\.tmp|[0-9]{6,9}-[0-9A-Za-z-]{1,40}\.eml|key)$`)

// notPlain is the answer of what should be a file of the outbox and is none: a pipe
// would be waited for without end, and a link leads elsewhere.
func notPlain(name string) error {
	return &FolderError{name + " in the outbox is not a plain file", "take it out of the outbox"}
}

// plain opens a file of the outbox.
func (b *Outbox) plain(name string, flag int) (*os.File, error) {
	return openPlain(b.root, name, flag)
}

func openPlain(root *os.Root, name string, flag int) (*os.File, error) {
	if is, err := root.Lstat(name); err == nil && !is.Mode().IsRegular() {
		return nil, notPlain(name)
	}
	return root.OpenFile(name, flag, 0o600)
}

// files lists a folder of the outbox.
func (b *Outbox) files(folder string) ([]fs.DirEntry, error) {
	d, err := b.root.Open(folder)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.ReadDir(-1)
}

// clean throws away what a crash left half-written, and nothing that is not ours.
func (b *Outbox) clean() error {
	left, err := b.files(temporary)
	if err != nil {
		return err
	}
	for _, f := range left {
		if !f.Type().IsRegular() || !temporaryForm.MatchString(f.Name()) {
			continue
		}
		if err := b.root.Remove(temporary + "/" + f.Name()); err != nil {
			return err
		}
	}
	return nil
}

// write writes a new file in tmp, safe on the disk, that only its owner can read.
func (b *Outbox) write(data []byte) (name string, err error) {
	var f *os.File
	for f == nil {
		b.mu.Lock()
		b.serial++
		name = fmt.Sprintf("%s/%d.tmp", temporary, b.serial)
		b.mu.Unlock()
		f, err = b.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return "", err
		}
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		b.root.Remove(name)
		return "", err
	}
	return name, nil
}

// keep puts a file beside the folders, for good.
func (b *Outbox) keep(name string, data []byte) error {
	tmp, err := b.write(data)
	if err != nil {
		return err
	}
	if err := b.root.Rename(tmp, name); err != nil {
		return err
	}
	return b.sync(".")
}

// place puts a message into new, in the place of an older one for its code (nil: there
// is none). Where that has gone meanwhile, or another has come, nothing is done, and
// place reports false.
//
// Whenever the program is killed, one of the two messages counts; and one that the
// server refused never stands in new again, for what it was refused for may be its
// address.
func (b *Outbox) place(e Entry, eml []byte, over *Entry) (bool, error) {
	if !codeForm.MatchString(e.Code) || e.Row < 1 || e.Row > 999_999_999 {
		return false, errors.New("a message is named by its row and its code")
	}
	tmp, err := b.write(eml)
	if err != nil {
		return false, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now, there := b.entries[e.Code]
	if there != (over != nil) || there && now != *over {
		return false, b.root.Remove(tmp)
	}
	for _, step := range b.steps(tmp, e, over) {
		if err = step(); err != nil {
			break
		}
	}
	if _, gone := b.root.Lstat(e.path()); gone == nil {
		b.entries[e.Code] = e
	}
	if err != nil {
		b.root.Remove(tmp)
		return false, err
	}
	return true, nil
}

// steps are what place does on the disk once the message is in tmp. A kill may come
// before each of them.
func (b *Outbox) steps(tmp string, e Entry, over *Entry) []func() error {
	appear := func() error { return b.root.Rename(tmp, e.path()) }
	switch {
	case over != nil && over.State == Failed:
		return []func() error{appear,
			func() error { return b.sync(string(New)) },
			func() error { return b.root.Remove(over.path()) }}
	case over != nil && over.path() != e.path():
		// First the older one gets the name, so that there is one, and not two.
		return []func() error{func() error { return b.root.Rename(over.path(), e.path()) }, appear}
	}
	return []func() error{appear}
}

// rename moves a message to another state, for good.
func (b *Outbox) rename(e Entry, to State) error {
	moved := e
	moved.State = to
	b.mu.Lock()
	err := b.root.Rename(e.path(), moved.path())
	if err == nil {
		b.entries[e.Code] = moved
	}
	b.mu.Unlock()
	if err != nil {
		return err
	}
	return errors.Join(b.sync(string(to)), b.sync(string(e.State)))
}

// read reads a message, up to what Compose allows.
func (b *Outbox) read(e Entry) ([]byte, error) {
	file, err := b.plain(e.path(), os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	eml, err := io.ReadAll(io.LimitReader(file, MaxMessage+1))
	if len(eml) > MaxMessage {
		return nil, nil // which is no message
	}
	return eml, err
}

// sync makes the names in a folder safe from a power cut, where the system can.
func (b *Outbox) sync(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := b.root.Open(folder)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}

// header is that of a message; nil if it cannot be read.
func (b *Outbox) header(e Entry) mail.Header {
	file, err := b.plain(e.path(), os.O_RDONLY)
	if err != nil {
		return nil
	}
	defer file.Close()
	m, err := mail.ReadMessage(io.LimitReader(file, 64<<10)) // of which it reads the header
	if err != nil {
		return nil
	}
	return m.Header
}
