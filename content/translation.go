package content

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// A text in another language is a file ID.LANG.md, in the folder of ID.md or in that of a
// library before it, and holds words alone. What is no matter of words (doses, figures,
// what it is found by, sources) it has from ID.md, so that nobody has to keep the two in
// step. A text that someone has put over another is not translated by the other's files.

// HandoutIn is a handout in a language (BCP 47; empty for its own), or in its own where
// nobody has translated it: its Lang tells.
func (l *Library) HandoutIn(id, lang string) (*Handout, error) {
	return inLanguage(l, "handout", id, l.handoutNames, func(f file) (*Handout, error) { return l.handoutIn(f, lang) })
}

// HandoutsIn are all handouts by their ids, as Handouts lists them, each in a language or,
// where it is not there in that or has mistakes there, in its own.
func (l *Library) HandoutsIn(lang string) ([]*Handout, error) {
	return all(l, "handout", func(f file) (*Handout, error) {
		if said, err := l.handoutIn(f, lang); err == nil {
			return said, nil
		}
		return l.handout(f)
	})
}

// StretchIn is a stretch in a language, as HandoutIn is a handout.
func (l *Library) StretchIn(id, lang string) (*Stretch, error) {
	return inLanguage(l, "stretch", id, l.stretchNames, func(f file) (*Stretch, error) { return l.stretchIn(f, lang) })
}

// HandoutAt is the handout in a file of one of the folders that the library was opened
// with, counted from 0, in a language as HandoutIn gives it.
func (l *Library) HandoutAt(folder int, name, lang string) (*Handout, error) {
	return l.handoutIn(file{folder, name}, lang)
}

// StretchAt is the stretch in such a file.
func (l *Library) StretchAt(folder int, name string) (*Stretch, error) {
	return l.stretch(file{folder, name})
}

func inLanguage[T any](l *Library, kind, id string, names func() []nickname, read func(file) (*T, error)) (*T, error) {
	f, ok := l.seek(kind, id, names)
	if !ok {
		return nil, l.unknown(kind, id, names())
	}
	return read(f)
}

// inEachLanguage are the translations of what has that ID; those with mistakes are left out.
func inEachLanguage[T any](l *Library, id string, in func(file, string) (*T, error), kind string) (list []*T) {
	f, ok := l.find(kind, id)
	if !ok {
		return nil
	}
	for _, lang := range l.languages() {
		if _, ok := l.translation(kind, f, lang); !ok {
			continue
		}
		if said, err := in(f, lang); err == nil {
			list = append(list, said)
		}
	}
	return list
}

func (l *Library) handoutIn(f file, lang string) (*Handout, error) {
	h, err := l.handout(f)
	if err != nil || lang == "" || h.Lang == lang {
		return h, err
	}
	if f, ok := l.translation("handout", f, lang); ok {
		return l.handout(f)
	}
	return h, nil
}

func (l *Library) stretchIn(f file, lang string) (*Stretch, error) {
	s, err := l.stretch(f)
	if err != nil || lang == "" || s.Lang == lang {
		return s, err
	}
	if f, ok := l.translation("stretch", f, lang); ok {
		return l.stretch(f)
	}
	return s, nil
}

// translation is the file that says in a language what f says.
func (l *Library) translation(kind string, f file, lang string) (file, bool) {
	id, _ := idOf(l.layers[f.layer], f.name)
	for _, tag := range slices.Compact([]string{lang, baseLang(lang)}) {
		if g, ok := l.find(kind, id+"."+tag); ok && g.layer <= f.layer {
			return g, true
		}
		g := file{f.layer, path.Join(path.Dir(f.name), id+"."+tag+".md")}
		if info, err := fs.Stat(l.layers[g.layer], g.name); err == nil && !info.IsDir() {
			return g, true
		}
	}
	return file{}, false
}

