package content

import (
	"bytes"
	"strings"
	"time"

	"github.com/goccy/go-yaml/token"
)

// front takes the front matter off a file: the YAML between two lines of three
// dashes. Body is the offset of what follows; a file without front matter is all body.
// It reports nothing read if the front matter cannot be told from the body.
//
// People type it in programs that make a long dash of three, or leave the dashes out:
// that is understood, and said.
func (s *source) front(errs *Errors) (yaml []byte, start, body int, ok bool) {
	for start < len(s.text) && strings.IndexByte(" \t\n", s.text[start]) >= 0 {
		start++
	}
	line, rest, more := bytes.Cut(s.text[start:], []byte("\n"))
	if s.doc || !more && len(line) == 0 {
		return nil, 0, 0, true
	}
	typed, drawn := dashes(line)
	key := factKey(rest)
	if drawn && !(typed && start == 0) && (key == "" || !knownFacts[key]) {
		return nil, 0, 0, true // a line across the page
	}
	if !drawn {
		return s.bare(start)
	}
	understood := start > 0 || !typed
	start = len(s.text) - len(rest)
	for at := start; at < len(s.text); {
		line, _, _ := bytes.Cut(s.text[at:], []byte("\n"))
		next := min(at+len(line)+1, len(s.text))
		if exact, drawn := dashes(line); exact || drawn && !typed {
			if understood {
				s.notes.add(s.at(0), "front-matter-understood", "", frontUnderstood)
			}
			return s.text[start:at], start, next, true
		}
		at = next
	}
	errs.add(s.at(0), "front-matter-not-closed", "put a line of three dashes after it: ---",
		"the front matter is not closed")
	return nil, 0, 0, false
}

const frontUnderstood = "the lines at the top were read as the facts that stand between two lines of ---"

// dashes tells a line of three dashes, and one that a program has made of three dashes.
func dashes(line []byte) (typed, drawn bool) {
	s := strings.TrimRight(string(line), " \t")
	typed = s == "---"
	long := strings.ContainsAny(s, "—–―")
	return typed, typed || strings.Trim(s, "-—–―") == "" && (long || len(s) > 2)
}

// factKey is the key that text begins with, as in "Title: Neck care".
func factKey(text []byte) string {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	name, _, ok := strings.Cut(string(line), ":")
	if !ok || len(name) > 20 || strings.TrimLeft(name, " \t") != name {
		return ""
	}
	return keyName(name)
}

// knownFacts are the keys of handouts and stretches that nothing but facts begins with.
var knownFacts = map[string]bool{"kind": true, "title": true, "subtitle": true, "name": true, "lang": true,
	"summary": true, "version": true, "stretches": true, "look": true, "target": true, "dose": true}

// otherKeys are what programs of notes and of web pages put into a front matter.
var otherKeys = setOf("tags tag aliases alias cssclass cssclasses created updated modified date author authors " +
	"draft slug permalink publish published layout categories category keywords id uid uuid status owner icon " +
	"banner cover toc output weight parent type date-created date-modified created-time last-edited-time " +
	"last-modified notion-id up template url")

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// bare finds facts that stand at the top without dashes: lines with our keys, as far as
// the first empty one, a title or a name among them.
func (s *source) bare(start int) (yaml []byte, from, body int, ok bool) {
	named, dosed := false, false
	at := start
	for at < len(s.text) {
		line, _, _ := bytes.Cut(s.text[at:], []byte("\n"))
		if len(bytes.TrimSpace(line)) == 0 {
			break
		}
		next := min(at+len(line)+1, len(s.text))
		if _, drawn := dashes(line); drawn && at > start {
			if named {
				s.notes.add(s.at(0), "front-matter-understood", "", frontUnderstood)
				return s.text[start:at], start, next, true
			}
			break
		}
		key := factKey(line)
		if !knownFacts[key] && (at == start || line[0] != ' ' && line[0] != '-' && key == "") {
			return nil, 0, 0, true
		}
		dosed = dosed || key == "dose" || key == "kind"
		named = named || key == "title" || key == "name"
		at = next
	}
	if !named || !dosed && factKey(s.text[start:]) == "name" || len(bytes.TrimSpace(s.text[at:])) == 0 {
		return nil, 0, 0, true
	}
	s.notes.add(s.at(0), "front-matter-understood", "", frontUnderstood)
	return s.text[start:at], start, at, true
}

