package day

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"handout/content/visits"
	"handout/output"
	"handout/output/store"
)

// printFile is all pages of a batch in one file; nil is none.
type printFile struct {
	draft *store.Draft
	pages *output.Print
	count int // of the pages that came
}

// mayPrint refuses to print into a file of the folder that a page has, or would have.
func (b *roster) mayPrint(rows []*visits.Row) error {
	dir, err := os.Stat(filepath.Dir(b.Print))
	out, e := os.Stat(b.Out)
	if b.Print == "" || err != nil || e != nil || !os.SameFile(dir, out) {
		return nil
	}
	name := filepath.Base(b.Print)
	taken := pageName.MatchString(name)
	for _, row := range rows {
		taken = taken || strings.EqualFold(name, b.file(row))
	}
	if taken {
		return &Refusal{Why: PrintTaken}
	}
	return nil
}

var pageName = regexp.MustCompile(`(?i)^(visit-|row-).*\.pdf$`)

// newPrint begins the file to be printed, if one is asked for.
func (b *roster) newPrint() (*printFile, error) {
	if b.Print == "" {
		return nil, nil
	}
	draft, err := store.Create(b.Print)
	if err != nil {
		return nil, err
	}
	about := output.About{Title: "Handouts", Author: b.press.Clinic.Name, Lang: "en", Made: b.Page.Made}
	if b.Page.Lang != "" {
		about.Lang = b.Page.Lang
	}
	pages, err := b.press.Writer.Print(draft, about)
	if err != nil {
		draft.Discard()
		return nil, err
	}
	return &printFile{draft, pages, 0}, nil
}

func (p *printFile) add(done []outcome) error {
	if p == nil {
		return nil
	}
	for _, o := range done {
		if o.page != nil {
			if err := p.pages.Add(o.page); err != nil {
				return err
			}
			p.count++
		}
	}
	return nil
}

// keep puts the file in its place. A day without a page has none.
func (p *printFile) keep() error {
	if p == nil || p.count == 0 {
		return nil
	}
	if err := p.pages.Close(); err != nil {
		return err
	}
	return p.draft.Keep()
}

func (p *printFile) discard() {
	if p != nil {
		p.draft.Discard()
	}
}
