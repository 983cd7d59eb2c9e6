package content

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSchemas holds that each key that is read has its place in the schema, and none else; that all
// we ship fits its schema; and that what is wrong does not.
func TestSchemas(t *testing.T) {
	compiled := map[string]*jsonschema.Schema{}
	for _, kind := range Schemas() {
		s := Schema(kind)
		members := s["properties"].(map[string]any)
		shapes := shapesOf(kind)
		for name, of := range members {
			if of == nil || of.(schema) == nil {
				t.Errorf("%s: %s has no shape", kind, name)
			}
			delete(shapes, name)
		}
		for name := range shapes {
			t.Errorf("%s: %s is no key", kind, name)
		}
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(kind, doc); err != nil {
			t.Fatal(err)
		}
		if compiled[kind], err = c.Compile(kind); err != nil {
			t.Fatal(err)
		}
	}
	fits := func(kind, text string) error {
		var v any
		if err := yaml.Unmarshal([]byte(text), &v); err != nil {
			return err
		}
		plain, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if v, err = jsonschema.UnmarshalJSON(strings.NewReader(string(plain))); err != nil {
			return err
		}
		return compiled[kind].Validate(v)
	}
	tried := 0
	for kind, glob := range map[string]string{"handout": "handouts/*.md", "stretch": "stretches/*.md", "pack": "packs/*.yaml"} {
		own := Open().layers[0]
		names, _ := fs.Glob(own, glob)
		for _, name := range names {
			text, _ := fs.ReadFile(own, name)
			front := string(text)
			if kind != "pack" {
				_, rest, _ := strings.Cut(front, "---\n")
				front, _, _ = strings.Cut(rest, "\n---\n")
			}
			tried++
			if err := fits(kind, front); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if tried < 120 {
		t.Errorf("only %d files", tried)
	}
	for _, c := range []struct {
		kind, text string
		right      bool
	}{
		{"brand", "name: A\nphone: [1, 2]\ncolors: {main: teal}\nmin-type: 12\nlogo-has-name: true\ntagline:\n", true},
		{"brand", "mail: {from: a@example.org, en: {subject: Hello}}\nservices: {A: sciatica, B: {stretches: [figure-4]}}\n", true},
		{"brand", "statuses: {Walked in: came}\nlibrary: .\n", true},
		{"brand", "phnoe: 1\n", false}, {"brand", "paper: a5\n", false}, {"brand", "colors: {mian: teal}\n", false},
		{"brand", "statuses: {Walked in: perhaps}\n", false}, {"brand", "services: {A: {handuot: b}}\n", false},
		{"stretch", "name: A\ndose: {hold: 30s, reps: 10-12, per-week: 3, side: Left}\nregion: hip, thigh\n", true},
		{"stretch", "region: hop\n", false}, {"stretch", "dose: {hlod: 3}\n", false},
		{"handout", "title: 12\nlook: rows\nsigned-off: {name: J, credential: PT, date: 2026-11}\n", true},
		{"handout", "look: classic\n", false},
		{"pack", "name: {en: A, es: B}\nstretches: [a, {stretch: b, hold: 3s, note: {en: x, es: y}}]\n", true},
		{"pack", "stretches: [{stretch: b, hlod: 3s}]\n", false},
	} {
		if err := fits(c.kind, c.text); (err == nil) != c.right {
			t.Errorf("%s %q: %v", c.kind, c.text, err)
		}
	}
	if Schema("poem") != nil {
		t.Error("a schema of poems")
	}
}
