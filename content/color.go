package content

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"handout/content/picture"
)

// Contrast is the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
func Contrast(a, b picture.Color) float64 {
	x, y := Luminance(a), Luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

// Luminance is the relative luminance of a colour, 0 (black) to 1 (white)
// (WCAG 2.2, "relative luminance").
func Luminance(c picture.Color) float64 {
	return .2126*linear(c.R) + .7152*linear(c.G) + .0722*linear(c.B)
}

// Gray is a colour as a photocopier gives it back: its luma by ITU-R BT.601.
func Gray(c picture.Color) picture.Color { return gray(c, .299, .587) }

// Legible tells whether text can be read: a and b differ by the ratio or more in
// colour, as a grey copy by BT.601 and as one by BT.709. Text wants 4.5, or 3
// from 14 points bold (WCAG 2.2, 1.4.3); lines and marks want 3 (1.4.11).
func Legible(a, b picture.Color, ratio float64) bool {
	return Contrast(a, b) >= ratio &&
		Contrast(Gray(a), Gray(b)) >= ratio &&
		Contrast(gray(a, .2126, .7152), gray(b, .2126, .7152)) >= ratio
}

var (
	white = picture.Color{R: 255, G: 255, B: 255}
	black = picture.Color{}
)

// Darken is c if it is legible on white at the ratio, and else the lightest
// colour of its hue that is.
func Darken(c picture.Color, ratio float64) picture.Color {
	if Legible(c, white, ratio) {
		return c
	}
	l, chroma, hue := oklch(c)
	for ; l > 0; l -= .005 {
		if d := fromOKLCH(l, chroma, hue); Legible(d, white, ratio) {
			return d
		}
	}
	return black
}

func gray(c picture.Color, r, g float64) picture.Color {
	y := uint8(math.Round(r*float64(c.R) + g*float64(c.G) + (1-r-g)*float64(c.B)))
	return picture.Color{R: y, G: y, B: y}
}

// linear undoes the sRGB transfer curve (IEC 61966-2-1).
func linear(v uint8) float64 {
	x := float64(v) / 255
	if x <= .04045 {
		return x / 12.92
	}
	return math.Pow((x+.055)/1.055, 2.4)
}

// oklch gives lightness, chroma and hue in the OKLab space (B. Ottosson, "A
// perceptual color space for image processing", 2020), where darkening keeps the hue.
func oklch(c picture.Color) (l, chroma, hue float64) {
	r, g, b := linear(c.R), linear(c.G), linear(c.B)
	p := math.Cbrt(.4122214708*r + .5363325363*g + .0514459929*b)
	q := math.Cbrt(.2119034982*r + .6806995451*g + .1073969566*b)
	s := math.Cbrt(.0883024619*r + .2817188376*g + .6299787005*b)
	l = .2104542553*p + .7936177850*q - .0040720468*s
	a := 1.9779984951*p - 2.4285922050*q + .4505937099*s
	z := .0259040371*p + .7827717662*q - .8086757660*s
	return l, math.Hypot(a, z), math.Atan2(z, a)
}

// fromOKLCH is the inverse; a colour no screen has loses chroma until it has it.
func fromOKLCH(l, chroma, hue float64) picture.Color {
	for ; ; chroma -= .004 {
		chroma = max(0, chroma)
		a, z := chroma*math.Cos(hue), chroma*math.Sin(hue)
		p, q, s := l+.3963377774*a+.2158037573*z, l-.1055613458*a-.0638541728*z, l-.0894841775*a-1.2914855480*z
		p, q, s = p*p*p, q*q*q, s*s*s
		rgb := [3]float64{
			4.0767416621*p - 3.3077115913*q + .2309699292*s,
			-1.2684380046*p + 2.6097574011*q - .3413193965*s,
			-.0041960863*p - .7034186147*q + 1.7076147010*s,
		}
		if low, high := min(rgb[0], rgb[1], rgb[2]), max(rgb[0], rgb[1], rgb[2]); chroma > 0 && (low < -.0005 || high > 1.0005) {
			continue
		}
		return picture.Color{R: byteOf(rgb[0]), G: byteOf(rgb[1]), B: byteOf(rgb[2])}
	}
}

func byteOf(x float64) uint8 {
	if x <= .0031308 {
		x *= 12.92
	} else {
		x = 1.055*math.Pow(x, 1/2.4) - .055
	}
	return uint8(math.Round(255 * max(0, min(1, x))))
}

// ParseColor reads #rgb, #rrggbb or one of the names people use for colours.
func ParseColor(s string) (picture.Color, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	hex, ok := strings.CutPrefix(s, "#")
	if !ok {
		hex = named(s)
	}
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if len(hex) != 6 || err != nil {
		return picture.Color{}, &Error{Message: "this is not a colour", Hint: `write it as "#1f6f78", in quotes, or a name like teal`}
	}
	return picture.Color{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n)}, nil
}

// named are colours of CSS Color 4 that someone would name a brand's colour by.
func named(s string) string {
	switch s {
	case "black":
		return "000000"
	case "white":
		return "ffffff"
	case "gray", "grey":
		return "808080"
	case "silver":
		return "c0c0c0"
	case "red":
		return "ff0000"
	case "darkred":
		return "8b0000"
	case "maroon":
		return "800000"
	case "crimson":
		return "dc143c"
	case "coral":
		return "ff7f50"
	case "salmon":
		return "fa8072"
	case "pink":
		return "ffc0cb"
	case "orange":
		return "ffa500"
	case "gold":
		return "ffd700"
	case "yellow":
		return "ffff00"
	case "olive":
		return "808000"
	case "lime":
		return "00ff00"
	case "green":
		return "008000"
	case "darkgreen":
		return "006400"
	case "forestgreen":
		return "228b22"
	case "seagreen":
		return "2e8b57"
	case "teal":
		return "008080"
	case "turquoise":
		return "40e0d0"
	case "cyan", "aqua":
		return "00ffff"
	case "skyblue":
		return "87ceeb"
	case "steelblue":
		return "4682b4"
	case "blue":
		return "0000ff"
	case "royalblue":
		return "4169e1"
	case "navy":
		return "000080"
	case "indigo":
		return "4b0082"
	case "purple":
		return "800080"
	case "violet":
		return "ee82ee"
	case "lavender":
		return "e6e6fa"
	case "magenta", "fuchsia":
		return "ff00ff"
	case "brown":
		return "a52a2a"
	case "chocolate":
		return "d2691e"
	case "tan":
		return "d2b48c"
	case "slategray", "slategrey":
		return "708090"
	}
	return ""
}

func hexOf(c picture.Color) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
