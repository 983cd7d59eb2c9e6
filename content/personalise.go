package content

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// Personalise makes h one person's page: the chosen stretches, or h's own, in
// their place and every placeholder filled in, also in the stretches. It changes
// nothing in h, which many goroutines may share. A nil brand is Neutral. Who makes many
// pages of one handout dresses it once instead.
//
// Stretches chosen for a handout without a place for them come at its end. If
// none are left, their place goes, with its heading, what is said above it and the stop rule;
// a diary too, and a heading with nothing else below it. In a handout without a place for
// stretches a diary is one of days.
//
// Placeholders are {emergency}, {clinic}, {phone}, {therapist} and {patient};
// where the brand and the visit do not say, the Words have a phrase. Without a
// patient's name {patient} goes, with the space before it; at the beginning of a
// text the comma after it goes too, and a capital follows.
//
// Errors are of type Errors and hold no word of the visit.
func (l *Library) Personalise(h *Handout, b *Brand, v Visit) (*Page, error) {
	d, err := l.Dress(h, b, v.Date)
	if err != nil {
		return nil, err
	}
	return d.For(l, v)
}

// Dressed is a handout in a clinic's brand, as it is on one day: all that its pages have
// in common. What is in it keeps its address from page to page. It may be used by many
// goroutines.
type Dressed struct {
	handout  *Handout
	brand    *Brand
	day      time.Time
	words    *Words
	names    []string       // the brand's, which mean no side of the body
	blocks   []dressed      // but for reminders that have no day to begin
	kept     map[Block]bool // of blocks and notes, what pages share
	notes    []dressed      // *Paragraph
	left     Errors         // what was left out
	filler   *filler        // for what has no place for the visit's
	mu       sync.Mutex
	exercise map[worn]*Exercise
}

// dressed is a block with the brand's words in it.
type dressed struct {
	Block
	own                Block // as the author wrote it
	patient, therapist bool  // there is a place for the visit's
}

// worn is a stretch for a side of the body, in its own dose or in another.
type worn struct {
	stretch *Stretch
	usual   bool
	side    Side
}

// Dress puts a handout into a brand, nil for Neutral, for the visits of a day; the zero
// day is none. Errors are those of Personalise.
func (l *Library) Dress(h *Handout, b *Brand, day time.Time) (*Dressed, error) {
	if b == nil {
		b = Neutral()
	}
	words, err := l.Words(h.Lang)
	if err != nil {
		var errs Errors
		errs.join(placed(err, h.Position))
		return nil, errs.err()
	}
	d := &Dressed{handout: h, brand: b, day: day, words: words, names: b.names(),
		filler: newFiller(b, Visit{}, words), exercise: map[worn]*Exercise{}, kept: map[Block]bool{}}
	var now dressed
	weave := func(at Position, t Text, short bool) Text {
		for i := range t {
			now.patient = now.patient || t[i].Slot == PatientSlot
			now.therapist = now.therapist || t[i].Slot == TherapistSlot
		}
		return d.filler.at(at, t, short)
	}
	dress := func(b Block) dressed {
		now = dressed{own: b}
		now.Block = b.with(weave)
		d.kept[now.Block] = true
		return now
	}
	blocks := onDay(h.Blocks, day, words, &d.left)
	d.blocks, d.notes = make([]dressed, 0, len(blocks)), make([]dressed, 0, len(h.Notes))
	for _, block := range blocks {
		if s, ok := block.(*Signs); ok {
			if words.Signs[Now] == nil {
				return nil, Errors{{Position: s.Position,
					Message: "there are no words for signs in the language " + clip(h.Lang),
					Hint:    "put signs: {now: ..., today: ..., soon: ...} into words/" + words.Lang + ".yaml"}}
			}
			block = s.flags(words)
		}
		if g, ok := block.(*Figure); ok && g.Pose != nil {
			if block, err = g.drawn(l.Draw); err != nil {
				var errs Errors
				errs.join(err)
				return nil, errs.err()
			}
		}
		d.blocks = append(d.blocks, dress(block))
	}
	for _, n := range h.Notes {
		d.notes = append(d.notes, dress(n))
	}
	return d, nil
}

