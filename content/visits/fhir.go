package visits

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"handout/content"
)

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

// Codes and extensions of our own are known by the last part of their address, for
// the program has no public home yet.
const (
	ourConsent = "/handout-email-consent" // an extension of Patient, valueBoolean
	ourStretch = "/handout-stretch"       // a code system; its codes are names of stretches
)

// readFHIR reads Bundles, or resources one after the other, as bulk exports have them.
// Each appointment is a row for each patient in it. Without appointments each patient
// is a row, with the stretches of the plans of care that are active.
//
// Consent to mail is unknown unless our own extension says so, or an active Consent
// whose category or provision names email and whose provision permits or denies. FHIR
// has no other place for it: that there is an address says nothing.
func (in *intake) readFHIR(resources []string) error {
	var b bundles
	for _, raw := range resources {
		b.add(raw, "", 0)
	}
	switch {
	case b.broken:
		return fault("broken-bundle", "export it again", "the JSON of the bundle is broken near entry %d", len(b.entries)+1)
	case b.odd:
		return fault("no-fhir-bundle", "export it again", "the bundle is not one of FHIR R4")
	case len(b.entries) > maxRows:
		return fault("too-many-entries", "export fewer days", "the bundle has more than %d entries", maxRows)
	case b.pages > 0 && b.more == b.pages:
		in.list.Notes = append(in.list.Notes, "the bundle is a page of a search, and the pages after it are not in the file: who is on them gets nothing")
	}
	ch := newChart(b.entries)
	if today := cmp.Or(in.opts.Day, in.opts.Today); !today.IsZero() {
		ch.today = today.Format(time.DateOnly)
	}
	counts := map[string]int{}
	for _, e := range b.entries {
		counts[e.kind]++
	}
	in.list.System = "FHIR R4"
	if len(in.opts.Columns) > 0 {
		return fault("bundle-without-columns", "leave them out", "a bundle of FHIR has no columns")
	}
	in.room(max(counts["Appointment"], counts["Patient"]))
	in.readPlans(ch)
	for i, e := range b.entries {
		var err error
		switch {
		case wanted(e.kind) && ch.at(i) == nil || e.kind == broken:
			var row Row
			wrong(&row.Err, "no-fhir-resource", "export it again", "the entry is not a resource of FHIR R4")
			row.Number = i + 1
			err = in.put(row, written{})
		case e.kind == "Appointment":
			err = in.appointment(i+1, ch.at(i), ch)
		case counts["Appointment"] > 0:
		case e.kind == "CarePlan":
			err = in.planned(i+1, ch.at(i), ch)
		case e.kind == "Patient":
			p := ch.latest(ch.at(i))
			var c cells
			ch.fill(&c, p)
			c[Stretches] = ch.stretches[p.place]
			err = in.row(i+1, &c)
		}
		if err != nil {
			return err
		}
	}
	if in.foreign > 0 {
		in.list.Notes = append(in.list.Notes, "activities of plans of care that are no stretch of the library are left out: "+strconv.Itoa(in.foreign))
	}
	if in.undosed > 0 {
		in.list.Notes = append(in.list.Notes, "activities of plans of care whose dose or note a page cannot say have the stretch's own: "+strconv.Itoa(in.undosed))
	}
	if len(in.list.Rows) == 0 {
		return fault("nobody-in-bundle", "export Patient and Appointment together", "the bundle has neither patients nor appointments")
	}
	return nil
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
	case len(b.entries) > maxRows || b.odd || b.broken:
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
	c := cursor{text: raw}
	c.members(func(key, value string) bool {
		list := cursor{text: value}
		switch {
		case key == "link":
			list.elements(func(link string) bool {
				var l struct{ Relation string }
				if json.Unmarshal([]byte(link), &l); l.Relation == "next" {
					b.more++
				}
				return true
			})
		case key == "entry" && value[0] == '[':
			list.elements(func(one string) bool {
				resource, url := "", ""
				e := cursor{text: one}
				e.members(func(key, value string) bool {
					switch key {
					case "resource":
						resource = value
					case "fullUrl":
						url = fullURL(jsonString(value))
					}
					return true
				})
				switch {
				case e.broken:
					b.entries = append(b.entries, entry{kind: broken})
				case resource == "": // of what was deleted
					b.entries = append(b.entries, entry{})
				default:
					b.add(resource, url, depth+1)
				}
				return len(b.entries) <= maxRows && !b.odd && !b.broken
			})
			b.broken = b.broken || list.broken
		case key == "entry" && value != "null":
			b.odd = true
		}
		return !b.odd && !b.broken
	})
	b.broken = b.broken || c.broken
}

