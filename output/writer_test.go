package output

import (
	"go/ast"
	reader "go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handout/layout"
)

// shared is the writer of tests that ask for none of their own.
var shared = NewWriter()

func PDF(p *layout.Page, made time.Time) ([]byte, error) { return shared.PDF(nil, p, made) }

func PDFLocked(p *layout.Page, made time.Time, lock Lock) ([]byte, error) {
	return shared.Locked(p, made, lock)
}

func NewPrint(to io.Writer, about About) (*Print, error) { return shared.Print(to, about) }

func AppendSVG(b []byte, p *layout.Page) ([]byte, error) { return shared.SVG(b, p) }

// Only a Writer keeps: the package has no variable that something could be put into.
func TestPackageKeepsNothing(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := reader.ParseFile(token.NewFileSet(), name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, spec := range g.Specs {
				v := spec.(*ast.ValueSpec)
				looked++
				for _, e := range append(v.Values, v.Type) {
					if e == nil {
						continue
					}
					for _, keeps := range []string{"keep[", "map[", "sync.Map", "sync.Pool", "NewWriter"} {
						if strings.Contains(types.ExprString(e), keeps) {
							t.Errorf("%s: %s is of the package: let a Writer have it", name, v.Names[0])
						}
					}
				}
			}
		}
	}
	if looked < 5 {
		t.Errorf("only %d variables were looked at", looked)
	}
}

// bytes is the file in memory of its own.
func (f *file) bytes() []byte { return f.append(nil) }
