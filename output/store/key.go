package store

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"slices"
)

// Key is a folder's own secret, by chance: its file key, 64 hexadecimal digits that
// only its owner can read (0600). Sums made with it say nothing to who does not have
// it; plain ones of a page would give a name away to anyone who tries enough of them
// (in the US 45 CFR 164.514(c) asks that a code be not derived from who it is about).
type Key [32]byte

const keyName = "key"

// hash is that of whatever is made with the key: HMAC-SHA256 (RFC 2104).
func (k Key) hash() hash.Hash { return hmac.New(sha256.New, k[:]) }

// Sum is that of some bytes.
func (k Key) Sum(data []byte) (sum Sum) {
	h := k.hash()
	h.Write(data)
	h.Sum(sum[:0])
	return sum
}

// Mark tells a key from others, and nothing more of it.
func (k Key) Mark() string {
	sum := k.Sum([]byte("the folder's key"))
	return hex.EncodeToString(sum[:4])
}

// Code is the code that a page of this sum is given at the nth try, from 0: where another
// page has the first, the next is tried.
func (s Sum) Code(try int) (c Code) {
	if try > 0 {
		s = sha256.Sum256(binary.BigEndian.AppendUint32(slices.Clone(s[:]), uint32(try)))
	}
	copy(c[:], s[:])
	return c
}

// openKey reads the folder's key, or makes one where no run wrote down that there was
// one already: with another, every page would count as not made.
func (l *Ledger) openKey(folder *Folder) error {
	if _, err := folder.root.Lstat(keyName); errors.Is(err, fs.ErrNotExist) && l.keyMark() == "" {
		return l.makeKey(folder)
	}
	return l.takeKey(folder.root)
}

// readKey reads the key of the folder at path, if its ledger has one.
func (l *Ledger) readKey(path string) error {
	if l.keyMark() == "" {
		return nil
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return folderError(err)
	}
	defer root.Close()
	return l.takeKey(root)
}

// keyMark is that of the key the last run had; empty if none had one.
func (l *Ledger) keyMark() string {
	for _, r := range slices.Backward(l.Runs) {
		if r.Key != "" {
			return r.Key
		}
	}
	return ""
}

func (l *Ledger) takeKey(root *os.Root) error {
	const put = "put the folder's own file key back, or begin a new folder with --out"
	is, err := root.Lstat(keyName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &FileError{Message: "the folder's key is gone, and its ledger is there", Hint: put, Err: bare(err)}
	case err != nil:
		return folderError(err)
	case !is.Mode().IsRegular(): // to open a pipe would wait for ever
		return &FileError{Message: errKey.Error(), Hint: put}
	}
	file, err := root.Open(keyName)
	if err != nil {
		return folderError(err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 128))
	if err != nil {
		return folderError(err)
	}
	if len(text) != 65 || text[64] != '\n' {
		err = errKey
	} else if _, err = hex.Decode(l.Key[:], text[:64]); err != nil {
		err = errKey
	}
	if err != nil {
		return &FileError{Message: err.Error(), Hint: put}
	}
	if mark := l.keyMark(); mark != "" && mark != l.Key.Mark() {
		return &FileError{Message: "the folder's key is not the one that its ledger was made with", Hint: put}
	}
	return nil
}

var errKey = errors.New("the folder's key is damaged")

// makeKey makes a key that is there whole or not at all, and safe before any sum made
// with it is.
func (l *Ledger) makeKey(folder *Folder) error {
	if _, err := rand.Read(l.Key[:]); err != nil {
		return folderError(err)
	}
	if err := folder.Put(keyName, append(hex.AppendEncode(nil, l.Key[:]), '\n')); err != nil {
		return err
	}
	return folder.Sync()
}
