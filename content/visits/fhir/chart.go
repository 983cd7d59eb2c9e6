package fhir

import (
	"encoding/json"
	"net/url"
	"strings"
)

// chart is the resources of a file and what refers to them. They are kept as they
// are written and read when they are asked for: a hospital's patients, all read at
// once, would take more room than the file.
type chart struct {
	entries      []entry
	byURL        map[string]int    // places by full address
	byID         map[string]int    // Patient and Practitioner, as Type/id; -1 if two servers have one each
	byIdentifier map[named]int     // made when the first is asked for
	read         map[int]*resource // some of those that were read
	held         int               // bytes of the file that were read into them
	planOf       map[int]string    // the stretches of a patient's plans
	consents     map[int][]consented
}

// named is somebody by an identifier, of one system or of any.
type named struct {
	kind, value, system string
	any                 bool
}

// entry is one of a Bundle, or a resource by itself, which has no full address.
type entry struct {
	url, kind, id, raw string
}

func newChart(entries []entry) *chart {
	ch := &chart{entries: entries, byURL: map[string]int{}, byID: map[string]int{}, read: map[int]*resource{},
		planOf: map[int]string{}, consents: map[int][]consented{}}
	for i, e := range entries {
		if e.url != "" && e.kind != "Appointment" { // to which nothing refers
			place := i // one that comes again, as in a history, replaces what was there
			if old, ok := ch.byURL[e.url]; ok && (old < 0 || entries[old].id != e.id || entries[old].kind != e.kind) {
				place = -1 // two under one address
			}
			ch.byURL[e.url] = place
		}
		if e.kind != "Patient" && e.kind != "Practitioner" || e.id == "" {
			continue
		}
		id := e.kind + "/" + e.id
		if old, ok := ch.byID[id]; ok && (old < 0 ||
			entries[old].url != "" && e.url != "" && entries[old].url != e.url) {
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
		ch.byIdentifier = map[named]int{}
		for i, e := range ch.entries {
			ch.identify(i, e)
		}
	}
	key := named{value: value, any: system == nil}
	if system != nil {
		key.system = *system
	}
	kinds := []string{kind}
	if kind == "" {
		kinds = []string{"Patient", "Practitioner"}
	}
	found := -1
	for _, k := range kinds {
		key.kind = k
		if i, ok := ch.byIdentifier[key]; ok && value != "" {
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
		for _, key := range []named{{e.kind, id.Value, "", true}, {e.kind, id.Value, id.System, false}} {
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

// mayMail is what the Consents of a patient say on the day of a visit: yes, no or
// nothing. One no stands over all that permit.
func (ch *chart) mayMail(patient int, day string) (said string) {
	for _, c := range ch.consents[patient] {
		switch a, b := c.during[0], c.during[1]; {
		case a.over(day) || b.over(day):
		case !c.permit:
			return "no"
		case a.begun(day) && b.begun(day):
			said = "yes"
		}
	}
	return said
}
