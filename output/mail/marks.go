package mail

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
)

// Mark is a word of 16 digits for some words: the same for the same words in this
// outbox, and for who does not have its key it says nothing about them. By the marks
// of its visit a message is known for an older one of the same visit, though its
// handout, and so its code, is another.
func (b *Outbox) Mark(words ...string) string {
	h := hmac.New(sha256.New, b.key)
	for _, w := range append([]string{"mark"}, words...) {
		fmt.Fprintf(h, "%d %s ", len(w), w)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Marks are those a message was written with, and those learnt of it since; none if it
// cannot be read.
func (b *Outbox) Marks(e Entry) []string {
	marks := strings.Fields(b.header(e).Get(marksHeader))
	b.mu.Lock()
	defer b.mu.Unlock()
	return append(marks, b.learnt[e.Code]...)
}

// marksName is a file of lines: a code, and the marks that were learnt of its message.
const marksName = "marks"

// Learn adds marks to messages that are written, by their codes, safe on the disk: their
// visits are known by other words now. If a name is put right today and the address
// tomorrow, what was sent yesterday is still the visit's.
func (b *Outbox) Learn(marks map[string][]string) error {
	if len(marks) == 0 {
		return nil
	}
	b.mu.Lock()
	for code, more := range marks {
		b.learnt[code] = append(b.learnt[code], more...)
	}
	var text bytes.Buffer
	for _, code := range slices.Sorted(maps.Keys(b.learnt)) {
		fmt.Fprintln(&text, code, strings.Join(b.learnt[code], " "))
	}
	b.mu.Unlock()
	return b.keep(marksName, text.Bytes())
}

// readLearnt reads what was learnt before.
func (b *Outbox) readLearnt() error {
	b.learnt = map[string][]string{}
	file, err := b.plain(marksName, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if f := strings.Fields(lines.Text()); len(f) > 1 {
			b.learnt[f[0]] = append(b.learnt[f[0]], f[1:]...)
		}
	}
	return lines.Err()
}
