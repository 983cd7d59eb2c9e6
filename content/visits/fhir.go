package visits

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// resource is what is read of a FHIR R4 resource (hl7.org/fhir/R4): the elements of
// Patient, Practitioner, Appointment, CarePlan and Consent that say something to us.
type resource struct {
	ResourceType string
	ID           string
	Status       string

	Active           *bool // Patient
	Name             []humanName
	Telecom          []contactPoint
	BirthDate        string
	DeceasedBoolean  bool
	DeceasedDateTime string
	Communication    []struct {
		Language  concept
		Preferred bool
	}
	Extension []struct {
		URL          string
		ValueBoolean *bool
	}

	Start           string // Appointment
	ServiceType     []concept
	AppointmentType concept
	Participant     []struct {
		Actor  reference
		Status string
	}

	Subject  reference // CarePlan
	Activity []struct {
		Detail *struct {
			Code            concept
			Description     string
			Status          string
			DoNotPerform    bool
			ScheduledString string
			ScheduledTiming struct{ Repeat repeat }
		}
	}

	Patient   reference // Consent
	Category  []concept
	Provision struct {
		Type string
		Code []concept
	}
}

type humanName struct {
	Use, Text, Family string
	Given             []string
}

type contactPoint struct {
	System, Value, Use string
	Rank               int
}

type concept struct {
	Text   string
	Coding []struct{ System, Code, Display string }
}

type reference struct{ Reference, Display string }

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

// chart is the resources of a file by what refers to them.
type chart struct {
	people    map[string]*resource // Patient and Practitioner, as Type/id and by full address
	stretches map[string]string    // of a patient's plans, by key
	consents  map[string]string    // yes or no, by key
}

// readFHIR reads a Bundle, or resources one after the other, as bulk exports have
// them. Each appointment is a row for each patient in it; without appointments each
// plan of care is one, and without plans each patient.
//
// Consent to mail is unknown unless our own extension says so, or an active Consent
// whose category or provision names email and whose provision permits or denies. FHIR
// has no other place for it, and a telecom entry is none.
func (in *intake) readFHIR(text, kind string) error {
	raws, urls, err := entries(text, kind)
	if err != nil {
		return err
	}
	if len(raws) > maxRows {
		return fault("", "export fewer days", "the bundle has more than %d entries", maxRows)
	}
	ch := chart{map[string]*resource{}, map[string]string{}, map[string]string{}}
	all := make([]*resource, len(raws))
	counts := map[string]int{}
	for i, raw := range raws {
		var kind struct{ ResourceType string }
		_ = json.Unmarshal(raw, &kind) // what is no object has no kind
		r := resource{ResourceType: kind.ResourceType}
		switch kind.ResourceType {
		case "Patient", "Practitioner", "Appointment", "CarePlan", "Consent":
			if json.Unmarshal(raw, &r) != nil {
				continue // all stays nil: a row with a mistake
			}
		}
		all[i] = &r
		counts[r.ResourceType]++
		switch r.ResourceType {
		case "Patient", "Practitioner":
			ch.people[r.ResourceType+"/"+r.ID] = &r
			if urls[i] != "" {
				ch.people[urls[i]] = &r
			}
		}
	}
	plans := map[string][]*resource{}
	for _, r := range all {
		if r == nil || r.Status != "active" {
			continue
		}
		if p := ch.person(r.Subject); p != nil && r.ResourceType == "CarePlan" {
			plans[p.key()] = append(plans[p.key()], r)
		}
		if p := ch.person(r.Patient); p != nil && r.ResourceType == "Consent" && ch.consents[p.key()] != "no" { // one no stands over all that permit
			ch.consents[p.key()] = cmp.Or(r.consent(), ch.consents[p.key()])
		}
	}
	for key, list := range plans {
		ch.stretches[key] = stretches(list)
	}
	in.list.System = "FHIR R4"
	if !in.opts.Day.IsZero() && counts["Appointment"] == 0 {
		return fault("", "leave the day out, or export the appointments too", "the bundle has no appointments, and so no days")
	}
	if len(in.opts.Columns) > 0 {
		return fault("", "leave them out", "a bundle of FHIR has no columns")
	}
	for i, r := range all {
		if err := in.entry(i+1, r, &ch, counts); err != nil {
			return err
		}
	}
	if len(in.list.Rows) == 0 {
		return fault("", "export Patient and Appointment together", "the bundle has no patients")
	}
	return nil
}

