package day

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"slices"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/visits"
	"handout/output/store"
)

// Asked is a row of a list and what it asks for.
type Asked struct {
	Row     *visits.Row
	Order   *press.Order     // chosen; nil for a row that is left out, or at fault
	Handout string           // its name, as far as anything says it
	File    string           // what its page is called
	Choices []content.Choice // its stretches, those that there are not among them
	MailWhy string           // what keeps its page from being mailed, or "" if nothing does
	Lang    string           // what there is to say of its language
	Err     error            // what is wrong with the row, without a word of it
}

// Ask finds what the rows of a list ask for, and makes nothing. They come in the order of
// their visits, those without a time last; those that are left out are among them.
func Ask(p *press.Press, o *Order) []Asked {
	r := &roster{Order: o, press: p}
	r.identify(r.schedule(), store.Sum.Code, func(store.Code, store.Sum) bool { return false })
	all := make([]Asked, len(o.List.Rows))
	for i := range all {
		row := &o.List.Rows[i]
		a := Asked{Row: row, Handout: cmp.Or(row.Handout, o.Page.Handout)}
		if service, ok := p.Clinic.Service(row.Service); ok {
			a.Handout = cmp.Or(row.Handout, service.Handout, o.Page.Handout)
		}
		if row.Skip == "" {
			s, err := r.asked(row)
			a.File, a.Err, a.MailWhy = r.plainFile(row), err, unmailed(row)
			if err == nil {
				a.Order, a.Lang = s.Order, s.lang
			}
			a.Choices = r.chosen(row, a.Order)
		}
		all[i] = a
	}
	slices.SortStableFunc(all, func(a, b Asked) int { return byTime(a.Row, b.Row) })
	return all
}

// Check sets each page of a list as Run does, and keeps nothing: its report has rows that are left out, those that
// fail as they stand, and all others as not begun.
func Check(ctx context.Context, p *press.Press, o *Order) (*Report, error) {
	r := &roster{Order: o, press: p}
	if o.Mail != nil {
		if err := r.mayMail(); err != nil {
			return nil, err
		}
	}
	rows := r.schedule()
	if err := r.mayPrint(rows); err != nil {
		return nil, err
	}
	rows = o.Part.of(r.identify(rows, store.Sum.Code, func(store.Code, store.Sum) bool { return false }))
	d := newReport(r, rows)
	done := 0
	tell := func() {
		if o.Progress != nil {
			o.Progress(done, len(rows))
		}
	}
	tell()
	workers := runtime.GOMAXPROCS(0)
	err := press.InOrder(ctx, len(rows), workers, 4*workers, func(_, i int) outcome { return r.tried(rows[i]) },
		func(tried outcome) error {
			d.add([]outcome{tried})
			done++
			tell()
			return nil
		})
	if d.Stopped = done < len(rows); d.Stopped && !errors.Is(err, context.Canceled) {
		return nil, err
	}
	if d.Messages[NoConsent] > 0 && !d.asks() {
		d.Notes = append(d.Notes, Note{Kind: NoConsentTold})
	}
	if len(o.List.Statuses) > 0 {
		d.Notes = append(d.Notes, Note{Kind: Statuses})
	}
	d.noteLanguages()
	return d, nil
}

// tried is a row as Run would find it: whatever refuses its page, or its message, says so here too.
func (r *roster) tried(row *visits.Row) outcome {
	s, err := r.asked(row)
	if err == nil {
		_, err = s.page()
	}
	if err != nil {
		return outcome{row: row, state: Failed, err: err}
	}
	o := outcome{row: row, state: Undone, lang: s.lang,
		entry: store.Entry{Handout: s.Article.ID, Version: s.Article.Version}}
	if r.Mail != nil {
		if o.mail = unmailed(row); o.mail == "" {
			if o.err = r.mayWrite(row); o.err != nil {
				o.mail = NoMail
			}
		}
	}
	return o
}

// chosen are a row's stretches, as far as anything says them.
func (r *roster) chosen(row *visits.Row, o *press.Order) []content.Choice {
	if list, mended := r.Chosen[row]; mended {
		return list
	}
	switch {
	case o != nil && o.Visit.Chosen:
		return o.Visit.Stretches
	case o != nil:
		return o.Article.Usual(o.Visit.Large)
	}
	list, _ := choices(row.Stretches)
	return list
}
