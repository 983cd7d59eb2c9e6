package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/ease"
	"handout/layout"
	"handout/layout/figure"
)

const checkPage = `handout check: read files of yours and report every mistake in them

  handout check my-handout.md
  handout check sciatica --brand clinic.yaml --look rows
  handout check clinic.yaml handouts/*.md stretches/*.md

FILE is a handout or a stretch (.md), a pose (.pose), a brand (.yaml), a pack
(packs/ID.yaml), the name of a handout, or - for a text on standard input. A
handout alone gets a score sheet: how hard it is to read (at most grade 6 of
Flesch-Kincaid; in Spanish INFLESZ 65 or more; sentences of 15 words), what its
page is like (type, lines, contrast), what a page with 0, 2 and 4 stretches
holds, which of its texts no clinician has signed off, and the 24 items of
PEMAT-P, AHRQ's tool for handouts: met, not met, not applicable, or left for a
person to judge. A low score is not a mistake. For a pose, check says what looks
wrong.

The verdict comes first, then what to look at: what a full page would cut that
the patient needs (a warning outside the bold words, bold words that refer to
what is cut), fragments, idioms, a sign at two speeds or at too slow a one, no
signs at all, sources without authority. A single handout also gets what its
score sheet finds.

  --brand FILE    set the page in this brand; --paper, --look, --edition and
                  --lang are those of make
  --library DIR   a folder with stretches the handout uses; repeatable
  --all           for a single handout: every measure, and all 24 items
  --strict        exit 1 too if anything at all was found: a note, an item that
                  is not met, text that is hard to see, no page
  --json          say all of it as JSON, for programs: docs/json.md
`

// checked is what there is to say of one file.
type checked struct {
	File     string    `json:"file"`
	Kind     string    `json:"kind"`
	OK       bool      `json:"ok"`
	Mistakes []mistake `json:"mistakes"`
	Notes    []mistake `json:"notes"`
	scoreSheet
}

// checkedAll is what there is to say of all files.
type checkedAll struct {
	Files []*checked `json:"files"`

	all bool // every measure
}

func runCheck(w *world, args []string) (answer, error) {
	o := order{}
	o.config.Machine, o.config.Figures, o.request.Made = w.machine, w.figures, w.now
	f := newFlags("check")
	f.StringVar(&o.config.Brand, "brand", "", "")
	f.StringArrayVar(&o.config.Library, "library", nil, "")
	f.page(&o.request.Sheet)
	f.lang(&o.request.Lang)
	strict, all := f.Bool("strict", false, ""), f.Bool("all", false, "")
	if err := f.parse(args); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(f.Args(), branded) {
		if err := w.clinic(f); err != nil {
			return nil, err
		}
	}
	if f.NArg() == 0 {
		return nil, misusef("for example: handout check my-handout.md", "check needs the files to check")
	}
	clinic, err := press.OpenClinic(o.config.Brand)
	if err != nil {
		return nil, err
	}
	shelves := clinic.Libraries(o.config.Brand, o.config.Library)
	if slices.Contains(f.Args(), press.Piped) {
		var err error
		if o.config.Text, err = w.piped(maxTyped); err != nil {
			return nil, err
		}
	}
	var failed error
	a := &checkedAll{Files: []*checked{}, all: *all}
	for _, file := range f.Args() {
		c, err := o.check(press.Local(file), shelves)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		w.reply.Mistakes = append(w.reply.Mistakes, c.Mistakes...)
		if !c.OK || *strict && !(len(c.Notes) == 0 && c.fine()) {
			failed = errors.Join(failed, errSaid)
		}
		a.Files = append(a.Files, c)
	}
	return a, failed
}

func (a *checkedAll) print(to io.Writer) error {
	b := bufio.NewWriter(to)
	for _, c := range a.Files {
		c.print(b)
	}
	if len(a.Files) == 1 && a.Files[0].OK && a.Files[0].Kind == "handout" {
		a.Files[0].scoreSheet.print(b, a.all)
	}
	return b.Flush()
}

// branded tells a file whose judgement needs a brand: a handout for its page, a stretch or a pack for the clinic's
// library. A brand is judged for itself.
func branded(file string) bool {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".pose":
		return false
	case ".yaml", ".yml":
		return filepath.Base(filepath.Dir(file)) == "packs"
	}
	return true
}

