package main

import (
	"os"
	"path/filepath"
)

// The folder's clinic: who has a clinic.yaml here, or in a folder above, need not name it
// each time. It is said, for a page in the wrong clinic's name is worse than one in none.

const clinicFile = "clinic.yaml"

// clinic names the brand where no flag does, and says so.
func (w *world) clinic(f *flags) error {
	given := f.Lookup("brand")
	if given.Changed {
		if given.Value.String() == "none" {
			return given.Value.Set("")
		}
		return nil
	}
	file, why := w.clinicHere()
	if file == "" {
		return nil
	}
	w.note("the brand is %s%s", file, why)
	return f.Set("brand", file)
}

// clinicHere is the brand that nobody has to name, and what there is to say of it: what HANDOUT_BRAND
// says, or the clinic.yaml of this folder or the next one above; empty for none.
func (w *world) clinicHere() (file, why string) {
	if w.env == nil {
		return "", ""
	}
	switch named := w.env("HANDOUT_BRAND"); named {
	case "":
	case "none":
		return "", ""
	default:
		return named, ", as HANDOUT_BRAND says"
	}
	here, err := os.Getwd()
	if err != nil {
		return "", "" // nothing is found from nowhere
	}
	home := w.env("HOME")
	for up, dir := ".", here; ; up, dir = filepath.Join(up, ".."), filepath.Dir(dir) {
		file := filepath.Join(up, clinicFile)
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			return file, "; --brand none uses none"
		}
		if dir == home || dir == filepath.Dir(dir) {
			return "", ""
		}
	}
}
