package ease

import (
	"fmt"
	"slices"
	"strings"

	"handout/content"
)

// Concern is something about the care a handout gives that a colleague would ask
// about. It is not a mistake: there may be a reason for it.
type Concern struct {
	*content.Error
	Rule string // one of the names below, for machines
}

// The rules of Care.
const (
	RuleDose      = "dose"         // a stretch whose file and choice say neither how often nor how long
	RuleSide      = "side"         // a stretch whose file and choice do not say the side
	RuleStop      = "stop"         // a stretch without a rule when to stop
	RuleStretches = "stretches"    // more than maxHomework stretches
	RuleRedFlags  = "red-flags"    // stretches, or a complaint, and nothing on when to get help
	RuleAlone     = "massage-only" // massage is said to help, and no exercise is named
)

// maxHomework is how many stretches people can be hoped to do: those given two did
// them better than those given eight (Henry, Rosemond and Eckert 1999).
const maxHomework = 5

// Care looks for what a therapist would ask about the stretches and the massage on
// a page, as Personalise returns it.
func Care(h *content.Page) []Concern {
	var list []Concern
	say := func(rule string, at content.Position, hint, format string, args ...any) {
		e := &content.Error{Position: at, Code: "care-" + rule, Message: fmt.Sprintf(format, args...), Hint: hint}
		list = append(list, Concern{e, rule})
	}
	e := evidenceOf(h)
	for _, c := range e.cards {
		at := c.Position
		if at.File == "" && c.Stretch != nil {
			at = c.Stretch.Position
		}
		if c.Given&(content.GivesReps|content.GivesHold|content.GivesBreaths) == 0 {
			say(RuleDose, at, "say it like reps: 3 or hold: 30s",
				"the stretch %s does not say how often or how long", c.ID)
		}
		if c.Given&content.GivesSide == 0 {
			say(RuleSide, at, "say side: each, both, sore, left or right",
				"the stretch %s does not say for which side", c.ID)
		}
		if c.Stretch != nil && strings.TrimSpace(c.Stretch.Stop.String()) == "" {
			say(RuleStop, at, "end its file with > [!CAUTION] and when to stop",
				"the stretch %s does not say when to stop", c.ID)
		}
	}
	if n := len(e.cards); n > maxHomework {
		say(RuleStretches, h.Position, "leave out those that matter least",
			"there are %d stretches, and more than %d seldom get done", n, maxHomework)
	}
	switch at, word := e.complaint(); {
	case slices.ContainsFunc(h.In(false), isCaution):
	case len(e.cards) > 0:
		say(RuleRedFlags, h.Position, "say it in a box: > [!CAUTION]",
			"there are stretches, and no box says when to get help")
	case word != "":
		say(RuleRedFlags, at, "say it in a box: > [!CAUTION]",
			"the text speaks of %q, and no box says when to get help", word)
	}
	if at, claimed := e.claim(); claimed && !e.exercise() {
		say(RuleAlone, at, "name what to do as well: NICE NG59 has massage only beside exercise",
			"massage is said to help, and no exercise is named")
	}
	return list
}

// complaint is where the text first names what may hide something worse.
func (e *evidence) complaint() (content.Position, string) {
	for _, s := range e.said {
		if word := known().complaints[spoken(e.Lang)].in(s.words); word != "" {
			return s.Position, word
		}
	}
	return content.Position{}, ""
}

func isCaution(b content.Block) bool {
	c, ok := b.(*content.Callout)
	return ok && c.Kind == content.Caution
}

// claim is where massage is first said to do good.
func (e *evidence) claim() (content.Position, bool) {
	massage := false // in the heading above
	for _, s := range e.said {
		here := slices.ContainsFunc(s.words, func(w string) bool {
			return strings.HasPrefix(w, "massag") || strings.HasPrefix(w, "masaje")
		})
		if s.heading {
			massage = here
		}
		if (here || massage) && slices.ContainsFunc(s.words, known().claims.begin) {
			return s.Position, true
		}
	}
	return content.Position{}, false
}

// exercise tells whether something to do with one's own body is named.
func (e *evidence) exercise() bool {
	if len(e.cards) > 0 {
		return true
	}
	return slices.ContainsFunc(e.said, func(s said) bool {
		return slices.ContainsFunc(s.words, known().exercise.begin)
	})
}
