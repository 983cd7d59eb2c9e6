package content

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

var (
	servicesLine = regexp.MustCompile(`^services:[ \t]*(#.*)?$`)
	serviceLine  = regexp.MustCompile(`^([ \t]+)[^ \t#]`)
)

// AddService has a brand's file say what goes with a service that it does not speak of:
// the handout of that name, or none. All other lines stay as they are. The file is to be
// read again before it is written, for it may be written in a way that this does not know.
func AddService(text []byte, service, handout string) ([]byte, error) {
	name, err := json.Marshal(strings.Join(strings.Fields(service), " ")) // which YAML reads as it is
	if err != nil || strings.TrimSpace(service) == "" {
		return nil, notEditable()
	}
	end := "\n"
	if bytes.Contains(text, []byte("\r\n")) {
		end = "\r\n"
	}
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"), "\n")
	line := string(name) + ": " + handout
	at := slices.IndexFunc(lines, servicesLine.MatchString)
	if at < 0 {
		if slices.ContainsFunc(lines, func(s string) bool { return strings.HasPrefix(s, "services:") }) {
			return nil, notEditable()
		}
		lines = append(lines, "services:", "  "+line)
	} else {
		indent := "  "
		for _, next := range lines[at+1:] {
			if m := serviceLine.FindStringSubmatch(next); m != nil {
				indent = m[1]
			} else if strings.TrimSpace(next) == "" || strings.HasPrefix(strings.TrimSpace(next), "#") {
				continue
			}
			break
		}
		lines = slices.Insert(lines, at+1, indent+line)
	}
	return []byte(strings.Join(lines, end) + end), nil
}

// serviceKey is a line below services: that names one, and what stands behind it.
var serviceKey = regexp.MustCompile(`^([ \t]+)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#{\[-][^#]*?)` +
	`([ \t]*:)(?:[ \t]+(.*))?$`)

// handoutIn is the handout of a service that is written in braces.
var handoutIn = regexp.MustCompile(`([{,][ \t]*handout[ \t]*:[ \t]*)("[^"]*"|'[^']*'|[^,}"']*[^,}"' \t])`)

// SetService has a brand's file say another handout, or none, for a service; its stretches
// stay, and so do all other lines. One that the file does not speak of is added. The file is
// to be read again before it is written, as after AddService.
func SetService(text []byte, service, handout string) ([]byte, error) {
	e := editOf(text)
	around, ok := e.find("services")
	if !ok {
		return AddService(text, service, handout)
	}
	indent := ""
	for k := around.from + 1; k < around.to; k++ {
		m := serviceKey.FindStringSubmatch(e.lines[k])
		if m == nil || indent != "" && m[1] != indent {
			continue
		}
		indent = m[1]
		if serviceName(unquoted(m[2])) != serviceName(service) {
			continue
		}
		head := m[1] + m[2] + m[3]
		_, value, note := parts("x: " + m[4])
		switch {
		case value == "":
			return e.setHandoutBelow(span{k, around.to}, indent, handout)
		case !strings.HasPrefix(value, "{"):
			value = handout
		case handoutIn.MatchString(value):
			value = handoutIn.ReplaceAllString(value, "${1}"+handout)
		default:
			value = "{handout: " + handout + ", " + value[1:]
		}
		e.lines[k] = head + " " + value + note
		return e.text(), nil
	}
	return AddService(text, service, handout)
}

// setHandoutBelow changes the handout of a service whose parts stand in the lines below it.
func (e *edit) setHandoutBelow(at span, indent, handout string) ([]byte, error) {
	for k := at.from + 1; k < at.to; k++ {
		m := serviceKey.FindStringSubmatch(e.lines[k])
		if m == nil {
			continue
		}
		if len(m[1]) <= len(indent) {
			break
		}
		if m[2] == "handout" {
			_, _, note := parts("x: " + m[4])
			e.lines[k] = m[1] + m[2] + m[3] + " " + handout + note
			return e.text(), nil
		}
	}
	return nil, notEditable()
}

// unquoted is a key as it is read.
func unquoted(key string) string {
	var text string
	switch {
	case key[0] == '"' && json.Unmarshal([]byte(key), &text) == nil:
		return text
	case key[0] == '\'':
		return strings.ReplaceAll(key[1:len(key)-1], "''", "'")
	}
	return key
}
