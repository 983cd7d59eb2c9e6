package content

import (
	"html"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

// Mail is how a clinic writes to the people it sends their handout to: the part
// mail of a brand file.
type Mail struct {
	From    string            // the sender's address; empty: the brand's Email
	ReplyTo string            // where answers go; empty: to the sender
	Lock    string            // what opens the PDF: birthdate, random, column or none; empty: as the batch is told
	Letters map[string]Letter // by language; for others there are the Words
}

// Letter is a mail's words: a template with placeholders, or filled in. A template
// may lack any of them: the Words' stands in its place, and the HTML is made of the
// text.
type Letter struct {
	Subject string // one line, at most 150 characters
	Text    string // lines ended by \n
	HTML    string // in a template what stands in the body, at most 20,000 characters
}

// Limits of a letter, in characters.
const (
	maxSubject    = 150
	maxLetterText = 4000
	maxLetterHTML = 20000
)

// letterPlaceholders are the words in braces a letter fills in. {locked} is the
// sentence about the password, where the PDF has one.
var letterPlaceholders = []string{"patient", "clinic", "handout", "date", "therapist", "next", "phone", "locked"}

// Sender is the address a brand's mail is from, or "" if it has none.
func (b *Brand) Sender() string {
	if b.Mail.From != "" {
		return b.Mail.From
	}
	return b.Email
}

// Lock is what opens the PDF a letter goes with.
type Lock uint8

const (
	Unlocked          Lock = iota
	Locked                 // a password the patient is told otherwise
	LockedByBirthDate      // the patient's, as YYYYMMDD
)

// Letter is the mail that the page goes with, in its
// language: the brand's words, or ours.
//
// A line with a placeholder there is nothing for is left out; but {clinic} always
// becomes something, and {patient} goes alone, with the space and comma before it.
func (p *Page) Letter(b *Brand, lock Lock) Letter {
	l := p.Words.letter
	if own, ok := b.Mail.Letters[p.Lang]; ok {
		l = own.over(l)
	} else if own, ok := b.Mail.Letters[baseLang(p.Lang)]; ok {
		l = own.over(l)
	}
	values := map[string]string{
		"patient": p.Visit.Patient, "clinic": b.Name, "handout": p.Title, "date": p.Words.Date(p.Visit.Date),
		"therapist": p.Visit.Therapist, "next": p.Visit.Next,
	}
	if b.Name == "" {
		values["clinic"] = p.Words.Clinic
	}
	if p.Visit.Therapist == "" {
		values["therapist"] = b.Therapist
	}
	if len(b.Phones) > 0 {
		values["phone"] = b.Phones[0]
	}
	switch lock {
	case Locked:
		values["locked"] = p.Words.locked
	case LockedByBirthDate:
		values["locked"] = p.Words.born
	}
	filled := Letter{Subject: strings.TrimSpace(fillLines(l.Subject, values))}
	if !says(filled.Subject) { // it was all placeholders there is nothing for
		filled.Subject = strings.TrimSpace(fillLines(p.Words.letter.Subject, values))
	}
	if !says(filled.Subject) {
		filled.Subject = values["clinic"]
	}
	for name, v := range values {
		if v != "" && name != "locked" && ReadsFromRight(p.Lang) {
			values[name] = "\u2068" + v + "\u2069" // keeps its own order (UAX #9), as on the page
		}
	}
	if filled.Text = fillLines(l.Text, values); !says(filled.Text) {
		filled.Text = fillLines(p.Words.letter.Text, values)
	}
	body := htmlOf(filled.Text)
	if l.HTML != "" {
		for name, v := range values {
			values[name] = html.EscapeString(v)
		}
		// A line that is left out must not have joined two halves of something else.
		if own := fillLines(l.HTML, values); refused(own) == "" {
			body = own
		}
	}
	filled.HTML = shell(p.Lang, filled.Subject, body)
	return filled
}

// says tells whether somebody reads something in s: a letter, a number or a picture.
func says(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r) })
}

