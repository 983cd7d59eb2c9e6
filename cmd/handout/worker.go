package main

import (
	"context"
	"runtime"
	"slices"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/content/visits"
	"handout/layout"
	"handout/output/store"
)

// batch is one run over a roster.
type batch struct {
	*roster
	folder  *store.Folder
	ledger  *store.Ledger
	number  int        // of the run
	mark    store.Code // of the list
	now     time.Time
	printed bool  // pages are wanted beyond their files
	post    *post // nil for no mail
}

// worker makes one page after the other.
type worker struct {
	*batch
	file []byte // the page's, of the row in hand
}

// state is what became of a row.
type state string

const (
	made    state = "made"
	kept    state = "kept" // an earlier run made it, and it would come out the same
	leftOut state = "left out"
	failed  state = "failed"
	undone  state = "not begun"
	earlier state = "made earlier" // by a former run, for no row of this list
)

// outcome is what became of one row.
type outcome struct {
	row   *visits.Row
	state state
	entry store.Entry  // of what was made, or kept
	page  *layout.Page // where it is to be printed
	mail  string       // the state of its message, or why there is none
	err   error        // why it failed, or its mail
	lang  string       // what there is to say of its language
}

// How many rows a worker takes at a time, and how many go into the ledger at
// once, or more. To wake another core takes as long as a part of a page, and to sync
// the disk as long as several.
const (
	blockRows  = 16
	ledgerRows = 128
)

// do makes the handouts of the rows, hands each block on in order, and writes
// what is made into the ledger.
func (b *batch) do(ctx context.Context, rows []*visits.Row, tell func([]outcome) error) error {
	workers := make([]*worker, runtime.GOMAXPROCS(0))
	for i := range workers {
		workers[i] = &worker{batch: b}
	}
	var entries []store.Entry
	note := func() error {
		err := b.ledger.Queue(entries...)
		entries = entries[:0]
		return err
	}
	blocks := slices.Collect(slices.Chunk(rows, blockRows))
	stopped := inOrder(ctx, len(blocks), len(workers), 4*len(workers), func(w, i int) []outcome {
		done := make([]outcome, len(blocks[i]))
		for k, row := range blocks[i] {
			done[k] = workers[w].make(row)
		}
		return done
	}, func(done []outcome) error {
		for _, o := range done {
			if o.state == made {
				entries = append(entries, o.entry)
			}
		}
		if err := tell(done); err != nil || len(entries) < ledgerRows {
			return err
		}
		return note()
	})
	if err := note(); err != nil {
		return err
	}
	if err := b.ledger.Settle(); err != nil {
		return err
	}
	return stopped
}

// make makes a row's handout, unless it is there.
func (w *worker) make(row *visits.Row) outcome {
	s, err := w.asked(row)
	if err != nil {
		return outcome{row: row, state: failed, err: err}
	}
	entry, there := w.found(s)
	due := ""
	if w.post != nil {
		due = w.post.due(row, s.code)
	}
	letter := w.post != nil && due == ""
	if there && !w.printed && !letter {
		return outcome{row: row, state: kept, entry: entry, mail: due, lang: s.lang}
	}
	page, err := s.page()
	if err != nil {
		return outcome{row: row, state: failed, err: err}
	}
	entry.TypeSize, entry.Cut, entry.Notes = page.Fitting.Body.Points(), cuts(page.Fitting), store.LinesOf(append(page.Omitted(), fitNotes(page.Fitting)...))
	o := outcome{row: row, state: kept, entry: entry, mail: due, lang: s.lang}
	if w.printed {
		o.page = page.Page
	}
	if there && !letter {
		return o
	}
	pdf, err := page.PDF(w.file[:0])
	if err == nil && !there {
		err = w.folder.Put(s.file, pdf)
	}
	w.file = pdf
	if err != nil {
		return outcome{row: row, state: failed, err: err}
	}
	if letter {
		if o.mail, o.err = w.post.write(s, page, pdf); o.err != nil {
			o.mail = noMail
		}
	}
	if there {
		return o
	}
	o.state, o.entry = made, store.Entry{
		Code: s.code, Handout: s.Article.ID, Version: s.Article.Version, Content: s.sum,
		File: s.file, Sum: w.key.Sum(pdf), List: w.mark, Who: w.who(row),
		Row: row.Number, Visit: row.ID, Day: w.day(row).Format(time.DateOnly), Time: w.now, Run: w.number,
		TypeSize: entry.TypeSize, Cut: entry.Cut, Notes: entry.Notes,
	}
	return o
}

// cuts is what a page had to let go.
func cuts(f *layout.Fitting) store.Lines {
	var list []string
	for _, c := range f.Concessions {
		list = append(list, conceded(c))
	}
	return store.LinesOf(list)
}

// page makes the row's page.
func (s *sitting) page() (*press.Page, error) {
	job, err := s.MakeOut(s.code.String())
	if err != nil {
		return nil, err
	}
	return job.Set(context.Background())
}

// taken tells whether a code is that of another page: one the ledger has, or one whose
// message is in the outbox.
func (b *batch) taken(code store.Code, sum store.Sum) bool {
	entries := b.ledger.Find(code)
	if slices.ContainsFunc(entries, func(e store.Entry) bool { return e.Content == sum }) {
		return false
	}
	return len(entries) > 0 || b.post != nil && b.post.taken(code, sum)
}

// found is the page that an earlier run made of the same, if it is still there.
func (w *worker) found(s *sitting) (store.Entry, bool) {
	for _, e := range w.ledger.Find(s.code) {
		if e.Content == s.sum && e.File == s.file && w.ledger.Holds(e) {
			return e, true
		}
	}
	return store.Entry{}, false
}
