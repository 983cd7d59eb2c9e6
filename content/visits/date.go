package visits

import (
	"handout/content"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// stamp is a date, a time or both as they are written.
type stamp struct {
	clock      int32 // seconds after midnight
	year       int16
	offset     int16 // minutes east of UTC, if zoned
	month, day int8
	shows      int8 // 1 for a column with the day first, -1 with the month first
	open       bool // day and month may be the other way round
	short      bool // the year has two digits
	date, time bool // which of them is there
	zoned      bool
	bad        bool // something is written and cannot be read
	odd        bool // ... for it is another day of the week
}

const month = `(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`

var (
	isoDate   = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|t|,? )`)
	digits    = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)(?:$|t| )`)
	numbers   = regexp.MustCompile(`^(\d{1,2})([-/.]) ?(\d{1,2})(?:[-/.,] ?| )(\d{4}|\d\d)(?:$|,? )`)
	dayMonth  = regexp.MustCompile(`^(\d{1,2})[-/., ]{0,2}` + month + `[-/., ]{0,2}(\d{4}|\d\d)(?:$|,? )`)
	monthDay  = regexp.MustCompile(`^` + month + `[-/., ]{0,2}(\d{1,2})[-/., ]{1,2}(\d{4})(?:$|,? )`)
	yearMonth = regexp.MustCompile(`^(\d{4})[-/., ]{0,2}` + month + `[-/., ]{0,2}(\d{1,2})(?:$|,? )`)
	timeFirst = regexp.MustCompile(`^(\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[ap]m)?)h?(?:, ?| )(.*\d.*)$`)
	clock     = regexp.MustCompile(`^(\d{1,2})(?:[:.h](\d\d))?(?::(\d\d)(?:[.,]\d+)?)?(?: ?([ap])\.?m?\.?| ?h)? ?(z|(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?|\(?[a-z]{2,5}\)?)?(?: ?\([a-z ]+\))?(?: ?[-–—] ?\d.*)?$`)
)

// readStamp reads a date with or without a time, or a time alone:
//
//	2026-12-02  2026-12-02T09:00:00-05:00  20261202  02/12/2026 9:00  2.12.26
//	December 2, 2020 9:00 am  Wed, 2 Dec 2026  9 am  14:30 - 15:30  14h30
//	2. Dezember 2026, 14.30 Uhr  miércoles 2 de diciembre de 2026  2:30 CH
//
// A point between numbers is written where the day comes first. A day of the week
// settles what a date leaves open, and has to be the date's.
func readStamp(s string) stamp {
	if s == "" {
		return stamp{}
	}
	s, weekday := inEnglish(strings.ToLower(s))
	if m := timeFirst.FindStringSubmatch(s); m != nil {
		if st := readWhole(m[2] + " " + m[1]); st.date && st.time {
			return st.on(weekday)
		}
	}
	return readWhole(s).on(weekday)
}

// readWhole reads a date, a time or both, in English.
func readWhole(s string) stamp {
	st, rest := readDate(s)
	if st.bad || rest == "" {
		st.bad = st.bad || !st.date
		return st
	}
	return st.readClock(rest)
}

// readDate reads the date that a text begins with, and what comes after it.
func readDate(s string) (st stamp, rest string) {
	var m []string
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	date := func(re *regexp.Regexp, year, month, day int) bool {
		if m = re.FindStringSubmatch(s); m == nil {
			return false
		}
		rest, st.date, st.short = s[len(m[0]):], true, len(m[year]) == 2
		st.year, st.month, st.day = int16(number(m[year])), int8(number(m[month])), int8(number(m[day]))
		if st.month == 0 {
			st.month = monthOf(m[month])
		}
		return true
	}
	switch {
	case date(isoDate, 1, 2, 3), date(digits, 1, 2, 3), date(dayMonth, 3, 2, 1), date(monthDay, 3, 1, 2), date(yearMonth, 1, 2, 3):
	case date(numbers, 4, 1, 3):
		switch {
		case m[2] == ".":
			st.month, st.day = st.day, st.month
		case st.month > 12:
			st.month, st.day, st.shows = st.day, st.month, 1
		case st.day > 12:
			st.shows = -1
		default:
			st.open = st.month != st.day
		}
	default:
		return st, s
	}
	if st.short {
		st.year += 2000
	}
	if st.month < 1 || st.month > 12 || st.day < 1 || st.day > 31 || st.year < 1880 || st.year > 2199 {
		return stamp{bad: true}, ""
	}
	return st, rest
}

// readClock reads the time behind a date, or alone.
func (st stamp) readClock(s string) stamp {
	bad := stamp{bad: true}
	c := clock.FindStringSubmatch(s)
	if c == nil || c[2] == "" && c[4] == "" && !strings.Contains(s, "h") { // a number alone
		return bad
	}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	h, min, sec := number(c[1]), number(c[2]), number(c[3])
	switch c[4] {
	case "a":
		if h == 12 {
			h = 0
		} else if h > 12 || h == 0 && c[2] == "" {
			return bad
		}
	case "p":
		if h < 12 && h > 0 {
			h += 12
		} else if h == 0 || h > 12 && c[2] == "" { // 13:30 pm says it twice
			return bad
		}
	}
	if h > 23 || min > 59 || sec > 60 {
		return bad
	}
	st.clock, st.time = int32(h*3600+min*60+sec), true
	zone := strings.TrimPrefix(strings.TrimPrefix(c[5], "utc"), "gmt")
	switch {
	case c[5] == "z" || c[5] != "" && zone == "":
		st.zoned = true
	case zone != "" && (zone[0] == '+' || zone[0] == '-'):
		n := number(strings.ReplaceAll(zone[1:], ":", ""))
		if len(zone) > 3 {
			n = n/100*60 + n%100
		} else {
			n *= 60
		}
		if n > 14*60 {
			return bad
		}
		if zone[0] == '-' {
			n = -n
		}
		st.zoned, st.offset = true, int16(n)
	}
	return st
}