// entries are the resources of a file, with their full addresses.
func entries(text, kind string) (raws []json.RawMessage, urls []string, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	if kind == "Bundle" {
		var bundle struct {
			Entry []struct {
				FullURL  string
				Resource json.RawMessage
			}
		}
		if err := d.Decode(&bundle); err != nil {
			return nil, nil, broken(text, err)
		}
		for _, e := range bundle.Entry {
			raws, urls = append(raws, e.Resource), append(urls, e.FullURL)
		}
		return raws, urls, nil
	}
	for {
		var raw json.RawMessage
		switch err := d.Decode(&raw); {
		case err == io.EOF:
			return raws, urls, nil
		case err != nil:
			return nil, nil, broken(text, err)
		}
		raws, urls = append(raws, raw), append(urls, "")
	}
}

// entry adds the rows of a resource.
func (in *intake) entry(number int, r *resource, ch *chart, counts map[string]int) error {
	var err error
	switch {
	case r == nil:
		wrong(&err, "export it again", "the entry is not a resource of FHIR R4")
		return in.put(Row{Number: number, Err: err}, written{})
	case r.ResourceType == "Appointment":
		return in.appointment(number, r, ch)
	case r.ResourceType == "CarePlan" && r.Status == "active" && counts["Appointment"] == 0:
		p := ch.person(r.Subject)
		if p == nil {
			wrong(&err, "export Patient and CarePlan together", "the patient of the plan is not in the file")
			return in.put(Row{Number: number, Err: err}, written{})
		}
		var c cells
		ch.fill(&c, p)
		c[Stretches] = stretches([]*resource{r})
		return in.row(number, &c)
	case r.ResourceType == "Patient" && counts["Appointment"] == 0 && counts["CarePlan"] == 0:
		var c cells
		ch.fill(&c, r)
		return in.row(number, &c)
	}
	return nil
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
	for _, p := range r.Participant {
		if who := ch.person(p.Actor); base[Therapist] == "" && who != nil && who.ResourceType == "Practitioner" {
			base[Therapist] = who.fullName()
		} else if base[Therapist] == "" && strings.Contains(p.Actor.Reference, "Practitioner") {
			base[Therapist] = p.Actor.Display
		}
	}
	found := false
	for _, p := range r.Participant {
		who := ch.person(p.Actor)
		patient := who != nil && who.ResourceType == "Patient"
		if !patient && !strings.Contains(p.Actor.Reference, "Patient/") {
			continue
		}
		found = true
		c := base
		if p.Status == "declined" {
			c[Status] = "declined"
		}
		if !patient {
			row := Row{Number: number, Skip: whySkipped(&c)}
			wrong(&row.Err, "export Patient and Appointment together", "the patient of the appointment is not in the file")
			if err := in.put(row, written{date: in.stamp(c[Date])}); err != nil {
				return err
			}
			continue
		}
		ch.fill(&c, who)
		c[Stretches] = ch.stretches[who.key()]
		if err := in.row(number, &c); err != nil {
			return err
		}
	}
	if !found {
		return in.row(number, &base)
	}
	return nil
}

func (r *resource) key() string { return r.ResourceType + "/" + r.ID + "\x00" + r.BirthDate }

// person is who a reference means: Type/id, a full address or one that ends in Type/id.
func (ch *chart) person(ref reference) *resource {
	if p := ch.people[ref.Reference]; p != nil {
		return p
	}
	parts := strings.Split(ref.Reference, "/")
	if len(parts) < 2 {
		return nil
	}
	return ch.people[strings.Join(parts[len(parts)-2:], "/")]
}

