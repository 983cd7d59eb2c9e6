package content

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// codeAt is which argument of the functions that make mistakes is the code; the sentence
// is the last one before what is put into it.
var codeAt = map[string]int{"add": 1, "find": 1, "warn": 1, "fail": 0, "refuse": 0, "among": 0, "Errorf": 0}

// codeReader gathers the codes of mistakes in some files, with their sentences.
type codeReader struct {
	t      *testing.T
	fset   *token.FileSet
	consts map[string]string
	said   map[string]string
}

func (c *codeReader) literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, _ := strconv.Unquote(e.Value)
		return s
	case *ast.Ident:
		return c.consts[e.Name]
	case *ast.BinaryExpr: // words around a word
		return c.literal(e.X) + cmp.Or(c.literal(e.Y), "%s")
	case *ast.CallExpr:
		if f, ok := e.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Sprintf" {
			return c.literal(e.Args[0])
		}
	}
	return ""
}

func (c *codeReader) note(at token.Pos, code, sentence ast.Expr) {
	switch x := code.(type) {
	case *ast.SelectorExpr: // handed on
		if x.Sel.Name == "Code" {
			return
		}
	case *ast.Ident:
		if x.Name == "code" || x.Name == "rule" {
			return
		}
	case nil:
		c.t.Errorf("%s: this mistake has no code", c.fset.Position(at))
		return
	}
	name, says := c.literal(code), c.literal(sentence)
	switch before, ok := c.said[name]; {
	case !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(name):
		c.t.Errorf("%s: %q is no code", c.fset.Position(at), name)
	case ok && before != says:
		c.t.Errorf("%s: %s is the code of %q too", c.fset.Position(at), name, before)
	default:
		c.said[name] = says
	}
}

func (c *codeReader) call(call *ast.CallExpr) {
	var name string
	first := 0
	switch f := call.Fun.(type) {
	case *ast.Ident:
		if name = f.Name; name == "add" {
			return
		}
	case *ast.SelectorExpr:
		name = f.Sel.Name
		x, _ := f.X.(*ast.Ident)
		switch {
		case name == "bad" && x != nil && x.Name == "r", name == "fail" && x != nil && x.Name == "s":
			first = 1
		case name == "Errorf" && x != nil && x.Name != "content":
			return
		}
	}
	at, ok := codeAt[name]
	if name == "bad" {
		at, ok = first, true
	}
	says := at + 2
	if name == "warn" {
		says = at + 1
	}
	if !ok || len(call.Args) <= says || name == "fail" && first == 1 { // a function of that name for something else
		return
	}
	c.note(call.Pos(), call.Args[at], call.Args[says])
}

// made is a mistake that is written out.
func (c *codeReader) made(lit *ast.CompositeLit) {
	kind, ok := lit.Type.(*ast.Ident)
	if s, is := lit.Type.(*ast.SelectorExpr); is {
		kind, ok = s.Sel, true
	}
	if !ok || kind.Name != "Error" || len(lit.Elts) == 0 {
		return
	}
	if _, keyed := lit.Elts[0].(*ast.KeyValueExpr); !keyed {
		c.note(lit.Pos(), lit.Elts[len(lit.Elts)-3], lit.Elts[len(lit.Elts)-2])
		return
	}
	var code, message ast.Expr
	for _, e := range lit.Elts {
		switch kv := e.(*ast.KeyValueExpr); kv.Key.(*ast.Ident).Name {
		case "Code":
			code = kv.Value
		case "Message":
			message = kv.Value
		}
	}
	c.note(lit.Pos(), code, message)
}

// codesOf reads the files of a room.
func codesOf(t *testing.T, patterns ...string) map[string]string {
	c := &codeReader{t, token.NewFileSet(), map[string]string{}, map[string]string{}}
	var files []*ast.File
	for _, p := range patterns {
		names, err := filepath.Glob(p)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: no files, %v", p, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(c.fset, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
	}
	inspect := func(look func(ast.Node)) {
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				look(n)
				return true
			})
		}
	}
	inspect(func(n ast.Node) {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == len(v.Names) {
			for i, name := range v.Names {
				if s := c.literal(v.Values[i]); s != "" {
					c.consts[name.Name] = s
				}
			}
		}
	})
	inspect(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.CallExpr:
			c.call(n)
		case *ast.CompositeLit:
			c.made(n)
		}
	})
	return c.said
}

// TestCodes holds that every mistake has a code, that a code has one sentence, and that
// docs/mistakes.md lists them: whoever says them in another language goes by it.
func TestCodes(t *testing.T) {
	verb := regexp.MustCompile(`%[.0-9]*[a-zA-Z]`)
	var b strings.Builder
	b.WriteString(mistakesHead)
	all := map[string]bool{}
	for _, room := range []struct {
		name  string
		files []string
	}{
		{"Handouts, stretches, packs, brands, words", []string{"*.go"}},
		{"Pictures", []string{"picture/*.go"}},
		{"Lists of words for the score", []string{"ease/lists.go"}},
		{"Poses", []string{"../layout/figure/*.go"}},
		{"The page", []string{"../layout/*.go", "../cmd/handout/say_fit.go", "../cmd/handout/internal/press/mistake.go"}},
		{"Rows of a day's list", []string{"../cmd/handout/internal/day/*.go"}},
		{"Requests (`handout serve`)", []string{"../cmd/handout/internal/serve/*.go"}},
	} {
		said := codesOf(t, room.files...)
		var names []string
		for code := range said {
			if all[code] && code != "other" {
				t.Errorf("%s is a code in two rooms", code)
			}
			all[code] = true
			names = append(names, code)
		}
		slices.Sort(names)
		fmt.Fprintf(&b, "\n## %s\n\n| code | what it says |\n| --- | --- |\n", room.name)
		for _, code := range names {
			says := strings.ReplaceAll(verb.ReplaceAllString(cmp.Or(said[code], "%s"), "…"), "|", `\|`)
			fmt.Fprintf(&b, "| `%s` | %s |\n", code, says)
		}
	}
	const page = "../docs/mistakes.md"
	if *update {
		if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != b.String() {
		t.Errorf("%s does not list the mistakes there are: go test ./content -run TestCodes -update writes it", page)
	}
}

const mistakesHead = `# Mistakes

Every mistake has a place, a sentence, a hint, and a code: a word that stays the same when the sentence is reworded. In JSON it is
` + "`code`; for a row of a batch, `mistake`" + `. To show mistakes in another language, or to act on some of them, use the code. … means words that vary,
and … alone one of several sentences. The codes of appointment lists are in content/visits/testdata/codes.txt; those of what a therapist
would ask (` + "`care`" + `) are the names of its rules.
`
