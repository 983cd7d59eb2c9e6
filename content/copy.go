package content

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Copy is a file of a shipped text, to be edited by somebody who begins from ours.
type Copy struct {
	Name string // in its folder: packs/ID.yaml, or at its top
	Text []byte
}

// CopyOf is what is shipped by that name, a handout, a stretch or with @ before it a pack, as
// files of one's own; of a handout or a stretch in a language, empty for its first, and of a
// stretch the poses of its figures too. Kind is what it is: "handout", "stretch" or "pack".
func CopyOf(name, lang string) (kind string, files []Copy, err error) {
	l := Open()
	if isPack(name) {
		p, err := l.Pack(name)
		if err != nil {
			return "", nil, err
		}
		file := "packs/" + p.ID + ".yaml"
		return "pack", []Copy{{file, l.text(file)}}, nil
	}
	kind = "handout"
	f, ok := l.find(kind, name)
	if !ok {
		kind = "stretch"
		f, ok = l.find(kind, name)
	}
	if !ok {
		f, ok = l.seek(kind, name, l.stretchNames)
	}
	if !ok {
		kind = "handout"
		f, ok = l.seek(kind, name, l.handoutNames)
	}
	if !ok {
		return "", nil, l.unknownText(name)
	}
	first := frontOf(l.text(f.name))
	id, _ := idOf(l.layers[0], f.name)
	file := id + ".md"
	whole := first
	if lang != "" && !SameLanguage(lang, "en") {
		g, ok := l.translation(kind, f, lang)
		if !ok {
			return "", nil, &Error{Code: "copy-not-in-language",
				Message: fmt.Sprintf("%s has no text in the language %s", id, clip(lang)),
				Hint:    "copy it without --lang, and write it in yours: " + id + "." + baseLang(lang) + ".md"}
		}
		whole, file = frontOf(l.text(g.name)), path.Base(g.name)
		whole.take(first)
		whole.lead("lang", baseLang(lang))
	}
	whole.lead("kind", kind)
	whole.without("signed-off", "version") // they were of ours
	if kind == "handout" {
		return kind, []Copy{{file, whole.bytes()}}, nil
	}
	for i, fact := range whole.facts {
		if fact.key != "figures" {
			continue
		}
		text := strings.NewReplacer("../poses/", "", ".fig", ".pose").Replace(fact.lines)
		whole.facts[i].lines = text
		for _, pose := range strings.FieldsFunc(strings.TrimPrefix(text, "figures:"), func(r rune) bool {
			return strings.ContainsRune("[], \n", r)
		}) {
			files = append(files, Copy{pose, l.text("poses/" + pose)})
		}
	}
	return kind, append([]Copy{{file, whole.bytes()}}, files...), nil
}

// text is a shipped file.
func (l *Library) text(name string) []byte {
	data, err := fs.ReadFile(l.layers[len(l.layers)-1], name)
	if err != nil {
		panic(err) // it is part of the program
	}
	return data
}

// unknownText is the error for what is no handout and no stretch.
func (l *Library) unknownText(name string) error {
	names := append(l.handoutNames(), l.stretchNames()...)
	var words []string
	for _, n := range names {
		words = append(words, n.id, n.name)
	}
	hint := "`handout list handouts` and `handout list stretches` show what there is; a pack has @ before its name"
	if near := Closest(name, words); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return &Error{Code: "nothing-to-copy", Hint: hint,
		Message: fmt.Sprintf("no handout or stretch is called %q", clip(name))}
}

// fronted is a text with its front matter as facts, each the lines of a key with the remarks
// above it.
type fronted struct {
	facts []fact
	body  string
}

type fact struct{ key, lines string }

// frontOf takes a shipped text apart.
func frontOf(text []byte) fronted {
	_, rest, _ := strings.Cut(string(text), "---\n")
	front, body, _ := strings.Cut(rest, "\n---\n")
	f := fronted{body: body}
	open := false // a remark waits for its key
	for line := range strings.Lines(front + "\n") {
		key, _, _ := strings.Cut(line, ":")
		within := strings.HasPrefix(line, " ") || strings.TrimSpace(line) == ""
		switch remark := strings.HasPrefix(line, "#"); {
		case within && len(f.facts) > 0, open:
			f.facts[len(f.facts)-1].lines += line
			if !within && !remark {
				f.facts[len(f.facts)-1].key, open = key, false
			}
		case remark:
			f.facts, open = append(f.facts, fact{"", line}), true
		default:
			f.facts = append(f.facts, fact{key, line})
		}
	}
	return f
}

// wordless are the facts that a translation has from the text it is of.
var wordless = []string{"dose", "region", "position", "props", "figures", "sources", "video", "look", "not-with",
	"stretches", "stretches-large"}

// take gives a translation what it has from the text it is of.
func (f *fronted) take(first fronted) {
	for _, x := range first.facts {
		said := slices.ContainsFunc(f.facts, func(own fact) bool { return own.key == x.key })
		if slices.Contains(wordless, x.key) && !said {
			f.facts = append(f.facts, x)
		}
	}
}

// lead puts a fact first.
func (f *fronted) lead(key, value string) {
	f.without(key)
	f.facts = slices.Insert(f.facts, 0, fact{key, key + ": " + value + "\n"})
}

func (f *fronted) without(keys ...string) {
	f.facts = slices.DeleteFunc(f.facts, func(x fact) bool { return slices.Contains(keys, x.key) })
}

func (f fronted) bytes() []byte {
	var b strings.Builder
	b.WriteString("---\n")
	for _, x := range f.facts {
		b.WriteString(x.lines)
	}
	return []byte(b.String() + "---\n" + cmp.Or(f.body, "\n"))
}
