package layout

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rsc.io/qr"

	"handout/content"
	"handout/fonts"
)

// Blocks of copy that hold no others: diaries, scales, traffic lights, codes and footnotes; and
// what is told of a block whatever it is set as.

type (
	diaryNode struct {
		corner *text   // over the names
		days   []*text // heads of the columns
		rows   []diaryRow
	}
	diaryRow struct {
		name   *text
		perDay int
		days   int // a week
	}
)

// isGrid tells what wants the whole width of a page.
func isGrid(n node) bool {
	switch n.(type) {
	case *diaryNode, *tableNode, *scaleNode, *lightsNode, *fieldsNode:
		return true
	}
	return false
}

func (r *reader) diary(b *content.Diary) node {
	r.loose = true
	n := &diaryNode{corner: r.plain(r.words.Stretch, fonts.Bold)}
	if len(r.chosen) == 0 {
		n.corner = r.plain("\u00a0", fonts.Bold)
		n.rows = []diaryRow{{r.plain(r.words.Day, fonts.Regular), 1, 7}}
	}
	for d := range b.Days {
		head := strconv.Itoa(d + 1)
		if !b.Start.IsZero() {
			day := b.Start.AddDate(0, 0, d)
			head = r.words.Days[day.Weekday()] + "\n" + strconv.Itoa(day.Day())
		}
		n.days = append(n.days, r.plain(head, fonts.Bold))
	}
	for i, c := range r.chosen {
		row := diaryRow{perDay: max(c.Dose.PerDay, 1), days: 7}
		name := fmt.Sprintf("%d\u00a0%s", i+1, c.Stretch.Name)
		if c.Dose.Days > 0 && c.Dose.Days < 7 {
			row.days = c.Dose.Days
			name = r.words.Comma(name, r.words.Often(c.Dose))
		}
		row.name = r.plain(name, fonts.Regular)
		n.rows = append(n.rows, row)
	}
	return n
}

type scaleNode struct {
	question    *text // nil for none
	numbers     []*text
	none, worst *text
}

func (r *reader) scale(b *content.PainScale) node {
	n := &scaleNode{none: r.plain(r.words.NoPain, fonts.Regular), worst: r.plain(r.words.WorstPain, fonts.Regular)}
	if len(b.Question) > 0 {
		n.question = some(r.text(b.Question, fonts.Regular))
	}
	for i := range 11 {
		n.numbers = append(n.numbers, r.plain(strconv.Itoa(i), fonts.Bold))
	}
	return n
}

type lightsNode struct {
	words, says [3]*text // by content.Light
}

func (r *reader) lights(b *content.TrafficLight) node {
	n := &lightsNode{}
	for i, t := range b.Says {
		n.words[i] = r.plain(r.words.Lights[i], fonts.Bold)
		n.says[i] = r.filled(t, fonts.Regular)
	}
	return n
}

// scanNode is a QR code and the words beside it.
type scanNode struct {
	code  *qr.Code
	alt   string
	words *text
}

// scan reads a code. At level M it is read with 15 of 100 of it soiled.
func (r *reader) scan(data, alt string, words content.Text) *scanNode {
	code, err := qr.Encode(data, qr.M)
	if err != nil {
		panic(err) // content gives none more than a code holds
	}
	return &scanNode{code, alt, r.text(words, fonts.Regular)}
}

// code reads an author's code: its caption, and its address to read or to follow.
func (r *reader) code(b *content.Code) *scanNode {
	words := append(content.Text(nil), b.Caption...)
	alt := b.Caption.String()
	if b.Link != "" {
		if len(words) > 0 {
			words = append(words, content.Span{Text: "\n"})
			alt += ": "
		}
		words = append(words, content.Span{Text: shown(b.Link), Link: b.Link})
		alt += b.Link
	}
	if blank(alt) {
		alt = b.Data
	}
	return r.scan(b.Data, alt, words)
}

// video reads the film of a stretch.
func (r *reader) video(address string) *scanNode {
	return r.scan(address, r.words.Video+": "+address, content.Text{
		{Text: r.words.Video + ": ", Bold: true}, {Text: shown(address), Link: address}})
}

type noteCopy struct{ mark, text *text }

// notes reads the footnotes. Their figures are those of their marks.
func (r *reader) notes(notes []*content.Paragraph) []noteCopy {
	var out []noteCopy
	for i, n := range notes {
		r.at = n.Position
		out = append(out, noteCopy{r.plain(content.Superior(i+1), fonts.Regular), r.text(n.Text, fonts.Regular)})
	}
	return out
}

// shown is an address as people write it.
func shown(link string) string {
	return bareAddress(strings.TrimPrefix(strings.TrimPrefix(link, "mailto:"), "tel:"))
}

func isCallout(n node, kind content.CalloutKind) bool {
	b, ok := n.(*calloutNode)
	return ok && b.kind == kind
}

// isAlarm tells red flags.
func isAlarm(n node) bool { return isCallout(n, content.Caution) }

// isAskFirst tells who must ask first from what else follows the stretches.
func isAskFirst(n node) bool { return isCallout(n, content.Important) }

// isStopRule tells a section's stop rule from what else follows the stretches.
func isStopRule(n node) bool { return isCallout(n, content.Warning) }

// isPara tells words from all else: of what follows the stretches, the closing ones.
func isPara(n node) bool {
	p, ok := n.(*paraNode)
	return ok && p.role == P
}

// isHeading tells a heading inside a section.
func isHeading(n node) bool {
	p, ok := n.(*paraNode)
	return ok && p.role != P
}

// parted is signs up to the second paragraph, and those from it on.
func parted(ns []node) (now, later []node) {
	for i, n := range ns {
		if i > 0 && isPara(n) {
			return ns[:i], ns[i:]
		}
	}
	return ns, nil
}

// isToTick tells an action to tick.
func isToTick(n node) bool {
	l, ok := n.(*listNode)
	return ok && l.boxes != nil
}

// endingOf is the part that what follows the stretches is.
func endingOf(n node) PartKind {
	switch _, ok := n.(*calloutNode); {
	case isStopRule(n):
		return InStopRule
	case ok:
		return InSigns
	}
	return InClosing
}

// extent is the width of all words on a single line, whatever the type size.
func extent(ns []node) (w fonts.Em) {
	for _, n := range ns {
		switch n := n.(type) {
		case *paraNode:
			w += n.text.width()
		case *listNode:
			for _, it := range n.items {
				w += extent(it)
			}
		default:
			return shortSection + 1
		}
	}
	return w
}

// shortSection is the extent of a section that is not cut in two: five or six
// items of a line or two, about 500 characters. On a crowded page it may be.
const shortSection fonts.Em = 260_000

// shows tells whether there is a picture in blocks.
func shows(ns []node) bool {
	return slices.ContainsFunc(ns, func(n node) bool {
		switch n := n.(type) {
		case *figureNode:
			return true
		case *listNode:
			return slices.ContainsFunc(n.items, shows)
		case *calloutNode:
			return n.shows
		case *quoteNode:
			return shows(n.blocks)
		}
		return false
	})
}

// portrait is the handout's own picture, if it has one, and the opening without it.
func portrait(opening []node) (own *figureNode, rest []node) {
	for i, n := range opening {
		if f, ok := n.(*figureNode); ok && f.shows.traced != nil {
			return f, append(opening[:i:i], opening[i+1:]...)
		}
	}
	return nil, opening
}
