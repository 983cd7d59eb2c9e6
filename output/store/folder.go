// Package store keeps files: one or many, whole or not at all, in a folder that is one
// program's alone, with a ledger of what was made there.
package store

import (
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"syscall"
)

// A Folder takes many files and makes them durable in groups, for a sync of each
// would cost more than making its page.
//
// What is guaranteed, also if the program is killed or the power fails: a name
// shows the whole file that was put there or the one before it, never a part; and
// all that was Put before a Sync is on the disk once that Sync returns. For this
// a file is first written without a name. A sync brings the data of the whole
// group to the disk, then the files get their names, then the folder is synced.
//
// A Sync holds up no Put, so that the fastest way is to Sync in a goroutine of one's
// own, over and over: then files are taken as fast as the system takes plain ones,
// until the disk is a group behind. A group is at most 2048 files or 256 MiB (fewer
// files where the system lets us open few); the Put that fills it syncs it, and so
// waits for the disk. The data is the system's to hold: a Folder keeps only the open
// files, of at most three groups at a time (one filled, one synced, one named).
//
// After an error of Sync the folder takes no more files: what the group held may
// be missing. An error of Put concerns that file alone, unless the group was full.
// Errors are *FileError and hold no names.
type Folder struct {
	root *os.Root
	dir  *os.File // the same folder, for calls of the system
	lock *os.File
	most int // files in a group
	system

	mu     sync.Mutex // for what follows
	group  []blank
	bytes  int
	serial int
	failed error

	syncing, naming sync.Mutex // taken in this order, so that groups do not overtake
}

// blank is a file that is written and has no name of its own yet.
type blank struct {
	name string
	temp string // what it is called meanwhile; empty where it can be without a name
	file *os.File
}

const (
	groupFiles = 2048
	groupBytes = 256 << 20
)

// OpenFolder makes the folder if there is none, for its owner alone (0700), and
// locks it until Close: a second program is refused. One that belongs to another user
// is refused, and one that anyone can write to, for they could lay links in it and
// read what comes. What a program that was killed left half-written in it
// (.handout-*.tmp) is removed.
func OpenFolder(path string) (*Folder, error) {
	if err := makeFolder(path); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, folderError(err)
	}
	f := &Folder{root: root}
	if f.dir, err = root.Open("."); err == nil {
		err = safe(f.dir)
	}
	if err == nil {
		f.lock, err = lock(root, f.dir)
	}
	if err == nil {
		err = f.clean()
	}
	if err != nil {
		f.release()
		return nil, folderError(err)
	}
	f.system = systemOf(f.dir)
	// Of three groups the files are open, and others want some too.
	f.most = max(1, min(groupFiles, openFiles()/8))
	return f, nil
}

func makeFolder(path string) error {
	if path == "" {
		return &FileError{Message: "the output's folder has no name", Hint: "give one with --out, such as --out pages"}
	}
	is, err := os.Stat(path)
	switch {
	case err == nil && !is.IsDir():
		return &FileError{Message: "the output's folder is a file", Hint: "choose another folder with --out"}
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return folderError(err)
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return folderError(err)
	}
	return syncFolder(filepath.Dir(filepath.Clean(path)))
}

// clean removes what a program that was killed was writing. The lock is held, so
// that no other batch is.
func (f *Folder) clean() error {
	for {
		entries, err := f.dir.ReadDir(1024)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, e := range entries {
			left, _ := filepath.Match(".handout-*.tmp", e.Name())
			if left && e.Type().IsRegular() {
				if err := f.root.Remove(e.Name()); err != nil {
					return err
				}
			}
		}
	}
}

