package content

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Words are the fixed words a page prints in one language: library/words/LANG.yaml.
type Words struct {
	Lang string
	Sum  Sum

	PreparedFor string // before the patient's name
	With        string // before the therapist's name
	NextVisit   string
	Book        string // before a booking address
	ScanToBook  string // beside the QR code
	Note        string // over the personal line
	Version     string
	Reviewed    string // before the month the text was checked in, and by whom

	// Labels of a stretch card.
	Need    string
	Remarks [5]string // the labels of remarks, by RemarkKind; More may be empty
	Video   string    // before a film's address

	Stretch string // over a diary's first column
	Day     string // in it, where there are no stretches

	NoPain, WorstPain string    // at the ends of a pain scale
	Lights            [3]string // of a traffic light, by Light
	ScanToRemind      string    // beside a reminder's QR code
	Attachment        string    // what a page is called in a mail, as a file: "handout.pdf"
	Signs             [3]Text   // over signs, by Tier, with slots; nil where the file has none

	// What a placeholder becomes when the brand and the visit do not say.
	Emergency, Clinic, Phone, Therapist string

	letter Letter            // a mail's template
	locked string            // in a mail: the PDF wants a password
	born   string            // ... which is the patient's date of birth
	called map[string]string // regions, positions and props, by their names
	mirror map[string]string // right to left and left to right, in small letters
	sides  *regexp.Regexp    // those words
	idioms *regexp.Regexp    // phrases in which they mean no side; nil for none

	Months   [12]string // January first
	Weekdays [7]string  // Sunday first, as in package time
	Days     [7]string  // the same, short, for the head of a column

	date string // with {weekday}, {day}, {month} and {year}
	or   string // between two numbers to call
	list string // the comma between the parts of a dose
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

	// Over the parts of a dose that stand in cells of their own; empty where the file of
	// words has none.
	held, often string
	headed      [5]string // by Side, over how many times
	holding     []string  // what a cell headed by held need not say again
}

// ReadsFromRight tells whether a language (BCP 47) is written from right to left.
func ReadsFromRight(lang string) bool {
	switch baseLang(strings.ToLower(lang)) {
	case "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi":
		return true
	}
	return false
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

// Called is what a region, a position or a prop is called, or "" where the file of
// words does not say.
func (w *Words) Called(name string) string { return w.called[name] }

// Comma joins words to a list.
func (w *Words) Comma(parts ...string) string { return strings.Join(parts, w.list+" ") }

// Often says how often a stretch is done: "twice a day".
func (w *Words) Often(d Dose) string {
	switch {
	case d.Days >= 7:
		return w.dose.perDay.of(d.PerDay)
	case d.PerDay <= 1:
		return w.dose.days.of(d.Days)
	}
	return strings.NewReplacer("{per-day}", w.dose.perDay.of(d.PerDay), "{days}", w.dose.days.of(d.Days)).
		Replace(w.dose.both)
}

// reminder is what stands beside a reminder's code.
func (w *Words) reminder(r *Reminder) Text {
	often := w.dose.perDay.of(1)
	if r.Weekly {
		often = w.dose.days.of(1)
	}
	says := w.Comma(r.Summary, often, fmt.Sprintf("%d:%02d", r.Hour, r.Minute))
	return Text{{Text: w.ScanToRemind + ": ", Bold: true}, {Text: says}}
}

// Dose says a dose in one breath: "Hold 20 seconds, 3 times each side, twice a day".
func (w *Words) Dose(d Dose) string {
	var parts []string
	for _, p := range w.DoseParts(d) {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return capital(w.Comma(parts...))
}

// DoseCells is the parts of a dose to stand in cells of their own, each with what stands
// over it: "Hold", "20 seconds". It is not ok where the words for that are not known.
func (w *Words) DoseCells(d Dose) (heads, values [3]string, ok bool) {
	values = w.DoseParts(d)
	for _, s := range w.dose.holding {
		if rest := strings.TrimSuffix(strings.TrimPrefix(values[0], s+" "), " "+s); rest != values[0] {
			values[0] = rest
			break
		}
	}
	values[1] = w.reps(d)
	return [3]string{w.dose.held, w.dose.headed[d.Side], w.dose.often}, values, w.dose.often != ""
}

// DoseParts says what a dose is made of: how long to hold, "" for a dose without holding;
// how many times, and on which side; how often.
func (w *Words) DoseParts(d Dose) (parts [3]string) {
	switch {
	case d.Breath > 0:
		parts[0] = w.dose.breaths.of(d.Breath)
	case d.Hold >= time.Minute && d.Hold%time.Minute == 0:
		parts[0] = w.dose.minutes.of(int(d.Hold / time.Minute))
	case d.Hold > 0:
		parts[0] = w.dose.hold.of(int(d.Hold / time.Second))
	}
	parts[1], parts[2] = strings.ReplaceAll(w.dose.sides[d.Side], "{reps}", w.reps(d)), w.Often(d)
	return parts
}

// reps says how many times, on whichever side.
func (w *Words) reps(d Dose) string {
	number := strconv.Itoa(d.Reps)
	reps := w.dose.times.of(d.Reps)
	if d.Most > 0 {
		number += "–" + strconv.Itoa(d.Most)
		reps = strings.Replace(w.dose.times.of(d.Most), strconv.Itoa(d.Most), number, 1)
	}
	if d.Unit != "" {
		one, many, ok := strings.Cut(sidedText(d.Unit, d.Side == EachSide || d.Side == BothSides), "|")
		if !ok || max(d.Reps, d.Most) == 1 {
			many = one
		}
		reps = strings.NewReplacer("{n}", number, "{unit}", many).Replace(w.dose.units)
	}
	if d.Sets > 1 {
		if d.Unit == "" {
			reps = number
		}
		reps = strings.ReplaceAll(w.dose.sets.of(d.Sets), "{reps}", reps)
	}
	return reps
}
