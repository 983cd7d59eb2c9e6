package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"testing"

	"handout/content"
	"handout/content/ease"
	"handout/content/visits"
	"handout/layout"
)

// TestFieldsAreRead finds what somebody is asked for, or what is worked out, and nobody
// reads: a field whose name is nowhere but where it is set. It goes by names, so that one
// that others have too is missed.
func TestFieldsAreRead(t *testing.T) {
	read := map[string]bool{}
	for _, s := range sources(t) {
		file, err := parser.ParseFile(token.NewFileSet(), s.name, s.text, 0)
		if err != nil {
			t.Fatal(err)
		}
		set := map[ast.Expr]bool{}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, to := range n.Lhs {
					set[to] = true
				}
			case *ast.UnaryExpr: // a parser is told where to put it
				if n.Op == token.AND {
					set[n.X] = true
				}
			case *ast.SelectorExpr:
				if !set[n] {
					read[n.Sel.Name] = true
				}
			}
			return true
		})
	}
	exempt := []string{
		"Brand.Sum", "Handout.Sum", "Stretch.Sum", "Words.Sum", // the whole value is summed up
	}
	for _, of := range []reflect.Type{
		reflect.TypeFor[content.Handout](), reflect.TypeFor[content.Stretch](), reflect.TypeFor[content.Brand](), reflect.TypeFor[content.Words](),
		reflect.TypeFor[content.Page](), reflect.TypeFor[content.Card](), reflect.TypeFor[content.Exercise](), reflect.TypeFor[content.Visit](),
		reflect.TypeFor[content.Pack](), reflect.TypeFor[content.Service](), reflect.TypeFor[content.Letter](), reflect.TypeFor[content.Error](),
		reflect.TypeFor[ease.Score](), reflect.TypeFor[ease.Item](), reflect.TypeFor[ease.Concern](),
		reflect.TypeFor[visits.Row](), reflect.TypeFor[visits.List](), reflect.TypeFor[visits.Column](), reflect.TypeFor[visits.Options](),
		reflect.TypeFor[layout.Sheet](), reflect.TypeFor[layout.Fitting](), reflect.TypeFor[layout.Concession](), reflect.TypeFor[layout.Contrast](),
	} {
		for i := range of.NumField() {
			f := of.Field(i)
			if !f.IsExported() || f.Anonymous || slices.Contains(exempt, of.Name()+"."+f.Name) {
				continue
			}
			if !read[f.Name] {
				t.Errorf("%s.%s: nobody reads it", of.Name(), f.Name)
			}
		}
	}
}
