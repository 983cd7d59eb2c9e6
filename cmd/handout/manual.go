package main

import (
	"regexp"
	"strings"
)

// The manual page, handout(1), is set from the help pages: what is said to who asks for help is
// said to who reads the manual. Its macros are those of man(7).

// manual is the page of all verbs.
func manual(verbs []verb) string {
	var b strings.Builder
	e := thisEdition()
	b.WriteString(".TH HANDOUT 1 \"" + e.day + "\" \"" + roff("handout "+e.Handout) + "\" \"User Commands\"\n")
	b.WriteString(".SH NAME\nhandout \\- make one\\-page handouts for the people you treat\n")
	b.WriteString(".SH SYNOPSIS\n.B handout\n.I verb\n[words and flags]\n")
	b.WriteString(".SH DESCRIPTION\n")
	chapter(&b, helpPage)
	for _, v := range verbs {
		if v.page != helpPage {
			title, rest, _ := strings.Cut(v.page, "\n")
			b.WriteString(".SH \"" + roff(strings.ToUpper(v.name)) + "\"\n" + roff(title) + ".\n.PP\n")
			chapter(&b, rest)
		}
	}
	return b.String()
}

var (
	example = regexp.MustCompile(`^  handout( |$)`)
	defined = regexp.MustCompile(`^  (\S.*?)(?:   *(\S.*))?$`) // a flag, and what it does
)

// chapter sets a help page: paragraphs, headings, commands as they are typed, and flags.
func chapter(b *strings.Builder, page string) {
	lines := strings.Split(strings.Trim(page, "\n"), "\n")
	in := ""      // what stands above: a command, a flag, a paragraph, or nothing
	column := 0   // where the words of a flag begin
	open := false // a command's lines are not run on until this is closed
	fresh := true // right below a heading
	apart := func() {
		if in != "words" && in != "example" && !fresh {
			b.WriteString(".PP\n")
		}
		fresh = false
	}
	end := func(next string) {
		if open && next != "example" {
			b.WriteString(".fi\n")
			open = false
		}
		in = next
	}
	for i, line := range lines {
		deep := len(line) - len(strings.TrimLeft(line, " "))
		switch {
		case line == "":
			end("")
		case example.MatchString(line):
			if !open {
				apart()
				b.WriteString(".nf\n")
			}
			end("example")
			open = true
			b.WriteString(roff(line) + "\n")
		case deep == 2:
			m := defined.FindStringSubmatchIndex(line)
			end("flag")
			fresh = false
			b.WriteString(".TP\n.B " + roff(line[m[2]:m[3]]) + "\n")
			if column = len(line); m[4] > 0 {
				column = m[4]
				b.WriteString(roff(line[m[4]:]) + "\n")
			}
		case deep > 2 && in == "example":
			b.WriteString(roff(line) + "\n")
		case deep > 2:
			if deep > column { // a list within
				b.WriteString(".br\n")
			}
			b.WriteString(roff(strings.TrimSpace(line)) + "\n")
		case in == "" && i+1 < len(lines) && isHeading(line, lines[i+1]):
			b.WriteString(".SS \"" + roff(line) + "\"\n")
			fresh = true
		default:
			apart()
			end("words")
			b.WriteString(roff(line) + "\n")
		}
	}
	end("")
}

// isHeading tells a heading from the first line of a paragraph: it is no sentence, and what is
// below it is not its second half.
func isHeading(line, next string) bool {
	below := strings.TrimLeft(next, " ")
	return !strings.ContainsAny(line[len(line)-1:], ".:;,") && below != "" &&
		(below != next || len(line) < 60 && below[0] >= 'A' && below[0] <= 'Z')
}

var escaped = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`, `"`, `\(dq`)

// roff is a line of text that no macro is mistaken for.
func roff(line string) string {
	line = escaped.Replace(line)
	if strings.HasPrefix(line, ".") {
		line = `\&` + line
	}
	return line
}
