package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"testing"
)

// Empty margins of a logo are left out, in drawings and in pixels; what cannot be seen on
// paper is told.
func TestLogo(t *testing.T) {
	svg := func(view, body string) *Picture {
		return decoded(t, fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="%s">%s</svg>`, view, body))
	}
	pixels := func(ground, ink color.NRGBA) *Picture {
		m := image.NewNRGBA(image.Rect(0, 0, 600, 200))
		for i := range 600 * 200 {
			c := ground
			if x, y := i%600, i/600; x >= 150 && x < 450 && y >= 50 && y < 150 {
				c = ink
			}
			m.SetNRGBA(i%600, i/600, c)
		}
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		return decoded(t, b.Bytes())
	}
	white, clear, blue := color.NRGBA{255, 255, 255, 255}, color.NRGBA{}, color.NRGBA{20, 60, 120, 255}
	for name, c := range map[string]struct {
		logo   *Picture
		w, h   float64
		unseen bool
	}{
		"whole":          {svg("0 0 200 80", `<path fill="#146" d="M0 0h200v80H0z"/>`), 200, 80, false},
		"margin":         {svg("0 0 200 80", `<path fill="#146" d="M50 20h100v40H50z"/>`), 100, 40, false},
		"white ground":   {svg("0 0 200 80", `<path fill="#fff" d="M0 0h200v80H0z"/><path fill="#146" d="M50 20h100v40H50z"/>`), 100, 40, false},
		"white":          {svg("0 0 200 80", `<path fill="#fff" d="M10 10h180v60H10z"/>`), 200, 80, true},
		"pale":           {svg("0 0 200 80", `<path fill="#eef" d="M10 10h180v60H10z"/>`), 200, 80, true},
		"a dot":          {svg("0 0 2000 800", `<path fill="#eee" d="M0 0h2000v800z"/><path fill="#000" d="M10 10h9v9h-9z"/>`), 2000, 800, true},
		"yellow":         {svg("0 0 200 80", `<path fill="#f5b800" d="M0 0h200v80H0z"/>`), 200, 80, false},
		"white on panel": {svg("0 0 200 80", `<path fill="#146" d="M0 0h200v80H0z"/><path fill="#fff" d="M50 20h100v40H50z"/>`), 200, 80, false},
		"pixels":         {pixels(white, blue), 300, 100, false},
		"clear pixels":   {pixels(clear, blue), 300, 100, false},
		"white pixels":   {pixels(clear, white), 600, 200, true},
	} {
		p, unseen := c.logo.Logo()
		w, h := p.Size()
		if unseen != c.unseen || w < c.w*.99 || w > c.w*1.02 || h < c.h*.99 || h > c.h*1.05 {
			t.Errorf("%s: %g x %g, unseen %v", name, w, h, unseen)
		}
		if d := p.Drawing; d != nil && !unseen {
			for _, path := range d.Paths {
				if low, high := path.Bounds(); low.X < -.1 || low.Y < -.1 || high.X > d.W+.1 || high.Y > d.H+.1 {
					t.Errorf("%s: a path from %v to %v sticks out of %g x %g", name, low, high, d.W, d.H)
				}
			}
		}
	}
}

// What is left of a logo without its margins lies within areas that are no larger.
func TestLogoWithin(t *testing.T) {
	p := decoded(t, []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3000 3000"><clipPath id="c"><path
		d="M0 0h3000v3000H0zM10 10v5h5v-5z"/></clipPath><rect x="8" y="8" width="9" height="9" clip-path="url(#c)"/></svg>`))
	logo, _ := p.Logo()
	d := logo.Drawing
	if len(d.Paths) != 1 || len(d.Paths[0].Within) != 1 {
		t.Fatal(d.text())
	}
	if low, high := d.Paths[0].Within[0].Bounds(); low.X < -.1 || low.Y < -.1 || high.X > d.W+.1 || high.Y > d.H+.1 {
		t.Errorf("an area from %v to %v in %g x %g", low, high, d.W, d.H)
	}
}
