package visits

import (
	"strconv"
	"time"

	"handout/content"
	"handout/content/visits/field"
)

// order is how a column writes its dates.
type order struct{ day, month, open int } // dates that show the day first, the month first, neither

func (o *order) note(st field.Stamp) {
	switch {
	case st.Open:
		o.open++
	case st.Shows > 0:
		o.day++
	case st.Shows < 0:
		o.month++
	}
}

// readDates reads the dates of all rows, once all have shown in which order the
// list writes day and month: a column by its own dates, or else by the other's.
func (in *intake) readDates() {
	var visits, births order
	for _, w := range in.dates {
		visits.note(w.date)
		visits.note(w.time)
		births.note(w.born)
	}
	for _, w := range in.dates {
		in.dated = in.dated || w.date.Date || w.time.Date
	}
	visitsDay, visitsMixed := in.decide(visits, births, field.Date)
	birthsDay, birthsMixed := in.decide(births, visits, field.Born)
	for i, w := range in.dates {
		r := &in.list.Rows[i]
		in.readStart(r, w, visitsDay, visitsMixed)
		if w.born.Date && !w.born.Short {
			if t, ok := w.born.When(birthsDay, birthsMixed); ok {
				r.Born = t.Truncate(24 * time.Hour)
			}
		}
	}
	in.noteUndated()
}

// noteUndated says that visits without a day are taken for today's, or for the day that
// was asked for.
func (in *intake) noteUndated() {
	switch today := in.opts.Today.Format(time.DateOnly); {
	case in.undated > 0 && !in.opts.Day.IsZero():
		in.list.Notes = append(in.list.Notes, "the list has no dates: its visits are taken to be on "+
			in.opts.Day.Format(time.DateOnly))
	case in.undated == 0 || in.opts.Today.IsZero():
	case in.dated:
		in.list.Notes = append(in.list.Notes, "rows without a day are taken to be today's, "+today+": "+
			strconv.Itoa(in.undated))
	default:
		in.list.Notes = append(in.list.Notes, "the list has no dates: its visits are taken to be today's, "+today)
	}
}

// decide tells whether a column has the day first, and whether it has both orders;
// if it does not show, it notes which was taken.
func (in *intake) decide(own, other order, f field.Field) (dayFirst, mixed bool) {
	name := f.String()
	for i, fed := range in.heading.plan {
		if fed == f || f == field.Date && fed == field.Time && !in.heading.feeds(field.Date) {
			name = in.heading.texts[i]
		}
	}
	if own.day > 0 && own.month > 0 {
		if own.open > 0 {
			in.list.Notes = append(in.list.Notes, "the dates in "+content.Quoted(name)+
				" have the day first in some rows and the month first in others; those that could be either are not "+
				"read")
		}
		return false, true
	}
	if own.day == 0 && own.month == 0 {
		own.day, own.month = other.day, other.month
	}
	switch {
	case own.day > 0 && own.month == 0:
		return true, false
	case own.month > 0 && own.day == 0:
		return false, false
	}
	if own.open > 0 {
		first := map[bool]string{true: "day", false: "month"}[in.opts.DayFirst]
		in.list.Notes = append(in.list.Notes, "the dates in "+content.Quoted(name)+
			" could begin with the day or the month; they were read with the "+first+" first")
	}
	return in.opts.DayFirst, false
}

// readStart reads when a visit begins, from one cell or two. A time alone is of the day
// that is asked for, or of today.
func (in *intake) readStart(r *Row, w written, dayFirst, mixed bool) {
	const like = "write it like 2026-12-02 and 09:30"
	switch {
	case w.date.Odd || w.time.Odd:
		wrong(&r.Err, "wrong-weekday", "correct whichever is wrong", "the day of the week does not match the date")
	case w.date.Bad:
		wrong(&r.Err, "unreadable-date", like, "the date cannot be read")
	}
	if w.time.Bad && !w.time.Odd {
		wrong(&r.Err, "unreadable-time", like, "the time cannot be read")
	}
	if r.Err != nil {
		return
	}
	at := w.date // a cell for the time may have the date with it, and the other way round
	if !at.Date && w.time.Date {
		at = w.time
	}
	if w.time.Time {
		at.Time, at.Clock, at.Zoned, at.Offset = true, w.time.Clock, w.time.Zoned, w.time.Offset
	}
	day := in.opts.Day
	if day.IsZero() {
		day = in.opts.Today
	}
	var t time.Time
	switch ok := true; {
	case at.Date:
		if t, ok = at.When(dayFirst, mixed); !ok {
			wrong(&r.Err, "unreadable-date", like, "the date cannot be read")
			return
		}
	case in.dated && !in.opts.Day.IsZero():
		if r.Skip == "" {
			wrong(&r.Err, "no-date", like, "the date is missing")
		}
		return
	default:
		if r.Undated = true; r.Skip == "" {
			in.undated++
		}
		if day.IsZero() || !at.Time {
			return // without a Start
		}
		t = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC).
			Add(time.Duration(at.Clock) * time.Second)
	}
	if at.Zoned && in.opts.Zone != nil {
		// The clock on the wall at that moment, kept as all others are.
		t = t.Add(-time.Duration(at.Offset) * time.Minute)
		_, offset := t.In(in.opts.Zone).Zone()
		t = t.Add(time.Duration(offset) * time.Second)
	}
	r.Start = t
}
