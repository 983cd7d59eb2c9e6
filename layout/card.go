package layout

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
	"handout/layout/figure"
)

// card is the copy of one stretch.
type card struct {
	n             int  // which it is, from 1
	role          Role // of its name: a heading one level below the section's
	number        *text
	title         *text
	dose          *text
	steps         *listNode // as written
	fewer         *listNode // in their author's fewer words; nil where none has any
	brief         *text     // their lead-ins, run on
	cuts          bool      // brief says less than steps
	tips          []tip
	note          *text // nil for none
	stop          *text
	ask           *text // of it, who asks first; nil for nobody
	alt           string
	lang          string // of its words, where it is another than the page's
	frames        []frame
	joined        []frame  // both pictures on one mat; nil where they have none
	side, below   bulk     // of its pictures, once it was asked for
	leaf          leaf     // of its rows, which other pages have in other sizes
	doses         [3]*text // the parts of the dose; nil for one there is none of
	heads, values [3]*text // the same with what stands over each; nil where that is not known
	days          int      // a week that it is done on; 0 for all
	weekdays      [7]*text // Sunday first, short
	id            int      // of what is kept; 0 if it is not
}

// tip is a line on where to feel it, a mistake, an easier or a harder way.
type tip struct {
	about Tip
	keep  bool // whatever happens
	text  *text
	film  *scanNode // in place of the text
}

// stops is when to stop a stretch, as far as nothing above the rows says it; nil for nothing.
func (k *card) stops(st rowStyle) *text {
	switch {
	case st.above:
		return nil
	case st.ruled>>k.n&1 != 0:
		return k.ask
	}
	return k.stop
}

// frame is one picture of a stretch.
type frame struct {
	traced  *figure.Figure
	picture *picture.Picture
}

// bulk is how much room pictures take whose bodies are 1, without what is round and between them, and how large
// these may be.
type bulk struct {
	w, h    float64
	most    float64
	between Size
}

// size is the frame's natural size in millimetres; a picture of the author's
// counts as 44 mm wide.
func (f frame) size() (w, h float64) {
	if f.traced != nil {
		return f.traced.W, f.traced.H
	}
	w, h = f.picture.Size()
	return 44, 44 * h / w
}

func (r *reader) card(n int, c content.Card) *card {
	s := c.Stretch
	r.at = s.Position
	k := &card{n: n, alt: s.Alt}
	k.number = r.plain(fmt.Sprint(n), fonts.Bold)
	bold := func(dose string) *text { return r.plain(counted(capital(dose)), fonts.Bold) }
	var whole []string // no line ends within one of its parts, and in a long one only at a comma
	for i, part := range r.words.DoseParts(c.Dose) {
		if part == "" {
			continue
		}
		if said := unbroken(part, 32); said != part {
			whole = append(whole, said)
		} else {
			for _, said := range strings.Split(part, r.words.Comma("", "")) {
				whole = append(whole, unbroken(said, 32))
			}
		}
		k.doses[i] = bold(part)
	}
	k.dose = bold(r.words.Comma(whole...))
	heads, values, ok := r.words.DoseCells(c.Dose)
	for i, value := range values {
		if ok && value != "" {
			k.heads[i], k.values[i] = r.plain(heads[i], fonts.Regular), bold(value)
		}
	}
	k.days = c.Dose.Days
	for i, day := range r.words.Days {
		k.weekdays[i] = r.plain(brief(day), fonts.Regular)
	}
	if c.Note != "" {
		r.where, r.private = whereStretch, true
		k.note = some(r.plain(c.Note, fonts.Regular))
		r.where, r.private = "", false
	}
	if s.Words != nil {
		defer r.speak(s.Lang, s.Words)()
		k.lang = s.Lang
	}
	k.title = r.plain(s.Name, fonts.Bold)
	k.steps = &listNode{}
	var run content.Text
	for i, step := range s.Steps {
		k.steps.labels = append(k.steps.labels, r.plain(fmt.Sprintf("%d.", i+1), fonts.Bold))
		k.steps.items = append(k.steps.items, []node{&paraNode{role: P, text: r.filled(unbold(step), fonts.Regular)}})
		lead := step.LeadIn()
		if len(lead) == 0 || s.StepsMark != content.Brief {
			lead = step
		}
		k.cuts = k.cuts || len(lead) < len(step)
		if i > 0 {
			run = append(run, content.Span{Text: " "})
		}
		run = append(run, content.Span{Text: fmt.Sprintf("%d\u00a0", i+1), Bold: true})
		run = append(run, unbold(lead)...)
	}
	k.brief = r.text(run, fonts.Regular)
	k.fewer = r.fewerSteps(s, k.steps)
	put := func(about Tip, keep bool, label string, words content.Text) {
		words = append(content.Text{{Text: label + ": ", Bold: true}}, words...)
		k.tips = append(k.tips, tip{about: about, keep: keep, text: r.text(words, fonts.Regular)})
	}
	for kind, t := range s.Remarks {
		if !blank(t.Text.String()) {
			put(remarkTips[kind], t.Mark&content.Optional == 0, r.words.Remarks[kind], unbold(t.Text))
		}
	}
	// What is needed is told first, but the next that there is room for after where
	// to feel it; a film comes last.
	if !blank(s.Needs) {
		put(NeedTip, false, r.words.Need, content.Text{{Text: s.Needs}})
	}
	if s.Video != "" {
		k.tips = append(k.tips, tip{about: FilmTip, film: r.video(s.Video)})
	}
	k.stop = r.text(s.Stop, fonts.Regular)
	if len(s.Ask) > 0 {
		k.ask = some(r.text(s.Ask, fonts.Regular))
	}
	for _, f := range s.Frames {
		if f.Picture != nil {
			k.frames = append(k.frames, frame{picture: f.Picture})
			continue
		}
		fig := r.traced(f.Position, f.Traced)
		if fig == nil {
			return nil
		}
		// Poses are written for the right side.
		if c.Dose.Side == content.LeftSide {
			fig = fig.Mirror()
		}
		k.frames = append(k.frames, frame{traced: fig})
	}
	if f := k.frames; len(f) == 2 && f[0].traced != nil && f[1].traced != nil {
		if both := figure.OnOneMat(f[0].traced, f[1].traced); both != nil {
			k.joined = []frame{{traced: both}}
		}
	}
	return k
}

