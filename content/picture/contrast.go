package picture

import "math"

// Contrast is the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
func Contrast(a, b Color) float64 {
	x, y := Luminance(a), Luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

// Luminance is the relative luminance of a colour, 0 (black) to 1 (white)
// (WCAG 2.2, "relative luminance").
func Luminance(c Color) float64 {
	return .2126*linear(c.R) + .7152*linear(c.G) + .0722*linear(c.B)
}

// Lightness is how light a colour looks, 0 (black) to 100 (white): L* of CIELAB.
func Lightness(c Color) float64 {
	y := Luminance(c)
	if y <= 216./24389 {
		return y * 24389 / 27
	}
	return 116*math.Cbrt(y) - 16
}

// Gray is a colour as a photocopier gives it back: its luma by ITU-R BT.601.
func Gray(c Color) Color {
	y := luma(c.R, c.G, c.B)
	return Color{y, y, y}
}

// gray709 is the same by BT.709, as other copiers have it.
func gray709(c Color) Color {
	y := uint8((2126*int(c.R) + 7152*int(c.G) + 722*int(c.B) + 5000) / 10000)
	return Color{y, y, y}
}

// Legible tells whether text can be read: a and b differ by the ratio or more in
// colour, as a grey copy by BT.601 and as one by BT.709. Text wants 4.5, or 3
// from 14 points bold (WCAG 2.2, 1.4.3); lines and marks want 3 (1.4.11).
func Legible(a, b Color, ratio float64) bool {
	return Contrast(a, b) >= ratio &&
		Contrast(Gray(a), Gray(b)) >= ratio &&
		Contrast(gray709(a), gray709(b)) >= ratio
}

// Darken is c if it is legible on white at the ratio, and else the lightest
// colour of its hue that is.
func Darken(c Color, ratio float64) Color {
	if Legible(c, White, ratio) {
		return c
	}
	l, chroma, hue := oklch(c)
	for ; l > 0; l -= .005 {
		if d := fromOKLCH(l, chroma, hue); Legible(d, White, ratio) {
			return d
		}
	}
	return Black
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
func oklch(c Color) (l, chroma, hue float64) {
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
func fromOKLCH(l, chroma, hue float64) Color {
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
		low, high := min(rgb[0], rgb[1], rgb[2]), max(rgb[0], rgb[1], rgb[2])
		if chroma > 0 && (low < -.0005 || high > 1.0005) {
			continue
		}
		return Color{R: byteOf(rgb[0]), G: byteOf(rgb[1]), B: byteOf(rgb[2])}
	}
}

// byteOf undoes linear, for a light that may be more than a screen has.
func byteOf(x float64) uint8 {
	if x <= .0031308 {
		x *= 12.92
	} else {
		x = 1.055*math.Pow(x, 1/2.4) - .055
	}
	return level(x)
}
