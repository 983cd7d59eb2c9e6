package main

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"handout/cmd/handout/internal/press"
)

const initPage = `handout init: write a brand and a handout of your own to edit

  handout init
  handout init my-clinic

Writes two files into this folder, or into DIR (made if it is not there):

  clinic.yaml     your clinic: name, colours, logo, phone, country and so on
  my-handout.md   a handout to change, or to save under other names

Both explain themselves. A file that is there already is never written over.

  --json   say it as JSON, for programs: docs/json.md
`

//go:embed start
var start embed.FS

// startFiles are what init writes, in order.
var startFiles = [...]string{"clinic.yaml", "my-handout.md"}

// begun is what init wrote.
type begun struct {
	Files []string `json:"files"`
}

func runInit(w *world, args []string) (answer, error) {
	f := newFlags("init")
	if err := f.parse(args); err != nil {
		return nil, err
	}
	dir := "."
	switch f.NArg() {
	case 0:
	case 1:
		dir = f.Arg(0)
	default:
		return nil, misusef("for example: handout init my-clinic", "init writes into one folder")
	}
	for _, name := range startFiles {
		path := filepath.Join(dir, name)
		if _, err := os.Lstat(path); err == nil {
			return nil, &press.FileError{Path: path, Message: "this file is there already, so nothing was written",
				Hint: "name another folder: handout init my-clinic"}
		}
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, press.FileFault(dir, err)
	}
	var b begun
	for _, name := range startFiles {
		text, err := start.ReadFile("start/" + name)
		if err != nil {
			return nil, err
		}
		path := filepath.Join(dir, name)
		if err := writeNew(path, text); err != nil {
			return nil, press.FileFault(path, err)
		}
		b.Files = append(b.Files, path)
	}
	return b, nil
}

func (b begun) print(to io.Writer) error {
	_, err := fmt.Fprintf(to, "%s\n\nnext: edit them, then\n  handout make %s --brand %s\n",
		strings.Join(b.Files, "\n"), quoted(b.Files[1]), quoted(b.Files[0]))
	return err
}

// writeNew writes a file that must not be there yet, so that nobody's work is
// written over even if it came just now.
func writeNew(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}
