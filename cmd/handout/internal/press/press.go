// Package press makes handouts: from a request, which is plain values, to a page of
// content, to a page of layout, to the bytes of a file. There is no other way to one:
// the verbs, a day's list and what answers over the network all come here.
//
// It knows no flags, no terminal, no network, no clock and no environment: what it is to
// know of these it is handed. It reads the files that it is named.
package press

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"time"

	"handout/content"
	"handout/fonts"
	"handout/layout"
	"handout/output"
)

// Config is what a press is opened with. Its zero value is the neutral brand, what is
// shipped, and no fonts but ours.
type Config struct {
	Brand string // the path of a brand's file; empty: the neutral brand
	// the path of a handout's file, which requests may name, or Piped; empty: none. Its stretches may lie beside it
	Handout string
	Text    []byte         // of the handout that is Piped
	Beside  []Folder       // where stretches lie that were named by their paths
	Lang    string         // that requests will be for; empty: none that is known
	Library []string       // folders with handouts and stretches, the first one first
	Home    string         // one more, the last, which need not be there yet; empty: none
	Machine *fonts.Machine // for characters that are in none of our fonts; nil: none
	Figures Figures        // where the figures of poses are kept
}

// Press is all that pages have in common, opened once. Its methods may be called from
// many goroutines.
type Press struct {
	*content.Library
	Clinic *Clinic
	Writer *output.Writer // of all pages

	path    string                                      // Config.Handout
	own     func(lang string) (*content.Handout, error) // what is there, or beside it in another language; nil for none
	machine *fonts.Machine

	wardrobe *wardrobe
	digests  *digests
	desks    *desks
}

// Open reads the brand, the handout that is named by its path, and finds the libraries.
// Errors are *FileError, or content.Errors where a file has mistakes.
func Open(c Config) (*Press, error) {
	clinic, err := OpenClinic(c.Brand)
	if err != nil {
		return nil, err
	}
	p := &Press{Clinic: clinic, Writer: output.NewWriter(), path: c.Handout, machine: c.Machine, wardrobe: &wardrobe{},
		digests: &digests{}, desks: &desks{line: newLine(), faces: fonts.Default().With(clinic.faces...)}}
	folders, name := slices.Clone(c.Beside), ""
	if c.Handout == Piped {
		var beside Folder
		beside, name = StandardInput(c.Text)
		folders = append(folders, beside)
	} else if c.Handout != "" {
		file := Local(c.Handout)
		if err := Readable(file); err != nil {
			return nil, err
		}
		var beside Folder
		beside, name = Split(file)
		folders = append(folders, beside)
	}
	shelves := clinic.Libraries(c.Brand, c.Library)
	if c.Home != "" {
		shelves = append(shelves, Folder{path: c.Home, later: true})
	}
	if p.Library, err = OpenLibrary(append(folders, shelves...)...); err != nil {
		return nil, err
	}
	p.Library.Draw = c.Figures.Draw
	if c.Lang != "" {
		if _, err := p.Words(c.Lang); err != nil {
			return nil, err
		}
	}
	if clinic.Lang != "" {
		if _, err := p.Words(clinic.Lang); err != nil {
			wrong := *Mistakes(err)[0]
			wrong.Position = clinic.Position
			return nil, &wrong
		}
	}
	if c.Handout == "" {
		return p, nil
	}
	p.own = func(lang string) (*content.Handout, error) { return p.HandoutAt(len(folders)-1, name, lang) }
	_, err = p.own("")
	return p, err
}

// Reopen is the press with its library as the folders are now. It shares all else, so
// that what has not changed is known again.
func (p *Press) Reopen() *Press {
	q := *p
	q.Library = p.Library.Reopen()
	return &q
}

// Of is a press for another clinic, whose brand's file is named. It shares the library and
// the line for a desk; and the desks, unless one of the clinics has fonts of its own.
func (p *Press) Of(brand string) (*Press, error) {
	clinic, err := OpenClinic(brand)
	if err != nil {
		return nil, err
	}
	return p.For(clinic), nil
}

// For is a press for a clinic that is open.
func (p *Press) For(clinic *Clinic) *Press {
	q := *p
	q.Clinic, q.wardrobe = clinic, &wardrobe{}
	if len(clinic.faces)+len(p.Clinic.faces) > 0 {
		q.desks = &desks{line: p.desks.line, faces: fonts.Default().With(clinic.faces...)}
	}
	return &q
}

// With is a press that has one handout more, which lies in no library: requests name it by
// its path.
func (p *Press) With(path string, h *content.Handout) *Press {
	q := *p
	q.path, q.own = path, func(string) (*content.Handout, error) { return h, nil }
	q.wardrobe, q.digests = &wardrobe{}, &digests{}
	return &q
}

// Request is one page as it is asked for.
type Request struct {
	Handout string        // its name in the library, or the path in Config
	Title   string        // of the page; empty: the handout's own
	Lang    string        // of the page (BCP 47); empty: the brand's, or the handout's own
	Visit   content.Visit // who it is for; Large follows from the sheet's edition
	Sheet   layout.Sheet  // what it leaves out is the handout's or the brand's, which is the press's
	// The look is one for many pages: those that cannot have it have what suits them.
	Usual bool
	Made  time.Time // the day in the file's properties
}

// Order is a request whose handout was found.
type Order struct {
	Request                  // what it left to the brand filled in
	Article *content.Handout // whoever it is for

	press  *Press
	words  *content.Words
	chosen []content.Chosen
}

