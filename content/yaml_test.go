package content

import (
	"fmt"
	"strings"
	"testing"
)

// Words that YAML would not read are a mistake with their place, or are read as they
// are written.
func TestYAMLWords(t *testing.T) {
	for _, c := range []struct{ value, want string }{ // want is the text, or a mistake's column and the beginning of its words
		{"12 Main Street #4", "22: what follows # is a comment, and is not read"},
		{"12 Main Street # 4", "22: what follows #"},
		{"12 Main Street  #4 West", "23: what follows #"},
		{"12 Main Street\t#4", "22: what follows #"},
		{"Suite #B", "13: what follows #"},
		{"Plan #west", "12: what follows #"},
		{"Massage #é", "15: what follows #"},
		{"Plan #(2)", "12: what follows #"},
		{"teal # aa0000", "12: what follows #"},
		{"\"12 Main Street\" #4", "24: what follows #"},
		{"'12 Main Street' #4", "24: what follows #"},
		{"#aa0000", "7: what follows # is a comment, and there is nothing else here"},
		{"# our name", "7: what follows #"},
		{"#", "7: what follows #"},
		{"Null", "7: YAML reads Null as nothing at all"},
		{"null", "7: YAML reads null as nothing at all"},
		{"NULL", "7: YAML reads NULL as nothing at all"},
		{"~", "7: YAML reads ~ as nothing at all"},
		{"\"Null\"", "Null"}, {"'~'", "~"}, {"none", "none"}, {"Null Massage", "Null Massage"},
		{"X # our name", "X"}, {"X  # our name, #2 in town", "X"}, {"X #", "X"}, {"X #---", "X"}, {"X#4", "X#4"}, {"\"X #4\"", "X #4"}, {"'X #4'", "X #4"}, {"X # a\n# b\n  # c", "X"},
		{"|\n  12 #4\n", "12 #4"}, {"X\u00a0#4", "X #4"},
		{"No", "No"}, {"yes", "yes"}, {"on", "on"}, {"true", "true"}, {"0555", "0555"}, {"0x10", "0x10"}, {"0o17", "0o17"}, {"1_000", "1_000"}, {"12:30", "12:30"}, {"1:2:3", "1:2:3"},
		{"2026-12-01", "2026-12-01"}, {"1.10", "1.10"}, {"1e3", "1e3"}, {".5", ".5"}, {"+49 30", "+49 30"}, {".inf", ".inf"}, {"00", "00"}, {"-1", "-1"}, {"1,000", "1,000"},
		{"a\tb", "a b"}, {"a\t\tb", "a b"}, {"A\n  b", "A b"},
		{"X\n  #4 West", "3: what follows #"},
		{"&Co Massage", "7: there should be plain text here"}, {"*Co", "7: there should be plain text"}, {"!Bang", "7: there should be plain text"},
		{"*Best* Massage", "14: the YAML is broken"}, {"%50 off", "7: the YAML is broken"}, {"@home", "7: the YAML is broken"}, {"`x`", "7: the YAML is broken"}, {"a: b", "7: the YAML is broken"},
		{"\"A\" B", "11: the YAML is broken"}, {"[Draft] Plan", "15: the YAML is broken"}, {"| text", "7: the YAML is broken"}, {"- Foo", "7: the YAML is broken"},
	} {
		for key, read := range map[string]func(text string) (string, error){
			"name: ": func(text string) (string, error) {
				b, err := ReadBrand(mapFS("x.yaml", text+"\ncountry: US\n"), "x.yaml")
				if err != nil {
					return "", err
				}
				return b.Name, nil
			},
			"titl: ": func(text string) (string, error) {
				text = strings.Replace(text, "titl:", "title:", 1)
				h, err := ReadHandout(mapFS("x.md", "---\n"+text+"\nlang: en\n---\nText.\n"), "x.md")
				if err != nil {
					return "", err
				}
				return h.Title, nil
			},
		} {
			got, err := read(key + c.value)
			if err != nil {
				var first *Error
				for _, e := range err.(Errors) {
					if !strings.Contains(e.Message, "has no title") {
						first = e
						break
					}
				}
				column := first.Column
				if key == "titl: " && column > 6 && first.Line == 2 {
					column--
				}
				got = fmt.Sprintf("%d: %s", column, first.Message)
				if !strings.HasPrefix(got, c.want) || first.Hint == "" {
					t.Errorf("%s%q: %v, want %s", key, c.value, err, c.want)
				}
			} else if got != c.want {
				t.Errorf("%s%q: read as %q, want %q", key, c.value, got, c.want)
			}
		}
	}
}

