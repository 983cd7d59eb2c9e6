//go:build !windows

package output

import (
	"errors"
	"os"
	"syscall"
)

// lock keeps the folder for this program. The lock goes with the program, however
// it ends; its file stays, for removing it would let two others hold it at once.
func lock(root *os.Root) (*os.File, error) {
	file, err := root.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return file, nil
	}
	file.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errLocked()
	}
	return nil, errNoLock(err)
}

// letGo gives the folder to others, also if a program that is being started has all
// our files open for a moment.
func letGo(file *os.File) { _ = syscall.Flock(int(file.Fd()), syscall.LOCK_UN) }
