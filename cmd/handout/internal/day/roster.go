package day

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/visits"
	"handout/content/visits/field"
	"handout/output/store"
)

// roster is a list of visits whose rows are to be pages.
type roster struct {
	*Order
	press *press.Press
	taken map[string]int    // how many rows would like a file of that name
	apart map[string]string // what is added to a file's name that another's page has
	notes []Note

	key   store.Key // of the folder
	known map[*visits.Row]identity

	missed missed
}

// missed are names that are not in the library, with what was said of each: a list has one
// slip in many rows, and to find what was perhaps meant takes longer than to make a page.
type missed struct {
	sync.Mutex
	names map[string]error
}

// maxMissed bounds the names that are remembered: a column that was mixed up has one a row.
const maxMissed = 500

// find looks for what is called so, but not again for what is not there.
func (m *missed) find(name, lang string, look func() error) error {
	name += "\x00" + lang
	m.Lock()
	err := m.names[name]
	m.Unlock()
	if err != nil {
		return err
	}
	if err = look(); err == nil {
		return nil
	}
	if _, ok := press.Unknown(err); ok {
		m.Lock()
		if m.names == nil || len(m.names) >= maxMissed {
			m.names = map[string]error{}
		}
		m.names[name] = err
		m.Unlock()
	}
	return err
}

// identity is what a row's page is known by.
type identity struct {
	sum  store.Sum // of what is printed, for whom, and of which visit; made with the folder's key
	code store.Code
}

// undated tells whether neither the list nor the command line says a row's day.
func (r *roster) undated(row *visits.Row) bool { return row.Undated && !r.DaySaid }

// sitting is one row and what it asks for.
type sitting struct {
	row *visits.Row
	*press.Order
	identity
	lang string // what there is to say of its language
}

// asked finds what a row asks for: what its cells say, else what goes with its
// service, else what the order says. Its errors hold no word of the row.
func (r *roster) asked(row *visits.Row) (*sitting, error) {
	if row.Err != nil {
		return nil, row.Err
	}
	q := r.Page
	v := &q.Visit
	v.Patient, v.Note, v.Date = row.Name, row.Note, r.day(row)
	if row.Nobody {
		v.Patient = "" // the page has a line to write a name on
	}
	if !row.Start.IsZero() {
		q.Made = v.Date
	}
	if service, ok := r.press.Clinic.Service(row.Service); ok {
		if service.Handout != "" {
			q.Handout = service.Handout
		}
		if service.Chosen {
			v.Stretches, v.Chosen = service.Stretches, true
		}
	}
	var errs []error
	for _, cell := range []struct {
		text string
		set  func(string) bool
		what string
		hint string
	}{
		{row.Handout, into(&q.Handout), "", ""},
		{row.Therapist, into(&v.Therapist), "", ""},
		{row.Next, into(&v.Next), "", ""},
		{row.Side, side(&v.Side), "a side", "a side is left or right; or empty, both, each or sore for what the " +
			"stretch has"},
		{row.Edition, named(&q.Sheet.Edition, press.EditionNamed), "an edition", "an edition is standard, large or bw"},
		{row.Paper, named(&q.Sheet.Paper, press.PaperNamed), "a paper", "the paper is letter or a4"},
	} {
		if cell.text != "" && !cell.set(cell.text) {
			errs = append(errs, &content.Error{Code: "row-asks-for-unknown",
				Message: "this row asks for " + cell.what + " that does not exist", Hint: cell.hint})
		}
	}
	if q.Usual = row.Look == ""; !q.Usual {
		look, err := content.LookNamed(row.Look)
		if err != nil {
			errs = append(errs, err)
		}
		q.Sheet.Look = look
	}
	s := &sitting{row: row, identity: r.known[row]}
	if err := s.choose(r, q); err != nil {
		return nil, errors.Join(append(errs, err)...)
	} else if errs != nil {
		return nil, errors.Join(errs...)
	}
	return s, nil
}

// choose finds the row's handout and stretches: in the row's language, else in the order's
// or the brand's, or, where that cannot be, in the handout's own, for an export says of
// everybody what they speak, and nobody goes without for it.
func (s *sitting) choose(r *roster, q press.Request) error {
	in := func(lang string) (err error) {
		q.Lang = lang
		if s.Order, err = r.find(q); err != nil {
			return err
		}
		if list, mended := r.Chosen[s.row]; mended || s.row.Chosen {
			s.Visit.Chosen = true
			if !mended {
				if list, err = choices(s.row.Stretches); err != nil {
					return err
				}
			}
			if s.Visit.Stretches, err = list, r.there(list, s.Article.Lang); err != nil {
				return err
			}
		}
		if err := r.sides(s); err != nil {
			return err
		}
		return s.Choose()
	}
	err := in(cmp.Or(s.row.Lang, r.Page.Lang))
	if err != nil && s.row.Lang != "" { // a pack's notes may be in fewer languages
		err = in(r.Page.Lang)
	}
	if err != nil {
		return err
	}
	wanted := cmp.Or(s.row.Lang, s.Lang)
	switch {
	case s.row.OddLang:
		s.lang = oddLanguage
	case wanted != "" && !content.SameLanguage(wanted, s.Article.Lang):
		s.lang = otherLanguage + field.LanguageName(wanted)
	case s.Mixed():
		s.lang = otherStretches + field.LanguageName(s.Article.Lang)
	}
	return nil
}

