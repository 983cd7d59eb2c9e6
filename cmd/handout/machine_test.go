package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"handout/cmd/handout/internal/fonttest"
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

func TestMachineFonts(t *testing.T) {
	home := t.TempDir()
	data, err := fonttest.Foreign()
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
	if found := machine.Faces([]rune{0x05D0 + fonttest.Moved}); len(found) != 1 {
		t.Errorf("%d faces found for a character that one font in the home folder draws", len(found))
	}
	if found := machine.Faces([]rune{0x10FFFD}); len(found) != 0 {
		t.Errorf("%d faces found for a character that no font draws", len(found))
	}
}
