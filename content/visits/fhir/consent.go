package fhir

import "slices"

// consented is what a Consent says of mail, and when.
type consented struct {
	permit bool
	during [2]period // both
}

// consent is all that a Consent says of mail.
func (r *resource) consent() (all []consented) {
	of := slices.ContainsFunc(r.Category, concept.email)
	var read func(p provision, within [2]period, inner bool)
	read = func(p provision, within [2]period, inner bool) {
		if p.Period != (period{}) {
			within[1] = p.Period
		}
		said := p.Type
		if said == "" && r.Decision != "" {
			said = "deny"
		}
		if (said == "permit" || said == "deny") && (of && !inner || slices.ContainsFunc(p.Code, concept.email)) {
			all = append(all, consented{said == "permit", within})
		}
		for _, q := range p.Provision {
			read(q, within, true)
		}
	}
	// In R5 the decision stands for the whole, and a provision is an exception from it: of
	// a permit it is a denial. What an exception from a denial allows is left to a person.
	if of && (r.Decision == "permit" || r.Decision == "deny") {
		all = append(all, consented{r.Decision == "permit", [2]period{r.Period}})
	}
	for _, p := range r.Provision {
		read(p, [2]period{r.Period}, false)
	}
	return all
}
