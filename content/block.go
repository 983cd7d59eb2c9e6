package content

import (
	"iter"
	"slices"
	"time"

	"handout/content/picture"
)

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
//	*Signs
//	*Table
//	*Quote
type Block interface {
	Pos() Position
	// with is the block with each of its texts in place of the one f is given: the block
	// itself where f gives back what it got. The place is that of the innermost block.
	// Whatever goes through texts goes through here.
	with(f weave) Block
	// stays is what of it no page is without, as in "the red flags, which always stay"; ""
	// for nothing.
	stays() string
}

type (
	// Heading opens a section. Level 1 is the title and never a block: levels run
	// from 2 to 4 and do not skip.
	Heading struct {
		Position
		Level int
		Text  Text
		Mark  Mark
		Give  int // when its section gives way on a full page: 1 first, 9 last of those that say; 0 says nothing
	}

	// Paragraph is running text. Its Mark is for one edition or Keep, and Keep
	// inside other blocks: what opens and closes a page has no heading to mark.
	Paragraph struct {
		Position
		Text  Text
		Mark  Mark
		Short Text // the same in fewer words, beginning in bold as Text does; nil for none
	}

	// List is bulleted, or numbered from Start. Each item is at least one block,
	// the first of them a *Paragraph. Its Mark is as a paragraph's.
	List struct {
		Position
		Mark    Mark
		Ordered bool
		Start   int
		Counter string // what stands before the first of those counted by letters: a), I., (i); empty for numbers
		Items   [][]Block
		Boxes   []bool // by item: it begins with a box to tick; nil where none does
		Short   Text   // all of it in a sentence or two; nil for none. An item's own is its paragraph's
	}

	// Callout is a boxed warning or tip. Its Title is empty where the author gave
	// none. A Caution holds red flags, a Warning the stop rule; neither can be
	// cut or dropped, nor can the section they stand in lose them. One made of Signs has
	// their Mark.
	Callout struct {
		Position
		Mark   Mark
		Kind   CalloutKind
		Title  Text
		Blocks []Block
	}

	// Figure is a picture on its own line: the author's, or a pose, which Personalise has
	// traced. Exactly one of the three is set. Its description is never empty.
	Figure struct {
		Position
		Picture *picture.Picture
		Traced  []byte // see layout/figure
		Pose    *Pose
		Alt     string
		Caption Text
	}

	// Fields is a row of labels, each with a line to write on.
	Fields struct {
		Position
		Labels []Text
	}

	// Stretches is the place of the stretch cards, and on a Page the cards.
	Stretches struct {
		Position
		Chosen []Card
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

	// Signs are what to watch for, by how soon it is to be seen to. Personalise makes
	// it a Callout of red flags, and so it is never cut or dropped. Marked for one edition
	// they have others in their place in the other.
	Signs struct {
		Position
		Mark  Mark
		Over  [3]Text       // the author's words over them, by Tier; nil for those of the language
		Of    [3][]Text     // one at least has some
		At    [3][]Position // of each of them
		Short [3]Text       // all those of a tier in a sentence; nil for none
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

// Light is a row of a TrafficLight.
type Light uint8

const (
	GoOn Light = iota
	EaseOff
	Stop
)

// Tier says how soon a sign is to be seen to.
type Tier uint8

const (
	Now Tier = iota // call for help
	Today
	Soon
)

// tierNames are what the tiers are called in a fenced part, by Tier.
var tierNames = [...]string{"now", "today", "soon"}

func (t Tier) String() string { return tierNames[t] }

// CalloutKind is one of GitHub's five alerts.
type CalloutKind uint8

const (
	Note CalloutKind = iota
	Tip
	Important
	Warning // the stop rule
	Caution // red flags
)

// calloutNames are the words of GitHub's markers, by CalloutKind.
var calloutNames = [...]string{"note", "tip", "important", "warning", "caution"}

// weave makes a text of a text of the block at a place. Short is the shorter wording of
// the text before.
type weave func(at Position, t Text, short bool) Text

// Texts are the texts of blocks in full, in reading order, each with the place of the
// block that it is of. Those of a card are not the handout's words.
func Texts(blocks []Block) iter.Seq2[Position, Text] {
	return func(yield func(Position, Text) bool) {
		more := true
		for _, b := range blocks {
			b.with(func(at Position, t Text, short bool) Text {
				more = more && (short || len(t) == 0 || yield(at, t))
				return t
			})
			if !more {
				return
			}
		}
	}
}

func (h *Heading) with(f weave) Block {
	if t := f(h.Position, h.Text, false); !same(t, h.Text) {
		return &Heading{h.Position, h.Level, t, h.Mark, h.Give}
	}
	return h
}

func (p *Paragraph) with(f weave) Block {
	t, short := f(p.Position, p.Text, false), f(p.Position, p.Short, true)
	if same(t, p.Text) && same(short, p.Short) {
		return p
	}
	return &Paragraph{p.Position, t, p.Mark, short}
}

func (l *List) with(f weave) Block {
	items := each(l.Items, func(item []Block) []Block { return withBlocks(item, f) }, same)
	short := f(l.Position, l.Short, true)
	if same(items, l.Items) && same(short, l.Short) {
		return l
	}
	return &List{l.Position, l.Mark, l.Ordered, l.Start, l.Counter, items, l.Boxes, short}
}

func (c *Callout) with(f weave) Block {
	title, blocks := f(c.Position, c.Title, false), withBlocks(c.Blocks, f)
	if same(title, c.Title) && same(blocks, c.Blocks) {
		return c
	}
	return &Callout{c.Position, c.Mark, c.Kind, title, blocks}
}

func (g *Figure) with(f weave) Block {
	if t := f(g.Position, g.Caption, false); !same(t, g.Caption) {
		own := *g
		own.Caption = t
		return &own
	}
	return g
}

func (l *Fields) with(f weave) Block {
	if labels := withTexts(l.Position, l.Labels, f); !same(labels, l.Labels) {
		return &Fields{l.Position, labels}
	}
	return l
}

// with is the block itself: what is on cards is the stretches', which are filled in by
// themselves.
func (s *Stretches) with(weave) Block { return s }

func (d *Diary) with(weave) Block { return d }

func (s *PainScale) with(f weave) Block {
	if t := f(s.Position, s.Question, false); !same(t, s.Question) {
		return &PainScale{s.Position, t}
	}
	return s
}

func (l *TrafficLight) with(f weave) Block {
	if says := withTexts(l.Position, l.Says[:], f); !same(says, l.Says[:]) {
		return &TrafficLight{l.Position, [3]Text(says)}
	}
	return l
}

func (c *Code) with(f weave) Block {
	if t := f(c.Position, c.Caption, false); !same(t, c.Caption) {
		return &Code{c.Position, c.Data, c.Link, t}
	}
	return c
}

func (r *Reminder) with(f weave) Block {
	if t := f(r.Position, Text{{Text: r.Summary}}, false).String(); t != r.Summary {
		c := *r
		c.Summary = t
		return &c
	}
	return r
}

func (s *Signs) with(f weave) Block {
	over := withTexts(s.Position, s.Over[:], f)
	of := each(s.Of[:], func(list []Text) []Text { return withTexts(s.Position, list, f) }, same)
	short := each(s.Short[:], func(t Text) Text { return f(s.Position, t, true) }, same)
	if same(of, s.Of[:]) && same(over, s.Over[:]) && same(short, s.Short[:]) {
		return s
	}
	return &Signs{s.Position, s.Mark, [3]Text(over), [3][]Text(of), s.At, [3]Text(short)}
}

func (t *Table) with(f weave) Block {
	rows := each(t.Rows, func(row []Text) []Text { return withTexts(t.Position, row, f) }, same)
	if same(rows, t.Rows) {
		return t
	}
	return &Table{t.Position, rows}
}

func (q *Quote) with(f weave) Block {
	if blocks := withBlocks(q.Blocks, f); !same(blocks, q.Blocks) {
		return &Quote{q.Position, blocks}
	}
	return q
}

func withBlocks(blocks []Block, f weave) []Block {
	return each(blocks, func(b Block) Block { return b.with(f) }, func(a, b Block) bool { return a == b })
}

func withTexts(at Position, texts []Text, f weave) []Text {
	return each(texts, func(t Text) Text { return f(at, t, false) }, same)
}

// each is a list of what f makes of its parts: the list itself where that is the same.
func each[T any](list []T, f func(T) T, same func(a, b T) bool) []T {
	var changed []T
	for i, x := range list {
		y := f(x)
		if changed == nil && !same(x, y) {
			changed = slices.Clone(list)
		}
		if changed != nil {
			changed[i] = y
		}
	}
	if changed == nil {
		return list
	}
	return changed
}

// same tells whether a and b are one slice.
func same[S ~[]E, E any](a, b S) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

func (*Heading) stays() string   { return "" }
func (*Paragraph) stays() string { return "" }
func (*List) stays() string      { return "" }
func (*Figure) stays() string    { return "" }
func (*Fields) stays() string    { return "" }
func (*Diary) stays() string     { return "" }
func (*PainScale) stays() string { return "" }
func (*Code) stays() string      { return "" }
func (*Reminder) stays() string  { return "" }
func (*Table) stays() string     { return "" }
func (*Quote) stays() string     { return "" }

func (*Stretches) stays() string    { return "the stretches, which always stay" }
func (*Signs) stays() string        { return "the red flags, which always stay" }
func (*TrafficLight) stays() string { return "when to stop, which always stays" }

func (c *Callout) stays() string {
	switch c.Kind {
	case Caution:
		return "the red flags, which always stay"
	case Warning:
		return "the stop rule, which always stays"
	}
	return ""
}
