package visits

import (
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

var kebab = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// TestCodes keeps the codes of mistakes in testdata/codes.txt: whoever says them in
// another language goes by them, so that one may come but none may change or go. Each
// code has one sentence.
func TestCodes(t *testing.T) {
	said := map[string]string{}
	for _, dir := range []string{".", "sheet", "field", "fhir"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				args := call.Args
				switch f := call.Fun.(type) {
				case *ast.SelectorExpr:
					if f.Sel.Name != "Errorf" {
						return true
					}
				case *ast.Ident:
					switch f.Name {
					case "wrong": // after where it goes
						args = args[1:]
					case "fault", "bad":
					default:
						return true
					}
				default:
					return true
				}
				if len(args) < 3 {
					return true // another function of that name
				}
				code, sentence := literal(args[0]), literal(args[2])
				switch {
				case code == "" && call.Ellipsis.IsValid(): // a helper that hands its code on
				case !kebab.MatchString(code):
					t.Errorf("%s: %q is no code", fset.Position(call.Pos()), code)
				case said[code] != "" && said[code] != sentence:
					t.Errorf("%s: %s is the code of %q too", fset.Position(call.Pos()), code, said[code])
				default:
					said[code] = sentence
				}
				return true
			})
		}
	}
	var lines []string
	for code, sentence := range said {
		lines = append(lines, code+": "+sentence+"\n")
	}
	slices.Sort(lines)
	const golden = "testdata/codes.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(kept)) {
		if !slices.Contains(lines, line) {
			t.Errorf("no longer there (-update rewrites %s): %s", golden, line)
		}
	}
	for _, line := range lines {
		if !strings.Contains(string(kept), line) {
			t.Errorf("new (-update adds it to %s): %s", golden, line)
		}
	}
}

func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		s, _ := strconv.Unquote(l.Value)
		return s
	}
	if sum, ok := e.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		return literal(sum.X) + literal(sum.Y)
	}
	return ""
}
