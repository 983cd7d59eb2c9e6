package main

import (
	"errors"
	"strings"
	"testing"

	"handout/cmd/handout/internal/day"
	"handout/cmd/handout/internal/press"
	"handout/content/visits"
)

// Every kind of note has a sentence, and every refusal too: the kinds end where the
// sentences do.
func TestAllIsSaid(t *testing.T) {
	list := &visits.List{Statuses: []visits.UnknownStatus{{Word: "Walked in", Rows: 2}, {Rows: 1}}}
	order := &day.Order{Path: "day.csv", Out: "out", Print: "day.pdf", List: list}
	report := &day.Report{Order: order}
	say := func(n day.Note) (said string, known bool) {
		defer func() { known = recover() == nil }()
		return sayNote(report, n), true
	}
	last := day.OfClinic
	seen := map[string]bool{}
	for kind := day.OfList; kind <= last; kind++ {
		words := []string{"2026-11-22", "2026-11-24"}
		n := day.Note{Kind: kind, N: 3, Words: words}
		said, known := say(n)
		if !known || said == "" || seen[said] || strings.HasSuffix(said, ".") || strings.Contains(said, "%!") {
			t.Errorf("a note of kind %d is said as %q, %v", kind, said, known)
		}
		if seen[said] = true; words[0] != "2026-11-22" {
			t.Errorf("saying a note of kind %d changed it", kind)
		}
	}
	if said, known := say(day.Note{Kind: last + 1}); known {
		t.Errorf("a note of no kind is said as %q", said)
	}
	for why := day.NoSender; why <= day.NoPage; why++ {
		b := &batchOrder{Order: *order}
		refusal := &day.Refusal{Why: why, Rows: 2}
		said := mistakes(b.inWords(errors.Join(refusal)))
		if len(said) != 1 || said[0].Hint == "" || said[0].Message == "" || said[0].Message == refusal.Error() && why != day.NoSender && why != day.NoPage {
			t.Errorf("refusal %d is said as %v", why, said)
		}
		if code := exitCode(b.inWords(refusal)); why != day.NoSender && code != exitMisuse {
			t.Errorf("refusal %d ends with exit code %d", why, code)
		}
	}
	var file *press.FileError
	if err := (&batchOrder{}).inWords(&press.FileError{Path: "out"}); !errors.As(err, &file) {
		t.Errorf("another error is said as %v", err)
	}
}
