package store

import (
	"errors"
	"io/fs"
	"runtime"
	"strings"
	"syscall"
)

// FileError is why a file could not be written: a sentence and what to do about
// it. Neither holds the file's name, which may be a patient's; callers add the
// path where they know better.
type FileError struct {
	Message string
	Hint    string // may be empty
	Err     error  // from the system, without a path
}

func (e *FileError) Error() string { return e.Message }
func (e *FileError) Unwrap() error { return e.Err }

// bare is the system's own error, without the paths Go puts round it.
func bare(err error) error {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return errno
	}
	return errors.New("unknown error")
}

// Errors of Windows (winerror.h) that Go does not map to those of POSIX.
const (
	windowsSharingViolation = syscall.Errno(32)
	windowsDiskFull         = syscall.Errno(112)
)

func fileError(err error) error {
	windows := runtime.GOOS == "windows"
	e := &FileError{Err: bare(err)}
	is := func(target error) bool { return errors.Is(err, target) }
	switch {
	case windows && is(windowsSharingViolation):
		e.Message = "the output is open in another program"
		e.Hint = "close it there, or choose another name with -o"
	case windows && is(windowsDiskFull), is(syscall.ENOSPC), is(syscall.EDQUOT):
		e.Message = "the disk is full"
		e.Hint = "make room and try again; a file that was there before is unchanged"
	case is(syscall.EFBIG):
		e.Message = "the file is larger than this system allows"
		e.Hint = "see ulimit -f; a file that was there before is unchanged"
	case is(syscall.ENOTDIR):
		e.Message = "part of the output's path is a file, not a folder"
		e.Hint = "choose another folder with -o"
	case is(syscall.ENAMETOOLONG):
		e.Message = "the output's name is too long"
		e.Hint = "choose a shorter one with -o"
	case is(fs.ErrNotExist):
		e.Message = "the output's folder does not exist"
		e.Hint = "make the folder first, or choose another with -o"
	case is(fs.ErrPermission), is(syscall.EROFS):
		e.Message = "the output's folder cannot be written to"
		e.Hint = "choose another folder with -o"
	default:
		e.Message = "the output could not be written: " + e.Err.Error()
	}
	return e
}

// folderError is a fileError whose hint is for those who name a folder.
func folderError(err error) error {
	if e := (*FileError)(nil); errors.As(err, &e) {
		return err
	}
	e := fileError(err).(*FileError)
	e.Hint = strings.Replace(e.Hint, "with -o", "with --out", 1)
	return e
}

// errLocked is what a second program hears.
func errLocked() error {
	return &FileError{Message: "another handout is writing to the output's folder",
		Hint: "wait for it to end, or choose another folder with --out"}
}

func errNoLock(err error) error {
	return &FileError{Message: "the output's folder cannot be locked",
		Hint: "choose a folder on this computer's own disk with --out", Err: bare(err)}
}
