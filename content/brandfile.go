package content

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"handout/content/picture"
)

// Neutral is the brand of a page nobody has put a name to: deep teal, with clay for marks.
func Neutral() *Brand {
	return &Brand{Main: picture.Color{R: 0x17, G: 0x54, B: 0x5e}, Accent: picture.Color{R: 0xb2, G: 0x55, B: 0x32}}
}

// ReadBrand reads a brand file. Files it names are looked for beside it, within
// fsys. The error is an Errors with every mistake.
//
// A colour too pale to be read is made darker, or a ground, and Brand.Notes says so.
func ReadBrand(fsys fs.FS, name string) (*Brand, error) {
	files := watch(fsys)
	src, errs := readSource(files, name)
	if src == nil {
		return nil, errs.finish()
	}
	b, more := parseBrand(files, src)
	if err := append(errs, more...).finish(); err != nil {
		return nil, err
	}
	b.Sum = files.Sum()
	return b, nil
}

func parseBrand(fsys fs.FS, src *source) (*Brand, Errors) {
	var errs Errors
	b := Neutral()
	b.Position = Position{File: src.shown, Line: 1, Column: 1}
	f := &form{src: src, errs: &errs}
	f.fill(src.text, b.keys(fsys))
	for _, n := range src.notes {
		b.Notes = append(b.Notes, n.Error())
	}
	b.keepLegible()
	if left := b.Examples(); len(left) > 0 {
		b.Notes = append(b.Notes, fmt.Sprintf("%s still has the %s that `handout init` wrote: pages are printed with "+
			"that until you write your own", src.shown, strings.Join(left, ", ")))
	}
	return b, errs
}

// Examples are the keys that still say what they say in the file that `handout init` writes, or in its comments.
// Who reads such a page calls nobody.
func (b *Brand) Examples() (keys []string) {
	for _, x := range [...]struct {
		key, example string
		said         []string
	}{
		{"name", "Your Clinic", []string{b.Name}},
		{"phone", "(555) 555-0100", b.Phones},
		{"address", "1 Example Street", b.Address},
		{"web", "https://www.example.org", []string{b.Web}},
		{"email", "hello@example.org", []string{b.Email}},
		{"booking", "https://example.org/book", []string{b.Booking}},
		{"therapist", "Sam Example", []string{b.Therapist}},
	} {
		if slices.Contains(x.said, x.example) {
			keys = append(keys, x.key)
		}
	}
	return keys
}

// keys are those of a brand's file.
func (b *Brand) keys(fsys fs.FS) []key {
	return []key{
		{"name", set(&b.Name)},
		{"tagline", set(&b.Tagline)},
		{"logo", func(v value) {
			if b.Logo = v.picture(fsys); b.Logo != nil {
				b.Notes = append(b.Notes, b.Logo.Notes...)
				var unseen bool
				if b.Logo, unseen = b.Logo.Logo(); unseen {
					b.Notes = append(b.Notes, "the logo is white, nearly white or empty, and cannot be seen on paper: "+
						"use the one for a light ground")
				}
			}
		}},
		{"logo-height", func(v value) { b.LogoHeight = v.millimetres(6, 25) }},
		{"logo-has-name", func(v value) { b.LogoNamed = v.oneOf("true", "false") == "true" }},
		{"colors", func(v value) {
			v.fill([]key{
				{"main", func(v value) { b.Main = v.color(b.Main) }},
				{"accent", func(v value) { b.Accent = v.color(b.Accent) }},
			})
		}},
		{"phone", func(v value) { b.Phones = append(b.Phones, v.phones()...) }},
		{"phones", func(v value) { b.Phones = append(b.Phones, v.phones()...) }},
		{"address", func(v value) { b.Address = v.lines() }},
		{"web", func(v value) { b.Web = v.web() }},
		{"email", func(v value) { b.Email = v.email() }},
		{"mail", func(v value) { v.mail(b) }},
		{"booking", func(v value) { b.Booking = v.booking() }},
		{"therapist", set(&b.Therapist)},
		{"credential", set(&b.Credential)},
		{"country", func(v value) { b.Country = v.country() }},
		{"lang", func(v value) { b.Lang = v.lang() }},
		{"paper", func(v value) { b.Paper = v.oneOf("letter", "a4") }},
		{"look", func(v value) { b.Look = v.look() }},
		{"edition", func(v value) { b.Edition = v.oneOf("standard", "large", "bw") }},
		{"small-print", set(&b.SmallPrint)},
		{"fonts", func(v value) { b.Fonts = v.fonts(fsys) }},
		{"min-type", func(v value) { b.MinType = v.points(9, 18) }},
		{"hair", func(v value) { b.LongHair = v.oneOf("short", "long") == "long" }},
		{"services", func(v value) { b.Services = v.services() }},
		{"statuses", func(v value) { b.Statuses = v.statuses() }},
		{"library", sets(&b.Library)},
		{"skin", func(v value) { b.Skin = v.oneOf("light", "fair", "tan", "brown", "deep") }},
	}
}

// mostDarker is how much darker a colour may be made, in L*: what would be made darker still
// is another colour, and mostly mud.
const mostDarker = 25

