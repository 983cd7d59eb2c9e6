package field

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Stamp is a date, a time or both as they are written.
type Stamp struct {
	Clock      int32 // seconds after midnight
	Offset     int16 // minutes east of UTC, if Zoned
	Shows      int8  // 1 for a column with the day first, -1 with the month first
	Open       bool  // day and month may be the other way round
	Short      bool  // the year has two digits
	Date, Time bool  // which of them is there
	Zoned      bool
	Bad        bool // something is written and cannot be read
	Odd        bool // ... for it is another day of the week

	year       int16
	month, day int8
}

const month = `(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`

var (
	isoDate   = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|t|,? )`)
	digits    = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)(?:$|t| )`)
	dayMonth  = regexp.MustCompile(`^(\d{1,2})[-/., ]{0,2}` + month + `[-/., ]{0,2}(\d{4}|\d\d)(?:$|,? )`)
	monthDay  = regexp.MustCompile(`^` + month + `[-/., ]{0,2}(\d{1,2})[-/., ]{1,2}(\d{4})(?:$|,? )`)
	yearMonth = regexp.MustCompile(`^(\d{4})[-/., ]{0,2}` + month + `[-/., ]{0,2}(\d{1,2})(?:$|,? )`)
	timeFirst = regexp.MustCompile(`^(\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[ap]m)?)h?(?:, ?| )(.*\d.*)$`)
	clock     = regexp.MustCompile(
		`^(\d{1,2})(?:[:.h](\d\d))?(?::(\d\d)(?:[.,]\d+)?)?(?: ?([ap])\.?m?\.?| ?h)? ` +
			`` +
			`?(z|(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?|\(?[a-z]{2,5}\)?)?(?: ?\([a-z ]+\))?(?: ?[-–—] ?\d.*)?$`)
)

// ReadStamp reads a date with or without a time, or a time alone:
//
//	2026-12-02  2026-12-02T09:00:00-05:00  20261202  02/12/2026 9:00  2.12.26
//	December 2, 2020 9:00 am  Wed, 2 Dec 2026  9 am  14:30 - 15:30  14h30
//	2. Dezember 2026, 14.30 Uhr  miércoles 2 de diciembre de 2026  2:30 CH
//
// A point between numbers is written where the day comes first. A day of the week
// settles what a date leaves open, and has to be the date's.
func ReadStamp(s string) Stamp {
	if s == "" {
		return Stamp{}
	}
	s, weekday := inEnglish(strings.ToLower(s))
	if m := timeFirst.FindStringSubmatch(s); m != nil {
		if st := readWhole(m[2] + " " + m[1]); st.Date && st.Time {
			return st.on(weekday)
		}
	}
	return readWhole(s).on(weekday)
}

// readWhole reads a date, a time or both, in English.
func readWhole(s string) Stamp {
	st, rest := readDate(s)
	if st.Bad || rest == "" {
		st.Bad = st.Bad || !st.Date
		return st
	}
	return st.readClock(rest)
}

// readDate reads the date that a text begins with, and what comes after it.
func readDate(s string) (st Stamp, rest string) {
	var m []string
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	date := func(re *regexp.Regexp, year, month, day int) bool {
		if m = re.FindStringSubmatch(s); m == nil {
			return false
		}
		rest, st.Date, st.Short = s[len(m[0]):], true, len(m[year]) == 2
		st.year, st.month, st.day = int16(number(m[year])), int8(number(m[month])), int8(number(m[day]))
		if st.month == 0 {
			st.month = monthOf(m[month])
		}
		return true
	}
	switch {
	case date(isoDate, 1, 2, 3), date(digits, 1, 2, 3), date(dayMonth, 3, 2, 1), date(monthDay, 3, 1, 2),
		date(yearMonth, 1, 2, 3):
	case date(numbers, 4, 1, 3):
		switch {
		case m[2] == ".":
			st.month, st.day = st.day, st.month
		case st.month > 12:
			st.month, st.day, st.Shows = st.day, st.month, 1
		case st.day > 12:
			st.Shows = -1
		default:
			st.Open = st.month != st.day
		}
	default:
		return st, s
	}
	if st.Short {
		st.year += 2000
	}
	if st.month < 1 || st.month > 12 || st.day < 1 || st.day > 31 || st.year < 1880 || st.year > 2199 {
		return Stamp{Bad: true}, ""
	}
	return st, rest
}

// readClock reads the time behind a date, or alone.
func (st Stamp) readClock(s string) Stamp {
	bad := Stamp{Bad: true}
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
	st.Clock, st.Time = int32(h*3600+min*60+sec), true
	zone := strings.TrimPrefix(strings.TrimPrefix(c[5], "utc"), "gmt")
	switch {
	case c[5] == "z" || c[5] != "" && zone == "":
		st.Zoned = true
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
		st.Zoned, st.Offset = true, int16(n)
	}
	return st
}

// on holds a date to the day of the week that stands beside it.
func (st Stamp) on(weekday int8) Stamp {
	if weekday == 0 || !st.Date {
		return st
	}
	is := func(month, day int8) bool {
		t := time.Date(int(st.year), time.Month(month), int(day), 0, 0, 0, 0, time.UTC)
		return int8(t.Weekday())+1 == weekday && t.Day() == int(day)
	}
	this, other := is(st.month, st.day), st.Open && is(st.day, st.month)
	switch {
	case this && other:
	case this:
		if st.Open {
			st.Open, st.Shows = false, -1
		}
	case other:
		st.month, st.day, st.Open, st.Shows = st.day, st.month, false, 1
	default:
		return Stamp{Bad: true, Odd: true}
	}
	return st
}

// When is the moment a stamp means; false if the column leaves open which.
func (st Stamp) When(dayFirst, mixed bool) (time.Time, bool) {
	if st.Open && mixed {
		return time.Time{}, false
	}
	m, d := st.month, st.day
	if st.Open && dayFirst {
		m, d = d, m
	}
	t := time.Date(int(st.year), time.Month(m), int(d), 0, 0, 0, 0, time.UTC)
	return t.Add(time.Duration(st.Clock) * time.Second), t.Day() == int(d) // not the 31st of June
}

// Hour makes a time of an hour alone, as people write it whose day is from seven on: 9 is 9:00. An earlier one may
// be of the afternoon, and stays what it is.
func Hour(s string) string {
	if n, err := strconv.Atoi(s); err == nil && n >= 7 && n < 24 && len(s) < 3 {
		return strconv.Itoa(n) + ":00"
	}
	return s
}

// Days makes the number a spreadsheet keeps for a date, from low on, what ISO 8601
// writes for it; it counts from 1904 if told so. What is no such number stays.
func Days(s string, low float64, from04 bool) string {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n >= low && n < 80_000) { // to 2119
		return s
	}
	// Day 60 is the 29th of February 1900, which there was not; days before are not read.
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if from04 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	t := epoch.Add(time.Duration(math.Round(n*24*60)) * time.Minute)
	switch day, part := math.Modf(n); {
	case day == 0 && low == 0:
		return t.Format("15:04")
	case part == 0:
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04")
}
