package press

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"handout/cmd/handout/internal/fonttest"
	"handout/content"
	"handout/fonts"
	"handout/layout"
)

var day = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func open(t testing.TB, c Config) *Press {
	t.Helper()
	p, err := Open(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// pdf is the file of a request's page.
func pdf(t testing.TB, p *Press, r Request) []byte {
	t.Helper()
	r.Made = day
	file, err := fileOf(t.Context(), p, r)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func fileOf(ctx context.Context, p *Press, r Request) ([]byte, error) {
	o, err := p.Find(r)
	if err != nil {
		return nil, err
	}
	j, err := o.MakeOut("K7Q2-9MXD")
	if err != nil {
		return nil, err
	}
	page, err := j.Set(ctx)
	if err != nil {
		return nil, err
	}
	return page.PDF(nil)
}

// Many goroutines that share a press make the pages that one makes alone with a press of
// its own each time: the same bytes, whoever is before and beside them.
func TestManyGoroutines(t *testing.T) {
	data, err := fonttest.Foreign()
	if err != nil {
		t.Fatal(err)
	}
	fontsDir, library := t.TempDir(), t.TempDir()
	write(t, filepath.Join(fontsDir, "Foreign.ttf"), data)
	for name, text := range map[string]string{
		"stretches/mine.md":   "---\nname: Mine\ntarget: all\ndose: {reps: 3}\nfigures: [x.pose]\nalt: It\n---\n1. **A**\n2. **B**\n3. **C**\n\n> [!CAUTION]\n> Stop.\n",
		"stretches/x.pose":    standing,
		"handouts/mine.md":    "---\ntitle: Mine\nstretches: [mine]\n---\nText for {patient}.\n\n```stretches\n```\n",
		"handouts/another.md": "---\ntitle: Another\n---\nCall {phone} or [us](https://example.org).\n",
	} {
		if err := os.MkdirAll(filepath.Join(library, filepath.Dir(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(library, name), []byte(text))
	}
	config := Config{Library: []string{library}, Machine: fonts.NewMachine(os.DirFS(fontsDir)), Figures: Figures(t.TempDir())}
	choices, _, err := ReadChoices("knee-to-chest:hold=20s,cat-cow")
	if err != nil {
		t.Fatal(err)
	}
	var requests []Request
	for i, handout := range []string{"sciatica", "after-massage", "neck-and-desk", "mine", "another"} {
		for k, name := range []string{"", "Ana Ruiz", "Zoë Quillfeather", string([]rune{0x05D0 + fonttest.Moved + rune(i)}), "מרים"} {
			r := Request{Handout: handout, Made: day, Visit: content.Visit{Patient: name, Date: day.AddDate(0, 0, i)}}
			if handout == "sciatica" && k%2 == 1 {
				r.Visit.Stretches, r.Visit.Chosen = choices, true
			}
			if k == 2 {
				r.Sheet.Edition = layout.BW
			}
			if k == 1 {
				r.Sheet.Paper = layout.A4
			}
			requests = append(requests, r)
		}
	}
	alone := make([][]byte, len(requests))
	for i, r := range requests {
		alone[i] = pdf(t, open(t, config), r)
	}
	shared := open(t, config)
	const goroutines = 16
	var busy sync.WaitGroup
	for g := range goroutines {
		busy.Go(func() {
			for i := range requests {
				at := (i*7 + g*3) % len(requests)
				file, err := fileOf(t.Context(), shared, requests[at])
				if err != nil || !bytes.Equal(file, alone[at]) {
					t.Errorf("goroutine %d: request %d is another page, or %v", g, at, err)
				}
			}
		})
	}
	busy.Wait()
	if n := len(shared.desks.free); n == 0 || n > cap(shared.desks.seats) {
		t.Errorf("%d desks for %d cores", n, cap(shared.desks.seats))
	}
}

// The line for a desk is bounded, and who gives up leaves it.
func TestLine(t *testing.T) {
	p := open(t, Config{})
	var taken []*desk
	for range cap(p.desks.seats) {
		d, err := p.desks.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		taken = append(taken, d)
	}
	ctx, stop := context.WithCancel(t.Context())
	var gone sync.WaitGroup
	errs := make(chan error, maxWaiting)
	for range maxWaiting {
		gone.Go(func() {
			_, err := fileOf(ctx, p, Request{Handout: "sciatica", Made: day})
			errs <- err
		})
	}
	for p.desks.waiting.Load() < maxWaiting {
		time.Sleep(time.Millisecond)
	}
	if _, err := fileOf(t.Context(), p, Request{Handout: "sciatica", Made: day}); !errors.Is(err, ErrBusy) {
		t.Errorf("behind %d: %v", maxWaiting, err)
	}
	stop()
	gone.Wait()
	for range maxWaiting {
		if err := <-errs; !errors.Is(err, context.Canceled) {
			t.Errorf("who gave up was told %v", err)
		}
	}
	for _, d := range taken {
		p.desks.give(d)
	}
	if n := p.desks.waiting.Load(); n != 0 {
		t.Errorf("%d still wait", n)
	}
	pdf(t, p, Request{Handout: "sciatica"})
}

// What a request is wrong about is told apart from what a file is.
func TestWhoIsAtFault(t *testing.T) {
	p := open(t, Config{})
	_, err := p.Find(Request{Handout: "sciatca"})
	if hint, ok := Unknown(err); !ok || !strings.HasPrefix(hint, "did you mean sciatica") {
		t.Errorf("an unknown handout: %v, %q", err, hint)
	}
	o, err := p.Find(Request{Handout: "sciatica", Visit: content.Visit{Patient: strings.Repeat("x", 500), Chosen: true, Stretches: []content.Choice{{ID: "no-such"}}}})
	if err != nil {
		t.Fatal(err)
	}
	var wrong *RequestError
	if _, err := o.MakeOut(""); !errors.As(err, &wrong) || len(wrong.Errors) != 2 {
		t.Errorf("a name too long and an unknown stretch: %v", err)
	}
	var file *FileError
	if _, err := Open(Config{Brand: filepath.Join(t.TempDir(), "none.yaml")}); !errors.As(err, &file) {
		t.Errorf("no brand: %v", err)
	}
	if _, err := Open(Config{Library: []string{filepath.Join(t.TempDir(), "none")}}); !errors.As(err, &file) {
		t.Errorf("no library: %v", err)
	}
	// A path in a request is no file to be read, unless the press was opened with it.
	path := filepath.Join(t.TempDir(), "mine.md")
	write(t, path, []byte("---\ntitle: Mine\n---\nText.\n"))
	if _, err := p.Find(Request{Handout: path}); err == nil {
		t.Error("a file was read that nobody opened")
	}
	if o, err := open(t, Config{Handout: path}).Find(Request{Handout: path}); err != nil || o.Article.Title != "Mine" {
		t.Errorf("the handout's own file: %v", err)
	}
	var long *layout.OverflowError
	write(t, path, []byte("---\ntitle: Mine\n---\n"+strings.Repeat("Many words that fill a page of paper.\n\n", 200)))
	if _, err := fileOf(t.Context(), open(t, Config{Handout: path}), Request{Handout: path, Made: day}); !errors.As(err, &long) {
		t.Errorf("a page that is too long: %v", err)
	}
}

// What two patients' pages have in common is in one place.
func TestDressedOnce(t *testing.T) {
	p := open(t, Config{})
	job := func(patient string, day time.Time) *Job {
		o, err := p.Find(Request{Handout: "sciatica", Visit: content.Visit{Patient: patient, Date: day}})
		if err != nil {
			t.Fatal(err)
		}
		j, err := o.MakeOut("")
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	one, two, later := job("Ana", day), job("Bo", day), job("Bo", day.AddDate(0, 0, 1))
	shared := func(a, b *Job) (n int) {
		for i, block := range a.Handout.Blocks {
			if block == b.Handout.Blocks[i] {
				n++
			}
		}
		return n
	}
	if n := len(one.Handout.Blocks); shared(one, two) < n-1 { // but for the cards
		t.Errorf("of %d blocks %d are the same", n, shared(one, two))
	}
	if later.Handout.Visit.Date.Equal(day) {
		t.Error("a handout dressed for another day")
	}
	for i := range 2 * maxDressed {
		job("Ana", day.AddDate(0, 0, i))
	}
	if n := len(p.wardrobe.kept); n > maxDressed {
		t.Errorf("%d dressed handouts are kept", n)
	}
}

// A press leaves what it is opened with as it was: another may be opened with it.
func TestConfigIsKept(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "mine.md")
	write(t, path, []byte("---\ntitle: Mine\n---\nText.\n"))
	beside := append(make([]Folder, 0, 4), Libraries([]string{dir})...)
	open(t, Config{Handout: path, Beside: beside})
	if spare := beside[:2]; spare[1] != (Folder{}) {
		t.Errorf("a folder was put behind the caller's own: %+v", spare)
	}
	if p, err := Open(Config{Handout: filepath.Join(dir, "none.md")}); p != nil || err == nil {
		t.Errorf("a press without its handout: %v, %v", p, err)
	}
}

// A file that is saved in a library's folder is on the next page: also words, which the
// article does not know of. What has not changed keeps its address.
func TestReopen(t *testing.T) {
	library := t.TempDir()
	save := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(library, filepath.Dir(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(library, name), []byte(text))
	}
	shippedWords, err := os.ReadFile("../../../../content/library/words/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	stretch := "---\nname: Mine\ntarget: all\ndose: {reps: 3}\nfigures: [x.pose]\nalt: It\n---\n1. **A**\n2. **B**\n3. **C**\n\n> [!CAUTION]\n> Stop.\n"
	save("stretches/x.pose", standing)
	save("stretches/mine.md", stretch)
	save("handouts/mine.md", "---\ntitle: Mine\nstretches: [mine]\n---\nText for {patient}.\n\n```stretches\n```\n")
	save("words/en.yaml", string(shippedWords))
	p := open(t, Config{Library: []string{library}})
	page := func() *Job {
		t.Helper()
		o, err := p.Reopen().Find(Request{Handout: "mine", Visit: content.Visit{Patient: "Ana", Date: day}})
		if err != nil {
			t.Fatal(err)
		}
		j, err := o.MakeOut("")
		if err != nil {
			t.Fatal(err)
		}
		r := Request{Handout: "mine", Visit: content.Visit{Patient: "Ana", Date: day}}
		if !bytes.Equal(pdf(t, p.Reopen(), r), pdf(t, open(t, Config{Library: []string{library}}), r)) {
			t.Error("its page is another than that of a press of its own")
		}
		return j
	}
	card := func(j *Job) *content.Exercise {
		for _, b := range j.Handout.Blocks {
			if s, ok := b.(*content.Stretches); ok {
				return s.Chosen[0].Stretch
			}
		}
		t.Fatal("no stretches")
		return nil
	}
	first := page()
	if again := page(); again.Article != first.Article || card(again) != card(first) || again.Handout.Words != first.Handout.Words {
		t.Error("nothing has changed, and the page is made of other things")
	}
	save("stretches/mine.md", strings.Replace(stretch, "name: Mine", "name: Ours", 1))
	if again := page(); again.Article != first.Article || card(again).Name != "Ours" {
		t.Errorf("the mended stretch is %s", card(again).Name)
	}
	save("words/en.yaml", strings.Replace(string(shippedWords), "hold {n} seconds", "keep {n} seconds", 1))
	again := page()
	if again.Article != first.Article || again.Handout.Words == first.Handout.Words {
		t.Error("the mended words are not on the page")
	}
	save("handouts/mine.md", "---\ntitle: Ours\n---\nText.\n")
	if again := page(); again.Handout.Title != "Ours" {
		t.Errorf("the mended handout is %s", again.Handout.Title)
	}
	if _, err := p.Find(Request{Handout: "other"}); err == nil {
		t.Fatal("there is another handout")
	}
	save("handouts/other.md", "---\ntitle: Other\n---\nText.\n")
	if _, err := p.Reopen().Find(Request{Handout: "other"}); err != nil {
		t.Errorf("a new handout: %v", err)
	}
	if err := os.Remove(filepath.Join(library, "handouts/other.md")); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Reopen().Find(Request{Handout: "other"}); err == nil {
		t.Error("a handout that is gone")
	}
}

// Clinics share the line for a desk.
func TestOf(t *testing.T) {
	brand := filepath.Join(t.TempDir(), "clinic.yaml")
	write(t, brand, []byte("name: Hill Clinic\nphone: 555 0100\n"))
	p := open(t, Config{})
	q, err := p.Of(brand)
	if err != nil {
		t.Fatal(err)
	}
	if q.desks != p.desks || q.Writer != p.Writer || q.Library != p.Library || q.Clinic.Name != "Hill Clinic" || p.Clinic.Name != "" {
		t.Error("another clinic's press shares too little, or too much")
	}
	r := Request{Handout: "sciatica", Visit: content.Visit{Patient: "Ana", Date: day}}
	if a, b := pdf(t, q, r), pdf(t, open(t, Config{Brand: brand}), r); !bytes.Equal(a, b) {
		t.Error("its pages are others than those of a press of its own")
	}
	if _, err := p.Of(brand + ".none"); err == nil {
		t.Error("a brand that is not there")
	}
}
