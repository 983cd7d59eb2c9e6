package visits

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// stamp is a date, a time or both as they are written.
type stamp struct {
	clock      int32 // seconds after midnight
	year       int16
	month, day int8
	open       bool // the two may be the other way round
	shows      int8 // 1 for a column with the day first, -1 with the month first
	short      bool // the year has two digits
	date, time bool // which of them is there
	utc        bool
	bad        bool // something is written and can not be read
}

const monthNames = "janfebmaraprmayjunjulaugsepoctnovdec"

var (
	isoDate   = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|t|,? (?:at )?)`)
	digits    = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)(?:$|t| )`)
	numbers   = regexp.MustCompile(`^(\d{1,2})([-/.]) ?(\d{1,2})[-/.] ?(\d{4}|\d\d)(?:$|,? (?:at )?)`)
	dayMonth  = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?\.?[- ](?:of )?([a-z]{3,9})\.?,?[- ](\d{4}|\d\d)(?:$|,? (?:at )?)`)
	monthDay  = regexp.MustCompile(`^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:$|,? (?:at )?)`)
	weekday   = regexp.MustCompile(`^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? `)
	clock     = regexp.MustCompile(`^(\d{1,2})(?:[:.h](\d\d))?(?::(\d\d)(?:[.,]\d+)?)?(?: ?([ap])\.?m?\.?| ?h| ?uhr)? ?(z|utc|[+-]\d\d:?\d\d|\(?[a-z]{2,5}\)?)?(?: ?[-–—] ?\d.*)?$`)
	bareHours = regexp.MustCompile(`^\d+$`)
)

// readStamp reads a date with or without a time, or a time alone:
//
//	2026-12-02  2026-12-02T09:00:00-05:00  20261202  02/12/2026 9:00  2.12.26
//	December 2, 2020 9:00 am  Wed, 2 Dec 2026  9 am  14:30 - 15:30
//
// A point between numbers is written where the day comes first.
func readStamp(s string) stamp {
	if s == "" {
		return stamp{}
	}
	s = strings.ToLower(s)
	s = s[len(weekday.FindString(s)):]
	var (
		st     stamp
		rest   = s
		m      []string
		number = func(s string) int { n, _ := strconv.Atoi(s); return n }
		bad    = stamp{bad: true}
	)
	date := func(re *regexp.Regexp, year, month, day int) bool {
		if m = re.FindStringSubmatch(s); m == nil {
			return false
		}
		rest, st.date, st.short = s[len(m[0]):], true, len(m[year]) == 2
		st.year, st.month, st.day = int16(number(m[year])), int8(number(m[month])), int8(number(m[day]))
		return true
	}
	switch {
	case date(isoDate, 1, 2, 3), date(digits, 1, 2, 3):
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
	case date(dayMonth, 3, 2, 1):
		st.month = monthOf(m[2])
	case date(monthDay, 3, 1, 2):
		st.month = monthOf(m[1])
	}
	if st.short {
		st.year += 2000
	}
	if st.date && (st.month < 1 || st.month > 12 || st.day < 1 || st.day > 31 || st.year < 1880 || st.year > 2199) {
		return bad
	}
	if rest == "" {
		return st
	}
	c := clock.FindStringSubmatch(rest)
	if c == nil || bareHours.MatchString(rest) {
		return bad
	}
	h, min, sec := number(c[1]), number(c[2]), number(c[3])
	if c[4] != "" {
		if h < 1 || h > 12 {
			return bad
		}
		h %= 12
		if c[4] == "p" {
			h += 12
		}
	}
	if h > 23 || min > 59 || sec > 60 {
		return bad
	}
	st.clock = int32(h*3600 + min*60 + sec)
	st.time, st.utc = true, c[5] == "z" || c[5] == "utc"
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

// monthOf is the number of a month's English name, whole or shortened; 0 for none.
func monthOf(s string) int8 {
	i := strings.Index(monthNames, s[:3])
	if i < 0 || i%3 != 0 {
		return 0
	}
	m := i/3 + 1
	if full := strings.ToLower(time.Month(m).String()); !strings.HasPrefix(full, s) && s != "sept" {
		return 0
	}
	return int8(m)
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
			in.list.Notes = append(in.list.Notes, "the dates in "+quoted(name)+" have the day first in some rows and the month first in others; those that could be either are not read")
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
		in.list.Notes = append(in.list.Notes, "the dates in "+quoted(name)+" could begin with the day or the month; they were read with the "+first+" first")
	}
	return in.opts.DayFirst, false
}

// readStart reads when a visit begins, from one cell or two.
func (in *intake) readStart(r *Row, w written, dayFirst, mixed bool) {
	const like = "write it like 2026-12-02 and 09:30"
	if w.date.bad {
		wrong(&r.Err, like, "the date can not be read")
	}
	if w.time.bad {
		wrong(&r.Err, like, "the time can not be read")
	}
	if r.Err != nil {
		return
	}
	at := w.date // a cell for the time may have the date with it, and the other way round
	if !at.date && w.time.date {
		at = w.time
	}
	if w.time.time {
		at.time, at.clock, at.utc = true, w.time.clock, w.time.utc
	}
	if !at.date {
		if !in.opts.Day.IsZero() && r.Skip == "" {
			wrong(&r.Err, like, "the date is missing")
		}
		return
	}
	t, ok := at.when(dayFirst, mixed)
	if !ok {
		wrong(&r.Err, like, "the date can not be read")
		return
	}
	if at.utc && in.opts.Zone != nil {
		// The clock on the wall at that moment, kept as all others are.
		_, offset := t.In(in.opts.Zone).Zone()
		t = t.Add(time.Duration(offset) * time.Second)
	}
	r.Start = t
}
