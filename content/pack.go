package content

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// Pack is stretches that are given together, as packs/ID.yaml has them:
//
//	name: {en: Desk and neck, es: Escritorio y cuello}
//	summary: {en: for a stiff neck at work, es: para el cuello rígido en el trabajo}
//	languages: [en, es]
//	stretches:
//	  - chin-tuck:reps=5
//	  - stretch: neck-turn
//	    hold: 3s
//	    note: {en: Slowly., es: Despacio.}
//
// A stretch is written as in any list, or by the keys of its dose. What a pack says in
// words it says in each of its languages: unless it tells them, those of its name, or
// English.
type Pack struct {
	Position
	ID        string
	Languages []string // BCP 47, at least one
	Shipped   bool

	name, summary phrase
	items         []packed
	wrong         Errors // in its file
}

// packed is a stretch of a pack.
type packed struct {
	Choice // without its note
	note   phrase
}

// phrase is a text by language; the one without a language is for all there are.
type phrase struct {
	Position
	by map[string]string
}

// in is the phrase in a language.
func (p phrase) in(lang string) (string, bool) {
	for _, tag := range []string{lang, baseLang(lang), ""} {
		if s, ok := p.by[tag]; ok {
			return s, true
		}
	}
	return "", false
}

// or is the phrase in a language, or else in another.
func (p phrase) or(lang, other string) string {
	s, ok := p.in(lang)
	if !ok {
		s, _ = p.in(other)
	}
	return s
}

// Name is what the pack is called in a language, or else in its first.
func (p *Pack) Name(lang string) string { return p.name.or(lang, p.Languages[0]) }

// Summary is one line about it, in a language or else in its first; it may be empty.
func (p *Pack) Summary(lang string) string { return p.summary.or(lang, p.Languages[0]) }

// Stretches are the names of its stretches, in order.
func (p *Pack) Stretches() []string {
	list := make([]string, len(p.items))
	for i, x := range p.items {
		list[i] = x.ID
	}
	return list
}

// In is what the pack gives on a page of a language, in which it has to have its notes.
func (p *Pack) In(lang string) ([]Choice, error) {
	list := make([]Choice, len(p.items))
	for i, x := range p.items {
		list[i] = x.Choice
		if x.note.by == nil {
			continue
		}
		note, ok := x.note.in(lang)
		if !ok || !slices.Contains(p.Languages, lang) && !slices.Contains(p.Languages, baseLang(lang)) {
			return nil, &Error{Code: "pack-notes-not-in-language",
				Message: fmt.Sprintf("the pack @%s has no notes in the language %s", p.ID, clip(lang)),
				Hint: fmt.Sprintf("it has them in %s; a file packs/%s.yaml in your library adds others",
					inWords(p.Languages), p.ID)}
		}
		list[i].Note = note
	}
	return list, nil
}

// readPack reads a pack by its path in fsys. Whether there are such stretches is the
// library's to say.
func readPack(fsys fs.FS, name string) *Pack {
	src, errs := readSource(fsys, name)
	if src == nil {
		return &Pack{wrong: errs}
	}
	p, more := parsePack(src)
	p.wrong = append(errs, more...)
	return p
}

// packID is the name of the pack in a file.
func packID(name string) string { return strings.TrimSuffix(path.Base(name), path.Ext(name)) }

func parsePack(src *source) (*Pack, Errors) {
	var errs Errors
	p := &Pack{Position: Position{File: src.shown, Line: 1, Column: 1}, ID: packID(src.name)}
	f := &form{src: src, errs: &errs}
	given := f.fill(src.text, p.keys())
	if given == nil {
		return p, errs
	}
	if !given["name"] {
		errs.add(p.Position, "pack-without-name", "write a line like name: Desk and neck", "the pack has no name")
	}
	if len(p.items) == 0 {
		errs.add(p.Position, "pack-without-stretches", "write a line like stretches: [chin-tuck, neck-turn:reps=5]",
			"the pack has no stretches")
	}
	if len(p.Languages) == 0 {
		p.Languages = slices.DeleteFunc(slices.Sorted(maps.Keys(p.name.by)), func(lang string) bool {
			return lang == ""
		})
	}
	if len(p.Languages) == 0 {
		p.Languages = []string{"en"}
	}
	p.name.check(p.Languages, &errs)
	p.summary.check(p.Languages, &errs)
	for _, x := range p.items {
		x.note.check(p.Languages, &errs)
		if x.Changes.Given&GivesUnit != 0 && len(p.Languages) > 1 {
			errs.add(x.Position, "pack-unit-in-languages", "leave it out: the stretch has its own",
				"a pack in several languages cannot say what a repetition is called")
		}
	}
	return p, errs
}

