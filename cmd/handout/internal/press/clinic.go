package press

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"handout/content"
	"handout/fonts"
)

// Clinic is a brand with all that content alone cannot check: its fonts can be
// read, and its look is one of ours.
type Clinic struct {
	*content.Brand
	faces []*fonts.Face
	Files []string // all that it was read from: the brand file, its logo, its fonts
}

// Libraries are folders of a library, and after them those that the clinic's file names from where it lies.
func (c *Clinic) Libraries(file string, own []string) []Folder {
	own = slices.Clone(own)
	for _, folder := range c.Library {
		if folder = strings.ReplaceAll(folder, `\`, string(filepath.Separator)); !filepath.IsAbs(folder) {
			folder = filepath.Join(filepath.Dir(Local(file)), folder)
		}
		own = append(own, folder)
	}
	return Libraries(own)
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

// OpenClinic reads a brand file; no path, or none, is the neutral brand.
func OpenClinic(path string) (*Clinic, error) {
	if path == "" || path == "none" {
		return &Clinic{Brand: content.Neutral()}, nil
	}
	path = Local(path)
	if err := Readable(path); err != nil {
		return nil, err
	}
	return ReadClinic(os.DirFS(filepath.Dir(path)), path)
}

// ReadClinic reads a brand from the files beside it, as its path is called.
func ReadClinic(beside fs.FS, path string) (*Clinic, error) {
	inFolder := func(name string) string { return filepath.Join(filepath.Dir(path), name) }
	files := &recorder{FS: beside}
	b, err := content.ReadBrand(content.Folder{FS: files, Called: inFolder}, filepath.Base(path))
	if err != nil {
		return nil, err
	}
	c := &Clinic{Brand: b}
	for _, name := range files.names {
		c.Files = append(c.Files, inFolder(name))
	}
	var errs content.Errors
	for _, f := range b.Fonts {
		faces, err := fonts.ParseCollection(f.Data)
		if err != nil {
			errs = append(errs, &content.Error{Position: f.Position, Message: err.Error(),
				Hint: "use another .ttf or .otf file"})
		}
		c.faces = append(c.faces, faces...)
	}
	if errs != nil {
		return nil, errs
	}
	return c, nil
}
