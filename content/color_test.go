package content

import (
	"math"
	"math/rand/v2"
	"testing"

	"handout/content/picture"
)

func TestContrast(t *testing.T) {
	// Grey 767676 is the lightest that passes 4.5:1 on white; 777777 does not.
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000", "#fff", 21}, {"#fff", "#fff", 1}, {"#767676", "#ffffff", 4.54}, {"#777777", "#fff", 4.48},
		{"red", "white", 4.00}, {"blue", "white", 8.59}, {"#1f6f78", "white", 5.82},
	} {
		a, errA := ParseColor(c.a)
		b, errB := ParseColor(c.b)
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
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
		c := picture.Color{R: uint8(rng.Uint32()), G: uint8(rng.Uint32()), B: uint8(rng.Uint32())}
		for _, ratio := range []float64{3, 4.5} {
			d := Darken(c, ratio)
			for _, pair := range [][2]picture.Color{{d, white}, {Gray(d), white}, {gray(d, .2126, .7152), white}} {
				if got := Contrast(pair[0], pair[1]); got < ratio {
					t.Fatalf("%s became %s, %.2f on white", hexOf(c), hexOf(d), got)
				}
			}
			if Legible(c, white, ratio) {
				if c != d {
					t.Fatalf("%s was legible and became %s", hexOf(c), hexOf(d))
				}
				continue
			}
			if got := Contrast(d, white); got > 2.6*ratio {
				t.Errorf("%s became %s, darker than needed: %.2f", hexOf(c), hexOf(d), got)
			}
			_, chroma, hue := oklch(c)
			_, chroma2, hue2 := oklch(d)
			turn := math.Abs(math.Remainder(hue-hue2, 2*math.Pi))
			if chroma > .05 && chroma2 > .05 && turn > .15 {
				t.Errorf("%s became %s: its hue turned by %.2f", hexOf(c), hexOf(d), turn)
			}
			if again := Darken(d, ratio); again != d {
				t.Errorf("%s became %s and then %s", hexOf(c), hexOf(d), hexOf(again))
			}
		}
	}
}

func TestOKLCHRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		c := picture.Color{R: uint8(rng.Uint32()), G: uint8(rng.Uint32()), B: uint8(rng.Uint32())}
		if got := fromOKLCH(oklch(c)); max(diff(got.R, c.R), diff(got.G, c.G), diff(got.B, c.B)) > 1 {
			t.Fatalf("%s came back as %s", hexOf(c), hexOf(got))
		}
	}
}

func diff(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

func TestParseColor(t *testing.T) {
	for s, want := range map[string]string{"#abc": "#aabbcc", " #A1B2C3 ": "#a1b2c3", "Teal": "#008080", "grey": "#808080"} {
		if c, err := ParseColor(s); err != nil || hexOf(c) != want {
			t.Errorf("%q: %s, %v", s, hexOf(c), err)
		}
	}
	for _, s := range []string{"", "#", "#12", "#12345", "#1234567", "#ggg", "#+12", "reddish", "aabbcc", "#-1234f", "#1_2_3"} {
		if c, err := ParseColor(s); err == nil {
			t.Errorf("%q is %s", s, hexOf(c))
		}
	}
}

func TestNeutral(t *testing.T) {
	b := Neutral()
	if !Legible(b.Main, white, 4.5) || !Legible(b.Accent, white, 4.5) || b.Name != "" || b.Emergency() != "" {
		t.Error("the neutral brand cannot be read")
	}
}

func TestEmergency(t *testing.T) {
	for country, want := range map[string]string{
		"US": "911", "CA": "911", "MX": "911", "GB": "999", "IE": "112/999", "DE": "112", "ES": "112", "AU": "000",
		"NZ": "111", "IN": "112", "JP": "119", "CH": "144/112", "": "", "AQ": "",
	} {
		if got := (&Brand{Country: country}).Emergency(); got != want {
			t.Errorf("%s: %q, want %q", country, got, want)
		}
	}
	for country, want := range map[string]string{"US": "letter", "CA": "letter", "MX": "letter", "GB": "a4", "ES": "a4", "": "letter"} {
		if got := (&Brand{Country: country}).PaperName(); got != want {
			t.Errorf("%s: %s, want %s", country, got, want)
		}
	}
}
