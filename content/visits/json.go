package visits

import (
	"bytes"
	"encoding/json"
	"handout/content"
	"maps"
	"slices"
	"strings"
)

// readJSON reads objects with our own headings for keys, or the resources of FHIR: a
// Bundle, an array, or one after the other. Objects a line each are read by line, so
// that a broken one takes no other with it.
func (in *intake) readJSON(text string) error {
	var all []string
	numbers := func(i int) int { return i + 1 }
	if lines, at := wholeLines(text); lines != nil {
		all, numbers = lines, func(i int) int { return at[i] }
	} else {
		c := cursor{text: text}
		c.values(func(raw string) bool {
			all = append(all, raw)
			return len(all) <= maxRows
		})
		switch {
		case c.broken:
			return fault("broken-json", "export it again; rows of your own are {\"name\": \"...\", \"handout\": \"...\"}, one a line",
				"the JSON is broken in line %d", strings.Count(text[:c.at], "\n")+1)
		case len(all) == 0:
			return fault("empty-list", "export the day again", "the list is empty")
		}
	}
	if slices.ContainsFunc(all, func(raw string) bool { return headOf(raw).kind != "" }) {
		return in.readFHIR(all)
	}
	return in.readObjects(all, numbers)
}

// wholeLines are the lines that are not blank, and their numbers, if most of them are
// one object from brace to brace and the first is not one of several lines; else there
// are none.
func wholeLines(text string) (lines []string, numbers []int) {
	c := cursor{text: text}
	c.space()
	from := c.at
	if c.members(func(string, string) bool { return true }); !c.broken && strings.Contains(text[from:c.at], "\n") {
		return nil, nil
	}
	whole, number := 0, 0
	for line := range strings.Lines(text) {
		number++
		if line = strings.Trim(line, " \t\r\n\ufeff"); line == "" {
			continue
		}
		if line[0] == '{' && line[len(line)-1] == '}' {
			whole++
		}
		lines, numbers = append(lines, line), append(numbers, number)
	}
	if 2*whole <= len(lines) {
		return nil, nil
	}
	return lines, numbers
}

// cursor parts JSON (RFC 8259) into its values without reading them, so that a file of
// many is not there a second time. What is within a value shows when it is read.
type cursor struct {
	text   string
	at     int
	broken bool // at this place
}

func (c *cursor) space() {
	for c.at < len(c.text) && strings.IndexByte(" \t\r\n", c.text[c.at]) >= 0 {
		c.at++
	}
}

// next is the first byte behind space; 0 at the end.
func (c *cursor) next() byte {
	if c.space(); c.at < len(c.text) {
		return c.text[c.at]
	}
	return 0
}

// take steps over one byte behind space, which has to be there.
func (c *cursor) take(b byte) {
	if c.broken = c.broken || c.next() != b; !c.broken {
		c.at++
	}
}

// value steps over a value.
func (c *cursor) value() string {
	c.space()
	from, depth := c.at, 0
	for !c.broken {
		switch b := c.next(); b {
		case '"':
			c.letters()
		case '{', '[':
			depth++
			c.at++
		case '}', ']':
			depth--
			c.at++
		case ',', ':':
			c.broken = depth == 0
			c.at++
		default:
			word := c.at
			for c.at < len(c.text) && strings.IndexByte("+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", c.text[c.at]) >= 0 {
				c.at++
			}
			c.broken = c.at == word
		}
		if c.broken = c.broken || depth < 0; depth == 0 {
			break
		}
	}
	if c.broken {
		return ""
	}
	return c.text[from:c.at]
}

// letters steps over a string.
func (c *cursor) letters() {
	for c.at++; c.at < len(c.text); c.at++ {
		switch c.text[c.at] {
		case '\\':
			c.at++
		case '"':
			c.at++
			return
		case '\n':
			c.broken = true
			return
		}
	}
	c.at, c.broken = len(c.text), true
}

// values are those of an array, or those that a text has one after the other.
func (c *cursor) values(yield func(string) bool) {
	if c.next() == '[' {
		enough := false
		c.elements(func(raw string) bool {
			enough = !yield(raw)
			return !enough
		})
		c.broken = c.broken || !enough && c.next() != 0
		return
	}
	for c.next() != 0 {
		if raw := c.value(); c.broken || !yield(raw) {
			return
		}
	}
}

// elements are those of an array.
func (c *cursor) elements(yield func(string) bool) {
	c.list('[', ']', func() bool {
		raw := c.value()
		return !c.broken && yield(raw)
	})
}

