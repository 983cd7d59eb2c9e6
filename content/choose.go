package content

import (
	"slices"
	"strings"
)

// Chosen is a choice whose stretch was found, with the dose it is given in.
type Chosen struct {
	Position
	ID      string // the stretch's
	Stretch *Stretch
	Dose    Dose     // the stretch's own, with the chooser's changes
	Given   DoseKeys // what of it the chooser, or the stretch's file, gave
	Note    string
	Video   string // in place of the stretch's own, if not empty
}

// Choose finds the stretches that Personalise puts on a page, before any placeholder in
// them is filled in. Errors are of type Errors.
func (l *Library) Choose(h *Handout, v Visit) ([]Chosen, error) {
	var errs, warnings Errors
	list := l.choose(h, v, &errs, &warnings)
	return list, errs.err()
}

// Usual are the stretches of a page for which none are chosen.
func (h *Handout) Usual(large bool) []Choice {
	if large && h.Large != nil {
		return h.Large
	}
	return h.Default
}

// TakesStretches tells whether a handout has a place for them.
func (h *Handout) TakesStretches() bool { return slices.ContainsFunc(h.Blocks, isSlot) }

// choose finds the stretches of a page.
func (l *Library) choose(h *Handout, v Visit, errs, warnings *Errors) []Chosen {
	wanted := h.Usual(v.Large)
	if v.Chosen {
		wanted = v.Stretches
	} else if !h.TakesStretches() {
		return nil
	}
	wanted, err := l.Unpack(wanted, h.Lang)
	if err != nil {
		errs.join(err)
		return nil
	}
	if len(wanted) > MaxStretches {
		errs.add(Position{}, "too-many-stretches", "choose fewer", "a page has room for %d stretches, and there are %d",
			MaxStretches, len(wanted))
		return nil
	}
	var list []Chosen
	var foreign []string
	seen := map[string]int{} // a bit for each side
	for _, c := range wanted {
		s, err := l.StretchIn(c.ID, h.Lang)
		if err != nil {
			errs.join(placed(err, c.Position))
			continue
		}
		sides := 1<<LeftSide | 1<<RightSide // each may be chosen with a dose of its own
		if side := c.Changes.Dose.Side; c.Changes.Given&GivesSide != 0 && (side == LeftSide || side == RightSide) {
			sides = 1 << side
		}
		if seen[s.ID]&sides != 0 {
			errs.add(c.Position, "stretch-chosen-twice", "leave one out", "the stretch %s is chosen twice", s.ID)
		}
		seen[s.ID] |= sides
		before := len(*errs)
		x := Chosen{c.Position, s.ID, s, c.Changes.of(s.Dose), c.Changes.Given | s.dosed,
			cleanText(c.Note, "the note on the stretch "+s.ID, maxChoiceNote, errs), c.Video}
		for _, e := range (*errs)[before:] {
			e.Position, e.Of = c.Position, "note"
		}
		if !SameLanguage(s.Lang, h.Lang) {
			foreign = append(foreign, s.ID)
			if c.Changes.Given&GivesUnit == 0 { // a dose is said in the page's language
				x.Dose.Unit = ""
			}
		}
		if slices.Contains(h.NotWith, s.ID) {
			if says := "the stretch " + s.ID + " is not given with this handout: its author says not-with"; v.Anyway {
				warnings.add(c.Position, "not-with", "", "%s", says)
			} else {
				errs.add(c.Position, "not-with", "leave it out, or make the page all the same with --anyway",
					"%s", says)
			}
		}
		if s.Dose.Side == BothSides && x.Dose.Side != BothSides {
			x.Dose.Side = BothSides
			warnings.add(c.Position, "side-left-out", "",
				"the stretch %s is done on both sides at once: the side given for it is left out", s.ID)
		}
		if s.Dose.Side != BothSides && x.Dose.Side == BothSides {
			x.Dose.Side = EachSide
			warnings.add(c.Position, "both-is-each", "",
				"the stretch %s is done on one side at a time: both sides are each side", s.ID)
		}
		if c.Changes.Given&GivesSide == 0 && x.Dose.Side == EachSide || x.Dose.Side == SoreSide {
			x.Dose.Side = max(x.Dose.Side, v.Side)
		}
		if w, err := l.Words(h.Lang); err == nil && x.Dose.Side == LeftSide && c.Changes.Given&GivesUnit == 0 {
			x.Dose.Unit = w.otherSide(x.Dose.Unit) // it is the stretch's, which is written for the right
		}
		list = append(list, x)
	}
	if foreign != nil {
		warnings.add(Position{}, "stretches-not-in-language", "",
			"some stretches have no text in the language %s, and are printed in another: %s", h.Lang,
			strings.Join(foreign, ", "))
	}
	return list
}

func isSlot(b Block) bool { _, ok := b.(*Stretches); return ok }

// usual tells whether the dose is the stretch's own: how much, how long and how often.
func (c *Chosen) usual() bool {
	own := c.Stretch.Dose
	own.Side, own.Unit = c.Dose.Side, c.Dose.Unit
	return c.Dose == own
}