// on holds a date to the day of the week that stands beside it.
func (st stamp) on(weekday int8) stamp {
	if weekday == 0 || !st.date {
		return st
	}
	is := func(month, day int8) bool {
		t := time.Date(int(st.year), time.Month(month), int(day), 0, 0, 0, 0, time.UTC)
		return int8(t.Weekday())+1 == weekday && t.Day() == int(day)
	}
	this, other := is(st.month, st.day), st.open && is(st.day, st.month)
	switch {
	case this && other:
	case this:
		if st.open {
			st.open, st.shows = false, -1
		}
	case other:
		st.month, st.day, st.open, st.shows = st.day, st.month, false, 1
	default:
		return stamp{bad: true, odd: true}
	}
	return st
}

// stamp reads a cell with a date, the same text once.
func (in *intake) stamp(s string) stamp {
	st, ok := in.stamps[s]
	if !ok {
		st = readStamp(s)
		if len(in.stamps) < 10_000 {
			in.stamps[strings.Clone(s)] = st
		}
	}
	return st
}

// order is how a column writes its dates.
type order struct{ day, month, open int } // dates that show the day first, the month first, neither

func (o *order) note(st stamp) {
	switch {
	case st.open:
		o.open++
	case st.shows > 0:
		o.day++
	case st.shows < 0:
		o.month++
	}
}

// when is the moment a stamp means; false if the column leaves open which.
func (st stamp) when(dayFirst, mixed bool) (time.Time, bool) {
	if st.open && mixed {
		return time.Time{}, false
	}
	m, d := st.month, st.day
	if st.open && dayFirst {
		m, d = d, m
	}
	t := time.Date(int(st.year), time.Month(m), int(d), 0, 0, 0, 0, time.UTC)
	return t.Add(time.Duration(st.clock) * time.Second), t.Day() == int(d) // not the 31st of June
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
		in.dated = in.dated || w.date.date || w.time.date
	}
	visitsDay, visitsMixed := in.decide(visits, births, Date)
	birthsDay, birthsMixed := in.decide(births, visits, Born)
	for i, w := range in.dates {
		r := &in.list.Rows[i]
		in.readStart(r, w, visitsDay, visitsMixed)
		if w.born.date && !w.born.short {
			if t, ok := w.born.when(birthsDay, birthsMixed); ok {
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
		in.list.Notes = append(in.list.Notes, "the list has no dates: its visits are taken for those of "+in.opts.Day.Format(time.DateOnly))
	case in.undated == 0 || in.opts.Today.IsZero():
	case in.dated:
		in.list.Notes = append(in.list.Notes, "rows without a day are taken for today's, "+today+": "+strconv.Itoa(in.undated))
	default:
		in.list.Notes = append(in.list.Notes, "the list has no dates: its visits are taken for today's, "+today)
	}
}

// decide tells whether a column has the day first, and whether it has both orders;
// if it does not show, it notes which was taken.
func (in *intake) decide(own, other order, f Field) (dayFirst, mixed bool) {
	name := f.String()
	for i, fed := range in.heading.plan {
		if fed == f || f == Date && fed == Time && !in.heading.feeds(Date) {
			name = in.heading.texts[i]
		}
	}
	if own.day > 0 && own.month > 0 {
		if own.open > 0 {
			in.list.Notes = append(in.list.Notes, "the dates in "+content.Quoted(name)+" have the day first in some rows and the month first in others; those that could be either are not read")
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
		in.list.Notes = append(in.list.Notes, "the dates in "+content.Quoted(name)+" could begin with the day or the month; they were read with the "+first+" first")
	}
	return in.opts.DayFirst, false
}

// readStart reads when a visit begins, from one cell or two. A time alone is of the day
// that is asked for, or of today.
func (in *intake) readStart(r *Row, w written, dayFirst, mixed bool) {
	const like = "write it like 2026-12-02 and 09:30"
	switch {
	case w.date.odd || w.time.odd:
		wrong(&r.Err, "wrong-weekday", "put right which of them is wrong", "the day of the week is not that of the date")
	case w.date.bad:
		wrong(&r.Err, "unreadable-date", like, "the date cannot be read")
	}
	if w.time.bad && !w.time.odd {
		wrong(&r.Err, "unreadable-time", like, "the time cannot be read")
	}
	if r.Err != nil {
		return
	}
	at := w.date // a cell for the time may have the date with it, and the other way round
	if !at.date && w.time.date {
		at = w.time
	}
	if w.time.time {
		at.time, at.clock, at.zoned, at.offset = true, w.time.clock, w.time.zoned, w.time.offset
	}
	day := in.opts.Day
	if day.IsZero() {
		day = in.opts.Today
	}
	var t time.Time
	switch ok := true; {
	case at.date:
		if t, ok = at.when(dayFirst, mixed); !ok {
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
		if day.IsZero() || !at.time {
			return // without a Start
		}
		t = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC).Add(time.Duration(at.clock) * time.Second)
	}
	if at.zoned && in.opts.Zone != nil {
		// The clock on the wall at that moment, kept as all others are.
		t = t.Add(-time.Duration(at.offset) * time.Minute)
		_, offset := t.In(in.opts.Zone).Zone()
		t = t.Add(time.Duration(offset) * time.Second)
	}
	r.Start = t
}
