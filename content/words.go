package content

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Words are the fixed words a page prints in one language: library/words/LANG.yaml.
type Words struct {
	Lang string

	PreparedFor string // before the patient's name
	With        string // before the therapist's name
	NextVisit   string
	Book        string // before a booking address
	ScanToBook  string // beside the QR code
	Call        string // before a phone number
	Note        string // over the personal line
	Version     string
	Reviewed    string // before the month the text was checked

	Callouts [5]string // the titles of callouts without one, by CalloutKind

	// Labels of a stretch card.
	Need, Feel, Mistake, Easier, Harder, Stop string

	Stretch string // over a diary's first column
	Day     string // before the number of a diary's day

	// What a placeholder becomes when the brand and the visit do not say.
	Emergency, Clinic, Phone, Therapist string

	Months   [12]string // January first
	Weekdays [7]string  // Sunday first, as in package time

	date string // with {weekday}, {day}, {month} and {year}
	or   string // between two numbers to call
	dose doseWords
}

// doseWords are phrases with {n} and the like in them.
type doseWords struct {
	hold, minutes, breaths count // hold for {n} seconds, minutes, slow breaths
	times                  count // {n} repetitions without a name of their own
	units                  string
	sets                   count     // {n} sets of {reps}, where {reps} is a number or units
	sides                  [5]string // by Side, around {reps}
	perDay                 count     // every day of the week
	days                   count     // {n} days a week, once a day
	both                   string    // {per-day} and {days} together
}

// count is a phrase that depends on a number: a form for some exact numbers,
// and one for all others.
type count struct {
	exact []exactly
	other string
}

type exactly struct {
	n    int
	form string
}

func (c count) of(n int) string {
	form := c.other
	for _, e := range c.exact {
		if e.n == n {
			form = e.form
		}
	}
	return strings.ReplaceAll(form, "{n}", strconv.Itoa(n))
}

// Date writes a day the way letters do: "January 5, 2027". The zero time gives "".
func (w *Words) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return strings.NewReplacer(
		"{weekday}", w.Weekdays[t.Weekday()],
		"{day}", strconv.Itoa(t.Day()),
		"{month}", w.Months[t.Month()-1],
		"{year}", strconv.Itoa(t.Year()),
	).Replace(w.date)
}

// Dose says a dose in one breath: "Hold 20 seconds, 3 times each side, twice a day".
func (w *Words) Dose(d Dose) string {
	var parts []string
	switch {
	case d.Breath > 0:
		parts = append(parts, w.dose.breaths.of(d.Breath))
	case d.Hold >= time.Minute && d.Hold%time.Minute == 0:
		parts = append(parts, w.dose.minutes.of(int(d.Hold/time.Minute)))
	case d.Hold > 0:
		parts = append(parts, w.dose.hold.of(int(d.Hold/time.Second)))
	}
	reps := w.dose.times.of(d.Reps)
	if d.Unit != "" {
		one, many, ok := strings.Cut(d.Unit, "|")
		if !ok || d.Reps == 1 {
			many = one
		}
		reps = strings.NewReplacer("{n}", strconv.Itoa(d.Reps), "{unit}", many).Replace(w.dose.units)
	}
	if d.Sets > 1 {
		if d.Unit == "" {
			reps = strconv.Itoa(d.Reps)
		}
		reps = strings.ReplaceAll(w.dose.sets.of(d.Sets), "{reps}", reps)
	}
	parts = append(parts, strings.ReplaceAll(w.dose.sides[d.Side], "{reps}", reps))
	switch {
	case d.Days >= 7:
		parts = append(parts, w.dose.perDay.of(d.PerDay))
	case d.PerDay <= 1:
		parts = append(parts, w.dose.days.of(d.Days))
	default:
		parts = append(parts, strings.NewReplacer(
			"{per-day}", w.dose.perDay.of(d.PerDay), "{days}", w.dose.days.of(d.Days)).Replace(w.dose.both))
	}
	return capital(strings.Join(parts, ", "))
}

// capital makes the first letter a capital.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || !unicode.IsLower(r) {
		return s
	}
	return string(unicode.ToTitle(r)) + s[n:]
}

