package layout

import (
	"handout/content"
	"handout/content/picture"
	"handout/layout/figure"
)

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

// printed is an author's picture or a clinic's logo as the page has it: in greys where
// the page has no colours.
func (t *theme) printed(p *picture.Picture) *picture.Picture {
	if t.mono {
		return p.Gray()
	}
	return p
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
