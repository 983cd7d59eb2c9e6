package layout

import (
	"slices"

	"handout/content"
)

// How a design with rows spends its room (design.md, "Room is spent in an order"): the ways
// to set a page, best first, and what is done with the room that is left.

// pictureShares are the sizes of pictures that are tried, in hundredths of what is wanted.
var pictureShares = [...]Length{100, 90, 80, 70, 60, 50}

// mostType is the largest type of a page that is not in large print.
const mostType = 16 * Point

// ways is the whole sequence of ways to set the page, each with at least as much room as
// the one before.
func (c *pageCopy) ways(sheet Sheet) (out []try) {
	t := try{picture: pictureShares[0]}
	if sheet.Strict {
		t.tips = allTips
	}
	add := func() { out = append(out, c.sized(t)) }
	ladder := c.design.ladder(c.floor(sheet))
	above := 0 // rungs of the base size or more come first
	for above < len(ladder) && ladder[above].Body >= c.design.base {
		above++
	}
	if c.stretches() == 0 && !c.design.large && ladder[0].Body == c.design.top {
		for body := mostType; body > c.design.top; body -= Point { // a page with little on it
			t.look = c.design.rung(body, 2)
			add()
		}
	}
	for _, t.look = range ladder[:above] {
		add()
	}
	if t.uncoded = (c.frame.code != nil || c.design.large) && !sheet.Strict; t.uncoded {
		add()
	}
	shrink := func() {
		for _, t.picture = range pictureShares[1:] {
			add()
		}
	}
	// What is to be read keeps its words, what is to be done its pictures.
	if !c.design.lax {
		shrink()
	}
	var steps []yield
	if !sheet.Strict {
		var cuts, goes []yield
		cuts, goes, steps = c.gives()
		for n := range cuts {
			t.ceded = cuts[:n+1]
			add()
		}
		if t.look.RunOn = true; len(cuts) > 0 {
			add()
		}
		for n := range goes {
			t.ceded = slices.Concat(cuts, goes[:n+1])
			add()
		}
	}
	if c.design.lax {
		shrink()
	}
	t.tight = true
	add()
	if t.ceded = slices.Concat(t.ceded, steps); len(steps) > 0 {
		add()
	}
	for _, l := range ladder[above:] {
		l.RunOn = t.look.RunOn
		t.look = l
		add()
	}
	return out
}

// sized is a try with its pictures in the size it says.
func (c *pageCopy) sized(t try) try {
	n := c.stretches()
	if c.design.bare { // side by side, each row as high as that of two, or of four
		n = max(2, min(n/3*4+2, 4))
	}
	t.look = t.look.pictured(n, t.picture)
	if t.tight {
		t.look.Gap, t.look.Title, t.look.Margin, t.look.Gutter = 4*Point, 170, 33*Point, MM(6)
	}
	return t
}

// stretches is how many there are.
func (c *pageCopy) stretches() (n int) {
	for _, s := range c.sections {
		n += len(s.cards)
	}
	return n
}

// gives is what may be conceded: sections cut to their lead-ins, sections left out, and
// the stretches' steps cut to theirs, in the order in which they give way. Of a
// section with what no page may be without, that stays.
func (c *pageCopy) gives() (cuts, goes, steps []yield) {
	var last []yield
	for i := len(c.sections) - 1; i >= 0; i-- {
		s := c.sections[i]
		own := !s.slot && i > 0 && c.design.lax
		if c.design.lax && s.ends {
			last = append(last, yield{section: s, closing: true})
		}
		if c.design.lax && i == 0 && len(s.full.nodes) > 0 && !s.stays {
			last = append(last, yield{section: s, drop: true})
		}
		if s.cuts && (own || s.mark&content.Brief != 0) {
			cuts = append(cuts, yield{section: s})
		}
		if own || s.mark&content.Optional != 0 {
			goes = append(goes, yield{section: s, drop: !own || !s.stays, core: own && s.stays})
		}
		if !c.design.bare && slices.ContainsFunc(s.cards, func(k *card) bool { return k.cuts }) {
			steps = append(steps, yield{section: s, steps: true})
		}
	}
	goes = append(goes, last...)
	slices.SortStableFunc(goes, func(a, b yield) int {
		return int(b.section.mark&content.Optional) - int(a.section.mark&content.Optional)
	})
	return cuts, goes, steps
}

// spend gives the room that is left to pictures, to the code to book, to tips and to air,
// in this order.
func (c *pageCopy) spend(d *draft, t try, sheet Sheet) (*draft, try) {
	set := func(more try) bool {
		more = c.sized(more)
		e := c.compose(more, sheet)
		if e.spare() < 0 {
			return false
		}
		d, t = e, more
		return true
	}
	if more := t; t.tight {
		more.tight, more.look = false, c.design.rung(t.look.Body, 0)
		more.look.RunOn = t.look.RunOn
		set(more)
	}
	for _, share := range pictureShares {
		more := t
		if more.picture = share; share <= t.picture || set(more) {
			break
		}
	}
	if more := t; t.uncoded {
		more.uncoded = false
		set(more)
	}
	for tips := allTips; tips > t.tips; tips-- {
		more := t
		if more.tips = tips; set(more) {
			break
		}
	}
	for loose := c.design.airy; loose > 0 && !t.tight; loose-- {
		more := t
		more.look = c.design.rung(t.look.Body, loose)
		more.look.RunOn = t.look.RunOn
		if more.look.Lead <= t.look.Lead || set(more) {
			break
		}
	}
	return d, t
}