// fewerSteps is steps in their author's fewer words; nil where none has any.
func (r *reader) fewerSteps(s *content.Exercise, full *listNode) *listNode {
	says := false
	short := &listNode{labels: full.labels}
	for i, item := range full.items {
		if i < len(s.Shorter) {
			if t := r.fewer(unbold(s.Shorter[i]), s.Steps[i]); t != nil {
				item, says = []node{t}, true
			}
		}
		short.items = append(short.items, item)
	}
	if !says {
		return nil
	}
	return short
}

// traced reads a pose as it was traced; nil for one that is broken, which is told.
func (r *reader) traced(at content.Position, data []byte) *figure.Figure {
	fig, err := figure.Read(data)
	if err != nil {
		r.errs = append(r.errs, &content.Error{Position: at, Code: "figure-broken", Message: err.Error()})
		return nil
	}
	return fig
}

// brief is the first two letters of a weekday in Latin ones, as calendars have it.
func brief(day string) string {
	if rs := []rune(day); len(rs) > 2 && unicode.Is(unicode.Latin, rs[0]) {
		return string(rs[:2])
	}
	return day
}

// unbold is text with its bold words plain: inside a card the name and the dose
// are the bold ones.
func unbold(t content.Text) content.Text {
	out := slices.Clone(t)
	for i := range out {
		out[i].Bold = false
	}
	return out
}

// pictureGap is the space between the two pictures of a stretch.
const pictureGap = 4 * Point

// daysAt is where the boxes to tick stand.
type daysAt uint8

const (
	noDays     daysAt = iota
	beforeEnd         // at the end of the name's line
	belowSteps        // on a line of their own
)

// rowStyle says how the rows of a page are built: the same for all.
type rowStyle struct {
	full  bool      // steps as written, numbered below each other
	fewer bool      // the same in fewer words
	tips  int       // how many kinds of tips there is room for, the most useful first
	tight bool      // for five and more: name and dose on one line, no boxes to tick
	small bool      // names are: they share their lines with the doses, or most do
	bare  bool      // picture, name and dose only
	above bool      // when to stop is the same for all, and stands above them
	days  daysAt    // where the boxes to tick stand
	plain bool      // doses are as large as the text, for seven stretches and more
	cells bool      // the parts of the dose have what they are over them
	alone bool      // there is one stretch, and its dose stands below itself, part by part
	wide  bool      // name and dose stand above the picture, from margin to margin
	line  Length    // where the dose begins on the line of the name; 0 for below it
	first int       // the weekday of the first of them, Sunday 0; -1 for none
	cols  [3]Length // where the parts of the dose begin; zero: one below the other

	gained Length // what a tight page is wider by

	// Of the large edition:
	dose   dosePlace
	ruled  uint64 // by number, those that the stop rule above speaks for: each says only who asks first
	wider  Length // than pictures are to be
	across bool   // when to stop stands below the picture, from margin to margin

	lean int // in pictures, 1: a drawing stands nearer to the end than in the middle; -1: to the start
}

// stretchBox is one stretch, and how much room its picture has.
type stretchBox struct {
	box
	picture Size
}

// Tip is a kind of line on the card of a stretch that may be left out.
type Tip uint8

const (
	EasierTip Tip = iota
	HarderTip
	MistakeTip
	FilmTip
	NeedTip // what is needed: it stands before the steps
	FeelTip // where it is felt
)

// remarkTips is what the remarks on a stretch are about.
var remarkTips = [...]Tip{content.Feel: FeelTip, content.Mistake: MistakeTip, content.Easier: EasierTip,
	content.Harder: HarderTip, content.More: HarderTip}

// rank is how long a tip stays: 0 is the last that goes. A film shows all the others.
func (t Tip) rank() int {
	return [...]int{FilmTip: 0, FeelTip: 1, MistakeTip: 2, NeedTip: 2, EasierTip: 3, HarderTip: 4}[t]
}

// dosePlace is where the dose of a stretch stands in large print.
type dosePlace uint8

const (
	underName dosePlace = iota
	besideName
	overWords // and the name over the picture
	underPicture
	overSteps
)