// members are those of an object, each with its key as it is written.
func (c *cursor) members(yield func(key, value string) bool) {
	c.list('{', '}', func() bool {
		if c.next() != '"' {
			c.broken = true
			return false
		}
		key := c.value()
		c.take(':')
		raw := c.value()
		return !c.broken && yield(jsonString(key), raw)
	})
}

// list steps over what has commas between it; one says whether to go on.
func (c *cursor) list(open, shut byte, one func() bool) {
	c.take(open)
	if c.next() == shut {
		c.take(shut)
		return
	}
	for !c.broken && one() && !c.broken {
		if c.next() == shut {
			c.take(shut)
			return
		}
		c.take(',')
	}
}

// head is what tells resources apart.
type head struct{ kind, id string }

// headOf is the head of a resource; what is no object, or is broken, has none.
func headOf(raw string) (h head) {
	c := cursor{text: raw}
	c.members(func(key, value string) bool {
		switch key {
		case "resourceType":
			h.kind = jsonString(value)
		case "id":
			h.id = jsonString(value)
		}
		return true
	})
	if c.broken || c.next() != 0 {
		return head{}
	}
	return h
}

func jsonString(raw string) string {
	if len(raw) < 2 || raw[0] != '"' {
		return ""
	}
	if strings.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	var s string
	_ = json.Unmarshal([]byte(raw), &s)
	return s
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

// readObjects reads objects with our own headings for keys.
func (in *intake) readObjects(objects []string, number func(int) int) error {
	in.room(len(objects))
	columns := map[string]Field{}
	for i, text := range objects {
		number := number(i)
		object, err := readObject(text)
		var c cells
		unread := map[string]string{}
		for _, key := range slices.Sorted(maps.Keys(object)) {
			if _, known := columns[key]; !known {
				if len(columns) == maxWide {
					return fault("too-many-keys", "use the same keys in every line", "the list has more than %d different keys", maxWide)
				}
				columns[key] = in.column(key)
			}
			s, ok := jsonText(object[key])
			switch f := columns[key]; {
			case f == none && ok:
				unread[key] = s
			case f == none:
			case !ok:
				wrong(&err, "value-not-text", "write text in quotes", "%s is not text", f)
			default:
				in.take(&c, f, s)
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
		if in.last().Skip == "" {
			for key, s := range unread {
				in.overhear(key, key, s)
			}
		}
	}
	in.list.System = "our own"
	for _, key := range slices.Sorted(maps.Keys(columns)) {
		if f := columns[key]; f == Ignore {
			in.heading.plan, in.heading.texts = append(in.heading.plan, f), append(in.heading.texts, key)
		} else if f != none {
			in.heading.plan, in.heading.texts = append(in.heading.plan, f), append(in.heading.texts, key)
			in.list.Columns = append(in.list.Columns, Column{f, key})
		} else {
			in.list.Ignored = append(in.list.Ignored, key)
		}
	}
	for f := range fields {
		for asked := range askedFor(in.opts.Columns, f) {
			if !slices.ContainsFunc(in.heading.texts, func(key string) bool { return plain(key) == plain(asked) }) {
				return fault("no-such-key", "the keys are "+listed(slices.Sorted(maps.Keys(columns))), "no key is called %s", content.Quoted(asked))
			}
		}
	}
	if !in.heading.named() {
		return fault("no-name-key", "write each row as {\"name\": \"...\", \"handout\": \"...\"}, one a line", "no line has a name")
	}
	if in.heading.firstAlone() && len(in.list.Ignored) > 0 {
		return fault("no-last-name-key", "say which it is: --columns 'last name=\"...\"'", "the list has first names, and no key that is known has the last; the keys are %s", listed(slices.Sorted(maps.Keys(columns))))
	}
	return nil
}

// readObject reads one object; its error is that of a row.
func readObject(text string) (object map[string]any, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if d.Decode(&object) != nil || object == nil || strings.TrimSpace(text[d.InputOffset():]) != "" {
		wrong(&err, "not-a-json-object", "write it as {\"name\": \"...\", \"handout\": \"...\"} on one line", "this is not a JSON object")
		return nil, err
	}
	c, keys := cursor{text: text}, 0
	c.members(func(string, string) bool {
		keys++
		return true
	})
	if keys != len(object) {
		wrong(&err, "key-twice", "keep one", "a key of the object is there twice")
	}
	return object, err
}

// column is the field a key of JSON lines feeds.
func (in *intake) column(key string) Field {
	p := plain(key)
	for f := range fields {
		for asked := range askedFor(in.opts.Columns, f) {
			if plain(asked) == p {
				return f
			}
		}
	}
	switch f := fieldOf(key); {
	case p == "note":
		return Note
	case p == "password":
		return Password
	case in.opts.Columns[f] != "" && !known[f].several:
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