// over is l, with other's words where it has none. The HTML is the text's
// companion, so it is not taken from another.
func (l Letter) over(other Letter) Letter {
	if l.Subject == "" {
		l.Subject = other.Subject
	}
	if l.Text == "" {
		l.Text = other.Text
	}
	return l
}

// fillLines fills in a template, line by line.
func fillLines(s string, values map[string]string) string {
	var b strings.Builder
	empty := true // the line before was, or there was none
	for line := range strings.SplitSeq(strings.TrimSpace(s), "\n") {
		line, keep := fillLine(strings.TrimRight(line, " \t\r"), values)
		if !keep || line == "" && empty {
			continue
		}
		empty = line == ""
		b.WriteString(line + "\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func fillLine(line string, values map[string]string) (filled string, keep bool) {
	var b strings.Builder
	for {
		from, to := placeholder(line)
		if from < 0 {
			b.WriteString(line)
			return b.String(), true
		}
		before, name := line[:from], line[from+1:to-1]
		line = line[to:]
		value := values[name]
		switch {
		case !slices.Contains(letterPlaceholders, name):
			value = "{" + name + "}" // a template's are known; this stands in a name
		case value == "" && name != "patient":
			return "", false
		case value == "":
			before = strings.TrimRight(before, " ,،")
			if b.Len() == 0 && before == "" {
				line = capital(strings.TrimLeft(line, " ,،;:"))
			}
		}
		b.WriteString(before + value)
	}
}

// mail reads the part mail of a brand.
func (v value) mail(b *Brand) {
	if !v.isMapping() {
		v.bad("write it as `from: hello@example.org`, one a line", "there should be keys and values here")
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
				v.bad("write some words, or delete the line", "this subject says nothing")
			case fillLines(l.Subject, map[string]string{"clinic": "x", "handout": "x"}) == "\n":
				*notes = append(*notes, "the mail's subject would be empty where there is nothing for its words in braces: ours goes out then")
			}
			if strings.Contains(l.Subject, "{patient}") || strings.Contains(l.Subject, "{handout}") {
				*notes = append(*notes, "the mail's subject says who the patient is or what it is about: locked telephones show it")
			}
		}},
		{"text", func(v value) { l.Text = v.template(maxLetterText) }},
		{"html", func(v value) {
			l.HTML = v.template(maxLetterHTML)
			if found := refused(l.HTML); found != "" {
				v.bad("words, paragraphs, lists, tables and links are welcome, with colours and sizes", "there can be no %q here: mail programs block it, or it tells others who reads", found)
			}
		}},
	})
	if l.HTML != "" && l.Text == "" {
		v.bad("add text: with the same words", "there is HTML here for those who read it, and no text for the others")
	}
	return l
}

// template reads lines of text with placeholders, each of them known.
func (v value) template(limit int) string {
	s, _ := v.raw()
	if len([]rune(s)) > limit {
		v.bad("make it shorter", "this is longer than %d characters", limit)
		return ""
	}
	line := v.pos
	for i, text := range strings.Split(s, "\n") {
		// Lines can be told apart only where YAML keeps them.
		if n, ok := v.node.(*ast.LiteralNode); ok && strings.HasPrefix(n.Start.Value, "|") {
			above := strings.Count(n.Value.Value[:max(0, strings.Index(n.Value.Value, strings.TrimSpace(n.Value.Value)))], "\n")
			line = Position{File: v.pos.File, Line: v.pos.Line + 1 + above + i, Column: 1}
		}
		for {
			from, to := placeholder(text)
			if from < 0 {
				break
			}
			if name := text[from+1 : to-1]; !slices.Contains(letterPlaceholders, name) {
				v.errs.add(line, hintFor(name, letterPlaceholders), "a letter has no placeholder {%s}", name)
			}
			text = text[to:]
		}
	}
	return s
}
