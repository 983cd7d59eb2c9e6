package visits

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"handout/content"
	"handout/content/visits/fhir"
	"handout/content/visits/field"
	"handout/content/visits/sheet"
)

// readJSON reads objects with our own headings for keys, or the resources of FHIR: a
// Bundle, an array, or one after the other.
func (in *intake) readJSON(text string) error {
	values, number, err := sheet.Values(text)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(values, func(raw string) bool { return fhir.Kind(raw) != "" }) {
		return in.readFHIR(values)
	}
	if rows := in.unwrapped(values); rows != nil {
		values, number = rows, func(i int) int { return i + 1 }
	}
	return in.readObjects(values, number)
}

// maxWrapped is how deep a list may lie in the objects about it.
const maxWrapped = 5

// unwrapped are the rows of a list that lies in an object, as the answers of practice software have it: {"total": 40,
// "appointments": [...]}; of several such objects, the pages of one answer, those of all. Of several lists in one it is
// the one whose rows have names. There are none where an object is a row itself.
func (in *intake) unwrapped(values []string) (rows []string) {
	for _, raw := range values {
		list, named := in.listIn(raw, 0)
		if list == nil || !named && len(values) > 1 {
			return nil
		}
		rows = append(rows, list...)
	}
	return rows
}

// listIn is the longest list of objects with names that lies in an object, or else the longest of objects.
func (in *intake) listIn(raw string, depth int) (best []string, named bool) {
	c := sheet.Cursor{Text: raw}
	if depth > maxWrapped || c.Next() != '{' || in.isRow(raw) {
		return nil, false
	}
	c.Members(func(_, value string) bool {
		var list []string
		var has bool
		switch member := (sheet.Cursor{Text: value}); member.Next() {
		case '{':
			list, has = in.listIn(value, depth+1)
		case '[':
			member.Elements(func(element string) bool {
				object := sheet.Cursor{Text: element}
				if object.Next() != '{' {
					return false
				}
				list = append(list, element)
				return len(list) <= sheet.MaxRows
			})
			has = len(list) > 0 && in.isRow(list[0])
		}
		if len(list) > 0 && (has && !named || has == named && len(list) > len(best)) {
			best, named = list, has
		}
		return true
	})
	return best, named
}

// isRow tells an object that has somebody's name, in itself or in an object in it.
func (in *intake) isRow(raw string) bool {
	object, _ := readObject(raw)
	return slices.ContainsFunc(cellsOf(object), func(c jsonCell) bool {
		f := in.column(c.key)
		return f == field.Name || f == field.First || f == field.Preferred
	})
}

// jsonCell is a value under its key; of one that lies in an object the key has that object's before it.
type jsonCell struct {
	key   string
	value any
	depth int
}

// named tells a key that a program has for an object from one that may be somebody's name.
func named(key string) bool {
	first, _ := utf8.DecodeRuneInString(key)
	return unicode.IsLower(first) && !strings.Contains(key, " ") || field.Of(key) != field.None || field.OfVisit(key)
}

// cellsOf are the values of an object, those of the objects in it after its own.
func cellsOf(object map[string]any) (cells []jsonCell) {
	for key, value := range object {
		if within, ok := value.(map[string]any); ok {
			if key = strings.TrimSpace(key); !named(key) {
				key = "unnamed" // perhaps somebody's name
			}
			for _, c := range cellsOf(within) {
				cells = append(cells, jsonCell{key + " " + c.key, c.value, c.depth + 1})
			}
			continue
		}
		cells = append(cells, jsonCell{key, value, 0})
	}
	slices.SortFunc(cells, func(a, b jsonCell) int {
		return cmp.Or(cmp.Compare(a.depth, b.depth), cmp.Compare(a.key, b.key))
	})
	return cells
}

// readFHIR makes rows of bookings.
func (in *intake) readFHIR(values []string) error {
	o := fhir.Options{Stretch: in.opts.Stretch}
	if today := cmp.Or(in.opts.Day, in.opts.Today); !today.IsZero() {
		o.Day = today.Format(time.DateOnly)
	}
	file, err := fhir.Read(values, o)
	if err != nil {
		return err
	}
	if file.Partial {
		in.list.Notes = append(in.list.Notes, "the bundle is one page of a search, and the pages after it are not "+
			"in the file: patients on them get nothing")
	}
	in.list.System = "FHIR R4"
	if len(in.opts.Columns) > 0 {
		return fault("bundle-without-columns", "leave them out", "a bundle of FHIR has no columns")
	}
	in.room(file.Len())
	for b := range file.Bookings {
		if err := in.booking(b); err != nil {
			return err
		}
	}
	if file.Foreign > 0 {
		in.list.Notes = append(in.list.Notes, "activities of care plans that are not a stretch in the library are "+
			"left out: "+strconv.Itoa(file.Foreign))
	}
	if file.Undosed > 0 {
		in.list.Notes = append(in.list.Notes, "activities of care plans whose dose or note cannot be printed have "+
			"the stretch's own: "+strconv.Itoa(file.Undosed))
	}
	if len(in.list.Rows) == 0 {
		return fault("nobody-in-bundle", "export Patient and Appointment together",
			"the bundle has neither patients nor appointments")
	}
	return nil
}

