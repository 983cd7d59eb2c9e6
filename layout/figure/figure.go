// Package figure draws the people of the stretch cards.
//
// A pose is a text file a person can write (joint angles, where a hand goes,
// the muscle that is stretched). Draw solves it on a three-dimensional
// mannequin and traces what is seen into flat filled paths, a Figure. Paths
// carry a role (skin, shirt, patch ...) instead of a colour, so that one drawing
// serves every brand, every skin and the one-ink style; Ink gives them colours.
//
// The shipped figures are traced ahead and kept as .fig files beside their
// poses; setting a page only parses those.
package figure

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"handout/content/picture"
)

// Figure is a finished drawing of filled paths, painted in order, y down from
// the top left corner. Every coordinate is a whole hundredth of a millimetre.
// A figure is immutable once made and may be shared.
type Figure struct {
	W, H  float64 // millimetres at natural size, above 0 and at most 1000
	Floor float64 // y of the floor, in 0 to H: figures in a row stand on it
	Scale float64 // millimetres for 10 cm of the body, at most 100; 0 where it is not known
	Paths []Path

	flip   sync.Once
	mirror *Figure
	calm   sync.Once
	still  *Figure
}

// Path is one filled area by the non-zero rule: closed outlines of lines and
// cubic curves, written as in picture.Path.
type Path struct {
	Role    Role
	Opacity float64 // a whole hundredth, above 0, at most 1
	Ops     []picture.Op
	Pts     []picture.Point
}

// Role says what an area is, and so by which colour of a palette it is filled.
type Role uint8

const (
	roleInk Role = iota // outlines, eyes, seams
	roleHair
	roleSkin
	roleFarSkin // of the limbs turned away
	roleShirt
	roleFarShirt
	roleShorts
	roleFarShorts
	rolePatch     // the muscle
	rolePatchSoft // the halo round it
	roleHatch     // the muscle in one ink: slanting lines
	roleHatchRim  // the blank they stand on
	roleArrow
	roleArrowRim
	roleMat
	roleMatSide
	roleProp
	rolePropSide
	rolePropInk
	roleStrap
	roleShadow
	roleGhost // where the movement began
	roleGhostInk
	roleBun // long hair
	roleBunInk
	roleTeeth
	roleTongue
	roles int = iota
)

var roleNames = [roles]string{"ink", "hair", "skin", "far-skin", "shirt", "far-shirt", "shorts", "far-shorts",
	"patch", "patch-soft", "hatch", "hatch-rim", "arrow", "arrow-rim", "mat", "mat-side", "prop", "prop-side",
	"prop-ink", "strap", "shadow", "ghost", "ghost-ink", "bun", "bun-ink", "teeth", "tongue"}

func (r Role) String() string { return roleNames[r] }

// Mirror is the figure for the other side of the body: the same picture turned
// left to right. The mirror of the mirror is the figure itself.
func (f *Figure) Mirror() *Figure {
	f.flip.Do(func() {
		m := &Figure{W: f.W, H: f.H, Floor: f.Floor, Scale: f.Scale, mirror: f}
		m.Paths = f.drawn(func(p picture.Point) picture.Point { return picture.Point{X: round(f.W - p.X), Y: p.Y} })
		m.flip.Do(func() {}) // its mirror is known
		f.mirror = m
	})
	return f.mirror
}

// drawn is the paths with their points elsewhere.
func (f *Figure) drawn(at func(picture.Point) picture.Point) []Path {
	paths := slices.Clone(f.Paths)
	for i := range paths {
		p := &paths[i]
		p.Pts = slices.Clone(p.Pts)
		for j, q := range p.Pts {
			p.Pts[j] = at(q)
		}
	}
	return paths
}

// Still is the figure without its arrows: a picture of where something is, not of what to do.
func (f *Figure) Still() *Figure {
	f.calm.Do(func() {
		f.still = &Figure{W: f.W, H: f.H, Floor: f.Floor, Scale: f.Scale}
		f.still.Paths = slices.DeleteFunc(slices.Clone(f.Paths),
			func(p Path) bool { return p.Role == roleArrow || p.Role == roleArrowRim })
		f.still.calm.Do(func() { f.still.still = f.still })
	})
	return f.still
}

// round is the nearest whole hundredth.
func round(mm float64) float64 { return math.Round(mm*100) / 100 }

// The text of a figure, as kept in .fig files:
//
//	figure 1
//	size 4400 3210 2950 240
//	skin 100 m1200 900c30-12 45-40 60-80l5 5m...
//
// A version; width, height, floor and, if known, scale; then a line for each path: its role, its
// opacity in percent and its outlines, all in hundredths of a millimetre. m
// opens an outline (closed where it ends), l draws lines, c curves; every pair
// is relative to the point drawn last.
const (
	maxFile  = 1 << 20 // bytes
	maxPaths = 1000
	maxSide  = 100_000 // hundredths
	maxScale = 10_000
)