// keepLegible darkens the colours until the main one can be read as text and carry white
// text, and lines in the accent can be seen, also on a grey copy. A main colour that is too
// pale for that stays as it is: a page has it for its grounds, with ink on them.
func (b *Brand) keepLegible() {
	say := func(format string, args ...any) { b.Notes = append(b.Notes, fmt.Sprintf(format, args...)) }
	c := picture.Darken(b.Main, 4.5)
	switch pale := picture.Lightness(b.Main); {
	case c == b.Main:
	case b.Main.AsWhite():
		say("the main colour %s is as good as white, so bands and boxes are grey, and words in ink", b.Main.Hex())
	case pale-picture.Lightness(c) > mostDarker:
		say("the main colour %s is too pale for text, so bands and boxes are in it, and words in ink", b.Main.Hex())
	default:
		say("the main colour %s is too pale for white text, so %s stands for it", b.Main.Hex(), c.Hex())
		b.Main = c
	}
	c = picture.Darken(b.Accent, 3)
	switch {
	case c == b.Accent:
	case picture.Lightness(b.Accent)-picture.Lightness(c) > mostDarker:
		say("the accent colour %s is too pale to be seen on paper, so marks are in ink", b.Accent.Hex())
		b.Accent = Ink
	default:
		say("the accent colour %s is too pale to be seen on paper, so %s stands for it", b.Accent.Hex(), c.Hex())
		b.Accent = c
	}
}

// Ink is the colour of words.
var Ink = picture.RGB(0x16232b)

// AccentText is the accent colour, darkened where needed to be read as text on
// white, or to carry white text, at 4.5:1.
func (b *Brand) AccentText() picture.Color { return picture.Darken(b.Accent, 4.5) }

// PaperName is the sheet to print on, "letter" or "a4": the brand's own, or what
// its country uses. Without either it is letter.
func (b *Brand) PaperName() string {
	switch {
	case b.Paper != "":
		return b.Paper
	case b.Country == "" || usesLetter(b.Country):
		return "letter"
	}
	return "a4"
}

// color is a colour, or the one given if there is a mistake in it.
func (v value) color(otherwise picture.Color) picture.Color {
	s, ok := v.raw()
	if !ok {
		return otherwise
	}
	c, alpha, ok := picture.ParseColor(s)
	if !ok || alpha != 1 {
		v.bad("not-a-colour", `write it as "#1f6f78", in quotes, or a name like teal`, "this is not a colour")
		return otherwise
	}
	return c
}

// lines are the lines of a list or of a text.
func (v value) lines() []string {
	var list []string
	for _, x := range v.items() {
		s, _ := x.raw()
		for line := range strings.SplitSeq(s, "\n") {
			if line = strings.Join(strings.Fields(line), " "); line != "" {
				list = append(list, line)
			}
		}
	}
	if len(list) > 6 {
		v.bad("address-too-long", "leave some out", "an address has at most 6 lines")
	}
	return list
}

func (v value) phones() []string {
	var list []string
	for _, x := range v.items() {
		s := x.text()
		if len(phoneDigits(s)) < 3 || len(s) > 40 {
			x.bad("not-a-phone-number", "write it the way it is to be printed", "this is not a phone number")
			continue
		}
		list = append(list, s)
	}
	return list
}

// web is an absolute address; https:// may be left out.
func (v value) web() string {
	s := v.text()
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	a, ok := webAddress(s)
	if !ok {
		v.bad("not-a-web-address", "write it like https://example.org", "this is not a web address")
	}
	return a
}

func (v value) booking() string {
	a, ok := webAddress(v.text())
	if !ok || !strings.HasPrefix(a, "https://") {
		v.bad("booking-not-https", "write it like https://example.org/book", "a booking address begins with https://")
		return ""
	}
	return a
}

func (v value) country() string {
	s := strings.ToUpper(v.text())
	if isCountry(s) {
		return s
	}
	hint := "write the two letters of ISO 3166, like US, GB or DE"
	if s == "UK" {
		hint = "write GB"
	}
	v.bad("not-a-country", hint, "this is not a country's code")
	return ""
}

func (v value) points(low, high float64) float64 {
	s, ok := v.raw()
	n, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(s, "pt")), 64)
	if ok && (err != nil || !(n >= low && n <= high)) {
		v.bad("not-a-size", "", "there should be a size here, from %g to %g points", low, high)
		return 0
	}
	return n
}

func (v value) millimetres(low, high float64) float64 {
	s, ok := v.raw()
	n, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(s, "mm")), 64)
	if ok && (err != nil || !(n >= low && n <= high)) {
		v.bad("not-a-height", "", "there should be a height here, from %g to %g mm", low, high)
		return 0
	}
	return n
}

func (v value) fonts(fsys fs.FS) []Font {
	var list []Font
	items := v.items()
	if len(items) > 8 {
		v.bad("too-many-fonts", "leave some out", "a brand has at most 8 fonts")
		return nil
	}
	for _, x := range items {
		_, data := x.file(fsys, maxFont)
		switch magic := string(data[:min(4, len(data))]); {
		case data == nil:
		case magic == "wOFF" || magic == "wOF2":
			x.bad("web-font", "use the .ttf or .otf file it was made from", "this is a font for web pages")
		case magic != "\x00\x01\x00\x00" && magic != "OTTO" && magic != "true" && magic != "ttcf":
			x.bad("not-a-font", "use a .ttf or .otf file", "this is not a font")
		default:
			list = append(list, Font{Position: x.pos, Data: data})
		}
	}
	return list
}
