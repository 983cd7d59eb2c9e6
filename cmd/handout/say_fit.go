package main

import (
	"fmt"
	"strconv"
	"strings"

	"handout/content"
	"handout/layout"
)

// What the fit tells in kinds and parts, in sentences.

// conceded says what was let go.
func conceded(c layout.Concession) string {
	switch c.Kind {
	case layout.SectionOut:
		if c.Of.Kind != layout.InSection {
			return "the words at the " + map[layout.PartKind]string{layout.InOpening: "beginning",
				layout.InClosing: "end"}[c.Of.Kind] + " are left out"
		}
		return "the section “" + c.Of.Name + "” is left out"
	case layout.SectionLeads:
		return "the section “" + c.Of.Name + "” is cut to its lead-ins"
	case layout.SectionCore:
		if c.Of.Kind == layout.InClosing {
			return "the words at the end are left out, but for what is to be ticked"
		}
		return "the section “" + c.Of.Name + "” is cut to what always stays"
	case layout.PictureOut:
		return "the handout's own picture is left out"
	case layout.FewerWords:
		if c.Of.Kind == layout.InSection {
			return "the section “" + c.Of.Name + "” is in its shorter words"
		}
		return "in shorter words: " + partNames([]layout.Named{c.Of})
	case layout.StepsShort:
		return "the stretches' steps are cut to their lead-ins"
	case layout.StepsFewer:
		return "the stretches' steps are in shorter words"
	case layout.StopsOut:
		return "what the stop rule says is not said again with each stretch"
	case layout.BookingOut:
		return "where to book, and the code for it, are left out"
	case layout.TipsOut:
		var tips []string
		for _, t := range c.Tips {
			tips = append(tips, tipNames[t])
		}
		return "some tips on the stretches are left out: " + strings.Join(tips, ", ")
	}
	panic(fmt.Sprintf("handout: unknown concession %d", c.Kind))
}

var tipNames = [...]string{
	layout.EasierTip: "easier ways", layout.HarderTip: "harder ways", layout.MistakeTip: "mistakes",
	layout.FilmTip: "the film", layout.NeedTip: "what is needed", layout.FeelTip: "where it is felt",
}

// shorter is what stands in fewer words, in a sentence; "" for nothing.
func shorter(f *layout.Fitting) string {
	var parts []string
	for _, c := range f.Concessions {
		if c.Kind == layout.FewerWords {
			parts = append(parts, partNames([]layout.Named{c.Of}))
		}
	}
	if parts == nil {
		return ""
	}
	return "in shorter words: " + strings.Join(parts, ", ")
}

// fitSaid is all of it, for a batch: that a page is an article goes without saying.
func fitSaid(f *layout.Fitting) (cut, notes []string) {
	for _, c := range f.Concessions {
		if c.Kind != layout.FewerWords {
			cut = append(cut, conceded(c))
		}
	}
	if short := shorter(f); short != "" {
		cut = append(cut, short)
	}
	if f.Why == layout.NoRoomForAll {
		notes = append(notes, chosenSaid(f))
	}
	return cut, append(notes, fitNotes(f)...)
}

// chosenSaid is which design the fit chose, and why.
func chosenSaid(f *layout.Fitting) string { return "set as " + f.Look + ": " + whys[f.Why] }

// fitNotes is what else is to be said of how a page came to fit.
func fitNotes(f *layout.Fitting) (notes []string) {
	if f.SmallType() {
		notes = append(notes,
			fmt.Sprintf("the text is set in %v pt, below the 12 pt that clear print asks for", f.Body))
	}
	return notes
}

var whys = [...]string{
	layout.ToBeRead:     "there are no stretches",
	layout.HoldsAll:     "it has room for every section, and for the stretches with whole steps",
	layout.NoRoomForAll: "article has no room for every section and for the stretches with whole steps",
}

// cutSaid is how much was cut, in a few words.
func cutSaid(f *layout.Fitting) string {
	cut, short := 0, 0
	for _, c := range f.Concessions {
		if c.Kind == layout.FewerWords {
			short++
		} else {
			cut++
		}
	}
	switch {
	case cut+short == 0:
		return "nothing cut"
	case cut == 0:
		return fmt.Sprintf("nothing cut, %d in shorter words", short)
	case short == 0:
		return fmt.Sprintf("%d cut", cut)
	}
	return fmt.Sprintf("%d cut, %d in shorter words", cut, short)
}

