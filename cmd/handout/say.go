package main

import (
	"context"
	"encoding/json"
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

// The voice. Its rules:
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
}

// verb is one thing the command can do.
type verb struct {
	name string
	page string // its help, set by hand
	run  func(w *world, args []string) error
}

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

// fail speaks the error and returns the exit code.
func (w *world) fail(err error) int {
	for _, m := range mistakes(err) {
		fmt.Fprintf(w.err, "handout: %s\n", m.Error())
		w.hint(w.err, m.Hint)
	}
	return exitCode(err)
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
func (w *world) hint(to io.Writer, hint string) {
	for _, line := range strings.Split(hint, "\n") {
		if line != "" {
			fmt.Fprintf(to, "hint: %s\n", line)
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
	fmt.Fprintf(w.err, "note: "+format+"\n", args...)
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

// printJSON writes one value for machines to read.
func printJSON(to io.Writer, v any) error {
	e := json.NewEncoder(to)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// nearest asks whether one of the names was meant, or falls back to another hint.
func nearest(typed string, names []string, otherwise string) string {
	if name := content.Closest(typed, names); name != "" {
		return "did you mean " + name
	}
	return otherwise
}
