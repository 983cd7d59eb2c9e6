package layout

import "slices"

// The design article: what is to be read. The title and the opening, whose page it is, the
// sections in two columns, the stretches as rows at the foot.

// article arranges a page.
func (d *draft) article(sections []picked) {
	comp, look, f, inner := d.comp, d.comp.look, d.copy.frame, d.inner()
	d.begin(true)
	opening := d.copy.sections[0]
	lead, rest := splitLead(d.opening.nodes)
	for _, n := range lead {
		d.put(part(InOpening), comp.node(n, inner), look.Para)
	}
	d.put(part(InName), comp.strip(f, inner), look.Gap)
	if f.note != nil {
		d.put(part(InNote), comp.note(f.note, inner), look.Gap)
	}
	if len(rest) > 0 {
		d.put(part(InOpening), comp.nodes(rest, inner), look.Gap)
	}
	at := slices.IndexFunc(sections, func(s picked) bool { return s.slot })
	if at < 0 {
		at = len(sections)
	}
	d.flowing(sections[:at])
	var after []ending
	if len(opening.cards) > 0 || len(opening.after) > 0 {
		after = d.exercises(picked{section: opening, said: &passage{}})
	}
	for _, s := range sections[at:] {
		if s.slot {
			after = append(after, d.exercises(s)...)
			continue
		}
		d.flowing([]picked{s})
	}
	d.ends(after)
}
