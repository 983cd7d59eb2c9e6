package content

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed library
var shipped embed.FS

// Library is what can be made into pages: the handouts, stretches, packs and words that
// come with the program, and an author's own over them. A file is read when it is
// first asked for, and then kept, with where it was found: a library stays as it is while
// a list is made. Reopen gives it as its folders are by then. It may be used by many
// goroutines.
type Library struct {
	// Draw traces a pose for a page (see layout/figure). Without it no page has one. It
	// is set before the library is used.
	Draw func(*Pose) ([]byte, error)

	layers    []layer // an author's first, the shipped one last
	found     places
	handouts  kept[Handout]
	stretches kept[Stretch]
	packs     kept[Pack]
	words     kept[Words]
}

// layer is one folder of a library.
type layer struct {
	fs.FS
	shipped bool
}

func (l layer) called(name string) string { return called(l.FS, name) }

// Open is the shipped library with an author's folders over it. Where two have a
// file of the same name, the first folder wins, and every folder wins over what is
// shipped. In a folder are
//
//	handouts/ID.md    handouts/ID.LANG.md    its words in another language
//	stretches/ID.md   stretches/ID.LANG.md   these may be .txt and .docx, too
//	packs/ID.yaml
//	words/LANG.yaml
//
// and, at its top, Markdown files that say kind: handout or kind: stretch.
func Open(dirs ...fs.FS) *Library {
	l := &Library{handouts: keeping[Handout](), stretches: keeping[Stretch](), packs: keeping[Pack](),
		words: keeping[Words]()}
	for _, d := range dirs {
		l.layers = append(l.layers, layer{d, false})
	}
	own, err := fs.Sub(shipped, "library")
	if err != nil {
		panic(err) // the name is a constant
	}
	l.layers = append(l.layers, layer{own, true})
	return l
}

// Reopen is the library as its folders are now: what is new in them, and gone, and
// changed, down to the pictures of a stretch. What has not changed is not read again, and
// keeps its address.
func (l *Library) Reopen() *Library {
	return &Library{Draw: l.Draw, layers: l.layers, handouts: l.handouts.reopen(), stretches: l.stretches.reopen(),
		packs: l.packs.reopen(), words: l.words.reopen()}
}

// Handout is the handout of that name. For an unknown one the error has the
// nearest name in its hint; for one with mistakes it is an Errors.
func (l *Library) Handout(id string) (*Handout, error) { return l.HandoutIn(id, "") }

// Stretch is the stretch of that name; errors are those of Handout.
func (l *Library) Stretch(id string) (*Stretch, error) { return l.StretchIn(id, "") }

// Own tells a stretch of an author's folders from one that is shipped.
func (l *Library) Own(s *Stretch) bool {
	f, ok := l.find("stretch", s.ID)
	return ok && !l.layers[f.layer].shipped
}

// Handouts are all handouts, by name, each in its first language. The error has
// the mistakes of those that cannot be read, which are left out.
func (l *Library) Handouts() ([]*Handout, error) { return l.HandoutsIn("") }

// Stretches are all stretches, by name, as Handouts are all handouts.
func (l *Library) Stretches() ([]*Stretch, error) { return all(l, "stretch", l.stretch) }

// file is a file of the library.
type file struct {
	layer int
	name  string
}

func (l *Library) handout(f file) (*Handout, error) {
	return l.handouts.get(f, func(t *trail) (*Handout, error) {
		first, err := l.firstHandout(f, t)
		if err != nil {
			return nil, err
		}
		h, err := readHandout(t.on(l.layers[f.layer]), f.name, first)
		if err == nil {
			h.Shipped = l.layers[f.layer].shipped
		}
		return h, err
	})
}

func (l *Library) stretch(f file) (*Stretch, error) {
	return l.stretches.get(f, func(t *trail) (*Stretch, error) {
		first, err := l.firstStretch(f, t)
		if err != nil {
			return nil, err
		}
		s, err := readStretch(t.on(l.layers[f.layer]), f.name, first)
		if err == nil {
			err = l.sayNeeds(s, t)
		}
		if err != nil {
			return nil, err
		}
		return s, nil
	})
}

