package mail

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// log is the outbox's memory of what was done to its messages. A line is
//
//	2026-11-22T18:30:05Z 17 K7QF2 sent 250
//
// the time (UTC), the row, the code, what happened, and the server's reply code
// where there was one. What the server said besides is not kept: it may repeat an
// address. What can happen:
//
//	sending   it goes into sending
//	offered   the last line of the message is about to go out: from here until the
//	          next line nobody knows
//	sent      the server has taken it
//	deferred  it has not been taken, and goes back to new
//	held      it was refused for good, for what may not be its own fault, and goes back
//	          to new
//	failed    it has been refused for good
//	unknown   the answer never came
//	drafted   a mail program has it as a draft: whether it was sent a person knows
//	again     a person sent it back to new
//	settled   a person put it into sent
//	withdrawn the list says otherwise now, and it is taken out of new
type log struct {
	file *os.File

	mu   sync.Mutex
	last map[string]string // what happened last, by code
}

func (b *Outbox) openLog() (*log, error) {
	f, err := b.plain("log", os.O_RDWR|os.O_CREATE|os.O_APPEND)
	if err != nil {
		return nil, err
	}
	l := &log{file: f, last: map[string]string{}}
	if err := l.read(); err != nil {
		f.Close()
		return nil, err
	}
	return l, nil
}

// read reads what was written before. A last line that a power cut left unfinished
// is ended, so that the next one stands on its own.
func (l *log) read() error {
	in := bufio.NewReader(l.file)
	for {
		line, err := in.ReadString('\n')
		if field := strings.Fields(line); err == nil && len(field) >= 4 {
			l.last[field[2]] = field[3]
		}
		if errors.Is(err, io.EOF) && line != "" {
			_, err = l.file.WriteString("\n")
			return err
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// happened is what happened to a message last.
func (l *log) happened(code string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last[code]
}

// write adds a line and has it on the disk when it returns. Lines of several
// goroutines are synced together.
func (l *log) write(now time.Time, e Entry, happened, reply string) error {
	line := now.UTC().Format(time.RFC3339) + " " + strconv.Itoa(e.Row) + " " + e.Code + " " + happened
	if reply != "" {
		line += " " + reply
	}
	l.mu.Lock()
	_, err := fmt.Fprintln(l.file, line)
	if err == nil {
		l.last[e.Code] = happened
	}
	l.mu.Unlock()
	if err != nil {
		return err
	}
	return l.file.Sync()
}
