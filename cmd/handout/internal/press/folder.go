package press

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"handout/content"
)

// Folder is one folder of a library. If it holds one kind of file alone, kind is
// what a library calls its place: "stretches". File is the one a person named, if its
// ending is not the one a library looks for.
type Folder struct {
	path, kind, file string
	later            bool // it need not be there yet
	piped            *piped
}

// Piped is how a text is named that comes from standard input.
const Piped = "-"

// piped is a text that lies in no folder, as a file of its name.
type piped struct {
	name string
	text []byte
}

// StandardInput has a text that came from there lie in this folder, where its pictures are looked for.
func StandardInput(text []byte) (beside Folder, name string) {
	name = "text.md"
	if bytes.HasPrefix(text, []byte("PK\x03\x04")) {
		name = "text.docx"
	}
	return Folder{path: ".", piped: &piped{name, text}}, name
}

type pipedFile struct {
	*bytes.Reader
	*piped
}

func (p pipedFile) Stat() (fs.FileInfo, error) { return p, nil }
func (p pipedFile) Close() error               { return nil }
func (p pipedFile) Name() string               { return p.name }
func (p pipedFile) Mode() fs.FileMode          { return 0o400 }
func (p pipedFile) ModTime() time.Time         { return time.Time{} }
func (p pipedFile) IsDir() bool                { return false }
func (p pipedFile) Sys() any                   { return nil }

// within is a file's name in the folder, or false if it cannot be there.
func (f Folder) within(name string) (string, bool) {
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
func (f Folder) Open(name string) (fs.File, error) {
	if f.piped != nil && name == f.piped.name {
		return pipedFile{bytes.NewReader(f.piped.text), f.piped}, nil
	}
	below, ok := f.within(name)
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.DirFS(f.path).Open(below)
}

// called is the path a person knows a file by.
func (f Folder) called(name string) string {
	if f.piped != nil && name == f.piped.name {
		return "standard input"
	}
	if below, ok := f.within(name); ok {
		name = below
	}
	return filepath.Join(f.path, filepath.FromSlash(name))
}

// Files are the folder's, known by their paths.
func (f Folder) Files() content.Folder { return content.Folder{FS: f, Called: f.called} }

// OpenLibrary opens folders over what is shipped, the first one first.
func OpenLibrary(folders ...Folder) (*content.Library, error) {
	var layers []fs.FS
	for _, f := range folders {
		info, err := os.Stat(f.path)
		switch {
		case f.later && errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, FileFault(f.path, err)
		case !info.IsDir():
			return nil, &FileError{f.path, "this is a file, and a library is a folder",
				"its handouts are in handouts/, its stretches in stretches/"}
		}
		layers = append(layers, f.Files())
	}
	return content.Open(layers...), nil
}

// Libraries are folders by their paths.
func Libraries(paths []string) []Folder {
	folders := make([]Folder, len(paths))
	for i, p := range paths {
		folders[i].path = localFolder(p)
	}
	return folders
}

// localFolder is Local for a folder.
func localFolder(path string) string {
	slashed := strings.ReplaceAll(path, `\`, "/")
	if info, err := os.Stat(slashed); filepath.Separator == '/' && err == nil && info.IsDir() {
		return slashed
	}
	return path
}

// stem is a file's name without its ending.
func stem(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

// Local is a path of this computer for one that may be written as on Windows, in a script that was made there. A file
// that is called so has the first right.
func Local(path string) string {
	if filepath.Separator != '/' || !strings.Contains(path, `\`) {
		return path
	}
	if _, err := os.Lstat(path); err == nil {
		return path
	}
	if slashed := strings.ReplaceAll(path, `\`, "/"); Readable(slashed) == nil {
		return slashed
	}
	return path
}

// IsPath tells a path from the name of something in a library.
func IsPath(s string) bool {
	return strings.ContainsRune(s, '/') || strings.ContainsRune(s, filepath.Separator) || content.IsText(s)
}

// Split is the folder to read a file from and the file's name in it. Pictures are
// looked for within that folder. For a file in handouts/ or its like the folder is
// the whole library, so that the picture may be in pictures/ beside it.
func Split(file string) (beside Folder, name string) {
	dir, name := filepath.Dir(file), filepath.Base(file)
	if full, err := filepath.Abs(dir); err == nil {
		switch last := filepath.Base(full); last {
		case "handouts", "stretches", "packs", "words":
			return Folder{path: filepath.Join(dir, "..")}, last + "/" + name
		}
	}
	return Folder{path: dir}, name
}

// ReadChoices reads a list of stretches by their names or the paths of their files, and
// gives the folders where those files lie, for Config.Beside. Errors are a *RequestError
// or a *FileError.
func ReadChoices(list string) (choices []content.Choice, beside []Folder, err error) {
	names := eachStretch(list, func(file string) string {
		if !IsPath(file) || err != nil {
			return file
		}
		file = Local(file)
		if err = Readable(file); err != nil {
			return file
		}
		f, name := Split(file)
		if !strings.HasPrefix(name, "stretches/") {
			f.kind = "stretches"
		}
		if path.Ext(name) != ".md" {
			f.file = name
		}
		beside = append(beside, f)
		return stem(path.Base(name))
	})
	if err != nil {
		return nil, nil, err
	}
	if choices, err = content.ParseChoices(names); err != nil {
		return nil, nil, &RequestError{Mistakes(err)}
	}
	return choices, beside, nil
}

// WholeStretches has whole paths in the place of those that depend on the folder one
// stands in. A path that would no longer be one in the list stays.
func WholeStretches(list string) string {
	return eachStretch(list, func(file string) string {
		if full := WholePath(file); IsPath(file) && !strings.ContainsAny(full, ",:\"") {
			return full
		}
		return file
	})
}

// eachStretch is a list of stretches with another name for each; the doses stay.
func eachStretch(list string, name func(string) string) string {
	parts, _ := content.SplitChoices(list)
	for i, part := range parts {
		drive := ""
		if len(part) > 2 && part[1] == ':' && (part[2] == '\\' || part[2] == '/') { // C:\stretches\mine.md
			drive, part = part[:2], part[2:]
		}
		file, dose, dosed := strings.Cut(part, ":")
		file = drive + file
		if parts[i] = name(strings.TrimSpace(file)); dosed {
			parts[i] += ":" + dose
		}
	}
	return strings.Join(parts, ",")
}

// WholePath is a path that is the same from any folder.
func WholePath(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return path
}
