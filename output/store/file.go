package store

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// WriteFile writes data to path, whole or not at all: see Create.
func WriteFile(path string, data []byte) error {
	d, err := Create(path)
	if err != nil {
		return err
	}
	defer d.Discard()
	if _, err := d.Write(data); err != nil {
		return err
	}
	return d.Keep()
}

// Draft is a file on its way: it appears at its path, whole, with Keep, or not at
// all. It is written in the same folder as a temporary file, named without a word
// of the path's, which takes its place once it is safe on the disk. Whatever
// fails, or if the machine stops half-way, an older file at the path stays as it
// was. Where the system can (Linux), the temporary file has no name, so that a crash
// leaves nothing of it; elsewhere a file called .handout-*.tmp can be left behind.
//
// The file can be read and written by its owner alone (0600), whatever an older
// one allowed: it is a patient's. Its errors are *FileError.
type Draft struct {
	path string
	file *os.File
	temp string   // the file's name; empty if it has none
	dir  *os.File // where it is to be; nil if it has a name
	err  error    // the first
}

// Create begins a file. Where path is a symbolic link the file it leads to is
// replaced. Folders, devices and pipes are refused.
func Create(path string) (*Draft, error) {
	path, err := target(path)
	if err != nil {
		return nil, err
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		if f, err := systemOf(dir).nameless(dir); err == nil {
			return &Draft{path: path, file: f, dir: dir}, nil
		}
		dir.Close()
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".handout-*.tmp") // with mode 0600
	if err != nil {
		return nil, fileError(err)
	}
	return &Draft{path: path, file: f, temp: f.Name()}, nil
}

// Write adds to the file.
func (d *Draft) Write(data []byte) (int, error) {
	if d.err != nil {
		return 0, d.err
	}
	n, err := d.file.Write(data)
	if err != nil {
		d.err = fileError(err)
	}
	return n, d.err
}

// Keep puts the file in its place. After a failed Write it does not, and returns
// that error.
func (d *Draft) Keep() error {
	if d.err != nil {
		return d.err
	}
	err := d.file.Sync()
	if err == nil && d.temp == "" {
		err = d.name()
	}
	if e := d.file.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(d.temp, d.path)
	}
	if err != nil {
		d.err = fileError(err)
		return d.err
	}
	d.err = errKept
	return syncFolder(filepath.Dir(d.path))
}

// name gives a file without a name one to be renamed from: only renaming puts a file
// in the place of another.
func (d *Draft) name() error {
	name := fmt.Sprintf(".handout-%d.tmp", rand.Uint64())
	if err := systemOf(d.dir).link(d.dir, d.file, name); err != nil {
		return err
	}
	d.temp = filepath.Join(filepath.Dir(d.path), name)
	return nil
}

// Discard removes what is not kept. After Keep it does nothing.
func (d *Draft) Discard() {
	if d.err != errKept {
		d.file.Close()
		if d.temp != "" {
			os.Remove(d.temp)
		}
		d.err = errKept
	}
	if d.dir != nil {
		d.dir.Close()
	}
}

// errKept is the state of a Draft that is done with.
var errKept = &FileError{Message: "the output has already been written"}

// target is the place path leads to, if a file may be put there.
func target(path string) (string, error) {
	if path == "" {
		return "", &FileError{Message: "the output has no name", Hint: "give one with -o, such as -o page.pdf"}
	}
	if os.IsPathSeparator(path[len(path)-1]) {
		return "", isFolder()
	}
	is, err := os.Lstat(path)
	if err == nil && is.Mode()&fs.ModeSymlink != 0 {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			is, err = os.Lstat(path)
		} else if errors.Is(err, fs.ErrNotExist) {
			return "", &FileError{Message: "the output is a link that leads nowhere",
				Hint: "remove the link, or choose another name with -o", Err: bare(err)}
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return path, nil
	case err != nil:
		return "", fileError(err)
	case is.IsDir():
		return "", isFolder()
	case !is.Mode().IsRegular():
		return "", &FileError{Message: "the output is a device or a pipe, not a file",
			Hint: "use -o - to write to standard output"}
	}
	return path, nil
}

func isFolder() error {
	return &FileError{Message: "the output is a folder", Hint: "give the name of a file in it, such as page.pdf"}
}

// syncFolder makes the renaming safe from a power cut. Windows has no such call,
// and some file systems have no need of it.
func syncFolder(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(folder)
	if errors.Is(err, fs.ErrPermission) {
		return nil // a folder that may be written to and not read
	}
	if err != nil {
		return fileError(err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return fileError(err)
	}
	return nil
}
