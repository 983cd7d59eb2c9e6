package layout

// The design rows: what is to be done. One exercise a row, and below them what there is
// room for of the article.

// exerciseRows arranges a page that has whose it is below the title, and the stretches before all
// other sections.
func (d *draft) exerciseRows(sections []picked) {
	comp, look, f, inner := d.comp, d.comp.look, d.copy.frame, d.inner()
	gap := d.begin()
	d.put(part(InTitle), comp.headline(f, inner, false), gap)
	d.putWhose()
	opening := d.copy.sections[0]
	words := d.openingWords()
	if own := d.own(); own != nil || len(words) > 0 {
		d.put(part(InOpening), comp.beside(own, inner, func(width Length) box { return comp.nodes(words, width) }),
			look.Gap)
	}
	after := d.exercises(picked{section: opening, said: &passage{}})
	rest := make([]picked, 0, len(sections))
	for _, s := range sections {
		if s.slot {
			after = append(after, d.exercises(s)...)
		} else {
			rest = append(rest, s)
		}
	}
	d.flowing(rest)
	d.ends(after, sections)
}
