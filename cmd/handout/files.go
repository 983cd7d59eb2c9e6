package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"handout/content"
	"handout/output/store"
)

// shelf is where a run finds content: the folders a person named, over what is
// shipped.
type shelf struct {
	*content.Library
}

// folder is one folder of a shelf. If it holds one kind of file alone, kind is
// what a library calls its place: "stretches". File is the one a person named, if its
// ending is not the one a library looks for.
type folder struct{ path, kind, file string }

// within is a file's name in the folder, or false if it cannot be there.
func (f folder) within(name string) (string, bool) {
	if f.kind != "" {
		below, ok := strings.CutPrefix(name, f.kind+"/")
		if !ok {
			return "", false
		}
		name = below
	}
	if f.file != "" && name == stem(f.file)+".md" {
		name = f.file
	}
	return name, true
}

// Open makes a folder of stretches alone look like a library.
func (f folder) Open(name string) (fs.File, error) {
	below, ok := f.within(name)
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.DirFS(f.path).Open(below)
}

// called is the path a person knows a file by.
func (f folder) called(name string) string {
	if below, ok := f.within(name); ok {
		name = below
	}
	return filepath.Join(f.path, filepath.FromSlash(name))
}

// files are the folder's, known by their paths.
func (f folder) files() content.Folder { return content.Folder{FS: f, Called: f.called} }

// openShelf opens folders, the first one first.
func openShelf(folders ...folder) (*shelf, error) {
	var layers []fs.FS
	for _, f := range folders {
		info, err := os.Stat(f.path)
		switch {
		case err != nil:
			return nil, fileFault(f.path, err)
		case !info.IsDir():
			return nil, &fileError{f.path, "this is a file, and a library is a folder", "its handouts are in handouts/, its stretches in stretches/"}
		}
		layers = append(layers, f.files())
	}
	return &shelf{content.Open(layers...)}, nil
}

// libraries are folders as --library names them.
func libraries(paths []string) []folder {
	folders := make([]folder, len(paths))
	for i, p := range paths {
		folders[i].path = p
	}
	return folders
}

// stem is a file's name without its ending.
func stem(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

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

// stretchPaths finds the paths of files in a list of stretches. It gives back the
// list with names in their place, and the folders where those names are found.
func stretchPaths(list string) (names string, folders []folder, err error) {
	names = eachStretch(list, func(file string) string {
		if !isPath(file) || err != nil {
			return file
		}
		if err = readable(file); err != nil {
			return file
		}
		dir, name := split(file)
		f := folder{path: dir}
		if !strings.HasPrefix(name, "stretches/") {
			f.kind = "stretches"
		}
		if path.Ext(name) != ".md" {
			f.file = name
		}
		folders = append(folders, f)
		return stem(path.Base(name))
	})
	return names, folders, err
}

// wholeStretches has whole paths in the place of those that depend on the folder one
// stands in. A path that would no longer be one in the list stays.
func wholeStretches(list string) string {
	return eachStretch(list, func(file string) string {
		if full := wholePath(file); isPath(file) && !strings.ContainsAny(full, ",:\"") {
			return full
		}
		return file
	})
}

// eachStretch is a list of stretches with another name for each; the doses stay.
func eachStretch(list string, name func(string) string) string {
	var parts []string
	quoted, start := false, 0
	for i := 0; i <= len(list); i++ {
		switch {
		case i < len(list) && list[i] == '"':
			quoted = !quoted
		case i == len(list) || list[i] == ',' && !quoted:
			file, dose, dosed := strings.Cut(list[start:i], ":")
			start = i + 1
			file = name(strings.TrimSpace(file))
			if dosed {
				file += ":" + dose
			}
			parts = append(parts, file)
		}
	}
	return strings.Join(parts, ",")
}

// readable makes sure that a file is there and may be read. What is not a plain
// file is not opened: a pipe can be read but once.
func readable(file string) error {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return fileFault(file, err)
	case info.IsDir():
		return &fileError{file, "this is a folder, and a file is wanted here", ""}
	case !info.Mode().IsRegular():
		return nil
	}
	f, err := os.Open(file)
	if err != nil {
		return fileFault(file, err)
	}
	return f.Close()
}

// What the files begin with that are written: a page's, and a drawing's. A drawing may be
// a page's picture, so that no page takes its place.
var (
	pageForm    = regexp.MustCompile(`^(%PDF-|<svg xmlns="http://www\.w3\.org/2000/svg" role="img" width="[0-9.]+pt")`)
	drawingForm = regexp.MustCompile(`^(%PDF-|\x{89}PNG|<svg xmlns="http://www\.w3\.org/2000/svg" role="img" )`)
)

// mayReplace refuses to write over a file that handout did not write: a list, a logo, a
// ledger, somebody's thesis. An empty one may be, for scripts make those.
func mayReplace(out string, form *regexp.Regexp) error {
	info, err := os.Stat(out)
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return nil // what is wrong with it is said elsewhere
	}
	file, err := os.Open(out)
	if err != nil {
		return fileFault(out, err)
	}
	defer file.Close()
	first := make([]byte, 128)
	n, _ := io.ReadFull(file, first)
	// Taken for Latin-1, so that a form can name bytes.
	var text strings.Builder
	for _, b := range first[:n] {
		text.WriteRune(rune(b))
	}
	if form.MatchString(text.String()) {
		return nil
	}
	return misusef("choose another name, or delete that file first", "what is to be written would take the place of a file that is no page of ours")
}

// mayWrite refuses what cannot be written to, and what must not be: a file that
// goes into the one to be written. It allows standard output, and no name.
func mayWrite(out string, sources ...string) error {
	if out == "" || out == "-" {
		return nil
	}
	if info, err := os.Stat(out); err == nil {
		if info.IsDir() {
			return &store.FileError{Message: "the output is a folder", Hint: "put a file's name after it: -o FOLDER/FILE"}
		}
		for _, source := range sources {
			if mine, err := os.Stat(source); err == nil && os.SameFile(info, mine) {
				return misusef("give the output a name of its own with -o", "-o would write over the file it is made from")
			}
		}
	}
	if info, err := os.Stat(filepath.Dir(out)); err != nil || !info.IsDir() {
		return &store.FileError{Message: "the output's folder does not exist", Hint: "make the folder first, or choose another with -o"}
	}
	return nil
}

// pageFile is what a page's file is to be called: a name without an ending gets .pdf. An
// ending that promises what is not written is refused, and not repeated: it may be a
// part of a patient's name. What is there and is no plain file, like a pipe, stays as it
// is called, and so does standard output.
func pageFile(out string, endings []string, sources ...string) (string, error) {
	info, err := os.Stat(out)
	own := out == "" || out == "-" || err == nil && !info.Mode().IsRegular()
	ending := strings.ToLower(filepath.Ext(out))
	if !own && (ending == "" || ending == ".") {
		out, ending = strings.TrimSuffix(out, ".")+".pdf", ".pdf"
	}
	if err := mayWrite(out, sources...); err != nil {
		return "", err
	}
	if !own && !slices.Contains(endings, ending) {
		return "", misusef("let its name end in "+strings.Join(endings, " or "), "a page is not written as a file of this kind")
	}
	if own {
		return out, nil
	}
	return out, mayReplace(out, pageForm)
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
