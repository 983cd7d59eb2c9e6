package day

import (
	"handout/cmd/handout/internal/press"
	"handout/content/visits"
	"handout/output/store"
)

// Again makes the page that a ledger's entry is about once more, from the list it was
// made of, with the ledger's key. The rows are those that ask for it: none if the list or
// what its pages are made from is another now, and more than one if two have one page.
func Again(p *press.Press, o *Order, key store.Key, e store.Entry) (pdf []byte, rows []*visits.Row, err error) {
	r := &roster{Order: o, press: p, key: key, known: map[*visits.Row]identity{}}
	var first *sitting
	for _, row := range r.schedule() {
		s, err := r.asked(row)
		if err != nil || r.sum(s) != e.Content {
			continue // a row at fault has no page
		}
		if rows = append(rows, row); first == nil {
			first = s
		}
	}
	if first == nil {
		return nil, nil, nil
	}
	first.code = e.Code
	page, err := first.page()
	if err != nil {
		return nil, nil, err
	}
	pdf, err = page.PDF(nil)
	return pdf, rows, err
}
