package main

import (
	"fmt"
	"io"
	"path"
	"runtime"
	"runtime/debug"
	"strings"
)

const versionPage = `handout version: say which version this is

  handout version
  handout version --json

Prints the version of handout, of the Go it was built with, and of fpdf, which
draws its pages: the three to name when something looks wrong.

  --json   say it as JSON, for programs: docs/json.md
`

// edition is what version reports.
type edition struct {
	Handout string `json:"handout"`
	Commit  string `json:"commit,omitempty"`
	Go      string `json:"go"`
	FPDF    string `json:"fpdf"`
	day     string // of its last change; "" if it was built outside a repository
}

func runVersion(w *world, args []string) (answer, error) {
	f := newFlags("version")
	if err := f.parse(args); err != nil {
		return nil, err
	}
	if f.NArg() > 0 {
		return nil, misusef("handout version", "version takes no words, only --json")
	}
	return thisEdition(), nil
}

func (e edition) print(to io.Writer) error {
	_, err := fmt.Fprintf(to, "handout %s (%s, fpdf %s)\n",
		strings.TrimSpace(e.Handout+" "+e.Commit), e.Go, e.FPDF)
	return err
}

// thisEdition is what the linker noted about this program.
func thisEdition() edition {
	e := edition{Handout: "(devel)", Go: runtime.Version(), FPDF: "unknown"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return e
	}
	if info.Main.Version != "" {
		e.Handout = info.Main.Version
	}
	for _, m := range info.Deps {
		if path.Base(m.Path) == "fpdf" {
			e.FPDF = m.Version
		}
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			e.Commit = s.Value
		case "vcs.time":
			e.day, _, _ = strings.Cut(s.Value, "T")
		}
	}
	return e
}
