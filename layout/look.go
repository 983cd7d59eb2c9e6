package layout

import (
	"handout/content"
	"handout/content/picture"
	"handout/layout/figure"
)

// Look is one rung of a ladder: every measure of a page, fixed by a designer.
// The fit climbs down the ladder, from airy to tight, until a handout stands on
// one page.
type Look struct {
	Body    Length // type size of running text
	Lead    Length // baseline to baseline
	Margin  Length // left and right of the text
	Gutter  Length // between columns
	Gap     Length // between the parts of the page
	Section Length // above a heading inside a column
	Head    Length // below a heading
	Para    Length // between paragraphs
	Item    Length // between the items of a list

	Picture       Length // width of a stretch's picture beside its words
	PictureHeight Length // the tallest it is drawn
	RunOn         bool   // lists that were cut to their lead-ins run on, their bullets between them
}

// classicAt is the classic look at a type size: loose from 0 (tight) to 2 (airy).
func classicAt(body Length, loose int) Look {
	l := Length(loose)
	return Look{
		Body:          body,
		Lead:          body * (122 + 6*l) / 100,
		Margin:        36 * Point,
		Gutter:        22*Point + l*Point,
		Gap:           (7 + 3*l) * Point,
		Section:       (5 + 2*l) * Point,
		Head:          l * Point,
		Para:          (3 + l) * Point,
		Item:          l * Point,
		Picture:       (104 + 4*l) * Point,
		PictureHeight: (66 + 14*l) * Point,
	}
}

// ladder is the rungs of the classic look above a floor. Each is tighter than the
// one before in type size or in space, never looser in either: from 13 points
// airy to 12 points tight, and on down by half points.
func ladder(floor Length) []Look {
	out := []Look{classicAt(13*Point, 2), classicAt(13*Point, 1), classicAt(13*Point-Point/2, 1), classicAt(13*Point-Point/2, 0)}
	if floor > 13*Point { // larger type was asked for: that size, and no other
		return []Look{classicAt(floor, 2), classicAt(floor, 1), classicAt(floor, 0)}
	}
	for body := 12 * Point; body >= floor; body -= Point / 2 {
		out = append(out, classicAt(body, 0))
	}
	for out[len(out)-1].Body < floor {
		out = out[:len(out)-1]
	}
	return out
}

// crowded is the rung with the least of everything that is not type: lists that
// were cut run on, and small pictures. It is for a page of five or six stretches.
func (l Look) crowded() Look {
	l.RunOn = true
	l.Picture, l.PictureHeight = 84*Point, 52*Point
	return l
}

// LookInfo names a look for people.
type LookInfo struct{ ID, Name, Summary string }

// Looks lists the designed looks.
func Looks() []LookInfo {
	return []LookInfo{{"classic", "Classic", "the clinic's name on top, text in two columns, the stretches below"}}
}

// theme is the colours of a page.
type theme struct {
	main         picture.Color // headings, badges
	onMain       picture.Color // text on main
	accent       picture.Color // bullets, bars
	strongAccent picture.Color // text in the accent
	text         picture.Color
	strong       picture.Color // bold words in running text
	muted        picture.Color // small print
	alarm        picture.Color
	rule         picture.Color
	tint         picture.Color
	palette      figure.Palette
}

func themeOf(b *content.Brand) *theme {
	hex := func(v uint32) picture.Color { return picture.Color{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v)} }
	skin, _ := figure.SkinNamed(b.Skin)
	palette := figure.Tone(b.Main, b.Accent, skin)
	if b.LongHair {
		palette = palette.LongHair()
	}
	return &theme{
		main:         b.Main,
		onMain:       hex(0xffffff),
		accent:       b.Accent,
		strongAccent: content.Darken(b.Accent, 4.5),
		text:         hex(0x16232b),
		strong:       hex(0x16232b),
		muted:        hex(0x45545c),
		alarm:        hex(0xa61b1b),
		rule:         hex(0xb9c7cc),
		tint:         hex(0xeef3f4),
		palette:      palette,
	}
}

// ink is running text at a size.
func (t *theme) ink(size Length) ink { return ink{size: size, color: t.text, strong: t.strong} }

// inked is a figure in the page's colours: the same picture each time it is asked for.
func (t *theme) inked(f *figure.Figure) *picture.Picture {
	return &picture.Picture{Drawing: figure.Inked(f, t.palette)}
}