// sayNeeds puts into words what a stretch is done with, where its author did not.
func (l *Library) sayNeeds(s *Stretch, t *trail) error {
	if s.Needs != "" || len(s.Props) == 0 {
		return nil
	}
	for _, layer := range l.layers { // where its words are, or may come
		for _, tag := range []string{s.Lang, baseLang(s.Lang)} {
			_, _ = readFile(t.on(layer), "words/"+tag+".yaml", maxYAML)
		}
	}
	w, err := l.Words(s.Lang)
	if err != nil {
		return nil // that is said of the page
	}
	var list []string
	for _, p := range s.Props {
		name := w.Called(string(p))
		if name == "" {
			return &Error{Position: s.Position, Code: "prop-without-name",
				Message: fmt.Sprintf("the words for %s do not say what a %s is called", s.Lang, p),
				Hint: fmt.Sprintf("say it here, after needs:, or in words/%s.yaml, as props: {%s: ...}",
					baseLang(s.Lang), p)}
		}
		list = append(list, name)
	}
	s.Needs = w.Comma(list...)
	return nil
}

// folders are where the files of a kind are.
func folder(kind string) string {
	if kind == "stretch" {
		return "stretches"
	}
	return kind + "s"
}

// endings are what the names of a kind's files end in.
func endings(kind string) []string {
	if kind == "pack" {
		return []string{".yaml", ".yml"}
	}
	return textEndings
}

// find is the file of that kind and name.
func (l *Library) find(kind, id string) (file, bool) { return l.found.get(kind, id, l.look) }

// look looks for it in each layer.
func (l *Library) look(kind, id string) (file, bool) {
	if !isID(id) {
		return file{}, false
	}
	for i, layer := range l.layers {
		for _, ending := range endings(kind) {
			name := path.Join(folder(kind), id+ending)
			if info, err := fs.Stat(layer, name); err == nil && !info.IsDir() {
				return file{i, name}, true
			}
		}
		if kind != "pack" && !layer.shipped && layer.says(id+".md") == kind {
			return file{i, id + ".md"}, true
		}
	}
	return file{}, false
}

// says is the kind a file at the top of a layer gives itself, or "".
func (l layer) says(name string) string {
	if info, err := fs.Stat(l, name); err != nil || info.IsDir() {
		return ""
	}
	src, _ := readSource(l.FS, name)
	if src == nil {
		return ""
	}
	if kind, said := src.kindOf(); said {
		return kind
	}
	return ""
}