// keys are those of a pack's file.
func (p *Pack) keys() []key {
	return []key{
		{"name", func(v value) { p.name = v.phrase(maxName) }},
		{"summary", func(v value) { p.summary = v.phrase(500) }},
		{"languages", func(v value) { p.Languages = v.langs() }},
		{"stretches", func(v value) { p.items = v.packed() }},
	}
}

// check tells where a phrase is not in just the languages given.
func (p phrase) check(languages []string, errs *Errors) {
	const hint = "write it in each of the pack's languages, as {en: Slowly, es: Despacio}"
	if p.by == nil {
		return
	}
	if _, ok := p.by[""]; ok {
		if len(languages) > 1 {
			errs.add(p.Position, "pack-not-by-language", hint,
				"this is in one language, but the pack is for %s", inWords(languages))
		}
		return
	}
	for _, lang := range languages {
		if _, ok := p.by[lang]; !ok {
			errs.add(p.Position, "pack-language-missing", hint, "this is missing in the language %s", lang)
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(p.by)) {
		if !slices.Contains(languages, lang) {
			errs.add(p.Position, "pack-language-unexpected",
				"name all languages in languages: [en, es], or leave that line out",
				"this is in the language %s, which is not one of the pack's", lang)
		}
	}
}

// phrase is a line of text of at most limit characters, or a mapping from languages to
// such lines.
func (v value) phrase(limit int) phrase {
	p := phrase{v.pos, map[string]string{}}
	line := func(lang string, v value) {
		var s string
		if set(&s)(v); utf8.RuneCountInString(s) > limit {
			v.bad("pack-text-too-long", "make it shorter", "this has %d characters, and there is room for %d",
				utf8.RuneCountInString(s), limit)
		}
		p.by[lang] = s
	}
	if !v.isMapping() {
		line("", v)
		return p
	}
	for _, e := range v.entries() {
		switch _, twice := p.by[e.name]; {
		case !isLang(e.name):
			v.errs.add(e.at, "not-a-language", "write it like en, es or pt-BR", "this is not a language's code")
		case twice:
			v.errs.add(e.at, "key-twice", "delete one", "there are two keys called %q", clip(e.name))
		case e.value.node == nil || e.value.blank():
			v.errs.add(e.at, "pack-language-empty", "write it after the colon",
				"nothing is said in the language %s", e.name)
		default:
			line(e.name, e.value)
		}
	}
	return p
}

// langs are the codes of languages, each once.
func (v value) langs() []string {
	var list []string
	for _, x := range v.items() {
		if lang := x.lang(); slices.Contains(list, lang) {
			x.bad("language-twice", "leave one out", "the language %s appears twice", lang)
		} else if lang != "" {
			list = append(list, lang)
		}
	}
	return list
}

// packed are the stretches of a pack, each as in any list, or by its keys.
func (v value) packed() []packed {
	var list []packed
	for _, x := range v.items() {
		var p packed
		if x.isMapping() {
			p = x.packedByKeys()
		} else {
			p.Choice = parseChoice(x.text(), x.pos, v.errs)
			if p.Note != "" {
				p.note = phrase{x.pos, map[string]string{"": p.Note}}
				p.Note = ""
			}
		}
		if isPack(p.ID) {
			x.bad("pack-in-pack", "name the stretches of that pack", "a pack holds stretches, and no other packs")
		}
		for _, note := range p.note.by {
			if hasPlaceholder(note) {
				x.bad("placeholder-here", "write the words themselves", "a placeholder cannot be used here")
			} else if n := utf8.RuneCountInString(note); n > maxChoiceNote {
				x.bad("pack-note-too-long", "make it shorter",
					"the note has %d characters, and there is room for %d", n, maxChoiceNote)
			}
		}
		list = append(list, p)
	}
	if len(list) > MaxStretches {
		v.bad("too-many-stretches", "leave some out", "a page has room for %d stretches, and there are %d",
			MaxStretches, len(list))
	}
	return list
}

// packedByKeys is a stretch of a pack as {stretch: neck-turn, hold: 3s, note: Slowly}.
func (v value) packedByKeys() packed {
	p := packed{Choice: Choice{Position: v.pos}}
	keys := []key{
		{"stretch", func(v value) {
			if p.ID = v.text(); !isID(p.ID) {
				v.bad("stretch-name-missing", "name one that `handout list stretches` shows",
					"a stretch's name is missing")
			}
		}},
		{"note", func(v value) { p.note = v.phrase(maxChoiceNote) }},
		{"video", func(v value) { p.Video = v.video() }},
	}
	for k, name := range doseKeys {
		keys = append(keys, key{name, func(v value) {
			if m := p.Changes.set(k, v.text()); m.wrong != "" {
				v.bad("dose-wrong", cmp.Or(m.hint(": ", inPack), "a dose looks like hold: 20s, reps: 2, side: left"),
					"%s", m.wrong)
			}
		}})
	}
	given := v.fill(append(keys, v.unsaid(inPack)...))
	if !given["stretch"] {
		v.bad("stretch-name-missing", "write it as {stretch: neck-turn, hold: 3s}", "a stretch's name is missing")
	}
	if given["hold"] && given["breaths"] {
		v.bad("hold-and-breaths", "keep one of them", "a dose is held for a time or for breaths, not both")
	}
	return p
}

// IsPack tells whether it is a pack that was chosen, by its name with an @ before it.
func (c Choice) IsPack() bool { return isPack(c.ID) }

// Pack is the pack of that name, with or without the @ before it. For an unknown one the
// error has the nearest name in its hint; for one with mistakes, a stretch that is not
// there among them, it is an Errors.
func (l *Library) Pack(id string) (*Pack, error) {
	id = strings.TrimPrefix(id, "@")
	f, ok := l.seek("pack", id, l.packNames)
	if !ok {
		return nil, l.unknown("pack", id, l.packNames())
	}
	return l.pack(f)
}

// Packs are all packs, by name. The error has the mistakes of those that cannot be read,
// which are left out.
func (l *Library) Packs() ([]*Pack, error) { return all(l, "pack", l.pack) }

func (l *Library) packNames() []nickname {
	var names []nickname
	list, _ := l.Packs()
	for _, p := range list {
		for _, lang := range append(l.languages(), "") {
			names = append(names, nickname{p.ID, p.Name(lang), false})
		}
	}
	return names
}

// pack reads a pack, and looks for its stretches.
func (l *Library) pack(f file) (*Pack, error) {
	p, _ := l.packs.get(f, func(t *trail) (*Pack, error) {
		p := readPack(t.on(l.layers[f.layer]), f.name)
		p.Shipped = l.layers[f.layer].shipped
		return p, nil
	})
	if err := l.checkPack(p); err != nil {
		return nil, err
	}
	return p, nil
}

// checkPack tells all that is wrong with a pack: also which of its stretches are not
// there, and which are there twice.
func (l *Library) checkPack(p *Pack) error {
	errs := slices.Clone(p.wrong)
	seen := map[string]bool{}
	for _, x := range p.items {
		if !isID(x.ID) || isPack(x.ID) {
			continue // that is told
		}
		id, ok := l.stretchID(x.ID)
		switch {
		case !ok:
			errs.join(placed(l.unknown("stretch", x.ID, l.stretchNames()), x.Position))
		case seen[id]:
			errs.add(x.Position, "stretch-twice", "leave one out", "the stretch %s appears twice", id)
		}
		seen[id] = true
	}
	return errs.finish()
}

// stretchID is the ID of the stretch that is called so.
func (l *Library) stretchID(called string) (string, bool) {
	f, ok := l.seek("stretch", called, l.stretchNames)
	if !ok {
		return called, false
	}
	id, _ := idOf(l.layers[f.layer], f.name)
	return id, true
}

// Unpack puts the stretches of packs in the packs' places, with the doses and notes they
// have there, for a page of a language. A stretch that is also chosen by itself is as it
// is chosen there, in the place of the first of the two. Errors are of type Errors.
func (l *Library) Unpack(wanted []Choice, lang string) ([]Choice, error) {
	if !slices.ContainsFunc(wanted, func(c Choice) bool { return isPack(c.ID) }) {
		return wanted, nil
	}
	var (
		errs   Errors
		list   []Choice
		itself = map[string]int{}    // the choices that are no pack's, by the stretch's ID
		moved  = map[int]bool{}      // those of them that stand in a pack's place
		from   = map[string]packed{} // what packs have given, by the stretch's ID
	)
	for i, c := range wanted {
		if id, _ := l.stretchID(c.ID); !isPack(c.ID) {
			if _, ok := itself[id]; !ok {
				itself[id] = i
			}
		}
	}
	for i, c := range wanted {
		if !isPack(c.ID) {
			if !moved[i] {
				list = append(list, c)
			}
			continue
		}
		p, err := l.Pack(c.ID)
		var given []Choice
		if err == nil {
			given, err = p.In(lang)
		}
		if err != nil {
			errs.join(placed(err, c.Position))
			continue
		}
		for _, g := range given {
			id, _ := l.stretchID(g.ID)
			before, twice := from[id]
			at, own := itself[id]
			switch {
			case own && at > i && !moved[at]:
				moved[at] = true
				list = append(list, wanted[at])
			case own:
			case twice && (before.Changes != g.Changes || before.Note != g.Note || before.Video != g.Video):
				errs.add(c.Position, "packs-disagree", "name it by itself too, with the dose that is meant",
					"two packs have the stretch %s, each with another dose or note", id)
			case !twice:
				list = append(list, g)
			}
			from[id] = packed{Choice: g}
		}
	}
	return list, errs.err()
}
