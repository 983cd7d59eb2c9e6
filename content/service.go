package content

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Service finds what goes with a service: the one of that very name, the case of
// letters aside, or else the one whose pattern has the most letters and fits. Of
// equally long patterns the first in the file wins.
func (b *Brand) Service(name string) (*Service, bool) {
	name = serviceName(name)
	best, longest := -1, -1
	for i := range b.Services {
		pattern := b.Services[i].like
		if pattern == name {
			return &b.Services[i], true
		}
		if letters := len(pattern) - strings.Count(pattern, "*"); letters > longest && fits(pattern, name) {
			best, longest = i, letters
		}
	}
	if best < 0 {
		return nil, false
	}
	return &b.Services[best], true
}

// serviceName makes equal what people take for the same name.
func serviceName(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFC.String(s)), " "))
}

// fits tells whether name is pattern with something put for each *.
func fits(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == name
	}
	rest, ok := strings.CutPrefix(name, parts[0])
	if !ok {
		return false
	}
	// The leftmost place of a part leaves the most room for those after it.
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}
