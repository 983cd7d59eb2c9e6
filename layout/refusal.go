package layout

import (
	"cmp"
	"fmt"
	"slices"

	"handout/content"
)

// OverflowError is a handout too long for one page.
type OverflowError struct {
	Lines   int    // by how many lines of running text
	Body    Length // at this type size, the smallest allowed
	Tallest []Tall // the three tallest parts, tallest first
	Advice  Advice
}

// Tall is a part of a page, or parts side by side, and how tall.
type Tall struct {
	Of    []Named
	Lines int // of running text
}

func (e *OverflowError) Error() string {
	return fmt.Sprintf("too long for one page by %d lines at %v pt", e.Lines, e.Body)
}

// Advice is the one thing that would make a page of a handout that is too long. It was
// tried: but for CutText, which is given where nothing else helps, there is a page with it.
type Advice struct {
	Kind AdviceKind
	N    int          // FewerStretches: how many, the first ones; MarkSections: how many
	Type Length       // SmallerType: what to allow
	To   string       // OtherLook, OtherEdition, OtherPaper: what --look, --edition or --paper takes
	Of   []Named      // MarkSections, LeaveSections: which
	Mark content.Mark // MarkSections: how; none where either may be used
}

// AdviceKind is what may help.
type AdviceKind uint8

const (
	CutText        AdviceKind = iota
	NotStrict                 // let the marked sections be cut
	FewerStretches            // choose fewer stretches
	OtherLook                 // take another look
	OtherPaper                // take a larger sheet
	OtherEdition              // take the standard edition in place of the large one
	SmallerType               // allow smaller type
	MarkSections              // mark sections {.brief} or {.optional}
	LeaveSections             // mark sections {.standard}: the large edition is without them
)

// goodType is the type to which people are sent before their text is cut into.
const goodType = 10 * Point

// overflow explains why there is no page.
func (c *pageCopy) overflow(d *draft, sheet Sheet) error {
	lead := d.comp.look.Lead
	e := &OverflowError{Lines: int((-d.spare() + lead - 1) / lead), Body: d.comp.look.Body}
	var parts []Tall
	heights := map[Part]Length{}
	for _, b := range d.bands {
		k := b.of[0].Part
		if heights[k] == 0 {
			parts = append(parts, Tall{Of: b.of})
		}
		heights[k] += b.gap + b.box.height()
	}
	slices.SortStableFunc(parts, func(a, b Tall) int {
		return cmp.Compare(heights[b.Of[0].Part], heights[a.Of[0].Part])
	})
	for _, p := range parts[:min(3, len(parts))] {
		p.Lines = int((heights[p.Of[0].Part] + lead/2) / lead)
		e.Tallest = append(e.Tallest, p)
	}
	e.Advice = c.advice(sheet)
	return e
}

// on is a sheet after the advice.
func (a Advice) on(sheet Sheet) Sheet {
	switch a.Kind {
	case NotStrict:
		sheet.Strict = false
	case OtherLook:
		sheet.Look = a.To
	case OtherPaper:
		sheet.Paper = A4
	case OtherEdition:
		sheet.Edition = a.To
	case SmallerType:
		sheet.MinType = a.Type
	}
	return sheet
}

// advice tries what may help, and gives the first that does: what costs the reader
// nothing before what does, and what is asked of the author last.
func (c *pageCopy) advice(sheet Sheet) Advice {
	var looks []Advice
	for _, l := range Looks() {
		looks = append(looks, Advice{Kind: OtherLook, To: l.ID})
	}
	smaller := func(least Length) (sizes []Advice) { // by half points
		for size := c.floor(sheet) - Point/2; size >= max(least, c.design.least); size -= Point / 2 {
			sizes = append(sizes, Advice{Kind: SmallerType, Type: size})
		}
		return sizes
	}
	for _, way := range []func(Sheet) (Advice, bool){
		c.sheets(Advice{Kind: NotStrict}), c.manyStretches, c.sheets(looks...), c.sheets(smaller(goodType)...),
		c.sheets(Advice{Kind: OtherPaper, To: A4.Name}), c.leaves, c.marks, c.fewer,
		c.sheets(Advice{Kind: OtherEdition, To: Standard}), c.sheets(smaller(lowestFloor)...),
	} {
		if a, ok := way(sheet); ok {
			return a
		}
	}
	return Advice{Kind: CutText}
}

