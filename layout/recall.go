package layout

import (
	"encoding/binary"
	"slices"
)

// What a search found is remembered. The same handout with the same stretches differs
// from page to page in a name, a note, a next visit and a code, and all that the search
// asks of those is into how many lines they break: each keeps its answers. Where other
// words answer all of it alike, the search would go the very same way, so that what it
// found holds without it. Only numbers are kept of anyone's words.

const maxAlike = 8 // searches of the same handout with the same stretches

func (f *frameCopy) own(coded bool) own {
	o := own{f.name, f.nextWhen, f.next, f.note}
	if coded {
		o[4] = f.mark
	}
	return o
}

// fit finds the best way to set a page, and sets it so; what room is left is spread.
func (c *pageCopy) fit(sheet Sheet) (*draft, try, Why) {
	s := c.setter
	key, ok := c.appendKept(s.key[:0], sheet)
	s.key = key
	if !ok {
		return c.spreadOut(sheet)
	}
	words := c.frame.own(c.handout.Visit.Code != "")
	before, _ := s.found.get(string(key))
	for _, f := range before {
		if !f.holds(words) {
			continue
		}
		t, as := f.way, c.because(f.why, sheet)
		as.wants, t.ceded = f.wants, nil
		for i, y := range f.way.ceded { // pages have their own sections where they have their own stretches
			y.section = c.sections[f.of[i]]
			t.ceded = append(t.ceded, y)
		}
		if bands, ok := s.pages.get(f); ok {
			if d := as.again(bands, t, sheet); d.spare() == f.spare {
				return d, t, f.why
			}
		}
		// It fits, or the search asked something that was not noted down. A page is one
		// page whatever was forgotten here.
		if d := as.compose(t, sheet); d.spare() >= 0 {
			d.spread()
			f.keep(d)
			return d, t, f.why
		}
	}
	for _, t := range words {
		if t != nil {
			t.asked = nil
		}
	}
	d, t, why := c.spreadOut(sheet)
	if d.spare() < 0 {
		return d, t, why
	}
	f := &found{}
	f.keep(d)
	for i, t := range words {
		if t != nil {
			f.asked[i] = t.asked
		}
	}
	f.wants, f.why, f.way, f.way.ceded = d.copy.wants, why, t, slices.Clone(t.ceded)
	for i, y := range t.ceded {
		f.of = append(f.of, slices.Index(c.sections, y.section))
		f.way.ceded[i].section = nil
	}
	s.searches++
	s.found.put(string(key), append(before[max(0, len(before)-maxAlike+1):], f))
	return d, t, why
}

// spreadOut is what is chosen, with the room that is left spread if it fits.
func (c *pageCopy) spreadOut(sheet Sheet) (*draft, try, Why) {
	d, t, why := c.choose(sheet)
	if d.spare() >= 0 {
		d.spread()
	}
	return d, t, why
}

// keep keeps a page as it was set, but for what is its patient's.
func (f *found) keep(d *draft) {
	bands := slices.Clone(d.bands)
	for i := range bands {
		b := &bands[i]
		b.box = &proofBox{box: b.box}
		if d.whose(b.of[0].Kind) != nil {
			b.box = nil
		}
	}
	f.spare = d.spare()
	d.copy.setter.pages.put(f, bands)
}

// proofBox is a box of pages that are alike. Where it stands on one as it did on another before it is the same there:
// its tags and its items are, too.
type proofBox struct {
	box
	at        XY
	tag, from int // the tag that it stands in, and the first of its own
	tags      []Tag
	art, body []Item
}

func (s *proofBox) print(p *press, at XY, tag int) {
	from, art, body := len(p.tags), len(p.art), len(p.body)
	if s.at == at && s.tag == tag && s.from == from {
		p.tags, p.art, p.body = append(p.tags, s.tags...), append(p.art, s.art...), append(p.body, s.body...)
		return
	}
	s.box.print(p, at, tag)
	s.at, s.tag, s.from, s.tags = at, tag, from, slices.Clone(p.tags[from:])
	s.art, s.body = kept(p.art[art:]), kept(p.body[body:])
}

// kept is items apart from the others of their page, which are its patient's.
func kept(items []Item) []Item {
	items = slices.Clone(items)
	for i, it := range items {
		if g, ok := it.(*Glyphs); ok {
			own := *g
			items[i] = &own
		}
	}
	return items
}

// again is a page as one before was set, with its own patient's words.
func (c *pageCopy) again(bands []band, t try, sheet Sheet) *draft {
	d := c.blank(t, sheet)
	d.bands = slices.Clone(bands)
	for i := range d.bands {
		if b := &d.bands[i]; b.box == nil {
			b.box = d.whose(b.of[0].Kind)
		}
	}
	return d
}

// holds tells whether a search would be told of a page's own words what it was told then.
func (f *found) holds(words own) bool {
	for i, t := range words {
		if t != nil && !t.answers(f.asked[i]) {
			return false
		}
	}
	return true
}

// appendKept writes all that decides how a page is set, but for its own words. It is
// not ok where something else on it is not kept.
func (c *pageCopy) appendKept(key []byte, sheet Sheet) (_ []byte, ok bool) {
	ok = c.frame.id != 0
	key = binary.AppendUvarint(key, uint64(c.frame.id))
	for _, s := range c.sections {
		ok = ok && s.id != 0
		key = binary.AppendUvarint(binary.AppendUvarint(key, uint64(s.id)), uint64(len(s.cards)))
		for _, k := range s.cards {
			ok = ok && k.id != 0
			key = binary.AppendUvarint(key, uint64(k.id))
		}
	}
	key = appendString(appendString(append(key, 0), sheet.Look), sheet.Edition)
	for _, l := range [...]Length{sheet.Paper.W, sheet.Paper.H, c.floor(sheet)} {
		key = binary.AppendVarint(key, int64(l))
	}
	for _, is := range [...]bool{sheet.Punch, sheet.Strict, c.handout.Shipped, c.frame.name != nil, c.frame.next != nil,
		c.frame.nextWhen != nil,
		c.frame.note != nil, c.handout.Visit.Code != ""} {
		if is {
			key = append(key, 1)
		} else {
			key = append(key, 0)
		}
	}
	return key, ok
}
