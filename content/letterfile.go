package content

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Limits of a letter, in characters.
const (
	maxSubject    = 150
	maxLetterText = 4000
	maxLetterHTML = 20000
)

// mail reads the part mail of a brand.
func (v value) mail(b *Brand) {
	if !v.isMapping() {
		v.bad("not-a-mapping", "write it as `from: hello@example.org`, one a line",
			"there should be keys and values here")
		return
	}
	b.Mail.Letters = map[string]Letter{}
	keys := []key{
		{"from", func(v value) { b.Mail.From = v.email() }},
		{"reply-to", func(v value) { b.Mail.ReplyTo = v.email() }},
		{"lock", func(v value) { b.Mail.Lock = v.oneOf("birthdate", "random", "column", "none") }},
	}
	for _, e := range v.entries() {
		if isLang(e.name) {
			keys = append(keys, key{e.name, func(v value) { b.Mail.Letters[e.name] = v.letter(&b.Notes) }})
		}
	}
	v.fill(keys)
}

// letter reads a letter's template. What it says on a locked screen is noted.
func (v value) letter(notes *[]string) Letter {
	var l Letter
	v.fill([]key{
		{"subject", func(v value) {
			before := len(*v.errs)
			l.Subject = strings.Join(strings.Fields(v.template(maxSubject)), " ")
			switch {
			case len(*v.errs) > before:
			case !says(l.Subject):
				v.bad("subject-empty", "write some words, or delete the line", "this subject says nothing")
			case fillLines(l.Subject, map[string]string{"clinic": "x", "handout": "x"}) == "\n":
				*notes = append(*notes, "the mail's subject would be empty where its words in braces have no value: "+
					"handout's own is used then")
			}
			if strings.Contains(l.Subject, "{patient}") || strings.Contains(l.Subject, "{handout}") {
				*notes = append(*notes, "the mail's subject says who the patient is or what it is about, and phones "+
					"show it even when locked")
			}
		}},
		{"text", func(v value) { l.Text = v.template(maxLetterText) }},
		{"html", func(v value) {
			l.HTML = v.template(maxLetterHTML)
			if found := refused(l.HTML); found != "" {
				v.bad("letter-blocked",
					"use words, paragraphs, lists, tables and links, with colours and sizes",
					"%s cannot be used here: mail programs block it, or it tells others who reads the mail", found)
			}
		}},
	})
	if l.HTML != "" && l.Text == "" {
		v.bad("letter-html-alone", "add text: with the same words",
			"there is HTML here, but no plain text for mail programs that do not show HTML")
	}
	return l
}

// template reads lines of text with placeholders, each of them known.
func (v value) template(limit int) string {
	s, _ := v.raw()
	if len([]rune(s)) > limit {
		v.bad("letter-too-long", "make it shorter", "this is longer than %d characters", limit)
		return ""
	}
	line := v.pos
	for i, text := range strings.Split(s, "\n") {
		// Lines can be told apart only where YAML keeps them.
		if n, ok := v.node.(*ast.LiteralNode); ok && strings.HasPrefix(n.Start.Value, "|") {
			above := strings.Count(n.Value.Value[:max(0,
				strings.Index(n.Value.Value, strings.TrimSpace(n.Value.Value)))], "\n")
			line = v.src.spot(v.line+n.Start.Position.Line+1+above+i, 1)
		}
		for {
			from, to := placeholder(text)
			if from < 0 {
				break
			}
			if name := text[from+1 : to-1]; !slices.Contains(letterPlaceholders, name) {
				v.errs.add(line, "unknown-letter-placeholder", hintFor(name, letterPlaceholders),
					"a letter has no placeholder {%s}", name)
			}
			text = text[to:]
		}
	}
	return s
}
