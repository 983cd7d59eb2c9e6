package content

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"golang.org/x/text/unicode/norm"
)

// Settings are the values of a YAML file whose keys stand one a line, as a brand's: a line
// of text each, or the lines of a list. A key within another is called by both: colors.main.
type Settings map[string]string

// ReadSettings are the settings of a file. The error has the first mistake that keeps it from
// being read; whether the values are right is not looked at.
func ReadSettings(text []byte) (Settings, error) {
	var errs Errors
	src := newSource("", "", text, &errs)
	if src == nil {
		return nil, errs.finish()
	}
	if err := beyond(spaced(src.text)); err != nil {
		return nil, err
	}
	f := &form{src: src, errs: &errs}
	file, err := f.parse(spaced(src.text))
	if err != nil {
		return nil, notEditable()
	}
	s := Settings{}
	if len(file.Docs) > 1 {
		return nil, notEditable()
	}
	for _, doc := range file.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.CommentType || doc.Body.Type() == ast.NullType {
			continue
		}
		body := f.value(doc.Body)
		if !body.isMapping() {
			return nil, notEditable()
		}
		s.read("", body)
	}
	return s, nil
}

func (s Settings) read(within string, v value) {
	for _, e := range v.entries() {
		switch name := within + e.name; {
		case e.value.node == nil:
		case e.value.isMapping() && within == "":
			s.read(name+".", e.value)
		default:
			var lines []string
			for _, x := range e.value.items() {
				text, _ := x.raw()
				lines = append(lines, text)
			}
			s[name] = strings.Join(lines, "\n")
		}
	}
}

// EditSettings gives a file other values; an empty one takes its key out. Every comment stays,
// and every line that has nothing to do with what is changed. A file that is written in
// another way than a key a line is refused.
func EditSettings(text []byte, changes Settings) ([]byte, error) {
	before, err := ReadSettings(text)
	if err != nil {
		return nil, err
	}
	e := editOf(text)
	wanted := maps.Clone(before)
	for _, key := range slices.Sorted(maps.Keys(changes)) {
		value := clean(changes[key])
		if value == before[key] {
			continue
		}
		if wanted[key] = value; value == "" {
			delete(wanted, key)
		}
		e.set(key, value)
	}
	edited := e.text()
	if after, err := ReadSettings(edited); err != nil || !maps.Equal(after, wanted) {
		return nil, notEditable()
	}
	return edited, nil
}

