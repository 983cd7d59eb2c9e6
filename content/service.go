package content

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"golang.org/x/text/unicode/norm"
)

// maxServices is how many services a brand may name.
const maxServices = 500

// Service says which handout goes with a service of the clinic's, as its
// appointment list names it:
//
//	services:
//	  Deep tissue 60: sciatica
//	  "Desk *": {handout: neck-and-desk, stretches: [chin-tuck, doorway-chest:hold=20s]}
//	  Consultation: none
type Service struct {
	Position
	Pattern   string   // the service's name; * stands for any letters, none too
	Handout   string   // its name; empty if None, or if the visit says which
	Stretches []Choice // instead of the handout's own, if Chosen
	Chosen    bool     // Stretches was given, even if empty
	None      bool     // no handout is given after this service

	like string // Pattern, made equal to what people take for the same
}

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

// services is a mapping of services to handouts.
func (v value) services() []Service {
	if !v.isMapping() {
		v.bad("write `Deep tissue 60: sciatica`, one a line", "services are names with their handouts")
		return nil
	}
	entries := v.entries()
	if len(entries) > maxServices {
		v.bad("use a * for what their names have in common", "there are more than %d services", maxServices)
		return nil
	}
	var list []Service
	for _, e := range entries {
		s := Service{Position: e.at, Pattern: strings.Join(strings.Fields(norm.NFC.String(e.name)), " ")}
		s.like = serviceName(s.Pattern)
		same := func(x Service) bool { return x.like == s.like }
		switch {
		case s.Pattern == "" || utf8.RuneCountInString(s.Pattern) > 120:
			v.errs.add(e.at, "", "a service's name has 1 to 120 characters")
		case slices.ContainsFunc(list, same):
			v.errs.add(e.at, "delete one", "there are two services called %q", clip(s.Pattern))
		case e.value.node == nil:
			v.errs.add(e.at, "write a handout's name, or none for no handout", "%s: the handout is missing", clip(s.Pattern))
		default:
			e.value.service(&s)
			list = append(list, s)
		}
	}
	return list
}

// service is a handout's name, "none", or a mapping of both a handout and stretches.
func (v value) service(s *Service) {
	if !v.isMapping() {
		s.handout(v)
		return
	}
	given := v.fill([]key{
		{"handout", s.handout},
		{"stretches", func(v value) { s.Stretches, s.Chosen = v.chosen(), true }},
	})
	switch {
	case !given["handout"] && !given["stretches"]:
		v.bad("write {handout: sciatica, stretches: [figure-4]}", "a service has a handout, stretches or both")
	case s.None && s.Chosen:
		v.bad("name the handout, or leave the stretches out", "without a handout there is no place for stretches")
	}
}

func (s *Service) handout(v value) {
	switch name := v.text(); {
	case strings.EqualFold(name, "none"):
		s.None = true
	case strings.ContainsAny(name, ",="):
		v.bad("write {handout: sciatica, stretches: [figure-4:hold=20s]}", "a handout's name has no commas and no doses")
	default:
		s.Handout = name
	}
}

// chosen are the stretches of a service: a list as in a handout's front matter, or
// none. Within braces the YAML library takes figure-4:hold=20s for a key and its
// value, so the two are put together again.
func (v value) chosen() []Choice {
	if s, ok := v.node.(*ast.StringNode); ok && s.Value == "none" {
		return nil
	}
	var list []Choice
	for _, x := range v.items() {
		text, at := "", x.pos
		if x.isMapping() && len(x.entries()) == 1 && x.entries()[0].value.node != nil {
			e := x.entries()[0]
			text, at = e.name+":"+e.value.text(), e.at
		} else {
			text = x.text()
		}
		if text != "" {
			list = append(list, parseChoice(text, at, v.errs))
		}
	}
	if len(list) > maxStretches {
		v.bad("leave some out", "a page has room for %d stretches, and there are %d", maxStretches, len(list))
	}
	return list
}

// Came is the meaning of a status that is a visit's.
const Came = "came"

// Meanings are what a clinic can say that a status in its appointment list means. After
// all but the first no handout is given.
func Meanings() []string {
	return []string{Came, "cancelled", "no-show", "rescheduled", "not booked"}
}

// statuses is a mapping of the words in an appointment list to what they mean:
//
//	statuses:
//	  Walked in: came
//	  Pulled: cancelled
func (v value) statuses() map[string]string {
	if !v.isMapping() {
		v.bad("write `Walked in: came`, one a line", "statuses are words with what they mean")
		return nil
	}
	entries := v.entries()
	if len(entries) > maxServices {
		v.bad("leave some out", "there are more than %d statuses", maxServices)
		return nil
	}
	list := map[string]string{}
	for _, e := range entries {
		word := strings.Join(strings.Fields(norm.NFC.String(e.name)), " ")
		switch {
		case word == "" || utf8.RuneCountInString(word) > 120:
			v.errs.add(e.at, "", "a status has 1 to 120 characters")
		case e.value.node == nil:
			v.errs.add(e.at, "write came, cancelled, no-show, rescheduled or not booked", "%s: what it means is missing", clip(word))
		default:
			list[word] = e.value.oneOf(Meanings()...)
		}
	}
	return list
}
