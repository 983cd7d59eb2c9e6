package main

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
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
