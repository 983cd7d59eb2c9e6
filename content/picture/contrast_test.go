package picture

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestContrast(t *testing.T) {
	// Grey 767676 is the lightest that passes 4.5:1 on White; 777777 does not.
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000", "#fff", 21}, {"#fff", "#fff", 1}, {"#767676", "#ffffff", 4.54}, {"#777777", "#fff", 4.48},
		{"red", "white", 4.00}, {"blue", "white", 8.59}, {"#1f6f78", "white", 5.82},
	} {
		a, _, okA := ParseColor(c.a)
		b, _, okB := ParseColor(c.b)
		if !okA || !okB {
			t.Fatal(c.a, c.b)
		}
		if got := Contrast(a, b); math.Abs(got-c.want) > .01 || got != Contrast(b, a) {
			t.Errorf("%s on %s: %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

// Whatever the colour: dark enough afterwards, the hue kept, and no darker than needed.
func TestDarken(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		c := Color{R: uint8(rng.Uint32()), G: uint8(rng.Uint32()), B: uint8(rng.Uint32())}
		for _, ratio := range []float64{3, 4.5} {
			d := Darken(c, ratio)
			for _, pair := range [][2]Color{{d, White}, {Gray(d), White}, {gray709(d), White}} {
				if got := Contrast(pair[0], pair[1]); got < ratio {
					t.Fatalf("%s became %s, %.2f on white", c.Hex(), d.Hex(), got)
				}
			}
			if Legible(c, White, ratio) {
				if c != d {
					t.Fatalf("%s was legible and became %s", c.Hex(), d.Hex())
				}
				continue
			}
			if got := Contrast(d, White); got > 2.6*ratio {
				t.Errorf("%s became %s, darker than needed: %.2f", c.Hex(), d.Hex(), got)
			}
			_, chroma, hue := oklch(c)
			_, chroma2, hue2 := oklch(d)
			turn := math.Abs(math.Remainder(hue-hue2, 2*math.Pi))
			if chroma > .05 && chroma2 > .05 && turn > .15 {
				t.Errorf("%s became %s: its hue turned by %.2f", c.Hex(), d.Hex(), turn)
			}
			if again := Darken(d, ratio); again != d {
				t.Errorf("%s became %s and then %s", c.Hex(), d.Hex(), again.Hex())
			}
		}
	}
}

func TestOKLCHRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		c := Color{R: uint8(rng.Uint32()), G: uint8(rng.Uint32()), B: uint8(rng.Uint32())}
		if got := fromOKLCH(oklch(c)); max(diff(got.R, c.R), diff(got.G, c.G), diff(got.B, c.B)) > 1 {
			t.Fatalf("%s came back as %s", c.Hex(), got.Hex())
		}
	}
}

func diff(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

func TestParseColor(t *testing.T) {
	for s, want := range map[string]string{"#abc": "#aabbcc", " #A1B2C3 ": "#a1b2c3", "Teal": "#008080", "grey": "#808080"} {
		if c, alpha, ok := ParseColor(s); !ok || alpha != 1 || c.Hex() != want {
			t.Errorf("%q: %s, %v", s, c.Hex(), ok)
		}
	}
	for _, s := range []string{"", "#", "#12", "#12345", "#1234567", "#ggg", "#+12", "reddish", "aabbcc", "#-1234f", "#1_2_3"} {
		if c, _, ok := ParseColor(s); ok {
			t.Errorf("%q is %s", s, c.Hex())
		}
	}
}
