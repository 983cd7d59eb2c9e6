package content

import (
	"slices"
	"strings"
)

// filler fills slots in. Its values are by Slot.
type filler struct {
	values           [slots]string
	phone, emergency string // as tel: addresses, or ""
}

func newFiller(b *Brand, v Visit, w *Words) *filler {
	f := &filler{}
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
		f.values[i+1] = value
	}
	copy(f.values[GoOnSlot:], w.Lights[:])
	return f
}

// wants tells whether there is something to fill in in t.
func wants(t Text) bool {
	return slices.ContainsFunc(t, func(s Span) bool { return s.Slot != NoSlot || s.Dial != NoSlot })
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
		case f.values[s.Slot] != "":
			s.Text = f.values[s.Slot]
			start, begin = false, false
		default:
			if begin = begin || start; !begin {
				filled.trimEnd(" ")
			}
			s.Text = ""
		}
		s.Slot = NoSlot
		switch s.Dial {
		case PhoneSlot:
			s.Link = f.phone
		case EmergencySlot:
			s.Link = f.emergency
		}
		s.Dial = NoSlot
		filled = filled.join(s)
	}
	return slices.DeleteFunc(filled, func(s Span) bool { return s.Text == "" })
}

// at is text, for a block's.
func (f *filler) at(_ Position, t Text, _ bool) Text { return f.text(t) }
