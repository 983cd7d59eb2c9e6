package serve

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"handout/cmd/handout/internal/press"
)

// Tokens are those who may ask, a line each of a file. It is read for each request, and
// so can be changed: with two lines for a while, a token is exchanged.
type Tokens struct {
	path string

	mu   sync.Mutex
	text string
	sums [][sha256.Size]byte // nil: nobody may ask
}

// minToken is the least length of one that cannot be guessed, and maxTokens the largest
// file.
const (
	minToken  = 20
	maxTokens = 64 << 10
)

// OpenTokens reads the file. Errors are a *press.FileError.
func OpenTokens(path string) (*Tokens, error) {
	t := &Tokens{path: path}
	return t, t.read()
}

// read reads the file. One that cannot be read, or has mistakes, knows nobody.
func (t *Tokens) read() error {
	text, err := readStart(t.path, maxTokens)
	if err == nil && text == t.text && t.sums != nil {
		return nil
	}
	t.text, t.sums = text, nil
	if err != nil {
		return press.FileFault(t.path, err)
	}
	var sums [][sha256.Size]byte
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if len(line) < minToken || strings.ContainsAny(line, " \t") {
			return &press.FileError{Path: fmt.Sprintf("%s:%d", t.path, n), Message: "this is not a token",
				Hint: fmt.Sprintf("a token is %d letters or more without a space: openssl rand -hex 32", minToken)}
		}
		sums = append(sums, sha256.Sum256([]byte(line)))
	}
	if sums == nil {
		return &press.FileError{Path: t.path, Message: "there is no token in it",
			Hint: "write one on a line: openssl rand -hex 32"}
	}
	t.sums = sums
	return nil
}

// readStart reads the first bytes of a file.
func readStart(path string, most int64) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most))
	return string(text), err
}

// know tells whether the header has a token of the file's.
func (t *Tokens) know(header string) bool {
	t.mu.Lock()
	_ = t.read() // what is wrong with it was told when the server began; now nobody may ask
	sums := t.sums
	t.mu.Unlock()
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return false
	}
	sum, known := sha256.Sum256([]byte(token)), 0
	for _, s := range sums {
		known |= subtle.ConstantTimeCompare(sum[:], s[:])
	}
	return known == 1
}
