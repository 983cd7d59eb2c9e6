package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"handout/cmd/handout/internal/press"
	"handout/output/mail"
)

// password is where the person keeps it: a file, the environment, or their head.
func (w *world) password(file string, server mail.Server) (string, error) {
	if file != "" {
		return firstLine(file)
	}
	if s := w.env("HANDOUT_SMTP_PASSWORD"); s != "" {
		return s, nil
	}
	in := int(os.Stdin.Fd())
	if !term.IsTerminal(in) {
		return "", misusef("set HANDOUT_SMTP_PASSWORD, or name a file with --password-file",
			"the server wants a password, and there is nobody to ask")
	}
	fmt.Fprintf(w.err, "password for %s: ", server.Host)
	text, err := term.ReadPassword(in)
	fmt.Fprintln(w.err)
	if err != nil || len(text) == 0 {
		return "", misusef("set HANDOUT_SMTP_PASSWORD, or name a file with --password-file", "no password was typed")
	}
	return string(text), nil
}

// maxPassword is how long the line of a password may be, in bytes.
const maxPassword = 4 << 10

// firstLine reads a password from a file. It may be a pipe, which is not waited for
// without end.
func firstLine(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", press.FileFault(path, err)
	case info.IsDir():
		return "", &press.FileError{Path: path, Message: "this is a folder, not a file", Hint: ""}
	}
	pipe := info.Mode()&fs.ModeNamedPipe != 0
	flag := os.O_RDONLY
	if pipe {
		flag |= syscall.O_NONBLOCK
	}
	file, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return "", press.FileFault(path, err)
	}
	defer file.Close()
	if pipe {
		_ = file.SetReadDeadline(time.Now().Add(10 * time.Second))
	}
	line, err := bufio.NewReader(io.LimitReader(file, maxPassword)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", press.FileFault(path, err)
	}
	if len(line) == maxPassword {
		return "", &press.FileError{Path: path, Message: "the first line of this file is too long for a password",
			Hint: ""}
	}
	if line = strings.TrimPrefix(strings.TrimRight(line, "\r\n"), "\ufeff"); line == "" {
		return "", &press.FileError{Path: path, Message: "there is no password in the first line of this file",
			Hint: ""}
	}
	return line, nil
}
