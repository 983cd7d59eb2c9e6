package layout

import (
	"bytes"
	"encoding/binary"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

// What a setter keeps. A day's list has few handouts and stretches and many names, so
// what is the same for all of them is read once and set once at each rung: frames, texts,
// sections and cards. They are found by what they say, and each keeps what it was set
// as. What says a patient's name, or belongs to one visit, is not kept; what was
// set of it goes with its page.

const (
	maxKnown  = 4096 // texts: some twenty handouts
	maxFrames = 64   // a handout, a brand and a day each
	maxParts  = 512  // sections
	maxCards  = 256
	maxSlabs  = 1 << 13 // of sections and cards: some 12 MB
	maxRungs  = 1 << 10 // compositors
)

// paint is all of a brand that decides a theme.
type paint struct {
	main, accent picture.Color
	skin         string
	longHair     bool
	mono         bool
}

// theme is the colours of a brand, always the same theme for the same.
func (s *Setter) theme(b *content.Brand, mono bool) *theme {
	of := paint{b.Main, b.Accent, b.Skin, b.LongHair, mono}
	t, ok := s.themes[of]
	if !ok {
		if len(s.themes) == maxThemes {
			clear(s.themes)
		}
		t = themeOf(b, mono)
		s.themes[of] = t
	}
	return t
}

const maxThemes = 64

// frameKey is all that decides what pages of a handout, a brand and a day have in
// common.
type frameKey struct {
	said  string
	words *content.Words
	logo  *picture.Picture
}

// frameKey writes what a frame is read from, but for the patient's.
func (r *reader) frameKey(key []byte, h *content.Page, b *content.Brand) []byte {
	year, month, day := h.Visit.Date.Date()
	style := byte(0)
	if r.large {
		style |= 2
	}
	if h.Visit.Date.IsZero() {
		style |= 4
	}
	if b.LogoNamed {
		style |= 8
	}
	key = append(key, style, byte(month), byte(day))
	key = binary.AppendVarint(binary.AppendVarint(key, int64(year)), int64(MM(b.LogoHeight)))
	for _, s := range [...]string{r.lang, h.Title, h.Subtitle, h.Version, h.Signed.Name, h.Signed.Credential,
		h.Signed.Date, b.Name, b.Tagline,
		b.Web, b.Email, b.Booking,
		b.Therapist, b.Credential, b.SmallPrint, h.Visit.Therapist} {
		key = appendString(key, s)
	}
	for _, list := range [...][]string{b.Phones, b.Address} {
		key = binary.AppendUvarint(key, uint64(len(list)))
		for _, s := range list {
			key = appendString(key, s)
		}
	}
	for _, n := range h.Notes {
		key = appendText(key, n.Text)
	}
	return key
}

func appendString(key []byte, s string) []byte {
	return append(binary.AppendUvarint(key, uint64(len(s))), s...)
}

// partKey is all that decides what a section says, but for its cards. The words of a
// language are never changed: equal addresses are equal ones.
type partKey struct {
	said  string
	words *content.Words
}

// section reads a section, or recalls it.
func (r *reader) section(blocks []content.Block) *section {
	s := r.setter
	key := append(append(s.key[:0], r.lang...), 0)
	for _, b := range blocks { // what is conceded is told with its place
		at := b.Pos()
		key = append(append(key, at.File...), 0)
		key = binary.AppendVarint(binary.AppendVarint(key, int64(at.Line)), int64(at.Column))
	}
	key, ok := appendBlocks(key, blocks)
	s.key = key
	if !ok || r.named(key) {
		return r.readSection(blocks)
	}
	if known, ok := s.parts[partKey{string(key), r.words}]; ok {
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
	said, faults := string(key), len(r.errs)
	r.count = &s.slabs
	own := r.readSection(blocks)
	r.count = nil
	if len(r.errs) == faults {
		if len(s.parts) == maxParts {
			clear(s.parts)
		}
		known := *own
		known.cards = nil
		s.ids++
		known.id = s.ids
		own.id = s.ids
		s.parts[partKey{said, r.words}] = &known
	}
	return own
}

// appendBlocks writes all that blocks say, but for the stretches. What hangs on more
// than its words is not ok.
func appendBlocks(key []byte, bs []content.Block) (_ []byte, ok bool) {
	key = binary.AppendUvarint(key, uint64(len(bs)))
	for _, b := range bs {
		switch b := b.(type) {
		case *content.Heading:
			key = appendText(append(key, 'h', byte(b.Level), byte(b.Mark), byte(b.Give)), b.Text)
		case *content.Paragraph:
			key = appendText(appendText(append(key, 'p'), b.Text), b.Short)
		case *content.List:
			start := -1
			if b.Ordered {
				start = b.Start
			}
			key = appendText(binary.AppendVarint(append(key, 'l'), int64(start)), b.Short)
			for _, box := range b.Boxes {
				if box {
					key = append(key, 'b')
				} else {
					key = append(key, 'n')
				}
			}
			key = binary.AppendUvarint(key, uint64(len(b.Items)))
			for _, it := range b.Items {
				if key, ok = appendBlocks(key, it); !ok {
					return key, false
				}
			}
		case *content.Callout:
			key = appendText(append(key, 'c', byte(b.Kind)), b.Title)
			if key, ok = appendBlocks(key, b.Blocks); !ok {
				return key, false
			}
		case *content.Quote:
			if key, ok = appendBlocks(append(key, 'q'), b.Blocks); !ok {
				return key, false
			}
		case *content.Figure:
			if b.Traced == nil {
				return key, false
			}
			key = append(binary.AppendUvarint(append(key, 'g'), uint64(len(b.Traced))), b.Traced...)
			key = appendText(appendString(key, b.Alt), b.Caption)
		case *content.TrafficLight:
			key = append(key, 't')
			for _, t := range b.Says {
				key = appendText(key, t)
			}
		case *content.Table:
			key = binary.AppendUvarint(append(key, 'r'), uint64(len(b.Rows)))
			for _, row := range b.Rows {
				key = appendTexts(key, row)
			}
		case *content.Fields:
			key = appendTexts(append(key, 'f'), b.Labels)
		case *content.PainScale:
			key = appendText(append(key, 's'), b.Question)
		case *content.Stretches:
			key = append(key, 'S')
		default:
			return key, false
		}
	}
	return key, true
}

func appendTexts(key []byte, ts []content.Text) []byte {
	key = binary.AppendUvarint(key, uint64(len(ts)))
	for _, t := range ts {
		key = appendText(key, t)
	}
	return key
}

// cardKey is all that decides what a card says and shows. Words and pictures are
// never changed: equal addresses are equal ones.
type cardKey struct {
	said     string // the stretch's texts
	number   int
	role     Role
	dose     content.Dose
	words    *content.Words
	own      *content.Words // the stretch's, where they are others
	traced   [2]*byte
	pictures [2]*picture.Picture
}

// stretch reads the card of the n-th stretch, or recalls it. Its name is a heading of the
// given role. A nil card has been complained of.
func (r *reader) stretch(n int, role Role, c content.Card) *card {
	s, st := r.setter, c.Stretch
	key := append(append(s.key[:0], r.lang...), 0, byte(st.StepsMark))
	for _, words := range [...]string{st.Name, st.Needs, st.Video, st.Alt, st.Lang} {
		key = append(binary.AppendUvarint(key, uint64(len(words))), words...)
	}
	key = binary.AppendUvarint(appendText(key, st.Stop), uint64(len(st.Steps)))
	for _, t := range st.Steps {
		key = appendText(key, t)
	}
	for _, t := range st.Remarks {
		key = appendText(append(key, byte(t.Mark)), t.Text)
	}
	s.key = key
	var traced [2]*byte
	var pictures [2]*picture.Picture
	for i, f := range st.Frames[:min(len(st.Frames), len(traced))] {
		if pictures[i] = f.Picture; len(f.Traced) > 0 {
			traced[i] = &f.Traced[0]
		}
	}
	keep := c.Note == "" && len(st.Frames) <= len(traced) && !r.named(key)
	said := ""
	if keep {
		// Written so, the key is not copied.
		if k, ok := s.cards[cardKey{string(key), n, role, c.Dose, r.words, st.Words, traced, pictures}]; ok {
			return k
		}
		said = string(key)
	}
	faults := len(r.errs)
	k := r.card(n, c)
	if k == nil {
		return nil
	}
	k.role = role
	if keep && len(r.errs) == faults {
		if len(s.cards) == maxCards {
			clear(s.cards)
		}
		k.rowed.count = &s.slabs
		s.ids++
		k.id = s.ids
		s.cards[cardKey{said, n, role, c.Dose, r.words, st.Words, traced, pictures}] = k
	}
	return k
}

// named tells whether the patient's name is in what a key was made of.
func (r *reader) named(key []byte) bool {
	return r.visit.Patient != "" && bytes.Contains(key, []byte(r.visit.Patient))
}

// appendText writes all that decides how a text is printed.
func appendText(key []byte, t content.Text) []byte {
	key = binary.AppendUvarint(key, uint64(len(t)))
	for _, s := range t {
		style := byte(0)
		if s.Bold {
			style |= 1
		}
		if s.Italic {
			style |= 2
		}
		if s.Note > 0 {
			style |= 4
		}
		key = binary.AppendUvarint(append(key, style), uint64(len(s.Text)))
		key = append(key, s.Text...)
		key = binary.AppendUvarint(key, uint64(len(s.Link)))
		key = append(key, s.Link...)
	}
	return key
}

// Setter sets handouts on pages. It remembers shaped and broken paragraphs from
// page to page, and how searches ended, but nothing that belongs to one patient; and
// no more than maxKnown and maxFound of them. It belongs to one goroutine.
type Setter struct {
	shaper *fonts.Shaper
	known  map[string]*text
	frames map[frameKey]*frameCopy
	parts  map[partKey]*section
	cards  map[cardKey]*card
	slabs  int // what sections and cards were set as
	themes map[paint]*theme
	shop
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
		frames: map[frameKey]*frameCopy{}, themes: map[paint]*theme{}, shop: shop{map[setup]*compositor{}},
		found: map[string][]*found{}}
}
