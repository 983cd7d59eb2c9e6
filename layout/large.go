package layout

// The large edition, for those who see little: one construction for all designs. The head says
// the clinic, its telephone, the title, whose page it is and the next visit; below it each
// stretch has its picture, and whole steps; then some lines of advice, and the emergency band.

// largePage arranges a page.
func (d *draft) largePage(sections []picked) {
	comp, look, f, inner := d.comp, d.comp.look, d.copy.frame, d.inner()
	gap := d.begin()
	d.put(part(InTitle), comp.headline(f, inner, false), gap)
	d.put(part(InName), comp.largeStrip(f, inner, d.code), look.Gap)
	if f.note != nil {
		d.put(part(InNote), comp.note(f.note, inner), look.Gap)
	}
	opening := d.copy.sections[0]
	var words []node
	if d.opening != nil {
		_, words = portrait(d.opening.nodes)
	}
	if own := d.own(); own != nil || len(words) > 0 {
		d.put(part(InOpening), comp.beside(own, inner, func(width Length) box { return comp.nodes(words, width) }),
			look.Gap)
	}
	var after []ending
	var rest []picked
	if len(opening.cards) > 0 || len(opening.after) > 0 {
		after = d.exercises(picked{section: opening, said: &passage{}})
	}
	for _, s := range sections {
		if s.slot {
			after = append(after, d.exercises(s)...)
		} else {
			rest = append(rest, s)
		}
	}
	d.flowing(rest)
	d.ends(append(after, d.alarms(sections)...))
}
