package visits

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
)

// readJSON reads objects with our own headings for keys, or the resources of FHIR: a
// Bundle, an array, or one after the other. Objects a line each are read by line, so
// that a broken one takes no other with it.
func (in *intake) readJSON(text string) error {
	all, kind, err := values(text)
	switch {
	case err != nil:
		return err
	case kind != "":
		return in.readFHIR(all)
	case len(all) > 0:
		return in.readObjects(len(all), func(yield func(int, string) bool) {
			for i, raw := range all {
				if !yield(i+1, string(raw)) {
					return
				}
			}
		})
	}
	return in.readObjects(strings.Count(text, "\n")+1, func(yield func(int, string) bool) {
		number := 0
		for line := range strings.Lines(text) {
			if number++; strings.TrimSpace(line) != "" && !yield(number, line) {
				return
			}
		}
	})
}

// values are the values of an array or of a text, and the kind of resource that the
// first is, if any; there are none if the text has an object of ours a line.
func values(text string) (all upTo[json.RawMessage], kind string, err error) {
	var first json.RawMessage
	d := json.NewDecoder(strings.NewReader(text))
	err = d.Decode(&first)
	switch {
	case err != nil && strings.Contains(strings.ReplaceAll(text, " ", ""), "}\n{"):
		return nil, "", nil
	case err != nil:
		return nil, "", broken(text, err)
	case first[0] == '[':
		if err := json.Unmarshal([]byte(text), &all); err != nil {
			return nil, "", broken(text, err)
		}
		if len(all) == 0 {
			return nil, "", fault("", "export the day again", "the list is empty")
		}
		return all, kindOf(all[0]), nil
	}
	if kind = kindOf(first); kind == "" && !bytes.Contains(first, []byte("\n")) {
		return nil, "", nil
	}
	for next := first; len(all) <= maxRows && err == nil; err = d.Decode(&next) {
		all, next = append(all, next), nil
	}
	if err != nil && err != io.EOF {
		return nil, "", broken(text, err)
	}
	return all, kind, nil
}

// kindOf is the kind of a resource; what is no object has none.
func kindOf(raw json.RawMessage) string {
	var kind struct{ ResourceType string }
	_ = json.Unmarshal(raw, &kind)
	return kind.ResourceType
}

// upTo is what is read of an array: no more than tells that it has too many.
type upTo[T any] []T

func (list *upTo[T]) UnmarshalJSON(data []byte) error {
	*list = nil
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() && len(*list) <= maxRows {
		var next T
		if err := d.Decode(&next); err != nil {
			return err
		}
		*list = append(*list, next)
	}
	return nil
}

// readObjects reads objects with our own headings for keys, of which there are about
// so many.
func (in *intake) readObjects(about int, objects iter.Seq2[int, string]) error {
	in.room(about)
	columns := map[string]Field{}
	for number, text := range objects {
		var object map[string]any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		var err error
		if d.Decode(&object) != nil || d.More() || object == nil {
			wrong(&err, "write it as {\"name\": \"...\", \"handout\": \"...\"} on one line", "this is not a JSON object")
		}
		var c cells
		for _, key := range slices.Sorted(maps.Keys(object)) {
			if _, known := columns[key]; !known {
				if len(columns) == maxWide {
					return fault("", "use the same keys in every line", "the list has more than %d different keys", maxWide)
				}
				columns[key] = in.column(key)
			}
			s, ok := jsonText(object[key])
			switch f := columns[key]; {
			case f == none:
			case !ok:
				wrong(&err, "write text in quotes", "%s is not text", f)
			default:
				c[f] = s
			}
		}
		if err != nil {
			err = in.put(Row{Number: number, Err: err}, written{})
		} else {
			err = in.row(number, &c)
		}
		if err != nil {
			return err
		}
	}
	in.list.System = "our own"
	for _, key := range slices.Sorted(maps.Keys(columns)) {
		if f := columns[key]; f != none {
			in.heading.plan, in.heading.texts = append(in.heading.plan, f), append(in.heading.texts, key)
			in.list.Columns = append(in.list.Columns, Column{f, key})
		} else {
			in.list.Ignored = append(in.list.Ignored, key)
		}
	}
	for f := range fields {
		if asked, ok := in.opts.Columns[f]; ok && !in.heading.feeds(f) {
			return fault("", "the keys are "+listed(slices.Sorted(maps.Keys(columns))), "no key is called %s", quoted(asked))
		}
	}
	if !in.heading.named() {
		return fault("", "write each row as {\"name\": \"...\", \"handout\": \"...\"}, one a line", "no line has a name")
	}
	return nil
}

// broken tells in which line JSON is, and nothing of what stands there.
func broken(text string, err error) error {
	at := int64(len(text))
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = min(at, syntax.Offset)
	}
	return fault("", "export it again; rows of your own are {\"name\": \"...\", \"handout\": \"...\"}, one a line",
		"the JSON is broken in line %d", strings.Count(text[:at], "\n")+1)
}

// column is the field a key of JSON lines feeds.
func (in *intake) column(key string) Field {
	p := plain(key)
	for f, asked := range in.opts.Columns {
		if plain(asked) == p {
			return f
		}
	}
	switch f := usual[p]; {
	case p == "note":
		return Note
	case p == "password":
		return Password
	case in.opts.Columns[f] != "":
		return none
	default:
		return f
	}
}

// jsonText is a value as the cell of a table would have it.
func jsonText(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		if v {
			return "yes", true
		}
		return "no", true
	case []any:
		list := make([]string, len(v))
		for i, x := range v {
			s, ok := x.(string)
			if !ok {
				return "", false
			}
			list[i] = s
		}
		return strings.Join(list, ", "), true
	}
	return "", false
}
