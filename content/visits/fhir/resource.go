package fhir

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"handout/content/visits/field"
	"handout/content/visits/sheet"
)

// resource is what is read of a FHIR R4 resource (hl7.org/fhir/R4): the elements of
// Patient, Practitioner, Appointment, CarePlan and Consent that say something to us.
// What R5 calls otherwise, and STU3 and DSTU2, is read as well.
type resource struct {
	ResourceType string
	ID           string
	Status       string
	Contained    []json.RawMessage
	place        int                  // among the entries; -1 for one contained
	url          string               // the full address in a Bundle
	within       map[string]*resource // what is contained, by its id

	Active           *bool // Patient
	Name             many[humanName]
	Telecom          many[contactPoint]
	BirthDate        string
	DeceasedBoolean  bool
	DeceasedDateTime string
	Communication    many[struct {
		Language  concept
		Preferred bool
	}]
	Extension []struct {
		URL          string
		ValueBoolean *bool
	}

	Start           string // Appointment
	ServiceType     many[concept]
	AppointmentType concept
	Participant     many[participant]

	Subject  reference // CarePlan; of R5 also Appointment and Consent
	Activity many[struct {
		Detail *struct {
			Code            concept
			Description     string
			Status          string
			DoNotPerform    bool
			ScheduledString string
			ScheduledTiming struct{ Repeat repeat }
		}
	}]

	Patient   reference // Consent
	Category  many[concept]
	Decision  string // R5
	Period    period // R5 and STU3
	Provision many[provision]
}

type provision struct {
	Type      string
	Code      many[concept]
	Period    period
	Provision many[provision] // the exceptions from it
}

type humanName struct {
	Use, Text string
	Family    many[string] // one, but for DSTU2
	Given     many[string]
	Period    period
}

type contactPoint struct {
	System, Value, Use string
	Rank               int
	Period             period
}

type participant struct {
	Actor  reference
	Type   many[concept]
	Status string
}

// period is when something holds. Names and addresses that are no longer someone's
// stay in a chart with the day they ended.
type period struct{ Start, End string }

// begun tells whether it began on the day of a visit or before.
func (p period) begun(day string) bool {
	cut := func(s string) string { return s[:min(len(s), len("2006-01-02"))] }
	return p.Start == "" || day != "" && cut(p.Start) <= cut(day)
}

// over tells whether it ended before the day of a visit, or at all if there is none.
func (p period) over(day string) bool {
	day = day[:min(len(day), len("2006-01-02"))]
	return p.End != "" && (day == "" || p.End < day && !strings.HasPrefix(day, p.End))
}

type concept struct {
	Text    string
	Coding  []coding
	Concept *concept // R5's CodeableReference
}

// words are what a concept is called.
func (c concept) words() string {
	if c.Concept != nil {
		return c.Concept.words()
	}
	if c.Text != "" {
		return c.Text
	}
	for _, x := range c.Coding {
		if x.Display != "" {
			return x.Display
		}
	}
	return ""
}

func (c concept) email() bool {
	is := func(s string) bool { p := field.Plain(s); return p == "email" || p == "emailconsent" }
	return is(c.Text) || slices.ContainsFunc(c.Coding, func(x coding) bool { return is(x.Code) || is(x.Display) })
}

// language is what a concept says of a language that can be understood, by code, by
// display or by text; or the first that it says.
func (c concept) language() string {
	said := []string{c.Text}
	for _, x := range c.Coding {
		said = append(said, x.Code, x.Display)
	}
	said = append(said[1:], said[0])
	for _, s := range said {
		if tag, ok := field.LanguageOf(s); ok && tag != "" {
			return s
		}
	}
	return cmp.Or(said...)
}

type coding struct{ System, Code, Display string }

type reference struct {
	Reference, Type, Display string
	Identifier               *identifier
}

// kind is the type of what a reference means, if the reference tells.
func (ref reference) kind() string {
	if ref.Type != "" {
		return ref.Type[strings.LastIndexByte(ref.Type, '/')+1:] // R4 has it as an address, too
	}
	path, _, _ := strings.Cut(ref.path(), "?")
	if path != ref.path() { // Patient?identifier=...
		return path[strings.LastIndexByte(path, '/')+1:]
	}
	_, id := serverOf(path)
	kind, _, ok := strings.Cut(id, "/")
	if !ok {
		return ""
	}
	return kind
}

// path is a reference without the version it names.
func (ref reference) path() string {
	path, _, _ := strings.Cut(ref.Reference, "/_history/")
	return fullURL(strings.TrimRight(strings.TrimSpace(path), "/"))
}

// fullURL is an address as it is compared: a UUID has no capitals.
func fullURL(s string) string {
	if len(s) > 9 && strings.EqualFold(s[:9], "urn:uuid:") {
		return strings.ToLower(s)
	}
	return s
}

type identifier struct{ System, Value string }

// repeat is a Timing.repeat: how often and how long.
type repeat struct {
	Frequency    int
	Period       float64
	PeriodUnit   string
	Duration     float64
	DurationUnit string
	DayOfWeek    []string
	TimeOfDay    []string
}

// many is one value or a list of them: releases of FHIR differ in which it is.
type many[T any] []T

func (list *many[T]) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '[' {
		var all upTo[T]
		if err := json.Unmarshal(data, &all); err != nil {
			return err
		}
		*list = many[T](all)
		return nil
	}
	var one T
	if err := json.Unmarshal(data, &one); err != nil {
		return err
	}
	*list = many[T]{one}
	return nil
}

// upTo is what is read of an array: no more than tells that it has too many.
type upTo[T any] []T

func (list *upTo[T]) UnmarshalJSON(data []byte) error {
	*list = nil
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() && len(*list) <= sheet.MaxRows {
		var next T
		if err := d.Decode(&next); err != nil {
			return err
		}
		*list = append(*list, next)
	}
	return nil
}

// head is what tells resources apart.
type head struct{ kind, id string }

// headOf is the head of a resource; what is no object, or is broken, has none.
func headOf(raw string) (h head) {
	c := sheet.Cursor{Text: raw}
	c.Members(func(key, value string) bool {
		switch key {
		case "resourceType":
			h.kind = sheet.String(value)
		case "id":
			h.id = sheet.String(value)
		}
		return true
	})
	if c.Broken || c.Next() != 0 {
		return head{}
	}
	return h
}

// readResource reads all of a resource, if it is of a kind that we want; nil if it
// cannot be read.
func readResource(kind string, raw []byte) *resource {
	r := resource{ResourceType: kind}
	if wanted(kind) && (json.Unmarshal(raw, &r) != nil || sheet.KeyTwice(strings.ToLower(string(raw)))) {
		return nil
	}
	// They are gone through for each visit, and nobody has more in earnest.
	const most = 100
	r.Name, r.Telecom = r.Name[:min(len(r.Name), most)], r.Telecom[:min(len(r.Telecom), most)]
	return &r
}

func wanted(kind string) bool {
	switch kind {
	case "Patient", "Practitioner", "Appointment", "CarePlan", "Consent":
		return true
	}
	return false
}

// contained is what a resource has within it by that id.
func (r *resource) contained(id string) *resource {
	if r.within == nil {
		r.within = map[string]*resource{}
		for _, raw := range r.Contained {
			if c := readResource(headOf(string(raw)).kind, raw); c != nil && c.ID != "" {
				c.place = -1
				r.within[c.ID] = c
			}
		}
		r.Contained = nil
	}
	return r.within[id]
}
