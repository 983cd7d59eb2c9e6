package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"handout/cmd/handout/internal/press"
	"handout/layout"
)

const listPage = `handout list: say what there is to choose from

  handout list handouts
  handout list stretches --library my-clinic
  handout list looks --json

Each line begins with the name to use on the command line.

  --library DIR   a folder of your own handouts and stretches; repeatable
  --json          print a list of JSON objects with "id", "name" and "summary";
                  of stretches also "place" and "needs"
`

// listed is one line of a list.
type listed struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Summary string `json:"summary"`
	Place   string `json:"place,omitempty"` // where a stretch is done
	Needs   string `json:"needs,omitempty"` // what it is done with
}

func runList(w *world, args []string) error {
	f := newFlags("list")
	own := f.StringArray("library", nil, "")
	asJSON := f.Bool("json", false, "")
	if err := f.parse(args); err != nil {
		return err
	}
	kinds := []string{"handouts", "stretches", "looks"}
	if f.NArg() != 1 {
		return misusef("handout list handouts, handout list stretches or handout list looks",
			"list wants one word: what to list")
	}
	var rows []listed
	var broken error // what cannot be read is left out of the list, and said
	switch f.Arg(0) {
	case "looks":
		for _, l := range layout.Looks() {
			rows = append(rows, listed{ID: l.ID, Name: l.Name, Summary: l.Summary})
		}
	case "handouts", "stretches":
		rows, broken = listLibrary(f.Arg(0), press.Libraries(*own))
	default:
		return misusef(nearest(f.Arg(0), kinds, "there are "+strings.Join(kinds, ", ")), "there is no such list")
	}
	print := printTable
	if *asJSON {
		print = func(to io.Writer, rows []listed) error { return printJSON(to, rows) }
	}
	if err := print(w.out, rows); err != nil {
		return err
	}
	return broken
}

// printTable sets the rows in columns as wide as a terminal shows them.
func printTable(to io.Writer, rows []listed) error {
	var ids, names int
	for _, r := range rows {
		ids, names = max(ids, columns(r.ID)), max(names, columns(r.Name))
	}
	b := bufio.NewWriter(to)
	pad := func(s string, to int) string { return s + strings.Repeat(" ", to-columns(s)) }
	for _, r := range rows {
		fmt.Fprintln(b, strings.TrimRight(pad(r.ID, ids)+"  "+pad(r.Name, names)+"  "+r.Summary, " "))
	}
	return b.Flush()
}

// columns is how many columns of a terminal a text takes: none for marks and
// invisible characters, two for wide ones (UAX #11).
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// listLibrary lists handouts or stretches.
func listLibrary(kind string, libraries []press.Folder) ([]listed, error) {
	s, err := press.OpenLibrary(libraries...)
	if err != nil {
		return nil, err
	}
	rows := []listed{}
	if kind == "handouts" {
		list, err := s.Handouts()
		for _, h := range list {
			rows = append(rows, listed{ID: h.ID, Name: h.Title, Summary: h.Summary})
		}
		return rows, err
	}
	list, err := s.Stretches()
	for _, st := range list {
		rows = append(rows, listed{ID: st.ID, Name: st.Name, Summary: st.Summary, Place: st.Place, Needs: st.Needs})
	}
	return rows, err
}
