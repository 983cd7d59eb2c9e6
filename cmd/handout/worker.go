package main

import (
	"context"
	"runtime"
	"slices"
	"time"

	"handout/content/visits"
	"handout/fonts"
	"handout/layout"
	"handout/output"
	"handout/output/store"
)

// batch is one run over a roster.
type batch struct {
	*roster
	machine *fonts.Machine
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
	setter *layout.Setter
	others []otherSetter // of pages with faces of the machine's, the one used last first
	book   sketchbook
	file   []byte // the page's, of the row in hand
}

func (b *batch) worker() *worker {
	faces := fonts.Default().With(b.clinic.faces...)
	return &worker{batch: b, setter: layout.NewSetter(faces), book: openSketchbook()}
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
		workers[i] = b.worker()
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
	s, err := w.sitting(row)
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
	page, fitting, err := w.fit(s)
	if err != nil {
		return outcome{row: row, state: failed, err: err}
	}
	entry.TypeSize, entry.Cut, entry.Notes = fitting.Body.Points(), cuts(fitting), store.LinesOf(append(omitted(s.article, s.handout), fitting.Notes...))
	o := outcome{row: row, state: kept, entry: entry, mail: due, lang: s.lang}
	if w.printed {
		o.page = page
	}
	if there && !letter {
		return o
	}
	pdf, err := output.AppendPDF(w.file[:0], page, s.made)
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
		Code: s.code, Handout: s.handout.ID, Version: s.handout.Version, Content: s.sum,
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
		list = append(list, c.What)
	}
	return store.LinesOf(list)
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

// fit sets a page. Where a character is in none of our fonts, the machine's are
// asked, for that page alone: another page must not look otherwise for it.
func (w *worker) fit(s *sitting) (*layout.Page, *layout.Fitting, error) {
	if err := w.book.page(s.handout); err != nil {
		return nil, nil, err
	}
	page, fitting, err := w.setter.Fit(s.handout, s.sheet)
	if found := w.machine.Faces(missingRunes(err)); len(found) > 0 {
		page, fitting, err = w.other(found).Fit(s.handout, s.sheet)
	}
	return page, fitting, err
}

// otherSetter sets with faces of the machine's besides ours.
type otherSetter struct {
	faces  []*fonts.Face
	setter *layout.Setter
}

// maxOthers bounds them. A list has names in a few scripts that are not ours, and
// setters remember much.
const maxOthers = 4

// other is the setter with these faces of the machine's.
func (w *worker) other(faces []*fonts.Face) *layout.Setter {
	i := slices.IndexFunc(w.others, func(o otherSetter) bool { return slices.Equal(o.faces, faces) })
	if i < 0 {
		stack := fonts.Default().With(w.clinic.faces...).With(faces...)
		w.others = append(w.others, otherSetter{faces, layout.NewSetter(stack)})
		i = len(w.others) - 1
	}
	o := w.others[i]
	w.others = slices.Insert(slices.Delete(w.others, i, i+1), 0, o)
	w.others = w.others[:min(len(w.others), maxOthers)]
	return o.setter
}
