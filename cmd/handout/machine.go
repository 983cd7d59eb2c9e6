package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"handout/fonts"
	"handout/layout"
)

// machineFonts are the fonts of this machine, the user's own first. They are not looked
// at before a character is in none of ours.
func machineFonts(env func(string) string) *fonts.Machine {
	var folders []fs.FS
	for _, folder := range fontFolders(runtime.GOOS, env) {
		folders = append(folders, os.DirFS(folder))
	}
	return fonts.NewMachine(folders...)
}

// fontFolders are the places where a system keeps its fonts, the user's own
// first. On Linux they follow the XDG Base Directory Specification.
func fontFolders(system string, env func(string) string) []string {
	home := env("HOME")
	var folders []string
	add := func(root string, below ...string) {
		if root != "" {
			folders = append(folders, filepath.Join(append([]string{root}, below...)...))
		}
	}
	switch system {
	case "windows":
		add(env("LOCALAPPDATA"), "Microsoft", "Windows", "Fonts")
		add(env("WINDIR"), "Fonts")
	case "darwin", "ios":
		add(home, "Library", "Fonts")
		add("/Library/Fonts")
		add("/System/Library/Fonts")
	default:
		if data := env("XDG_DATA_HOME"); data != "" {
			add(data, "fonts")
		} else {
			add(home, ".local", "share", "fonts")
		}
		add(home, ".fonts")
		shared := env("XDG_DATA_DIRS")
		if shared == "" {
			shared = "/usr/local/share:/usr/share"
		}
		for _, data := range filepath.SplitList(shared) {
			add(data, "fonts")
		}
	}
	return folders
}

// missingRunes are the characters for want of which a page could not be set; nil
// if anything else is wrong with it.
func missingRunes(err error) []rune {
	var runes []rune
	for _, e := range each(err) {
		glyph, ok := e.(*layout.GlyphError)
		if !ok {
			return nil
		}
		runes = append(runes, glyph.Runes...)
	}
	return runes
}
