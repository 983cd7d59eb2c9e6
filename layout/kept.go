package layout

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"time"

	"handout/content"
	"handout/fonts"
)

// What a setter keeps. A day's list has few handouts and stretches and many names, so
// what is the same for all of them is read once and set once at each rung: frames, texts,
// sections and cards. What pages have in common keeps its address (content.Dressed), and
// is found by that; each keeps what it was set as. What belongs to one visit is new on
// each page, and is not kept; what was set of it goes with its page.

// dress is what decides a theme. A brand is never changed: equal addresses are equal ones.
type dress struct {
	brand *content.Brand
	mono  bool
}

// theme is the colours of a brand, always the same theme for the same.
func (s *Setter) theme(b *content.Brand, mono bool) *theme {
	of := dress{b, mono}
	th, ok := s.themes.get(of)
	if !ok {
		th = themeOf(b, mono)
		s.themes.put(of, th)
	}
	return th
}

// frameKey is all that decides what pages of a handout, a brand and a day have in
// common, but for the footnotes.
type frameKey struct {
	brand                                     *content.Brand
	words                                     *content.Words
	large                                     bool
	lang, title, subtitle, version, therapist string
	signed                                    content.SignOff
	day                                       time.Time
}

func appendString(key []byte, s string) []byte {
	return append(binary.AppendUvarint(key, uint64(len(s))), s...)
}

// partKey is what a section is found by: where its first block stands in memory, for what
// is the same for many pages keeps its address. A place for stretches is new on each.
type partKey struct {
	first content.Block
	at    content.Position // of the stretches, where they come first
	n     int              // how many blocks there are
	words *content.Words
}

// section reads a section, or recalls it.
func (r *reader) section(blocks []content.Block) *section {
	s := r.setter
	key, said := partKey{n: len(blocks), words: r.words}, slices.Clone(blocks)
	for i, b := range blocks {
		_, slot := b.(*content.Stretches)
		switch {
		case slot:
			if said[i] = nil; i == 0 {
				key.at = b.Pos()
			}
		case !r.page.Keeps(b):
			return r.readSection(blocks)
		case i == 0:
			key.first = b
		}
	}
	if known, ok := s.parts.get(key); ok && slices.Equal(known.said, said) {
		if !known.slot {
			return known
		}
		own := *known
		for _, b := range blocks {
			if b, ok := b.(*content.Stretches); ok {
				own.cards = append(own.cards, r.stretches(known, b)...)
			}
		}
		return &own
	}
	faults := len(r.errs)
	r.common, r.loose = true, false
	own := r.readSection(blocks)
	r.common = false
	if len(r.errs) == faults && !r.loose {
		s.ids++
		own.id, own.said = s.ids, said
		known := *own
		known.cards = nil
		s.parts.put(key, &known)
	}
	return own
}

// cardKey is all that decides what a card says and shows. What keeps its address is never
// changed.
type cardKey struct {
	stretch *content.Exercise
	number  int
	role    Role
	dose    content.Dose
	words   *content.Words
}

// stretch reads the card of the n-th stretch, or recalls it. Its name is a heading of the
// given role. A nil card has been complained of.
func (r *reader) stretch(n int, role Role, c content.Card) *card {
	s, key := r.setter, cardKey{c.Stretch, n, role, c.Dose, r.words}
	keep := c.Kept && c.Note == ""
	if keep {
		if k, ok := s.cards.get(key); ok {
			return k
		}
	}
	defer func(was bool) { r.common = was }(r.common)
	r.common = c.Kept
	faults := len(r.errs)
	k := r.card(n, c)
	if k == nil {
		return nil
	}
	k.role = role
	if keep && len(r.errs) == faults {
		s.ids++
		k.id = s.ids
		s.cards.put(key, k)
	}
	return k
}

// named tells whether the patient's name is in what a text's key was made of.
func (r *reader) named(key []byte) bool {
	return r.page.Visit.Patient != "" && bytes.Contains(key, []byte(r.page.Visit.Patient))
}

// appendText writes all that decides how a text is printed.
func appendText(key []byte, t content.Text) []byte {
	key = binary.AppendUvarint(key, uint64(len(t)))
	for _, s := range t {
		style := byte(styleOf(s))
		if s.Note > 0 {
			style |= 1 << 7
		}
		key = appendString(appendString(append(key, style), s.Text), s.Link)
	}
	return key
}

// styleOf is the style of a span but for that of the words round it.
func styleOf(s content.Span) (style fonts.Style) {
	if s.Bold {
		style |= fonts.Bold
	}
	if s.Italic {
		style |= fonts.Italic
	}
	return style
}

// Setter sets handouts on pages. It remembers shaped and broken paragraphs from
// page to page, and how searches ended, but nothing that belongs to one patient; and
// of all of it no more than its shelves have room for. It belongs to one goroutine.
type Setter struct {
	shaper *fonts.Shaper
	known  shelf[string, *text]
	frames shelf[frameKey, *frameCopy]
	parts  shelf[partKey, *section]
	cards  shelf[cardKey, *card]
	themes shelf[dress, *theme]
	shop
	found    shelf[string, []*found] // how searches ended, by what they set
	pages    shelf[*found, []band]   // as they were set then, but for what is their patients'
	searches int
	press    press
	ids      int    // given to what is kept
	key      []byte // of what is being looked up
}

// NewSetter is a setter that draws its text from a chain of faces. It has room for some twenty handouts.
func NewSetter(s *fonts.Stack) *Setter {
	w := &Setter{shaper: s.Shaper()}
	w.known.most, w.frames.most, w.themes.most, w.parts.most, w.cards.most = 4096, 64, 64, 512, 256
	w.found.most, w.pages.most, w.rungs.most, w.kept.most, w.own.most = 256, 128, 256, 3000, math.MaxInt
	return w
}
