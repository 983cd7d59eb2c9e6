package serve

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"handout/content"
)

// A request is read strictly: names of members as they are written, capitals too; none
// twice, and none that nobody knows. What is wrong is gathered, so that all of it is told
// at once.

// mistake is one thing that is wrong with a request.
type mistake struct {
	Pointer string `json:"pointer"` // RFC 6901; empty for the whole
	Code    string `json:"code"`
	Detail  string `json:"detail"`
	Hint    string `json:"hint,omitempty"`
	Over    *over  `json:"over,omitempty"` // of a page that is too long
}

// value is a value of a request, and where it stands. What it is refused for is noted.
type value struct {
	at    string
	is    any // string, json.Number, bool, nil, members or []any
	wrong *[]mistake
}

// members are those of an object, without the ones that come twice.
type members struct {
	of    map[string]any
	twice []string
}

func (m members) has(name string) bool {
	_, there := m.of[name]
	return there
}

// Bounds of a request's JSON, beyond which there is nothing that we read.
const (
	maxDepth  = 8
	maxValues = 400_000
)

// read takes JSON apart. It is nil where there is something else.
func read(data []byte, wrong *[]mistake) *value {
	if !utf8.Valid(data) || !json.Valid(data) {
		return nil
	}
	t := &tree{Decoder: json.NewDecoder(bytes.NewReader(data))}
	t.UseNumber()
	is, ok := t.value(0)
	if !ok {
		return nil
	}
	return &value{is: is, wrong: wrong}
}

type tree struct {
	*json.Decoder
	values int
}

// value is the next value of valid JSON; false if there is too much of it.
func (t *tree) value(depth int) (any, bool) {
	if t.values++; depth > maxDepth || t.values > maxValues {
		return nil, false
	}
	token, err := t.Token()
	if err != nil {
		return nil, false
	}
	switch token {
	case json.Delim('{'):
		m := members{of: map[string]any{}}
		for t.More() {
			name, err := t.Token()
			if err != nil {
				return nil, false
			}
			is, ok := t.value(depth + 1)
			if !ok {
				return nil, false
			}
			key := name.(string) // as JSON has it
			if _, known := m.of[key]; known {
				m.twice = append(m.twice, key)
			}
			m.of[key] = is
		}
		_, err = t.Token()
		return m, err == nil
	case json.Delim('['):
		list := []any{}
		for t.More() {
			is, ok := t.value(depth + 1)
			if !ok {
				return nil, false
			}
			list = append(list, is)
		}
		_, err = t.Token()
		return list, err == nil
	}
	return token, true
}

// refuse notes what is wrong with the value.
func (v value) refuse(code, hint, format string, args ...any) {
	*v.wrong = append(*v.wrong, mistake{Pointer: v.at, Code: code, Detail: fmt.Sprintf(format, args...), Hint: hint})
}

// lacks notes that a member is missing.
func (v value) lacks(name, hint string) {
	v.refuse("member-missing", hint, "the member %s is missing", name)
}

// member is a part of an object or a list.
func (v value) member(name string, is any) value {
	return value{v.at + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name), is, v.wrong}
}

// object is the members of an object; or it is refused.
func (v value) object() (members, bool) {
	given, ok := v.is.(members)
	if !ok {
		v.refuse("not-an-object", "write it in braces: {\"handout\": \"sciatica\"}", "there should be an object here")
	}
	return given, ok
}

// each reads the members of an object by what reads them. What is not there is not read.
func each[T any](v value, to *T, known map[string]func(*T, value)) (given members, ok bool) {
	if given, ok = v.object(); !ok {
		return given, false
	}
	names := slices.Sorted(maps.Keys(known))
	for _, name := range slices.Sorted(maps.Keys(given.of)) {
		m := v.member(name, given.of[name])
		switch read := known[name]; {
		case read == nil:
			m = v // what is unknown may be anything, a name too: it is not repeated
			hint := "there are " + strings.Join(names, ", ")
			if near := content.Closest(name, names); near != "" {
				hint = "did you mean " + near + "?"
			}
			m.refuse("member-unknown", hint, "a member here has an unknown name")
		case slices.Contains(given.twice, name):
			m.refuse("member-twice", "leave one out", "this member is given twice")
		default:
			read(to, m)
		}
	}
	return given, true
}

// list is the elements of an array.
func (v value) list() ([]value, bool) {
	list, ok := v.is.([]any)
	if !ok {
		v.refuse("not-a-list", "write it in brackets", "there should be a list here")
		return nil, false
	}
	values := make([]value, len(list))
	for i, is := range list {
		values[i] = v.member(strconv.Itoa(i), is)
	}
	return values, true
}

// text is a string of at most so many characters; or it is refused.
func (v value) text(most int) (string, bool) {
	s, ok := v.is.(string)
	switch n := utf8.RuneCountInString(s); {
	case !ok:
		v.refuse("not-text", "write it in quotes; leave it out if there is nothing to say", "there should be text here")
	case strings.ContainsRune(s, utf8.RuneError): // also what JSON's \ud800 becomes
		v.refuse("text-damaged", "type it again", "a character of this text cannot be read")
	case n > most:
		v.refuse("text-too-long", "make it shorter", "this has %d characters, and there is room for %d", n, most)
	default:
		return s, true
	}
	return "", false
}

// file is a file's bytes, at most so many, which stand in base64; nil if there is no such.
func (v value) file(most int) []byte {
	text, _ := v.is.(string)
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(data) == 0 || len(data) > most {
		return nil
	}
	return data
}

// word is one of a few, or nothing if it is refused.
func (v value) word(words ...string) string {
	s, ok := v.is.(string)
	if ok && slices.Contains(words, s) {
		return s
	}
	v.refuse("not-of-the-list", "leave it out for what is usual", "this should be one of %s", strings.Join(words, ", "))
	return ""
}

// yes is true or false.
func (v value) yes() bool {
	is, ok := v.is.(bool)
	if !ok {
		v.refuse("not-true-or-false", "without quotes", "there should be true or false here")
	}
	return is
}

// number is a number as short as it can be written: 5.0 is 5.
func (v value) number() (text string, of float64, ok bool) {
	n, ok := v.is.(json.Number)
	if ok {
		of, err := n.Float64()
		if err == nil && of == math.Trunc(of) && math.Abs(of) < 1e9 {
			return strconv.FormatFloat(of, 'f', -1, 64), of, true
		}
		return n.String(), of, err == nil
	}
	v.refuse("not-a-number", "without quotes", "there should be a number here")
	return "", 0, false
}
