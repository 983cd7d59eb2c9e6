package serve

import (
	"bytes"
	"net/http"
	"time"

	"handout/cmd/handout/internal/day"
	"handout/content/visits"
	"handout/content/visits/field"
)

// A batch may also come as an appointment list, as practice software exports it. Its rows
// are read as handout batch reads them: what was cancelled is left out, and what goes with
// a service the clinic's file says.

// listTypes are those of lists. No form of a web page can send any of them.
var listTypes = []string{"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"application/fhir+json", "application/jsonl"}

// listQuery is what may be said of a list in the address, for a list has no other place.
var listQuery = []string{"columns", "date", "handout", "lang"}

// listedVisits are the orders of a list's rows, in the order of the visits.
func (s *Server) listedVisits(r *http.Request, data []byte) ([]order, error) {
	q, today := r.URL.Query(), s.config.Today()
	o := &day.Order{DaySaid: true}
	o.Page.Handout, o.Page.Visit.Date, o.Page.Made = q.Get("handout"), today, today
	options := visits.Options{Today: today, Zone: s.config.Now().Location()}
	var err error
	if o.Page.Lang, err = language(r); err != nil {
		return nil, err
	}
	if q.Has("date") {
		if options.Day, err = time.Parse(time.DateOnly, q.Get("date")); err != nil || options.Day.Year() < 1900 {
			return nil, badParameter("date", "write it like 2026-11-29; without it all days are made", "this is not "+
				"a date")
		}
		options.Today, o.Page.Visit.Date, o.Page.Made = options.Day, options.Day, options.Day
	}
	if q.Has("columns") {
		if options.Columns, err = field.ParseColumns(q.Get("columns")); err != nil {
			return nil, badParameter("columns", `for example: name="Client",email="E-mail 1"`, "this names no columns")
		}
	}
	p, err := s.clinics.press("")
	if err != nil {
		return nil, err
	}
	if o.List, err = day.ReadList(p, "", bytes.NewReader(data), options); err != nil {
		list, ok := s.mistakesOf(err, "")
		if !ok {
			return nil, err
		}
		return nil, wrongWith(list)
	}
	live := 0
	var orders []order
	for _, a := range day.Ask(p, o) {
		one := s.rowOrder(a)
		if one.Made.IsZero() { // it has no page
			one.Made = today
		}
		if orders = append(orders, one); one.left == "" {
			live++
		}
	}
	if live == 0 || live > maxVisits {
		var wrong []mistake
		value{wrong: &wrong}.refuse("visits-out-of-range", "make several requests of a longer list",
			"a batch has 1 to %d visits, and there are %d", maxVisits, live)
		return nil, wrongWith(wrong)
	}
	return orders, nil
}

// rowOrder is what a row of a list asks for.
func (s *Server) rowOrder(a day.Asked) order {
	one := order{row: a.Row.Place(), at: "/rows/" + a.Row.Place(), id: a.File, left: a.Row.Skip}
	if a.Err != nil {
		if one.wrong, _ = s.mistakesOf(a.Err, one.at); one.wrong == nil { // of a file, whose place says enough
			one.wrong = []mistake{{Pointer: one.at, Code: "other", Detail: "this row's handout cannot be made"}}
		}
	}
	if a.Order != nil {
		one.Request = a.Order.Request
		one.Lang = a.Order.Article.Lang // whether it is the patient's was looked at
	}
	return one
}

// settled tells what became of a row before anything was made of it.
func (o *order) settled() (became, bool) {
	b := became{ID: o.id, Row: o.row, State: "left_out", Why: o.left, Errors: o.wrong}
	if o.left == "" {
		b.State = "failed"
	}
	return b, o.left != "" || o.wrong != nil
}
