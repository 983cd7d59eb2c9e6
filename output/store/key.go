package store

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
)

// Key is a folder's own secret, by chance: its file key, 64 hexadecimal digits that
// only its owner can read (0600). Sums made with it say nothing to who does not have
// it; plain ones of a page would give a name away to anyone who tries enough of them
// (in the US 45 CFR 164.514(c) asks that a code be not derived from who it is about).
type Key [32]byte

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

// openKey reads the folder's key, or makes one where no run wrote down the mark of one
// that was there already: with another, every page would count as not made.
func openKey(folder *Folder, mark string) (Key, error) {
	if _, err := folder.root.Lstat(keyName); errors.Is(err, fs.ErrNotExist) && mark == "" {
		return makeKey(folder)
	}
	return takeKey(folder.root, mark)
}

// readKey reads the key of the folder at path.
func readKey(path, mark string) (Key, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return Key{}, folderError(err)
	}
	defer root.Close()
	return takeKey(root, mark)
}

// takeKey reads the key, which must have the mark, if there is one.
func takeKey(root *os.Root, mark string) (k Key, err error) {
	const put = "put the folder's own file key back, or begin a new folder with --out"
	is, err := root.Lstat(keyName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return k, &FileError{Message: "the folder has a ledger, but its key is missing", Hint: put, Err: bare(err)}
	case err != nil:
		return k, folderError(err)
	case !is.Mode().IsRegular(): // to open a pipe would wait for ever
		return k, &FileError{Message: keyDamaged, Hint: put}
	}
	file, err := root.Open(keyName)
	if err != nil {
		return k, folderError(err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 128))
	if err != nil {
		return k, folderError(err)
	}
	if len(text) != 65 || text[64] != '\n' {
		return k, &FileError{Message: keyDamaged, Hint: put}
	}
	if _, err := hex.Decode(k[:], text[:64]); err != nil {
		return k, &FileError{Message: keyDamaged, Hint: put}
	}
	if mark != "" && mark != k.Mark() {
		return k, &FileError{Message: "the folder's key is not the one that its ledger was made with", Hint: put}
	}
	return k, nil
}

const keyDamaged = "the folder's key is damaged"

// makeKey makes a key that is there whole or not at all, and safe before any sum made
// with it is.
func makeKey(folder *Folder) (k Key, err error) {
	if _, err := rand.Read(k[:]); err != nil {
		return k, folderError(err)
	}
	if err := folder.Put(keyName, append(hex.AppendEncode(nil, k[:]), '\n')); err != nil {
		return k, err
	}
	return k, folder.Sync()
}
