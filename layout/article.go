package layout

import "slices"

// The design article: what is to be read. The title and the opening, whose page it is, the
// sections in two columns, the stretches as rows at the foot.

// article arranges a page.
func (d *draft) article(sections []picked) {
	comp, look, f, inner := d.comp, d.comp.look, d.copy.frame, d.inner()
	gap := d.begin()
	opening := d.copy.sections[0]
	lead, rest := splitLead(d.openingWords())
	d.put(part(InTitle), comp.beside(d.own(), inner, func(width Length) box {
		words := &stackBox{}
		words.put(0, comp.headline(f, width, !d.row.tight)) // it says less than a section
		for _, n := range lead {
			words.put(look.Para, of(part(InOpening), n.lay(comp, width)))
		}
		return words
	}), gap)
	if len(lead) > 0 {
		d.bands[len(d.bands)-1].of = []Named{part(InTitle), part(InOpening)}
	}
	d.putWhose()
	if len(rest) > 0 {
		d.put(part(InOpening), comp.nodes(rest, inner), look.Gap)
	}
	at := slices.IndexFunc(sections, func(s picked) bool { return s.slot })
	if at < 0 {
		at = len(sections)
	}
	d.flowing(sections[:at])
	after := d.exercises(picked{section: opening, said: &passage{}})
	for _, s := range sections[at:] {
		if s.slot {
			after = append(after, d.exercises(s)...)
			continue
		}
		d.flowing([]picked{s})
	}
	d.ends(after, sections)
}

// openingWords is the opening without the handout's own picture: nothing where it is left out.
func (d *draft) openingWords() []node {
	if d.opening == nil {
		return nil
	}
	_, words := portrait(d.opening.nodes)
	return words
}