// check reads one file, with the stretches that lie beside it and on the shelves.
func (o order) check(file string, shelves []press.Folder) (*checked, error) {
	if _, err := os.Stat(file); err != nil && !press.IsPath(file) && filepath.Ext(file) == "" &&
		file != press.Piped {
		o.request.Handout = file
		c := &checked{File: file, Kind: "handout", Mistakes: []mistake{}, Notes: []mistake{}}
		return c, o.score(c)
	}
	beside, name := press.StandardInput(o.config.Text)
	if file != press.Piped {
		if err := press.Readable(file); err != nil {
			return nil, err
		}
		beside, name = press.Split(file)
	}
	if strings.EqualFold(filepath.Ext(file), ".pose") {
		return checkPose(file)
	}
	s, err := press.OpenLibrary(append([]press.Folder{beside}, shelves...)...)
	if err != nil {
		return nil, err
	}
	fsys := beside.Files()
	kind, warnings, err := s.Check(fsys, name)
	c := &checked{File: file, Kind: kind, OK: err == nil,
		Mistakes: forMachines(mistakes(err)), Notes: forMachines(mistakes(warnings))}
	if err != nil {
		return c, nil
	}
	switch kind {
	case "brand":
		_, err := press.OpenClinic(file)
		c.OK, c.Mistakes = err == nil, forMachines(mistakes(err))
	case "handout":
		o.request.Handout = file
		return c, o.score(c)
	case "stretch":
		st, err := s.StretchAt(0, name)
		if err != nil {
			return nil, err
		}
		c.poses(st)
		c.Unsigned = []string{st.ID}
		score := ease.OfStretch(st)
		c.Reading = readingOf(score)
		c.Wording = concernsOf(slices.Concat(ease.WordingOf(st), ease.Sources(st.Position, st.Sources)))
		c.note(mistakes(hardToRead(&score)))
	}
	return c, nil
}

// score reads the handout as its page will have it, with its usual stretches, and
// sets that page. What is wrong with the page is a mistake, but for too much on it.
func (o order) score(c *checked) error {
	if err := o.open(); err != nil {
		return err
	}
	found, err := o.find()
	if err != nil {
		return err
	}
	if chosen, err := o.press.Choose(found.Article, found.Visit); err == nil {
		for _, s := range chosen {
			c.poses(s.Stretch)
		}
	}
	if len(c.Mistakes) > 0 {
		return nil
	}
	if found.Untranslated() {
		c.Notes = append(c.Notes, mistake{File: found.Article.File, Message: untranslated(found)})
	}
	job, err := found.MakeOut("")
	if err != nil {
		c.OK, c.Mistakes = false, forMachines(mistakes(err))
		return nil
	}
	h := job.Handout.Edition(job.Sheet.Edition == layout.Large)
	score := ease.Of(h)
	c.scoreSheet = scoreOf(h)
	c.signs(h, found.Article.ID)
	c.Wording = concernsOf(slices.Concat(ease.Wording(h), ease.Tiers(found.Article),
		ease.Sources(found.Article.Position, found.Article.Sources)))
	c.note(mistakes(hardToRead(&score)))
	if len(c.Mistakes) == 0 {
		page, err := job.Set(context.Background())
		var over *layout.OverflowError
		switch {
		case errors.As(err, &over):
			c.Page = overflowing(over, job.Sheet)
			c.Notes = append(c.Notes, mistake{File: filepath.ToSlash(c.File),
				Message: tooLong(over).Message, Hint: advised(over, byFlag)})
		case err != nil:
			c.Mistakes = forMachines(mistakes(err))
		default:
			c.Page = factsOf(page, true)
		}
		if c.Page != nil {
			c.Page.Holds = o.holds(found)
		}
	}
	c.OK = len(c.Mistakes) == 0
	return nil
}

// holds is what pages of a handout with none, two and four stretches hold: its usual ones, and
// then others that may be given with it.
func (o order) holds(found *press.Order) (all []holding) {
	list := o.four(found)
	for _, n := range []int{0, 2, 4} {
		if n > len(list) {
			break
		}
		with := o
		with.request.Visit.Chosen, with.request.Visit.Stretches = true, list[:n]
		found, err := with.find()
		if err != nil {
			break
		}
		job, err := found.MakeOut("")
		if err != nil {
			break
		}
		h := holding{Stretches: n}
		if page, err := job.Set(context.Background()); err == nil {
			f := page.Fitting
			h.Fits, h.Look, h.TypeSize, h.Steps = true, f.Look, f.Body.Points(), "full"
			h.Sections = standings(f)
			for _, c := range f.Concessions {
				if c.Kind == layout.StepsShort {
					h.Steps = "lead-ins"
				}
			}
		}
		all = append(all, h)
	}
	if len(list) == 0 {
		return nil // it says no more than the page
	}
	return all
}

