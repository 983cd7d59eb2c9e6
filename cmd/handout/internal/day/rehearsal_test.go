package day

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/output/store"
)

// BenchmarkDay is what `handout batch --bench` does, in one run: the pages of a list
// with 3 handouts, 40 choices of stretches and 256 names, made in memory by one core and
// by all, and files written as a batch does beside plain writes of the same bytes.
func BenchmarkDay(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as batch does
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(140 << 20))
	p, err := press.Open(press.Config{})
	if err != nil {
		b.Fatal(err)
	}
	o := &Order{List: MadeUp(), Page: press.Request{Made: today, Visit: content.Visit{Date: today}}, Out: b.TempDir(), Now: today}
	var r *Rehearsed
	for b.Loop() {
		if r, err = Rehearse(b.Context(), p, o, time.Now); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(r.One, "pages/s-one-core")
	b.ReportMetric(r.All, "pages/s-all-cores")
	b.ReportMetric(r.Times, "cores-times")
	b.ReportMetric(r.Whole, "pages/s-on-disk")
	b.ReportMetric(r.Written, "files/s-on-disk")
	b.ReportMetric(r.PlainlySafe, "plain-files/s-on-disk")
	b.ReportMetric(r.Plain, "plain-files/s")
}

// What is rehearsed is what a batch does: every file is there, whole, and in the
// ledger; and plain files are the same bytes.
func TestRehearsalWrites(t *testing.T) {
	r := &rehearsal{batch: &batch{roster: &roster{Order: &Order{Now: today}}}, clock: time.Now, dir: t.TempDir(), workers: make([]*worker, 2)}
	for i := range 50 {
		page := bytes.Repeat([]byte{byte(i)}, 100*i)
		r.pages, r.sums = append(r.pages, page), append(r.sums, sha256.Sum256(page))
	}
	for _, write := range []func(context.Context) (laps, error){r.write, r.writePlainly} {
		laps, err := write(t.Context())
		if err != nil || len(laps) != 2 || laps[0] < laps[1] {
			t.Fatal(laps, err)
		}
	}
	ledger, err := store.ReadLedger(filepath.Join(r.dir, "batch-0"))
	if err != nil || ledger.Len() != copies*len(r.pages) {
		t.Fatalf("%d files in the ledger, %v", ledger.Len(), err)
	}
	for i := range copies * len(r.pages) {
		for _, dir := range []string{"batch-0", "plain-0"} {
			data, err := os.ReadFile(filepath.Join(r.dir, dir, fmt.Sprintf("row-%04d.pdf", i+1)))
			if err != nil || !bytes.Equal(data, r.pages[i%len(r.pages)]) {
				t.Fatalf("file %d of %s is another, %v", i, dir, err)
			}
		}
	}
}

// A round is bounded, whatever the list: visits from all over a long one, a short one
// over and over.
func TestRehearsalGathers(t *testing.T) {
	p, err := press.Open(press.Config{})
	if err != nil {
		t.Fatal(err)
	}
	b := &roster{Order: &Order{List: MadeUp(), Page: press.Request{Made: today}}, press: p}
	r := &rehearsal{batch: &batch{roster: b}}
	r.workers = append(r.workers, &worker{batch: r.batch})
	if r.gather(b.schedule()[:7]); len(r.pages) != roundPages || len(r.rows) != roundPages || len(r.sums) != roundPages {
		t.Errorf("of seven visits %d pages", len(r.pages))
	}
}
