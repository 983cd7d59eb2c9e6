package content

import (
	"crypto/sha256"
	"hash"
	"io/fs"
)

// Sum is the SHA-256 of a file and of all files it draws in: what was read to
// make a Handout, a Stretch, a Brand or Words. Two with the same sum are the same.
type Sum [sha256.Size]byte

// witness is a file system that sums up what is read from it, in the order of
// reading, each file after its name.
type witness struct {
	fs.FS
	seen hash.Hash
}

func watch(fsys fs.FS) *witness { return &witness{fsys, sha256.New()} }

func (w *witness) called(name string) string { return called(w.FS, name) }

func (w *witness) Open(name string) (fs.File, error) {
	f, err := w.FS.Open(name)
	if err != nil {
		return nil, err
	}
	w.seen.Write([]byte(name + "\x00"))
	return watched{f, w.seen}, nil
}

// Sum is that of all that has been read.
func (w *witness) Sum() (s Sum) {
	w.seen.Sum(s[:0])
	return s
}

type watched struct {
	fs.File
	seen hash.Hash
}

func (f watched) Read(b []byte) (int, error) {
	n, err := f.File.Read(b)
	f.seen.Write(b[:n])
	return n, err
}
