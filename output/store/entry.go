package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
)

// A line says one of two things.
type line struct {
	Run  *Run   `json:"run,omitempty"`
	Made *Entry `json:"made,omitempty"`
}

// Run is one batch: its number, from 1, and the settings of its command line,
// none of which may be a patient's.
type Run struct {
	Number   int       `json:"number"`
	Time     time.Time `json:"time"`
	Settings Settings  `json:"settings"`
	// Key.Mark, of what the sums are made with; empty in the first versions, whose sums are plain
	Key string `json:"key,omitempty"`
}

// Settings are the values of each flag. The first versions wrote one text, with line
// breaks between values.
type Settings map[string][]string

func (s *Settings) UnmarshalJSON(text []byte) error {
	var values map[string]any
	if err := json.Unmarshal(text, &values); err != nil || values == nil {
		return err
	}
	*s = Settings{}
	for name, value := range values {
		switch value := value.(type) {
		case string:
			(*s)[name] = strings.Split(value, "\n")
		case []any:
			for _, v := range value {
				(*s)[name] = append((*s)[name], fmt.Sprint(v))
			}
		default:
			return errors.New("a setting is neither a text nor a list")
		}
	}
	return nil
}

// Entry is one handout made.
type Entry struct {
	Code    Code   `json:"code"`            // printed at its foot
	Handout string `json:"handout"`         // its ID
	Version string `json:"version"`         // of its content
	Content Sum    `json:"content"`         // of all that the page was made from
	File    string `json:"file"`            // its name in the folder
	Sum     Sum    `json:"sum,omitzero"`    // of the file, with the folder's key
	Plain   Sum    `json:"sha256,omitzero"` // in its place in ledgers of the first versions
	// stands for the list's path, made with the folder's key; zero: not written down
	List  Code      `json:"list,omitzero"`
	Who   Code      `json:"who,omitzero"`    // stands for the patient in the same way
	Row   int       `json:"row"`             // of the list, from 1
	Visit string    `json:"visit,omitempty"` // its number in the list, if it has one
	Day   string    `json:"day,omitempty"`   // of the visit, as 2026-11-22; empty: not written down
	Time  time.Time `json:"time"`
	Run   int       `json:"run"` // the number of the Run that made it

	TypeSize float64 `json:"type_size,omitempty"` // of running text, in points; zero: not written down
	Cut      Lines   `json:"cut,omitempty"`       // what the author's marks let go
	Notes    Lines   `json:"notes,omitempty"`     // what else was said of the fit
}

// Lines are sentences with \n between them; in JSON a list.
type Lines string

// LinesOf puts sentences together; a line break in one becomes a space.
func LinesOf(list []string) Lines {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.ReplaceAll(s, "\n", " "))
	}
	return Lines(b.String())
}

// List is the sentences one by one; nil if there are none.
func (l Lines) List() []string {
	if l == "" {
		return nil
	}
	return strings.Split(string(l), "\n")
}

func (l Lines) MarshalJSON() ([]byte, error) { return json.Marshal(l.List()) }

func (l *Lines) UnmarshalJSON(text []byte) error {
	var list []string
	err := json.Unmarshal(text, &list)
	*l = LinesOf(list)
	return err
}

// readLine never repeats what stands in the line.
func readLine(text []byte) (line, error) {
	var one line
	if err := json.Unmarshal(text, &one); err != nil {
		return one, errors.New("the line cannot be read")
	}
	return one, one.check()
}

func (one line) check() error {
	switch {
	case (one.Run == nil) == (one.Made == nil):
		return errors.New("the line is neither a run nor a handout")
	case one.Run != nil:
		return one.Run.check()
	}
	return one.Made.check()
}

func (r *Run) check() error {
	if r.Number < 1 || !datable(r.Time) {
		return errors.New("the run has no number or no time")
	}
	return nil
}

func (e *Entry) check() error {
	switch {
	case checkName(e.File) != nil:
		return errors.New("the handout's file name is missing, or cannot be one")
	case e.Row < 1 || e.Row > math.MaxInt32 || e.Run < 0:
		return errors.New("the handout's row or run is out of range")
	case e.Sum == Sum{} && e.Plain == Sum{} || e.Content == Sum{}:
		return errors.New("the handout's sums are missing")
	case !datable(e.Time):
		return errors.New("the handout has no time")
	}
	return nil
}

// datable is a time that JSON can hold, and was set.
func datable(t time.Time) bool { return !t.IsZero() && t.Year() > 0 && t.Year() < 10000 }