// files are all files of a kind, the first layer's of each name, by name.
// Translations are not among them.
func (l *Library) files(kind string) []file {
	found := map[string]file{}
	add := func(i int, name string) {
		id, lang := idIn(l.layers[i], kind, name)
		if _, ok := found[id]; !ok && lang == "" && isID(id) {
			found[id] = file{i, name}
		}
	}
	for i, layer := range l.layers {
		for _, ending := range endings(kind) {
			names, _ := fs.Glob(layer, folder(kind)+"/*"+ending)
			for _, name := range names {
				add(i, name)
			}
		}
		if layer.shipped || kind == "pack" {
			continue
		}
		names, _ := fs.Glob(layer, "*.md")
		for _, name := range names {
			if layer.says(name) == kind {
				add(i, name)
			}
		}
	}
	ids := make([]string, 0, len(found))
	for id := range found {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	list := make([]file, len(ids))
	for i, id := range ids {
		list[i] = found[id]
	}
	return list
}

func all[T any](l *Library, kind string, read func(file) (*T, error)) ([]*T, error) {
	var (
		list []*T
		errs Errors
	)
	for _, f := range l.files(kind) {
		x, err := read(f)
		if err != nil {
			errs.join(err)
			continue
		}
		list = append(list, x)
	}
	return list, errs.err()
}

// nickname is a name that an id goes by, in any language; also tells that it is another
// name, to be suggested and not to be found by.
type nickname struct {
	id, name string
	also     bool
}

func (l *Library) handoutNames() []nickname {
	var names []nickname
	list, _ := l.Handouts()
	for _, h := range list {
		for _, said := range append(inEachLanguage(l, h.ID, l.handoutIn, "handout"), h) {
			names = append(names, nickname{h.ID, said.Title, false})
		}
	}
	return names
}

func (l *Library) stretchNames() []nickname {
	var names []nickname
	list, _ := l.Stretches()
	for _, s := range list {
		for _, said := range append(inEachLanguage(l, s.ID, l.stretchIn, "stretch"), s) {
			names = append(names, nickname{s.ID, said.Name, false})
			for _, also := range said.Also {
				names = append(names, nickname{s.ID, also, true})
			}
		}
	}
	return names
}

// seek is the file of what goes by that ID, or by that name.
func (l *Library) seek(kind, id string, names func() []nickname) (file, bool) {
	if f, ok := l.find(kind, id); ok {
		return f, true
	}
	return l.found.get(kind+" called", id, func(_, called string) (file,
		bool) {
		return l.called(kind, called, names())
	})
}

// idIn is the name of what a file of that kind holds, and its language if the name tells.
func idIn(fsys fs.FS, kind, name string) (id, lang string) {
	if kind == "pack" {
		return packID(name), ""
	}
	return idOf(fsys, name)
}

// called is the file of that kind that people call so, if only one of them is.
func (l *Library) called(kind, name string, names []nickname) (f file, ok bool) {
	like := func(s string) string {
		return serviceName(strings.NewReplacer("-", " ", "_", " ", "’", "'").Replace(s))
	}
	name = like(name)
	for _, fits := range []func(nickname) bool{
		func(n nickname) bool { return !n.also && like(n.name) == name },
		func(n nickname) bool { return like(n.id) == name },
		func(n nickname) bool { return n.also && like(n.name) == name },
	} {
		id := ""
		for _, n := range names {
			if !fits(n) {
				continue
			}
			if id != "" && id != n.id {
				return file{}, false
			}
			id = n.id
		}
		if id != "" {
			return l.find(kind, id)
		}
	}
	return file{}, false
}

// unknown is the error for an id that is not there.
func (l *Library) unknown(kind, id string, names []nickname) error {
	listed := fmt.Sprintf("`handout list %s` shows them all", folder(kind))
	var ids, words []string
	for _, f := range l.files(kind) {
		known, _ := idIn(l.layers[f.layer], kind, f.name)
		ids = append(ids, known)
	}
	words = append(words, ids...)
	for _, n := range names {
		words = append(words, n.name)
	}
	near := Closest(id, words)
	if i := slices.Index(words, near); i >= len(ids) {
		near = names[i-len(ids)].id
	}
	several := strings.Fields(id)
	switch {
	case len(several) > 1 && !slices.ContainsFunc(several, func(s string) bool { return !slices.Contains(ids, s) }):
		listed = fmt.Sprintf("put commas between them, and quotes around the list if the shell takes commas away, "+
			"as PowerShell does: %q", strings.Join(several, ","))
	case near != "":
		listed = "did you mean " + near + "? " + listed
	}
	return &Error{Code: "unknown-name", Message: fmt.Sprintf("there is no %s called %q", kind, clip(id)), Hint: listed}
}

// Words are the fixed words of a page in a language (BCP 47): words/LANG.yaml for
// the whole tag or for its language alone.
func (l *Library) Words(lang string) (*Words, error) {
	if f, ok := l.found.get("words", lang, l.lookForWords); ok {
		read := func(t *trail) (*Words, error) { return readWords(t.on(l.layers[f.layer]), f.name) }
		if l.layers[f.layer].shipped {
			return embeddedWords.get(file{name: f.name}, read)
		}
		return l.words.get(f, read)
	}
	return nil, &Error{
		Code:    "no-words-of-language",
		Message: fmt.Sprintf("there are no words for a page in the language %q", clip(lang)),
		Hint: "there are " + inWords(l.languages()) + "; a file words/LANG.yaml in your library adds others; " +
			"with lang: en at the top, the page's own words are in English",
	}
}

// languages are those there are words for.
func (l *Library) languages() []string {
	var list []string
	for _, layer := range l.layers {
		names, _ := fs.Glob(layer, "words/*.yaml")
		for _, name := range names {
			list = append(list, strings.TrimSuffix(path.Base(name), ".yaml"))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// lookForWords looks in each layer for the words of a whole tag or of its language alone.
func (l *Library) lookForWords(_, lang string) (file, bool) {
	if !isLang(lang) {
		return file{}, false
	}
	for _, tag := range []string{lang, baseLang(lang)} {
		name := "words/" + tag + ".yaml"
		for i, layer := range l.layers {
			if _, err := fs.Stat(layer, name); err == nil {
				return file{i, name}, true
			}
		}
	}
	return file{}, false
}

// embeddedWords are the words we ship, read once in a process: they are part of the
// program, as its faces are, and each page needs them.
var embeddedWords = keeping[Words]()

func readWords(fsys fs.FS, name string) (*Words, error) {
	files := watch(fsys)
	src, errs := readSource(files, name)
	if src == nil {
		return nil, errs.finish()
	}
	w, more := parseWords(src, strings.TrimSuffix(path.Base(name), ".yaml"))
	if err := append(errs, more...).finish(); err != nil {
		return nil, err
	}
	w.Sum = files.Sum()
	return w, nil
}

// Check reads a file of any kind. It tells what kind it is ("handout", "stretch", "pack",
// "brand" or "words"), what was not read as written, and every mistake in
// it. A handout's usual stretches are looked for in the library.
func (l *Library) Check(fsys fs.FS, name string) (kind string, warnings Errors, err error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml":
		if path.Base(path.Dir(name)) == "words" {
			_, err = readWords(fsys, name)
			return "words", nil, err
		}
		if path.Base(path.Dir(name)) == "packs" {
			return "pack", nil, l.checkPack(readPack(fsys, name))
		}
		b, err := ReadBrand(fsys, name)
		if err == nil {
			for _, note := range b.Notes {
				warnings.add(Position{File: b.File}, "picture-changed", "", "%s", note)
			}
		}
		return "brand", warnings, err
	default:
		if IsText(name) {
			break
		}
		return "", nil, &Error{Position: Position{File: called(fsys, name)}, Code: "not-a-file-to-check",
			Message: "this is not a file to check",
			Hint:    "a handout or stretch ends in .md, .txt or .docx, a pose in .pose, a brand in .yaml"}
	}
	src, with, errs := readManuscript(fsys, name)
	if src == nil {
		return "", nil, errs.finish()
	}
	kind, said := src.kindOf()
	if dir := path.Base(path.Dir(name)); !said && (dir == "stretches" || dir == "handouts") {
		kind = strings.TrimSuffix(strings.TrimSuffix(dir, "es"), "s")
	}
	over := &Library{layers: append([]layer{{fsys, false}}, l.layers...)} // a file's language may be beside it
	if kind == "stretch" {
		first, err := over.firstStretch(file{0, name}, &trail{})
		if err != nil {
			return kind, nil, err
		}
		s, more := parseStretch(with, src, first)
		if s != nil {
			warnings = s.Warnings
		}
		return kind, warnings, append(errs, more...).finish()
	}
	first, err := over.firstHandout(file{0, name}, &trail{})
	if err != nil {
		return "handout", nil, err
	}
	h, more := parseHandout(with, src, first)
	errs = append(errs, more...)
	if h != nil {
		warnings = h.Warnings
		for _, id := range h.NotWith {
			if _, err := l.StretchIn(id, h.Lang); err != nil {
				errs.join(placed(err, h.Position))
			}
		}
		for _, c := range append(slices.Clone(h.Default), h.Large...) {
			errs.join(placed(l.There(c, h.Lang), c.Position))
		}
		warnings = append(warnings, l.foreign(h)...)
	}
	return "handout", warnings, errs.finish()
}

// There tells what is wrong with a choice on a page of a language: that there is no such
// stretch or pack, or what is wrong with it; nil for nothing.
func (l *Library) There(c Choice, lang string) error {
	if !isPack(c.ID) {
		_, err := l.StretchIn(c.ID, lang)
		return err
	}
	p, err := l.Pack(c.ID)
	if err != nil {
		return err
	}
	list, err := p.In(lang)
	if err != nil {
		return err
	}
	var errs Errors
	for _, c := range list {
		_, err := l.StretchIn(c.ID, lang)
		errs.join(placed(err, c.Position))
	}
	return errs.err()
}
