package content

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Choice is a stretch picked for a page, as whoever picked it said so: which, what is
// changed of its dose, and a note.
type Choice struct {
	Position
	ID      string
	Changes Changes
	Note    string // the therapist's own words on this card, at most 200 characters; may be empty
}

// Changes are what was given of a dose: the fields of Dose whose keys are in Given.
type Changes struct {
	Dose  Dose
	Given DoseKeys
}

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

const doseHint = "a dose looks like figure-4:hold=20s:reps=2:sets=1:side=left:per-day=2:days=5"

// set changes one number of a dose. It returns what is wrong with the value, in
// words without the value, or "".
func (d *Dose) set(key int, text string) (wrong string) {
	number := func(to *int, low, high int) string {
		n, err := strconv.Atoi(text)
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
		return number(&d.Reps, 1, 50)
	case doseSets:
		return number(&d.Sets, 1, 10)
	case dosePerDay:
		return number(&d.PerDay, 1, 12)
	case doseDays:
		return number(&d.Days, 1, 7)
	case doseSide:
		side := slices.Index(sideNames[:], text)
		if side < 0 {
			return "side is one of " + strings.Join(sideNames[:], ", ")
		}
		d.Side = Side(side)
	case doseUnit:
		if text == "" || utf8.RuneCountInString(text) > 40 || strings.Count(text, "|") > 1 {
			return "unit is a word or two, like slow rounds, or slow round|slow rounds for one and more"
		}
		d.Unit = text
	}
	return wrong
}

// seconds reads 30s, 30, 1m or 1m30s.
func seconds(text string) (time.Duration, bool) {
	if n, err := strconv.Atoi(text); err == nil && n >= 0 && n <= 300 {
		return time.Duration(n) * time.Second, true
	}
	d, err := time.ParseDuration(text)
	return d, err == nil && d%time.Second == 0
}

// ParseChoices reads stretches by name, with changes to their doses and notes and
// commas between them:
//
//	hamstring-strap
//	hamstring-strap:hold=20s:reps=2:sets=1:side=left:per-day=2:days=5
//	figure-4,hamstring-strap:hold=20s:note="slowly, please"
//	@desk-neck,chin-tuck:reps=3
//
// A name that begins with @ is a pack's, and has no changes.
//
// The changes are hold (0s to 5m) or breaths (0 to 20), reps (1 to 50), sets (1
// to 10), side (each, both, sore, left, right), per-day (1 to 12), days (a week,
// 1 to 7), unit and note. A note comes last and may hold colons; quotes round it
// keep its commas. What is not changed stays as the stretch has it. An empty
// string, or "none", is no choice at all. The error is an Errors and quotes no note.
func ParseChoices(s string) ([]Choice, error) {
	s = strings.TrimSpace(s)
	if s == "" || s == "none" {
		return nil, nil
	}
	var (
		errs   Errors
		list   []Choice
		start  int
		quoted bool
	)
	for i := 0; i <= len(s); i++ {
		switch {
		case i < len(s) && s[i] == '"':
			quoted = !quoted
		case i == len(s) || s[i] == ',' && !quoted:
			list = append(list, parseChoice(s[start:i], Position{}, &errs))
			start = i + 1
		}
	}
	if quoted {
		errs.add(Position{}, "put one after the note too", "a quote is not closed in the list of stretches")
	}
	if len(list) > maxStretches {
		errs.add(Position{}, "choose fewer", "a page has room for %d stretches, and there are %d", maxStretches, len(list))
	}
	if err := errs.err(); err != nil {
		return nil, err
	}
	return list, nil
}

func parseChoice(s string, at Position, errs *Errors) Choice {
	c := Choice{Position: at}
	id, rest, more := strings.Cut(strings.TrimSpace(s), ":")
	c.ID = strings.TrimSpace(id)
	switch {
	case isPack(c.ID) && (len(c.ID) == 1 || !isID(c.ID)):
		errs.add(at, "`handout list packs` shows them; those of your own are in a folder named with --library", "a pack's name is missing")
		return c
	case !utf8.ValidString(s) || !isID(c.ID):
		errs.add(at, doseHint, "a stretch's name is missing")
		return c
	case isPack(c.ID) && more:
		errs.add(at, "name the stretch it is for by itself too: @desk-neck,chin-tuck:reps=3", "a pack has no dose and no note of its own")
		return c
	}
	for more {
		var part string
		if strings.HasPrefix(rest, "note=") {
			part, more = rest, false
		} else {
			part, rest, more = strings.Cut(rest, ":")
		}
		name, text, ok := strings.Cut(part, "=")
		name, text = strings.TrimSpace(name), strings.TrimSpace(text)
		if ok && name == "note" {
			if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
				text = text[1 : len(text)-1]
			}
			c.Note = text
			continue
		}
		k := -1
		for i, known := range doseKeys {
			if known == name {
				k = i
			}
		}
		switch {
		case !ok:
			errs.add(at, doseHint, "%s: this is not a dose", clip(c.ID))
		case k < 0:
			errs.add(at, hintFor(name, append(doseKeys[:], "note")), "%s: a dose has no %q", clip(c.ID), clip(name))
		case c.Changes.Given&(1<<k) != 0:
			errs.add(at, doseHint, "%s: %s is given twice", clip(c.ID), name)
		default:
			if wrong := c.Changes.set(k, text); wrong != "" {
				errs.add(at, doseHint, "%s: %s", clip(c.ID), wrong)
			}
		}
	}
	return c
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
		d.Reps = c.Dose.Reps
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

// dose reads a dose in front matter: {hold: 30s, reps: 3, side: each, per-day: 1}.
// What it leaves out is once: one set, one repetition, once a day, every day. It
// also gives which keys are there.
func (v value) dose() (Dose, DoseKeys) {
	d := Dose{Sets: 1, Reps: 1, PerDay: 1, Days: 7}
	keys := make([]key, len(doseKeys))
	seen := DoseKeys(0)
	for k, name := range doseKeys {
		keys[k] = key{name, func(v value) {
			seen |= 1 << k
			if wrong := d.set(k, v.text()); wrong != "" {
				v.bad("a dose looks like {hold: 30s, reps: 3, side: each, per-day: 1}", "%s", wrong)
			}
		}}
	}
	v.fill(keys)
	if seen&GivesHold != 0 && seen&GivesBreaths != 0 {
		v.bad("keep one of them", "a dose is held for a time or for breaths, not both")
	}
	return d, seen
}

// isID tells whether s can be the name of a file we look for.
func isID(s string) bool {
	return s != "" && len(s) <= 64 && !strings.ContainsAny(s, "/\\=\"") && s[0] != '.' &&
		!strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r == utf8.RuneError })
}
