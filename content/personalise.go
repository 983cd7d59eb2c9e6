package content

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of a visit, in characters.
const (
	maxName       = 120
	maxNote       = 400
	maxChoiceNote = 200
	maxStretches  = 10
)

// Personalise makes h one person's page: the chosen stretches, or h's own, in
// their place and every placeholder filled in, also in the stretches. It changes
// nothing in h, which many goroutines may share. A nil brand is Neutral.
//
// Stretches chosen for a handout without a place for them come at its end. If
// none are left, their place goes, a diary too, and a heading with nothing else
// below it.
//
// Placeholders are {emergency}, {clinic}, {phone}, {therapist} and {patient};
// where the brand and the visit do not say, the Words have a phrase. Without a
// patient's name {patient} goes, with the space before it; at the beginning of a
// text the comma after it goes too, and a capital follows.
//
// Errors are of type Errors and hold no word of the visit.
func (l *Library) Personalise(h *Handout, b *Brand, v Visit) (*Handout, error) {
	if b == nil {
		b = Neutral()
	}
	var errs Errors
	words, err := l.Words(h.Lang)
	if err != nil {
		errs.join(placed(err, h.Position))
		return nil, errs.err()
	}
	v.clean(&errs)
	warnings := slices.Clone(h.Warnings)
	chosen := l.choose(h, v, &errs, &warnings)
	if err := errs.err(); err != nil {
		return nil, err
	}
	f := newFiller(b, v, words)
	names := slices.DeleteFunc(append([]string{b.Name, b.Tagline, b.Therapist, v.Therapist, v.Patient}, b.Address...), func(s string) bool {
		return !strings.Contains(s, " ") // a name of one word may be any word
	})
	for i := range chosen {
		// In this order: what is filled in is nobody's left or right.
		chosen[i].Stretch = f.stretch(words.onSide(chosen[i].Stretch, chosen[i].Dose.Side, names))
	}
	page := *h
	page.Visit, page.Words = v, words
	page.Default, page.Large = slices.Clone(h.Default), slices.Clone(h.Large)
	page.Blocks = f.blocks(remind(withStretches(h.Blocks, chosen), v.Date, words, &warnings))
	page.Warnings = warnings
	page.Notes = make([]*Paragraph, len(h.Notes))
	for i, n := range h.Notes {
		page.Notes[i] = &Paragraph{Position: n.Position, Text: f.text(n.Text)}
	}
	return &page, nil
}

// Choose finds the stretches that Personalise puts on a page, before any placeholder in
// them is filled in. Errors are of type Errors.
func (l *Library) Choose(h *Handout, v Visit) ([]Choice, error) {
	var errs, warnings Errors
	list := l.choose(h, v, &errs, &warnings)
	return list, errs.err()
}

// choose finds the stretches of a page.
func (l *Library) choose(h *Handout, v Visit, errs, warnings *Errors) []Choice {
	wanted := h.Default
	if v.Large && h.Large != nil {
		wanted = h.Large
	}
	if v.Chosen {
		wanted = v.Stretches
	} else if !slices.ContainsFunc(h.Blocks, isSlot) {
		return nil
	}
	if len(wanted) > maxStretches {
		errs.add(Position{}, "choose fewer", "a page has room for %d stretches, and there are %d", maxStretches, len(wanted))
		return nil
	}
	var list []Choice
	seen := map[string]bool{}
	for _, c := range wanted {
		s, err := l.StretchIn(c.ID, h.Lang)
		if err != nil {
			errs.join(placed(err, c.Position))
			continue
		}
		if seen[s.ID] {
			errs.add(c.Position, "leave one out", "the stretch %s is chosen twice", s.ID)
		}
		seen[s.ID] = true
		c.Note = cleanText(c.Note, "the note on the stretch "+s.ID, maxChoiceNote, errs)
		c = c.resolve(s)
		if s.Dose.Side == BothSides && c.Dose.Side != BothSides {
			c.Dose.Side = BothSides
			warnings.add(c.Position, "", "the stretch %s is done on both sides at once: the side given for it is left out", s.ID)
		}
		if c.changed&(1<<doseSide) == 0 && (c.Dose.Side == EachSide || c.Dose.Side == SoreSide) {
			c.Dose.Side = max(c.Dose.Side, v.Side)
		}
		list = append(list, c)
	}
	return list
}

