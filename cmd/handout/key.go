package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/cli/browser"

	"handout/cmd/handout/internal/press"
	"handout/output/store"
)

// The key of the page in the browser keeps other users of the same computer from it. It
// lies where they cannot read, and goes to the browser by a file there: on a command line
// everybody could see it.

var keyForm = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

// pageKey is the user's key, made if there is none, and the file it lies in.
func pageKey(anew bool) (key, file string, err error) {
	folder, err := os.UserConfigDir()
	if err != nil {
		return "", "", &fileError{Path: "the user's settings", Message: "there is no folder for them", Hint: "set HOME"}
	}
	file = filepath.Join(folder, "handout", "key")
	text, err := os.ReadFile(file)
	if key = strings.TrimSpace(string(text)); err == nil && !anew && keyForm.MatchString(key) {
		return key, file, nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return "", "", press.FileFault(filepath.Dir(file), err)
	}
	bytes := make([]byte, 32)
	_, _ = rand.Read(bytes) // never fails
	key = base64.RawURLEncoding.EncodeToString(bytes)
	return key, file, store.WriteFile(file, []byte(key+"\n"))
}

// question is one that has not been asked before.
func question() string { return rand.Text() }

// openPage opens the page in the user's browser.
func openPage(address, key string) error {
	folder, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	file := filepath.Join(folder, "handout", "open.html")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	page := fmt.Sprintf("<!doctype html>\n<meta charset=\"utf-8\"><title>handout</title>\n"+
		"<meta http-equiv=\"refresh\" content=\"0; url=%s/#k=%s\">\n", address, key)
	if err := store.WriteFile(file, []byte(page)); err != nil {
		return err
	}
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return browser.OpenFile(file)
}

// showFolder opens a folder where the files of this computer are looked at.
func showFolder(path string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return browser.OpenFile(path)
}
