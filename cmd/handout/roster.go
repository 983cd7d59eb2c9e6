package main

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/visits"
	"handout/content/visits/field"
	"handout/output/store"
)

// roster is an appointment list: an order for many pages. What a row does not
// say is as the order has it.
type roster struct {
	order
	path  string
	named bool // files are called by their patients
	list  *visits.List
	taken map[string]int    // how many rows would like a file of that name
	apart map[string]string // what is added to a file's name that another's page has

	daySaid bool // on the command line

	key   store.Key // of the folder
	known map[*visits.Row]identity
}

// schedule is the rows that handouts are made of in the order of their visits;
// those without a time come last.
func (r *roster) schedule() []*visits.Row {
	var rows []*visits.Row
	r.taken = map[string]int{}
	for i := range r.list.Rows {
		row := &r.list.Rows[i]
		if row.Skip == "" && r.none(row) {
			row.Skip = "a service without a handout"
		}
		if row.Skip == "" {
			rows = append(rows, row)
			r.taken[folded(r.wish(row))]++
		}
	}
	slices.SortStableFunc(rows, func(a, b *visits.Row) int {
		switch {
		case a.Start.IsZero() && b.Start.IsZero():
			return 0
		case a.Start.IsZero():
			return 1
		case b.Start.IsZero():
			return -1
		}
		return a.Start.Compare(b.Start)
	})
	return rows
}

// none tells whether the brand gives nothing after this row's service.
func (r *roster) none(row *visits.Row) bool {
	service, ok := r.press.Clinic.Service(row.Service)
	return ok && service.None && row.Handout == ""
}

// wish is what a row's file would be called if no other row liked the same name:
// by its patient where that is asked for, else by its visit's number.
func (r *roster) wish(row *visits.Row) string {
	if r.named {
		return cmp.Or(fileName(row.Name), rowName(row))
	}
	odd := func(c rune) bool {
		return !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_')
	}
	if row.ID == "" || len(row.ID) > 40 || strings.ContainsFunc(row.ID, odd) {
		return rowName(row)
	}
	return "visit-" + row.ID
}

func rowName(row *visits.Row) string {
	if row.Part > 0 {
		return fmt.Sprintf("row-%04d-%d", row.Number, row.Part)
	}
	return fmt.Sprintf("row-%04d", row.Number)
}

// file is the name of a row's file. A visit keeps its name when the list is
// exported anew; without a visit's number the row is all there is.
func (r *roster) file(row *visits.Row) string {
	name := r.plainFile(row)
	return name + r.apart[folded(name)] + ".pdf"
}

// plainFile is the name without what is added for another's page, and without an ending.
func (r *roster) plainFile(row *visits.Row) string {
	wish := r.wish(row)
	if r.taken[folded(wish)] > 1 {
		wish += "." + rowName(row) // no wish has a dot, so that nobody else likes this
	}
	return wish
}

// who stands for a row's person in the ledger, and for nobody to whoever does not have
// the folder's key.
func (r *roster) who(row *visits.Row) store.Code {
	return r.key.Sum([]byte("who\x00" + folded(row.Name) + "\x00" + row.Person())).Code(0)
}

// listMark stands for the list's path in the same way.
func (r *roster) listMark() store.Code {
	return r.key.Sum([]byte("list\x00" + press.WholePath(r.path))).Code(0)
}

// keepPages has the pages of others keep their files: those of another day, for a list
// may number its visits from 1 each day, and those that another list made for people
// whom this one does not have. The newest page of a file's name counts. A list that does
// not say its days may be one that goes on after midnight: its pages take the place of
// those before, and that is said.
func (r *roster) keepPages(rows []*visits.Row, ledger *store.Ledger) {
	r.apart = map[string]string{}
	if ledger.Len() == 0 {
		return
	}
	wanted, here := map[string]bool{}, map[store.Code]bool{}
	for _, row := range rows {
		wanted[folded(r.plainFile(row))] = true
	}
	for i := range r.list.Rows { // those left out are not strangers either
		here[r.who(&r.list.Rows[i])] = true
	}
	newest := map[string]store.Entry{} // by file, of the names wanted, also with something added
	for e := range ledger.All() {
		name := folded(strings.TrimSuffix(e.File, ".pdf"))
		for end := len(name); end > 0; end = strings.LastIndexByte(name[:end], '.') {
			if wanted[name[:end]] {
				if e.Run >= newest[name].Run {
					newest[name] = e
				}
				break
			}
		}
	}
	over, mine := 0, r.listMark()
	for _, row := range rows {
		name := folded(r.plainFile(row))
		added := ""
		if e := newest[name]; e.Day != "" && e.Day != r.day(row).Format(time.DateOnly) {
			if r.undated(row) {
				over++
				continue
			}
			added = "." + r.day(row).Format(time.DateOnly)
		}
		others := func(e store.Entry) bool {
			return e.List != store.Code{} && e.List != mine && e.Who != store.Code{} && !here[e.Who]
		}
		free := added
		for n := 2; others(newest[name+free]); n++ {
			free = fmt.Sprintf("%s.%d", added, n)
		}
		r.apart[name] = free
	}
	if over > 0 {
		r.list.Notes = append(r.list.Notes, fmt.Sprintf("pages that take the place of another day's, for the list does not say its day: %d; "+
			"keep a folder a day with --out, or say the day with --date", over))
	}
}

// undated tells whether neither the list nor the command line says a row's day.
func (r *roster) undated(row *visits.Row) bool { return row.Undated && !r.daySaid }

