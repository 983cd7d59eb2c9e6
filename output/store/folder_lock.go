//go:build !windows

package store

import (
	"errors"
	"os"
	"syscall"
)

// lock keeps the folder for this program. The lock goes with the program, however
// it ends; its file stays, for removing it would let two others hold it at once. The
// folder itself is locked besides, for somebody may tidy the file away, and the next
// program would lock another.
func lock(root *os.Root, dir *os.File) (*os.File, error) {
	if errors.Is(flock(dir), syscall.EWOULDBLOCK) {
		return nil, errLocked() // what else may fail is that a folder cannot be locked here
	}
	for {
		if err := free(root, lockName); err != nil {
			return nil, err
		}
		file, err := root.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, err
		}
		if err := flock(file); err != nil {
			file.Close()
			if errors.Is(err, syscall.EWOULDBLOCK) {
				return nil, errLocked()
			}
			return nil, errNoLock(err)
		}
		mine, err := file.Stat()
		if now, e := root.Lstat(lockName); err == nil && e == nil && os.SameFile(mine, now) {
			return file, nil
		}
		file.Close() // it was taken away between the two
	}
}

func flock(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}

// letGo gives the folder to others, also if a program that is being started has all
// our files open for a moment.
func letGo(file *os.File) { _ = syscall.Flock(int(file.Fd()), syscall.LOCK_UN) }

// safe refuses a folder in which others can do as they like.
func safe(dir *os.File) error {
	is, err := dir.Stat()
	if err != nil {
		return err
	}
	if about, ok := is.Sys().(*syscall.Stat_t); ok && int(about.Uid) != os.Geteuid() {
		return &FileError{Message: "the output's folder belongs to another user",
			Hint: "choose one of your own with --out"}
	}
	if is.Mode().Perm()&0o002 != 0 {
		return &FileError{Message: "anyone can write to the output's folder",
			Hint: "forbid it with chmod o-w, or choose another folder with --out"}
	}
	return nil
}
