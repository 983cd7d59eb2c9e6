package day

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/content/visits"
	"handout/output/store"
)

// batch is one run over a roster.
type batch struct {
	*roster
	folder  *store.Folder
	ledger  *store.Ledger
	number  int        // of the run
	mark    store.Code // of the list
	printed bool       // pages are wanted beyond their files
	post    *post      // nil for no mail
}

// worker makes one page after the other.
type worker struct {
	*batch
	pdf []byte // the page's, of the row in hand
}

// How many rows a worker takes at a time, and how many go into the ledger at
// once, or more. To wake another core takes as long as a part of a page, and to sync
// the disk as long as several.
const (
	blockRows  = 16
	ledgerRows = 128
)

// do makes the handouts of the rows, hands each block on in order, and writes
// what is made into the ledger. Once ctx ends no row is begun any more.
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
	left := len(rows)
	stopped := press.InOrder(ctx, len(blocks), len(workers), 4*len(workers), func(w, i int) []outcome {
		done := make([]outcome, 0, len(blocks[i]))
		for _, row := range blocks[i] {
			if ctx.Err() != nil {
				break
			}
			done = append(done, workers[w].make(row))
		}
		return done
	}, func(done []outcome) error {
		left -= len(done)
		for _, o := range done {
			if o.state == Made {
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
	if left == 0 && errors.Is(stopped, context.Canceled) {
		return nil // too late to stop anything
	}
	return stopped
}

// make makes a row's handout, unless it is there.
func (w *worker) make(row *visits.Row) outcome {
	s, err := w.asked(row)
	if err != nil {
		return outcome{row: row, state: Failed, err: err}
	}
	file := w.file(row)
	entry, there := w.found(s, file)
	due := ""
	if w.post != nil {
		due = w.post.due(row, s.code)
	}
	letter := w.post != nil && due == ""
	if there && !w.printed && !letter {
		return outcome{row: row, state: Kept, entry: entry, mail: due, lang: s.lang}
	}
	page, err := s.page()
	if err != nil {
		return outcome{row: row, state: Failed, err: err}
	}
	cut, notes := w.Say.Fit(page.Fitting)
	entry.TypeSize, entry.Cut, entry.Notes = page.Fitting.Body.Points(), store.LinesOf(cut),
		store.LinesOf(append(page.Omitted(), notes...))
	o := outcome{row: row, state: Kept, entry: entry, mail: due, lang: s.lang}
	if w.printed {
		o.page = page.Page
	}
	if there && !letter {
		return o
	}
	pdf, err := page.PDF(w.pdf[:0])
	if err == nil && !there {
		err = w.folder.Put(file, pdf)
	}
	w.pdf = pdf
	if err != nil {
		return outcome{row: row, state: Failed, err: err}
	}
	if letter {
		if o.mail, o.err = w.post.write(s, page, pdf); o.err != nil {
			o.mail = NoMail
		}
	}
	if there {
		return o
	}
	o.state, o.entry = Made, store.Entry{
		Code: s.code, Handout: s.Article.ID, Version: s.Article.Version, Content: s.sum,
		File: file, Sum: w.key.Sum(pdf), List: w.mark, Who: w.who(row),
		Row: row.Number, Visit: row.ID, Day: w.day(row).Format(time.DateOnly), Time: w.Now, Run: w.number,
		TypeSize: entry.TypeSize, Cut: entry.Cut, Notes: entry.Notes,
	}
	return o
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
func (w *worker) found(s *sitting, file string) (store.Entry, bool) {
	for _, e := range w.ledger.Find(s.code) {
		if e.Content == s.sum && e.File == file && w.ledger.Holds(e) {
			return e, true
		}
	}
	return store.Entry{}, false
}
