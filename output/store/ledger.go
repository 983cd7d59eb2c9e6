package store

import (
	"bufio"
	"bytes"
	"crypto/sha256"
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
	"unique"
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
	Number   int       `json:"number"`
	Time     time.Time `json:"time"`
	Settings Settings  `json:"settings"`
	Key      string    `json:"key,omitempty"` // Key.Mark, of what the sums are made with; empty in the first versions, whose sums are plain
}

// Settings are the values of each flag. The first versions wrote one text, with line
// breaks between values.
type Settings map[string][]string

func (s *Settings) UnmarshalJSON(text []byte) error {
	var values map[string]any
	if err := json.Unmarshal(text, &values); err != nil || values == nil {
		return err
	}
	*s = Settings{}
	for name, value := range values {
		switch value := value.(type) {
		case string:
			(*s)[name] = strings.Split(value, "\n")
		case []any:
			for _, v := range value {
				(*s)[name] = append((*s)[name], fmt.Sprint(v))
			}
		default:
			return errors.New("a setting is neither a text nor a list")
		}
	}
	return nil
}

// Entry is one handout made.
type Entry struct {
	Code    Code      `json:"code"`            // printed at its foot
	Handout string    `json:"handout"`         // its ID
	Version string    `json:"version"`         // of its content
	Content Sum       `json:"content"`         // of all that the page was made from
	File    string    `json:"file"`            // its name in the folder
	Sum     Sum       `json:"sum,omitzero"`    // of the file, with the folder's key
	Plain   Sum       `json:"sha256,omitzero"` // in its place in ledgers of the first versions
	List    Code      `json:"list,omitzero"`   // stands for the list's path, made with the folder's key; zero: not written down
	Who     Code      `json:"who,omitzero"`    // stands for the patient in the same way
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
	code, who    Code
	row          int32
	before       int32 // the place of the one before it with its code; -1 for none
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
	plain                 bool // the file's sum is
	list                  Code
}

const heldList = 1 << 10

func (h *held) entry() Entry {
	a := h.alike.Value()
	e := Entry{
		Code: h.code, Handout: a.handout, Version: a.version, Content: h.content, File: h.file, Sum: h.sum, List: a.list, Who: h.who,
		Row: int(h.row), Visit: h.visit, Day: a.day, Time: a.time, Run: a.run, TypeSize: a.typeSize, Cut: a.cut, Notes: a.notes,
	}
	if a.plain {
		e.Sum, e.Plain = Sum{}, h.sum
	}
	return e
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
	if err := l.openKey(folder); err != nil {
		file.Close()
		return nil, err
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
	return l, l.readKey(path)
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

// readLine never repeats what stands in the line.
func readLine(text []byte) (line, error) {
	var one line
	if err := json.Unmarshal(text, &one); err != nil {
		return one, errors.New("the line cannot be read")
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
	case e.Row < 1 || e.Row > math.MaxInt32 || e.Run < 0:
		return errors.New("the handout's row or run cannot be right")
	case e.Sum == Sum{} && e.Plain == Sum{} || e.Content == Sum{}:
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
		content: e.Content, sum: e.Sum, code: e.Code, who: e.Who, row: int32(e.Row), before: -1, file: e.File, visit: e.Visit,
		alike: unique.Make(alike{e.Handout, e.Version, e.Day, e.Time, e.Run, e.TypeSize, e.Cut, e.Notes, e.Sum == Sum{}, e.List}),
	}
	if e.Sum == (Sum{}) {
		h.sum = e.Plain
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

// Find lists the handouts with a code, the oldest first: more than one only where its
// file was called otherwise before, for a batch gives no two pages one code. (The first
// versions did: of 100,000 handouts two, once in 200 ledgers.) It may be called by
// several goroutines at once, also during Append.
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

// Holds tells whether the file of an entry is in the folder, as it was made.
func (l *Ledger) Holds(e Entry) bool {
	if e.Sum == (Sum{}) {
		return l.folder.Holds(e.File, sha256.New(), e.Plain)
	}
	return l.folder.Holds(e.File, l.Key.hash(), e.Sum)
}

// Sum is 256 bits of a hash, in JSON as 64 hexadecimal digits.
type Sum [32]byte

func (s Sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

func (s *Sum) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(s)) {
		return errors.New("a sum has 64 digits")
	}
	_, err := hex.Decode(s[:], text)
	return err
}
