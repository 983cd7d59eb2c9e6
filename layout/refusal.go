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

// advice tries what may help, and gives the first that does: what costs the reader
// nothing before what does, and what is asked of the author last.
func (c *pageCopy) advice(sheet Sheet) Advice {
	for _, way := range []func(Sheet) (Advice, bool){
		c.lessStrict, c.manyStretches, c.otherLook, c.goodType, c.otherPaper, c.leaves, c.marks, c.fewer,
		c.otherEdition, c.leastType,
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
	return c.compose(tries[len(tries)-1], sheet).spare() >= 0
}

// holdsAnew is the same for what has to be read anew.
func (c *pageCopy) holdsAnew(sheet Sheet) bool {
	o, err := c.setter.read(c.handout, sheet)
	return err == nil && o.holds(sheet)
}

func (c *pageCopy) lessStrict(sheet Sheet) (Advice, bool) {
	was := sheet.Strict
	sheet.Strict = false
	return Advice{Kind: NotStrict}, was && c.holds(sheet)
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

// with is the copy with another section in the place of one.
func (c *pageCopy) with(i int, own *section) *pageCopy {
	other := *c
	other.sections = slices.Clone(c.sections)
	other.sections[i] = own
	return &other
}

// fewer is how many of the stretches, the first ones, would fit.
func (c *pageCopy) fewer(sheet Sheet) (Advice, bool) {
	for i, s := range c.sections {
		for n := len(s.cards) - 1; n > 0; n-- {
			own := *s
			own.cards = s.cards[:n]
			if c.with(i, &own).holds(sheet) {
				return Advice{Kind: FewerStretches, N: n}, true
			}
		}
	}
	return Advice{}, false
}

func (c *pageCopy) otherLook(sheet Sheet) (Advice, bool) {
	was := sheet.Look
	for _, l := range Looks() {
		sheet.Look = l.ID
		if l.ID != was && c.holdsAnew(sheet) {
			return Advice{Kind: OtherLook, To: l.ID}, true
		}
	}
	return Advice{}, false
}

func (c *pageCopy) otherPaper(sheet Sheet) (Advice, bool) {
	was := sheet.Paper
	sheet.Paper = A4
	return Advice{Kind: OtherPaper, To: A4.Name}, was.H < A4.H && c.holds(sheet)
}

func (c *pageCopy) otherEdition(sheet Sheet) (Advice, bool) {
	sheet.Edition = Standard
	return Advice{Kind: OtherEdition, To: Standard}, c.design.large && c.holdsAnew(sheet)
}

func (c *pageCopy) goodType(sheet Sheet) (Advice, bool)  { return c.smaller(sheet, goodType) }
func (c *pageCopy) leastType(sheet Sheet) (Advice, bool) { return c.smaller(sheet, lowestFloor) }

// smaller is the largest type, by half points, that would do.
func (c *pageCopy) smaller(sheet Sheet, least Length) (Advice, bool) {
	for size := c.floor(sheet) - Point/2; size >= max(least, c.design.least); size -= Point / 2 {
		sheet.MinType = size
		if c.holds(sheet) {
			return Advice{Kind: SmallerType, Type: size}, true
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
			own := *s
			own.mark = mark
			if c.with(i, &own).holds(sheet) {
				return Advice{Kind: MarkSections, Of: []Named{c.named(s)}, Mark: mark}, true
			}
			if mark == content.Optional {
				all = all.with(i, &own)
			}
		}
		a.Of = slices.Insert(a.Of, 0, c.named(s))
	}
	return a, len(a.Of) > 0 && all.holds(sheet)
}
