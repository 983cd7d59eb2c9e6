package layout

import "slices"

// The design article: what is to be read. The title and the opening, whose page it is, the
// sections in two columns, the stretches as rows at the foot.

// article arranges a page.
func (d *draft) article() {
	comp, look, f, inner := d.comp, d.comp.look, d.copy.frame, d.inner()
	gap := d.begin()
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
	at := slices.IndexFunc(d.sections[1:], func(s picked) bool { return s.slot }) + 1
	if at == 0 {
		at = len(d.sections)
	}
	d.flowing(d.sections[1:at])
	d.exercises()
	d.flowing(d.sections[at:])
	d.ends()
}

// openingWords is the opening without the handout's own picture: nothing where it is left out.
func (d *draft) openingWords() []node {
	if d.sections[0].said == nil {
		return nil
	}
	_, words := portrait(d.sections[0].said.nodes)
	return words
}
