package store

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A Ledger is what was made in a folder, line by line in its file ledger.jsonl:
//
//	{"run":{"number":1,"time":"2026-11-22T18:00:00Z","settings":{"paper":["letter"]},"key":"5f3a90c1"}}
//	{"made":{"code":"K7Q2-9MXD","handout":"sciatica", ... ,"row":12,"visit":"4711"}}
//
// It names no patient, unless the files are called by them. Its sums and codes are made
// with the folder's Key, so that without it nobody can try names on them; nor does it
// give the size of a file, which a name's letters make. Lines are only ever
// added, each once its file is on the disk: what is in the ledger is done. It can be
// read and written by its owner alone (0600).
//
// All of it is held in memory, at about 190 bytes a handout: 19 MB for 100,000. It
// takes 1,000,000 handouts; a line is at most 8 KiB.
type Ledger struct {
	Key    Key      // the folder's; zero if the ledger was only read and has none
	Runs   []Run    // in the order of the file
	Damage []Damage // at most 20, then one that counts the rest

	memory
	queue

	folder *Folder
	file   *os.File
	size   int64 // of the whole lines
	failed error
}

// Damage is a line that could not be read, or the end of one that a crash cut
// off. The rest of the ledger stands; the handout of the line counts as not made.
type Damage struct {
	Line    int // from 1
	Message string
	Hint    string
}

func (d Damage) String() string { return fmt.Sprintf("%s:%d: %s", ledgerName, d.Line, d.Message) }

const (
	ledgerLine    = 8 << 10 // bytes
	ledgerEntries = 1_000_000
	ledgerDamage  = 20
)

// OpenLedger reads the folder's ledger, or begins one, and makes it ready for
// Append. A last line that a crash cut off is removed and is in Damage, as are
// lines that cannot be read: those stay in the file. Errors are *FileError.
func OpenLedger(folder *Folder) (*Ledger, error) {
	if err := free(folder.root, ledgerName); err != nil {
		return nil, folderError(err)
	}
	// Should another program write to it, against all locks, its lines stay whole.
	file, err := folder.root.OpenFile(ledgerName, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, folderError(err)
	}
	l, err := readLedger(file)
	if err == nil {
		err = file.Chmod(0o600)
	}
	if err == nil {
		err = file.Truncate(l.size)
	}
	if err == nil {
		err = syncDir(folder.dir)
	}
	if err != nil {
		file.Close()
		return nil, folderError(err)
	}
	if l.Key, err = openKey(folder, l.keyMark()); err != nil {
		file.Close()
		return nil, err
	}
	l.folder, l.file = folder, file
	return l, nil
}

// whichFolder is what to do where a folder has no ledger.
const whichFolder = "name the folder that a batch wrote to, as in --out today"

// ReadLedger reads the ledger of the folder at path, to look things up, and
// changes nothing. It needs no lock: while a batch goes on, it is as far as that
// has come. Errors are *FileError.
func ReadLedger(path string) (*Ledger, error) {
	name := filepath.Join(path, ledgerName)
	if is, err := os.Stat(name); err == nil && !is.Mode().IsRegular() {
		return nil, &FileError{Message: "the folder's " + ledgerName + " is not a file", Hint: whichFolder}
	}
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &FileError{Message: "the folder has no " + ledgerName, Hint: whichFolder, Err: bare(err)}
	}
	if err != nil {
		return nil, folderError(err)
	}
	defer file.Close()
	l, err := readLedger(file)
	if err != nil {
		return nil, folderError(err)
	}
	if mark := l.keyMark(); mark != "" {
		l.Key, err = readKey(path, mark)
	}
	return l, err
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

// readLedger reads lines until the end, or what a crash left of the last.
func readLedger(r io.Reader) (*Ledger, error) {
	l := &Ledger{memory: memory{newest: map[Code]int32{}}}
	l.queue.open(l.Append)
	in := bufio.NewReaderSize(r, ledgerLine)
	damaged := 0
	damage := func(n int, message string) {
		d := Damage{n, message, "its handout counts as not made: run the batch again"}
		if damaged++; damaged <= ledgerDamage {
			l.Damage = append(l.Damage, d)
			return
		}
		d.Message = fmt.Sprintf("up to here, %d more lines cannot be read", damaged-ledgerDamage)
		l.Damage = append(l.Damage[:ledgerDamage], d)
	}
	for n := 1; ; n++ {
		text, err := in.ReadSlice('\n')
		size, long := len(text), false
		for errors.Is(err, bufio.ErrBufferFull) {
			long = true
			text, err = in.ReadSlice('\n')
			size += len(text)
		}
		if errors.Is(err, io.EOF) {
			if size > 0 {
				damage(n, "the last line was cut off when the program or the machine stopped")
			}
			break
		}
		if err != nil {
			return nil, err
		}
		l.size += int64(size)
		if long {
			damage(n, "the line is longer than 8 KiB")
			continue
		}
		one, err := readLine(text)
		switch {
		case err != nil:
			damage(n, err.Error())
		case one.Run != nil:
			l.Runs = append(l.Runs, *one.Run)
		case l.count >= ledgerEntries:
			return nil, errLedgerFull()
		default:
			l.add(*one.Made)
		}
	}
	return l, nil
}

