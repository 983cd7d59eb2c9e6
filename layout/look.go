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
	Full          bool   // steps below each other rather than run on, where the author's words allow both
}

// classicAt is the classic look at a type size: loose from 0 (tight) to 2 (airy).
func classicAt(body Length, loose int) Look {
	l := Length(loose)
	return Look{
		Body:          body,
		Lead:          body * (122 + 6*l) / 100,
		Margin:        36 * Point,
		Gutter:        22*Point + l*Point,
		Gap:           (8 + 3*l) * Point,
		Section:       (6 + 2*l) * Point,
		Head:          l * Point,
		Para:          (3 + l) * Point,
		Item:          l * Point,
		Picture:       (104 + 4*l) * Point,
		PictureHeight: (76 + 12*l) * Point,
	}
}

// ladder is the rungs of the classic look above a floor: down to 12 points by
// half points, each airy before tight; below 12 points tight only.
func ladder(floor Length) []Look {
	var out []Look
	for _, half := range []Length{26, 25, 24, 23, 22, 21, 20, 19, 18} {
		body := half * Point / 2
		if body < floor {
			break
		}
		loosest := 2
		if body < 12*Point {
			loosest = 0
		}
		for loose := loosest; loose >= 0; loose-- {
			out = append(out, classicAt(body, loose))
		}
	}
	if len(out) == 0 { // a floor above the largest size is a wish for just that size
		for loose := 2; loose >= 0; loose-- {
			out = append(out, classicAt(floor, loose))
		}
	}
	return out
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
		palette:      figure.Tone(b.Main, b.Accent, skin),
	}
}

// ink is running text at a size.
func (t *theme) ink(size Length) ink { return ink{size: size, color: t.text, strong: t.strong} }

// inked is a figure in the page's colours: the same picture each time it is asked for.
func (t *theme) inked(f *figure.Figure) *picture.Picture {
	return &picture.Picture{Drawing: figure.Inked(f, t.palette)}
}