// What there is to say of a page's language.
const (
	oddLanguage    = "the language of this row is not understood"
	otherLanguage  = "the page should be in "      // which
	otherStretches = "all stretches should be in " // which
)

// day is a row's, or the order's where the row has none.
func (r *roster) day(row *visits.Row) time.Time {
	if row.Start.IsZero() {
		return r.Page.Visit.Date
	}
	return time.Date(row.Start.Year(), row.Start.Month(), row.Start.Day(), 0, 0, 0, 0, time.UTC)
}

// into is a cell that stands for itself.
func into(to *string) func(string) bool {
	return func(s string) bool {
		*to = s
		return true
	}
}

// named is a cell with the name of something that there is.
func named[T any](to *T, find func(string) (T, bool)) func(string) bool {
	return func(s string) (ok bool) {
		*to, ok = find(s)
		return ok
	}
}

// side is a cell that may also say what a stretch says anyhow.
func side(to *content.Side) func(string) bool {
	return func(s string) bool {
		switch s {
		case "both", "each", "sore":
			return true
		}
		return named(to, press.SideNamed)(s)
	}
}

// sides refuses a row that says one side where one of its stretches says another: which of them is meant nobody
// knows but who wrote it.
func (r *roster) sides(s *sitting) error {
	if s.row.Side == "" || s.row.Side == "sore" {
		return nil
	}
	list, err := r.press.Unpack(s.Visit.Stretches, s.Article.Lang)
	if err != nil {
		return nil // Choose says it
	}
	var errs []error
	for i, c := range list {
		if c.Changes.Given&content.GivesSide == 0 || c.Changes.Dose.Side == content.SoreSide {
			continue
		}
		one := func(side string) bool { return side == "left" || side == "right" }
		if said := content.Sides()[c.Changes.Dose.Side]; said == s.row.Side || !one(said) && !one(s.row.Side) {
			continue
		}
		errs = append(errs, &content.Error{Code: "row-sides-differ",
			Message: fmt.Sprintf("the side of this row is not the side that its stretch %d says", i+1),
			Hint:    "leave the row's side empty, or take the side from the stretch"})
	}
	return errors.Join(errs...)
}

// byName is what to do about a path in a row.
const byName = "a row calls handouts and stretches by their names; --library names the folder that has your own"

// choices reads a cell of stretches. Where columns were mixed up it may hold a
// name, so that no message repeats what is in it.
func choices(cell string) ([]content.Choice, error) {
	list, err := content.ParseChoices(cell)
	if err != nil {
		hint := press.Mistakes(err)[0].Hint
		if strings.ContainsAny(cell, `/\`) {
			hint = byName
		}
		return nil, &content.Error{Code: "row-stretches-unreadable",
			Message: "the stretches of this row cannot be read" + because(err), Hint: hint}
	}
	return list, nil
}

// because is why stretches cannot be read, where that can be said without a word of theirs.
func because(err error) string {
	if press.Mistakes(err)[0].Code == "quote-not-closed" {
		return ": a quote is not closed"
	}
	return ""
}

// there says which of a row's stretches the library does not have, by their places alone.
func (r *roster) there(list []content.Choice, lang string) error {
	var errs []error
	for i, c := range list {
		err := r.missed.find(c.ID, lang, func() error { return r.press.There(c, lang) })
		if hint, ok := press.Unknown(err); ok {
			what := "stretch"
			if c.IsPack() {
				what = "the pack in place"
			} else if r.leads(c.ID, lang) {
				hint = "put a comma between two stretches, and a colon before a dose: figure-4:3x10:left,cat-cow"
			} else if field.IsNo(field.Folded(c.ID)) {
				hint = "leave the cell empty for the handout's own stretches, or write none"
			}
			err = &content.Error{Code: "row-stretch-unknown",
				Message: fmt.Sprintf("%s %d of this row is not in the library", what, i+1), Hint: hint}
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// leads tells words that begin with the name of a stretch: its dose stands behind it.
func (r *roster) leads(words, lang string) bool {
	for i := strings.LastIndexByte(words, ' '); i > 0; i = strings.LastIndexByte(words[:i], ' ') {
		if c, err := content.NewChoice(words[:i]); err == nil && r.press.There(c, lang) == nil {
			return true
		}
	}
	return false
}

// find finds the handout of a row. Rows name shipped handouts and those of the
// library; a file is named on the command line only.
func (r *roster) find(q press.Request) (*press.Order, error) {
	if q.Handout == "" {
		hint := "name one for all with --handout, one for a service in the brand's services, or one for the row in a " +
			"column called handout"
		if heading := r.List.PerhapsService(); heading != "" {
			hint = "perhaps --columns service=" + content.Quoted(heading) + ", if the brand's services have what " +
				"stands there; or " + hint
		}
		return nil, &content.Error{Code: "row-without-handout",
			Message: "nothing says which handout this visit is given", Hint: hint}
	}
	var o *press.Order
	err := r.missed.find("handout "+q.Handout, q.Lang, func() (err error) {
		o, err = r.press.Find(q)
		return err
	})
	if hint, ok := press.Unknown(err); ok && q.Handout != r.Page.Handout {
		// The message has the name, and a cell may hold anything; the hint has the library's.
		if press.IsPath(q.Handout) || strings.Contains(q.Handout, `\`) {
			hint = byName
		}
		return nil, &content.Error{Code: "row-handout-unknown", Message: "there is no such handout", Hint: hint}
	}
	return o, err
}
