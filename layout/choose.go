package layout

import (
	"slices"
	"sort"
)

// The search for the way to set a page, and for its design where nobody asked for one.

// choose searches the design that was asked for. Where none was that is article, while it
// holds the stretches with whole steps, and every section in its shorter wording at least, or
// where it has none and may be cut, in its lead-ins.
func (c *pageCopy) choose(sheet Sheet) (*draft, try, Why) {
	why := HoldsAll
	c.shape(sheet)
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

// search finds the best way to set a page by setting it; of a page that does not fit, the
// way that has the most room.
func (c *pageCopy) search(sheet Sheet) (*draft, try) {
	tries := c.ways(sheet)
	drafts := make([]*draft, len(tries))
	// Each leaves at least as much room as the one before.
	n := sort.Search(len(tries), func(i int) bool {
		drafts[i] = c.compose(tries[i], sheet)
		return drafts[i].spare() >= 0
	})
	if n == len(tries) {
		return drafts[n-1], tries[n-1]
	}
	b := best{drafts[n], tries[n], sheet}
	b.larger(c.enough)
	before := tries[max(n-1, 0)]
	// A concession that turns out not to be needed is taken back, the last one first.
	for i := len(b.ceded) - 1; i >= 0; i-- {
		tried := i == len(before.ceded) && before.picture == b.picture && before.runOn == b.runOn
		if tried || surpassed(b.ceded, i) || b.ceded[i].kind == StepsFewer && b.picture < c.enough && !c.design.large {
			continue // pictures have the room first
		}
		b.takes(func(t *try) { t.ceded = slices.Delete(slices.Clone(t.ceded), i, i+1) })
	}
	b.spend()
	return b.draft, b.try
}
