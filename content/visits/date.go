package visits

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// stamp is a date, a time or both as they are written.
type stamp struct {
	year       int
	first, two int  // the two other numbers, in the order written
	open       bool // which of them is the month is not said
	short      bool // the year has two digits
	clock      time.Duration
	date, time bool
	utc        bool
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
func readStamp(s string) (st stamp, ok bool) {
	s = strings.ToLower(s)
	s = s[len(weekday.FindString(s)):]
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	rest, m := s, []string(nil)
	date := func(re *regexp.Regexp) bool {
		if m = re.FindStringSubmatch(s); m == nil {
			return false
		}
		rest, st.date = s[len(m[0]):], true
		return true
	}
	switch {
	case date(isoDate), date(digits):
		st.year, st.first, st.two = number(m[1]), number(m[2]), number(m[3])
	case date(numbers):
		st.first, st.two, st.year, st.short = number(m[1]), number(m[3]), number(m[4]), len(m[4]) == 2
		switch {
		case m[2] == "." || st.first > 12:
			st.first, st.two = st.two, st.first
		case st.two <= 12 && st.first != st.two:
			st.open = true
		}
	case date(dayMonth):
		st.first, st.two, st.year, st.short = month(m[2]), number(m[1]), number(m[3]), len(m[3]) == 2
	case date(monthDay):
		st.first, st.two, st.year = month(m[1]), number(m[2]), number(m[3])
	}
	if st.short {
		st.year += 2000
	}
	if st.date && (st.first < 1 || st.first > 12 || st.two < 1 || st.two > 31 || st.year < 1880 || st.year > 2199) {
		return stamp{}, false
	}
	if rest == "" {
		return st, st.date
	}
	c := clock.FindStringSubmatch(rest)
	if c == nil || bareHours.MatchString(rest) {
		return stamp{}, false
	}
	h, min, sec := number(c[1]), number(c[2]), number(c[3])
	if c[4] != "" {
		if h < 1 || h > 12 {
			return stamp{}, false
		}
		h %= 12
		if c[4] == "p" {
			h += 12
		}
	}
	if h > 23 || min > 59 || sec > 60 {
		return stamp{}, false
	}
	st.clock = time.Duration(h)*time.Hour + time.Duration(min)*time.Minute + time.Duration(sec)*time.Second
	st.time, st.utc = true, c[5] == "z" || c[5] == "utc"
	return st, true
}

// month is the number of a month's English name, whole or shortened; 0 for none.
func month(s string) int {
	i := strings.Index(monthNames, s[:3])
	if i < 0 || i%3 != 0 {
		return 0
	}
	m := i/3 + 1
	if full := strings.ToLower(time.Month(m).String()); !strings.HasPrefix(full, s) && s != "sept" {
		return 0
	}
	return m
}

// order is how a column writes its dates.
type order struct{ day, month, open int } // dates that show the day first, the month first, neither

// note counts a date written with numbers.
func (o *order) note(text string) {
	st, ok := readStamp(text)
	if !ok || !st.date {
		return
	}
	if st.open {
		o.open++
	} else if m := numbers.FindStringSubmatch(strings.ToLower(text)); m != nil && m[2] != "." && m[1] != m[3] {
		if n, _ := strconv.Atoi(m[1]); n > 12 {
			o.day++
		} else {
			o.month++
		}
	}
}

// when is the moment a stamp means; false if the column leaves open which.
func (st stamp) when(dayFirst, mixed bool) (time.Time, bool) {
	if st.open && mixed {
		return time.Time{}, false
	}
	m, d := st.first, st.two
	if st.open && dayFirst {
		m, d = d, m
	}
	t := time.Date(st.year, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t.Add(st.clock), t.Day() == d // not the 31st of June
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
		if r.Skip == "" || w.date != "" || w.time != "" {
			in.readStart(r, w, visitsDay, visitsMixed)
		}
		if st, ok := readStamp(w.born); ok && st.date && !st.short {
			if t, ok := st.when(birthsDay, birthsMixed); ok {
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
	var at stamp
	for _, part := range []struct {
		f    Field
		text string
	}{{Date, w.date}, {Time, w.time}} {
		if part.text == "" {
			continue
		}
		st, ok := readStamp(part.text)
		if !ok {
			wrong(&r.Err, like, "the %s can not be read", part.f)
			continue
		}
		if st.date && !at.date {
			at.date, at.year, at.first, at.two, at.open = true, st.year, st.first, st.two, st.open
		}
		if st.time && !(at.time && part.f == Date) {
			at.time, at.clock, at.utc = true, st.clock, st.utc
		}
	}
	if r.Err != nil {
		return
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