// Begin writes down a new run and returns its number.
func (l *Ledger) Begin(made time.Time, settings Settings) (int, error) {
	r := Run{Number: 1, Time: made.UTC(), Settings: settings, Key: l.Key.Mark()}
	if n := len(l.Runs); n > 0 {
		r.Number = l.Runs[n-1].Number + 1
	}
	if err := l.write([]line{{Run: &r}}); err != nil {
		return 0, err
	}
	l.Runs = append(l.Runs, r)
	return r.Number, nil
}

// Append syncs the folder, then writes down the handouts, which were Put before,
// and syncs the ledger too: when it returns they are done. If it fails, none is
// in the ledger. It is for one goroutine at a time, while others Put, and not for use
// between Queue and Settle.
func (l *Ledger) Append(made ...Entry) error {
	if l.count+len(made) > ledgerEntries {
		return errLedgerFull()
	}
	if err := l.folder.Sync(); err != nil {
		return err
	}
	lines := make([]line, len(made))
	for i, e := range made {
		e.Time = e.Time.UTC()
		lines[i].Made = &e
	}
	if err := l.write(lines); err != nil {
		return err
	}
	for _, one := range lines {
		l.add(*one.Made)
	}
	return nil
}

// write adds whole lines and syncs them, or leaves the ledger as it was.
func (l *Ledger) write(lines []line) error {
	if l.failed != nil {
		return l.failed
	}
	var text bytes.Buffer
	for _, one := range lines {
		b, err := json.Marshal(one)
		if len(b) >= ledgerLine && one.Made != nil {
			// A page must not fail for how much there is to say of it.
			one.Made.Cut, one.Made.Notes = "", ""
			b, err = json.Marshal(one)
		}
		if err == nil {
			err = one.check() // so that it can be read again
		}
		if err != nil || len(b) >= ledgerLine {
			return &FileError{Message: "a line of the ledger would be too long, or could not be read again",
				Hint: "give shorter settings and visit numbers", Err: err}
		}
		text.Write(b)
		text.WriteByte('\n')
	}
	if err := l.untouched(); err != nil {
		l.failed = err
		return err
	}
	_, err := l.file.Write(text.Bytes())
	if err == nil {
		err = l.file.Sync()
	}
	if err != nil {
		err = folderError(err)
		// What part of it is on the disk is not known: no line may follow it.
		if l.file.Truncate(l.size) != nil || l.file.Sync() != nil {
			l.failed = err
		}
		return err
	}
	l.size += int64(text.Len())
	return nil
}

// untouched tells whether the ledger is as we left it, and where.
func (l *Ledger) untouched() error {
	mine, err := l.file.Stat()
	if err != nil {
		return folderError(err)
	}
	if now, err := l.folder.root.Lstat(ledgerName); err == nil && os.SameFile(mine, now) && mine.Size() == l.size {
		return nil
	}
	return &FileError{Message: "another program has changed, moved or deleted the folder's " + ledgerName +
		" in the meantime", Hint: "run the same command again when nothing else is at work in the folder"}
}

// Close waits for what is queued, whose error is Settle's to tell, and lets go of the
// ledger's file.
func (l *Ledger) Close() error {
	_ = l.Settle()
	if l.file == nil {
		return nil
	}
	if err := l.file.Close(); err != nil {
		return folderError(err)
	}
	return nil
}

func errLedgerFull() error {
	return &FileError{Message: "the folder's ledger has no room for more than 1,000,000 handouts",
		Hint: "begin a new folder with --out"}
}

// Holds tells whether the file of an entry is in the folder, as it was made.
func (l *Ledger) Holds(e Entry) bool {
	if e.Sum == (Sum{}) {
		return l.folder.Holds(e.File, sha256.New(), e.Plain)
	}
	return l.folder.Holds(e.File, l.Key.hash(), e.Sum)
}