func isSlot(b Block) bool { _, ok := b.(*Stretches); return ok }

// withStretches puts the chosen stretches in their place. Without any the place
// stays, empty, so that what follows it is still known to; only a diary goes.
func withStretches(blocks []Block, chosen []Choice) []Block {
	list := make([]Block, 0, len(blocks)+1)
	placed := false
	for i, b := range blocks {
		switch b := b.(type) {
		case *Stretches:
			placed = true
			list = append(list, &Stretches{b.Position, chosen})
			continue
		case *Diary:
			if len(chosen) == 0 {
				continue
			}
		case *Heading:
			if section := sectionOf(blocks, i); len(chosen) == 0 && len(section) > 0 && !slices.ContainsFunc(section, stays) {
				continue
			}
		}
		list = append(list, b)
	}
	if !placed && len(chosen) > 0 {
		list = append(list, &Stretches{Chosen: chosen})
	}
	return list
}

// stays tells the blocks that a page without stretches keeps. A heading stays or
// goes with what is below it.
func stays(b Block) bool {
	switch b.(type) {
	case *Diary, *Heading:
		return false
	}
	return true
}

// clean makes the visit's own words fit to be set, or says which are not.
func (v *Visit) clean(errs *Errors) {
	v.Patient = cleanText(v.Patient, "the patient's name", maxName, errs)
	v.Therapist = cleanText(v.Therapist, "the therapist's name", maxName, errs)
	v.Next = cleanText(v.Next, "the next visit", maxName, errs)
	v.Note = cleanText(v.Note, "the note", maxNote, errs)
}

// cleanText trims s, makes white space single spaces and composes its characters
// (Unicode NFC). Characters that cannot be seen but turn the text about them, such
// as right-to-left overrides, are taken out (UAX #9; they let a text look like
// another). The errors say what is wrong with s and never what is in it.
func cleanText(s, what string, limit int, errs *Errors) string {
	if s == "" {
		return ""
	}
	if len(s) > 64*limit {
		errs.add(Position{}, "make it shorter", "%s is longer than %d characters", what, limit)
		return ""
	}
	if !utf8.ValidString(s) {
		errs.add(Position{}, "write it as UTF-8", "%s is not UTF-8 text", what)
		return ""
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }) {
		errs.add(Position{}, "type it again", "%s holds a control character", what)
		return ""
	}
	s = strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(norm.NFC.String(s)), " ")
	switch n := utf8.RuneCountInString(s); {
	case blank(s):
		errs.add(Position{}, "write it, or leave it out", "%s is only spaces", what)
	case n > limit:
		errs.add(Position{}, "make it shorter", "%s has %d characters, and there is room for %d", what, n, limit)
	}
	return s
}

// filler fills slots in. Its values are in their order, from EmergencySlot on.
type filler struct {
	values           [len(placeholders)]string
	phone, emergency string // as tel: addresses, or ""
	date             time.Time
}

func newFiller(b *Brand, v Visit, w *Words) *filler {
	f := &filler{date: v.Date}
	emergency := b.Emergency()
	if emergency != "" {
		first, _, _ := strings.Cut(emergency, "/")
		f.emergency = "tel:" + first
		emergency = strings.ReplaceAll(emergency, "/", " "+w.or+" ")
	}
	phone := ""
	if len(b.Phones) > 0 {
		phone = b.Phones[0]
		f.phone = "tel:" + phoneDigits(phone)
	}
	therapist := v.Therapist
	if therapist == "" {
		therapist = b.Therapist
	}
	for i, value := range [...]string{emergency, b.Name, phone, therapist, v.Patient} {
		if otherwise := [...]string{w.Emergency, w.Clinic, w.Phone, w.Therapist, ""}[i]; value == "" {
			value = otherwise
		}
		if value != "" && ReadsFromRight(w.Lang) {
			// A number or a Latin name keeps its own order in the sentence (UAX #9,
			// first strong isolate).
			value = "\u2068" + value + "\u2069"
		}
		f.values[i] = value
	}
	return f
}

