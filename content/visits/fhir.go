package visits

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// resource is what is read of a FHIR R4 resource (hl7.org/fhir/R4): the elements of
// Patient, Practitioner, Appointment, CarePlan and Consent that say something to us.
type resource struct {
	ResourceType string
	ID           string
	Status       string
	Contained    []json.RawMessage
	url          string // the full address in a Bundle

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
	Period            period
}

type contactPoint struct {
	System, Value, Use string
	Rank               int
	Period             period
}

// period is when something holds. Names and addresses that are no longer someone's
// stay in a chart with the day they ended.
type period struct{ End string }

// over tells whether it ended before the day of a visit, or at all if there is none.
func (p period) over(day string) bool {
	day = day[:min(len(day), len(time.DateOnly))]
	return p.End != "" && (day == "" || p.End < day && !strings.HasPrefix(day, p.End))
}

type concept struct {
	Text   string
	Coding []struct{ System, Code, Display string }
}

type reference struct {
	Reference, Type, Display string
	Identifier               *struct{}
}

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
	byURL     map[string]*resource // by full address
	byID      map[string]*resource // Patient and Practitioner, as Type/id; nil if two servers have one each
	stretches map[*resource]string // of a patient's plans
	consents  map[*resource]string // yes or no
}

// readFHIR reads Bundles, or resources one after the other, as bulk exports have them. Each appointment is a row for each patient in it; without appointments each
// plan of care is one, and without plans each patient.
//
// Consent to mail is unknown unless our own extension says so, or an active Consent
// whose category or provision names email and whose provision permits or denies. FHIR
// has no other place for it, and a telecom entry is none.
func (in *intake) readFHIR(resources []json.RawMessage) error {
	entries, err := unbundled(resources)
	switch {
	case err != nil:
		return fault("", "export it again", "the bundle is not one of FHIR R4")
	case len(entries) > maxRows:
		return fault("", "export fewer days", "the bundle has more than %d entries", maxRows)
	}
	ch := chart{map[string]*resource{}, map[string]*resource{}, map[*resource]string{}, map[*resource]string{}}
	all := make([]*resource, len(entries))
	counts := map[string]int{}
	for i, e := range entries {
		r := readResource(e.Resource)
		if r == nil {
			continue // a row with a mistake
		}
		all[i], r.url = r, e.FullURL
		counts[r.ResourceType]++
		ch.add(r)
	}
	plans := map[*resource][]*resource{}
	for _, r := range all {
		if r == nil || r.Status != "active" {
			continue
		}
		if p := ch.find(r.Subject, r); p != nil && r.ResourceType == "CarePlan" {
			plans[p] = append(plans[p], r)
		}
		if p := ch.find(r.Patient, r); p != nil && r.ResourceType == "Consent" && ch.consents[p] != "no" { // one no stands over all that permit
			ch.consents[p] = cmp.Or(r.consent(), ch.consents[p])
		}
	}
	for p, list := range plans {
		ch.stretches[p] = stretches(list)
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

// readResource reads what kind a resource is, and all of it if we want it; nil if it
// can not be read.
func readResource(raw json.RawMessage) *resource {
	r := resource{ResourceType: kindOf(raw)}
	switch r.ResourceType {
	case "Patient", "Practitioner", "Appointment", "CarePlan", "Consent":
		if json.Unmarshal(raw, &r) != nil {
			return nil
		}
	}
	return &r
}

// add puts a resource where references find it. One that comes again, as in a
// history, replaces what was there.
func (ch *chart) add(r *resource) {
	if r.url != "" {
		ch.byURL[r.url] = r
	}
	if r.ID == "" || r.ResourceType != "Patient" && r.ResourceType != "Practitioner" {
		return
	}
	id := r.ResourceType + "/" + r.ID
	if old, ok := ch.byID[id]; ok && (old == nil || old.url != "" && r.url != "" && old.url != r.url) {
		r = nil
	}
	ch.byID[id] = r
}

// entry is one of a Bundle, or a resource by itself, which has no full address.
type entry struct {
	FullURL  string
	Resource json.RawMessage
}

// unbundled are the entries of Bundles, of which a search gives one a page, and of
// what is none.
func unbundled(resources []json.RawMessage) (entries upTo[entry], err error) {
	for _, raw := range resources {
		var bundle struct {
			ResourceType string
			Entry        upTo[entry]
		}
		err := json.Unmarshal(raw, &bundle)
		switch {
		case bundle.ResourceType != "Bundle":
			entries = append(entries, entry{Resource: raw})
		case err != nil:
			return nil, err
		default:
			entries = append(entries, bundle.Entry...)
		}
		if len(entries) > maxRows {
			break
		}
	}
	return entries, nil
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
		p := ch.find(r.Subject, r)
		if p == nil || p.ResourceType != "Patient" {
			wrong(&err, "export Patient and CarePlan together", "the patient of the plan is not in the file")
			return in.put(Row{Number: number, Err: err}, written{})
		}
		var c cells
		ch.fill(&c, p)
		c[Stretches] = stretches([]*resource{r})
		return in.row(number, &c)
	case r.ResourceType == "Patient" && counts["Appointment"] == 0 && counts["CarePlan"] == 0:
		var c cells
		ch.fill(&c, ch.latest(r))
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
		if who := ch.find(p.Actor, r); base[Therapist] == "" && who != nil && who.ResourceType == "Practitioner" {
			base[Therapist] = who.fullName()
		} else if base[Therapist] == "" && strings.HasPrefix(p.Actor.kind(), "Practitioner") {
			base[Therapist] = p.Actor.Display
		}
	}
	missing := func(c *cells) error { // no break: somebody is booked, and the file does not say who
		row := Row{Number: number, Skip: whySkipped(c)}
		wrong(&row.Err, "export Patient and Appointment together", "the patient of the appointment is not in the file")
		return in.put(row, written{date: in.stamp(c[Date])})
	}
	found, unknown := false, false
	for _, p := range r.Participant {
		who := ch.find(p.Actor, r)
		patient := who != nil && who.ResourceType == "Patient"
		if !patient && p.Actor.kind() != "Patient" {
			unknown = unknown || who == nil && p.Actor.kind() == "" && (p.Actor.Reference != "" || p.Actor.Identifier != nil)
			continue
		}
		found = true
		c := base
		if p.Status == "declined" {
			c[Status] = "declined"
		}
		var err error
		if patient {
			ch.fill(&c, who)
			c[Stretches] = ch.stretches[who]
			err = in.row(number, &c)
		} else {
			err = missing(&c)
		}
		if err != nil {
			return err
		}
	}
	switch {
	case found:
		return nil
	case unknown:
		return missing(&base)
	}
	return in.row(number, &base)
}

// kind is the type of what a reference means, if the reference tells.
func (ref reference) kind() string {
	if ref.Type != "" {
		return ref.Type
	}
	_, id := serverOf(ref.path())
	kind, _, ok := strings.Cut(id, "/")
	if !ok {
		return ""
	}
	return kind
}

// path is a reference without the version it names.
func (ref reference) path() string {
	path, _, _ := strings.Cut(ref.Reference, "/_history/")
	return path
}

// find is what a reference in a resource means: something contained there, a full
// address, or Type/id on the same server (hl7.org/fhir/R4/bundle.html#references).
// The Type/id of another server is someone else; where an entry has no address, its
// Type/id has to do.
func (ch *chart) find(ref reference, from *resource) *resource {
	path := ref.path()
	if id, ok := strings.CutPrefix(path, "#"); ok {
		for _, raw := range from.Contained {
			if r := readResource(raw); r != nil && r.ID == id && id != "" {
				return r
			}
		}
		return nil
	}
	if r := ch.byURL[path]; r != nil {
		return r
	}
	server, id := serverOf(path)
	if server == "" {
		server, _ = serverOf(from.url)
	}
	if r := ch.byURL[server+"/"+id]; r != nil {
		return r
	}
	r := ch.byID[id]
	if r == nil {
		return nil
	}
	if other, _ := serverOf(r.url); server != "" && other != "" && other != server {
		return nil
	}
	return r
}

// latest is the last that the file has of a resource.
func (ch *chart) latest(r *resource) *resource {
	if last := ch.byURL[r.url]; last != nil {
		return last
	}
	if last := ch.byID[r.ResourceType+"/"+r.ID]; last != nil {
		return last
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

// fill puts what a Patient says into cells.
func (ch *chart) fill(c *cells, p *resource) {
	c[Number], c[Born] = p.ID, p.BirthDate
	if n := p.name(c[Date], "usual", "official", ""); n != nil {
		c[First], c[Last], c[Name] = strings.Join(n.Given, " "), n.Family, n.Text
	}
	if n := p.name(c[Date], "nickname"); n != nil && !n.Period.over(c[Date]) {
		c[Preferred] = cmp.Or(strings.Join(n.Given, " "), n.Text)
	}
	if p.DeceasedBoolean || p.DeceasedDateTime != "" || p.Active != nil && !*p.Active {
		c[Deceased] = "yes"
	}
	c[Email] = p.email(c[Date])
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
	if said := ch.consents[p]; said == "no" || c[EmailConsent] == "" {
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
	return cmp.Or(strings.TrimSpace(strings.Join(n.Given, " ")+" "+n.Family), n.Text)
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
