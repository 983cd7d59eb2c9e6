package main

import (
	"io/fs"
	"os"
	"path/filepath"

	"handout/content"
	"handout/fonts"
)

// clinic is a brand with all that content alone cannot check: its fonts can be
// read, and its look is one of ours.
type clinic struct {
	*content.Brand
	faces []*fonts.Face
	files []string // all that it was read from: the brand file, its logo, its fonts
}

// recorder remembers which files of a folder were opened.
type recorder struct {
	fs.FS
	names []string
}

func (r *recorder) Open(name string) (fs.File, error) {
	r.names = append(r.names, name)
	return r.FS.Open(name)
}

// openClinic reads a brand file; no path is the neutral brand.
func openClinic(path string) (*clinic, error) {
	if path == "" {
		return &clinic{Brand: content.Neutral()}, nil
	}
	if err := readable(path); err != nil {
		return nil, err
	}
	inFolder := func(name string) string { return filepath.Join(filepath.Dir(path), name) }
	files := &recorder{FS: os.DirFS(filepath.Dir(path))}
	b, err := content.ReadBrand(content.Folder{FS: files, Called: inFolder}, filepath.Base(path))
	if err != nil {
		return nil, err
	}
	c := &clinic{Brand: b}
	for _, name := range files.names {
		c.files = append(c.files, inFolder(name))
	}
	var errs content.Errors
	var look lookFlag
	if err := look.Set(b.Look); b.Look != "" && err != nil {
		no := mistakes(err)[0]
		errs = append(errs, &content.Error{Position: content.Position{File: b.File}, Message: no.Message, Hint: no.Hint})
	}
	for _, f := range b.Fonts {
		faces, err := fonts.ParseCollection(f.Data)
		if err != nil {
			errs = append(errs, &content.Error{Position: f.Position, Message: err.Error(), Hint: "use another .ttf or .otf file"})
		}
		c.faces = append(c.faces, faces...)
	}
	if errs != nil {
		return nil, errs
	}
	return c, nil
}
