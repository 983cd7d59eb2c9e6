package content

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Position is a place in a file an author wrote. Line and Column count from 1;
// zero means unknown. Column counts characters, not bytes.
type Position struct {
	File         string
	Line, Column int
}

// Pos returns the position itself: blocks embed Position and so have it.
func (p Position) Pos() Position { return p }

// String gives file:line:column, the form editors jump to, without the parts
// that are not known.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Error is one mistake: where it is, what is wrong and what to do about it.
// Message and Hint are lower case without a full stop, and never hold a word
// about a patient. Code names the kind of mistake and stays when the sentence is put
// another way, so that a page can say it in its own language.
type Error struct {
	Position
	Code    string // lower case with hyphens, like no-such-column; may be empty
	Message string
	Hint    string // may be empty
	Of      string // which of a visit's own words it is about: patient, therapist, next or note; mostly empty
}

// Errorf makes a mistake that has no place yet.
func Errorf(code, hint, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Hint: hint}
}

func (e *Error) Error() string {
	if e.File == "" {
		return e.Message
	}
	return e.Position.String() + ": " + e.Message
}

// Errors is every mistake found, in the order of the source.
type Errors []*Error

func (e Errors) Error() string {
	s := make([]string, len(e))
	for i, x := range e {
		s[i] = x.Error()
	}
	return strings.Join(s, "\n")
}

// add notes a mistake.
func (e *Errors) add(p Position, code, hint, format string, args ...any) {
	*e = append(*e, &Error{Position: p, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// join takes over the mistakes of err, which may be nil.
func (e *Errors) join(err error) {
	var many Errors
	var one *Error
	switch {
	case err == nil:
	case errors.As(err, &many):
		*e = append(*e, many...)
	case errors.As(err, &one):
		*e = append(*e, one)
	default:
		*e = append(*e, &Error{Code: "other", Message: err.Error()})
	}
}

// err returns the mistakes sorted by place, or nil if there are none.
func (e Errors) err() error {
	if len(e) == 0 {
		return nil
	}
	sort.SliceStable(e, func(i, j int) bool {
		a, b := e[i].Position, e[j].Position
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Column < b.Column
	})
	return e
}

// placed gives an error without a place the one given.
func placed(err error, at Position) error {
	var one *Error
	if errors.As(err, &one) && one.File == "" {
		here := *one
		here.Position = at
		return &here
	}
	return err
}
