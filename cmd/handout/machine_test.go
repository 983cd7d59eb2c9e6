package main

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"handout/fonts"
	"handout/output"
)

func TestFontFolders(t *testing.T) {
	for _, c := range []struct {
		system string
		env    map[string]string
		want   []string
	}{
		{"linux", map[string]string{"HOME": "/home/ana"},
			[]string{"/home/ana/.local/share/fonts", "/home/ana/.fonts", "/usr/local/share/fonts", "/usr/share/fonts"}},
		{"linux", map[string]string{"HOME": "/home/ana", "XDG_DATA_HOME": "/data", "XDG_DATA_DIRS": "/opt/share"},
			[]string{"/data/fonts", "/home/ana/.fonts", "/opt/share/fonts"}},
		{"freebsd", nil, []string{"/usr/local/share/fonts", "/usr/share/fonts"}},
		{"darwin", map[string]string{"HOME": "/Users/ana"},
			[]string{"/Users/ana/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts"}},
		{"windows", map[string]string{"WINDIR": "/windows", "LOCALAPPDATA": "/local"},
			[]string{"/local/Microsoft/Windows/Fonts", "/windows/Fonts"}},
	} {
		var want []string
		for _, w := range c.want {
			want = append(want, filepath.FromSlash(w))
		}
		if got := fontFolders(c.system, func(k string) string { return c.env[k] }); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", c.system, got, want)
		}
	}
}

// moved is the amount by which foreignFont moves characters: Hebrew alef U+05D0
// becomes the ideograph U+65D0, which no shipped face draws.
const moved = 0x6000

// foreignFont is a font that draws what none of ours does: one of them with the
// characters of its cmap (format 4) moved.
func foreignFont() ([]byte, error) {
	data, err := os.ReadFile(filepath.Join("..", "..", "fonts", "ttf", "NotoSans-Hebrew-Regular.ttf"))
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

func TestMachineFonts(t *testing.T) {
	home := t.TempDir()
	data, err := foreignFont()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(home, ".fonts"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, ".fonts", "Foreign.ttf"), data, 0o644); err != nil {
		t.Fatal(err)
	}
	env := func(k string) string {
		return map[string]string{"HOME": home, "XDG_DATA_DIRS": filepath.Join(home, "none")}[k]
	}
	if fontFolders("linux", env)[1] != filepath.Join(home, ".fonts") {
		t.Skip("this system keeps its fonts elsewhere")
	}
	machine := machineFonts(env)
	if found := machine.Faces([]rune{0x05D0 + moved}); len(found) != 1 {
		t.Errorf("%d faces found for a character that one font in the home folder draws", len(found))
	}
	if found := machine.Faces([]rune{0x10FFFD}); len(found) != 0 {
		t.Errorf("%d faces found for a character that no font draws", len(found))
	}
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
	b := &batchOrder{}
	b.list = madeUp()
	if err := b.openList(day); err != nil {
		t.Fatal(err)
	}
	w := (&batch{roster: &b.roster, machine: fonts.NewMachine(os.DirFS(folder))}).worker()
	rows := b.schedule()
	fit := func(i int) {
		row := *rows[i%len(rows)]
		row.Name = string([]rune{0x05D0 + moved + rune(i%27), 0x05D0 + moved + rune(i/27%27)})
		s, err := w.sitting(&row)
		if err != nil {
			t.Fatal(err)
		}
		page, _, err := w.fit(s)
		if err == nil {
			_, err = output.PDF(page, s.made)
		}
		if err != nil {
			t.Fatal(err)
		}
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
	if len(w.others) != 1 {
		t.Fatalf("%d setters for one font", len(w.others))
	}
	setter, before := w.others[0].setter, live()
	for i := range 200 {
		fit(100 + i)
	}
	if len(w.others) != 1 || w.others[0].setter != setter {
		t.Errorf("there is another setter for the same font")
	}
	if more := live() - before; more > 16*weight { // one a page would be 200
		t.Errorf("200 pages left %d kB behind", more>>10)
	}
}

// Setters for other faces are few.
func TestFewOtherSetters(t *testing.T) {
	b := &batchOrder{}
	b.list = madeUp()
	if err := b.openList(day); err != nil {
		t.Fatal(err)
	}
	w := (&batch{roster: &b.roster}).worker()
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
	first := w.other(faces[:1])
	for i := range faces {
		w.other(faces[i : i+1])
		if w.other(faces[:1]) != first {
			t.Fatal("the setter in use was forgotten")
		}
	}
	if len(w.others) != maxOthers {
		t.Errorf("%d setters are kept", len(w.others))
	}
}
