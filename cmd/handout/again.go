package main

import (
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"time"

	"handout/content"
	"handout/output"
)

const againPage = `handout again: make a page of a batch once more, by the code at its foot

  handout again K7Q2-9MXD visits.csv
  handout again k7q29mxd visits.csv --out today -o copy.pdf

Finds the visit in the list that has this code and makes the same page, byte for
byte. What the batch was told of it (brand, paper and the like) stands in the
ledger of its folder; flags of "handout batch" given here come before that.
Where the folder is gone, give the flags that the batch was given.

  --out DIR          the batch's folder, with its ledger: out, if not given
  -o, --output FILE  where to write the page, or - for standard output; if not
                     given, CODE.pdf in this folder

If the brand, the handout or a stretch has changed since, there is no such page
any more, and that is said. A page that was mailed locked is made unlocked.
`

// copyOrder is a page of a batch, asked for by its code.
type copyOrder struct {
	batchOrder
	code output.Code
	file string // where to; empty for the code's own
}

func runAgain(w *world, args []string) error {
	var c copyOrder
	f, err := c.read(args)
	if err != nil {
		return err
	}
	if c.file == "-" && w.terminal {
		return misusef("name a file with -o FILE", "a PDF is not for a terminal")
	}
	if c.file, err = pageFile(c.file, []string{".pdf"}, c.path, c.brand); err != nil {
		return err
	}
	entries, runs, err := c.ledger(f.Changed("out"))
	if err != nil {
		return err
	}
	for i, e := range entries {
		then := copyOrder{}
		if _, err := then.read(append(settingArgs(runs[i].Settings), args...)); err != nil {
			return err
		}
		now := w.now
		if !runs[i].Time.IsZero() {
			now = runs[i].Time.In(w.now.Location())
		}
		pdf, err := then.find(w, now, e)
		if err != nil {
			return err
		}
		if pdf == nil {
			continue
		}
		if e.SHA256 != (output.Sum{}) && e.SHA256 != sha256.Sum256(pdf) {
			w.note("this page is set otherwise than the one of %s: handout itself has changed since", runs[i].Time.Format(time.DateOnly))
		}
		return c.deliver(w, pdf)
	}
	return &content.Error{Position: content.Position{File: c.path}, Message: "no visit in this list has that code",
		Hint: "look at the code again; or the list, the brand, the handout or a stretch has changed since the page was made"}
}

// read checks the command line.
func (c *copyOrder) read(args []string) (*flags, error) {
	f := newFlags("again")
	c.flags(f)
	f.StringVar(&c.out, "out", "out", "")
	f.StringVarP(&c.file, "output", "o", "", "")
	if err := f.parse(args); err != nil {
		return nil, err
	}
	if f.NArg() != 2 {
		return nil, misusef("for example: handout again K7Q2-9MXD visits.csv", "again takes a code and a list of visits")
	}
	var err error
	if c.code, err = output.ParseCode(f.Arg(0)); err != nil {
		return nil, misusef("it stands at the foot of the page, as K7Q2-9MXD does", "%s", err)
	}
	c.path = f.Arg(1)
	return f, nil
}

// ledger finds what a batch's folder says of the code, and of the runs that made
// it. Without the folder there is one empty entry, which anything with the code is.
func (c *copyOrder) ledger(asked bool) ([]output.Entry, []output.Run, error) {
	l, err := output.ReadLedger(c.out)
	var missing *output.FileError
	switch {
	case err != nil && !asked && errors.As(err, &missing):
		return []output.Entry{{Code: c.code}}, []output.Run{{}}, nil
	case err != nil:
		return nil, nil, err
	}
	entries := l.Find(c.code)
	runs := make([]output.Run, len(entries))
	for i, e := range entries {
		if n := slices.IndexFunc(l.Runs, func(r output.Run) bool { return r.Number == e.Run }); n >= 0 {
			runs[i] = l.Runs[n]
		}
	}
	return entries, runs, nil
}

// settingArgs are a run's settings as they would be typed.
func settingArgs(settings map[string]string) []string {
	var args []string
	for name, value := range settings {
		for one := range strings.SplitSeq(value, "\n") {
			args = append(args, "--"+name+"="+one)
		}
	}
	return args
}

// find makes the page of the row that an entry is about; nil if no row is.
func (c *copyOrder) find(w *world, now time.Time, e output.Entry) ([]byte, error) {
	if err := c.openList(now); err != nil {
		return nil, err
	}
	b := &batch{roster: &c.roster, machine: w.machine}
	for _, row := range c.schedule() {
		s, err := c.sitting(row)
		if err != nil || s.code != c.code || e.Content != (output.Sum{}) && e.Content != s.sum {
			continue // a row at fault has no page
		}
		page, _, err := b.worker().fit(s)
		if err != nil {
			return nil, err
		}
		return output.PDF(page, s.made)
	}
	return nil, nil
}

// deliver writes the page.
func (c *copyOrder) deliver(w *world, pdf []byte) error {
	if c.file == "-" {
		_, err := w.out.Write(pdf)
		return err
	}
	if c.file == "" {
		c.file = c.code.String() + ".pdf"
	}
	if err := output.WriteFile(c.file, pdf); err != nil {
		return err
	}
	_, err := w.out.Write([]byte(c.file + "\n"))
	return err
}
