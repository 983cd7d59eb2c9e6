package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"handout/cmd/handout/internal/day"
	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/output/store"
)

const againPage = `handout again: make a page of a batch again, by the code at its foot

  handout again K7Q2-9MXD visits.csv
  handout again k7q29mxd visits.csv --out today -o copy.pdf

Finds the visit in the list that has this code and makes the same page, byte for
byte. What the batch was told of it (brand, paper and the like) is in the
ledger of its folder; flags of "handout batch" given here come first.
A code is made with the folder's key, so that it says nothing about anyone:
without the folder nobody can find whose it is.

  --out DIR          the batch's folder, with ledger and key: out, if not given
  -o, --output FILE  where to write the page, or - for standard output; if not
                     given, CODE.pdf in this folder
  --json             say it as JSON, for programs: docs/json.md

If the brand, the handout or a stretch has changed since, that page no longer
exists, and you are told. A page that was mailed locked is made unlocked.
`

// copyOrder is a page of a batch, asked for by its code.
type copyOrder struct {
	batchOrder
	code store.Code
	file string // where to; empty for the code's own
}

// remade is a page of a batch that was made again.
type remade struct {
	Path  string `json:"path"`
	Code  string `json:"code"`
	Bytes int    `json:"bytes"`
}

func (c *remade) print(to io.Writer) error {
	_, err := fmt.Fprintln(to, c.Path)
	return err
}

func runAgain(w *world, args []string) (answer, error) {
	var c copyOrder
	if err := c.read(args); err != nil {
		return nil, err
	}
	if c.file == "-" && w.terminal {
		return nil, misusef("name a file with -o FILE", "a PDF is not for a terminal")
	}
	var err error
	if c.file, err = pageFile(c.file, []string{".pdf"}, c.Path, c.config.Brand); err != nil {
		return nil, err
	}
	if c.Path == press.Piped {
		if c.piped, err = w.piped(maxTyped); err != nil {
			return nil, err
		}
	} else if err := press.Readable(c.Path); err != nil {
		return nil, err
	}
	ledger, err := store.ReadLedger(c.Out)
	if err != nil {
		return nil, err
	}
	gone := &content.Error{Position: content.Position{File: c.Path}, Message: "no visit in this list has that code",
		Hint: "check the code; or the list, the brand, the handout or a stretch has changed since the page was made"}
	found := map[string][]byte{} // by the place of the row
	for _, e := range ledger.Find(c.code) {
		run := store.Run{}
		if n := slices.IndexFunc(ledger.Runs, func(r store.Run) bool { return r.Number == e.Run }); n >= 0 {
			run = ledger.Runs[n]
		}
		if run.Key == "" {
			gone.Message = "the page with that code was made by an early version of handout, and this one cannot " +
				"make it again"
			gone.Hint = "ledger.jsonl has its file's name beside the code; or run the batch again for a new one"
			continue
		}
		then := copyOrder{}
		if err := then.read(append(settingArgs(run.Settings), args...)); err != nil {
			return nil, err
		}
		if then.piped = c.piped; c.piped != nil {
			then.Path = "standard input"
		}
		then.config.Machine, then.config.Figures = w.machine, w.figures
		if err := then.openList(run.Time.In(w.now.Location())); err != nil {
			return nil, err
		}
		pdf, rows, err := day.Again(then.press, &then.Order, ledger.Key, e)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			found[row.Place()] = pdf
		}
		if pdf != nil && e.Sum != ledger.Key.Sum(pdf) {
			w.note("this page is not laid out as it was on %s: handout itself has changed since",
				run.Time.Format(time.DateOnly))
		}
	}
	switch places := slices.Sorted(maps.Keys(found)); len(places) {
	case 0:
		return nil, gone
	case 1:
		return c.deliver(w, found[places[0]])
	default:
		return nil, &content.Error{Position: content.Position{File: c.Path},
			Message: "more than one visit has that code: rows " + strings.Join(places, ", "),
			Hint:    "run the batch again: it gives each a code of its own"}
	}
}

// read checks the command line.
func (c *copyOrder) read(args []string) error {
	f := newFlags("again")
	c.flags(f)
	f.StringVar(&c.Out, "out", "out", "")
	f.StringVarP(&c.file, "output", "o", "", "")
	if err := f.parse(args); err != nil {
		return err
	}
	if f.NArg() != 2 {
		return misusef("for example: handout again K7Q2-9MXD visits.csv", "again takes a code and a list of visits")
	}
	var err error
	if c.code, err = store.ParseCode(f.Arg(0)); err != nil {
		return misusef("it stands at the foot of the page, as K7Q2-9MXD does", "%s", err)
	}
	c.Path = f.Arg(1)
	return nil
}

// deliver writes the page.
func (c *copyOrder) deliver(w *world, pdf []byte) (answer, error) {
	a := &remade{cmp.Or(c.file, c.code.String()+".pdf"), c.code.String(), len(pdf)}
	if a.Path == "-" {
		return a, w.pour(pdf)
	}
	if err := store.WriteFile(a.Path, pdf); err != nil {
		return nil, err
	}
	return a, nil
}