// first is the file that f says in another language. Where it is, and may come, is put on
// the trail.
func (l *Library) first(kind string, f file, t *trail) (file, bool) {
	id, lang := idOf(l.layers[f.layer], f.name)
	if lang == "" {
		return file{}, false
	}
	beside := file{f.layer, path.Join(path.Dir(f.name), id+".md")}
	if _, err := readFile(t.on(l.layers[f.layer]), beside.name, maxText); err == nil {
		return beside, true
	}
	for _, layer := range l.layers {
		for _, name := range []string{path.Join(folder(kind), id+".md"), id + ".md"} {
			_, _ = readFile(t.on(layer), name, maxText)
		}
	}
	return l.find(kind, id)
}

// firstHandout is the handout that the one in f says in another language; nil for none.
func (l *Library) firstHandout(f file, t *trail) (*Handout, error) {
	from, ok := l.first("handout", f, t)
	if !ok {
		return nil, nil
	}
	return ReadHandout(t.on(l.layers[from.layer]), from.name)
}

// firstStretch is the stretch that the one in f says in another language; nil for none.
func (l *Library) firstStretch(f file, t *trail) (*Stretch, error) {
	from, ok := l.first("stretch", f, t)
	if !ok {
		return nil, nil
	}
	return ReadStretch(t.on(l.layers[from.layer]), from.name)
}

// foreign tells which of a handout's usual stretches are not there in its language.
func (l *Library) foreign(h *Handout) (warnings Errors) {
	for _, c := range slices.Concat(h.Default, h.Large) {
		if s, err := l.StretchIn(c.ID, h.Lang); err == nil && !SameLanguage(s.Lang, h.Lang) {
			warnings.add(c.Position, "not-in-language", "a file stretches/"+s.ID+"."+baseLang(h.Lang)+".md adds it",
				"the stretch %s has no text in the language %s, and is printed in %s", s.ID, h.Lang, s.Lang)
		}
	}
	return warnings
}

// SameLanguage tells whether two tags of BCP 47 are of one language, whatever the region.
func SameLanguage(a, b string) bool { return baseLang(a) == baseLang(b) }

// follow gives a translation what it does not say, before its text is read.
func (h *Handout) follow(first *Handout, given map[string]bool, errs *Errors) {
	h.Version, h.Look = cmp.Or(h.Version, first.Version), cmp.Or(h.Look, first.Look)
	if h.Sources == nil {
		h.Sources = first.Sources
	}
	if h.NotWith == nil {
		h.NotWith = first.NotWith
	}
	if given["stretches"] || given["stretches-large"] {
		return
	}
	h.Default, h.Large = first.Default, first.Large
	for _, c := range slices.Concat(h.Default, h.Large) {
		if c.Note != "" || c.Changes.Given&GivesUnit != 0 {
			errs.add(h.Position, "choice-not-translated", "write stretches: and stretches-large: here too",
				"the stretch %s is given there with words, in another language", c.ID)
		}
	}
}

// follow gives a translation what it does not say, before its steps are read.
func (s *Stretch) follow(first *Stretch, errs *Errors) {
	if first.Dose.Unit != "" && s.dosed&GivesUnit == 0 {
		one, many, _ := strings.Cut(first.Dose.Unit, "|")
		errs.add(s.Position, "unit-not-translated", "say it here: dose: {unit: vuelta lenta|vueltas lentas}",
			"the dose of the other file is counted in %s", clip(cmp.Or(many, one)))
	}
	s.Dose = Changes{s.Dose, s.dosed}.of(first.Dose)
	s.dosed |= first.dosed
	s.Regions, s.Postures, s.Props = first.Regions, first.Postures, first.Props
	s.Sources, s.Video = first.Sources, cmp.Or(s.Video, first.Video)
}

// A facet is what a translation has to have in common with what it is of: a part, its
// marks, its numbers.
type facet struct {
	Position
	says string
}

// numeral finds numbers in figures.
var numeral = regexp.MustCompile(`\d+`)

// facetOf is that of a text in a part.
func facetOf(at Position, part string, t Text) facet {
	var has []string
	if t.LeadIn() != nil {
		has = append(has, "a lead-in")
	}
	if t.each() {
		has = append(has, "words for each side")
	}
	for _, s := range t {
		if s.Slot != NoSlot {
			has = append(has, s.Slot.name())
		}
	}
	numbers := numeral.FindAllString(t.String(), -1)
	slices.Sort(numbers)
	if has = append(has, numbers...); has != nil {
		part += " with " + inWords(has)
	}
	return facet{at, part}
}

