package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms says which of our rooms each room may import, and which modules of
// others. A room is a folder with all that is below it, but for a room of its own
// there; cmd/handout may import any module, for nothing is downstream of it.
var rooms = map[string]struct{ ours, others []string }{
	"cmd/handout/internal/press": {ours: []string{"content", "layout", "output", "fonts"}},
	"cmd/handout/internal/serve": {ours: []string{"cmd/handout/internal/press", "cmd/handout/internal/day", "content", "layout", "output", "fonts"}, others: []string{"github.com/klauspost/compress"}},
	"cmd/handout/internal/day":   {ours: []string{"cmd/handout/internal/press", "content", "layout", "output", "fonts"}, others: []string{"golang.org/x/text"}},
	"cmd":                        {ours: []string{"content", "layout", "output", "fonts", "cmd/handout/internal"}, others: []string{""}},
	"output":                     {ours: []string{"layout", "fonts", "content/picture"}, others: []string{"github.com/go-pdf/fpdf", "github.com/klauspost/compress", "golang.org/x/image", "golang.org/x/text"}},
	"output/store":               {others: []string{"golang.org/x/sys"}},
	"output/mail":                {others: []string{"github.com/wneessen/go-mail", "golang.org/x/net/idna"}},
	"layout":                     {ours: []string{"content", "fonts"}, others: []string{"rsc.io/qr", "golang.org/x/image", "golang.org/x/text"}},
	"content":                    {ours: []string{"content/codepage", "content/docx"}, others: []string{"github.com/yuin/goldmark", "github.com/goccy/go-yaml", "golang.org/x/image", "golang.org/x/net/html", "golang.org/x/net/idna", "golang.org/x/text"}},
	"content/codepage":           {others: []string{"golang.org/x/text"}},
	"content/docx":               {},
	"content/ease":               {ours: []string{"content"}},
	"content/visits":             {ours: []string{"content"}, others: []string{"golang.org/x/text"}},
	"fonts":                      {others: []string{"github.com/go-text/typesetting", "golang.org/x/text", "golang.org/x/image"}},
}

const fpdfPath = "github.com/go-pdf/fpdf"

// source is one of our Go files, named by its path from the top.
type source struct {
	name    string
	text    string
	imports []string
}

// sources are all Go files of the module. Tests may import what they like.
func sources(t *testing.T) []source {
	t.Helper()
	top := os.DirFS(filepath.Join("..", ".."))
	var found []source
	err := fs.WalkDir(top, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		text, err := fs.ReadFile(top, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		s := source{name: name, text: string(text)}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, imported)
		}
		found = append(found, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 20 {
		t.Fatalf("only %d Go files found: this test is not looking at the house", len(found))
	}
	return found
}

// TestImports holds the table of who may import whom.
func TestImports(t *testing.T) {
	for _, s := range sources(t) {
		room := roomOf(s.name)
		may, known := rooms[room]
		if !known {
			t.Errorf("%s: there is no room %q in the house", s.name, room)
			continue
		}
		for _, imported := range s.imports {
			if within := strings.TrimPrefix(imported, "handout/"); within != imported {
				if !covers(may.ours, within) && roomOf(within) != room {
					t.Errorf("%s imports %s: %s may import %v", s.name, imported, room, may.ours)
				}
				continue
			}
			if first, _, _ := strings.Cut(imported, "/"); strings.Contains(first, ".") && !covers(may.others, imported) {
				t.Errorf("%s imports %s: %s may import %v", s.name, imported, room, may.others)
			}
		}
	}
}

// roomOf is the innermost room that a file or package is in.
func roomOf(name string) string {
	room, _, _ := strings.Cut(name, "/")
	for r := range rooms {
		if covers([]string{r}, name) && len(r) > len(room) {
			room = r
		}
	}
	return room
}

// covers tells whether a path is one of the given ones or below one of them.
func covers(allowed []string, imported string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		return a == "" || imported == a || strings.HasPrefix(imported, a+"/")
	})
}

// TestOneFileDraws keeps fpdf behind one file, so that it can be replaced.
func TestOneFileDraws(t *testing.T) {
	var files []string
	for _, s := range sources(t) {
		if slices.Contains(s.imports, fpdfPath) {
			files = append(files, s.name)
		}
	}
	if len(files) != 1 || path.Dir(files[0]) != "output" {
		t.Errorf("fpdf is imported by %v: it belongs in one file of output", files)
	}
}

// TestPureRooms keeps clock, environment, files and network at the edge: what
// content, fonts and layout make depends on what they are handed alone.
func TestPureRooms(t *testing.T) {
	edge := []string{"os", "net", "net/http", "os/exec", "log", "log/slog", "math/rand", "math/rand/v2"}
	for _, s := range sources(t) {
		if room, _, _ := strings.Cut(s.name, "/"); room == "cmd" || room == "output" {
			continue
		}
		for _, imported := range s.imports {
			if slices.Contains(edge, imported) {
				t.Errorf("%s imports %s: only cmd touches the machine", s.name, imported)
			}
		}
		if strings.Contains(s.text, "time.Now(") {
			t.Errorf("%s reads the clock: only cmd does", s.name)
		}
	}
}

