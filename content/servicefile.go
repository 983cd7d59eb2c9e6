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

// services is a mapping of services to handouts.
func (v value) services() []Service {
	if !v.isMapping() {
		v.bad("services-not-mapping", "write `Deep tissue 60: sciatica`, one a line",
			"services are names with their handouts")
		return nil
	}
	entries := v.entries()
	if len(entries) > maxServices {
		v.bad("too-many-services", "use a * for what their names have in common",
			"there are more than %d services", maxServices)
		return nil
	}
	var list []Service
	for _, e := range entries {
		s := Service{Position: e.at, Pattern: strings.Join(strings.Fields(norm.NFC.String(e.name)), " ")}
		s.like = serviceName(s.Pattern)
		same := func(x Service) bool { return x.like == s.like }
		switch {
		case s.Pattern == "" || utf8.RuneCountInString(s.Pattern) > 120:
			v.errs.add(e.at, "service-name-length", "", "a service's name has 1 to 120 characters")
		case slices.ContainsFunc(list, same):
			v.errs.add(e.at, "service-twice", "delete one", "there are two services called %q", clip(s.Pattern))
		case e.value.node == nil:
			v.errs.add(e.at, "service-without-handout", "write a handout's name, or none for no handout",
				"%s: the handout is missing", clip(s.Pattern))
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
		v.bad("service-empty", "write {handout: sciatica, stretches: [figure-4]}",
			"a service has a handout, stretches or both")
	case s.None && s.Chosen:
		v.bad("stretches-without-handout", "name the handout, or leave the stretches out",
			"without a handout there is no place for stretches")
	}
}

func (s *Service) handout(v value) {
	switch name := v.text(); {
	case strings.EqualFold(name, "none"):
		s.None = true
	case strings.ContainsAny(name, ",="):
		v.bad("handout-name-with-dose", "write {handout: sciatica, stretches: [figure-4:hold=20s]}",
			"a handout's name has no commas and no doses")
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
	if len(list) > MaxStretches {
		v.bad("too-many-stretches", "leave some out", "a page has room for %d stretches, and there are %d",
			MaxStretches, len(list))
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
		v.bad("statuses-not-mapping", "write `Walked in: came`, one a line", "statuses are words with what they mean")
		return nil
	}
	entries := v.entries()
	if len(entries) > maxServices {
		v.bad("too-many-statuses", "leave some out", "there are more than %d statuses", maxServices)
		return nil
	}
	list := map[string]string{}
	for _, e := range entries {
		word := strings.Join(strings.Fields(norm.NFC.String(e.name)), " ")
		switch {
		case word == "" || utf8.RuneCountInString(word) > 120:
			v.errs.add(e.at, "status-length", "", "a status has 1 to 120 characters")
		case e.value.node == nil:
			v.errs.add(e.at, "status-without-meaning", "write came, cancelled, no-show, rescheduled or not booked",
				"%s: what it means is missing", clip(word))
		default:
			list[word] = e.value.oneOf(Meanings()...)
		}
	}
	return list
}
