package fhir

import (
	"slices"
	"strings"

	"handout/content"
	"handout/content/visits/field"
)

// Booking is one visit of one person, or what stands in its place.
type Booking struct {
	Entry  int // of the file, from 1
	Cells  field.Cells
	Nobody bool           // surely nobody is booked: a time that is blocked
	Wrong  *content.Error // why there is no more; nil if nothing is wrong
}

// Len is about how many bookings there are.
func (f *File) Len() int { return max(f.counts["Appointment"], f.counts["Patient"]) }

// Bookings gives one for each patient of each appointment. Without appointments there
// is one for each patient, with the stretches of the plans of care that are active.
//
// Consent to mail is unknown unless our own extension says so, or an active Consent
// whose category or provision names email and whose provision permits or denies. FHIR
// has no other place for it: that there is an address says nothing.
func (f *File) Bookings(yield func(Booking) bool) {
	for i, e := range f.entries {
		goOn := true
		switch {
		case wanted(e.kind) && f.at(i) == nil || e.kind == broken:
			goOn = yield(Booking{Entry: i + 1, Wrong: content.Errorf("no-fhir-resource", "export it again",
				"the entry is not a resource of FHIR R4")})
		case e.kind == "Appointment":
			goOn = f.appointment(i+1, f.at(i), yield)
		case f.counts["Appointment"] > 0:
		case e.kind == "CarePlan":
			goOn = f.planned(i+1, f.at(i), yield)
		case e.kind == "Patient":
			p := f.latest(f.at(i))
			b := Booking{Entry: i + 1}
			f.fill(&b.Cells, p)
			b.Cells[field.Stretches] = f.planOf[p.place]
			goOn = yield(b)
		}
		if !goOn {
			return
		}
	}
}

// planned is the booking of a plan of care whose patient has none by itself.
func (f *File) planned(number int, r *resource, yield func(Booking) bool) bool {
	b, p := Booking{Entry: number}, f.find(r.Subject, r)
	switch {
	case r.Status != "active":
		return true
	case p == nil || p.ResourceType != "Patient":
		b.Wrong = content.Errorf("plan-without-patient", "export Patient and CarePlan together",
			"the patient of the plan is not in the file")
	case p.place >= 0:
		return true
	default:
		f.fill(&b.Cells, p)
		b.Cells[field.Stretches] = f.stretches([]*resource{r})
	}
	return yield(b)
}

func (f *File) appointment(number int, r *resource, yield func(Booking) bool) bool {
	status := r.Status
	if status == "pending" {
		status = "proposed" // not all have agreed to it yet
	}
	var base field.Cells
	base[field.ID], base[field.Date], base[field.Status] = r.ID, r.Start, status
	for _, s := range append(slices.Clone(r.ServiceType), r.AppointmentType) {
		if base[field.Service] == "" {
			base[field.Service] = s.words()
		}
	}
	who := make([]*resource, len(r.Participant), len(r.Participant)+1)
	for i, p := range r.Participant {
		who[i] = f.find(p.Actor, r)
		if base[field.Therapist] == "" && who[i] != nil && who[i].ResourceType == "Practitioner" {
			base[field.Therapist] = who[i].fullName()
		} else if base[field.Therapist] == "" && strings.HasPrefix(p.Actor.kind(), "Practitioner") {
			base[field.Therapist] = p.Actor.Display
		}
	}
	people := r.Participant
	if r.Subject != (reference{}) { // R5 has the patient here, and often among the participants too
		people, who = append(slices.Clip(people), participant{Actor: r.Subject}), append(who, f.find(r.Subject, r))
	}
	// Of a patient who is not in the file there is no break: somebody is booked.
	missing := func() *content.Error {
		return content.Errorf("appointment-without-patient", "export Patient and Appointment together",
			"the patient of the appointment is not in the file")
	}
	seen := map[*resource]bool{}
	booked, sure := 0, len(people) > 0
	for i, p := range people {
		b := Booking{Entry: number, Cells: base}
		if p.Status == "declined" {
			b.Cells[field.Status] = "declined"
		}
		switch patient := who[i] != nil && who[i].ResourceType == "Patient"; {
		case patient && seen[who[i]]:
			continue
		case patient:
			seen[who[i]] = true
			f.fill(&b.Cells, who[i])
			b.Cells[field.Stretches] = f.planOf[who[i].place]
		case p.Actor.kind() == "Patient" && !(i == len(r.Participant) && booked > 0):
			b.Wrong = missing()
		default:
			sure = sure && p.attends(who[i])
			continue
		}
		if booked++; !yield(b) {
			return false
		}
	}
	switch b := (Booking{Entry: number, Cells: base}); {
	case booked > 0:
		return true
	case !sure:
		b.Wrong = missing()
		return yield(b)
	default:
		b.Nobody = true
		return yield(b)
	}
}

// attends tells what is certainly not the patient of an appointment: it is of another
// kind, or does there what patients do not.
func (p participant) attends(who *resource) bool {
	kind := p.Actor.kind()
	if who != nil {
		kind = who.ResourceType
	}
	switch kind {
	case "Practitioner", "PractitionerRole", "CareTeam", "Organization", "Device", "HealthcareService",
		"Location", "Schedule", "Slot":
		return true
	case "":
		for _, t := range p.Type {
			for _, c := range t.Coding {
				switch c.Code { // of v3-ParticipationType
				case "ADM", "ATND", "CALLBCK", "CON", "DIS", "ESC", "REF", "PPRF", "SPRF", "LOC", "DEV":
					return true
				}
			}
		}
	}
	return false
}
