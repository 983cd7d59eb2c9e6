package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/cli/browser"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/ease"
	"handout/content/visits/field"
	"handout/layout"
	"handout/output/store"
)

const makePage = `handout make: make one handout, a PDF of exactly one page

  handout make sciatica
  handout make sciatica --patient "Ana Ruiz" --next-visit "Tue 1 Dec, 10:30"
  handout make sciatica --stretches figure-4,cat-cow:hold=20s:reps=2 -o ana.pdf
  handout make my-handout.md --brand clinic.yaml --paper a4
  handout make article.docx --title "Care of the neck"

HANDOUT is a name from "handout list handouts" or the path of a text of yours:
Markdown (.md), plain text (.txt) or Word (.docx), as written or as pasted; or -
for such a text on standard input.

The person
  --patient NAME      who the page is for, at most 120 characters; - reads it
                      from standard input, since others on this machine can
                      see what is typed after a command
  --note TEXT         a personal line, at most 400 characters
  --next-visit TEXT   when to come again, as you would write it
  --date YYYY-MM-DD   the day of the visit, or none; today if not given
  --therapist NAME    who gives the page, in place of the brand's
  --stretches LIST    stretches by name or path, with commas, or none;
                      if not given, the handout's own. Each with its dose, like
                      figure-4:hold=20s:reps=2:sets=2:side=left:per-day=2
                      and its film: figure-4:video=https://example.org/film
                      @NAME is a pack, stretches given together; one that you
                      name as well has the dose you give it:
                      @desk-neck,chin-tuck:reps=3
  --side left|right   for stretches done one side at a time, unless they say
  --anyway            allow stretches that the handout rules out

The page
  --title TEXT        its title, in place of the text's own
  --brand FILE        your clinic's file, or none; "handout init" writes one. If
                      not given: what the variable HANDOUT_BRAND names, or the
                      clinic.yaml in this folder or above it, and you are told
  --library DIR       a folder of your own handouts and stretches; repeatable
  --lang TAG          the language of the page: es; if not given, the brand's,
                      or the handout's own. What has no translation stays in
                      its own language, and you are told
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
                      for a screen, its letters drawn; patients get the PDF
  --open              show the file when it is made
  --json              say it as JSON, for programs: path, look, type size, what
                      was cut, the score sheet of check; see docs/json.md
`

// order is one page as it was asked for, every flag checked.
type order struct {
	config    press.Config
	request   press.Request
	stretches string
	press     *press.Press
}

// pageOrder is an order for one file.
type pageOrder struct {
	order
	out  string // a path, "-", or empty for the handout's own name
	show bool   // in the program that shows such files
}

func runMake(w *world, args []string) (answer, error) {
	o, err := readOrder(w, args)
	if err != nil {
		return nil, err
	}
	page, err := o.page()
	if err != nil {
		return nil, err
	}
	return o.deliver(w, page)
}

// readOrder checks all that can be checked of a command line before any work.
func readOrder(w *world, args []string) (*pageOrder, error) {
	today := time.Date(w.now.Year(), w.now.Month(), w.now.Day(), 0, 0, 0, 0, time.UTC)
	o := &pageOrder{}
	o.config.Machine, o.config.Figures = w.machine, w.figures
	o.request.Made, o.request.Visit.Date = today, today
	f := newFlags("make")
	f.StringVar(&o.request.Visit.Patient, "patient", "", "")
	f.StringVar(&o.request.Visit.Note, "note", "", "")
	f.date(&o.request.Visit.Date)
	o.flags(f)
	f.StringVarP(&o.out, "output", "o", "", "")
	f.StringVar(&o.request.Title, "title", "", "")
	f.BoolVar(&o.show, "open", false, "")
	if err := f.parse(args); err != nil {
		return nil, err
	}
	if err := w.clinic(f); err != nil {
		return nil, err
	}
	switch f.NArg() {
	case 0:
		return nil, misusef("for example: handout make sciatica\n`handout list handouts` shows what there is",
			"make needs the name or the path of a handout")
	case 1:
		o.request.Handout = f.Arg(0)
	default:
		if o.stretches != "" {
			return nil, misusef(`put a list in quotes where a space or a comma separates words, as in PowerShell: `+
				`--stretches "figure-4,cat-cow"`,
				"make takes one handout, and %d words here belong to no flag", f.NArg())
		}
		return nil, misusef(`a text of several words needs quotes: handout make sciatica --patient "Ana Ruiz"`,
			"make takes one handout, and %d words here belong to no flag", f.NArg())
	}
	if !o.request.Visit.Date.IsZero() {
		o.request.Made = o.request.Visit.Date
	}
	if o.request.Visit.Note == "-" {
		return nil, misusef("--patient - reads the name; write the note after --note",
			"--note does not read standard input")
	}
	if o.request.Handout == press.Piped {
		if o.request.Visit.Patient == "-" {
			return nil, misusef("name the text's file, or write the name after --patient",
				"standard input has the text, and cannot have the patient's name too")
		}
		var err error
		if o.config.Text, err = w.piped(maxTyped); err != nil {
			return nil, err
		}
	}
	if o.request.Visit.Patient == "-" {
		var err error
		if o.request.Visit.Patient, err = readName(w.in); err != nil {
			return nil, err
		}
	}
	if o.out == "-" && o.show {
		return nil, misusef("name a file with -o FILE", "--open shows a file, and none is made")
	}
	if o.out == "-" && w.terminal {
		return nil, misusef("name a file with -o FILE, or send it on: handout make ... -o - | lp",
			"a PDF is not for a terminal")
	}
	sources := []string{o.config.Brand}
	if press.IsPath(o.request.Handout) {
		sources = append(sources, o.request.Handout)
	}
	var err error
	if o.out, err = pageFile(o.out, []string{".pdf", ".svg"}, sources...); err != nil {
		return nil, err
	}
	if err := o.open(); err != nil {
		return nil, err
	}
	return o, mayWrite(o.out, o.press.Clinic.Files...)
}

