package main

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"handout/content"
)

// shelf is where a run finds content: the folders a person named, over what is
// shipped. Content knows a file by its name within a folder, people know it by
// the path they typed; a shelf turns the one into the other.
type shelf struct {
	*content.Library
	folders []string
}

// openShelf opens libraries, the first one first.
func openShelf(folders ...string) (*shelf, error) {
	s := &shelf{}
	var layers []fs.FS
	for _, folder := range folders {
		if slices.Contains(s.folders, folder) {
			continue
		}
		info, err := os.Stat(folder)
		switch {
		case err != nil:
			return nil, fileFault(folder, err)
		case !info.IsDir():
			return nil, &fileError{folder, "this is a file, and a library is a folder", "its handouts are in handouts/, its stretches in stretches/"}
		}
		s.folders = append(s.folders, folder)
		layers = append(layers, os.DirFS(folder))
	}
	s.Library = content.Open(layers...)
	return s, nil
}

// path is how a person names a file of the shelf. Shipped files keep their name.
func (s *shelf) path(name string) string {
	for _, folder := range s.folders {
		p := filepath.Join(folder, filepath.FromSlash(name))
		if _, err := os.Stat(p); err == nil {
			return p
		}
	}
	return name
}

// place puts the paths a person knows into the places of an error.
func (s *shelf) place(err error) error {
	return placed(err, s.path)
}

func placed(err error, path func(string) string) error {
	if err == nil {
		return nil
	}
	list := each(err)
	for i, e := range list {
		var one *content.Error
		if errors.As(e, &one) && one.File != "" {
			moved := *one
			moved.File = path(one.File)
			list[i] = &moved
		}
	}
	return errors.Join(list...)
}

// isPath tells a path from the name of something in a library.
func isPath(s string) bool {
	ext := strings.ToLower(path.Ext(s))
	return strings.ContainsRune(s, '/') || strings.ContainsRune(s, filepath.Separator) || ext == ".md" || ext == ".markdown"
}

// split is the folder to read a file from and the file's name in it. Pictures are
// looked for within that folder. For a file in handouts/ or its like the folder is
// the whole library, so that the picture may be in pictures/ beside it.
func split(file string) (folder, name string) {
	folder, name = filepath.Dir(file), filepath.Base(file)
	if full, err := filepath.Abs(folder); err == nil {
		switch last := filepath.Base(full); last {
		case "handouts", "stretches", "words":
			return filepath.Join(folder, ".."), last + "/" + name
		}
	}
	return folder, name
}

// readable makes sure that a file is there and is one.
func readable(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return fileFault(file, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return &fileError{file, "this is a folder, and a file is wanted here", ""}
	}
	return nil
}

// fileError is a file or folder of content's that could not be read or written.
type fileError struct{ path, message, hint string }

func (f *fileError) Error() string { return f.message }

// fileFault is the system's answer in our words.
func fileFault(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &fileError{path, "there is no such file or folder", ""}
	case errors.Is(err, fs.ErrPermission):
		return &fileError{path, "this is not allowed", "look at its owner and permissions"}
	}
	var system *fs.PathError
	if errors.As(err, &system) {
		err = system.Err
	}
	return &fileError{path, strings.ToLower(err.Error()), ""}
}
