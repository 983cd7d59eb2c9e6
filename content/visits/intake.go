package visits

import (
	"maps"
	"slices"
	"strings"

	"handout/content"
	"handout/content/visits/field"
	"handout/content/visits/sheet"
)

// intake makes a List of a file's rows.
type intake struct {
	opts    Options
	list    List
	heading heading
	comma   string                 // what parts the cells of CSV
	serial  bool                   // numbers in date columns are a spreadsheet's days
	from04  bool                   // ... which it counts from 1904
	mended  int                    // cells that were saved in two encodings
	dated   bool                   // a row has the day of its visit
	undated int                    // rows that have not
	dates   []written              // by row, until the order of day and month is known
	stamps  map[string]field.Stamp // of texts that many rows have
	kept    map[string]string      // what many rows have in common, held once

	statuses map[string]field.Standing // of the words that were read
	decided  map[string]string         // what the clinic says of some, folded
	doubts   map[int]string            // statuses that nobody knows, by the row's place
	came     bool                      // says the status of the row that was read last
	apart    []disagreement            // in the row that is being read
	absent   []int                     // rows that say no where it is asked who attended
	attended bool                      // some row says yes there
	unread   map[string]*tally         // of the columns nobody reads, by what they may be called
}

func newIntake(o Options) *intake {
	in := &intake{opts: o, kept: map[string]string{}, stamps: map[string]field.Stamp{},
		statuses: map[string]field.Standing{},
		decided:  map[string]string{}, doubts: map[int]string{}, unread: map[string]*tally{}}
	for _, said := range o.Statuses {
		for _, word := range slices.Sorted(maps.Keys(said)) {
			in.decided[field.Folded(word)] = said[word]
		}
	}
	return in
}

// written is what of a row waits for the others: its dates as they stand there.
type written struct{ date, time, born field.Stamp }

// disagreement is of two columns, or keys, that feed one field.
type disagreement struct {
	f                field.Field
	one, other, hint string
}

// tally is what a column that nobody reads says of visits, in rows that are not
// skipped.
type tally struct {
	aside bool // it is of other things than visits
	bare  bool // beyond the last heading
	told  bool // its heading speaks of cancelling
	plain int  // cells that are words for it and nothing else
	coded int  // cells that are, if nearly all others are statuses too: "DNA", "CX"
	came  int
	other int
	visit bool // its heading says "visit"
	dose  bool // its heading speaks of a dose
	cells int  // that are not empty
	days  int  // of them that are dates, with or without a time
}

// fault is a mistake of a whole file.
func fault(code, hint, format string, args ...any) error {
	return content.Errors{content.Errorf(code, hint, format, args...)}
}

// wrong adds a mistake to those of a row.
func wrong(err *error, code, hint, format string, args ...any) {
	note(err, content.Errorf(code, hint, format, args...))
}

func note(err *error, e *content.Error) {
	errs, _ := (*err).(content.Errors)
	*err = append(errs, e)
}

// room makes place for n rows at once: a list that grows is there twice.
func (in *intake) room(n int) {
	n = min(n, sheet.MaxRows)
	in.list.Rows, in.dates = make([]Row, 0, n), make([]written, 0, n)
}

// put adds a row; it fails on the one that is too many.
func (in *intake) put(r Row, w written) error {
	if len(in.list.Rows) == sheet.MaxRows {
		return fault("too-many-rows", "export fewer days", "the list has more than %d rows", sheet.MaxRows)
	}
	in.list.Rows, in.dates = append(in.list.Rows, r), append(in.dates, w)
	return nil
}

// last is the row that was read last.
func (in *intake) last() *Row { return &in.list.Rows[len(in.list.Rows)-1] }

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

// stamp reads a cell with a date, the same text once.
func (in *intake) stamp(s string) field.Stamp {
	st, ok := in.stamps[s]
	if !ok {
		st = field.ReadStamp(s)
		if len(in.stamps) < 10_000 {
			in.stamps[strings.Clone(s)] = st
		}
	}
	return st
}

// status reads the status of a row, first by what the clinic says that it means.
func (in *intake) status(s string) field.Standing {
	if s == "" {
		return field.Standing{Known: true}
	}
	if st, ok := in.statuses[s]; ok {
		return st
	}
	key := field.Folded(s)
	st := field.StatusOf(s)
	if means, ok := in.decided[key]; ok {
		st = field.Standing{Known: true, Why: strings.TrimPrefix(means, content.Came)}
	} else if field.Aside(s) == "a break" {
		st = field.Standing{Known: true, Why: "a break"}
	}
	if len(in.statuses) < 10_000 {
		in.statuses[strings.Clone(s)] = st
	}
	return st
}