// fill puts what a Patient says into cells.
func (ch *chart) fill(c *cells, p *resource) {
	c[Number], c[Born] = p.ID, p.BirthDate
	if n := p.name("usual", "official", ""); n != nil {
		c[First], c[Last], c[Name] = strings.Join(n.Given, " "), n.Family, n.Text
	}
	if n := p.name("nickname"); n != nil {
		c[Preferred] = cmp.Or(strings.Join(n.Given, " "), n.Text)
	}
	if p.DeceasedBoolean || p.DeceasedDateTime != "" || p.Active != nil && !*p.Active {
		c[Deceased] = "yes"
	}
	c[Email] = p.email()
	for _, l := range p.Communication {
		if len(l.Language.Coding) > 0 && (l.Preferred || len(p.Communication) == 1) {
			c[Language] = l.Language.Coding[0].Code
		}
	}
	for _, x := range p.Extension {
		if strings.HasSuffix(x.URL, ourConsent) && x.ValueBoolean != nil {
			c[EmailConsent] = map[bool]string{true: "yes", false: "no"}[*x.ValueBoolean]
		}
	}
	if said := ch.consents[p.key()]; said == "no" || c[EmailConsent] == "" {
		c[EmailConsent] = said
	}
}

// consent is what a Consent says of mail, if it says anything.
func (r *resource) consent() string {
	if !slices.ContainsFunc(append(slices.Clone(r.Category), r.Provision.Code...), concept.email) {
		return ""
	}
	switch r.Provision.Type {
	case "permit":
		return "yes"
	case "deny":
		return "no"
	}
	return ""
}

// name is the first name of the first use there is one of.
func (r *resource) name(uses ...string) *humanName {
	for _, use := range uses {
		for i, n := range r.Name {
			if n.Use == use {
				return &r.Name[i]
			}
		}
	}
	return nil
}

func (r *resource) fullName() string {
	n := r.name("usual", "official", "")
	if n == nil {
		return ""
	}
	return cmp.Or(strings.TrimSpace(strings.Join(n.Given, " ")+" "+n.Family), n.Text)
}

// email is the one address to use: the lowest rank first, then one that is not for
// work. Others of the same person are left alone.
func (r *resource) email() string {
	best, score := "", 0
	for _, t := range r.Telecom {
		if t.System != "email" || t.Use == "old" || t.Value == "" {
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

// words are what a concept is called.
func (c concept) words() string {
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
	return is(c.Text) || slices.ContainsFunc(c.Coding, func(x struct{ System, Code, Display string }) bool { return is(x.Code) || is(x.Display) })
}

// stretches are the activities of plans as content.ParseChoices reads them: by our
// own code, else by what they are called, else by their description.
func stretches(plans []*resource) string {
	var list []string
	for _, p := range plans {
		for _, a := range p.Activity {
			d := a.Detail
			if d == nil || d.DoNotPerform {
				continue
			}
			switch d.Status {
			case "cancelled", "stopped", "completed", "on-hold", "entered-in-error":
				continue
			}
			id := ""
			for _, x := range d.Code.Coding {
				if strings.HasSuffix(x.System, ourStretch) {
					id = x.Code
				}
			}
			id = nameable(cmp.Or(id, d.Code.words(), d.Description))
			if id == "" {
				continue
			}
			s := id + d.ScheduledTiming.Repeat.dose()
			if note := strings.Join(strings.Fields(strings.ReplaceAll(d.ScheduledString, `"`, " ")), " "); note != "" {
				s += `:note="` + note + `"`
			}
			list = append(list, s)
		}
	}
	return strings.Join(list, ",")
}

// nameable takes out what would end a stretch's name.
func nameable(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\r\n,:=\"/\\", r) }), " ")
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