// holds tells whether the copy fits, on the last rung and with all concessions.
func (c *pageCopy) holds(sheet Sheet) bool {
	tries := c.ways(sheet)
	last := tries[len(tries)-1]
	d := c.blank(last, sheet)
	d.concede(last.ceded) // the stretches alone may be too much
	d.sections = slices.DeleteFunc(d.sections, func(s picked) bool { return s.n > 0 && !s.slot })
	c.design.arrange(d)
	return d.spare() >= 0 && c.compose(last, sheet).spare() >= 0
}

// sheets is a way to advise the first of other sheets on which the copy fits.
func (c *pageCopy) sheets(others ...Advice) func(Sheet) (Advice, bool) {
	return func(sheet Sheet) (Advice, bool) {
		for _, a := range others {
			other := a.on(sheet)
			if o, err := c.setter.read(c.handout, other); err == nil && o.holds(other) {
				return a, true
			}
		}
		return Advice{}, false
	}
}

// manyStretches is for those who seldom do them all, and for the large edition.
func (c *pageCopy) manyStretches(sheet Sheet) (Advice, bool) {
	if c.stretches() <= manyStretches && !c.design.large {
		return Advice{}, false
	}
	return c.fewer(sheet)
}

// manyStretches seldom get done.
const manyStretches = 4

// with is the copy with a section changed.
func (c *pageCopy) with(i int, change func(*section)) *pageCopy {
	other, own := *c, *c.sections[i]
	change(&own)
	other.sections = slices.Clone(c.sections)
	other.sections[i] = &own
	return &other
}

// fewer is how many of the stretches, the first ones, would fit.
func (c *pageCopy) fewer(sheet Sheet) (Advice, bool) {
	slot := slices.IndexFunc(c.sections, func(s *section) bool { return s.slot })
	for n := c.stretches() - 1; n > 0; n-- {
		if c.with(slot, func(s *section) { s.cards = s.cards[:n] }).holds(sheet) {
			return Advice{Kind: FewerStretches, N: n}, true
		}
	}
	return Advice{}, false
}

// leaves is the sections that the large edition would have to be without: those at the
// end, that have no stretches and nothing that always stays.
func (c *pageCopy) leaves(sheet Sheet) (Advice, bool) {
	if !c.design.large {
		return Advice{}, false
	}
	less := *c
	less.sections = slices.Clone(c.sections)
	a := Advice{Kind: LeaveSections}
	for i := len(c.sections) - 1; i > 0; i-- {
		if s := c.sections[i]; !s.slot && !s.stays {
			less.sections = slices.Delete(less.sections, i, i+1)
			a.Of = slices.Insert(a.Of, 0, c.named(s))
			if less.holds(sheet) {
				return a, true
			}
		}
	}
	return Advice{}, false
}

// marks is the section, or if one is not enough the sections, to be marked so that
// they may be cut.
func (c *pageCopy) marks(sheet Sheet) (Advice, bool) {
	if sheet.Strict {
		return Advice{}, false
	}
	all, a := c, Advice{Kind: MarkSections}
	for i := len(c.sections) - 1; i > 0; i-- {
		s := c.sections[i]
		if s.mark != content.Keep || s.slot || s.stays {
			continue
		}
		for _, mark := range []content.Mark{content.Brief, content.Optional} {
			if c.with(i, func(s *section) { s.mark = mark }).holds(sheet) {
				return Advice{Kind: MarkSections, Of: []Named{c.named(s)}, Mark: mark}, true
			}
		}
		all = all.with(i, func(s *section) { s.mark = content.Optional })
		a.Of = slices.Insert(a.Of, 0, c.named(s))
	}
	return a, len(a.Of) > 0 && all.holds(sheet)
}
