package content

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Dose is how much of a stretch to do.
type Dose struct {
	Sets   int           // 1 to 10; printed when above 1
	Reps   int           // 1 to 50
	Most   int           // where reps is a range, like 10-12, its upper end; else 0
	Hold   time.Duration // whole seconds, 0 (no hold) to 5 minutes
	Breath int           // hold for this many slow breaths instead, 0 to 20
	PerDay int           // times a day, 1 to 12
	Days   int           // days a week, 1 to 7; 7 prints "every day" only when PerDay is 1
	Side   Side
	Unit   string // what a repetition is called: "times" if empty, else e.g. "slow rounds" or "slow round|slow rounds"
}

// Side says which side of the body a stretch is done on.
type Side uint8

const (
	EachSide  Side = iota // one side after the other
	BothSides             // both at once: nothing is printed
	SoreSide
	LeftSide
	RightSide
)

// DoseKeys says which parts of a dose somebody gave.
type DoseKeys uint16

const (
	GivesHold DoseKeys = 1 << iota
	GivesBreaths
	GivesReps
	GivesSets
	GivesSide
	GivesPerDay
	GivesDays
	GivesUnit
)

// Changes are what was given of a dose: the fields of Dose whose keys are in Given.
type Changes struct {
	Dose  Dose
	Given DoseKeys
}

// doseKeys are what a dose is written in, in front matter and after a stretch's
// name alike. The order is that of DoseKeys.
const (
	doseHold = iota
	doseBreaths
	doseReps
	doseSets
	doseSide
	dosePerDay
	doseDays
	doseUnit
)

var (
	doseKeys  = [...]string{"hold", "breaths", "reps", "sets", "side", "per-day", "days", "unit"}
	sideNames = [...]string{"each", "both", "sore", "left", "right"} // by Side
)

// sideWords are what people write for a side, by Side.
var sideWords = [...]string{" each cada jede ", " both ambo ambos beide ", " sore painful ",
	" left l lt izquierda izq link ", " right r rt derecha der recht "}

// writtenFor are what people write for a part of a dose.
var writtenFor = map[string]string{"rep": "reps", "repetitions": "reps", "repeat": "reps", "set": "sets",
	"times": "reps", "count": "reps", "breath": "breaths", "per-week": "days", "times-a-week": "days", "days-a-week": "days", "week": "days",
	"day": "per-day", "perday": "per-day", "times-a-day": "per-day", "daily": "per-day",
	"seconds": "hold", "duration": "hold"}

// doseKey is which part of a dose is meant, or -1.
func doseKey(name string) int {
	name = keyName(name)
	if known, ok := writtenFor[name]; ok {
		name = known
	}
	return slices.Index(doseKeys[:], name)
}

// Sides are the names of sides, by Side.
func Sides() []string { return slices.Clone(sideNames[:]) }

const doseHint = "a dose looks like figure-4:hold=20s:reps=2:sets=1:side=left:per-day=2:days=5"