// clean is a value as it is read back: its lines without spaces at their ends.
func clean(value string) string {
	var lines []string
	for line := range strings.SplitSeq(norm.NFC.String(value), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// SettingAt is the key that a line of the file belongs to, from 1; empty for none.
func SettingAt(text []byte, line int) string {
	e := &edit{lines: strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")}
	for i := range e.lines {
		name := keyLine.FindStringSubmatch(e.lines[i])
		if name == nil {
			continue
		}
		at := e.span(i)
		if line-1 < at.from || line-1 >= at.to {
			continue
		}
		for k := at.from + 1; k < at.to; k++ {
			if within := innerLine.FindStringSubmatch(e.lines[k]); within != nil && k == line-1 {
				return name[1] + "." + within[1]
			}
		}
		return name[1]
	}
	return ""
}

func notEditable() error {
	return Errorf("not-editable", "write a key a line, as `handout init` does, or change it in an editor",
		"this file is written in a way that can only be changed in an editor")
}

// edit is a file that is being changed, by its lines.
type edit struct {
	lines []string
	end   string
}

func editOf(text []byte) *edit {
	e := &edit{lines: strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"), end: "\n"}
	if bytes.Contains(text, []byte("\r\n")) {
		e.end = "\r\n"
	}
	return e
}

func (e *edit) text() []byte { return []byte(strings.Join(e.lines, e.end)) }

// span is where a key stands with its value: from one line to before another.
type span struct{ from, to int }

var (
	keyLine   = regexp.MustCompile(`^["']?([A-Za-z][\w-]*)["']?[ \t]*:(?:[ \t]|$)`)
	innerLine = regexp.MustCompile(`^[ \t]+["']?([A-Za-z][\w-]*)["']?[ \t]*:(?:[ \t]|$)`)
	itemLine  = regexp.MustCompile(`^[ \t]*-[ \t]`)
)

// span is that of the key on a line: what is set in below it is its own, but for the comments
// at the end.
func (e *edit) span(i int) span {
	to := i + 1
	for k := i + 1; k < len(e.lines); k++ {
		line := e.lines[k]
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == "" || trimmed[0] == '#':
			continue
		case line[0] != ' ' && line[0] != '\t' && line[0] != '-':
			return span{i, to}
		}
		to = k + 1
	}
	return span{i, to}
}

// find is where a key stands, within another if it is.
func (e *edit) find(name string) (span, bool) {
	outer, inner, nested := strings.Cut(name, ".")
	for i, line := range e.lines {
		m := keyLine.FindStringSubmatch(line)
		if m == nil || m[1] != outer {
			continue
		}
		at := e.span(i)
		if !nested {
			return at, true
		}
		for k := at.from + 1; k < at.to; k++ {
			if m := innerLine.FindStringSubmatch(e.lines[k]); m != nil && m[1] == inner {
				return span{k, k + 1}, true
			}
		}
	}
	return span{}, false
}

func (e *edit) replace(at span, lines ...string) {
	e.lines = slices.Replace(e.lines, at.from, at.to, lines...)
}

// set gives a key a value, or takes it out.
func (e *edit) set(name, value string) {
	outer, inner, nested := strings.Cut(name, ".")
	at, there := e.find(name)
	switch {
	case value == "" && there:
		if e.replace(at); nested {
			if around, ok := e.find(outer); ok && around.to == around.from+1 && e.valueOf(around.from) == "" {
				e.replace(around)
			}
		}
	case value == "":
	case there && e.setItems(at, value):
	case there:
		head, _, note := parts(e.lines[at.from])
		e.replace(at, written(head, note, value)...)
	case nested:
		line := "  " + inner + ": " + scalar(value)
		if around, ok := e.find(outer); ok {
			e.replace(span{around.from + 1, around.from + 1}, line)
			return
		}
		e.add(outer, outer+":", line)
	default:
		e.add(name, written(name+":", "", value)...)
	}
}

// add writes a key that is not there yet: below the line that shows how, or at the end.
func (e *edit) add(name string, lines ...string) {
	for i, line := range e.lines {
		if strings.HasPrefix(strings.TrimLeft(line, "# "), name+":") && strings.HasPrefix(line, "#") {
			e.replace(span{i + 1, i + 1}, lines...)
			return
		}
	}
	last := len(e.lines)
	for last > 0 && strings.TrimSpace(e.lines[last-1]) == "" {
		last--
	}
	e.replace(span{last, len(e.lines)}, append(lines, "")...)
}

// setItems changes a list that has an item a line, each in its place; false if it is none.
func (e *edit) setItems(at span, value string) bool {
	var items []int
	for k := at.from + 1; k < at.to; k++ {
		switch trimmed := strings.TrimSpace(e.lines[k]); {
		case itemLine.MatchString(e.lines[k]):
			items = append(items, k)
		case trimmed != "" && trimmed[0] != '#':
			return false
		}
	}
	if len(items) == 0 || e.valueOf(at.from) != "" {
		return false
	}
	dash := e.lines[items[0]][:strings.IndexByte(e.lines[items[0]], '-')+1]
	wanted := strings.Split(value, "\n")
	for k := len(items) - 1; k >= len(wanted); k-- {
		e.replace(span{items[k], items[k] + 1})
	}
	for k, text := range wanted {
		if k >= len(items) {
			place := items[len(items)-1] + 1 + k - len(items)
			e.replace(span{place, place}, dash+" "+scalar(text))
			continue
		}
		line := e.lines[items[k]]
		_, old, note := parts(dash + " " + strings.TrimLeft(line[len(dash):], " \t"))
		if unquoted, err := ReadSettings([]byte("is: " + old)); err != nil || unquoted["is"] != text {
			e.lines[items[k]] = dash + " " + scalar(text) + note
		}
	}
	return true
}

// valueOf is what stands behind the key of a line.
func (e *edit) valueOf(i int) string {
	_, value, _ := parts(e.lines[i])
	return value
}

// parts are the key or dash of a line, its value, and the comment with the spaces before it.
func parts(line string) (head, value, note string) {
	at := strings.IndexByte(line, ':') + 1
	if itemLine.MatchString(line) {
		at = strings.IndexByte(line, '-') + 1
	}
	head, rest := line[:at], strings.TrimLeft(line[at:], " \t")
	quote := byte(0)
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case quote == '"' && c == '\\', quote == '\'' && strings.HasPrefix(rest[i:], "''"):
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && (i == 0 || strings.IndexByte(" \t[,{:", rest[i-1]) >= 0):
			quote = c
		case c == '#' && (i == 0 || rest[i-1] == ' ' || rest[i-1] == '\t'):
			value = strings.TrimRight(rest[:i], " \t")
			return head, value, rest[len(value):]
		}
	}
	return head, strings.TrimRight(rest, " \t"), ""
}

// written is a key with its value, of several lines as a list.
func written(head, note, value string) []string {
	if !strings.Contains(value, "\n") {
		return []string{head + " " + scalar(value) + note}
	}
	lines := []string{head + note}
	for item := range strings.SplitSeq(value, "\n") {
		lines = append(lines, "  - "+scalar(item))
	}
	return lines
}

// plainScalar is text that YAML takes for nothing else: words, or a web address.
var plainScalar = regexp.MustCompile(`^(?:[\pL(+][\pL\pN (),.;&/+'’_@-]*|https?://[\pL\pN,.;&/+'_@:?=%-]+)$`)

// scalar is a text as YAML has it: in quotes where it would be taken for something else.
func scalar(s string) string {
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		return strconv.Quote(s)
	}
	if plainScalar.MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}
