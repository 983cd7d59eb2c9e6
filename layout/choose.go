package layout

import "handout/content"

// Which design a page is set in, where nobody asked for one, and how each section stands on it.

// Why is why a page is set in its design.
type Why uint8

const (
	AskedFor     Why = iota
	ToBeRead         // there are no stretches
	HoldsAll         // article has room for the stretches with whole steps, and for each section
	NoRoomForAll     // it has not, and so rows shows what is to be done
)

// look is the design that a page is set in.
func (w Why) look() string {
	if w == NoRoomForAll {
		return "rows"
	}
	return "article"
}

// choose searches the design that was asked for. Where none was that is article, while it
// holds the stretches with whole steps, and every section in its shorter wording at least, or
// where it has none and may be cut, in its lead-ins.
func (c *pageCopy) choose(sheet Sheet) (*draft, try, Why) {
	why := HoldsAll
	switch {
	case sheet.Look != "":
		why = AskedFor
	case c.stretches() == 0:
		why = ToBeRead
	case !c.because(HoldsAll, sheet).holds(sheet):
		why = NoRoomForAll
	}
	d, t := c.because(why, sheet).search(sheet)
	return d, t, why
}

// because is the copy in the design that it is set in: what it says is the same in each.
func (c *pageCopy) because(why Why, sheet Sheet) *pageCopy {
	if why == AskedFor || why == ToBeRead {
		return c
	}
	own := *c
	sheet.Look, own.whole = why.look(), why == HoldsAll
	own.design = designOf(sheet)
	return &own
}

// Stand is in how many words a section stands on a page.
type Stand uint8

const (
	InFull Stand = iota
	InFewerWords
	AsLeadIns
	LeftOut // but for what no page may be without
)

func (s Stand) String() string { return [...]string{"full", "short", "lead-ins", "out"}[s] }

// Standing is how a section stands.
type Standing struct {
	content.Position
	Of Named
	As Stand
}

// standings is how each section stands.
func (c *pageCopy) standings(t try) (all []Standing) {
	for _, s := range c.sections[1:] {
		if s.slot {
			continue
		}
		as := InFull
		for _, y := range t.ceded {
			if y.section == s && y.of == NoPart {
				as = [...]Stand{SectionOut: LeftOut, SectionCore: LeftOut, SectionLeads: AsLeadIns,
					FewerWords: InFewerWords}[y.kind]
			}
		}
		all = append(all, Standing{s.at, c.named(s), as})
	}
	return all
}