// Encode writes the figure as the text Parse reads.
func (f *Figure) Encode() []byte {
	b := []byte("figure 1\nsize")
	for _, v := range []float64{f.W, f.H, f.Floor} {
		b = strconv.AppendInt(append(b, ' '), hundredths(v), 10)
	}
	if f.Scale > 0 {
		b = strconv.AppendInt(append(b, ' '), hundredths(f.Scale), 10)
	}
	b = append(b, '\n')
	for _, p := range f.Paths {
		b = append(b, p.Role.String()...)
		b = strconv.AppendInt(append(b, ' '), hundredths(p.Opacity), 10)
		b = append(b, ' ')
		var x, y int64 // the point drawn last
		pts, last := p.Pts, picture.Close
		for _, op := range p.Ops {
			if op != last && op != picture.Close {
				b = append(b, "mlc"[op])
			}
			n := [...]int{picture.Line: 1, picture.Move: 1, picture.Cubic: 3, picture.Close: 0}[op]
			px, py := x, y
			for _, q := range pts[:n] {
				px, py = hundredths(q.X), hundredths(q.Y)
				b = appendNumber(appendNumber(b, px-x), py-y)
			}
			x, y, last, pts = px, py, op, pts[n:]
		}
		b = append(b, '\n')
	}
	return b
}

func hundredths(v float64) int64 { return int64(math.Round(v * 100)) }

// appendNumber parts a number from what stands before it by a space, unless
// its sign or a command letter does.
func appendNumber(b []byte, v int64) []byte {
	if c := b[len(b)-1]; v >= 0 && '0' <= c && c <= '9' {
		b = append(b, ' ')
	}
	return strconv.AppendInt(b, v, 10)
}

// Parse reads the text of a figure. It fails with the line of the first fault.
func Parse(data []byte) (*Figure, error) {
	if len(data) > maxFile {
		return nil, fmt.Errorf("a figure has at most %d bytes, this one has %d", maxFile, len(data))
	}
	f := &Figure{}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	for i := range max(len(lines), 2) {
		line := ""
		if i < len(lines) {
			line = strings.TrimRight(lines[i], " \r")
		}
		if err := f.line(i, line); err != nil {
			return nil, fmt.Errorf("figure, line %d: %w", i+1, err)
		}
	}
	return f, nil
}

// line reads the i-th line.
func (f *Figure) line(i int, line string) error {
	name, rest, _ := strings.Cut(line, " ")
	switch {
	case i == 0:
		if line != "figure 1" {
			return fmt.Errorf("expected %q, found %.20q", "figure 1", line)
		}
	case i == 1:
		n := [...]int{3: 1}
		said, _ := fmt.Sscanf(line, "size %d %d %d %d", &n[0], &n[1], &n[2], &n[3])
		if said < 3 || said != len(strings.Fields(rest)) {
			return fmt.Errorf("expected %q, found %.20q", "size WIDTH HEIGHT FLOOR SCALE", line)
		}
		if min(n[0], n[1], n[3]) < 1 || max(n[0], n[1]) > maxSide || n[2] < 0 || n[2] > n[1] || n[3] > maxScale {
			return errors.New("no picture has such a size")
		}
		f.W, f.H, f.Floor = float64(n[0])/100, float64(n[1])/100, float64(n[2])/100
		if said == len(n) {
			f.Scale = float64(n[3]) / 100
		}
	case len(f.Paths) == maxPaths:
		return fmt.Errorf("more than %d paths", maxPaths)
	default:
		p, err := readPath(name, rest)
		f.Paths = append(f.Paths, p)
		return err
	}
	return nil
}

func readPath(name, rest string) (p Path, err error) {
	role := slices.Index(roleNames[:], name)
	opacity, outlines, _ := strings.Cut(rest, " ")
	percent, err := strconv.Atoi(opacity)
	switch {
	case role < 0:
		return p, fmt.Errorf("no such role: %.20q", name)
	case err != nil || percent < 1 || percent > 100:
		return p, fmt.Errorf("an opacity is 1 to 100, not %.20q", opacity)
	case strings.ContainsFunc(outlines, func(c rune) bool { return !strings.ContainsRune("mlc-0123456789 ", c) }):
		return p, errors.New("a path is m, l and c with whole numbers")
	}
	drawn, err := picture.ReadPath(outlines)
	if err != nil || len(drawn.Ops) == 0 {
		return p, errors.New("a path begins with m, and each letter wants its numbers")
	}
	p = Path{Role: Role(role), Opacity: float64(percent) / 100, Pts: drawn.Pts}
	for i, op := range drawn.Ops {
		if op == picture.Move && i > 0 {
			p.Ops = append(p.Ops, picture.Close)
		}
		p.Ops = append(p.Ops, op)
	}
	p.Ops = append(p.Ops, picture.Close)
	for i, q := range p.Pts {
		if min(q.X, q.Y) < -maxSide || max(q.X, q.Y) > 2*maxSide {
			return p, errors.New("a point lies far outside the picture")
		}
		p.Pts[i] = picture.Point{X: q.X / 100, Y: q.Y / 100}
	}
	return p, nil
}
