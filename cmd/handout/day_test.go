package main

import (
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"testing"
	"time"

	"handout/content"
	"handout/fonts"
	"handout/layout"
	"handout/output"
)

// BenchmarkDay makes the pages of a day's list: three handouts, forty choices of
// stretches, and never the same patient twice, from content in memory to the bytes
// of tagged PDFs, by one worker and by two. pages/s is one worker's rate, scaling
// how many times as many two make: medians of short rounds by turns, for on a
// shared machine the speed of one second says little about the next.
func BenchmarkDay(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as batch does
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(140 << 20))
	d := newSchedule(b)
	d.pages(b, 2, 2*len(d.choices)*len(d.handouts)) // every page's first time
	const round = 120
	var one, ratio []float64
	b.ReportAllocs()
	for b.Loop() {
		single, double := d.pages(b, 1, round), d.pages(b, 2, 2*round)
		one, ratio = append(one, single), append(ratio, double/single)
	}
	slices.Sort(one)
	slices.Sort(ratio)
	b.ReportMetric(one[len(one)/2], "pages/s")
	b.ReportMetric(ratio[len(ratio)/2], "scaling")
	b.ReportMetric(3*round, "pages/op")
}

// schedule is a list of visits without end.
type schedule struct {
	library  *content.Library
	brand    *content.Brand
	handouts []*content.Handout
	choices  [][]content.Choice
	setters  [2]*layout.Setter
	files    [2][]byte // of the last page, by worker
	rows     int       // made so far
}

func newSchedule(b *testing.B) *schedule {
	d := &schedule{library: content.Open(), brand: content.Neutral()}
	for _, id := range []string{"sciatica", "after-massage", "neck-and-desk"} {
		h, err := d.library.Handout(id)
		if err != nil {
			b.Fatal(err)
		}
		d.handouts = append(d.handouts, h)
	}
	ids := []string{"knee-to-chest", "trunk-rotation", "cat-cow", "figure-4", "hamstring-strap", "sciatic-slider", "bridge", "bird-dog"}
	for i := range 40 { // one to four of them, from each in turn, by steps of one, three or five
		var c []content.Choice
		for k := range 1 + i%4 {
			c = append(c, content.Choice{ID: ids[(i/4+k*(1+i/4%3*2))%len(ids)]})
		}
		d.choices = append(d.choices, c)
	}
	for w := range d.setters {
		d.setters[w] = layout.NewSetter(fonts.Default())
	}
	return d
}

// pages makes the next count rows and returns how many a second.
func (d *schedule) pages(b *testing.B, workers, count int) float64 {
	var busy sync.WaitGroup
	began := time.Now()
	for w := range workers {
		busy.Go(func() {
			for i := w; i < count; i += workers {
				if err := d.page(w, d.rows+i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	busy.Wait()
	d.rows += count
	return float64(count) / time.Since(began).Seconds()
}

// page has a worker make the page of one row.
func (d *schedule) page(worker, row int) error {
	given := [...]string{"Ana", "Zoë", "Łukasz", "Hương", "José", "Søren", "Grace", "Mohammed", "Ingrid", "Chloé", "Bartłomiej", "Aoife", "Yuki", "Fatima", "Björn", "Priya"}
	family := [...]string{"Ruiz", "Nuñez-O'Brien", "Żółć", "Đặng", "Müller", "Okafor", "Smith", "Kowalczyk", "Fernández", "Ångström", "Şahin", "Novák", "Jones", "Tanaka", "García", "van der Berg"}
	h, err := d.library.Personalise(d.handouts[row%len(d.handouts)], d.brand, content.Visit{
		Patient: fmt.Sprintf("%s %s %d", given[row%16], family[row/16%16], row), Date: day,
		Chosen: true, Stretches: d.choices[row%len(d.choices)], Code: fmt.Sprintf("K7Q2-%04d", row)})
	if err != nil {
		return err
	}
	page, _, err := d.setters[worker].Fit(h, layout.Sheet{Brand: d.brand, Paper: layout.Letter})
	if err != nil {
		return err
	}
	d.files[worker], err = output.AppendPDF(d.files[worker][:0], page, day)
	return err
}