// maxTyped is how many bytes of a text are read from standard input: any that content would read.
const maxTyped = 64 << 20

// piped reads standard input to its end.
func (w *world) piped(most int64) ([]byte, error) {
	in := w.in
	if in == nil {
		in = strings.NewReader("")
	}
	data, err := io.ReadAll(io.LimitReader(in, most+1))
	switch {
	case err != nil:
		return nil, press.FileFault("standard input", err)
	case len(data) == 0:
		return nil, &fileError{Path: "standard input", Message: "there is nothing in it",
			Hint: "- reads what another program writes: pbpaste | handout make - --title \"Neck pain\""}
	}
	return data, nil
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
		return "", press.FileFault("standard input", err)
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
	f.StringVar(&o.request.Visit.Next, "next-visit", "", "")
	f.StringVar(&o.request.Visit.Therapist, "therapist", "", "")
	f.StringVar(&o.stretches, "stretches", "", "")
	f.StringVar(&o.config.Brand, "brand", "", "")
	f.StringArrayVar(&o.config.Library, "library", nil, "")
	f.side(&o.request.Visit.Side)
	f.BoolVar(&o.request.Visit.Anyway, "anyway", false, "")
	f.page(&o.request.Sheet)
	f.lang(&o.request.Lang)
	f.BoolVar(&o.request.Sheet.Punch, "punch", false, "")
	f.minType(&o.request.Sheet.MinType)
	f.BoolVar(&o.request.Sheet.Strict, "strict", false, "")
}

// open opens a press for what the order names: brand, folders, and stretches.
func (o *order) open() (err error) {
	if o.stretches != "" {
		o.request.Visit.Chosen = true
		if o.request.Visit.Stretches, o.config.Beside, err = press.ReadChoices(o.stretches); err != nil {
			return err
		}
	}
	if press.IsPath(o.request.Handout) || o.request.Handout == press.Piped {
		o.config.Handout = o.request.Handout
	}
	o.config.Lang = o.request.Lang
	o.press, err = press.Open(o.config)
	return err
}

// find finds the handout.
func (o *order) find() (*press.Order, error) {
	found, err := o.press.Find(o.request)
	if hint, ok := press.Unknown(err); ok {
		// What was typed is not repeated: it may be a patient's name without its quotes.
		if file := o.request.Handout + ".md"; press.Readable(file) == nil {
			hint = "for the file in this folder: handout make " + quoted(file)
		}
		return nil, misusef(hint, "there is no such handout")
	}
	fromFile := func(e *content.Error) bool { return e.Code == "title-from-file" }
	if err == nil && o.request.Handout == press.Piped && o.request.Title == "" &&
		slices.ContainsFunc(found.Article.Warnings, fromFile) {
		return nil, misusef("--title \"Care of the neck\", or a line # Care of the neck at its top",
			"the text on standard input has no title")
	}
	return found, err
}

// page makes the one page.
func (o *order) page() (*press.Page, error) {
	found, err := o.find()
	if err != nil {
		return nil, err
	}
	job, err := found.MakeOut("")
	if err != nil {
		return nil, err
	}
	return job.Set(context.Background())
}

// report is how a page was made.
type report struct {
	Path        string       `json:"path"`
	Handout     string       `json:"handout"`
	Title       string       `json:"title"`
	Look        string       `json:"look"`
	Paper       string       `json:"paper"`
	TypeSize    float64      `json:"type_size"` // points
	Stretches   []string     `json:"stretches"`
	Sections    []sectionAs  `json:"sections"`
	Concessions []concession `json:"concessions"`
	Words       int          `json:"words"`
	Grade       float64      `json:"grade"` // Flesch-Kincaid; 0 for other languages than English
	Score       scoreSheet   `json:"score"` // as that of check
	Bytes       int          `json:"bytes"`

	cut string // how much, in a few words
}

