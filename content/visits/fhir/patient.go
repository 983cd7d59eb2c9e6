package fhir

import (
	"cmp"
	"strings"

	"handout/content/visits/field"
)

// fill puts what a Patient says into cells.
func (f *File) fill(c *field.Cells, p *resource) {
	c[field.Number], c[field.Born] = p.ID, p.BirthDate
	if n := p.name(c[field.Date], "usual", "official", ""); n != nil {
		c[field.First], c[field.Last], c[field.Name] = strings.Join(n.Given, " "), strings.Join(n.Family, " "), n.Text
	}
	if n := p.name(c[field.Date], "nickname"); n != nil && !n.Period.over(c[field.Date]) {
		c[field.Preferred] = cmp.Or(strings.Join(n.Given, " "), n.Text)
	}
	if p.DeceasedBoolean || p.DeceasedDateTime != "" || p.Active != nil && !*p.Active {
		c[field.Deceased] = "yes"
	}
	c[field.Email] = p.email(c[field.Date])
	for _, l := range p.Communication {
		if l.Preferred || len(p.Communication) == 1 {
			c[field.Language] = l.Language.language()
		}
	}
	for _, x := range p.Extension {
		if strings.HasSuffix(x.URL, ourConsent) && x.ValueBoolean != nil {
			c[field.EmailConsent] = map[bool]string{true: "yes", false: "no"}[*x.ValueBoolean]
		}
	}
	if said := f.mayMail(p.place, cmp.Or(c[field.Date], f.opts.Day)); said == "no" || c[field.EmailConsent] == "" {
		c[field.EmailConsent] = said
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
