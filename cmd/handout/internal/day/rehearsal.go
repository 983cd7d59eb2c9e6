package day

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/content/visits"
	"handout/output/store"
)

// MadeUp is a list of visits nobody made: 3 handouts, 40 choices of one to four
// stretches, and 256 names in many scripts' letters.
func MadeUp() *visits.List {
	given := strings.Fields("Ana Zoë Łukasz Hương José Søren Grace Mohammed Ingrid Chloé Bartłomiej Aoife Yuki " +
		"Fatima Björn Priya")
	family := strings.Fields("Ruiz Nuñez-O'Brien Żółć Đặng Müller Okafor Smith Kowalczyk Fernández Ångström Şahin " +
		"Novák Jones Tanaka García Haddad")
	handouts := []string{"sciatica", "after-massage", "neck-and-desk"}
	stretches := strings.Fields("knee-to-chest trunk-rotation cat-cow figure-4 hip-flexor sciatic-slider " +
		"bridge chin-tuck doorway-chest")
	list := &visits.List{System: "nobody's"}
	for i := range 480 {
		choice := i % 40
		var chosen []string
		for k := range 1 + choice%4 {
			chosen = append(chosen, stretches[(choice+k*(1+choice%2))%len(stretches)])
		}
		note := ""
		if i%4 == 0 {
			note = "Go easy on the left side today."
		}
		list.Rows = append(list.Rows, visits.Row{
			Number: i + 2, ID: strconv.Itoa(1000 + i), Name: given[i%16] + " " + family[i/16%16],
			Handout: handouts[i%3], Stretches: strings.Join(chosen, ","), Chosen: true, Note: note,
		})
	}
	return list
}

// rehearsal is pages that are made and written over and over.
type rehearsal struct {
	*batch
	clock   func() time.Time
	rows    []*visits.Row // that make a page
	pages   [][]byte      // those pages
	sums    []store.Sum
	dir     string
	turn    int
	workers []*worker
}

// A round has so many pages, or fewer if those are large, and makes and writes each
// of them several times, under names of their own: the last sync must not weigh as much
// as the writing. Of all rounds together some 1.7 GB come to the disk.
const (
	roundPages = 480
	roundBytes = 32 << 20
	copies     = 3
)

// Rehearse says how fast this machine makes the pages of a list, and keeps none. It
// measures the ways by turns, for on a busy machine the speed of one second says little
// about the next, and tells the medians.
func Rehearse(ctx context.Context, p *press.Press, o *Order, clock func() time.Time) (*Rehearsed, error) {
	b := &roster{Order: o, press: p}
	r := &rehearsal{batch: &batch{roster: b}, clock: clock}
	for range runtime.GOMAXPROCS(0) {
		r.workers = append(r.workers, &worker{batch: r.batch})
	}
	if r.gather(b.identify(b.schedule(), store.Sum.Code,
		func(store.Code, store.Sum) bool { return false })); len(r.rows) == 0 {
		return nil, &Refusal{Why: NoPage}
	}
	if err := os.MkdirAll(o.Out, 0o700); err != nil {
		return nil, press.FileFault(o.Out, err)
	}
	var err error
	if r.dir, err = os.MkdirTemp(o.Out, "rehearsal-*"); err != nil {
		return nil, press.FileFault(o.Out, err)
	}
	defer os.RemoveAll(r.dir)
	all := runtime.GOMAXPROCS(0)
	made, err := r.byTurns(
		func() (laps, error) { return r.make(ctx, 1) },
		func() (laps, error) { return r.make(ctx, all) },
		func() (laps, error) { return r.hash(1), nil },
		func() (laps, error) { return r.hash(all), nil },
	)
	if err != nil {
		return nil, err
	}
	// Only then the files: the system goes on writing them for a while.
	written, err := r.byTurns(
		func() (laps, error) { return r.makeAndWrite(ctx) },
		func() (laps, error) { return r.writePlainly(ctx) },
		func() (laps, error) { return r.write(ctx) },
	)
	if err != nil {
		return nil, err
	}
	bytes := 0
	for _, p := range r.pages {
		bytes += len(p)
	}
	return &Rehearsed{
		Pages: len(r.rows), Copies: copies, Files: copies * len(r.pages), Rounds: rounds,
		Bytes: bytes / len(r.pages), Cores: all, One: median(made[0].at(0)), All: median(made[1].at(0)),
		Times: median(ratios(made[1].at(0), made[0].at(0))), Hash: median(ratios(made[3].at(0), made[2].at(0))),
		Whole: median(written[0].at(1)), Plain: median(written[1].at(0)), PlainlySafe: median(written[1].at(1)),
		Taken: median(written[2].at(0)), Written: median(written[2].at(1)),
	}, nil
}

