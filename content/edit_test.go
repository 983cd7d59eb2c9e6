package content

import (
	"maps"
	"os"
	"strings"
	"testing"
)

// A file of settings is changed where it is to be changed, and nowhere else.
func TestEditSettings(t *testing.T) {
	for _, c := range []struct {
		name, before, after string
		changes             Settings
	}{
		{"a value", "# ours\nname: Old # the sign says so\nlang: en\n", "# ours\nname: New Name # the sign says so\nlang: en\n", Settings{"name": "New Name"}},
		{"quotes", "name: \"A: # b\"  # c\n", "name: \"No\"  # c\n", Settings{"name": "No"}},
		{"in single quotes", "name: 'it''s # so' # c\n", "name: \"#1\" # c\n", Settings{"name": "#1"}},
		{"taken out", "name: A\n# a phone\nphone: 1234 # home\n\nlang: en\n", "name: A\n# a phone\n\nlang: en\n", Settings{"phone": ""}},
		{"below what shows how", "name: A\n# booking: https://example.org/book\n\nlang: en\n", "name: A\n# booking: https://example.org/book\nbooking: https://a.example/b?c=1\n\nlang: en\n", Settings{"booking": "https://a.example/b?c=1"}},
		{"at the end", "name: A\n\n\n", "name: A\ncountry: \"NO\"\n", Settings{"country": "NO"}},
		{"an empty file", "", "name: A\n", Settings{"name": "A"}},
		{"comments alone", "# nothing yet\n", "# nothing yet\nname: A\n", Settings{"name": "A"}},
		{"a list", "address:\n  # the house\n  - 1 Old Lane # by the sea\n  - Town\nlang: en\n", "address:\n  # the house\n  - \"2 New Lane\" # by the sea\n  - Town\n  - Land\nlang: en\n", Settings{"address": "2 New Lane\nTown\nLand"}},
		{"a list at the edge", "address:\n- A\n- B\n- C\nlang: en\n", "address:\n- A\nlang: en\n", Settings{"address": "A"}},
		{"a list for a value", "phone: 12345\n", "phone:\n  - \"555 1\"\n  - \"555 2\"\n", Settings{"phone": "555 1\n555 2"}},
		{"a value for a list in brackets", "phone: [555 1, 555 2] # both\n", "phone: \"555 3\" # both\n", Settings{"phone": "555 3"}},
		{"a colour", "colors:\n  # of the sign\n  main: \"#123456\" # dark\n  accent: teal\n", "colors:\n  # of the sign\n  main: \"#654321\" # dark\n  accent: teal\n", Settings{"colors.main": "#654321"}},
		{"a colour more", "colors:\n  accent: teal\n", "colors:\n  main: navy\n  accent: teal\n", Settings{"colors.main": "navy"}},
		{"the first colour", "name: A\n", "name: A\ncolors:\n  main: navy\n", Settings{"colors.main": "navy"}},
		{"the last colour", "name: A\ncolors:\n  main: navy\nlang: en\n", "name: A\nlang: en\n", Settings{"colors.main": ""}},
		{"as Windows writes", "name: A\r\n# b\r\nlang: en\r\n", "name: B\r\n# b\r\nlang: en\r\n", Settings{"name": "B"}},
		{"a folded text", "small-print: >\n  One\n  two.\n# c\nlang: en\n", "small-print: Three.\n# c\nlang: en\n", Settings{"small-print": "Three."}},
		{"the same", "name:   'A'   # b\n", "name:   'A'   # b\n", Settings{"name": "A"}},
		{"what we do not know", "x-old: {a: [1, 2]}\nservices:\n  Deep *: none # c\nname: A\n", "x-old: {a: [1, 2]}\nservices:\n  Deep *: none # c\nname: B\n", Settings{"name": "B"}},
	} {
		got, err := EditSettings([]byte(c.before), c.changes)
		if err != nil || string(got) != c.after {
			t.Errorf("%s: %v\n%s", c.name, err, got)
		}
	}
	for _, text := range []string{"{name: A, lang: en}", "- name: A", "just words", "name: [", "name: A\n---\nname: B\n", "colors: {main: navy}\n"} {
		changes := Settings{"name": "B", "colors.main": "teal"}
		if got, err := EditSettings([]byte(text), changes); err == nil {
			t.Errorf("%s is changed to %s", text, got)
		}
	}
}

func TestSettingAt(t *testing.T) {
	text := []byte("# a\nname: A\ncolors:\n  main: x\n  accent: y\naddress:\n  - z\n\n# b\n")
	for line, want := range []string{"", "", "name", "colors", "colors.main", "colors.accent", "address", "address", "", ""} {
		if got := SettingAt(text, line); got != want {
			t.Errorf("line %d is of %q, and not of %q", line, got, want)
		}
	}
}

// Whatever is written into whatever file, each comment and each other value stays.
func FuzzEditSettings(f *testing.F) {
	start, err := os.ReadFile("../cmd/handout/start/clinic.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(start, "name", "Harbour Lane: #1")
	f.Add(start, "colors.main", "#0f4c5c")
	f.Add(start, "address", "12 Harbour Lane\nSpringfield")
	f.Add([]byte("a: |\n  # no comment\n\n b: c\nname: \"x\ny\"\n"), "name", "\u2028~")
	f.Add([]byte("a: &x 1\nb: *x\n"), "b", "- ?")
	f.Fuzz(func(t *testing.T, text []byte, key, value string) {
		before, err := ReadSettings(text)
		if err != nil {
			return
		}
		edited, err := EditSettings(text, Settings{key: value})
		if err != nil {
			return
		}
		after, err := ReadSettings(edited)
		if err != nil {
			t.Fatal(err)
		}
		delete(before, key)
		if delete(after, key); !maps.Equal(before, after) {
			t.Errorf("%q became %q", before, after)
		}
		if key != "name" {
			return
		}
		for line := range strings.Lines(string(start)) {
			if strings.HasPrefix(line, "#") && strings.Contains(string(text), line) && !strings.Contains(string(edited), line) {
				t.Errorf("the comment %q is gone", line)
			}
		}
	})
}
