// Package fhir reads the visits of FHIR (hl7.org/fhir): Bundles of R4, and what R5, STU3
// and DSTU2 call otherwise, or resources one after the other, as bulk exports have them.
// What refers to what is followed here; what a name or a date means is left to package
// field.
package fhir

import (
	"encoding/json"

	"handout/content"
	"handout/content/visits/sheet"
)

// Options say how a file is read.
type Options struct {
	Day     string            // YYYY-MM-DD, of visits that have none; may be empty
	Stretch func(string) bool // whether the library has a stretch of that name, for plans of care; nil: each
}

// File is the resources of a file.
type File struct {
	Partial bool // it is a page of a search, and the pages after it are not there
	Foreign int  // activities of plans of care that are no stretch
	Undosed int  // and those whose dose or note no page can say
	*chart
	opts   Options
	counts map[string]int // of entries, by kind
}

// Kind is the type of a resource, or "" where a value of JSON is none.
func Kind(raw string) string { return headOf(raw).kind }

// Read reads the values of JSON of a file. Its error, content.Errors, tells why they
// cannot be read at all; what is wrong with one is its booking's.
func Read(values []string, o Options) (*File, error) {
	var b bundles
	for _, raw := range values {
		b.add(raw, "", 0)
	}
	switch {
	case b.broken:
		return nil, fault("broken-bundle", "export it again",
			"the JSON of the bundle is broken near entry %d", len(b.entries)+1)
	case b.odd:
		return nil, fault("no-fhir-bundle", "export it again", "the bundle is not one of FHIR R4")
	case len(b.entries) > sheet.MaxRows:
		return nil, fault("too-many-entries", "export fewer days", "the bundle has more than %d entries", sheet.MaxRows)
	}
	f := &File{Partial: b.pages > 0 && b.more == b.pages, chart: newChart(b.entries), opts: o, counts: map[string]int{}}
	for _, e := range b.entries {
		f.counts[e.kind]++
	}
	f.readPlans()
	return f, nil
}

func fault(code, hint, format string, args ...any) error {
	return content.Errors{content.Errorf(code, hint, format, args...)}
}

// broken is the kind of an entry that is no JSON.
const broken = "broken"

// bundles are the entries of Bundles, of which a search gives one a page, and of what
// is none.
type bundles struct {
	entries     []entry
	pages, more int  // bundles, and those that name another after them
	odd         bool // one has something else for entries
	broken      bool // one ends at the last entry there is here
}

func (b *bundles) add(raw, url string, depth int) {
	h := headOf(raw)
	switch {
	case len(b.entries) > sheet.MaxRows || b.odd || b.broken:
		return
	case h.kind == "":
		h.kind = broken
	case h.kind == "Bundle" && depth > 4:
		b.odd = true
		return
	}
	if h.kind != "Bundle" {
		b.entries = append(b.entries, entry{url, h.kind, h.id, raw})
		return
	}
	b.pages++
	c := sheet.Cursor{Text: raw}
	c.Members(func(key, value string) bool {
		list := sheet.Cursor{Text: value}
		switch {
		case key == "link":
			list.Elements(func(link string) bool {
				var l struct{ Relation string }
				if json.Unmarshal([]byte(link), &l); l.Relation == "next" {
					b.more++
				}
				return true
			})
		case key == "entry" && value[0] == '[':
			list.Elements(func(one string) bool {
				resource, url := "", ""
				e := sheet.Cursor{Text: one}
				e.Members(func(key, value string) bool {
					switch key {
					case "resource":
						resource = value
					case "fullUrl":
						url = fullURL(sheet.String(value))
					}
					return true
				})
				switch {
				case e.Broken:
					b.entries = append(b.entries, entry{kind: broken})
				case resource == "": // of what was deleted
					b.entries = append(b.entries, entry{})
				default:
					b.add(resource, url, depth+1)
				}
				return len(b.entries) <= sheet.MaxRows && !b.odd && !b.broken
			})
			b.broken = b.broken || list.Broken
		case key == "entry" && value != "null":
			b.odd = true
		}
		return !b.odd && !b.broken
	})
	b.broken = b.broken || c.Broken
}
