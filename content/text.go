package content

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// Text is a run of text in one paragraph.
type Text []Span

// Span is text in one style. A line break the author asked for is "\n".
type Span struct {
	Text   string
	Bold   bool
	Italic bool
	Link   string // an absolute https, http, mailto or tel address, or empty
	Dial   Slot   // what Personalise makes a tel address of for the Link: PhoneSlot or EmergencySlot
	Note   int    // the footnote this is the mark of, from 1; 0 for none
	Slot   Slot   // what Personalise puts in place of Text, which is then {clinic} or the like
	Each   bool   // stands only where a stretch is done on each side; Personalise sees to it
}

// String is the text without its styles.
func (t Text) String() string {
	if len(t) == 1 {
		return t[0].Text
	}
	n := 0
	for _, s := range t {
		n += len(s.Text)
	}
	b := make([]byte, 0, n)
	for _, s := range t {
		b = append(b, s.Text...)
	}
	return string(b)
}

// LeadIn is the bold text that t begins with, or nil if t does not begin bold.
func (t Text) LeadIn() Text {
	n := 0
	for n < len(t) && t[n].Bold {
		n++
	}
	if n == 0 {
		return nil
	}
	return t[:n:n]
}

// Slot is a word in braces that Personalise fills in.
type Slot uint8

const (
	NoSlot Slot = iota
	EmergencySlot
	ClinicSlot
	PhoneSlot
	TherapistSlot
	PatientSlot

	// Of a light, that no author names: the words for it stand in place of its sign.
	GoOnSlot
	EaseOffSlot
	StopSlot

	slots = iota
)

// join adds a span to t; it becomes a part of the last one if they differ in nothing
// but their text.
func (t Text) join(s Span) Text {
	if s.Text == "" {
		return t
	}
	if n := len(t); n > 0 && s.Slot == NoSlot {
		like := t[n-1]
		like.Text = s.Text
		if like == s {
			t[n-1].Text += s.Text
			return t
		}
	}
	return append(t, s)
}

// capital makes the first letter a capital.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || !unicode.IsLower(r) {
		return s
	}
	return string(unicode.ToTitle(r)) + s[n:]
}

// linked tells whether the span is a link, also to a number that is not filled in yet.
func (s Span) linked() bool { return s.Link != "" || s.Dial != NoSlot }

// plainText undoes backslashes and character references.
func plainText(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 && bytes.IndexByte(raw, '&') < 0 {
		return string(raw)
	}
	var b strings.Builder
	for i := 0; i < len(raw); {
		j := i
		for j < len(raw) && raw[j] != '\\' {
			j++
		}
		b.Write(util.ResolveEntityNames(util.ResolveNumericReferences(raw[i:j])))
		if j+1 < len(raw) && util.IsPunct(raw[j+1]) {
			b.WriteByte(raw[j+1])
			j++
		} else if j < len(raw) {
			b.WriteByte('\\')
		}
		i = j + 1
	}
	// A reference can stand for a character that a file cannot hold.
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return '\ufffd'
		}
		return c
	}, b.String())
}
