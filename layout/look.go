package layout

import (
	"cmp"

	"handout/content"
	"handout/content/picture"
	"handout/layout/figure"
)

// rung is one rung of a look's ladder: every measure of a page, fixed by a
// designer. The fit climbs down the ladder, from airy to tight, until a handout
// stands on one page.
type rung struct {
	Body    Length // type size of running text
	Lead    Length // baseline to baseline
	Title   Length // size of the title, in hundredths of the running text's
	Small   Length // type size of the small print
	Least   Length // the smallest a word may be set so as not to be broken
	Margin  Length // left and right of the text
	Gutter  Length // between columns
	Gap     Length // between the parts of the page
	Section Length // above a heading inside a column
	Head    Length // below a heading
	Para    Length // between paragraphs
	Item    Length // between the items of a list

	Picture       Length // width of a stretch's picture beside its words
	PictureHeight Length // the tallest it is drawn
	Portrait      Length // the tallest the handout's own picture is drawn
	Figure        Length // the tallest an author's picture is drawn

	sizes headSizes
	RunOn bool // lists that were cut to their lead-ins run on, their bullets between them
}

// design is a look in an edition: how its rungs are made and how far they go down.
type design struct {
	top   Length // the largest running text
	base  Length // the smallest before anything is conceded
	floor Length // the smallest of all
	rung  func(body Length, loose int) rung
	least Length // below which no one may ask it to go
	mono  bool   // black on white, figures in one ink, no band
	large bool   // for those who need large print
	bare  bool   // pictures, names and doses, but no steps
	lax   bool   // any section may go, after it stood as lead-ins
	airy  int    // the loosest a page may be set when there is room
	// arrange puts the parts of a page in their places.
	arrange func(d *draft, sections []picked)
}

// Editions of a page.
const (
	Standard = "standard" // 13 points down to 12, and 11 when that is said
	Large    = "large"    // 18 points or more, one column, and what the author wrote for it
	BW       = "bw"       // the look in black on white, for copiers and fax machines
)

// designOf finds the design of a sheet.
func designOf(s Sheet) design {
	look := cmp.Or(s.Look, "article")
	d := design{top: 13 * Point, base: clearPrint, floor: usualFloor, least: lowestFloor, airy: 2,
		rung: pageAt, arrange: (*draft).article, mono: s.Edition == BW,
		lax: look != "article", bare: look == "pictures"}
	if s.Edition == Large {
		d.top, d.base, d.floor, d.least = 20*Point, LargePrint, LargePrint, LargePrint
		d.large, d.rung = true, largePageAt
	}
	if d.large || look != "article" {
		d.arrange = (*draft).exerciseRows
	}
	return d
}

// ladder is the rungs down to a floor. Each is tighter than the one before in type
// size or in space, never looser in either: from the largest size airy to the
// base size tight, and on down by half points.
func (d design) ladder(floor Length) []rung {
	if floor > d.top { // larger type was asked for: that size, and no other
		return []rung{d.rung(floor, 2), d.rung(floor, 1), d.rung(floor, 0)}
	}
	mid := (d.top + d.base) / 2
	out := []rung{d.rung(d.top, 2), d.rung(d.top, 1), d.rung(mid, 1), d.rung(mid, 0)}
	for body := d.base; body >= floor; body -= Point / 2 {
		out = append(out, d.rung(body, 0))
	}
	for out[len(out)-1].Body < floor {
		out = out[:len(out)-1]
	}
	if last, tight := out[len(out)-1], d.rung(out[len(out)-1].Body, 0); last.Lead > tight.Lead {
		out = append(out, tight) // the least size has a tight rung, whichever it is
	}
	return out
}

// large tells whether it is a rung of the large edition: type that was asked for may be as
// large, in a design of another construction.
func (r rung) large() bool { return r.Least >= LargePrint }

// A punched page keeps 20 mm clear at the edge it is bound at, on the left or, on one
// that reads from right to left, on the right: holes are 6 mm wide, 12 mm from the
// edge (ISO 838, and three-hole Letter), and a ring takes some more. The other
// margin gives what it can.
var punchStrip = MM(20)

const (
	punchMargin = 29 * Point // the least a printer keeps clear
	punchPad    = 8 * Point  // between the strip and the words
)

// punched is the rung on a sheet to be punched, and by how much narrower that is.
func (r rung) punched() (_ rung, strip Length) {
	r.Margin = punchMargin
	return r, punchStrip - (punchMargin - punchPad)
}

