//go:build unix && !aix && !solaris

package mail

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// takeLock keeps the outbox for this program; the system gives it back when the
// program ends, however it ends. The folder itself is locked besides, for somebody may
// tidy the file away, and the next program would lock another.
func takeLock(root *os.Root, dir *os.File) (*os.File, error) {
	if err := flock(dir); errors.Is(err, ErrBusy) {
		return nil, err // what else may fail is that a folder cannot be locked here
	}
	for {
		f, err := openPlain(root, "lock", os.O_RDWR|os.O_CREATE)
		if err != nil {
			return nil, err
		}
		if err := flock(f); err != nil {
			f.Close()
			return nil, err
		}
		mine, err := f.Stat()
		if now, e := root.Lstat("lock"); err == nil && e == nil && os.SameFile(mine, now) {
			return f, nil
		}
		f.Close() // it was taken away between the two
	}
}

func flock(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return ErrBusy
	}
	return err
}

// letGo gives the folder to others, also if a program that is being started has all
// our files open for a moment.
func letGo(dir *os.File) { _ = syscall.Flock(int(dir.Fd()), syscall.LOCK_UN) }

// safe refuses a folder in which others can do as they like.
func safe(is fs.FileInfo, what string) error {
	if about, ok := is.Sys().(*syscall.Stat_t); ok && int(about.Uid) != os.Geteuid() {
		return &FolderError{what + " belongs to another user", "run this as that user, or use an outbox of your own"}
	}
	if is.Mode().Perm()&0o002 != 0 {
		return &FolderError{"anyone can write to " + what, "look at what is in it, then forbid it with chmod o-w"}
	}
	return nil
}