// readPlans reads what plans of care and consents say of the patients in the file.
func (in *intake) readPlans(ch *chart) {
	plans := map[int][]*resource{}
	for i, e := range ch.entries {
		if e.kind != "CarePlan" && e.kind != "Consent" {
			continue
		}
		r := ch.at(i)
		if r == nil || r.Status != "active" {
			continue
		}
		ref := r.Subject
		if e.kind == "Consent" && r.Patient != (reference{}) {
			ref = r.Patient
		}
		p := ch.find(ref, r)
		switch {
		case p == nil || p.ResourceType != "Patient" || p.place < 0:
		case e.kind == "CarePlan":
			plans[p.place] = append(plans[p.place], r)
		default:
			ch.consents[p.place] = append(ch.consents[p.place], r.consent()...)
		}
	}
	for p, list := range plans {
		ch.stretches[p] = in.stretches(list)
	}
}

// planned adds a row for a plan of care whose patient has none by itself.
func (in *intake) planned(number int, r *resource, ch *chart) error {
	p := ch.find(r.Subject, r)
	switch {
	case r.Status != "active":
		return nil
	case p == nil || p.ResourceType != "Patient":
		row := Row{Number: number}
		wrong(&row.Err, "plan-without-patient", "export Patient and CarePlan together", "the patient of the plan is not in the file")
		return in.put(row, written{})
	case p.place >= 0:
		return nil
	}
	var c cells
	ch.fill(&c, p)
	c[Stretches] = in.stretches([]*resource{r})
	return in.row(number, &c)
}

func (in *intake) appointment(number int, r *resource, ch *chart) error {
	status := r.Status
	if status == "pending" {
		status = "proposed" // not all have agreed to it yet
	}
	var base cells
	base[ID], base[Date], base[Status] = r.ID, r.Start, status
	for _, s := range append(slices.Clone(r.ServiceType), r.AppointmentType) {
		if base[Service] == "" {
			base[Service] = s.words()
		}
	}
	who := make([]*resource, len(r.Participant), len(r.Participant)+1)
	for i, p := range r.Participant {
		who[i] = ch.find(p.Actor, r)
		if base[Therapist] == "" && who[i] != nil && who[i].ResourceType == "Practitioner" {
			base[Therapist] = who[i].fullName()
		} else if base[Therapist] == "" && strings.HasPrefix(p.Actor.kind(), "Practitioner") {
			base[Therapist] = p.Actor.Display
		}
	}
	people := r.Participant
	if r.Subject != (reference{}) { // R5 has the patient here, and often among the participants too
		people, who = append(slices.Clip(people), participant{Actor: r.Subject}), append(who, ch.find(r.Subject, r))
	}
	seen := map[*resource]bool{}
	booked, sure := 0, len(people) > 0
	for i, p := range people {
		c := base
		if p.Status == "declined" {
			c[Status] = "declined"
		}
		switch patient := who[i] != nil && who[i].ResourceType == "Patient"; {
		case patient && seen[who[i]]:
			continue
		case patient:
			seen[who[i]] = true
			ch.fill(&c, who[i])
			c[Stretches] = ch.stretches[who[i].place]
			if err := in.row(number, &c); err != nil {
				return err
			}
		case p.Actor.kind() == "Patient" && !(i == len(r.Participant) && booked > 0):
			if err := in.missing(number, &c); err != nil {
				return err
			}
		default:
			sure = sure && p.attends(who[i])
			continue
		}
		booked++
	}
	switch {
	case booked > 0:
		return nil
	case !sure:
		return in.missing(number, &base)
	}
	if why, _ := in.whySkipped(&base); why == "" {
		base[Status] = "break"
	}
	return in.row(number, &base)
}

