package store

import (
	"iter"
	"slices"
	"sync"
	"time"
	"unique"
)

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

// memory is all that a ledger knows. It may be asked while something is added.
type memory struct {
	known  sync.RWMutex
	lists  [][]held // of heldList each but for the last: what is held is never copied to grow
	count  int      // in all lists
	newest map[Code]int32
}

func (h *held) entry() Entry {
	a := h.alike.Value()
	e := Entry{
		Code: h.code, Handout: a.handout, Version: a.version, Content: h.content, File: h.file, Sum: h.sum,
		List: a.list, Who: h.who, Row: int(h.row), Visit: h.visit, Day: a.day, Time: a.time, Run: a.run,
		TypeSize: a.typeSize, Cut: a.cut, Notes: a.notes,
	}
	if a.plain {
		e.Sum, e.Plain = Sum{}, h.sum
	}
	return e
}

// add puts an entry in the place of the one it makes out of date.
func (m *memory) add(e Entry) {
	h := held{
		content: e.Content, sum: e.Sum, code: e.Code, who: e.Who, row: int32(e.Row), before: -1,
		file: e.File, visit: e.Visit, alike: unique.Make(alike{e.Handout, e.Version, e.Day, e.Time, e.Run, e.TypeSize,
			e.Cut, e.Notes, e.Sum == Sum{}, e.List}),
	}
	if e.Sum == (Sum{}) {
		h.sum = e.Plain
	}
	m.known.Lock()
	defer m.known.Unlock()
	if newest, ok := m.newest[e.Code]; ok {
		for at := newest; at >= 0; at = m.at(at).before {
			if old := m.at(at); old.content == h.content && old.file == h.file {
				h.before = old.before
				*old = h
				return
			}
		}
		h.before = newest
	}
	if m.count%heldList == 0 {
		m.lists = append(m.lists, make([]held, 0, heldList))
	}
	last := &m.lists[len(m.lists)-1]
	*last = append(*last, h)
	m.newest[e.Code] = int32(m.count)
	m.count++
}

func (m *memory) at(place int32) *held { return &m.lists[place/heldList][place%heldList] }

// All goes through the handouts, the oldest first. It is not for use during Append.
func (m *memory) All() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for place := range m.count {
			if !yield(m.at(int32(place)).entry()) {
				return
			}
		}
	}
}

// Find lists the handouts with a code, the oldest first: more than one only where its
// file was called otherwise before, for a batch gives no two pages one code. (The first
// versions did: of 100,000 handouts two, once in 200 ledgers.) It may be called by
// several goroutines at once, also during Append.
func (m *memory) Find(code Code) []Entry {
	m.known.RLock()
	defer m.known.RUnlock()
	at, ok := m.newest[code]
	if !ok {
		return nil
	}
	var found []Entry
	for ; at >= 0; at = m.at(at).before {
		found = append(found, m.at(at).entry())
	}
	slices.Reverse(found)
	return found
}

// Len is the number of handouts with different codes, content or files.
func (m *memory) Len() int { return m.count }
