package store

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The files of a folder that are not pages.
const (
	ledgerName = "ledger.jsonl"
	lockName   = ".handout-lock"
	keyName    = "key"
)

const nameBytes = 255 // the most that ext4, APFS and NTFS can all hold

// checkName refuses what could leave the folder, be hidden in it, or not be copied
// to another computer.
func checkName(name string) error {
	message := ""
	switch {
	case name == "":
		message = "a file has no name"
	case len(name) > nameBytes:
		message = "a file's name is longer than 255 bytes"
	case !utf8.ValidString(name):
		message = "a file's name is not UTF-8"
	case strings.ContainsAny(name, `/\`):
		message = "a file's name has a slash in it"
	case strings.ContainsAny(name, `:*?"<>|`) || strings.ContainsFunc(name, unicode.IsControl):
		message = "a file's name has a character in it that not every system allows"
	case name[0] == '.':
		message = "a file's name starts with a dot, which hides it"
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		message = "a file's name ends with a dot or a space, which not every system allows"
	case strings.EqualFold(name, ledgerName):
		message = "a file's name is the ledger's"
	default:
		return nil
	}
	return &FileError{Message: message, Hint: "name it with letters, digits, dashes and dots, such as row-0012.pdf"}
}

// free refuses a name that something has that is not a plain file: a pipe would be
// waited for without end, a link leads elsewhere.
func free(root *os.Root, name string) error {
	is, err := root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && is.Mode().IsRegular() {
		return nil
	}
	if err != nil {
		return err
	}
	e := &FileError{Message: "the output's name is taken by a folder, a link or a pipe",
		Hint: "remove it, or choose another folder with --out"}
	// which cannot be a patient's
	if slices.Contains([]string{ledgerName, lockName, "report.csv", "passwords.csv"}, name) {
		e.Message = name + " in the output's folder is a folder, a link or a pipe"
	}
	return e
}
