package figure

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

func drawn(t *testing.T, text string) *Figure {
	t.Helper()
	p, err := ParsePose("x.pose", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	f, found := Draw(p)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return f
}

// reach is the box of what is painted in a role, and how many such paths there are.
func reach(f *Figure, r Role) (x0, y0, x1, y1 float64, n int) {
	x0, y0 = f.W, f.H
	for _, p := range f.Paths {
		if p.Role == r {
			n++
			for _, q := range p.Pts {
				x0, y0, x1, y1 = min(x0, q.X), min(y0, q.Y), max(x1, q.X), max(y1, q.Y)
			}
		}
	}
	return
}

// Pictures of one pose stand by twos, in the order they are written, none over
// another.
func TestPicturesStandSideBySide(t *testing.T) {
	one := drawn(t, "crop -40 80 40 176")
	two := drawn(t, "crop -40 80 40 176\nnext\ncrop -40 80 40 176\ntarget chest.R\nview yaw -60")
	if x0, _, _, _, n := reach(two, rolePatch); n == 0 || x0 < two.W/2 {
		t.Errorf("the second picture is not at the right: its muscle begins at %.1f of %.1f mm", x0, two.W)
	}
	if two.W > naturalW+.01 || two.H >= one.H {
		t.Errorf("two pictures are %g x %g mm, one %g x %g", two.W, two.H, one.W, one.H)
	}
	bust := "crop -40 80 40 176\n"
	four := drawn(t, strings.Join([]string{bust, bust, bust, bust + "strap 0,120,0 10,120,0\n"}, "next\n"))
	if x0, y0, _, _, n := reach(four, roleStrap); n == 0 || x0 < four.W/2 || y0 < four.H/2 {
		t.Errorf("the fourth picture is not at the lower right")
	}
	if _, err := ParsePose("x.pose", []byte("next\nnext\nnext\n\nnext")); err == nil || !strings.Contains(err.Error(), "x.pose:5:1: more than 4 pictures") {
		t.Errorf("five pictures: %v", err)
	}
	if _, err := ParsePose("x.pose", []byte("neck turn 3\nnext\nneck turn 3\nneck turn 3")); err == nil || !strings.Contains(err.Error(), "x.pose:4:1: neck was said in line 3 already") {
		t.Errorf("twice in one picture: %v", err)
	}
}

// Each ghost is the body but for what it says, not but for what the ghost before
// it says.
func TestGhosts(t *testing.T) {
	f := drawn(t, "pelvis y 90\narm R flex 0\nghost arm.R\narm R flex 60\nghost arm.R\narm R flex -40")
	x0, _, x1, _, n := reach(f, roleGhost)
	body0, _, body1, _, _ := reach(f, roleShirt)
	if n < 2 || x0 > body0 || x1 < body1 {
		t.Errorf("%d ghosts from %.1f to %.1f, the shirt from %.1f to %.1f", n, x0, x1, body0, body1)
	}
	if _, err := ParsePose("x.pose", []byte("ghost\nghost\nghost\nghost")); err == nil || !strings.Contains(err.Error(), "x.pose:4:1: more than 3 ghosts") {
		t.Errorf("four ghosts: %v", err)
	}
}

// A mat without numbers lies under all that is near the floor, and not much
// further.
func TestMatFitsTheBody(t *testing.T) {
	f := drawn(t, "view tilt 0\npelvis pitch -90\nleg R hip 60 knee 10\nmat")
	x0, _, x1, _, n := reach(f, roleMatSide)
	if n == 0 {
		t.Fatal("no mat")
	}
	h0, _, _, _, _ := reach(f, roleHair)
	if x0 > h0 || h0-x0 > f.W*.1 {
		t.Errorf("the mat begins at %.1f mm, the head at %.1f", x0, h0)
	}
	if x1 < f.W*.9 {
		t.Errorf("the mat ends at %.1f of %.1f mm", x1, f.W)
	}
}

func TestMouthAndBelly(t *testing.T) {
	face := "view yaw -90 tilt 0\ncrop -24 130 24 176\n"
	if _, _, _, _, n := reach(drawn(t, face), roleTongue); n != 0 {
		t.Error("a closed mouth shows the tongue")
	}
	_, small, _, _, _ := reach(drawn(t, face+"neck jaw 12"), roleTongue)
	_, y0, _, y1, n := reach(drawn(t, face+"neck jaw 24"), roleTongue)
	if _, teeth, _, _, m := reach(drawn(t, face+"neck jaw 24"), roleTeeth); n == 0 || m == 0 || teeth > y0 || small == 0 || y1-y0 < .5 {
		t.Errorf("an open mouth: tongue from %.2f to %.2f, teeth from %.2f", y0, y1, teeth)
	}
	side := "view yaw 0 tilt 0\narm R flex -20\narm L flex -20\ncrop -40 70 50 150\n"
	_, _, flat, _, _ := reach(drawn(t, side), roleShirt)
	for _, belly := range []string{"3", "8", "12"} {
		_, _, out, _, _ := reach(drawn(t, side+"spine belly "+belly), roleShirt)
		if out <= flat+.3 {
			t.Errorf("belly %s: the shirt reaches %.2f mm, before %.2f", belly, out, flat)
		}
		flat = out
	}
}

// What the documentation shows as a pose is one, and has nothing wrong with it.
func TestPosesOfTheDocumentation(t *testing.T) {
	text, err := os.ReadFile("../../docs/stretches.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := bytes.Cut(text, []byte("\n## A pose\n"))
	if !found {
		t.Fatal("no section about poses")
	}
	text, _, _ = bytes.Cut(text, []byte("\n## "))
	n := 0
	for _, block := range strings.Split(string(text), "\n\n") {
		if strings.HasPrefix(block, "    # ") {
			n++
			drawn(t, block)
		}
	}
	if n < 2 {
		t.Errorf("%d poses are shown", n)
	}
}

// An arm that reaches forward hangs on a shoulder behind the chin; one whose hand is at the
// head lies before it.
func TestHeadBeforeShoulders(t *testing.T) {
	order := func(text string) (head, arm float64) {
		p, err := ParsePose("x.pose", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		b, _ := solve(&p.stance)
		a := &artist{pose: p, body: b, cam: rotX(p.tilt).turn(rotY(p.yaw)), scale: .2}
		a.compose()
		for _, l := range a.layers {
			switch l.name {
			case "head":
				head = l.z
			case "arm.R":
				arm = l.z
			}
		}
		return head, arm
	}
	lean := "view yaw -152 tilt 18\npelvis y 54 pitch 24\nspine thorax 12\nneck flex 20\n"
	if head, arm := order(lean + "arm R flex 60 elbow 20"); head < arm {
		t.Error("the shoulder covers the chin")
	}
	if head, arm := order("view yaw 0\narm R to ear.R+2,0,4"); head > arm {
		t.Error("the head covers the arm whose hand is on it")
	}
}

// A face has a mouth from the side as well as from the front.
func TestFacesHaveMouths(t *testing.T) {
	for yaw, want := range map[string]int{"-90": 6, "-40": 3, "0": 3} { // eyes, brows, mouth; the nose from the front
		p, err := ParsePose("x.pose", []byte("view tilt 4 yaw "+yaw+"\ncrop -22 128 22 174"))
		if err != nil {
			t.Fatal(err)
		}
		b, _ := solve(&p.stance)
		a := &artist{pose: p, body: b, cam: rotX(p.tilt).turn(rotY(p.yaw)), scale: .6}
		a.compose()
		for _, l := range a.layers {
			if l.name == "head" && len(l.over) != want {
				t.Errorf("yaw %s: %d features, not %d", yaw, len(l.over), want)
			}
		}
	}
}

// Two pictures of a movement lie on one mat, the bodies as large as each other, nothing
// beside its place; what has no mat, or one seen at an angle, is left as it is.
func TestOnOneMat(t *testing.T) {
	figs := shipped(t)
	fig := func(name string) *Figure {
		f, err := Parse(figs[name])
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	a, b := fig("cat-cow.1"), fig("cat-cow.2")
	f := OnOneMat(a, b)
	if f == nil {
		t.Fatal("they are not joined")
	}
	if f != OnOneMat(a, b) {
		t.Error("the same two are another figure")
	}
	mats := 0
	for _, p := range f.Paths {
		if p.Role == roleMat {
			mats++
			if in := p.box(); in.min.X > f.W*.05 || in.max.X < f.W*.95 {
				t.Errorf("the mat is from %.1f to %.1f of %.1f mm", in.min.X, in.max.X, f.W)
			}
		}
		if in := p.box(); in.min.X < 0 || in.min.Y < 0 || in.max.X > f.W || in.max.Y > f.H {
			t.Errorf("%v stands out of the picture: %v", p.Role, in)
		}
	}
	if mats != 1 {
		t.Errorf("%d mats", mats)
	}
	if _, err := Parse(f.Encode()); err != nil {
		t.Error(err)
	}
	if f.Mirror().Mirror() != f {
		t.Error("the mirror of its mirror is another")
	}
	if bare := fig("chin-tuck.1"); OnOneMat(a, bare) != nil || OnOneMat(bare, a) != nil {
		t.Error("joined without a mat")
	}
	if turned := fig("press-up.1"); OnOneMat(turned, turned) != nil {
		t.Error("joined on a mat that is seen at an angle")
	}
}

// Of a stretch in two pictures each is cropped to what it shows: on a card they share the room of one.
func TestPairsAreCropped(t *testing.T) {
	for name, data := range shipped(t) {
		if !strings.HasSuffix(name, ".1") && !strings.HasSuffix(name, ".2") {
			continue
		}
		f, err := Read(data)
		if err != nil {
			t.Fatal(err)
		}
		all := nowhere
		for _, p := range f.Paths {
			all = all.with(p.box())
		}
		if wide, high := all.size().X/f.W, all.size().Y/f.H; wide < .6 || high < .6 {
			t.Errorf("%s fills %.0f %% of its width and %.0f of its height", name, 100*wide, 100*high)
		}
	}
}