// gather makes the pages of a round: of rows from all over the list, and of a short
// list over and over.
func (r *rehearsal) gather(rows []*visits.Row) {
	bytes := 0
	for i := range min(len(rows), roundPages) {
		row := rows[i*len(rows)/min(len(rows), roundPages)]
		if r.workers[0].remake(row) != nil {
			continue
		}
		page := slices.Clone(r.workers[0].pdf)
		r.rows, r.pages, r.sums = append(r.rows, row), append(r.pages, page), append(r.sums, sha256.Sum256(page))
		if bytes += len(page); bytes >= roundBytes {
			return
		}
	}
	for i := 0; len(r.pages) > 0 && len(r.pages) < roundPages && bytes < roundBytes; i++ {
		r.rows, r.pages, r.sums = append(r.rows, r.rows[i]), append(r.pages, r.pages[i]), append(r.sums, r.sums[i])
		bytes += len(r.pages[i])
	}
}

// laps are how many pages or files a second a way had done at one or two points.
type laps []float64

// turns are the laps of a way, turn by turn.
type turns []laps

func (t turns) at(point int) (list []float64) {
	for _, l := range t {
		list = append(list, l[point])
	}
	return list
}

// rounds is how often each way is measured.
const rounds = 5

// byTurns measures each way so often. One turn before warms up: all pages have been met,
// as on a long day.
func (r *rehearsal) byTurns(ways ...func() (laps, error)) ([]turns, error) {
	found := make([]turns, len(ways))
	for turn := range rounds + 1 {
		for i, do := range ways {
			r.turn++
			laps, err := do()
			if err != nil {
				return nil, err
			}
			if turn > 0 {
				found[i] = append(found[i], laps)
			}
		}
	}
	return found, nil
}

// make makes all pages, in memory, on as many cores as there are workers: what else
// a page wants done must not go to an idle one. As in a batch, a worker uses the
// memory of a page again for its next.
func (r *rehearsal) make(ctx context.Context, workers int) (laps, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(workers))
	began, n := r.clock(), copies*len(r.rows)
	err := r.share(ctx, workers, n, func(w, i int) (store.Entry, error) {
		return store.Entry{}, r.workers[w].remake(r.rows[i%len(r.rows)])
	}, func([]store.Entry) error { return nil })
	return laps{perSecond(n, r.clock().Sub(began))}, err
}

// hash sums up the pages over and over, on so many cores: work that shares nothing
// shows how much the other cores of this machine have to give.
func (r *rehearsal) hash(workers int) laps {
	const times = 20
	began := r.clock()
	var busy sync.WaitGroup
	for range workers {
		busy.Go(func() {
			for range times {
				for _, p := range r.pages {
					sha256.Sum256(p)
				}
			}
		})
	}
	busy.Wait()
	return laps{perSecond(workers*times*len(r.pages), r.clock().Sub(began))}
}

// remake makes a row's page, from its cells to the bytes of its file.
func (w *worker) remake(row *visits.Row) error {
	s, err := w.asked(row)
	if err != nil {
		return err
	}
	w.sum(s) // as identify has it made for each row
	page, err := s.page()
	if err != nil {
		return err
	}
	w.pdf, err = page.PDF(w.pdf[:0])
	return err
}

// makeAndWrite makes all pages and writes them as a batch does.
func (r *rehearsal) makeAndWrite(ctx context.Context) (laps, error) {
	return r.put(ctx, copies*len(r.rows), func(w, i int) ([]byte, store.Sum, error) {
		err := r.workers[w].remake(r.rows[i%len(r.rows)])
		return r.workers[w].pdf, sha256.Sum256(r.workers[w].pdf), err
	})
}

// write writes the pages as a batch does.
func (r *rehearsal) write(ctx context.Context) (laps, error) {
	return r.put(ctx, copies*len(r.pages), func(_, i int) ([]byte, store.Sum, error) {
		i %= len(r.pages)
		return r.pages[i], r.sums[i], nil
	})
}

