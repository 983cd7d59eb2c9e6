package store

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// lock keeps the folder for this program: a file that is shared with nobody. The
// lock goes with the program, however it ends.
func lock(root *os.Root, _ *os.File) (*os.File, error) {
	path, err := syscall.UTF16PtrFromString(filepath.Join(root.Name(), lockName))
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(path, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS,
		syscall.FILE_ATTRIBUTE_HIDDEN, 0)
	switch {
	case err == nil:
		return os.NewFile(uintptr(h), lockName), nil
	case errors.Is(err, windowsSharingViolation):
		return nil, errLocked()
	}
	return nil, err
}

// letGo has nothing to do: no other program has our handle.
func letGo(*os.File) {}

// safe has nothing to ask: who may do what is in lists of its own here.
func safe(*os.File) error { return nil }