func (in *intake) booking(b fhir.Booking) error {
	c := &b.Cells
	if b.Wrong != nil {
		r := Row{Number: b.Entry}
		r.Skip, r.Doubtful = in.whySkipped(c)
		note(&r.Err, b.Wrong)
		return in.put(r, written{date: in.stamp(c[field.Date])})
	}
	if b.Nobody {
		if why, _ := in.whySkipped(c); why == "" {
			c[field.Status] = "break"
		}
	}
	return in.row(b.Entry, c)
}

// readObjects reads objects with our own headings for keys.
func (in *intake) readObjects(objects []string, number func(int) int) error {
	in.room(len(objects))
	columns := map[string]field.Field{}
	for i, text := range objects {
		number := number(i)
		object, err := readObject(text)
		var c field.Cells
		unread := map[string]string{}
		var from [field.Count]jsonCell
		in.apart, in.came = in.apart[:0], false
		for _, cell := range cellsOf(object) {
			key := cell.key
			if _, known := columns[key]; !known {
				if len(columns) == sheet.MaxWide {
					return fault("too-many-keys", "use the same keys in every line",
						"the list has more than %d different keys", sheet.MaxWide)
				}
				columns[key] = in.column(key)
			}
			s, ok := jsonText(cell.value)
			switch f := columns[key]; {
			case f == field.None && ok:
				unread[key] = s
			case f == field.None, cell.depth > from[f].depth && c[f] != "" && !f.Several() && !f.OfPerson():
			case !ok:
				wrong(&err, "value-not-text", "write text in quotes", "%s is not text", f)
			case !in.take(&c, f, s):
				hint := "keep one, or say which counts: --columns " + strings.ReplaceAll(f.String(), " ", "-") + "="
				in.apart = append(in.apart, disagreement{f, from[f].key, key, hint + content.Quoted(key)})
			case s != "" && from[f].key == "":
				from[f] = cell
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
		if f := columns[key]; f == field.Ignore {
			in.heading.plan, in.heading.texts = append(in.heading.plan, f), append(in.heading.texts, key)
		} else if f != field.None {
			in.heading.plan, in.heading.texts = append(in.heading.plan, f), append(in.heading.texts, key)
			in.list.Columns = append(in.list.Columns, Column{f, key})
		} else {
			in.list.Ignored = append(in.list.Ignored, key)
		}
	}
	for f := range field.Count {
		for asked := range askedFor(in.opts.Columns, f) {
			if !slices.ContainsFunc(in.heading.texts, func(key string) bool {
				return field.Plain(key) == field.Plain(asked)
			}) {
				return fault("no-such-key", "the keys are "+listed(slices.Sorted(maps.Keys(columns))),
					"no key is called %s", content.Quoted(asked))
			}
		}
	}
	if !in.heading.named() {
		return fault("no-name-key", "write each row as {\"name\": \"...\", \"handout\": \"...\"}, one a line",
			"no line has a name")
	}
	if in.heading.firstAlone() && len(in.list.Ignored) > 0 {
		return fault("no-last-name-key", "say which it is: --columns 'last name=\"...\"'",
			"the list has first names, but no key known to have last names; the keys are %s",
			listed(slices.Sorted(maps.Keys(columns))))
	}
	return nil
}

// readObject reads one object; its error is that of a row.
func readObject(text string) (object map[string]any, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if d.Decode(&object) != nil || object == nil || strings.TrimSpace(text[d.InputOffset():]) != "" {
		wrong(&err, "not-a-json-object", "write it as {\"name\": \"...\", \"handout\": \"...\"} on one line",
			"this is not a JSON object")
		return nil, err
	}
	if sheet.KeyTwice(text) {
		wrong(&err, "key-twice", "keep one", "the object has the same key twice")
	}
	return object, err
}

// column is the field a key of JSON lines feeds.
func (in *intake) column(key string) field.Field {
	p := field.Plain(key)
	for f := range field.Count {
		for asked := range askedFor(in.opts.Columns, f) {
			if field.Plain(asked) == p {
				return f
			}
		}
	}
	f := field.Of(key)
	if outer, inner, nested := strings.Cut(key, " "); nested && f == field.None { // {"name": {"first": ...
		f = field.Of(inner + " " + outer)
	}
	switch {
	case field.IsNote(key):
		return field.Note
	case p == "password":
		return field.Password
	case in.opts.Columns[f] != "" && !f.Several():
		return field.None
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