// blocks are the blocks with their placeholders filled in. What has none is the
// same block as before.
func (f *filler) blocks(blocks []Block) []Block {
	list := make([]Block, len(blocks))
	for i, b := range blocks {
		list[i] = f.block(b)
	}
	return list
}

func (f *filler) block(b Block) Block {
	switch b := b.(type) {
	case *Heading:
		if wants(b.Text) {
			c := *b
			c.Text = f.text(b.Text)
			return &c
		}
	case *Paragraph:
		if wants(b.Text) {
			return &Paragraph{b.Position, f.text(b.Text), b.Mark}
		}
	case *List:
		c := *b
		c.Items = make([][]Block, len(b.Items))
		for i, item := range b.Items {
			c.Items[i] = f.blocks(item)
		}
		return &c
	case *Callout:
		c := *b
		c.Title, c.Blocks = f.text(b.Title), f.blocks(b.Blocks)
		return &c
	case *Quote:
		return &Quote{b.Position, f.blocks(b.Blocks)}
	case *Fields:
		return &Fields{b.Position, f.texts(b.Labels)}
	case *PainScale:
		return &PainScale{b.Position, f.text(b.Question)}
	case *TrafficLight:
		return &TrafficLight{b.Position, [3]Text(f.texts(b.Says[:]))}
	case *Code:
		c := *b
		c.Caption = f.text(b.Caption)
		return &c
	case *Diary:
		return b.from(f.date)
	case *Table:
		c := &Table{Position: b.Position, Rows: make([][]Text, len(b.Rows))}
		for i, row := range b.Rows {
			c.Rows[i] = f.texts(row)
		}
		return c
	}
	return b
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

func (f *filler) stretch(s *Stretch) *Stretch {
	c := *s
	c.Steps = f.texts(s.Steps)
	for i := range c.Remarks {
		c.Remarks[i].Text = f.text(c.Remarks[i].Text)
	}
	c.Stop = f.text(c.Stop)
	return &c
}

func (f *filler) texts(list []Text) []Text {
	filled := make([]Text, len(list))
	for i, t := range list {
		filled[i] = f.text(t)
	}
	return filled
}

// wants tells whether there is something to fill in in t.
func wants(t Text) bool {
	return slices.ContainsFunc(t, func(s Span) bool { return s.Slot != NoSlot || strings.Contains(s.Link, "{") })
}

// text is t with its slots filled in. A text without any is t itself.
func (f *filler) text(t Text) Text {
	if !wants(t) {
		return t
	}
	var (
		filled = make(Text, 0, len(t))
		start  = true  // nothing has been said yet
		begin  = false // a name was left out at the start
	)
	for _, s := range t {
		switch {
		case s.Slot == NoSlot:
			if begin {
				if s.Text = strings.TrimLeft(s.Text, " ,;:"); s.Text != "" {
					s.Text, begin = capital(s.Text), false
				}
			}
			start = start && strings.TrimSpace(s.Text) == ""
		case f.values[s.Slot-1] != "":
			s.Text = f.values[s.Slot-1]
			start, begin = false, false
		default:
			if begin = begin || start; !begin {
				filled.trimEnd(" ")
			}
			s.Text = ""
		}
		s.Slot = NoSlot
		switch s.Link {
		case "tel:{phone}":
			s.Link = f.phone
		case "tel:{emergency}":
			s.Link = f.emergency
		}
		filled = filled.join(s)
	}
	return slices.DeleteFunc(filled, func(s Span) bool { return s.Text == "" })
}
