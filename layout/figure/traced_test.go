package figure

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/draw"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"handout/content"
	"handout/content/picture"
)

//go:generate go test -run TestTraced -update

var update = flag.Bool("update", false, "draw the shipped figures anew")

// poses reads the library's poses.
func poses(t testing.TB) map[string]*Pose {
	t.Helper()
	files, err := filepath.Glob(library + "*.pose")
	if err != nil || len(files) == 0 {
		t.Fatalf("no poses in %s", library)
	}
	m := map[string]*Pose{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p, err := ParsePose(filepath.Base(f), data)
		if err != nil {
			t.Error(err)
			continue
		}
		m[strings.TrimSuffix(filepath.Base(f), ".pose")] = p
	}
	return m
}

// TestTraced holds every .fig to its .pose: -update draws those that differ.
// Other processors round differently in the last place, so what is compared is
// the picture.
func TestTraced(t *testing.T) {
	figs := map[string][]byte{}
	if !*update {
		figs = shipped(t)
	}
	all := poses(t)
	for name, p := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, found := Draw(p)
			for _, e := range found {
				t.Errorf("%v\nhint: %s", e, e.Hint)
			}
			text := f.Encode()
			if *update {
				if old, err := os.ReadFile(library + name + ".fig"); err == nil && bytes.Equal(old, text) {
					return
				}
				if err := os.WriteFile(library+name+".fig", text, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			old, err := Parse(figs[name])
			if err != nil {
				t.Fatalf("%v\nhint: go generate ./layout/figure", err)
			}
			if bytes.Equal(text, figs[name]) {
				return
			}
			if n := differing(old, f); n > .002 {
				t.Errorf("%.2f %% of the picture differ from the pose\nhint: go generate ./layout/figure", 100*n)
			}
		})
	}
	used := map[string]bool{}
	cards, err := filepath.Glob(library + "../stretches/*.md")
	if err != nil || len(cards) == 0 {
		t.Fatal("no stretches")
	}
	for _, c := range cards {
		data, err := os.ReadFile(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\.\./poses/([\w.-]+)\.fig`).FindAllSubmatch(data, -1) {
			used[string(m[1])] = true
		}
	}
	for name := range figs {
		if all[name] == nil {
			t.Errorf("%s.fig has no pose", name)
		}
		if !used[name] && !ofAHandout(name) {
			t.Errorf("%s.fig is on no stretch's card", name)
		}
	}
}

// differing is the share of pixels that differ clearly.
func differing(f, g *Figure) float64 {
	if math.Abs(f.W-g.W) > .02 || math.Abs(f.H-g.H) > .02 {
		return 1
	}
	const k = 5 // pixels a millimetre
	paint := func(f *Figure) *image.RGBA {
		img := image.NewRGBA(image.Rect(0, 0, int(f.W*k)+1, int(f.H*k)+1))
		draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
		f.Ink(Tone(picture.RGB(0x0b5c6b), picture.RGB(0xf0b23e), 0)).Paint(img, picture.Point{}, picture.Point{X: k, Y: k})
		return img
	}
	a, b := paint(f), paint(g)
	n := 0
	for i := range min(len(a.Pix), len(b.Pix)) {
		if d := int(a.Pix[i]) - int(b.Pix[i]); d > 40 || d < -40 {
			n++
		}
	}
	return float64(n) / float64(len(a.Pix))
}

func TestDrawIsDeterministic(t *testing.T) {
	p := poses(t)["figure-4"]
	f, _ := Draw(p)
	g, _ := Draw(p)
	if !bytes.Equal(f.Encode(), g.Encode()) {
		t.Error("two runs, two figures")
	}
}

func TestFindings(t *testing.T) {
	for _, c := range []struct{ name, pose, want string }{
		{"short hand", "pelvis y 90\narm R to 200,90,20", "x.pose:2:1: the right hand is"},
		{"short foot", "pelvis y 90\nleg L to 200,90,20", "x.pose:2:1: the left foot is"},
		{"under the floor", "pelvis y 60\n\nleg R hip 0", "x.pose:3:1: the right leg is 30.0 cm under the floor"},
		{"cut arrow", "crop -20 100 20 170\narrow 0,150,0 0,190,0", "x.pose:2:1: the arrow is cut off by the crop"},
		{"hidden", "target calf.L\nview yaw 0\nleg L hip 0\nleg R hip 0", "x.pose:1:1: the calf can hardly be seen"},
	} {
		p, err := ParsePose("x.pose", []byte(c.pose))
		if err != nil {
			t.Fatal(err)
		}
		if _, found := Draw(p); !strings.Contains(found.Error(), c.want) {
			t.Errorf("%s: got %q", c.name, found.Error())
		}
	}
}

func TestPoseErrors(t *testing.T) {
	for _, c := range []struct{ pose, want string }{
		{"leg", `x.pose:1:1: the side, R or L, is missing at the end of the line`},
		{"leg Q hip 3", `x.pose:1:5: "Q" is not a side`},
		{"leg R hop 3", `x.pose:1:7: "hop" means nothing here`},
		{"leg R hip", `x.pose:1:7: a number is missing`},
		{"leg R hip x", `x.pose:1:11: "x" is not a number`},
		{"leg R hip NaN", `"NaN" is not a number`},
		{"leg R hip 1e9", `1e9 is out of range`},
		{"leg R to elbow.R", `a leg cannot be placed on an arm`},
		{"leg R to knee.R", `the right leg cannot be placed on itself`},
		{"leg R to knee.L\nleg L to 1,2,3", `x.pose:1:1: the right leg is placed on one that is not placed yet`},
		{"arm R to nose", `there is no landmark "nose"`},
		{"arm R to knee", `which knee`},
		{"arm R to knee.Q", `"Q" is not a side`},
		{"arm R to pelvis.R", `the pelvis has no side`},
		{"arm R to thigh.R", `where along the thigh`},
		{"arm R to knee.R:.5", `the knee is a point`},
		{"arm R to knee.R+1,2", `"1,2" is not three numbers`},
		{"arm R dir 0,0,0", `points nowhere`},
		{"view yaw 3\nview tilt 3", `x.pose:2:1: view was said in line 1 already`},
		{"  sing", `x.pose:1:3: a line cannot begin with "sing"`},
		{"mat 1", `mat needs more numbers`},
		{"mat 5 1", `this mat has no size`},
		{"mat 1 2 3 4", `"4" is one word too many`},
		{"target nose.R", `there is no muscle "nose"`},
		{"front nose 3", `there is no layer "nose"`},
		{"crop 1 2 1 4", `nothing is left`},
		{"arrow 1,2,3", `a place is missing`},
		{strings.Repeat("mat 1 2\n", maxItems+1), `more than 60 things`},
		{strings.Repeat(" ", maxPose+1), `at most 65536 bytes`},
		{"\xff", `not a text file`},
	} {
		_, err := ParsePose("x.pose", []byte(c.pose))
		var many content.Errors
		if !errors.As(err, &many) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q: got %v, want %s", c.pose, err, c.want)
		}
	}
	_, err := ParsePose("x.pose", []byte("mat 1\nsing\nleg Q"))
	if many := (content.Errors)(nil); !errors.As(err, &many) || len(many) != 3 {
		t.Errorf("three mistakes, got %v", err)
	}
}

// Whatever a pose asks, its figure can be written and read again.
func TestAnyPoseCanBeKept(t *testing.T) {
	texts := []string{
		"",
		"crop 300 300 301 301\npelvis y 90",
		"crop -600 -600 600 600\nmat -600 600 600\nwall 600 600 600 600",
		"mat -1 600\ncrop 0 0 0.001 0.001\nstrap 0,0,0 600,600,600 600",
		"arrow 0,0,0 0,0,0 600\narrow 1,1,1 1,1,1.001",
		"view yaw 360 tilt 90\npelvis pitch 360 roll -360\ntarget nerve.L\nground 0 0.01 0",
		"cushion 0 1 100\nchair 0 1 0\nstool 0 0\nbed 0 1 0\nbox 0 1 0 1 0 1 z=-600",
		"cushion 0 9 6 0\ncushion 0 9 6 -5\ncushion -600 600 1 600\ntable 0 600 600 -600\nstick 0,0,0 0,0,0 600",
		"next\nmat\nnext\ncrop -600 -600 -599 -599\nnext\nneck jaw -35\nspine belly -16",
		"neck jaw 35\nspine belly 16\narm R curl 360 knuckles -360 thumb 360\nview yaw -90\nghost\nghost head\nghost trunk\narm L curl -360",
		"arm R to 0,130,0\narm L to hand.R\nleg R to hip.R\nghost\nleg L to hip.R",
	}
	r := rand.New(rand.NewPCG(7, 8))
	n := func(a int) int { return r.IntN(2*a+1) - a }
	for range 12 {
		texts = append(texts, fmt.Sprintf("view yaw %d tilt %d\npelvis pitch %d roll %d lean %d turn %d\nspine lumbar %d thorax %d side %d twist %d\n"+
			"neck flex %d nod %d side %d turn %d\nleg R hip %d abd %d knee %d toes %d\narm L flex %d abd %d elbow %d curl %d\narm R to shin.L:.%d\n"+
			"mat -90 90\ntarget calf.R\ntarget back\nfront hand.R %d\n",
			n(180), n(90), n(180), n(180), n(90), n(180), n(90), n(90), n(90), n(90), n(90), n(90), n(90), n(90),
			n(180), n(90), n(180), n(90), n(180), n(90), n(180), n(120), r.IntN(9), n(100)))
	}
	for _, text := range texts {
		p, err := ParsePose("x.pose", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		f, _ := Draw(p)
		g, err := Parse(f.Encode())
		if err != nil {
			t.Errorf("%v\n%s", err, text)
		} else if !reflect.DeepEqual(f.Paths, g.Paths) {
			t.Errorf("changed by its text\n%s", text)
		}
	}
}

func FuzzPose(f *testing.F) {
	files, _ := filepath.Glob(library + "*.pose")
	for _, n := range files {
		if data, err := os.ReadFile(n); err == nil {
			f.Add(data)
		}
	}
	f.Add([]byte("pelvis pitch -90\nghost head\nneck flex 9\ncrop -10 0 10 20"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ParsePose("x.pose", data)
		if err != nil {
			return
		}
		for ; p != nil; p = p.next {
			b, _ := solve(&p.stance)
			a := &artist{pose: p, body: b, cam: rotX(p.tilt).turn(rotY(p.yaw)), scale: .2}
			a.compose()
		}
	})
}

func BenchmarkDraw(b *testing.B) {
	for name, p := range poses(b) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Draw(p)
			}
		})
	}
}