// Put writes a file that appears under this name when its group is synced, and
// then takes the place of an older one of the name. It can be read and written by
// its owner alone (0600). Of two of the same name the later stays. Put may be
// called by several goroutines at once and does not keep data.
//
// A name is 1 to 255 bytes of UTF-8, holds no slash, control character or other
// character that Windows refuses, starts with no dot, ends with no dot or space,
// and is not the ledger's.
func (f *Folder) Put(name string, data []byte) error {
	return f.PutFrom(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// PutFrom puts a file as Put does, of what write writes.
func (f *Folder) PutFrom(name string, write func(io.Writer) error) error {
	if err := checkName(name); err != nil {
		return err
	}
	if err := f.failure(); err != nil {
		return err
	}
	if err := free(f.root, name); err != nil {
		return folderError(err)
	}
	b, err := blank{name: name}, error(nil)
	if b.file, err = f.nameless(f.dir); err != nil {
		b.file, b.temp, err = f.temporary()
	}
	if err != nil {
		return folderError(err)
	}
	size := counter{to: b.file}
	if err := write(&size); err != nil {
		f.discard(b)
		return folderError(err)
	}
	f.mu.Lock()
	f.group = append(f.group, b)
	f.bytes += size.n
	full := len(f.group) >= f.most || f.bytes >= groupBytes
	f.mu.Unlock()
	if full {
		return f.Sync()
	}
	return nil
}

// counter counts what is written, in bytes.
type counter struct {
	to io.Writer
	n  int
}

func (c *counter) Write(data []byte) (int, error) {
	n, err := c.to.Write(data)
	c.n += n
	return n, err
}

// Free tells in advance whether files of these names can be Put.
func (f *Folder) Free(names ...string) error {
	for _, name := range names {
		if err := free(f.root, name); err != nil {
			return folderError(err)
		}
	}
	return nil
}

// Stands tells whether the folder is still where it was opened. Somebody may have moved
// it away or deleted it while we went on to write into it.
func (f *Folder) Stands() error {
	mine, err := f.dir.Stat()
	if err != nil {
		return folderError(err)
	}
	if now, err := os.Stat(f.root.Name()); err == nil && os.SameFile(mine, now) {
		return nil
	}
	return &FileError{Message: "the output's folder was moved or deleted in the meantime, with everything in it",
		Hint: "run the same command again"}
}

// Sync returns when all files Put before it are on the disk under their names.
func (f *Folder) Sync() error {
	f.syncing.Lock()
	f.mu.Lock()
	group := f.group
	f.group, f.bytes = nil, 0
	f.mu.Unlock()
	err := f.failure()
	if err == nil && len(group) > 0 {
		err = f.settle(group)
	}
	// The next group may now be synced while this one gets its names.
	f.naming.Lock()
	f.syncing.Unlock()
	defer f.naming.Unlock()
	if err == nil {
		err = f.failure() // of the group before
	}
	for _, b := range group {
		if err != nil {
			f.discard(b)
			continue
		}
		err = f.appear(b)
	}
	if err == nil && len(group) > 0 {
		err = syncDir(f.dir)
	}
	return f.fail(err)
}

// Close syncs what was Put, and lets others have the folder.
func (f *Folder) Close() error {
	err := f.Sync()
	f.release()
	return err
}

func (f *Folder) release() {
	if f.lock != nil {
		letGo(f.lock)
		letGo(f.dir)
	}
	for _, file := range []*os.File{f.dir, f.lock} {
		if file != nil {
			file.Close()
		}
	}
	f.root.Close()
}

// Holds tells whether the file is there, with this sum by a hash.
func (f *Folder) Holds(name string, hash hash.Hash, sum Sum) bool {
	if checkName(name) != nil {
		return false
	}
	if free(f.root, name) != nil {
		return false
	}
	file, err := f.root.Open(name)
	if err != nil {
		return false
	}
	defer file.Close()
	if is, err := file.Stat(); err != nil || !is.Mode().IsRegular() {
		return false
	}
	_, err = io.Copy(hash, file)
	return err == nil && Sum(hash.Sum(nil)) == sum
}

// appear gives a file its name, in the place of an older one.
func (f *Folder) appear(b blank) error {
	if b.temp == "" {
		err := f.link(f.dir, b.file, b.name)
		if !errors.Is(err, fs.ErrExist) {
			b.file.Close()
			return err
		}
		// Only renaming puts one file in the place of another, and it needs a name.
		b.temp = f.temporaryName()
		if err := f.link(f.dir, b.file, b.temp); err != nil {
			b.file.Close()
			return err
		}
	}
	b.file.Close() // before renaming, for Windows
	err := f.root.Rename(b.temp, b.name)
	if err != nil {
		f.root.Remove(b.temp)
	}
	return err
}

// settle brings the data of a group to the disk.
func (f *Folder) settle(group []blank) error {
	if f.together {
		return f.syncAll(f.dir)
	}
	for _, b := range group {
		if err := b.file.Sync(); err != nil {
			return err
		}
	}
	return nil
}

// SyncFiles brings the data of all files in a folder to the disk, with one call where
// the system has one for all. Errors are *FileError and hold no names.
func SyncFiles(path string) error {
	root, err := os.OpenRoot(path)
	if err != nil {
		return folderError(err)
	}
	defer root.Close()
	dir, err := root.Open(".")
	if err != nil {
		return folderError(err)
	}
	defer dir.Close()
	if s := systemOf(dir); s.together {
		if err := s.syncAll(dir); err != nil {
			return folderError(err)
		}
		return nil
	}
	entries, err := dir.ReadDir(-1)
	for _, e := range entries {
		if err != nil || !e.Type().IsRegular() {
			continue
		}
		var file *os.File
		if file, err = root.OpenFile(e.Name(), os.O_RDWR, 0); err == nil {
			err = errors.Join(file.Sync(), file.Close())
		}
	}
	if err != nil {
		return folderError(err)
	}
	return nil
}

// syncDir makes the names in an open folder safe, as syncFolder does by its path.
func syncDir(dir *os.File) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	if err := dir.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}

// discard forgets a file that gets no name.
func (f *Folder) discard(b blank) {
	b.file.Close()
	if b.temp != "" {
		f.root.Remove(b.temp)
	}
}

// temporary makes a file under a name that says nothing.
func (f *Folder) temporary() (*os.File, string, error) {
	name := f.temporaryName()
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	return file, name, err
}

// temporaryName is free: the folder was cleaned and is ours. The letter keeps it
// apart from the names of WriteFile.
func (f *Folder) temporaryName() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.serial++
	return ".handout-f" + strconv.Itoa(f.serial) + ".tmp"
}

// fail keeps the first error of a sync: from then on the folder is done for.
func (f *Folder) fail(err error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil && f.failed == nil {
		if f.failed = folderError(err); f.Stands() != nil {
			f.failed = f.Stands() // which is why
		}
	}
	return f.failed
}

func (f *Folder) failure() error { return f.fail(nil) }
