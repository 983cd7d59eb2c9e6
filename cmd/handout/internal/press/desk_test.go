package press

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"handout/cmd/handout/internal/fonttest"
	"handout/content"
	"handout/fonts"
)

// The pages of a list whose names are in a font of the machine's share its face and a
// setter, so that the thousandth costs what the tenth did.
func TestMachineFontsAreShared(t *testing.T) {
	data, err := fonttest.Foreign()
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
		pdf(t, p, Request{Handout: "sciatica", Visit: content.Visit{Patient: string([]rune{0x05D0 + fonttest.Moved + rune(i%27), 0x05D0 + fonttest.Moved + rune(i/27%27)})}})
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
		data, err := fonttest.Foreign()
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

// Where there are no fonts of the machine's, what ours lack is a mistake and no more.
func TestNoMachine(t *testing.T) {
	_, err := fileOf(t.Context(), open(t, Config{}), Request{Handout: "sciatica", Made: day, Visit: content.Visit{Patient: "\U0001fae8"}})
	if list := Mistakes(err); len(list) != 1 || list[0].Code != "characters-missing" || list[0].Of != "patient" {
		t.Errorf("%v", err)
	}
}
