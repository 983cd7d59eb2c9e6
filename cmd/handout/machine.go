package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"handout/cmd/handout/internal/press"
	"handout/fonts"
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

// figuresFolder is the user's own for figures of poses, in the place the system has for
// such things.
func figuresFolder() press.Figures {
	folder, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return press.Figures(filepath.Join(folder, "handout", "figures"))
}

// dataFolder is the user's own for what is to stay on this computer, where no cloud service
// copies it as it may copy Documents; empty where nothing says which.
func dataFolder(system string, env func(string) string) string {
	switch root := env("XDG_DATA_HOME"); {
	case system == "windows" && env("LOCALAPPDATA") != "":
		return filepath.Join(env("LOCALAPPDATA"), "handout")
	case system == "windows", env("HOME") == "":
		return ""
	case system == "darwin", system == "ios":
		return filepath.Join(env("HOME"), "Library", "Application Support", "handout")
	case filepath.IsAbs(root):
		return filepath.Join(root, "handout")
	default:
		return filepath.Join(env("HOME"), ".local", "share", "handout")
	}
}
