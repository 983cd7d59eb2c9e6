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