// fillFront reads a file's front matter and returns the keys that have a value;
// nil if it could not be read, so that nothing can be said to be missing.
func (s *source) fillFront(errs *Errors, keys []key) (given map[string]bool, body int, ok bool) {
	yaml, start, body, ok := s.front(errs)
	if !ok {
		return nil, 0, false
	}
	f := &form{src: s, errs: errs, others: otherKeys}
	f.line = bytes.Count(s.text[:start], []byte("\n"))
	return f.fill(yaml, keys), body, true
}

// kindOf tells what a Markdown file says it is, or looks like: "handout" or "stretch".
// Said is false where it had to be guessed.
func (s *source) kindOf() (kind string, said bool) {
	var none Errors
	copied := *s
	yaml, _, _, _ := copied.front(&none)
	kind = "handout"
	if beyond(yaml) != nil {
		return kind, false
	}
	tokens, _ := tokenize(yaml)
	for i, t := range tokens {
		if t.Position.Column > 1 || i+1 == len(tokens) || tokens[i+1].Type != token.MappingValueType {
			continue
		}
		switch keyName(t.Value) {
		case "kind":
			if i+2 < len(tokens) && tokens[i+2].Position.Column > 1 {
				return strings.TrimSpace(tokens[i+2].Value), true
			}
			return "", true
		case "dose", "figures", "target", "name":
			kind = "stretch"
		}
	}
	return kind, false
}

// lang is a language tag of BCP 47: a language, perhaps a script, perhaps a region.
func (v value) lang() string {
	s := v.text()
	if !isLang(s) {
		v.bad("not-a-language", "write it like en, es or pt-BR", "this is not a language's code")
		return ""
	}
	return s
}

func isLang(s string) bool {
	parts := strings.Split(s, "-")
	letters := func(s string, low, high int) bool {
		return len(s) >= low && len(s) <= high && strings.Trim(s,
			"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
	}
	if len(parts) > 3 || !letters(parts[0], 2, 3) || parts[0] != strings.ToLower(parts[0]) {
		return false
	}
	for i, p := range parts[1:] {
		script := letters(p, 4, 4) && i == 0
		region := letters(p, 2, 2) || len(p) == 3 && strings.Trim(p, "0123456789") == ""
		if !script && !(region && i == len(parts)-2) {
			return false
		}
	}
	return true
}

// baseLang is the language of a tag without script and region.
func baseLang(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(base)
}

// month is a month or a day, as YYYY-MM or YYYY-MM-DD.
func (v value) month() string {
	s := v.text()
	if _, err := time.Parse("2006-01", s); err == nil {
		return s
	}
	if _, err := time.Parse(time.DateOnly, s); err == nil {
		return s
	}
	v.bad("not-a-month", "write it like 2026-11 or 2026-11-22", "this is not a month or a day")
	return ""
}

// signOff is who checked a text, in what capacity, and when: all three, or nobody has.
func (v value) signOff() SignOff {
	const hint = "write signed-off: {name: Jane Doe, credential: PT, date: 2026-11}"
	if !v.isMapping() {
		v.bad("sign-off-not-keys", hint, "this does not say who signed off the text, with what credential, and when")
		return SignOff{}
	}
	var s SignOff
	given := v.fill([]key{
		{"name", func(v value) { s.Name = v.text() }}, {"credential", func(v value) { s.Credential = v.text() }},
		{"date", func(v value) { s.Date = v.month() }},
	})
	for _, name := range [...]string{"name", "credential", "date"} {
		if !given[name] {
			v.bad("sign-off-incomplete", hint, "the %s of whoever signed off the text is missing", name)
		}
	}
	return s
}

// reviewed is what files said before they named who checked a text.
func (v value) reviewed(warnings *Errors) {
	if v.month() != "" {
		warnings.add(v.pos, "reviewed-by-nobody", "write signed-off: {name: Jane Doe, credential: PT, date: 2026-11}",
			"this names nobody, so the page does not say that the text was checked")
	}
}

// is checks a file's own word on its kind.
func (v value) is(kind string) {
	if s := v.text(); s != kind {
		v.bad("wrong-kind", "say kind: "+kind+", or nothing", "this file is read as a %s", kind)
	}
}