// LookInfo names a look for people.
type LookInfo struct{ ID, Name, Summary string }

// Looks lists the designed looks, which content knows by name.
func Looks() []LookInfo {
	return []LookInfo{
		{"article", "Article", "what is to be read: the text in two columns, the stretches as rows at the foot"},
		{"rows", "Rows", "what is to be done: one exercise a row with its picture, dose and boxes to tick, the text " +
			"below"},
		{"pictures", "Pictures", "for those who were shown: large pictures with name, dose and when to stop, and no " +
			"steps"},
	}
}

// theme is the colours of a page.
type theme struct {
	main    picture.Color // headings
	badge   picture.Color // under the numbers of stretches
	onMain  picture.Color // text on main, and on badges
	accent  picture.Color // bullets, bars
	text    picture.Color
	muted   picture.Color // small print
	alarm   picture.Color
	rule    picture.Color
	tint    picture.Color
	soft    *picture.Color // behind pictures; nil where there are no tints
	mono    bool           // no tints: what has a ground elsewhere has an edge here
	palette figure.Palette
	band    picture.Color // across the top
	line    picture.Color // rules between rows
	// The same on the two sides of the emergency band: bullets and numbers are in the alarm's
	// colour, and in ink.
	signal, calm *theme
}

// PaletteOf is what the figures of a clinic are drawn in: its colours, or black alone.
func PaletteOf(b *content.Brand, mono bool) figure.Palette {
	palette := figure.BW()
	if !mono {
		skin, _ := figure.SkinNamed(b.Skin)
		palette = figure.Tone(b.Main, b.Accent, skin)
	}
	if b.LongHair {
		palette = palette.LongHair()
	}
	return palette
}

func themeOf(b *content.Brand, mono bool) *theme {
	palette, main := PaletteOf(b, mono), picture.Darken(b.Main, 4.5)
	var t *theme
	if mono {
		ink := picture.Black
		t = &theme{main: ink, onMain: picture.White, accent: ink, text: ink,
			muted: ink, alarm: ink, rule: ink, tint: picture.White, mono: true, palette: palette}
	} else {
		t = &theme{
			main:   main,
			onMain: picture.White,
			accent: b.Accent,
			text:   content.Ink,
			muted:  picture.RGB(0x45545c),
			alarm:  picture.RGB(0xa61b1b),
			// On a copier's black and white a tint is a scatter of dots and a rule a line.
			rule:    picture.RGB(0x6b7c84),
			tint:    picture.RGB(0xe3ebed),
			soft:    &picture.Color{R: 0xf3, G: 0xf7, B: 0xf8},
			palette: palette,
		}
	}
	t.band, t.badge, t.line = t.main, t.main, t.main
	if !mono {
		t.quiet(b.Main)
	}
	signal, calm := *t, *t
	signal.main, signal.accent = t.alarm, t.alarm
	calm.main, calm.accent = t.text, t.text
	t.signal, t.calm = &signal, &calm
	return t
}

// quiet leaves the alarm alone on the page: a clinic whose colour is near to the alarm's has
// it in its band and rules, its words in ink and its tints grey. A colour too pale for words
// is the ground they stand on, in ink. Other tints are the clinic's.
func (t *theme) quiet(own picture.Color) {
	soft := t.band.Tint(5)
	switch pale := !picture.Legible(own, picture.White, 4.5); {
	case t.band.Near(t.alarm):
		t.main, t.badge, soft = t.text, t.text, *t.soft
		if t.accent.Near(t.alarm) {
			t.accent = t.text
		}
	case own.AsWhite():
		t.main, t.badge, t.band, t.line, soft = t.text, t.text, t.rule, t.rule, *t.soft
	case pale:
		t.main, t.badge, t.onMain, t.band, t.line = t.text, own, t.text, own, t.rule
		t.tint, soft = own, own.Tint(15)
	default:
		t.tint = t.band.Tint(10)
	}
	t.soft = &soft
}

// inked is a figure in the page's colours: the same picture each time it is asked for.
func (t *theme) inked(f *figure.Figure) *picture.Picture {
	return &picture.Picture{Drawing: figure.Inked(f, t.palette)}
}

// printed is an author's picture or a clinic's logo as the page has it: in greys where
// the page has no colours.
func (t *theme) printed(p *picture.Picture) *picture.Picture {
	if t.mono {
		return p.Gray()
	}
	return p
}
