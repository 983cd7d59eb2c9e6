package content

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
	"golang.org/x/text/unicode/norm"
)

// form is a YAML mapping being read: a brand, a front matter, a file of words.
// We walk its nodes ourselves, for a decoder stops at the first mistake.
type form struct {
	src  *source
	line int // lines of the file before the YAML begins
	errs *Errors

	others map[string]bool // keys of other programs that may stand in it
}

// value is one node of a form.
type value struct {
	*form
	pos  Position
	node ast.Node
}

// key is a key a mapping may have and what becomes of its value.
type key struct {
	name string
	set  func(value)
}

// fill reads text as a mapping with no other keys than those given. It returns the
// keys that have a value; nil if text could not be read at all.
func (f *form) fill(text []byte, keys []key) (given map[string]bool) {
	text = spaced(text)
	if err := beyond(text); err != nil {
		f.errs.join(placed(err, f.place(nil)))
		return nil
	}
	file, err := f.parse(text)
	if err != nil {
		pos, message := f.place(nil), ""
		var syntax *yaml.SyntaxError
		if errors.As(err, &syntax) { // whose Error prints the file
			pos, message = f.place(syntax.Token), syntax.Message
		} else {
			message = err.Error()
		}
		hint := "a line here is `key: text`; put text with a colon or # in it in \"quotes\""
		if strings.Contains(message, "escape") {
			hint = inQuotes
		}
		f.errs.add(pos, "yaml-broken", hint,
			"the YAML is broken here: %s", strings.ToLower(message))
		return nil
	}
	var body ast.Node
	for _, doc := range file.Docs {
		switch {
		case doc.Body == nil:
		case body != nil:
			f.errs.add(f.place(doc.Body.GetToken()), "second-document", "delete the line of dashes before it",
				"there is a second document here")
		default:
			body = doc.Body
		}
	}
	if body == nil || body.Type() == ast.CommentType || body.Type() == ast.NullType {
		return map[string]bool{}
	}
	return f.value(body).fill(keys)
}

// beyond says what is too much for the library, which takes the square of some texts'
// length and goes down into itself for others; nil if nothing is.
func beyond(text []byte) error {
	const shorter = "what is printed at length goes into a handout"
	switch {
	case len(text) > maxYAML:
		return Errorf("yaml-too-long", shorter, "there is more than %d kB of YAML here", maxYAML>>10)
	case bytes.Count(text, []byte("\n")) > maxLines:
		return Errorf("yaml-too-many-lines", shorter, "there are more than %d lines of YAML here", maxLines)
	case deep(text):
		return Errorf("yaml-too-deep", "close brackets with ] or }, and write one - a line",
			"brackets or lists are nested more than %d deep", maxDeep)
	}
	return nil
}

// spaced is text with spaces for the tabs that do not begin a line: the library
// drops them, and with them the space between two words.
func spaced(text []byte) []byte {
	if bytes.IndexByte(text, '\t') < 0 {
		return text
	}
	text = bytes.Clone(text)
	begun := false
	for i, c := range text {
		if c == '\t' && begun {
			text[i] = ' '
		}
		begun = c != '\n' && (begun || c != ' ' && c != '\t')
	}
	return text
}

// deep tells text that would send the library down into itself, or into a search that
// begins anew at each sign: many brackets open, or many signs of lists, keys, names and
// types before the first word of a line.
func deep(text []byte) bool {
	open := 0
	if bytes.Contains(text, bytes.Repeat([]byte("<"), maxDeep+1)) {
		return true
	}
	for line := range bytes.Lines(text) {
		signs := 0
		for _, word := range bytes.Fields(line) {
			if len(word) > 1 && word[0] != '!' && word[0] != '&' || !bytes.ContainsAny(word[:1], "-?:!&") {
				break
			}
			signs++
		}
		for _, c := range line {
			switch c {
			case '[', '{':
				open++
			case ']', '}':
				open--
			}
			if open > maxDeep {
				return true
			}
		}
		if signs > maxDeep {
			return true
		}
	}
	return false
}

// survive keeps a panic of the library, which is large and reads what strangers
// wrote, from ending a whole batch.
func survive(err *error) {
	if recover() != nil {
		*err = errors.New("it cannot be read")
	}
}

// A pack among stretches begins with @, which YAML keeps for itself. While the library
// reads, a character stands for it that no source holds.
const heldAt = "\x01"

var beginsAt = regexp.MustCompile(`(?m)((?:[\[,]|^[ \t]*-[ \t]|\bstretch(?:es(?:-large)?)?:[ \t])[ \t]*)@`)

