package content

import (
	"fmt"
	"slices"
	"strconv"
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
	return strings.Join(append([]string{strings.Join(parts, ", ")}, h.asides()...), "; ")
}

// asides are what else was understood of a text: its encoding, its language, what was left
// out of it, and what is still there although it may be no part of it.
func (h *Handout) asides() (list []string) {
	if h.encoding != "" {
		list = append(list, "in the encoding "+h.encoding)
	}
	lines := map[string][]int{}
	for _, w := range h.Warnings {
		if lines[w.Code] = append(lines[w.Code], w.Line); w.Code == "language-found" {
			list = append(list, "in the language "+h.Lang)
		}
	}
	for _, x := range [...]struct{ code, one, more string }{
		{"emoji-left-out", "emoji left out of a line", "emoji left out of %d lines"},
		{"comment-left-out", "a comment left out", "%d comments left out"},
		{"tags-left-out", "tags left out", "tags left out of %d lines"},
		{"key-of-another-program", "a fact for another program left out", "%d facts for other programs left out"},
		{"not-read-from-document", "something of the document left out", "%d things of the document left out"},
		{"from-a-web-page", "a line of a web page is still in it", "%d lines of a web page are still in it"},
		{"from-a-chat", "a line of a chat is still in it", "%d lines of a chat are still in it"},
		{"from-a-letter", "a line of a letter is still in it", "%d lines of a letter are still in it"},
	} {
		at := lines[x.code]
		switch {
		case len(at) == 1:
			list = append(list, x.one)
		case len(at) > 1:
			list = append(list, fmt.Sprintf(x.more, len(at)))
		default:
			continue
		}
		if strings.HasPrefix(x.code, "from-") {
			list[len(list)-1] += " (" + lineNumbers(at) + ")"
		}
	}
	return list
}

// lineNumbers are the lines of a file in words, the first of many.
func lineNumbers(at []int) string {
	words := make([]string, 0, len(at))
	for _, n := range at[:min(len(at), 8)] {
		words = append(words, strconv.Itoa(n))
	}
	if len(at) > 8 {
		words = append(words, "...")
	}
	if len(at) == 1 {
		return "line " + words[0]
	}
	return "lines " + strings.Join(words, ", ")
}

// understood are the codes of what was read from plain lines.
var understood = map[string]bool{
	"title-found": true, "title-from-file": true, "read-as-encoding": true, "front-matter-understood": true,
	"read-as-heading": true, "sign-read-as-heading": true, "levels-shifted": true, "read-as-list": true,
	"read-as-table": true, "read-as-paragraphs": true, "read-as-lines": true,
	"sign-left-out": true, "emoji-left-out": true, "from-a-web-page": true, "from-a-letter": true,
	"from-a-chat": true, "word-joined": true,
	"comment-left-out": true, "tags-left-out": true, "link-between-notes": true, "marked-words": true,
	"key-of-another-program": true, "language-found": true, "not-read-from-document": true,
}
