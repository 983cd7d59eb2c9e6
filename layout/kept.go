package layout

import (
	"bytes"
	"encoding/binary"
	"slices"

	"handout/content"
	"handout/content/picture"
)

// What a setter keeps. A day's list has few handouts and stretches and many names, so
// what is the same for all of them is read once and set once at each rung: texts,
// lists and cards. They are found by what they say, and each keeps what it was set
// as. What says a patient's name, or belongs to one visit, is not kept; what was
// set of it goes with its page.

const (
	maxKnown = 4096 // texts: some twenty handouts
	maxLists = 512
	maxCards = 256
	maxSlabs = 1 << 13 // of lists and cards: some 12 MB
)

// setting is all that decides what a list or a card is set as.
type setting struct {
	width Length
	style cardStyle // of a card
	theme *theme    // of the setter's: equal ones are the same
	look  rung
}

func (c *compositor) setting(width Length, st cardStyle) setting {
	return setting{width, st, c.theme, *c.look}
}

// memo is what a part of the copy was set as. count is the setter's, of all that is
// kept; nil for what goes with its page.
type memo[S slab] struct {
	slabs map[setting]S
	count *int
}

func (m *memo[S]) keep(in *setting, s S) {
	if m.slabs == nil {
		m.slabs = map[setting]S{}
	}
	m.slabs[*in] = s
	if m.count != nil {
		*m.count++
	}
}

// list sets a list, or recalls how it was set. It must not be changed.
func (c *compositor) list(n *listNode, width Length) slab {
	in := c.setting(width, cardStyle{})
	s, ok := n.set.slabs[in]
	if !ok {
		s = c.setList(n, width)
		n.set.keep(&in, s)
	}
	return s
}

// card sets a card, or recalls how it was set. It must not be changed.
func (c *compositor) card(k *card, width Length, st cardStyle) *cardSlab {
	in := c.setting(width, st)
	s, ok := k.set.slabs[in]
	if !ok {
		s = c.setCard(k, width, st)
		k.set.keep(&in, s)
	}
	return s
}

// own is a card whose places may be changed.
func (s *cardSlab) own() *cardSlab {
	k := *s
	k.frames = slices.Clone(s.frames)
	return &k
}

// themeOf is the colours of a brand, always the same theme for the same colours.
func (s *Setter) theme(b *content.Brand, mono bool) *theme {
	t := themeOf(b, mono)
	known, ok := s.themes[*t]
	if !ok {
		if len(s.themes) == maxThemes {
			clear(s.themes)
		}
		s.themes[*t], known = t, t
	}
	return known
}

const maxThemes = 64

// readList is a list as written and cut.
type readList struct {
	full  *listNode
	brief *listNode // nil where it says no less
}

// list reads a list, or recalls it.
func (r *reader) list(b *content.List) (full, brief node) {
	s := r.setter
	prose := byte(0)
	if r.prose {
		prose = 1
	}
	key, ok := appendList(append(append(s.key[:0], r.lang...), 0, prose), b)
	s.key = key
	keep := ok && !r.private && !r.named(key)
	known, found := s.lists[string(key)]
	if !keep || !found {
		name, faults := "", len(r.errs)
		if keep {
			name = string(key)
		}
		known = r.readList(b)
		if keep && len(r.errs) == faults {
			if len(s.lists) == maxLists {
				clear(s.lists)
			}
			known.full.set.count = &s.slabs
			if known.brief != nil {
				known.brief.set.count = &s.slabs
			}
			s.lists[name] = known
		}
	}
	if known.brief == nil {
		return known.full, nil
	}
	return known.full, known.brief
}

// appendList writes all that a list of paragraphs and lists says; others are not ok.
func appendList(key []byte, b *content.List) (_ []byte, ok bool) {
	start := -1
	if b.Ordered {
		start = b.Start
	}
	key = binary.AppendVarint(append(key, 0), int64(start))
	key = binary.AppendUvarint(key, uint64(len(b.Items)))
	for _, it := range b.Items {
		key = binary.AppendUvarint(key, uint64(len(it)))
		for _, blk := range it {
			switch blk := blk.(type) {
			case *content.Paragraph:
				key = appendText(append(key, 'p'), blk.Text)
			case *content.List:
				if key, ok = appendList(append(key, 'l'), blk); !ok {
					return key, false
				}
			default:
				return key, false
			}
		}
	}
	return key, true
}

// cardKey is all that decides what a card says and shows. Words and pictures are
// never changed: equal addresses are equal ones.
type cardKey struct {
	said     string // the stretch's texts
	number   int
	role     Role
	dose     content.Dose
	words    *content.Words
	traced   [2]*byte
	pictures [2]*picture.Picture
}

// stretch reads the card of the n-th stretch, or recalls it. Its name is a heading of the
// given role. A nil card has been complained of.
func (r *reader) stretch(n int, role Role, c content.Choice) *card {
	s, st := r.setter, c.Stretch
	key := append(append(s.key[:0], r.lang...), 0, byte(st.StepsMark))
	for _, words := range [...]string{st.Name, st.Props, st.Video, st.Alt} {
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
		if k, ok := s.cards[cardKey{string(key), n, role, c.Dose, r.words, traced, pictures}]; ok {
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
		k.set.count, k.steps.set.count = &s.slabs, &s.slabs
		s.cards[cardKey{said, n, role, c.Dose, r.words, traced, pictures}] = k
	}
	return k
}

// named tells whether the patient's name is in what a key was made of.
func (r *reader) named(key []byte) bool {
	return r.patient != "" && bytes.Contains(key, []byte(r.patient))
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