func restored(s string) string { return strings.ReplaceAll(s, heldAt, "@") }

func tokenize(text []byte) (tokens token.Tokens, err error) {
	defer survive(&err)
	if bytes.IndexByte(text, '@') >= 0 {
		text = beginsAt.ReplaceAll(text, []byte("${1}"+heldAt))
	}
	return lexer.Tokenize(string(text)), nil
}

func (f *form) parse(text []byte) (file *ast.File, err error) {
	defer survive(&err)
	tokens, err := tokenize(text)
	if err != nil {
		return nil, err
	}
	f.unread(tokens)
	return parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
}

// unread finds the words that YAML does not read although somebody meant them: "12
// Main Street #4", "main: #aa0000", "name: Null". A comment is one beyond doubt if a
// space and a word begin it, and something stands before it.
func (f *form) unread(tokens token.Tokens) {
	for i, t := range tokens {
		switch {
		case t.Type == token.NullType:
			f.errs.add(f.place(t), "yaml-null", "put it in \"quotes\" if it is text, or delete the line",
				"YAML reads %s as nothing at all", clip(t.Value))
		case t.Type != token.CommentType || i == 0 ||
			alone(tokens, i) && !(t.Position.Column > 1 && goesOn.MatchString(t.Value)):
		case !hasValue(tokens, i):
			f.errs.add(f.place(t), "yaml-comment-alone", "put what is meant in \"quotes\", or delete the line",
				"what follows # is a comment, and there is nothing else here")
		case meant.MatchString(t.Value):
			f.errs.add(f.place(t), "yaml-comment-meant",
				"put the whole text in \"quotes\"; a comment begins with a space and a word",
				"what follows # is a comment, and is not read")
		}
	}
}

// meant is how text goes on after a # that is no comment's: #4, # 4, #west, #aa0000.
// On a line of its own, set in, it is the next line of a text only with a number.
var (
	meant  = regexp.MustCompile(`^(?:[^\s#=*!~_.+-]| *[0-9]| *[0-9A-Fa-f]{6}\b)`)
	goesOn = regexp.MustCompile(`^[0-9]`)
)

// alone tells whether nothing stands before the comment i on its line.
func alone(tokens token.Tokens, i int) bool {
	before := tokens[i-1]
	last := before.Position.Line
	if before.Type == token.DoubleQuoteType || before.Type == token.SingleQuoteType {
		last += strings.Count(before.Origin, "\n")
	}
	return last < tokens[i].Position.Line
}

// hasValue tells whether the comment i stands behind a value, or before one that is
// set in below it.
func hasValue(tokens token.Tokens, i int) bool {
	owner := tokens[i-1]
	switch owner.Type {
	case token.MappingValueType:
		for j := i - 2; j >= 0 && tokens[j].Position.Line == owner.Position.Line; j-- { // back to the key
			if owner = tokens[j]; j > 0 && tokens[j-1].Type == token.SequenceEntryType {
				break
			}
		}
	case token.SequenceEntryType:
	default:
		return true
	}
	for _, next := range tokens[i+1:] {
		if next.Type != token.CommentType {
			return next.Position.Column > owner.Position.Column ||
				tokens[i-1].Type == token.MappingValueType && next.Type == token.SequenceEntryType &&
					next.Position.Column == owner.Position.Column
		}
	}
	return false
}

// place is where a token stands in the file.
func (f *form) place(t *token.Token) Position {
	if t == nil || t.Position == nil {
		return f.src.spot(f.line+1, 1)
	}
	return f.src.spot(f.line+max(1, t.Position.Line), max(1, t.Position.Column))
}

func (f *form) value(n ast.Node) value {
	t := n.GetToken()
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 && !m.IsFlowStyle {
		t = m.Values[0].Key.GetToken()
	}
	if m, ok := n.(*ast.MappingValueNode); ok {
		t = m.Key.GetToken()
	}
	return value{form: f, pos: f.place(t), node: n}
}

// entry is a key of a mapping with its value; an absent value has no node, and stands at its key.
type entry struct {
	name  string
	at    Position
	value value
}

// entries are the value's keys and values in order; nil if it is no mapping.
func (v value) entries() []entry {
	var nodes []*ast.MappingValueNode
	switch n := v.node.(type) {
	case *ast.MappingNode:
		nodes = n.Values
	case *ast.MappingValueNode:
		nodes = []*ast.MappingValueNode{n}
	}
	list := make([]entry, 0, len(nodes))
	for _, n := range nodes {
		e := entry{name: restored(n.Key.GetToken().Value), at: v.place(n.Key.GetToken())}
		e.value = value{form: v.form, pos: e.at}
		if n.Value != nil && n.Value.Type() != ast.NullType {
			e.value = v.value(n.Value)
		}
		list = append(list, e)
	}
	return list
}

