package content

import (
	"html"
	"slices"
	"strings"
	"unicode"
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
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r)
	})
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
