// Package visits reads the day's appointments as practice software exports them.
//
// A list comes as CSV, as a spreadsheet (XLSX), as JSON (lines or an array) or as a
// FHIR R4 Bundle; which of them is seen from its first bytes, not from its name. The
// export is recognised by its row of headings. Each row becomes a Row: for whom, when,
// with whom, and which handout with which stretches. Rows that get no handout stay in
// the list and say why.
//
// # Private words
//
// Names, addresses, notes and passwords are in Rows and nowhere else. No error, no
// Skip and no Note holds a word of a cell; headings are not private, and are named.
package visits

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"handout/content"
)

// Limits of a list. A clinic's day has a hundred rows and a year's export some
// thousands; what is beyond these is a mistake or an attack.
const (
	maxFile   = 64 << 20  // bytes of a file
	maxUnzip  = 256 << 20 // bytes a spreadsheet may unfold to
	maxRows   = 200_000   // rows below the headings
	maxWide   = 400       // columns, or different keys of JSON lines
	maxCell   = 32 << 10  // bytes of a cell
	maxTitles = 30        // rows the headings are looked for in
	maxSheets = 50        // sheets, as well
)

// Options say how a list is read. The zero Options reads all days, the month first
// where a date leaves it open, and times in UTC as they are written.
type Options struct {
	Columns  map[Field]string    // headings for fields, over what is recognised; see ParseColumns
	Encoding string              // of a list that is text, as KnownEncoding knows it; empty: found out
	Day      time.Time           // only visits of this day; zero: of all days
	DayFirst bool                // 3/4/2026 is in April, unless its column shows otherwise
	Today    time.Time           // of visits that have a time and no day; zero: they have no Start
	Zone     *time.Location      // the clinic's, for times with an offset from UTC; nil keeps them as written
	Stretch  func(string) bool   // whether the library has a stretch of that name, for plans of care; nil: each
	Statuses []map[string]string // words of the clinic's for a status and what they mean, one of content.Meanings; the last counts
}

// Consent says whether a person agreed to get mail.
type Consent uint8

const (
	Unknown Consent = iota // nothing is recorded: no mail
	Given
	Refused
	Unclear // what is recorded is neither yes nor no: no mail, and an EmailErr
)

func (c Consent) String() string { return [...]string{"unknown", "given", "refused", "unclear"}[c] }

// List is an appointment list as it was read.
type List struct {
	System  string   // "Jane", "Cliniko", ..., "FHIR R4", "our own" or "another system"
	Columns []Column // which heading fed which field, in the order of the file
	Ignored []string // headings nobody reads, in the order of the file
	Notes   []string // what had to be decided in reading, to be said
	Rows    []Row    // in the order of the file, with the skipped and the faulty

	// Statuses are the words for a status that nobody knows, of the rows that are not
	// skipped, in the order of the file. They are not private, but what may be no status
	// (a sentence, a name) is under "".
	Statuses []UnknownStatus
}

// Column is a heading and the field that is read from below it.
type Column struct {
	Field  Field
	Header string
}

// UnknownStatus is a word for a status that nobody knows, and how many rows have it.
type UnknownStatus struct {
	Word string
	Rows int
}

// Row is one visit. Its texts have single spaces and no control characters.
//
// Start and Born are the clock on the clinic's wall, in time.UTC whatever the zone.
// Only what Skip and Err leave empty is to be made into a handout.
type Row struct {
	Number    int       // as spreadsheets count, from 1; the line of JSON lines, the entry of a Bundle or an array
	Part      int       // which of the rows of this number, from 1; 0 if it has one, as all have but a Bundle's
	ID        string    // of the visit or appointment; may be empty
	PatientID string    // the patient's own number; may be empty
	Name      string    // as the person wants to be called: preferred first name and last name; at most 120 characters
	Emails    []string  // without names; none if one of them is bad
	Consent   Consent   // to mail
	Born      time.Time // zero if not given, or not readable without a guess: a year of two digits
	Start     time.Time // zero if not given
	Therapist string
	Service   string // as the clinic calls it: see content.Brand.Service
	Handout   string
	Stretches string // see content.ParseChoices
	Side      string // left, right, both, each or sore
	Note      string // at most 400 characters
	Lang      string // BCP 47; empty if the row leaves it open
	OddLang   bool   // a language is named that is not understood
	Edition   string // in small letters, as are Look and Paper
	Look      string
	Paper     string
	Next      string // the next visit in the clinic's words; a spreadsheet's date as 2026-12-01 10:30
	Password  string
	Undated   bool   // the list does not say the day: Start has none, or that of Options
	Chosen    bool   // Stretches was filled in, with "none" too
	Alike     bool   // another row is for someone of this name at the same visit, and only the addresses tell who
	Doubtful  bool   // its status is not known: it gets a page, and no mail until somebody decides
	Skip      string // why it gets no handout: "cancelled", "no-show", "a break", "another day", "the same as row 7" ...
	Err       error  // content.Errors: what is wrong with the row; nil if skipped
	EmailErr  error  // content.Errors: why it gets no mail, though it gets a handout
}

