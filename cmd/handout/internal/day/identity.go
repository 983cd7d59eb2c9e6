package day

import (
	"slices"
	"time"

	"handout/content/visits"
	"handout/output/store"
)

// What is one page: docs/day.md says it in words. What is one visit and one person is
// in package visits, what is one message in post.go.

// schedule is the rows that handouts are made of in the order of their visits;
// those without a time come last.
func (r *roster) schedule() []*visits.Row {
	var rows []*visits.Row
	r.taken = map[string]int{}
	for i := range r.List.Rows {
		row := &r.List.Rows[i]
		if row.Skip == "" && r.none(row) {
			row.Skip = "a service without a handout"
		}
		if row.Skip == "" {
			rows = append(rows, row)
			r.taken[folded(r.wish(row))]++
		}
	}
	slices.SortStableFunc(rows, byTime)
	return rows
}

// byTime compares rows by when their visits begin.
func byTime(a, b *visits.Row) int {
	switch {
	case a.Start.IsZero() && b.Start.IsZero():
		return 0
	case a.Start.IsZero():
		return 1
	case b.Start.IsZero():
		return -1
	}
	return a.Start.Compare(b.Start)
}

// none tells whether the brand gives nothing after this row's service.
func (r *roster) none(row *visits.Row) bool {
	service, ok := r.press.Clinic.Service(row.Service)
	return ok && service.None && row.Handout == ""
}

// sum is what a row's page is known by: what is printed, the visit's own number and time,
// which keep two visits of one day apart, and Row.Person, which does two people of one name.
func (r *roster) sum(s *sitting) store.Sum {
	return r.key.Sum(s.Printed(s.row.ID, s.row.Start.Format(time.DateTime), s.row.Person()))
}

// identify gives each row's page its sum and its code, and leaves out the rows that ask
// for the very page another one asks for. Draw gives a page a code at each try; where
// that is another page's, in this list or as taken tells, the next is tried, so that no
// two pages have one code. Rows at fault have none.
func (r *roster) identify(rows []*visits.Row, draw func(store.Sum, int) store.Code,
	taken func(store.Code, store.Sum) bool) []*visits.Row {
	r.known = make(map[*visits.Row]identity, len(rows))
	first, codes := map[store.Sum]*visits.Row{}, map[store.Code]bool{}
	var same []string
	kept := rows[:0]
	for _, row := range rows {
		if s, err := r.asked(row); err == nil {
			id := identity{sum: r.sum(s)}
			if twin, ok := first[id.sum]; ok {
				row.Skip = "the same as row " + twin.Place()
				same = append(same, row.Place()+" as "+twin.Place())
				if row.Consent == visits.Refused || row.Consent == visits.Unclear {
					twin.Consent = visits.Refused
				}
				continue
			}
			id.code = draw(id.sum, 0)
			for try := 1; codes[id.code] || taken(id.code, id.sum); try++ {
				id.code = draw(id.sum, try)
			}
			first[id.sum], codes[id.code], r.known[row] = row, true, id
		}
		kept = append(kept, row)
	}
	if len(same) > 0 {
		r.notes = append(r.notes, Note{Kind: SameRows, N: len(same), Words: same[:min(len(same), MostNamed)]})
	}
	return kept
}
