package fhir

import (
	"cmp"
	"fmt"
	"strings"

	"handout/content"
)

// Codes and extensions of our own are known by the last part of their address, for
// the program has no public home yet.
const (
	ourConsent = "/handout-email-consent" // an extension of Patient, valueBoolean
	ourStretch = "/handout-stretch"       // a code system; its codes are names of stretches
)

// readPlans reads what plans of care and consents say of the patients in the file.
func (f *File) readPlans() {
	plans := map[int][]*resource{}
	for i, e := range f.entries {
		if e.kind != "CarePlan" && e.kind != "Consent" {
			continue
		}
		r := f.at(i)
		if r == nil || r.Status != "active" {
			continue
		}
		ref := r.Subject
		if e.kind == "Consent" && r.Patient != (reference{}) {
			ref = r.Patient
		}
		p := f.find(ref, r)
		switch {
		case p == nil || p.ResourceType != "Patient" || p.place < 0:
		case e.kind == "CarePlan":
			plans[p.place] = append(plans[p.place], r)
		default:
			f.consents[p.place] = append(f.consents[p.place], r.consent()...)
		}
	}
	for p, list := range plans {
		f.planOf[p] = f.stretches(list)
	}
}

// stretches are the activities of plans as content.ParseChoices reads them, each once:
// by our own code, else by what they are called, else by their description. What else
// a plan holds (a diet, a walk) is left out and counted, as is a dose that no page says.
func (f *File) stretches(plans []*resource) string {
	var list []string
	chosen := map[string]bool{}
	for _, p := range plans {
		for _, a := range p.Activity {
			d := a.Detail
			if d == nil {
				f.Foreign++
				continue
			}
			switch d.Status {
			case "cancelled", "stopped", "completed", "on-hold", "entered-in-error":
				continue
			}
			if d.DoNotPerform {
				continue
			}
			id := ""
			for _, x := range d.Code.Coding {
				if strings.HasSuffix(x.System, ourStretch) {
					id = x.Code
				}
			}
			id = stretchName(cmp.Or(id, d.Code.words(), d.Description))
			if _, err := content.ParseChoices(id); id == "" || err != nil ||
				f.opts.Stretch != nil && !f.opts.Stretch(id) {
				f.Foreign++
				continue
			}
			if chosen[id] {
				continue
			}
			chosen[id] = true
			s := id + d.ScheduledTiming.Repeat.dose()
			if note := strings.Join(strings.Fields(strings.ReplaceAll(d.ScheduledString, `"`, " ")), " "); note != "" {
				s += `:note="` + note + `"`
			}
			if _, err := content.ParseChoices(s); err != nil {
				f.Undosed++
				s = id
			}
			list = append(list, s)
		}
	}
	return strings.Join(list, ",")
}

// stretchName is what a stretch of that name is called in a library.
func stretchName(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return strings.ContainsRune(" \t\r\n,:=\"/\\", r)
	}), "-")
}

// dose writes how often and how long as changes to a dose. What our doses cannot
// say, such as every other day, is left to the stretch's own.
func (r repeat) dose() string {
	var s strings.Builder
	if hold := r.Duration; hold > 0 && hold == float64(int(hold)) {
		switch r.DurationUnit {
		case "s":
			fmt.Fprintf(&s, ":hold=%ds", int(hold))
		case "min":
			fmt.Fprintf(&s, ":hold=%dm", int(hold))
		}
	}
	times := r.Frequency
	if times == 0 {
		times = len(r.TimeOfDay)
	}
	one := r.Period == 1
	switch {
	case len(r.DayOfWeek) > 0:
		if times > 0 && (r.PeriodUnit == "" || one && r.PeriodUnit == "d") {
			fmt.Fprintf(&s, ":per-day=%d", times)
		}
		fmt.Fprintf(&s, ":days=%d", len(r.DayOfWeek))
	case times == 0:
	case len(r.TimeOfDay) > 0, one && r.PeriodUnit == "d":
		fmt.Fprintf(&s, ":per-day=%d:days=7", times)
	case one && r.PeriodUnit == "wk" && times <= 7:
		fmt.Fprintf(&s, ":per-day=1:days=%d", times)
	case one && r.PeriodUnit == "wk" && times%7 == 0:
		fmt.Fprintf(&s, ":per-day=%d:days=7", times/7)
	}
	return s.String()
}
