package press

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"handout/content"
	"handout/layout"
	"handout/output/store"
)

// RequestError is a request that cannot be carried out, and no file is at fault.
type RequestError struct{ content.Errors }

// FileError is a file or folder that could not be read or written.
type FileError struct{ Path, Message, Hint string }

func (f *FileError) Error() string { return f.Message }

// FileFault is the system's answer in our words.
func FileFault(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		hint := "look at its spelling; a path begins in the folder you are in"
		if filepath.Separator == '/' && strings.Contains(path, `\`) {
			hint = "this is a path of Windows; on this computer it is written with /, and has no drive"
		}
		return &FileError{path, "there is no such file or folder", hint}
	case errors.Is(err, fs.ErrPermission):
		return &FileError{path, "permission denied", "check its owner and permissions"}
	}
	var system *fs.PathError
	if errors.As(err, &system) {
		err = system.Err
	}
	return &FileError{path, strings.ToLower(err.Error()), ""}
}

// Readable makes sure that a file is there and may be read. What is not a plain
// file is not opened: a pipe can be read but once.
func Readable(file string) error {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return FileFault(file, err)
	case info.IsDir():
		return &FileError{file, "this is a folder, not a file", "name a file in it"}
	case !info.Mode().IsRegular():
		return nil
	}
	f, err := os.Open(file)
	if err != nil {
		return FileFault(file, err)
	}
	return f.Close()
}

// Unknown tells the error of a name that no library has, and gives what there is to say
// about it: the nearest name. The error itself has the name in it.
func Unknown(err error) (hint string, ok bool) {
	var e *content.Error
	if errors.As(err, &e) && e.File == "" {
		return e.Hint, true
	}
	return "", false
}

// wordsOf are a visit's own words, as layout calls them and as content does.
var wordsOf = map[string]string{"the patient's name": "patient", "the therapist's name": "therapist",
	"the next visit": "next", "the note": "note", "a note on a stretch": "stretch"}

// Mistakes lists what is wrong, one entry a mistake.
func Mistakes(err error) content.Errors {
	var list content.Errors
	for _, e := range each(err) {
		one := &content.Error{Code: "other", Message: e.Error()}
		switch e := e.(type) {
		case *content.Error:
			one = e
		case *layout.GlyphError:
			one = &content.Error{Code: "characters-missing", Message: e.Error(), Hint: e.Hint(), Of: wordsOf[e.Where]}
		case *FileError:
			one.File, one.Hint = e.Path, e.Hint
		case *store.FileError:
			one.Hint = e.Hint
		case interface{ Hint() string }:
			one.Hint = e.Hint()
		}
		list = append(list, one)
	}
	return list
}

// each takes joined errors apart.
func each(err error) []error {
	var list []error
	switch e := err.(type) {
	case nil:
	case content.Errors:
		for _, one := range e {
			list = append(list, one)
		}
	case *RequestError:
		return each(e.Errors)
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			list = append(list, each(one)...)
		}
	default:
		list = append(list, e)
	}
	return list
}

// blame sorts the errors of making out: those without a place in a file are about what
// was asked for.
func blame(err error) error {
	for _, e := range each(err) {
		var one *content.Error
		if !errors.As(e, &one) || one.File != "" {
			return err
		}
	}
	return &RequestError{Mistakes(err)}
}
