package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDoctorMends holds that whatever is not well has a line on how to mend it, and that nothing is left behind.
func TestDoctorMends(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("HOME", filepath.Join(dir, "home"))
	t.Setenv("XDG_CONFIG_HOME", "relative") // no folder for settings
	for name, text := range map[string]string{
		"bad.yaml": "nme: a\ncolors: {main: mud}\nlogo: no.svg\n", "pale.yaml": "name: A\nphone: 555 0142\ncolors: {main: yellow}\nreviewed: no\n",
		"own/handouts/x.md": "---\ntitel: x\n---\n", "own/stretches/s.md": "---\nname: A\n---\n# x\n", "own/packs/p.yaml": "stretches: [nope]\n",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, line := range []string{"--brand none", "--brand bad.yaml --library own", "--brand pale.yaml", "--brand gone.yaml --library gone",
		"--brand none --smtp smtps://a@127.0.0.1:1 --password-file bad.yaml"} {
		var out, mistakes bytes.Buffer
		run(append([]string{"doctor", "--json"}, strings.Fields(line)...), strings.NewReader(""), &out, &mistakes)
		var said struct{ Found []finding }
		if err := json.Unmarshal(out.Bytes(), &said); err != nil || len(said.Found) < 8 {
			t.Fatalf("%s: %v, %s%s", line, err, &out, &mistakes)
		}
		for _, x := range said.Found {
			if x.State != well && x.Fix == "" {
				t.Errorf("%s: %s has no way out: %s", line, x.What, x.Found)
			}
		}
	}
	left, err := filepath.Glob("*")
	if err != nil || len(left) != 3 {
		t.Errorf("%v, %q", err, left)
	}
}
