package content

import (
	"slices"
	"time"
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

// Sides are the names of sides, by Side.
func Sides() []string { return slices.Clone(sideNames[:]) }

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
