package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"handout/content"
	"handout/content/ease"
	"handout/fonts"
	"handout/layout"
	"handout/output"
	"handout/output/store"
)

const makePage = `handout make: make one handout, a PDF of exactly one page

  handout make sciatica
  handout make sciatica --patient "Ana Ruiz" --next-visit "Tue 1 Dec, 10:30"
  handout make sciatica --stretches figure-4,cat-cow:hold=20s:reps=2 -o ana.pdf
  handout make my-handout.md --brand clinic.yaml --paper a4

HANDOUT is a name from "handout list handouts" or the path of a Markdown file.

The person
  --patient NAME      who the page is for, at most 120 characters; - reads it
                      from standard input, for others on this machine can see
                      what is typed after a command
  --note TEXT         a personal line, at most 400 characters
  --next-visit TEXT   when to come again, as you would write it
  --date YYYY-MM-DD   the day of the visit, or none; today if not given
  --therapist NAME    who gives the page, in place of the brand's
  --stretches LIST    stretches by name or path, a comma between them, or none;
                      if not given, the handout's own. Each with its dose, like
                      figure-4:hold=20s:reps=2:sets=2:side=left:per-day=2
  --side left|right   for stretches done one side at a time, unless they say it

The page
  --brand FILE        your clinic's file; "handout init" writes one
  --library DIR       a folder of your own handouts and stretches; repeatable
  --paper SIZE        letter or a4; if not given, what the brand's country uses
  --look NAME         a name from "handout list looks"
  --edition NAME      standard; large, in 18 points with fewer words; or bw: the
                      look in black on white, for copiers
  --punch             keep 20 mm clear at the edge, for binder holes
  --min-type PT       no main text smaller than this: 9 to 18 points
  --strict            leave out and shorten nothing, even where it is marked

The file
  -o, --output FILE   where to write it, or - for standard output; if not given,
                      HANDOUT.pdf in this folder. With FILE.svg it is a picture
                      for a screen, its letters drawn; the PDF is what to give
  --json              report in JSON: path, look, type size, what was cut,
                      and the score sheet of check
`

// order is one page as it was asked for, every flag checked.
type order struct {
	handout   string   // a name or a path
	brand     string   // its file
	library   []string // folders
	stretches string

	shelf  *shelf
	clinic *clinic
	visit  content.Visit
	sheet  layout.Sheet
	made   time.Time // the day in the file's properties
	out    string    // a path, "-", or empty for the handout's own name
	json   bool
}

// leaflet is the order carried out.
type leaflet struct {
	handout *content.Handout
	page    *layout.Page
	fitting *layout.Fitting
	notes   []string // what was read, or made out, otherwise than asked for
	file    []byte
}

func runMake(w *world, args []string) error {
	o, err := readOrder(w, args)
	if err != nil {
		return err
	}
	l, err := o.renderWithAnyFont(w.machine)
	if err != nil {
		return err
	}
	return o.deliver(w, l)
}

// readOrder checks all that can be checked of a command line before any work.
func readOrder(w *world, args []string) (*order, error) {
	today := time.Date(w.now.Year(), w.now.Month(), w.now.Day(), 0, 0, 0, 0, time.UTC)
	o := &order{made: today, visit: content.Visit{Date: today}}
	f := newFlags("make")
	f.StringVar(&o.visit.Patient, "patient", "", "")
	f.StringVar(&o.visit.Note, "note", "", "")
	f.Var((*dateFlag)(&o.visit.Date), "date", "")
	o.flags(f)
	f.StringVarP(&o.out, "output", "o", "", "")
	f.BoolVar(&o.json, "json", false, "")
	if err := f.parse(args); err != nil {
		return nil, err
	}
	switch f.NArg() {
	case 0:
		return nil, misusef("for example: handout make sciatica\n`handout list handouts` shows what there is",
			"make needs the name or the path of a handout")
	case 1:
		o.handout = f.Arg(0)
	default:
		return nil, misusef(`a text of several words needs quotes: handout make sciatica --patient "Ana Ruiz"`,
			"make takes one handout, and %d words here belong to no flag", f.NArg())
	}
	if !o.visit.Date.IsZero() {
		o.made = o.visit.Date
	}
	if o.visit.Note == "-" {
		return nil, misusef("--patient - reads the name; write the note after --note", "--note does not read standard input")
	}
	if o.visit.Patient == "-" {
		var err error
		if o.visit.Patient, err = readName(w.in); err != nil {
			return nil, err
		}
	}
	if o.out == "-" && w.terminal {
		return nil, misusef("name a file with -o FILE, or send it on: handout make ... -o - | lp", "a PDF is not for a terminal")
	}
	sources := []string{o.brand}
	if isPath(o.handout) {
		sources = append(sources, o.handout)
	}
	var err error
	if o.out, err = pageFile(o.out, []string{".pdf", ".svg"}, sources...); err != nil {
		return nil, err
	}
	if err := o.open(); err != nil {
		return nil, err
	}
	return o, mayWrite(o.out, o.clinic.files...)
}