// partNames is parts as a person calls them.
func partNames(parts []layout.Named) string {
	var names []string
	for _, p := range parts {
		name := p.Name
		if p.Kind != layout.InSection {
			name = map[layout.PartKind]string{layout.InOpening: "the opening", layout.InStretches: "the stretches",
				layout.InStopRule: "the stop rule",
				layout.InSigns:    "the box at the end", layout.InNote: "the note",
				layout.InClosing: "the closing words", layout.InTitle: "the title",
				layout.InContact: "the clinic's name and telephone", layout.InFootnotes: "the footnotes",
				layout.InName: "whose page it is"}[p.Kind]
		}
		names = append(names, name)
	}
	return strings.Join(names, " and ")
}

// asked is how something is asked for, on a command line or in JSON.
type asked func(name, value string) string

func byFlag(name, value string) string { return strings.TrimSpace("--" + name + " " + value) }

func inJSON(name, value string) string {
	name = `"` + strings.ReplaceAll(name, "-", "_") + `"`
	if _, err := strconv.ParseFloat(value, 64); err == nil {
		return name + ": " + value
	}
	return strings.TrimSuffix(name+`: "`+value+`"`, `: ""`)
}

// tooLong is a handout that does not fit, and what would help.
func tooLong(e *layout.OverflowError) *content.Error { return overfull(e, byFlag) }

// tooLongInJSON is the same for those who have no command line.
func tooLongInJSON(e *layout.OverflowError) *content.Error { return overfull(e, inJSON) }

func overfull(e *layout.OverflowError, with asked) *content.Error {
	var parts []string
	for _, p := range e.Tallest {
		parts = append(parts, fmt.Sprintf("%s (%s)", partNames(p.Of), many(p.Lines, "line")))
	}
	return &content.Error{
		Code: "too-long",
		Message: fmt.Sprintf("too long for one page by %s at %v pt; the tallest parts are %s", many(e.Lines, "line"),
			e.Body, strings.Join(parts, ", ")),
		Hint: advised(e, with),
	}
}

// advised says what was tried and helps.
func advised(e *layout.OverflowError, with asked) string {
	a := e.Advice
	switch a.Kind {
	case layout.CutText:
		return fmt.Sprintf("cut the text by %s: nothing else was found to help", many(e.Lines, "line"))
	case layout.NotStrict:
		return "without " + with("strict", "") + " the marked sections may be cut, and then it fits"
	case layout.FewerStretches:
		if e.Body >= layout.LargePrint {
			return fmt.Sprintf("of these stretches the large edition has room for the first %d", a.N)
		}
		return fmt.Sprintf("choose fewer stretches: there is room for the first %d, and more than four seldom get done",
			a.N)
	case layout.OtherLook:
		return "it fits with " + with("look", a.To)
	case layout.OtherPaper:
		return "it fits with " + with("paper", a.To)
	case layout.OtherEdition:
		return "it fits with " + with("edition", a.To)
	case layout.SmallerType:
		return fmt.Sprintf("it fits in smaller type, with %s; or cut the text", with("min-type", a.Type.String()))
	case layout.MarkSections:
		if len(a.Of) == 1 {
			may, mark := "be cut to its lead-ins", "{.brief}"
			if a.Mark == content.Optional {
				may, mark = "be left out", "{.optional}"
			}
			return fmt.Sprintf("it fits if the section “%s” may %s: mark it %s, as in `## Techniques %s`",
				a.Of[0].Name, may, mark, mark)
		}
		return "mark sections {.brief} or {.optional}, as in `## Techniques {.brief}`, or cut the text: it fits " +
			"without " + quotedNames(a.Of)
	case layout.LeaveSections:
		return "mark sections {.standard}, which the large edition leaves out, and write a short one {.large}: it " +
			"fits without " + quotedNames(a.Of)
	}
	panic(fmt.Sprintf("handout: unknown advice %d", a.Kind))
}

// many is a number of things, given what one is called.
func many(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

func quotedNames(parts []layout.Named) string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = "“" + p.Name + "”"
	}
	if n := len(names) - 1; n > 0 {
		return strings.Join(names[:n], ", ") + " and " + names[n]
	}
	return names[0]
}
