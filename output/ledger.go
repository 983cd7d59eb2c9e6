package output

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
	"unique"
)

// A Ledger is what was made in a folder, line by line in its file ledger.jsonl:
//
//	{"run":{"number":1,"time":"2026-11-22T18:00:00Z","settings":{"paper":"letter"}}}
//	{"made":{"code":"K7Q2-9MXD","handout":"sciatica", ... ,"row":12,"visit":"4711"}}
//
// It names no patient, unless the files are called by them. Lines are only ever
// added, each once its file is on the disk: what is in the ledger is done. It can be
// read and written by its owner alone (0600).
//
// All of it is held in memory, at about 190 bytes a handout: 19 MB for 100,000. It
// takes 1,000,000 handouts; a line is at most 8 KiB.
type Ledger struct {
	Runs   []Run    // in the order of the file
	Damage []Damage // at most 20, then one that counts the rest

	known  sync.RWMutex // for what follows
	lists  [][]held     // of heldList each but for the last: what is held is never copied to grow
	count  int          // in all lists
	newest map[Code]int32

	folder *Folder
	file   *os.File
	size   int64 // of the whole lines
	failed error

	queue queue
}

// queue is what waits to be appended.
type queue struct {
	sync.Mutex
	waiting []Entry
	moved   *sync.Cond // told when entries were taken, and at the end
	busy    bool       // a goroutine appends
	hurry   chan bool  // tells it not to wait for more
	failed  error
}

// Run is one batch: its number, from 1, and the settings of its command line,
// none of which may be a patient's.
type Run struct {
	Number   int               `json:"number"`
	Time     time.Time         `json:"time"`
	Settings map[string]string `json:"settings"`
}

// Entry is one handout made.
type Entry struct {
	Code    Code      `json:"code"`            // printed at its foot
	Handout string    `json:"handout"`         // its ID
	Version string    `json:"version"`         // of its content
	Content Sum       `json:"content"`         // of all that the page was made from
	File    string    `json:"file"`            // its name in the folder
	Size    int64     `json:"size"`            // of the file, in bytes
	SHA256  Sum       `json:"sha256"`          // of the file
	Row     int       `json:"row"`             // of the list, from 1
	Visit   string    `json:"visit,omitempty"` // its number in the list, if it has one
	Day     string    `json:"day,omitempty"`   // of the visit, as 2026-11-22; empty: not written down
	Time    time.Time `json:"time"`
	Run     int       `json:"run"` // the number of the Run that made it

	TypeSize float64 `json:"type_size,omitempty"` // of running text, in points; zero: not written down
	Cut      Lines   `json:"cut,omitempty"`       // what the author's marks let go
	Notes    Lines   `json:"notes,omitempty"`     // what else was said of the fit
}

// held is an entry in memory.
type held struct {
	content, sum Sum
	code         Code
	row          int32
	before       int32 // the place of the one before it with its code; -1 for none
	size         int64
	file, visit  string
	alike        unique.Handle[alike]
}

// alike is what many entries have in common.
type alike struct {
	handout, version, day string
	time                  time.Time
	run                   int
	typeSize              float64
	cut, notes            Lines
}

const heldList = 1 << 10

func (h *held) entry() Entry {
	a := h.alike.Value()
	return Entry{
		Code: h.code, Handout: a.handout, Version: a.version, Content: h.content, File: h.file, Size: h.size, SHA256: h.sum,
		Row: int(h.row), Visit: h.visit, Day: a.day, Time: a.time, Run: a.run, TypeSize: a.typeSize, Cut: a.cut, Notes: a.notes,
	}
}

// Lines are sentences with \n between them; in JSON a list.
type Lines string

// LinesOf puts sentences together; a line break in one becomes a space.
func LinesOf(list []string) Lines {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.ReplaceAll(s, "\n", " "))
	}
	return Lines(b.String())
}

// List is the sentences one by one; nil if there are none.
func (l Lines) List() []string {
	if l == "" {
		return nil
	}
	return strings.Split(string(l), "\n")
}

func (l Lines) MarshalJSON() ([]byte, error) { return json.Marshal(l.List()) }

func (l *Lines) UnmarshalJSON(text []byte) error {
	var list []string
	err := json.Unmarshal(text, &list)
	*l = LinesOf(list)
	return err
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
	ledgerName    = "ledger.jsonl"
	ledgerLine    = 8 << 10 // bytes
	ledgerEntries = 1_000_000
	ledgerDamage  = 20
	ledgerQueue   = 4096 // entries

	// Long for a burst of files, short for one who has to make them anew.
	ledgerPause = 25 * time.Millisecond
)

// A line says one of two things.
type line struct {
	Run  *Run   `json:"run,omitempty"`
	Made *Entry `json:"made,omitempty"`
}

