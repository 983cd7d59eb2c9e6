package press

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"handout/content"
	"handout/fonts"
)

// moved is the amount by which foreignFont moves characters: Hebrew alef U+05D0
// becomes the ideograph U+65D0, which no shipped face draws.
const moved = 0x6000

// foreignFont is a font that draws what none of ours does: one of them with the
// characters of its cmap (format 4) moved.
func foreignFont() ([]byte, error) {
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "fonts", "ttf", "NotoSans-Hebrew-Regular.ttf"))
	if err != nil {
		return nil, err
	}
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(data[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(data[at:])) }
	put := func(at, v int) { binary.BigEndian.PutUint16(data[at:], uint16(v)) }
	changed := map[int]bool{}
	for i := range u16(4) {
		table := 12 + 16*i
		if string(data[table:table+4]) != "cmap" {
			continue
		}
		cmap := u32(table + 8)
		for j := range u16(cmap + 2) {
			sub := cmap + u32(cmap+4+8*j+4)
			if u16(sub) != 4 || changed[sub] {
				continue
			}
			changed[sub] = true
			n := u16(sub+6) / 2
			ends, starts, deltas := sub+14, sub+16+2*n, sub+16+4*n
			for k := range n - 1 { // the last one, U+FFFF, stays
				put(ends+2*k, u16(ends+2*k)+moved)
				put(starts+2*k, u16(starts+2*k)+moved)
				if u16(sub+16+6*n+2*k) == 0 {
					put(deltas+2*k, u16(deltas+2*k)-moved)
				}
			}
		}
	}
	if len(changed) == 0 {
		return nil, errors.New("the font has no cmap of format 4")
	}
	return data, nil
}

// The pages of a list whose names are in a font of the machine's share its face and a
// setter, so that the thousandth costs what the tenth did.
func TestMachineFontsAreShared(t *testing.T) {
	data, err := foreignFont()
	if err != nil {
		t.Fatal(err)
	}
	const weight = 1 << 20
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "Foreign.ttf"), append(data, make([]byte, weight)...), 0o644); err != nil {
		t.Fatal(err)
	}
	p := open(t, Config{Machine: fonts.NewMachine(os.DirFS(folder))})
	fit := func(i int) {
		pdf(t, p, Request{Handout: "sciatica", Visit: content.Visit{Patient: string([]rune{0x05D0 + moved + rune(i%27), 0x05D0 + moved + rune(i/27%27)})}})
	}
	live := func() int {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	for i := range 100 {
		fit(i)
	}
	if len(p.desks.free) != 1 || len(p.desks.free[0].others) != 1 {
		t.Fatalf("%d desks, or more setters than one for one font", len(p.desks.free))
	}
	desk := p.desks.free[0]
	setter, before := desk.others[0].setter, live()
	for i := range 200 {
		fit(100 + i)
	}
	if len(p.desks.free) != 1 || len(desk.others) != 1 || desk.others[0].setter != setter {
		t.Errorf("there is another setter for the same font")
	}
	if more := live() - before; more > 16*weight { // one a page would be 200
		t.Errorf("200 pages left %d kB behind", more>>10)
	}
}

// Setters for other faces are few.
func TestFewOtherSetters(t *testing.T) {
	d := &desk{faces: fonts.Default()}
	var faces []*fonts.Face
	for range maxOthers + 1 {
		data, err := foreignFont()
		if err != nil {
			t.Fatal(err)
		}
		face, err := fonts.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		faces = append(faces, face)
	}
	first := d.other(faces[:1])
	for i := range faces {
		d.other(faces[i : i+1])
		if d.other(faces[:1]) != first {
			t.Fatal("the setter in use was forgotten")
		}
	}
	if len(d.others) != maxOthers {
		t.Errorf("%d setters are kept", len(d.others))
	}
}