// fileName is a person's name as every system takes it in a file's: letters,
// digits, marks and single hyphens; at most 120 bytes. Windows keeps some names for
// devices: those end in a hyphen.
func fileName(name string) string {
	var b []byte
	for _, c := range name {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c):
			b = utf8.AppendRune(b, c)
		case len(b) > 0 && b[len(b)-1] != '-':
			b = append(b, '-')
		}
		if len(b) > 120-utf8.UTFMax {
			break
		}
	}
	file := strings.TrimSuffix(string(b), "-")
	if device.MatchString(file) {
		file += "-"
	}
	return file
}

// device is what Windows keeps for devices, with any ending.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|conin|conout|com[0-9]|lpt[0-9])$`)

// folded is the same for names that are one to some file system: NTFS and APFS know no
// capitals, and APFS no two ways to write é.
func folded(name string) string { return cases.Fold().String(norm.NFC.String(name)) }

// sitting is one row and what it asks for.
type sitting struct {
	row *visits.Row
	*press.Order
	identity
	file string
	lang string // what there is to say of its language
}

// asked finds what a row asks for: what its cells say, else what goes with its
// service, else what the order says. Its errors hold no word of the row.
func (r *roster) asked(row *visits.Row) (*sitting, error) {
	if row.Err != nil {
		return nil, row.Err
	}
	q := r.request
	v := &q.Visit
	v.Patient, v.Note, v.Date = row.Name, row.Note, r.day(row)
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
		{row.Side, side(&v.Side), "a side", "a side is left or right; or empty, both, each or sore for what the stretch has"},
		{row.Edition, named(&q.Sheet.Edition, press.EditionNamed), "an edition", "an edition is standard, large or bw"},
		{row.Look, named(&q.Sheet.Look, look), "a look", "`handout list looks` shows the looks"},
		{row.Paper, named(&q.Sheet.Paper, press.PaperNamed), "a paper", "the paper is letter or a4"},
	} {
		if cell.text != "" && !cell.set(cell.text) {
			errs = append(errs, &content.Error{Message: "this row asks for " + cell.what + " that there is not", Hint: cell.hint})
		}
	}
	s := &sitting{row: row, identity: r.known[row], file: r.file(row)}
	if err := s.choose(r, q); err != nil {
		return nil, errors.Join(append(errs, err)...)
	} else if errs != nil {
		return nil, errors.Join(errs...)
	}
	return s, nil
}

// choose finds the row's handout and stretches: in the order's language if that has one,
// or in the row's, or, where that cannot be, in the handout's own, for an export says of
// everybody what they speak, and nobody goes without for it.
func (s *sitting) choose(r *roster, q press.Request) error {
	in := func(lang string) (err error) {
		q.Lang = lang
		if s.Order, err = r.find(q); err != nil {
			return err
		}
		if s.row.Chosen {
			s.Visit.Chosen = true
			if s.Visit.Stretches, err = r.choices(s.row.Stretches, s.Article.Lang); err != nil {
				return err
			}
		}
		return s.Choose()
	}
	err := in(cmp.Or(r.request.Lang, s.row.Lang))
	if err != nil && r.request.Lang == "" && s.row.Lang != "" {
		err = in("")
	}
	switch {
	case err != nil:
		return err
	case r.request.Lang != "":
	case s.row.OddLang:
		s.lang = oddLanguage
	case s.row.Lang != "" && language(s.row.Lang) != language(s.Article.Lang):
		s.lang = otherLanguage + field.LanguageName(s.row.Lang)
	}
	return nil
}

// What there is to say of a page's language.
const (
	oddLanguage   = "the language of this row is not understood"
	otherLanguage = "the patient would rather have " // which
)

// language is a tag without script and region.
func language(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return base
}

// day is a row's, or the order's where the row has none.
func (r *roster) day(row *visits.Row) time.Time {
	if row.Start.IsZero() {
		return r.request.Visit.Date
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

func look(name string) (string, bool) {
	id, _ := press.LookNamed(name)
	return id, id != ""
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

// choices reads a cell of stretches. Where columns were mixed up it may hold a
// name, so that no message repeats what is in it.
func (r *roster) choices(cell, lang string) ([]content.Choice, error) {
	list, err := content.ParseChoices(cell)
	if err != nil {
		return nil, &content.Error{Message: "the stretches of this row cannot be read", Hint: mistakes(err)[0].Hint}
	}
	var errs []error
	for i, c := range list {
		_, err := r.press.StretchIn(c.ID, lang)
		if hint, ok := press.Unknown(err); ok {
			err = &content.Error{Message: fmt.Sprintf("stretch %d of this row is not in the library, or not in the handout's language", i+1), Hint: hint}
		}
		errs = append(errs, err)
	}
	return list, errors.Join(errs...)
}

// find finds the handout of a row. Rows name shipped handouts and those of the
// library; a file is named on the command line only.
func (r *roster) find(q press.Request) (*press.Order, error) {
	if q.Handout == "" {
		return nil, &content.Error{Message: "nothing says which handout this visit is given",
			Hint: "name one for all with --handout, one for a service in the brand's services, or one for the row in a column called handout"}
	}
	o, err := r.press.Find(q)
	if _, ok := press.Unknown(err); ok && q.Handout != r.request.Handout {
		// The message has the name, and a cell may hold anything.
		return nil, &content.Error{Message: "there is no such handout, or not in this language", Hint: "`handout list handouts` shows them"}
	}
	return o, err
}