// In lists, maps and other files it is the same.
func TestYAMLWordsElsewhere(t *testing.T) {
	for text, want := range map[string]string{
		"address:\n  - 12 Main Street #4\n  - Anytown\n":            "x.yaml:2:20: what follows #",
		"address:\n  - #4 Main Street\n  - Anytown\n":               "x.yaml:2:5: what follows # is a comment, and there is nothing else",
		"address: [12 Main Street, #4\n  Anytown]\n":                "x.yaml:1:27: what follows #",
		"address:\n  - 12 Main Street\n    #4\n":                    "x.yaml:3:5: what follows #",
		"address:\n- ~\n":                                           "x.yaml:2:3: YAML reads ~ as nothing at all",
		"colors:\n  main: #aa0000\n  accent: #0000aa\n":             "x.yaml:2:9: what follows # is a comment, and there is nothing else here\nx.yaml:3:11: ",
		"colors:\n  main: red #aa0000\n":                            "x.yaml:2:13: what follows #",
		"country: US #USA\n":                                        "x.yaml:1:13: what follows #",
		"services:\n  Massage 60: sciatica #2\n":                    "x.yaml:2:24: what follows #",
		"services:\n  Massage: #2\n":                                "x.yaml:2:3: Massage: the handout is missing\n" + "x.yaml:2:12: what follows #",
		"phone: # our number\nname: X\n":                            "x.yaml:1:8: what follows # is a comment, and there is nothing else here",
		"mail: {en: {subject: Null}}\n":                             "x.yaml:1:22: YAML reads Null as nothing at all",
		strings.Repeat("- ", 40) + "\n":                             "x.yaml:1:1: brackets or lists are nested more than 32 deep",
		strings.Repeat("? ", 4000) + "\n":                           "x.yaml:1:1: brackets or lists",
		"a:\n  " + strings.Repeat("- ? ", 4000) + "\n":              "x.yaml:1:1: brackets or lists",
		"a: [" + strings.Repeat("- ", 10) + strings.Repeat("[", 40): "x.yaml:1:1: brackets or lists",
		strings.Repeat("- !a &b ", 400) + "x\n":                     "x.yaml:1:1: brackets or lists",
	} {
		if _, err := ReadBrand(mapFS("x.yaml", text), "x.yaml"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", clip(text), err, want)
		}
	}
	for _, text := range []string{
		"# about us\nname: X # the name\n\n# colors\ncolors: # ours\n  # main first\n  main: \"#aa0000\" # red\naddress: # by line\n- 1 A Street\n# logo: logo.svg\n",
		"services:\n  Massage: # two of them\n    handout: sciatica\n",
		"#4\nname: X\n", "name:\nphone: 555 0100\n", "name: \"A\n  # B\"\n", "address:\n  -\n  - A\n",
	} {
		if _, err := ReadBrand(mapFS("x.yaml", text), "x.yaml"); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	stretch := strings.Replace(mineStretch, "name: Mine", "name: Mine #2", 1)
	if _, err := ReadStretch(mapFS("s.md", stretch, "x.fig", "figure 1\n"), "s.md"); err == nil || !strings.HasPrefix(err.Error(), "s.md:3:12: what follows #") {
		t.Error(err)
	}
	if _, err := readWords(mapFS("words/x.yaml", "with: with #4\n"), "words/x.yaml"); err == nil || !strings.Contains(err.Error(), "words/x.yaml:1:12: what follows #") {
		t.Error(err)
	}
}

// However many mistakes a file has, a hundred are told.
func TestManyMistakes(t *testing.T) {
	for _, text := range []string{strings.Repeat("\x01", 60_000), strings.Repeat("\x01", 60_000) + "\xff", "---\ntitle: T\n---\n" + strings.Repeat("\x01", 200) + "\xff"} {
		for name, read := range map[string]func() error{
			"x.yaml":       func() error { _, err := ReadBrand(mapFS("x.yaml", text), "x.yaml"); return err },
			"x.md":         func() error { _, err := ReadHandout(mapFS("x.md", text), "x.md"); return err },
			"s.md":         func() error { _, err := ReadStretch(mapFS("s.md", text), "s.md"); return err },
			"words/x.yaml": func() error { _, err := readWords(mapFS("words/x.yaml", text), "words/x.yaml"); return err },
			"y.md":         func() error { _, _, err := Open().Check(mapFS("y.md", text), "y.md"); return err },
			"y.yaml":       func() error { _, _, err := Open().Check(mapFS("y.yaml", text), "y.yaml"); return err },
		} {
			err, ok := read().(Errors)
			if !ok || len(err) != maxErrors+1 || !strings.Contains(err[maxErrors].Message, "more mistakes after this one") {
				t.Errorf("%s: %d mistakes", name, len(err))
			}
		}
	}
}

// A stretch in a list may begin with @, in quotes and out of them, and everything has its place.
func TestYAMLAt(t *testing.T) {
	for _, s := range []string{"[@a, b, @c]", "\n  - @a\n  - b\n  -   @c", "[\"@a\", b,@c]", "['@a', 'b', '@c']", "[ @a, # x, @y\n  b, @c]"} {
		h, err := ReadHandout(mapFS("x.md", "---\ntitle: \"T, @home\"\nsubtitle: x - @y\nstretches: "+s+"\n---\nText.\n"), "x.md")
		if err != nil || len(h.Default) != 3 || h.Default[0].ID != "@a" || h.Default[2].ID != "@c" || h.Title != "T, @home" || h.Subtitle != "x - @y" {
			t.Errorf("%q: %+v %v", s, h, err)
		}
	}
	h, err := ReadHandout(mapFS("x.md", "---\ntitle: T\nstretches: [@a, @b, b:hold=9m]\n---\nText.\n"), "x.md")
	if err == nil || !strings.HasPrefix(err.Error(), "x.md:3:21: ") {
		t.Errorf("%+v %v", h, err)
	}
	b, err := ReadBrand(mapFS("b.yaml", "name: A\nservices:\n  \"@ home\": {handout: x, stretches: [@a, b:hold=2s]}\n  Neck: {handout: x, stretches: @c}\nmail:\n  from: me@here.example\n"), "b.yaml")
	if err != nil || len(b.Services) != 2 || b.Services[0].Pattern != "@ home" || b.Services[0].Stretches[0].ID != "@a" || b.Services[1].Stretches[0].ID != "@c" || b.Mail.From != "me@here.example" {
		t.Errorf("%+v %v", b, err)
	}
}
