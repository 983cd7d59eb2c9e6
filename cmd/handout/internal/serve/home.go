package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/output/store"
)

// Home is where the page keeps what it is told to keep: settings of the clinic and packs of
// stretches, and nothing of a patient. Nothing is made there before it is needed.
type Home struct {
	Clinic string // the clinic's file, which need not be there yet
	Shelf  string // the folder of its own handouts, stretches and packs; nor need this
	Start  []byte // a clinic's file to begin with
}

// keep writes a file, and makes its folder if need be.
func keep(path string, data []byte) error {
	err := os.MkdirAll(filepath.Dir(path), 0o777)
	if err == nil {
		err = store.WriteFile(path, data)
	}
	if err != nil {
		return unkept(path, err)
	}
	return nil
}

// unkept is the problem of a file that cannot be written: its name and the system's words.
func unkept(path string, err error) *problem {
	p := &problem{kind: unwritable}
	var file *press.FileError
	if !errors.As(press.FileFault(path, err), &file) {
		return p
	}
	p.errors = []mistake{{Code: string(unwritable), Detail: path + ": " + file.Message, Hint: file.Hint}}
	return p
}

// sumOf tells one state of a file from another.
func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}

// beside are files of a folder, with some over them that are not written yet.
type beside struct {
	fs.FS
	files map[string][]byte
}

func (b beside) Open(name string) (fs.File, error) {
	if data, ok := b.files[name]; ok {
		return &unwritten{bytes.NewReader(data), name}, nil
	}
	return b.FS.Open(name)
}

// unwritten is a file that is not on a disk.
type unwritten struct {
	*bytes.Reader
	name string
}

func (u *unwritten) Close() error               { return nil }
func (u *unwritten) Stat() (fs.FileInfo, error) { return u, nil }
func (u *unwritten) Name() string               { return u.name }
func (u *unwritten) Mode() fs.FileMode          { return 0o444 }
func (u *unwritten) ModTime() time.Time         { return time.Time{} }
func (u *unwritten) IsDir() bool                { return false }
func (u *unwritten) Sys() any                   { return nil }
