package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/schollz/progressbar/v3"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/fonts"
	"handout/layout"
	"handout/output/store"
)

// The voice. A verb gives back an answer and an error, and there are two ways to say them: in words, as here, and
// as JSON, for programs (reply.go). Its rules:
//
//   - Results go to standard output, all else to standard error. A verb that
//     succeeds says little.
//   - A failure is "handout: place: sentence", then "hint: " and what to do about
//     it. Lower case, no full stop, no stack trace; all of a file's mistakes at once.
//   - What the page had to give up, and what was changed to keep it readable, is
//     a "note: " on standard error. It is never a failure.
//   - No message holds a word about a patient. So what was typed on the command
//     line is not repeated, but for flags and the paths of files: any of it may
//     be a name that lost its quotes.

// The exit codes, as `handout help` states them and scripts may rely on.
const (
	exitDone   = 0
	exitFault  = 1   // the handout, a stretch, the brand or the page is at fault
	exitMisuse = 2   // the command line is
	exitFile   = 3   // a file or folder could not be read or written
	exitStop   = 130 // Ctrl-C: what a shell calls an end by signal 2
)

// world is what a verb may know of the world outside its arguments.
type world struct {
	in       io.Reader // what is typed or sent on, for who asks
	out, err io.Writer
	terminal bool // out is one
	now      time.Time
	env      func(string) string
	machine  *fonts.Machine
	figures  press.Figures
	verbs    []verb

	program bool // that is who is told, and not a person
	reply   reply
	poured  bool // standard output has a file in it
	spoken  bool // something was said
}

// verb is one thing the command can do.
type verb struct {
	name string
	page string // its help, set by hand
	run  func(w *world, args []string) (answer, error)
}

// answer is what a verb has to say when it is done: in words, and as an object of JSON.
type answer interface{ print(to io.Writer) error }

// results is standard output. Its errors are those of a file.
type results struct{ io.Writer }

func (r results) Write(b []byte) (int, error) {
	n, err := r.Writer.Write(b)
	if err != nil {
		err = press.FileFault("standard output", err)
	}
	return n, err
}

// isTerminal tells whether people look at what is written: it is a device, and
// not the one that forgets.
func isTerminal(to io.Writer) bool {
	f, ok := to.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// misuse is a command line that cannot be carried out.
type misuse = press.RequestError

// misusef makes a misuse of one mistake.
func misusef(hint, format string, args ...any) error {
	return misused(&content.Error{Message: fmt.Sprintf(format, args...), Hint: hint})
}

// misused blames the command line for an error in something that stood on it.
func misused(err error) error {
	if err == nil {
		return nil
	}
	return &misuse{Errors: mistakes(err)}
}

// errSaid is a failure of which all has been said already.
var errSaid error = content.Errors{}

// say tells what a verb answered and why it failed, and returns the exit code.
func (w *world) say(a answer, err error) int {
	switch {
	case w.program:
		err = w.tellProgram(a, err)
	case a != nil && !w.poured:
		if e := a.print(w.out); e != nil {
			err = errors.Join(err, e)
		}
	}
	w.spoken = true
	if !w.program {
		for _, m := range mistakes(err) {
			w.fault(m)
		}
	}
	return exitCode(err)
}

// fault says a mistake at once, where there is more to do after it.
func (w *world) fault(m *content.Error) {
	if w.program {
		w.reply.Mistakes = append(w.reply.Mistakes, forMachines(content.Errors{m})...)
		return
	}
	fmt.Fprintf(w.err, "handout: %s\n", m.Error())
	w.hint(m.Hint)
}

// pour writes a file to standard output, where nothing else is said then.
func (w *world) pour(file []byte) error {
	w.poured = true
	_, err := w.out.Write(file)
	return err
}

// mistakes lists what is wrong, one entry a mistake.
func mistakes(err error) content.Errors {
	var over *layout.OverflowError
	if errors.As(err, &over) {
		return content.Errors{tooLong(over)}
	}
	return press.Mistakes(err)
}

// fileError is a file or folder that could not be read or written.
type fileError = press.FileError

// untilStopped ends with Ctrl-C; a second one ends the program at once.
func untilStopped() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// errStopped is a batch that Ctrl-C ended.
var errStopped = errors.New("stopped; run the same command again to go on")

// exitCode sorts an error by who can mend it.
func exitCode(err error) int {
	var m *misuse
	var in *fileError
	var out *store.FileError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errStopped):
		return exitStop
	case errors.As(err, &m):
		return exitMisuse
	case errors.As(err, &in), errors.As(err, &out):
		return exitFile
	}
	return exitFault
}

// hint says what to do about it, if anything is known.
func (w *world) hint(hint string) {
	for _, line := range strings.Split(hint, "\n") {
		if line != "" {
			fmt.Fprintf(w.err, "hint: %s\n", line)
		}
	}
}

// quoted is a path as it is typed in a shell.
func quoted(path string) string {
	if filepath.Separator != '/' || !strings.ContainsAny(path, " \t\n\"'`$&|;<>()*?[]#~!\\") {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// note says what was given up or changed.
func (w *world) note(format string, args ...any) {
	w.noteWith("", format, args...)
}

// noteWith is a note and what to do about it.
func (w *world) noteWith(hint, format string, args ...any) {
	said := fmt.Sprintf(format, args...)
	if !w.program {
		fmt.Fprintf(w.err, "note: %s\n", said)
		w.hint(hint)
		return
	}
	if hint != "" {
		said += "; " + strings.ReplaceAll(hint, "\n", "; ")
	}
	w.reply.Notes = append(w.reply.Notes, said)
}

// progress is a bar of rows, their rate and the time that is left, on a terminal;
// elsewhere it says nothing. It ends with end.
func (w *world) progress() (tell func(done, rows int), end func()) {
	to := io.Discard
	if isTerminal(w.err) {
		to = w.err
	}
	bar := progressbar.NewOptions(1, progressbar.OptionSetWriter(to), progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("rows"), progressbar.OptionSetPredictTime(true),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionFullWidth())
	tell = func(done, rows int) {
		if done == 0 {
			bar.ChangeMax(rows)
		}
		_ = bar.Set(done)
	}
	end = func() {
		_ = bar.Clear()
		_ = bar.Exit()
	}
	return tell, end
}

// nearest asks whether one of the names was meant, or falls back to another hint.
func nearest(typed string, names []string, otherwise string) string {
	if name := content.Closest(typed, names); name != "" {
		return "did you mean " + name
	}
	return otherwise
}