// readName reads a person's name from standard input: one line, of which too much is
// not read.
func readName(in io.Reader) (string, error) {
	const hint = "for example: echo NAME | handout make sciatica --patient -"
	if in == nil {
		in = strings.NewReader("")
	}
	text, err := io.ReadAll(io.LimitReader(in, 4<<10))
	if err != nil {
		return "", fileFault("standard input", err)
	}
	name := strings.TrimSpace(string(text))
	switch {
	case name == "":
		return "", misusef(hint, "--patient - reads the name from standard input, and there is none")
	case strings.ContainsAny(name, "\r\n"):
		return "", misusef(hint, "--patient - reads one line from standard input, and there are more")
	}
	return name, nil
}

// flags are those of a page, whoever it is for: make and batch share them.
func (o *order) flags(f *flags) {
	f.StringVar(&o.visit.Next, "next-visit", "", "")
	f.StringVar(&o.visit.Therapist, "therapist", "", "")
	f.StringVar(&o.stretches, "stretches", "", "")
	f.StringVar(&o.brand, "brand", "", "")
	f.StringArrayVar(&o.library, "library", nil, "")
	f.Var((*sideFlag)(&o.visit.Side), "side", "")
	f.Var((*paperFlag)(&o.sheet.Paper), "paper", "")
	f.Var((*lookFlag)(&o.sheet.Look), "look", "")
	f.Var((*editionFlag)(&o.sheet.Edition), "edition", "")
	f.BoolVar(&o.sheet.Punch, "punch", false, "")
	f.Var((*typeFlag)(&o.sheet.MinType), "min-type", "")
	f.BoolVar(&o.sheet.Strict, "strict", false, "")
}

// open finds what the order names: brand, folders, and stretches.
func (o *order) open() error {
	var err error
	if o.clinic, err = openClinic(o.brand); err != nil {
		return err
	}
	o.sheet.Brand = o.clinic.Brand
	if o.sheet.Look == "" {
		o.sheet.Look = o.clinic.Look
	}
	if o.sheet.Paper == (layout.Paper{}) {
		o.sheet.Paper = papers[o.clinic.PaperName()]
	}
	var folders []folder
	if o.stretches != "" {
		stretches, found, err := stretchPaths(o.stretches)
		if err != nil {
			return err
		}
		folders, o.visit.Chosen = found, true
		if o.visit.Stretches, err = content.ParseChoices(stretches); err != nil {
			return misused(err)
		}
	}
	if isPath(o.handout) { // its stretches may lie beside it
		if err := readable(o.handout); err != nil {
			return err
		}
		dir, _ := split(o.handout)
		folders = append(folders, folder{path: dir})
	}
	o.shelf, err = openShelf(append(folders, libraries(o.library)...)...)
	return err
}

// renderWithAnyFont looks through the machine's fonts only if a character is in
// none of ours: it takes long, and pages should look the same everywhere.
func (o *order) renderWithAnyFont(machine *fonts.Machine) (*leaflet, error) {
	faces := fonts.Default().With(o.clinic.faces...)
	l, err := o.render(faces)
	found := machine.Faces(missingRunes(err))
	if len(found) == 0 {
		return l, err
	}
	return o.render(faces.With(found...))
}

// render walks through the house once: content, a page, bytes.
func (o *order) render(faces *fonts.Stack) (*leaflet, error) {
	written, err := o.shelf.read(o.handout)
	if err != nil {
		return nil, err
	}
	o.visit.Large = o.sheet.Edition == layout.Large
	h, err := o.shelf.Personalise(written, o.clinic.Brand, o.visit)
	if err != nil {
		return nil, blame(err)
	}
	if err := openSketchbook().page(h); err != nil {
		return nil, err
	}
	page, fitting, err := layout.NewSetter(faces).Fit(h, o.sheet)
	if err != nil {
		return nil, err
	}
	l := &leaflet{handout: h, page: page, fitting: fitting}
	if n := len(written.Warnings); n > 0 {
		l.notes = []string{fmt.Sprintf("%s: things read otherwise than written: %d; `handout check %s` says which", written.File, n, quoted(o.handout))}
	}
	l.notes = append(l.notes, omitted(written, h)...)
	if strings.EqualFold(filepath.Ext(o.out), ".svg") {
		l.file, err = output.AppendSVG(nil, page)
	} else {
		l.file, err = output.PDF(page, o.made)
	}
	return l, err
}