func (r *report) print(to io.Writer) error {
	_, err := fmt.Fprintf(to, "%s  %s, %g pt, %s\n", r.Path, r.Look, r.TypeSize, r.cut)
	return err
}

// sectionAs is how a section stands on a page.
type sectionAs struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Name string `json:"name"`
	As   string `json:"as"` // full, short, lead-ins or out
}

// standings is how the sections of a page stand.
func standings(f *layout.Fitting) []sectionAs {
	all := []sectionAs{}
	for _, s := range f.Sections {
		all = append(all, sectionAs{s.File, s.Line, s.Of.Name, s.As.String()})
	}
	return all
}

// concession is what an author's mark let go.
type concession struct {
	File string `json:"file"`
	Line int    `json:"line"`
	What string `json:"what"`
}

// deliver writes the page and says how it came to fit.
func (o *pageOrder) deliver(w *world, p *press.Page) (answer, error) {
	write := p.PDF
	if strings.EqualFold(filepath.Ext(o.out), ".svg") {
		write = p.SVG
	}
	file, err := write(nil)
	if err != nil {
		return nil, err
	}
	r := o.report(p, len(file))
	if o.out == "-" {
		if err := w.pour(file); err != nil {
			return nil, err
		}
	} else {
		_, gone := os.Stat(r.Path)
		if err := store.WriteFile(r.Path, file); err != nil {
			return nil, err
		}
		if gone == nil {
			w.note("%s already existed, and was replaced", r.Path)
		}
		if o.show {
			if err := browser.OpenFile(r.Path); err != nil {
				w.note("no program here opens such files: open %s yourself", r.Path)
			}
		}
	}
	for _, c := range p.Fitting.Concessions {
		if c.Kind != layout.FewerWords {
			place := ""
			if c.File != "" {
				place = content.Position{File: c.File, Line: c.Line}.String() + ": "
			}
			w.note("%s%s", place, conceded(c))
		}
	}
	if short := shorter(p.Fitting); short != "" {
		w.note("%s", short)
	}
	for _, n := range o.notes(p) {
		w.note("%s", n)
	}
	return r, nil
}

func (o *pageOrder) report(p *press.Page, bytes int) *report {
	printed := p.Handout.Edition(p.Sheet.Edition == layout.Large)
	score := ease.Of(printed)
	r := &report{
		Path: o.out, Handout: p.Handout.ID, Title: p.Handout.Title,
		Look: p.Fitting.Look, Paper: p.Sheet.Paper.Name, TypeSize: p.Fitting.Body.Points(),
		Stretches: []string{}, Sections: standings(p.Fitting), Concessions: []concession{},
		Words: score.Words, Grade: tenth(score.Grade()), Bytes: bytes,
		Score: scoreOf(printed), cut: cutSaid(p.Fitting),
	}
	r.Score.Page = factsOf(p, false)
	if r.Path == "" {
		r.Path = p.Handout.ID + ".pdf"
	}
	for _, b := range p.Handout.Blocks {
		if s, ok := b.(*content.Stretches); ok {
			for _, c := range s.Chosen {
				r.Stretches = append(r.Stretches, c.ID)
			}
		}
	}
	for _, c := range p.Fitting.Concessions {
		r.Concessions = append(r.Concessions, concession{c.File, c.Line, conceded(c)})
	}
	return r
}

// notes are what a person should know of a page that was made.
func (o *pageOrder) notes(p *press.Page) (notes []string) {
	if as := p.Article.Understood(); as != "" {
		notes = append(notes, fmt.Sprintf("%s: read as %s; `handout check %s` says which lines", p.Article.File, as,
			quoted(o.request.Handout)))
	} else if n := len(p.Article.Warnings); n > 0 {
		notes = append(notes, fmt.Sprintf("%s: %s not read as written; `handout check %s` says which",
			p.Article.File, many(n, "thing"), quoted(o.request.Handout)))
	}
	if p.Untranslated() {
		notes = append(notes, untranslated(p.Order))
	}
	notes = append(notes, slices.Concat(p.Omitted(), o.press.Clinic.Notes)...)
	if p.Fitting.Why != layout.AskedFor {
		notes = append(notes, chosenSaid(p.Fitting))
	}
	return append(notes, fitNotes(p.Fitting)...)
}

// untranslated says that a page is in another language than was asked for.
func untranslated(o *press.Order) string {
	return fmt.Sprintf("%s has no text in %s, so the page is in %s; a file %s.%s.md beside it adds one",
		o.Article.ID, field.LanguageName(o.Lang), field.LanguageName(o.Article.Lang), o.Article.ID, o.Lang)
}
