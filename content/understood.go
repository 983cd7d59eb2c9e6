package content

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// What a text was read as, where it was not written for this program.

// titleOfFile is a title where a text has none: its file's name.
func titleOfFile(id string) string {
	words := strings.Join(strings.FieldsFunc(id, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }), " ")
	r, n := utf8.DecodeRuneInString(words)
	return strings.ToUpper(string(r)) + words[n:]
}

// Retitled is the handout with another title.
func (h *Handout) Retitled(title string) (*Handout, error) {
	title = strings.Join(strings.Fields(title), " ")
	switch {
	case utf8.RuneCountInString(title) > 200:
		return nil, Errorf("title-too-long", "say it in a line", "the title is longer than 200 characters")
	case hasPlaceholder(title) || blank(title):
		return nil, Errorf("title-unprintable", "write the words themselves", "this cannot be a title")
	}
	other := *h
	other.Title, other.titled = title, ""
	other.Warnings = slices.DeleteFunc(slices.Clone(h.Warnings), func(e *Error) bool {
		return e.Code == "title-found" || e.Code == "title-from-file"
	})
	return &other, nil
}

// Understood is what a text was read as, in a line, if it was not all written for this
// program; else "".
func (h *Handout) Understood() string {
	taken := false
	for _, w := range h.Warnings {
		taken = taken || understood[w.Code]
	}
	if !taken && !h.brought {
		return ""
	}
	var counts [5]int
	for _, b := range h.Blocks {
		switch b.(type) {
		case *Heading:
			counts[0]++
		case *Paragraph:
			counts[1]++
		case *List:
			counts[2]++
		case *Table:
			counts[3]++
		case *Figure:
			counts[4]++
		}
	}
	parts := []string{"the title “" + h.Title + "”" + h.titled}
	for i, what := range [...]string{"heading", "paragraph", "list", "table", "picture"} {
		if n := counts[i]; n > 1 {
			what += "s"
		} else if n == 0 {
			continue
		}
		parts = append(parts, fmt.Sprintf("%d %s", counts[i], what))
	}
	return strings.Join(parts, ", ")
}

// understood are the codes of what was read from plain lines.
var understood = map[string]bool{
	"title-found": true, "title-from-file": true, "read-as-encoding": true, "front-matter-understood": true,
	"read-as-heading": true, "sign-read-as-heading": true, "levels-shifted": true, "read-as-list": true,
	"read-as-lettered-list": true, "read-as-table": true, "read-as-paragraphs": true, "read-as-lines": true,
	"sign-left-out": true, "emoji-left-out": true,
}