// parseWords reads a file of words. Every word must be there: a page half in one
// language is worse than none.
func parseWords(src *source, lang string) (*Words, Errors) {
	var errs Errors
	w := &Words{Lang: lang}
	seen := map[string]bool{}
	f := &form{src: src, errs: &errs}
	var keys []key
	add := func(to *[]key, group, name string, put func(value)) {
		*to = append(*to, key{name, func(v value) { seen[group+name] = true; put(v) }})
	}
	word := func(to *[]key, group, name string, s *string) {
		add(to, group, name, func(v value) {
			if *s = v.text(); *s == "" {
				v.bad("", "a word is wanted here")
			}
		})
	}
	counted := func(to *[]key, name string, c *count) {
		add(to, "dose: ", name, func(v value) { *c = v.count() })
	}
	list := func(name string, into []string) {
		add(&keys, "", name, func(v value) {
			if s := v.texts(); copy(into, s) != len(into) || len(s) != len(into) {
				v.bad("", "%d words are wanted here", len(into))
			}
		})
	}
	for _, x := range []struct {
		name string
		to   *string
	}{
		{"prepared-for", &w.PreparedFor}, {"with", &w.With}, {"next-visit", &w.NextVisit}, {"book", &w.Book},
		{"scan-to-book", &w.ScanToBook}, {"call", &w.Call}, {"note", &w.Note}, {"version", &w.Version},
		{"reviewed", &w.Reviewed}, {"need", &w.Need}, {"feel", &w.Feel}, {"mistake", &w.Mistake},
		{"easier", &w.Easier}, {"harder", &w.Harder}, {"stop", &w.Stop}, {"stretch", &w.Stretch}, {"day", &w.Day},
		{"emergency", &w.Emergency}, {"clinic", &w.Clinic}, {"phone", &w.Phone}, {"therapist", &w.Therapist},
		{"date", &w.date}, {"or", &w.or},
	} {
		word(&keys, "", x.name, x.to)
	}
	list("months", w.Months[:])
	list("weekdays", w.Weekdays[:])
	var callouts, dose, sides []key
	for kind, name := range calloutNames {
		word(&callouts, "callouts: ", name, &w.Callouts[kind])
	}
	for side, name := range sideNames {
		word(&sides, "dose: sides: ", name, &w.dose.sides[side])
	}
	counted(&dose, "hold", &w.dose.hold)
	counted(&dose, "minutes", &w.dose.minutes)
	counted(&dose, "breaths", &w.dose.breaths)
	counted(&dose, "times", &w.dose.times)
	counted(&dose, "sets", &w.dose.sets)
	counted(&dose, "per-day", &w.dose.perDay)
	counted(&dose, "days", &w.dose.days)
	word(&dose, "dose: ", "units", &w.dose.units)
	word(&dose, "dose: ", "per-day-and-days", &w.dose.both)
	add(&dose, "dose: ", "sides", func(v value) { v.fill(sides) })
	add(&keys, "", "callouts", func(v value) { v.fill(callouts) })
	add(&keys, "", "dose", func(v value) { v.fill(dose) })

	if f.fill(src.text, keys) {
		for _, group := range []struct {
			name string
			keys []key
		}{{"", keys}, {"callouts: ", callouts}, {"dose: ", dose}, {"dose: sides: ", sides}} {
			for _, k := range group.keys {
				if !seen[group.name+k.name] {
					errs.add(f.place(nil), "words/en.yaml has them all", "the words have no %s%s", group.name, k.name)
				}
			}
		}
	}
	return w, errs
}

// count reads a phrase, or a mapping from numbers and "other" to phrases.
func (v value) count() count {
	var c count
	if !v.isMapping() {
		c.other = v.text()
		return c
	}
	for _, e := range v.entries() {
		n, err := strconv.Atoi(e.name)
		switch {
		case err != nil && e.name != "other":
			v.errs.add(e.at, "", "the number it is for, or other, is wanted before the colon")
		case e.value.node == nil:
			v.errs.add(e.at, "", "a phrase is wanted after the colon")
		case e.name == "other":
			c.other = e.value.text()
		default:
			c.exact = append(c.exact, exactly{n, e.value.text()})
		}
	}
	if c.other == "" {
		v.bad("", "the form for all other numbers is missing")
	}
	return c
}