// four are four stretches of a handout, the usual ones first; none where it has no place for any.
func (o order) four(found *press.Order) []content.Choice {
	if !found.Article.TakesStretches() {
		return nil
	}
	list, err := o.press.Unpack(found.Article.Usual(found.Visit.Large), found.Article.Lang)
	if err != nil {
		return nil // that is told
	}
	list = slices.Clone(list)
	given := func(id string) bool {
		named := func(c content.Choice) bool { return c.ID == id }
		return slices.ContainsFunc(list, named) || slices.Contains(found.Article.NotWith, id)
	}
	others, _ := o.press.Stretches() // what cannot be read is told of the folder it is in
	for _, s := range others {
		if len(list) < 4 && !given(s.ID) {
			list = append(list, content.Choice{ID: s.ID})
		}
	}
	return list
}

// note puts what there is to look at in one list.
func (c *checked) note(hard content.Errors) {
	c.Notes = append(c.Notes, forMachines(hard)...)
	for _, x := range slices.Concat(c.Wording, c.Care) {
		c.Notes = append(c.Notes, x.mistake)
	}
}

// poses tells the mistakes in the poses of a stretch, and what looks wrong.
func (c *checked) poses(st *content.Stretch) {
	for _, f := range st.Frames {
		if f.Pose != nil {
			wrong, findings := lookAt(f.Pose)
			c.Mistakes = append(c.Mistakes, forMachines(mistakes(wrong))...)
			c.Notes = append(c.Notes, forMachines(mistakes(findings))...)
		}
	}
	c.OK = len(c.Mistakes) == 0
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
	return &checked{File: file, Kind: "pose", OK: wrong == nil, Mistakes: forMachines(wrong),
		Notes: forMachines(findings)}, nil
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
func hardToRead(score *ease.Score) content.Errors {
	var notes content.Errors
	const simpler = "write shorter sentences and commoner words"
	switch {
	case score.Grade() > ease.EasyGrade:
		notes = append(notes, &content.Error{Code: "hard-to-read", Hint: simpler,
			Message: fmt.Sprintf("the text reads at grade %.1f, and the limit is %d", score.Grade(), ease.EasyGrade)})
	case score.INFLESZ() > 0 && score.INFLESZ() < ease.EasyINFLESZ:
		notes = append(notes, &content.Error{Code: "hard-to-read-in-spanish", Hint: simpler,
			Message: fmt.Sprintf("the text has an INFLESZ score of %.0f, and the minimum is %d", score.INFLESZ(),
				ease.EasyINFLESZ)})
	}
	for _, l := range score.Long {
		notes = append(notes, &content.Error{Position: l.Position, Code: "long-sentence", Hint: "make two of it",
			Message: fmt.Sprintf("a sentence here has %d words, and up to %d are easy to read", l.Words,
				ease.MaxSentence)})
	}
	for _, t := range score.Terms {
		notes = append(notes, &content.Error{Position: t.Position, Code: "hard-word",
			Hint:    "say " + t.Plain + ", or explain it",
			Message: fmt.Sprintf("not every patient knows the word %q", t.Word)})
	}
	return notes
}

// lookAtThese ends a verdict with how many notes follow.
func lookAtThese(notes int) string {
	if notes == 0 {
		return ""
	}
	return "; " + many(notes, "note")
}

// print says it for people: the verdict, and what it rests on.
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
	switch {
	case !c.OK && len(c.Mistakes) == 1:
		fmt.Fprintf(b, "%s: 1 mistake\n", c.File)
	case !c.OK:
		fmt.Fprintf(b, "%s: %d mistakes\n", c.File, len(c.Mistakes))
	case c.Reading == nil:
		fmt.Fprintf(b, "%s: a %s without a mistake%s\n", c.File, c.Kind, lookAtThese(len(c.Notes)))
	default:
		r := c.Reading
		how := ""
		switch {
		case r.Grade != nil && *r.Grade > ease.EasyGrade:
			how = fmt.Sprintf(", reading grade %.1f (%d at most)", *r.Grade, ease.EasyGrade)
		case r.Grade != nil:
			how = ", reading grade " + ease.GradeSaid(*r.Grade)
		case r.INFLESZ != nil:
			how = fmt.Sprintf(", INFLESZ %.0f, %s", *r.INFLESZ, r.Band)
		}
		by := ""
		if c.Unsigned != nil {
			by = "; not signed off"
		}
		fmt.Fprintf(b, "%s: a %s without a mistake: %d words%s, longest sentence %d words%s%s\n", c.File, c.Kind,
			r.Words, how, r.Longest, by, lookAtThese(len(c.Notes)))
	}
	for _, m := range c.Mistakes {
		say(m, "")
	}
	for _, m := range c.Notes {
		say(m, "note: ")
	}
}
