package main

import (
	"fmt"
	"strings"
	"time"

	"handout/content/visits"
	"handout/output/store"
)

// What is one page: docs/day.md says it in words. What is one visit and one person is
// in package visits, what is one message in post.go.

// identity is what a row's page is known by.
type identity struct {
	sum  store.Sum // of what is printed, for whom, and of which visit; made with the folder's key
	code store.Code
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
func (r *roster) identify(rows []*visits.Row, draw func(store.Sum, int) store.Code, taken func(store.Code, store.Sum) bool) []*visits.Row {
	r.known = make(map[*visits.Row]identity, len(rows))
	first, codes := map[store.Sum]*visits.Row{}, map[store.Code]bool{}
	var left, same []string
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
		left = same[:min(len(same), mostNamed)]
		note := "rows that ask for one page of one visit have one: " + strings.Join(left, ", ")
		if more := len(same) - len(left); more > 0 {
			note += fmt.Sprintf(", and %d more", more)
		}
		r.list.Notes = append(r.list.Notes, note)
	}
	return kept
}