// facets are those of a handout.
func (h *Handout) facets() []facet {
	return append(facetsOf(h.Blocks), facet{h.Position, fmt.Sprintf("%d footnotes", len(h.Notes))})
}

func facetsOf(blocks []Block) (list []facet) {
	for _, b := range blocks {
		at := b.Pos()
		part := strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", b), "*content."))
		switch b := b.(type) {
		case *Heading:
			list = append(list, facet{at, fmt.Sprintf("a heading of level %d%s", b.Level, b.Mark.written(b.Give))})
			continue
		case *List:
			part = fmt.Sprintf("a list of %d", len(b.Items))
			if b.Boxes != nil {
				part += " with boxes"
			}
			part += b.Mark.written(0)
			list = append(list, facet{at, part})
			for _, item := range b.Items {
				list = append(list, facetsOf(item)...)
			}
			if b.Short != nil {
				list = append(list, facetOf(at, "a shorter list", b.Short))
			}
			continue
		case *Paragraph:
			list = append(list, facetOf(at, "a paragraph"+b.Mark.written(0), b.Text))
			if b.Short != nil {
				list = append(list, facetOf(at, "a shorter wording", b.Short))
			}
			continue
		case *Callout:
			list = append(list, facet{at, "a callout of kind " + calloutNames[b.Kind]})
			list = append(list, facetsOf(b.Blocks)...)
			continue
		case *Signs:
			for tier, signs := range b.Of {
				part += fmt.Sprintf(", %s: %d", tierNames[tier], len(signs))
			}
			part += b.Mark.written(0)
			list = append(list, facet{at, part})
		case *Diary:
			part += fmt.Sprintf(" of %d days", b.Days)
			list = append(list, facet{at, part})
		case *Reminder:
			list = append(list, facet{at, fmt.Sprintf("a reminder, %d times at %d:%02d", b.Times, b.Hour, b.Minute)})
		default:
			list = append(list, facet{at, "a part: " + part})
		}
		b.with(func(at Position, t Text, _ bool) Text {
			list = append(list, facetOf(at, "words", t))
			return t
		})
	}
	return list
}

// facets are those of a stretch.
func (s *Stretch) facets() []facet {
	dose := Changes{s.Dose, GivesReps | GivesSets | GivesSide | GivesPerDay | GivesDays}
	if s.Dose.Hold > 0 {
		dose.Given |= GivesHold
	}
	if s.Dose.Breath > 0 {
		dose.Given |= GivesBreaths
	}
	list := []facet{{s.Position, "the dose " + strings.Join(dose.written(), ", ")},
		{s.Position, fmt.Sprintf("%d steps", len(s.Steps))}}
	for i, t := range s.Steps {
		list = append(list, facetOf(s.Position, "a step", t))
		if s.Shorter != nil && s.Shorter[i] != nil {
			list = append(list, facet{s.Position, "a step in fewer words"})
		}
	}
	for i, r := range s.Remarks {
		if r.Text != nil {
			list = append(list, facetOf(s.Position, "## "+remarkParts[i], r.Text))
		}
	}
	if s.Ask != nil {
		list = append(list, facetOf(s.Position, "who asks first", s.Ask))
	}
	return append(list, facetOf(s.Position, "when to stop", s.Stop))
}

// compare says where a translation and what it is of part company: the first place, for
// from there on they are not side by side.
func compare(here, there []facet, to *Errors) {
	for i := range min(len(here), len(there)) {
		if here[i].says != there[i].says {
			to.add(here[i].Position, "translation-differs",
				"a translation has the same parts, marks and numbers as the original",
				"this is %s, but line %d of the other file has %s", here[i].says, there[i].Line, there[i].says)
			return
		}
	}
	if len(here) != len(there) {
		to.add(here[len(here)-1].Position, "translation-ends",
			"a translation has the same parts, marks and numbers as the original",
			"this has %d parts, but the original has %d", len(here), len(there))
	}
}
