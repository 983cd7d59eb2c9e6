package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"handout/content"
	"handout/layout/figure"
)

const checkPage = `handout check: read files of yours and report every mistake in them

  handout check my-handout.md
  handout check clinic.yaml handouts/*.md stretches/*.md

FILE is a handout or a stretch (.md), a pose (.pose) or a brand (.yaml). Of text
in English it also says how hard it is to read: the aim is a Flesch-Kincaid
grade of 6 or less, sentences of 15 words or fewer, and no medical word left
unexplained. Of a pose, also of a stretch's, it says what looks wrong.

  --library DIR   a folder with stretches the handout uses; repeatable
  --json          print a list of JSON objects, one for each file
`

// easyGrade is the Flesch-Kincaid grade not to pass: what health agencies ask of
// a text for patients.
const easyGrade = 6

// checked is what there is to say of one file.
type checked struct {
	File     string    `json:"file"`
	Kind     string    `json:"kind"`
	OK       bool      `json:"ok"`
	Mistakes []mistake `json:"mistakes"`
	Notes    []mistake `json:"notes"`
	Reading  *reading  `json:"reading,omitempty"`
}

// mistake is a content.Error for machines.
type mistake struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// reading is how hard a text is to read.
type reading struct {
	Words     int     `json:"words"`
	Sentences int     `json:"sentences"`
	Longest   int     `json:"longest_sentence"`
	Grade     float64 `json:"grade"`
	SMOG      float64 `json:"smog"`
}

func runCheck(w *world, args []string) error {
	f := newFlags("check")
	own := f.StringArray("library", nil, "")
	asJSON := f.Bool("json", false, "")
	if err := f.parse(args); err != nil {
		return err
	}
	if f.NArg() == 0 {
		return misusef("for example: handout check my-handout.md", "check needs the files to check")
	}
	var failed error
	results := make([]*checked, 0, f.NArg())
	for _, file := range f.Args() {
		c, err := checkFile(file, libraries(*own))
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		if !c.OK {
			failed = errors.Join(failed, errSaid)
		}
		results = append(results, c)
	}
	if *asJSON {
		if err := printJSON(w.out, results); err != nil {
			return err
		}
		return failed
	}
	b := bufio.NewWriter(w.out)
	for _, c := range results {
		c.print(b)
	}
	if err := b.Flush(); err != nil {
		return err
	}
	return failed
}

// checkFile reads one file, with the stretches that lie beside it.
func checkFile(file string, libraries []folder) (*checked, error) {
	if err := readable(file); err != nil {
		return nil, err
	}
	if strings.EqualFold(filepath.Ext(file), ".pose") {
		return checkPose(file)
	}
	dir, name := split(file)
	s, err := openShelf(append([]folder{{path: dir}}, libraries...)...)
	if err != nil {
		return nil, err
	}
	fsys := os.DirFS(dir)
	kind, warnings, err := s.Check(fsys, name)
	c := &checked{File: file, Kind: kind, OK: err == nil,
		Mistakes: forMachines(mistakes(s.place(err))), Notes: forMachines(mistakes(s.place(warnings)))}
	if err != nil {
		return c, nil
	}
	var score content.Score
	switch kind {
	case "brand":
		_, err := openClinic(file)
		c.OK, c.Mistakes = err == nil, forMachines(mistakes(err))
	case "handout":
		h, err := content.ReadHandout(fsys, name)
		if err != nil {
			return nil, s.place(err)
		}
		score = h.Score()
	case "stretch":
		st, err := content.ReadStretch(fsys, name)
		if err != nil {
			return nil, s.place(err)
		}
		score = st.Score()
		var wrong content.Errors
		for _, f := range st.Frames {
			if f.Pose != nil {
				mistaken, findings := lookAt(f.Pose)
				wrong = append(wrong, mistaken...)
				c.Notes = append(c.Notes, forMachines(mistakes(s.place(findings)))...)
			}
		}
		c.OK, c.Mistakes = wrong == nil, forMachines(mistakes(s.place(wrong)))
	}
	if score.Syllables > 0 { // they are counted for English alone
		c.Reading = &reading{score.Words, score.Sentences, score.Longest, tenth(score.Grade()), tenth(score.SMOG())}
		c.Notes = append(c.Notes, forMachines(mistakes(s.place(hardToRead(&score))))...)
	}
	return c, nil
}

// checkPose reads one pose and draws it.
func checkPose(file string) (*checked, error) {
	text, err := readPose(file)
	var large *content.Error
	if err != nil && !errors.As(err, &large) {
		return nil, err
	}
	wrong, findings := mistakes(err), content.Errors(nil)
	if wrong == nil {
		wrong, findings = lookAt(&content.Pose{File: file, Text: text})
	}
	return &checked{File: file, Kind: "pose", OK: wrong == nil, Mistakes: forMachines(wrong), Notes: forMachines(findings)}, nil
}

// lookAt tells the mistakes in a pose, or else what looks wrong in its picture.
func lookAt(p *content.Pose) (wrong, findings content.Errors) {
	pose, err := figure.ParsePose(p.File, p.Text)
	if err != nil {
		return mistakes(err), nil
	}
	_, findings = figure.Draw(pose)
	return nil, findings
}

// hardToRead says what to write more plainly.
func hardToRead(score *content.Score) content.Errors {
	var notes content.Errors
	for _, l := range score.Long {
		notes = append(notes, &content.Error{Position: l.Position, Hint: "make two of it",
			Message: fmt.Sprintf("a sentence here has %d words, and %d are easy to read", l.Words, content.MaxSentence)})
	}
	for _, t := range score.Terms {
		notes = append(notes, &content.Error{Position: t.Position, Hint: "say " + t.Plain + ", or explain it",
			Message: fmt.Sprintf("not every patient knows the word %q", t.Word)})
	}
	return notes
}

// print says it for people.
func (c *checked) print(b *bufio.Writer) {
	say := func(m mistake, what string) {
		at := content.Position{File: m.File, Line: m.Line, Column: m.Column}
		if m.File == "" {
			at.File = c.File
		}
		fmt.Fprintf(b, "%s: %s%s\n", at, what, m.Message)
		if m.Hint != "" {
			fmt.Fprintf(b, "hint: %s\n", m.Hint)
		}
	}
	for _, m := range c.Mistakes {
		say(m, "")
	}
	for _, m := range c.Notes {
		say(m, "note: ")
	}
	switch {
	case !c.OK && len(c.Mistakes) == 1:
		fmt.Fprintf(b, "%s: 1 mistake\n", c.File)
	case !c.OK:
		fmt.Fprintf(b, "%s: %d mistakes\n", c.File, len(c.Mistakes))
	case c.Reading == nil:
		fmt.Fprintf(b, "%s: a %s without a mistake\n", c.File, c.Kind)
	default:
		r := c.Reading
		aim := ""
		if r.Grade > easyGrade {
			aim = fmt.Sprintf(" (aim for %d)", easyGrade)
		}
		fmt.Fprintf(b, "%s: a %s without a mistake: %d words, reading grade %.1f%s, longest sentence %d words\n",
			c.File, c.Kind, r.Words, r.Grade, aim, r.Longest)
	}
}

func forMachines(list content.Errors) []mistake {
	out := make([]mistake, len(list))
	for i, e := range list {
		out[i] = mistake{filepath.ToSlash(e.File), e.Line, e.Column, e.Message, e.Hint}
	}
	return out
}