// OpenLedger reads the folder's ledger, or begins one, and makes it ready for
// Append. A last line that a crash cut off is removed and is in Damage, as are
// lines that can not be read: those stay in the file. Errors are *FileError.
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
	l.folder, l.file = folder, file
	return l, nil
}

// ReadLedger reads the ledger of the folder at path, to look things up, and
// changes nothing. It needs no lock: while a batch goes on, it is as far as that
// has come. Errors are *FileError.
func ReadLedger(path string) (*Ledger, error) {
	name := filepath.Join(path, ledgerName)
	if is, err := os.Stat(name); err == nil && !is.Mode().IsRegular() {
		return nil, &FileError{Message: "what the folder has by the name of " + ledgerName + " is not a file", Hint: "name the folder that a batch wrote to"}
	}
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &FileError{Message: "the folder has no " + ledgerName, Hint: "name the folder that a batch wrote to", Err: bare(err)}
	}
	if err != nil {
		return nil, folderError(err)
	}
	defer file.Close()
	l, err := readLedger(file)
	if err != nil {
		return nil, folderError(err)
	}
	return l, nil
}

// readLedger reads lines until the end, or what a crash left of the last.
func readLedger(r io.Reader) (*Ledger, error) {
	l := &Ledger{newest: map[Code]int32{}}
	l.queue.moved, l.queue.hurry = sync.NewCond(&l.queue), make(chan bool, 1)
	in := bufio.NewReaderSize(r, ledgerLine)
	damaged := 0
	damage := func(n int, message string) {
		d := Damage{n, message, "what it said counts as not made: run the batch again to make it"}
		if damaged++; damaged <= ledgerDamage {
			l.Damage = append(l.Damage, d)
			return
		}
		d.Message = fmt.Sprintf("up to here, %d more lines can not be read", damaged-ledgerDamage)
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

// readLine never repeats what stands in the line.
func readLine(text []byte) (line, error) {
	var one line
	if err := json.Unmarshal(text, &one); err != nil {
		return one, errors.New("the line can not be read")
	}
	return one, one.check()
}

func (one line) check() error {
	switch {
	case (one.Run == nil) == (one.Made == nil):
		return errors.New("the line is neither a run nor a handout")
	case one.Run != nil:
		return one.Run.check()
	}
	return one.Made.check()
}

func (r *Run) check() error {
	if r.Number < 1 || !datable(r.Time) {
		return errors.New("the run has no number or no time")
	}
	return nil
}

func (e *Entry) check() error {
	switch {
	case checkName(e.File) != nil:
		return errors.New("the handout's file has no name that could be its")
	case e.Size < 0 || e.Row < 1 || e.Row > math.MaxInt32 || e.Run < 0:
		return errors.New("the handout's size, row or run can not be right")
	case e.SHA256 == Sum{} || e.Content == Sum{}:
		return errors.New("the handout's sums are missing")
	case !datable(e.Time):
		return errors.New("the handout has no time")
	}
	return nil
}

// datable is a time that JSON can hold, and was set.
func datable(t time.Time) bool { return !t.IsZero() && t.Year() > 0 && t.Year() < 10000 }

// add puts an entry in the place of the one it makes out of date.
func (l *Ledger) add(e Entry) {
	h := held{
		content: e.Content, sum: e.SHA256, code: e.Code, row: int32(e.Row), before: -1, size: e.Size, file: e.File, visit: e.Visit,
		alike: unique.Make(alike{e.Handout, e.Version, e.Day, e.Time, e.Run, e.TypeSize, e.Cut, e.Notes}),
	}
	l.known.Lock()
	defer l.known.Unlock()
	if newest, ok := l.newest[e.Code]; ok {
		for at := newest; at >= 0; at = l.at(at).before {
			if old := l.at(at); old.content == h.content && old.file == h.file {
				h.before = old.before
				*old = h
				return
			}
		}
		h.before = newest
	}
	if l.count%heldList == 0 {
		l.lists = append(l.lists, make([]held, 0, heldList))
	}
	last := &l.lists[len(l.lists)-1]
	*last = append(*last, h)
	l.newest[e.Code] = int32(l.count)
	l.count++
}

func (l *Ledger) at(place int32) *held { return &l.lists[place/heldList][place%heldList] }

// All goes through the handouts, the oldest first. It is not for use during Append.
func (l *Ledger) All() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for place := range l.count {
			if !yield(l.at(int32(place)).entry()) {
				return
			}
		}
	}
}

// Find lists the handouts with a code, the oldest first. There is hardly ever more than
// one, but where its file was called otherwise before: of 100,000 handouts with different
// content two share a code once in 200 ledgers. It may be called by several goroutines at
// once, also during Append.
func (l *Ledger) Find(code Code) []Entry {
	l.known.RLock()
	defer l.known.RUnlock()
	at, ok := l.newest[code]
	if !ok {
		return nil
	}
	var found []Entry
	for ; at >= 0; at = l.at(at).before {
		found = append(found, l.at(at).entry())
	}
	slices.Reverse(found)
	return found
}

