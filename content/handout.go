// Package content holds what a handout says: its blocks of text, the stretches
// it can show, the brand it is given in and the visit it is made for.
//
// Everything is read from files an author can write by hand (Markdown with YAML
// front matter, YAML brands), checked as a whole, and reported with every
// mistake at once. Nothing here measures, draws or knows of a page.
package content

import (
	"time"

	"handout/content/picture"
)

// Handout is one article, ready to be personalised and set.
type Handout struct {
	Position
	ID       string       // file name without its ending: "sciatica"
	Title    string       // the page's first heading
	Subtitle string       // one line below it; may be empty
	Summary  string       // one line for `list`; may be empty
	Lang     string       // BCP 47, "en" if the file says nothing
	Version  string       // the author's own version, printed at the foot; may be empty
	Reviewed string       // when the text was last checked, as YYYY-MM or YYYY-MM-DD; may be empty
	Sources  []string     // where its facts come from; not printed
	Default  []Choice     // the stretches shown unless others are chosen
	Large    []Choice     // the same for the large edition; nil for Default
	Blocks   []Block      // in reading order
	Notes    []*Paragraph // the footnotes: Span.Note counts them from 1
	Shipped  bool         // one of the embedded ones: the stricter type floor holds
	Sum      Sum
	Warnings Errors // what was read otherwise than written, to be said

	// Set by Personalise.
	Visit Visit
	Words *Words // the fixed words of the page in the handout's language
}

// In is what of the handout stands in the large edition, or in the others.
func (h *Handout) In(large bool) []Block {
	other := OnlyLarge
	if large {
		other = NotLarge
	}
	out := make([]Block, 0, len(h.Blocks))
	gone := 0 // the level of the section being left out
	for _, b := range h.Blocks {
		if x, ok := b.(*Heading); ok && (gone == 0 || x.Level <= gone) {
			gone = 0
			if x.Mark&other != 0 {
				gone = x.Level
			}
		}
		if p, ok := b.(*Paragraph); gone == 0 && !(ok && p.Mark&other != 0) {
			out = append(out, b)
		}
	}
	return out
}

// Edition is the handout with nothing but what stands in the large edition, or in the
// others, so that it can be judged as it is printed.
func (h *Handout) Edition(large bool) *Handout {
	e := *h
	e.Blocks = h.In(large)
	for i, b := range e.Blocks {
		switch b := b.(type) {
		case *Heading:
			kept := *b
			kept.Mark &^= NotLarge | OnlyLarge
			e.Blocks[i] = &kept
		case *Paragraph:
			kept := *b
			kept.Mark &^= NotLarge | OnlyLarge
			e.Blocks[i] = &kept
		}
	}
	return &e
}

// Block is a part of a handout. It is implemented by
//
//	*Heading
//	*Paragraph
//	*List
//	*Callout
//	*Figure
//	*Fields
//	*Stretches
//	*Diary
//	*PainScale
//	*TrafficLight
//	*Code
//	*Reminder
//	*Table
//	*Quote
type Block interface {
	Pos() Position
	block()
}

// Mark is what an author allows to be done to a section when the page is full.
// A section is a heading with all that follows it up to the next heading of the
// same or a higher level. Marked both ways, it is cut first and left out last.
//
// The large edition has room for a third of the words. An author who wants it
// marks sections and paragraphs that are not in it, and writes for it what is only
// there.
type Mark uint8

const (
	Keep      Mark = 0      // as written, always
	Brief     Mark = 1 << 0 // may be cut to the bold lead-ins of its list items and paragraphs
	Optional  Mark = 1 << 1 // may be left out
	NotLarge  Mark = 1 << 2 // {.standard}: the large edition is without it
	OnlyLarge Mark = 1 << 3 // {.large}: only the large edition has it
)