// put writes n files as a batch does: whole when they appear, synced in groups, and
// then in the ledger. The first lap ends when the last file is taken, the second when
// all are on the disk, under their names and in the ledger.
func (r *rehearsal) put(ctx context.Context, n int, page func(worker, i int) ([]byte, store.Sum, error)) (laps, error) {
	began := r.clock()
	folder, err := store.OpenFolder(filepath.Join(r.dir, fmt.Sprint("batch-", r.turn)))
	if err != nil {
		return nil, err
	}
	ledger, err := store.OpenLedger(folder)
	if err != nil {
		return nil, errors.Join(err, folder.Close())
	}
	var waiting []store.Entry
	err = r.share(ctx, len(r.workers), n, func(w, i int) (store.Entry, error) {
		file, sum, err := page(w, i)
		e := store.Entry{Content: sum, File: fmt.Sprintf("row-%04d.pdf", i+1), Sum: sum, Row: i + 1, Time: r.Now}
		binary.BigEndian.PutUint32(e.Code[:], uint32(i))
		return e, errors.Join(err, folder.Put(e.File, file))
	}, func(made []store.Entry) error {
		if waiting = append(waiting, made...); len(waiting) < ledgerRows {
			return nil
		}
		err := ledger.Queue(waiting...)
		waiting = waiting[:0]
		return err
	})
	taken := r.clock().Sub(began)
	err = errors.Join(err, ledger.Queue(waiting...), ledger.Settle(), ledger.Close(), folder.Close())
	return laps{perSecond(n, taken), perSecond(n, r.clock().Sub(began))}, err
}

// writePlainly writes the same bytes to new files, with as many writers. The first
// lap ends when the last is written, the second when one sync has brought all to the
// disk.
func (r *rehearsal) writePlainly(ctx context.Context) (laps, error) {
	began := r.clock()
	dir, n := filepath.Join(r.dir, fmt.Sprint("plain-", r.turn)), copies*len(r.pages)
	err := os.Mkdir(dir, 0o700)
	if err == nil {
		err = r.share(ctx, len(r.workers), n, func(_, i int) (store.Entry, error) {
			path := filepath.Join(dir, fmt.Sprintf("row-%04d.pdf", i+1))
			return store.Entry{}, os.WriteFile(path, r.pages[i%len(r.pages)], 0o600)
		}, func([]store.Entry) error { return nil })
	}
	if err != nil {
		return nil, press.FileFault(dir, err)
	}
	written := r.clock().Sub(began)
	err = store.SyncFiles(dir)
	return laps{perSecond(n, written), perSecond(n, r.clock().Sub(began))}, err
}

// share has so many workers do 0 to n-1 in blocks, and hands on what they made.
func (r *rehearsal) share(ctx context.Context, workers, n int, do func(worker, i int) (store.Entry, error),
	made func([]store.Entry) error) error {
	type block struct {
		made []store.Entry
		err  error
	}
	return press.InOrder(ctx, (n+blockRows-1)/blockRows, workers, 4*workers, func(w, at int) (b block) {
		for i := at * blockRows; i < min((at+1)*blockRows, n) && b.err == nil; i++ {
			var e store.Entry
			e, b.err = do(w, i)
			b.made = append(b.made, e)
		}
		return b
	}, func(b block) error {
		if b.err != nil {
			return b.err
		}
		return made(b.made)
	})
}

func perSecond(n int, in time.Duration) float64 { return float64(n) / in.Seconds() }

// Rehearsed is what a rehearsal found: medians of its rounds, a second.
type Rehearsed struct {
	Pages  int     `json:"pages"` // that differ
	Copies int     `json:"-"`     // of each, a round
	Files  int     `json:"files"` // a round
	Rounds int     `json:"rounds"`
	Bytes  int     `json:"bytes_a_page"`
	Cores  int     `json:"cores"`
	One    float64 `json:"pages_a_second_one_core"` // in memory, as are
	All    float64 `json:"pages_a_second_all_cores"`
	Times  float64 `json:"cores_times"`            // as many pages all cores make as one; the median of the rounds
	Hash   float64 `json:"cores_times_hash"`       // as many SHA-256 sums, which share nothing
	Whole  float64 `json:"pages_a_second_written"` // made by all cores until they are safe on the disk

	Taken float64 `json:"files_a_second_taken"` // as a batch writes, until the last write returns
	// until all are safe: on the disk, under their names, in the ledger
	Written     float64 `json:"files_a_second"`
	Plain       float64 `json:"plain_files_a_second"` // written plainly, until the last write returns
	PlainlySafe float64 `json:"plain_files_a_second_synced"`
}

// ratios are those of two ways, round by round: the machine is another from one to the next.
func ratios(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] / b[i]
	}
	return out
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}
