package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"handout/cmd/handout/internal/press"
	"handout/output/store"
)

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
		return press.FileFault(out, err)
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
	return misusef("choose another name, or delete that file first",
		"the output would replace a file that handout did not make")
}

// mayWrite refuses what cannot be written to, and what must not be: a file that
// goes into the one to be written. It allows standard output, and no name.
func mayWrite(out string, sources ...string) error {
	if out == "" || out == "-" {
		return nil
	}
	if info, err := os.Stat(out); err == nil {
		if info.IsDir() {
			return &store.FileError{Message: "the output is a folder",
				Hint: "put a file's name after it: -o FOLDER/FILE"}
		}
		for _, source := range sources {
			if mine, err := os.Stat(source); err == nil && os.SameFile(info, mine) {
				return misusef("give the output a name of its own with -o",
					"-o would write over the file it is made from")
			}
		}
	}
	if info, err := os.Stat(filepath.Dir(out)); err != nil || !info.IsDir() {
		return &store.FileError{Message: "the output's folder does not exist",
			Hint: "make the folder first, or choose another with -o"}
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
		return "", misusef("end its name in "+strings.Join(endings, " or "),
			"a page cannot be written as this kind of file")
	}
	if own {
		return out, nil
	}
	return out, mayReplace(out, pageForm)
}
