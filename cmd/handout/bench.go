package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"handout/content/visits"
	"handout/output"
)

// The rehearsal: how fast this machine makes pages. It makes them of the list, or
// of one that is made up, and keeps none.

// madeUp is a list of visits nobody made: 3 handouts, 40 choices of one to four
// stretches, and 256 names in many scripts' letters.
func madeUp() *visits.List {
	given := strings.Fields("Ana Zoë Łukasz Hương José Søren Grace Mohammed Ingrid Chloé Bartłomiej Aoife Yuki Fatima Björn Priya")
	family := strings.Fields("Ruiz Nuñez-O'Brien Żółć Đặng Müller Okafor Smith Kowalczyk Fernández Ångström Şahin Novák Jones Tanaka García Haddad")
	handouts := []string{"sciatica", "after-massage", "neck-and-desk"}
	stretches := strings.Fields("knee-to-chest trunk-rotation cat-cow figure-4 hamstring-strap sciatic-slider bridge chin-tuck doorway-chest")
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

// rehearsal is what has been measured: pages a second, a value a round.
type rehearsal struct {
	*batch
	ready []*sitting // that make a page
	pages [][]byte
	dir   string
	turn  int

	workers []*worker

	one, all, put, plain []float64
}

// copies is how often a round writes every page, under names of their own: the last
// sync must not weigh as much as the writing.
const copies = 4

// rehearse measures the ways by turns, for on a busy machine the speed of one
// second says little about the next, and tells the medians.
func (b *batchOrder) rehearse(ctx context.Context, w *world) error {
	r := &rehearsal{batch: &batch{roster: &b.roster, env: w.env}}
	for range runtime.GOMAXPROCS(0) {
		r.workers = append(r.workers, r.worker())
	}
	for _, row := range b.schedule() {
		s, err := b.sitting(row)
		if err != nil {
			continue
		}
		if _, _, err := r.workers[0].fit(s); err == nil {
			r.ready = append(r.ready, s)
		}
	}
	if len(r.ready) == 0 {
		return misusef("name a list that makes pages, or none: handout batch --bench", "no visit of the list makes a page")
	}
	for len(r.ready) < 480 {
		r.ready = append(r.ready, r.ready...)
	}
	if err := os.MkdirAll(b.out, 0o700); err != nil {
		return fileFault(b.out, err)
	}
	var err error
	if r.dir, err = os.MkdirTemp(b.out, "rehearsal-*"); err != nil {
		return fileFault(b.out, err)
	}
	defer os.RemoveAll(r.dir)
	all := runtime.GOMAXPROCS(0)
	err = r.byTurns([]way{
		{&r.one, len(r.ready), func() error { return r.make(ctx, 1) }},
		{&r.all, len(r.ready), func() error { return r.make(ctx, all) }},
	})
	// Only then the files: the system goes on writing them for a while.
	if err == nil {
		err = r.keepPages()
	}
	if err == nil {
		err = r.byTurns([]way{
			{&r.plain, copies * len(r.ready), r.writePlainly},
			{&r.put, copies * len(r.ready), r.write},
		})
	}
	if err != nil {
		return err
	}
	return r.tell(w, b.json)
}

// way is one of those that are compared: what it does, with how many pages.
type way struct {
	rates *[]float64
	pages int
	do    func() error
}

// byTurns measures each way five times. The first turn warms up, and does not count.
func (r *rehearsal) byTurns(ways []way) error {
	for turn := range 6 {
		for _, w := range ways {
			r.turn++
			began := time.Now()
			if err := w.do(); err != nil {
				return err
			}
			if turn > 0 {
				*w.rates = append(*w.rates, float64(w.pages)/time.Since(began).Seconds())
			}
		}
	}
	return nil
}

// make makes all pages, in memory, on as many cores as there are workers: what else
// a page wants done must not go to an idle one. As in a batch, a worker uses the
// memory of a page again for its next.
func (r *rehearsal) make(ctx context.Context, workers int) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(workers))
	blocks := slices.Collect(slices.Chunk(r.ready, blockRows))
	return inOrder(ctx, len(blocks), workers, 4*workers, func(w, i int) (err error) {
		for _, ready := range blocks[i] {
			err = errors.Join(err, r.workers[w].remake(ready.row))
		}
		return err
	}, func(err error) error { return err })
}

