package main

import (
	"bytes"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"

	"handout/content"
)

// What programs are told, with --json: one object, of a verb that did and of one that failed. docs/json.md names its
// members, which stay.

// reply is what is told of any verb; the members of its answer stand beside these.
type reply struct {
	Verb     string    `json:"verb"`
	OK       bool      `json:"ok"`
	Exit     int       `json:"exit"`
	Notes    []string  `json:"notes"`
	Mistakes []mistake `json:"mistakes"`
}

// mistake is a content.Error for machines.
type mistake struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Code    string `json:"code,omitempty"` // of its kind, which stays
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

func forMachines(list content.Errors) []mistake {
	out := make([]mistake, len(list))
	for i, e := range list {
		out[i] = mistake{filepath.ToSlash(e.File), e.Line, e.Column, e.Code, e.Message, e.Hint}
	}
	return out
}

// forProgram tells whether a command line asks for JSON. It may be one that cannot be read.
func forProgram(args []string) bool {
	if i := slices.Index(args, "--"); i >= 0 {
		args = args[:i]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "--json=true")
}

// codes are those of mistakes that are in no file we read, by the exit code.
var codes = map[int]string{exitFault: "other", exitMisuse: "command-line", exitFile: "file-or-server",
	exitStop: "stopped"}

// tellProgram writes the reply on standard output; on standard error, if a file is there. It returns the error to end
// with, which is another one if nothing can be written.
func (w *world) tellProgram(a answer, err error) error {
	if a == nil && err == nil && w.spoken {
		return nil // it ends, and has said what there was to say
	}
	r := w.reply
	r.Exit = exitCode(err)
	r.OK = r.Exit == exitDone
	r.Notes = append([]string{}, r.Notes...)
	r.Mistakes = append(append([]mistake{}, r.Mistakes...), forMachines(mistakes(err))...)
	if !r.OK && len(r.Mistakes) == 0 {
		r.Mistakes = append(r.Mistakes, r.unsaid())
	}
	for i := range r.Mistakes {
		if m := &r.Mistakes[i]; m.Code == "" || m.Code == "other" {
			m.Code = codes[r.Exit]
		}
	}
	w.reply = reply{Verb: r.Verb}
	text, wrong := asJSON(r)
	if a != nil && wrong == nil {
		var own []byte
		if own, wrong = asJSON(a); len(own) > len("{}") {
			text = append(append(text[:len(text)-1], ','), own[1:]...)
		}
	}
	var b bytes.Buffer
	if wrong == nil {
		wrong = json.Indent(&b, append(text, '\n'), "", "  ")
	}
	if wrong != nil {
		return wrong
	}
	to := io.Writer(w.out)
	if w.poured {
		to = w.err
	}
	if _, e := b.WriteTo(to); e != nil {
		w.program = false // it cannot be told
		return e
	}
	return err
}

// unsaid is why a reply is not OK that has no mistake of its own: its answer says the rest.
func (r *reply) unsaid() mistake {
	switch {
	case r.Exit == exitStop:
		return mistake{Message: "it was stopped before everything was done"}
	case r.Verb == "check":
		return mistake{Message: "with --strict, a note counts as a mistake", Hint: "files[].notes has them"}
	}
	return mistake{Message: "not everything was done", Hint: "the members beside this say what was"}
}

// asJSON is a value in one line, as it is.
func asJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
