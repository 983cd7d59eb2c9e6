package content

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
)

// Lists are counted by letters too, and texts refer to them: if b) hurts, do a). Markdown knows numbers alone, so that
// such a list is written as a numbered one whose items begin with their letters: 1. a) Ice.

// counterOf is what counts a list of the text: a), I. or (i), as it would stand before the first item; empty for
// numbers. The items are left without it.
func counterOf(n *ast.List, text []byte) (counter string) {
	if !n.IsOrdered() {
		return ""
	}
	type sign struct {
		words *ast.Text
		len   int
	}
	var signs []sign
	for c, nth := n.FirstChild(), n.Start; c != nil; c, nth = c.NextSibling(), nth+1 {
		if c.FirstChild() == nil {
			return ""
		}
		words, ok := c.FirstChild().FirstChild().(*ast.Text)
		if !ok {
			return ""
		}
		m := lettered.FindSubmatch(words.Segment.Value(text))
		if m == nil || n.ChildCount() == 1 && n.Start == 1 && unicode.IsUpper(rune(m[2][0])) { // 1. A. Smith says
			return ""
		}
		count, kind := counts(string(m[2]), nth)
		if way := string(m[1]) + kind + string(m[3]); count != nth || counter != "" && counter != way {
			return ""
		} else {
			counter = way
		}
		signs = append(signs, sign{words, len(m[0])})
	}
	for _, s := range signs {
		s.words.Segment = s.words.Segment.WithStart(s.words.Segment.Start + s.len)
	}
	return counter
}

var lettered = regexp.MustCompile(`^(\(?)([a-zA-Z]|[ivxIVX]{2,4})([.)])(?:[ \t]+|$)`)

// Label is what stands before the item i of a list that is counted.
func (l *List) Label(i int) string {
	n := l.Start + i
	kind := strings.Trim(l.Counter, "().")
	var sign string
	switch strings.ToLower(kind) {
	case "a":
		sign = string(rune('a' + n - 1))
	case "i":
		sign = romans[n-1]
	default:
		return strconv.Itoa(n) + "."
	}
	if kind == strings.ToUpper(kind) {
		sign = strings.ToUpper(sign)
	}
	return strings.Replace(l.Counter, kind, sign, 1)
}
