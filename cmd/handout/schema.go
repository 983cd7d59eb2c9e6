package main

import (
	"encoding/json"
	"io"

	"handout/content"
)

const schemaPage = `handout schema: print what an editor needs to complete and check your files

  handout schema brand > clinic.schema.json
  handout schema handout
  handout schema stretch
  handout schema pack

KIND is brand, handout, stretch or pack; of a handout and a stretch it is what
stands between the lines of ---. What is printed is a JSON Schema (draft 7),
made from the tables that handout reads these files by. An editor with YAML
support takes it from the first line of the file:

  # yaml-language-server: $schema=clinic.schema.json

  --json   say it as JSON, for programs: docs/json.md
`

// pattern is the schema of a kind of file.
type pattern struct {
	Schema map[string]any `json:"schema"`
}

func runSchema(w *world, args []string) (answer, error) {
	f := newFlags("schema")
	if err := f.parse(args); err != nil {
		return nil, err
	}
	const hint = "handout schema brand, handout, stretch or pack"
	if f.NArg() != 1 {
		return nil, misusef(hint, "schema takes one word, the kind of file")
	}
	p := pattern{content.Schema(f.Arg(0))}
	if p.Schema == nil {
		return nil, misusef(nearest(f.Arg(0), content.Schemas(), hint), "there is no such kind of file")
	}
	return p, nil
}

func (p pattern) print(to io.Writer) error {
	e := json.NewEncoder(to)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(p.Schema)
}
