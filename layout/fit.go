package layout

import (
	"errors"
	"slices"

	"handout/content"
)

// The fit: exactly one page, always.
//
// A handout is tried in the ways of its design (room.go), the roomiest last; the first that
// fits wins, and what is left over goes to pictures, tips and air. Nothing is cut that its
// author has not marked, but for what rows are made of, and each cut is reported. A handout
// of one's own may go below 12 points, which is said; and if nothing fits there is no page,
// but an OverflowError.
//
// Along that sequence the type never grows, so that adding a stretch never
// enlarges it.

// Fitting is how a page came to fit.
type Fitting struct {
	Look        string
	Why         Why
	Body        Length // type size of running text
	Concessions []Concession
	Sections    []Standing // but that of the stretches
}

// SmallType tells whether the text is below the 12 points that clear print asks for,
// which is to be said aloud.
func (f *Fitting) SmallType() bool { return f.Body < clearPrint }

// Concession is something of the author's that was cut or left out, as the
// author's mark allows, or of the clinic's, which has no place in a text.
type Concession struct {
	content.Position
	Kind ConcessionKind
	Of   Named
	Tips []Tip // that are left out, each kind once
}

// Fit sets a handout, which must have come from Personalise, on one page.
// Its errors are *OverflowError, one or more *GlyphError, or *content.Error.
func (s *Setter) Fit(h *content.Page, sheet Sheet) (*Page, *Fitting, error) {
	defer func() { clear(s.own.recent) }()
	c, err := s.read(h, sheet)
	if err != nil {
		return nil, nil, err
	}
	d, t, why := c.fit(sheet)
	if sheet.Look == "" {
		sheet.Look = why.look()
	}
	if d.spare() < 0 {
		return nil, nil, d.copy.overflow(d, sheet)
	}
	f := d.copy.fitting(t)
	f.Look, f.Why = sheet.Look, why
	return d.print(h, sheet), f, nil
}

func (s *Setter) read(h *content.Page, sheet Sheet) (*pageCopy, error) {
	d := designOf(sheet)
	c := &pageCopy{setter: s, handout: h, design: d, theme: s.theme(sheet.Brand, d.mono),
		rtl: content.ReadsFromRight(h.Lang)}
	r := &reader{setter: s, words: h.Words, lang: h.Lang, rtl: c.rtl, page: h, large: d.large}
	if c.weekday = -1; !h.Visit.Date.IsZero() {
		c.weekday = (int(h.Visit.Date.Weekday()) + 1) % 7
	}
	if !d.bare {
		c.days = beforeEnd
	}
	for _, b := range h.Blocks {
		switch b := b.(type) {
		case *content.Stretches:
			r.chosen = b.Chosen
		case *content.Diary:
			c.days = noDays
		}
	}
	if d.lax && len(r.chosen) == 0 {
		return nil, content.Errorf("look-without-stretches", "choose article, or add stretches",
			"the look %s is for stretches, and this page has none", sheet.Look)
	}
	c.frame = r.frame(h, sheet.Brand)
	c.sections = r.sections(h.In(d.large))
	c.prose = isProse(c.sections[1:])
	clear(s.key[:cap(s.key)]) // a name may have been looked for
	return c, errors.Join(r.errs...)
}

// fitting reports how the page came to fit.
func (c *pageCopy) fitting(t try) *Fitting {
	f := &Fitting{Body: t.body, Sections: c.standings(t)}
	for i, y := range t.ceded {
		if surpassed(t.ceded, i) && y.kind != PictureOut { // a picture is no words
			continue
		}
		k := Concession{Position: y.section.at, Kind: y.kind, Of: c.named(y.section)}
		if y.of != NoPart {
			k.Of = part(y.of)
		}
		if y.of == InClosing {
			k.Position = y.section.end
		}
		f.Concessions = append(f.Concessions, k)
	}
	slot := c.slot()
	if tips := slot.tipsLeftOut(t.tips); len(tips) > 0 {
		f.Concessions = append(f.Concessions, Concession{slot.at, TipsOut, c.named(slot), tips})
	}
	if t.uncoded && c.frame.book != nil {
		f.Concessions = append(f.Concessions, Concession{Kind: BookingOut, Of: part(InBooking)})
	}
	return f
}

// tipsLeftOut are the kinds of tips of which some are not printed on the cards of a
// section.
func (s *section) tipsLeftOut(printed int) (kinds []Tip) {
	for _, k := range s.cards {
		for _, t := range k.tips {
			if !t.keep && t.about.rank() >= printed && !slices.Contains(kinds, t.about) {
				kinds = append(kinds, t.about)
			}
		}
	}
	slices.Sort(kinds) // whatever the order of the stretches
	return kinds
}

// standings is how each section stands.
func (c *pageCopy) standings(t try) (all []Standing) {
	for _, s := range c.sections[1:] {
		if s.slot {
			continue
		}
		as := InFull
		for _, y := range t.ceded {
			if y.section == s && y.of == NoPart && y.kind.of() == NoPart {
				as = y.kind.stand()
			}
		}
		all = append(all, Standing{s.at, c.named(s), as})
	}
	return all
}
