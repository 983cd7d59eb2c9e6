//go:build !windows

package main

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
)

// clicked tells whether the program was started from a desktop: nobody reads what it says, on
// a terminal or through a pipe.
func clicked() bool {
	for _, f := range []*os.File{os.Stdin, os.Stdout, os.Stderr} {
		info, err := f.Stat()
		if isTerminal(f) || err == nil && info.Mode()&os.ModeNamedPipe != 0 {
			return false
		}
	}
	return true
}

// documents is where the user's documents are: as the desktop has it, or as everybody has.
func documents(env func(string) string) string {
	if dir := env("XDG_DOCUMENTS_DIR"); dir != "" {
		return dir
	}
	settings := env("XDG_CONFIG_HOME")
	if settings == "" {
		settings = filepath.Join(env("HOME"), ".config")
	}
	if f, err := os.Open(filepath.Join(settings, "user-dirs.dirs")); err == nil {
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			if dir, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "XDG_DOCUMENTS_DIR="); ok {
				if dir = strings.ReplaceAll(strings.Trim(dir, `"`), "$HOME", env("HOME")); filepath.IsAbs(dir) {
					return dir
				}
			}
		}
	}
	return filepath.Join(env("HOME"), "Documents")
}