// set changes one number of a dose. It returns what is wrong with the value, in
// words without the value, or "".
func (d *Dose) set(key int, text string) (wrong string) {
	number := func(to *int, low, high int) string {
		n, err := strconv.Atoi(plainNumber(text))
		if err != nil || n < low || n > high {
			return doseKeys[key] + " is a whole number from " + strconv.Itoa(low) + " to " + strconv.Itoa(high)
		}
		*to = n
		return ""
	}
	switch key {
	case doseHold:
		hold, ok := seconds(text)
		if !ok || hold < 0 || hold > 5*time.Minute {
			return "hold is from 0s to 5m, in whole seconds, like 20s"
		}
		d.Hold, d.Breath = hold, 0
	case doseBreaths:
		if wrong = number(&d.Breath, 0, 20); wrong == "" {
			d.Hold = 0
		}
	case doseReps:
		text = strings.NewReplacer("–", "-", "—", "-", " to ", "-", " a ", "-").Replace(text)
		low, high, ranged := strings.Cut(text, "-")
		text, d.Most = strings.TrimSpace(low), 0
		if wrong = number(&d.Reps, 1, 50); wrong == "" && ranged {
			text = strings.TrimSpace(high)
			if wrong = number(&d.Most, 1, 50); wrong == "" && d.Most <= d.Reps {
				wrong = "reps is a whole number, or a range from the lower to the higher, like 10-12"
			}
		}
	case doseSets:
		return number(&d.Sets, 1, 10)
	case dosePerDay:
		return number(&d.PerDay, 1, 12)
	case doseDays:
		return number(&d.Days, 1, 7)
	case doseSide:
		text, _, _ = strings.Cut(strings.TrimSuffix(strings.ToLower(text), "s"), " ") // left leg
		side := slices.IndexFunc(sideWords[:], func(words string) bool { return strings.Contains(words, " "+text+" ") })
		if side < 0 {
			return "side is one of " + strings.Join(sideNames[:], ", ")
		}
		d.Side = Side(side)
	case doseUnit:
		if text == "" || utf8.RuneCountInString(text) > 40 || strings.Count(text, "|") > 1 {
			return "unit is a word or two, like slow rounds, or slow round|slow rounds for one and more"
		}
		for part := range strings.SplitSeq(text, "|") {
			t, wrong := Text{{Text: part}}.braced()
			if wrong != "" || hasPlaceholder(t.String()) || strings.ContainsAny(t.String(), "{}") {
				return "unit has no words in braces but those for each side, like rounds{each: a side}"
			}
		}
		d.Unit = text
	}
	return wrong
}

// plainNumber is a number without what people write around it: 10x, 2 times, twice.
func plainNumber(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, end := range []string{" times", " veces", "x", "×"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, end))
	}
	switch s {
	case "once", "one":
		return "1"
	case "twice", "two":
		return "2"
	case "three":
		return "3"
	}
	return s
}

var durationWords = regexp.MustCompile(`\s*(?:(m)(?:in|ins|inute|inutes|inuto|inutos|inuten)?|` +
	`(s)(?:ec|ecs|econd|econds|eg|egs|egundo|egundos|ek|ekunden)?)\b\.?\s*|([0-9])(?:\s+)`)

// seconds reads 30s, 30, 1m or 1m30s, and what people write for it: 30 sec, 1 min, 1:30.
func seconds(text string) (time.Duration, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if m, s, ok := strings.Cut(text, ":"); ok && len(s) == 2 {
		text = m + "m" + s + "s"
	}
	text = durationWords.ReplaceAllString(text, "$1$2$3")
	if n, err := strconv.Atoi(text); err == nil && n >= 0 && n <= 300 {
		return time.Duration(n) * time.Second, true
	}
	d, err := time.ParseDuration(text)
	return d, err == nil && d%time.Second == 0
}

// set changes one part of a dose. It returns what is wrong with the value, as
// Dose.set does.
func (c *Changes) set(key int, text string) (wrong string) {
	if wrong = c.Dose.set(key, text); wrong != "" {
		return wrong
	}
	if key == doseHold || key == doseBreaths { // the later of the two holds
		c.Given &^= GivesHold | GivesBreaths
	}
	c.Given |= 1 << key
	return ""
}

// of is the dose d with the changes made to it.
func (c Changes) of(d Dose) Dose {
	has := func(keys DoseKeys) bool { return c.Given&keys != 0 }
	if has(GivesHold | GivesBreaths) {
		d.Hold, d.Breath = c.Dose.Hold, c.Dose.Breath
	}
	if has(GivesReps) {
		d.Reps, d.Most = c.Dose.Reps, c.Dose.Most
	}
	if has(GivesSets) {
		d.Sets = c.Dose.Sets
	}
	if has(GivesSide) {
		d.Side = c.Dose.Side
	}
	if has(GivesPerDay) {
		d.PerDay = c.Dose.PerDay
	}
	if has(GivesDays) {
		d.Days = c.Dose.Days
	}
	if has(GivesUnit) {
		d.Unit = c.Dose.Unit
	}
	return d
}
