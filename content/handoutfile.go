package content

import (
	"io/fs"
	"path"
	"strings"

	"golang.org/x/text/language"
)

// ReadHandout reads a handout by its path in fsys. Pictures are looked for beside
// it, within fsys. The error is an Errors with every mistake; what was not read as
// written is in Handout.Warnings.
func ReadHandout(fsys fs.FS, name string) (*Handout, error) { return readHandout(fsys, name, nil) }

// readHandout reads one that may be the translation of another.
func readHandout(fsys fs.FS, name string, first *Handout) (*Handout, error) {
	files := watch(fsys)
	src, with, errs := readManuscript(files, name)
	if src == nil {
		return nil, errs.finish()
	}
	h, more := parseHandout(with, src, first)
	if err := append(errs, more...).finish(); err != nil {
		return nil, err
	}
	h.Sum = files.Sum()
	return h, nil
}

// idOf is a file's name without its folder, its ending and its language.
func idOf(fsys fs.FS, name string) (id, lang string) {
	id = path.Base(name)
	if IsText(id) {
		id = strings.TrimSuffix(id, path.Ext(id))
	}
	if base, tag, ok := cutLast(id, "."); ok && namesLang(fsys, tag) {
		return base, tag
	}
	return id, ""
}

// namesLang tells whether the end of a file's name is its language: one of two letters
// (ISO 639-1), or one there are words for. The "old" of notes.old.md is none.
func namesLang(fsys fs.FS, tag string) bool {
	base := baseLang(tag)
	if !isLang(tag) {
		return false
	}
	if _, err := language.ParseBase(base); err == nil && len(base) == 2 {
		return true
	}
	_, err := fs.Stat(fsys, "words/"+base+".yaml")
	return err == nil
}

func cutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i > 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func parseHandout(fsys fs.FS, src *source, first *Handout) (*Handout, Errors) {
	var errs Errors
	h := &Handout{Position: Position{File: src.shown, Line: 1, Column: 1}}
	h.ID, h.Lang = idOf(fsys, src.name)
	given, body, ok := src.fillFront(&errs, h.keys())
	if !ok {
		return nil, errs
	}
	h.Warnings = append(h.Warnings, src.notes...)
	h.brought, h.encoding = len(given) == 0, src.encoding
	r := &reader{src: src, fsys: fsys, errs: &errs, warnings: &h.Warnings, sideless: inHandout}
	if src.title != "" && h.Title == "" {
		h.Title, h.titled = src.title, " (as in the document)"
	}
	if src.subtitle != "" && h.Subtitle == "" {
		h.Subtitle = src.subtitle
	}
	if _, said := given["title"]; given != nil && (h.Title != "" || !said) {
		r.title = &h.Title
	}
	h.Blocks = r.read(body)
	h.Notes = r.notes
	if r.titled != "" {
		h.titled = r.titled
	}
	if visible, ok := given["title"]; ok && !visible {
		errs.add(h.Position, "no-title", "write it after title:, or leave that line out", "the handout has no title")
	} else if h.Title == "" && given != nil && len(h.Blocks) > 0 {
		h.Title, h.titled = titleOfFile(h.ID), " (the file's name)"
		h.Warnings.add(src.at(0), "title-from-file", "", "there is no title, so the file's name is used; to give "+
			"one, put a line title: ... between two lines of --- at the top, or use --title")
	}
	if title, lost := unpictured(h.Title, false); lost && strings.TrimSpace(title) != "" {
		h.Title = strings.TrimSpace(title)
		h.Warnings.add(h.Position, "emoji-left-out", "", emojiOut)
	}
	if given != nil && h.Lang == "" {
		if h.Lang = languageOf(string(src.text[body:])); h.Lang != "" {
			h.Warnings.add(src.at(body), "language-found", "", "the text does not say which language it is in, and "+
				"was taken to be in the language %s", h.Lang)
		}
	}
	if h.Lang == "" {
		h.Lang = "en"
	}
	if len(h.Blocks) == 0 && len(errs) == 0 {
		errs.add(src.at(body), "handout-empty", "write some text below the front matter", "the handout is empty")
	}
	checkBlocks(h.Blocks, &errs, &h.Warnings)
	if first != nil && errs == nil {
		h.follow(first, given, &errs)
		if _, own := given["lang"]; !own { // who says it has a text of their own
			compare(h.facets(), first.facets(), &h.Warnings)
		}
	}
	_ = h.Warnings.err() // in the order of the source
	return h, errs
}