// Find finds what a request asks for. Where the library has no such handout, Unknown
// tells it from other errors.
func (p *Press) Find(r Request) (*Order, error) {
	o := &Order{Request: r, press: p}
	o.Sheet.Brand = p.Clinic.Brand
	o.Sheet.Edition = cmp.Or(o.Sheet.Edition, p.Clinic.Edition, layout.Standard)
	if o.Sheet.Paper == (layout.Paper{}) {
		o.Sheet.Paper, _ = PaperNamed(p.Clinic.PaperName())
	}
	if o.Lang == "" {
		o.Lang = p.Clinic.Lang
	}
	o.Visit.Large = o.Sheet.Edition == layout.Large
	var err error
	if p.own != nil && r.Handout == p.path {
		o.Article, err = p.own(o.Lang)
	} else {
		o.Article, err = p.HandoutIn(r.Handout, o.Lang)
	}
	if err == nil && r.Title != "" {
		if o.Article, err = o.Article.Retitled(r.Title); err != nil {
			return nil, &RequestError{Mistakes(err)}
		}
	}
	if err == nil && o.Sheet.Look == "" {
		o.Sheet.Look, o.Usual = cmp.Or(o.Article.Look, p.Clinic.Look), true
	}
	return o, err
}

// Untranslated tells a page that is in another language than was asked for, because
// nobody has translated it.
func (o *Order) Untranslated() bool {
	return o.Lang != "" && !content.SameLanguage(o.Lang, o.Article.Lang)
}

// Mixed tells a page with stretches that are not there in its language. The order has to
// be chosen.
func (o *Order) Mixed() bool {
	return slices.ContainsFunc(o.chosen, func(c content.Chosen) bool {
		return !content.SameLanguage(c.Stretch.Lang, o.Article.Lang)
	})
}

// Choose finds the stretches of the order, and the words of its language: all that
// Printed has to know.
func (o *Order) Choose() (err error) {
	if o.words, err = o.press.Words(o.Article.Lang); err == nil {
		o.chosen, err = o.press.Library.Choose(o.Article, o.Visit)
	}
	return err
}

// Printed is what the order's page shows, by value, and what else it is to be told apart
// by: two pages have the same if one would come out as the other, whatever else stands in
// the files they are made from, and whichever version of handout makes them. The order
// has to be chosen. The code is not in it, for it may be made from this.
func (o *Order) Printed(also ...string) []byte {
	var c canon
	for _, p := range []any{o.Sheet.Brand, o.Article, o.words} {
		d := o.press.digests.of(p)
		c.Write(d[:])
	}
	c.number(uint64(len(o.chosen)))
	for _, choice := range o.chosen {
		d := o.press.digests.of(choice.Stretch)
		c.Write(d[:])
		c.value(reflect.ValueOf(choice))
	}
	c.value(reflect.ValueOf(o.Visit))
	c.value(reflect.ValueOf(o.Sheet))
	c.text(o.Made.Format(time.DateOnly))
	c.text(also...)
	return c.Bytes()
}

// Job is an order made out to its patient: a page of content.
type Job struct {
	*Order
	Handout *content.Page
}

// MakeOut makes the order out to its patient. The code, if there is one, is printed at
// the foot. Errors are a *RequestError where the request is at fault and no file.
func (o *Order) MakeOut(code string) (*Job, error) {
	visit := o.Visit
	visit.Code = code
	d, err := o.press.dress(o.Article, visit.Date)
	if err != nil {
		return nil, blame(err)
	}
	h, err := d.For(o.press.Library, visit)
	if err != nil {
		return nil, blame(err)
	}
	return &Job{o, h}, nil
}

// Omitted is what the handout lost when it was made out to someone, a sentence each.
func (j *Job) Omitted() (notes []string) {
	for _, w := range j.Handout.Warnings[len(j.Article.Warnings):] {
		notes = append(notes, w.Error())
	}
	return notes
}

// Page is a job that is set: a page of layout, and what it had to give up.
type Page struct {
	*Job
	Page    *layout.Page
	Fitting *layout.Fitting
}

// Set sets the page, once a desk is free. Where a character is in none of our fonts, the
// machine's are asked, for that page alone: another page must not look otherwise for it.
// Errors are ErrBusy, the context's, and *layout.OverflowError where the page is too
// long.
func (j *Job) Set(ctx context.Context) (*Page, error) {
	desk, err := j.press.desks.take(ctx)
	if err != nil {
		return nil, err
	}
	defer j.press.desks.give(desk)
	sheet := j.Sheet
	if j.Usual && sheet.Look != "" && j.Handout.Stretches(j.Visit.Large) == 0 {
		sheet.Look = ""
	}
	page, fitting, err := desk.setter.Fit(j.Handout, sheet)
	if found := MachineFaces(j.press.machine, err); len(found) > 0 {
		page, fitting, err = desk.other(found).Fit(j.Handout, sheet)
	}
	if err != nil {
		return nil, err
	}
	return &Page{j, page, fitting}, nil
}

// PDF appends the page's file to b: the same bytes for the same page.
func (p *Page) PDF(b []byte) ([]byte, error) { return p.press.Writer.PDF(b, p.Page, p.Made) }

// SVG appends the page as a picture, its letters drawn.
func (p *Page) SVG(b []byte) ([]byte, error) { return p.press.Writer.SVG(b, p.Page) }

// Sketch is SVG, and where its elements are.
func (p *Page) Sketch(b []byte) (svg []byte, at []int, err error) {
	return p.press.Writer.Sketch(b, p.Page)
}

// Locked is the page's file, which a password opens.
func (p *Page) Locked(lock output.Lock) ([]byte, error) {
	return p.press.Writer.Locked(p.Page, p.Made, lock)
}
