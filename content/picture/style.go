package picture

import (
	"cmp"
	"slices"
	"strings"
)

// What style sheets may have: selectors, and declarations times the elements
// and classes they are held against.
const (
	maxRules    = 2000
	maxMatching = 10_000_000
)

// declaration is one property of CSS and what it is to be.
type declaration struct {
	property, value string
	important       bool
}

// rule is a selector with its declarations: an element, an id and classes,
// each of which may be missing, that a node must have.
type rule struct {
	element, id  string
	classes      []string
	declarations []declaration
}

// weight is the selector's specificity: CSS 2.2, 6.4.3.
func (r rule) weight() int {
	w := len(r.classes) * 100
	if r.element != "" {
		w++
	}
	if r.id != "" {
		w += 1_000_000
	}
	return w
}

func (r rule) matches(n *node, classes []string) bool {
	if r.element != "" && r.element != n.name || r.id != "" && r.id != n.attr["id"] {
		return false
	}
	for _, c := range r.classes {
		if !slices.Contains(classes, c) {
			return false
		}
	}
	return true
}

// style gives every node what the style sheets among them and its own style
// attribute say, in the order of the cascade: CSS 2.2, 6.4.
func style(all []*node) error {
	var rules []rule
	for _, n := range all {
		if n.name != "style" {
			continue
		}
		more, err := n.sheet()
		if err != nil {
			return err
		}
		if rules = append(rules, more...); len(rules) > maxRules {
			return n.fail("svg-style-rules", plainSVG, "has more than %d style rules", maxRules)
		}
	}
	said, asked := 0, len(all)
	for _, r := range rules {
		said += 1 + len(r.declarations)
	}
	for _, n := range all {
		asked += len(strings.Fields(n.attr["class"]))
	}
	if said*asked > maxMatching {
		return refuse("svg-too-many-rules", "simplify it, or export the picture as PNG",
			"has too many style rules for its elements")
	}
	slices.SortStableFunc(rules, func(a, b rule) int { return cmp.Compare(a.weight(), b.weight()) })
	for _, n := range all {
		own := declarations(withoutComments(n.attr["style"]))
		if len(own) == 0 && len(rules) == 0 {
			continue
		}
		var list []declaration
		classes := strings.Fields(n.attr["class"])
		for _, r := range rules {
			if r.matches(n, classes) {
				list = append(list, r.declarations...)
			}
		}
		list = append(list, own...)
		n.css = make(map[string]string, len(list))
		for _, important := range []bool{false, true} {
			for _, d := range list {
				if d.important == important {
					n.css[d.property] = d.value
				}
			}
		}
	}
	return nil
}

// sheet reads a style element: rules whose selectors name an element, a class
// or an id, alone or together.
func (n *node) sheet() ([]rule, error) {
	text := withoutComments(string(n.text))
	if err := n.checkURLs(text); err != nil {
		return nil, err
	}
	var rules []rule
	for {
		text = strings.TrimLeft(text, space)
		if text == "" {
			return rules, nil
		}
		if text[0] == '@' {
			name, _, _ := strings.Cut(text[1:], " ")
			end := strings.IndexByte(text, ';')
			if end < 0 || name != "charset" && name != "namespace" {
				return nil, n.fail("svg-style-rule", plainSVG, "has a style rule that cannot be used (%q)",
					"@"+short(name))
			}
			text = text[end+1:]
			continue
		}
		selectors, rest, ok1 := strings.Cut(text, "{")
		body, rest, ok2 := strings.Cut(rest, "}")
		if !ok1 || !ok2 {
			return nil, n.fail("svg-style-sheet", plainSVG, "has a broken style sheet")
		}
		text = rest
		list := declarations(body)
		for selector := range strings.SplitSeq(selectors, ",") {
			r, ok := readSelector(strings.Trim(selector, space))
			if !ok {
				return nil, n.fail("svg-style-rule", plainSVG, "has a style rule that cannot be used (%q)",
					short(strings.TrimSpace(selector)))
			}
			r.declarations = list
			if rules = append(rules, r); len(rules) > maxRules {
				return nil, n.fail("svg-style-rules", plainSVG, "has more than %d style rules", maxRules)
			}
		}
	}
}

// short keeps what an error quotes from a file short.
func short(text string) string {
	if runes := []rune(text); len(runes) > 24 {
		return string(runes[:24]) + "…"
	}
	return text
}

func readSelector(text string) (r rule, ok bool) {
	if strings.ContainsAny(text, " \t\r\n\f>+~[:\\\"'") || text == "" {
		return r, false
	}
	for text != "" {
		kind := byte(0)
		if text[0] == '.' || text[0] == '#' {
			kind, text = text[0], text[1:]
		}
		end := strings.IndexAny(text, ".#")
		if end < 0 {
			end = len(text)
		}
		name := text[:end]
		text = text[end:]
		switch {
		case name == "":
			return r, false
		case kind == '.':
			r.classes = append(r.classes, name)
		case kind == '#':
			r.id = name
		case name != "*":
			r.element = name
		}
	}
	return r, true
}

func withoutComments(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "/*")
		b.WriteString(before)
		if !found {
			break
		}
		_, text, _ = strings.Cut(rest, "*/")
		b.WriteByte(' ')
	}
	return strings.NewReplacer("<!--", " ", "-->", " ").Replace(b.String())
}

func declarations(text string) []declaration {
	var list []declaration
	for part := range strings.SplitSeq(text, ";") {
		property, value, ok := strings.Cut(part, ":")
		if !ok {
			continue
		}
		d := declaration{property: strings.ToLower(strings.Trim(property, space)), value: strings.Trim(value, space)}
		if before, mark, found := strings.Cut(d.value, "!"); found &&
			strings.EqualFold(strings.Trim(mark, space), "important") {
			d.value, d.important = strings.TrimRight(before, space), true
		}
		list = append(list, d)
	}
	return list
}
