package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/output/mail"
)

// login is where the secret is kept that a mail server wants.
type login struct{ passwordFile, tokenFile, tokenCommand string }

// tokens are the flags of a token.
func (l *login) tokens(f *flags) {
	f.StringVar(&l.tokenFile, "smtp-token-file", "", "")
	f.StringVar(&l.tokenCommand, "smtp-token-command", "", "")
}

// check refuses more than one of them, and a token where nobody is let in.
func (l *login) check(server *mail.Server) (errs content.Errors) {
	n := 0
	for _, s := range []string{l.passwordFile, l.tokenFile, l.tokenCommand} {
		if s != "" {
			n++
		}
	}
	if n > 1 {
		errs = append(errs, &content.Error{Message: "only one of a password and a token can be used",
			Hint: "keep one of --password-file, --smtp-token-file and --smtp-token-command"})
	}
	if server.Host != "" && server.User == "" && l.tokenFile+l.tokenCommand != "" {
		errs = append(errs, &content.Error{Message: "a token belongs to a user, and --smtp names none",
			Hint: "for example: --smtp smtp://clinic@example.org@smtp.office365.com"})
	}
	return errs
}

// unlock gives a server what lets its user in: a token, or the password, which is where the person keeps it.
func (w *world) unlock(l *login, server *mail.Server) (err error) {
	switch {
	case server.User == "":
	case l.tokenFile+l.tokenCommand != "":
		server.Token = w.token(l)
	default:
		server.Password, err = w.password(l.passwordFile, *server)
	}
	return err
}

// token is how to come by a token, each time anew.
func (w *world) token(l *login) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		said, err := w.tokenSaid(ctx, l)
		var file *fileError
		switch {
		case errors.As(err, &file):
			return "", &mail.ServerError{Message: file.Path + ": " + file.Message, Hint: file.Hint}
		case err != nil:
			return "", err
		}
		return tokenIn(said), nil
	}
}

// maxToken is how many bytes may stand where a token is looked for.
const maxToken = 64 << 10

// tokenTime is how long a command may take.
const tokenTime = time.Minute

// tokenSaid is what stands in the token's file, or what its command says. The command is not given to a shell.
func (w *world) tokenSaid(ctx context.Context, l *login) ([]byte, error) {
	if l.tokenFile != "" {
		if err := press.Readable(l.tokenFile); err != nil {
			return nil, err
		}
		file, err := os.Open(l.tokenFile)
		if err != nil {
			return nil, press.FileFault(l.tokenFile, err)
		}
		defer file.Close()
		said, err := io.ReadAll(io.LimitReader(file, maxToken))
		if err != nil {
			return nil, press.FileFault(l.tokenFile, err)
		}
		return said, nil
	}
	words := commandWords(l.tokenCommand)
	ctx, stop := context.WithTimeout(ctx, tokenTime)
	defer stop()
	c := exec.CommandContext(ctx, words[0], words[1:]...)
	var said bytes.Buffer
	c.Stdout, c.Stderr, c.WaitDelay = &said, w.err, time.Second
	if err := c.Run(); err != nil {
		what := "the command of --smtp-token-command failed"
		switch {
		case errors.Is(err, exec.ErrNotFound), errors.Is(err, fs.ErrNotExist):
			what = "the command that --smtp-token-command names does not exist"
		case ctx.Err() != nil:
			what = "the command of --smtp-token-command does not end"
		}
		return nil, &mail.ServerError{Message: what,
			Hint: "run it by itself: it has to print a token on standard output"}
	}
	return said.Bytes()[:min(said.Len(), maxToken)], nil
}

// tokenIn is the token in what a file or a program says: its first line, or, of JSON, what servers and Azure's program
// call it.
func tokenIn(said []byte) string {
	said = bytes.TrimSpace(bytes.TrimPrefix(said, []byte("\ufeff")))
	var object struct {
		Access string `json:"access_token"`
		Azure  string `json:"accessToken"`
	}
	if json.Unmarshal(said, &object) == nil {
		return cmp.Or(object.Access, object.Azure)
	}
	line, _, _ := bytes.Cut(said, []byte("\n"))
	return strings.TrimPrefix(strings.TrimSpace(string(line)), "Bearer ")
}

// commandWords parts a command at its spaces, but for those in quotes.
func commandWords(line string) (words []string) {
	var word strings.Builder
	var quote rune
	begun := false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, begun = r, true
		case quote == 0 && (r == ' ' || r == '\t' || r == '\n'):
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if begun {
		words = append(words, word.String())
	}
	return words
}

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
			"the server needs a password, and there is no terminal to ask for it")
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