// keys are those of a handout's front matter.
func (h *Handout) keys() []key {
	return []key{
		{"kind", func(v value) { v.is("handout") }},
		{"title", set(&h.Title)},
		{"subtitle", set(&h.Subtitle)},
		{"summary", set(&h.Summary)},
		{"lang", func(v value) { h.Lang = v.lang() }},
		{"version", set(&h.Version)},
		{"signed-off", func(v value) { h.Signed = v.signOff() }},
		{"reviewed", func(v value) { v.reviewed(&h.Warnings) }},
		{"sources", sets(&h.Sources)},
		{"stretches", func(v value) { h.Default = v.choices() }},
		{"stretches-large", func(v value) { h.Large = v.choices() }},
		{"look", func(v value) { h.Look = v.look() }},
		{"not-with", func(v value) { h.NotWith = v.stretchNames() }},
	}
}

// choices are the stretches of a front matter: a list of names, each with changes
// to its dose if need be.
func (v value) choices() []Choice {
	var list []Choice
	seen := map[string]bool{}
	for _, x := range v.items() {
		s := x.text()
		if s == "" {
			continue
		}
		c := parseChoice(s, x.pos, v.errs)
		if seen[c.ID] {
			x.bad("stretch-twice", "leave one out", "the stretch %s appears twice", clip(c.ID))
		}
		seen[c.ID] = true
		list = append(list, c)
	}
	if len(list) > MaxStretches {
		v.bad("too-many-stretches", "leave some out", "a page has room for %d stretches, and there are %d",
			MaxStretches, len(list))
	}
	return list
}

// stretchNames are names of stretches alone.
func (v value) stretchNames() []string {
	var list []string
	for _, x := range v.items() {
		s := x.text()
		if s != "" && (!isID(s) || isPack(s) || strings.Contains(s, ":")) {
			x.bad("not-with-name-missing", "write names alone, as in not-with: [wrist, figure-4]",
				"the name of a stretch should be here")
			continue
		}
		list = append(list, s)
	}
	return list
}

// checkBlocks checks what one block alone does not show: one place for the
// stretches, nothing marked that has to stay, a lead-in for all that may be cut.
func checkBlocks(blocks []Block, errs, warnings *Errors) {
	slots := 0
	var flags Mark     // by edition: it has signs to watch for
	var signs Position // of those that are for one edition
	for i, b := range blocks {
		switch b := b.(type) {
		case *Callout:
			if b.Kind == Caution {
				flags = OnlyLarge | NotLarge
			}
		case *Signs:
			if flags |= b.Mark; b.Mark == Keep {
				flags = OnlyLarge | NotLarge
			} else {
				signs = b.Position
			}
		case *List:
			if b.Mark != Keep && noted([]Block{b}) {
				errs.add(b.Position, "list-with-footnote", noteHint,
					"this list is for one edition, but holds the mark of a footnote, which always stays")
			}
		case *Stretches:
			if slots++; slots > 1 {
				errs.add(b.Position, "stretches-placed-twice", "delete one", "there are two places for the stretches")
			}
		case *Paragraph:
			if b.Mark != Keep && b.Text.noted() {
				errs.add(b.Position, "footnote-in-edition", noteHint,
					"this paragraph is for one edition, but holds the mark of a footnote, which always stays")
			}
		case *Heading:
			section := sectionOf(blocks, i)
			if len(section) == 0 {
				warnings.add(b.Position, "section-empty", "", "there is nothing under this heading")
			}
			if b.Mark != Keep {
				checkMark(b, section, errs)
			}
		}
	}
	if signs != (Position{}) && flags != OnlyLarge|NotLarge {
		errs.add(signs, "signs-in-one-edition", "write them for the other edition too, or take the mark off",
			"the other edition would be without these signs, which always stay")
	}
}

const noteHint = "take the mark off, or say in the text what the footnote says"

func checkMark(h *Heading, section []Block, errs *Errors) {
	const hint = "take the mark off, or put it under a heading of its own"
	if noted(section) {
		errs.add(h.Position, "marked-with-footnote", noteHint,
			"this section is marked, but holds the mark of a footnote, which always stays")
	}
	for _, b := range section {
		if what := b.stays(); what != "" {
			errs.add(h.Position, "marked-with-what-stays", hint, "this section is marked, but holds %s", what)
		}
		list, ok := b.(*List)
		if !ok || h.Mark&Brief == 0 {
			continue
		}
		for _, item := range list.Items {
			if p := item[0].(*Paragraph); p.Text.LeadIn() == nil {
				errs.add(p.Position, "item-without-lead-in", "begin it in bold: **Stay active.** Walk or swim",
					"this item has no bold lead-in to stand for it when the section is cut")
			}
		}
	}
}