func (v value) isMapping() bool {
	switch v.node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

// fill reads the value as a mapping with no other keys than those given, and
// returns the keys that have a value. A key without one is as good as no key.
func (v value) fill(keys []key) (given map[string]bool) {
	if !v.isMapping() {
		v.bad("not-a-mapping", "write it as `key: text`, one a line", "there should be keys and values here")
		return nil
	}
	seen := map[string]bool{}
	given = map[string]bool{}
	for _, e := range v.entries() {
		if name := keyName(e.name); slices.ContainsFunc(keys, func(k key) bool { return k.name == name }) {
			e.name = name
		}
		if seen[e.name] {
			v.errs.add(e.at, "key-twice", "delete one", "there are two keys called %q", clip(e.name))
			continue
		}
		seen[e.name] = true
		i := slices.IndexFunc(keys, func(k key) bool { return k.name == e.name })
		switch {
		case i < 0 && v.others[keyName(e.name)]:
			v.src.notes.add(e.at, "key-of-another-program", "",
				"%q is another program's, and is left out", clip(e.name))
		case i < 0:
			v.errs.add(e.at, "unknown-key", keyHint(keyName(e.name), keyNames(keys)),
				"there is no key called %q", clip(e.name))
		case e.value.node != nil:
			given[e.name] = !e.value.blank()
			keys[i].set(e.value)
		}
	}
	return given
}

func keyNames(keys []key) []string {
	s := make([]string, len(keys))
	for i, k := range keys {
		s[i] = k.name
	}
	return s
}

func (v value) bad(code, hint, format string, args ...any) {
	v.errs.add(v.pos, code, hint, format, args...)
}

// raw is the text of a scalar exactly as meant, whatever YAML takes it for:
// a phone number is not a number, and NO is Norway.
func (v value) raw() (string, bool) {
	var s string
	switch n := v.node.(type) {
	case *ast.StringNode:
		s = n.Value
	case *ast.LiteralNode:
		s = n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		s = n.GetToken().Value
	default:
		v.bad("not-plain-text", "put it in \"quotes\" if it is text", "there should be plain text here")
		return "", false
	}
	s = restored(s)
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }) {
		v.bad("escape-unprintable", "write the characters themselves",
			"an escape here makes a character no page can hold")
		return "", false
	}
	s = strings.TrimSpace(s)
	if s != "" && blank(s) {
		v.bad("text-unseen", "write it, or delete the line", "there are only characters here that cannot be seen")
		return "", false
	}
	return norm.NFC.String(s), true
}

// blank tells whether the value is text of which nothing can be seen.
func (v value) blank() bool {
	switch n := v.node.(type) {
	case *ast.StringNode:
		return blank(n.Value)
	case *ast.LiteralNode:
		return blank(n.Value.Value)
	}
	return false
}

// text is a line of text of at most 500 characters.
func (v value) text() string {
	s, _ := v.raw()
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > 500 {
		v.bad("line-too-long", "say it in a line", "this is longer than 500 characters")
		return ""
	}
	return s
}

// items are the values of a list, or the value itself.
func (v value) items() []value {
	n, ok := v.node.(*ast.SequenceNode)
	if !ok {
		return []value{v}
	}
	var list []value
	for _, x := range n.Values {
		if x != nil && x.Type() != ast.NullType {
			list = append(list, v.value(x))
		}
	}
	return list
}

// texts are the lines of a list, or the one line.
func (v value) texts() []string {
	var list []string
	for _, x := range v.items() {
		if s := x.text(); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// number is a whole number from low to high.
func (v value) number(low, high int) int {
	s, ok := v.raw()
	if !ok {
		return low
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high {
		v.bad("not-a-whole-number", "", "there should be a whole number here, from %d to %d", low, high)
		return low
	}
	return n
}

// set returns a setter for a line of text. There is no placeholder in it: a title
// becomes the document's title, which is not private.
func set(to *string) func(value) {
	return func(v value) {
		if *to = v.text(); hasPlaceholder(*to) {
			v.bad("placeholder-here", "write the words themselves", "a placeholder cannot be used here")
		}
		if struck.MatchString(*to) {
			v.bad("struck-out", struckHint, struckOut)
		}
	}
}

// sets returns a setter for a list of lines.
func sets(to *[]string) func(value) { return func(v value) { *to = v.texts() } }