// Len is the number of handouts with different codes, content or files.
func (l *Ledger) Len() int { return l.count }

// Begin writes down a new run and returns its number.
func (l *Ledger) Begin(made time.Time, settings map[string]string) (int, error) {
	r := Run{Number: 1, Time: made.UTC(), Settings: settings}
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

// Queue has the handouts, which were Put before, appended while its caller goes on.
// The first wait a little for more; what comes during one Append is in the next, so
// that a slow disk gets larger groups. Queue waits only where 4096 are queued. It
// returns the first error of those that were queued before; after one nothing is
// appended any more.
func (l *Ledger) Queue(made ...Entry) error {
	q := &l.queue
	q.Lock()
	defer q.Unlock()
	for q.busy && len(q.waiting) >= ledgerQueue {
		q.moved.Wait()
	}
	if q.failed != nil || len(made) == 0 {
		return q.failed
	}
	q.waiting = append(q.waiting, made...)
	if !q.busy {
		q.busy = true
		go l.catchUp()
	}
	return nil
}

// catchUp appends what is queued until nothing is.
func (l *Ledger) catchUp() {
	q := &l.queue
	select {
	case <-q.hurry:
	case <-time.After(ledgerPause):
	}
	q.Lock()
	defer q.Unlock()
	defer q.moved.Broadcast()
	for len(q.waiting) > 0 && q.failed == nil {
		group := q.waiting
		q.waiting = nil
		q.moved.Broadcast()
		q.Unlock()
		err := l.Append(group...)
		q.Lock()
		q.failed = err
	}
	q.busy, q.waiting = false, nil
}

// Settle has all that was queued appended at once, and returns the first error.
func (l *Ledger) Settle() error {
	q := &l.queue
	q.Lock()
	defer q.Unlock()
	for q.busy {
		select {
		case q.hurry <- true:
		default: // it is told already
		}
		q.moved.Wait()
	}
	return q.failed
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
			return &FileError{Message: "a line of the ledger would be too long, or could not be read again", Hint: "give shorter settings and visit numbers", Err: err}
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
	return &FileError{Message: "another program has changed, moved or deleted the folder's " + ledgerName + " meanwhile", Hint: "run the same command again when nothing else is at work in the folder"}
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
	return &FileError{Message: "the folder's ledger has no room for more than 1,000,000 handouts", Hint: "begin a new folder with --out"}
}

// Sum is a SHA-256, in JSON as 64 hexadecimal digits.
type Sum [32]byte

func (s Sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

func (s *Sum) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(s)) {
		return errors.New("a SHA-256 has 64 digits")
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// Code is what a handout prints at its foot to be found again: the first 40 bits
// of its content's SHA-256, Code(sum[:5]), written K7Q2-9MXD in Crockford's base 32.
//
// None of the eight characters is a check. It would cost five of the 40 bits, and
// make it 32 times as likely that two handouts share a code, to notice what the
// ledger notices anyhow: with 100,000 handouts in it, a mistyped code is that of
// another once in ten million times.
type Code [5]byte

// Crockford's digits leave out I, L, O and U: https://www.crockford.com/base32.html
const codeDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func (c Code) String() string {
	var bits uint64
	for _, b := range c {
		bits = bits<<8 | uint64(b)
	}
	text := make([]byte, 0, 9)
	for shift := 35; shift >= 0; shift -= 5 {
		if shift == 15 {
			text = append(text, '-')
		}
		text = append(text, codeDigits[bits>>shift&31])
	}
	return string(text)
}

// ParseCode reads a code as people type it: in small letters, with or without
// dash and spaces, O for 0, I and L for 1. Its errors do not repeat what was
// typed, which may be a name.
func ParseCode(text string) (Code, error) {
	if len(text) > 64 {
		return Code{}, errCode
	}
	var bits uint64
	digits := 0
	for _, r := range strings.ToUpper(text) {
		switch r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		case ' ', '-', '\u2010', '\u2011', '\u2013', '\u00a0':
			continue
		}
		d := strings.IndexRune(codeDigits, r)
		if d < 0 || r == utf8.RuneError {
			return Code{}, errCode
		}
		bits = bits<<5 | uint64(d)
		digits++
	}
	if digits != 8 {
		return Code{}, errCode
	}
	return Code{byte(bits >> 32), byte(bits >> 24), byte(bits >> 16), byte(bits >> 8), byte(bits)}, nil
}

var errCode = errors.New("a code is eight letters and digits, such as K7Q2-9MXD")

func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

func (c *Code) UnmarshalText(text []byte) error {
	var err error
	*c, err = ParseCode(string(text))
	return err
}