// For makes a visit's page with stretches of l, as Personalise does. The visit is on the
// day that the handout was dressed for, and l the library that it was dressed from, which
// may have been reopened meanwhile: its words for the handout's language are the same.
func (d *Dressed) For(l *Library, v Visit) (*Page, error) {
	var errs, warnings Errors
	v.Date = d.day
	v.clean(&errs)
	chosen := l.choose(d.handout, v, &errs, &warnings)
	if err := errs.err(); err != nil {
		return nil, err
	}
	f := newFiller(d.brand, v, d.words)
	cards := make([]Card, len(chosen))
	for i, c := range chosen {
		e, kept, err := d.card(l, c, v, f)
		errs.join(err)
		if c.Video != "" && err == nil {
			filmed := *e
			e, kept, filmed.Video = &filmed, false, c.Video
		}
		cards[i] = Card{c.Position, c.ID, e, c.Dose, c.Given, c.Note, kept}
	}
	if err := errs.err(); err != nil {
		return nil, err
	}
	h := d.handout
	p := &Page{Position: h.Position, ID: h.ID, Title: h.Title, Subtitle: h.Subtitle, Lang: h.Lang, Version: h.Version,
		Signed: h.Signed, Shipped: h.Shipped && asWritten(h, v, cards),
		Visit: v, Words: d.words, kept: d.kept, Warnings: slices.Concat(h.Warnings, warnings, d.left)}
	blocks := make([]Block, len(d.blocks))
	for i, b := range d.blocks {
		blocks[i] = d.made(b, v, f)
	}
	p.Blocks = withStretches(blocks, cards)
	for _, n := range d.notes {
		p.Notes = append(p.Notes, d.made(n, v, f).(*Paragraph))
	}
	return p, nil
}

// fewStretches are as many as anybody does: a page of ours has room for them.
const fewStretches = 4

// asWritten tells a page to which nobody has added more than a few stretches.
func asWritten(h *Handout, v Visit, cards []Card) bool {
	return v.Note == "" && (!v.Chosen || len(cards) <= max(fewStretches, len(h.Default))) &&
		!slices.ContainsFunc(cards, func(c Card) bool { return c.Note != "" })
}

// made is a block for a visit: the one that all pages have, unless it has a place for
// what is this visit's alone.
func (d *Dressed) made(b dressed, v Visit, f *filler) Block {
	if b.patient || b.therapist && d.stranger(v) {
		return b.own.with(f.at)
	}
	return b.Block
}

// stranger tells whether the visit's therapist is not the brand's.
func (d *Dressed) stranger(v Visit) bool {
	return v.Therapist != "" && v.Therapist != d.brand.Therapist
}

