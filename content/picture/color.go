package picture

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
)

// Color is an opaque sRGB colour.
type Color struct{ R, G, B uint8 }

// The ends of the scale.
var (
	White = Color{255, 255, 255}
	Black = Color{}
)

// RGB is the colour that is written as six hexadecimal digits.
func RGB(hex uint32) Color { return Color{uint8(hex >> 16), uint8(hex >> 8), uint8(hex)} }

// Hex is the colour as #rrggbb.
func (c Color) Hex() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// Luma is the grey value that a copier sees, 0 to 1 (Rec. ITU-R BT.601).
func (c Color) Luma() float64 {
	return (.299*float64(c.R) + .587*float64(c.G) + .114*float64(c.B)) / 255
}

// Tint is so many hundredths of the colour on white.
func (c Color) Tint(share int) Color {
	on := func(v uint8) uint8 { return uint8(255 - (255-int(v))*share/100) }
	return Color{on(c.R), on(c.G), on(c.B)}
}

// Near tells whether the hue of a colour is within 25 degrees of another's. Greys, and what
// is nearly grey or black, have no hue to speak of.
func (c Color) Near(o Color) bool {
	a, strong := c.hue()
	b, too := o.hue()
	d := math.Abs(a - b)
	return strong && too && min(d, 360-d) <= 25
}

// AsWhite tells whether a colour can hardly be told from white paper.
func (c Color) AsWhite() bool { return min(c.R, c.G, c.B) >= 240 }

// hue is in degrees from red; strong tells whether it is seen.
func (c Color) hue() (degrees float64, strong bool) {
	r, g, b := float64(c.R), float64(c.G), float64(c.B)
	most, least := max(r, g, b), min(r, g, b)
	if most-least < 48 {
		return 0, false
	}
	switch span := most - least; most {
	case r:
		degrees = math.Mod(60*(g-b)/span+360, 360)
	case g:
		degrees = 60*(b-r)/span + 120
	default:
		degrees = 60*(r-g)/span + 240
	}
	return degrees, true
}

// ParseColor reads a colour as CSS Color 4 writes it: a name of SVG 1.1, 3, 4,
// 6 or 8 hex digits, rgb(), rgba(), hsl() or hsla(). transparent has alpha 0.
func ParseColor(text string) (c Color, alpha float64, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	switch text {
	case "transparent":
		return Color{}, 0, true
	case "rebeccapurple": // of CSS alone
		return RGB(0x663399), 1, true
	}
	if named, ok := colornames.Map[text]; ok {
		return Color{named.R, named.G, named.B}, 1, true
	}
	if hex, ok := strings.CutPrefix(text, "#"); ok {
		return hexColor(hex)
	}
	name, rest, _ := strings.Cut(text, "(")
	args, ok := strings.CutSuffix(rest, ")")
	if !ok {
		return Color{}, 0, false
	}
	list := strings.FieldsFunc(args, func(r rune) bool {
		return r == ',' || r == '/' || strings.ContainsRune(space, r)
	})
	if len(list) != 3 && len(list) != 4 {
		return Color{}, 0, false
	}
	alpha = 1
	if len(list) == 4 {
		if alpha, ok = fraction(list[3]); !ok {
			return Color{}, 0, false
		}
	}
	switch name {
	case "rgb", "rgba":
		var v [3]uint8
		for i := range v {
			f, percent, ok := ratio(list[i])
			if !ok {
				return Color{}, 0, false
			}
			if !percent {
				f /= 255
			}
			v[i] = level(f)
		}
		return Color{v[0], v[1], v[2]}, alpha, true
	case "hsl", "hsla":
		h, percent, ok := ratio(strings.TrimSuffix(list[0], "deg"))
		s, p1, ok1 := ratio(list[1])
		l, p2, ok2 := ratio(list[2])
		return hsl(h, s, l), alpha, ok && ok1 && ok2 && !percent && p1 && p2
	}
	return Color{}, 0, false
}

func hexColor(hex string) (Color, float64, bool) {
	if len(hex) == 3 || len(hex) == 4 {
		var b strings.Builder
		for i := range len(hex) {
			b.WriteByte(hex[i])
			b.WriteByte(hex[i])
		}
		hex = b.String()
	}
	if len(hex) == 6 {
		hex += "ff"
	}
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 8 {
		return Color{}, 0, false
	}
	return Color{uint8(v >> 24), uint8(v >> 16), uint8(v >> 8)}, float64(uint8(v)) / 255, true
}

// ratio reads a number, or a percentage as a part of 1.
func ratio(text string) (v float64, percent, ok bool) {
	text, percent = strings.CutSuffix(text, "%")
	s := scanner{s: text}
	v, ok = s.number()
	if percent {
		v /= 100
	}
	return v, percent, ok && s.done()
}

// fraction reads an opacity: a number or a percentage, held to 0 to 1.
func fraction(text string) (float64, bool) {
	v, _, ok := ratio(strings.TrimSpace(text))
	return max(0, min(1, v)), ok
}

func level(v float64) uint8 { return uint8(math.Round(max(0, min(1, v)) * 255)) }

// hsl is CSS Color 4, 7.1: hue in degrees, the rest from 0 to 1.
func hsl(h, s, l float64) Color {
	s, l = max(0, min(1, s)), max(0, min(1, l))
	h = math.Mod(math.Mod(h, 360)+360, 360)
	f := func(n float64) uint8 {
		k := math.Mod(n+h/30, 12)
		return level(l - s*min(l, 1-l)*max(-1, min(k-3, 9-k, 1)))
	}
	return Color{f(0), f(8), f(4)}
}
