package figure

import (
	"math"

	"handout/content/picture"
)

// Palette is a colour for each role. Palettes can be compared with ==.
type Palette struct {
	fill [roles]picture.Color
	hide [roles]bool // not painted in this style
}

// Color is the colour of a role, and whether it is painted at all.
func (p Palette) Color(r Role) (c picture.Color, shown bool) { return p.fill[r], !p.hide[r] }

// Skin is a skin tone: an index into skins.
type Skin uint8

// The skins from light to deep. The far limb is the darker one, by 7 L*:
// more looks like another person's.
var skins = [...]struct {
	name      string
	near, far picture.Color
}{
	{"light", picture.RGB(0xf9ebdf), picture.RGB(0xe5d6ca)},
	{"fair", picture.RGB(0xf3d7bd), picture.RGB(0xdfc2a7)},
	{"tan", picture.RGB(0xdcb088), picture.RGB(0xc99c72)},
	{"brown", picture.RGB(0xb07d56), picture.RGB(0x9d6a42)},
	{"deep", picture.RGB(0x85583c), picture.RGB(0x734629)},
}

// SkinNamed finds a skin tone by its name; the empty name is the lightest.
func SkinNamed(name string) (s Skin, ok bool) {
	for i, k := range skins {
		if k.name == name {
			return Skin(i), true
		}
	}
	return 0, name == ""
}

// Tone is the flat, light style of the house in a clinic's colours: clothes of
// the main colour's hue, straps of the accent's.
//
// The grey values are kept whatever the brand, so that a photocopy reads as the
// print does: shirt 78 % (of white), shorts 61 %, patch 32 % on a halo of 91 %,
// outline 15 %. Near the red of the patch the clothes lose chroma, so that the
// patch stays the strongest colour on the body.
func Tone(main, accent picture.Color, skin Skin) Palette {
	m, a := hueOf(main), hueOf(accent)
	s := skins[min(int(skin), len(skins)-1)]
	p := Palette{fill: [roles]picture.Color{
		roleInk: m.at(.15, .12), roleHair: picture.RGB(0x2a3138),
		roleSkin: s.near, roleFarSkin: s.far,
		roleShirt: m.at(.78, .21), roleFarShirt: m.at(.69, .22),
		roleShorts: m.at(.61, .26), roleFarShorts: m.at(.53, .25),
		rolePatch: picture.RGB(0xc8220f), rolePatchSoft: picture.RGB(0xffe0cd),
		roleHatch: picture.Black, roleHatchRim: picture.White,
		roleArrow: picture.RGB(0xb8321a), roleArrowRim: picture.White,
		roleMat: m.at(.93, .03), roleMatSide: m.at(.84, .045),
		roleProp: m.at(.93, .01), rolePropSide: m.at(.85, .015), rolePropInk: m.at(.46, .07),
		roleStrap: a.at(.70, .70), roleShadow: m.at(.84, .05),
		roleGhost: m.at(.95, .012), roleGhostInk: m.at(.60, .05),
		roleBun: picture.RGB(0x2a3138), roleBunInk: m.at(.15, .12),
		roleTeeth: picture.White, roleTongue: picture.RGB(0xd98880),
	}}
	p.hide[roleHatch], p.hide[roleHatchRim] = true, true
	p.hide[roleBun], p.hide[roleBunInk] = true, true
	return p
}

// BW is the one-ink style for copiers: black lines on white, far limbs in a
// light grey, the muscle hatched.
func BW() Palette {
	white, far := picture.White, picture.RGB(0xe8e8e8)
	p := Palette{fill: [roles]picture.Color{
		roleInk: picture.Black, roleHair: picture.Black, roleSkin: white, roleFarSkin: far,
		roleShirt: white, roleFarShirt: far, roleShorts: white, roleFarShorts: far, rolePatch: picture.Black,
		rolePatchSoft: white, roleHatch: picture.Black, roleHatchRim: white, roleArrow: picture.Black,
		roleArrowRim: white, roleMat: white, roleMatSide: picture.RGB(0xf1f1f1), roleProp: white,
		rolePropSide: picture.RGB(0xf1f1f1), rolePropInk: picture.RGB(0x555555), roleStrap: picture.RGB(0xbbbbbb),
		roleShadow: picture.RGB(0xdddddd), roleGhost: picture.RGB(0xf5f5f5), roleGhostInk: picture.RGB(0x888888),
		roleBun: picture.Black, roleBunInk: picture.Black, roleTeeth: white, roleTongue: picture.RGB(0xbbbbbb),
	}}
	p.hide[rolePatch], p.hide[rolePatchSoft] = true, true
	p.hide[roleBun], p.hide[roleBunInk] = true, true
	return p
}

// LongHair is the palette with the hair in a knot instead of cut short.
func (p Palette) LongHair() Palette {
	p.hide[roleBun], p.hide[roleBunInk] = false, false
	return p
}

// Ink fills the figure's paths with the palette's colours, in a box of W by H
// millimetres. Opacities stay: what lies below a halo is not one colour.
// See Inked for the same with a memory.
func (f *Figure) Ink(p Palette) *picture.Drawing {
	d := &picture.Drawing{W: f.W, H: f.H, Paths: make([]picture.Path, 0, len(f.Paths))}
	for _, q := range f.Paths {
		if c, shown := p.Color(q.Role); shown {
			d.Paths = append(d.Paths, picture.Path{Fill: c, Opacity: q.Opacity, Ops: q.Ops, Pts: q.Pts})
		}
	}
	return d
}

// hue is a colour without its lightness: how far red, green and blue lie from a
// grey of the same luma, scaled so that the highest and the lowest are 1 apart
// (all 0 for a grey); and how colourful it was, 0 to 1.
type hue struct{ r, g, b, strength float64 }

func hueOf(c picture.Color) hue {
	y := c.Luma()
	h := hue{r: float64(c.R)/255 - y, g: float64(c.G)/255 - y, b: float64(c.B)/255 - y}
	d := max(h.r, h.g, h.b) - min(h.r, h.g, h.b)
	if d < .02 {
		return hue{}
	}
	return hue{h.r / d, h.g / d, h.b / d, min(1, d/.25)}
}

// at is a colour of this hue with the grey value y, its channels at most the
// chroma c apart: less for a dull hue, near the red of the patch, and where sRGB
// has no such colour.
func (h hue) at(y, c float64) picture.Color {
	patch := hueOf(picture.RGB(0xc8220f))
	alike := (h.r*patch.r + h.g*patch.g + h.b*patch.b) / (patch.r*patch.r + patch.g*patch.g + patch.b*patch.b)
	c *= h.strength * (1 - .5*clamp(2*alike-1, 0, 1))
	for _, v := range [3]float64{h.r, h.g, h.b} {
		switch {
		case v > 0:
			c = min(c, (1-y)/v)
		case v < 0:
			c = min(c, y/-v)
		}
	}
	q := func(v float64) uint8 { return uint8(math.Round(255 * clamp(y+v*c, 0, 1))) }
	return picture.Color{R: q(h.r), G: q(h.g), B: q(h.b)}
}