// card is what a card shows of a chosen stretch: what all cards show, which is kept, unless
// something in it is this visit's alone.
func (d *Dressed) card(l *Library, c Chosen, v Visit, f *filler) (_ *Exercise, kept bool, _ error) {
	names := slices.Clip(d.names)
	if c.Stretch.wants(PatientSlot) || d.stranger(v) && c.Stretch.wants(TherapistSlot) ||
		c.Dose.Side == LeftSide && c.Stretch.mentions(v) {
		names = append(names, fullNames(v.Therapist, v.Patient)...)
		e, err := l.exercise(c, d.words, f, names)
		return e, false, err
	}
	key := worn{c.Stretch, c.usual(), c.Dose.Side}
	d.mu.Lock()
	e := d.exercise[key]
	d.mu.Unlock()
	if e != nil {
		return e, true, nil
	}
	e, err := l.exercise(c, d.words, d.filler, names)
	if err != nil {
		return nil, false, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if first := d.exercise[key]; first != nil {
		return first, true, nil // made meanwhile, and on other pages already
	}
	if len(d.exercise) == maxWorn {
		clear(d.exercise)
	}
	d.exercise[key] = e
	return e, true, nil
}

// maxWorn bounds the exercises that a dressed handout keeps: stretches are mended while
// it is in use.
const maxWorn = 1024

// exercise is a stretch for the side it is chosen for. What is filled in is nobody's left
// or right.
func (l *Library) exercise(c Chosen, w *Words, f *filler, names []string) (*Exercise, error) {
	s, page := c.Stretch, w
	if !SameLanguage(s.Lang, w.Lang) {
		own, err := l.Words(s.Lang)
		if err != nil {
			var errs Errors
			errs.join(placed(err, s.Position))
			return nil, errs.err()
		}
		w = own
	}
	if s.Remarks[More].Text != nil && w.Remarks[More] == "" {
		return nil, Errors{{Position: s.Position,
			Message: "there are no words for when to do more in the language " + clip(s.Lang),
			Hint:    "put more: and the words into words/" + w.Lang + ".yaml"}}
	}
	e := w.onSide(s, c.Dose.Side, names)
	if !c.usual() {
		e.Remarks[More] = Remark{} // it goes on from the usual dose
	}
	if w != page {
		e.Words = w
	}
	for i := range e.Steps {
		e.Steps[i] = f.text(e.Steps[i])
	}
	for i := range e.Remarks {
		e.Remarks[i].Text = f.text(e.Remarks[i].Text)
	}
	for i := range e.Shorter {
		e.Shorter[i] = f.text(e.Shorter[i])
	}
	e.Stop, e.Ask = f.text(e.Stop), f.text(e.Ask)
	var err error
	e.Frames, err = s.Drawn(l.Draw)
	return e, err
}

// names are the brand's, which mean no side of the body whatever they are made of.
func (b *Brand) names() []string {
	return fullNames(append([]string{b.Name, b.Tagline, b.Therapist}, b.Address...)...)
}

// fullNames leaves out names of one word, which may be any word.
func fullNames(names ...string) []string {
	return slices.DeleteFunc(names, func(s string) bool { return !strings.Contains(s, " ") })
}

// wants tells whether there is a slot of that kind in the stretch.
func (s *Stretch) wants(slot Slot) bool {
	for t := range s.wordings() {
		if slices.ContainsFunc(t, func(x Span) bool { return x.Slot == slot }) {
			return true
		}
	}
	return false
}

// mentions tells whether the author wrote out a name of the visit's.
func (s *Stretch) mentions(v Visit) bool {
	words := []string{s.Name, s.Needs, s.Alt}
	for t := range s.wordings() {
		words = append(words, t.String())
	}
	return slices.ContainsFunc(fullNames(v.Therapist, v.Patient), func(name string) bool {
		return slices.ContainsFunc(words, func(s string) bool { return strings.Contains(s, name) })
	})
}

// withStretches puts the chosen stretches in their place.
func withStretches(blocks []Block, cards []Card) []Block {
	if len(cards) == 0 {
		return withoutStretches(blocks)
	}
	list := slices.Clone(blocks)
	if i := slices.IndexFunc(list, isPlace); i >= 0 {
		list[i] = &Stretches{list[i].Pos(), cards}
		return list
	}
	return append(list, &Stretches{Chosen: cards})
}

// withoutStretches leaves their place, empty, where their section began, so that what follows
// it is still known to. What is said of them goes: their heading, how to do them, the stop
// rule, a diary. What no page may be without stays.
func withoutStretches(blocks []Block) []Block {
	place := slices.IndexFunc(blocks, isPlace)
	if place < 0 {
		return blocks
	}
	from, to := place, len(blocks)
	for i, b := range blocks {
		if _, ok := b.(*Heading); !ok {
			continue
		}
		if section := sectionOf(blocks, i); i < place && slices.ContainsFunc(section, isPlace) {
			from, to = i, i+1+len(section)
		} else if i > place {
			to = min(to, i)
		}
	}
	list := make([]Block, 0, len(blocks))
	for i, b := range blocks {
		if i == from {
			list = append(list, &Stretches{Position: blocks[place].Pos()})
		}
		one := blocks[i : i+1]
		within := i >= from && i < to
		switch b := b.(type) {
		case *Stretches, *Diary:
			continue
		case *Callout:
			if within && b.Kind == Warning && !noted(one) {
				continue
			}
		case *Heading:
			section := sectionOf(blocks, i)
			if stays := slices.DeleteFunc(slices.Clone(section), isDiary); len(section) > 0 &&
				!slices.ContainsFunc(stays, lasts) || len(stays) < len(section) && !slices.ContainsFunc(stays, below) {
				continue
			}
		}
		if within && i < place && !Stays(one) {
			continue
		}
		list = append(list, b)
	}
	return list
}

// lasts tells the blocks that a page without stretches keeps. A heading stays or
// goes with what is below it.
func lasts(b Block) bool {
	_, heading := b.(*Heading)
	return !heading
}

func isDiary(b Block) bool { _, is := b.(*Diary); return is }

// below tells what stands below its heading wherever else the page has room for it; signs and who must ask first
// stand at the foot.
func below(b Block) bool {
	c, is := b.(*Callout)
	return lasts(b) && !(is && (c.Kind == Caution || c.Kind == Important))
}

// onDay is the blocks as they are on a day: diaries begin on the next one, and reminders
// are codes for it.
func onDay(blocks []Block, day time.Time, w *Words, left *Errors) []Block {
	list := make([]Block, 0, len(blocks))
	for _, b := range blocks {
		switch x := b.(type) {
		case *Diary:
			b = x.from(day)
		case *Reminder:
			if day.IsZero() {
				left.add(x.Position, "reminder-without-date", "",
					"a reminder begins the day after the visit; without a date it is left out")
				continue
			}
			b = &Code{Position: x.Position, Data: x.calendar(day), Caption: w.reminder(x)}
		}
		list = append(list, b)
	}
	return list
}

// from is the diary begun the day after the visit.
func (d *Diary) from(visit time.Time) *Diary {
	if visit.IsZero() {
		return d
	}
	c := *d
	c.Start = visit.AddDate(0, 0, 1)
	for c.Month && !c.Start.AddDate(0, 0, c.Days-1).Before(c.Start.AddDate(0, 1, 0)) {
		c.Days--
	}
	return &c
}