// missing adds the row of an appointment whose patient the file does not have. It is
// no break: somebody is booked.
func (in *intake) missing(number int, c *cells) error {
	row := Row{Number: number}
	row.Skip, row.Doubtful = in.whySkipped(c)
	wrong(&row.Err, "appointment-without-patient", "export Patient and Appointment together", "the patient of the appointment is not in the file")
	return in.put(row, written{date: in.stamp(c[Date])})
}

// attends tells what is certainly not the patient of an appointment: it is of another
// kind, or does there what patients do not.
func (p participant) attends(who *resource) bool {
	kind := p.Actor.kind()
	if who != nil {
		kind = who.ResourceType
	}
	switch kind {
	case "Practitioner", "PractitionerRole", "CareTeam", "Organization", "Device", "HealthcareService", "Location", "Schedule", "Slot":
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

// fill puts what a Patient says into cells.
func (ch *chart) fill(c *cells, p *resource) {
	c[Number], c[Born] = p.ID, p.BirthDate
	if n := p.name(c[Date], "usual", "official", ""); n != nil {
		c[First], c[Last], c[Name] = strings.Join(n.Given, " "), strings.Join(n.Family, " "), n.Text
	}
	if n := p.name(c[Date], "nickname"); n != nil && !n.Period.over(c[Date]) {
		c[Preferred] = cmp.Or(strings.Join(n.Given, " "), n.Text)
	}
	if p.DeceasedBoolean || p.DeceasedDateTime != "" || p.Active != nil && !*p.Active {
		c[Deceased] = "yes"
	}
	c[Email] = p.email(c[Date])
	for _, l := range p.Communication {
		if l.Preferred || len(p.Communication) == 1 {
			c[Language] = l.Language.language()
		}
	}
	for _, x := range p.Extension {
		if strings.HasSuffix(x.URL, ourConsent) && x.ValueBoolean != nil {
			c[EmailConsent] = map[bool]string{true: "yes", false: "no"}[*x.ValueBoolean]
		}
	}
	if said := ch.mayMail(p.place, cmp.Or(c[Date], ch.today)); said == "no" || c[EmailConsent] == "" {
		c[EmailConsent] = said
	}
}

// name is the first name of the first use there is one of; one that was over on the
// day of a visit only if there is no other.
func (r *resource) name(day string, uses ...string) *humanName {
	for _, over := range []bool{false, true} {
		for _, use := range uses {
			for i, n := range r.Name {
				if n.Use == use && n.Period.over(day) == over {
					return &r.Name[i]
				}
			}
		}
	}
	return nil
}

func (r *resource) fullName() string {
	n := r.name("", "usual", "official", "")
	if n == nil {
		return ""
	}
	return cmp.Or(strings.TrimSpace(strings.Join(n.Given, " ")+" "+strings.Join(n.Family, " ")), n.Text)
}

// email is the one address to use: the lowest rank first, then one that is not for
// work. Others of the same person are left alone; one that was over on the day of a
// visit may be somebody else's by now.
func (r *resource) email(day string) string {
	best, score := "", 0
	for _, t := range r.Telecom {
		if t.System != "email" || t.Use == "old" || t.Value == "" || t.Period.over(day) {
			continue
		}
		s := 10_000
		if t.Rank > 0 {
			s = min(t.Rank, 1000)
		}
		if s *= 2; t.Use == "work" {
			s++
		}
		if best == "" || s < score {
			best, score = t.Value, s
		}
	}
	return best
}

// stretches are the activities of plans as content.ParseChoices reads them, each once:
// by our own code, else by what they are called, else by their description. What else
// a plan holds (a diet, a walk) is left out and counted, as is a dose that no page says.
func (in *intake) stretches(plans []*resource) string {
	var list []string
	chosen := map[string]bool{}
	for _, p := range plans {
		for _, a := range p.Activity {
			d := a.Detail
			if d == nil {
				in.foreign++
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
			if _, err := content.ParseChoices(id); id == "" || err != nil || in.opts.Stretch != nil && !in.opts.Stretch(id) {
				in.foreign++
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
				in.undosed++
				s = id
			}
			list = append(list, s)
		}
	}
	return strings.Join(list, ",")
}

// stretchName is what a stretch of that name is called in a library.
func stretchName(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" \t\r\n,:=\"/\\", r) }), "-")
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
