package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handout/cmd/handout/internal/day"
)

// told are the objects that docs/json.md describes, by their headings there: what every verb says, what each adds, and
// what several of them hold.
var told = map[string]any{
	"What every verb says": reply{}, "A mistake": mistake{}, "A score sheet": scoreSheet{}, "A row": day.Line{},
	"init": begun{}, "list": listing{}, "make": report{}, "batch": dayReport{}, "batch --bench": rehearsed{},
	"send": round{}, "again": remade{}, "check": checkedAll{}, "draw": sketch{}, "serve": serving{}, "doctor": visit{},
	"version": edition{}, "schema": pattern{}, "help": page{},
}

// TestJSONIsTold holds that docs/json.md names every member that a program is told, with its kind, and no others.
func TestJSONIsTold(t *testing.T) {
	text, err := os.ReadFile("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]map[string]string{}
	heading, row := "", regexp.MustCompile("^\\| `([^`]+)` \\| ([^|]+) \\| [^|]+ \\|$")
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "## "); ok {
			heading, found[name] = name, map[string]string{}
		} else if m := row.FindStringSubmatch(line); m != nil {
			found[heading][m[1]] = m[2]
		}
	}
	for name, object := range told {
		want := map[string]string{}
		membersOf(reflect.TypeOf(object), "", name, want)
		for member, kind := range want {
			if found[name][member] != kind {
				t.Errorf("under %q: | `%s` | %s |", name, member, kind)
			}
		}
		for member := range found[name] {
			if want[member] == "" {
				t.Errorf("under %q: there is no member %s", name, member)
			}
		}
	}
}

// membersOf names the members that a type has in JSON. A type with a heading of its own is named by it.
func membersOf(of reflect.Type, before, under string, to map[string]string) {
	for i := range of.NumField() {
		f := of.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		in, list := f.Type, ""
		for in.Kind() == reflect.Pointer || in.Kind() == reflect.Slice {
			if in.Kind() == reflect.Slice {
				list = "[]"
			}
			in = in.Elem()
		}
		if f.Anonymous && name == "" {
			if heading := headingOf(in); heading != "" && heading != under {
				to[before+"*"] = heading
			} else {
				membersOf(in, before, under, to)
			}
			continue
		}
		if !f.IsExported() || name == "-" {
			continue
		}
		kind := map[reflect.Kind]string{reflect.String: "text", reflect.Bool: "yes or no", reflect.Int: "number",
			reflect.Float64: "number", reflect.Map: "numbers by name", reflect.Struct: "object"}[in.Kind()]
		if heading := headingOf(in); heading != "" {
			kind = heading
		} else if in.Kind() == reflect.Map && in.Elem().Kind() == reflect.Interface {
			kind = "object"
		} else if in.Kind() == reflect.Struct {
			membersOf(in, before+name+list+".", under, to)
			continue
		}
		to[before+name+list] = kind
	}
}

func headingOf(t reflect.Type) string {
	for heading, object := range told {
		if reflect.TypeOf(object) == t && strings.HasPrefix(heading, "A ") {
			return heading
		}
	}
	return ""
}

// TestEveryVerbSpeaksJSON asks every verb for something it does and something it does not, and wants one object on
// standard output, nothing beside it, and members that are told.
func TestEveryVerbSpeaksJSON(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("HOME", t.TempDir())
	for file, text := range map[string]string{
		"day.csv":   "visit,name,handout\n1,Ana Ruiz,sciatica\n2,Bo Li,\n",
		"fine.csv":  "visit,name,handout,email,email consent\n1,Ana Ruiz,sciatica,ana@example.org,yes\n",
		"wrong.md":  "# A\n\n![](nowhere.png)\n",
		"mine.yaml": "name: Harbour Lane\nphnoe: 1\n",
		"ours.yaml": "name: Harbour Lane\nphone: 555-0101\nemail: hello@harbour.example\n",
	} {
		write(t, file, []byte(text))
	}
	for _, c := range []struct {
		line string
		exit int
	}{
		{"init mine", 0}, {"init mine", 3}, {"init a b", 2},
		{"list looks", 0}, {"list nothing", 2}, {"list handouts --library nowhere", 3},
		{"make sciatica", 0}, {"make nothing-like-it", 2}, {"make nowhere.md", 3}, {"make sciatica --brand mine.yaml", 1},
		{"make sciatica --zzz", 2}, {"make --help", 0},
		{"batch fine.csv", 0}, {"batch fine.csv --brand ours.yaml --mail --out box", 0}, {"batch day.csv", 1}, {"batch nowhere.csv", 3}, {"batch", 2},
		{"send box/outbox --dry-run", 0}, {"send box/outbox", 2}, {"send nowhere --dry-run", 3},
		{"again K7Q2-9MXD nowhere.csv", 3}, {"again x", 2},
		{"check sciatica", 0}, {"check sciatica wrong.md", 1}, {"check nowhere.md", 3}, {"check", 2},
		{"draw --sheet -o sheet.svg", 0}, {"draw nowhere.pose -o x.svg", 3}, {"draw", 2},
		{"serve --port 99999", 2}, {"serve --brand mine.yaml --no-open", 1},
		{"doctor", 0}, {"doctor --brand mine.yaml", 1}, {"doctor x", 2},
		{"version", 0}, {"version x", 2}, {"schema brand", 0}, {"schema x", 2}, {"schema", 2}, {"help", 0}, {"help make", 0}, {"help x", 2}, {"frobnicate", 2}, {"", 2},
	} {
		t.Run(c.line, func(t *testing.T) {
			var out, beside bytes.Buffer
			code := run(append(strings.Fields(c.line), "--json"), strings.NewReader(""), &out, &beside)
			var said map[string]any
			d := json.NewDecoder(&out)
			if err := d.Decode(&said); err != nil || d.More() || beside.Len() > 0 {
				t.Fatalf("%v\n%s\n%s", err, &out, &beside)
			}
			verb, _, _ := strings.Cut(c.line, " ")
			mistakes, _ := said["mistakes"].([]any)
			if code != c.exit || said["exit"] != float64(code) || said["ok"] != (code == 0) || len(mistakes) > 0 != (code > 0) ||
				said["verb"] != verb && said["verb"] != "" {
				t.Errorf("exit %d: %v", code, said)
			}
			for _, m := range mistakes {
				if m.(map[string]any)["code"] == nil {
					t.Errorf("a mistake without a code: %v", m)
				}
			}
			known := map[string]string{}
			membersOf(reflect.TypeFor[reply](), "", "", known)
			if told[verb] != nil {
				membersOf(reflect.TypeOf(told[verb]), "", "", known)
			}
			known["page"] = "of help"
			for member := range said {
				if !slices.ContainsFunc([]string{"", "[]"}, func(list string) bool { return known[member+list] != "" }) &&
					!strings.Contains(fmt.Sprint(known), member+"[]") && !strings.Contains(fmt.Sprint(known), member+".") {
					t.Errorf("it says %s, which is not told", member)
				}
			}
		})
	}
}
