package serve

import (
	"fmt"

	"handout/content"
)

// amounts are a dose in numbers, as an order has them.
type amounts struct {
	Hold    *int   `json:"hold,omitempty"` // none may be what was asked for
	Breaths *int   `json:"breaths,omitempty"`
	Sets    int    `json:"sets,omitempty"`
	Reps    any    `json:"reps,omitempty"` // a number, or a range in words: "10-12"
	PerDay  int    `json:"per_day,omitempty"`
	Days    int    `json:"days,omitempty"`
	Side    string `json:"side,omitempty"`
	Unit    string `json:"unit,omitempty"`
}

type pageChoice struct {
	ID string `json:"id"`
	amounts
	Note  string `json:"note,omitempty"`
	Video string `json:"video,omitempty"`
}

// asChosen is a choice as an order has it, with all that was said of it.
func asChosen(c content.Choice) pageChoice {
	return pageChoice{c.ID, inNumbers(c.Changes.Dose, c.Changes.Given), c.Note, c.Video}
}

// inNumbers are the parts of a dose that are given.
func inNumbers(d content.Dose, given content.DoseKeys) (a amounts) {
	for _, part := range []struct {
		key content.DoseKeys
		set func()
	}{
		{content.GivesHold, func() { a.Hold = new(int(d.Hold.Seconds())) }},
		{content.GivesBreaths, func() { a.Breaths = &d.Breath }},
		{content.GivesReps, func() { a.Reps = often(d) }},
		{content.GivesSets, func() { a.Sets = d.Sets }},
		{content.GivesPerDay, func() { a.PerDay = d.PerDay }},
		{content.GivesDays, func() { a.Days = d.Days }},
		{content.GivesSide, func() { a.Side = content.Sides()[d.Side] }},
		{content.GivesUnit, func() { a.Unit = d.Unit }},
	} {
		if given&part.key != 0 {
			part.set()
		}
	}
	return a
}

// often is how many times.
func often(d content.Dose) any {
	if d.Most > 0 {
		return fmt.Sprintf("%d-%d", d.Reps, d.Most)
	}
	return d.Reps
}