// TestEdge keeps flags and the network where they belong, and what makes handouts free of
// the terminal, the clock and the environment: what a press makes depends on what it is
// handed, and on the files that it is named.
func TestEdge(t *testing.T) {
	outside := []string{"time.Now(", "time.Since(", "os.Getenv(", "os.LookupEnv(", "os.Environ(", "os.ExpandEnv(", "os.UserCacheDir(", "os.UserHomeDir(", "os.UserConfigDir(",
		"os.Args", "os.Stdin", "os.Stdout", "os.Stderr", "os.Exit(", "signal.", "fmt.Print", "time.Local"}
	for _, s := range sources(t) {
		folder := path.Dir(s.name)
		for _, imported := range s.imports {
			switch {
			case imported == "github.com/spf13/pflag" && folder != "cmd/handout":
				t.Errorf("%s imports pflag: only the verbs have flags", s.name)
			case imported == "net/http" && folder != "cmd/handout/internal/serve":
				t.Errorf("%s imports %s: only serve answers over the network", s.name, imported)
			}
		}
		if folder != "cmd/handout/internal/press" && folder != "cmd/handout/internal/day" {
			continue
		}
		for _, word := range outside {
			if strings.Contains(s.text, word) {
				t.Errorf("%s has %s: it is handed what it needs of the world", s.name, word)
			}
		}
	}
}

// TestKnots keeps files from knowing each other in circles: each of them can be read, and
// moved, without the rest. A file knows another if it uses what is declared there.
func TestKnots(t *testing.T) {
	limits := map[string]int{
		"cmd/handout": 4, "cmd/handout/internal/press": 4, "cmd/handout/internal/day": 4,
	}
	folders := map[string]bool{}
	for _, s := range sources(t) {
		folders[path.Dir(s.name)] = true
	}
	for dir := range limits {
		if !folders[dir] {
			t.Errorf("%s is held to %d files and is not there", dir, limits[dir])
		}
	}
	for dir := range folders {
		most := 8
		if n, ok := limits[dir]; ok {
			most = n
		}
		fset := token.NewFileSet()
		var files []*ast.File
		names, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(dir), "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(fset, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		// What other packages have is not looked at: what is not known of it is an error
		// that does not matter.
		info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
		config := types.Config{Importer: nothing{}, Error: func(error) {}}
		own, _ := config.Check(dir, fset, files, info)
		knows, arrows := map[string]map[string]bool{}, 0
		for used, what := range info.Uses {
			if what.Pkg() != own || !what.Pos().IsValid() {
				continue
			}
			from, to := fset.Position(used.Pos()).Filename, fset.Position(what.Pos()).Filename
			if knows[from] == nil {
				knows[from] = map[string]bool{}
			}
			if from != to && !knows[from][to] {
				knows[from][to] = true
				arrows++
			}
		}
		if len(files) == 0 || len(files) >= 5 && arrows < len(files) {
			t.Fatalf("%s: %d arrows between %d files: this test is not looking at them", dir, arrows, len(files))
		}
		var reach func(from string, seen map[string]bool)
		reach = func(from string, seen map[string]bool) {
			for to := range knows[from] {
				if !seen[to] {
					seen[to] = true
					reach(to, seen)
				}
			}
		}
		reached := map[string]map[string]bool{}
		for from := range knows {
			reached[from] = map[string]bool{}
			reach(from, reached[from])
		}
		for file, seen := range reached {
			var knot []string
			for other := range seen {
				if reached[other][file] {
					knot = append(knot, other)
				}
			}
			if slices.Sort(knot); len(knot) > most {
				t.Errorf("%s: %d files know each other in a circle: %v", dir, len(knot), knot)
			}
		}
	}
}

// nothing is where every package is empty.
type nothing struct{}

func (nothing) Import(name string) (*types.Package, error) {
	p := types.NewPackage(name, path.Base(name))
	p.MarkComplete()
	return p, nil
}

// TestTopLevel keeps the front door tidy. What git is told to ignore is not the
// project's: the README's first command leaves a page there.
func TestTopLevel(t *testing.T) {
	allowed := []string{"cmd", "content", "fonts", "layout", "output", "docs", "go.mod", "go.sum",
		"README.md", "LICENSE", "CHANGELOG.md"}
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile(filepath.Join("..", "..", ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	ignored := func(name string) bool {
		return slices.ContainsFunc(strings.Fields(string(list)), func(pattern string) bool {
			match, err := filepath.Match(strings.TrimPrefix(pattern, "/"), name)
			if err != nil {
				t.Fatalf(".gitignore: %s: %v", pattern, err)
			}
			return match
		})
	}
	if !ignored("zoe.pdf") || ignored("notes.txt") {
		t.Error(".gitignore lets the pages of the README in, or keeps too much out")
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(allowed, e.Name()) && !ignored(e.Name()) {
			t.Errorf("%s stands at the top level: the design knows only %v", e.Name(), allowed)
		}
	}
}