// remake makes a row's page, from its cells to the bytes of its file.
func (w *worker) remake(row *visits.Row) error {
	s, err := w.sitting(row)
	if err != nil {
		return err
	}
	page, _, err := w.fit(s)
	if err != nil {
		return err
	}
	w.file, err = output.AppendPDF(w.file[:0], page, s.made)
	return err
}

// keepPages makes the pages once more, for the files.
func (r *rehearsal) keepPages() error {
	w := r.workers[0]
	for _, ready := range r.ready {
		if err := w.remake(ready.row); err != nil {
			return err
		}
		r.pages = append(r.pages, slices.Clone(w.file))
	}
	return nil
}

// write writes the pages as a batch does: whole when they appear, and synced in
// groups.
func (r *rehearsal) write() error {
	f, err := output.OpenFolder(filepath.Join(r.dir, fmt.Sprint("batch-", r.turn)))
	if err != nil {
		return err
	}
	// As in a batch, every worker puts, and groups are synced meanwhile.
	files := make([]int, copies*len(r.pages))
	for i := range files {
		files[i] = i
	}
	blocks, put := slices.Collect(slices.Chunk(files, blockRows)), 0
	err = inOrder(context.Background(), len(blocks), len(r.workers), 4*len(r.workers), func(_, b int) (err error) {
		for _, i := range blocks[b] {
			err = errors.Join(err, f.Put(fmt.Sprintf("row-%04d.pdf", i), r.pages[i%len(r.pages)]))
		}
		return err
	}, func(err error) error {
		if put += blockRows; put%ledgerRows == 0 {
			err = errors.Join(err, f.Sync())
		}
		return err
	})
	return errors.Join(err, f.Close())
}

// writePlainly writes the same bytes to new files, and syncs nothing.
func (r *rehearsal) writePlainly() error {
	dir := filepath.Join(r.dir, fmt.Sprint("plain-", r.turn))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fileFault(dir, err)
	}
	for i := range copies * len(r.pages) {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("row-%04d.pdf", i)), r.pages[i%len(r.pages)], 0o600); err != nil {
			return fileFault(dir, err)
		}
	}
	return nil
}

// rehearsed is the result for machines.
type rehearsed struct {
	Pages   int     `json:"pages"` // a round
	Rounds  int     `json:"rounds"`
	Bytes   int     `json:"bytes_a_page"`
	Cores   int     `json:"cores"`
	One     float64 `json:"pages_a_second_one_core"` // in memory, as are
	All     float64 `json:"pages_a_second_all_cores"`
	Written float64 `json:"files_a_second"`
	Plain   float64 `json:"plain_files_a_second"`
}

func (r *rehearsal) tell(w *world, asJSON bool) error {
	bytes := 0
	for _, p := range r.pages {
		bytes += len(p)
	}
	m := rehearsed{
		Pages: len(r.ready), Rounds: len(r.one), Bytes: bytes / len(r.pages), Cores: runtime.GOMAXPROCS(0),
		One: median(r.one), All: median(r.all), Written: median(r.put), Plain: median(r.plain),
	}
	if asJSON {
		return printJSON(w.out, m)
	}
	_, err := fmt.Fprintf(w.out, `%d pages a round, %d rounds by turns, %d bytes a page; medians, a second
  made in memory, one core   %6.0f pages
  made in memory, %d cores    %6.0f pages  (%.2f times)
  written as a batch does    %6.0f files
  written plainly            %6.0f files  (a batch: %.0f %% of it)
`, m.Pages, m.Rounds, m.Bytes, m.One, m.Cores, m.All, m.All/m.One, m.Written, m.Plain, 100*m.Written/m.Plain)
	return err
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}
