package main

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"handout/cmd/handout/internal/press"
	"handout/content"
)

const initPage = `handout init: write a brand and texts of your own to edit

  handout init
  handout init my-clinic
  handout init --from sciatica
  handout init --from figure-4 --lang es
  handout init --from @desk-neck my-clinic

Writes these into this folder, or into DIR (made if it is not there):

  clinic.yaml          your clinic: name, colours, logo, phone, country, ...
  my-handout.md        a handout to change, or to save under other names
  my-stretch.md        a stretch, with a picture: my-stretch.png
  my-pose.pose         a pose, from which handout draws a picture
  packs/my-pack.yaml   stretches that are given together: @my-pack
  visits.csv           a list of visits, for "handout batch visits.csv"

They explain themselves, and refer to each other by name. A file that is there
already is never written over.

  --from NAME     write a shipped handout or stretch instead, or with @ before
                  its name a pack; a stretch brings the pose of its picture
  --lang TAG      in this language: es
  --json          say it as JSON, for programs: docs/json.md
`

//go:embed start
var start embed.FS

// startFiles are what init writes, in order.
var startFiles = [...]string{"clinic.yaml", "my-handout.md", "my-stretch.md", "my-stretch.png", "my-pose.pose",
	"packs/my-pack.yaml", "visits.csv"}

// begun is what init wrote.
type begun struct {
	Files []string `json:"files"`
	next  string   // to do, as it is typed
}

func runInit(w *world, args []string) (answer, error) {
	f := newFlags("init")
	from := f.String("from", "", "")
	var lang string
	f.lang(&lang)
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
	b, files := begun{}, []content.Copy{}
	at := func(name string) string { return quoted(filepath.Join(dir, filepath.FromSlash(name))) }
	if *from == "" {
		if lang != "" {
			return nil, misusef("for example: handout init --from sciatica --lang es", "--lang is for --from")
		}
		for _, name := range startFiles {
			text, err := start.ReadFile("start/" + name)
			if err != nil {
				return nil, err
			}
			files = append(files, content.Copy{Name: name, Text: text})
		}
		b.next = "handout make " + at("my-handout.md") + " --brand " + at("clinic.yaml")
	} else {
		kind, copies, err := content.CopyOf(*from, lang)
		if err != nil {
			return nil, misused(err)
		}
		files = copies
		switch text := at(files[0].Name); kind {
		case "handout":
			b.next = "handout make " + text
		case "stretch":
			b.next = "handout make sciatica --stretches " + text
		case "pack":
			name := strings.TrimSuffix(path.Base(files[0].Name), ".yaml")
			b.next = "handout make sciatica --stretches @" + name + " --library " + quoted(dir)
		}
	}
	return b.write(dir, files)
}

// write writes all of the files, or none.
func (b begun) write(dir string, files []content.Copy) (answer, error) {
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if _, err := os.Lstat(name); err == nil {
			return nil, &press.FileError{Path: name, Message: "this file is there already, so nothing was written",
				Hint: "name another folder: handout init my-clinic"}
		}
		b.Files = append(b.Files, name)
	}
	for i, f := range files {
		if err := os.MkdirAll(filepath.Dir(b.Files[i]), 0o777); err != nil {
			return nil, press.FileFault(filepath.Dir(b.Files[i]), err)
		}
		if err := writeNew(b.Files[i], f.Text); err != nil {
			return nil, press.FileFault(b.Files[i], err)
		}
	}
	return b, nil
}

func (b begun) print(to io.Writer) error {
	_, err := fmt.Fprintf(to, "%s\n\nnext: edit, then\n  %s\n", strings.Join(b.Files, "\n"), b.next)
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
