package layout

import (
	"errors"
	"slices"
	"sort"

	"handout/content"
	"handout/fonts"
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

// Sheet is what a handout is set on, and how.
type Sheet struct {
	Brand   *content.Brand
	Paper   Paper
	Look    string // the ID of one of Looks; empty: the fit chooses
	Edition string // Standard, Large or BW; empty for Standard
	Punch   bool   // keep room for binder holes
	MinType Length // the smallest running text allowed; 0 for the look's own floor
	Strict  bool   // refuse rather than concede
}

// The floors of running text. 12 points is the least that clear print allows
// (RNIB), and what we ship stands at it unless less was asked for; a page with something
// of somebody else's on it may go to 11, which is said; nobody goes below 9.
const (
	clearPrint  = 12 * Point
	usualFloor  = 11 * Point
	lowestFloor = 9 * Point
	// LargePrint is the least of the large edition.
	LargePrint = 18 * Point
)

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
// author's mark allows.
type Concession struct {
	content.Position
	Kind ConcessionKind
	Of   Named
	Tips []Tip // that are left out, each kind once
}

// ConcessionKind is what was let go.
type ConcessionKind uint8

const (
	SectionOut   ConcessionKind = iota // a section is left out
	SectionLeads                       // a section is cut to its lead-ins
	StepsShort                         // the stretches' steps are cut to their lead-ins
	SectionCore                        // a section is cut to what no page may be without
	TipsOut                            // some tips on the stretches are left out
	PictureOut                         // the handout's own picture is left out
	FewerWords                         // a part is in its author's fewer words; signs may be sentences, not a list
)

// Tip is a kind of line on the card of a stretch that may be left out.
type Tip uint8

const (
	EasierTip Tip = iota
	HarderTip
	MistakeTip
	FilmTip
	NeedTip // what is needed
	FeelTip // where it is felt
)

// Setter sets handouts on pages. It remembers shaped and broken paragraphs from
// page to page, and how searches ended, but nothing that belongs to one patient; and
// no more than maxKnown and maxFound of them. It belongs to one goroutine.
type Setter struct {
	shaper   *fonts.Shaper
	known    map[string]*text
	frames   map[frameKey]*frameCopy
	parts    map[partKey]*section
	cards    map[cardKey]*card
	slabs    int // what sections and cards were set as
	themes   map[paint]*theme
	rungs    map[setup]*compositor
	found    map[string][]*found // how searches ended, by what they set
	searches int                 // in found
	press    press
	ids      int    // given to what is kept
	key      []byte // of what is being looked up
}

// NewSetter is a setter that draws its text from a chain of faces.
func NewSetter(s *fonts.Stack) *Setter {
	return &Setter{shaper: s.Shaper(), known: map[string]*text{}, parts: map[partKey]*section{},
		cards:  map[cardKey]*card{},
		frames: map[frameKey]*frameCopy{}, themes: map[paint]*theme{}, rungs: map[setup]*compositor{},
		found: map[string][]*found{}}
}

// Fit sets a handout, which must have come from Personalise, on one page.
// Its errors are *OverflowError, one or more *GlyphError, or *content.Error.
func (s *Setter) Fit(h *content.Page, sheet Sheet) (*Page, *Fitting, error) {
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
	d.spread()
	f := d.copy.fitting(t)
	f.Look, f.Why = sheet.Look, why
	return d.print(h, sheet), f, nil
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
	d, t := drafts[n], tries[n]
	// A concession that turns out not to be needed is taken back, the last one first.
	for i := len(t.ceded) - 1; i >= 0; i-- {
		if surpassed(t.ceded, i) {
			continue
		}
		less := t
		less.ceded = slices.Delete(slices.Clone(t.ceded), i, i+1)
		if e := c.compose(less, sheet); e.spare() >= 0 {
			d, t = e, less
		}
	}
	return c.spend(d, t, sheet)
}

// pageCopy is all that goes on a page, shaped.
type pageCopy struct {
	setter   *Setter
	handout  *content.Page
	design   design
	theme    *theme
	frame    *frameCopy
	sections []*section
	whole    bool // nothing of what belongs to an article may be missing
	rtl      bool
	days     daysAt    // where the stretches' boxes to tick stand
	weekday  int       // of the first of them, Sunday 0; -1 for none
	notes    *notebook // of what is asked of the patient's words; nil for none
}

func (s *Setter) read(h *content.Page, sheet Sheet) (*pageCopy, error) {
	if s.slabs > maxSlabs || len(s.rungs) > maxRungs {
		clear(s.parts)
		clear(s.cards)
		clear(s.rungs)
		s.slabs = 0
	}
	d := designOf(sheet)
	c := &pageCopy{setter: s, handout: h, design: d, theme: s.theme(sheet.Brand, d.mono),
		rtl: content.ReadsFromRight(h.Lang)}
	r := &reader{setter: s, words: h.Words, lang: h.Lang, rtl: c.rtl, visit: h.Visit, large: d.large}
	if c.weekday = -1; !h.Visit.Date.IsZero() {
		c.weekday = (int(h.Visit.Date.Weekday()) + 1) % 7
	}
	if !d.large && !d.bare {
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
		return nil, content.Errorf("look-without-stretches", "take article, or choose stretches",
			"the look %s is of stretches, and this page has none", sheet.Look)
	}
	c.frame = r.frame(h, sheet.Brand)
	c.sections = r.sections(h.In(d.large))
	clear(s.key[:cap(s.key)]) // a name may have been looked for
	return c, errors.Join(r.errs...)
}

// try is one way to set a page: a rung of the ladder, and what is conceded.
type try struct {
	look    rung
	ceded   []yield
	tips    int    // how many kinds of tips stand on the cards
	picture Length // the size of pictures, in hundredths of what is wanted
	uncoded bool   // the code to book is left out
	tight   int    // 1: a tight page, and rows without boxes to tick; 2: and doses on the lines of the names
}

// allTips is the number of kinds of tips.
const allTips = 5

// yield is one concession that could be made.
type yield struct {
	section *section
	kind    ConcessionKind
	of      PartKind // what of it; NoPart for the section itself
}

func (c *pageCopy) floor(sheet Sheet) Length {
	asked := sheet.MinType
	if asked == 0 {
		asked = Pt(sheet.Brand.MinType)
	}
	switch {
	case asked > 0:
		return max(asked, c.design.least)
	case c.handout.Shipped: // all of it is written to stand in clear print
		return max(clearPrint, c.design.floor)
	}
	return c.design.floor
}

// fitting reports how the page came to fit.
func (c *pageCopy) fitting(t try) *Fitting {
	f := &Fitting{Body: t.look.Body, Sections: c.standings(t)}
	for i, y := range t.ceded {
		if surpassed(t.ceded, i) {
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
	for _, s := range c.sections {
		if tips := s.tipsLeftOut(t.tips); len(tips) > 0 {
			f.Concessions = append(f.Concessions, Concession{s.at, TipsOut, c.named(s), tips})
		}
	}
	return f
}

// named is the part of the page that a section is.
func (c *pageCopy) named(s *section) Named {
	return picked{s, nil, slices.Index(c.sections, s)}.named()
}

// tipsLeftOut are the kinds of tips of which some are not printed on the cards of a
// section.
func (s *section) tipsLeftOut(printed int) (kinds []Tip) {
	for _, k := range s.cards {
		for _, t := range k.tips {
			if kind := t.about(); !t.keep && t.rank() >= printed && !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
	}
	slices.Sort(kinds) // whatever the order of the stretches
	return kinds
}

// rank is how long a tip stays: 0 is the last that goes. A film shows all the others.
func (t tip) rank() int {
	if t.film != nil {
		return 0
	}
	return int(t.kind) + 1
}

// about is what a tip is about.
func (t tip) about() Tip {
	switch {
	case t.first:
		return NeedTip
	case t.film != nil:
		return FilmTip
	}
	return [...]Tip{content.Feel: FeelTip, content.Mistake: MistakeTip, content.Easier: EasierTip,
		content.Harder: HarderTip}[t.kind]
}
