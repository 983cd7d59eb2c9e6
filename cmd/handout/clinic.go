package main

import (
	"os"
	"path/filepath"
)

// The folder's clinic: who has a clinic.yaml here, or in a folder above, need not name it
// each time. It is said, for a page in the wrong clinic's name is worse than one in none.

const clinicFile = "clinic.yaml"

// clinic names the brand where no flag does: what HANDOUT_BRAND says, or the clinic.yaml of
// this folder or the next one above.
func (w *world) clinic(f *flags) error {
	if given := f.Lookup("brand"); given.Changed || w.env == nil {
		if given.Value.String() == "none" {
			return given.Value.Set("")
		}
		return nil
	}
	switch named := w.env("HANDOUT_BRAND"); named {
	case "":
	case "none":
		return nil
	default:
		w.note("the brand is %s, as HANDOUT_BRAND says", named)
		return f.Set("brand", named)
	}
	here, err := os.Getwd()
	if err != nil {
		return nil // nothing is found from nowhere
	}
	home := w.env("HOME")
	for up, dir := ".", here; ; up, dir = filepath.Join(up, ".."), filepath.Dir(dir) {
		file := filepath.Join(up, clinicFile)
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			w.note("the brand is %s; --brand none uses none", file)
			return f.Set("brand", file)
		}
		if dir == home || dir == filepath.Dir(dir) {
			return nil
		}
	}
}
