package mail

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

const sharingViolation = syscall.Errno(32) // winerror.h

// takeLock keeps the outbox for this program; the system gives it back when the
// program ends, however it ends: the file is opened so that nobody else can.
func takeLock(root *os.Root, _ *os.File) (*os.File, error) {
	path := filepath.Join(root.Name(), "lock")
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, sharingViolation) {
		return nil, ErrBusy
	}
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	return os.NewFile(uintptr(h), path), nil
}

// letGo has nothing to do: no other program has our handle.
func letGo(*os.File) {}

// safe has nothing to ask: who may do what is in lists of its own here.
func safe(fs.FileInfo, string) error { return nil }