// AnotherDay is the Skip of visits of other days than the one asked for.
const AnotherDay = "another day"

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
	const asCSV = "open it in the spreadsheet program and save it as .xlsx or as CSV"
	starts := func(magic string) bool { return strings.HasPrefix(data, magic) }
	switch {
	case starts("PK\x03\x04"):
		return in.readXLSX(data)
	case starts("\xd0\xcf\x11\xe0"):
		return fault("old-spreadsheet", asCSV+"; without a password, if it has one", "this is an old or a protected spreadsheet")
	case starts("%PDF"):
		return fault("list-is-pdf", "export the list as CSV or .xlsx", "this is a PDF")
	case starts("\x1f\x8b"), starts("7z\xbc\xaf"), starts("Rar!"):
		return fault("list-is-archive", "unpack it first", "this is an archive")
	}
	text, err := in.decode(data)
	if err != nil {
		return err
	}
	switch begin := strings.TrimLeft(text, " \t\r\n"); {
	case strings.HasPrefix(begin, "{"), strings.HasPrefix(begin, "["):
		return in.readJSON(text)
	case strings.HasPrefix(begin, "<"):
		return fault("list-is-web-page", asCSV, "this is a web page or XML")
	}
	return in.readCSV(text)
}

// intake makes a List of a file's rows.
type intake struct {
	opts    Options
	list    List
	heading heading
	comma   string            // what parts the cells of CSV
	serial  bool              // numbers in date columns are a spreadsheet's days
	from04  bool              // ... which it counts from 1904
	mended  int               // cells that were saved in two encodings
	dated   bool              // a row has the day of its visit
	undated int               // rows that have not
	foreign int               // activities of plans that are no stretch
	undosed int               // ... and those whose dose no page says
	dates   []written         // by row, until the order of day and month is known
	stamps  map[string]stamp  // of texts that many rows have
	kept    map[string]string // what many rows have in common, held once

	statuses map[string]standing // of the words that were read
	decided  map[string]string   // what the clinic says of some, folded
	doubts   map[int]string      // statuses that nobody knows, by the row's place
	absent   []int               // rows that say no where it is asked who attended
	attended bool                // some row says yes there
	unread   map[string]*tally   // of the columns nobody reads, by what they may be called
}

func newIntake(o Options) *intake {
	in := &intake{opts: o, kept: map[string]string{}, stamps: map[string]stamp{}, statuses: map[string]standing{},
		decided: map[string]string{}, doubts: map[int]string{}, unread: map[string]*tally{}}
	for _, said := range o.Statuses {
		for _, word := range slices.Sorted(maps.Keys(said)) {
			in.decided[folded(word)] = said[word]
		}
	}
	return in
}

// written is what of a row waits for the others: its dates as they stand there.
type written struct{ date, time, born stamp }

// cells is what a row says for each field.
type cells [fields]string

// fault is a mistake of a whole file.
func fault(code, hint, format string, args ...any) error {
	return content.Errors{content.Errorf(code, hint, format, args...)}
}

// wrong adds a mistake to those of a row.
func wrong(err *error, code, hint, format string, args ...any) {
	errs, _ := (*err).(content.Errors)
	*err = append(errs, content.Errorf(code, hint, format, args...))
}

// room makes place for n rows at once: a list that grows is there twice.
func (in *intake) room(n int) {
	n = min(n, maxRows)
	in.list.Rows, in.dates = make([]Row, 0, n), make([]written, 0, n)
}

// put adds a row; it fails on the one that is too many.
func (in *intake) put(r Row, w written) error {
	if len(in.list.Rows) == maxRows {
		return fault("too-many-rows", "export fewer days", "the list has more than %d rows", maxRows)
	}
	in.list.Rows, in.dates = append(in.list.Rows, r), append(in.dates, w)
	return nil
}

// keep is a copy of s that does not hold on to the file. Words that come again,
// such as a therapist's name, are copied once.
func (in *intake) keep(s string) string {
	if s == "" {
		return ""
	}
	if k, ok := in.kept[s]; ok {
		return k
	}
	s = strings.Clone(s)
	if len(s) <= 4096 && len(in.kept) < 10_000 {
		in.kept[s] = s
	}
	return s
}

// finish does what needs all rows: it reads the dates, picks the day and finds the
// rows that are there twice.
func (in *intake) finish() {
	in.readDates()
	if in.mended > 0 {
		in.list.Notes = append(in.list.Notes, "cells that were saved in two encodings, as é that has become Ã©, were mended: "+strconv.Itoa(in.mended))
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
