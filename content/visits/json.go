package visits

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
)

// readJSON reads JSON lines: an object a line with our own headings for keys, or
// the resources of FHIR, in a Bundle or one a line.
func (in *intake) readJSON(text string) error {
	var kind struct {
		ResourceType string `json:"resourceType"`
	}
	err := json.NewDecoder(strings.NewReader(text)).Decode(&kind)
	switch {
	case err == nil && kind.ResourceType != "":
		return in.readFHIR(text, kind.ResourceType)
	case err != nil && !strings.Contains(strings.ReplaceAll(text, " ", ""), "}\n{"):
		return broken(text, err)
	}
	in.room(strings.Count(text, "\n") + 1)
	columns := map[string]Field{}
	number := 0
	for line := range strings.Lines(text) {
		number++
		if strings.TrimSpace(line) == "" {
			continue
		}
		var object map[string]any
		d := json.NewDecoder(strings.NewReader(line))
		d.UseNumber()
		var err error
		if d.Decode(&object) != nil || d.More() || object == nil {
			wrong(&err, "write it as {\"name\": \"...\", \"handout\": \"...\"} on one line", "the line is not a JSON object")
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