// omitted is what a handout lost when it was made out to someone.
func omitted(written, page *content.Handout) (notes []string) {
	for _, w := range page.Warnings[len(written.Warnings):] {
		notes = append(notes, w.Error())
	}
	return notes
}

// read finds a handout by its name or its path.
func (s *shelf) read(handout string) (*content.Handout, error) {
	if isPath(handout) {
		dir, name := split(handout)
		return content.ReadHandout(folder{path: dir}.files(), name)
	}
	h, err := s.Handout(handout)
	var unknown *content.Error
	if errors.As(err, &unknown) && unknown.File == "" {
		// What was typed is not repeated: it may be a patient's name without its quotes.
		hint := unknown.Hint
		if _, err := os.Stat(handout + ".md"); err == nil {
			hint = "for the file in this folder: handout make " + quoted(handout+".md")
		}
		return nil, misusef(hint, "there is no such handout")
	}
	return h, err
}

// blame sorts the errors of personalising: those without a place in a file are
// about something on the command line.
func blame(err error) error {
	for _, e := range each(err) {
		var one *content.Error
		if !errors.As(e, &one) || one.File != "" {
			return err
		}
	}
	return misused(err)
}

// report is a page's making for machines.
type report struct {
	Path        string       `json:"path"`
	Handout     string       `json:"handout"`
	Title       string       `json:"title"`
	Look        string       `json:"look"`
	Paper       string       `json:"paper"`
	TypeSize    float64      `json:"type_size"` // points
	Stretches   []string     `json:"stretches"`
	Concessions []concession `json:"concessions"`
	Notes       []string     `json:"notes"`
	Words       int          `json:"words"`
	Grade       float64      `json:"grade"` // Flesch-Kincaid; 0 for other languages than English
	Score       scoreSheet   `json:"score"` // as that of check
	Bytes       int          `json:"bytes"`
}

// concession is what an author's mark let go.
type concession struct {
	File string `json:"file"`
	Line int    `json:"line"`
	What string `json:"what"`
}

// deliver writes the page and says how it came to fit.
func (o *order) deliver(w *world, l *leaflet) error {
	r := o.report(l)
	if o.out == "-" {
		if _, err := w.out.Write(l.file); err != nil {
			return err
		}
	} else if err := store.WriteFile(r.Path, l.file); err != nil {
		return err
	}
	switch {
	case o.json && o.out == "-":
		return printJSON(w.err, r)
	case o.json:
		return printJSON(w.out, r)
	}
	for _, c := range l.fitting.Concessions {
		w.note("%s: %s", content.Position{File: c.File, Line: c.Line}, c.What)
	}
	for _, n := range r.Notes {
		w.note("%s", n)
	}
	if o.out == "-" {
		return nil
	}
	cut := "nothing cut"
	if n := len(r.Concessions); n > 0 {
		cut = fmt.Sprintf("%d cut", n)
	}
	_, err := fmt.Fprintf(w.out, "%s  %s, %g pt, %s\n", r.Path, r.Look, r.TypeSize, cut)
	return err
}

func (o *order) report(l *leaflet) *report {
	printed := l.handout.Edition(o.sheet.Edition == layout.Large)
	score := ease.Of(printed)
	r := &report{
		Path: o.out, Handout: l.handout.ID, Title: l.handout.Title,
		Look: l.fitting.Look, Paper: o.sheet.Paper.Name, TypeSize: l.fitting.Body.Points(),
		Stretches: []string{}, Concessions: []concession{}, Notes: []string{},
		Words: score.Words, Grade: tenth(score.Grade()), Bytes: len(l.file),
	}
	if r.Path == "" {
		r.Path = l.handout.ID + ".pdf"
	}
	for _, b := range l.handout.Blocks {
		if s, ok := b.(*content.Stretches); ok {
			for _, c := range s.Chosen {
				r.Stretches = append(r.Stretches, c.ID)
			}
		}
	}
	for _, c := range l.fitting.Concessions {
		r.Concessions = append(r.Concessions, concession{c.File, c.Line, c.What})
	}
	r.Notes = append(r.Notes, slices.Concat(l.notes, o.clinic.Notes, l.fitting.Notes)...)
	if o.json {
		r.Score = o.shelf.scoreOf(printed)
		r.Score.Page = o.factsOf(l, false)
	}
	return r
}

// tenth rounds to a tenth.
func tenth(x float64) float64 { return math.Round(x*10) / 10 }
