package visits

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
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

type coding struct{ System, Code, Display string }

type reference struct {
	Reference, Type, Display string
	Identifier               *identifier
}

type identifier struct{ System, Value string }

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

// chart is the resources of a file and what refers to them. They are kept as they
// are written and read when they are asked for: a hospital's patients, all read at
// once, would take more room than the file.
type chart struct {
	entries      []entry
	byURL        map[string]int    // places by full address
	byID         map[string]int    // Patient and Practitioner, as Type/id; -1 if two servers have one each
	byIdentifier map[string]int    // as Type, system and value; made when the first is asked for
	read         map[int]*resource // some of those that were read
	held         int               // bytes of the file that were read into them
	stretches    map[int]string    // of a patient's plans
	consents     map[int][]consented
	today        string // the day of visits that have none
}

// entry is one of a Bundle, or a resource by itself, which has no full address.
type entry struct {
	url, kind, id, raw string
}

func newChart(entries []entry) *chart {
	ch := &chart{entries: entries, byURL: map[string]int{}, byID: map[string]int{}, read: map[int]*resource{}, stretches: map[int]string{}, consents: map[int][]consented{}}
	for i, e := range entries {
		if e.url != "" && e.kind != "Appointment" { // to which nothing refers
			ch.byURL[e.url] = i // one that comes again, as in a history, replaces what was there
		}
		if e.kind != "Patient" && e.kind != "Practitioner" || e.id == "" {
			continue
		}
		id := e.kind + "/" + e.id
		if old, ok := ch.byID[id]; ok && (old < 0 || entries[old].url != "" && e.url != "" && entries[old].url != e.url) {
			i = -1
		}
		ch.byID[id] = i
	}
	return ch
}

// maxHeld is how many bytes of a file are held read. Those who come often are in it.
const maxHeld = 8 << 20

// at is the resource of a place; nil if it cannot be read.
func (ch *chart) at(place int) *resource {
	if r, ok := ch.read[place]; ok {
		return r
	}
	e := ch.entries[place]
	r := readResource(e.kind, []byte(e.raw))
	if r != nil {
		r.place, r.url = place, e.url
	}
	size := 1024 + len(e.raw)
	if ch.held += size; ch.held > maxHeld {
		clear(ch.read)
		ch.held = size
	}
	ch.read[place] = r
	return r
}

// readResource reads all of a resource, if it is of a kind that we want; nil if it
// cannot be read.
func readResource(kind string, raw []byte) *resource {
	r := resource{ResourceType: kind}
	if wanted(kind) && json.Unmarshal(raw, &r) != nil {
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

// find is what a reference in a resource means: something contained there, a full
// address, Type/id on the same server (hl7.org/fhir/R4/bundle.html#references), a
// search that finds one (http.html#trules), or an identifier (references.html#logical).
// The Type/id of another server is someone else; where an entry has no address, its
// Type/id has to do.
func (ch *chart) find(ref reference, from *resource) *resource {
	path := ref.path()
	if id, ok := strings.CutPrefix(path, "#"); ok {
		return from.contained(id)
	}
	place := -1
	if kind, query, ok := strings.Cut(path, "?"); ok {
		place = ch.search(kind[strings.LastIndexByte(kind, '/')+1:], query)
	} else if path != "" {
		place = ch.locate(path, from)
	}
	if place < 0 && ref.Identifier != nil {
		place = ch.identified(ref.kind(), &ref.Identifier.System, ref.Identifier.Value)
	}
	if place < 0 {
		return nil
	}
	return ch.at(place)
}

// locate is the place of a full address or of a Type/id; -1 for none.
func (ch *chart) locate(path string, from *resource) int {
	if i, ok := ch.byURL[path]; ok {
		return i
	}
	if uuid, ok := strings.CutPrefix(path, "urn:uuid:"); ok {
		for _, kind := range []string{"Patient/", "Practitioner/"} { // of bulk exports, which have no addresses
			if i, ok := ch.byID[kind+uuid]; ok {
				return i
			}
		}
		return -1
	}
	server, id := serverOf(path)
	if server == "" {
		server, _ = serverOf(from.url)
	}
	if i, ok := ch.byURL[server+"/"+id]; ok {
		return i
	}
	i, ok := ch.byID[id]
	if !ok || i < 0 {
		return -1
	}
	if other, _ := serverOf(ch.entries[i].url); server != "" && other != "" && other != server {
		return -1
	}
	return i
}

// search is the place of the one that a query finds.
func (ch *chart) search(kind, query string) int {
	name, value, _ := strings.Cut(query, "=")
	if plain, err := url.PathUnescape(value); err == nil && !strings.Contains(value, "&") {
		value = plain
	} else {
		return -1
	}
	switch name {
	case "_id":
		if i, ok := ch.byID[kind+"/"+value]; ok {
			return i
		}
	case "identifier":
		if system, value, ok := strings.Cut(value, "|"); ok {
			return ch.identified(kind, &system, value)
		}
		return ch.identified(kind, nil, value)
	}
	return -1
}

// identified is the place of the only one of a kind with an identifier; a system of
// nil is any, and "" is none.
func (ch *chart) identified(kind string, system *string, value string) int {
	if ch.byIdentifier == nil {
		ch.byIdentifier = map[string]int{}
		for i, e := range ch.entries {
			ch.identify(i, e)
		}
	}
	key := func(kind string) string {
		if system == nil {
			return kind + "\x00" + value
		}
		return kind + "\x00" + value + "\x00" + *system
	}
	kinds := []string{kind}
	if kind == "" {
		kinds = []string{"Patient", "Practitioner"}
	}
	found := -1
	for _, k := range kinds {
		if i, ok := ch.byIdentifier[key(k)]; ok && value != "" {
			if found >= 0 || i < 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// identify notes the identifiers of an entry.
func (ch *chart) identify(place int, e entry) {
	if e.kind != "Patient" && e.kind != "Practitioner" {
		return
	}
	var r struct{ Identifier many[identifier] }
	if json.Unmarshal([]byte(e.raw), &r) != nil {
		return
	}
	if last, ok := ch.byID[e.kind+"/"+e.id]; ok && last > place && (e.url == "" || e.url == ch.entries[last].url) {
		return // what comes again replaces this
	}
	for _, id := range r.Identifier {
		for _, key := range []string{e.kind + "\x00" + id.Value, e.kind + "\x00" + id.Value + "\x00" + id.System} {
			if other, ok := ch.byIdentifier[key]; ok && other != place {
				ch.byIdentifier[key] = -1
			} else {
				ch.byIdentifier[key] = place
			}
		}
	}
}

// latest is the last that the file has of a resource; itself where that cannot be read,
// which is a mistake of its own row.
func (ch *chart) latest(r *resource) *resource {
	i, ok := ch.byURL[r.url]
	if !ok || r.url == "" {
		i, ok = ch.byID[r.ResourceType+"/"+r.ID]
	}
	if ok && i >= 0 {
		if last := ch.at(i); last != nil {
			return last
		}
	}
	return r
}

// serverOf parts an address before its Type/id; a relative one has no server.
func serverOf(address string) (server, id string) {
	parts := strings.Split(address, "/")
	if len(parts) < 2 {
		return "", address
	}
	if strings.Contains(address, "://") {
		server = strings.Join(parts[:len(parts)-2], "/")
	}
	return server, strings.Join(parts[len(parts)-2:], "/")
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
	is := func(s string) bool { p := plain(s); return p == "email" || p == "emailconsent" }
	return is(c.Text) || slices.ContainsFunc(c.Coding, func(x coding) bool { return is(x.Code) || is(x.Display) })
}
