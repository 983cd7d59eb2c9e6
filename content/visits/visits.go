// Package visits reads the day's appointments as practice software exports them.
//
// A list comes as CSV, as a spreadsheet (XLSX or ODS), as JSON (lines or an array) or as a
// FHIR R4 Bundle; which of them is seen from its first bytes, not from its name. The
// export is recognised by its row of headings. Each row becomes a Row: for whom, when,
// with whom, and which handout with which stretches. Rows that get no handout stay in
// the list and say why.
//
// # Private words
//
// Names, addresses, notes and passwords are in Rows and nowhere else. No error, no
// Skip and no Note holds a word of a cell; headings are not private, and are named.
//
// The formats are in package sheet, FHIR in fhir, and what a cell says in field: here
// rows are made of them, and what hangs on all rows of a list is settled.
package visits

import (
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"handout/content"
	"handout/content/visits/sheet"
)

// maxFile is how many bytes a file may have.
const maxFile = 64 << 20

// Read reads a list. The name is that of the file, for errors. A mistake in one row
// is the row's; the error, content.Errors, tells why the file cannot be read at all.
func Read(name string, r io.Reader, o Options) (*List, error) {
	list, err := readList(r, o)
	var errs content.Errors
	if errors.As(err, &errs) {
		for _, e := range errs {
			e.File = name
		}
	}
	return list, err
}

func readList(r io.Reader, o Options) (*List, error) {
	var b strings.Builder // whose text is not copied once more
	if f, ok := r.(interface{ Stat() (fs.FileInfo, error) }); ok {
		if info, err := f.Stat(); err == nil {
			b.Grow(int(min(info.Size(), maxFile)) + 1)
		}
	}
	_, err := io.Copy(&b, io.LimitReader(r, maxFile+1))
	data := b.String()
	switch {
	case err != nil:
		return nil, fault("unreadable-list", "", "the list cannot be read")
	case len(data) > maxFile:
		return nil, fault("large-list", "export fewer days", "the list is larger than %d MB", maxFile>>20)
	case strings.TrimSpace(data) == "":
		return nil, fault("empty-list", "export the day again", "the list is empty")
	}
	in := newIntake(o)
	if err := in.read(data); err != nil {
		return nil, err
	}
	if err := in.unheard(); err != nil {
		return nil, err
	}
	in.finish()
	list := in.list // a pointer into the intake would hold on to all of it
	return &list, nil
}

// read looks at the first bytes and hands the file to who can read it.
func (in *intake) read(data string) error {
	const asCSV = "open it in the spreadsheet program and save it as .xlsx, .ods or CSV"
	starts := func(magic string) bool { return strings.HasPrefix(data, magic) }
	switch {
	case starts("PK\x03\x04"):
		return in.readWorkbook(data)
	case starts("\xd0\xcf\x11\xe0"):
		return fault("old-spreadsheet", asCSV+"; without a password, if it has one",
			"this is an .xls file of an old Excel, or a spreadsheet with a password")
	case starts("%PDF"):
		return fault("list-is-pdf", "export the list as CSV or .xlsx", "this is a PDF")
	case starts("\x1f\x8b"), starts("7z\xbc\xaf"), starts("Rar!"):
		return fault("list-is-archive", "unpack it first", "this is an archive")
	}
	text, note, err := sheet.Decode(data, in.opts.Encoding)
	if err != nil {
		return err
	}
	if note != "" {
		in.list.Notes = append(in.list.Notes, note)
	}
	switch begin := strings.TrimLeft(text, " \t\r\n"); {
	case strings.HasPrefix(begin, "{"), strings.HasPrefix(begin, "["):
		return in.readJSON(text)
	case strings.HasPrefix(begin, "<"):
		return fault("list-is-web-page", asCSV, "this is a web page or XML")
	}
	return in.readCSV(text)
}

// finish does what needs all rows: it reads the dates, picks the day and finds the
// rows that are there twice.
func (in *intake) finish() {
	in.readDates()
	if in.mended > 0 {
		in.list.Notes = append(in.list.Notes, "cells that were saved in two encodings, so that é became Ã©, were "+
			"repaired: "+strconv.Itoa(in.mended))
	}
	in.markAbsent()
	for i := range in.list.Rows {
		r := &in.list.Rows[i]
		if r.Skip == "" && !in.opts.Day.IsZero() && !r.Start.IsZero() && !sameDay(r.Start, in.opts.Day) {
			r.Skip = AnotherDay
		}
	}
	in.identify()
	for i := range in.list.Rows {
		if r := &in.list.Rows[i]; r.Skip != "" {
			r.Err, r.EmailErr, r.Doubtful = nil, nil, false
		}
	}
	in.nameStatuses()
}

func sameDay(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}

// Headings are what stands at the head of a list's columns, where Read cannot tell what
// they are: for somebody to say which is which. Those that may be a person's words are
// empty.
func Headings(r io.Reader, o Options) []string {
	data, err := io.ReadAll(io.LimitReader(r, maxFile))
	if err != nil {
		return nil
	}
	in := newIntake(o)
	_ = in.read(string(data)) // what is wrong Read says
	return in.heading.labels()
}
