package ease

import (
	"fmt"
	"strings"

	"handout/content"
)

// evidence is what the items are judged by.
type evidence struct {
	Score
	said     []said
	cards    []content.Card
	parts    []part // the first is what stands above all headings
	figures  []*content.Figure
	tables   []*content.Table
	diary    bool
	boxes    bool // something to tick
	fields   bool
	scale    bool // to circle how bad the pain is
	lights   bool
	numbered bool // there is a numbered list
	marked   bool // there are lists, callouts or bold words
	summed   bool // a part says that it is a summary
}

// part is a section.
type part struct {
	content.Position
	title string
	words int
	long  []content.Position // its paragraphs that are too long
}

// Limits of a text in pieces, in words. A handout shorter than veryShort needs no
// sections and no summary, as PEMAT has it.
const (
	longParagraph = 60
	longSection   = 150
	veryShort     = 100
)

func evidenceOf(h *content.Page) *evidence {
	e := &evidence{parts: []part{{Position: h.Position}}}
	for _, r := range readings(h) {
		e.Score = e.Add(r.finish())
		e.said = append(e.said, r.said...)
	}
	e.Lang = h.Lang
	e.look(h.In(false))
	return e
}

// look goes through blocks and what is in them.
func (e *evidence) look(blocks []content.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *content.Heading:
			e.parts = append(e.parts, part{Position: b.Position, title: b.Text.String()})
			e.entitled(b.Text)
		case *content.Paragraph:
			e.paragraph(b)
		case *content.List:
			e.marked = true
			e.numbered = e.numbered || b.Ordered
			e.boxes = e.boxes || b.Boxes != nil
			for _, item := range b.Items {
				e.look(item)
			}
		case *content.Callout:
			e.marked = true
			e.entitled(b.Title)
			at := len(e.parts) - 1
			was := e.parts[at].words
			e.look(b.Blocks)
			e.parts[at].words = was // a box stands apart: the section is no longer for it
		case *content.Quote:
			e.look(b.Blocks)
		case *content.Figure:
			e.figures = append(e.figures, b)
		case *content.Table:
			e.tables = append(e.tables, b)
		case *content.Diary:
			e.diary = true
		case *content.Fields:
			e.fields = true
		case *content.PainScale:
			e.scale = true
		case *content.TrafficLight:
			e.lights, e.marked = true, true
		case *content.Stretches:
			e.cards = append(e.cards, b.Chosen...)
		case *content.Code, *content.Reminder:
		default:
			panic(fmt.Sprintf("a block that nothing is made of: %T", b))
		}
	}
}

func (e *evidence) paragraph(b *content.Paragraph) {
	n := len(wordsOf(b.Text.String()))
	now := &e.parts[len(e.parts)-1]
	now.words += n
	if n > longParagraph {
		now.long = append(now.long, b.Position)
	}
	lead := b.Text.LeadIn()
	e.marked = e.marked || lead != nil
	e.entitled(lead)
}

// entitled notes a title that promises a summary.
func (e *evidence) entitled(title content.Text) {
	s := strings.ToLower(strings.TrimSpace(title.String()))
	for _, name := range known().summaries {
		if rest, ok := strings.CutPrefix(s, name); ok && (rest == "" || !strings.ContainsAny(rest[:1], letters)) {
			e.summed = true
		}
	}
}

const letters = "abcdefghijklmnopqrstuvwxyz"

// short tells a handout too short for sections.
func (e *evidence) short() bool { return e.Words < veryShort && len(e.parts) < 3 }