type (
	// Heading opens a section. Level 1 is the title and never a block: levels run
	// from 2 to 4 and do not skip.
	Heading struct {
		Position
		Level int
		Text  Text
		Mark  Mark
	}

	// Paragraph is running text. Its Mark is for one edition or Keep, and Keep
	// inside other blocks: what opens and closes a page has no heading to mark.
	Paragraph struct {
		Position
		Text Text
		Mark Mark
	}

	// List is bulleted, or numbered from Start. Each item is at least one block,
	// the first of them a *Paragraph.
	List struct {
		Position
		Ordered bool
		Start   int
		Items   [][]Block
		Boxes   []bool // by item: it begins with a box to tick; nil where none does
	}

	// Callout is a boxed warning or tip. Its Title is empty where the author gave
	// none. A Caution holds red flags, a Warning the stop rule; neither can be
	// marked, cut or dropped, nor can the section they stand in lose them.
	Callout struct {
		Position
		Kind   CalloutKind
		Title  Text
		Blocks []Block
	}

	// Figure is a picture on its own line. Its description is never empty.
	Figure struct {
		Position
		Picture *picture.Picture
		Alt     string
		Caption Text
	}

	// Fields is a row of labels, each with a line to write on.
	Fields struct {
		Position
		Labels []Text
	}

	// Stretches is the place of the stretch cards. Personalise fills Chosen.
	Stretches struct {
		Position
		Chosen []Choice
	}

	// Diary is a tick-box table: one row a chosen stretch, one column a day, and in
	// each as many boxes as its dose has times a day. Personalise lets it begin the
	// day after the visit.
	Diary struct {
		Position
		Days  int       // 7 to 31
		Month bool      // Days is a month's: 31, or what the month from Start on has
		Start time.Time // its first day; zero numbers the days
	}

	// PainScale is the numbers from 0, no pain, to 10, the worst, to circle one.
	PainScale struct {
		Position
		Question Text // above them; may be empty
	}

	// TrafficLight says when to go on, to ease off and to stop. It holds a stop rule,
	// and so is never marked, cut or dropped.
	TrafficLight struct {
		Position
		Says [3]Text // by Light
	}

	// Code is a QR code with words beside it. No word of a visit is in its Data.
	Code struct {
		Position
		Data    string // what a telephone reads, at most maxCode bytes
		Link    string // Data, where it is an address; else empty
		Caption Text   // may be empty where there is a Link
	}

	// Reminder is an entry for a telephone's calendar. Personalise makes it a Code.
	Reminder struct {
		Position
		Weekly  bool // else every day
		Hour    int  // 0 to 23, wherever the telephone is
		Minute  int
		Times   int    // 1 to 366
		Summary string // what to do, at most 60 characters
	}

	// Table has a first row of headings. Every row has as many cells.
	Table struct {
		Position
		Rows [][]Text
	}

	// Quote is quoted text, set in.
	Quote struct {
		Position
		Blocks []Block
	}
)

func (*Heading) block()      {}
func (*Paragraph) block()    {}
func (*List) block()         {}
func (*Callout) block()      {}
func (*Figure) block()       {}
func (*Fields) block()       {}
func (*Stretches) block()    {}
func (*Diary) block()        {}
func (*PainScale) block()    {}
func (*TrafficLight) block() {}
func (*Code) block()         {}
func (*Reminder) block()     {}
func (*Table) block()        {}
func (*Quote) block()        {}

// Light is a row of a TrafficLight.
type Light uint8

const (
	GoOn Light = iota
	EaseOff
	Stop
)

// CalloutKind is one of GitHub's five alerts.
type CalloutKind uint8

const (
	Note CalloutKind = iota
	Tip
	Important
	Warning // the stop rule
	Caution // red flags
)

// Text is a run of text in one paragraph.
type Text []Span

// Span is text in one style. A line break the author asked for is "\n".
type Span struct {
	Text   string
	Bold   bool
	Italic bool
	Link   string // an absolute https, http, mailto or tel address, or empty
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

// calloutNames are the words of GitHub's markers, by CalloutKind.
var calloutNames = [...]string{"note", "tip", "important", "warning", "caution"}
